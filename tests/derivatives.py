"""Every derivative of the book, an entry each: the function and its derivative by hand, and a point.

`tests/roads.py` says what an entry is and walks its three roads; `tests/test_roads.py` fails where
they part; `make proofs` prints them. Whoever derives something new in a chapter adds a line here.
What returns two formulas returns a function and its derivative, side by side: x^3 - x, 3 x^2 - 1.
The formulas run on numbers, on complex numbers and on letters. Constants are given beside x, so that
they are letters too and the proof holds for all of them.
"""

import sys

import numpy as np
import sympy
from numpy import array, diag, eye, ones

from lib.activations import Identity
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, mean
from lib.datasets import four_numbers, four_probabilities, line, xor
from lib.network import Dense
from tests import roads
from tests.helpers import ACTIVATIONS, name_of
from tests.roads import Derivative, backward_pass, exp, log, s, s_plus, shipped, sigmoid_for, sign, sqrt, tanh

DERIVATIVES = []

sin, cos = roads.either(np.sin, sympy.sin), roads.either(np.cos, sympy.cos)


def chapter(title):
    """A function that adds to the list, in this chapter."""

    def add(name, formulas, at, *given, **more):
        """`formulas(x, *given)`: a function, its derivative by hand, and where there is one, that one's."""
        for order in range(len(formulas(*map(np.asarray, (at, *given)))) - 1):
            f, by_hand = (lambda *point, k=k: formulas(*point)[k] for k in (order, order + 1))
            own = name if order == 0 else f"{name}, second derivative"
            DERIVATIVES.append(Derivative(title, own, f, by_hand, at, given, **more))

    return add


# Chapter 2: differential calculus

add = chapter("Chapter 2: differential calculus")


def bowl(p):
    return p[0] ** 2 + 3 * p[1] ** 4, array([2 * p[0], 12 * p[1] ** 3]), array([[2, 0], [0, 36 * p[1] ** 2]])


def bowl_along(t, p, u):
    x, y = p + t * u
    return bowl((x, y))[0], 2 * x * u[0] + 12 * y**3 * u[1]


# Contoh 1 to 3 (S12 to S29), and what is built on them
add("Contoh 1: x^2 + 2 x^4 + 3", lambda x: (x**2 + 2 * x**4 + 3, 2 * x + 8 * x**3, 2 + 24 * x**2), 2)
add("Contoh 2: x^2 + 3 y^4 at (3, 1)", bowl, [3, 1])
add("Contoh 3: the same at (1, 2)", lambda p: bowl(p)[:2], [1, 2])
add("slope of the bowl along (u, v)", bowl_along, 0.25, [1, 0.5], [0.6, 0.8])


# The rules
def quotient(x):
    return exp(x) / x**2, (exp(x) * x**2 - exp(x) * 2 * x) / (x**2) ** 2


def powers(x):
    return array([x**n for n in range(1, 7)]), array([n * x ** (n - 1) for n in range(1, 7)])


add("constant factor and sum: c x^2 + e^x", lambda x, c: (c * x**2 + exp(x), 2 * c * x + exp(x)), 1.5, 3)
add("product: x^2 e^x", lambda x: (x**2 * exp(x), 2 * x * exp(x) + x**2 * exp(x)), 0.5)
add("quotient: e^x / x^2", quotient, 0.5)
add("chain: e^(-z)", lambda z: (exp(-z), -exp(-z)), 0.5)
add("the riddle: x^3 - x", lambda x: (x**3 - x, 3 * x**2 - 1, 6 * x), 0.75)
add("chain: e^(x^2)", lambda x: (exp(x**2), exp(x**2) * 2 * x), 0.5)
add("power: x^1 to x^6", powers, 1.5)
add("power: x^n, any n", lambda x, n: (x**n, n * x ** (n - 1)), 1.5, 2.5, letters="positive")
add("exponential", lambda x: (exp(x), exp(x)), 1.5)
add("logarithm", lambda x: (log(x), 1 / x), 1.5, letters="positive")
add("root", lambda x: (sqrt(x), 1 / (2 * sqrt(x))), 1.5, letters="positive")
add("1 / x (exercise 1)", lambda x: (1 / x, -1 / x**2), 1.5)
add("|x|, right of the kink", lambda x: (abs(x), sign(x)), 3, kink=True)
add("|x|, left of the kink", lambda x: (abs(x), sign(x)), -3, kink=True)


# The Jacobian: inputs down the rows, outputs across (S30 to S35)
def pair(x):
    both = array([x[0] ** 2 * x[1], 5 * x[0] + x[1] ** 2])
    return both, array([[2 * x[0] * x[1], 5], [x[0] ** 2, 2 * x[1]]])


def three_to_two(x):
    return array([x[0] * x[1], x[1] + x[2] ** 2]), array([[x[1], 0], [x[0], 1], [0, 2 * x[2]]])


def two_to_one(y):
    return array([y[0] ** 2 * y[1]]), array([[2 * y[0] * y[1]], [y[0] ** 2]])


def inner_first(inner, outer):
    """The chain rule of Jacobians, in the order in which they are computed."""

    def chain(x):
        y, nabla_inner = inner(x)
        z, nabla_outer = outer(y)
        return z, nabla_inner @ nabla_outer  # (3, 2)(2, 1) = (3, 1)

    return chain


def batch(A, W):
    return A @ W, eye(2, dtype=int)[:, None, :, None] * W[None, :, None, :]


def sum_of_squares(a, W):
    """C, dC/da and dC/dW."""
    D = 2 * (a @ W)  # dC/dz
    return ((a @ W) ** 2).sum(), D @ W.T, a.T @ D  # (1, 2)(2, 3) = (1, 3), (3, 1)(1, 2) = (3, 2)


W_EXAMPLE, ROW, A_BATCH = [[1, -2], [0.5, 3], [2, 1]], [[1, 2, -1]], [[1, 2, -1], [0, 4, 5]]

add("Jacobian of (x1^2 x2, 5 x1 + x2^2)", pair, [3, 2])
add("Jacobian, three inputs, two outputs", three_to_two, [1, 2, 3])
add("Jacobian of y1^2 y2", two_to_one, [2, 11])
add("chain of Jacobians, inner first", inner_first(three_to_two, two_to_one), [1, 2, 3])
add("chain of square Jacobians, inner first", inner_first(pair, pair), [1, 2])
add("a W for one row: the Jacobian is W", lambda a, W: (a @ W, W), [1, 2, -1], W_EXAMPLE)
add("A W for a batch: W where the rows agree", batch, A_BATCH, W_EXAMPLE)
add("dC/da of sum (a W)^2: back through W^T", lambda a, W: sum_of_squares(a, W)[:2], ROW, W_EXAMPLE)
add("dC/dW of sum (a W)^2: a^T times dC/dz", lambda W, a: sum_of_squares(a, W)[::2], W_EXAMPLE, ROW)


# The chain rule (S36 to S42): 3 x^2 by a and by b is what S40 takes for the second derivatives
def cubed(p):
    x, by_a_and_b = p[0] + 2 * p[1], array([1, 2])
    return x**3, 3 * x**2 * by_a_and_b


def slope_of_cubed(p):
    x, by_a_and_b = p[0] + 2 * p[1], array([1, 2])
    return 3 * x**2, 6 * x * by_a_and_b


add("f = x^3 after x = a + 2 b", cubed, [3, 1])
add("the slope 3 x^2 by a and b: second derivatives", slope_of_cubed, [3, 1])
add(
    "paths meet: u v, u = a^2, v = 3 a + 1", lambda a: (a**2 * (3 * a + 1), (3 * a + 1) * 2 * a + a**2 * 3), 3
)


# Extreme points (S43): each function, its slopes, its second derivatives (the Hessian)
def three_extremes(x):
    return 3 * x**4 - 4 * x**3 - 12 * x**2, 12 * x * (x - 2) * (x + 1), 36 * x**2 - 24 * x - 24


def flat_at_0(x):
    four = array([x**2, -(x**2), x**3, x**4])
    return four, array([2 * x, -2 * x, 3 * x**2, 4 * x**3]), array([2, -2, 6 * x, 12 * x**2])


def slanted(p, k):
    value = p[0] ** 2 + k * p[0] * p[1] + p[1] ** 2
    return value, array([2 * p[0] + k * p[1], k * p[0] + 2 * p[1]]), array([[2, k], [k, 2]])


def slanted_along(t, u, k):
    return slanted(t * u, k)[1] @ u, 2 * u[0] ** 2 + 2 * k * u[0] * u[1] + 2 * u[1] ** 2


def waves(p):
    value = p[0] ** 3 - 3 * p[0] + p[1] ** 2
    return value, array([3 * p[0] ** 2 - 3, 2 * p[1]]), array([[6 * p[0], 0], [0, 2]])


def square_and_power(p, c, n):
    value = p[0] ** 2 + c * p[1] ** n
    return value, array([2 * p[0], c * n * p[1] ** (n - 1)]), diag([2, c * n * (n - 1) * p[1] ** (n - 2)])


add("3 x^4 - 4 x^3 - 12 x^2", three_extremes, 1.5)
add("x^2, -x^2, x^3, x^4", flat_at_0, 0.75)
add("minimum x^2 + y^2", lambda p: (p[0] ** 2 + p[1] ** 2, 2 * p, 2 * eye(2, dtype=int)), [0.5, -1])
add("maximum -x^2 - y^2", lambda p: (-(p[0] ** 2) - p[1] ** 2, -2 * p, -2 * eye(2, dtype=int)), [0.5, -1])
add(
    "saddle x^2 - y^2",
    lambda p: (p[0] ** 2 - p[1] ** 2, array([2 * p[0], -2 * p[1]]), diag([2, -2])),
    [0.5, -1],
)
add("x^2 + k x y + y^2, k = 3", slanted, [0.5, -1], 3)
add("u^T H u: curvature along u", slanted_along, 0.5, [0.6, -0.8], 3)
add("x^3 - 3 x + y^2", waves, [-0.5, 1])
for name, c, n in [("x^2 + y^4", 1, 4), ("x^2 - y^4", -1, 4), ("x^2 + y^3", 1, 3)]:
    add(name, lambda p, c=c, n=n: square_and_power(p, c, n), [0.5, -1.5])

# The best step of a difference quotient: where the slope of its error is zero
add("error A h + B / h", lambda h, A, B: (A * h + B / h, A - B / h**2), 0.5, 3, 2)
add("error A h^2 + B / h", lambda h, A, B: (A * h**2 + B / h, 2 * A * h - B / h**2), 0.5, 3, 2)


# The slope of the sigmoid, gate by gate (S94, S95), and the activations of lib
def sigmoid_by_gates(z):
    v = exp(-z)
    w = 1 + v
    return 1 / w, -1 / w**2 * 1 * v * -1


def tanh_by_quotient(z):
    a = (exp(z) - exp(-z)) / (exp(z) + exp(-z))
    return a, 1 - a**2


def lib_activation(activation):
    """The activation and its slope as they stand in lib; summed, each slope stands alone."""

    def formulas(z):
        own = shipped(activation, z)
        return own.formula(z).sum(), own.derivative(own.formula(z))

    at = [[-1.5, -0.25, 0.75, 2]]
    add(f"{name_of(activation)}, the slope in lib", formulas, at, kink=not activation.smooth)


add("sigmoid, gate by gate", sigmoid_by_gates, 2)
add("slope of the slope: a - a^2", lambda a: (a - a**2, 1 - 2 * a), 0.3)
for activation in ACTIVATIONS:
    lib_activation(activation)
add("tanh by the quotient rule (exercise 8)", tanh_by_quotient, 0.75)
add("entry by entry: the Jacobian is a diagonal", lambda z: (s(z), diag(s(z) * (1 - s(z)))), [-1, 0.5, 2])


# Exercises
def exercise_2(p):
    x, y = p
    return x**2 * y + exp(y), array([2 * x * y, x**2 + exp(y)]), array([[2 * y, 2 * x], [2 * x, exp(y)]])


def exercise_4(w, x, y):
    return (w * x - y) ** 2 + w**2, 2 * (w * x - y) * x + 2 * w


add("x^2 y + e^y (exercise 2)", exercise_2, [3, 0])
add("(w x - y)^2 + w^2 (exercise 4)", exercise_4, 3, 2, 1)
add("c e^x + d (exercise 5)", lambda x, c, d: (c * exp(x) + d, c * exp(x)), 1.5, 3, 2)


# Chapter 3: cost functions

add = chapter("Chapter 3: cost functions")

Y_HAT, Y = four_numbers()
P, LABEL = four_probabilities()
LOGITS = [[2], [-1], [0.5], [-3]]
TWO_OUTPUTS, TWO_TARGETS = [[0.5, -1], [2, 0.25], [1, 1.5]], [[1, 0], [0, 1], [1, 0]]


def lib_cost(cost, y_hat, y, note="", **more):
    """The cost and its gradient as they stand in lib."""

    def formulas(y_hat, y):
        own = shipped(cost, y_hat)
        return own.formula(y_hat, y), own.slope(y_hat, y)

    add(f"{name_of(cost)}, the gradient in lib{note}", formulas, y_hat, y, **more)


def value(cost, y_hat, y):
    return shipped(cost, y_hat).formula(y_hat, y)


# The cost of predicting one number c for every sample
def constant_by_mse(c, y):
    return value(MSE(), c + 0 * y, y), 2 * (c - mean(y)), 2


def constant_by_mae(c, y):
    return value(MAE(), c + 0 * y, y), sum(sign(c - y_i) for y_i in y.flat) / y.size


def constant_by_bce(c, y):
    return value(BCE(), c + 0 * y, y), (c - mean(y)) / (c * (1 - c))


def bce_of_one(p, y):
    return -y * log(p) - (1 - y) * log(1 - p), -y / p + (1 - y) / (1 - p)


def rmse_along(t, v):
    """On both sides of the kink |v| / sqrt(N), with the sign of the side."""
    return value(RMSE(), t * v, 0 * v), sign(t) * sqrt(mean(v * v))


add("mean error: 1/N everywhere", lambda p, y: (mean(p - y), (1 + 0 * p) / p.size), Y_HAT, Y)
add("one sample: (y_hat - y)^2", lambda p, y: ((p - y) ** 2, 2 * (p - y)), 0.8, 1)
lib_cost(MSE(), Y_HAT, Y)
add("RMSE as sqrt(M): chain rule", lambda M: (sqrt(M), 1 / (2 * sqrt(M))), 0.0375, letters="positive")
lib_cost(RMSE(), Y_HAT, Y)
lib_cost(MAE(), Y_HAT, Y, kink=True)
add("MAE, best constant: (n< - n>) / N", constant_by_mae, 2.5, [[1], [2], [3], [4], [25]], kink=True)
add("MSE, best constant: 2 (c - mean of y)", constant_by_mse, 2.5, [[1], [2], [3], [4], [25]])
add("BCE of one sample, two fractions", bce_of_one, 0.8, 0.75)
lib_cost(BCE(), P, LABEL)
add("BCE, one fraction", lambda p, y: (value(BCE(), p, y), (p - y) / (p * (1 - p)) / p.size), P, LABEL)
add("BCE, best constant (exercise 5)", constant_by_bce, 0.3, [[1], [0], [0], [1], [0]])
for side, t in (("left", -0.5), ("right", 0.5)):
    name = f"RMSE along v, {side} of the kink"
    add(name, rmse_along, t, [[3], [0.5], [4], [1]], kink=True, letters="one side")


# From logits
def mse_after_sigmoid(z, y):
    return value(MSE(), s(z), y), 2 * (s(z) - y) / z.size * s(z) * (1 - s(z))


def slope_where_y_is_0(z):
    return 2 * s(z) ** 2 * (1 - s(z)), 2 * s(z) * (2 - 3 * s(z)) * s(z) * (1 - s(z))


def by_the_bias(b, x, y):
    return value(BCEWithLogits(), x + b, y), mean(s(x + b) - y)


add("softplus log(1 + e^z): sigma", lambda z: (log(1 + exp(z)), 1 / (1 + exp(-z))), 0.75)
add("softplus(z) - z y: sigma(z) - y", lambda z, y: (s_plus(z) - z * y, s(z) - y), 0.75, 1)
lib_cost(BCEWithLogits(), LOGITS, LABEL)
add(
    "BCE after sigmoid: (y_hat - y) / N",
    lambda z, y: (value(BCE(), s(z), y), (s(z) - y) / z.size),
    LOGITS,
    LABEL,
)
add("MSE after sigmoid: 2 (a - y) a (1 - a) / N", mse_after_sigmoid, LOGITS, LABEL)
add("2 s^2 - 2 s^3 (exercise 4)", lambda a: (2 * a**2 - 2 * a**3, 2 * a * (2 - 3 * a)), 0.4)
add("MSE after sigmoid, y = 0, second derivative", slope_where_y_is_0, 0.25)
add("BCE after sigmoid, second derivative", lambda z, y: (s(z) - y, s(z) * (1 - s(z))), 0.25, 1)
add("BCE of x + b, by b", by_the_bias, -0.7, [[-1], [-0.5], [0.5], [2]], [[1], [0], [1], [1]])


# Two parameters that all rows share, and two outputs
def with_penalty(w, X, y, strength):
    C = value(MSE(), X @ w, y) + strength * (w * w).sum()
    return C, X.T @ (2 * (X @ w - y) / y.size) + 2 * strength * w  # (2, 3)(3, 1) = (2, 1)


def shared(entry, x):
    """From a slope for each row to those of two parameters that all rows share: times x, times 1, added."""
    return array([(entry * x).sum(), entry.sum()])


def rmse_of_a_line(W, x, y):
    y_hat, cost = W[0] * x + W[1], shipped(RMSE(), W)
    return cost.formula(y_hat, y), shared(cost.slope(y_hat, y), x)


def huber_outside(e, delta):
    return delta * (abs(e) - delta / 2), delta * sign(e)


def mse_of_a_wave(W, x, y):
    phase = W[0] * x + W[1]
    E = sin(phase) - y
    return mean(E**2), shared(2 * E / y.size * cos(phase), x)


X, y = [[1, 1], [2, 2], [3, 3]], [[2], [4], [6]]
add("MSE + lambda sum w^2: gains 2 lambda w", with_penalty, [[3], [-1]], X, y, 0.01)
add("RMSE of a line, by m and b (exercise 2)", rmse_of_a_line, [0.5, 1], [[1], [2], [4]], [[2], [1], [3]])
add("MSE of a wave, by omega and phi", mse_of_a_wave, [1.25, 0.5], [[0.5], [1.5], [2]], [[1], [0.25], [-1]])
for cost in (MSE(), RMSE(), BCEWithLogits()):
    lib_cost(cost, TWO_OUTPUTS, TWO_TARGETS, ", two outputs")
lib_cost(BCE(), [[0.5, 0.1], [0.8, 0.25], [0.3, 0.6]], TWO_TARGETS, ", two outputs")
lib_cost(MAE(), TWO_OUTPUTS, array(TWO_TARGETS) + 0.125, ", two outputs", kink=True)
add("Huber, |e| <= delta (exercise 6)", lambda e: (e**2 / 2, e), -0.4)
add("Huber, |e| > delta (exercise 6)", huber_outside, -3, 2, kink=True)


# Chapter 4: gradient descent

add = chapter("Chapter 4: gradient descent and SGD")


def one_step(alpha, W):
    """How low a step ends: phi(alpha) = J(W - alpha grad J)."""
    gradient = bowl(W)[1]
    value, there, _ = bowl(W - alpha * gradient)
    return value, -(there @ gradient)


def parabola(w, lam, w_star):
    return lam / 2 * (w - w_star) ** 2, lam * (w - w_star), lam


def of_one_weight(w, x, y):
    E = w * x - y
    return mean(E**2), mean(2 * E * x), 2 * mean(x * x)


def tilted_bowl(W):
    value = (11 * W[0] ** 2 + 18 * W[0] * W[1] + 11 * W[1] ** 2) / 4
    return (
        value,
        array([11 * W[0] + 9 * W[1], 9 * W[0] + 11 * W[1]]) / 2,
        array([[11, 9], [9, 11]]) / (2 + 0 * W[0]),
    )


def any_bowl(W, W_star, h):
    """1/2 (W - W*)^T H (W - W*) with the symmetric H of its three numbers."""
    H, off = array([[h[0], h[1]], [h[1], h[2]]]), W - W_star
    return off @ H @ off / 2, H @ off, H


def line_by_m_and_b(W, x, y):
    E = W[0] * x + W[1] - y
    hessian = array([[2 * mean(x * x), 2 * mean(x)], [2 * mean(x), 2]])
    return mean(E**2), array([mean(2 * E * x), mean(2 * E)]), hessian


def along_g(t, w, g):
    return (w - t * g) ** 4, -g * 4 * (w - t * g) ** 3, g**2 * 12 * (w - t * g) ** 2


add("the picture: w^2 + 1", lambda w: (w**2 + 1, 2 * w), -1.25)
add("one step: phi(alpha) = J(W - alpha grad J)", one_step, 0, [1, 0.5])
add("parabola lambda/2 (w - w*)^2", parabola, 5, 2, 3)
add("y_hat = w x", of_one_weight, 0.5, [[1], [2], [3], [4]], [[2], [3], [7], [8]])
add("bowl (5.5 w1^2 + 9 w1 w2 + 5.5 w2^2) / 2", tilted_bowl, [3, -1])
add("bowl 1/2 (W - W*)^T H (W - W*)", any_bowl, [3, -1], [0.5, 0.25], [5.5, 4.5, 5.5])
add("y = m x + b", line_by_m_and_b, [0.75, -1.25], *line(np.random.default_rng(0), samples=4))
add("w^3, a resting place", lambda w: (w**3, 3 * w**2), -0.05)
add("two valleys (w^2 - 1)^2 + c w", lambda w, c: ((w**2 - 1) ** 2 + c * w, 4 * w * (w**2 - 1) + c), 0.7, 0.3)
add("2 (w - 1)^2 (exercise 1)", lambda w: (2 * (w - 1) ** 2, 4 * (w - 1)), 5)
add("|w - 3| (exercise 3)", lambda w, c: (abs(w - c), sign(w - c)), 5, 3, kink=True)
add("phi(t) = J(w - t g) (exercise 7)", along_g, 0.5, 2, 1.5)
add(
    "log(1 + e^w) + log(1 + e^-w) (exercise 7)",
    lambda w: (s_plus(w) + s_plus(-w), 2 * s(w) - 1, 2 * s(w) * (1 - s(w))),
    0.75,
)


# Chapter 5: backward pass

add = chapter("Chapter 5: backward pass")


def thin(p, x, y):
    """The thin network: one neuron after another, one row."""
    w1, b1, w2, b2 = p
    a1 = s(w1 * x + b1)
    a2 = s(w2 * a1 + b2)
    dC_dz2 = 2 * (a2 - y) * a2 * (1 - a2)
    dC_dz1 = dC_dz2 * w2 * a1 * (1 - a1)
    return (a2 - y) ** 2, array([dC_dz1 * x, dC_dz1, dC_dz2 * a1, dC_dz2])


# Where the transpose comes from: C = sum of D * (A W + b)
rng = np.random.default_rng(5)
A, W, b, D = (rng.normal(size=shape).round(2) for shape in [(4, 3), (3, 2), (1, 2), (4, 2)])


def C_of(A, W, b, D):
    return (D * (A @ W + b)).sum()


def through_sigma(Z, D):
    return (D * s(Z)).sum(), D * s(Z) * (1 - s(Z))


def Z_by_W(W, A, b):
    return A @ W + b, A.T[:, None, :, None] * eye(2, dtype=int)[None, :, None, :]


def Z_by_b(b, A, W):
    return A @ W + b, (ones((4, 1), dtype=int) * eye(2, dtype=int)[:, None, :])[None] + 0 * A.sum()


add("thin network: dC/dw1, db1, dw2, db2", thin, [1, -1, -2, -1], 2, 1)
add("dC/dW = A^T D", lambda W, A, b, D: (C_of(A, W, b, D), A.T @ D), W, A, b, D)
add("dC/dA = D W^T", lambda A, W, b, D: (C_of(A, W, b, D), D @ W.T), A, W, b, D)
add("dC/db = 1^T D", lambda b, A, W, D: (C_of(A, W, b, D), ones((1, 4), dtype=int) @ D), b, A, W, D)
add("dZ/dW in full: four indices (S99)", Z_by_W, W, A, b)
add("dZ/db in full: four indices (S100)", Z_by_b, b, A, W)
add("dC/dZ = dC/dA * sigma'(Z), entry by entry", through_sigma, W, D[:3])


# The same, by the shipped layer: one Dense with a sigmoid, C = sum of D * A
def dense(A_in, W, b, D):
    layer = Dense(W, b, sigmoid_for(W))
    C, dC_dA_in = (D * layer.forward(A_in)).sum(), layer.backward(D)
    return C, layer.dW, layer.db, dC_dA_in


add("Dense.backward: dW", lambda W, A, b, D: dense(A, W, b, D)[:2], W, A, b, D)
add("Dense.backward: db", lambda b, A, W, D: dense(A, W, b, D)[:3:2], b, A, W, D)
add("Dense.backward: dA_in", lambda A, W, b, D: dense(A, W, b, D)[::3], A, W, b, D)

# The lines of the table "The whole way back"
X_XOR, Y_XOR = xor()
A2 = [[0.5], [0.6], [0.7], [0.4]]
Z2 = [[0.1], [0.4], [-0.8], [1.2]]


def by_bce(A2, y):
    return -mean(y * log(A2) + (1 - y) * log(1 - A2)), ((1 - y) / (1 - A2) - y / A2) / 4


def by_mse_and_sigmoid(Z2, y):
    return mean((s(Z2) - y) ** 2), 2 * (s(Z2) - y) / 4 * s(Z2) * (1 - s(Z2))


add("dC/dA2 = 2/N (A2 - y) (S97, no sum)", lambda A2, y: (mean((A2 - y) ** 2), 2 * (A2 - y) / 4), A2, Y_XOR)
add("D2 with MSE", by_mse_and_sigmoid, Z2, Y_XOR)
add("dC/dA2 with BCE", by_bce, A2, Y_XOR)
add("D2 with BCE: (A2 - y) / N", lambda Z2, y: (by_bce(s(Z2), y)[0], (s(Z2) - y) / 4), Z2, Y_XOR)


# The symmetric start: all four answers one half, moved together by b2 = t or by W2 = t (half as far).
# At t = 0 the residuals E add up to zero.
def common_move(t, y):
    E, slope = mean(s(t + 0 * y) - y), s(t) * (1 - s(t))
    return mean((s(t + 0 * y) - y) ** 2), 2 * E * slope, 2 * slope**2 + 2 * E * slope * (1 - 2 * s(t))


add("symmetric start: slope by a common move of Z2", lambda t, y: common_move(t, y)[:2], 0.25, Y_XOR)
add("symmetric start: its curvature, 2 s'(0)^2 = 1/8", lambda t, y: common_move(t, y)[1:], 0, Y_XOR)


# Softmax with cross-entropy, three classes. The targets of a row add up to one: two are free.
def softmax_and_cross_entropy(Z, y):
    P = exp(Z) / exp(Z).sum(axis=-1, keepdims=True)
    Y = np.concatenate([y, 1 - y.sum(axis=-1, keepdims=True)], axis=-1)
    return -(Y * log(P)).sum() / Z.shape[0], (P - Y) / Z.shape[0]


def tanh_hidden(W1, W2, X, y):
    """A hidden layer of tanh under a sigmoid: dC/dW1."""
    A1 = tanh(X @ W1)
    A2 = s(A1 @ W2)
    D2 = 2 * (A2 - y) / y.size * A2 * (1 - A2)
    return mean((A2 - y) ** 2), X.T @ ((D2 @ W2.T) * (1 - A1 * A1))


THREE_LOGITS, TWO_OF_THREE = [[0.5, -1, 2], [1, 0.25, -0.5]], [[1, 0], [0, 0]]
add("softmax and cross-entropy: (P - Y) / N", softmax_and_cross_entropy, THREE_LOGITS, TWO_OF_THREE)
add("tanh in the hidden layer (exercise 4)", tanh_hidden, W[:2], W[1:, :1], X_XOR, Y_XOR)

# The whole backward pass
for sizes, samples in [((2, 2, 1), 4), ((3, 2, 1), 4), ((2, 3, 2, 1), 2)]:
    for cost, output in [(MSE(), None), (BCE(), None), (BCEWithLogits(), Identity())]:
        DERIVATIVES.append(backward_pass("Chapter 5: whole networks", sizes, samples, cost, output))


if __name__ == "__main__":
    sys.exit(1 if roads.main(DERIVATIVES) else 0)
