"""The playground without its page: the same numbers as `lib` by hand, nothing named that isn't there.

What a page does with them stands in test_playground_page.py.
"""

import contextlib
import io

import numpy as np
import pytest

from lib import (
    MSE,
    BCEWithLogits,
    Identity,
    Network,
    Sigmoid,
    Tanh,
    gradient,
    language,
    playground,
    train,
    xor,
)
from lib.playground import Run, settings

# Settings


def random_settings(number):
    """Some settings, and what is done with them: [(what, message), ...] of the desk's names."""
    rng = np.random.default_rng(number)

    def choose(*values):
        return values[rng.integers(len(values))]

    data = ("xor", "and", "rings", "moons", "spiral", "stripes", "curve", "own", "rings", "moons")[
        number % 10
    ]
    chosen = {
        "data": data,
        "hidden": "-".join(str(rng.integers(1, 9)) for _ in range(rng.integers(0, 5))),
        "activation": choose("sigmoid", "tanh", "relu"),
        "cost": choose("mse", "bce"),
        "size": choose("0.5", "1.0", "1.5"),
        "seed": str(rng.integers(1000)),
        "alpha": choose("0.03", "0,3", "0.7"),
        "batch": choose("0", "2", "3"),
        "samples": choose("20", "37"),
        "noise": choose("0", "0.1"),
    }
    if data == "own":
        chosen["points"] = "0,0,0\n1.25 0.5 1; -1,0.1,1\n0.3,-0.7,0;2,2,1"
    other = {"alpha": choose("0.1", "0.05"), "batch": choose("0", "1")}
    done = [("train", {"epochs": 5}), ("step", {}), ("step", {}), ("train", {"epochs": 2}), ("step", {})]
    return chosen, [*done, ("turn", other), ("train", {"epochs": 3}), ("step", {})]


def done(chosen, moves):
    """All frames, the first one included."""
    frames = [playground.begin({"settings": chosen})]
    return frames + [getattr(playground, name)(message) for name, message in moves]


def printed(program):
    out = io.StringIO()
    names = {}
    with contextlib.redirect_stdout(out):
        exec(program, names)
    return names, float(out.getvalue())


@pytest.mark.parametrize("number", range(10))
def test_as_python_comes_to_the_same_bits(number):
    frame = done(*random_settings(number))[-1]
    names, cost = printed(playground.recipe({})["python"])
    assert cost == frame["cost"][0]
    for k, layer in enumerate(names["network"].layers, start=1):
        assert (layer.W == frame[f"W{k}"]).all()
        assert (layer.b == frame[f"b{k}"]).all()


@pytest.mark.parametrize("number", range(10))
def test_a_link_comes_to_the_same_bits(number):
    frame = done(*random_settings(number))[-1]
    link = playground.recipe({})["link"]
    again = playground.begin({"link": link})
    while again["ahead"]:
        again = playground.train({"epochs": 4})
    assert (again["epoch"], again["steps"], again["cost"][0]) == (
        frame["epoch"],
        frame["steps"],
        frame["cost"][0],
    )
    assert (again["W1"] == frame["W1"]).all()
    assert playground.recipe({})["link"] == link
    # and what holds from there on is the same, too
    assert playground.train({"epochs": 2})["cost"] != frame["cost"] or frame["seen"]


def test_a_learning_rate_that_waits_is_in_the_link():
    done({}, [("train", {"epochs": 3}), ("turn", {"alpha": "0.25", "batch": "2"})])
    link = playground.recipe({})["link"]
    assert link == {"v": "1", "alpha": "0.25", "batch": "2", "run": "5.0x3"}
    playground.begin({"link": link})
    playground.train({"epochs": 9})
    assert playground.train({"epochs": 1})["epoch"] == 4
    assert "x3_0.25/2x1" in playground.recipe({})["link"]["run"]


def test_a_run_in_slices_is_one_training():
    X, y = xor()
    rng = np.random.default_rng(3)
    network = Network.random([2, 3, 1], Tanh(), rng, output=Identity())
    cost = BCEWithLogits()
    history = train(network, cost, X, y, learning_rate=0.5, epochs=40, batch_size=3, rng=rng)
    chosen = {"hidden": "3", "activation": "tanh", "cost": "bce", "seed": "3", "alpha": "0.5", "batch": "3"}
    frames = done(
        chosen,
        [("train", {"epochs": n}) for n in (1, 7, 12)] + [("step", {})] * 2 + [("train", {"epochs": 19})],
    )
    assert frames[-1]["epoch"] == 40
    seen = np.vstack([frame["costs"] for frame in frames])
    assert (
        dict(seen.tolist()).items()
        <= dict(zip(history.epoch.tolist(), history.cost.tolist(), strict=True)).items()
    )
    assert (frames[-1]["W1"] == network.layers[0].W).all()
    # at half of an epoch, nothing is recorded, and the count of steps says so
    assert [(frame["epoch"], frame["steps"]) for frame in frames[-3:]] == [(20, 1), (21, 0), (40, 0)]


def test_a_frame_holds_what_lib_computes():
    X, y = xor()
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0), output=Sigmoid())
    for layer in network.layers:
        layer.W, layer.b = 2 * layer.W, 2 * layer.b
    train(network, MSE(), X, y, learning_rate=5.0, epochs=30)
    frame = done({"size": "2"}, [("train", {"epochs": 30})])[-1]
    y_hat = network.forward(X)
    network.backward(MSE().gradient(y_hat, y))
    for k, layer in enumerate(network.layers, start=1):
        assert (frame[f"dW{k}"] == layer.dW).all()
        assert (frame[f"db{k}"] == layer.db).all()
        assert frame["sizes"][k - 1, 0] == pytest.approx(np.sqrt((layer.dW**2).mean()))
    D2 = 2 * (y_hat - y) / 4 * y_hat * (1 - y_hat)
    assert frame["sizes"][1, 1] == pytest.approx(np.sqrt((D2**2).mean()))
    assert (frame["y_hat"] == y_hat[:, 0]).all()
    assert (frame["right"] == ((y_hat > 0.5) == y)[:, 0]).all()
    # the plane, from the lower left, line by line: 48 squares across, 1.6 wide
    left = (0.5 - 0.8) + 1.6 * (np.array([3, 40]) + 0.5) / 48
    expected = network.forward(np.array([[left[0], left[1]]]))[0, 0]
    assert frame["plane"].shape == (48 * 48,)
    assert frame["plane"][40 * 48 + 3] == pytest.approx(expected, rel=1e-12)


def test_with_bce_the_answer_is_the_sigmoid_of_the_logit():
    frame = done({"cost": "bce"}, [])[0]
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0), output=Identity())
    assert frame["y_hat"] == pytest.approx(1 / (1 + np.exp(-network.forward(xor()[0])[:, 0])), rel=1e-12)


# One step in numbers


@pytest.mark.parametrize("row", [1, 0])
def test_one_step_is_that_of_chapter_5(row):
    playground.begin({"settings": {"seed": "4"}})
    playground.train({"epochs": 11})
    found = playground.numbers({"row": row})
    tables = {name: found[f"table{place}"] for place, (name, _, _) in enumerate(found["tables"])}
    X, y = (table[:1] if row else table for table in xor())
    N = len(X)

    def s(z):
        return 1 / (1 + np.exp(-z))

    W1, b1, W2, b2 = (tables[name] for name in ("W_1", "b_1", "W_2", "b_2"))
    A1 = s(X @ W1 + b1)
    A2 = s(A1 @ W2 + b2)
    D2 = 2 * (A2 - y) / N * A2 * (1 - A2)
    D1 = (D2 @ W2.T) * A1 * (1 - A1)
    expected = {
        "A_0": X, "Z_1": X @ W1 + b1, "A_1": A1, "Z_2": A1 @ W2 + b2, "A_2": A2,
        "dC/dA_2": 2 * (A2 - y) / N, "dC/dZ_2": D2, "dC/dW_2": A1.T @ D2, "dC/db_2": D2.sum(axis=0, keepdims=True),
        "dC/dA_1": D2 @ W2.T, "dC/dZ_1": D1, "dC/dW_1": X.T @ D1, "dC/db_1": D1.sum(axis=0, keepdims=True),
    }  # fmt: skip
    assert set(tables) == {*expected, "W_1", "b_1", "W_2", "b_2"}
    for name, table in expected.items():
        assert tables[name].shape == table.shape
        assert tables[name] == pytest.approx(table, rel=1e-12, abs=1e-15), name
    assert [way for _, _, way in found["tables"]] == ["forward"] * 9 + ["backward"] * 8
    assert found["tables"][9][:2] == ["dC/dA_2", "the slope of the cost"]
    assert found["cost"][0] == pytest.approx(((A2 - y) ** 2).mean())
    assert 0 <= found["error"][0] < 1e-14


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("cost", ["mse", "bce"])
def test_every_gradient_is_checked_by_complex_step(activation, cost):
    run = Run(
        settings({"data": "moons", "hidden": "3-2", "activation": activation, "cost": cost, "samples": "20"})
    )
    run.train(5)
    found = playground.one_step(run)
    assert found["error"] < 1e-13
    dW1 = dict((name, table) for name, table, _ in found["backward"])["dC/dW_1"]

    def value(W):
        layers = run.network.layers
        out = run.X @ W + layers[0].b
        for layer, after in zip(layers, [*layers[1:], None], strict=True):
            out = layer.activation.value(out)
            out = out @ after.W + after.b if after else out
        return run.cost.value(out, run.y)

    assert dW1 == pytest.approx(gradient(value, run.network.layers[0].W.copy()), rel=1e-6, abs=1e-8)


def test_a_wrong_gradient_is_not_called_right(monkeypatch):
    run = Run(settings({}))
    monkeypatch.setattr(Sigmoid, "derivative", lambda self, a: a)
    assert playground.one_step(run)["error"] > 0.1


def test_numbers_that_are_not_finite_are_not_checked():
    run = Run(settings({}))
    run.network.layers[0].W[0, 0] = np.inf
    assert np.isnan(playground.one_step(run)["error"])


def test_a_row_that_is_not_there():
    with pytest.raises(ValueError, match="row: expected 1 to 4, got 5"):
        playground.one_step(Run(settings({})), 4)


# What is named


def names(run):
    return [name for name, _ in playground.seen(run)]


def planted(change, **values):
    """The names of a run whose layers somebody has changed."""
    run = Run(settings({"data": "moons", "hidden": "3", **values}))
    assert names(run) == [], "nothing is named that isn't planted"
    change(run.network.layers)
    return playground.seen(run)


def test_nothing_is_named_at_a_usual_start():
    for seed in range(20):
        for activation in ("sigmoid", "tanh"):
            assert names(Run(settings({"seed": str(seed), "activation": activation, "hidden": "4"}))) == []


@pytest.mark.parametrize(
    ("hidden", "sentence"),
    [
        ("", "one straight line"),
        ("1", "one straight line"),
        ("1-1", "one straight line"),
        ("1-3", "Straight lines"),
        ("2", None),
    ],
)
def test_straight_line_only(hidden, sentence):
    found = dict(playground.seen(Run(settings({"hidden": hidden, "seed": "1"}))))
    assert found.get("straight") is None if sentence is None else sentence in found["straight"]


def test_a_dead_relu_is_named():
    def kill(layers):
        layers[0].b[:, 1] = -50

    ((name, sentence),) = planted(kill, activation="relu", seed="1")
    assert (name, sentence[:24]) == ("dead", "Neuron 2 of layer 1: dea")


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_a_saturated_neuron_is_named(activation):
    def push(layers):
        layers[0].b[:, [0, 2]] = 30

    ((name, sentence),) = planted(push, activation=activation)
    assert (name, sentence[:26]) == ("saturated", "Neurons 1 and 3 of layer 1")


def test_twins_are_named():
    def copy(layers):
        layers[0].W[:, 2], layers[0].b[:, 2], layers[1].W[2] = (
            layers[0].W[:, 0],
            layers[0].b[:, 0],
            layers[1].W[0],
        )

    ((name, sentence),) = planted(copy)
    assert (name, sentence[:26]) == ("twins", "Neurons 1 and 3 of layer 1")

    def half_a_copy(layers):  # the weights that lead on differ: no twins
        layers[0].W[:, 2], layers[0].b[:, 2] = layers[0].W[:, 0], layers[0].b[:, 0]

    assert planted(half_a_copy) == []


def test_a_start_at_zero_has_twins_and_keeps_them():
    run = Run(settings({"size": "0", "data": "moons", "hidden": "4"}))
    run.train(200)
    assert names(run) == ["twins"]


def test_surely_wrong_is_named_with_mse_alone():
    def push(layers):
        layers[1].W[:], layers[1].b[:] = 0, 30

    ((name, sentence),) = planted(push)
    assert (name, sentence[:22]) == ("sure", "50 rows are surely wro")
    assert planted(push, cost="bce") == []


def test_diverged_is_named_and_nothing_else():
    run = Run(settings({"hidden": "4", "activation": "relu", "cost": "bce", "alpha": "10000"}))
    run.train(50)
    assert names(run) == ["diverged"]
    large = Run(settings({"cost": "bce"}))
    large.network.layers[1].b[:] = 5000.0  # finite, and far beyond any sense
    assert names(large) == ["diverged"]


@pytest.mark.parametrize(("seed", "rows"), [(6, "2 and 4"), (14, "3 and 4"), (22, "1 and 2")])
def test_stuck_at_an_eighth_is_named(seed, rows):
    run = Run(settings({"seed": str(seed)}))
    run.train(20_000)
    found = dict(playground.seen(run))
    assert found["stuck"].startswith(f"Stuck at 1/8: rows {rows} share one answer, 0.5")
    assert run.value() == pytest.approx(1 / 8, abs=1e-3)


def test_three_that_share_an_answer_rest_at_a_sixth_and_bce_elsewhere():
    y_hat = np.array([0.001, 2 / 3, 2 / 3, 2 / 3])

    def with_answers(cost):
        run = Run(settings({"cost": cost}))
        run.answers = lambda X: y_hat[:, np.newaxis]
        return dict(playground.seen(run))["stuck"]

    assert "Stuck at 1/6: rows 2, 3 and 4 share one answer, 0.67" in with_answers("mse")
    entropy = 3 / 4 * -(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3))
    assert f"Stuck at {entropy:.3g}: " in with_answers("bce")


def test_who_still_learns_is_not_called_stuck():
    """On its way this run passes the height at which others are stuck."""
    run = Run(settings({}))
    for _ in range(60):
        run.train(50)
        assert names(run) == []
    assert run.value() < 0.001


# Points


def test_and_is_one_where_both_are():
    X, y = playground.logical_and()
    assert y[:, 0].tolist() == [0, 0, 0, 1]
    assert (X == xor()[0]).all()


def drawn(name, samples=60):
    given = ["sin(3*x)"] if name == "curve" else []
    X, y = getattr(playground, name)(*given, np.random.default_rng(0), samples=samples, noise=0)
    assert X.shape == (samples, 2)
    assert y.shape == (samples, 1)
    assert set(y[:, 0]) == {0.0, 1.0}
    return X, y[:, 0]


def test_without_noise_the_points_lie_where_they_should():
    X, y = drawn("two_rings")
    assert np.hypot(*X.T) == pytest.approx(np.where(y, 0.4, 1))
    assert y.sum() == 30
    X, y = drawn("two_moons")
    middle = np.where(y[:, np.newaxis], [0.5, 0.25], [-0.5, -0.25])
    assert np.hypot(*(X - middle).T) == pytest.approx(np.ones(60))
    assert ((X - middle)[:, 1] * np.where(y, -1, 1) >= 0).all()
    X, y = drawn("spiral")
    way = np.hypot(*X.T) / 1.4
    turned = np.arctan2(X[:, 1], X[:, 0]) - 3 * np.pi * way - np.pi * y
    assert np.cos(turned) == pytest.approx(np.ones(60))
    X, y = drawn("stripes")
    assert [set(y[(X[:, 0] > left) & (X[:, 0] < left + 0.6)]) for left in (-1.2, -0.6, 0, 0.6)] == [
        {0},
        {1},
        {0},
        {1},
    ]
    X, y = drawn("curve")
    assert (y == (X[:, 1] > np.sin(3 * X[:, 0]))).all()


def test_noise_is_its_standard_deviation():
    exact, _ = playground.stripes(np.random.default_rng(0), samples=1000, noise=0)
    moved, _ = playground.stripes(np.random.default_rng(0), samples=1000, noise=0.2)
    assert (moved - exact).std() == pytest.approx(0.2, rel=0.05)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((7,), "rng: expected"),
        ((np.random.default_rng(0), 1), "samples: expected"),
        ((np.random.default_rng(0), 10, -1), "noise: expected"),
    ],
)
def test_points_refuse_what_is_no_draw(given, said):
    for make in (playground.two_rings, playground.two_moons, playground.spiral, playground.stripes):
        with pytest.raises(ValueError, match=said):
            make(*given)


def test_the_language_knows_sine_and_cosine():
    x = np.linspace(-2, 2, 9)
    assert (language.evaluate("sin(3*x) + cos(x)", {"x": x}) == np.sin(3 * x) + np.cos(x)).all()


# What is refused

REFUSED = {
    "text for a number": ({"alpha": "fast"}, "alpha: expected a number, got 'fast'"),
    "nothing": ({"seed": ""}, "seed: expected a number, got ''"),
    "alpha 0": ({"alpha": "0"}, "alpha: expected a number above 0, at most 1,000,000, got 0"),
    "alpha below": ({"alpha": "-1"}, "alpha: expected a number above 0"),
    "alpha inf": ({"alpha": "inf"}, "alpha: expected a number, got 'inf'"),
    "no points": ({"data": "own"}, "points: expected at least two, one of each class, got none"),
    "one class": ({"data": "own", "points": "0,0,1;1,1,1"}, "points: expected both classes, got 2 of class 1 only"),
    "5,000 points": ({"points": "0,0,1\n" * 5000}, "points: expected at most 1,000 points, got 5,000"),
    "far outside": ({"points": "0,0,1;1,700,0"}, "point 2, x2: expected -10 to 10, got 700"),
    "a word in a point": ({"points": "0,up,1"}, "point 1, x2: expected a number, got 'up'"),
    "two numbers": ({"points": "0,1"}, "point 1: expected x1, x2 and a class such as 0.5, -1, 1, got '0,1'"),
    "a third class": ({"points": "0,1,2"}, "point 1, class: expected one of 0, 1, got '2'"),
    "no formula": ({"data": "curve", "curve": "sin("}, "curve: expected an expression of x such as sin(3*x)"),
    "another name": ({"data": "curve", "curve": "y + 1"}, "curve: expected an expression of x such as sin(3*x)"),
    "code": ({"data": "curve", "curve": "__import__('os')"}, "curve: expected an expression of x"),
    "no height": ({"data": "curve", "curve": "log(x)"}, "curve: expected a height for each x from -1.5 to 1.5"),
    "a high curve": ({"data": "curve", "curve": "9"}, "points: expected both classes, got 100 of class 0 only"),
    "nine neurons": ({"hidden": "2-9"}, "hidden: expected 1 to 8, got 9"),
    "five layers": ({"hidden": "2-2-2-2-2"}, "hidden: expected at most 4 hidden layers, got 5"),
    "half a seed": ({"seed": "1.5"}, "seed: expected a whole number, got 1.5"),
    "a large batch": ({"batch": "5"}, "batch: expected at most 4, the number of points, got 5"),
    "no such data": ({"data": "moon"}, "data: expected one of xor, and, rings"),
    "no such setting": ({"colour": "red"}, "colour: expected one of the settings data, samples"),
}  # fmt: skip
LINKS = {
    "no version": ({}, "link: expected one of version 1, got none"),
    "another version": ({"v": "2", "data": "xor"}, "link: expected one of version 1, got 2"),
    "nonsense": ({"%": "", "": ""}, "link: expected one of version 1, got none"),
    "no run": ({"v": "1", "run": "lots"}, "link: expected a run such as 5.0x800, got 'lots'"),
    "no number": ({"v": "1", "alpha": "big"}, "alpha: expected a number, got 'big'"),
    "alpha 0 in a link": ({"v": "1", "run": "0x5"}, "alpha: expected a number above 0"),
    "too long": ({"v": "1", "run": "5x9999999"}, "link: expected at most 1,000,000 epochs"),
    "more steps than there are": ({"v": "1", "run": "5/2x1-2"}, "link: expected fewer steps than an epoch has"),
    "more rows than there are": ({"v": "1", "run": "5/9x1"}, "batch: expected at most 4, the number of points"),
    "a stranger": ({"v": "1", "wide": "1"}, "wide: expected one of the settings"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*REFUSED, *LINKS])
def test_what_is_refused_gets_one_sentence_and_nothing_is_lost(name):
    before = done({"seed": "3"}, [("train", {"epochs": 2})])[-1]
    kind = "settings" if name in REFUSED else "link"
    values, said = (REFUSED | LINKS)[name]
    message = {kind: values}
    with pytest.raises(ValueError, match=r"^[^\n]*$") as refused:
        playground.begin(message)
    assert str(refused.value).startswith(said)
    assert (playground.frame({})["W1"] == before["W1"]).all()
    assert playground.frame({})["epoch"] == 2


def test_a_learning_rate_that_is_refused_changes_nothing():
    done({}, [("train", {"epochs": 2})])
    for message in ({"alpha": "0", "batch": "0"}, {"alpha": "1", "batch": "9"}):
        with pytest.raises(ValueError, match="expected"):
            playground.turn(message)
    assert playground.recipe({})["link"] == {"v": "1", "run": "5.0x2"}


@pytest.mark.parametrize("line", ["0.5,-1,1", "0.5, -1, 1", "0,5 -1 1", "0,5\t−1\t1", " 0.5 , -1 , 1"])
def test_a_point_is_read_as_people_write_it(line):
    assert settings({"points": line}).points == ((0.5, -1, 1),)


def test_a_comma_is_a_point_and_what_is_not_said_is_as_always():
    assert settings({"alpha": "0,25"}).alpha == 0.25
    assert settings({"noise": "−0"}).noise == 0
    assert settings({}) == playground.Settings()
    chosen, _ = random_settings(7)
    assert settings(settings(chosen).texts()) == settings(chosen)


def test_the_window_of_own_points_stays_while_they_are_near():
    near = Run(settings({"data": "own", "points": "0,0,0;1,1.5,1"})).window()
    assert near == ((-2, -2), 4)
    far = Run(settings({"data": "own", "points": "0,0,0;1,-8,1"})).window()
    assert far[1] == pytest.approx(17.6)
