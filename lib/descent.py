"""Going downhill: a step against the gradient, repeated.

`gradient_descent` and `sgd` walk on any function whose gradient you can write down; `train` does
the same for a network and a cost. A run that diverges shows it: the numbers become inf, then nan.
"""

from dataclasses import dataclass

import numpy as np

from lib import checks
from lib.costs import checked
from lib.network import Network

__all__ = ["History", "gradient_descent", "sgd", "train"]


def gradient_descent(gradient, start, learning_rate, steps):
    """W := W - learning_rate * gradient(W), `steps` times (S81).

    gradient: a function from W to an array of its shape; start: a number or an array, real and finite;
    learning_rate: a positive finite number, or an array of them that broadcasts to start's shape
    (many runs at once); steps: how many.
    Returns the path, shape (steps + 1, *start.shape), the start included. Raises ValueError for
    anything else, and where `gradient` returns another shape.
    """
    gradient = checks.function("gradient", gradient)
    W = checks.real_numbers("start", start).copy()  # the path must stay what it was
    alpha = checks.fitting("learning_rate", checks.positive("learning_rate", learning_rate), "start", W.shape)
    path = [W]
    with np.errstate(all="ignore"):
        for _ in range(checks.whole("steps", steps, at_least=0)):
            slope = checks.answer("gradient", gradient(W.copy()))  # a copy, again for the path
            if slope.shape != W.shape:
                raise ValueError(f"gradient: expected shape {W.shape}, like start, got {slope.shape}")
            W = W - alpha * slope
            path.append(W)
    return np.array(path)


def mini_batches(samples, batch_size, rng):
    """The row numbers of one epoch: every sample once, in random order, `batch_size` at a time."""
    order = rng.permutation(samples)
    return [order[i : i + batch_size] for i in range(0, samples, batch_size)]


def sgd(gradient, start, learning_rate, epochs, *, samples, batch_size, rng):
    """Stochastic gradient descent: each step sees the gradient of one mini-batch only.

    gradient: a function from (W, rows) to an array of W's shape, where `rows` are the row numbers
    of the mini-batch; samples: how many rows there are; rng: `numpy.random.Generator`. The rest as
    in `gradient_descent`. Returns the path after every step, the start included; an epoch takes
    ceil(samples / batch_size) steps. Raises ValueError for anything else.
    """
    gradient = checks.function("gradient", gradient)
    epochs = checks.whole("epochs", epochs, at_least=0)
    samples, batch_size, rng = check_batches(samples, batch_size, rng)
    batches = (rows for _ in range(epochs) for rows in mini_batches(samples, batch_size, rng))
    steps = epochs * -(-samples // batch_size)
    return gradient_descent(lambda W: gradient(W, next(batches)), start, learning_rate, steps)


def check_batches(samples, batch_size, rng):
    """What says how mini-batches are drawn, or ValueError."""
    samples = checks.whole("samples", samples, at_least=1)
    batch_size = checks.whole("batch_size", batch_size, at_least=1)
    if batch_size > samples:
        raise ValueError(f"batch_size: expected at most {samples}, the number of samples, got {batch_size}")
    return samples, batch_size, checks.generator("rng", rng)


@dataclass(frozen=True, eq=False)  # eq: whether two arrays are equal has no one answer
class History:
    """What `train` saw. epoch: (records,), from 0 (the start) to the last; cost: (records, *runs).

    Neither can be written into: what happened stays what it was.
    """

    epoch: np.ndarray
    cost: np.ndarray

    def __post_init__(self):
        for name, values in vars(self).items():
            object.__setattr__(self, name, frozen(values))


def frozen(values):
    """A copy that cannot be written into."""
    array = np.array(values)
    array.flags.writeable = False
    return array


def train(network, cost, X, y, *, learning_rate, epochs, batch_size=None, rng=None, record_every=1):
    """Train the network in place: forward, backward, then update all parameters from the old values.

    network: its parameters move, its arrays are replaced, never written into. cost: `MSE()` or
    another object with `formula` and `slope`. X: (N, n_0), y: (N, n_L). learning_rate: a positive
    finite number, or an array shaped like the network's leading axes (one for each run).
    batch_size: None for the whole batch, else rows per step, drawn by `rng` (a
    `numpy.random.Generator`), the same for every run. record_every: the cost on all of X and y is
    recorded at epoch 0, at every multiple of this, and at the end.
    Returns: `History`. Raises ValueError, before anything moves, for input that does not fit.
    The update is S114 to S117 with the corrections of chapter 5.
    """
    if not isinstance(network, Network):
        raise ValueError(f"network: expected a Network, got {network!r}")
    checks.formulas("cost", cost, "MSE()", "formula", "slope")
    X = checks.real("X", network.check(X))
    for number, layer in enumerate(network.layers, start=1):
        checks.real_numbers(f"W of layer {number}", layer.W)
        checks.real_numbers(f"b of layer {number}", layer.b)
    alpha = checks.learning_rate(learning_rate, network.runs)
    epochs = checks.whole("epochs", epochs, at_least=0)
    record_every = checks.whole("record_every", record_every, at_least=1)
    samples = X.shape[-2]
    if batch_size is not None:
        check_batches(samples, batch_size, rng)
    # the first forward pass shows whether y fits; a cost that is no `Cost` has no door of its own
    _, y = getattr(cost, "check", checked)(network.forward(X), y)
    y = checks.real("y", y)

    epoch_numbers, costs = [], []
    with np.errstate(all="ignore"):  # a diverging run becomes inf, then nan, and says so by that
        for epoch in range(epochs + 1):
            if epoch == 0:
                pass  # the start: recorded, not trained
            elif batch_size is None:
                step(network, cost, X, y, alpha)
            else:
                for rows in mini_batches(samples, batch_size, rng):
                    step(network, cost, X.take(rows, axis=-2), y.take(rows, axis=-2), alpha)
            if epoch % record_every == 0 or epoch == epochs:
                epoch_numbers.append(epoch)
                costs.append(cost.formula(network.propagate(X), y))
    return History(epoch_numbers, costs)


def step(network, cost, X, y, learning_rate):
    """One update, bare: all gradients first, then every parameter from its old value."""
    y_hat = network.propagate(X)
    network.back_propagate(cost.slope(y_hat, y), inputs=False)
    for layer in network.layers:
        layer.W = layer.W - learning_rate * layer.dW
        layer.b = layer.b - learning_rate * layer.db
