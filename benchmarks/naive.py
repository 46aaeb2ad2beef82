"""A network in NumPy as one writes it first: correct, and with every array made anew.

It keeps the sums Z and computes the slope of the sigmoid from them, by two more exponentials; it
calls `np.sum` and `np.mean`; and it also computes the first layer's input gradient, which
nobody asks for. `tests/test_speed.py` holds `lib` against it.
"""

import numpy as np

from lib.descent import mini_batches


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2)


def mse_slope(y_hat, y):
    return 2 * (y_hat - y) / y.size


def bce(y_hat, y):
    return -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))


def bce_slope(y_hat, y):
    return (-(y / y_hat) + (1 - y) / (1 - y_hat)) / y.size


COSTS = {"mse": (mse, mse_slope), "bce": (bce, bce_slope)}


def forward(weights, biases, X):
    """The sums Z of every layer, and the activations A, the input first."""
    Z, A = [], [X]
    for W, b in zip(weights, biases, strict=True):
        Z.append(A[-1] @ W + b)
        A.append(sigmoid(Z[-1]))
    return Z, A


def step(weights, biases, X, y, slope, learning_rate):
    """One update. Changes the two lists, not the arrays in them."""
    Z, A = forward(weights, biases, X)
    dA, dW, db = slope(A[-1], y), [None] * len(weights), [None] * len(weights)
    for layer in reversed(range(len(weights))):
        dZ = dA * sigmoid_slope(Z[layer])
        dW[layer] = A[layer].T @ dZ
        db[layer] = np.sum(dZ, axis=0, keepdims=True)
        dA = dZ @ weights[layer].T
    for layer in range(len(weights)):
        weights[layer] = weights[layer] - learning_rate * dW[layer]
        biases[layer] = biases[layer] - learning_rate * db[layer]


def train(start, X, y, *, cost="mse", learning_rate, epochs, batch_size=None, rng=None, record_every=1):
    """start: [(W, b), ...]. Arguments as in `lib.train`. Returns the new [(W, b), ...] and the costs."""
    weights, biases = [W for W, _ in start], [b for _, b in start]
    value, slope = COSTS[cost]
    costs = []
    for epoch in range(epochs + 1):
        if epoch % record_every == 0 or epoch == epochs:
            costs.append(value(forward(weights, biases, X)[1][-1], y))
        if epoch == epochs:
            break
        if batch_size is None:
            step(weights, biases, X, y, slope, learning_rate)
        else:
            for rows in mini_batches(len(X), batch_size, rng):
                step(weights, biases, X[rows], y[rows], slope, learning_rate)
    return list(zip(weights, biases, strict=True)), np.array(costs)
