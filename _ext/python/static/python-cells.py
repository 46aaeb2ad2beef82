"""What the worker does in Python: run a cell of the page, call a function of `lib`.

All cells share one set of names, as in a notebook. What they print goes to the page line by line; what
they raise is told with the reader's own lines, and without those of whatever stands around them.
"""

import io
import re
import traceback
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module

import numpy as np
from js import Object
from pyodide.code import eval_code
from pyodide.ffi import to_js

import lib  # noqa: F401 - so that it is there when it is needed

MOST_PRINTED = 10_000  # signs that a run may print; a loop might print for ever
NAMES = {"__name__": "__main__"}
CELLS = set()  # the names of all cells: what a traceback gives for files


class Paper(io.TextIOBase):
    """Hands over what is printed, each line as soon as it is complete."""

    def __init__(self, say):
        self.say, self.line, self.left = say, "", MOST_PRINTED

    def write(self, text):
        if self.left > 0:
            self.line += text[: self.left]
            self.left -= len(text)
            if self.left <= 0:
                self.line += "\n… and more than can be shown here.\n"
            if "\n" in self.line:
                self.flush()
        return len(text)

    def flush(self):
        if self.line:
            self.say(self.line)
            self.line = ""


def run(code, name, say):
    """Run a cell, and show the value of its last line. Returns "", or what was raised and where."""
    CELLS.add(name)
    paper = Paper(say)
    with redirect_stdout(paper), redirect_stderr(paper):
        try:
            value = eval_code(code, NAMES, filename=name)
            if value is not None:
                print(repr(value))
        except BaseException as error:
            return told(error)
        finally:
            paper.flush()
    return ""


def told(error):
    """An exception with the reader's own lines, from the outermost to the one that raised it."""
    lines = [
        f"{frame.filename}, line {frame.lineno}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in CELLS
    ]
    if len(lines) > 8:  # a function that calls itself
        lines[4:-4] = ["…"]
    last = "".join(traceback.format_exception_only(error)).rstrip()
    return "\n".join([*lines, re.sub(r'^ *File "(.*)", line', r"\1, line", last)])


def call(module, name, message):
    """Call lib.<module>.<name>(message): {"answer": …}, or {"refused": …} with the sentence of a ValueError."""
    try:
        answer = {"answer": plain(getattr(import_module(f"lib.{module}"), name)(message))}
    except ValueError as error:
        answer = {"refused": str(error)}
    return to_js(answer, dict_converter=Object.fromEntries)


def plain(value):
    """What JavaScript understands: an array is its shape and its numbers, row by row."""
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "data": np.array(value, dtype=float).ravel()}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value
