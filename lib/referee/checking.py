"""The referee turned round: a reader's own gradient check is given gradients, and refuses the wrong ones.

Each case is a cost, a place W and a gradient that is right or wrong in its own way. Known mistakes in
a check are recognised by all their verdicts at once.
"""

import numpy as np

exp, as_array = np.exp, np.asarray  # as they are now: the reader may change NumPy

INPUTS = np.array(
    [[0.8, -1.1, 0], [1.7, 0.4, 0], [-0.6, 1.9, 0], [0.3, 1.2, 0]]
)  # W's last row has no effect
TARGETS = np.array([[1.0, 0], [0, 1], [1, 1], [0, 0]])
PLACE = np.array([[0.5, -1.2], [-0.7, 0.9], [1.4, 0.3]])


def cost(W, scale=1.0, inputs=INPUTS):
    """A layer of sigmoids, and MSE."""
    W = as_array(W, dtype=float)
    if W.shape != PLACE.shape:
        raise ValueError(f"the cost expects W of shape {PLACE.shape}, got {W.shape}")
    A = 1 / (1 + exp(-(inputs @ W)))
    return scale * float(((A - TARGETS) ** 2).mean())


def slopes(inputs):
    A = 1 / (1 + exp(-(inputs @ PLACE)))
    return inputs.T @ (2 * (A - TARGETS) / A.size * A * (1 - A))


RIGHT = slopes(INPUTS)


def small_cost(W):
    return cost(W, 1e-3)


def large_cost(W):
    return cost(W, 1e3)


def tiny_cost(W):
    return cost(W, 1e-8)


def minus_cost(W):
    return cost(W, -1)


def but(*changes):
    """The right gradient but for some entries: (place, number)."""
    wrong = RIGHT.copy()
    for place, number in changes:
        wrong[place] = number
    return wrong


# (what it is, the cost, the gradient, what to say of a check that decides otherwise)
FAIR = [
    ("a right one", cost, RIGHT, "It refuses a gradient that is right"),
    (
        "large",
        large_cost,
        1e3 * RIGHT,
        "It refuses a right gradient of a large cost: compare in relation to its size",
    ),
    ("small", small_cost, 1e-3 * RIGHT, "It refuses a right gradient of a small cost: is there a 0/0?"),
    ("tiny", tiny_cost, 1e-8 * RIGHT, "It refuses a right gradient of a tiny cost: is there a 0/0?"),
    (
        "other sum",
        minus_cost,
        -RIGHT,
        "It refuses a right gradient whose entries add up to {}: what is tolerated needs `abs`".format(
            "less than 0" if RIGHT.sum() > 0 else "more than 0"
        ),
    ),
]
WRONG = [
    ("sign", cost, -RIGHT, "with every sign turned round"),
    ("twice", cost, 2 * RIGHT, "that is twice as large as it should be"),
    ("half", cost, RIGHT / 2, "that is half as large as it should be"),
    ("zero", cost, 0 * RIGHT, "that is 0 everywhere"),
    ("first", cost, but(((0, 0), RIGHT[0, 0] + 0.1)), "whose first entry alone is wrong"),
    ("second", cost, but(((0, 1), RIGHT[0, 1] + 0.1)), "whose second entry alone is wrong"),
    ("middle", cost, but(((1, 0), RIGHT[1, 0] + 0.1)), "with one wrong entry in the middle"),
    ("last", cost, but(((2, 1), 0.1)), "whose last entry alone is wrong, where the true slope is 0"),
    ("shifted", cost, RIGHT + 0.05, "to whose entries a constant was added"),
    ("swapped", cost, RIGHT[:, ::-1], "whose columns have changed places"),
    ("one sign", cost, but(((1, 1), -RIGHT[1, 1])), "with the sign of one entry turned round"),
    ("close", cost, 1.03 * RIGHT, "that is three per cent too large"),
    ("small half", small_cost, 0.5e-3 * RIGHT, "of a small cost that is half as large as it should be"),
    (
        "tiny half",
        tiny_cost,
        0.5e-8 * RIGHT,
        "that is half as large as it should be where the slopes are about 1e-9: compare in relation to their size",
    ),
]
FACTORS = {small_cost: 1e-3, large_cost: 1e3, tiny_cost: 1e-8, minus_cost: -1.0, cost: 1.0}


def close(a, b):
    return bool(np.allclose(a, b, rtol=1e-4, atol=0))


def length(G):
    return np.sqrt((G * G).sum())


REFUSES = "It refuses everything, what is right, too"

# Known mistakes, as verdicts on (the true gradient, the claimed one).
SLIPS = {
    "always True": (lambda true, claimed: True, "It accepts everything."),
    "always False": (lambda true, claimed: False, REFUSES),
    "turned round": (
        lambda true, claimed: not close(true, claimed),
        "Its answer is turned round: True is for a gradient that is right.",
    ),
    "signs": (
        lambda true, claimed: close(abs(true), abs(claimed)),
        "It compares without signs: a gradient that leads uphill is accepted.",
    ),
    "sums": (
        lambda true, claimed: close(true.sum(), claimed.sum()),
        "It compares sums of all entries: errors of opposite sign cancel.",
    ),
    "lengths": (
        lambda true, claimed: close(length(true), length(claimed)),
        "It compares lengths: a gradient of the right length may point anywhere.",
    ),
    "first entry": (
        lambda true, claimed: close(true[0, 0], claimed[0, 0]),
        "It looks at the first entry alone: every entry has to be nudged.",
    ),
    "first row": (
        lambda true, claimed: close(true[0], claimed[0]),
        "It looks at the first row alone: every entry has to be nudged.",
    ),
    "last entry": (
        lambda true, claimed: close(true[-1, -1], claimed[-1, -1]),
        "It looks at the last entry alone: does `return` stand behind the loop, and the verdict inside?",
    ),
    "one is enough": (
        lambda true, claimed: bool(np.isclose(true, claimed, rtol=1e-4, atol=0).any()),
        "One right entry is enough for it: all of them have to be right.",
    ),
    "direction": (
        lambda true, claimed: claimed.any() and close((true * claimed).sum(), length(true) * length(claimed)),
        "It compares directions: a gradient of twice the size is accepted.",
    ),
    "twice": (
        lambda true, claimed: close(2 * true, claimed),
        "The slopes that it finds are twice as large as they are: from down to up it is 2h.",
    ),
    "half": (
        lambda true, claimed: close(true / 2, claimed),
        "The slopes that it finds are half as large as they are: from W to up it is h alone.",
    ),
    "sign": (
        lambda true, claimed: close(-true, claimed),
        "The slopes that it finds have the wrong sign: up comes before down.",
    ),
    "other side": (
        lambda true, claimed: bool((true - claimed).max() < 1e-6 * abs(true).max()),
        "It compares without `abs`: what is too large is accepted.",
    ),
    "one side": (
        lambda true, claimed: bool((claimed - true).max() < 1e-6 * abs(true).max()),
        "It compares without `abs`: what is too small is accepted.",
    ),
    "absolute": (
        lambda true, claimed: bool(abs(true - claimed).max() < 1e-3),
        "Its tolerance is absolute: for a small cost a gradient that is half as large passes.",
    ),
    "absolute, too": (
        lambda true, claimed: bool(np.allclose(true, claimed, rtol=1e-4, atol=1e-8)),
        "Its tolerance is absolute where slopes are tiny (np.allclose has atol=1e-8 by itself): half a gradient "
        "passes there. Take an atol in relation to the largest slope.",
    ),
    "loose": (
        lambda true, claimed: bool(abs(true - claimed).max() < 0.1 * abs(true).max()),
        "Its tolerance is wide: three per cent too much is accepted.",
    ),
}


def nudges(places, found):
    """What was wrong with the nudging, where the cost was asked at these places; or None."""
    moved = [place - PLACE for place in places if place.shape == PLACE.shape]
    moved = [step for step in moved if step.any()]
    if not moved:
        return None
    if all(np.count_nonzero(step) == step.size for step in moved):
        return "It nudges all entries of W at once."
    if max(map(np.count_nonzero, moved)) > 1:
        return "It nudges several entries of W at once: is each put back before the next?"
    sizes = [abs(step).max() for step in moved]
    if min(sizes) > 0.01:
        return f"It nudges by {min(sizes):.2g}: too far, that is no slope any more."
    if max(sizes) < 1e-9:
        return f"It nudges by {max(sizes):.2g}: so little that rounding is all that is left."
    left = np.argwhere(~np.any([step != 0 for step in moved], axis=0))
    if len(left) and any(found):  # whoever accepts one has looked at as much as he ever does
        return f"It never nudges W[{', '.join(map(str, left[0]))}]."
    return None


def verdicts(check):
    """Of a known mistake on all cases."""
    return [bool(check(FACTORS[f] * RIGHT, gradient)) for _, f, gradient, _ in FAIR + WRONG]


def without(*names):
    """The numbers of all cases but these."""
    return [number for number, (name, *_) in enumerate(FAIR + WRONG) if name not in names]


def sentence(found):
    """What is to be said of a check with these verdicts, or None where they are right."""
    if found == [True] * len(FAIR) + [False] * len(WRONG):
        return None
    for cases in (without(), without("tiny", "tiny half")):  # a second mistake may be the tolerance
        seen = [found[case] for case in cases]
        for check, said in SLIPS.values():
            if [verdicts(check)[case] for case in cases] == seen != [case < len(FAIR) for case in cases]:
                return said
    for (_, _, _, said), verdict in zip(FAIR, found, strict=False):
        if not verdict:
            return f"{said}."
    what = next(said for (*_, said), accepted in zip(WRONG, found[len(FAIR) :], strict=True) if accepted)
    return f"It accepts a gradient {what}."


# Why what is right is refused: a few more right gradients, and which of them are accepted

ALL_INPUTS = INPUTS + np.array([[0, 0, 0.9], [0, 0, -1.3], [0, 0, 0.7], [0, 0, 1.6]])  # no slope is 0
EXACT = np.array([[1.0, -0.5], [2.0, 4.0], [-0.25, 1.0]])  # powers of 2: at W = 0 no digit is lost
TIMES = {  # what the slopes are said to be, and by what they are multiplied then
    "2h times what they are: divide by (2 * h).": lambda h: 2 * h,
    "h times what they are: divide by h.": lambda h: h,
    "h² times what they are: it multiplies by h. `/ 2 * h` needs brackets, / (2 * h).": lambda h: h * h,
}


def why_refused(found, places, accepts):
    """What is to be said of a check that refuses the first right gradient, where no mistake is known by its verdicts.

    accepts(cost, W, gradient): whether the check does.
    """

    def only(cost, W, gradient, other):
        return accepts(cost, W, gradient) and not accepts(cost, W, other * gradient)

    h = nudge(places)
    for said, factor in TIMES.items() if h else ():
        scale = 1 / factor(h)
        if only(lambda W, scale=scale: cost(W, scale), PLACE, RIGHT, 2):
            return f"The slopes that it finds are {said}"
    if only(lambda W: cost(W, inputs=ALL_INPUTS), PLACE, slopes(ALL_INPUTS), 2):
        return "It refuses what is right, too, where a slope is 0: is there a 0/0?"
    start = "It refuses what is right, too" if any(found) else REFUSES
    if only(lambda W: float((EXACT * W).sum()), 0 * EXACT, EXACT, 1 + 1e-10):
        return f"{start}: slopes by numbers are never exact."
    return f"{start}: dW = {RIGHT.round(4).tolist()}, rounded, for W = {PLACE.tolist()}."


def nudge(places):
    """How far one entry is moved; None if several are, or none is."""
    moved = [place - PLACE for place in places if place.shape == PLACE.shape and (place != PLACE).any()]
    if not moved or max(map(np.count_nonzero, moved)) > 1:
        return None
    return float(np.median([abs(step).max() for step in moved]))
