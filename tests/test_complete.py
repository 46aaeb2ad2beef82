"""What a new part of the course needs beside itself: what is missing is named in a sentence.

An activation, a cost, a room or a statement is found where it stands, and tested by all that tests
its kind. Here is asked for what cannot be found: the proof, the line in the notation, the plants.
"""

import pytest

import lib
from lib import activations, calculus, costs, datasets, descent, network
from tests.derivatives import DERIVATIVES
from tests.helpers import ACTIVATIONS, COSTS, ROOT, name_of
from tests.plants import PLANTED
from tests.test_imports import MATHEMATICS

NOTATION = (ROOT / "chapters" / "notation.md").read_text("utf-8")


def missing(formula, room, slope, entries=DERIVATIVES, notation=NOTATION):
    """What an activation or a cost lacks, as sentences that say what to do."""
    name, file = name_of(formula), room.__name__.replace(".", "/") + ".py"
    wanted = {
        f"a docstring in {file}: its formula and its slope": type(formula).__doc__,
        f"a method `formula` in {file}": hasattr(formula, "formula"),
        f"a method `{slope}` in {file}": hasattr(formula, slope),
        f"its name in __all__ of {file}": name in room.__all__,
        f"a row that ends in `{name}()` in chapters/notation.md": f"| `{name}()` |" in notation,
        f"an entry “{name}, the …” in tests/derivatives.py, which proves its slope": any(
            entry.name.startswith(f"{name}, the ") for entry in entries
        ),
    }
    return [f"{name}: expected {what}" for what, there in wanted.items() if not there]


@pytest.mark.parametrize("formula", ACTIVATIONS, ids=name_of)
def test_an_activation_has_all_that_it_needs(formula):
    lacking = missing(formula, activations, "derivative")
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("formula", COSTS, ids=name_of)
def test_a_cost_has_all_that_it_needs(formula):
    lacking = missing(formula, costs, "slope")
    assert not lacking, "\n".join(lacking)


def test_what_is_missing_is_named():
    class Bare(costs.Cost):
        __doc__ = None

    assert missing(Bare(), costs, "slope", [], "") == [
        "Bare: expected a docstring in lib/costs.py: its formula and its slope",
        "Bare: expected a method `formula` in lib/costs.py",
        "Bare: expected a method `slope` in lib/costs.py",
        "Bare: expected its name in __all__ of lib/costs.py",
        "Bare: expected a row that ends in `Bare()` in chapters/notation.md",
        "Bare: expected an entry “Bare, the …” in tests/derivatives.py, which proves its slope",
    ]


def test_lib_offers_what_its_rooms_offer():
    for room in (activations, calculus, costs, datasets, descent, network):
        for name in room.__all__:
            assert getattr(lib, name) is getattr(room, name), f"{name}: expected it in lib"
    assert lib.__version__.count(".") == 2


def test_every_room_of_the_mathematics_is_planted():
    bare = sorted(set(MATHEMATICS) - set(PLANTED))
    assert bare == [], (
        f"expected these rooms in PLANTED of tests/plants.py, so that errors are planted in them: {bare}"
    )
