"""Backward pass: the update, from the chain to the final formulas (S113 to S123)."""

import numpy as np

from lib.calculus import jacobian
from lib.ledger.chains import slope
from lib.ledger.network_of_the_deck import VARIABLES, agrees, by_numbers, example, sigma, v
from lib.ledger.statement import Section

section = Section("Backward pass: the update", chapter="backward_pass")

learning_rate = 1.0


@section.states(
    113,
    taught="The update: all gradients first",
    verdict="wrong",
    prints=r"$W_2 := W_1 - \alpha \frac{dC}{dW_2}$ (five times)",
    correct=r"$W_2 := W_2 - \alpha \frac{dC}{dW_2}$, as the right half of the same lines and the sixth copy have it.",
    why="In a 2-2-1 network the shapes $(2,2)$ and $(2,1)$ broadcast without a word and the network suddenly has "
    "two outputs; in a 3-2-1 network NumPy refuses.",
    claim=lambda: v.W_2 - learning_rate * v.gradients["W_2"],
    printed=lambda: v.W_1 - learning_rate * v.gradients["W_2"],
)
def same_matrix_on_both_sides(formula):
    new = formula()
    shows = f"$W_2$ has shape {v.W_2.shape}; as printed it would get {(v.W_1 - v.gradients['W_2']).shape}"
    return new.shape == v.W_2.shape and np.allclose(
        v.W_2 - new, learning_rate * by_numbers("W_2"), rtol=1e-12
    ), shows


def chain(*factors):
    """The product of full derivatives as matrices, inputs down the rows: from the parameter to the cost."""
    product = factors[0]
    for factor in factors[1:]:
        product = product @ factor
    return product


def full(step, place):
    """The full derivative of one step, inputs down the rows, outputs across, each in reading order."""
    return jacobian(step, place, method="complex").reshape(np.size(place), -1)


def full_derivatives():
    """Every factor of the deck's chains, as a matrix, by complex step."""
    return {
        "Z_1 by W_1": full(lambda W: v.A_0 @ W + v.b_1, v.W_1),  # (4, 8)
        "Z_1 by b_1": full(lambda b: v.A_0 @ v.W_1 + b, v.b_1),  # (2, 8)
        "A_1 by Z_1": full(sigma, v.Z_1),  # (8, 8)
        "Z_2 by A_1": full(lambda A: A @ v.W_2 + v.b_2, v.A_1),  # (8, 4)
        "Z_2 by W_2": full(lambda W: v.A_1 @ W + v.b_2, v.W_2),  # (2, 4)
        "Z_2 by b_2": full(lambda b: v.A_1 @ v.W_2 + b, v.b_2),  # (1, 4)
        "A_2 by Z_2": full(sigma, v.Z_2),  # (4, 4)
        "C by A_2": full(lambda A: ((A - v.y) ** 2).mean(), v.A_2),  # (4, 1)
    }


CHAINS = {
    "W_2": ("Z_2 by W_2", "A_2 by Z_2", "C by A_2"),
    "b_2": ("Z_2 by b_2", "A_2 by Z_2", "C by A_2"),
    "W_1": ("Z_1 by W_1", "A_1 by Z_1", "Z_2 by A_1", "A_2 by Z_2", "C by A_2"),
    "b_1": ("Z_1 by b_1", "A_1 by Z_1", "Z_2 by A_1", "A_2 by Z_2", "C by A_2"),
}


@section.states(
    114,
    115,
    116,
    117,
    taught="The update: all gradients first",
    verdict="correct",
    prints=r"$W_2 := W_2$ $- \alpha \left( \frac{dC}{dA_2} \frac{dA_2}{dZ_2} \frac{\partial Z_2}{\partial W_2} "
    r"\right)$, and the same for $b_2$, $W_1$, $b_1$",
    correct="Right as chains of derivatives. The order of the factors becomes important once they are matrices: "
    "see S120.",
    claim=CHAINS,
    perturbed=CHAINS | {"W_1": CHAINS["W_1"][:1] + CHAINS["W_1"][2:]},  # a factor left out
)
def chains_of_full_derivatives(chains):
    factors = full_derivatives()
    worst = 0.0
    for name in VARIABLES:
        product = chain(*(factors[factor] for factor in chains[name]))
        worst = max(worst, np.abs(product.reshape(getattr(v, name).shape) - by_numbers(name)).max())
    return bool(worst <= 1e-14), "all four products of full derivatives are the complex step's, to 14 digits"


@section.states(
    118,
    taught="Several rows: the slope of the cost has no sum",
    verdict="imprecise",
    prints=r"$\frac{2}{N} \sum (A_2 - y) \frac{dA_2}{dZ_2} \frac{\partial Z_2}{\partial W_2}$",
    correct=r"The sum has to span the whole product: $\sum_i \frac{2}{N} (A_2 - y)^{(i)}$ "
    r"$\left( \frac{dA_2}{dZ_2} \frac{\partial Z_2}{\partial W_2} \right)^{(i)}$. "
    r"The matrix product $A_1^\top \frac{dC}{dZ_2}$ is this sum.",
    why="Summed too early, the errors of the rows cancel before they are weighted.",
    claim=lambda E, rows: 2 / v.N * sum(E[i] * rows[i] for i in range(v.N)),
    printed=lambda E, rows: 2 / v.N * sum(E) * sum(rows),
)
def where_the_sum_ends(formula):
    rows = slope(v.A_2) * v.A_1  # (4,2): dA_2/dZ_2 dZ_2/dW_2 of each sample
    return agrees(lambda: formula(v.A_2 - v.y, rows).reshape(2, 1), by_numbers("W_2"))


@section.states(
    119,
    taught="The whole way back",
    verdict="correct",
    prints=r"$\frac{dA_2}{dZ_2} = (1 - \sigma(Z_2)) \sigma(Z_2)$",
    correct="As printed, entry by entry.",
    claim=lambda Z_2: (1 - sigma(Z_2)) * sigma(Z_2),
    perturbed=lambda Z_2: (1 - sigma(Z_2)) @ sigma(Z_2).T,  # a matrix product in place of the one by entries
)
def entry_by_entry(formula):
    slopes = np.diag(full(sigma, v.Z_2)).reshape(4, 1)
    return agrees(lambda: formula(v.Z_2), slopes)


WHY = (
    "The factors are the right ones for one sample and one weight at a time; as matrices they fit together only "
    "with the transposes, the entrywise product and the order shown here."
)


def printed_start(v):
    """What all four formulas begin with, as printed: the sum is one number, the rest is (N,1)."""
    return 2 / v.N * (v.A_2 - v.y).sum() * (1 - v.A_2) * v.A_2


def final_formula(name, one_row):
    """A check of a final formula: as a matrix product for the batch, by complex step.

    one_row: the printed factors entry by entry for a single sample, where they are true.
    """
    one = example(samples=1)
    true_for_one_row = np.allclose(one_row(one), one.gradients[name], rtol=1e-12, atol=0)

    def check(formula):
        holds, shows = agrees(lambda: formula(v), by_numbers(name))
        return holds and true_for_one_row, f"{shows}; as printed right for one sample, entry by entry"

    return check


section.states(
    120,
    taught="The whole way back",
    verdict="imprecise",
    prints=r"$W_2 := W_2 - \alpha \big( \frac{2}{N} \sum (A_2 - y)$ $(1 - \sigma(Z_2)) \sigma(Z_2) A_1 \big)$",
    correct=r"$W_2 := W_2 - \alpha A_1^\top D_2$ with $D_2 = \frac{2}{N} (A_2 - y) \odot \sigma'(Z_2)$.",
    why=WHY,
    claim=lambda v: v.A_1.T @ v.D_2,  # (2,4)(4,1) = (2,1)
    printed=lambda v: printed_start(v) @ v.A_1,  # (4,1)(4,2)
)(final_formula("W_2", lambda v: printed_start(v) * v.A_1.T))  # (1,1) times (2,1), entry by entry

section.states(
    121,
    taught="The whole way back",
    verdict="imprecise",
    prints=r"$b_2 := b_2 - \alpha \big( \frac{2}{N} \sum (A_2 - y)$ $(1 - \sigma(Z_2)) \sigma(Z_2) \mathbf{1} \big)$",
    correct=r"$b_2 := b_2 - \alpha \mathbf{1}^\top D_2$.",
    why=WHY,
    claim=lambda v: np.ones((1, v.N)) @ v.D_2,  # (1,4)(4,1) = (1,1)
    printed=lambda v: printed_start(v) * 1,  # (4,1), and b_2 is (1,1)
)(final_formula("b_2", lambda v: printed_start(v) * 1))

section.states(
    122,
    taught="The whole way back",
    verdict="imprecise",
    prints=r"$W_1 := W_1 - \alpha \big( \frac{2}{N} \sum (A_2 - y)$ $(1 - \sigma(Z_2)) \sigma(Z_2) W_2$ "
    r"$(1 - \sigma(Z_1)) \sigma(Z_1) A_0 \big)$",
    correct=r"$W_1 := W_1 - \alpha A_0^\top D_1$ with $D_1 = (D_2 W_2^\top) \odot \sigma'(Z_1)$.",
    why=WHY,
    claim=lambda v: v.A_0.T @ ((v.D_2 @ v.W_2.T) * slope(v.A_1)),  # (2,4)(4,2) = (2,2)
    printed=lambda v: printed_start(v) @ v.W_2 @ slope(v.A_1) @ v.A_0,  # (4,1)(2,1)
)(final_formula("W_1", lambda v: printed_start(v) * v.W_2.T * slope(v.A_1) * v.A_0.T))

section.states(
    123,
    taught="The whole way back",
    verdict="imprecise",
    prints=r"the same for $b_1$, ending in $\mathbf{1}$",
    correct=r"$b_1 := b_1 - \alpha \mathbf{1}^\top D_1$.",
    why=WHY,
    claim=lambda v: np.ones((1, v.N)) @ ((v.D_2 @ v.W_2.T) * slope(v.A_1)),  # (1,4)(4,2) = (1,2)
    printed=lambda v: printed_start(v) @ v.W_2 @ slope(v.A_1) * 1,  # (4,1)(2,1)
)(final_formula("b_1", lambda v: printed_start(v) * v.W_2.T * slope(v.A_1)))
