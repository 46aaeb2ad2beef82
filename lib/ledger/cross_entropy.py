"""Cross-entropy (S69 to S76): BCE and the deck's table for it."""

import numpy as np

from lib.costs import BCE
from lib.datasets import four_probabilities
from lib.ledger.statement import Section
from lib.ledger.tools import close, listed

section = Section("Cost function: cross-entropy", chapter="cost_functions")

y_hat, y = four_probabilities()
corrected = np.where(y == 1, y_hat, 1 - y_hat)  # the probability of what really happened


@section.states(
    69,
    taught="From a product to a mean",
    verdict="imprecise",
    prints="“Negative Log Likelihood / Binary Cross Entropy”",
    correct="BCE is the *mean* negative log-likelihood of targets that are 0 or 1 (Bernoulli); other data have "
    "other likelihoods.",
    why="The negative log-likelihood of a data set grows with the data set; the mean does not.",
    claim=lambda p: -np.log(p.prod()) / len(p),
    printed=lambda p: -np.log(p.prod()),
)
def mean_log_likelihood(formula):
    nll, bce = -np.log(corrected.prod()), BCE().value(y_hat, y)
    return close(formula(corrected), bce), f"negative log-likelihood {nll:.4f}, its mean and BCE {bce:.4f}"


@section.states(
    70,
    taught="The formula and its brackets",
    verdict="imprecise",
    prints=r"$-\frac{1}{N} \sum_{i=1}^{N} y^{(i)} \log(\hat{y}^{(i)})$ $+ (1 - y^{(i)}) \log(1 - \hat{y}^{(i)})$",
    correct=r"$-\frac{1}{N} \sum_{i=1}^{N} \big[ y^{(i)} \log(\hat{y}^{(i)})$ "
    r"$+ (1 - y^{(i)}) \log(1 - \hat{y}^{(i)}) \big]$",
    why="Without brackets the sum, and with it the minus, ends at the plus sign.",
    claim=lambda p, t: -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)),
    printed=lambda p, t: -np.mean(t * np.log(p)) + (1 - t) * np.log(1 - p),
)
def brackets(formula):
    computed, found = BCE().value(y_hat, y), formula(y_hat, y)
    literal = -np.mean(y * np.log(y_hat)) + (1 - y) * np.log(1 - y_hat)
    summed = -np.mean(y * np.log(y_hat)) + np.mean((1 - y) * np.log(1 - y_hat))
    shows = (
        f"{computed:.4f}; typed as printed: shape {literal.shape}, no number; the minus lost: {summed:.4f}"
    )
    return close(found, computed), shows


@section.states(
    71,
    taught="The corrected probability",
    verdict="correct",
    prints="*Negatif rata-rata dari log peluang diperbaiki sebuah data*",
    correct="The negative mean of the log of the corrected probability: the probability that the model gives to "
    "what really happened.",
    claim=lambda p: -np.log(p).mean(),
    perturbed=lambda p: -np.log(p.mean()),  # the logarithm of the mean
)
def mean_of_the_logs(formula):
    computed = BCE().value(y_hat, y)
    return close(formula(corrected), computed), f"$-\\ln({corrected.prod():.4f}) / 4 = {computed:.5f}$"


@section.states(
    72,
    taught="The corrected probability",
    verdict="correct",
    prints=r"$\hat{y}_{corrected} = 0.8, 0.9, 0.9, 0.7$",
    correct="As printed: $\\hat{y}$ where $y = 1$, and $1 - \\hat{y}$ where $y = 0$.",
    claim=(0.8, 0.9, 0.9, 0.7),
    perturbed=(0.8, 0.9, 0.1, 0.3),
)
def corrected_probabilities(column):
    return close(column, corrected[:, 0]), listed(corrected)


def to_three_digits(column, computed):
    """Whether a printed column is the computed one, to the three decimals that the slide prints."""
    return bool(np.max(np.abs(np.array(column) - np.ravel(computed))) <= 0.0005)


@section.states(
    73,
    taught="The corrected probability",
    verdict="correct",
    prints=r"$\log(\hat{y}) = -0.223,$ $-0.105,$ $-2.303,$ $-1.204$",
    correct="As printed; the logarithm is the natural one.",
    claim=(-0.223, -0.105, -2.303, -1.204),
    perturbed=(-0.097, -0.046, -1.0, -0.523),  # to base 10
)
def logarithms(column):
    return to_three_digits(column, np.log(y_hat)), listed(np.log(y_hat))


@section.states(
    74,
    taught="The corrected probability",
    verdict="correct",
    prints=r"$y \log(\hat{y}) = -0.223, -0.105$, and two blanks",
    correct="As printed; the blanks are zeros.",
    claim=(-0.223, -0.105, 0, 0),
    perturbed=(-0.223, -0.105, -2.303, -1.204),
)
def logarithms_of_the_ones(column):
    computed = y * np.log(y_hat)
    return to_three_digits(column, computed), listed(computed + 0.0)


@section.states(
    75,
    taught="The corrected probability",
    verdict="correct",
    prints=r"$(1-y) \log(\hat{y}_{corrected})$: two blanks, $-0.105, -0.357$",
    correct="As printed; the blanks are zeros.",
    claim=(0, 0, -0.105, -0.357),
    perturbed=(0, 0, -2.303, -1.204),  # log y_hat, not corrected
)
def logarithms_of_the_zeros(column):
    computed = (1 - y) * np.log(corrected)
    return to_three_digits(column, computed), listed(computed + 0.0)


@section.states(
    76,
    taught="The formula and its brackets",
    verdict="correct",
    prints="BCE of the table: $0.1976$",
    correct="As printed, to four digits.",
    claim=0.1976,
    perturbed=0.0858,  # to base 10
)
def bce_of_the_table(value):
    computed = BCE().value(y_hat, y)
    return abs(value - computed) < 5e-5, f"{computed:.6f}"
