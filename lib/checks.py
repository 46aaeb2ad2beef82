"""The doors: bad input is refused here, in one sentence, before anything has changed.

The rooms that compute ask these few questions of what they are handed. Each door returns what it
lets in, or raises a ValueError whose sentence names the argument, what was expected and what came.
The formulas behind the doors stay bare.
"""

import operator

import numpy as np


def plain(name, value):
    """`value` as an array of whatever it holds; ValueError for unequal rows and for masks."""
    if isinstance(value, np.ma.MaskedArray):
        raise ValueError(f"{name}: expected a plain array, got a masked one")
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: expected an array, got rows of unequal length") from None


def real(name, value):
    """Return `value` as it is, or raise ValueError where it holds complex numbers."""
    if value.dtype.kind == "c":
        raise ValueError(f"{name}: expected real numbers, got complex ones")
    return value


def numbers(name, value):
    """Return `value` as an array of floats (or complex numbers) without NaN.

    Integers, booleans and short floats are converted to NumPy's float. Raises ValueError for
    anything else: text, symbols, and masked arrays, whose mask would be lost.
    """
    array = plain(name, value)
    if array.dtype.kind not in "biufc":
        raise ValueError(f"{name}: expected numbers, got {array.dtype} data")
    array = array.astype(complex if array.dtype.kind == "c" else float, copy=False)
    if np.isnan(array).any():
        where = tuple(int(i) for i in np.argwhere(np.isnan(array))[0])
        raise ValueError(f"{name}: expected numbers, got NaN at index {where}")
    return array


def table(name, value):
    """Return `value` as numbers with rows and columns: shape (..., rows, columns), no axis empty."""
    array = numbers(name, value)
    if array.ndim < 2:
        raise ValueError(
            f"{name}: expected rows and columns, shape (N, n), got shape {array.shape}; "
            f"a column of N numbers is {name}.reshape(-1, 1), one row is {name}.reshape(1, -1)"
        )
    if array.size == 0:
        raise ValueError(f"{name}: expected at least one row and one column, got shape {array.shape}")
    return array


def finite(name, value):
    """Return `value` as it is, or raise ValueError where it holds an infinite number."""
    if not np.isfinite(value).all():
        raise ValueError(f"{name}: expected finite numbers, got inf or NaN")
    return value


def positive(name, value):
    """Return `value` as an array of positive finite floats, or raise ValueError."""
    array = plain(name, value)
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all() or not (array > 0).all():
        raise ValueError(f"{name}: expected a positive finite number, got {value!r}")
    return array.astype(float)


def real_numbers(name, value):
    """Return `value` as an array of finite real numbers, or raise ValueError."""
    return finite(name, real(name, numbers(name, value)))


def number(name, value):
    """Return `value` if it is one finite real number, or raise ValueError."""
    shape = real_numbers(name, value).shape
    if shape:
        raise ValueError(f"{name}: expected one number, got shape {shape}")
    return value


def function(name, value):
    """Return `value` if it can be called, or raise ValueError."""
    if not callable(value):
        raise ValueError(f"{name}: expected a function, got {value!r}")
    return value


def formulas(name, value, example, *methods):
    """Return `value` if it is an object with these methods, or raise ValueError.

    It is asked for what it can do and not for its class: so a reader's own activation or cost is as
    good as one of `lib`.
    """
    if isinstance(value, type) or not all(callable(getattr(value, method, None)) for method in methods):
        raise ValueError(
            f"{name}: expected an object with {' and '.join(methods)}, such as {example}, got {value!r}"
        )
    return value


def answer(name, value):
    """What a reader's function returned, as an array of numbers; NaN and infinite ones may be among them.

    Whole numbers and booleans become floats: differences of bytes would wrap round, of booleans fail.
    """
    array = plain(name, value)
    try:
        return np.asarray(array + 0.0)  # fractions and other kinds of number can be added to, text can't
    except (TypeError, OverflowError):
        raise ValueError(f"{name}: expected it to return numbers, got {array.dtype} data") from None


def fitting(name, value, other, shape):
    """Return the array `value` if it can be broadcast to the shape of `other`, or raise ValueError."""
    try:
        np.broadcast_to(value, shape)
    except ValueError:
        raise ValueError(f"{name}: expected a shape that fits {other}, {shape}, got {value.shape}") from None
    return value


def learning_rate(value, runs):
    """Return a learning rate ready to multiply a gradient of shape (*runs, rows, columns).

    `value` is one positive finite number, or an array of them of shape `runs`: one for each run.
    """
    array = positive("learning_rate", value)
    if array.shape not in ((), runs):
        raise ValueError(
            f"learning_rate: expected one number or an array of shape {runs} "
            f"(one for each run), got shape {array.shape}"
        )
    return array[..., np.newaxis, np.newaxis] if array.ndim else array  # quicker than a Python number


def whole(name, value, at_least):
    """Return `value` as an int that is not below `at_least`."""
    try:
        number = operator.index(value)
    except TypeError:
        raise ValueError(f"{name}: expected a whole number, got {value!r}") from None
    if isinstance(value, bool | np.bool_) or number < at_least:  # NumPy 2.1 still counts with its own
        raise ValueError(f"{name}: expected a whole number of at least {at_least}, got {value!r}")
    return number


def generator(name, value):
    """Return `value` if it is a `numpy.random.Generator`: the only source of chance in this book."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(f"{name}: expected numpy.random.default_rng(seed), got {value!r}")
    return value
