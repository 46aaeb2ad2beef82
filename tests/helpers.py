"""What many tests need: the formulas of `lib`, refusals in a sentence, the cells of the notebooks.

Nothing is listed here. A new activation, cost or chapter is found where it stands, and so tested by
everything that tests its kind; what it lacks is named in a sentence.
"""

import copy
import json
import re
from contextlib import contextmanager
from pathlib import Path

import mpmath
import numpy as np
import pytest
import yaml

from lib import activations, costs
from tests import ROOT


def kinds(room, door):
    """An object of every class that a room of `lib` defines, but for the one that is their door."""
    own = [
        kind for kind in vars(room).values() if isinstance(kind, type) and kind.__module__ == room.__name__
    ]
    return [kind() for kind in own if kind is not door]


def name_of(formula):
    return type(formula).__name__


ACTIVATIONS = kinds(activations, activations.Activation)
COSTS = kinds(costs, costs.Cost)
SMOOTH_COSTS = [cost for cost in COSTS if cost.smooth]  # the others drop the imaginary part at their kink
every_activation = pytest.mark.parametrize("activation", ACTIVATIONS, ids=name_of)
every_cost = pytest.mark.parametrize("cost", COSTS, ids=name_of)
every_smooth_cost = pytest.mark.parametrize("cost", SMOOTH_COSTS, ids=name_of)


def mp_array(numbers):
    """The same numbers as mpmath has them, in as many digits as it works with just now."""
    return np.vectorize(mpmath.mpf, otypes=[object])(np.asarray(numbers, dtype=float))


MPMATH = {name: getattr(mpmath, name) for name in ("exp", "log", "sqrt", "tanh", "sign")}
MPMATH["sigmoid"] = lambda z: 1 / (1 + mpmath.exp(-z))
MPMATH["softplus"] = lambda z: mpmath.log1p(mpmath.exp(z))


def in_40_digits(formula):
    """The shipped lines of an activation or a cost, with mpmath's functions in the place of NumPy's."""
    formula = copy.copy(formula)
    for name, function in MPMATH.items():
        if hasattr(formula, name):
            setattr(formula, name, np.vectorize(function, otypes=[object]))
    return formula


def off(found, exact):
    """The largest error, as a share of the exact value; where that is below 1, as it is."""
    pairs = zip(np.ravel(found).tolist(), np.ravel(exact), strict=True)
    return float(max(abs(f - e) / max(abs(e), 1) for f, e in pairs))


def runs_on_symbols(prove, formula):
    """Whether the lines of an activation or a cost run on any symbols: they do not choose, as at a kink."""
    try:
        prove(formula)
    except ValueError:
        return False
    return True


def accepts(cost, prediction):
    """Whether a cost lets this one number in as a prediction: BCE takes probabilities only."""
    try:
        cost.check(np.array([[prediction]]), np.zeros((1, 1)))
    except ValueError:
        return False
    return True


def output_for(cost):
    """The activation that a network ends in, so that its predictions suit the cost."""
    return activations.Identity() if accepts(cost, 2.0) else activations.Sigmoid()


def parameters(network):
    return [array for layer in network.layers for array in (layer.W, layer.b)]


def same(left, right):
    """Whether two networks have the same parameters, to the last bit."""
    pairs = zip(parameters(left), parameters(right), strict=True)
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@contextmanager
def refuses(sentence):
    """Inside, a ValueError is raised, and every part of the sentence (between " ... ") stands in its text."""
    with pytest.raises(ValueError) as refused:  # noqa: PT011, its text is compared below
        yield
    assert all(part in str(refused.value) for part in sentence.split(" ... ")), str(refused.value)


def course():
    """The chapters of the course, in their order: those that _toc.yml numbers."""
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]
    files = [page["file"] for part in parts if part.get("numbered") for page in part["chapters"]]
    return [file.removeprefix("chapters/") for file in files]


def stored(notebook):
    """The cells of a notebook as they are stored, the source of each as one text."""
    cells = json.loads(Path(notebook).read_text("utf-8"))["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in cells]


def asked(source):
    """[(ask or recall, the name of a question)] of a cell."""
    found = re.findall(r"(?m)^(ask|recall)\(([^)]*)\)", source)
    return [(call, name) for call, names in found for name in re.findall(r'"([^"]*)"', names)]


def cells(notebook, kind):
    """The sources of a notebook's cells of one kind, "code" or "markdown"."""
    return [cell["source"] for cell in stored(notebook) if cell["cell_type"] == kind]
