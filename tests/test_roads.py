"""Every derivative of the book by hand, by SymPy and by numbers; random networks; a second autodiff."""

import time
from dataclasses import replace
from itertools import pairwise

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.cache import clear_cache

from lib import BCE, MSE, RMSE, BCEWithLogits, Dense, Identity, Network, ReLU, Sigmoid, Tanh
from lib.proofs import prove_network
from tests.derivatives import DERIVATIVES
from tests.helpers import ACTIVATIONS, SMOOTH_COSTS, output_for, refuses
from tests.roads import BackwardPass, Derivative, exp, main, walk
from tests.test_network import assert_worth_their_name, referee, shipped

NETWORKS = [entry for entry in DERIVATIVES if isinstance(entry, BackwardPass)]
BY_NAME = {entry.name: entry for entry in DERIVATIVES}


def is_long(entry):
    """Proofs of networks that take seconds: of the larger ones the sample is the cheapest cost."""
    return entry in NETWORKS and entry.sizes != (2, 2, 1) and not isinstance(entry.cost, BCEWithLogits)


@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, id=e.name, marks=[pytest.mark.thorough] if is_long(e) else []) for e in DERIVATIVES],
)
def test_the_roads_meet(entry):
    walked = walk(entry)
    assert walked.agrees, walked.report()
    assert walked.roads["SymPy"].any()  # 0 = 0 would show nothing
    if isinstance(entry, BackwardPass):
        n, samples = entry.sizes, entry.samples
        assert len(walked.entries) == samples * n[0] + sum((m + 1) * k for m, k in pairwise(n))
        assert walked.roads["SymPy"].all()


# The table is whole


def test_every_name_in_the_table_is_one_entry():
    assert len(BY_NAME) == len(DERIVATIVES)
    for road in ("dW", "db", "dA_in"):
        assert f"Dense.backward: {road}" in BY_NAME


def test_the_networks_are_those_of_the_book():
    found = {(entry.sizes, type(entry.cost).__name__) for entry in NETWORKS}
    sizes = [(2, 2, 1), (3, 2, 1), (2, 3, 2, 1)]
    assert found == {(n, cost) for n in sizes for cost in ("MSE", "BCE", "BCEWithLogits")}


# The table can fail


def planted(name, wrong):
    """The entry of this name with `wrong(right, x, *given)` in the place of `right(x, *given)`."""
    honest = BY_NAME[name]
    return replace(honest, by_hand=lambda x, *given: wrong(honest.by_hand, x, *given))


ERRORS = {
    "wrong sign": planted("Contoh 1: x^2 + 2 x^4 + 3", lambda right, x: -right(x)),
    "missing factor": planted("Contoh 3: the same at (1, 2)", lambda right, p: right(p) / [1, 3]),
    "sum inside (S97)": planted("MSE, the gradient in lib", lambda right, p, y: right(p, y).sum() + 0 * p),
    "N forgotten": planted("BCE, the gradient in lib", lambda right, p, y: right(p, y) * 4),
    "textbook's layout": planted("Jacobian of (x1^2 x2, 5 x1 + x2^2)", lambda right, x: right(x).T),
    "sign of the error": planted("MAE, the gradient in lib", lambda right, p, y: abs(right(p, y))),
    "slope of one branch": planted("ReLU, the slope in lib", lambda right, z: 1 + 0 * right(z)),
    "one row for all": planted("dC/dW = A^T D", lambda right, W, A, b, D: A[:1].T @ D[:1]),
    "the second derivative (S40)": planted(
        "f = x^3 after x = a + 2 b", lambda right, p: right(p) * 2 / (p[0] + 2 * p[1])
    ),
    "not a number": planted("one sample: (y_hat - y)^2", lambda right, p, y: right(p, y) * np.nan),
}


@pytest.mark.parametrize("entry", ERRORS.values(), ids=ERRORS)
def test_a_planted_error_is_refused_with_all_values(entry, capsys):
    walked = walk(entry)
    assert not walked.agrees
    report = walked.report()
    assert report.startswith(f"{entry.name}: the roads part")
    roads = ["left", "right"] if entry.kink else ["central", "complex"]
    assert list(walked.roads) == ["by hand", "SymPy", *roads]
    lines = report.splitlines()
    assert lines[1].split() == ["entry", "by", "hand", "SymPy", *roads, "proof"]
    for k, name in enumerate(walked.entries):  # a line for every entry, with its four numbers
        assert lines[2 + k].startswith(f"{name:>22}")
        assert all(f"{values[k]:.15g}" in lines[2 + k] for values in walked.roads.values())
    assert "REFUSED" in report
    assert "by hand " in lines[-1]  # and the two formulas
    assert main([entry]) == 1
    printed = capsys.readouterr().out
    assert report in printed
    assert "0 exact and agreed on every road, 1 refused" in printed


def test_a_formula_that_is_right_at_the_point_only_is_refused_by_the_proof():
    """S40 at x = 2: the numbers agree, as 3 x^2 = 6 x there. The letters don't."""
    lucky = Derivative("", "S40", lambda x: x**3, lambda x: 6 * x, 2)
    walked = walk(lucky)
    assert [walked.deviation(road) < 1e-9 for road in walked.roads] == [True] * 4
    assert walked.exact == [False]
    assert not walked.agrees


def test_a_kink_between_curved_pieces_is_told_how_to_be_written():
    """Huber's cost of one error, bent at 1: right by `abs` and a kink, and refused; by `clip` the roads meet."""
    near = lambda x: np.clip(x, -1, 1)  # noqa: E731, and the slope
    by_abs = lambda x: np.where(abs(x) <= 1, x**2 / 2, abs(x) - 1 / 2)[()]  # noqa: E731
    by_clip = lambda x: near(x) * (x - near(x) / 2)  # noqa: E731
    refused = walk(Derivative("", "by abs", by_abs, near, 0.5, kink=True))
    assert "by `clip` or `where` on the number itself" in refused.report()
    for place in (0.5, 3):
        assert walk(Derivative("", "by clip", by_clip, near, place)).agrees


def test_a_function_that_is_another_one_on_numbers_is_refused_by_the_numbers():
    """The letters are told e^x and the numbers 2^x: the proof holds, the measurements don't."""
    other = Derivative("", "2^x", lambda x: exp(x) if isinstance(x, sympy.Basic) else 2.0**x, exp, 1)
    walked = walk(other)
    assert walked.exact == [True]
    assert walked.deviation("by hand") < 1e-12
    assert walked.deviation("central") > 0.1
    assert walked.deviation("complex") > 0.1
    assert not walked.agrees


def test_a_shape_that_does_not_fit_is_refused():
    for by_hand in (lambda p: 2 * p.reshape(1, 2), lambda p: 2 * p[0]):
        wrong = Derivative("", "square", lambda p: (p * p).sum(), by_hand, [1, 2])
        with refuses("square: expected a derivative of shape (2,), got ("):
            walk(wrong)


def test_what_is_printed(capsys):
    assert main([BY_NAME["Contoh 1: x^2 + 2 x^4 + 3"], BY_NAME["MAE, the gradient in lib"]]) == 0
    printed = capsys.readouterr().out
    (contoh,) = [line for line in printed.splitlines() if line.startswith("Contoh 1")]
    assert contoh.split()[8:12] == ["68"] * 4
    assert "exact" in contoh
    (mae,) = [line for line in printed.splitlines() if line.startswith("MAE")]
    assert mae.endswith("left, right")
    assert mae.count("-0.25") == 4
    assert "2 derivatives, 5 entries: 2 exact and agreed on every road, 0 refused." in printed


# How long a proof takes


def test_the_proof_of_2_2_1_stays_quick():
    """Beside a fixed piece of SymPy's work in the same run: the proof takes about twice as long.

    Where that piece takes 0.125 s, a ratio of 4 is half a second. A proof that lets SymPy simplify, or
    that gives it exponentials in place of the opaque sigma, takes hundreds of times as long.
    """
    x = sympy.symbols("x1:5")

    def quickest(work, runs=3):
        times = []
        for _ in range(runs):
            clear_cache()
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    piece = quickest(lambda: sympy.expand(sum(x) ** 14))
    proof = quickest(lambda: [pair.holds for pair in prove_network((2, 2, 1), MSE())])
    assert proof < 4 * piece


# Any number of layers, against the complex step and against an autodiff that isn't ours

EXAMPLES = 40 * len(ACTIVATIONS)


@st.composite
def cases(draw):
    """A network of 1 to 5 layers with mixed activations, a cost that suits its output, X and y.

    Hypothesis chooses the architecture; a generator with its seed draws the numbers, between -1 and 1:
    in a saturated neuron 1 - a has few digits left, and so has its slope. (Of 16,000 such cases none
    came nearer to the limit of 1e-12 than 6e-13, and nearly all stay below 1e-14.)
    """
    depth = draw(st.integers(1, 5))
    sizes = draw(st.lists(st.integers(1, 5), min_size=depth + 1, max_size=depth + 1))
    activations = draw(st.lists(st.sampled_from(ACTIVATIONS), min_size=depth, max_size=depth))
    cost = draw(st.sampled_from(SMOOTH_COSTS))
    if isinstance(output_for(cost), Sigmoid):
        activations[-1] = Sigmoid()
    samples = draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    layers = [
        Dense(rng.uniform(-1, 1, size=(m, n)), rng.uniform(-1, 1, size=(1, n)), activation)
        for (m, n), activation in zip(pairwise(sizes), activations, strict=True)
    ]
    X, y = rng.uniform(-1, 1, size=(samples, sizes[0])), rng.random((samples, sizes[-1]))
    return Network(layers), cost, X, y


def assert_close(name, shipped, expected, road):
    """Relative to the largest entry of this gradient: to 1e-12."""
    assert shipped.shape == expected.shape
    said = f"{name}: lib\n{shipped}\n{road}\n{expected}"
    assert abs(shipped - expected).max() <= 1e-12 * abs(expected).max(), said


@settings(max_examples=EXAMPLES)
@given(cases())
def test_any_number_of_layers_against_complex_step_and_autograd(case):
    network, cost, X, y = case
    found, by_autograd = shipped(*case), autograd_gradients(*case)
    assert by_autograd is None or list(by_autograd) == list(found)
    for name, (layer, attribute, gradient) in found.items():
        assert_close(name, gradient, referee(network, cost, X, y, layer, attribute), "complex step")
        if by_autograd is not None:
            assert_close(name, gradient, by_autograd[name], "autograd")


def test_hypothesis_tries_what_it_is_asked_to():
    seen = []

    @settings(max_examples=EXAMPLES)
    @given(cases())
    def look(case):
        seen.append(case)

    look()
    assert_worth_their_name(seen, {1, 2, 3, 4, 5})


# HIPS autograd knows nothing of lib: forward pass and costs are written out once more, in its NumPy.
AUTOGRAD_ACTIVATIONS = {
    Identity: lambda z: z,
    Sigmoid: lambda z: 1 / (1 + anp.exp(-z)),
    Tanh: anp.tanh,
    ReLU: lambda z: anp.maximum(z, 0),
}
AUTOGRAD_COSTS = {
    MSE: lambda p, y: anp.mean((p - y) ** 2),
    RMSE: lambda p, y: anp.sqrt(anp.mean((p - y) ** 2)),
    BCE: lambda p, y: -anp.mean(y * anp.log(p) + (1 - y) * anp.log(1 - p)),
    BCEWithLogits: lambda z, y: anp.mean(anp.logaddexp(0, z) - z * y),
}


def autograd_gradients(network, cost, X, y):
    """By name, as `shipped`: what HIPS autograd says of the same numbers.

    None where a formula has not been written out for it: those of the book have.
    """
    used = {type(layer.activation) for layer in network.layers}
    if type(cost) not in AUTOGRAD_COSTS or not used <= set(AUTOGRAD_ACTIVATIONS):
        return None
    names, values = ["X"], [X]
    for k, layer in enumerate(network.layers, start=1):
        names, values = [*names, f"W{k}", f"b{k}"], [*values, layer.W, layer.b]
    functions = [AUTOGRAD_ACTIVATIONS[type(layer.activation)] for layer in network.layers]

    def cost_of(values):
        A, *parameters = values
        for activation, W, b in zip(functions, parameters[::2], parameters[1::2], strict=True):
            A = activation(A @ W + b)
        return AUTOGRAD_COSTS[type(cost)](A, y)

    return dict(zip(names, autograd.grad(cost_of)(values), strict=True))


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.name)
def test_autograd_agrees_on_the_networks_of_the_book(entry):
    network, X = entry.network(entry.at)
    expected = autograd_gradients(network, entry.cost, X, entry.given[0])
    flat = np.concatenate([gradient.ravel() for gradient in expected.values()])
    assert_close(entry.name, entry.by_hand_on_numbers(), flat, "autograd")


def test_a_planted_error_is_refused_by_complex_step_and_by_autograd():
    """S101 in the deepest network: the slope of the last layer in the place of each layer's own."""
    rng = np.random.default_rng(0)
    network = Network.random((2, 3, 3, 3, 3, 1), Tanh(), rng)
    X, y = rng.normal(size=(4, 2)), rng.random((4, 1))
    dC_dA = MSE().gradient(network.forward(X), y)
    expected = autograd_gradients(network, MSE(), X, y)
    for layer in network.layers:
        layer.A = network.layers[-1].A
    network.back_propagate(dC_dA)
    first, last = network.layers[0], network.layers[-1]
    assert_close("W5", last.dW, expected["W5"], "autograd")
    planted_dW = first.dW
    for right in (expected["W1"], referee(network, MSE(), X, y, first, "W")):
        with pytest.raises(AssertionError, match="W1: lib"):
            assert_close("W1", planted_dW, right, "another road")
