"""The deck's 2-2-1 network with numbers in it, and what a derivative claimed for it is held against.

Rows are samples: A_0 is (4, 2), D_1 = dC/dZ_1 is (4, 2), D_2 = dC/dZ_2 is (4, 1).
"""

from types import SimpleNamespace

import numpy as np

from lib.activations import Sigmoid
from lib.calculus import jacobian
from lib.costs import MSE
from lib.datasets import xor
from lib.network import Network

VARIABLES = ("W_1", "b_1", "W_2", "b_2")


sigma = Sigmoid().value


def forward(p, A_0):
    """Every value of the forward pass, S91: Z_1, A_1, Z_2, A_2."""
    Z_1 = A_0 @ p.W_1 + p.b_1  # (N,2)(2,2) + (1,2) = (N,2)
    A_1 = sigma(Z_1)
    Z_2 = A_1 @ p.W_2 + p.b_2  # (N,2)(2,1) + (1,1) = (N,1)
    return Z_1, A_1, Z_2, sigma(Z_2)


def example(samples=4, seed=0):
    """Parameters, data and every value on both ways, by the shipped network."""
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(seed))
    first, second = network.layers
    X, y = (table[:samples] for table in xor())
    v = SimpleNamespace(A_0=X, y=y, N=len(y))
    v.W_1, v.b_1, v.W_2, v.b_2 = first.W, first.b, second.W, second.b
    v.Z_1, v.A_1, v.Z_2, v.A_2 = forward(v, X)
    network.forward(X)
    v.dC_dA_2 = MSE().gradient(v.A_2, y)
    network.backward(v.dC_dA_2)
    v.D_2 = v.dC_dA_2 * v.A_2 * (1 - v.A_2)
    v.dC_dA_1 = v.D_2 @ v.W_2.T  # (N,1)(1,2) = (N,2)
    v.D_1 = v.dC_dA_1 * v.A_1 * (1 - v.A_1)
    v.gradients = {"W_1": first.dW, "b_1": first.db, "W_2": second.dW, "b_2": second.db}
    return v


v = example()


def by_numbers(name):
    """dC/d(one of the parameters) by complex step: it knows nothing of any backward pass."""

    def cost(value):
        p = SimpleNamespace(**{key: getattr(v, key) for key in VARIABLES} | {name: value})
        return ((forward(p, v.A_0)[-1] - v.y) ** 2).mean()

    return jacobian(cost, getattr(v, name), method="complex")


def agrees(claimed, computed):
    """Whether a claimed table is the computed one, and a sentence; NumPy's refusal is an answer, too.

    claimed: a function without arguments, so that a product that does not fit is caught here.
    """
    try:
        table = np.asarray(claimed(), dtype=float)
    except ValueError:
        return False, "the shapes do not fit"
    if table.shape != computed.shape:
        return False, f"shape {table.shape} where {computed.shape} is needed"
    off = np.abs(table - computed).max()
    return bool(off <= 1e-14), f"shape {computed.shape}, " + (
        "the same to 14 digits" if off <= 1e-14 else f"off by up to {off:.2g}"
    )
