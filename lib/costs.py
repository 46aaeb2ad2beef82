"""Costs: one number for how wrong the predictions are, and its gradient.

The only definition of each cost in the whole book. Every mean runs over the **last two axes**
(N samples, K outputs), so `value` has the shape of the leading axes and `gradient` has the shape
of y_hat. The error is y_hat - y: positive means predicted too high (S50).

`value` and `gradient` are the doors: they check and convert what comes in. Behind them,
`formula` and `slope` are the bare mathematics that training and the proofs run.
"""

import numpy as np

from lib.activations import Sigmoid
from lib.checks import finite, table

__all__ = ["BCE", "MAE", "MSE", "RMSE", "BCEWithLogits", "Cost", "mean_error"]


def entries(E):
    """How many numbers a mean runs over: N times K, read from the right."""
    return E.shape[-2] * E.shape[-1]


def mean(E):
    """The mean over the last two axes, as a sum divided by a whole number (so symbols stay exact)."""
    return E.sum(axis=(-2, -1)) / entries(E)


def each(number):
    """One number for each run, shape (...), ready to meet a table of shape (..., N, K)."""
    return np.asarray(number)[..., np.newaxis, np.newaxis]


def checked(y_hat, y, name="y_hat"):
    """Predictions and targets as number tables of one shape; y may leave out the leading axes.

    Raises ValueError for shapes that do not fit, for NaN, and for a target that is infinite.
    """
    y_hat, y = table(name, y_hat), finite("y", table("y", y))
    if y.shape not in (y_hat.shape, y_hat.shape[-2:]):
        raise ValueError(f"y: expected the shape of {name}, {y_hat.shape}, got {y.shape}")
    return y_hat, y


def checked_probabilities(name, p):
    """`p` as it is, or ValueError where an entry lies outside [0, 1]."""
    if not ((p.real >= 0) & (p.real <= 1)).all():
        raise ValueError(
            f"{name}: expected numbers in [0, 1], got {p.real.min():.12g} to {p.real.max():.12g}"
        )
    return p


class Cost:
    """The doors of every cost. `smooth`: whether one formula holds everywhere, without a kink.

    y_hat: (..., N, K), y: (N, K) or the shape of y_hat; in the units of the data.
    Both raise ValueError, as `check` says, before anything is computed.
    A cost of your own needs `formula` and `slope`, and gets its doors from here.
    """

    smooth = True

    def check(self, y_hat, y):
        return checked(y_hat, y)

    def value(self, y_hat, y):
        """The cost, shape (...): one number for each leading index."""
        y_hat, y = self.check(y_hat, y)
        with np.errstate(all="ignore"):  # infinite is an answer here, not an accident
            return self.formula(y_hat, y)

    def gradient(self, y_hat, y):
        """The derivative of the cost with respect to every entry of y_hat: the shape of y_hat."""
        y_hat, y = self.check(y_hat, y)
        with np.errstate(all="ignore"):
            return self.slope(y_hat, y)


class MSE(Cost):
    """Mean squared error, in squared units (S54). Slope 2 (y_hat - y) / N, no sum (S97 corrected)."""

    def formula(self, y_hat, y):
        E = y_hat - y
        return mean(E * E)

    def slope(self, y_hat, y):
        E = y_hat - y
        return 2 * E / entries(E)


class RMSE(Cost):
    """Root mean squared error, in the units of y (S61). Slope (y_hat - y) / (N RMSE).

    Where every error is zero the root has no derivative; we choose 0.
    """

    sqrt = staticmethod(np.sqrt)

    def formula(self, y_hat, y):
        E = y_hat - y
        return self.sqrt(mean(E * E))

    def slope(self, y_hat, y):
        E = y_hat - y
        rmse = each(self.formula(y_hat, y))
        return E / (entries(E) * np.where(rmse == 0, 1, rmse))


class MAE(Cost):
    """Mean absolute error, in the units of y (S66). Slope +1/N or -1/N.

    At an error of zero there is a kink: every slope from -1/N to 1/N supports it; we choose 0.
    """

    smooth = False
    sign = staticmethod(np.sign)

    def formula(self, y_hat, y):
        return mean(abs(y_hat - y))

    def slope(self, y_hat, y):
        E = y_hat - y
        return self.sign(E) / entries(E)


class BCE(Cost):
    """Binary cross-entropy of probabilities, in nats (S70, with its brackets).

    0 log 0 counts as 0, its limit; a prediction that is certain and wrong costs inf.
    Raises ValueError where y or y_hat leaves [0, 1].
    """

    log = staticmethod(np.log)

    def check(self, y_hat, y):
        y_hat, y = checked(y_hat, y)
        return checked_probabilities("y_hat", y_hat), checked_probabilities("y", y)

    def times_log(self, share, p):
        """share * log(p); where the share is 0 the logarithm is not asked."""
        return share * self.log(np.where(share == 0, 1, p))

    def over(self, share, p):
        """share / p; where the share is 0 the division is not made."""
        return share / np.where(share == 0, 1, p)

    def formula(self, y_hat, y):
        yes, no = self.times_log(y, y_hat), self.times_log(1 - y, 1 - y_hat)
        # 0 minus it, and not -mean: a perfect answer costs 0, not -0
        return 0 - mean(yes + no)

    def slope(self, y_hat, y):
        yes, no = self.over(y, y_hat), self.over(1 - y, 1 - y_hat)
        return -(yes - no) / entries(y_hat)


def softplus(z):
    """log(1 + e^z) without overflow: what a logit pays. Its derivative is the sigmoid."""
    minus_size = np.where(z > 0, -z, z)  # -|z|, but complex numbers pass
    return np.maximum(z, 0) + np.log1p(np.exp(minus_size))


class BCEWithLogits(Cost):
    """Binary cross-entropy from the logit z, y_hat = sigmoid(z): finite and exact for any z.

    -log y_hat is softplus(-z) and -log(1 - y_hat) is softplus(z); all terms are positive, so
    nothing cancels. The slope is (sigmoid(z) - y) / N, written so that it keeps its digits too.
    For a network that ends in `Identity`. Raises ValueError where y leaves [0, 1].
    """

    sigmoid = staticmethod(Sigmoid().formula)
    softplus = staticmethod(softplus)

    def check(self, z, y):
        z, y = checked(z, y, name="z")
        return z, checked_probabilities("y", y)

    def value(self, z, y):
        """As `Cost.value`, from the logit z: (..., N, K)."""
        return super().value(z, y)

    def gradient(self, z, y):
        """As `Cost.gradient`, with respect to the logit z."""
        return super().gradient(z, y)

    def times(self, share, price):
        """share * price; where the share is 0 the price is not asked, were it infinite."""
        return share * np.where(share == 0, 0, price)

    def formula(self, z, y):
        yes, no = self.softplus(-z), self.softplus(z)
        return mean(self.times(y, yes) + self.times(1 - y, no))

    def slope(self, z, y):
        return ((1 - y) * self.sigmoid(z) - y * self.sigmoid(-z)) / entries(z)


def mean_error(y_hat, y):
    """The mean of y_hat - y, in the units of y (S51): errors of opposite sign cancel.

    Shapes and what is raised: as `Cost.value`. Not a cost: it has no minimum.
    """
    y_hat, y = checked(y_hat, y)
    with np.errstate(all="ignore"):
        return mean(y_hat - y)
