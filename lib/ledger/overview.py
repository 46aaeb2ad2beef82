"""Overview of the backward pass (S6 to S10): which way values and derivatives travel, and the update."""

import numpy as np

from lib.activations import Sigmoid
from lib.costs import MSE
from lib.datasets import xor
from lib.ledger.statement import Section
from lib.network import Network

section = Section("Overview of the backward pass", chapter="forward_pass")

X, y = xor()


def start():
    """The same 2-2-1 network every time."""
    return Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))


@section.states(
    6,
    taught="Overview: the way back",
    verdict="correct",
    prints=r"Forward Pass $\rightarrow$, Backward Pass $\leftarrow$",
    correct="Values travel from the input to the cost, derivatives from the cost to the input.",
    claim=("Z_1", "A_1", "Z_2", "A_2", "C"),
    perturbed=("C", "A_2", "Z_2", "A_1", "Z_1"),
)
def direction(order):
    """A value can be computed as soon as the one that it is made from is there."""
    needs = {"Z_1": set(), "A_1": {"Z_1"}, "Z_2": {"A_1"}, "A_2": {"Z_2"}, "C": {"A_2"}}
    forward = all(needs[name] <= set(order[:place]) for place, name in enumerate(order))
    return forward, f"each value needs the one before it: {' → '.join(f'${name}$' for name in order)}"


def gradients_in_order(order):
    """dC/dW for both layers, each layer updated right after its gradient where `order` is "one by one"."""
    network = start()
    dC_dA = MSE().gradient(network.forward(X), y)
    gradients = []
    for layer in reversed(network.layers):
        dW = layer.A_in.T @ (dC_dA * layer.activation.derivative(layer.A))
        if order == "one by one":
            layer.W = layer.W - 1.0 * dW  # alpha = 1: too early, the layer below still needs the old W
        dC_dA = layer.backward(dC_dA)
        gradients.append(dW)
    return gradients


@section.states(
    7,
    8,
    9,
    10,
    taught="All gradients first",
    verdict="correct",
    prints=r"$b_2 \leftarrow b_2$ $- \alpha \frac{\partial}{\partial b_2} Cost(\hat{y}, y)$, "
    "then the same for $W_2$, $b_1$, $W_1$",
    correct="Right when all four gradients are computed first, from the old values, and the four parameters "
    "move afterwards. The arrows alone do not say so.",
    why="Whoever updates $W_2$ before computing the gradient of $W_1$ uses a matrix that never took part "
    "in the forward pass.",
    claim="all gradients first",
    perturbed="one by one",
)
def order_of_updates(order):
    network = start()
    network.backward(MSE().gradient(network.forward(X), y))
    dW_1 = network.layers[0].dW
    off = np.linalg.norm(gradients_in_order(order)[-1] - dW_1) / np.linalg.norm(dW_1)
    late = np.linalg.norm(gradients_in_order("one by one")[-1] - dW_1) / np.linalg.norm(dW_1)
    return off < 1e-12, f"$dC/dW_1$ after $W_2$ has moved is {late:.1%} off"
