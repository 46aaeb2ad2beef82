"""Going downhill: paths by hand, the history's contract, many runs at once, doors that change nothing."""

import dataclasses
from fractions import Fraction

import numpy as np
import pytest

from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, Cost
from lib.datasets import line, xor
from lib.descent import History, gradient_descent, mini_batches, sgd, train
from lib.network import Dense, Network
from tests.helpers import name_of, parameters, refuses, same


def generator(seed=0):
    return np.random.default_rng(seed)


def small(seed=0, activation=None, **more):
    return Network.random((2, 2, 1), activation or Sigmoid(), generator(seed), **more)


def neuron(w=0.0, b=0.0):
    return Network([Dense([[w]], [[b]], Identity())])


def double(w):
    return 2 * w


# What is refused as a learning rate at each of the three doors

NO_RATES = [
    ({"learning_rate": no}, f"learning_rate: expected a positive finite number, got {no!r}")
    for no in (0, -0.1, np.nan, np.inf, "0.1", None, True, 1j)
]


# gradient_descent


def test_the_path_by_hand():
    assert gradient_descent(double, 1, 0.25, 3).tolist() == [1, 0.5, 0.25, 0.125]
    path = gradient_descent(lambda w: np.array([2 * w[0], 4 * w[1]]), [1, -1], 0.25, 2)
    assert path.tolist() == [[1, -1], [0.5, 0], [0.25, 0]]


def test_no_step_is_the_start():
    assert gradient_descent(double, 3, 0.1, 0).tolist() == [3]
    assert gradient_descent(double, [[3, 4]], 0.1, 0).tolist() == [[[3, 4]]]
    assert gradient_descent(double, [3, 4], 0.1, 0).dtype == float


def test_many_learning_rates_at_once():
    rates = np.array([0.1, 0.5, 1.0])
    path = gradient_descent(double, np.ones(3), rates, 4)
    assert path.shape == (5, 3)
    for k, rate in enumerate(rates):
        assert np.array_equal(path[:, k], gradient_descent(double, 1.0, rate, 4))
    assert path[:, 1].tolist() == [1, 0, 0, 0, 0]
    assert path[:, 2].tolist() == [1, -1, 1, -1, 1]  # 2 / lambda_max: neither converges nor diverges


def test_learning_rates_broadcast_to_the_start():
    start = np.ones((3, 2))
    path = gradient_descent(double, start, np.array([[0.1], [0.25], [0.5]]), 1)
    assert path[1] == pytest.approx(np.array([[0.8, 0.8], [0.5, 0.5], [0, 0]]))
    assert gradient_descent(double, start, np.array([0.25, 0.5]), 1)[1].tolist() == [[0.5, 0]] * 3


def test_divergence_is_inf_then_nan_without_a_warning():
    assert gradient_descent(double, 1.0, 1e200, 3) == pytest.approx([1, -2e200, np.inf, np.nan], nan_ok=True)


def test_the_start_is_left_alone():
    start, rate = np.array([1.0, 2.0]), np.array([0.1, 0.2])
    start.flags.writeable = rate.flags.writeable = False
    path = gradient_descent(double, start, rate, 3)
    assert start.tolist() == [1, 2]
    assert not np.shares_memory(path, start)
    assert not np.shares_memory(gradient_descent(double, start, 0.1, 0), start)


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        ({"start": "a"}, "start: expected numbers, got <U1"),
        ({"start": None}, "start: expected numbers, got object"),
        ({"start": np.nan}, "start: expected numbers, got NaN"),
        ({"start": [1.0, np.inf]}, "start: expected finite numbers, got inf"),
        ({"start": 1j}, "start: expected real numbers, got complex ones"),
        ({"start": [[1.0], [1.0, 2.0]]}, "start: expected an array, got rows of unequal length"),
        *NO_RATES,
        ({"learning_rate": [0.1, -0.1]}, "learning_rate: expected a positive finite number, got [0.1, -0.1]"),
        ({"learning_rate": [0.1, 0.1]}, "learning_rate: expected a shape that fits start, (), got (2,)"),
        ({"start": [1.0, 2.0], "learning_rate": [0.1] * 3}, "that fits start, (2,), got (3,)"),
        ({"start": [1.0, 2.0], "learning_rate": [[0.1], [0.2]]}, "that fits start, (2,), got (2, 1)"),
        ({"steps": -1}, "steps: expected a whole number of at least 0, got -1"),
        ({"steps": 2.0}, "steps: expected a whole number, got 2.0"),
        ({"steps": True}, "steps: expected a whole number of at least 0, got True"),
        ({"steps": None}, "steps: expected a whole number, got None"),
    ],
)
def test_the_doors_of_gradient_descent(change, fragment):
    asked = []
    good = {"start": 1.0, "learning_rate": 0.1, "steps": 2}
    with refuses(fragment):
        gradient_descent(lambda w: asked.append(w) or 2 * w, **{**good, **change})
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        *[
            (wrong, "gradient: expected shape (2,), like start, got")
            for wrong in (lambda w: 1.0, lambda w: w[:1], lambda w: w[None], lambda w: w.sum())
        ],
        *[
            (lambda w, value=value: value, "gradient: expected it to return numbers, got")
            for value in (None, "1", {1}, [None, None])
        ],
    ],
)
def test_a_gradient_returns_numbers_in_the_shape_of_start(answer, said):
    with refuses(said):
        gradient_descent(answer, [1.0, 2.0], 0.1, 1)


@pytest.mark.parametrize("value", [2, np.uint8(2), 2.0, Fraction(2)])
def test_a_gradient_may_return_any_kind_of_number(value):
    assert gradient_descent(lambda w: value, 3.0, 0.5, 2).tolist() == [3, 2, 1]


@pytest.mark.parametrize("gradient", [None, 2.0, "w"])
@pytest.mark.parametrize("steps", [0, 1])
def test_a_gradient_is_a_function(gradient, steps):
    with refuses("gradient: expected a function, got"):
        gradient_descent(gradient, 1.0, 0.1, steps)
    with refuses("gradient: expected a function, got"):
        sgd(gradient, 1.0, 0.1, steps, samples=2, batch_size=1, rng=generator())


# Mini-batches and sgd


def test_mini_batches_are_drawn_anew():
    rng = generator()
    first, second = (np.concatenate(mini_batches(50, 8, rng)) for _ in range(2))
    assert not np.array_equal(first, np.arange(50))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, np.concatenate(mini_batches(50, 8, generator())))


@pytest.mark.parametrize(
    ("samples", "size", "steps"), [(10, 3, 4), (9, 3, 3), (5, 5, 1), (5, 1, 5), (2, 1, 2)]
)
def test_sgd_sees_every_row_once_in_an_epoch(samples, size, steps):
    seen = []

    def slope(w, rows):
        seen.append(rows)
        return np.ones_like(w)

    path = sgd(slope, 0.0, 0.5, 3, samples=samples, batch_size=size, rng=generator())
    assert path.tolist() == [-0.5 * k for k in range(3 * steps + 1)]
    for epoch in range(3):
        rows = np.concatenate(seen[epoch * steps : (epoch + 1) * steps])
        assert sorted(rows.tolist()) == list(range(samples))
    assert max(map(len, seen)) == size


def test_sgd_is_what_train_does():
    """The same line, the same batches, two ways."""
    x, y = line(generator(1))
    network = neuron(0.5, -0.5)
    train(network, MSE(), x, y, learning_rate=0.002, epochs=6, batch_size=3, rng=generator(2))

    def slope(w, rows):
        error = w[0] * x[rows] + w[1] - y[rows]
        return 2 * np.array([(error * x[rows]).mean(), error.mean()])

    path = sgd(slope, [0.5, -0.5], 0.002, 6, samples=10, batch_size=3, rng=generator(2))
    assert path.shape == (25, 2)
    assert path[-1] == pytest.approx([network.layers[0].W[0, 0], network.layers[0].b[0, 0]], rel=1e-12)


@pytest.mark.parametrize(
    ("change", "fragment"),
    [
        ({"epochs": -1}, "epochs: expected a whole number of at least 0, got -1"),
        ({"epochs": 1.5}, "epochs: expected a whole number, got 1.5"),
        ({"samples": 0}, "samples: expected a whole number of at least 1, got 0"),
        ({"samples": 4.0}, "samples: expected a whole number, got 4.0"),
        ({"batch_size": 0}, "batch_size: expected a whole number of at least 1, got 0"),
        ({"batch_size": 5}, "batch_size: expected at most 4, the number of samples, got 5"),
        ({"batch_size": None}, "batch_size: expected a whole number, got None"),
        ({"rng": None}, "rng: expected numpy.random.default_rng(seed), got None"),
        ({"rng": 1}, "rng: expected numpy.random.default_rng(seed), got 1"),
        ({"start": np.nan}, "start: expected numbers, got NaN"),
        ({"learning_rate": 0}, "learning_rate: expected a positive finite number, got 0"),
    ],
)
def test_the_doors_of_sgd(change, fragment):
    rng, asked = generator(), []
    good = {"start": 1.0, "learning_rate": 0.1, "epochs": 2, "samples": 4, "batch_size": 2, "rng": rng}
    with refuses(fragment):
        sgd(lambda w, rows: asked.append(rows) or 2 * w, **{**good, **change})
    assert asked == []
    assert rng.bit_generator.state == generator().bit_generator.state  # no draw was made


# train: one step, then many


def test_one_step_by_hand():
    """(2 w + b - 5)^2 at w = 3, b = 1: dw = 8, db = 4."""
    network = neuron(3, 1)
    history = train(network, MSE(), [[2]], [[5]], learning_rate=0.125, epochs=1)
    assert [float(p[0, 0]) for p in parameters(network)] == [2, 0.5]
    assert history.cost.tolist() == [4, 0.25]


@pytest.mark.parametrize("cost", [MSE(), RMSE(), MAE(), BCE()], ids=name_of)
def test_all_parameters_move_from_the_old_values(cost):
    network, (X, y) = Network.random((2, 3, 2, 1), Sigmoid(), generator()), xor()
    old = parameters(network)
    network.backward(cost.gradient(network.forward(X), y))
    slopes = [slope for layer in network.layers for slope in (layer.dW, layer.db)]
    train(network, cost, X, y, learning_rate=0.3, epochs=1)
    for new, before, slope in zip(parameters(network), old, slopes, strict=True):
        assert np.array_equal(new, before - 0.3 * slope)
        assert abs(slope).max() > 0


def test_xor_is_learnt():
    network, (X, y) = small(0), xor()
    history = train(network, MSE(), X, y, learning_rate=5, epochs=2000)
    assert history.cost[0] > 0.2
    assert history.cost[-1] < 0.001
    assert history.cost[-1] == MSE().value(network.forward(X), y)
    assert np.array_equal(network.forward(X).round(), y)


# The history


@pytest.mark.parametrize(
    ("epochs", "every", "expected"),
    [
        (0, 1, [0]),
        (0, 5, [0]),
        (4, 1, [0, 1, 2, 3, 4]),
        (4, 2, [0, 2, 4]),
        (5, 100, [0, 5]),
        (7, 3, [0, 3, 6, 7]),
    ],
)
@pytest.mark.parametrize("runs", [(), (3,), (2, 2)], ids=str)
@pytest.mark.parametrize("batch_size", [None, 3])
def test_the_history(epochs, every, expected, runs, batch_size):
    X, y = xor()
    more = {"learning_rate": 0.5, "batch_size": batch_size}
    history = train(small(runs=runs), MSE(), X, y, epochs=epochs, record_every=every, rng=generator(), **more)
    assert isinstance(history, History)
    assert history.epoch.tolist() == expected
    assert history.cost.shape == (len(expected), *runs)
    for record, epoch in enumerate(expected):  # the cost on all rows, after that many epochs
        network = small(runs=runs)
        train(network, MSE(), X, y, epochs=epoch, rng=generator(), **more)
        assert np.array_equal(history.cost[record], MSE().value(network.forward(X), y))


def test_a_history_is_not_rewritten():
    history = train(small(), MSE(), *xor(), learning_rate=1, epochs=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        history.cost = None
    for array in (history.epoch, history.cost):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 99
    given = np.zeros(3)
    kept = History(given, given)
    given[0] = 1  # neither frozen nor shared
    assert kept.epoch.tolist() == kept.cost.tolist() == [0, 0, 0]


def test_a_history_is_equal_to_itself_alone():
    one, other = (train(small(), MSE(), *xor(), learning_rate=1, epochs=2) for _ in range(2))
    assert one == one
    assert one != other
    assert len({one, other}) == 2


def test_training_goes_on_where_it_stopped():
    once, twice, (X, y) = small(), small(), xor()
    train(once, MSE(), X, y, learning_rate=1, epochs=12)
    train(twice, MSE(), X, y, learning_rate=1, epochs=5, record_every=3)
    train(twice, MSE(), X, y, learning_rate=1, epochs=7, record_every=100)
    assert same(once, twice)


# Mini-batches in train


@pytest.mark.parametrize("size", [1, 3, 4])
def test_a_mini_batch_epoch_by_hand(size):
    network, by_hand, (X, y) = small(2), small(2), xor()
    rng = generator(5)
    train(network, MSE(), X, y, learning_rate=0.7, epochs=3, batch_size=size, rng=generator(5))
    for _ in range(3):
        for rows in mini_batches(4, size, rng):
            by_hand.backward(MSE().gradient(by_hand.forward(X[rows]), y[rows]))
            for layer in by_hand.layers:
                layer.W, layer.b = layer.W - 0.7 * layer.dW, layer.b - 0.7 * layer.db
    assert same(network, by_hand)


def test_the_whole_batch_draws_nothing():
    rng = generator()
    train(small(), MSE(), *xor(), learning_rate=1, epochs=3, rng=rng)
    assert rng.bit_generator.state == generator().bit_generator.state


# Many runs at once


@pytest.mark.parametrize("batch_size", [None, 1, 3, 16])
@pytest.mark.parametrize("runs", [(5,), (2, 3)], ids=str)
@pytest.mark.parametrize(
    ("cost", "hidden", "output"),
    [
        (MSE(), Sigmoid(), Sigmoid()),
        (RMSE(), Tanh(), Identity()),
        (MAE(), ReLU(), Tanh()),
        (BCE(), Tanh(), Sigmoid()),
    ],
    ids=name_of,
)
def test_a_slice_of_many_runs_is_bitwise_the_single_run(cost, hidden, output, runs, batch_size):
    rng = generator(6)
    many = Network.random((3, 4, 2), hidden, rng, output, runs=runs)
    rates = rng.uniform(0.05, 0.5, runs)
    singles = {index: many.run(index) for index in np.ndindex(runs)}
    X, y = rng.normal(size=(17, 3)), rng.integers(0, 2, (17, 2))
    more = {"epochs": 6, "record_every": 4, "batch_size": batch_size}
    history = train(many, cost, X, y, learning_rate=rates, rng=generator(7), **more)
    for index, single in singles.items():
        alone = train(single, cost, X, y, learning_rate=rates[index], rng=generator(7), **more)
        assert same(single, many.run(index))
        assert np.array_equal(alone.cost, history.cost[:, *index])
    assert len(np.unique(history.cost[-1])) == history.cost[-1].size


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 1), (5, 1, 3)], ids=str)
@pytest.mark.parametrize("samples", [1, 8, 130])
def test_slices_stay_bitwise_for_other_shapes(sizes, samples):
    rng = generator(8)
    many = Network.random(sizes, Sigmoid(), rng, runs=64)
    singles = [many.run(k) for k in range(0, 64, 9)]
    X, y = rng.normal(size=(samples, sizes[0])), rng.normal(size=(samples, sizes[-1]))
    train(many, MSE(), X, y, learning_rate=0.4, epochs=5)
    for k, single in zip(range(0, 64, 9), singles, strict=True):
        train(single, MSE(), X, y, learning_rate=0.4, epochs=5)
        assert same(single, many.run(k))


def test_mini_batches_of_own_data_are_rows_and_not_runs():
    X, y = np.arange(12.0).reshape(2, 3, 2), np.arange(6.0).reshape(2, 3, 1)
    many = Network([Dense(np.zeros((2, 2, 1)), np.zeros((2, 1, 1)), Identity())])
    history = train(many, MSE(), X, y, learning_rate=0.5, epochs=2, batch_size=2, rng=generator())
    assert history.epoch.tolist() == [0, 1, 2]  # without record_every, every epoch is recorded
    for k in range(2):
        w, b, rng = np.zeros((2, 1)), 0.0, generator()
        for rows in mini_batches(3, 2, rng) + mini_batches(3, 2, rng):
            E = X[k, rows] @ w + b - y[k, rows]
            w, b = w - X[k, rows].T @ E / len(rows), b - E.mean()  # 0.5 * 2 / N
        assert many.layers[0].W[k] == pytest.approx(w, rel=1e-12)
        assert many.layers[0].b[k] == pytest.approx(b, rel=1e-12)


def test_64_learning_rates_from_one_start():
    rates = np.geomspace(0.01, 30, 64)
    history = train(small(0).copies(64), MSE(), *xor(), learning_rate=rates, epochs=20)
    assert len(np.unique(history.cost[0])) == 1
    assert len(np.unique(history.cost[-1])) == 64


# Divergence


def test_a_line_diverges_to_inf_then_nan_without_a_warning():
    x, y = line(generator())
    history = train(neuron(), MSE(), x, y, learning_rate=0.1, epochs=400)
    inf, nan = np.isinf(history.cost), np.isnan(history.cost)
    first_inf, first_nan = int(inf.argmax()), int(nan.argmax())
    assert (first_inf, first_nan) == (183, 368)
    assert np.isfinite(history.cost[:first_inf]).all()
    assert inf[first_inf:first_nan].all()
    assert nan[first_nan:].all()
    assert (np.diff(history.cost[:first_inf]) > 0).all()


def test_a_run_that_diverges_leaves_its_neighbours_alone():
    x, y = line(generator())
    many, alone = neuron().copies(3), neuron()
    history = train(many, MSE(), x, y, learning_rate=[0.001, 0.1, 0.01], epochs=400)
    train(alone, MSE(), x, y, learning_rate=0.01, epochs=400)
    assert np.isnan(history.cost[-1]).tolist() == [False, True, False]
    assert same(alone, many.run(2))


@pytest.mark.parametrize("cost", [MSE(), RMSE()], ids=name_of)
def test_absurd_learning_rates_do_not_warn(cost):
    history = train(small(output=Identity()), cost, *xor(), learning_rate=1e308, epochs=5)
    assert not np.isfinite(history.cost[-1])
    assert np.isfinite(history.cost[0])


def test_bce_on_a_saturated_sigmoid_says_inf_then_nan_without_a_warning():
    """0 * inf in the chain: why XOR with BCE is trained from logits."""
    network = Network([Dense([[50.0]], [[0.0]], Sigmoid())])
    X, y = [[20.0], [-20.0]], [[0], [1]]
    assert train(network, BCE(), X, y, learning_rate=1, epochs=2).cost.tolist()[0] == np.inf
    assert np.isnan(network.layers[0].W).all()
    logits = Network([Dense([[50.0]], [[0.0]], Identity())])
    assert train(logits, BCEWithLogits(), X, y, learning_rate=5, epochs=1).cost.tolist() == [1000, 0]


# Nothing of the caller's changes


@pytest.mark.parametrize("batch_size", [None, 3])
def test_the_arrays_of_the_caller_are_left_alone(batch_size):
    rng = generator(1)
    X, y = xor()
    given = [rng.normal(size=s) for s in [(2, 2, 2), (2, 1, 2), (2, 2, 1), (2, 1, 1)]]
    given += [np.array([0.5, 2]), X, y]
    kept = [array.copy() for array in given]
    for array in given:
        array.flags.writeable = False
    W1, b1, W2, b2, rates, X, y = given
    network = Network([Dense(W1, b1, Sigmoid()), Dense(W2, b2, Sigmoid())])
    one, more = network.run(0), {"batch_size": batch_size, "rng": generator()}
    history = train(network, MSE(), X, y, learning_rate=rates, epochs=5, **more)
    assert history.cost[0, 0] != history.cost[-1, 0]
    for array, before in zip(given, kept, strict=True):
        assert np.array_equal(array, before)
    assert np.array_equal(one.layers[0].W, kept[0][0])  # taken out before, and still the old one
    for parameter in parameters(network):
        assert not any(np.shares_memory(parameter, array) for array in given)


def test_integers_booleans_and_lists_are_converted():
    X, y = xor()
    reference = small()
    train(reference, MSE(), X, y, learning_rate=1.0, epochs=3)
    for a, b, rate in [
        (X.astype(int), y.astype(bool), 1),
        (X.astype(bool).tolist(), y.astype(np.uint8), np.int64(1)),
        (X.tolist(), y.tolist(), np.array(1.0)),
    ]:
        network = small()
        train(network, MSE(), a, b, learning_rate=rate, epochs=np.int64(3))
        assert same(network, reference)


# Doors: a sentence, and nothing has moved


def broken(value):
    network = small()
    network.layers[1].W = np.array([[1.0], [value]])
    return network


def biased(value):
    network = small()
    network.layers[0].b = np.array([[0.0, value]])
    return network


certain = Network([Dense([[0.0], [0.0]], [[7.0]], Identity())])  # its predictions are 7
Xs, ys = xor()
NO_NUMBERS = [  # instead of the table of that name
    (lambda table: table.astype(object), "expected numbers, got object data"),
    (lambda table: table.astype(str), "expected numbers, got <U"),
    (lambda table: table + 1j, "expected real numbers, got complex ones"),
    (lambda table: None, "expected numbers, got object data"),
    (lambda table: [[1], [0, 1], [1], [1]], "expected an array, got rows of unequal length"),
    (lambda table: table + [[0], [np.nan], [0], [0]], "expected numbers, got NaN at index (1, 0)"),
    (lambda table: table + [[0], [np.inf], [0], [0]], "expected finite numbers, got inf"),
]
DOORS = [
    ({"X": Xs[0]}, "X: expected rows and columns, shape (N, n), got shape (2,)"),
    ({"X": np.ones((4, 3))}, "X: expected shape (N, 2) ... got (4, 3)"),
    ({"X": Xs.T}, "X: expected shape (N, 2) ... got (2, 4)"),
    ({"X": np.ones((3, 4, 2))}, "X: expected shape (N, 2) ... got (3, 4, 2)"),
    ({"X": np.ones((0, 2)), "y": np.ones((0, 1))}, "X: expected at least one row and one column, got"),
    *[({"X": no(Xs)}, f"X: {said}") for no, said in NO_NUMBERS],
    *[({"y": no(ys)}, f"y: {said}") for no, said in NO_NUMBERS],
    ({"y": ys[:, 0]}, "y: expected rows ... (N, n), got shape (4,); a column of N numbers is y.reshape"),
    *[
        ({"y": np.ones(shape)}, f"y: expected the shape of y_hat, (4, 1), got {shape}")
        for shape in [(1, 4), (3, 1), (1, 1), (4, 2), (3, 4, 1)]
    ],
    ({"cost": BCE(), "y": 2 * ys}, "y: expected numbers in [0, 1], got 0 to 2"),
    ({"cost": BCE(), "y": 0 - ys}, "y: expected numbers in [0, 1], got -1 to 0"),
    ({"cost": BCEWithLogits(), "y": 2 * ys}, "y: expected numbers in [0, 1], got 0 to 2"),
    ({"cost": BCEWithLogits(), "y": ys[:3]}, "y: expected the shape of z, (4, 1), got (3, 1)"),
    *NO_RATES,
    ({"learning_rate": [0.1]}, "learning_rate: expected one number ... got shape (1,)"),
    ({"learning_rate": [0.1, 0.2]}, "learning_rate: expected one number ... got shape (2,)"),
    ({"epochs": -1}, "epochs: expected a whole number of at least 0, got -1"),
    ({"epochs": 2.0}, "epochs: expected a whole number, got 2.0"),
    ({"epochs": True}, "epochs: expected a whole number of at least 0, got True"),
    ({"epochs": np.True_}, "epochs: expected a whole number"),
    ({"epochs": None}, "epochs: expected a whole number, got None"),
    ({"epochs": "2"}, "epochs: expected a whole number, got '2'"),
    ({"record_every": 0}, "record_every: expected a whole number of at least 1, got 0"),
    ({"record_every": 1.5}, "record_every: expected a whole number, got 1.5"),
    ({"batch_size": 0, "rng": generator()}, "batch_size: expected a whole number of at least 1, got 0"),
    ({"batch_size": -2, "rng": generator()}, "batch_size: expected a whole number of at least 1, got -2"),
    ({"batch_size": 5, "rng": generator()}, "batch_size: expected at most 4, the number of samples, got 5"),
    ({"batch_size": 2.0, "rng": generator()}, "batch_size: expected a whole number, got 2.0"),
    ({"batch_size": 2}, "rng: expected numpy.random.default_rng(seed), got None"),
    ({"batch_size": 2, "rng": 0}, "rng: expected numpy.random.default_rng(seed), got 0"),
    ({"batch_size": 2, "rng": np.random.default_rng}, "rng: expected numpy.random.default_rng(seed), got"),
    ({"batch_size": 2, "rng": np.random.RandomState(0)}, "rng: expected numpy.random.default_rng(seed)"),
    ({"network": broken("a")}, "W of layer 2: expected numbers, got <U"),
    ({"network": broken(np.nan)}, "W of layer 2: expected numbers, got NaN at index (1, 0)"),
    ({"network": biased(np.nan)}, "b of layer 1: expected numbers, got NaN at index (0, 1)"),
    *[({"network": no(np.inf)}, ": expected finite numbers, got inf") for no in (broken, biased)],
    *[({"network": no(1j)}, ": expected real numbers, got complex ones") for no in (broken, biased)],
    ({"network": certain, "cost": BCE()}, "y_hat: expected numbers in [0, 1], got 7 to 7"),
    ({"learning_rate": [[0.1], [0.1, 0.2]]}, "learning_rate: expected an array, got rows of unequal length"),
    *[
        ({"cost": cost}, "cost: expected an object with formula and slope, such as MSE(), got")
        for cost in (MSE, "MSE", None, Cost())
    ],
    *[({"network": no}, "network: expected a Network, got") for no in (Network, None, [small()])],
]


@pytest.mark.parametrize(("change", "fragment"), DOORS)
def test_the_doors_of_train_change_nothing(change, fragment):
    good = {"network": small(), "cost": MSE(), "X": Xs, "y": ys, "learning_rate": 1.0, "epochs": 3}
    arguments = {**good, **change}
    network, rng = arguments["network"], arguments.get("rng")
    before = parameters(network) if isinstance(network, Network) else []
    kept = [p.copy() for p in before]
    state = rng.bit_generator.state if isinstance(rng, np.random.Generator) else None
    with refuses(fragment):
        train(**arguments)
    for now, then, copy in zip(parameters(network) if before else [], before, kept, strict=True):
        assert now is then
        assert now.tobytes() == copy.tobytes()
    if state is not None:
        assert rng.bit_generator.state == state


@pytest.mark.parametrize(
    ("rates", "fragment"),
    [
        ([0.1, 0.2], "expected one number or an array of shape (3,) (one for each run), got shape (2,)"),
        ([[0.1, 0.2, 0.3]], "(one for each run), got shape (1, 3)"),
        ([[0.1], [0.2], [0.3]], "(one for each run), got shape (3, 1)"),
        (np.full((3, 1, 1), 0.1), "(one for each run), got shape (3, 1, 1)"),
        ([0.1, -0.2, 0.3], "expected a positive finite number, got [0.1, -0.2, 0.3]"),
        ([0.1, np.inf, 0.3], "expected a positive finite number"),
    ],
)
def test_one_learning_rate_for_each_run(rates, fragment):
    many, untouched = small(runs=3), small(runs=3)
    with refuses(f"learning_rate: ... {fragment}"):
        train(many, MSE(), Xs, ys, learning_rate=rates, epochs=3)
    assert same(many, untouched)


def test_training_asks_for_no_derivative_of_the_data():
    asked = []

    class Listening(Dense):
        def backward(self, dC_dA, inputs=True):
            asked.append(inputs)
            return super().backward(dC_dA, inputs)

    network = Network([Listening(layer.W, layer.b, layer.activation) for layer in small().layers])
    train(network, MSE(), Xs, ys, learning_rate=1, epochs=1)
    assert asked == [True, False]  # last layer first; the first one has only X before it


# What careless or unlucky callers bring


class OwnSquare:
    """A reader's own cost: the two methods, and no more."""

    def formula(self, y_hat, y):
        return MSE().formula(y_hat, y)

    def slope(self, y_hat, y):
        return MSE().slope(y_hat, y)


def test_a_readers_own_cost_is_as_good():
    network, other = small(), small()
    history = train(network, OwnSquare(), Xs, ys, learning_rate=1, epochs=3)
    assert np.array_equal(history.cost, train(other, MSE(), Xs, ys, learning_rate=1, epochs=3).cost)
    assert same(network, other)
    with refuses("y: expected the shape of y_hat, (4, 1), got (1, 4)"):
        train(network, OwnSquare(), Xs, ys.T, learning_rate=1, epochs=1)


def test_what_happens_to_the_data_after_training_does_not_reach_the_layers():
    network, (X, y) = small(), xor()
    train(network, MSE(), X, y, learning_rate=1, epochs=1)
    X += 1
    assert np.array_equal(network.layers[0].A_in, Xs)


def test_a_gradient_that_writes_into_its_argument_does_not_reach_the_start():
    def rude(w):
        w *= 2
        return w

    start = np.array([1.0, 2.0])
    path = gradient_descent(rude, start, 0.25, 1)
    assert start.tolist() == [1, 2]
    assert path.tolist() == [[1, 2], [0.5, 1]]
    path = gradient_descent(lambda w: rude(start), start, 0.25, 1)  # and who writes into the start itself
    assert path.tolist() == [[1, 2], [0.5, 1]]


def test_slices_with_their_own_data_are_bitwise_too():
    more = {"learning_rate": 0.3, "epochs": 2, "batch_size": 54}
    for seed in range(30):
        rng = generator(seed)
        many = Network.random((1, 1), Sigmoid(), rng, runs=(2, 3))
        X, y = rng.normal(size=(2, 3, 129, 1)), rng.normal(size=(129, 1))
        singles = {index: many.run(index) for index in np.ndindex(2, 3)}
        history = train(many, MSE(), X, y, rng=generator(), **more)
        for index, single in singles.items():
            alone = train(single, MSE(), X[index], y, rng=generator(), **more)
            assert same(single, many.run(index))
            assert np.array_equal(alone.cost, history.cost[:, *index])


def test_a_long_learning_rate_leaves_parameters_plain_floats():
    X, y = xor()
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    train(network, MSE(), X, y, learning_rate=np.longdouble(1), epochs=1)
    assert {layer.W.dtype for layer in network.layers} == {np.dtype(float)}
    path = gradient_descent(lambda w: 2 * w, 1.0, np.longdouble(0.25), 2)
    assert path.dtype == np.dtype(float)
