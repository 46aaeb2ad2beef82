"""Layers and networks: forward, and the same road backward.

One layout, declared here: rows are samples, Z = A W + b, and every gradient has the shape of its
variable. Shapes are read from the right, so an axis in front means many runs at once.
"""

from itertools import pairwise

import numpy as np

from lib.checks import finite, formulas, generator, numbers, plain, table, whole

__all__ = ["Dense", "Network"]


def parameter(name, value):
    """A copy of `value` as an array of floats; symbols stay what they are."""
    value = plain(name, value)
    return np.array(value if value.dtype.kind == "O" else numbers(name, value))


class Dense:
    """A layer: A = activation(A_in W + b)  (S91; its way back is S99 to S112, corrected).

    W: (..., n_in, n_out), b: (..., 1, n_out), any leading axes (the runs) the same in both.
    `forward` keeps what `backward` needs; `backward` leaves `dW` and `db`, the derivatives of the
    cost, shaped like W and b. Raises ValueError for shapes that do not fit, or for an activation
    without `formula` and `derivative` (or a class that is no object yet). The two methods themselves
    are bare: they check nothing, copy nothing, and overflow with NumPy's warning.
    """

    def __init__(self, W, b, activation):
        W, b = parameter("W", W), parameter("b", b)
        if W.ndim < 2 or W.size == 0:
            raise ValueError(f"W: expected shape (n_in, n_out), got {W.shape}")
        if b.shape != (*W.shape[:-2], 1, W.shape[-1]):
            raise ValueError(
                f"b: expected shape {(*W.shape[:-2], 1, W.shape[-1])} for W of shape {W.shape}, got {b.shape}"
            )
        self.activation = formulas("activation", activation, "Sigmoid()", "formula", "derivative")
        self.W, self.b = W, b

    def forward(self, A_in):
        """A_in: (..., N, n_in). Returns A: (..., N, n_out)."""
        self.A_in = A_in
        # (N, n_in)(n_in, n_out) + (1, n_out) = (N, n_out)
        self.A = self.activation.formula(A_in @ self.W + self.b)
        return self.A

    def backward(self, dC_dA, inputs=True):
        """dC_dA: (..., N, n_out). Returns dC_dA_in, or None without `inputs`."""
        # entry by entry, (N, n_out)
        dC_dZ = dC_dA * self.activation.derivative(self.A)
        # (n_in, N)(N, n_out) = (n_in, n_out), like W
        self.dW = self.A_in.mT @ dC_dZ
        # the rows add up: (1, n_out), like b
        self.db = dC_dZ.sum(axis=-2, keepdims=True)
        if inputs:
            # (N, n_out)(n_out, n_in) = (N, n_in), like A_in
            return dC_dZ @ self.W.mT


class Network:
    """Layers in a row: each one's activation is the next one's input.

    `layers`: a list of `Dense`, each of them once, whose widths fit and whose leading axes are the
    same, else ValueError.
    """

    def __init__(self, layers):
        listed = isinstance(layers, (list, tuple)) and len(layers) > 0
        if not listed or not all(isinstance(layer, Dense) for layer in layers):
            raise ValueError(f"layers: expected a list of Dense layers, got {layers!r}")
        if len(set(layers)) < len(layers):
            raise ValueError("layers: expected each Dense once, got the same one twice: it has one memory")
        self.layers = list(layers)
        for left, right in pairwise(self.layers):
            if left.W.shape[-1] != right.W.shape[-2]:
                raise ValueError(f"layers: W of shape {right.W.shape} cannot follow {left.W.shape}")
            if left.W.shape[:-2] != right.W.shape[:-2]:
                raise ValueError(
                    f"layers: expected the same runs in front of every W, got {left.W.shape[:-2]} "
                    f"and {right.W.shape[:-2]}"
                )

    @classmethod
    def random(cls, sizes, activation, rng, output=None, *, runs=()):
        """A network with W and b drawn from the standard normal distribution.

        sizes: (n_0, n_1, ..., n_L), at least two; `output` is the last layer's activation where it
        differs; rng: `numpy.random.Generator`; `runs`: how many networks at once, a number or a
        shape. Raises ValueError for anything else.
        """
        sizes = [whole("sizes", n, at_least=1) for n in (sizes if np.iterable(sizes) else [sizes])]
        if len(sizes) < 2:
            raise ValueError(f"sizes: expected at least an input and an output width, got {sizes}")
        runs = tuple(whole("runs", n, at_least=1) for n in np.atleast_1d(np.array(runs, dtype=object)))
        rng = generator("rng", rng)
        activations = [activation] * (len(sizes) - 2) + [activation if output is None else output]
        layers = []
        for (n_in, n_out), layer_activation in zip(pairwise(sizes), activations, strict=True):
            W, b = rng.normal(size=(*runs, n_in, n_out)), rng.normal(size=(*runs, 1, n_out))
            layers.append(Dense(W, b, layer_activation))
        return cls(layers)

    @property
    def runs(self):
        """The leading axes: () for one network, (64,) for sixty-four at once."""
        return self.layers[0].W.shape[:-2]

    def copies(self, *runs):
        """The same start for many runs: parameters repeated along new leading axes."""
        runs = tuple(whole("runs", n, at_least=1) for n in runs)
        return Network(
            [
                Dense(*(np.broadcast_to(p, runs + p.shape) for p in (layer.W, layer.b)), layer.activation)
                for layer in self.layers
            ]
        )

    def run(self, index):
        """One network out of many: a copy of the parameters at `index` of the leading axes.

        index: whole numbers, slices, or arrays of whole numbers or booleans. Raises ValueError for a
        single network, and for an index that the leading axes don't have.
        """
        if not self.runs:
            raise ValueError("index: expected a network of many runs, got a single one")
        try:
            if any(isinstance(part, (bool, np.bool, type(None))) for part in np.index_exp[index]):
                raise IndexError  # NumPy would not look for a place, but add an axis
            np.empty(self.runs)[index]
        except IndexError:
            raise ValueError(f"index: expected a place in runs of shape {self.runs}, got {index!r}") from None
        return Network([Dense(layer.W[index], layer.b[index], layer.activation) for layer in self.layers])

    def check(self, X):
        """A copy of X as floats, (N, n_0) or with this network's leading axes; else ValueError.

        A copy: the first layer keeps it for the way back, whatever the caller does to X meanwhile.
        """
        X, n_in = finite("X", table("X", X)).copy(), self.layers[0].W.shape[-2]
        if X.shape[-1] != n_in or X.shape[:-2] not in ((), self.runs):
            raise ValueError(f"X: expected shape (N, {n_in}), one row a sample, got {X.shape}")
        return X

    def forward(self, X):
        """X: (N, n_0). Returns the prediction y_hat: (..., N, n_L). ValueError if X does not fit."""
        X = self.check(X)
        with np.errstate(all="ignore"):
            return self.propagate(X).copy()  # a copy: the layers need theirs for the way back

    def backward(self, dC_dA, inputs=True):
        """From dC/dy_hat to every dW and db, last layer first (S106 to S112).

        dC_dA: the shape of the last forward's y_hat, else ValueError. Returns dC/dX, or None
        without `inputs`: training needs no derivative with respect to the data.
        """
        dC_dA, y_hat = numbers("dC_dA", dC_dA), getattr(self.layers[-1], "A", None)
        if y_hat is None or dC_dA.shape != y_hat.shape:
            expected = "a forward(X) before it" if y_hat is None else f"shape {y_hat.shape}"
            raise ValueError(f"dC_dA: expected {expected}, got shape {dC_dA.shape}")
        with np.errstate(all="ignore"):
            return self.back_propagate(dC_dA, inputs)

    def propagate(self, A):
        """`forward` without the door: the bare loop that training and the proofs run."""
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def back_propagate(self, dC_dA, inputs=True):
        """`backward` without the door."""
        for layer in self.layers[:0:-1]:
            dC_dA = layer.backward(dC_dA)
        return self.layers[0].backward(dC_dA, inputs)
