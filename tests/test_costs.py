"""Costs: the deck's tables, mpmath, and every gradient against difference quotients."""

from inspect import signature

import mpmath
import numpy as np
import pytest

from lib.activations import Sigmoid
from lib.calculus import gradient
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, mean_error
from lib.datasets import four_numbers, four_probabilities
from lib.proofs import prove_cost
from tests.helpers import (
    accepts,
    every_cost,
    every_smooth_cost,
    in_40_digits,
    mp_array,
    name_of,
    off,
    refuses,
    runs_on_symbols,
)

SHAPES = [(1, 1), (4, 1), (1, 3), (5, 3), (2, 4, 1), (3, 1, 2), (2, 3, 4, 2)]
every_shape = pytest.mark.parametrize("shape", SHAPES, ids=str)


def tables(cost, shape, soft=False):
    """Predictions that suit the cost, off the kink of MAE, and targets of 0 and 1 (or between)."""
    rng = np.random.default_rng(sum(shape) + 100 * len(shape) + soft)
    y = rng.random(shape) if soft else rng.integers(0, 2, shape).astype(float)
    if not accepts(cost, 2.0):
        return rng.uniform(0.02, 0.98, shape), y
    y_hat = rng.normal(scale=3, size=shape)
    return np.where(abs(y_hat - y) < 0.01, y + 0.5, y_hat), y


# The deck's numbers


def test_the_deck_table():
    table = four_numbers()
    assert MSE().value(*table) == pytest.approx(0.0375, rel=1e-14)  # S56
    assert MAE().value(*table) == pytest.approx(0.175, rel=1e-14)  # S68 corrected
    assert RMSE().value(*table) == pytest.approx(0.0375**0.5, rel=1e-14)  # S63
    assert round(float(RMSE().value(*table)), 6) == 0.193649  # in the digits that are printed
    assert round(float(BCE().value(*four_probabilities())), 6) == 0.197635  # S76


def test_mean_error():
    assert mean_error(*four_numbers()) == pytest.approx(0.025, rel=1e-14)  # S51
    assert mean_error([[0.9], [1.1]], [[1], [1]]) == pytest.approx(0, abs=1e-16)  # errors cancel
    assert mean_error([[3.0]], [[1.0]]) == 2  # positive: predicted too high (S50)
    assert mean_error(np.full((2, 4, 1), [[[1.0]], [[5.0]]]), np.ones((4, 1))).tolist() == [0, 4]


def test_gradients_by_hand():
    y_hat, y = four_numbers()
    E = y_hat - y
    assert MSE().gradient(y_hat, y) == pytest.approx(2 * E / 4, rel=1e-14)  # no sum (S97 corrected)
    assert MAE().gradient(y_hat, y).ravel().tolist() == [-0.25, -0.25, 0.25, 0.25]
    assert RMSE().gradient(y_hat, y) == pytest.approx(E / (4 * 0.0375**0.5), rel=1e-14)
    p, t = four_probabilities()
    expected = [-1 / 0.8 / 4, -1 / 0.9 / 4, 1 / 0.9 / 4, 1 / 0.7 / 4]
    assert BCE().gradient(p, t).ravel() == pytest.approx(expected, rel=1e-14)
    z = np.log(p / (1 - p))
    assert BCEWithLogits().gradient(z, t) == pytest.approx((p - t) / 4, rel=1e-14)


# Every gradient against difference quotients


every_target = pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])


@every_cost
@every_shape
@every_target
def test_gradient_against_central_difference(cost, shape, soft):
    y_hat, y = tables(cost, shape, soft)
    slope = cost.gradient(y_hat, y)
    assert slope.shape == shape
    assert gradient(lambda v: cost.value(v, y).sum(), y_hat) == pytest.approx(slope, rel=1e-6, abs=1e-8)


@every_smooth_cost
@every_shape
@every_target
def test_gradient_against_complex_step(cost, shape, soft):
    y_hat, y = tables(cost, shape, soft)
    referee = gradient(lambda v: cost.formula(v, y).sum(), y_hat, method="complex")
    assert referee == pytest.approx(cost.gradient(y_hat, y), rel=1e-12, abs=1e-15)


@every_shape
@pytest.mark.parametrize("h", [1e-4, -1e-4])
def test_mae_against_one_sided_differences(shape, h):
    y_hat, y = tables(MAE(), shape, soft=True)
    referee = gradient(lambda v: MAE().value(v, y).sum(), y_hat, method="forward", h=h)
    assert referee == pytest.approx(MAE().gradient(y_hat, y), rel=1e-9)


def test_mae_at_its_kink():
    """The one-sided slopes are -1/N and +1/N; we choose 0."""
    y = np.ones((4, 1))
    for h, slope in [(1e-3, 0.25), (-1e-3, -0.25)]:
        one_sided = gradient(lambda v: MAE().value(v, y), y, method="forward", h=h)
        assert one_sided == pytest.approx(np.full((4, 1), slope), rel=1e-9)
    assert MAE().gradient(y, y).tolist() == [[0], [0], [0], [0]]
    assert MAE().gradient(y + [[0], [1], [-1], [0]], y).ravel().tolist() == [0, 0.25, -0.25, 0]


def test_rmse_at_zero_error():
    """We choose 0; another run beside it keeps its slope."""
    y = np.ones((4, 1))
    assert RMSE().gradient(y, y).tolist() == [[0], [0], [0], [0]]
    both = RMSE().gradient(np.stack([y, y + 2]), y)
    assert both[:, :, 0].tolist() == [[0, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]]


def test_rmse_of_errors_too_small_to_square():
    """1e-200 squared is 0, and so is the RMSE: the slope stays finite, close to the 0 that we choose."""
    assert abs(RMSE().gradient([[1e-200], [0.0]], [[0], [0]])).max() <= 1e-200


def test_rmse_takes_symbols():
    """A cost of symbols is one symbol, no array; `each` makes an array of it for the slope."""
    assert all(proof.holds for proof in prove_cost(RMSE(), samples=2))


@every_cost
def test_smooth_says_whether_one_formula_holds_everywhere(cost):
    """Where the error is zero, beside another one that isn't: alone, the RMSE would have a kink, too."""
    y = np.array([[0.5], [0.5]])
    left, right = (cost.gradient(y + [[error], [0.25]], y)[0, 0] for error in (-1e-9, 1e-9))
    assert cost.smooth is bool(abs(right - left) < 1e-6 and runs_on_symbols(prove_cost, cost))


# Leading axes


@every_cost
@pytest.mark.parametrize("shape", [(3, 4, 1), (2, 3, 5, 2), (70, 129, 1)], ids=str)
@pytest.mark.parametrize("one_y", [True, False], ids=["one y", "a y for each"])
def test_a_slice_of_many_runs_is_bitwise_the_single_run(cost, shape, one_y):
    y_hat, y = tables(cost, shape)
    y = y[(0,) * (len(shape) - 2)] if one_y else y
    value, slope = cost.value(y_hat, y), cost.gradient(y_hat, y)
    assert value.shape == shape[:-2]
    assert slope.shape == shape
    for index in np.ndindex(shape[:-2]):
        single = y if one_y else y[index]
        assert value[index] == cost.value(y_hat[index], single)
        assert np.array_equal(slope[index], cost.gradient(y_hat[index], single))


@every_cost
def test_the_mean_runs_over_samples_and_outputs(cost):
    y_hat, y = tables(cost, (5, 3))
    entry = [cost.value([[p]], [[t]]) for p, t in zip(y_hat.flat, y.flat, strict=True)]
    expected = np.mean(np.square(entry)) ** 0.5 if isinstance(cost, RMSE) else np.mean(entry)
    assert cost.value(y_hat, y) == pytest.approx(expected, rel=1e-14)
    assert isinstance(cost.value(y_hat, y), float)


# In 40 digits


@every_cost
def test_value_and_gradient_to_40_digits_up_to_10000_without_a_warning(cost):
    rng = np.random.default_rng(3)
    size = 10.0 ** rng.uniform(-20, 4, (4, 60, 2))
    y_hat = size * rng.choice([-1, 1], size.shape) if accepts(cost, 2.0) else np.minimum(size / 1e4, 1 - 1e-9)
    y = rng.random(size.shape)
    with mpmath.workdps(40):
        exact, table = in_40_digits(cost), (mp_array(y_hat), mp_array(y))
        assert off(cost.value(y_hat, y), exact.formula(*table)) < 1e-13  # promised: 1e-12
        assert off(cost.gradient(y_hat, y), exact.slope(*table)) < 1e-13


# Logits, certainty, infinity

LOGITS = np.concatenate(
    [-np.geomspace(1e-300, 700, 150), [0.0], np.geomspace(1e-300, 700, 150), np.arange(-700.0, 701, 14)]
)


@pytest.mark.parametrize("y", [0, 1])
def test_bce_with_logits_against_mpmath_up_to_700(y):
    z = LOGITS.reshape(-1, 1, 1)
    targets = np.full((1, 1), float(y))
    value, slope = BCEWithLogits().value(z, targets), BCEWithLogits().gradient(z, targets)
    assert value.shape == (LOGITS.size,)
    with mpmath.workdps(40):
        for k, number in enumerate(LOGITS):
            wrong = mpmath.mpf(float(number)) * (1 - 2 * y)  # how far on the wrong side
            exact = mpmath.log1p(mpmath.exp(wrong))
            exact_slope = (1 - 2 * y) / (1 + mpmath.exp(-wrong))
            assert abs(mpmath.mpf(float(value[k])) / exact - 1) < 1e-12
            assert abs(mpmath.mpf(float(slope[k, 0, 0])) / exact_slope - 1) < 1e-12


def test_logits_and_probabilities_agree():
    z, y = tables(BCEWithLogits(), (6, 2))
    p = Sigmoid().value(z)
    assert BCEWithLogits().value(z, y) == pytest.approx(BCE().value(p, y), rel=1e-12)
    assert BCEWithLogits().gradient(z, y) == pytest.approx(BCE().gradient(p, y) * p * (1 - p), rel=1e-12)


def test_logits_of_800_pass_without_a_warning():
    z, y = np.array([[800.0], [-800.0], [800.0], [-800.0]]), np.array([[0], [1], [1], [0]])
    values = [BCEWithLogits().value(z[i : i + 1], y[i : i + 1]) for i in range(4)]
    assert values == [800, 800, 0, 0]
    assert BCEWithLogits().gradient(z, y).ravel().tolist() == [0.25, -0.25, 0, 0]


def test_bce_certain_and_right_costs_nothing():
    y = np.array([[1.0], [0.0]])
    assert BCE().value(y, y) == 0  # 0 log 0 = 0
    assert BCE().gradient(y, y).tolist() == [[-0.5], [0.5]]


def test_bce_certain_and_wrong_costs_inf():
    y = np.array([[1.0], [0.0]])
    assert BCE().value(1 - y, y) == np.inf
    assert BCE().value([[0.5], [1.0]], y) == np.inf
    assert BCE().gradient(1 - y, y).tolist() == [[-np.inf], [np.inf]]
    assert BCE().value([[1.0]], [[0.5]]) == np.inf  # half of the answer is certain and wrong
    batch = BCE().value(np.stack([y, 1 - y, np.full((2, 1), 0.5)]), y)
    assert batch.tolist() == [0, np.inf, pytest.approx(np.log(2))]


@pytest.mark.parametrize("cost", [MSE(), RMSE(), MAE()], ids=name_of)
@pytest.mark.parametrize("y_hat", [np.inf, -np.inf, 1.7e308])
def test_infinite_predictions_cost_inf(cost, y_hat):
    assert cost.value([[y_hat], [y_hat], [1.0]], [[0], [0], [1]]) == np.inf


# Doors

RAGGED, NO_ROWS, A_COLUMN = (
    [[1], [1, 2]],
    "expected rows and columns, shape (N, n), got shape",
    np.ones((4, 1)),
)
BAD_TABLES = [
    (1.0, 1.0, f"y_hat: {NO_ROWS} ()"),
    (np.ones(4), A_COLUMN, f"y_hat: {NO_ROWS} (4,)"),
    (A_COLUMN, np.ones(4), f"y: {NO_ROWS} (4,); a column of N"),
    *[
        (A_COLUMN, np.ones(shape), f"y: expected the shape of y_hat, (4, 1), got {shape}")
        for shape in [(1, 4), (3, 1), (1, 1), (2, 4, 1)]
    ],
    (np.ones((4, 2)), A_COLUMN, "y: expected the shape of y_hat, (4, 2), got (4, 1)"),
    (np.ones((2, 4, 1)), np.ones((1, 4, 1)), "y: expected the shape of y_hat, (2, 4, 1), got (1, 4, 1)"),
    *[
        (
            np.ones(shape),
            np.ones(shape),
            f"y_hat: expected at least one row and one column, got shape {shape}",
        )
        for shape in [(0, 1), (4, 0)]
    ],
    ([[1.0, np.nan], [np.nan, 1.0]], np.ones((2, 2)), "y_hat: expected numbers, got NaN at index (0, 1)"),
    ([[1.0], [1.0]], [[1], [np.nan]], "y: expected numbers, got NaN at index (1, 0)"),
    ([[1.0]], [[np.inf]], "y: expected finite numbers, got inf"),
]
for no, said in [
    ([["1"]], "expected numbers, got <U1 data"),
    (None, "expected numbers, got object data"),
    (np.array([[1.0]], dtype=object), "expected numbers, got object data"),
    (RAGGED, "expected an array, got rows of unequal length"),
]:
    BAD_TABLES += [(no, [[1]], f"y_hat: {said}"), ([[1]], no, f"y: {said}")]


@every_cost
@pytest.mark.parametrize("door", ["value", "gradient"])
@pytest.mark.parametrize(("y_hat", "y", "fragment"), BAD_TABLES)
def test_doors(cost, door, y_hat, y, fragment):
    prediction = next(iter(signature(cost.check).parameters))  # y_hat or z
    with refuses(fragment.replace("y_hat", prediction)):
        getattr(cost, door)(y_hat, y)


@pytest.mark.parametrize(("y_hat", "y", "fragment"), BAD_TABLES)
def test_the_door_of_mean_error(y_hat, y, fragment):
    with refuses(fragment):
        mean_error(y_hat, y)


@pytest.mark.parametrize("door", ["value", "gradient"])
@pytest.mark.parametrize(
    ("cost", "y_hat", "y", "fragment"),
    [
        (BCE(), [[0.5], [0.5]], [[0], [2]], "y: expected numbers in [0, 1], got 0 to 2"),
        (BCE(), [[0.5], [0.5]], [[-1], [1]], "y: expected numbers in [0, 1], got -1 to 1"),
        (BCE(), [[0.5], [1.5]], [[0], [1]], "y_hat: expected numbers in [0, 1], got 0.5 to 1.5"),
        (BCE(), [[0.5], [-0.5]], [[0], [1]], "y_hat: expected numbers in [0, 1], got -0.5 to 0.5"),
        (BCE(), [[0.5], [np.inf]], [[0], [1]], "y_hat: expected numbers in [0, 1], got 0.5 to inf"),
        (BCEWithLogits(), [[5.0], [5.0]], [[0], [2]], "y: expected numbers in [0, 1], got 0 to 2"),
        (BCEWithLogits(), [[5.0], [5.0]], [[-1], [1]], "y: expected numbers in [0, 1], got -1 to 1"),
    ],
)
def test_probabilities_lie_between_0_and_1(cost, door, y_hat, y, fragment):
    with refuses(fragment):
        getattr(cost, door)(y_hat, y)


@every_cost
def test_integers_and_booleans_are_converted(cost):
    y_hat, y = np.array([[1], [0], [1]]), np.array([[True], [False], [True]])
    for a, b in [(y_hat, y), (y_hat.astype(np.uint8), y.astype(np.uint8)), (y_hat.tolist(), y.tolist())]:
        slope = cost.gradient(a, b)
        assert slope.dtype == float
        assert cost.value(a, b) == cost.value(y_hat.astype(float), y.astype(float))
        assert np.array_equal(slope, cost.gradient(y_hat.astype(float), y.astype(float)))
    assert MSE().value(np.uint8([[0]]), np.uint8([[1]])) == 1  # unsigned bytes would say 255


@every_cost
def test_the_arrays_are_left_alone(cost):
    y_hat, y = tables(cost, (3, 4, 2))
    kept = y_hat.copy(), y.copy()
    y_hat.flags.writeable = y.flags.writeable = False
    cost.value(y_hat, y)
    slope = cost.gradient(y_hat, y)
    assert np.array_equal(y_hat, kept[0])
    assert np.array_equal(y, kept[1])
    assert not np.shares_memory(slope, y_hat)


def test_a_perfect_answer_costs_plus_zero():
    """-0.0 would be printed as "-0"."""
    y = np.array([[1.0], [0.0]])
    for cost in (MSE(), RMSE(), MAE(), BCE()):
        assert str(cost.value(y, y)) == "0.0"


# What careless or unlucky callers bring


@pytest.mark.parametrize(
    ("z", "y", "expected"), [(np.inf, 1, 0), (np.inf, 0, np.inf), (-np.inf, 0, 0), (-np.inf, 1, np.inf)]
)
def test_an_infinite_logit_has_a_cost(z, y, expected):
    assert BCEWithLogits().value([[z]], [[y]]) == expected


def test_the_sentence_shows_what_is_wrong():
    with pytest.raises(ValueError, match=r"got 1\.0000000001 to"):
        BCE().value([[1 + 1e-10]], [[1.0]])


def test_mean_error_of_infinite_predictions():
    assert np.isnan(mean_error([[np.inf], [-np.inf]], [[0], [0]]))


def test_masks_are_not_dropped_in_silence():
    with pytest.raises(ValueError, match="y_hat: expected a plain array"):
        MSE().value(np.ma.masked_array([[1.0], [5.0]], mask=[[0], [1]]), [[1], [1]])
