"""Every planted error is refused, or there is a written reason why it changes nothing.

One module of `lib` in `make test`, all of them in `make test-all` and in `make plants`.
"""

import sys
import time
from pathlib import Path

import pytest

import lib
from tests import plants
from tests.harmless import PATTERNS
from tests.planting import OPERATORS
from tests.planting import plants as planted


@pytest.fixture(scope="module")
def checks():
    return plants.Checks()


@pytest.fixture(scope="module")
def verdicts(checks):
    start = time.process_time()
    found = plants.judged(checks)
    print(plants.report(found, time.process_time() - start))
    return found


@pytest.mark.thorough
def test_every_plant_is_refused_or_has_a_reason(verdicts):
    assert [str(v) for v in plants.survivors(verdicts)] == []


@pytest.mark.thorough
def test_no_reason_is_stale(verdicts):
    assert plants.stale(verdicts) == []


@pytest.mark.thorough
def test_reasons_are_few(verdicts):
    assert 30 * sum(v.how is None for v in verdicts) < len(verdicts)


@pytest.mark.thorough
def test_the_gradient_checks_see_the_mathematics(verdicts):
    """They alone refuse nine in ten of what is planted in the activations' lines, and none in the update."""

    def share(room, lines=("",)):
        here = [v for v in verdicts if v.room == room and v.plant.where.endswith(lines)]
        return sum(v.by in plants.GRADIENT_CHECKS for v in here) / len(here)

    assert share("activations", (".formula", ".derivative")) > 0.9  # the door is no mathematics
    assert share("costs") > 0.7
    assert share("descent") == 0


def test_every_plant_in_the_activations_is_refused_or_has_a_reason(checks):
    """A sample: what the thorough tests ask of every module."""
    assert [str(v) for v in plants.survivors(plants.judged(checks, ["activations"]))] == []


# The planting


def after(line, head="def f(self, A, W, b):"):
    """What one line becomes."""
    return {p.after for p in planted(f"{head}\n    {line}\n", "f") if p.where == "f"}


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        ("A - b", {"A + b", "b - A", "A", "b", "-(A - b)"}),
        ("A.mT @ W", {"A @ W", "A.mT * W", "A.mT @ W.mT", "W @ A.mT"}),
        ("2 * W / A", {"W / A", "2 * W", "3 * W / A", "2 * W * A"}),
        ("A.sum(axis=-2, keepdims=True)", {"A.sum(axis=-1, keepdims=True)", "A.sum(axis=0, keepdims=True)"}),
        ("A.sum(axis=-2, keepdims=True)", {"A.sum(axis=-2)", "A.sum(axis=-2, keepdims=False)"}),
        ("A.sum(axis=-2, keepdims=True)", {"A.mean(axis=-2, keepdims=True)"}),
        ("A[:0:-1]", {"A[::-1]", "A[:0]", "A[:0:1]", "A"}),
        ("A > 0", {"A >= 0", "A < 0", "W > 0"}),
        ("A if A and not b else W", {"W", "A if A or not b else W", "A if A and b else W"}),
        ("g(A, W)", {"g(W, A)", "g(A, A)", "W", "(dropped)"}),
    ],
)
def test_what_is_planted(line, errors):
    assert errors <= {new.removeprefix("return ") for new in after(f"return {line}")}


def test_texts_are_left_alone():
    assert after('"""1 + 2"""') == set()
    refusing = planted('if x:\n    raise ValueError(f"{1 + 2}", 3)\n', "f")
    assert {p.after for p in refusing} == {"(dropped)", "if not x:"}


def test_lines_change_places_where_that_can_matter():
    source = "def f(a, b):\n    a = b\n    b = a\n    c = 1\n    return b\n"
    swapped = [(p.before, p.after) for p in planted(source, "f") if p.operator == "swap statements"]
    assert swapped == [("a = b", "(after) b = a")]
    update = "network.back_propagate(slope)\nfor layer in network.layers:\n    layer.W = 0\n"
    assert "(after) for layer in network.layers:" in {p.after for p in planted(update, "f")}


def test_every_operator_finds_a_place():
    missing = {operator.__name__.replace("_", " ") for operator in OPERATORS}
    missing |= {"drop a statement", "swap statements"}
    for _, plant in plants.planted_in():
        missing.discard(plant.operator)
        if not missing:  # no need to plant them all
            break
    assert missing == set()


# The judge


def in_memory(room, old, new):
    """(room, plant): what `judge` takes."""
    text = plants.source(f"lib.{room}").read_text("utf-8")
    assert text.count(old) == 1
    everything = range(1, text.count("\n") + 1)
    code = compile(text.replace(old, new), str(plants.source(f"lib.{room}")), "exec")
    return room, plants.Plant("", everything, "by hand", old, new, code)


def half_the_slope():
    return in_memory("costs", "return 2 * E / entries(E)", "return E / entries(E)")


def test_what_changes_nothing_survives(checks):
    same = in_memory("costs", "return 2 * E / entries(E)", "return (E + E) / entries(E)")
    assert checks.judge(*same) == (None, None)


def test_a_wrong_value_is_refused_by_a_gradient_check(checks):
    how, by = checks.judge(*half_the_slope())
    assert how == "value"
    assert by in plants.GRADIENT_CHECKS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("self.A_in.mT @", "self.A_in.mTT @"),
        ("import numpy as np", "import nump as np"),
        ("for layer in self.layers:", "while True:"),
    ],
)
def test_what_cannot_run_or_never_ends_is_an_exception(checks, monkeypatch, old, new):
    monkeypatch.setattr(plants, "SECONDS", 0.2)
    how, by = checks.judge(*in_memory("network", old, new))
    assert how == "exception"
    assert (by == "import") == ("import" in old)


def test_a_gap_in_the_checks_shows(checks, monkeypatch):
    """Without checks every plant survives; and a reason for a plant that is refused is stale."""
    monkeypatch.setattr(checks, "cases", [])
    room, plant = half_the_slope()
    lost = plants.Verdict(room, plant, *checks.judge(room, plant))
    assert plants.survivors([lost]) == [lost]
    assert "SURVIVED, without a reason" in plants.report([lost], 0)
    assert plants.stale([lost]) == sorted(PATTERNS)


def test_the_house_is_as_it_was(checks):
    shipped, files = sys.modules["lib.costs"], sorted(Path(lib.__file__).parent.glob("*.py"))
    kept = [path.read_bytes() for path in files]
    checks.judge(*half_the_slope())
    assert sys.modules["lib.costs"] is shipped
    assert lib.MSE is shipped.MSE
    assert [path.read_bytes() for path in files] == kept


def test_every_gradient_check_is_there(checks):
    assert {case.name for case in checks.cases} >= plants.GRADIENT_CHECKS
