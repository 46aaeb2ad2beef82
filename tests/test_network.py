"""Layers and networks: numbers by hand, every gradient against the complex step, shapes, doors."""

import math
from itertools import pairwise

import numpy as np
import pytest

from lib import (
    BCE,
    MAE,
    MSE,
    BCEWithLogits,
    Dense,
    Identity,
    Network,
    ReLU,
    Sigmoid,
    Tanh,
    gradient,
    xor,
)
from tests.helpers import ACTIVATIONS, SMOOTH_COSTS, output_for, refuses

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


def test_weights_that_solve_xor():
    """S90: found by hand, no training."""
    network = Network(
        [
            Dense(np.full((2, 2), 20), [[-10, -30]], Sigmoid()),
            Dense([[20], [-20]], [[-10]], Sigmoid()),
        ]
    )
    X, y = xor()
    assert abs(network.forward(X) - y).max() < 1e-4
    assert MSE().value(network.forward(X), y) == pytest.approx(2.1e-9, rel=0.05)


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


def referee(network, cost, X, y, layer=None, name=None):
    """d cost / d (layer.name), or d cost / dX without a layer, by complex step."""
    if layer is None:
        X = np.broadcast_to(X, (*network.runs, *X.shape[-2:]))
        return gradient(lambda v: cost.formula(network.propagate(v), y).sum(), X, method="complex")
    kept = getattr(layer, name)

    def total(v):
        setattr(layer, name, v)
        try:
            return cost.formula(network.propagate(X), y).sum()
        finally:
            setattr(layer, name, kept)

    return gradient(total, kept, method="complex")


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
    network, cost, X, y = random_case(seed)
    dC_dX = network.backward(cost.gradient(network.forward(X), y))
    found = [("X", None, dC_dX)]
    for layer in network.layers:
        found += [("W", layer, layer.dW), ("b", layer, layer.db)]
    for name, layer, shipped in found:
        exact = referee(network, cost, X, y, layer, name)
        assert shipped.shape == exact.shape
        assert abs(shipped - exact).max() <= 1e-12 * abs(exact).max()


def test_the_random_cases_are_worth_their_name():
    cases = [random_case(seed) for seed in SEEDS]
    assert {len(network.layers) for network, *_ in cases} == {1, 2, 3, 4}
    assert {network.runs for network, *_ in cases} == {(), (3,), (2, 2)}
    seen = {(type(layer.activation), k) for network, *_ in cases for k, layer in enumerate(network.layers)}
    assert {(type(a), k) for a in ACTIVATIONS for k in range(4)} <= seen
    mixed = [len({type(layer.activation) for layer in network.layers}) for network, *_ in cases]
    assert max(mixed) >= 3
    moving = sum(
        abs(network.backward(c.gradient(network.forward(X), y))).max() > 0 for network, c, X, y in cases
    )
    assert moving > 0.75 * len(cases)  # few are dead, and zero compared with zero shows nothing


def test_every_gradient_with_mae_against_central_difference():
    network = Network.random((3, 4, 2), Tanh(), generator(3))
    X, y = generator(4).normal(size=(5, 3)), generator(5).normal(size=(5, 2))
    cost = MAE()
    dC_dX = network.backward(cost.gradient(network.forward(X), y))
    assert gradient(lambda v: cost.value(network.forward(v), y), X) == pytest.approx(dC_dX, abs=1e-8)
    network.forward(X)
    for layer in network.layers:
        for name, shipped in (("W", layer.dW), ("b", layer.db)):
            kept = getattr(layer, name)

            def total(v, layer=layer, name=name):
                setattr(layer, name, v)
                return cost.value(network.forward(X), y)

            assert gradient(total, kept) == pytest.approx(shipped, abs=1e-8)
            setattr(layer, name, kept)


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


def test_a_dense_layer_obeys_inputs_too():
    layer = Dense(np.ones((2, 3)), np.ones((1, 3)), Identity())
    A = layer.forward(np.ones((4, 2)))
    assert layer.backward(A, inputs=False) is None
    assert layer.dW.tolist() == [[12, 12, 12], [12, 12, 12]]
    assert layer.backward(A).tolist() == [[9, 9]] * 4


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


def test_the_order_of_the_rows_does_not_matter():
    network, X, y = small(), *xor()
    order = [2, 0, 3, 1]
    y_hat = network.forward(X)
    network.backward(MSE().gradient(y_hat, y))
    dW, db = network.layers[0].dW, network.layers[0].db
    assert np.array_equal(network.forward(X[order]), y_hat[order])
    network.backward(MSE().gradient(y_hat[order], y[order]))
    assert network.layers[0].dW == pytest.approx(dW, rel=1e-12)
    assert network.layers[0].db == pytest.approx(db, rel=1e-12)


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
    for array, before in zip(given, kept, strict=True):
        assert np.array_equal(array, before)
    for layer, (W, b) in zip(network.layers, [(W1, b1), (W2, b2)], strict=True):
        assert np.array_equal(layer.W, W)
        assert np.array_equal(layer.b, b)


def test_z_of_800_passes_the_door_without_a_warning():
    X = np.array([[800.0], [-800.0]])
    for activation, expected in [
        (Sigmoid(), [[1], [0]]),
        (Tanh(), [[1], [-1]]),
        (ReLU(), [[800], [0]]),
        (Identity(), [[800], [-800]]),
    ]:
        network = Network([Dense([[1.0]], [[0.0]], activation)])
        assert network.forward(X).tolist() == expected
    network = Network([Dense([[1.0]], [[0.0]], Sigmoid())])
    slope = network.backward(MSE().gradient(network.forward(X), [[0], [1]]))
    assert slope.tolist() == [[0], [0]]  # saturated: the slope of the sigmoid is gone
    logits = Network([Dense([[1.0]], [[0.0]], Identity())])
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


def test_random_is_standard_normal():
    layer = Network.random((200, 300), Tanh(), generator(1)).layers[0]
    assert abs(layer.W.mean()) < 0.02
    assert layer.W.std() == pytest.approx(1, abs=0.02)
    assert layer.b.std() == pytest.approx(1, abs=0.2)


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
        for index in np.ndindex(runs):
            for left, right in zip(copies.run(index).layers, one.layers, strict=True):
                assert np.array_equal(left.W, right.W)
                assert np.array_equal(left.b, right.b)
                assert left.activation is right.activation


def test_a_copy_is_a_new_array():
    one = small()
    assert not np.shares_memory(one.copies(3).layers[0].W, one.layers[0].W)


def test_run_takes_a_slice_of_the_runs():
    many = small(runs=5)
    assert many.run(slice(1, 3)).runs == (2,)
    assert np.array_equal(many.run(-1).layers[1].W, many.layers[1].W[4])
    assert np.array_equal(many.run(np.arange(5) > 2).layers[0].W, many.layers[0].W[3:])


# Conversion


def test_integers_and_booleans_are_converted():
    layer = Dense(np.array([[1], [0]], dtype=np.uint8), [[True]], Identity())
    assert layer.W.dtype == layer.b.dtype == float
    network = Network([layer])
    for X in (np.array([[True, False]]), np.uint8([[1, 0]]), [[1, 0]]):
        assert network.forward(X).tolist() == [[2]]
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


@pytest.mark.parametrize(
    ("call", "fragment"),
    [
        (lambda: Dense(np.ones(2), np.ones((1, 2)), Sigmoid()), "W: expected shape (n_in, n_out), got (2,)"),
        (lambda: Dense(None, None, Sigmoid()), "W: expected shape (n_in, n_out), got ()"),
        (
            lambda: Dense(np.ones((0, 2)), np.ones((1, 2)), Sigmoid()),
            "W: expected shape (n_in, n_out), got (0, 2)",
        ),
        (
            lambda: Dense(ONES, np.ones(2), Sigmoid()),
            "b: expected shape (1, 2) for W of shape (2, 2), got (2,)",
        ),
        (lambda: Dense(ONES, np.ones((2, 1)), Sigmoid()), "b: expected shape (1, 2)"),
        (lambda: Dense(ONES, np.ones((4, 2)), Sigmoid()), "b: expected shape (1, 2)"),
        (lambda: Dense(ONES, np.ones((1, 3)), Sigmoid()), "b: expected shape (1, 2)"),
        (lambda: Dense(np.ones((3, 2, 2)), np.ones((1, 2)), Sigmoid()), "b: expected shape (3, 1, 2)"),
        (lambda: Dense(ONES, np.ones((3, 1, 2)), Sigmoid()), "b: expected shape (1, 2)"),
        (
            lambda: Dense(ONES, np.ones((1, 2)), Sigmoid),
            "activation: expected an object with formula and derivative, such as Sigmoid(), got <class",
        ),
        (lambda: Dense(ONES, np.ones((1, 2)), "sigmoid"), "activation: expected an object with formula"),
        (
            lambda: Dense(ONES, np.ones((1, 2)), None),
            "activation: expected an object with formula and derivative, such as Sigmoid(), got None",
        ),
        (lambda: Network([]), "layers: expected a list of Dense layers, got []"),
        (lambda: Network([ONES]), "layers: expected a list of Dense layers"),
        (
            lambda: Network([Dense(ONES, np.ones((1, 2)), Tanh()), Dense(np.ones((3, 1)), [[1]], Tanh())]),
            "layers: W of shape (3, 1) cannot follow (2, 2)",
        ),
        (
            lambda: Network(
                [Dense(ONES, np.ones((1, 2)), Tanh()), Dense(np.ones((4, 2, 1)), np.ones((4, 1, 1)), Tanh())]
            ),
            "layers: expected the same runs in front of every W, got () and (4,)",
        ),
        (
            lambda: Network.random((2,), Tanh(), generator()),
            "sizes: expected at least an input and an output width",
        ),
        (
            lambda: Network.random((2, 0, 1), Tanh(), generator()),
            "sizes: expected a whole number of at least 1, got 0",
        ),
        (
            lambda: Network.random((2, -1), Tanh(), generator()),
            "sizes: expected a whole number of at least 1, got -1",
        ),
        (lambda: Network.random((2, 2.0), Tanh(), generator()), "sizes: expected a whole number, got 2.0"),
        (lambda: Network.random((2, True), Tanh(), generator()), "sizes: expected a whole number"),
        (lambda: Network.random("21", Tanh(), generator()), "sizes: expected a whole number, got '2'"),
        (
            lambda: Network.random((2, 1), Tanh, generator()),
            "activation: expected an object with formula",
        ),
        (lambda: Network.random((2, 1), Tanh(), generator(), output=Tanh), "activation: expected an object"),
        (lambda: Network.random((2, 1), Tanh(), 0), "rng: expected numpy.random.default_rng(seed), got 0"),
        (
            lambda: Network.random((2, 1), Tanh(), None),
            "rng: expected numpy.random.default_rng(seed), got None",
        ),
        (lambda: Network.random((2, 1), Tanh(), np.random), "rng: expected numpy.random.default_rng(seed)"),
        (lambda: Network.random((2, 1), Tanh(), np.random.RandomState(0)), "rng: expected"),
        (lambda: small(runs=0), "runs: expected a whole number of at least 1, got 0"),
        (lambda: small(runs=(2, -1)), "runs: expected a whole number of at least 1, got -1"),
        (lambda: small(runs=2.0), "runs: expected a whole number, got 2.0"),
        (lambda: small(runs=None), "runs: expected a whole number, got None"),
        (lambda: small().copies(0), "runs: expected a whole number of at least 1, got 0"),
        (lambda: small().copies(2.5), "runs: expected a whole number, got 2.5"),
        (
            lambda: small().backward(np.ones((4, 1))),
            "dC_dA: expected a forward(X) before it, got shape (4, 1)",
        ),
        (lambda: Dense([["a"]], [[1.0]], Sigmoid()), "W: expected numbers, got <U1 data"),
        (
            lambda: Dense([[1.0], [1.0, 2.0]], [[1.0]], Sigmoid()),
            "W: expected an array, got rows of unequal length",
        ),
        (lambda: Network(5), "layers: expected a list of Dense layers, got 5"),
        (lambda: Network(Dense(ONES, np.ones((1, 2)), Tanh())), "layers: expected a list of Dense layers"),
        (lambda: Network([Dense]), "layers: expected a list of Dense layers"),
        (lambda: Network([small()]), "layers: expected a list of Dense layers"),
        (
            lambda: Network.random(3, Tanh(), generator()),
            "sizes: expected at least an input and an output width, got [3]",
        ),
        (lambda: small().run(0), "index: expected a network of many runs"),
        (lambda: small().copies(3).run(3), "index: expected a place in runs of shape (3,), got 3"),
        (lambda: small().copies(3).run("a"), "index: expected a place in runs of shape (3,), got 'a'"),
        (lambda: small().copies(3).run((0, slice(0, 1))), "index: expected a place in runs of shape (3,)"),
        (lambda: Dense(ONES, np.ones((1, 2)), np.polynomial), "activation: expected an object"),
        (lambda: Dense(ONES, np.ones((1, 2)), Half("formula")), "activation: expected an object"),
        (lambda: Dense(ONES, np.ones((1, 2)), Half("derivative")), "activation: expected an object"),
        (
            lambda: Network.random([2, 1], Tanh(), generator(), output=0),
            "activation: expected an object",
        ),
        (lambda: small().copies(3).run(None), "index: expected a place in runs of shape (3,), got None"),
        (lambda: small().copies(3).run(True), "index: expected a place in runs of shape (3,), got True"),
        (lambda: small().copies(3).run((0, np.False_)), "index: expected a place in runs of shape (3,)"),
    ],
)
def test_doors(call, fragment):
    with refuses(fragment):
        call()


@pytest.mark.parametrize("runs", [(), (3,)], ids=str)
@pytest.mark.parametrize(
    ("X", "fragment"),
    [
        (
            np.ones(2),
            "X: expected rows and columns, shape (N, n), got shape (2,); a column of N numbers is X.reshape",
        ),
        (1.0, "X: expected rows and columns"),
        (np.ones((4, 3)), "X: expected shape (N, 2) ... got (4, 3)"),
        (np.ones((2, 4)), "X: expected shape (N, 2) ... got (2, 4)"),
        (np.ones((5, 4, 2)), "X: expected shape (N, 2) ... got (5, 4, 2)"),
        (np.ones((1, 4, 2)), "X: expected shape (N, 2) ... got (1, 4, 2)"),
        (np.ones((0, 2)), "X: expected at least one row and one column, got shape (0, 2)"),
        ([[1, np.nan]], "X: expected numbers, got NaN at index (0, 1)"),
        ([[1, np.inf]], "X: expected finite numbers, got inf"),
        ([[1, -np.inf]], "X: expected finite numbers, got inf"),
        (None, "X: expected numbers, got object data"),
        ([["a", "b"]], "X: expected numbers, got <U1 data"),
        (np.ones((4, 2), dtype=object), "X: expected numbers, got object data"),
        ([[1, 2], [3]], "X: expected an array, got rows of unequal length"),
    ],
)
def test_the_door_of_forward(X, fragment, runs):
    with refuses(fragment):
        small(runs=runs).forward(X)


@pytest.mark.parametrize("shape", [(4,), (3, 1), (4, 2), (1, 1), (2, 4, 1)], ids=str)
def test_the_door_of_backward(shape):
    network = small()
    network.forward(xor()[0])
    with refuses(f"dC_dA: expected shape (4, 1), got shape {shape}"):
        network.backward(np.ones(shape))
    assert not hasattr(network.layers[1], "dW")


# What careless or unlucky callers bring


def test_a_layer_stands_in_a_network_once():
    layer = Dense(ONES, np.ones((1, 2)), Tanh())
    with pytest.raises(ValueError, match="layers: expected each Dense once"):
        Network([layer, layer])


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


def test_backward_through_a_saturated_sigmoid_does_not_warn():
    network = Network([Dense([[1.0]], [[0.0]], Sigmoid())])
    dC_dX = network.backward(BCE().gradient(network.forward([[800.0], [-800.0]]), [[0], [1]]))
    assert np.isnan(dC_dX).all()  # inf * 0


def test_float32_is_converted():
    layer = Dense(np.ones((2, 1), dtype=np.float32), np.ones((1, 1), dtype=np.float16), Identity())
    assert layer.W.dtype == layer.b.dtype == float
    assert Network([layer]).forward(np.ones((4, 2), dtype=np.float32)).dtype == float


@pytest.mark.parametrize(
    "dC_dA", [[[np.nan]] * 4, [["a"]] * 4, np.ones((4, 1), dtype=object), [[1], [1], [1], [1, 2]]]
)
def test_backward_asks_for_numbers(dC_dA):
    network = small()
    network.forward(xor()[0])
    with pytest.raises(ValueError, match=r"dC_dA: expected (numbers|an array), got"):
        network.backward(dC_dA)


def test_behind_the_doors_are_the_same_loops():
    network, (X, y) = small(), xor()
    y_hat = network.forward(X)
    dC_dX = network.backward(MSE().gradient(y_hat, y))
    assert np.array_equal(network.propagate(X), y_hat)
    assert np.array_equal(network.back_propagate(MSE().slope(y_hat, y)), dC_dX)


def test_a_network_has_a_list_of_its_own():
    layers = (Dense(ONES, np.ones((1, 2)), Tanh()), Dense(ONES, np.ones((1, 2)), Tanh()))
    assert Network(layers).layers == list(layers)  # a tuple is a list, too
    given = list(layers)
    network = Network(given)
    given.clear()
    assert network.layers == list(layers)


def test_the_hint_knows_a_single_row():
    with pytest.raises(ValueError, match=r"X\.reshape\(1, -1\)"):
        small().forward([0, 1])
