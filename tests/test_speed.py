"""How fast `lib` has to be: ratios within one run, each with room for a busy machine.

The contestants take turns, and what is compared is the best turn of each, in processor time:
another process can only make a turn slower. `make bench` measures the same with more care.
"""

import json
from importlib.resources import files
from time import process_time

import numpy as np
import pytest

from benchmarks import cases, contestants, measure, naive, report
from lib import MSE, Network, Sigmoid, train, xor
from tests.helpers import same

X, y = xor()
START = Network.random((2, 2, 1), Sigmoid(), np.random.default_rng(1))
RATES = np.geomspace(0.1, 10, 64)


def task(epochs):
    pairs = [(layer.W, layer.b) for layer in START.layers]
    return contestants.Task(pairs, X, y, "mse", learning_rate=5.0, epochs=epochs, record_every=100)


def best_ratio(one, other, rounds=30):
    """How much longer `one` takes than `other`: the best of many short turns of each."""
    times = measure.race({"one": one, "other": other}, rounds=rounds, least=0.002, clock=process_time)
    return times["one"].min() / times["other"].min()


def test_an_xor_epoch_takes_at_most_seven_tenths_of_the_naive_version():
    runs, _ = contestants.together(task(500), [contestants.with_lib, contestants.naive_numpy])
    assert best_ratio(runs["lib"], runs["naive NumPy"]) <= 0.7


def many(copies, rate):
    network = START.copies(*copies)
    train(network, MSE(), X, y, learning_rate=rate, epochs=100, record_every=100)
    return network


def test_64_learning_rates_take_at_most_three_times_as_long_as_one():
    assert best_ratio(lambda: many((64,), RATES), lambda: many((), 5.0)) <= 3


def test_the_64_slices_are_bitwise_the_single_runs():
    together = many((64,), RATES)
    assert all(same(together.run(k), many((), rate)) for k, rate in enumerate(RATES))


@pytest.mark.parametrize("prepare", [contestants.numpy_without_classes, contestants.naive_numpy])
def test_contestants_learn_the_same(prepare):
    (ours, costs), (theirs, other_costs) = contestants.with_lib(task(500))(), prepare(task(500))()
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)
    np.testing.assert_allclose(costs, other_costs, rtol=1e-9)
    assert costs[-1] < 0.5 * costs[0]


@pytest.mark.parametrize("cost", ["mse", "bce"])
def test_the_naive_version_draws_the_same_mini_batches(cost):
    rng = np.random.default_rng(3)
    X, y = rng.random((50, 4)), rng.random((50, 3)).round()
    own = contestants.Task(cases.random_start(4, 5, 3), X, y, cost, 0.5, 3, 1, batch_size=16)
    runs, missing = contestants.together(own, [contestants.with_lib, contestants.naive_numpy])
    assert list(runs) == ["lib", "naive NumPy"]
    assert missing == {}


def test_who_learns_something_else_is_refused(monkeypatch):
    monkeypatch.setitem(naive.COSTS, "mse", (naive.mse, lambda y_hat, y: (y_hat - y) / y.size))
    with pytest.raises(ValueError, match="naive NumPy: expected the weights"):
        contestants.together(task(50), [contestants.with_lib, contestants.naive_numpy])


def test_who_computes_with_short_floats_is_refused(monkeypatch):
    def short(task):
        parameters, costs = contestants.with_lib(task)()
        return lambda: ([p.astype(np.float32) for p in parameters], costs)

    monkeypatch.setitem(contestants.NAMES, short, "short")
    with pytest.raises(ValueError, match="short: expected"):
        contestants.together(task(0), [contestants.with_lib, short])


def test_who_is_missing_is_named(monkeypatch):
    def absent(task):
        raise ImportError("No module named 'absent'")

    monkeypatch.setitem(contestants.NAMES, absent, "Absent")
    runs, missing = contestants.together(task(1), [contestants.with_lib, absent])
    assert list(runs) == ["lib"]
    assert missing == {"Absent": "not here: No module named 'absent'"}
    case = {"title": "t", "unit": "s", "about": "a", "rows": [], "missing": missing}
    assert "Absent   not here: No module named 'absent'" in report.printed(case)


def test_the_contestants_take_turns():
    order = []
    clock = iter(range(1000)).__next__
    runs = {name: (lambda name=name: order.append(name)) for name in "AB"}
    times = measure.race(runs, rounds=3, least=1, clock=clock)
    assert "".join(order) == "AABB" + "AB" * 3
    assert all((own == 1).all() and len(own) == 3 for own in times.values())


def test_ratios_are_taken_within_a_round():
    times = {"A": np.array([1.0, 2.0, 3.0]), "B": np.array([2.0, 4.0, 6.0])}
    rows = measure.ranking(times, to="A", scale=1000)
    assert rows[1] == {"name": "B", "time": [4000, 3000, 5000], "ratio": [2, 2, 2]}


def test_the_exponent_of_a_power():
    sizes = np.array([2.0, 4, 8, 16])
    assert measure.exponent(sizes, 3 * sizes**1.7) == pytest.approx(1.7)


def test_calls_of_numpy_are_counted():
    """By hand: 6 a layer forward, 3 for the cost's slope, 5 a layer back, one between them, 4 a layer updated."""
    assert cases.array_operations() == 2 * 6 + 3 + 2 * 5 + 1 + 2 * 4


def test_goals_compare_in_their_direction():
    def rows(name, value):
        return {"rows": [{"name": name, "time": [value] * 3, "ratio": [value] * 3}]}

    empty = {name: {"rows": []} for name, *_ in report.GOALS}
    for value, reached in ((2.5, True), (2.6, False)):
        (goal,) = report.goals(empty | {"runs": rows("64 runs at once", value)})
        assert goal["reached"] is reached
    for value, reached in ((10, True), (9.9, False)):
        (goal,) = report.goals(empty | {"xor": rows("HIPS autograd", value)})
        assert goal["reached"] is reached


def test_the_results_are_complete_and_name_no_host():
    results = json.loads((files("lib.figures") / "speed.json").read_text("utf-8"))
    assert set(results["machine"]) == {"processor", "cores", "system", "threads used"}
    assert {"date", "versions", "cases", "growth", "goals", "array_operations"} <= set(results)
    for prepare, name in contestants.NAMES.items():
        named = [
            case for case in results["cases"].values() if name in str(case["rows"]) + str(case["missing"])
        ]
        assert named, prepare
    assert {"exponent", "expected", "sizes", "seconds"} <= set(results["growth"]["width"])
