"""The questions of the chapter `forward_pass`."""

from lib import Dense, Identity
from lib.practice import Draw, Number
from lib.slips import CATALOGUE


def weighted_sum(x, w, b):
    """z of one neuron, by the shipped layer."""
    return Dense(w[:, None], [[b]], Identity()).forward(x[None]).item()


QUESTIONS = [
    Number(
        "weighted-sum",
        r"The neuron of Figure 1.1 sees the fourth row $X^{(4)}$. What is $z$?",
        given={
            "x": Draw((3,), 1, 4, 1, first=[1, 2, 3]),
            "w": Draw((3,), -2, 2, 0.5, first=[0.5, 1, -0.5]),
            "b": Draw((), -2, 2, 1, first=1),
        },
        answer="x @ w + b",
        truth=weighted_sum,
        slips={
            **CATALOGUE["neuron"].sentences("no bias", "sign lost", "no weights", "activated"),
            "x @ w + b - x @ [0, 0, 1] * (w @ [0, 0, 1]) + w @ [0, 0, 1]": "The third weight stands there without its input.",
        },
        hint="Three products, then the bias.",
        why="Three products, and the bias comes to their sum.",
    ),
]
