"""Plants that change nothing, each with its reason: the only ones that may survive.

A plant is named by its place and by what becomes of what, both as patterns: so a name that changes
elsewhere in the line changes nothing here, and what is true of one cost is true of all. Where two
statements are swapped, they are named as `python -m tests.plants` prints them. A pattern that no
surviving plant fits any more is stale and has to go.
"""

import re
from fnmatch import fnmatchcase

HARMLESS = {
    "NumPy's functions and bound methods do not become methods of a class; `staticmethod` says so": [
        ("*", r"staticmethod\(.+\)", r"np\.\w+|Sigmoid\(\)\.formula"),
    ],
    "the error is squared, or its size is taken: the sign is gone (in the slopes it counts)": [
        ("costs.*.formula", "y_hat - y", r"y - y_hat|-\(y_hat - y\)"),
        ("costs.RMSE.slope", "y_hat, y", "y, y_hat"),
    ],
    "a sum has no first and no second term": [
        ("costs.BCE.formula", r".*y, y_hat.*", r".*1 - y, 1 - y_hat.*, self\.times_log\(y, y_hat.*"),
    ],
    "y has the N and the K of y_hat, and so as many entries; only its leading axes may be missing": [
        ("costs.*.slope", r"entries\(\w+\)", r"entries\(y\)"),
    ],
    "where the RMSE is 0 the errors are 0 (or too small to square), whatever they are divided by": [
        ("costs.RMSE.slope", "== 0, 1,", "== 0, (2|-1),"),
    ],
    "one number for each run, shape (..., 1, 1), is its own transpose": [
        ("costs.RMSE.slope", r"rmse\)\)", r"rmse\)\.mT\)"),
    ],
    "a share of 0, times or divided by any finite number but 0, is 0": [
        ("costs.BCE.times_log", "== 0, 1, p", "== 0, 2, p"),
        ("costs.BCE.over", "== 0, 1, p", "== 0, (2|-1), p"),
        ("costs.BCEWithLogits.times", "== 0, 0,", "== 0, (1|-1),"),
    ],
    "where a is z, a copy of one is a copy of the other": [
        ("activations.Activation.value", r"copy\(z\)", r"copy\(a\)"),
    ],
    "z and -z are the same number at 0": [("costs.softplus", "z > 0", "z >= 0")],
    "`Dense` has seen to it that b has the runs and the width of W": [
        ("network.Network.*", r"\.W\.shape", r"\.b\.shape"),
    ],
    "`Network` has seen to it that all layers have the same runs": [
        ("network.Network.runs", r"\[0\]", r"\[-1\]"),
    ],
    "one activation a layer, by the line above: both lists have one length, and `strict` says so": [
        ("network.Network.random", ", strict=True", "|, strict=False"),
    ],
    "a generator reads its names when it is asked for the first batch, and that is after both lines": [
        ("descent.sgd", "samples, batch_size, rng = .*", r"\(after\) batches = .*"),
    ],
    "each door stands by itself; which of two bad arguments is named first is not promised": [
        ("descent.train", r"X = .*", r"\(after\) for number, layer .*"),
        ("descent.train", r"for number, layer .*", r"\(after\) alpha = .*"),
        ("descent.train", r"checks\.real_numbers.*", r"\(after\) checks\.real_numbers.*"),
        ("network.Network.run", r"if any.*", r"\(after\) np\.empty.*"),
    ],
    "the multiples of n are the multiples of -n": [("descent.train", "(?=checks.whole.'record_every')", "-")],
    "f has one shape, and so has every column; columns of unequal shape do not make an array": [
        ("calculus.jacobian", r"columns\[0\]", r"columns\[-1\]"),
    ],
    "NumPy's own True is refused two lines above, but by NumPy 2.1 and older; and either kind may come first": [
        ("checks.whole", r"bool \| np\.bool_", r"bool|np\.bool_ \| bool"),
    ],
    "integers and booleans hold no NaN: it can be looked for before or after the conversion": [
        ("checks.numbers", r"array = array\.astype.*", r"\(after\) if np\.isnan.*"),
    ],
    "a copy that is not needed: nobody writes into the array": [
        ("checks.numbers", ", copy=False", "|, copy=True"),
    ],
    "NumPy looks at a list as it looks at the array of that list": [
        ("checks.*", r"np\.(isnan|isfinite)\(array\)", r"np\.(isnan|isfinite)\(value\)"),
    ],
    "nothing is nothing, added or taken away; it makes floats of whole numbers and booleans": [
        ("checks.answer", r"\+ 0\.0", r"- 0\.0"),
    ],
    "one learning rate is the same factor as a number and as an array with one entry; a number is quicker": [
        ("checks.learning_rate", " if array.ndim else array", ""),
    ],
}
PATTERNS = {pattern: reason for reason, patterns in HARMLESS.items() for pattern in patterns}


def fits(pattern, place, before, after):
    """Whether a plant is what a pattern says: one piece of `before` became another, at this place."""
    where, old, new = pattern
    if not fnmatchcase(place, where):
        return False
    around = ((before[: piece.start()], before[piece.end() :]) for piece in re.finditer(old, before))
    return any(re.fullmatch(f"{re.escape(left)}(?:{new}){re.escape(right)}", after) for left, right in around)
