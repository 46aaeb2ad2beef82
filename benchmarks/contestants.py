"""All who train the same network: the same start, data, steps and recording, in 64-bit floats.

Each is a function that takes a `Task`, prepares what may be prepared (imports, conversion,
compilation) and returns a function that trains from the start and returns the parameters,
[W1, b1, W2, b2, ...] as NumPy arrays, and the recorded costs. Only the latter is timed. Who is not
installed raises ImportError, or OSError for want of a C compiler; `together` names them.
"""

import ctypes
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import naive
from lib import BCE, MSE, Dense, Network, Sigmoid, train
from lib.descent import mini_batches


@dataclass(frozen=True)
class Task:
    """What is to be learned. start: [(W, b), ...]; cost: "mse" or "bce"; the rest as in `lib.train`."""

    start: list
    X: np.ndarray
    y: np.ndarray
    cost: str
    learning_rate: float
    epochs: int
    record_every: int
    batch_size: int | None = None

    def rng(self):
        """Everybody draws the same mini-batches: this one, from the start."""
        return np.random.default_rng(0)

    def options(self):
        """What `lib.train` and the naive version take by name."""
        names = ("learning_rate", "epochs", "record_every", "batch_size")
        return {name: getattr(self, name) for name in names} | {"rng": self.rng()}

    def network(self):
        return Network([Dense(W, b, Sigmoid()) for W, b in self.start])

    def drive(self, record, step):
        """The loop of those who bring none: record() is the cost now, step(rows) one update."""
        rng, costs = self.rng(), []
        for epoch in range(self.epochs + 1):
            if epoch % self.record_every == 0 or epoch == self.epochs:
                costs.append(record())
            if epoch == self.epochs:
                return costs
            if self.batch_size is None:
                step(None)
            else:
                for rows in mini_batches(len(self.X), self.batch_size, rng):
                    step(rows)


def flat(pairs):
    return [parameter for pair in pairs for parameter in pair]


def with_lib(task):
    cost = {"mse": MSE, "bce": BCE}[task.cost]()

    def run():
        network = task.network()
        history = train(network, cost, task.X, task.y, **task.options())
        return flat((layer.W, layer.b) for layer in network.layers), history.cost

    return run


def naive_numpy(task):
    def run():
        pairs, costs = naive.train(task.start, task.X, task.y, cost=task.cost, **task.options())
        return flat(pairs), costs

    return run


def numpy_without_classes(task):
    """The array operations of `lib` for two layers and MSE, written in a row: NumPy's own share."""
    if len(task.start) != 2 or task.cost != "mse":
        raise ValueError("numpy_without_classes: expected two layers and MSE")

    def run():
        W1, b1, W2, b2 = flat(task.start)
        X, y, rate, entries = task.X, task.y, task.learning_rate, task.y.size

        def record():
            A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
            E = 1 / (1 + np.exp(-(A1 @ W2 + b2))) - y
            return (E * E).sum() / entries

        costs = []
        for epoch in range(task.epochs):
            if epoch % task.record_every == 0:
                costs.append(record())
            A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
            A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
            dZ2 = 2 * (A2 - y) / entries * ((1 - A2) * A2)
            dW2 = A1.mT @ dZ2
            db2 = dZ2.sum(axis=-2, keepdims=True)
            dZ1 = dZ2 @ W2.mT * ((1 - A1) * A1)
            dW1 = X.mT @ dZ1
            db1 = dZ1.sum(axis=-2, keepdims=True)
            W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
        return [W1, b1, W2, b2], [*costs, record()]

    return run


def torch_ready():
    import torch

    torch.set_num_threads(1)
    return torch


def torch_cost(torch, name):
    functional = torch.nn.functional
    return {"mse": functional.mse_loss, "bce": functional.binary_cross_entropy}[name]


def torch_rows(torch, task):
    """X and y as tensors, and a function from row numbers to a mini-batch of both."""
    X, y = torch.from_numpy(task.X), torch.from_numpy(task.y)

    def batch(rows):
        if rows is None:
            return X, y
        rows = torch.from_numpy(rows)
        return X.index_select(0, rows), y.index_select(0, rows)

    return batch


def torch_nn(task, loader=False):
    torch = torch_ready()
    cost, batch = torch_cost(torch, task.cost), torch_rows(torch, task)

    def run():
        layers = []
        for W, b in task.start:
            linear = torch.nn.Linear(*W.shape, dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.from_numpy(W.T))
                linear.bias.copy_(torch.from_numpy(b[0]))
            layers += [linear, torch.nn.Sigmoid()]
        model = torch.nn.Sequential(*layers)
        optimizer = torch.optim.SGD(model.parameters(), lr=task.learning_rate)

        def record():
            with torch.no_grad():
                X, y = batch(None)
                return cost(model(X), y).item()

        def update(X, y):
            optimizer.zero_grad()
            cost(model(X), y).backward()
            optimizer.step()

        if loader:
            costs = by_loader(torch, task, record, update)
        else:
            costs = task.drive(record, lambda rows: update(*batch(rows)))
        pairs = [
            (layer.weight.detach().numpy().T, layer.bias.detach().numpy()[None]) for layer in layers[::2]
        ]
        return flat(pairs), costs

    return run


def by_loader(torch, task, record, update):
    """`Task.drive` with PyTorch's own DataLoader, which collects every mini-batch row by row."""
    data = torch.utils.data.TensorDataset(torch.from_numpy(task.X), torch.from_numpy(task.y))
    rng, costs = task.rng(), []
    for epoch in range(task.epochs + 1):
        if epoch % task.record_every == 0 or epoch == task.epochs:
            costs.append(record())
        if epoch < task.epochs:
            batches = [rows.tolist() for rows in mini_batches(len(data), task.batch_size, rng)]
            for X, y in torch.utils.data.DataLoader(data, batch_sampler=batches):
                update(X, y)
    return costs


def torch_loader(task):
    """As most tutorials have it: `nn`, `SGD`, and mini-batches from a DataLoader."""
    return torch_nn(task, loader=True)


def torch_autograd(task):
    torch = torch_ready()
    cost, batch = torch_cost(torch, task.cost), torch_rows(torch, task)

    def run():
        parameters = [torch.tensor(p, requires_grad=True) for p in flat(task.start)]

        def predict(A):
            for W, b in zip(parameters[::2], parameters[1::2], strict=True):
                A = torch.sigmoid(A @ W + b)
            return A

        def record():
            with torch.no_grad():
                X, y = batch(None)
                return cost(predict(X), y).item()

        def step(rows):
            X, y = batch(rows)
            cost(predict(X), y).backward()
            with torch.no_grad():
                for parameter in parameters:
                    parameter -= task.learning_rate * parameter.grad
                    parameter.grad = None

        costs = task.drive(record, step)
        return [parameter.detach().numpy() for parameter in parameters], costs

    return run


def torch_by_hand(task):
    """Tensors in place of arrays, the backward pass written out as in `lib`."""
    torch = torch_ready()
    cost, batch = torch_cost(torch, task.cost), torch_rows(torch, task)

    def slope(y_hat, y):
        if task.cost == "mse":
            return 2 * (y_hat - y) / y.numel()
        return ((1 - y) / (1 - y_hat) - y / y_hat) / y.numel()

    def run():
        parameters = [torch.tensor(p) for p in flat(task.start)]

        def forward(X):
            A = [X]
            for W, b in zip(parameters[::2], parameters[1::2], strict=True):
                A.append(torch.sigmoid(A[-1] @ W + b))
            return A

        def record():
            X, y = batch(None)
            return cost(forward(X)[-1], y).item()

        def step(rows):
            X, y = batch(rows)
            A = forward(X)
            dA, gradients = slope(A[-1], y), []
            for layer in reversed(range(len(A) - 1)):
                dZ = dA * ((1 - A[layer + 1]) * A[layer + 1])
                gradients += [dZ.sum(dim=0, keepdim=True), A[layer].T @ dZ]
                if layer:
                    dA = dZ @ parameters[2 * layer].T
            for place, gradient in enumerate(reversed(gradients)):
                parameters[place] = parameters[place] - task.learning_rate * gradient

        with torch.no_grad():
            costs = task.drive(record, step)
        return [parameter.numpy() for parameter in parameters], costs

    return run


def jax_ready(task):
    """JAX with 64-bit floats; the cost of this task, and one update."""
    import jax

    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy

    def cost(parameters, X, y):
        for W, b in zip(parameters[::2], parameters[1::2], strict=True):
            X = jax.nn.sigmoid(X @ W + b)
        if task.cost == "mse":
            return jnp.mean((X - y) ** 2)
        return -jnp.mean(y * jnp.log(X) + (1 - y) * jnp.log(1 - X))

    def step(parameters, X, y):
        gradients = jax.grad(cost)(parameters, X, y)
        return [p - task.learning_rate * g for p, g in zip(parameters, gradients, strict=True)]

    return jax, cost, step


def jax_step(task):
    """One update is compiled, the loop is Python's."""
    jax, cost, step = jax_ready(task)
    cost, step = jax.jit(cost), jax.jit(step)
    X, y = jax.numpy.array(task.X), jax.numpy.array(task.y)
    take = jax.jit(lambda rows: (X[rows], y[rows]))

    def run():
        parameters = [jax.numpy.array(p) for p in flat(task.start)]

        def one_step(rows):
            parameters[:] = step(parameters, *((X, y) if rows is None else take(rows)))

        costs = task.drive(lambda: float(cost(parameters, X, y)), one_step)
        return [np.asarray(p) for p in parameters], costs

    return run


def jax_loop(task):
    """The loop over the steps is compiled too: between two records, or over an epoch's mini-batches."""
    jax, cost, step = jax_ready(task)
    X, y = jax.numpy.array(task.X), jax.numpy.array(task.y)
    size = task.batch_size

    @jax.jit
    def epochs(parameters, number):
        return jax.lax.fori_loop(0, number, lambda _, own: step(own, X, y), parameters)

    @jax.jit
    def epoch(parameters, order):
        full = len(order) // size * size  # the last mini-batch may be smaller

        def one(own, rows):
            return step(own, X[rows], y[rows]), None

        parameters, _ = jax.lax.scan(one, parameters, order[:full].reshape(-1, size))
        return one(parameters, order[full:])[0] if full < len(order) else parameters

    cost = jax.jit(cost)

    def run():
        parameters, rng, costs, done = [jax.numpy.array(p) for p in flat(task.start)], task.rng(), [], 0
        while True:
            costs.append(float(cost(parameters, X, y)))
            number = min(task.record_every, task.epochs - done)
            if number == 0:
                return [np.asarray(p) for p in parameters], costs
            if size is None:
                parameters = epochs(parameters, number)
            else:
                for _ in range(number):
                    parameters = epoch(parameters, rng.permutation(len(task.X)))
            done += number

    return run


def hips_autograd(task):
    from autograd import grad
    from autograd import numpy as anp

    def cost(parameters, X, y):
        for W, b in zip(parameters[::2], parameters[1::2], strict=True):
            X = 1 / (1 + anp.exp(-(anp.dot(X, W) + b)))
        if task.cost == "mse":
            return anp.mean((X - y) ** 2)
        return -anp.mean(y * anp.log(X) + (1 - y) * anp.log(1 - X))

    slope, X, y = grad(cost), task.X, task.y

    def run():
        parameters = flat(task.start)

        def step(rows):
            gradients = slope(parameters, *((X, y) if rows is None else (X[rows], y[rows])))
            parameters[:] = [p - task.learning_rate * g for p, g in zip(parameters, gradients, strict=True)]

        costs = task.drive(lambda: cost(parameters, X, y), step)
        return parameters, costs

    return run


def scikit_learn(task):
    """MLPClassifier with one sigmoid for each class and the log-loss (a sum over classes, not a mean).

    It shuffles by a generator of its own, so it gets each epoch's rows in the order that the others draw.
    """
    from sklearn.neural_network import MLPClassifier

    if task.cost != "bce":
        raise ValueError("scikit_learn: expected bce, its only cost for sigmoid outputs")
    outputs = task.y.shape[1]
    value = BCE().value

    def run():
        model = MLPClassifier(
            [b.size for _, b in task.start[:-1]],
            activation="logistic",
            solver="sgd",
            alpha=0,
            momentum=0,
            batch_size=task.batch_size,
            learning_rate_init=task.learning_rate / outputs,
            shuffle=False,
        )
        model.partial_fit(task.X[:1], task.y[:1], classes=np.arange(outputs))  # it makes its arrays
        model.coefs_, model.intercepts_ = (
            [W.copy() for W, _ in task.start],
            [b[0].copy() for _, b in task.start],
        )
        model._optimizer.params = model.coefs_ + model.intercepts_
        rng, costs = task.rng(), []
        for epoch in range(task.epochs + 1):
            if epoch % task.record_every == 0 or epoch == task.epochs:
                costs.append(value(model.predict_proba(task.X), task.y))
            if epoch < task.epochs:
                order = rng.permutation(len(task.X))
                model.partial_fit(task.X[order], task.y[order])
        biases = [b[None] for b in model.intercepts_]
        return flat(zip(model.coefs_, biases, strict=True)), costs

    return run


def compiled_c(task):
    """`floor.c`, compiled on the spot by the C compiler of this machine."""
    if [W.shape for W, _ in task.start] != [(2, 2), (2, 1)] or task.cost != "mse":
        raise ValueError("compiled_c: expected XOR 2-2-1 and MSE")
    source = Path(__file__).with_name("floor.c")
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "floor.so")
        options = ["-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run(["cc", *options, "-o", target, str(source), "-lm"], check=True)
        train_c = ctypes.CDLL(target).train
    array = np.ctypeslib.ndpointer(dtype=np.float64, flags="C_CONTIGUOUS")
    train_c.argtypes = [array] * 6 + [ctypes.c_double, ctypes.c_int, ctypes.c_int, array]
    train_c.restype = None

    def run():
        parameters = [p.copy() for p in flat(task.start)]
        costs = np.empty(-(-task.epochs // task.record_every) + 1)
        numbers = task.learning_rate, task.epochs, task.record_every
        train_c(*parameters, task.X, task.y, *numbers, costs)
        return parameters, costs

    return run


NAMES = {
    with_lib: "lib",
    numpy_without_classes: "the same NumPy calls without classes",
    naive_numpy: "naive NumPy",
    torch_by_hand: "PyTorch, gradients by hand",
    torch_autograd: "PyTorch, tensors with autograd",
    torch_nn: "PyTorch, nn and SGD",
    torch_loader: "PyTorch, nn, SGD and DataLoader",
    jax_step: "JAX, jitted step",
    jax_loop: "JAX, jitted loop",
    hips_autograd: "HIPS autograd",
    scikit_learn: "scikit-learn",
    compiled_c: "C",
}


def together(task, contestants):
    """All of them at the start: {name: run}, and {name: why it is missing}.

    Each trains once. Raises ValueError where one does not end with the weights and the recorded
    costs of the first: who learns something else is in another race.
    """
    runs, missing, expected = {}, {}, None
    for prepare in contestants:
        try:
            run = prepare(task)
        except (ImportError, OSError) as trouble:
            missing[NAMES[prepare]] = f"not here: {trouble}"
            continue
        parameters, costs = run()
        got = [*parameters, np.array(costs)]
        expected = got if expected is None else expected
        for one, other in zip(got, expected, strict=True):
            same = one.shape == other.shape and one.dtype == np.float64
            if not same or not np.allclose(one, other, rtol=1e-7, atol=1e-9):
                raise ValueError(f"{NAMES[prepare]}: expected the weights and costs of the others at the end")
        runs[NAMES[prepare]] = run
    return runs, missing
