"""Runs a reader's function, and comes back: with what it returned, or with what became of it.

The function gets copies. What it prints is kept, what it raises is caught, and where it doesn't end
it is stopped: by the system's alarm where Python has one (Linux, macOS, in the main thread), else by
counting lines (Windows, the browser), which can't stop a single call that never returns. A loop that
swallows every exception, `except:` without a name, can't be stopped by either.

NumPy may have been changed by the reader, by mistake or for fun. It runs as the reader has it, and
the referee reckons with it as it was when this module was imported.
"""

import io
import signal
import sys
import threading
import warnings
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np

SECONDS, LINES = 10, 3_000_000
MOST_PRINTED = 2000
OWN = dict(vars(np))  # NumPy as it was


class TooLong(BaseException):
    """Not an Exception: `except Exception` in the reader's loop shall not swallow it."""


class Odd(ValueError):
    """What was returned is no answer; its text is a sentence that says what it is."""


@dataclass
class Outcome:
    """What became of a call. error: None where it returned; changed: arguments that were written into."""

    value: object = None
    error: BaseException | None = None
    printed: str = ""
    changed: list = field(default_factory=list)
    remarks: list = field(default_factory=list)  # NumPy's warnings: (file, line, text)


class Paper(io.StringIO):
    """Keeps the beginning of what is printed: a loop may print for ever."""

    def write(self, text):
        if self.tell() < MOST_PRINTED:
            super().write(text[:MOST_PRINTED])
        return len(text)


class Numpy:
    """NumPy's namespace, with what the reader has put there kept aside while the referee reckons."""

    GONE = object()  # a name that the reader has deleted

    def __init__(self):
        self.aside = {}

    @contextmanager
    def as_it_was(self):
        now = vars(np)
        self.aside = {
            name: now.get(name, self.GONE) for name, own in OWN.items() if now.get(name, self.GONE) is not own
        }
        now.update({name: OWN[name] for name in self.aside})
        try:
            yield
        finally:
            self.put_back()

    def put_back(self):
        vars(np).update({name: value for name, value in self.aside.items() if value is not self.GONE})
        for name in [name for name, value in self.aside.items() if value is self.GONE]:
            del vars(np)[name]

    @contextmanager
    def as_the_reader_has_it(self):
        """Inside `as_it_was`: once more the reader's own, and whatever he changes meanwhile is kept, too."""
        self.put_back()
        inner = Numpy()
        try:
            yield
        finally:
            with inner.as_it_was():
                self.aside = inner.aside
                inner.aside = {}


numpy = Numpy()


@contextmanager
def limited(seconds, lines):
    """Raises TooLong inside, after so many seconds or, where there is no alarm, so many lines."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():

        def ring(number, frame):
            raise TooLong

        before = signal.signal(signal.SIGALRM, ring)
        remaining, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, remaining, interval)
            signal.signal(signal.SIGALRM, before)
        return

    left = lines

    def count(frame, event, argument):
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise TooLong
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)


def run(yours, given, understand=lambda value: value, patience=1):
    """Call `yours` with copies of the values of `given`, positionally; `understand` reads its answer."""
    handed = {name: deepcopy(value) for name, value in given.items()}
    outcome, paper, remarks = Outcome(), Paper(), []
    try:
        with warnings.catch_warnings(record=True) as remarks, limited(SECONDS * patience, LINES * patience):
            warnings.simplefilter("default")  # the first at each line
            with redirect_stdout(paper), OWN["errstate"](all="warn"):
                with numpy.as_the_reader_has_it():
                    value = yours(*handed.values())
                outcome.value = understand(value)
    except KeyboardInterrupt:
        raise  # the reader's own key
    except BaseException as error:
        outcome.error = error
    outcome.printed = paper.getvalue()
    outcome.remarks = [(remark.filename, remark.lineno, str(remark.message)) for remark in remarks or []]
    outcome.changed = [name for name in given if not untouched(handed[name], given[name])]
    return outcome


def untouched(handed, given):
    """Whether an argument is still what it was; a list of arrays is looked through."""
    if isinstance(given, list):
        return len(handed) == len(given) and all(map(untouched, handed, given))
    if isinstance(given, np.ndarray):
        return np.array_equal(handed, given)
    return True  # numbers and functions can't be written into
