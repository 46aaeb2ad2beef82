"""What a run shows, where it can be computed: each sight has a name, a test and a sentence.

A sight is named only where the numbers say it now; what will become of the run, nobody knows.
"""

from itertools import combinations

import numpy as np

FLAT = 0.01  # a slope below a hundredth of the steepest
FEW = 12  # points: so many are looked at in groups


def seen(run):
    """[(name, sentence), ...] of all that holds for the run now."""
    if diverged(run):
        return [("diverged", "Diverged: the numbers are no longer finite, or grow without end. A smaller α?")]
    hidden = run.network.layers[:-1]
    with np.errstate(all="ignore"):
        run.network.propagate(run.X)
    found = [straight(run.settings.hidden)]
    for number, layer in enumerate(hidden, start=1):
        found += [dead(number, layer), saturated(number, layer)]
        found.append(twins(number, layer, run.network.layers[number]))
    found += [sure_and_wrong(run), shared(run)]
    return [one for one in found if one]


def diverged(run):
    """Numbers that aren't finite, or a cost a thousand times what a network pays that answers one half."""
    parameters = [own for layer in run.network.layers for own in (layer.W, layer.b)]
    return not all(np.isfinite(own).all() for own in parameters) or not run.value() < 1000


def straight(widths):
    """A network that can only part the plane by straight lines, whatever its weights are."""
    if all(width == 1 for width in widths):
        return "straight", "Straight line only: this network can part the plane by one straight line."
    if widths[0] == 1:
        return "straight", "Straight lines only: its first layer sees the plane along one direction."
    return None


def dead(number, layer):
    """ReLU neurons that answer 0 to every row."""
    if type(layer.activation).__name__ != "ReLU":
        return None
    which = np.flatnonzero((layer.A <= 0).all(axis=0))
    return named("dead", which, number, "dead: 0 in every row, so no slope comes through")


def saturated(number, layer):
    """Neurons whose slope is next to nothing in every row. ReLU has no such place: there it is dead."""
    if type(layer.activation).__name__ == "ReLU":
        return None
    steepest = {"Sigmoid": 0.25, "Tanh": 1.0}[type(layer.activation).__name__]
    which = np.flatnonzero((layer.activation.derivative(layer.A) < FLAT * steepest).all(axis=0))
    return named("saturated", which, number, "saturated: in every row below a hundredth of its largest slope")


def twins(number, layer, after):
    """Neurons of a layer with the same weights, in and out: they stay equal for ever."""
    ways = np.vstack([layer.W, layer.b, after.W.T])
    alive = [k for k in range(ways.shape[1]) if abs(ways[:, k]).max() > 0 or not ways.any()]
    for one, other in combinations(alive, 2):
        if np.allclose(ways[:, one], ways[:, other], rtol=1e-9, atol=0):
            return named("twins", np.array([one, other]), number, "twins: the same weights, the same slopes")
    return None


def listed(places):
    """Numbers from 1, as one says them: 1, 2 and 3."""
    *before, last = (str(place + 1) for place in places)
    return f"{', '.join(before)} and {last}" if before else last


def named(name, which, number, what):
    if not which.size:
        return None
    neurons = listed(which)
    word = "Neuron" if which.size == 1 else "Neurons"
    return name, f"{word} {neurons} of layer {number}: {what}."


def sure_and_wrong(run):
    """Rows that are wrong where the last sigmoid is flat: with MSE they hardly learn."""
    if run.settings.cost != "mse":
        return None
    y_hat = run.network.layers[-1].A
    wrong = np.flatnonzero((abs(y_hat - run.y) > 0.5) & ((1 - y_hat) * y_hat < FLAT / 4))
    if not wrong.size:
        return None
    rows = f"Row {wrong[0] + 1} is" if wrong.size == 1 else f"{wrong.size} rows are"
    return "sure", f"{rows} surely wrong: the last sigmoid is flat there, and MSE gets no slope through it."


def shared(run):
    """Stuck: a few rows of both classes share one answer, and all others are right.

    As long as they share it, their best answer is the mean of their targets; here it is reached.
    """
    if len(run.X) > FEW:
        return None
    y_hat, y = run.answers(run.X)[:, 0], run.y[:, 0]
    near = [k for k in range(len(y)) if abs(y_hat[k] - y[k]) > 0.2]
    if not 2 <= len(near) < len(y) or np.ptp(y[near]) == 0:
        return None
    mean = y[near].mean()
    if abs(y_hat[near] - mean).max() > 0.05:
        return None
    least = floor(run, near)
    return (
        "stuck",
        f"Stuck at {least}: rows {listed(near)} share one answer, {mean:.2g}; while they do, the cost stays there.",
    )


def floor(run, near):
    """The least cost while these rows share an answer and all others are right."""
    y = run.y[near, 0]
    if run.settings.cost == "mse":
        cost = float(((y - y.mean()) ** 2).sum() / len(run.y))
        whole = round(1 / cost) if cost else 0
        return f"1/{whole}" if whole and abs(1 / cost - whole) < 1e-9 else f"{cost:.3g}"
    share = y.mean()
    entropy = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    return f"{entropy * len(y) / len(run.y):.3g}"
