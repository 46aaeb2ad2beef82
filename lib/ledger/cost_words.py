"""Cost function (S44 to S51): words, requirements, and the error."""

import numpy as np
import sympy

from lib.calculus import derivative
from lib.costs import BCE, MAE, MSE, RMSE, mean_error
from lib.datasets import four_numbers
from lib.ledger.statement import Section
from lib.ledger.tools import close, listed, tex

section = Section("Cost function: words and the error", chapter="cost_functions")

y_hat, y = four_numbers()

section.argues(
    44,
    taught="Error, loss, cost, metric",
    verdict="correct",
    prints="“Cost Function, Loss Function, Error Function”, as three names of one thing",
    correct="Usage varies: Goodfellow, Bengio and Courville, too, take the three names for one thing. In this book "
    "a *loss* rates one sample, a *cost* is the mean of the losses, and the *error* is $\\hat{y} - y$.",
    support="A choice of words (*Deep Learning*, section 4.3); the book declares its own and keeps to it.",
)
section.argues(
    45,
    taught="Error, loss, cost, metric",
    verdict="imprecise",
    prints="*Cost: mengevaluasi model ketika proses “belajar”; metric: di luar proses “belajar”*",
    correct="Training moves along the slope of the cost. A metric reports, during training as well as after it; "
    "one function may serve as both.",
    why="A metric may be followed during training too; it only does not steer it.",
    support="A choice of words. Chapter 3 follows accuracy, a metric, while BCE steers.",
)
section.argues(
    46,
    taught="Error, loss, cost, metric",
    verdict="correct",
    prints="*Cost digunakan untuk mempelajari hubungan antara input dan output; metric: seberapa baik*",
    correct="Yes, in these general terms.",
    support="A description in words, of what the five chapters then do.",
)


@section.states(
    47,
    taught="Error, loss, cost, metric",
    verdict="imprecise",
    prints="*Hanya melibatkan variabel y dan $\\hat{y}$*",
    correct="True of the four costs on the slides. A regularised cost also contains the weights.",
    why="A reader who meets weight decay would not recognise it as part of a cost.",
    claim=["y", r"\hat{y}", "w"],
    printed=["y", r"\hat{y}"],
)
def what_a_cost_may_contain(names):
    """A cost with a penalty on the weight, for one sample: MSE plus w^2 / 10."""
    y, y_hat, w = sympy.symbols(r"y \hat{y} w", real=True)
    regularised = (y_hat - y) ** 2 + w**2 / 10
    allowed = {str(symbol) for symbol in regularised.free_symbols}
    return allowed <= set(names), f"a cost with a penalty on the weight: {tex(regularised)}"


@section.states(
    48,
    taught="Where there is no derivative",
    verdict="imprecise",
    prints="*Fungsi yang kontinu secara global\\* dan turunannya terdefinisikan*",
    correct="In general, and the asterisk may have said so: its footnote is missing. In the deck's own list MAE has "
    "a kink where an error is zero, RMSE has no derivative where all errors are zero, BCE is infinite for a "
    "certain wrong answer. Differentiable *almost everywhere* is enough for training.",
    why="MAE, RMSE and BCE each have points without a derivative, and code has to decide what to do there.",
    claim={"MSE": True, "MAE": False, "RMSE": False, "BCE": False},
    printed={"MSE": True, "MAE": True, "RMSE": True, "BCE": True},
)
def differentiable_everywhere(claimed):
    """Slopes from the left and from the right of a perfect answer; BCE at a certain wrong one."""

    def one_sided(cost):
        def of(p):
            return cost.value(p.reshape(1, 1), np.zeros((1, 1)))

        return [derivative(of, 0.0, method="forward", h=h) for h in (-1e-7, 1e-7)]

    sides = {type(cost).__name__: one_sided(cost) for cost in (MSE(), MAE(), RMSE())}
    found = {name: bool(abs(left - right) < 1e-3) for name, (left, right) in sides.items()}
    certain = BCE().value([[1.0]], [[0.0]])
    found["BCE"] = bool(np.isfinite(certain))
    left, right = sides["MAE"]
    return (
        found == claimed,
        f"slopes of MAE beside a perfect answer: {left:.0f} and {right:+.0f}; BCE: {certain}",
    )


section.argues(
    49,
    taught="Error, loss, cost, metric",
    verdict="correct",
    prints="MAE or L1 Loss, MSE or L2 Loss, RMSE, Binary Cross-Entropy Loss",
    correct="As printed.",
    support="Names in general use; each formula is checked at its own statement (S54, S61, S66, S70).",
)


@section.states(
    50,
    taught="The error and its sign",
    verdict="correct",
    prints=r"$error = \hat{y} - y$",
    correct="As printed: a positive error means that the prediction is too high.",
    claim=lambda y_hat, y: y_hat - y,
    perturbed=lambda y_hat, y: y - y_hat,
)
def sign_of_the_error(error):
    printed = [[-0.2], [-0.1], [0.1], [0.3]]  # column E of the slide's table
    return close(error(y_hat, y), printed), f"the slide's table: {listed(y_hat - y)}"


@section.states(
    51,
    taught="The error and its sign",
    verdict="imprecise",
    prints=r"$ME(y, \hat{y})$ $= \frac{1}{N} \sum_{i=1}^{N} (\hat{y} - y)$",
    correct="$ME = \\frac{1}{N} \\sum_{i=1}^{N} (\\hat{y}^{(i)} - y^{(i)})$: what is summed needs the index $i$. "
    "Errors of opposite sign cancel, so ME is no cost.",
    why="What stands under a sum over samples needs the sample's index; without one the sum repeats a single "
    "term $N$ times.",
    claim=lambda y_hat, y: sum(y_hat[i] - y[i] for i in range(len(y))) / len(y),
    printed=lambda y_hat, y: sum(y_hat[0] - y[0] for _ in range(len(y))) / len(y),  # no i: the same term
)
def mean_of_the_errors(formula):
    me = float(mean_error(y_hat, y))
    cancel = float(mean_error([[0.9], [1.1]], [[1.0], [1.0]]))
    return close(
        formula(y_hat, y).item(), me
    ), f"the slide's table: {me:.3f}; errors −0.1 and 0.1: {cancel:.0f}"
