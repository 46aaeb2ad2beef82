"""Plants that change nothing, each with its reason: the only ones that may survive.

A plant is named by its place, its statement before and after, as `python -m tests.plants` prints them. If a
check refuses one of these after all, or if its line is no longer there, the entry is stale and has to go.
"""

HARMLESS = {
    "NumPy's functions and bound methods do not become methods of a class; `staticmethod` says so": [
        ("activations.Sigmoid", "exp = staticmethod(np.exp)", "exp = np.exp"),
        ("activations.Tanh", "tanh = staticmethod(np.tanh)", "tanh = np.tanh"),
        ("costs.RMSE", "sqrt = staticmethod(np.sqrt)", "sqrt = np.sqrt"),
        ("costs.MAE", "sign = staticmethod(np.sign)", "sign = np.sign"),
        ("costs.BCE", "log = staticmethod(np.log)", "log = np.log"),
        ("costs.BCEWithLogits", "sigmoid = staticmethod(Sigmoid().value)", "sigmoid = Sigmoid().value"),
    ],
    "the error is squared, or its size is taken: the sign is gone (in the slopes it counts)": [
        ("costs.MSE.formula", "E = y_hat - y", "E = -(y_hat - y)"),
        ("costs.RMSE.formula", "E = y_hat - y", "E = -(y_hat - y)"),
        ("costs.MSE.formula", "E = y_hat - y", "E = y - y_hat"),
        ("costs.RMSE.formula", "E = y_hat - y", "E = y - y_hat"),
        ("costs.MAE.formula", "return mean(abs(y_hat - y))", "return mean(abs(y - y_hat))"),
        ("costs.RMSE.slope", "rmse = each(self.formula(y_hat, y))", "rmse = each(self.formula(y, y_hat))"),
    ],
    "y has the N and the K of y_hat, and so as many entries; only its leading axes may be missing": [
        ("costs.MSE.slope", "return 2 * E / entries(E)", "return 2 * E / entries(y)"),
        (
            "costs.RMSE.slope",
            "return E / (entries(E) * np.where(rmse == 0, 1, rmse))",
            "return E / (entries(y) * np.where(rmse == 0, 1, rmse))",
        ),
        ("costs.MAE.slope", "return self.sign(E) / entries(E)", "return self.sign(E) / entries(y)"),
        (
            "costs.BCE.slope",
            "return -(self.over(y, y_hat) - self.over(1 - y, 1 - y_hat)) / entries(y_hat)",
            "return -(self.over(y, y_hat) - self.over(1 - y, 1 - y_hat)) / entries(y)",
        ),
        (
            "costs.BCEWithLogits.slope",
            "return ((1 - y) * self.sigmoid(z) - y * self.sigmoid(-z)) / entries(z)",
            "return ((1 - y) * self.sigmoid(z) - y * self.sigmoid(-z)) / entries(y)",
        ),
    ],
    "where the RMSE is 0 the errors are 0 (or too small to square), whatever they are divided by": [
        (
            "costs.RMSE.slope",
            "return E / (entries(E) * np.where(rmse == 0, 1, rmse))",
            "return E / (entries(E) * np.where(rmse == 0, 2, rmse))",
        ),
        (
            "costs.RMSE.slope",
            "return E / (entries(E) * np.where(rmse == 0, 1, rmse))",
            "return E / (entries(E) * np.where(rmse == 0, -1, rmse))",
        ),
    ],
    "one number for each run, shape (..., 1, 1), is its own transpose": [
        (
            "costs.RMSE.slope",
            "return E / (entries(E) * np.where(rmse == 0, 1, rmse))",
            "return E / (entries(E) * np.where(rmse == 0, 1, rmse).mT)",
        ),
    ],
    "a share of 0, times or divided by any finite number but 0, is 0": [
        (
            "costs.BCE.times_log",
            "return share * self.log(np.where(share == 0, 1, p))",
            "return share * self.log(np.where(share == 0, 2, p))",
        ),
        (
            "costs.BCE.over",
            "return share / np.where(share == 0, 1, p)",
            "return share / np.where(share == 0, 2, p)",
        ),
        (
            "costs.BCE.over",
            "return share / np.where(share == 0, 1, p)",
            "return share / np.where(share == 0, -1, p)",
        ),
        (
            "costs.BCEWithLogits.times",
            "return share * np.where(share == 0, 0, price)",
            "return share * np.where(share == 0, 1, price)",
        ),
        (
            "costs.BCEWithLogits.times",
            "return share * np.where(share == 0, 0, price)",
            "return share * np.where(share == 0, -1, price)",
        ),
    ],
    "z and -z are the same number at 0": [
        ("costs.softplus", "minus_size = np.where(z > 0, -z, z)", "minus_size = np.where(z >= 0, -z, z)"),
    ],
    "`Dense` has seen to it that b has the runs and the width of W": [
        (
            "network.Network.__init__",
            "if left.W.shape[-1] != right.W.shape[-2]:",
            "if left.b.shape[-1] != right.W.shape[-2]:",
        ),
        (
            "network.Network.__init__",
            "if left.W.shape[:-2] != right.W.shape[:-2]:",
            "if left.b.shape[:-2] != right.W.shape[:-2]:",
        ),
        (
            "network.Network.__init__",
            "if left.W.shape[:-2] != right.W.shape[:-2]:",
            "if left.W.shape[:-2] != right.b.shape[:-2]:",
        ),
        ("network.Network.runs", "return self.layers[0].W.shape[:-2]", "return self.layers[0].b.shape[:-2]"),
    ],
    "`Network` has seen to it that all layers have the same runs": [
        ("network.Network.runs", "return self.layers[0].W.shape[:-2]", "return self.layers[-1].W.shape[:-2]"),
    ],
    "one activation a layer, by the line above: both lists have one length, and `strict` says so": [
        (
            "network.Network.random",
            "for (n_in, n_out), layer_activation in zip(pairwise(sizes), activations, strict=True):",
            "for (n_in, n_out), layer_activation in zip(pairwise(sizes), activations):",
        ),
        (
            "network.Network.random",
            "for (n_in, n_out), layer_activation in zip(pairwise(sizes), activations, strict=True):",
            "for (n_in, n_out), layer_activation in zip(pairwise(sizes), activations, strict=False):",
        ),
    ],
    "a generator reads its names when it is asked for the first batch, and that is after both lines": [
        (
            "descent.sgd",
            "samples, batch_size, rng = check_batches(samples, batch_size, rng)",
            "(after) batches = (rows for _ in range(epochs) for rows in mini_batches(samples, batch_size, rng))",
        ),
    ],
    "each door stands by itself; which of two bad arguments is named first is not promised": [
        (
            "descent.train",
            "X = checks.real('X', network.check(X))",
            "(after) for number, layer in enumerate(network.layers, start=1):",
        ),
        (
            "descent.train",
            "for number, layer in enumerate(network.layers, start=1):",
            "(after) alpha = checks.learning_rate(learning_rate, network.runs)",
        ),
        (
            "descent.train",
            "checks.real_numbers(f'W of layer {number}', layer.W)",
            "(after) checks.real_numbers(f'b of layer {number}', layer.b)",
        ),
    ],
    "the multiples of n are the multiples of -n": [
        (
            "descent.train",
            "record_every = checks.whole('record_every', record_every, at_least=1)",
            "record_every = -checks.whole('record_every', record_every, at_least=1)",
        ),
    ],
    "f has one shape, and so has every column; columns of unequal shape do not make an array": [
        (
            "calculus.jacobian",
            "return np.array(columns).reshape(x.shape + columns[0].shape)",
            "return np.array(columns).reshape(x.shape + columns[-1].shape)",
        ),
    ],
    "integers and booleans hold no NaN: it can be looked for before or after the conversion": [
        (
            "checks.numbers",
            "array = array.astype(complex if array.dtype.kind == 'c' else float, copy=False)",
            "(after) if np.isnan(array).any():",
        ),
    ],
    "a copy that is not needed: nobody writes into the array": [
        (
            "checks.numbers",
            "array = array.astype(complex if array.dtype.kind == 'c' else float, copy=False)",
            "array = array.astype(complex if array.dtype.kind == 'c' else float)",
        ),
        (
            "checks.numbers",
            "array = array.astype(complex if array.dtype.kind == 'c' else float, copy=False)",
            "array = array.astype(complex if array.dtype.kind == 'c' else float, copy=True)",
        ),
    ],
    "NumPy looks at a list as it looks at the array of that list": [
        ("checks.numbers", "if np.isnan(array).any():", "if np.isnan(value).any():"),
        (
            "checks.numbers",
            "where = tuple((int(i) for i in np.argwhere(np.isnan(array))[0]))",
            "where = tuple((int(i) for i in np.argwhere(np.isnan(value))[0]))",
        ),
        (
            "checks.positive",
            "if array.dtype.kind not in 'iuf' or not np.isfinite(array).all() or (not (array > 0).all()):",
            "if array.dtype.kind not in 'iuf' or not np.isfinite(value).all() or (not (array > 0).all()):",
        ),
    ],
    "two shapes are broadcast to the same shape in either order": [
        (
            "checks.fits",
            "return np.broadcast_shapes(shape, target) == target",
            "return np.broadcast_shapes(target, shape) == target",
        ),
    ],
    "None is as false as False; the caller asks for no more": [
        ("checks.fits", "return False", "(dropped)"),
    ],
    "nothing is nothing, added or taken away; it makes floats of whole numbers and booleans": [
        ("checks.answer", "return np.asarray(array + 0.0)", "return np.asarray(array - 0.0)"),
    ],
    "one learning rate is the same factor as a number and as an array with one entry; a number is quicker": [
        (
            "checks.learning_rate",
            "return array[..., np.newaxis, np.newaxis] if array.ndim else array",
            "return array[..., np.newaxis, np.newaxis]",
        ),
    ],
}
