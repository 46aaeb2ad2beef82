"""Activations: what a neuron makes of its weighted sum.

Each has `value(z)`, entry by entry, and `derivative(a)`: the slope at z, **computed from the
activation a = value(z)**. The forward pass has a at hand, so the backward pass needs no second
exponential. Any shape goes in and comes out.

`value` is the door; behind it, `formula` is the bare mathematics that layers and proofs run. Its
lines are unguarded, so that they run on floats, on complex numbers and on symbols; `exp` and `tanh`
are attributes, so that a proof can put SymPy's in their place. An activation of your own needs
`formula` and `derivative`, and gets `value` from `Activation`.
"""

from copy import copy

import numpy as np

__all__ = ["Activation", "Identity", "ReLU", "Sigmoid", "Tanh"]


class Activation:
    """The door of every activation. `smooth`: whether one formula holds for all z, without a kink."""

    smooth = True

    def value(self, z):
        """The activation a, entry by entry: the shape of z."""
        with np.errstate(over="ignore"):  # e^1000 is infinite, and 1 / infinite is the right answer
            a = self.formula(z)
        return copy(z) if a is z else a  # an array of its own: who changes a, leaves z alone


class Identity(Activation):
    """a = z, slope 1: for an output that may be any number."""

    def formula(self, z):
        return z

    def derivative(self, a):
        return np.ones_like(a)


class Sigmoid(Activation):
    """a = 1 / (1 + e^-z), slope (1 - a) a, at most 1/4 (S94, S95)."""

    exp = staticmethod(np.exp)

    def formula(self, z):
        return 1 / (1 + self.exp(-z))

    def derivative(self, a):
        return (1 - a) * a


class Tanh(Activation):
    """a = tanh z, slope 1 - a^2, at most 1."""

    tanh = staticmethod(np.tanh)

    def formula(self, z):
        return self.tanh(z)

    def derivative(self, a):
        return 1 - a * a


class ReLU(Activation):
    """a = max(z, 0), slope 1 right of zero and 0 left of it; at the kink we choose 0."""

    smooth = False

    def formula(self, z):
        return np.maximum(z, 0)

    def derivative(self, a):
        return 1.0 * (a > 0)
