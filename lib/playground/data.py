"""Points of the plane in two classes, for the playground. Rows are samples: X (N, 2), y (N, 1).

Each set but the first is drawn by a `numpy.random.Generator`; half of the points, or whatever the
place says, are of class 1. `noise` is the standard deviation of what is added to each coordinate.
All of them raise ValueError for another source of chance, fewer than two points, or noise below 0.
"""

import numpy as np

from lib import checks
from lib.language import evaluate


def logical_and():
    """The four points of `xor`, in its order; y is 1 where both inputs are."""
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    return X, X.prod(axis=1, keepdims=True)


def two_rings(rng, samples=100, noise=0.1):
    """A ring of class 0, and within it one of class 1."""
    y = halves(rng, samples)
    angle = rng.uniform(0, 2 * np.pi, size=y.shape)
    radius = np.where(y == 1, 0.4, 1.0)
    return moved(radius * np.hstack([np.cos(angle), np.sin(angle)]), y, rng, noise)


def two_moons(rng, samples=100, noise=0.1):
    """Two half rings, each with an end in the hollow of the other."""
    y = halves(rng, samples)
    angle = rng.uniform(0, np.pi, size=y.shape)
    upper = np.hstack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    return moved(np.where(y == 1, -upper, upper), y, rng, noise)


def spiral(rng, samples=100, noise=0.1):
    """Two arms, each one and a half times around the middle."""
    y = halves(rng, samples)
    way = rng.uniform(0.1, 1, size=y.shape)
    angle = 3 * np.pi * way + np.pi * y
    return moved(1.4 * way * np.hstack([np.cos(angle), np.sin(angle)]), y, rng, noise)


def stripes(rng, samples=100, noise=0.1):
    """Four upright stripes, of class 0 and 1 in turn."""
    halves(rng, samples)
    X = rng.uniform(-1.2, 1.2, size=(samples, 2))
    y = np.floor(X[:, :1] / 0.6) % 2
    return moved(X, y, rng, noise)


def curve(expression, rng, samples=100, noise=0.1):
    """Class 1 above the curve x2 = expression, in the language of answers, of x: "sin(3*x)"."""
    halves(rng, samples)
    X = rng.uniform(-1.5, 1.5, size=(samples, 2))
    height = np.broadcast_to(evaluate(expression, {"x": X[:, 0]}), samples)
    return moved(X, (X[:, 1] > height)[:, np.newaxis] + 0.0, rng, noise)


def halves(rng, samples):
    """y: half of the points, the first ones, are of class 0, the others of class 1."""
    checks.generator("rng", rng)
    samples = checks.whole("samples", samples, at_least=2)
    return (np.arange(samples) >= samples // 2)[:, np.newaxis] + 0.0


def moved(X, y, rng, noise):
    """X with noise, and y."""
    if not checks.number("noise", noise) >= 0:
        raise ValueError(f"noise: expected 0 or more, got {noise!r}")
    return X + noise * rng.normal(size=X.shape), y
