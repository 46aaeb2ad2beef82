"""What a reader has chosen: every value comes as text, from a form or a link, and through one door.

The sentence of a refusal names the setting, what was expected and what came.
"""

import re
from dataclasses import asdict, dataclass

import numpy as np

from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.costs import MSE, BCEWithLogits
from lib.datasets import xor
from lib.language import Impossible, Unreadable, evaluate, names
from lib.network import Network
from lib.playground import data as sets

DATA = {
    "xor": xor,
    "and": sets.logical_and,
    "rings": sets.two_rings,
    "moons": sets.two_moons,
    "spiral": sets.spiral,
    "stripes": sets.stripes,
    "curve": sets.curve,
    "own": None,
}
DRAWN = ("rings", "moons", "spiral", "stripes", "curve")  # by a generator
ACTIVATIONS = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU}
COSTS = {"mse": MSE, "bce": BCEWithLogits}
MOST_POINTS, FARTHEST, MOST_LAYERS, MOST_NEURONS = 1000, 10, 4, 8


@dataclass(frozen=True)
class Settings:
    """The choices, each checked: make one with `settings`."""

    data: str = "xor"
    samples: int = 100
    noise: float = 0.1
    curve: str = "sin(3*x)"
    points: tuple = ()  # of (x1, x2, class)
    hidden: tuple = (2,)  # the widths of the hidden layers
    activation: str = "sigmoid"
    cost: str = "mse"
    size: float = 1.0  # of the first weights
    seed: int = 0
    alpha: float = 5.0
    batch: int = 0  # rows a step; 0 for all

    def table(self):
        """X (N, 2) and y (N, 1). The points that are drawn are the same for every seed of the weights."""
        if self.data == "own":
            rows = np.array(self.points, dtype=float).reshape(-1, 3)
            return rows[:, :2], rows[:, 2:]
        if self.data not in DRAWN:
            return DATA[self.data]()
        given = [self.curve] if self.data == "curve" else []
        return DATA[self.data](*given, np.random.default_rng(0), samples=self.samples, noise=self.noise)

    def start(self, rng):
        """The network before its first step; with BCE it ends in the logit, else in a sigmoid."""
        activation, output = ACTIVATIONS[self.activation](), (Identity if self.cost == "bce" else Sigmoid)()
        network = Network.random([2, *self.hidden, 1], activation, rng, output=output)
        for layer in network.layers:
            layer.W, layer.b = self.size * layer.W, self.size * layer.b
        return network

    def texts(self):
        """The choices as `settings` reads them."""
        return {name: text(name, value) for name, value in asdict(self).items()}


def text(name, value):
    if name == "hidden":
        return "-".join(map(str, value))
    if name == "points":
        return ";".join(f"{x1!r},{x2!r},{kind}" for x1, x2, kind in value)
    return value if isinstance(value, str) else repr(value)


def settings(values):
    """`Settings` from {name: text}; what isn't said is as in `Settings`. ValueError for anything else."""
    strange = sorted(set(values) - set(DOORS))
    if strange:
        raise ValueError(f"{strange[0]}: expected one of the settings {', '.join(DOORS)}")
    chosen = {name: DOORS[name](name, str(value).strip()) for name, value in values.items()}
    made = Settings(**chosen)
    check_table(made)
    return made


def check_table(made):
    """ValueError where the points can't be trained on."""
    if made.data == "own" and not made.points:
        raise ValueError("points: expected at least two, one of each class, got none")
    _, y = made.table()
    if y.min() == y.max():
        raise ValueError(f"points: expected both classes, got {len(y)} of class {y.min():.0f} only")
    check_batch(made.batch, y)


def check_batch(batch, y):
    """ValueError where a step would take more rows than there are."""
    if batch > len(y):
        raise ValueError(f"batch: expected at most {len(y)}, the number of points, got {batch}")


# The doors


def number(name, value):
    """A finite number; a comma may stand for the point."""
    plain = value.replace("−", "-")
    plain = plain.replace(",", ".") if re.fullmatch(r"-?\d*,\d+", plain) else plain
    try:
        read = float(plain)
    except ValueError:
        read = np.nan
    if not np.isfinite(read):
        raise ValueError(f"{name}: expected a number, got {value!r}")
    return read


def between(low, high, *, above=False):
    """A door for numbers from low to high; `above`: low itself is too small."""

    def door(name, value):
        read = number(name, value)
        if not low <= read <= high or (above and read == low):
            expected = f"a number above {low}, at most {high:,}" if above else f"{low} to {high:,}"
            raise ValueError(f"{name}: expected {expected}, got {value}")
        return read

    return door


def whole(low, high):
    """A door for whole numbers from low to high."""

    def door(name, value):
        read = between(low, high)(name, value)
        if read != int(read):
            raise ValueError(f"{name}: expected a whole number, got {value}")
        return int(read)

    return door


def one_of(choices):
    def door(name, value):
        if value not in choices:
            raise ValueError(f"{name}: expected one of {', '.join(choices)}, got {value!r}")
        return value

    return door


def widths(name, value):
    layers = tuple(whole(1, MOST_NEURONS)(name, part) for part in value.split("-")) if value else ()
    if len(layers) > MOST_LAYERS:
        raise ValueError(f"{name}: expected at most {MOST_LAYERS} hidden layers, got {len(layers)}")
    return layers


def formula(name, value):
    """An expression of x that has a height everywhere in the picture."""
    try:
        fits = len(value) <= 200 and names(value) <= {"x"}
        heights = evaluate(value, {"x": np.linspace(-1.5, 1.5, 101)}) if fits else None
    except Unreadable:
        fits = False
    except Impossible:
        raise ValueError(f"{name}: expected a height for each x from -1.5 to 1.5, got {value!r}") from None
    if not fits or heights.shape not in ((), (101,)):
        raise ValueError(f"{name}: expected an expression of x such as sin(3*x), got {value[:60]!r}")
    return value


def points(name, value):
    """A point a line, or before a semicolon: x1, x2 and the class, with commas, blanks or tabs between."""
    lines = [line.strip() for line in re.split(r"[;\n]", value) if line.strip()]
    if len(lines) > MOST_POINTS:
        raise ValueError(f"{name}: expected at most {MOST_POINTS:,} points, got {len(lines):,}")
    return tuple(point(f"point {place}", line) for place, line in enumerate(lines, start=1))


def point(name, line):
    parts = [part.strip(",") for part in line.split()]  # 0,5 1,25 1 or 0.5, 1.25, 1
    parts = parts if len(parts) == 3 else re.split(r"[,\s]+", line)  # 0.5,1.25,1
    if len(parts) != 3:
        raise ValueError(f"{name}: expected x1, x2 and a class such as 0.5, -1, 1, got {line[:40]!r}")
    x1, x2 = (
        between(-FARTHEST, FARTHEST)(f"{name}, {axis}", part)
        for axis, part in zip(("x1", "x2"), parts[:2], strict=True)
    )
    return x1, x2, int(one_of(["0", "1"])(f"{name}, class", parts[2]))


DOORS = {
    "data": one_of(DATA),
    "samples": whole(4, MOST_POINTS),
    "noise": between(0, 1),
    "curve": formula,
    "points": points,
    "hidden": widths,
    "activation": one_of(ACTIVATIONS),
    "cost": one_of(COSTS),
    "size": between(0, 100),
    "seed": whole(0, 10**6),
    "alpha": between(0, 10**6, above=True),
    "batch": whole(0, MOST_POINTS),
}
