"""Three roads to every derivative: by hand, by SymPy, by numbers. `make proofs` walks them all.

Each derivative of the book is one entry in `tests/derivatives.py`: a function, its derivative by
hand, and a point. This module walks the roads and lays their answers side by side:

by hand  the formula, run on numbers: `lib`'s own line, or the one the chapter derives;
SymPy    the function, run on letters and differentiated by SymPy. The formula, run on the same
         letters, has to be equal to that *everywhere* ("exact"); the value at the point comes
         from SymPy's expression, computed by mpmath with 30 digits, without NumPy;
numbers  the central difference and the complex step of the function (`lib.calculus`). Where there
         is a kink there is no complex step: then the slopes from the left and from the right.
"""

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import mpmath
import numpy as np
import sympy
from sympy.core.relational import Relational

from lib import Dense, Network, Sigmoid, jacobian
from lib.costs import softplus as softplus_of_numbers
from lib.proofs import (
    OpaqueSigmoid,
    Proof,
    entrywise,
    is_zero,
    on_symbols,
    prove_network,
    sigma,
    softplus,
    symbols,
)
from tests.helpers import MPMATH

# How far a road may lie from SymPy's value, as a share of the derivative's largest entry. Rounding
# alone leaves about 1e-16 by hand and by complex step. A central difference loses a third of the
# digits, and more where the function is large beside its slope.
TOLERANCE = {"by hand": 1e-12, "central": 1e-7, "complex": 1e-12, "left": 1e-9, "right": 1e-9}
ONE_SIDED_STEP = 2.0**-10  # the functions with a kink are straight on both sides of it: no need to be near

# One spelling for numbers and for letters


def is_symbolic(x):
    """Whether x is a letter, a formula, or an array of them."""
    return isinstance(x, sympy.Basic) or getattr(x, "dtype", None) == np.dtype(object)


def either(numeric, symbolic):
    """A function of numbers (real or complex) and of letters alike."""
    over_letters = entrywise(symbolic)
    return lambda x: over_letters(x) if is_symbolic(x) else numeric(x)


exp, log, sqrt = either(np.exp, sympy.exp), either(np.log, sympy.log), either(np.sqrt, sympy.sqrt)
tanh, sign = either(np.tanh, sympy.tanh), either(np.sign, sympy.sign)
s, s_plus = either(Sigmoid().formula, sigma), either(softplus_of_numbers, softplus)


def shipped(formula, x):
    """`lib`'s cost or activation for this kind of x: as it is, or with SymPy's functions inside."""
    return on_symbols(formula) if is_symbolic(x) else formula


def sigmoid_for(x):
    return OpaqueSigmoid() if is_symbolic(x) else Sigmoid()


# An entry, and the roads it takes


@dataclass(frozen=True)
class Derivative:
    """One derivative of the book.

    f(x, *given) is differentiated with respect to x; by_hand(x, *given) is the derivative, inputs
    first and outputs last, as `jacobian` has it. Both run on numbers and on letters. `at` and
    `given` are where the numbers are taken: numbers or arrays. `letters` says what SymPy may
    assume: "real"; "positive", where a logarithm asks for it; "one side", each letter with the
    sign of its number, where a function has a kink at zero.
    """

    chapter: str
    name: str
    f: Callable
    by_hand: Callable
    at: object
    given: tuple = ()
    kink: bool = False
    letters: str = "real"

    def numbers(self):
        return np.asarray(self.at, dtype=float), [np.asarray(g, dtype=float) for g in self.given]

    def on_numbers(self, x):
        """The function, of x alone."""
        return self.f(x, *self.numbers()[1])

    def by_hand_on_numbers(self):
        x, given = self.numbers()
        return self.by_hand(x, *given)

    def proofs(self):
        """The formula beside SymPy's derivative, entry by entry, and the number behind each letter."""
        x, given = self.numbers()
        names = ["x", *(f"g{k}" for k in range(1, len(given) + 1))]
        tables = [self.letters_for(n, v) for n, v in zip(names, [x, *given], strict=True)]
        numbers = meaning(zip(tables, [x, *given], strict=True))
        with decided_at(numbers):
            value = np.asarray(self.f(*tables), dtype=object)
            formula = np.asarray(self.by_hand(*tables), dtype=object)
        variables = np.asarray(tables[0], dtype=object)
        shape = variables.shape + value.shape
        if formula.shape != shape:
            raise ValueError(f"{self.name}: expected a derivative of shape {shape}, got {formula.shape}")
        pairs = []
        for i in np.ndindex(variables.shape):
            for j in np.ndindex(value.shape):
                derived = sympy.diff(value[j], variables[i])
                place = ", ".join(str(k + 1) for k in i + j)
                pairs.append(Proof(f"[{place}]" if place else "", exactly(formula[i + j]), derived))
        return pairs, numbers

    def letters_for(self, name, value):
        """Letters in the shape of `value`; one letter for one number."""
        table = symbols(name, *value.shape)
        for index in np.ndindex(value.shape):
            if self.letters == "positive" or (self.letters == "one side" and value[index] > 0):
                table[index] = sympy.Symbol(table[index].name, positive=True)
            elif self.letters == "one side":
                table[index] = sympy.Symbol(table[index].name, negative=True)
        return table[()]


@dataclass(frozen=True)
class BackwardPass(Derivative):
    """The whole way back through a network of `lib`: every input, weight and bias at once.

    One vector holds them all, in the order of `lib.proofs.prove_network`, which is the road of SymPy.
    """

    sizes: tuple = ()
    samples: int = 4
    cost: object = None
    output: object = None  # the last activation, where it is not the sigmoid

    def tables(self, values):
        """The vector, cut into X, W1, b1, W2, b2, ..."""
        shapes = [(self.samples, self.sizes[0])]
        for m, n in pairwise(self.sizes):
            shapes += [(m, n), (1, n)]
        cuts = np.cumsum([m * n for m, n in shapes])[:-1]
        return [part.reshape(shape) for part, shape in zip(np.split(values, cuts), shapes, strict=True)]

    def network(self, values):
        X, *parameters = self.tables(values)
        activations = [Sigmoid()] * (len(self.sizes) - 2) + [self.output or Sigmoid()]
        weights, biases = parameters[::2], parameters[1::2]
        layers = [Dense(*layer) for layer in zip(weights, biases, activations, strict=True)]
        return Network(layers), X

    def on_numbers(self, x):
        network, X = self.network(x)
        return self.cost.formula(network.propagate(X), np.asarray(self.given[0]))

    def by_hand_on_numbers(self):
        network, X = self.network(np.asarray(self.at))
        dC_dX = network.back_propagate(self.cost.slope(network.propagate(X), np.asarray(self.given[0])))
        gradients = [dC_dX] + [g for layer in network.layers for g in (layer.dW, layer.db)]
        return np.concatenate([g.ravel() for g in gradients])

    def proofs(self):
        found = prove_network(self.sizes, self.cost, self.samples, self.output)
        x, (y,) = self.numbers()
        names = ["x"] + [f"{letter}{k}" for k in range(1, len(self.sizes)) for letter in "Wb"]
        tables = [(symbols(name, *v.shape), v) for name, v in zip(names, self.tables(x), strict=True)]
        return found, meaning([*tables, (symbols("y", *y.shape), y)])


def backward_pass(chapter, sizes, samples, cost, output=None):
    """The entry for one network and one cost, at a point drawn with a fixed seed."""
    rng = np.random.default_rng(0)
    count = samples * sizes[0] + sum((m + 1) * n for m, n in pairwise(sizes))
    name = f"{'-'.join(map(str, sizes))}, {samples} rows, {type(cost).__name__}: whole backward pass"
    at, y = rng.normal(size=count), rng.random((samples, sizes[-1]))
    more = {"sizes": sizes, "samples": samples, "cost": cost, "output": output}
    return BackwardPass(chapter, name, None, None, at, (y,), **more)


@contextmanager
def decided_at(numbers):
    """Inside, letters are compared as the numbers behind them.

    So a formula that chooses, as at a kink, takes the piece on which the point lies, and the proof is
    one for that whole piece: an entry for each piece proves all of it.
    """
    undecided = Relational.__bool__
    Relational.__bool__ = lambda relation: bool(relation.subs(numbers) == True)  # noqa: E712, a SymPy object
    try:
        yield
    finally:
        Relational.__bool__ = undecided


def exactly(value):
    """A formula with 1.0 in it is not exact for SymPy; where a float is a whole number, say so."""
    return sympy.Integer(int(value)) if isinstance(value, float) and value.is_integer() else value


def meaning(tables):
    """Which number stands behind each letter."""
    pairs = [(np.asarray(table, dtype=object), value) for table, value in tables]
    return {letter: n for table, value in pairs for letter, n in zip(table.flat, value.flat, strict=True)}


def value_of(expressions, numbers):
    """SymPy's expressions with numbers for the letters, in 30 digits, without NumPy."""
    opaque = {"sigma": MPMATH["sigmoid"], "softplus": MPMATH["softplus"]}
    function = sympy.lambdify(list(numbers), expressions, modules=[opaque, "mpmath"], cse=True)
    with mpmath.workdps(30):
        return np.array([float(v) for v in function(*(mpmath.mpf(float(n)) for n in numbers.values()))])


@dataclass(frozen=True)
class Walk:
    """What the roads say, each a vector of the derivative's entries."""

    name: str
    entries: list
    roads: dict
    exact: list
    refused: list = field(default_factory=list)
    seconds: float = 0.0

    def deviation(self, road):
        """The largest distance from SymPy's value, as a share of the largest entry (if that isn't zero)."""
        reference = self.roads["SymPy"]
        return float(abs(self.roads[road] - reference).max() / (abs(reference).max() or 1))

    @property
    def agrees(self):
        return not self.far and all(self.exact)

    @property
    def far(self):
        """The roads that end too far from SymPy's."""
        # `not <=` and not `>`: nan is no agreement
        return [
            road for road in TOLERANCE if road in self.roads and not self.deviation(road) <= TOLERANCE[road]
        ]

    def report(self):
        """All roads side by side, a line for every entry: what a failing test shows."""
        head = "".join(f"{h:>22}" for h in ["entry", *self.roads]) + "   proof"
        lines = [f"{self.name}: the roads part", head]
        for k, entry in enumerate(self.entries):
            numbers = "".join(f"{values[k]:>22.15g}" for values in self.roads.values())
            lines.append(f"{entry:>22}{numbers}   {'exact' if self.exact[k] else 'REFUSED'}")
        limits = {road: limit for road, limit in TOLERANCE.items() if road in self.roads}
        lines += [f"{r}: {self.deviation(r):.1e} from SymPy, at most {limits[r]:.0e}" for r in limits]
        if {"left", "right"} & {*self.far}:
            lines.append(
                "at a `kink` slopes are measured on straight pieces, as those of abs; a curved piece is written "
                "by `clip` or `where` on the number itself, and needs no `kink`"
            )
        return "\n".join([*lines, *self.refused])


def walk(entry):
    """All roads of one entry. `seconds` is the time of the proof: deriving and comparing."""
    start = time.process_time()  # the processor's own time: what else the machine does, doesn't count
    pairs, numbers = entry.proofs()
    exact = [is_zero(pair.shipped - pair.derived) for pair in pairs]
    seconds = time.process_time() - start

    x = np.asarray(entry.at, dtype=float)
    if entry.kink:
        methods = {"left": ("forward", -ONE_SIDED_STEP), "right": ("forward", ONE_SIDED_STEP)}
    else:
        methods = {"central": ("central", None), "complex": ("complex", None)}
    by_hand = np.asarray(entry.by_hand_on_numbers(), dtype=float)
    roads = {"by hand": by_hand.ravel(), "SymPy": value_of([p.derived for p in pairs], numbers)}
    for road, (method, h) in methods.items():
        measured = jacobian(entry.on_numbers, x, method=method, h=h)
        if measured.shape != by_hand.shape:
            shapes = f"{measured.shape}, got {by_hand.shape}"
            raise ValueError(f"{entry.name}: expected a derivative of shape {shapes}")
        roads[road] = measured.ravel()
    parts = [p for p, ok in zip(pairs, exact, strict=True) if not ok]
    refused = [f"{p.name}: by hand {p.shipped}, SymPy {p.derived}" for p in parts]
    return Walk(entry.name, [p.name for p in pairs], roads, exact, refused, seconds)


# What `make proofs` prints

HEADER = f"{'':50}{'entry':>13}{'by hand':>13}{'SymPy':>13}{'central':>13}{'complex':>13}   "
HEADER += f"{'central':>8}{'complex':>8}  {'proof':8}{'ms':>6}"


def line(walked):
    """One derivative: its largest entry on every road, how far the measured roads lie, the proof."""
    k = int(abs(walked.roads["SymPy"]).argmax())
    place = walked.entries[k].removeprefix("d cost / d ")
    values = "".join(f"{road[k]:>13.6g}" for road in walked.roads.values())
    measured = "".join(f"{walked.deviation(road):>8.0e}" for road in list(walked.roads)[2:])
    kink = "left, right" if "left" in walked.roads else ""
    proof = "exact" if walked.agrees else "REFUSED"
    return f"{walked.name:50}{place:>13}{values}   {measured}  {proof:8}{walked.seconds * 1e3:>6.0f}  {kink}".rstrip()


def main(derivatives):
    """Print every derivative of the book. Returns the number of those on which the roads part."""
    start, chapter, entries, refused, proving = time.process_time(), None, 0, [], 0.0
    print("Each derivative on three roads: the largest entry (its place in the table), then how far the")
    print("measured roads lie from SymPy, relative. At a kink: from the left and from the right.")
    for entry in derivatives:
        if entry.chapter != chapter:
            chapter = entry.chapter
            print(f"\n{chapter}\n{HEADER}")
        walked = walk(entry)
        print(line(walked), flush=True)
        entries, proving = entries + len(walked.entries), proving + walked.seconds
        refused += [] if walked.agrees else [walked]
    for walked in refused:
        print(f"\n{walked.report()}")
    total, seconds = len(derivatives), time.process_time() - start
    print(
        f"\n{total} derivatives, {entries} entries: {total - len(refused)} exact and agreed on every road, "
        f"{len(refused)} refused.\nTime of the processor: {proving:.1f} s for the proofs, {seconds:.1f} s in all."
    )
    return len(refused)
