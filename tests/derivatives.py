"""Every derivative of the book, an entry each: the function, its derivative by hand, a point.

`tests/roads.py` says what an entry is and walks its three roads; `tests/test_roads.py` fails where
they part; `make proofs` prints them. Whoever derives something new in a chapter adds a line here.
The functions run on numbers, on complex numbers and on letters. Constants stand in `given`, so that
they are letters too and the proof holds for all of them.
"""

import sys

import numpy as np
import sympy

from lib import (
    BCE,
    MAE,
    MSE,
    RMSE,
    BCEWithLogits,
    Dense,
    Identity,
    four_numbers,
    four_probabilities,
    line,
    xor,
)
from lib.costs import mean
from tests import roads
from tests.helpers import ACTIVATIONS
from tests.roads import Derivative, backward_pass, exp, log, s, s_plus, shipped, sigmoid_for, sign, sqrt, tanh

DERIVATIVES = []

sin, cos = roads.either(np.sin, sympy.sin), roads.either(np.cos, sympy.cos)


def entry(chapter):
    """A function that adds one entry to the list, in this chapter."""

    def add(name, f, by_hand, at, *given, **more):
        DERIVATIVES.append(Derivative(chapter, name, f, by_hand, at, given, **more))

    return add


# Chapter 2: differential calculus

add = entry("Chapter 2: differential calculus")


def bowl(p):
    return p[0] ** 2 + 3 * p[1] ** 4


def bowl_gradient(p):
    return np.array([2 * p[0], 12 * p[1] ** 3])


# Contoh 1 to 3 (S12 to S29), and what is built on them
add("Contoh 1: x^2 + 2 x^4 + 3", lambda x: x**2 + 2 * x**4 + 3, lambda x: 2 * x + 8 * x**3, 2)
add("Contoh 1, second derivative", lambda x: 2 * x + 8 * x**3, lambda x: 2 + 24 * x**2, 2)
add("Contoh 2: gradient of x^2 + 3 y^4 at (3, 1)", bowl, bowl_gradient, [3, 1])
add("Contoh 3: the same at (1, 2)", bowl, bowl_gradient, [1, 2])
add(
    "Contoh 2: second partial derivatives",
    bowl_gradient,
    lambda p: np.array([[2, 0], [0, 36 * p[1] ** 2]]),
    [3, 2],
)
add(
    "slope of the bowl along (u, v)",
    lambda t, p, u: bowl(p + t * u),
    lambda t, p, u: 2 * (p[0] + t * u[0]) * u[0] + 12 * (p[1] + t * u[1]) ** 3 * u[1],
    0.25,
    [1, 0.5],
    [0.6, 0.8],
)

# The rules
add(
    "constant factor and sum: c x^2 + e^x",
    lambda x, c: c * x**2 + exp(x),
    lambda x, c: 2 * c * x + exp(x),
    1.5,
    3,
)
add("product: x^2 e^x", lambda x: x**2 * exp(x), lambda x: 2 * x * exp(x) + x**2 * exp(x), 0.5)
add(
    "quotient: e^x / x^2",
    lambda x: exp(x) / x**2,
    lambda x: (exp(x) * x**2 - exp(x) * 2 * x) / (x**2) ** 2,
    0.5,
)
add("chain: e^(-z)", lambda z: exp(-z), lambda z: -exp(-z), 0.5)
add("the riddle: x^3 - x", lambda x: x**3 - x, lambda x: 3 * x**2 - 1, 0.75)
add("the riddle: 3 x^2 - 1", lambda x: 3 * x**2 - 1, lambda x: 6 * x, 0.75)
add("chain: e^(x^2)", lambda x: exp(x**2), lambda x: exp(x**2) * 2 * x, 0.5)
add(
    "power: x^1 to x^6",
    lambda x: np.array([x**n for n in range(1, 7)]),
    lambda x: np.array([n * x ** (n - 1) for n in range(1, 7)]),
    1.5,
)
add("power: x^n, any n", lambda x, n: x**n, lambda x, n: n * x ** (n - 1), 1.5, 2.5, letters="positive")
add("exponential", exp, exp, 1.5)
add("logarithm", log, lambda x: 1 / x, 1.5, letters="positive")
add("root", sqrt, lambda x: 1 / (2 * sqrt(x)), 1.5, letters="positive")
add("1 / x (exercise 1)", lambda x: 1 / x, lambda x: -1 / x**2, 1.5)
add("|x|, right of the kink", abs, sign, 3, kink=True)
add("|x|, left of the kink", abs, sign, -3, kink=True)


# The Jacobian: inputs down the rows, outputs across (S30 to S35)
def pair(x):
    return np.array([x[0] ** 2 * x[1], 5 * x[0] + x[1] ** 2])


def nabla_pair(x):
    return np.array([[2 * x[0] * x[1], 5], [x[0] ** 2, 2 * x[1]]])


def three_to_two(x):
    return np.array([x[0] * x[1], x[1] + x[2] ** 2])


def nabla_three_to_two(x):
    return np.array([[x[1], 0], [x[0], 1], [0, 2 * x[2]]])


def two_to_one(y):
    return np.array([y[0] ** 2 * y[1]])


def nabla_two_to_one(y):
    return np.array([[2 * y[0] * y[1]], [y[0] ** 2]])


W_EXAMPLE = [[1, -2], [0.5, 3], [2, 1]]
A_BATCH = [[1, 2, -1], [0, 4, 5]]

add("Jacobian of (x1^2 x2, 5 x1 + x2^2)", pair, nabla_pair, [3, 2])
add("Jacobian, three inputs, two outputs", three_to_two, nabla_three_to_two, [1, 2, 3])
add("Jacobian of y1^2 y2", two_to_one, nabla_two_to_one, [2, 11])
add(
    "chain of Jacobians, inner first",
    lambda x: two_to_one(three_to_two(x)),
    lambda x: nabla_three_to_two(x) @ nabla_two_to_one(three_to_two(x)),  # (3, 2)(2, 1) = (3, 1)
    [1, 2, 3],
)
add(
    "chain of square Jacobians, inner first",
    lambda x: pair(pair(x)),
    lambda x: nabla_pair(x) @ nabla_pair(pair(x)),  # (2, 2)(2, 2) = (2, 2)
    [1, 2],
)
add("a W for one row: the Jacobian is W", lambda a, W: a @ W, lambda a, W: W, [1, 2, -1], W_EXAMPLE)
add(
    "A W for a batch: W where the rows agree",
    lambda A, W: A @ W,
    lambda A, W: np.eye(2, dtype=int)[:, None, :, None] * W[None, :, None, :],
    A_BATCH,
    W_EXAMPLE,
)
add(
    "dC/da of sum (a W)^2: back through W^T",
    lambda a, W: ((a @ W) ** 2).sum(),
    lambda a, W: 2 * (a @ W) @ W.T,  # (1, 2)(2, 3) = (1, 3)
    [[1, 2, -1]],
    W_EXAMPLE,
)

add(
    "dC/dW of sum (a W)^2: a^T times dC/dz",
    lambda W, a: ((a @ W) ** 2).sum(),
    lambda W, a: a.T @ (2 * (a @ W)),  # (3, 1)(1, 2) = (3, 2)
    W_EXAMPLE,
    [[1, 2, -1]],
)

# The chain rule (S36 to S42)
add(
    "f = x^3 after x = a + 2 b",
    lambda p: (p[0] + 2 * p[1]) ** 3,
    lambda p: 3 * (p[0] + 2 * p[1]) ** 2 * np.array([1, 2]),
    [3, 1],
)
add(
    "the slope 3 x^2 by a and b: second derivatives",
    lambda p: 3 * (p[0] + 2 * p[1]) ** 2,
    lambda p: 6 * (p[0] + 2 * p[1]) * np.array([1, 2]),
    [3, 1],
)
add(
    "paths meet: u v, u = a^2, v = 3 a + 1",
    lambda a: a**2 * (3 * a + 1),
    lambda a: (3 * a + 1) * 2 * a + a**2 * 3,
    3,
)

# Extreme points (S43)
add(
    "3 x^4 - 4 x^3 - 12 x^2",
    lambda x: 3 * x**4 - 4 * x**3 - 12 * x**2,
    lambda x: 12 * x * (x - 2) * (x + 1),
    1.5,
)
add(
    "3 x^4 - 4 x^3 - 12 x^2, second derivative",
    lambda x: 12 * x**3 - 12 * x**2 - 24 * x,
    lambda x: 36 * x**2 - 24 * x - 24,
    1.5,
)
add(
    "x^2, -x^2, x^3, x^4",
    lambda x: np.array([x**2, -(x**2), x**3, x**4]),
    lambda x: np.array([2 * x, -2 * x, 3 * x**2, 4 * x**3]),
    0.75,
)
add(
    "x^2, -x^2, x^3, x^4, second derivatives",
    lambda x: np.array([2 * x, -2 * x, 3 * x**2, 4 * x**3]),
    lambda x: np.array([2, -2, 6 * x, 12 * x**2]),
    0.75,
)


# Gradient, then the Hessian as the Jacobian of that gradient
def slanted_gradient(p, k):
    return np.array([2 * p[0] + k * p[1], k * p[0] + 2 * p[1]])


def hessian_entries(name, height, gradient, hessian, at, *given):
    add(f"{name}: gradient", height, gradient, at, *given)
    add(f"{name}: Hessian", gradient, hessian, at, *given)


hessian_entries(
    "minimum x^2 + y^2",
    lambda p: p[0] ** 2 + p[1] ** 2,
    lambda p: 2 * p,
    lambda p: 2 * np.eye(2, dtype=int),
    [0.5, -1],
)
hessian_entries(
    "maximum -x^2 - y^2",
    lambda p: -(p[0] ** 2) - p[1] ** 2,
    lambda p: -2 * p,
    lambda p: -2 * np.eye(2, dtype=int),
    [0.5, -1],
)
hessian_entries(
    "saddle x^2 - y^2",
    lambda p: p[0] ** 2 - p[1] ** 2,
    lambda p: np.array([2 * p[0], -2 * p[1]]),
    lambda p: np.diag([2, -2]),
    [0.5, -1],
)
hessian_entries(
    "x^2 + k x y + y^2, k = 3",
    lambda p, k: p[0] ** 2 + k * p[0] * p[1] + p[1] ** 2,
    slanted_gradient,
    lambda p, k: np.array([[2, k], [k, 2]]),
    [0.5, -1],
    3,
)
add(
    "u^T H u: curvature along u",
    lambda t, u, k: slanted_gradient(t * u, k) @ u,  # the slope along u
    lambda t, u, k: 2 * u[0] ** 2 + 2 * k * u[0] * u[1] + 2 * u[1] ** 2,
    0.5,
    [0.6, -0.8],
    3,
)
hessian_entries(
    "x^3 - 3 x + y^2",
    lambda p: p[0] ** 3 - 3 * p[0] + p[1] ** 2,
    lambda p: np.array([3 * p[0] ** 2 - 3, 2 * p[1]]),
    lambda p: np.array([[6 * p[0], 0], [0, 2]]),
    [-0.5, 1],
)
for name, factor, power in [("x^2 + y^4", 1, 4), ("x^2 - y^4", -1, 4), ("x^2 + y^3", 1, 3)]:
    hessian_entries(
        name,
        lambda p, c=factor, n=power: p[0] ** 2 + c * p[1] ** n,
        lambda p, c=factor, n=power: np.array([2 * p[0], c * n * p[1] ** (n - 1)]),
        lambda p, c=factor, n=power: np.array([[2, 0], [0, c * n * (n - 1) * p[1] ** (n - 2)]]),
        [0.5, -1.5],
    )

# The best step of a difference quotient: where the slope of its error is zero
add("error A h + B / h", lambda h, A, B: A * h + B / h, lambda h, A, B: A - B / h**2, 0.5, 3, 2)
add("error A h^2 + B / h", lambda h, A, B: A * h**2 + B / h, lambda h, A, B: 2 * A * h - B / h**2, 0.5, 3, 2)


# The slope of the sigmoid, gate by gate (S94, S95), and the activations of lib
def sigmoid_by_gates(z):
    v = exp(-z)
    w = 1 + v
    return -1 / w**2 * 1 * v * -1


Z_POINTS = [[-1.5, -0.25, 0.75, 2]]

add("sigmoid, gate by gate", lambda z: 1 / (1 + exp(-z)), sigmoid_by_gates, 2)
add("slope of the slope: a - a^2", lambda a: a - a**2, lambda a: 1 - 2 * a, 0.3)
for activation in ACTIVATIONS:
    add(
        f"{type(activation).__name__}, the slope in lib",
        lambda z, a=activation: shipped(a, z).formula(z).sum(),  # summed: each slope stands alone
        lambda z, a=activation: shipped(a, z).derivative(shipped(a, z).formula(z)),
        Z_POINTS,
        kink=not activation.smooth,
    )
add(
    "tanh by the quotient rule (exercise 8)",
    lambda z: (exp(z) - exp(-z)) / (exp(z) + exp(-z)),
    lambda z: 1 - ((exp(z) - exp(-z)) / (exp(z) + exp(-z))) ** 2,
    0.75,
)
add(
    "entry by entry: the Jacobian is a diagonal",
    s,
    lambda z: np.diag(s(z) * (1 - s(z))),
    [-1, 0.5, 2],
)

# Exercises
hessian_entries(
    "x^2 y + e^y (exercise 2)",
    lambda p: p[0] ** 2 * p[1] + exp(p[1]),
    lambda p: np.array([2 * p[0] * p[1], p[0] ** 2 + exp(p[1])]),
    lambda p: np.array([[2 * p[1], 2 * p[0]], [2 * p[0], exp(p[1])]]),
    [3, 0],
)
add(
    "(w x - y)^2 + w^2 (exercise 4)",
    lambda w, x, y: (w * x - y) ** 2 + w**2,
    lambda w, x, y: 2 * (w * x - y) * x + 2 * w,
    3,
    2,
    1,
)
add("c e^x + d (exercise 5)", lambda x, c, d: c * exp(x) + d, lambda x, c, d: c * exp(x), 1.5, 3, 2)


# Chapter 3: cost functions

add = entry("Chapter 3: cost functions")

Y_HAT, Y = four_numbers()
P, LABEL = four_probabilities()
LOGITS = [[2], [-1], [0.5], [-3]]
TWO_OUTPUTS, TWO_TARGETS = [[0.5, -1], [2, 0.25], [1, 1.5]], [[1, 0], [0, 1], [1, 0]]


def lib_cost(cost, y_hat, y, note="", **more):
    """The cost and its gradient as they stand in lib."""
    add(
        f"{type(cost).__name__}, the gradient in lib{note}",
        lambda p, y: shipped(cost, p).formula(p, y),
        lambda p, y: shipped(cost, p).slope(p, y),
        y_hat,
        y,
        **more,
    )


def constant_for(cost):
    """The cost of predicting one number c for every sample."""
    return lambda c, y: shipped(cost, c).formula(c + 0 * y, y)


add("mean error: 1/N everywhere", lambda p, y: mean(p - y), lambda p, y: (1 + 0 * p) / p.size, Y_HAT, Y)
add("one sample: (y_hat - y)^2", lambda p, y: (p - y) ** 2, lambda p, y: 2 * (p - y), 0.8, 1)
lib_cost(MSE(), Y_HAT, Y)
add("RMSE as sqrt(M): chain rule", lambda M: sqrt(M), lambda M: 1 / (2 * sqrt(M)), 0.0375, letters="positive")
lib_cost(RMSE(), Y_HAT, Y)
lib_cost(MAE(), Y_HAT, Y, kink=True)
add(
    "MAE, best constant: (n< - n>) / N",
    constant_for(MAE()),
    lambda c, y: sum(sign(c - y_i) for y_i in y.flat) / y.size,
    2.5,
    [[1], [2], [3], [4], [25]],
    kink=True,
)
add(
    "MSE, best constant: 2 (c - mean of y)",
    constant_for(MSE()),
    lambda c, y: 2 * (c - mean(y)),
    2.5,
    [[1], [2], [3], [4], [25]],
)
add(
    "MSE, best constant, second derivative",
    lambda c, y: 2 * (c - mean(y)),
    lambda c, y: 2,
    2.5,
    [[1], [2], [25]],
)
add(
    "BCE of one sample, two fractions",
    lambda p, y: -y * log(p) - (1 - y) * log(1 - p),
    lambda p, y: -y / p + (1 - y) / (1 - p),
    0.8,
    0.75,
)
lib_cost(BCE(), P, LABEL)
add(
    "BCE, one fraction",
    lambda p, y: shipped(BCE(), p).formula(p, y),
    lambda p, y: (p - y) / (p * (1 - p)) / p.size,
    P,
    LABEL,
)
add(
    "BCE, best constant (exercise 5)",
    constant_for(BCE()),
    lambda c, y: (c - mean(y)) / (c * (1 - c)),
    0.3,
    [[1], [0], [0], [1], [0]],
)
for side, t in (("left", -0.5), ("right", 0.5)):
    add(
        f"RMSE along v, {side} of the kink",
        lambda t, v: shipped(RMSE(), t).formula(t * v, 0 * v),
        lambda t, v: sign(t) * sqrt(mean(v * v)),  # |v| / sqrt(N), with the sign of the side
        t,
        [[3], [0.5], [4], [1]],
        kink=True,
        letters="one side",
    )
add("softplus log(1 + e^z): sigma", lambda z: log(1 + exp(z)), lambda z: 1 / (1 + exp(-z)), 0.75)
add("softplus(z) - z y: sigma(z) - y", lambda z, y: s_plus(z) - z * y, lambda z, y: s(z) - y, 0.75, 1)
lib_cost(BCEWithLogits(), LOGITS, LABEL)
add(
    "BCE after sigmoid: (y_hat - y) / N",
    lambda z, y: shipped(BCE(), z).formula(s(z), y),
    lambda z, y: (s(z) - y) / z.size,
    LOGITS,
    LABEL,
)
add(
    "MSE after sigmoid: 2 (a - y) a (1 - a) / N",
    lambda z, y: shipped(MSE(), z).formula(s(z), y),
    lambda z, y: 2 * (s(z) - y) / z.size * s(z) * (1 - s(z)),
    LOGITS,
    LABEL,
)
add("2 s^2 - 2 s^3 (exercise 4)", lambda a: 2 * a**2 - 2 * a**3, lambda a: 2 * a * (2 - 3 * a), 0.4)
add(
    "MSE after sigmoid, y = 0, second derivative",
    lambda z: 2 * s(z) ** 2 * (1 - s(z)),
    lambda z: 2 * s(z) * (2 - 3 * s(z)) * s(z) * (1 - s(z)),
    0.25,
)
add("BCE after sigmoid, second derivative", lambda z, y: s(z) - y, lambda z, y: s(z) * (1 - s(z)), 0.25, 1)
add(
    "BCE of x + b, by b",
    lambda b, x, y: shipped(BCEWithLogits(), b).formula(x + b, y),
    lambda b, x, y: mean(s(x + b) - y),
    -0.7,
    [[-1], [-0.5], [0.5], [2]],
    [[1], [0], [1], [1]],
)
add(
    "MSE + lambda sum w^2: gains 2 lambda w",
    lambda w, X, y, strength: shipped(MSE(), w).formula(X @ w, y) + strength * (w * w).sum(),
    lambda w, X, y, strength: X.T @ (2 * (X @ w - y) / y.size) + 2 * strength * w,  # (2, 3)(3, 1) = (2, 1)
    [[3], [-1]],
    [[1, 1], [2, 2], [3, 3]],
    [[2], [4], [6]],
    0.01,
)


def shared(entry, x):
    """From a slope for each row to those of two parameters that all rows share: times x, times 1, added."""
    return np.array([(entry * x).sum(), entry.sum()])


add(
    "RMSE of a line, by m and b (exercise 2)",
    lambda W, x, y: shipped(RMSE(), W).formula(W[0] * x + W[1], y),
    lambda W, x, y: shared(shipped(RMSE(), W).slope(W[0] * x + W[1], y), x),
    [0.5, 1],
    [[1], [2], [4]],
    [[2], [1], [3]],
)
add(
    "MSE of a wave, by omega and phi",
    lambda W, x, y: mean((sin(W[0] * x + W[1]) - y) ** 2),
    lambda W, x, y: shared(2 * (sin(W[0] * x + W[1]) - y) / y.size * cos(W[0] * x + W[1]), x),
    [1.25, 0.5],
    [[0.5], [1.5], [2]],
    [[1], [0.25], [-1]],
)
for cost in (MSE(), RMSE(), BCEWithLogits()):
    lib_cost(cost, TWO_OUTPUTS, TWO_TARGETS, ", two outputs")
lib_cost(BCE(), [[0.5, 0.1], [0.8, 0.25], [0.3, 0.6]], TWO_TARGETS, ", two outputs")
lib_cost(MAE(), TWO_OUTPUTS, np.array(TWO_TARGETS) + 0.125, ", two outputs", kink=True)
add("Huber, |e| <= delta (exercise 6)", lambda e: e**2 / 2, lambda e: e, -0.4)
add(
    "Huber, |e| > delta (exercise 6)",
    lambda e, delta: delta * (abs(e) - delta / 2),
    lambda e, delta: delta * sign(e),
    -3,
    2,
    kink=True,
)


# Chapter 4: gradient descent

add = entry("Chapter 4: gradient descent and SGD")


def bowl_of(W, W_star, h):
    """1/2 (W - W*)^T H (W - W*) with the symmetric H of its three numbers."""
    return (W - W_star) @ symmetric(h) @ (W - W_star) / 2


def symmetric(h):
    return np.array([[h[0], h[1]], [h[1], h[2]]])


add("the picture: w^2 + 1", lambda w: w**2 + 1, lambda w: 2 * w, -1.25)
add(
    "one step: phi(alpha) = J(W - alpha grad J)",
    lambda a, W: bowl(W - a * bowl_gradient(W)),
    lambda a, W: -(bowl_gradient(W - a * bowl_gradient(W)) @ bowl_gradient(W)),
    0,
    [1, 0.5],
)
add(
    "parabola lambda/2 (w - w*)^2",
    lambda w, lam, w_star: lam / 2 * (w - w_star) ** 2,
    lambda w, lam, w_star: lam * (w - w_star),
    5,
    2,
    3,
)
add(
    "parabola, second derivative: lambda",
    lambda w, lam, w_star: lam * (w - w_star),
    lambda w, lam, w_star: lam,
    5,
    2,
    3,
)
add(
    "y_hat = w x",
    lambda w, x, y: mean((w * x - y) ** 2),
    lambda w, x, y: mean(2 * (w * x - y) * x),
    0.5,
    [[1], [2], [3], [4]],
    [[2], [3], [7], [8]],
)
add(
    "y_hat = w x, second derivative",
    lambda w, x, y: mean(2 * (w * x - y) * x),
    lambda w, x, y: 2 * mean(x * x),
    0.5,
    [[1], [2], [3], [4]],
    [[2], [3], [7], [8]],
)
hessian_entries(
    "bowl (5.5 w1^2 + 9 w1 w2 + 5.5 w2^2) / 2",
    lambda W: (11 * W[0] ** 2 + 18 * W[0] * W[1] + 11 * W[1] ** 2) / 4,
    lambda W: np.array([11 * W[0] + 9 * W[1], 9 * W[0] + 11 * W[1]]) / 2,
    lambda W: np.array([[11, 9], [9, 11]]) / (2 + 0 * W[0]),
    [3, -1],
)
hessian_entries(
    "bowl 1/2 (W - W*)^T H (W - W*)",
    bowl_of,
    lambda W, W_star, h: symmetric(h) @ (W - W_star),
    lambda W, W_star, h: symmetric(h),
    [3, -1],
    [0.5, 0.25],
    [5.5, 4.5, 5.5],
)

X_LINE, Y_LINE = line(np.random.default_rng(0), samples=4)


def line_gradient(W, x, y):
    E = W[0] * x + W[1] - y
    return np.array([mean(2 * E * x), mean(2 * E)])


hessian_entries(
    "y = m x + b",
    lambda W, x, y: mean((W[0] * x + W[1] - y) ** 2),
    line_gradient,
    lambda W, x, y: np.array([[2 * mean(x * x), 2 * mean(x)], [2 * mean(x), 2]]),
    [0.75, -1.25],
    X_LINE,
    Y_LINE,
)
add("w^3, a resting place", lambda w: w**3, lambda w: 3 * w**2, -0.05)
add(
    "two valleys (w^2 - 1)^2 + c w",
    lambda w, c: (w**2 - 1) ** 2 + c * w,
    lambda w, c: 4 * w * (w**2 - 1) + c,
    0.7,
    0.3,
)
add("2 (w - 1)^2 (exercise 1)", lambda w: 2 * (w - 1) ** 2, lambda w: 4 * (w - 1), 5)
add("|w - 3| (exercise 3)", lambda w, c: abs(w - c), lambda w, c: sign(w - c), 5, 3, kink=True)
add(
    "phi(t) = J(w - t g) (exercise 7)",
    lambda t, w, g: (w - t * g) ** 4,
    lambda t, w, g: -g * 4 * (w - t * g) ** 3,
    0.5,
    2,
    1.5,
)
add(
    "phi(t), second derivative: g^2 J'' (exercise 7)",
    lambda t, w, g: -g * 4 * (w - t * g) ** 3,
    lambda t, w, g: g**2 * 12 * (w - t * g) ** 2,
    0.5,
    2,
    1.5,
)
add(
    "log(1 + e^w) + log(1 + e^-w) (exercise 7)",
    lambda w: s_plus(w) + s_plus(-w),
    lambda w: 2 * s(w) - 1,
    0.75,
)
add("its second derivative: 2 s (1 - s)", lambda w: 2 * s(w) - 1, lambda w: 2 * s(w) * (1 - s(w)), 0.75)


# Chapter 5: backward pass

add = entry("Chapter 5: backward pass")


# The thin network: one neuron after another, one row
def thin(p, x, y):
    w1, b1, w2, b2 = p
    return (s(w2 * s(w1 * x + b1) + b2) - y) ** 2


def thin_by_hand(p, x, y):
    w1, b1, w2, b2 = p
    a1 = s(w1 * x + b1)
    a2 = s(w2 * a1 + b2)
    dC_dz2 = 2 * (a2 - y) * a2 * (1 - a2)
    dC_dz1 = dC_dz2 * w2 * a1 * (1 - a1)
    return np.array([dC_dz1 * x, dC_dz1, dC_dz2 * a1, dC_dz2])


add("thin network: dC/dw1, db1, dw2, db2", thin, thin_by_hand, [1, -1, -2, -1], 2, 1)

# Where the transpose comes from: C = sum of D * (A W + b)
rng = np.random.default_rng(5)
A, W, b, D = (rng.normal(size=shape).round(2) for shape in [(4, 3), (3, 2), (1, 2), (4, 2)])


def C_of(A, W, b, D):
    return (D * (A @ W + b)).sum()


add("dC/dW = A^T D", lambda W, A, b, D: C_of(A, W, b, D), lambda W, A, b, D: A.T @ D, W, A, b, D)
add("dC/dA = D W^T", C_of, lambda A, W, b, D: D @ W.T, A, W, b, D)
add(
    "dC/db = 1^T D",
    lambda b, A, W, D: C_of(A, W, b, D),
    lambda b, A, W, D: np.ones((1, 4), dtype=int) @ D,
    b,
    A,
    W,
    D,
)
add(
    "dZ/dW in full: four indices (S99)",
    lambda W, A, b: A @ W + b,
    lambda W, A, b: A.T[:, None, :, None] * np.eye(2, dtype=int)[None, :, None, :],
    W,
    A,
    b,
)
add(
    "dZ/db in full: four indices (S100)",
    lambda b, A, W: A @ W + b,
    lambda b, A, W: (np.ones((4, 1), dtype=int) * np.eye(2, dtype=int)[:, None, :])[None] + 0 * A.sum(),
    b,
    A,
    W,
)
add(
    "dC/dZ = dC/dA * sigma'(Z), entry by entry",
    lambda Z, D: (D * s(Z)).sum(),
    lambda Z, D: D * s(Z) * (1 - s(Z)),
    W,
    D[:3],
)


# The same, by the shipped layer: one Dense with a sigmoid, C = sum of D * A
def dense(A_in, W, b):
    layer = Dense(W, b, sigmoid_for(W))
    return layer, layer.forward(A_in)


def dense_cost(A_in, W, b, D):
    return (D * dense(A_in, W, b)[1]).sum()


def dense_back(A_in, W, b, D):
    layer, _ = dense(A_in, W, b)
    dC_dA_in = layer.backward(D)
    return layer.dW, layer.db, dC_dA_in


add(
    "Dense.backward: dW",
    lambda W, A, b, D: dense_cost(A, W, b, D),
    lambda W, A, b, D: dense_back(A, W, b, D)[0],
    W,
    A,
    b,
    D,
)
add(
    "Dense.backward: db",
    lambda b, A, W, D: dense_cost(A, W, b, D),
    lambda b, A, W, D: dense_back(A, W, b, D)[1],
    b,
    A,
    W,
    D,
)
add("Dense.backward: dA_in", dense_cost, lambda A, W, b, D: dense_back(A, W, b, D)[2], A, W, b, D)

# The lines of the table "The whole way back"
X_XOR, Y_XOR = xor()
A2 = [[0.5], [0.6], [0.7], [0.4]]
Z2 = [[0.1], [0.4], [-0.8], [1.2]]

add(
    "dC/dA2 = 2/N (A2 - y) (S97, no sum)",
    lambda A2, y: mean((A2 - y) ** 2),
    lambda A2, y: 2 * (A2 - y) / 4,
    A2,
    Y_XOR,
)
add(
    "D2 with MSE",
    lambda Z2, y: mean((s(Z2) - y) ** 2),
    lambda Z2, y: 2 * (s(Z2) - y) / 4 * s(Z2) * (1 - s(Z2)),
    Z2,
    Y_XOR,
)
add(
    "dC/dA2 with BCE",
    lambda A2, y: -mean(y * log(A2) + (1 - y) * log(1 - A2)),
    lambda A2, y: ((1 - y) / (1 - A2) - y / A2) / 4,
    A2,
    Y_XOR,
)
add(
    "D2 with BCE: (A2 - y) / N",
    lambda Z2, y: -mean(y * log(s(Z2)) + (1 - y) * log(1 - s(Z2))),
    lambda Z2, y: (s(Z2) - y) / 4,
    Z2,
    Y_XOR,
)


# The symmetric start: all four answers one half, moved together by b2 = t or by W2 = t (half as far)
add(
    "symmetric start: slope by a common move of Z2",
    lambda t, y: mean((s(t + 0 * y) - y) ** 2),
    lambda t, y: 2 * mean(s(t + 0 * y) - y) * s(t) * (1 - s(t)),
    0.25,
    Y_XOR,
)
add(
    "symmetric start: its curvature, 2 s'(0)^2 = 1/8 where the residuals add up to zero",
    lambda t, y: 2 * mean(s(t + 0 * y) - y) * s(t) * (1 - s(t)),
    lambda t, y: (
        2 * (s(t) * (1 - s(t))) ** 2 + 2 * mean(s(t + 0 * y) - y) * s(t) * (1 - s(t)) * (1 - 2 * s(t))
    ),
    0,
    Y_XOR,
)


# Softmax with cross-entropy, three classes. The targets of a row add up to one: two are free.
def softmax(Z):
    return exp(Z) / exp(Z).sum(axis=-1, keepdims=True)


def add_up_to_one(y):
    return np.concatenate([y, 1 - y.sum(axis=-1, keepdims=True)], axis=-1)


add(
    "softmax and cross-entropy: (P - Y) / N",
    lambda Z, y: -(add_up_to_one(y) * log(softmax(Z))).sum() / Z.shape[0],
    lambda Z, y: (softmax(Z) - add_up_to_one(y)) / Z.shape[0],
    [[0.5, -1, 2], [1, 0.25, -0.5]],
    [[1, 0], [0, 0]],
)


# A hidden layer of tanh under a sigmoid (exercise 4): dC/dW1
def tanh_hidden(W1, W2, X, y):
    return mean((s(tanh(X @ W1) @ W2) - y) ** 2)


def tanh_hidden_by_hand(W1, W2, X, y):
    A1 = tanh(X @ W1)
    A2 = s(A1 @ W2)
    D2 = 2 * (A2 - y) / y.size * A2 * (1 - A2)
    return X.T @ ((D2 @ W2.T) * (1 - A1 * A1))


add("tanh in the hidden layer (exercise 4)", tanh_hidden, tanh_hidden_by_hand, W[:2], W[1:, :1], X_XOR, Y_XOR)

# The whole backward pass
for sizes, samples in [((2, 2, 1), 4), ((3, 2, 1), 4), ((2, 3, 2, 1), 2)]:
    for cost, output in [(MSE(), None), (BCE(), None), (BCEWithLogits(), Identity())]:
        DERIVATIVES.append(backward_pass("Chapter 5: whole networks", sizes, samples, cost, output))


if __name__ == "__main__":
    sys.exit(1 if roads.main(DERIVATIVES) else 0)
