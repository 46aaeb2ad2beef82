"""The steps of the workshop: what each is given, what it has to return, and what is often done instead.

A step is a few lines of `lib.language`, computed one after the other. A slip is one of these lines
written otherwise: so the mistake's consequences are computed, too, and it is known by its numbers.
Most slips are those of `lib.slips`, put into the step's letters.
"""

from dataclasses import dataclass, field

import numpy as np

from lib.language import Impossible, evaluate, plain, sigmoid
from lib.referee.running import Odd
from lib.referee.variants import rename, variants
from lib.slips import CATALOGUE, NAME, Quantity

# Sizes: N rows, and widths n, h, m, k. N is none of the widths, so that nothing fits by luck.
FIRST = {"N": 5, "n": 3, "h": 4, "m": 2, "k": 1, "L": 3, "epochs": 3}
SECOND = {"N": 7, "n": 2, "h": 4, "m": 3, "k": 1, "L": 2, "epochs": 5}
SQUARE = {"N": 3, "n": 3, "h": 3, "m": 3, "k": 3, "L": 3, "epochs": 4}  # here every product fits
SMALL = (
    {"N": 1, "n": 1, "h": 1, "m": 1, "epochs": 1},
    {"N": 2, "n": 1, "h": 2, "m": 1, "epochs": 2},
    {"N": 2, "n": 3, "h": 2, "m": 2, "epochs": 1},
    {"N": 3, "n": 1, "h": 2, "m": 2, "epochs": 2},
)

seeded = np.random.default_rng  # as it is now: the reader may change NumPy


@dataclass(frozen=True)
class Step:
    """given: {argument: (shape, what)} as in `lib.slips`; lines: {name: expression}; returns: names.

    slips: {name: ({line: expression}, sentence)}, where a function of all values may stand for an
    expression; large: {argument: function}, numbers for which a formula that is right on paper
    overflows, and `overflow`, what to say of it then, `overflows` of one table; wide: numbers that go
    beyond what the step asks for, and `beyond`, where that is; others: [("Right for ..., but not
    for ...", {argument: value})], tables of other shapes and sizes for which it has to be right, too.
    """

    given: dict
    lines: dict
    returns: tuple
    slips: dict
    large: dict = field(default_factory=dict)
    overflow: str = ""
    overflows: dict = field(default_factory=dict)
    others: tuple = ()
    wide: dict = field(default_factory=dict)
    beyond: str = ""
    plain: dict = field(
        default_factory=dict
    )  # lines as they stand on paper, where the right ones don't overflow
    patience: int = 1  # how much longer than the others it may take

    def draw(self, seed, sizes):
        """{argument: value}, rounded to two digits: a float for one number, else an array."""
        sizes = {"k": 1, "L": 2, "epochs": 2} | sizes
        tables = {name: how for name, how in self.given.items() if name != "epochs"}
        drawn = Quantity("", tables, {}).example(seeded(seed), **sizes)
        drawn = {name: drawn[name].round(2) if name in tables else None for name in self.given}
        if "epochs" in self.given:
            drawn["epochs"] = sizes["epochs"]
        return {
            name: value if name == "epochs" or value.ndim else float(value) for name, value in drawn.items()
        }

    def last(self, ask):
        """What is still to be said, or refused, of a function that is right; ask(given): its tables."""
        return []

    @property
    def arguments(self):
        return list(self.given)

    def names(self, given):
        """Of the tables that are to be returned."""
        return list(self.returns)

    def values(self, given, otherwise=None):
        """{name: value} of all that is given and of every line, or None where a line can't be computed.

        otherwise: {line: expression} in place of the right ones. N is the number of rows, K of columns,
        M the number that the cost's mean divides by: N, and with K outputs N times K.
        """
        lines = self.lines | (otherwise or {})
        first = np.atleast_1d(next(iter(given.values())))
        values = {"M": len(first), "N": len(first), "K": first.shape[-1]} | given
        try:
            for name, line in lines.items():
                values[name] = computed(line, values) if callable(line) else evaluate(line, values)
        except Impossible:
            return None
        return values

    def answers(self, given, otherwise=None):
        """The tables that are to be returned, or None where a line can't be computed."""
        values = self.values(given, otherwise)
        return values and [values[name] for name in self.returns]

    def variants(self):
        """(what to show, {line: expression}) for each line with one thing changed, of all lines."""
        known = list(self.given)
        for name, line in (self.lines | self.plain).items():
            result = len(self.lines) == 1
            more = ["K"] if "K" not in known and "N" in line else []
            for text in variants(line, known + more, result):
                yield f"`{name} = {text}`", {name: text}
            known.append(name)


def computed(line, values):
    """What a function makes of all values, where the language has no expression for it."""
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(line(values))
    except ValueError as trouble:
        raise Impossible(str(trouble)) from None
    if not np.isfinite(value).all():
        raise Impossible("a number is not finite")
    return value


def slips(line, quantity, *names, without=(), **letters):
    """{name: ({line: expression}, sentence)} from the catalogue, in other letters; all without names."""
    found = {}
    for name in names or [name for name in CATALOGUE[quantity].slips if name not in without]:
        ((computes, sentence),) = CATALOGUE[quantity].sentences(name, **letters).items()
        for old, new in letters.items():
            sentence = sentence.replace(f"${old}$", f"${new.format(l='', below='A', last='')}$")
        found[f"{line}: {name}"] = ({line: computes}, f"{line}: {sentence}")
    return found


# What the catalogue doesn't hold, because no question of the book meets it.
MORE = {
    "neuron": {
        "bias in the inputs": (
            "((x + b) * w).sum()",
            "The bias was added to the inputs, before the weights.",
        ),
        "bias in the weights": ("(x * (w + b)).sum()", "The bias was added to the weights."),
        "weights normalised": (
            "(x * w).sum() / sqrt((w**2).sum()) + b",
            "The weights were divided by their length: they are used as they are.",
        ),
    },
    "layer": {
        "turned round": ("W.T @ A.T + b", "The whole product is turned round: here rows are samples."),
        "bias for each input": (
            "A @ W + K * b",
            "The bias was added once for each input: in a loop over the inputs it stands outside.",
        ),
        "bias in the inputs": ("(A + b) @ W", "The bias was added to the inputs, before the weights."),
        "rows added up": (
            "(A @ W).sum(axis=0, keepdims=True) + b",
            "The rows were added up, too: each row has a result of its own.",
        ),
        "averaged over the inputs": (
            "A @ W / K + b",
            "Divided by the number of inputs: a neuron adds up, and takes no mean.",
        ),
    },
    "sigmoid": {
        "softmax": ("exp(z) / exp(z).sum()", "Divided by the sum of all: that is softmax."),
        "softmax of rows": (
            "exp(z) / exp(z).sum(axis=1, keepdims=True)",
            "Divided by the sum of its row: that is softmax.",
        ),
        "softplus": (
            "log(1 + exp(z))",
            "That is the logarithm of 1 + exp(z), softplus: it has no upper end.",
        ),
        "logarithm": ("-log(1 + exp(-z))", "That is the logarithm of the sigmoid."),
        "hard": ("maximum(0, minimum(1, z))", "That is z, cut off at 0 and at 1: a sigmoid has no corners."),
        "of plus or minus": ("z / (1 + abs(z))", "That is z / (1 + |z|): it runs from -1 to 1."),
        "squared": (
            "1 / (1 + exp(-2 * z))",
            "That is the sigmoid of 2z: z was doubled (by tanh it is (1 + tanh(z/2))/2), or the exponential squared.",
        ),
        "halved": ("1 / (1 + exp(-z / 2))", "That is the sigmoid of z/2: z was halved."),
        "two forms": (
            "exp(z) / (1 + exp(-z))",
            "Two forms are mixed: it is exp(z) / (1 + exp(z)), or 1 / (1 + exp(-z)).",
        ),
    },
    "sigmoid_slope": {
        "in A": ("1 - 2 * A", "That is how A(1 - A) moves with A: one derivative too many."),
        "of relu": ("where(A > 0, 1, 0)", "That is the slope of ReLU."),
        "inverse": ("1 / (A * (1 - A))", "That is the slope of the way back, of z as a function of A."),
        "logit": ("log(A / (1 - A))", "That is z, the sum that A came from, and not a slope."),
    },
    "mse": {
        "columns only": (
            "((y_hat - y)**2).sum() / K",
            "Divided by the columns alone: the mean runs over all entries.",
        ),
        "one less": (
            "((y_hat - y)**2).sum() / (N * K - 1)",
            "Divided by one less than there are: that is a sample's variance, a mean divides by all.",
        ),
        "relative": (
            "(((y_hat - y) / y)**2).mean()",
            "The errors were divided by the targets: MSE takes them as they are.",
        ),
        "largest": ("(y_hat - y).sum()**2", "Added up first, squared then: the errors have cancelled."),
        "length": (
            "sqrt(((y_hat - y)**2).sum())",
            "That is the length of the error, the root of a sum: a mean of squares is asked.",
        ),
        "length averaged": (
            "sqrt(((y_hat - y)**2).sum()) / (N * K)",
            "That is the length of the error, divided by the number of entries: the root is too much.",
        ),
        "variance": (
            "((y_hat - y)**2).mean() - (y_hat - y).mean()**2",
            "The mean error was taken off: that is the variance of the errors (np.var).",
        ),
        "median": (
            lambda v: np.median((v["y_hat"] - v["y"]) ** 2),
            "That is the median of the squares: their mean is asked.",
        ),
        "first row of all": (
            lambda v: ((v["y_hat"] - v["y"])[0] ** 2).mean() / len(v["y"]),
            "The first row alone, divided by the number of all: does `return` stand inside the loop?",
        ),
    },
    "mse_slope": {
        "same for all": (
            "0 * y_hat + (2 * (y_hat - y)).mean()",
            "The same slope for every prediction: that is how the cost moves when all of them move at once.",
        ),
        "the number": ("((y_hat - y)**2).mean()", "That is the cost itself, not its slope."),
        "mean for all": (
            "0 * y_hat + (2 * (y_hat - y)).mean() / N",
            "The errors were averaged: each prediction's slope comes from its own error.",
        ),
        "of BCE": ("(y_hat - y) / (y_hat * (1 - y_hat)) / N", "That is the slope of BCE."),
        "sigmoid's slope": (
            "2 * (y_hat - y) / N * y_hat * (1 - y_hat)",
            "The slope of the sigmoid was multiplied in: that is the next step, here it is the cost's alone.",
        ),
        "of MAE": ("sign(y_hat - y) / N", "Only the signs of the errors: that is the slope of MAE."),
    },
    "dC_dZ": {
        "slopes averaged": (
            "dC_dA * (A * (1 - A)).mean()",
            "The slopes of the sigmoid were averaged: each entry has its own.",
        ),
        "rows averaged": (
            "(dC_dA * A * (1 - A)).mean(axis=0, keepdims=True)",
            "Averaged over the rows at the end: each row keeps its own slopes.",
        ),
        "from above": (
            "A * dC_dA * (1 - dC_dA)",
            "The slope was taken at dC_dA: it is the activation's, A(1 - A).",
        ),
        "to the activation": (
            "sigmoid(dC_dA) * A * (1 - A)",
            "The sigmoid was applied to dC_dA: on the way back slopes multiply.",
        ),
    },
}


def one_line(name, result, without=(), more=None, **given):
    """A step that is one quantity of the catalogue; the arguments as there, but in the reader's order."""
    quantity = CATALOGUE[name]
    known = {
        slip: ({result: computes}, sentence)
        for slip, (computes, sentence) in quantity.slips.items()
        if slip not in without and set(NAME.findall(computes)) & {*quantity.given} <= {*given}
    }
    known |= {slip: ({result: computes}, said) for slip, (computes, said) in MORE.get(name, {}).items()}
    return Step(given, {result: quantity.right}, (result,), known, **(more or {}))


ANY, UNIT, TARGETS, CLASSES = "any", "unit", "targets", "classes"
X, Y = (("N", "n"), ANY), (("N", "k"), TARGETS)
TWO = {
    "W1": (("n", "h"), ANY),
    "b1": ((1, "h"), ANY),
    "W2": (("h", "k"), ANY),
    "b2": ((1, "k"), ANY),
}


def forward(layers):
    lines, before = {}, "X"
    for number in range(1, layers + 1):
        lines[f"Z{number}"] = f"{before} @ W{number} + b{number}"
        lines[f"A{number}"] = f"sigmoid(Z{number})"
        before = f"A{number}"
    return lines


def backward(layers):
    last = layers
    lines = {f"dC_dA{last}": f"2 * (A{last} - y) / M"}
    for number in range(last, 0, -1):
        below = f"A{number - 1}" if number > 1 else "X"
        lines[f"dC_dZ{number}"] = f"dC_dA{number} * A{number} * (1 - A{number})"
        lines[f"dW{number}"] = f"{below}.T @ dC_dZ{number}"
        lines[f"db{number}"] = f"dC_dZ{number}.sum(axis=0, keepdims=True)"
        if number > 1:
            lines[f"dC_dA{number - 1}"] = f"dC_dZ{number} @ W{number}.T"
    return lines


def forward_slips(number, below, *without):
    letters = {"A": below, "W": f"W{number}", "b": f"b{number}"}
    return (
        slips(
            f"Z{number}",
            "layer",
            without=("activated", "by tanh", "weights first", "input transposed", *without),
            **letters,
        )
        | slips(f"A{number}", "sigmoid", "sign lost", "tanh", z=f"Z{number}")
        | {
            f"A{number}: not activated": (
                {f"A{number}": f"Z{number}"},
                f"A{number}: The activation is missing.",
            )
        }
    )


def way_back_slips():
    """Of the whole backward pass of two layers, line by line."""
    return (
        slips("dC_dA2", "mse_slope", without=("summed", "halved", "the cost"), y_hat="A2", N="M")
        | {
            "dC_dA2: sum inside": (
                {"dC_dA2": "(2 * (A2 - y) / M).sum()"},
                "dC_dA2: Summed over the rows: each prediction has a slope of its own.",
            )
        }
        | slips("dC_dZ2", "dC_dZ", "no slope", "half a slope", "slope of z", dC_dA="dC_dA2", A="A2", Z="Z2")
        | slips(
            "dW2", "dC_dW", "no transpose", "turned round", "mean again", "sums inside", A="A1", D="dC_dZ2"
        )
        | slips("db2", "dC_db", "not summed", "averaged", D="dC_dZ2")
        | slips("dC_dA1", "dC_dA", "no transpose", "not passed", D="dC_dZ2", W="W2")
        | slips(
            *("dC_dZ1", "dC_dZ", "no slope", "half a slope", "slope of z", "another layer"),
            **{"dC_dA": "dC_dA1", "A": "A1", "Z": "Z1", "A_next": "A2"},
        )
        | slips(
            "dW1", "dC_dW", "no transpose", "turned round", "mean again", "sums inside", A="X", D="dC_dZ1"
        )
        | slips("db1", "dC_db", "not summed", "averaged", "all summed", "along rows", D="dC_dZ1")
        | {
            "dW1: own output": (
                {"dW1": "A1.T @ dC_dZ1"},
                "dW1: Multiplied by the layer's own output: the weights saw its input, X.",
            ),
            "dW2: from the output": (
                {"dW2": "A2.T @ dC_dZ2"},
                "dW2: Multiplied by the layer's own output: the weights saw its input, A1.",
            ),
            "dC_dA2: the cost": (
                {"dC_dA2": "((A2 - y)**2).mean()"},
                "dC_dA2: That is the cost itself, where its slope belongs.",
            ),
            "dC_dA1: moved": (
                {"dC_dA1": "dC_dZ2 @ (W2 - dW2).T"},
                "dC_dA1: W2 was moved before the way back was finished: it needs the old W2.",
            ),
            "db1: of layer 2": (
                {"db1": "0 * b1 + db2"},
                "db1: That is db2 once more: the first layer has a dC_dZ of its own.",
            ),
            "db1: of the input": (
                {"db1": "dC_dZ1 @ W1.T"},
                "db1: That is the slope of the layer's input: layer_backward returns dW, db and dA, in this order.",
            ),
            "db2: of the input": (
                {"db2": "dC_dZ2 @ W2.T"},
                "db2: That is the slope of the layer's input: layer_backward returns dW, db and dA, in this order.",
            ),
            "dC_dZ2: of BCE": (
                {"dC_dZ2": "(A2 - y) / M"},
                "dC_dZ2: That is the slope of BCE, in which the sigmoid's cancels: here the cost is MSE.",
            ),
            "averaged again": (
                {"dC_dA2": "2 * (A2 - y) / M / N"},
                "All of it is divided by N twice: the mean is taken once, in the cost's slope.",
            ),
            "updated": (
                {
                    "dW1": "W1 - X.T @ dC_dZ1",
                    "db1": "b1 - dC_dZ1.sum(axis=0, keepdims=True)",
                    "dW2": "W2 - A1.T @ dC_dZ2",
                    "db2": "b2 - dC_dZ2.sum(axis=0, keepdims=True)",
                },
                "The slopes were taken off the parameters already: the slopes alone are asked.",
            ),
            "dC_dA1: sum for all": (
                {"dC_dA1": "dC_dA2 @ W2.T"},
                "dC_dA1: The output's activation was skipped: the way back goes through Z2.",
            ),
        }
    )


SCOPES = {
    "": lambda number, layers: True,
    "hidden": lambda number, layers: number < layers,
    "last": lambda number, layers: number == layers,
    "first": lambda number, layers: number == 1,
}


def in_layers(otherwise, layers):
    """{line: expression} for so many layers out of {"dC_dZ" or "dC_dZ hidden": "dC_dA{l} * ..."}."""
    found, lines = {}, forward(layers) | backward(layers)
    for where, template in otherwise.items():
        name, _, scope = where.partition(" ")
        for number in range(1, layers + 1):
            if f"{name}{number}" in lines and SCOPES[scope](number, layers):
                below = f"A{number - 1}" if number > 1 else "X"
                found[f"{name}{number}"] = template.format(
                    l=number, above=number + 1, below=below, last=layers
                )
    return found


def layer_variants(names):
    """({where: template}, the template) of every line of a layer with one thing changed."""
    lines = forward(3) | backward(3)  # seen from the second of three
    letters = {"A1": "{below}", "A3": "A{last}", "dC_dA3": "dC_dA{last}"}
    letters |= {f"{name}2": f"{name}{{l}}" for name in ("Z", "A", "W", "b", "dC_dA", "dC_dZ")}
    letters |= {f"{name}3": f"{name}{{above}}" for name in ("W", "dC_dZ")}
    known = ["A1", "W2", "b2", "X"]
    later = {"Z2": ["Z2"], "A2": ["A2", "A3", "y", "dC_dA3", "W3", "dC_dZ3"], "dC_dA2": ["dC_dA2"]}
    for line in ("Z2", "A2", "dC_dA2", "dC_dZ2", "dW2", "db2"):
        if line[:-1] in names:
            for text in variants(lines[line], known, False):
                template = rename(text, letters)
                passed_on = line == "dC_dA2" or "{above}" in template
                scopes = ("hidden",) if passed_on else ("", "hidden", "last", "first")
                yield from ({f"{line[:-1]} {scope}".strip(): template} for scope in scopes)
        known += later.get(line, ["dC_dZ2"] if line == "dC_dZ2" else [])
    if "dC_dA" in names:
        for text in variants(lines["dC_dA3"], ["A3", "y", "Z3"], False):
            yield {"dC_dA last": rename(text, letters | {"Z3": "Z{last}"})}


def shown_lines(lines):
    return " and ".join(f"`{name} = {line}`" for name, line in lines.items())


@dataclass(frozen=True)
class TwoLayers(Step):
    """Some mistakes are made in both layers, some in one."""

    def variants(self):
        names = {name.rstrip("12") for name in self.lines}
        seen = []
        for otherwise in layer_variants(names):
            lines = in_layers(otherwise, 2)
            lines = {name: line for name, line in lines.items() if line != plain(self.lines[name])}
            if lines and lines not in seen:
                seen.append(lines)
                yield shown_lines(lines), lines


@dataclass(frozen=True)
class Training(Step):
    """The lines are one epoch, and are computed `epochs` times; `epochs` among the slips' lines is how often."""

    def answers(self, given, otherwise=None):
        otherwise = dict(otherwise or {})
        often = int(evaluate(otherwise.pop("epochs", "epochs"), {"epochs": given["epochs"]}))
        returned = otherwise.pop("returned", "new_")  # what of the last epoch: d for the slopes
        rows = (
            [slice(n, n + 1) for n in range(len(given["X"]))] if otherwise.pop("rows", "") else [slice(None)]
        )
        found, values = dict(given), {f"{now}{name}": given[name] for name in TWO for now in ("new_", "d")}
        for epoch in range(often):
            for some in rows:
                one = {"epoch": epoch, "X": given["X"][some], "y": given["y"][some]}
                values = self.values(found | one, otherwise)
                if values is None:
                    return None
                found |= {name: values[f"new_{name}"] for name in TWO}
        return [values[f"{returned}{name}"] for name in TWO]

    def variants(self):
        """Of the step itself, in all four lines or in two: the way back has been checked before."""
        for text in variants(MOVED["new_W1"], ["W1", "dW1", "learning_rate", "epochs"]):
            for which, where in ((TWO, "all four"), (("W1", "W2"), "both W"), (("b1", "b2"), "both b")):
                lines = {f"new_{name}": rename(text, {"W1": name, "dW1": f"d{name}"}) for name in which}
                first = next(iter(lines))
                yield f"`{first} = {lines[first]}`, and so in {where}", lines

    def last(self, ask):
        """It computes the right numbers; so it learns XOR, and that is worth a sentence."""
        start = seeded(0)
        shapes = {"W1": (2, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)}
        X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
        given = {"X": X, "y": y} | {name: start.normal(size=shape) for name, shape in shapes.items()}
        given |= {"learning_rate": 5.0, "epochs": 2000}
        theirs, right = predictions(X, ask(given)), predictions(X, trained(given))
        said = ", ".join(f"{a:.2f}" for a in theirs)
        if not np.allclose(theirs, right, atol=1e-3):
            expected = ", ".join(f"{a:.2f}" for a in right)
            raise Odd(
                f"Right for a few epochs, but not for 2000: on XOR it answers {said}, expected {expected}. "
                "Does it stop before all epochs are over?"
            )
        return [f"On XOR it answers {said} after 2000 epochs: solved."]


def predictions(X, parameters):
    W1, b1, W2, b2 = parameters
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)[:, 0]


def trained(given):
    """The right parameters after all epochs: the step's lines once more in Python, since there are 2000."""
    X, y, W1, b1, W2, b2, learning_rate, epochs = given.values()
    for _ in range(epochs):
        A1 = sigmoid(X @ W1 + b1)
        A2 = sigmoid(A1 @ W2 + b2)
        D2 = 2 * (A2 - y) / len(y) * A2 * (1 - A2)
        D1 = D2 @ W2.T * A1 * (1 - A1)
        W1, b1 = W1 - learning_rate * X.T @ D1, b1 - learning_rate * D1.sum(axis=0, keepdims=True)
        W2, b2 = W2 - learning_rate * A1.T @ D2, b2 - learning_rate * D2.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2


MOVED = {f"new_{name}": f"{name} - learning_rate * d{name}" for name in TWO}
# The slope dC_dZ2 once more, with W2 and b2 moved already; and with W1 and b1 moved already.
AGAIN = "sigmoid(A1 @ (W2 - learning_rate * dW2) + b2 - learning_rate * db2)"
MOVED_SLOPE = f"2 * ({AGAIN} - y) / M * {AGAIN} * (1 - {AGAIN})"
MOVED_BELOW = "sigmoid(X @ new_W1 + new_b1)"
AGAIN = f"sigmoid({MOVED_BELOW} @ W2 + b2)"
MOVED_ABOVE = f"2 * ({AGAIN} - y) / M * {AGAIN} * (1 - {AGAIN})"
UPHILL = {f"new_{name}": f"{name} + learning_rate * d{name}" for name in TWO}
TRAINING = {
    "uphill": (UPHILL, "Uphill: the step has the sign of the gradient."),
    "no rate": (
        {f"new_{name}": f"{name} - d{name}" for name in TWO},
        "The learning rate was forgotten.",
    ),
    "new weights": (
        {"dC_dA1": "dC_dZ2 @ (W2 - learning_rate * dW2).T"},
        "W2 was updated before the way back was finished: dC_dA1 needs the old W2.",
    ),
    "no biases": ({"new_b1": "b1", "new_b2": "b2"}, "The biases never move: they have gradients, too."),
    "first layer frozen": (
        {"new_W1": "W1", "new_b1": "b1"},
        "The first layer never moves: its gradients have to be used, too.",
    ),
    "last layer frozen": ({"new_W2": "W2", "new_b2": "b2"}, "The last layer never moves."),
    "one epoch": (
        {"epochs": "1"},
        "One epoch only: does `return` stand inside the loop, or does each epoch start from the first tables again?",
    ),
    "each row": (
        {"rows": "each"},
        "A step after each row: all slopes of an epoch come from the old parameters, and from all rows at once.",
    ),
    "one too few": ({"epochs": "epochs - 1"}, "One epoch too few."),
    "one too many": ({"epochs": "epochs + 1"}, "One epoch too many."),
    **{
        f"{name} frozen": ({f"new_{name}": name}, f"{name} never moves: it has a gradient, too.")
        for name in ("W1", "b1", "W2", "b2")
    },
    **{
        f"b{layer} by dW{layer}": (
            {f"new_b{layer}": f"b{layer} - learning_rate * dW{layer}.sum(axis=0, keepdims=True)"},
            f"b{layer} moves by the sum of dW{layer}: it has slopes of its own, db{layer}.",
        )
        for layer in (1, 2)
    },
    "rate decays": (
        {f"new_{name}": f"{name} - learning_rate / (epoch + 1) * d{name}" for name in TWO},
        "The learning rate was divided by the number of the epoch: it stays what it is.",
    ),
    "never": ({"epochs": "0"}, "The parameters are the old ones: nothing has moved."),
    "layer 2 first": (
        {"dC_dA1": f"({MOVED_SLOPE}) @ (W2 - learning_rate * dW2).T"},
        "The second layer was moved before the slopes of the first were computed: all come from the old parameters.",
    ),
    "layer 1 first": (
        {
            "new_W2": f"W2 - learning_rate * {MOVED_BELOW}.T @ ({MOVED_ABOVE})",
            "new_b2": f"b2 - learning_rate * ({MOVED_ABOVE}).sum(axis=0, keepdims=True)",
        },
        "The first layer was moved before the slopes of the second were computed: all come from the old parameters.",
    ),
    "slopes returned": (
        {"returned": "d"},
        "Those are the slopes of the last epoch: the parameters are asked.",
    ),
    "no weights": ({"new_W1": "W1", "new_W2": "W2"}, "The weights never move."),
    "gradients kept": (
        {"epochs": "1"} | {f"new_{name}": f"{name} - epochs * learning_rate * d{name}" for name in TWO},
        "The gradients were computed once, before the loop: after each step they are others.",
    ),
}


@dataclass(frozen=True)
class Deep(Step):
    """Any number of layers: `Ws` and `bs` are lists, the lines are written for as many as there are."""

    def draw(self, seed, sizes):
        sizes = {"k": 1, "L": 2} | sizes
        widths = [sizes["n"], sizes["h"], sizes["m"]][: sizes["L"]] + [sizes["k"]]
        given = {"X": X, "y": Y}
        for number in range(1, sizes["L"] + 1):
            shape = (widths[number - 1], widths[number])
            given |= {f"W{number}": (shape, ANY), f"b{number}": ((1, shape[1]), ANY)}
        drawn = Step(given, {}, (), {}).draw(seed, sizes)
        return {
            "X": drawn["X"],
            "y": drawn["y"],
            "Ws": [drawn[f"W{number}"] for number in range(1, sizes["L"] + 1)],
            "bs": [drawn[f"b{number}"] for number in range(1, sizes["L"] + 1)],
        }

    def answers(self, given, otherwise=None):
        layers = len(given["Ws"])
        flat = {name: value for name, value in given.items() if name not in ("Ws", "bs")}
        for number, (W, b) in enumerate(zip(given["Ws"], given["bs"], strict=True), start=1):
            flat |= {f"W{number}": W, f"b{number}": b}
        step = Step(flat, forward(layers) | backward(layers), tuple(self.names(given)), {})
        return step.answers(flat, in_layers(otherwise or {}, layers))

    def variants(self):
        for otherwise in layer_variants({"Z", "A", "dC_dA", "dC_dZ", "dW", "db"}):
            ((where, _),) = otherwise.items()
            scope = where.partition(" ")[2]
            lines = list(in_layers(otherwise, 3).items())
            shown = shown_lines(dict(lines[1:2] or lines))
            more = {"": ", and so in every layer", "hidden": ", and so in every hidden layer"}
            yield shown + more.get(scope, " with three layers"), otherwise

    def names(self, given):
        return [f"d{name}{number}" for name in "Wb" for number in range(1, len(given["Ws"]) + 1)]


DEEP = (
    slips(
        "dW", "dC_dW", "no transpose", "turned round", "mean again", "sums inside", A="{below}", D="dC_dZ{l}"
    )
    | slips("db", "dC_db", "not summed", "averaged", "all summed", "along rows", D="dC_dZ{l}")
    | slips("dC_dZ", "dC_dZ", "no slope", "half a slope", "slope of z", dC_dA="dC_dA{l}", A="A{l}", Z="Z{l}")
    | {
        "dC_dZ: last slope": (
            {"dC_dZ": "dC_dA{l} * A{last} * (1 - A{last})"},
            "dC_dZ: The slope of the last layer was used in every layer: it only broadcasts.",
        ),
        "dC_dZ: no hidden slope": (
            {"dC_dZ hidden": "dC_dA{l}"},
            "dC_dZ: In the hidden layers the activation was passed without its slope.",
        ),
        "dC_dZ: no last slope": (
            {"dC_dZ last": "dC_dA{l}"},
            "dC_dZ: In the last layer the activation was passed without its slope.",
        ),
        "dC_dZ: slope below": (
            {"dC_dZ": "dC_dA{l} * {below} * (1 - {below})"},
            "dC_dZ: The slope was taken at the layer's input: it is that of its own activation.",
        ),
        "dC_dA: the same": (
            {"dC_dA hidden": "dC_dA{last}"},
            "dC_dA: The slope of the cost was used in every layer: it has to be passed back through each of them.",
        ),
        "dC_dA: no 2": (
            {"dC_dA last": "(A{l} - y) / M"},
            "dC_dA: The 2 that the square brings down is missing.",
        ),
        "dC_dA: no mean": ({"dC_dA last": "2 * (A{l} - y)"}, "dC_dA: The mean was forgotten."),
        "dC_dA: neither": (
            {"dC_dA last": "A{l} - y"},
            "dC_dA: The 2 and the mean are missing: it is 2/N times the error.",
        ),
        "dC_dA: averaged again": (
            {"dC_dA last": "2 * (A{l} - y) / M / N"},
            "All of it is divided by N twice: the mean is taken once, in the cost's slope.",
        ),
        "dC_dA: turned round": (
            {"dC_dA last": "2 * (y - A{l}) / M"},
            "dC_dA: The error was turned round: here it is prediction minus target.",
        ),
        "dC_dA: past the activation": (
            {"dC_dA hidden": "dC_dA{above} @ W{above}.T"},
            "dC_dA: The activation was skipped: what is passed on comes from dC_dZ.",
        ),
        "dC_dZ: of BCE": (
            {"dC_dZ last": "(A{l} - y) / M"},
            "dC_dZ: That is the slope of BCE, in which the sigmoid's cancels: here the cost is MSE.",
        ),
        "A: last not activated": (
            {"A last": "Z{l}", "dC_dZ last": "dC_dA{l}"},
            "A: The last layer was left without its sigmoid.",
        ),
        "A: last not activated, slope kept": (
            {"A last": "Z{l}"},
            "A: The last layer was left without its sigmoid on the way forward.",
        ),
        "Z: no bias": ({"Z": "{below} @ W{l}"}, "Z: The biases were left out on the way forward."),
        "A: no activation": ({"A": "Z{l}"}, "A: The activation is missing on the way forward."),
        "dW: own output": (
            {"dW": "A{l}.T @ dC_dZ{l}"},
            "dW: Multiplied by the layer's own output: the weights saw its input.",
        ),
    }
)


def rows_of_one(E):
    """Each row divided by its sum."""
    return E / E.sum(axis=1, keepdims=True)


def axis_lost(E):
    return E / E.sum(axis=1)


def axes(name, table):
    """The same numbers with one axis, and with three."""
    table = np.array(table)
    return (
        ("Right for a table of rows and columns, but not for one with one axis", {name: table.ravel()}),
        ("Right for a table of rows and columns, but not for one with three axes", {name: table}),
    )


LOGIT = (("N", 1), ANY)
STEPS = {
    "neuron": one_line("neuron", "z", **CATALOGUE["neuron"].given),
    "layer_forward": one_line("layer", "Z", **CATALOGUE["layer"].given),
    "sigmoid": one_line(
        "sigmoid",
        "a",
        more={
            "wide": {"z": lambda z: 800 * np.sign(z)},
            "beyond": "For a z of 800 or -800",
            "others": (
                *axes("z", [[[0.5, -1.2]], [[2.1, -0.3]]]),
                (
                    "Right for small numbers, but not for larger ones",
                    {"z": np.array([[6.0, -6.0], [12.0, -30.0]])},
                ),
            ),
        },
        **CATALOGUE["sigmoid"].given,
    ),
    "two_layers": TwoLayers(
        {"X": X} | TWO,
        forward(2),
        ("A1", "A2"),
        forward_slips(1, "X")
        | forward_slips(2, "A1", "one bias", "mean bias")
        | {
            "Z2: from the sums": (
                {"Z2": "Z1 @ W2 + b2"},
                "Z2: The second layer was given the sums of the first, not its activations.",
            ),
            "bias outside": (
                {"A1": "sigmoid(X @ W1) + b1", "A2": "sigmoid(A1 @ W2) + b2"},
                "The biases were added after the sigmoid: they belong to the sum inside.",
            ),
            "A1: softmax": (
                {"A1": "exp(Z1) / exp(Z1).sum(axis=1, keepdims=True)"},
                "A1: Divided by the sum of its row: that is softmax.",
            ),
            "A1: twice": ({"A1": "sigmoid(sigmoid(Z1))"}, "A1: The sigmoid was applied twice."),
            "A2: twice": ({"A2": "sigmoid(sigmoid(Z2))"}, "A2: The sigmoid was applied twice."),
        },
    ),
    "sigmoid_slope": one_line(
        "sigmoid_slope",
        "slope",
        more={"others": axes("A", [[[0.5, 0.2]], [[0.9, 0.3]]])},
        A=(("N", "m"), UNIT),
    ),
    "mse": one_line("mse", "C", **CATALOGUE["mse"].given),
    "mse_slope": one_line("mse_slope", "dC_dA", **CATALOGUE["mse_slope"].given),
    "through_activation": one_line("dC_dZ", "dC_dZ", dC_dA=(("N", "m"), ANY), A=(("N", "m"), UNIT)),
    "layer_backward": Step(
        {"A": (("N", "n"), ANY), "W": (("n", "m"), ANY), "dC_dZ": (("N", "m"), ANY)},
        {
            "dC_dW": "A.T @ dC_dZ",
            "dC_db": "dC_dZ.sum(axis=0, keepdims=True)",
            "dC_dA": "dC_dZ @ W.T",
        },
        ("dC_dW", "dC_db", "dC_dA"),
        slips("dC_dW", "dC_dW", D="dC_dZ")
        | slips("dC_db", "dC_db", without=("axis lost",), D="dC_dZ")
        | slips("dC_dA", "dC_dA", D="dC_dZ")
        | {
            "dC_dA: slope too": (
                {"dC_dA": "dC_dZ @ W.T * A * (1 - A)"},
                "dC_dA: The slope of the sigmoid was multiplied in: that is a step of its own, through_activation.",
            ),
            "dC_dA: weights alone": (
                {"dC_dA": "W.T"},
                "dC_dA: The weights alone: what came from above is missing.",
            ),
            "dC_dA: reshaped": (
                {"dC_dA": lambda v: v["dC_dZ"] @ v["W"].reshape(v["W"].shape[::-1])},
                "dC_dA: W was reshaped: that keeps the order of its numbers, W.T turns rows into columns.",
            ),
            "dC_dW: reshaped": (
                {"dC_dW": lambda v: v["A"].reshape(v["A"].shape[::-1]) @ v["dC_dZ"]},
                "dC_dW: A was reshaped: that keeps the order of its numbers, A.T turns rows into columns.",
            ),
            "dC_db: ones": (
                {"dC_db": "0 * dC_dZ.sum(axis=0, keepdims=True) + 1"},
                "dC_db: Only ones: that is the local slope, what has arrived is missing.",
            ),
            "dC_db: one for all": (
                {"dC_db": "0 * dC_dZ.sum(axis=0, keepdims=True) + dC_dZ.sum()"},
                "dC_db: One sum over everything for all biases: each has the sum of its own column, axis=0.",
            ),
            "dC_dA: averaged": (
                {"dC_dA": "dC_dZ @ W.T / N"},
                "dC_dA: Divided by N once more: the 1/N is in dC_dZ already.",
            ),
            "dC_dW: with weights, turned": (
                {"dC_dW": "W.T @ dC_dZ"},
                "dC_dW: The weights stand where the input belongs: that is the weight's partner in Z.",
            ),
            "dC_dW: averaged all": (
                {"dC_dW": "A.T @ dC_dZ / (N * K)"},
                "dC_dW: Divided by a number of entries: dC_dZ has the mean in it already.",
            ),
        },
    ),
    "backward": TwoLayers(
        {"X": X, "y": Y} | TWO,
        forward(2) | backward(2),
        ("dW1", "db1", "dW2", "db2"),
        way_back_slips(),
    ),
    "update": Step(
        {"W": (("n", "m"), ANY), "dW": (("n", "m"), ANY), "learning_rate": ((), UNIT)},
        {"new": "W - learning_rate * dW"},
        ("new",),
        slips("new", "update", lr="learning_rate")
        | {
            slip: ({"new": computes}, f"new: {said}")
            for slip, computes, said in (
                (
                    "gradient's step",
                    "learning_rate * dW",
                    "Only the step, and uphill: it starts at the old weights.",
                ),
                ("relative", "W * (1 - learning_rate * dW)", "The step was multiplied by the weights."),
                (
                    "mean",
                    "W - learning_rate * dW.mean()",
                    "The slopes were averaged: each weight has its own.",
                ),
                ("sign alone", "W - learning_rate * sign(dW)", "Only the signs of the slopes were used."),
                ("places", "dW - learning_rate * W", "Weights and slopes have changed places."),
                ("decay", "W - learning_rate * W", "The weights themselves were used as slopes."),
                ("unmoved", "W", "The old weights came back: nothing has moved."),
                ("slopes", "dW", "The slopes came back: the new weights are asked."),
                (
                    "of length one",
                    "W - learning_rate * dW / sqrt((dW**2).sum())",
                    "The slopes were divided by their length: they are used as they are.",
                ),
                (
                    "shrunk",
                    "(1 - learning_rate) * W - learning_rate * dW",
                    "The old weights were made smaller, too: that is weight decay.",
                ),
                (
                    "clipped",
                    "W - learning_rate * maximum(minimum(dW, 1), -1)",
                    "Slopes beyond 1 and -1 were cut off.",
                ),
                ("rate squared", "W - learning_rate**2 * dW", "The learning rate was multiplied in twice."),
            )
        },
    ),
    "train": Training(
        {"X": X, "y": Y} | TWO | {"learning_rate": ((), UNIT), "epochs": ((), "count")},
        forward(2) | backward(2) | MOVED,
        tuple(f"new_{name}" for name in TWO),
        TRAINING,
        patience=6,
    ),
    "bce": Step(
        {"z": LOGIT, "y": (("N", 1), TARGETS)},
        {"C": CATALOGUE["logit_cost"].right, "dC_dz": CATALOGUE["logit_slope"].right},
        ("C", "dC_dz"),
        slips("C", "logit_cost")
        | slips("dC_dz", "logit_slope")
        | {
            "C: added": (
                {"C": "(log(1 + exp(z)) + y * z).mean()"},
                "C: y z was added: it is taken off, log(1 + exp(z)) - y z.",
            ),
            "C: corner": (
                {"C": "(maximum(z, 0) - y * z).mean()"},
                "C: maximum(z, 0) is what log(1 + exp(z)) comes near to far from 0: here it has a corner.",
            ),
        },
        plain={"C": "-(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z))).mean()"},
        large={"z": lambda z: np.sign(z) * 800},
        overflow="np.logaddexp(0, z) is log(1 + exp(z)) for any z",
        overflows={"dC_dz": "1 / (1 + exp(-z)) equals exp(z) / (1 + exp(z)), and never becomes inf / inf"},
    ),
    "deep_backward": Deep({"X": X, "y": Y, "Ws": (), "bs": ()}, {}, ("dWs", "dbs"), DEEP),
    "softmax": Step(
        {"Z": (("N", "m"), ANY), "Y": (("N", "m"), CLASSES)},
        {
            "E": "exp(Z - Z.mean(axis=1, keepdims=True))",
            "P": "E / E.sum(axis=1, keepdims=True)",
            "C": CATALOGUE["softmax_cost"].right,
            "dC_dZ": CATALOGUE["softmax_slope"].right,
        },
        ("C", "dC_dZ"),
        slips("C", "softmax_cost")
        | slips("dC_dZ", "softmax_slope")
        | {
            "P: over the rows": (
                {"P": "exp(Z) / exp(Z).sum(axis=0, keepdims=True)"},
                "P: Divided by the sums of the columns: the probabilities of a row add up to 1.",
            ),
            "P: over everything": (
                {"P": "exp(Z) / exp(Z).sum()"},
                "P: Divided by the sum of the whole table: each row has a sum of its own.",
            ),
            "P: axis lost": (
                {"P": lambda v: axis_lost(np.exp(v["Z"] - v["Z"].max(axis=1, keepdims=True)))},
                "P: The sums of the rows have lost an axis, and were laid along a row: keepdims=True keeps it.",
            ),
            "C: mse": ({"C": "((P - Y)**2).mean()"}, "C: That is MSE of the probabilities."),
            "dC_dZ: the probabilities": ({"dC_dZ": "P"}, "dC_dZ: Those are the probabilities, not a slope."),
            "dC_dZ: true class alone": (
                {"dC_dZ": "Y * (P - Y) / N"},
                "dC_dZ: Right in the true class alone: the logits of the other classes have slopes, too.",
            ),
            "dC_dZ: classes": (
                {"dC_dZ": "(P - Y) / K"},
                "dC_dZ: Divided by the number of classes: the mean runs over the rows.",
            ),
            "dC_dZ: entries": (
                {"dC_dZ": "(P - Y) / (N * K)"},
                "dC_dZ: Divided by all entries: the mean runs over the rows.",
            ),
            "C: largest": (
                {"C": lambda v: -np.log(v["P"].max(axis=1)).mean()},
                "C: That is the largest probability's logarithm: the true class counts, likely or not.",
            ),
            "P: largest above alone": (
                {"P": lambda v: rows_of_one(v["E"]) / np.exp(v["Z"].max(axis=1, keepdims=True))},
                "P: The largest logit was taken off above the line alone: below, it has to be off, too.",
            ),
            "P: divided by the largest": (
                {"P": lambda v: rows_of_one(np.exp(v["Z"] / abs(v["Z"]).max(axis=1, keepdims=True)))},
                "P: The logits were divided by the largest one: it is taken off.",
            ),
            "P: sigmoid": (
                {"P": "sigmoid(Z)"},
                "P: A sigmoid for each logit: then the classes of a row don't add up to 1.",
            ),
        },
        plain={"E": "exp(Z)"},
        large={"Z": lambda Z: Z + 1000 * np.arange(1, len(Z) + 1)[:, None]},  # each row another size
        overflow="take each row's largest logit off first; no probability changes",
    ),
}
