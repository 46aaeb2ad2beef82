"""Forward pass (S1 to S5): one row through a 3-2-1 network."""

import numpy as np

from lib.activations import Sigmoid
from lib.ledger.statement import Section
from lib.ledger.tools import shape_of
from lib.network import Network

section = Section("Forward pass", chapter="forward_pass")

row = np.ones((1, 3))  # the slide's X^(4): one sample with three inputs
network = Network.random([3, 2, 1], Sigmoid(), np.random.default_rng(0))
hidden, output = network.layers


@section.states(
    1,
    taught="One layer",
    verdict="correct",
    prints=r"$a_1(X^{(n)} \cdot W_1 + b_1) = A_1$",
    correct="As printed. $a_1$ is the activation of layer 1; later slides write $\\sigma_1$.",
    claim=lambda X: 1 / (1 + np.exp(-(X @ hidden.W + hidden.b))),  # (1,3)(3,2) + (1,2) = (1,2)
    perturbed=lambda X: X @ hidden.W + hidden.b,  # the activation left out
)
def layer_1(formula):
    A_1 = hidden.forward(row)
    return np.allclose(formula(row), A_1, rtol=1e-12), f"$A_1$ of the slide's row has shape {A_1.shape}"


@section.states(
    2,
    taught="The shapes on the slide",
    verdict="correct",
    prints=r"$\dim(X^{(4)}) = \dim(W_1)$ $= \dim(b_1) =$ (1,3) (3,2) (1,2)",
    correct="The three shapes are right, one for each: $X^{(4)}$ is $(1,3)$, $W_1$ is $(3,2)$, $b_1$ is "
    "$(1,2)$. The chain of equals signs is a layout that was lost; the three are not equal to each other.",
    claim=((1, 3), (3, 2), (1, 2)),
    perturbed=((1, 3), (2, 3), (1, 2)),
)
def shapes_of_layer_1(shapes):
    X, W_1, b_1 = map(np.zeros, shapes)
    found = shape_of(lambda: X @ W_1 + b_1)
    return found == (1, 2), f"(1,3)(3,2) + (1,2) = {found}"


@section.states(
    3,
    taught="A network of two layers",
    verdict="correct",
    prints=r"$a_2(A_1 \cdot W_2 + b_2) = A_2 = \hat{y}^{(n)}$",
    correct="As printed.",
    claim=lambda A_1: 1 / (1 + np.exp(-(A_1 @ output.W + output.b))),  # (1,2)(2,1) + (1,1) = (1,1)
    perturbed=lambda A_1: 1 / (1 + np.exp(-(A_1 @ output.W - output.b))),
)
def layer_2(formula):
    y_hat = network.forward(row)
    return np.allclose(formula(hidden.A), y_hat, rtol=1e-12), f"$\\hat y$ has shape {y_hat.shape}"


@section.states(
    4,
    taught="A network of two layers",
    verdict="correct",
    prints=r"$\dim(A_1) = \dim(W_2)$ $= \dim(b_2) =$ (1,2) (2,1) (1,1)",
    correct="$A_1$ is $(1,2)$, $W_2$ is $(2,1)$, $b_2$ is $(1,1)$; so $A_2$ is $(1,1)$.",
    claim=((1, 2), (2, 1), (1, 1)),
    perturbed=((1, 2), (1, 2), (1, 1)),
)
def shapes_of_layer_2(shapes):
    A_1, W_2, b_2 = map(np.zeros, shapes)
    found = shape_of(lambda: A_1 @ W_2 + b_2)
    return found == (1, 1), f"(1,2)(2,1) + (1,1) = {found}"


section.argues(
    5,
    taught="One layer",
    verdict="lost in transcription",
    prints=r"$\mathcal{F}_1$",
    correct="A stray symbol beside a figure.",
    support="It states nothing: no slide defines the symbol or uses it again.",
)
