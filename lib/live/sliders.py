"""Where a slider can stand, and how each of its positions is said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.checks import plain
from lib.prose import number_text

MOST_POSITIONS = 600
MOST_FLOAT = np.finfo(float).max.item()


@dataclass(frozen=True, eq=False)  # eq: whether two arrays are equal has no one answer
class Slider:
    """Positions with a name for the reader and a unit: Slider(range(0, 101), unit="epochs").

    values: numbers, or a list of words to choose from; label: what stands beside the slider, by
    default the parameter's name; unit: what is said after every number.
    """

    values: Sequence
    label: str | None = None
    unit: str = ""


@dataclass(frozen=True)
class Parameter:
    """One keyword of `update`: the values it can take and the text that the reader sees for each."""

    name: str
    label: str
    values: list
    texts: list
    is_choice: bool

    def place(self, value):
        """Which position `value` is. Raises ValueError where it is none."""
        if self.is_choice:
            found = [k for k, own in enumerate(self.values) if isinstance(value, str) and own == value]
        else:
            known = isinstance(value, (int, float, np.integer, np.floating)) and abs(value) < MOST_FLOAT
            number = float(value) if known else np.nan
            found = np.flatnonzero(np.isclose(self.values, number, rtol=1e-9, atol=0))
        if len(found) == 0:
            raise ValueError(
                f"start: expected one of the {len(self.values)} positions of {self.name}, "
                f"{self.texts[0]} to {self.texts[-1]}, got {value!r}"
            )
        return int(found[0])


def read_parameters(sliders):
    """{name: positions or Slider} as a list of `Parameter`, or ValueError."""
    if not isinstance(sliders, dict) or len(sliders) not in (1, 2):
        raise ValueError(f"sliders: expected one or two, {{'learning_rate': positions}}, got {sliders!r}")
    parameters = [read_parameter(name, slider) for name, slider in sliders.items()]
    count = np.prod([len(parameter.values) for parameter in parameters])
    if count > MOST_POSITIONS:
        raise ValueError(f"sliders: expected at most {MOST_POSITIONS} positions in all, got {count}")
    return parameters


def read_parameter(name, slider):
    """One entry of that dictionary."""
    if not isinstance(name, str) or not name.isidentifier():
        raise ValueError(f"sliders: expected the name of an argument of update, got {name!r}")
    if not isinstance(slider, Slider):
        slider = Slider(slider)
    if not isinstance(slider.label, (str, type(None))) or not isinstance(slider.unit, str):
        raise ValueError(f"{name}: expected label and unit as text, got {slider.label!r} and {slider.unit!r}")
    if isinstance(slider.values, (str, bytes, dict, set)) or not np.iterable(slider.values):
        raise ValueError(f"{name}: expected an array of numbers or a list of words, got {slider.values!r}")
    values = list(slider.values)
    if not values:
        raise ValueError(f"{name}: expected at least one position, got none")
    is_choice = all(isinstance(value, str) for value in values)
    if is_choice:
        texts = list(values)
    else:
        texts = [f"{text} {slider.unit}".rstrip() for text in number_texts(name, values)]
    if len(set(texts)) < len(texts):
        raise ValueError(f"{name}: expected positions that differ, got {values}")
    return Parameter(name, slider.label or name.replace("_", " "), values, texts, is_choice)


def number_texts(name, values):
    """Every number as short as it can be said while all of them sound different."""
    array = plain(name, values)
    if array.dtype.kind not in "iuf" or array.ndim != 1 or not np.isfinite(array).all():
        raise ValueError(f"{name}: expected finite numbers in a row, or a list of words, got {values}")
    gaps = np.abs(np.diff(array))
    nothing = 1e-9 * gaps.min() if gaps.size else 0  # what rounding has left in place of 0
    for digits in range(3, 17):
        texts = [number_text(0 if abs(value) < nothing else value, digits) for value in array]
        if len(set(texts)) == len(texts):
            break
    return texts
