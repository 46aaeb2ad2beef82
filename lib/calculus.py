"""Derivatives by numbers, for any function: the referee of every formula in this book.

One layout for all of them: **inputs first, outputs last**. For x of shape S and f(x) of shape T
the result has shape S + T and holds d f_j / d x_i at index (i, j). So the derivative with respect
to a number has the shape of the result, a gradient has the shape of its variable, and the
Jacobian of a map from m to n numbers is the deck's m-by-n matrix (slide statements S31 to S35).
"""

import sys
from numbers import Real

import numpy as np

from lib.checks import answer, function, numbers, plain

__all__ = ["derivative", "gradient", "jacobian"]

# Both errors of a difference quotient depend on h: the formula's own error grows with h, rounding
# grows with 1/h. These are the orders of magnitude at which the two balance (chapter 2).
_EPS = np.finfo(float).eps
STEPS = {"forward": _EPS ** (1 / 2), "central": _EPS ** (1 / 3), "complex": 1e-30}


def forward_difference(f, x, step):
    """(f(x + h) - f(x)) / h: the secant of the definition (S11). A negative h looks to the left."""
    return (f(x + step) - f(x)) / step.sum()


def central_difference(f, x, step):
    """(f(x + h) - f(x - h)) / 2h: the secant across the point."""
    return (f(x + step) - f(x - step)) / (2 * step.sum())


def complex_step(f, x, step):
    """Im f(x + ih) / h: no difference is taken, so nothing cancels (Squire and Trapp, 1998)."""
    value = f(x + 1j * step)
    if value.dtype.kind != "c":
        raise ValueError(
            f"f: expected a function that carries complex numbers through, got {value.dtype} "
            "from a complex input; abs and comparisons drop the imaginary part"
        )
    return value.imag / step.sum()


METHODS = {"forward": forward_difference, "central": central_difference, "complex": complex_step}


def jacobian(f, x, *, method="central", h=None):
    """All partial derivatives of f at x, one input at a time.

    Parameters: f maps an array of shape S to an array of shape T; x has shape S (any shape, a
    plain number too); method is "central", "complex" or "forward"; h is the step in the units of
    x (default: a step that suits the method and the size of each input).
    Returns: array of shape S + T, entry (i, j) is d f_j / d x_i. The deck's layout, S30 to S35.
    Raises: ValueError for an unknown method, a step that is zero or not finite, x that is not a
    finite real number or array, an f that is no function or returns no numbers, or a complex step
    through a function that drops the imaginary part.
    """
    f = function("f", f)
    if not isinstance(method, str) or method not in METHODS:
        raise ValueError(f"method: expected one of {', '.join(METHODS)}, got {method!r}")
    x = numbers("x", x)
    if x.dtype.kind == "c" or not np.isfinite(x).all():
        raise ValueError("x: expected finite real numbers, got complex or infinite ones")
    if x.size == 0:
        raise ValueError(f"x: expected at least one number, got shape {x.shape}")
    if h is not None and not (isinstance(h, Real) and 0 < abs(h) <= sys.float_info.max):
        raise ValueError(f"h: expected a finite step other than zero, got {h!r}")

    def value_at(place):
        return answer("f", f(place.copy()))  # a copy: f may write into what it gets

    columns = []
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h if h is not None else STEPS[method] * max(1.0, abs(x[index]))
        if method != "complex":
            step = (x + step) - x  # the step that floating point really takes
        if not step.any():
            raise ValueError(f"h: expected a step that changes x = {x[index]}, got {h!r}")
        columns.append(np.asarray(METHODS[method](value_at, x, step)))
    return np.array(columns).reshape(x.shape + columns[0].shape)


def derivative(f, x, *, method="central", h=None):
    """The derivative of f at the number x (S11). Returns the shape of f(x), a float for a number.

    `method`, `h` and what is raised: as in `jacobian`; ValueError also where x is not one number.
    """
    if plain("x", x).ndim != 0:
        raise ValueError(f"x: expected one number, got shape {np.shape(x)}; use gradient or jacobian")
    return jacobian(f, x, method=method, h=h)[()]


def gradient(f, x, *, method="central", h=None):
    """The gradient of a function with one number as its value: the shape of x (S20 to S26).

    `method`, `h` and what is raised: as in `jacobian`; ValueError also where f(x) is not one number.
    """
    result = jacobian(f, x, method=method, h=h)
    if result.shape != np.shape(x):
        raise ValueError(
            f"f: expected one number as its value, got shape {result.shape[np.ndim(x) :]}; use jacobian"
        )
    return result
