"""The catalogue of mistakes: each is a mistake, and nobody else's."""

from itertools import combinations

import numpy as np
import pytest

from lib import BCE, MSE, BCEWithLogits, Dense, Identity, Sigmoid, gradient
from lib.language import Impossible, evaluate
from lib.slips import CATALOGUE

QUANTITIES = list(CATALOGUE)


def value(expression, given):
    try:
        return evaluate(expression, given)
    except Impossible:
        return None


def same(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-9)


def layer(given, W=None, activation=None):
    A = given["A"]
    W = given.get("W", np.ones((A.shape[1], 2))) if W is None else W
    made = Dense(W, given.get("b", np.zeros((1, W.shape[1]))), activation or Identity())
    made.A = made.forward(A)
    return made


def way_back(given):
    made = layer(given)
    made.dA = made.backward(given["D"])
    return made


def hidden(given):
    """dC/dZ of the hidden layer: the output layer's way back, then through the activation."""
    output = Dense(given["W2"], [[0.0]], Identity())
    output.forward(given["A1"])
    return output.backward(given["D2"]) * Sigmoid().derivative(given["A1"])


def softmax_value(given):
    """Row by row: what the true class's probability costs."""
    true = given["Y"].argmax(axis=1)
    return np.mean([-np.log(row[k]) for row, k in zip(given["P"], true, strict=True)])


def softmax_cost(given):
    """By numbers, from logits whose softmax is P (made to add up to 1 in each row)."""
    Y = given["Y"]

    def cost(Z):
        return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum() / len(Y)

    return gradient(cost, np.log(given["P"]))


TRUTHS = {
    "neuron": lambda g: Dense(g["w"][:, None], [[g["b"]]], Identity()).forward(g["x"][None])[0, 0],
    "layer": lambda g: layer(g).A,
    "sigmoid": lambda g: Sigmoid().value(g["z"]),
    "sigmoid_slope": lambda g: Sigmoid().derivative(g["A"]),
    "mse": lambda g: MSE().value(g["y_hat"], g["y"]),
    "mse_slope": lambda g: gradient(lambda p: MSE().value(p, g["y"]), g["y_hat"]),
    "bce_slope": lambda g: gradient(lambda p: BCE().value(p, g["y"]), g["y_hat"]),
    "logit_slope": lambda g: gradient(lambda z: BCEWithLogits().value(z, g["y"]), g["z"]),
    "dC_dZ": lambda g: gradient(
        lambda z: (g["dC_dA"] * Sigmoid().value(z)).sum(), np.log(g["A"] / (1 - g["A"]))
    ),
    "dC_dW": lambda g: gradient(lambda W: (g["D"] * (g["A"] @ W)).sum(), g["W"]),
    "dC_db": lambda g: way_back(g).db,
    "dC_dA": lambda g: way_back(g).dA,
    "hidden": hidden,
    "update": lambda g: g["W"] + (-g["lr"]) * g["dW"],
    "line_slope": lambda g: gradient(
        lambda m: MSE().value((m * g["x"] + g["b"])[:, None], g["y"][:, None]), float(g["m"])
    ),
    "softmax_slope": softmax_cost,
    "logit_cost": lambda g: BCEWithLogits().value(g["z"], g["y"]),
    "softmax_cost": softmax_value,
}


def example(name, seed):
    given = CATALOGUE[name].example(np.random.default_rng(seed))
    if name == "softmax_slope":
        given["P"] = given["P"] / given["P"].sum(axis=1, keepdims=True)
        given["Y"] = np.eye(2)[[0, 1, 1, 0, 1]]
    return given


def test_there_are_enough():
    assert sum(len(quantity.slips) for quantity in CATALOGUE.values()) >= 100
    assert set(TRUTHS) == set(CATALOGUE)


@pytest.mark.parametrize("name", QUANTITIES)
def test_what_is_right_is_right(name):
    for seed in range(5):
        given = example(name, seed)
        assert same(evaluate(CATALOGUE[name].right, given), np.asarray(TRUTHS[name](given))), seed


@pytest.mark.parametrize("name", QUANTITIES)
def test_each_slip_is_a_mistake_and_no_other(name):
    quantity = CATALOGUE[name]
    for seed in range(5):
        given = example(name, seed)
        right = evaluate(quantity.right, given)
        found = {slip: value(computes, given) for slip, (computes, _) in quantity.slips.items()}
        for slip, theirs in found.items():
            assert theirs is None or not same(theirs, right), (slip, seed)
        for (one, a), (other, b) in combinations(found.items(), 2):
            assert a is None or b is None or not same(a, b), (one, other, seed)


@pytest.mark.parametrize("name", QUANTITIES)
def test_sentences(name):
    quantity = CATALOGUE[name]
    sentences = [sentence for _, sentence in quantity.slips.values()]
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert quantity.right not in sentence
        assert "wrong" not in sentence.lower()


def test_sentences_by_name_and_in_other_letters():
    found = CATALOGUE["dC_dW"].sentences("mean again", "no transpose", A="A1", D="D2")
    assert list(found) == ["A1.T @ D2 / N", "A1 @ D2"]
    assert len(CATALOGUE["dC_dW"].sentences()) == 7
    with pytest.raises(ValueError, match="got forgotten"):
        CATALOGUE["dC_dW"].sentences("forgotten")
