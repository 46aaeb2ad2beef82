"""What a question gives: exact numbers, or numbers drawn from a range, small and round."""

import zlib
from dataclasses import dataclass

import numpy as np

DRAWS = 4  # an answer is compared on so many tables of numbers


@dataclass(frozen=True)
class Draw:
    """A number or a table, drawn anew for every try: low, low + step, ..., high.

    shape: () for one number. first: what is shown at first, where it shouldn't be drawn.
    Zero is left out of a range with both signs: it makes wrong answers look right.
    """

    shape: tuple = ()
    low: float = -3
    high: float = 3
    step: float = 0.5
    first: object = None

    def choices(self):
        numbers = np.round(np.arange(self.low, self.high + self.step / 2, self.step), 10)
        return numbers[numbers != 0] if self.low < 0 < self.high else numbers

    def draw(self, rng):
        return rng.choice(self.choices(), size=self.shape)


def read_given(given):
    """{name: array or Draw} from what an author writes: a tuple of lengths is a shape to draw from."""
    return {
        name: Draw(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, Draw)
        else array(name, value)
        for name, value in given.items()
    }


def array(name, value):
    """`value` as an array of finite floats, or ValueError."""
    try:
        value = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name}: expected numbers, a shape such as (4, 2) or a Draw, got {value!r}"
        ) from None
    if not np.isfinite(value).all() or value.ndim > 2:
        raise ValueError(f"{name}: expected finite numbers with at most two axes, got shape {value.shape}")
    return value


def seeded(name):
    """A generator of its own for every question: the same numbers in every build."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def tables(given, rng):
    """A list of {name: array}: the numbers shown first, and more of them where any are drawn."""
    count = DRAWS if any(isinstance(value, Draw) for value in given.values()) else 1
    return [{name: one(value, number, rng) for name, value in given.items()} for number in range(count)]


def one(value, number, rng):
    if not isinstance(value, Draw):
        return value
    first = number == 0 and value.first is not None
    return np.asarray(value.first if first else value.draw(rng), dtype=float)
