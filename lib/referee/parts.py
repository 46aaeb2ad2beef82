"""What a loop misses: the right lines on a part of what was given, the first of it, the last, all but one."""

import dis

import numpy as np

LEFT = {
    "Only the first {} counts: does `return` stand inside the loop?": lambda long: [0],
    "Only the last {} counts: is there an `=` in the loop where `+=` belongs?": lambda long: [long - 1],
    "The first {} is left out: does the loop begin at 1?": lambda long: range(1, long),
    "The last {} is left out: does the loop end one too early?": lambda long: range(long - 1),
}


def parts(step):
    """(sentence, function of what is given: what is left of it) for every way of missing a part."""
    letters = {
        letter: [(name, axis) for name, how in step.given.items() for axis in places(how, letter)]
        for letter in "Nnhmk"
    }
    for letter, tables in letters.items():
        if not tables:
            continue
        what = word(step, letter)
        for sentence, left in LEFT.items():
            for divided in (True, False):  # by as many as there are, or as are left
                yield sentence.format(what), lambda g, t=tables, lf=left, d=divided: taken(g, t, lf, d)
        if letter == "N":
            continue  # one row for all: that is another mistake
        for name, axis in tables:
            for which, place in (("first", 0), ("last", -1)):
                yield (
                    f"Of {name} the part of the {which} {what} was used for all of them.",
                    lambda g, n=name, a=axis, p=place: g | {n: repeated(g[n], a, p)},
                )


def codes(yours):
    """The code of a function, and of what is defined in it."""
    found = [code for code in [getattr(yours, "__code__", None)] if code]
    for code in found:
        found += [inner for inner in code.co_consts if hasattr(inner, "co_code")]
    return found


def has_loop(yours):
    return any(
        i.opname == "FOR_ITER" or "JUMP_BACKWARD" in i.opname
        for code in codes(yours)
        for i in dis.get_instructions(code)
    )


def rounds_down(yours):
    """Whether there is a `//` in the function."""
    return any(
        i.opname == "BINARY_OP" and i.argrepr in ("//", "//=")
        for code in codes(yours)
        for i in dis.get_instructions(code)
    )


def places(how, letter):
    return [axis for axis, size in enumerate(how[0]) if size == letter] if how else []


def word(step, letter):
    """What the letter counts, in this step's words."""
    shape = next(iter(step.given.values()))[0]
    if letter in shape[:1]:
        return "row" if len(shape) > 1 else "input"
    return "column" if letter in shape else "neuron"


def taken(given, tables, left, divided):
    name, axis = tables[0]
    keep = list(left(given[name].shape[axis]))
    rows = len(np.atleast_1d(next(iter(given.values()))))
    less = {name: np.take(given[name], keep, axis) for name, axis in tables}
    return given | less | ({"N": rows, "M": rows} if divided else {})


def repeated(table, axis, place):
    return np.repeat(np.take(table, [place], axis), table.shape[axis], axis)
