"""Backward pass: XOR, the forward pass and the functions it needs (S89 to S98)."""

from itertools import product

import numpy as np
import sympy

from lib.activations import Sigmoid
from lib.calculus import jacobian
from lib.costs import MSE, mean_error
from lib.datasets import four_numbers, xor
from lib.ledger.descent import solves_xor
from lib.ledger.network_of_the_deck import forward, v
from lib.ledger.statement import Section
from lib.ledger.tools import close, listed, same, tex
from lib.network import Dense, Network

section = Section("Backward pass: XOR and the forward pass", chapter="backward_pass")

X, y = xor()


@section.states(
    89,
    taught="The problem: XOR",
    verdict="correct",
    prints=r"XOR: $(0,0) \to 0$, $(1,0) \to 1$, $(0,1) \to 1$, $(1,1) \to 0$",
    correct="As printed.",
    claim=lambda a, b: a ^ b,
    perturbed=lambda a, b: a | b,
)
def truth_table(operation):
    table = [operation(int(a), int(b)) for a, b in X]
    return table == y[
        :, 0
    ].tolist(), f"`a ^ b` in Python gives {', '.join(str(int(a) ^ int(b)) for a, b in X)}"


@section.states(
    90,
    taught="Two layers are enough",
    verdict="correct",
    prints="*Selesaikan dengan NN*",
    correct="It can be done with two hidden sigmoid neurons; the chapter does it by hand and by training, and "
    "shows from how many random starts training succeeds.",
    claim="two layers",
    perturbed="one layer",
)
def can_be_solved(network):
    """Two layers by weights chosen by hand; one layer never: no line separates the four points."""
    cost = float(MSE().value(solves_xor("OR", "AND").forward(X), y))
    grid = np.linspace(-3, 3, 13)
    one = max(
        int((((X @ [w_1, w_2] + b) > 0) == (y[:, 0] == 1)).sum()) for w_1, w_2, b in product(grid, grid, grid)
    )
    holds = {"two layers": cost < 0.001, "one layer": one == 4}[network]
    return holds, f"by hand, two layers: cost {cost:.1e}; one neuron gets {one} of 4 rows right at best"


@section.states(
    91,
    93,
    98,
    taught="The forward pass, with a shape on every line",
    verdict="correct",
    prints=r"$A_0 = X$, $Z_1 = A_0 \cdot W_1 + b_1$, $A_1 = \sigma(Z_1)$, $Z_2 = A_1 \cdot W_2 + b_2$, "
    r"$A_2 = \sigma(Z_2) = \hat{y}$",
    correct="As printed. For a batch, $b$ is added to every row: $Z_1 = A_0 W_1 + \\mathbf{1} b_1$ with "
    "$\\mathbf{1}$ of shape $(N, 1)$.",
    claim=lambda A_0: forward(v, A_0),
    perturbed=lambda A_0: (*forward(v, A_0)[:3], forward(v, A_0)[2]),  # the last sigmoid left out
)
def forward_pass(formulas):
    network = Network([Dense(v.W_1, v.b_1, Sigmoid()), Dense(v.W_2, v.b_2, Sigmoid())])
    y_hat = network.forward(X)
    _, A_1, _, A_2 = formulas(X)
    holds = close(A_1, network.layers[0].A) and close(A_2, y_hat)
    return holds, f"$A_1$ has shape {A_1.shape}, $A_2$ has {y_hat.shape}; `Network.forward` gives the same"


@section.states(
    92,
    taught="The forward pass, with a shape on every line",
    verdict="correct",
    prints=r"$J(W) = MSE(y, \hat{y})$, later $C = MSE(y, A_2)$",
    correct="As printed: $J$, $C$ and “Cost” are one thing.",
    claim=lambda y, y_hat: MSE().value(y_hat, y),
    perturbed=lambda y, y_hat: mean_error(y_hat, y),
)
def one_cost_three_names(cost):
    """MSE is the same in both orders of its arguments, so `MSE(y, y_hat)` may be read either way."""
    C = ((v.A_2 - v.y) ** 2).mean()
    holds = close(cost(v.y, v.A_2), C) and close(cost(v.A_2, v.y), C)
    return holds, f"for one random network {C:.6f}, in either order of $y$ and $\\hat y$"


z = sympy.Symbol("z", real=True)


@section.states(
    94,
    taught="The forward pass, with a shape on every line",
    verdict="correct",
    prints=r"$\sigma(z) = \frac{1}{1 + e^{-z}}$",
    correct="As printed.",
    claim=lambda z: 1 / (1 + np.exp(-z)),
    perturbed=lambda z: 1 / (1 + np.exp(z)),
)
def sigmoid(formula):
    places = np.linspace(-5, 5, 11)
    shown = listed(Sigmoid().value(np.array([-2.0, 0.0, 2.0])), 4)
    return close(formula(places), Sigmoid().value(places)), f"at −2, 0, 2: {shown}"


@section.states(
    95,
    taught="One path first, with numbers",
    verdict="correct",
    prints=r"$\frac{d\sigma(z)}{dz} = (1 - \sigma(z)) \sigma(z)$",
    correct=r"As printed; at most $\frac{1}{4}$, at $z = 0$.",
    claim=lambda s: (1 - s) * s,
    perturbed=lambda s: (1 + s) * s,
)
def slope_of_the_sigmoid(formula):
    s = 1 / (1 + sympy.exp(-z))
    slope = sympy.diff(s, z)
    return same(
        formula(s), slope
    ), f"SymPy's derivative minus this one is 0; at $z = 0$ it is {tex(slope.subs(z, 0))}"


y_hat, target = four_numbers()


@section.states(
    96,
    taught="The forward pass, with a shape on every line",
    verdict="imprecise",
    prints=r"$MSE(y, \hat{y})$ $= \frac{1}{N} \sum_{i=1}^{N} (\hat{y} - y)^2$",
    correct=r"$\frac{1}{N} \sum_{i=1}^{N} (\hat{y}^{(i)} - y^{(i)})^2$, as in S54.",
    why="As S51: without its index the sum repeats a single term $N$ times.",
    claim=lambda y_hat, y: sum((y_hat[i] - y[i]) ** 2 for i in range(len(y))) / len(y),
    printed=lambda y_hat, y: sum((y_hat[0] - y[0]) ** 2 for _ in range(len(y))) / len(y),
)
def mse_with_its_index(formula):
    computed = MSE().value(y_hat, target)
    shows = (
        f"the table of S55: {computed:.4f}; its first row, repeated: {(y_hat[0, 0] - target[0, 0]) ** 2:.4f}"
    )
    return close(formula(y_hat, target).item(), computed), shows


@section.states(
    97,
    105,
    taught="Several rows: the slope of the cost has no sum",
    verdict="wrong",
    prints=r"$\frac{dMSE(y,\hat{y})}{d\hat{y}} =$ $\frac{2}{N} \sum_{i=1}^{N} (\hat{y} - y)$",
    correct=r"$\frac{\partial MSE}{\partial \hat{y}^{(i)}} = \frac{2}{N} (\hat{y}^{(i)} - y^{(i)})$, one entry for "
    "each sample: shape $(N, 1)$, no sum.",
    why="Each prediction needs a slope of its own; with the sum inside, all samples get one shared number in "
    "which errors of opposite sign cancel, and a network trained that way does not learn XOR.",
    claim=lambda y_hat, y: 2 * (y_hat - y) / len(y),
    printed=lambda y_hat, y: np.zeros_like(y_hat) + 2 * (y_hat - y).sum() / len(y),
)
def slope_of_mse(formula):
    computed = jacobian(lambda p: ((p - target) ** 2).mean(), y_hat, method="complex")
    shows = f"four slopes, by complex step: {listed(computed)}; as printed, one: {2 * mean_error(y_hat, target):.3f}"
    return close(formula(y_hat, target), computed), shows
