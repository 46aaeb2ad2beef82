"""Backward pass: the derivatives of single steps (S99 to S104)."""

import numpy as np

from lib.calculus import jacobian
from lib.ledger.network_of_the_deck import agrees, by_numbers, example, sigma, v
from lib.ledger.statement import Section

section = Section("Backward pass: local derivatives", chapter="backward_pass")

ones = np.ones((v.N, 1))


def layer_1(W):
    return v.A_0 @ W + v.b_1  # (4,2)(2,2) + (1,2) = (4,2)


@section.states(
    99,
    taught="With respect to one weight",
    verdict="imprecise",
    prints=r"$\frac{\partial Z_1}{\partial W_1} = A_0$",
    correct="$Z_1$ and $W_1$ are matrices, so the full derivative is larger: $A_0^\\top \\otimes I$ in the deck's "
    "layout. What the backward pass uses is the product $\\frac{dC}{dW_1} = A_0^\\top \\frac{dC}{dZ_1}$.",
    why="A matrix of shape $(4,2)$ cannot hold how each of 8 entries changes with each of 4 weights.",
    claim=lambda A_0: np.kron(A_0.T, np.eye(2)),
    printed=lambda A_0: A_0,
)
def by_weights_of_layer_1(formula):
    full = jacobian(layer_1, v.W_1, method="complex").reshape(v.W_1.size, v.Z_1.size)
    holds, shows = agrees(lambda: formula(v.A_0), full)
    used, _ = agrees(lambda: v.A_0.T @ v.D_1, by_numbers("W_1"))
    return holds and used, f"4 weights by 8 entries of $Z_1$: {shows}"


@section.states(
    100,
    taught="With respect to one bias",
    verdict="imprecise",
    prints=r"$\frac{\partial Z_1}{\partial b_1} = 1$, $\frac{\partial Z_2}{\partial b_2} = 1$",
    correct="For a batch $b$ enters every row, so its derivative adds the rows up: "
    "$\\frac{dC}{db} = \\mathbf{1}^\\top \\frac{dC}{dZ}$.",
    why="With 1 as a plain number, $\\frac{dC}{db}$ would have a row for each sample, and $b$ has only one.",
    claim=lambda D: ones.T @ D,  # (1,4)(4,n) = (1,n)
    printed=lambda D: D * 1,
)
def by_biases(formula):
    first, shows = agrees(lambda: formula(v.D_1), by_numbers("b_1"))
    second, _ = agrees(lambda: formula(v.D_2), by_numbers("b_2"))
    return first and second, f"$dC/db_1$ by complex step: {shows}"


@section.states(
    101,
    taught="Entry by entry: the activation",
    verdict="wrong",
    prints=r"$\frac{dA_1}{dZ_1} = \sigma'(Z_2)$ (twice)",
    correct=r"$\frac{dA_1}{dZ_1} = \sigma'(Z_1)$, entry by entry, shape $(N, n_1)$. The last slides have it right.",
    why="NumPy raises no error, because a column of shape $(N, 1)$ is broadcast over $(N, n_1)$, so the slip stays "
    "hidden while layer 1 moves along a wrong slope.",
    claim=lambda Z_1, Z_2: sigma(Z_1) * (1 - sigma(Z_1)),
    printed=lambda Z_1, Z_2: np.zeros((4, 2)) + sigma(Z_2) * (1 - sigma(Z_2)),  # (4,1) over (4,2)
)
def slope_of_layer_1(formula):
    slopes = np.stack(
        [jacobian(sigma, z, method="complex") for z in v.Z_1.ravel()]  # one entry at a time
    ).reshape(v.Z_1.shape)
    return agrees(lambda: formula(v.Z_1, v.Z_2), slopes)


@section.states(
    102,
    taught="With respect to one input of the layer",
    verdict="imprecise",
    prints=r"$\frac{\partial Z_2}{\partial A_1} = W_2$",
    correct=r"Right for one row in the deck's layout. In the backward pass: "
    r"$\frac{dC}{dA_1} = \frac{dC}{dZ_2} W_2^\top$.",
    why="Multiplied in the printed order, $D_2$ of shape $(4,1)$ and $W_2$ of shape $(2,1)$ do not fit.",
    claim=lambda D_2, W_2: D_2 @ W_2.T,  # (4,1)(1,2) = (4,2)
    printed=lambda D_2, W_2: D_2 @ W_2,
)
def by_inputs_of_layer_2(formula):
    def cost(A_1):
        return ((sigma(A_1 @ v.W_2 + v.b_2) - v.y) ** 2).mean()

    return agrees(lambda: formula(v.D_2, v.W_2), jacobian(cost, v.A_1, method="complex"))


@section.states(
    103,
    taught="With respect to one weight",
    verdict="imprecise",
    prints=r"$\frac{\partial Z_2}{\partial W_2} = A_1$",
    correct=r"Right for one row in the *usual* layout; in the deck's it is $A_1^\top$. S102 and S103 fit no single "
    r"layout. In the backward pass: $\frac{dC}{dW_2} = A_1^\top \frac{dC}{dZ_2}$.",
    why="Two lines of one list follow two layouts; whoever multiplies them as printed gets shapes that do not fit.",
    claim=lambda A_1: A_1.T,
    printed=lambda A_1: A_1,
)
def by_weights_of_layer_2(formula):
    """For one row, in the deck's layout: two weights down the rows, one output across."""
    one = example(samples=1)
    full = jacobian(lambda W: one.A_1 @ W + one.b_2, one.W_2, method="complex").reshape(2, 1)
    return agrees(lambda: formula(one.A_1), full)


@section.states(
    104,
    taught="Entry by entry: the activation",
    verdict="correct",
    prints=r"$\frac{dA_2}{dZ_2} = \sigma'(Z_2)$",
    correct="As printed, entry by entry.",
    claim=lambda Z_2: sigma(Z_2) * (1 - sigma(Z_2)),
    perturbed=lambda Z_2: sigma(Z_2),
)
def slope_of_layer_2(formula):
    """The full derivative of A_2 by Z_2 is diagonal: entry by entry is all there is."""
    full = jacobian(sigma, v.Z_2, method="complex").reshape(4, 4)
    holds, _ = agrees(lambda: np.diag(formula(v.Z_2)[:, 0]), full)
    return (
        holds,
        f"the full derivative has shape {full.shape} and {np.count_nonzero(full)} entries that aren't 0",
    )
