"""The steps of the workshop: what each is given, what it has to return, and what is often done instead.

A step is a few lines of `lib.language`, computed one after the other. A slip is one of these lines
written otherwise: so the mistake's consequences are computed, too, and it is known by its numbers.
Most slips are those of `lib.slips`, put into the step's letters.
"""

from dataclasses import dataclass, field

import numpy as np

from lib.language import Impossible, evaluate
from lib.slips import CATALOGUE, NAME, Quantity

# Sizes: N rows, and widths n, h, m, k. N is none of the widths, so that nothing fits by luck.
FIRST = {"N": 5, "n": 3, "h": 4, "m": 2, "k": 1, "L": 3, "epochs": 3}
SECOND = {"N": 7, "n": 2, "h": 4, "m": 3, "k": 1, "L": 2, "epochs": 5}
SQUARE = {"N": 3, "n": 3, "h": 3, "m": 3, "k": 3, "L": 3, "epochs": 4}  # here every product fits
SMALL = ({"N": 1, "n": 1, "h": 1, "m": 1}, {"N": 2, "n": 1, "h": 2, "m": 1}, {"N": 2, "n": 3, "h": 2, "m": 2})

seeded = np.random.default_rng  # as it is now: the reader may change NumPy


@dataclass(frozen=True)
class Step:
    """given: {argument: (shape, what)} as in `lib.slips`; lines: {name: expression}; returns: names.

    slips: {name: ({line: expression}, sentence)}; large: {argument: function}, numbers for which a
    formula that is right on paper overflows, and `overflow`, what to say of it then.
    """

    given: dict
    lines: dict
    returns: tuple
    slips: dict
    large: dict = field(default_factory=dict)
    overflow: str = ""
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

    def answers(self, given, otherwise=None):
        """The tables that are to be returned, or None where a line can't be computed.

        otherwise: {line: expression} in place of the right ones. N is the number of rows, M the number
        that the cost's mean divides by: N, and with K outputs N times K.
        """
        lines = self.lines | (otherwise or {})
        first = next(iter(given.values()))
        rows = len(np.atleast_1d(first))
        values = {"M": rows, "N": rows} | given
        try:
            for name, line in lines.items():
                values[name] = evaluate(line, values)
        except Impossible:
            return None
        return [values[name] for name in self.returns]


def slips(line, quantity, *names, without=(), **letters):
    """{name: ({line: expression}, sentence)} from the catalogue, in other letters; all without names."""
    found = {}
    for name in names or [name for name in CATALOGUE[quantity].slips if name not in without]:
        ((computes, sentence),) = CATALOGUE[quantity].sentences(name, **letters).items()
        found[f"{line}: {name}"] = ({line: computes}, f"{line}: {sentence}")
    return found


def one_line(name, result, without=(), **given):
    """A step that is one quantity of the catalogue; the arguments as there, but in the reader's order."""
    quantity = CATALOGUE[name]
    known = {
        slip: ({result: computes}, sentence)
        for slip, (computes, sentence) in quantity.slips.items()
        if slip not in without and set(NAME.findall(computes)) & {*quantity.given} <= {*given}
    }
    return Step(given, {result: quantity.right}, (result,), known)


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
            "dC_dA1: sum for all": (
                {"dC_dA1": "dC_dA2 @ W2.T"},
                "dC_dA1: The output's activation was skipped: the way back goes through Z2.",
            ),
        }
    )


@dataclass(frozen=True)
class Training(Step):
    """The lines are one epoch, and are computed `epochs` times; `epochs` among the slips' lines is how often."""

    def answers(self, given, otherwise=None):
        otherwise = dict(otherwise or {})
        often = int(evaluate(otherwise.pop("epochs", "epochs"), {"epochs": given["epochs"]}))
        given = dict(given)
        for _ in range(often):
            found = Step.answers(self, given, otherwise)
            if found is None:
                return None
            given |= dict(zip(TWO, found, strict=True))
        return [given[name] for name in TWO]

    def last(self, ask):
        """It computes the right numbers; so it learns XOR, and that is worth a sentence."""
        start = seeded(0)
        shapes = {"W1": (2, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)}
        X, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
        given = {"X": X, "y": y} | {name: start.normal(size=shape) for name, shape in shapes.items()}
        given |= {"learning_rate": 5.0, "epochs": 2000}
        W1, b1, W2, b2 = ask(given)
        A = evaluate(
            "sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)", {"X": X, "W1": W1, "b1": b1, "W2": W2, "b2": b2}
        )
        return [f"On XOR it answers {', '.join(f'{a:.2f}' for a in A[:, 0])} after 2000 epochs: solved."]


MOVED = {f"new_{name}": f"{name} - learning_rate * d{name}" for name in TWO}
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
    "one epoch": ({"epochs": "1"}, "One epoch only: does `return` stand inside the loop?"),
    "one too few": ({"epochs": "epochs - 1"}, "One epoch too few."),
    "one too many": ({"epochs": "epochs + 1"}, "One epoch too many."),
    "never": ({"epochs": "0"}, "The parameters are the old ones: nothing has moved."),
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
        lines, changed = forward(layers) | backward(layers), {}
        for name, template in (otherwise or {}).items():
            for number in range(1, layers + 1):
                if f"{name}{number}" in lines:
                    below = f"A{number - 1}" if number > 1 else "X"
                    changed[f"{name}{number}"] = template.format(
                        l=number, above=number + 1, below=below, last=layers
                    )
        return Step(flat, lines, tuple(self.names(given)), {}).answers(flat, changed)

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
        "Z: no bias": ({"Z": "{below} @ W{l}"}, "Z: The biases were left out on the way forward."),
        "A: no activation": ({"A": "Z{l}"}, "A: The activation is missing on the way forward."),
        "dW: own output": (
            {"dW": "A{l}.T @ dC_dZ{l}"},
            "dW: Multiplied by the layer's own output: the weights saw its input.",
        ),
    }
)

LOGIT = (("N", 1), ANY)
STEPS = {
    "neuron": one_line("neuron", "z", **CATALOGUE["neuron"].given),
    "layer_forward": one_line("layer", "Z", **CATALOGUE["layer"].given),
    "sigmoid": one_line("sigmoid", "a", **CATALOGUE["sigmoid"].given),
    "two_layers": Step(
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
            "A1: twice": ({"A1": "sigmoid(sigmoid(Z1))"}, "A1: The sigmoid was applied twice."),
            "A2: twice": ({"A2": "sigmoid(sigmoid(Z2))"}, "A2: The sigmoid was applied twice."),
        },
    ),
    "sigmoid_slope": one_line("sigmoid_slope", "slope", A=(("N", "m"), UNIT)),
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
        | slips("dC_dA", "dC_dA", D="dC_dZ"),
    ),
    "backward": Step(
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
        slips("C", "logit_cost") | slips("dC_dz", "logit_slope"),
        large={"z": lambda z: np.sign(z) * 800},
        overflow="exp overflowed, or log was asked for 0: np.logaddexp(0, z) is log(1 + exp(z)) for any z",
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
                {"P": "E / E.sum(axis=1)"},
                "P: The sums of the rows have lost an axis, and were laid along a row: keepdims=True keeps it.",
            ),
            "P: sigmoid": (
                {"P": "sigmoid(Z)"},
                "P: A sigmoid for each logit: then the classes of a row don't add up to 1.",
            ),
        },
        large={"Z": lambda Z: Z + 1000 * np.arange(1, len(Z) + 1)[:, None]},  # each row another size
        overflow="exp overflowed, or fell to 0: take each row's largest logit off first; no probability changes",
    ),
}
