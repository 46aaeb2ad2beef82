"""The deck's data, as printed."""

import numpy as np
import pytest

from lib import four_numbers, four_probabilities, line, xor
from tests.helpers import refuses


def test_xor_is_the_exclusive_or():
    X, y = xor()
    assert X.tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]  # S89, in the slide's order
    assert y.tolist() == [[0], [1], [1], [0]]
    assert np.array_equal(y, np.logical_xor(X[:, :1], X[:, 1:]))
    assert X.dtype == y.dtype == float


def test_the_deck_tables():
    y_hat, y = four_numbers()
    assert y_hat.tolist() == [[0.8], [0.9], [1.1], [1.3]]  # S55
    assert y.tolist() == [[1]] * 4
    assert ((y_hat - y) ** 2).ravel() == pytest.approx([0.04, 0.01, 0.01, 0.09])
    p, t = four_probabilities()
    assert np.where(t == 1, p, 1 - p).ravel() == pytest.approx([0.8, 0.9, 0.9, 0.7])  # S72
    assert t.tolist() == [[1], [1], [0], [0]]
    for table in (y_hat, y, p, t):
        assert table.shape == (4, 1)
        assert table.dtype == float


@pytest.mark.parametrize("data", [xor, four_numbers, four_probabilities], ids=lambda f: f.__name__)
def test_every_caller_gets_an_array_of_its_own(data):
    for array in data():
        array += 5
    for array in data():
        assert array.max() <= 1.3


def test_a_line_without_noise():
    x, y = line(np.random.default_rng(0), samples=4, slope=3.0, intercept=-1.0, noise=0.0)
    assert x.tolist() == [[1], [2], [3], [4]]
    assert y.tolist() == [[2], [5], [8], [11]]


def test_the_noise_of_a_line():
    x, y = line(np.random.default_rng(3))
    assert x.shape == y.shape == (10, 1)
    noise = np.random.default_rng(3).normal(size=(10, 1))
    assert np.array_equal(y, 2 * x + 1 + noise)
    x, y = line(np.random.default_rng(1), samples=20000, noise=4.0)
    assert (y - 2 * x - 1).std() == pytest.approx(4, rel=0.03)
    assert (y - 2 * x - 1).mean() == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        ({"samples": 0}, "samples: expected a whole number of at least 1, got 0"),
        ({"samples": 2.5}, "samples: expected a whole number, got 2.5"),
        ({"samples": True}, "samples: expected a whole number"),
        ({"slope": "2"}, "slope: expected numbers, got <U1 data"),
        ({"slope": ["2"]}, "slope: expected numbers, got <U1 data"),
        ({"slope": np.ones((1, 3))}, "slope: expected one number, got shape (1, 3)"),
        ({"intercept": None}, "intercept: expected numbers, got object data"),
        ({"intercept": np.inf}, "intercept: expected finite numbers"),
        ({"noise": 1j}, "noise: expected real numbers, got complex ones"),
        ({"noise": np.nan}, "noise: expected numbers, got NaN"),
        ({"rng": 0}, "rng: expected numpy.random.default_rng(seed), got 0"),
        ({"rng": None}, "rng: expected numpy.random.default_rng(seed), got None"),
    ],
)
def test_doors(change, fragment):
    with refuses(fragment):
        line(**{"rng": np.random.default_rng(0), **change})
