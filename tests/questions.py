"""A few questions of every kind, for the tests of the engine. The book's own stand in its chapters."""

import numpy as np

from lib import MSE, Dense, Identity, Network, Sigmoid, derivative, gradient
from lib.figures.base import GREY
from lib.figures.diagrams import arrow, drawing
from lib.practice import Blanks, Choice, Draw, Expression, Number, Order
from lib.questions import backward_pass
from lib.questions.differential_calculus import cube_and_slopes

SHAPES = [(1, 2), (2,), (5, 1), (2, 1)]
THIN = ("a1", "a2", "dC_da2", "dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1")


def layer_backward(A, D):
    """A linear layer after its way back from D."""
    layer = Dense(np.ones((A.shape[1], D.shape[1])), np.zeros((1, D.shape[1])), Identity())
    layer.forward(A)
    layer.backward(D)
    return layer


def refused_shape():
    """The one of SHAPES that can't be added to (5, 2)."""
    for shape in SHAPES:
        try:
            np.broadcast_shapes(shape, (5, 2))
        except ValueError:
            return f"`{shape}`"


def cube_figure():
    fig, ax = drawing(4.0, 2.6)
    for name, x, y in (("a", 0.35, 1.9), ("b", 0.35, 0.6), ("x", 1.8, 1.25), ("f", 3.3, 1.25)):
        circle = {"boxstyle": "circle,pad=0.3", "facecolor": "none"}
        ax.text(x, y, f"${name}$", ha="center", va="center", bbox=circle)
    for start, end in (((0.55, 1.8), (1.6, 1.35)), ((0.55, 0.7), (1.6, 1.15)), ((2.0, 1.25), (3.1, 1.25))):
        arrow(ax, start, end, GREY)
    return fig


PLACES = {"x": (1.8, 1.8), "f": (3.3, 1.8), "df_dx": (3.3, 0.7), "df_da": (0.95, 2.3), "df_db": (0.95, 0.2)}


def thin(**given):
    """What is asked for, of one input, one hidden neuron and one output."""
    found = backward_pass.thin(**given)
    return {name: found[name] for name in THIN}


def two_layers(A0, y, W1, b1, W2, b2, N, lr):
    """The four gradients, by the shipped network."""
    network = Network([Dense(W1, b1, Sigmoid()), Dense(W2, b2, Sigmoid())])
    hidden, output = network.layers
    hidden.backward(output.backward(MSE().gradient(output.forward(hidden.forward(A0)), y)))
    return {"dW2": output.dW, "db2": output.db, "dW1": hidden.dW, "db1": hidden.db}


def questions():
    """All of them, made anew: {name: question}."""
    made = [
        Number(
            "row",
            r"The neuron computes $z = x \cdot w + b$. What is $z$?",
            given={
                "x": Draw((3,), -2, 3, 1, first=[1, 2, 1]),
                "w": [1, 2, -3],
                "b": Draw((), -2, 2, 1, first=1),
            },
            answer="x @ w + b",
            truth=lambda x, w, b: Dense(w[:, None], [[b]], Identity()).forward(x[None]).item(),
            slips={
                "x @ w": "That is the weighted sum without the bias.",
                "x @ abs(w) + b": "A minus was lost: $w_3$ is negative.",
                "x.sum() + b": "The inputs were added without their weights.",
            },
            hint="Three products, then the bias.",
        ),
        Number(
            "slope",
            r"Four rows: what is $\partial C/\partial\hat y^{(4)}$ of their MSE?",
            given={"y": [[1], [0], [1], [0]], "y_hat": [[0.7], [0.4], [0.5], [0.3]], "N": 4},
            answer="([[0, 0, 0, 1]] @ (2 * (y_hat - y) / N)).sum()",
            truth=lambda y, y_hat, N: gradient(lambda p: MSE().value(p, y), y_hat)[3, 0],
            decimals=2,
            slips={
                "([[0, 0, 0, 1]] @ (2 * (y - y_hat) / N)).sum()": "That is $y - \\hat y$.",
                "([[0, 0, 0, 1]] @ (2 * (y_hat - y))).sum()": "The $1/N$ is missing.",
                "(2 * (y_hat - y) / N).sum()": "Row four alone is asked for.",
            },
        ),
        Choice(
            "bias-shape",
            "$Z$ has shape $(5, 2)$. Which $b$ is refused in $Z + b$?",
            right="`(2, 1)`",
            wrong={
                "`(1, 2)`": "The 1 stretches down the rows.",
                "`(2,)`": "A missing size counts as 1 in front.",
                "`(5, 1)`": "It fits, and is another model.",
            },
            truth=refused_shape,
            why="From the right: 1 stretches, but 5 against 2 doesn't.",
        ),
        Expression(
            "power",
            "What is the derivative of $f(x) = x^2 + 2x^4 + 3$?",
            given={"x": ()},
            answer="2*x + 8*x**3",
            truth=lambda x: derivative(lambda x: x**2 + 2 * x**4 + 3, x, method="complex"),
            slips={
                "2*x + 8*x**4": "The exponent wasn't lowered.",
                "2*x + 2*x**3": "The 4 has to come down as a factor.",
                "2*x + 8*x**3 + 3": "A constant has slope 0.",
            },
        ),
        Expression(
            "weights",
            r"$Z = A \cdot W + b$, and $D$ is $dC/dZ$. What is $\frac{dC}{dW}$?",
            given={"A": (4, 2), "D": (4, 1), "N": 4},
            answer="A.T @ D",
            like="W",
            truth=lambda A, D, N: layer_backward(A, D).dW,
            slips={
                "A @ D": "The rows of $A$ and $D$ belong together.",
                "D.T @ A": "Rows of $W$ belong to inputs.",
                "A.T @ D / N": "The $1/N$ is in $D$ already.",
            },
            hint="Over which index does the sum run?",
            why="And shaped like $W$.",
        ),
        Expression(
            "bias",
            r"And $\frac{dC}{db}$?",
            given={"D": (4, 3), "N": 4},
            answer="D.sum(axis=0, keepdims=True)",
            like="b",
            truth=lambda D, N: layer_backward(np.ones((4, 2)), D).db,
            slips={"D": "$b$ was copied to all rows.", "D.mean(axis=0, keepdims=True)": "Averaged."},
        ),
        Expression(
            "hidden",
            "Back through the activation: what is $dC/dZ_1$?",
            given={
                "dC_dA1": (4, 3),
                "A1": Draw((4, 3), 0.1, 0.9, 0.1),
                "A2": Draw((4, 1), 0.1, 0.9, 0.1),
            },
            answer="dC_dA1 * A1 * (1 - A1)",
            truth=lambda dC_dA1, A1, A2: dC_dA1 * Sigmoid().derivative(A1),
            slips={"dC_dA1 * A2 * (1 - A2)": "That is the other layer's slope: it only broadcasts."},
            factors={"σ' of the hidden layer": "A1 * (1 - A1)", "1 − A1": "1 - A1"},
        ),
        Blanks(
            "cube",
            "$f = (a + 2b)^3$. Fill in the values, then the slopes of $f$.",
            given={"a": Draw((), 1, 5, 1, first=3), "b": Draw((), 1, 4, 1, first=1)},
            answers={"x": "a + 2*b", "f": "x**3", "df_dx": "3*x**2", "df_da": "df_dx", "df_db": "2*df_dx"},
            truth=cube_and_slopes,
            labels={"df_dx": "∂f/∂x", "df_da": "∂f/∂a", "df_db": "∂f/∂b"},
            slips={"df_dx": {"x**2": "The factor 3 is lost."}, "df_db": {"df_dx": "The local 2 is missing."}},
            figure=(cube_figure, "a and b go into x = a + 2b, and x goes into f, its cube", PLACES),
        ),
        Blanks(
            "thin",
            "One input, one hidden neuron, one output: forward, then back.",
            given={
                "x": 1,
                "y": 1,
                "w1": Draw((), -2, 2, 0.5, first=2),
                "b1": -1,
                "w2": Draw((), -3, 3, 0.5, first=-3),
                "b2": 0.5,
            },
            decimals=3,
            answers={
                "a1": "sigmoid(w1*x + b1)",
                "a2": "sigmoid(w2*a1 + b2)",
                "dC_da2": "2*(a2 - y)",
                "dC_dz2": "dC_da2*a2*(1 - a2)",
                "dC_dw2": "dC_dz2*a1",
                "dC_da1": "dC_dz2*w2",
                "dC_dz1": "dC_da1*a1*(1 - a1)",
                "dC_dw1": "dC_dz1*x",
            },
            truth=thin,
            slips={
                "dC_da2": {"a2 - y": "The 2 is missing."},
                "dC_da1": {"dC_dz2*a1": "Times $w_2$, not $a_1$."},
            },
            table=[
                ["", "value", "slope of $C$"],
                ["hidden", "a1", "dC_da1"],
                ["output", "a2", "dC_da2"],
                ["$z_1$", "", "dC_dz1"],
                ["$z_2$", "", "dC_dz2"],
                ["$w_1$", "", "dC_dw1"],
                ["$w_2$", "", "dC_dw2"],
            ],
        ),
        Order(
            "lines",
            "Put the lines in order, and fill the gaps.",
            given={
                "A0": Draw((4, 2), 0, 1, 1),
                "y": Draw((4, 1), 0, 1, 1),
                "W1": (2, 2),
                "b1": (1, 2),
                "W2": (2, 1),
                "b2": (1, 1),
                "N": 4,
                "lr": 0.5,
            },
            lines=[
                "A1 = sigmoid(A0 @ W1 + b1)",
                "A2 = sigmoid(A1 @ W2 + b2)",
                "D2 = 2 * (A2 - y) / N * A2 * (1 - A2)",
                "dW2 = {A1.T} @ D2",
                "db2 = D2.sum(axis=0, keepdims=True)",
                "dC_dA1 = D2 @ W2.T",
                "W2 = W2 - lr * dW2",
                "D1 = dC_dA1 * {A1 * (1 - A1)}",
                "dW1 = A0.T @ D1",
                "db1 = D1.sum(axis=0, keepdims=True)",
            ],
            truth=two_layers,
            slips={
                "dW2": {"A1": "The sum runs over the rows.", "A0.T": "That is the other layer's input."},
                "D1": {"A2 * (1 - A2)": "The other layer's slope: it only broadcasts."},
            },
        ),
    ]
    return {question.name: question for question in made}
