"""The questions. Each function returns {"title", "unit", "about", "rows", "missing"}.

A row is what `measure.ranking` makes of it: a name, [median, lower and upper quartile] of the time
in the case's unit, and the same of its ratio to the row that the case compares with.
"""

import subprocess
import sys
from functools import partial
from io import BytesIO

import numpy as np

from benchmarks import contestants as who
from benchmarks.measure import exponent, race, ranking
from lib import MSE, Network, Sigmoid, gradient_descent, train, xor
from lib.descent import mini_batches, step


def random_start(*sizes, seed=1):
    """[(W, b), ...] drawn from the normal distribution, the weights divided by the square root of their inputs."""
    layers = Network.random(sizes, Sigmoid(), np.random.default_rng(seed)).layers
    return [(layer.W / np.sqrt(len(layer.W)), layer.b) for layer in layers]


PRODUCTS = "its matrix products alone"


def products_alone(network, X, y, batches):
    """A function that makes the five matrix products of each step of two layers, and nothing else."""
    left, right = network.layers
    step(network, MSE(), X[batches[0]], y[batches[0]], 0.1)  # leaves activations of the right shapes
    A1, dZ2 = left.A, right.A - y[batches[0]]
    dZ1 = dZ2 @ right.W.mT * A1
    inputs = [X[rows] for rows in batches]

    def run():
        for A in inputs:
            n = len(A)  # the last mini-batch may be smaller
            A @ left.W
            A1[:n] @ right.W
            A1[:n].mT @ dZ2[:n]
            dZ2[:n] @ right.W.mT
            A.mT @ dZ1[:n]

    return run


def compete(task, contestants, rounds, scale, products=False):
    """The rows of a race to `lib`, and who is missing. scale: calls to the unit of the case."""
    runs, missing = who.together(task, contestants)
    if products:
        rng = task.rng()
        batches = [
            rows for _ in range(task.epochs) for rows in mini_batches(len(task.X), task.batch_size, rng)
        ]
        runs[PRODUCTS] = products_alone(task.network(), task.X, task.y, batches)
    return {"rows": ranking(race(runs, rounds=rounds), to="lib", scale=scale), "missing": missing}


def xor_epochs(rounds):
    X, y = xor()
    network = Network.random((2, 2, 1), Sigmoid(), np.random.default_rng(1))
    start = [(layer.W, layer.b) for layer in network.layers]
    task = who.Task(start, X, y, "mse", learning_rate=5.0, epochs=1000, record_every=100)
    others = who.scikit_learn, who.torch_loader
    contestants = [contestant for contestant in who.NAMES if contestant not in others]
    return {
        "title": "XOR, 2-2-1, full batch",
        "unit": "µs per epoch",
        "about": "1000 epochs, the cost recorded every 100; scikit-learn has no squared error behind a sigmoid",
        **compete(task, contestants, rounds, 1e6 / task.epochs),
    }


def digits_data():
    """scikit-learn's 1797 digits of 8 × 8 points, shades from 0 to 1; one column for each digit."""
    from sklearn.datasets import load_digits

    X, digit = load_digits(return_X_y=True)
    return X / 16, np.eye(10)[digit]


def digits_epochs(rounds, cost):
    about = "5 epochs, the cost recorded before and after"
    title = f"Digits, 64-64-10, mini-batches of 32, {'MSE' if cost == 'mse' else 'cross-entropy'}"
    case = {"title": title, "unit": "ms per epoch", "about": about, "rows": []}
    try:
        X, y = digits_data()
    except ImportError as trouble:
        return case | {"missing": {"all": f"not here: {trouble}"}}
    rate = 5.0 if cost == "mse" else 1.0
    task = who.Task(random_start(64, 64, 10), X, y, cost, rate, epochs=5, record_every=5, batch_size=32)
    others = [who.numpy_without_classes, who.compiled_c] + [who.scikit_learn] * (cost == "mse")
    contestants = [contestant for contestant in who.NAMES if contestant not in others]
    return case | compete(task, contestants, rounds, 1e3 / task.epochs, products=True)


def many_runs(rounds):
    """64 learning rates along the leading axis; every slice must be, bit by bit, the single run."""
    X, y = xor()
    start = Network.random((2, 2, 1), Sigmoid(), np.random.default_rng(1))
    rates, epochs = np.geomspace(0.1, 10, 64), 500

    def run(copies, learning_rate):
        network = start.copies(*copies)
        train(network, MSE(), X, y, learning_rate=learning_rate, epochs=epochs, record_every=epochs)
        return network

    together = run((64,), rates)
    for k, rate in enumerate(rates):
        for many, one in zip(together.layers, run((), rate).layers, strict=True):
            if not (np.array_equal(many.W[k], one.W) and np.array_equal(many.b[k], one.b)):
                raise ValueError(f"many_runs: slice {k} differs from the single run")
    runs = {"one run": partial(run, (), 5.0), "64 runs at once": partial(run, (64,), rates)}
    return {
        "title": "XOR with 64 learning rates at once",
        "unit": "µs per epoch",
        "about": "each of the 64 slices is bit by bit the single run",
        "rows": ranking(race(runs, rounds=rounds), to="one run", scale=1e6 / epochs),
        "missing": {},
    }


def large_steps(rounds):
    """784-256-10 on 60,000 rows: a part of an epoch, against its own matrix products alone."""
    rng = np.random.default_rng(0)
    X, y = rng.random((60_000, 784)), np.eye(10)[rng.integers(10, size=60_000)]
    batches = mini_batches(len(X), 128, rng)[:60]
    network = who.Task(random_start(784, 256, 10), X, y, "mse", 0.1, 1, 1).network()

    def steps():
        with np.errstate(all="ignore"):
            for rows in batches:
                step(network, MSE(), X.take(rows, axis=-2), y.take(rows, axis=-2), np.array(0.1))

    runs = {PRODUCTS: products_alone(network, X, y, batches), "lib": steps}
    return {
        "title": "784-256-10, mini-batches of 128 from 60,000 rows",
        "unit": "ms per step",
        "about": f"{len(batches)} of the 469 steps of an epoch, random numbers as data",
        "rows": ranking(race(runs, rounds=rounds), to=PRODUCTS, scale=1e3 / len(batches)),
        "missing": {},
    }


def slider_event(rounds):
    """A live figure that follows its slider, against plotting and saving it anew, same pixels wide."""
    from ipywidgets import Widget

    from lib.figures import canvas, contour_lines, name_axes
    from lib.live.sliders import read_parameters
    from lib.live.widget import LiveFigure

    rates = np.linspace(0.01, 0.3, 59)

    def draw():
        fig, ax = canvas(width=6, height=4)
        contour_lines(ax, lambda a, b: 3 * a**2 + b**2, (-2, 2), (-2, 2))
        (path,) = ax.plot([], [], "o-")
        name_axes(ax, "$w_1$", "$w_2$", "Gradient descent on a bowl")

        def update(rate):
            W = gradient_descent(lambda W: np.array([6, 2]) * W, [1.8, 1.6], rate, 50)
            path.set_data(W[:, 0], W[:, 1])
            return f"learning rate {rate:.3f}: {W[-1]}"

        return fig, update

    import matplotlib.pyplot as plt

    fig, update = draw()
    plt.close(fig)
    parameters = read_parameters({"rate": rates})
    live = LiveFigure(fig, update, parameters, [0], line="", alt="bowl", animate=None)
    place = [0]

    def event():
        place[0] = (place[0] + 7) % len(rates)
        live.controls[0].index = place[0]

    def replot():
        place[0] = (place[0] + 7) % len(rates)
        fig, update = draw()
        update(rates[place[0]])
        fig.savefig(BytesIO(), dpi=fig.dpi)
        plt.close(fig)

    times = race({"plot and save anew": replot, "slider event": event}, rounds=rounds, least=0.1)
    Widget.close_all()
    return {
        "title": "One slider event in a kernel",
        "unit": "ms",
        "about": "600 × 400 pixels: level lines, a path of 50 steps; what a notebook's slider waits for",
        "rows": ranking(times, to="plot and save anew", scale=1e3),
        "missing": {},
    }


def proofs(rounds):
    """Every derivative of a 2-2-1 network with four samples, against SymPy's, from nothing."""
    from sympy.core.cache import clear_cache

    from lib.proofs import prove_network

    def prove():
        clear_cache()  # else the second proof would be a look-up
        if not all(proof.holds for proof in prove_network((2, 2, 1), MSE())):
            raise ValueError("proofs: expected the backward pass to be proven")

    times = race({"2-2-1 proven": prove}, rounds=rounds, least=0)
    return {
        "title": "The whole backward pass of 2-2-1, proven with SymPy",
        "unit": "s",
        "about": "9 parameters and 8 inputs, 4 samples, all symbols; SymPy's memory emptied before each",
        "rows": ranking(times, to="2-2-1 proven"),
        "missing": {},
    }


def imports(rounds):
    """A fresh Python that imports and stops."""

    def fresh(code):
        return partial(subprocess.run, [sys.executable, "-c", code], check=True)

    runs = {f"python, {code}": fresh(code) for code in ("pass", "import numpy", "import lib")}
    return {
        "title": "Import of lib",
        "unit": "ms",
        "about": "a fresh Python process each",
        "rows": ranking(race(runs, rounds=rounds, least=0), to="python, import numpy", scale=1e3),
        "missing": {},
    }


def array_operations():
    """How many calls of NumPy one XOR epoch makes, counted as they happen."""
    calls = []

    class Counting(np.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, **options):
            calls.append(ufunc.__name__)
            plain = [own.view(np.ndarray) if isinstance(own, Counting) else own for own in inputs]
            return np.asarray(getattr(ufunc, method)(*plain, **options)).view(Counting)

    X, y = xor()
    network = Network.random((2, 2, 1), Sigmoid(), np.random.default_rng(1))
    step(network, MSE(), X.view(Counting), y, np.array(5.0))
    return len(calls)


# What grows, its expected exponent, its sizes, and from which of them on the line is fitted: below,
# Python's share hides the arithmetic.
GROWTH = {
    "width": (2, [8, 16, 32, 64, 128, 256, 512, 1024], 128),
    "depth": (1, [1, 2, 4, 8, 16, 32, 64], 8),
    "batch": (1, [8, 32, 128, 512, 2048, 8192], 128),
    "rows": (1, [64, 256, 1024, 4096, 16384], 256),
}


def grown(what, size):
    """A function to be timed: one step of a network (of `rows`: one epoch of mini-batches of 32)."""
    sizes, samples = {
        "width": ([size] * 3, 64),
        "depth": ([64] * (size + 1), 64),
        "batch": ([64, 64, 64], size),
        "rows": ([32, 32, 10], size),
    }[what]
    rng, rate = np.random.default_rng(0), np.array(0.01)
    X, y = rng.random((samples, sizes[0])), rng.random((samples, sizes[-1]))
    network = who.Task(random_start(*sizes), X, y, "mse", 0.01, 1, 1).network()
    if what != "rows":
        return lambda: step(network, MSE(), X, y, rate)

    def epoch():
        for rows in mini_batches(samples, 32, rng):
            step(network, MSE(), X.take(rows, axis=-2), y.take(rows, axis=-2), rate)

    return epoch


def growth(rounds):
    """Seconds (the best round) as one thing grows and the rest stays, and the exponents fitted to them."""
    answer = {}
    for what, (expected, sizes, fitted_from) in GROWTH.items():
        times = race({size: grown(what, size) for size in sizes}, rounds=rounds, least=0.002)
        best = [float(f"{times[size].min():.4g}") for size in sizes]
        large = [place for place, size in enumerate(sizes) if size >= fitted_from]
        fitted = exponent([sizes[place] for place in large], [best[place] for place in large])
        answer[what] = {
            "sizes": sizes,
            "seconds": best,
            "fitted_from": fitted_from,
            "exponent": round(fitted, 2),
            "expected": expected,
        }
    return answer
