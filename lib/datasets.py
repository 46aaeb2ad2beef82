"""The deck's data, and a line to fit. Rows are samples."""

import numpy as np

from lib.checks import generator, number, whole

__all__ = ["four_numbers", "four_probabilities", "line", "xor"]


def xor():
    """X: (4, 2) and y: (4, 1), in the row order of the slide (S89): y is 1 where the inputs differ."""
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    return X, y


def four_numbers():
    """y_hat and y, each (4, 1): the deck's table for MSE, RMSE and MAE (S55, S62, S67)."""
    return np.array([[0.8], [0.9], [1.1], [1.3]]), np.ones((4, 1))


def four_probabilities():
    """y_hat and y, each (4, 1): the deck's table for binary cross-entropy (S72 to S76)."""
    return np.array([[0.8], [0.9], [0.1], [0.3]]), np.array([[1.0], [1.0], [0.0], [0.0]])


def line(rng, samples=10, slope=2.0, intercept=1.0, noise=1.0):
    """x: (samples, 1) = 1, 2, 3, ... and y = slope x + intercept + noise, for S87.

    rng: `numpy.random.Generator`; noise: its standard deviation, in the units of y.
    Raises ValueError for samples below 1, what is no finite number, or another source of chance.
    """
    samples = whole("samples", samples, at_least=1)
    slope, intercept = number("slope", slope), number("intercept", intercept)
    noise = number("noise", noise)
    x = np.arange(1.0, samples + 1)[:, np.newaxis]
    return x, slope * x + intercept + noise * generator("rng", rng).normal(size=x.shape)
