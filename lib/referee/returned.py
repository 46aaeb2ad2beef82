"""What a reader's function gives back: tables of numbers, or the sentence that says what came instead."""

import dis
import inspect
import linecache
import re
from collections.abc import Mapping

import numpy as np

from lib.referee.running import SECONDS, Odd, TooLong, run

INSTEAD = {
    RecursionError: "It calls itself without end.",
    SystemExit: "It ends Python itself: `return` ends a function.",
    MemoryError: "It wants more memory than there is: how large do its tables grow?",
    TooLong: f"It didn't come back within {SECONDS} seconds, and was stopped: is there a loop without an end?",
}


REMEDIES = {  # what stands in Python's or NumPy's words, and what it comes from
    "NoneType": "None is what a function without `return` gives back",
    "bitwise_xor": "`^` is no power in Python: write `**`",
    "for ^:": "`^` is no power in Python: write `**`",
    "does not have enough dimensions": "`@` is for tables: a number is multiplied by `*`",
    "can be converted to": "`float` and the functions of `math` take one number, NumPy's take a table: np.exp, np.log",
    "truth value of an array": "a table has an answer for each entry: np.where, or a loop over its entries",
}


def empty():
    pass


def empty_with_words():
    """Nothing but words."""


EMPTY = [[line.opname for line in dis.get_instructions(f)] for f in (empty, empty_with_words)]


class NotWritten(Odd):
    """A stub that nobody has filled."""


class Endless(Odd):
    """Stopped by the clock: once is enough, nothing more is asked of such a function."""


# Before anything is run


def no_function(name, yours):
    if isinstance(yours, type):
        raise Odd("That is a class: hand over a function, `def ...`.")
    if not callable(yours):
        raise Odd(f'That is {a_kind(yours)}: hand over the function itself, check("{name}", {name}).')
    if inspect.iscoroutinefunction(yours) or inspect.isasyncgenfunction(yours):
        raise Odd("It begins with `async def`: `def` alone makes a function that answers at once.")
    if inspect.isgeneratorfunction(yours):
        raise Odd("It has `yield` in it, so it answers piece by piece: `return` the whole answer.")


def parameters(yours):
    """The names of its arguments, or None where Python doesn't know them."""
    try:
        return inspect.signature(yours)
    except (TypeError, ValueError):
        return None


def no_arguments(yours, wanted):
    signature = parameters(yours)
    try:
        if signature:
            signature.bind(*wanted)
    except TypeError:
        takes = ", ".join(signature.parameters) or "nothing"
        raise Odd(f"It takes {takes}, and is handed {len(wanted)} things: {', '.join(wanted)}.") from None


def other_order(yours, wanted):
    signature = parameters(yours)
    theirs = list(signature.parameters) if signature else []
    if theirs != wanted and sorted(theirs) == sorted(wanted):
        raise Odd(f"Its arguments stand in another order: they are handed over as {', '.join(wanted)}.")


# What came back


def a_kind(value):
    """What something is, in a word: its repr may be long, or broken."""
    if value is None:
        return "None"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def one_thing(value):
    """A table with its shape, a number, or what else it is."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"one table of shape {value.shape}"
    return "a number" if isinstance(value, (int, float, np.number, np.ndarray)) else a_kind(value)


def table(name, value):
    """One table of numbers out of what was returned, or Odd."""
    if value is Ellipsis or value is NotImplemented:
        raise NotWritten("not written yet.")
    if value is None:
        raise Odd(f"{name} is None: has it been computed, and returned?")
    if callable(value):
        raise Odd(f"{name} is a function: are the brackets () behind its name missing?")
    if inspect.isgenerator(value) or isinstance(value, (str, bytes, Mapping, set, frozenset, range)):
        raise Odd(f"{name} is {a_kind(value)}: expected numbers.")
    if isinstance(value, np.ma.MaskedArray):
        raise Odd(f"{name} is a masked array: expected a plain one.")
    try:
        array = np.asarray(value)
    except ValueError:
        raise Odd(f"{name} has rows of unequal length.") from None
    if array.dtype.kind == "c":
        raise Odd(f"{name} holds complex numbers.")
    try:
        if array.dtype.kind not in "biufO" or any(entry is None for entry in array.ravel()):
            raise TypeError
        return np.array(array, dtype=float)  # a copy: the reader may write into his own later
    except (TypeError, ValueError):
        inside = array.ravel()[0] if array.size else value
        raise Odd(f"{name} holds {a_kind(inside)}: expected numbers.") from None


def understood(value, step, names):
    """The tables that came back, in the order of `names`, and what is to be remarked; None for nothing."""
    if inspect.iscoroutine(value):
        value.close()
        raise Odd("It returns something to wait for (`async`): an answer is expected.")
    if value is None:
        return None
    if value is Ellipsis or value is NotImplemented:
        raise NotWritten("not written yet.")
    wanted = list(step.returns)
    if len(wanted) == 1:
        if isinstance(value, tuple):
            raise Odd(
                f"It returns a tuple of {len(value)}: {wanted[0]} alone is expected (a comma too many?)."
            )
        parts, notes = [value], []
        if isinstance(value, list):
            notes = ["(It returns a list; NumPy's arrays can be reckoned with.)"]
    else:
        parts, notes = several(value, wanted), []
        if len(names) > len(wanted):  # lists of tables, one for each layer
            long = len(names) // len(wanted)
            if isinstance(parts[0], list) and parts[0] is parts[1]:
                raise Odd(
                    f"{wanted[0]} and {wanted[1]} are one and the same list: after `a = b = [...]` both names "
                    "stand for it. Make two lists."
                )
            parts = [
                part for name, inner in zip(wanted, parts, strict=True) for part in layers(name, inner, long)
            ]
        elif any(isinstance(part, list) for part in parts):
            notes = ["(It returns lists; NumPy's arrays can be reckoned with.)"]
    return [table(name, part) for name, part in zip(names, parts, strict=True)], notes


def several(value, wanted):
    """The parts of an answer that has several: a tuple, a list, or a dictionary by their names."""
    listed = ", ".join(wanted)
    if isinstance(value, Mapping):
        missing = [name for name in wanted if name not in value]
        if missing:
            raise Odd(f"The dictionary has no {missing[0]}: expected {listed}.")
        return [value[name] for name in wanted]
    if not isinstance(value, (tuple, list)):
        raise Odd(f"It returns {one_thing(value)} alone: expected {listed}, with commas between.")
    if len(value) != len(wanted):
        raise Odd(f"It returns {len(value)} things, and {len(wanted)} are expected: {listed}.")
    return list(value)


def layers(name, value, long):
    if value is None:
        raise Odd(f"{name} is None: has it been computed, and returned?")
    if not isinstance(value, (tuple, list)):
        raise Odd(f"{name} is {a_kind(value)}: expected a list, with one table for each layer.")
    if len(value) != long:
        raise Odd(f"{name} has {len(value)} tables, for {long} layers.")
    if long > 2 and [part is None for part in value] == [True] * (long - 1) + [False]:
        raise Odd(
            f"{name} has the last layer's table alone, the others are None: does `return` stand in the loop?"
        )
    return list(value)


def answer(yours, step, given, printed=None, patience=1):
    """What the function returns for these arguments: (tables, notes). Odd where that is no answer."""
    names = step.names(given)
    return returned(yours, given, lambda value: understood(value, step, names), printed, patience)


def returned(yours, given, understand, printed=None, patience=1):
    """What the function returns, understood; Odd where it returns nothing, or can't."""
    outcome = run(yours, given, understand, patience)
    if printed is not None:
        printed.append(outcome.printed)
    if outcome.error is not None:
        raise no_answer(yours, outcome.error)
    if outcome.value is None:
        if getattr(yours, "__code__", None) and [i.opname for i in dis.get_instructions(yours)] in EMPTY:
            raise NotWritten("not written yet.")
        if outcome.changed:
            raise Odd(
                f"It writes into {outcome.changed[0]} and returns nothing: make a new table, and return it."
            )
        if outcome.printed:
            raise Odd("It prints its result and returns nothing: write `return` in front of it.")
        raise Odd("It returns nothing: is `return` missing?")
    if outcome.changed:
        raise Odd(
            f"It writes into {outcome.changed[0]}, which belongs to whoever called it: make a new table, "
            "W = W - step, or a copy first; W -= step and W[0] = ... change the old one."
        )
    return outcome.value


class Stopped(Odd):
    """An exception of the reader's own; it may be that shapes don't fit."""


def no_answer(yours, error):
    """The exception as a sentence, with the reader's own line."""
    if isinstance(error, Odd):
        return error
    where = places(error)
    if isinstance(error, NotImplementedError):
        inner = where[-1][0] if where and where[-1][0] != getattr(yours, "__name__", "") else ""
        return NotWritten(
            f"not written yet: it calls {inner}, and that is not." if inner else "not written yet."
        )
    for kind, sentence in INSTEAD.items():
        if isinstance(error, kind):
            return Endless(sentence) if kind is TooLong else Odd(sentence)
    words = text_of(error)
    if "ellipsis" in words:
        return NotWritten(f"not written yet{told(where)}: there still stands `...`.")
    words += next((f" ({remedy})" for part, remedy in REMEDIES.items() if part in words), "")
    return Stopped(f"It stops{told(where)}, with {type(error).__name__}{': ' if words else ''}{words}.")


def text_of(error):
    try:
        words = " ".join(str(error).split()).rstrip(".")
    except Exception:  # whoever writes an exception may break its text
        return ""
    inner = re.match(r"matmul: .*\(size (\d+) is different from (\d+)\)", words)
    if inner:  # NumPy's own words are long
        right, left = inner.groups()
        return f"matmul: the inner sizes of a product differ, {left} on the left and {right} on the right"
    return words[:200]


def places(error):
    """[(function, line number, its text)] of the lines that are the reader's own, from outside in."""
    found, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.split(".")[0] != "numpy" and not module.startswith("lib.") and module != "contextlib":
            text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found.append((code.co_name, trace.tb_lineno - code.co_firstlineno + 1, text))
        trace = trace.tb_next
    return found


def told(where):
    """ " in line 2 of layer_forward, `...`": the line of the function that is checked, and the one inside."""
    if not where:
        return ""
    function, line, text = where[0]
    inside = "" if function == "<lambda>" else f" of {function}"
    deepest = where[-1]
    more = f", in {deepest[0]}" + (f", `{deepest[2]}`" if deepest[2] else "") if len(where) > 1 else ""
    return f" in line {line}{inside}" + (f", `{text}`" if text else "") + more


def verdict(value, slopes):
    """True or False, as it was returned; None for nothing, Odd for anything else.

    slopes: those that a gradient check finds on its way.
    """
    if value is None:
        return None
    if value is Ellipsis or value is NotImplemented:
        raise NotWritten("not written yet.")
    if isinstance(value, (bool, np.bool_)) or (np.size(value) == 1 and np.asarray(value).dtype == bool):
        return bool(np.ravel(value)[0])
    if isinstance(value, (int, float, np.number)):
        raise Odd("It returns a number: compare it with what may be tolerated, and return True or False.")
    if isinstance(value, (np.ndarray, list, tuple)):
        try:
            array = np.asarray(value)
        except ValueError:
            raise Odd(f"It returns {a_kind(value)}: expected True or False.") from None
        if array.dtype == bool:
            raise Odd("It returns a verdict for each entry: one is expected, such as np.all(...).")
        own = array.shape == slopes.shape and np.allclose(array, slopes, rtol=1e-3)
        what = "the slopes that it has found" if own else "numbers"
        raise Odd(f"It returns {what}: compare them with dW, and return True or False.")
    raise Odd(f"It returns {a_kind(value)}: expected True or False.")
