"""Squared errors (S52 to S63): MSE, the surface of a cost, RMSE."""

import numpy as np

from lib.costs import MAE, MSE, RMSE, mean_error
from lib.datasets import four_numbers
from lib.descent import gradient_descent
from lib.ledger.statement import Section
from lib.ledger.tools import close, listed

section = Section("Cost function: squared errors", chapter="cost_functions")

y_hat, y = four_numbers()
outlier = y_hat + [[0], [0], [0], [2.7]]  # the last error grows from 0.3 to 3


@section.states(
    52,
    58,
    64,
    taught="A test for the mean error",
    verdict="correct",
    prints="*Error negatif dan error positif tidak saling menghabiskan* (for MSE, RMSE, MAE)",
    correct="Squares and absolute values are never negative, so nothing cancels.",
    claim=(MSE().value, RMSE().value, MAE().value),
    perturbed=(mean_error,),
)
def nothing_cancels(costs):
    opposite, target = np.array([[0.9], [1.1]]), np.ones((2, 1))
    found = [float(cost(opposite, target)) for cost in costs]
    every = {"ME": mean_error, "MSE": MSE().value, "RMSE": RMSE().value, "MAE": MAE().value}
    values = (f"{name} {abs(cost(opposite, target)):.2f}" for name, cost in every.items())
    shows = f"errors −0.1 and 0.1: {', '.join(values)}"
    return min(found) > 1e-3, shows


def grows(cost):
    """How many times larger the cost gets when the table's last error grows from 0.3 to 3."""
    return float(cost.value(outlier, y) / cost.value(y_hat, y))


@section.states(
    53,
    taught="Outliers",
    verdict="correct",
    prints="MSE: *memberikan penalti yang lebih besar untuk data outlier*",
    correct="As printed: an error ten times as large costs a hundred times as much.",
    claim=MSE(),
    perturbed=MAE(),
)
def penalty_of_an_outlier(cost):
    """An error ten times as large: does it cost more than ten times as much?"""
    one, ten = (float(cost.value([[e]], [[0.0]])) for e in (0.3, 3.0))
    return ten / one > 10.5, f"in the slide's table, with 3 for 0.3: MSE grows {grows(MSE()):.1f} times"


@section.states(
    54,
    taught="Mean squared error",
    verdict="correct",
    prints=r"$MSE(y, \hat{y})$ $= \frac{1}{N} \sum_{i=1}^{N} (y^{(i)} - \hat{y}^{(i)})^2$",
    correct="As printed.",
    claim=lambda y_hat, y: sum((t - p) ** 2 for t, p in zip(y.flat, y_hat.flat, strict=True)) / len(y),
    perturbed=lambda y_hat, y: sum((t - p) ** 2 for t, p in zip(y.flat, y_hat.flat, strict=True)),
)
def mean_squared_error(formula):
    rng = np.random.default_rng(0)
    p, t = rng.normal(size=(2, 6, 1))
    return close(formula(p, t), MSE().value(p, t)), f"on the slide's table: {MSE().value(y_hat, y):.4f}"


@section.states(
    55,
    taught="The slide's table",
    verdict="correct",
    prints="four rows with $E = -0.2, -0.1,$ $0.1, 0.3$ and $SE = 0.04, 0.01,$ $0.01, 0.09$",
    correct="As printed.",
    claim=[0.04, 0.01, 0.01, 0.09],
    perturbed=[0.04, 0.01, -0.01, 0.09],
)
def squared_errors(column):
    computed = ((y_hat - y) ** 2)[:, 0]
    return close(column, computed), listed(computed)


@section.states(
    56,
    taught="The slide's table",
    verdict="correct",
    prints="MSE of the table: $0.0375$",
    correct="As printed.",
    claim=0.0375,
    perturbed=0.15,  # the sum
)
def mse_of_the_table(value):
    computed = MSE().value(y_hat, y)
    return close(value, computed), f"{computed:.4f}"


def turns(cost_of, reach=6.0):
    """How often a curve changes between falling and rising."""
    heights = cost_of(np.linspace(-reach, reach, 2001))
    return int(np.count_nonzero(np.diff(np.sign(np.diff(heights)))))


@section.states(
    57,
    taught="The surface of a cost",
    verdict="imprecise",
    prints="*Permukaan dengan banyak perubahan kontur (cenderung tidak stabil)*; with few: *lebih stabil*",
    correct="A useful rule of thumb. The surface is shaped by the cost, the model and the data together, and a "
    "smooth surface can still be too steep for the step.",
    why="The same cost is smooth over one model and rugged over another; and gradient descent can diverge on "
    "a bowl without a single wrinkle.",
    claim=lambda turns, learning_rate, curvature: turns == 1 and learning_rate < 2 / curvature,
    printed=lambda turns, learning_rate, curvature: turns == 1,
)
def smooth_and_stable(predicts):
    """MSE over the straight model wx, which turns once: a small step and a large one.

    `predicts` says from the surface and the step whether gradient descent will settle.
    """
    x, t = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [3.0]])

    def cost(model):
        return lambda weights: np.array([float(MSE().value(model(w), t)) for w in weights])

    straight, wavy = turns(cost(lambda w: w * x)), turns(cost(lambda w: np.sin(2 * w * x)))
    curvature = 2 * float(np.mean(x * x))
    right, ends = True, []
    for learning_rate in (0.05, 0.5):
        path = gradient_descent(lambda w: 2 * np.mean((w * x - t) * x), 0.0, learning_rate, 20)
        settles = bool(abs(path[-1] - 1) < 0.01)
        right = right and settles == predicts(straight, learning_rate, curvature)
        ends.append(f"α = {learning_rate} ends at $w$ = {path[-1]:.3g}")
    shows = f"MSE turns {straight} time over $wx$, {wavy} times over $\\sin(2wx)$; on the first, {' and '.join(ends)}"
    return right, shows


def best_constant(cost, targets):
    """The constant prediction that costs least, on a fine grid."""
    constants = np.linspace(-1, 11, 1201)
    costs = cost.value(np.repeat(constants[:, None, None], len(targets), axis=1), targets)
    return float(constants[np.argmin(costs)])


@section.states(
    59,
    taught="Outliers",
    verdict="imprecise",
    prints="RMSE: *memberikan penalti yang sedikit lebih besar untuk data outlier*",
    correct="More than MAE does, yes. But the root changes neither which predictions are better nor where the "
    "minimum lies: there RMSE and MSE agree.",
    why="“Slightly” compares two numbers with different units; which prediction wins is the same for both.",
    claim=(RMSE(), MSE()),
    perturbed=(RMSE(), MAE()),
)
def same_minimum(pair):
    targets = np.array([[0.0], [1.0], [1.0], [1.0], [13.25]])
    one, other = (best_constant(cost, targets) for cost in pair)
    mae = best_constant(MAE(), targets)
    shows = (
        f"the outlier: RMSE grows {grows(RMSE()):.2f} times, MAE {grows(MAE()):.2f}; best constant for "
        f"0, 1, 1, 1, 13.25: {one:.2f} by RMSE and by MSE, {mae:.2f} by MAE"
    )
    return abs(one - other) < 1e-9, shows


@section.states(
    60,
    taught="Root mean squared error",
    verdict="correct",
    prints="RMSE: *mengembalikan satuan error ke satuan asli data*",
    correct="As printed: RMSE has the units of $y$, MSE has their square.",
    claim=RMSE(),
    perturbed=MSE(),
)
def units(cost):
    def times(cost):
        return float(cost.value(100 * y_hat, 100 * y) / cost.value(y_hat, y))

    shows = f"data in centimetres instead of metres: RMSE × {times(RMSE()):.0f}, MSE × {times(MSE()):.0f}"
    return abs(times(cost) - 100) < 1e-9, shows


@section.states(
    61,
    taught="Root mean squared error",
    verdict="lost in transcription",
    prints=r"“DMCE” $= \frac{1}{N} \sum \ldots$, without its root",
    correct=r"$RMSE(y, \hat{y})$ $= \sqrt{\frac{1}{N} \sum_{i=1}^{N} (y^{(i)} - \hat{y}^{(i)})^2}$.",
    claim=lambda y_hat, y: np.sqrt(((y - y_hat) ** 2).mean()),
    printed=lambda y_hat, y: ((y - y_hat) ** 2).mean(),
)
def root_mean_squared_error(formula):
    printed_value = 0.1936  # S63, four digits
    found = formula(y_hat, y)
    right, without = RMSE().value(y_hat, y), MSE().value(y_hat, y)
    return abs(found - printed_value) < 5e-5, f"{right:.6f} with the root, {without:.4f} without it"


@section.states(
    62,
    taught="Root mean squared error",
    verdict="lost in transcription",
    prints="fourth row of the table: $1$, $1.3$, $0.09$",
    correct=r"$y = 1$, $\hat{y} = 1.3$, $E = 0.3$, $SE = 0.09$: the cell with the error is missing.",
    claim=(1, 1.3, 0.3, 0.09),
    printed=(1, 1.3, 0.09),
)
def fourth_row(row):
    error = y_hat[3, 0] - y[3, 0]
    full = (y[3, 0], y_hat[3, 0], error, error**2)
    return len(row) == 4 and close(row, full), listed(full)


@section.states(
    63,
    taught="Root mean squared error",
    verdict="correct",
    prints="RMSE of the table: $0.1936$",
    correct="As printed, to four digits.",
    claim=0.1936,
    perturbed=0.0375,
)
def rmse_of_the_table(value):
    computed = RMSE().value(y_hat, y)
    return abs(value - computed) < 5e-5, f"{computed:.6f}"
