"""What two tables of numbers show, yours and the right one: a shape, a sign, a factor, a missing sum."""

import numpy as np

from lib.activations import Sigmoid

NEAR = {"rtol": 1e-5, "atol": 1e-8}


def near(a, b):
    return a.shape == b.shape and np.allclose(a, b, **NEAR)


def bias(name):
    return name.startswith(("b", "db", "dC_db", "new_b"))


def same(name, theirs, right):
    """Equal numbers in an equal shape; for biases a row may lack its second axis."""
    return near(theirs, right) or (bias(name) and theirs.shape == right.shape[1:] and near(theirs, right[0]))


def all_same(names, theirs, right):
    return right is not None and all(map(same, names, theirs, right))


def difference(names, found, right):
    """The first table that differs: its shape, or its first entry that does, with both numbers."""
    for name, theirs, truth in zip(names, found, right, strict=True):
        if same(name, theirs, truth):
            continue
        if theirs.shape != truth.shape:
            return f"{name} has shape {theirs.shape}, expected {truth.shape}."
        place = tuple(int(i) for i in np.argwhere(~np.isclose(theirs, truth, **NEAR))[0])
        entry = f"{name}[{', '.join(map(str, place))}]" if place else name
        return "{} is {}, expected {}.".format(entry, *told_apart(theirs[place], truth[place]))
    return ""


def told_apart(theirs, truth):
    """Both numbers, with as many digits as it takes to see that they differ; four at least."""
    for digits in range(4, 18):
        texts = [f"{number + 0:.{digits}g}" for number in (theirs, truth)]  # + 0: no minus before 0
        if texts[0] != texts[1]:
            break
    return texts


def shown_by(theirs, right, letters):
    """The sentences on shape, sign, factor and the like that these numbers bear out, the plainest first.

    letters: {"N": 5, "K": 2}, what rows and columns are called in this step, and how many there are.
    """
    if theirs.size == 0:
        return ["It is empty."]
    if theirs.shape != right.shape:
        return [said for said in [of_shape(theirs, right)] if said]
    if not np.isfinite(theirs).all():
        return [f"There is {'nan' if np.isnan(theirs).any() else 'inf'} in it."]
    with np.errstate(all="ignore"):
        found = [sentence for sentence, holds in AS_IF.items() if holds(theirs, right)]
    found += of_factor(theirs, right, letters) + [of_place(theirs, right)]
    return [said for said in found if said]


def shown_by_all(draws):
    """What all of [(theirs, right, letters)] bear out: what is true of one of them only, is luck."""
    if not any(theirs.any() for theirs, _, _ in draws) and all(
        theirs.shape == r.shape for theirs, r, _ in draws
    ):
        return [ZEROS]
    first, *others = [shown_by(*draw) for draw in draws]
    return [said for said in first if all(said in other for other in others)]


sigmoid = Sigmoid().value
ZEROS = "Every number in it is 0."
AS_IF = {
    "They are 0 and 1 only, as if rounded to answers.": lambda t, r: (
        ((t == 0) | (t == 1)).all() and near(t, (r > 0.5) * 1.0)
    ),
    "All its numbers are the same.": lambda t, r: (
        t.size > 1 and t.any() and near(t, np.full(t.shape, t.flat[0]))
    ),
    "Every sign is turned round.": lambda t, r: near(t, -r),
    "The minus signs were lost.": lambda t, r: near(t, abs(r)),
    "Numbers below 0 were cut off.": lambda t, r: near(t, np.maximum(r, 0)),
    "It was rounded: keep the digits.": lambda t, r: any(near(t, r.round(d)) for d in (0, 1, 2, 3, 4)),
    "It was cut to whole numbers.": lambda t, r: near(t, np.trunc(r)) or near(t, np.floor(r)),
    "The sigmoid was applied, once too often.": lambda t, r: near(t, sigmoid(r)),
    "The sigmoid is missing.": lambda t, r: near(sigmoid(t), r),
    "It was squared.": lambda t, r: near(t, r * r),
    "The root was taken.": lambda t, r: near(t, np.sqrt(r)),
    "It is one over the right number.": lambda t, r: near(t * r, np.ones(r.shape)),
    "The rows stand in reverse order.": lambda t, r: r.ndim > 0 and near(t, r[::-1]),
    "Each row was divided by its sum.": lambda t, r: (
        r.ndim == 2 and near(t, r / r.sum(axis=1, keepdims=True))
    ),
}


def of_factor(theirs, right, letters):
    """One factor, or one summand, for all numbers: each way of saying it, N or 5."""
    found, safe = [], right != 0
    if safe.any() and near(theirs[~safe], right[~safe]):
        ratio = theirs[safe] / right[safe]
        if ratio[0] and near(ratio, np.full(ratio.shape, ratio[0])):
            words = {}
            for letter, size in letters.items():
                words |= {
                    letter: size,
                    f"1/{letter}": 1 / size,
                    f"{letter}/2": size / 2,
                    f"2/{letter}": 2 / size,
                }
                words |= {f"2{letter}": 2 * size, f"1/{letter}²": size**-2.0}
            words |= {"2": 2, "½": 0.5, "4": 4, "¼": 0.25}
            words |= {"1/log(2), as by log2,": 1 / np.log(2), "1/log(10), as by log10,": 1 / np.log(10)}
            said = [word for word, value in words.items() if np.isclose(abs(ratio[0]), value)]
            said += [format(abs(ratio[0]), ".4g")] if theirs.size > 1 else []
            sign = "-" if ratio[0] < 0 else ""
            found += [f"All of it is {sign}{word} times what it should be." for word in said]
    apart = np.ravel(theirs - right)
    if near(apart, np.full(apart.shape, apart[0])):
        size, which = abs(apart[0]), "large" if apart[0] > 0 else "small"
        found.append(
            f"Every number is {size:.4g} too {which}." if apart.size > 1 else f"It is {size:.4g} too {which}."
        )
    return found


def of_place(theirs, right):
    """Right but for one row, or one column."""
    if right.ndim != 2 or right.size < 3:
        return None
    off = ~np.isclose(theirs, right, **NEAR)
    for axis, what in ((1, "row"), (0, "column")):
        lines = np.flatnonzero(off.any(axis=axis))
        if len(lines) == 1 < off.shape[1 - axis]:
            which = {0: "first", off.shape[1 - axis] - 1: "last"}.get(int(lines[0]))
            if which:
                return f"Right but for the {which} {what}."
    return None


def of_shape(theirs, right):
    """Two shapes that differ, and whether the numbers say why."""
    if theirs.ndim == 2 and near(theirs.T, right):
        return "The numbers are right, but the table is transposed."
    if theirs.size == right.size and near(theirs.reshape(right.shape), right):
        return "The numbers are right, but an axis is lost or too many."
    for word, added in (("added up", theirs.sum()), ("averaged", theirs.mean())):
        if right.size == 1 and near(added.reshape(right.shape), right):
            return f"What is left is a table: its numbers still have to be {word}."
    for axis in range(theirs.ndim):
        for word, added in (("added up", theirs.sum(axis)), ("averaged", theirs.mean(axis))):
            if added.size == right.size and near(added.reshape(right.shape), right):
                return f"The numbers of this table still have to be {word} along its axis {axis}."
    for axis in range(right.ndim):
        if theirs.size == right.sum(axis).size and near(theirs.ravel(), right.sum(axis).ravel()):
            return f"One sum too many, along axis {axis}."
    if right.size > 1 and theirs.size == 1 and near(theirs.reshape(()), right.sum()):
        return "Everything was added up."
    if right.size > 1 and theirs.size == 1 and near(theirs.reshape(()), right.mean()):
        return "Everything was averaged."
    if right.ndim == 2 and theirs.shape == (len(right), len(right)):
        if right.shape[1] == 1 and near(np.diag(theirs), right[:, 0]):
            return "A column and a row were put together, which broadcasts to a table of N by N."
        if near(np.diag(theirs), right.sum(axis=1)):
            return "A matrix product: it adds up along the rows, and meets every row with every other."
    if right.ndim and theirs.shape in (right.shape[1:], right[:1].shape):
        for which, row in (("first", right[0]), ("last", right[-1])):
            if near(theirs.reshape(row.shape), row):
                return f"It is the {which} row alone."
    return None
