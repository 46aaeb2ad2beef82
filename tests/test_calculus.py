"""The referee itself: numeric derivatives against derivatives done by hand."""

import cmath
import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from lib import derivative, gradient, jacobian
from lib.calculus import METHODS, STEPS
from tests.helpers import refuses

TOLERANCE = {"forward": 1e-6, "central": 1e-9, "complex": 1e-14}  # relative, for smooth functions


every_method = pytest.mark.parametrize("method", METHODS)
both_quotients = pytest.mark.parametrize("method", ["forward", "central"])


def deck(x):
    return x**2 + 2 * x**4 + 3  # S12


def surface(v):
    return v[0] ** 2 + 3 * v[1] ** 4  # S16


# The deck's numbers


@every_method
def test_the_slopes_of_the_deck(method):
    near = {"rel": TOLERANCE[method]}
    assert derivative(deck, 2, method=method) == pytest.approx(68, **near)  # S13
    assert gradient(surface, [3, 1], method=method) == pytest.approx([6, 12], **near)
    assert gradient(surface, [1, 2], method=method) == pytest.approx([2, 96], **near)
    slopes = gradient(lambda v: (v[0] + 2 * v[1]) ** 3, [1, 1], method=method)  # S36 to S42
    assert slopes == pytest.approx([27, 54], **near)


@every_method
def test_the_jacobian_of_the_deck_has_inputs_as_rows(method):
    J = jacobian(lambda v: np.stack([v[0] * v[1], v[0] + v[2], v[1] ** 2 * v[2]]), [2, 3, 5], method=method)
    expected = [[3, 1, 0], [2, 0, 30], [0, 1, 9]]  # row i: d/dx_i, column j: f_j (S32)
    assert J == pytest.approx(np.array(expected), rel=TOLERANCE[method], abs=1e-6)


# Layout: S + T


@every_method
@pytest.mark.parametrize("S", [(), (1,), (3,), (2, 3), (2, 1, 3)])
@pytest.mark.parametrize("T", [(), (1,), (4,), (2, 2)])
def test_a_linear_map_is_its_own_jacobian(S, T, method):
    rng = np.random.default_rng(len(S) + 10 * len(T))
    A, x = rng.normal(size=S + T), rng.normal(size=S)
    J = jacobian(lambda v: np.tensordot(v, A, axes=len(S)), x, method=method)
    assert J.shape == S + T
    assert J == pytest.approx(A, abs=1e-7 if method == "forward" else 1e-9)


def test_a_map_of_tables():
    W = np.array([[2.0, 3.0, 5.0], [7.0, 11.0, 13.0]])
    J = jacobian(lambda X: X @ W, np.ones((4, 2)), method="complex")
    assert J.shape == (4, 2, 4, 3)
    assert np.array_equal(J, np.einsum("mn,jk->mjnk", np.eye(4), W))


def test_the_derivative_by_a_number_has_the_shape_of_the_result():
    slope = derivative(lambda t: np.array([[t, t**2], [t**3, 1 + 0 * t]]), 2.0, method="complex")
    assert slope == pytest.approx(np.array([[1, 4], [12, 0]]), rel=1e-15)


def test_a_number_gives_a_number():
    assert isinstance(derivative(deck, 2.0), float)
    assert gradient(deck, 2.0, method="complex") == pytest.approx(68, rel=1e-15)


# Accuracy and steps


@every_method
@pytest.mark.parametrize("x", [-3.0, -0.5, 0.0, 1e-3, 1.0, 20.0])
def test_accuracy(method, x):
    assert derivative(np.exp, x, method=method) == pytest.approx(math.exp(x), rel=20 * TOLERANCE[method])


def test_central_is_better_than_forward_and_complex_is_exact():
    points = np.linspace(-2, 2, 41)
    error = {
        method: max(abs(derivative(np.exp, x, method=method) / math.exp(x) - 1) for x in points)
        for method in METHODS
    }
    assert error["complex"] < 2e-15
    assert 100 * error["central"] < error["forward"] < 1e-7


def test_the_default_steps():
    eps = 2.0**-52
    assert STEPS == {"forward": eps**0.5, "central": eps ** (1 / 3), "complex": 1e-30}


@both_quotients
def test_the_default_step_is_near_the_best_one(method):
    points = np.linspace(0.5, 2, 31)

    def worst(h):
        return max(abs(derivative(np.exp, x, method=method, h=h) / math.exp(x) - 1) for x in points)

    assert worst(None) < worst(STEPS[method] * 100) / 10
    assert worst(None) < worst(STEPS[method] / 100) / 10


@every_method
@pytest.mark.parametrize("x", [1e3, -1e6, 1e12])
def test_the_step_grows_with_x(method, x):
    assert derivative(lambda v: v * v, x, method=method) == pytest.approx(2 * x, rel=1e-7)


@both_quotients
@pytest.mark.parametrize(("x", "size"), [(0.0, 1), (0.5, 1), (-1.0, 1), (1.5, 1.5), (-8.0, 8)])
def test_the_step_is_relative_above_1(method, x, size):
    asked = []
    derivative(lambda v: asked.append(float(v)) or v, x, method=method)
    assert max(asked) - x == pytest.approx(size * STEPS[method], rel=1e-7)


def test_each_input_has_its_own_step():
    slopes = gradient(lambda v: v[0] / 1e9 + np.exp(v[1]), [1e9, 0.0])
    assert slopes == pytest.approx([1e-9, 1.0], rel=1e-6)  # the step of 1e9, 6000, would give exp(6000)


@both_quotients
def test_it_divides_by_the_step_that_was_taken(method):
    for x in np.random.default_rng(0).normal(size=200) * 10:
        assert derivative(lambda v: v, x, method=method) == 1  # else: off by 1e-8


@pytest.mark.parametrize(
    ("method", "h", "expected"),
    [
        ("forward", 0.5, 6.5),  # (12.25 - 9) / 0.5
        ("forward", -0.5, 5.5),  # (6.25 - 9) / -0.5
        ("forward", 1, 7),
        *[(method, h, 6) for method in ("central", "complex") for h in (0.5, -0.5)],
        ("complex", 1e-200, 6),
    ],
)
def test_h_is_the_step(method, h, expected):
    assert derivative(lambda v: v * v, 3, method=method, h=h) == expected


def test_central_sees_the_third_derivative():
    assert derivative(lambda v: v**3, 2.0, h=0.5) == 12.25  # 3 x^2 + h^2


def test_a_negative_h_sees_the_other_side_of_a_kink():
    assert derivative(abs, 0.0, method="forward", h=1e-3) == 1
    assert derivative(abs, 0.0, method="forward", h=-1e-3) == -1
    assert derivative(abs, 0.0, method="central", h=1e-3) == 0


def test_complex_step_has_no_cancellation():
    def f(x):
        return cmath.exp(x) / (cmath.cos(x) ** 3 + cmath.sin(x) ** 3) ** 0.5

    def quotient(v):  # f'(x) by hand
        s, c = math.sin(v), math.cos(v)
        g = c**3 + s**3
        return math.exp(v) * (g - 0.5 * (3 * s**2 * c - 3 * c**2 * s)) / g**1.5

    x = 1.5
    assert derivative(f, x, method="complex") == pytest.approx(quotient(x), rel=1e-14)
    assert abs(derivative(f, x, method="central") / quotient(x) - 1) > 3e-14


@pytest.mark.parametrize(
    "f", [abs, lambda x: x.real**2, lambda x: float(x.real), lambda x: x > 0, lambda x: 3.0]
)
def test_complex_step_refuses_what_drops_the_imaginary_part(f):
    with refuses("f: expected a function that carries complex numbers"):
        derivative(f, 1.0, method="complex")


# Doors


@pytest.mark.parametrize("call", [derivative, gradient, jacobian])
@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        ({"x": math.nan}, "x: expected numbers, got NaN"),
        *[({"x": x}, "x: expected finite real numbers") for x in (math.inf, -math.inf, 1j)],
        ({"x": None}, "x: expected numbers, got object"),
        ({"x": "1"}, "x: expected numbers, got <U1"),
        *[
            ({"method": method}, f"method: expected one of forward, central, complex, got {method!r}")
            for method in ("backward", None, ["central"])
        ],
        *[
            ({"h": h, "method": method}, f"h: expected a finite step other than zero, got {h!r}")
            for h in (0, 0.0, math.nan, math.inf, -math.inf, [0.1], "0.1", 1j, 10**400)
            for method in ("central", "complex")
        ],
        ({"h": 1e-30}, "h: expected a step that changes x = 1.0, got 1e-30"),
        ({"h": 1e-20, "method": "forward"}, "h: expected a step that changes x"),
    ],
)
def test_doors(call, arguments, fragment):
    seen = []
    with refuses(fragment):
        call(lambda x: seen.append(x) or x * x, **{"x": 1.0, **arguments})
    assert seen == []  # f was not even asked


@pytest.mark.parametrize(
    ("call", "f", "x", "fragment"),
    [
        (jacobian, deck, [], "x: expected at least one number, got shape (0,)"),
        (jacobian, deck, [[1.0], [1.0, 2.0]], "x: expected an array, got rows of unequal length"),
        (derivative, deck, [[1], [1, 2]], "x: expected an array, got rows of unequal length"),
        (derivative, deck, [1.0], "x: expected one number, got shape (1,); use gradient"),
        *[
            (gradient, deck, x, "f: expected one number as its value, got shape ... use jacobian")
            for x in ([1.0, 2.0], [1.0], [[1.0]])
        ],
        *[(jacobian, f, 1.0, "f: expected a function, got") for f in (5, None, [1], "sin")],
        (jacobian, lambda v: [[1], [1, 2]], 1.0, "f: expected an array, got rows of unequal length"),
        (jacobian, lambda v: np.ma.array([1.0], mask=[True]), 1.0, "f: expected a plain array, got a masked"),
        *[
            (jacobian, lambda v, value=value: value, 1.0, "f: expected it to return numbers, got")
            for value in (None, "1", b"1", [None], {}, {1, 2}, len, 10**400)
        ],
    ],
)
@every_method
def test_what_f_and_x_may_be(call, f, x, fragment, method):
    with refuses(fragment):
        call(f, x, method=method)


@every_method
def test_integers_and_booleans_are_converted(method):
    assert derivative(deck, 2, method=method) == derivative(deck, 2.0, method=method)
    assert derivative(deck, True, method=method) == derivative(deck, 1.0, method=method)
    whole = gradient(surface, np.array([3, 1], dtype=np.uint8), method=method)
    assert whole.dtype == float
    assert np.array_equal(whole, gradient(surface, [3.0, 1.0], method=method))


@every_method
def test_x_is_left_alone(method):
    x = np.array([3.0, 1.0])
    x.flags.writeable = False
    gradient(surface, x, method=method)
    assert x.tolist() == [3, 1]


# What careless or unlucky callers bring


@every_method
def test_float32_is_converted(method):
    x = np.array([1.0, 2.0], dtype=np.float32)
    slopes = gradient(lambda v: np.sin(v).sum(), x, method=method)
    assert slopes == pytest.approx(np.cos([1.0, 2.0]), rel=1e-6 if method == "forward" else 1e-9)


def test_f_may_return_bytes_and_booleans():
    """A byte has no negative numbers: 3 - 5 would be 254."""
    assert derivative(lambda v: np.uint8(4 - v), 1.0, method="central", h=1) == -1
    assert derivative(lambda v: v > 1, 1.0, method="forward", h=0.5) == 2


@both_quotients
def test_f_may_return_a_list(method):
    J = jacobian(lambda v: [v[0] * v[1], v[0] ** 2], [1.0, 2.0], method=method)
    assert J == pytest.approx(np.array([[2, 2], [1, 0]]), abs=1e-6)


@both_quotients
@pytest.mark.parametrize("kind", [Fraction, mpmath.mpf])
def test_f_may_return_numbers_of_another_kind(method, kind):
    slope = derivative(lambda v: kind(float(v)) ** 2, 3.0, method=method, h=0.5)
    assert slope == {"forward": 6.5, "central": 6}[method]


def test_an_f_that_writes_into_its_argument_does_not_reach_x():
    def rude(v):
        v *= 2
        return v.sum()

    x = np.array([1.0, 2.0])
    gradient(rude, x, method="forward")
    assert x.tolist() == [1, 2]
