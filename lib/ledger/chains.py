"""Backward pass: the chains (S106 to S112)."""

import numpy as np

from lib.calculus import jacobian
from lib.ledger.network_of_the_deck import agrees, by_numbers, sigma, v
from lib.ledger.statement import Section

section = Section("Backward pass: the chains", chapter="backward_pass")


def slope(A):
    """The sigmoid's slope, entry by entry, from its value (S95)."""
    return A * (1 - A)


def cost_from_Z_2(Z_2):
    return ((sigma(Z_2) - v.y) ** 2).mean()


def cost_from_A_1(A_1):
    return cost_from_Z_2(A_1 @ v.W_2 + v.b_2)


def cost_from_Z_1(Z_1):
    return cost_from_A_1(sigma(Z_1))


@section.states(
    106,
    taught="The whole way back",
    verdict="lost in transcription",
    prints=r"“Layer 2” lists $\frac{dC}{dA_2}$ and goes on with $\frac{dC}{dA_1}$",
    correct=r"Between them belongs $\frac{dC}{dZ_2} = \frac{dC}{dA_2} \odot \sigma'(Z_2)$.",
    claim=lambda dC_dA_2: dC_dA_2 * slope(v.A_2),
    printed=lambda dC_dA_2: dC_dA_2,  # the line left out
)
def the_missing_line(formula):
    return agrees(lambda: formula(v.dC_dA_2), jacobian(cost_from_Z_2, v.Z_2, method="complex"))


@section.states(
    107,
    taught="The whole way back",
    verdict="lost in transcription",
    prints=r"$\frac{dC}{dA_1} = \frac{dC}{dA_2} \frac{\partial A_2}{\partial A_2} \frac{\partial Z_2}{\partial A_1}$",
    correct=r"The middle factor is $\frac{dA_2}{dZ_2}$, as the second copy of the line has it.",
    claim=lambda: (v.dC_dA_2 * slope(v.A_2)) @ v.W_2.T,  # (4,1)(1,2) = (4,2)
    printed=lambda: (v.dC_dA_2 * 1) @ v.W_2.T,  # dA_2/dA_2 is 1
)
def by_the_hidden_layer(formula):
    return agrees(formula, jacobian(cost_from_A_1, v.A_1, method="complex"))


@section.states(
    108,
    taught="The whole way back",
    verdict="correct",
    prints=r"$\frac{dC}{dZ_1} = \frac{dC}{dA_1} \frac{dA_1}{dZ_1}$ "
    r"$= \frac{dC}{dA_2} \frac{dA_2}{dZ_2} \frac{dZ_2}{dA_1} \frac{dA_1}{dZ_1}$",
    correct=r"As a chain. With matrices: $\frac{dC}{dZ_1} = \left(\frac{dC}{dZ_2} W_2^\top\right) \odot \sigma'(Z_1)$.",
    claim=lambda: ((v.dC_dA_2 * slope(v.A_2)) @ v.W_2.T) * slope(v.A_1),
    perturbed=lambda: ((v.dC_dA_2 * slope(v.A_2)) @ v.W_2.T) * slope(v.A_2),
)
def by_the_hidden_sum(formula):
    return agrees(formula, jacobian(cost_from_Z_1, v.Z_1, method="complex"))


@section.states(
    109,
    111,
    taught="With respect to one weight",
    verdict="correct",
    prints=r"$\frac{\partial C}{\partial W_2} = \frac{dC}{dZ_2} \frac{\partial Z_2}{\partial W_2}$, "
    r"$\frac{\partial C}{\partial W_1} = \frac{dC}{dZ_1} \frac{\partial Z_1}{\partial W_1}$",
    correct=r"As chains, with the full derivative of $Z$ by $W$ in them (S99, S103). As matrix products: "
    r"$\frac{dC}{dW_2} = A_1^\top \frac{dC}{dZ_2}$ and $\frac{dC}{dW_1} = A_0^\top \frac{dC}{dZ_1}$.",
    claim=lambda A_before, D: A_before.T @ D,  # (n_in,4)(4,n_out) = (n_in,n_out)
    perturbed=lambda A_before, D: A_before.T @ D / len(D),  # a mean in place of the sum
)
def by_weights(formula):
    second, shows = agrees(lambda: formula(v.A_1, v.D_2), by_numbers("W_2"))
    first, _ = agrees(lambda: formula(v.A_0, v.D_1), by_numbers("W_1"))
    return first and second, f"$dC/dW_2$ by complex step: {shows}"


@section.states(
    110,
    taught="The whole way back",
    verdict="wrong",
    prints=r"$\frac{\partial C}{\partial b_1} = \frac{dC}{dZ_2} \frac{\partial Z_2}{\partial b_2}$",
    correct=r"The left side is $\frac{\partial C}{\partial b_2}$; as a product, "
    r"$\frac{dC}{db_2} = \mathbf{1}^\top \frac{dC}{dZ_2}$.",
    why="Read as printed, $b_1$ has two derivatives and $b_2$ has none.",
    claim="b_2",
    printed="b_1",
)
def left_side(name):
    holds, shows = agrees(lambda: np.ones((1, v.N)) @ v.D_2, by_numbers(name))
    return holds, f"$\\mathbf{{1}}^\\top D_2$ against $dC/db_2$ by complex step: {shows}"


@section.states(
    112,
    taught="The whole way back",
    verdict="correct",
    prints=r"$\frac{\partial C}{\partial b_1} = \frac{dC}{dZ_1} \frac{\partial Z_1}{\partial b_1}$",
    correct=r"As a chain; as a product, $\frac{dC}{db_1} = \mathbf{1}^\top \frac{dC}{dZ_1}$.",
    claim=lambda D_1: np.ones((1, v.N)) @ D_1,  # (1,4)(4,2) = (1,2)
    perturbed=lambda D_1: np.ones((1, v.N)) @ D_1 / v.N,  # a mean in place of the sum
)
def by_the_hidden_bias(formula):
    return agrees(lambda: formula(v.D_1), by_numbers("b_1"))
