"""The catalogue of known mistakes: what each computes, and the sentence that names it.

A slip is an expression of `lib.language` beside the right one, so that it can be evaluated, and a
mistake be recognised by its values. The questions, the referee and the tests draw on this one list.
A sentence says what was done, never what is right.

Sizes are letters: N rows, n inputs, m outputs. `given` says what stands in each table: any numbers,
"unit" (between 0 and 1, as activations), "targets" (0 or 1) or "classes" (a single 1 in each row).
"""

import re
from dataclasses import dataclass

import numpy as np

SIZES = {"N": 5, "n": 3, "m": 2}  # all different: a transpose never fits by luck
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


@dataclass(frozen=True)
class Quantity:
    """Something that readers compute. given: {name: (shape, what)}; slips: {name: (computes, sentence)}."""

    right: str
    given: dict
    slips: dict

    def example(self, rng, **sizes):
        """Random numbers for everything that is given: {name: array}; N is a number among them."""
        sizes = SIZES | sizes

        def halves(shape):
            """0 and 1, as often as each other: both signs, and both targets, are always among them."""
            turns = np.arange(np.prod(shape, dtype=int)) + rng.integers(2)
            return rng.permutation(turns % 2).reshape(shape) * 1.0

        draw = {
            "any": lambda shape: rng.uniform(0.3, 2, shape) * (1 - 2 * halves(shape)),
            "unit": lambda shape: rng.uniform(0.05, 0.95, shape),
            "targets": halves,
            "classes": lambda shape: rng.permutation(np.eye(shape[1])[np.arange(shape[0]) % shape[1]]),
        }
        tables = {
            name: draw[what](tuple(sizes.get(size, size) for size in shape))
            for name, (shape, what) in self.given.items()
        }
        return tables | {"N": np.asarray(float(sizes["N"]))}

    def sentences(self, *names, **renamed):
        """{expression: sentence} of these slips, of all without names; `renamed`: D="D2" writes D2 for D."""
        unknown = [name for name in names if name not in self.slips]
        if unknown:
            raise ValueError(f"names: expected slips among {', '.join(self.slips)}, got {', '.join(unknown)}")
        return {
            NAME.sub(lambda found: renamed.get(found[0], found[0]), computes): sentence
            for computes, sentence in (self.slips[name] for name in names or self.slips)
        }


ROWS, WEIGHTS, BIASES, OUTPUTS = ("N", "n"), ("n", "m"), (1, "m"), ("N", "m")

CATALOGUE = {
    "neuron": Quantity(
        "x @ w + b",
        {"x": (("n",), "any"), "w": (("n",), "any"), "b": ((), "any")},
        {
            "no bias": ("x @ w", "That is the weighted sum without the bias."),
            "bias subtracted": ("x @ w - b", "The bias was subtracted."),
            "bias multiplied": ("x @ w * b", "The bias was multiplied in: it is added."),
            "sign lost": ("x @ abs(w) + b", "The minus sign of a weight was lost."),
            "no weights": ("x.sum() + b", "The inputs were added without their weights."),
            "no inputs": ("w.sum() + b", "The weights were added without their inputs."),
            "not summed": ("x * w + b", "Each product stands by itself: they still have to be added up."),
            "averaged": ("(x * w).mean() + b", "The products were averaged, not added."),
            "activated": ("sigmoid(x @ w + b)", "That is the activation already: the sum comes before it."),
            "products only": ("x * w", "Each product stands by itself, and the bias is missing."),
            "bias each time": ("(x * w + b).sum()", "The bias was added once for each input."),
            "sums multiplied": (
                "x.sum() * w.sum() + b",
                "Both were summed first: each input has its own weight.",
            ),
            "added": ("(x + w).sum() + b", "Inputs and weights were added, not multiplied."),
        },
    ),
    "layer": Quantity(
        "A @ W + b",
        {"A": (ROWS, "any"), "W": (WEIGHTS, "any"), "b": (BIASES, "any")},
        {
            "no bias": ("A @ W", "That is the product without the bias."),
            "weights transposed": (
                "A @ W.T + b",
                "The weights were transposed: rows of $W$ belong to inputs.",
            ),
            "weights first": ("W @ A + b", "The weights stand first: here rows are samples."),
            "input transposed": ("A.T @ W + b", "The input was transposed: its rows are the samples."),
            "entry by entry": ("A * W + b", "Entry by entry: each output needs a sum over the inputs."),
            "one bias": ("A @ W + b.sum()", "The biases were added up: each neuron has its own."),
            "bias subtracted": ("A @ W - b", "The bias was subtracted."),
            "activated": ("sigmoid(A @ W + b)", "That is the activation already."),
            "bias in the weights": ("A @ (W + b)", "The bias was added to the weights, before the product."),
            "bias multiplied": ("A @ W * b", "The bias was multiplied in: it is added."),
            "mean bias": ("A @ W + b.mean()", "The biases were averaged: each neuron has its own."),
            "by tanh": ("tanh(A @ W + b)", "That is tanh of it: the sum comes before any activation."),
        },
    ),
    "sigmoid": Quantity(
        "1 / (1 + exp(-z))",
        {"z": (OUTPUTS, "any")},
        {
            "sign lost": ("1 / (1 + exp(z))", "The minus in the exponent was lost: this one falls."),
            "brackets lost": ("1 / 1 + exp(-z)", "Without brackets only the 1 stands below the line."),
            "one lost": ("1 / exp(-z)", "The 1 below the line was lost: this one grows without end."),
            "minus": ("1 / (1 - exp(-z))", "A minus below the line: it is not defined at 0."),
            "tanh": ("tanh(z)", "That is tanh: it runs from -1 to 1."),
            "relu": ("maximum(z, 0)", "That is ReLU: it is cut off on one side only."),
            "step": ("where(z > 0, 1, 0)", "That is a step: it jumps at 0, and has no slope to learn by."),
            "slope": ("sigmoid(z) * (1 - sigmoid(z))", "That is the slope of the sigmoid, not its value."),
            "base": ("1 / (1 + 10**(-z))", "Powers of 10, where powers of e belong."),
            "squared": ("1 / (1 + exp(-z)**2)", "The exponential was squared."),
        },
    ),
    "sigmoid_slope": Quantity(
        "A * (1 - A)",
        {"A": (OUTPUTS, "unit"), "Z": (OUTPUTS, "any")},
        {
            "half": ("1 - A", "Half of it: a factor is missing."),
            "of z": ("Z * (1 - Z)", "The rule was written with the sum, and it needs the activation."),
            "activated twice": (
                "sigmoid(A) * (1 - sigmoid(A))",
                "The sigmoid was applied once more: $A$ is its value already.",
            ),
            "sign": ("A * (A - 1)", "The difference was turned round: a sigmoid never falls."),
            "plus": ("A * (1 + A)", "A plus for the minus."),
            "of tanh": ("1 - A**2", "That is the slope of tanh."),
            "the value": ("A", "That is the value itself, not its slope."),
            "minus one": ("A - 1", "That is minus half of it: a factor is missing, and the sign is turned."),
            "squared": ("A * (1 - A)**2", "One of its two factors was squared."),
            "divided": ("A / (1 - A)", "Divided, where the two factors are multiplied."),
        },
    ),
    "mse": Quantity(
        "((y_hat - y)**2).mean()",
        {"y_hat": (OUTPUTS, "any"), "y": (OUTPUTS, "any")},
        {
            "summed": ("((y_hat - y)**2).sum()", "The squares were added, not averaged."),
            "not squared": ("(y_hat - y).mean()", "Not squared: errors of opposite sign cancel."),
            "absolute": ("abs(y_hat - y).mean()", "The absolute values were averaged: that is MAE."),
            "square of the mean": (
                "(y_hat - y).mean()**2",
                "Averaged first, squared then: the errors have cancelled.",
            ),
            "root": ("sqrt(((y_hat - y)**2).mean())", "The root was taken: that is RMSE."),
            "half": (
                "((y_hat - y)**2).mean() / 2",
                "Half of it: some books put a ½ in front, this one doesn't.",
            ),
            "rows only": (
                "((y_hat - y)**2).sum() / N",
                "Divided by the rows alone: the mean runs over all entries.",
            ),
            "plus": (
                "((y_hat + y)**2).mean()",
                "Predictions and targets were added: an error is a difference.",
            ),
            "doubled": ("((y_hat - y) * 2).mean()", "Doubled, not squared: errors of opposite sign cancel."),
            "squares apart": (
                "(y_hat**2 - y**2).mean()",
                "Squared first, subtracted then: the square belongs to the error.",
            ),
            "cubed": ("((y_hat - y)**3).mean()", "The third power, not the second."),
        },
    ),
    "mse_slope": Quantity(
        "2 * (y_hat - y) / N",
        {"y_hat": (("N", 1), "any"), "y": (("N", 1), "any")},
        {
            "turned round": (
                "2 * (y - y_hat) / N",
                "The error was turned round: here it is prediction minus target.",
            ),
            "no 2": ("(y_hat - y) / N", "The 2 that the square brings down is missing."),
            "no mean": ("2 * (y_hat - y)", "The mean was forgotten."),
            "summed": (
                "(2 * (y_hat - y) / N).sum()",
                "Summed over the rows: each prediction has a slope of its own.",
            ),
            "not reduced": (
                "2 * (y_hat - y)**2 / N",
                "The square is still there: its exponent wasn't lowered.",
            ),
            "the cost": ("(y_hat - y)**2 / N", "That is each row's share of the cost, not its slope."),
            "halved": ("(y_hat - y) / (2 * N)", "The 2 went below the line."),
            "no target": ("2 * y_hat / N", "The target was forgotten."),
            "plus": ("2 * (y_hat + y) / N", "Predictions and targets were added: an error is a difference."),
        },
    ),
    "bce_slope": Quantity(
        "(y_hat - y) / (y_hat * (1 - y_hat)) / N",
        {"y_hat": (("N", 1), "unit"), "y": (("N", 1), "targets")},
        {
            "inner minus": (
                "(-y / y_hat - (1 - y) / (1 - y_hat)) / N",
                "The inner derivative of $1-\\hat y$ is missing: right where $y=1$ only.",
            ),
            "outer minus": (
                "(y / y_hat - (1 - y) / (1 - y_hat)) / N",
                "The minus in front of the logarithms was lost.",
            ),
            "one term": ("-y / y_hat / N", "The second logarithm was dropped: rows with $y=0$ count, too."),
            "of the logit": ("(y_hat - y) / N", "That is the slope with respect to the logit $z$."),
            "no mean": ("(y_hat - y) / (y_hat * (1 - y_hat))", "The mean was forgotten."),
            "squared error": ("2 * (y_hat - y) / N", "That is the slope of MSE."),
        },
    ),
    "logit_slope": Quantity(
        "(sigmoid(z) - y) / N",
        {"z": (("N", 1), "any"), "y": (("N", 1), "targets")},
        {
            "turned round": ("(y - sigmoid(z)) / N", "The difference was turned round."),
            "no mean": ("sigmoid(z) - y", "The mean was forgotten."),
            "slope again": (
                "(sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)) / N",
                "The slope of the sigmoid was multiplied once more: it has cancelled.",
            ),
            "of the prediction": (
                "(sigmoid(z) - y) / (sigmoid(z) * (1 - sigmoid(z))) / N",
                "That is the slope with respect to $\\hat y$, one step further on.",
            ),
            "no sigmoid": ("(z - y) / N", "The logit was taken for the prediction."),
            "no target": ("sigmoid(z) / N", "The target was forgotten."),
        },
    ),
    "dC_dZ": Quantity(
        "dC_dA * A * (1 - A)",
        {
            "dC_dA": (OUTPUTS, "any"),
            "A": (OUTPUTS, "unit"),
            "Z": (OUTPUTS, "any"),
            "A_next": (("N", 1), "unit"),
        },
        {
            "no slope": ("dC_dA", "The activation was passed without its slope."),
            "half a slope": ("dC_dA * (1 - A)", "Half of the sigmoid's slope: a factor is missing."),
            "slope of z": (
                "dC_dA * Z * (1 - Z)",
                "The rule was written with the sum, and it needs the activation.",
            ),
            "matrix product": (
                "dC_dA @ (A * (1 - A))",
                "A matrix product: each activation sees its own sum only.",
            ),
            "another layer": (
                "dC_dA * A_next * (1 - A_next)",
                "The slope of another layer: it only broadcasts.",
            ),
            "the value": ("dC_dA * A", "The value of the activation, not its slope."),
            "slope alone": ("A * (1 - A)", "The local slope alone: what came from above is missing."),
            "of tanh": ("dC_dA * (1 - A**2)", "That goes back through tanh."),
            "activated twice": (
                "dC_dA * sigmoid(A) * (1 - sigmoid(A))",
                "The sigmoid was applied once more: $A$ is its value already.",
            ),
            "added": ("dC_dA + A * (1 - A)", "The slopes were added: along one path they multiply."),
            "divided": ("dC_dA / (A * (1 - A))", "Divided by the local slope."),
            "summed first": (
                "dC_dA.sum() * A * (1 - A)",
                "What came from above was summed: each activation has a slope of its own.",
            ),
        },
    ),
    "dC_dW": Quantity(
        "A.T @ D",
        {"A": (ROWS, "any"), "D": (OUTPUTS, "any"), "W": (WEIGHTS, "any")},
        {
            "no transpose": ("A @ D", "No transpose: the sum has to run over the rows, which both have."),
            "turned round": ("D.T @ A", "Turned round: rows of $W$ belong to inputs, columns to outputs."),
            "mean again": ("A.T @ D / N", "Divided by $N$ once more: the $1/N$ is in $D$ already."),
            "sums inside": (
                "A.sum(axis=0, keepdims=True).T @ D.sum(axis=0, keepdims=True)",
                "Both were summed first: then every row meets every other.",
            ),
            "entry by entry": ("A * D", "Entry by entry: each weight needs a sum over the rows."),
            "only the input": (
                "A.sum(axis=0, keepdims=True).T",
                "Only the input: what came from above is missing.",
            ),
            "with weights": (
                "W * D.sum(axis=0, keepdims=True)",
                "Multiplied by the weights: the weight's partner in $Z$ is the input.",
            ),
        },
    ),
    "dC_db": Quantity(
        "D.sum(axis=0, keepdims=True)",
        {"D": (OUTPUTS, "any"), "A": (ROWS, "any")},
        {
            "not summed": ("D", "Not summed: $b$ was copied to all rows, so their shares add up."),
            "averaged": ("D.mean(axis=0, keepdims=True)", "Averaged: the $1/N$ is in $D$ already."),
            "all summed": ("D.sum()", "Everything was added up: each neuron has its own bias."),
            "along rows": (
                "D.sum(axis=1, keepdims=True)",
                "Summed over the neurons: it is the rows that share a bias.",
            ),
            "axis lost": ("D.sum(axis=0)", "The numbers are right and an axis is lost: $b$ keeps both."),
            "times the input": ("A.T @ D", "Multiplied by the input: that belongs to the weights."),
        },
    ),
    "dC_dA": Quantity(
        "D @ W.T",
        {"D": (OUTPUTS, "any"), "W": (WEIGHTS, "any"), "A": (ROWS, "any")},
        {
            "no transpose": ("D @ W", "No transpose: the sum has to run over the outputs, which both have."),
            "turned round": ("W @ D.T", "Turned round: rows are samples."),
            "from the left": (
                "W.T @ D",
                "Multiplied from the left: the rows of $D$ are samples, not inputs.",
            ),
            "entry by entry": ("D * W", "Entry by entry: each input feels all outputs, so a sum is needed."),
            "not passed": ("D", "Passed on without the weights."),
            "one weight a row": (
                "D.sum(axis=1, keepdims=True) * W.sum(axis=1, keepdims=True).T",
                "Both were summed first: each output has weights of its own.",
            ),
        },
    ),
    "hidden": Quantity(
        "D2 @ W2.T * A1 * (1 - A1)",
        {
            "D2": (("N", 1), "any"),
            "W2": (("m", 1), "any"),
            "A1": (OUTPUTS, "unit"),
            "Z1": (OUTPUTS, "any"),
            "A2": (("N", 1), "unit"),
            "dW2": (("m", 1), "any"),
            "lr": ((), "unit"),
        },
        {
            "no slope": ("D2 @ W2.T", "The hidden activation was passed without its slope."),
            "other slope": (
                "D2 @ W2.T * A2 * (1 - A2)",
                "The slope of the output layer stands there twice; it only broadcasts.",
            ),
            "slope of z": (
                "D2 @ W2.T * Z1 * (1 - Z1)",
                "The rule was written with the sum, and it needs the activation.",
            ),
            "no transpose": ("D2 @ W2 * A1 * (1 - A1)", "The weights weren't transposed."),
            "new weights": (
                "D2 @ (W2 - lr * dW2).T * A1 * (1 - A1)",
                "The weights were updated already: the way back needs the old ones.",
            ),
            "no weights": ("D2 * A1 * (1 - A1)", "Passed on without the weights; it only broadcasts."),
        },
    ),
    "update": Quantity(
        "W - lr * dW",
        {"W": (WEIGHTS, "any"), "dW": (WEIGHTS, "any"), "lr": ((), "unit")},
        {
            "uphill": ("W + lr * dW", "Uphill: the step has the sign of the gradient."),
            "no rate": ("W - dW", "The learning rate was forgotten."),
            "only the step": ("-lr * dW", "Only the step: it starts at the old weights."),
            "both scaled": ("lr * (W - dW)", "The old weights were scaled, too."),
            "divided": ("W - dW / lr", "Divided by the learning rate."),
            "turned round": ("lr * dW - W", "The difference was turned round."),
            "no gradient": ("W - lr", "The same step for every weight: the gradient was forgotten."),
        },
    ),
    "line_slope": Quantity(
        "(2 * (m * x + b - y) * x).mean()",
        {"m": ((), "any"), "b": ((), "any"), "x": (("N",), "any"), "y": (("N",), "any")},
        {
            "of the intercept": (
                "(2 * (m * x + b - y)).mean()",
                "The inner derivative is missing: that is the slope with respect to $b$.",
            ),
            "summed": ("(2 * (m * x + b - y) * x).sum()", "Summed, not averaged."),
            "turned round": ("(2 * (y - m * x - b) * x).mean()", "The error was turned round."),
            "no 2": ("((m * x + b - y) * x).mean()", "The 2 that the square brings down is missing."),
            "not reduced": (
                "(2 * (m * x + b - y)**2 * x).mean()",
                "The square is still there: its exponent wasn't lowered.",
            ),
            "means multiplied": (
                "2 * (m * x + b - y).mean() * x.mean()",
                "The means were multiplied: each row's error belongs to its own $x$.",
            ),
            "not averaged": (
                "2 * (m * x + b - y) * x / N",
                "Each row's share: they still have to be added up.",
            ),
            "times m": ("(2 * (m * x + b - y) * m).mean()", "The inner derivative was taken by $x$."),
        },
    ),
    "softmax_slope": Quantity(
        "(P - Y) / N",
        {"P": (OUTPUTS, "unit"), "Y": (OUTPUTS, "targets")},
        {
            "turned round": ("(Y - P) / N", "The difference was turned round."),
            "no mean": ("P - Y", "The mean was forgotten."),
            "slope again": (
                "(P - Y) * P * (1 - P) / N",
                "A slope was multiplied once more: it has cancelled.",
            ),
            "one term": ("-Y / P / N", "That is the slope with respect to the probabilities."),
            "over all entries": (
                "((P - Y) / N).mean(axis=1, keepdims=True)",
                "Averaged over the classes: each logit has a slope of its own.",
            ),
            "no target": ("P / N", "The targets were forgotten."),
            "slope alone": (
                "P * (1 - P) / N",
                "That is the slope of each probability in its own logit, without the cost.",
            ),
        },
    ),
    "logit_cost": Quantity(
        "(maximum(z, 0) - y * z + log(1 + exp(-abs(z)))).mean()",
        {"z": (("N", 1), "any"), "y": (("N", 1), "targets")},
        {
            "outer minus": (
                "(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z))).mean()",
                "The minus in front of the logarithms was lost: a cost is not below 0.",
            ),
            "one term": (
                "-(y * log(sigmoid(z))).mean()",
                "The second logarithm was dropped: rows with $y=0$ count, too.",
            ),
            "other term": (
                "-((1 - y) * log(1 - sigmoid(z))).mean()",
                "The first logarithm was dropped: rows with $y=1$ count, too.",
            ),
            "summed": (
                "-(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z))).sum()",
                "The losses of the rows were added, not averaged.",
            ),
            "targets swapped": (
                "-((1 - y) * log(sigmoid(z)) + y * log(1 - sigmoid(z))).mean()",
                "The two logarithms have changed places: $y$ belongs to $\\log\\hat y$.",
            ),
            "squared error": ("((sigmoid(z) - y)**2).mean()", "That is MSE."),
            "no target": ("log(1 + exp(z)).mean()", "The targets don't occur: every row was counted as 0."),
        },
    ),
    "softmax_cost": Quantity(
        "-(Y * log(P)).sum() / N",
        {"P": (OUTPUTS, "unit"), "Y": (OUTPUTS, "classes")},
        {
            "outer minus": (
                "(Y * log(P)).sum() / N",
                "The minus in front of the logarithms was lost: a cost is not below 0.",
            ),
            "over all entries": (
                "-(Y * log(P)).mean()",
                "The mean was taken over all entries: the terms of a row are one sum.",
            ),
            "summed": ("-(Y * log(P)).sum()", "The losses of the rows were added, not averaged."),
            "both terms": (
                "-(Y * log(P) + (1 - Y) * log(1 - P)).sum() / N",
                "The other classes got a logarithm of their own: that is BCE, class by class.",
            ),
            "no targets": ("-log(P).sum() / N", "Every class was counted, not the true one alone."),
            "no logarithm": ("-(Y * P).sum() / N", "The logarithm is missing."),
        },
    ),
}
