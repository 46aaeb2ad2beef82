"""Absolute errors (S65 to S68): MAE."""

import numpy as np

from lib.calculus import derivative
from lib.costs import MAE
from lib.datasets import four_numbers
from lib.ledger.statement import Section
from lib.ledger.tools import close, listed

section = Section("Cost function: absolute errors", chapter="cost_functions")

y_hat, y = four_numbers()


def of_one_error(e):
    """MAE of a single sample with the error e."""
    return MAE().value(np.reshape(e, (1, 1)), np.zeros((1, 1)))


@section.states(
    65,
    taught="Small and large errors",
    verdict="wrong",
    prints="MAE: *tidak memberlakukan penalti yang berbeda pada error yang kecil maupun error yang besar*",
    correct="A larger error does cost more: the penalty is proportional to $\\lvert E \\rvert$. What stays the "
    "same is the *slope*, $\\pm\\frac{1}{N}$, however large the error is.",
    why="Taken literally, MAE could not tell a good prediction from a bad one.",
    claim="slope",
    printed="penalty",
)
def same_for_small_and_large(what):
    small, large = 0.1, 0.3
    found = {
        "penalty": (float(of_one_error(small)), float(of_one_error(large))),
        "slope": tuple(round(derivative(of_one_error, e), 6) for e in (small, large)),
    }
    shows = "; ".join(f"{name} at 0.1 and at 0.3: {listed(pair)}" for name, pair in found.items())
    return close(*found[what]), shows


@section.states(
    66,
    taught="Mean absolute error",
    verdict="lost in transcription",
    prints=r"$MAE(y, \hat{y})$ $= \frac{1}{N} \sum_{i=1}^{N} y^{(i)} - \hat{y}^{(i)}$",
    correct=r"$MAE(y, \hat{y})$ $= \frac{1}{N} \sum_{i=1}^{N} \lvert y^{(i)} - \hat{y}^{(i)} \rvert$: "
    "the bars are missing.",
    claim=lambda y_hat, y: np.abs(y - y_hat).mean(),
    printed=lambda y_hat, y: (y - y_hat).mean(),
)
def mean_absolute_error(formula):
    computed = MAE().value(y_hat, y)
    return close(
        formula(y_hat, y), computed
    ), f"{computed:.3f} with the bars, {(y - y_hat).mean():.3f} without"


@section.states(
    67,
    taught="Mean absolute error",
    verdict="lost in transcription",
    prints="column AE: $0.2, 0.1, 0.1$, and a blank",
    correct="$0.2, 0.1, 0.1, 0.3$: the last entry is missing.",
    claim=(0.2, 0.1, 0.1, 0.3),
    printed=(0.2, 0.1, 0.1),
)
def absolute_errors(entries):
    computed = np.abs(y_hat - y)[:, 0]
    return close(entries, computed), listed(computed)


@section.states(
    68,
    taught="Mean absolute error",
    verdict="lost in transcription",
    prints="MAE of the table: $0.1$",
    correct=r"$\frac{0.2 + 0.1 + 0.1 + 0.3}{4}$ $= 0.175$. Its last digits may have been lost, like the cell above it "
    "(S67), or that cell was counted as nothing; the text cannot tell.",
    claim=0.175,
    printed=0.1,
)
def mae_of_the_table(value):
    computed = MAE().value(y_hat, y)
    return close(value, computed), f"{computed:.3f}; with the blank counted as 0 it would be {0.4 / 4:.1f}"
