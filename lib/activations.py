"""Activations: what a neuron makes of its weighted sum.

Each has `value(z)`, entry by entry, and `derivative(a)`: the slope at z, **computed from the
activation a = value(z)**. The forward pass has a at hand, so the backward pass needs no second
exponential. Any shape goes in and comes out. The lines are bare and unguarded, so that they run on
floats, on complex numbers and on symbols; `exp` and `tanh` are attributes, so that a proof can put
SymPy's in their place.
"""

import numpy as np


class Identity:
    """a = z, slope 1: for an output that may be any number."""

    def value(self, z):
        return z

    def derivative(self, a):
        return np.ones_like(a)


class Sigmoid:
    """a = 1 / (1 + e^-z), slope (1 - a) a, at most 1/4 (S94, S95)."""

    exp = staticmethod(np.exp)

    def value(self, z):
        return 1 / (1 + self.exp(-z))

    def derivative(self, a):
        return (1 - a) * a


class Tanh:
    """a = tanh z, slope 1 - a^2, at most 1."""

    tanh = staticmethod(np.tanh)

    def value(self, z):
        return self.tanh(z)

    def derivative(self, a):
        return 1 - a * a


class ReLU:
    """a = max(z, 0), slope 1 right of zero and 0 left of it; at the kink we choose 0."""

    def value(self, z):
        return np.maximum(z, 0)

    def derivative(self, a):
        return 1.0 * (a > 0)
