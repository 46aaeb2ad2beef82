"""Layers and networks: numbers by hand, every gradient against the complex step, shapes, doors."""

import math
from itertools import pairwise

import numpy as np
import pytest

from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.calculus import gradient
from lib.costs import BCE, MAE, MSE, BCEWithLogits
from lib.datasets import xor
from lib.network import Dense, Network
from tests.helpers import ACTIVATIONS, SMOOTH_COSTS, output_for, parameters, refuses, same

SEEDS = range(20 * len(ACTIVATIONS))


def generator(seed=0):
    return np.random.default_rng(seed)


def small(activation=None, **more):
    return Network.random((2, 2, 1), activation or Sigmoid(), generator(), **more)


# Forward


def test_a_neuron_by_hand():
    layer = Dense([[2.0], [-1.0], [0.5]], [[0.25]], Identity())
    assert layer.forward(np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]])).tolist() == [[2.25], [0.25]]


def test_the_3_2_1_network_as_scalars():
    """S1 to S4: the same numbers by two nested loops and math.exp."""
    network = Network.random((3, 2, 1), Sigmoid(), generator(7))
    X = generator(8).normal(size=(5, 3))
    (W1, b1), (W2, b2) = [(layer.W, layer.b) for layer in network.layers]
    y_hat = network.forward(X)
    assert y_hat.shape == (5, 1)
    for n in range(5):
        hidden = [sum(X[n, i] * W1[i, j] for i in range(3)) + b1[0, j] for j in range(2)]
        hidden = [1 / (1 + math.exp(-z)) for z in hidden]
        z = sum(hidden[j] * W2[j, 0] for j in range(2)) + b2[0, 0]
        assert y_hat[n, 0] == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-14)


def test_backward_by_hand():
    """One neuron, one sample, C = (a w - y)^2: every derivative is one product."""
    network = Network([Dense([[3.0]], [[1.0]], Identity())])
    y_hat = network.forward([[2.0]])  # 7
    dC_dX = network.backward(MSE().gradient(y_hat, [[5.0]]))  # dC/dy_hat = 2 (7 - 5) = 4
    assert (network.layers[0].dW, network.layers[0].db, dC_dX) == (8, 4, 12)


def test_the_bias_collects_every_row():
    network = Network([Dense(np.ones((2, 3)), np.zeros((1, 3)), Identity())])
    network.forward(np.arange(8).reshape(4, 2))
    network.backward(np.arange(12.0).reshape(4, 3))
    assert network.layers[0].db.tolist() == [[18, 22, 26]]
    assert network.layers[0].dW.tolist() == [[84, 96, 108], [102, 118, 134]]


# Every gradient against the complex step


def referee(network, cost, X, y, layer=None, name=None, method="complex"):
    """d cost / d (layer.name), or d cost / dX without a layer, by numbers."""
    if layer is None:
        X = np.broadcast_to(X, (*network.runs, *X.shape[-2:]))
        return gradient(lambda v: cost.formula(network.propagate(v), y).sum(), X, method=method)
    kept = getattr(layer, name)

    def total(v):
        setattr(layer, name, v)
        try:
            return cost.formula(network.propagate(X), y).sum()
        finally:
            setattr(layer, name, kept)

    return gradient(total, kept, method=method)


def shipped(network, cost, X, y):
    """{X, W1, b1, ...: (its layer, W or b, the gradient that lib computes)}."""
    found = {"X": (None, None, network.backward(cost.gradient(network.forward(X), y)))}
    for k, layer in enumerate(network.layers, start=1):
        found |= {f"W{k}": (layer, "W", layer.dW), f"b{k}": (layer, "b", layer.db)}
    return found


def random_case(seed):
    """A network of 1 to 4 layers with mixed activations, a cost that suits its output, data.

    Weights shrink with the width: in a saturated neuron 1 - a has few digits left, and so has its slope.
    """
    rng = generator(seed)
    sizes = [int(n) for n in rng.integers(1, 6, size=rng.integers(2, 6))]
    runs = [(), (), (3,), (2, 2)][rng.integers(4)]
    cost = SMOOTH_COSTS[rng.integers(len(SMOOTH_COSTS))]
    activations = [ACTIVATIONS[k] for k in rng.integers(len(ACTIVATIONS), size=len(sizes) - 1)]
    if isinstance(output_for(cost), Sigmoid):
        activations[-1] = Sigmoid()
    layers = [
        Dense(rng.normal(size=(*runs, m, n)) / m**0.5, rng.normal(size=(*runs, 1, n)), activation)
        for (m, n), activation in zip(pairwise(sizes), activations, strict=True)
    ]
    samples = int(rng.integers(1, 6))
    X = rng.normal(size=(*(runs if rng.random() < 0.3 else ()), samples, sizes[0]))
    y = rng.integers(0, 2, size=(samples, sizes[-1])).astype(float)
    return Network(layers), cost, X, y


@pytest.mark.parametrize("seed", SEEDS)
def test_every_gradient_against_complex_step(seed):
    case = random_case(seed)
    for layer, name, slope in shipped(*case).values():
        exact = referee(*case, layer, name)
        assert slope.shape == exact.shape
        assert abs(slope - exact).max() <= 1e-12 * abs(exact).max()


def assert_worth_their_name(cases, depths):
    """Every depth, every activation in each hidden place, every cost; some mixed, and few dead."""
    networks = [network for network, *_ in cases]
    assert {len(network.layers) for network in networks} == depths
    places = {(type(layer.activation), k) for network in networks for k, layer in enumerate(network.layers)}
    assert {(type(a), k) for a in ACTIVATIONS for k in range(4)} <= places
    assert {type(cost) for _, cost, *_ in cases} == {type(cost) for cost in SMOOTH_COSTS}
    assert max(len({type(layer.activation) for layer in network.layers}) for network in networks) >= 3
    alive = sum(abs(shipped(*case)["X"][2]).max() > 0 for case in cases)
    assert alive > 0.75 * len(cases)  # zero compared with zero shows nothing


def test_the_random_cases_are_worth_their_name():
    cases = [random_case(seed) for seed in SEEDS]
    assert_worth_their_name(cases, {1, 2, 3, 4})
    assert {network.runs for network, *_ in cases} == {(), (3,), (2, 2)}


def test_every_gradient_with_mae_against_central_difference():
    network = Network.random((3, 4, 2), Tanh(), generator(3))
    case = network, MAE(), generator(4).normal(size=(5, 3)), generator(5).normal(size=(5, 2))
    for layer, name, slope in shipped(*case).values():
        assert referee(*case, layer, name, method="central") == pytest.approx(slope, abs=1e-8)


# Shapes


@pytest.mark.parametrize("runs", [(), (5,), (2, 3), (1,), (4, 1, 2)], ids=str)
@pytest.mark.parametrize("samples", [1, 4])
@pytest.mark.parametrize("sizes", [(1, 1), (3, 2, 1), (2, 3, 4), (1, 5, 2, 3)], ids=str)
def test_every_shape(sizes, samples, runs):
    network = Network.random(sizes, Sigmoid(), generator(), runs=runs)
    assert network.runs == runs
    for X in (np.ones((samples, sizes[0])), np.ones((*runs, samples, sizes[0]))):
        y_hat = network.forward(X)
        assert y_hat.shape == (*runs, samples, sizes[-1])
        assert network.backward(y_hat).shape == (*runs, samples, sizes[0])
        for layer, (m, n) in zip(network.layers, pairwise(sizes), strict=True):
            assert layer.W.shape == layer.dW.shape == (*runs, m, n)
            assert layer.b.shape == layer.db.shape == (*runs, 1, n)
            assert layer.A.shape == (*runs, samples, n)


@pytest.mark.parametrize("runs", [(), (3,)], ids=str)
def test_without_inputs_the_rest_is_the_same(runs):
    network = Network.random((3, 4, 2), Tanh(), generator(), runs=runs)
    y_hat = network.forward(generator(1).normal(size=(5, 3)))
    assert network.backward(y_hat, inputs=False) is None
    kept = [(layer.dW, layer.db) for layer in network.layers]
    assert network.backward(y_hat) is not None
    for layer, (dW, db) in zip(network.layers, kept, strict=True):
        assert np.array_equal(layer.dW, dW)
        assert np.array_equal(layer.db, db)


@pytest.mark.parametrize("runs", [(4,), (2, 3)], ids=str)
def test_slices_are_bitwise_single_networks(runs):
    network = Network.random((3, 4, 2), Sigmoid(), generator(), runs=runs)
    X, y = generator(1).normal(size=(7, 3)), generator(2).normal(size=(7, 2))
    y_hat = network.forward(X)
    dC_dX = network.backward(MSE().gradient(y_hat, y))
    for index in np.ndindex(runs):
        one = network.run(index)
        assert one.runs == ()
        assert np.array_equal(one.forward(X), y_hat[index])
        assert np.array_equal(one.backward(MSE().gradient(y_hat[index], y)), dC_dX[index])
        for single, many in zip(one.layers, network.layers, strict=True):
            assert np.array_equal(single.dW, many.dW[index])
            assert np.array_equal(single.db, many.db[index])


# Nothing is written into, nothing warns


def test_neither_way_moves_the_parameters_or_the_data():
    rng = generator(1)
    given = [rng.normal(size=s) for s in [(2, 2), (1, 2), (2, 1), (1, 1), (4, 2), (4, 1)]]
    kept = [array.copy() for array in given]
    for array in given:
        array.flags.writeable = False
    W1, b1, W2, b2, X, dC_dA = given
    network = Network([Dense(W1, b1, Sigmoid()), Dense(W2, b2, Sigmoid())])
    network.forward(X)
    network.backward(dC_dA)
    for array, before in zip([*given, *parameters(network)], [*kept, *kept[:4]], strict=True):
        assert np.array_equal(array, before)


def test_z_of_800_passes_the_door_without_a_warning():
    X = np.array([[800.0], [-800.0]])
    sigmoid, tanh, relu, logits = (
        Network([Dense([[1.0]], [[0.0]], activation)])
        for activation in (Sigmoid(), Tanh(), ReLU(), Identity())
    )
    assert sigmoid.forward(X).tolist() == [[1], [0]]
    assert tanh.forward(X).tolist() == [[1], [-1]]
    assert relu.forward(X).tolist() == [[800], [0]]
    slope = sigmoid.backward(MSE().gradient(sigmoid.forward(X), [[0], [1]]))
    assert slope.tolist() == [[0], [0]]  # saturated: the slope of the sigmoid is gone
    dC_dX = sigmoid.backward(BCE().gradient(sigmoid.forward(X), [[0], [1]]))
    assert np.isnan(dC_dX).all()  # inf * 0
    z = logits.forward(X)
    assert BCEWithLogits().value(z, [[0], [1]]) == 800
    logits.backward(BCEWithLogits().gradient(z, [[0], [1]]))
    assert logits.layers[0].dW == 800  # (800 * 1/2) + (-800 * -1/2): from logits it is not


def test_an_overflow_passes_the_door_without_a_warning():
    network = Network([Dense([[1e308], [1e308]], [[0]], Identity())])
    assert network.forward([[10, 10]]) == np.inf


# Random, runs, copies


def test_random_is_what_the_generator_says():
    rng = generator(3)
    network = Network.random([2, 3, 1], Tanh(), generator(3), output=Identity())
    for layer, (m, n) in zip(network.layers, [(2, 3), (3, 1)], strict=True):
        assert np.array_equal(layer.W, rng.normal(size=(m, n)))
        assert np.array_equal(layer.b, rng.normal(size=(1, n)))


def test_output_is_the_last_activation():
    kinds = [type(a.activation) for a in Network.random((2, 2, 2, 1), Tanh(), generator(), Identity()).layers]
    assert kinds == [Tanh, Tanh, Identity]
    assert [type(a.activation) for a in small(ReLU()).layers] == [ReLU, ReLU]


def test_runs_differ_and_copies_do_not():
    many = small(runs=6)
    assert len(np.unique(many.layers[0].W[:, 0, 0])) == 6
    assert Network.random((2, 1), Tanh(), generator(), runs=[2, 3]).runs == (2, 3)
    one = small()
    for runs in [(4,), (2, 3)]:
        copies = one.copies(*runs)
        assert copies.runs == runs
        assert not np.shares_memory(copies.layers[0].W, one.layers[0].W)
        for index in np.ndindex(runs):
            assert same(copies.run(index), one)
            for left, right in zip(copies.run(index).layers, one.layers, strict=True):
                assert left.activation is right.activation


def test_run_takes_a_slice_of_the_runs():
    many = small(runs=5)
    assert many.run(slice(1, 3)).runs == (2,)
    assert np.array_equal(many.run(-1).layers[1].W, many.layers[1].W[4])
    assert np.array_equal(many.run(np.arange(5) > 2).layers[0].W, many.layers[0].W[3:])


# Conversion


@pytest.mark.parametrize("kind", [np.uint8, bool, np.float32, list])
def test_numbers_of_another_kind_are_converted(kind):
    def cast(table):
        return table if kind is list else np.array(table, dtype=kind)

    layer = Dense(cast([[1], [0]]), cast([[True]]), Identity())
    assert layer.W.dtype == layer.b.dtype == float
    network = Network([layer])
    assert network.forward(cast([[1, 0]])).tolist() == [[2]]
    assert network.forward(cast([[1, 0]])).dtype == float
    network.backward([[1]])
    assert layer.dW.tolist() == [[1], [0]]


def test_symbols_stay_what_they_are():
    layer = Dense(np.array([[object()]]), np.array([[object()]]), Identity())
    assert layer.W.dtype == layer.b.dtype == object


# Doors

ONES = np.ones((2, 2))


class Half:
    """One of the two functions of an activation, the other as a number."""

    def __init__(self, name):
        self.formula = self.derivative = 1
        setattr(self, name, np.tanh)


class TwoNumbers:
    formula = derivative = 1


A_LAYER = {"W": ONES, "b": np.ones((1, 2)), "activation": Sigmoid()}
NO_ACTIVATION = "activation: expected an object with formula and derivative, such as Sigmoid(), got"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"W": np.ones(2)}, "W: expected shape (n_in, n_out), got (2,)"),
        ({"W": None}, "W: expected shape (n_in, n_out), got ()"),
        ({"W": np.ones((0, 2))}, "W: expected shape (n_in, n_out), got (0, 2)"),
        ({"W": [["a"]]}, "W: expected numbers, got <U1 data"),
        ({"W": [[1.0], [1.0, 2.0]]}, "W: expected an array, got rows of unequal length"),
        ({"W": np.ones((3, 2, 2))}, "b: expected shape (3, 1, 2)"),
        ({"b": np.ones(2)}, "b: expected shape (1, 2) for W of shape (2, 2), got (2,)"),
        *[({"b": np.ones(s)}, "b: expected shape (1, 2)") for s in [(2, 1), (4, 2), (1, 3), (3, 1, 2)]],
        ({"activation": Sigmoid}, NO_ACTIVATION + " <class"),
        ({"activation": None}, NO_ACTIVATION + " None"),
        *[({"activation": no}, NO_ACTIVATION) for no in ("sigmoid", np.polynomial, TwoNumbers())],
        *[({"activation": Half(name)}, NO_ACTIVATION) for name in ("formula", "derivative")],
    ],
)
def test_the_doors_of_a_layer(change, said):
    with refuses(said):
        Dense(**{**A_LAYER, **change})


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ([], "layers: expected a list of Dense layers, got []"),
        (5, "layers: expected a list of Dense layers, got 5"),
        *[(no, "layers: expected a list of Dense layers") for no in ([ONES], Dense(**A_LAYER), [Dense])],
        ([small()], "layers: expected a list of Dense layers"),
        ([Dense(**A_LAYER)] * 2, "layers: expected each Dense once"),
        (
            [Dense(**A_LAYER), Dense(np.ones((3, 1)), [[1]], Tanh())],
            "layers: W of shape (3, 1) cannot follow (2, 2)",
        ),
        (
            [Dense(**A_LAYER), Dense(np.ones((4, 2, 1)), np.ones((4, 1, 1)), Tanh())],
            "layers: expected the same runs in front of every W, got () and (4,)",
        ),
    ],
)
def test_the_doors_of_a_network(layers, said):
    with refuses(said):
        Network(layers)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sizes": (2,)}, "sizes: expected at least an input and an output width"),
        ({"sizes": 3}, "sizes: expected at least an input and an output width, got [3]"),
        ({"sizes": (2, 0, 1)}, "sizes: expected a whole number of at least 1, got 0"),
        ({"sizes": (2, -1)}, "sizes: expected a whole number of at least 1, got -1"),
        ({"sizes": (2, 2.0)}, "sizes: expected a whole number, got 2.0"),
        ({"sizes": (2, True)}, "sizes: expected a whole number"),
        ({"sizes": "21"}, "sizes: expected a whole number, got '2'"),
        ({"activation": Tanh}, NO_ACTIVATION),
        *[({"output": no}, NO_ACTIVATION) for no in (Tanh, 0)],
        ({"rng": 0}, "rng: expected numpy.random.default_rng(seed), got 0"),
        ({"rng": None}, "rng: expected numpy.random.default_rng(seed), got None"),
        *[({"rng": no}, "rng: expected numpy") for no in (np.random, np.random.RandomState(0))],
        ({"runs": 0}, "runs: expected a whole number of at least 1, got 0"),
        ({"runs": (2, -1)}, "runs: expected a whole number of at least 1, got -1"),
        ({"runs": 2.0}, "runs: expected a whole number, got 2.0"),
        ({"runs": None}, "runs: expected a whole number, got None"),
    ],
)
def test_the_doors_of_random(change, said):
    with refuses(said):
        Network.random(**{"sizes": (2, 1), "activation": Tanh(), "rng": generator(), **change})


@pytest.mark.parametrize(("runs", "said"), [(0, "number of at least 1, got 0"), (2.5, "number, got 2.5")])
def test_the_door_of_copies(runs, said):
    with refuses(f"runs: expected a whole {said}"):
        small().copies(runs)


@pytest.mark.parametrize("index", [3, "a", (0, slice(0, 1)), None, True, (0, np.False_)], ids=str)
def test_the_door_of_run(index):
    with refuses(f"index: expected a place in runs of shape (3,), got {index!r}"):
        small().copies(3).run(index)
    with refuses("index: expected a network of many runs"):
        small().run(index)


@pytest.mark.parametrize("runs", [(), (3,)], ids=str)
@pytest.mark.parametrize(
    ("X", "said"),
    [
        (np.ones(2), "shape (N, n), got shape (2,); a column of N numbers is X.reshape ... X.reshape(1, -1)"),
        (1.0, "X: expected rows and columns"),
        *[
            (np.ones(shape), f"X: expected shape (N, 2) ... got {shape}")
            for shape in [(4, 3), (2, 4), (5, 4, 2), (1, 4, 2)]
        ],
        (np.ones((0, 2)), "X: expected at least one row and one column, got shape (0, 2)"),
        ([[1, np.nan]], "X: expected numbers, got NaN at index (0, 1)"),
        *[([[1, no]], "X: expected finite numbers, got inf") for no in (np.inf, -np.inf)],
        (None, "X: expected numbers, got object data"),
        ([["a", "b"]], "X: expected numbers, got <U1 data"),
        (np.ones((4, 2), dtype=object), "X: expected numbers, got object data"),
        ([[1, 2], [3]], "X: expected an array, got rows of unequal length"),
    ],
)
def test_the_door_of_forward(X, said, runs):
    with refuses(said):
        small(runs=runs).forward(X)


@pytest.mark.parametrize("shape", [(4,), (3, 1), (4, 2), (1, 1), (2, 4, 1)], ids=str)
def test_the_door_of_backward(shape):
    network = small()
    with refuses(f"dC_dA: expected a forward(X) before it, got shape {shape}"):
        network.backward(np.ones(shape))
    network.forward(xor()[0])
    with refuses(f"dC_dA: expected shape (4, 1), got shape {shape}"):
        network.backward(np.ones(shape))
    assert not hasattr(network.layers[1], "dW")


@pytest.mark.parametrize(
    ("dC_dA", "wanted"),
    [
        *[(no, "numbers") for no in ([[np.nan]] * 4, [["a"]] * 4, np.ones((4, 1), dtype=object))],
        ([[1], [1], [1], [1, 2]], "an array"),
    ],
)
def test_backward_asks_for_numbers(dC_dA, wanted):
    network = small()
    network.forward(xor()[0])
    with refuses(f"dC_dA: expected {wanted}, got"):
        network.backward(dC_dA)


# What careless or unlucky callers bring


def test_what_happens_to_the_prediction_does_not_reach_the_layers():
    network, (X, y) = small(), xor()
    network.backward(MSE().gradient(network.forward(X), y))
    dW = network.layers[1].dW
    E = network.forward(X)
    E -= y
    network.backward(2 * E / 4)
    assert network.layers[1].dW == pytest.approx(dW, rel=1e-12)


def test_what_happens_to_the_data_does_not_reach_the_layers():
    network, (X, y) = small(), xor()
    dC_dA = MSE().gradient(network.forward(X), y)
    network.backward(dC_dA)
    dW = network.layers[0].dW
    network.forward(X)
    X += 1
    network.backward(dC_dA)
    assert np.array_equal(network.layers[0].dW, dW)


def test_a_layer_has_arrays_of_its_own():
    W, b = np.ones((2, 1)), np.ones((1, 1))
    layer = Dense(W, b, Identity())
    layer.W -= 1
    layer.b -= 1
    assert W.tolist() == [[1], [1]]
    assert b.tolist() == [[1]]
    many = small(runs=3)
    kept = many.layers[0].W.copy()
    many.run(1).layers[0].W[:] = 0
    assert np.array_equal(many.layers[0].W, kept)


def test_copies_of_many_runs():
    many = small(runs=3)
    copies = many.copies(2)
    assert copies.runs == (2, 3)
    for k in range(2):
        assert np.array_equal(copies.layers[0].W[k], many.layers[0].W)


def test_behind_the_doors_are_the_same_loops():
    network, (X, y) = small(), xor()
    y_hat = network.forward(X)
    dC_dX = network.backward(MSE().gradient(y_hat, y))
    assert np.array_equal(network.propagate(X), y_hat)
    assert np.array_equal(network.back_propagate(MSE().slope(y_hat, y)), dC_dX)


def test_a_network_has_a_list_of_its_own():
    layers = (Dense(**A_LAYER), Dense(**A_LAYER))
    assert Network(layers).layers == list(layers)  # a tuple is a list, too
    given = list(layers)
    network = Network(given)
    given.clear()
    assert network.layers == list(layers)
