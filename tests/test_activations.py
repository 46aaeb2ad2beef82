"""Activations: values against mpmath, slopes against difference quotients."""

import mpmath
import numpy as np
import pytest

from lib import Identity, ReLU, Sigmoid, Tanh, jacobian
from lib.proofs import prove_activation
from tests.helpers import every_activation, in_40_digits, mp_array, off, runs_on_symbols

SHAPES = [(1, 1), (4, 1), (3, 5), (2, 4, 3), (2, 3, 4, 1)]
every_shape = pytest.mark.parametrize("shape", SHAPES, ids=str)

SIZES = np.concatenate([np.geomspace(1e-300, 1e4, 300), np.arange(7.0, 10_001, 97)])
Z = np.concatenate([-SIZES[::-1], [0.0], SIZES])


@every_activation
def test_value_and_slope_to_40_digits_up_to_10000_without_a_warning(activation):
    a = activation.value(Z)
    with mpmath.workdps(40):
        exact = in_40_digits(activation)
        exact_a = exact.formula(mp_array(Z))
        assert off(a, exact_a) < 1e-14  # promised: 1e-12
        assert off(activation.derivative(a), exact.derivative(exact_a)) < 1e-14


def test_what_is_small_keeps_its_digits():
    """Up to |z| = 700 the sigmoid's error is a share of the value itself, however small that is."""
    near = Z[(Z >= -700) & (Z <= 0)]
    a = Sigmoid().value(near)
    with mpmath.workdps(40):
        exact = [1 / (1 + mpmath.exp(-mpmath.mpf(z))) for z in near.tolist()]
        assert max(abs(found / e - 1) for found, e in zip(a.tolist(), exact, strict=True)) < 1e-14
        slopes = zip(Sigmoid().derivative(a).tolist(), exact, strict=True)
        assert max(abs(found / (e * (1 - e)) - 1) for found, e in slopes) < 1e-14


@every_activation
def test_smooth_says_whether_one_formula_holds_everywhere(activation):
    left, right = activation.derivative(activation.value(np.array([-1e-9, 1e-9])))
    assert activation.smooth is bool(
        abs(right - left) < 1e-6 and runs_on_symbols(prove_activation, activation)
    )


@every_activation
def test_the_door_changes_nothing(activation):
    """`formula` is the bare line behind `value`; what comes out is an array of its own."""
    z = np.linspace(-5, 5, 11)
    a = activation.value(z)
    assert np.array_equal(a, activation.formula(z))
    assert not np.shares_memory(a, z)


def test_values_that_everyone_knows():
    z = np.array([[-2.0, 0.0], [0.5, 3.0]])
    assert np.array_equal(Identity().value(z), z)
    assert np.array_equal(ReLU().value(z), [[0, 0], [0.5, 3]])
    assert Sigmoid().value(np.log(np.array([1.0, 3.0, 1 / 3]))) == pytest.approx([0.5, 0.75, 0.25], rel=1e-14)
    assert Tanh().value(np.log(np.array([1.0, 2.0]))) == pytest.approx([0, 0.6], rel=1e-14)


def test_slopes_come_from_the_activation():
    a = np.array([[0.25, 0.5, 0.0, 1.0]])
    assert np.array_equal(Identity().derivative(a), [[1, 1, 1, 1]])
    assert np.array_equal(Sigmoid().derivative(a), [[0.1875, 0.25, 0, 0]])
    assert np.array_equal(Tanh().derivative(a), [[0.9375, 0.75, 1, 0]])
    assert np.array_equal(ReLU().derivative(a), [[1, 1, 0, 1]])


def test_the_steepest_point_of_the_sigmoid_is_a_quarter():
    slope = Sigmoid().derivative(Sigmoid().value(np.linspace(-5, 5, 101)))
    assert slope.max() == slope[50] == 0.25


def test_relu_at_the_kink_we_choose_0():
    assert ReLU().derivative(ReLU().value(np.array([0.0, -0.0]))).tolist() == [0, 0]


@every_activation
@every_shape
@pytest.mark.parametrize(("method", "tolerance"), [("central", 1e-9), ("complex", 1e-14)])
def test_slope_against_difference_quotients(activation, shape, method, tolerance):
    z = np.random.default_rng(sum(shape)).normal(scale=2, size=shape)
    z = np.where(abs(z) < 0.01, 0.5, z)  # off the kink of ReLU
    slope = activation.derivative(activation.value(z))
    assert slope.shape == z.shape
    J = jacobian(activation.value, z, method=method)
    expected = np.zeros(shape + shape)
    for index in np.ndindex(shape):
        expected[index + index] = slope[index]  # entry by entry: nothing beside the diagonal
    assert pytest.approx(expected, abs=tolerance) == J


@every_activation
def test_complex_numbers_go_through(activation):
    z, h = np.array([[-1.5, -0.25, 0.75, 2.0]]), 1e-30
    stepped = activation.value(z + 1j * h)
    assert stepped.real == pytest.approx(activation.value(z), rel=1e-14)
    assert stepped.imag / h == pytest.approx(activation.derivative(activation.value(z)), rel=1e-14)


@every_activation
@every_shape
def test_shapes_and_leading_axes(activation, shape):
    z = np.random.default_rng(1).normal(size=shape)
    z.flags.writeable = False  # and nothing is written into z
    a = activation.value(z)
    assert a.shape == activation.derivative(a).shape == shape
    for index in np.ndindex(shape[:-2]):
        assert np.array_equal(a[index], activation.value(z[index]))
        assert np.array_equal(activation.derivative(a)[index], activation.derivative(a[index]))


@every_activation
def test_a_number_goes_in_and_comes_out(activation):
    assert np.shape(activation.value(0.5)) == np.shape(activation.derivative(activation.value(0.5))) == ()
    assert activation.value(0.5) == activation.value(np.array([0.5]))[0]
