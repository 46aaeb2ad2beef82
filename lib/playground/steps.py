"""One step in numbers: every matrix on the way forward and back, as chapter 5 names them.

For one row, with the cost of this row alone; or for all rows, with the cost that training sees. The
gradient is checked on the spot by complex step, which shares none of its reasoning.
"""

import numpy as np

from lib.calculus import gradient
from lib.network import Dense, Network


def slopes(run, X, y):
    """dC/dA and dC/dZ of each layer, first layer first, and dW and db left in the layers.

    [(dC_dA, dC_dZ), ...] for a network that has just gone forward; bare, as training is.
    """
    found = []
    with np.errstate(all="ignore"):
        dC_dA = run.cost.slope(run.network.propagate(X), y)
        for layer in reversed(run.network.layers):
            dC_dZ = dC_dA * layer.activation.derivative(layer.A)
            found.insert(0, (dC_dA, dC_dZ))
            dC_dA = layer.backward(dC_dA)
    return found


def one_step(run, row=None):
    """Every matrix of one step: [(name, array), ...] forward, and backward, and how well dW is known.

    row: its number, from 0, or None for all rows. Returns a dictionary: "forward" and "backward", lists
    of (name, array, what is computed) in the order of computing, "cost", and "error", the largest
    difference between the gradient and a complex step, relative to the gradient's largest entry; nan
    where the numbers are no longer finite.
    Raises ValueError for a row that isn't there.
    """
    if row is not None and not 0 <= row < len(run.X):
        raise ValueError(f"row: expected 1 to {len(run.X)}, got {row + 1}")
    rows = slice(None) if row is None else slice(row, row + 1)
    X, y = run.X[rows], run.y[rows]
    found, last = slopes(run, X, y), len(run.network.layers)
    forward, backward = [("A_0", X, "the inputs")], []
    for number, (layer, (dC_dA, dC_dZ)) in enumerate(zip(run.network.layers, found, strict=True), start=1):
        name = type(layer.activation).__name__.lower()
        with np.errstate(all="ignore"):
            Z = layer.A_in @ layer.W + layer.b
        forward += [
            (f"W_{number}", layer.W, ""),
            (f"b_{number}", layer.b, ""),
            (f"Z_{number}", Z, f"A_{number - 1} W_{number} + b_{number}"),
            (f"A_{number}", layer.A, f"{name}(Z_{number})"),
        ]
        came = "the slope of the cost" if number == last else f"dC/dZ_{number + 1} W_{number + 1}ᵀ"
        backward[:0] = [
            (f"dC/dA_{number}", dC_dA, came),
            (f"dC/dZ_{number}", dC_dZ, f"dC/dA_{number} ⊙ {name}′(Z_{number})"),
            (f"dC/dW_{number}", layer.dW, f"A_{number - 1}ᵀ dC/dZ_{number}"),
            (f"dC/db_{number}", layer.db, f"the rows of dC/dZ_{number}, added up"),
        ]
    with np.errstate(all="ignore"):
        cost = run.cost.formula(run.network.layers[-1].A, y)
    return {"forward": forward, "backward": backward, "cost": cost, "error": error(run, X, y)}


def error(run, X, y):
    """How far dW and db, as they stand in the layers, are from a complex step."""
    layers = run.network.layers
    ours = [own for layer in layers for own in (layer.dW, layer.db)]
    parameters = [own for layer in layers for own in (layer.W, layer.b)]
    if not all(np.isfinite(own).all() for own in (*ours, *parameters)):
        return np.nan

    def cost_with(place, value):
        changed = [*parameters[:place], value, *parameters[place + 1 :]]
        network = Network(
            [Dense(*changed[2 * k : 2 * k + 2], layer.activation) for k, layer in enumerate(layers)]
        )
        return run.cost.formula(network.propagate(X), y)

    with np.errstate(all="ignore"):
        checked = [
            gradient(lambda value, place=place: cost_with(place, value), own, method="complex")
            for place, own in enumerate(parameters)
        ]
    largest = max(abs(own).max() for own in ours)
    apart = max(abs(own - other).max() for own, other in zip(ours, checked, strict=True))
    return float(apart / largest) if largest else float(apart)
