"""The drawings of the chapter on cost functions: residuals, costs and their slopes, surfaces."""

import numpy as np

from lib.costs import MAE, RMSE
from lib.figures.base import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    canvas,
    contour_lines,
    curves,
    name_axes,
    with_looks,
)

SECOND = [(PURPLE, "--"), (GREY, ":")]  # the second and the third line of a panel
FIVE = (
    (GREY, ":"),
    (BLUE, "-"),
    (PURPLE, "--"),
    (GREEN, "-."),
    (ORANGE, (0, (5, 1, 1, 1))),
)  # five in one panel


def residuals(x, y, y_hat):
    """Data, predictions on a line, and every error as a stroke with its sign: +, too high; -, too low.

    x, y, y_hat: (N, 1), x in rising order. Returns the figure.
    """
    fig, ax = canvas(height=3.4)
    ax.plot(x, y_hat, color=BLUE)
    for at, target, prediction in zip(x[:, 0], y[:, 0], y_hat[:, 0], strict=True):
        high = prediction > target
        ax.plot([at, at], [target, prediction], color=ORANGE, linestyle="-" if high else "--")
        sign, side = ("+", 1) if high else ("−", -1)
        ax.annotate(
            sign, (at, prediction), (0, 11 * side), textcoords="offset points",
            ha="center", va="center", color=ORANGE, fontsize=14,
        )  # fmt: skip
    ax.plot(x, y, "o", color=GREEN)
    ax.margins(0.06, 0.16)
    ax.annotate("prediction ŷ", (x[0, 0], y_hat[0, 0]), (-4, 24), textcoords="offset points", color=BLUE)
    ax.annotate("data y", (x[-1, 0], y[-1, 0]), (-9, -2), textcoords="offset points",
                ha="right", color=GREEN)  # fmt: skip
    name_axes(ax, "input x", "y")
    return fig


def cost_and_slope(x, x_name, costs=None, slopes=None, *, cost_name="cost", slope_name="slope"):
    """Curves over one x: costs in the upper panel, slopes in the lower one; either may be left out.

    x: (P,); costs, slopes: {label: values of shape (P,)}, up to three lines in each. NaN is a gap.
    Returns (fig, axes), the axes as a list.
    """
    panels = [
        (lines, name, first)
        for lines, name, first in ((costs, cost_name, BLUE), (slopes, slope_name, ORANGE))
        if lines
    ]
    height = 3.2 if len(panels) == 1 else 4.8
    fig, axes = canvas(len(panels), 1, height=height, sharex=True, squeeze=False)
    axes = list(axes[:, 0])
    for ax, (lines, name, first) in zip(axes, panels, strict=True):
        curves(ax, {label: (x, values) for label, values in lines.items()}, [(first, "-"), *SECOND])
        ax.legend()
        name_axes(ax, x_name if ax is axes[-1] else "", name)
    return fig, axes


def all_costs(x, costs, slopes, jumps):
    """Costs of one moving prediction above, their slopes below, and a dot on every line.

    x: (P,), where the prediction can stand; costs, slopes: {name: values of shape (P,)}, up to
    five, NaN where there is none; jumps: {name: the x at which its slope jumps}, drawn as a gap.
    Returns (fig, update): `update(prediction)` takes an entry of x, moves the dots and says every
    cost and its slope.
    """
    fig, panels = canvas(2, 1, height=5.4, sharex=True)
    dots = []
    for ax, lines in zip(panels, (costs, slopes), strict=True):
        for (colour, style), (name, values) in with_looks(FIVE, list(lines.items())):
            there = np.isfinite(values)
            if lines is slopes and name in jumps:
                there = there & (x != jumps[name])
            ax.plot(x, np.where(there, values, np.nan), color=colour, linestyle=style, label=name)
            (dot,) = ax.plot([], [], "o", color=colour, markersize=7)
            dots.append((dot, values))
    panels[0].set_ylim(-0.2, 1.1)
    panels[1].set_ylim(-0.6, 1.3)
    handles, names = panels[0].get_legend_handles_labels()
    fig.legend(handles, names, loc="outside upper center", ncols=5, columnspacing=0.7, handlelength=1.3)
    name_axes(panels[0], "", "cost of all four")
    name_axes(panels[1], "last prediction ŷ (its label is 0)", "slope in this ŷ")

    def update(prediction):
        place = int(abs(x - prediction).argmin())
        for dot, values in dots:
            dot.set_data([x[place]], [values[place]])
        said = [
            f"{name} {costs[name][place]:z.3f} ({slopes[name][place]:z.3f})"
            if not np.isnan(costs[name][place])
            else f"{name} undefined"
            for name in costs
        ]
        return f"Cost (slope) at {prediction:g}: {', '.join(said)}."

    return fig, update


def saturation(z, probability, slopes):
    """Slopes against the logit, and a dot on each line: {label: values of shape (P,)}, two of them.

    z, probability: (P,). Returns (fig, update): `update(logit)` takes an entry of z, moves the dots
    and says the slopes.
    """
    fig, (ax,) = cost_and_slope(
        z, "logit z (the right answer is far to the left)", slopes=slopes, slope_name="slope dC/dz"
    )
    ax.legend(loc="center right")
    dots = [ax.plot([], [], "o", color=line.get_color(), markersize=8)[0] for line in ax.get_lines()]

    def update(logit):
        place = int(abs(z - logit).argmin())
        for dot, values in zip(dots, slopes.values(), strict=True):
            dot.set_data([z[place]], [values[place]])
        said = ", ".join(f"{label} {values[place]:.3g}" for label, values in slopes.items())
        return f"At z = {logit:g} the answer is {probability[place]:.3g}. Slopes: {said}."

    return fig, update


def best_constant(y, limits=(0.0, 31.0), top=16.0):
    """RMSE and MAE of predicting one number c for every sample, with the last target on a string.

    y: (N, 1); limits: the range of c; top: the highest cost shown. Returns (fig, update):
    `update(outlier)` puts the last target at `outlier`, moves curves and marks, and returns a sentence.
    """
    c = np.linspace(*limits, 311)
    guesses = np.broadcast_to(c[:, np.newaxis, np.newaxis], (c.size, *y.shape))  # (311, N, 1)
    fig, ax = canvas(height=3.8)
    (rmse,) = ax.plot([], [], color=BLUE, label="RMSE")
    (mae,) = ax.plot([], [], color=PURPLE, linestyle="--", label="MAE")
    (mean_mark,) = ax.plot([], [], "v", color=BLUE, markersize=9, label="lowest RMSE: the mean")
    (median_mark,) = ax.plot([], [], "s", color=PURPLE, markersize=7, label="lowest MAE: the median")
    (data,) = ax.plot([], [], "o", color=GREEN, label="data y", clip_on=False, zorder=3)
    ax.set(xlim=limits, ylim=(0, top))
    ax.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), fontsize=10)
    name_axes(ax, "constant prediction c", "cost, in the units of y")

    def update(outlier):
        targets = np.vstack([y[:-1], [[outlier]]])  # (N, 1)
        mean, median = float(np.mean(targets)), float(np.median(targets))
        rmse.set_data(c, RMSE().value(guesses, targets))
        mae.set_data(c, MAE().value(guesses, targets))
        mean_mark.set_data([mean], [RMSE().value(np.full_like(targets, mean), targets)])
        median_mark.set_data([median], [MAE().value(np.full_like(targets, median), targets)])
        data.set_data(targets[:, 0], np.zeros(len(targets)))
        return f"Outlier at {outlier:g}: RMSE is lowest at c = {mean:g}, MAE is lowest at c = {median:g}."

    return fig, update


def surfaces(*maps):
    """Level-line maps of surfaces, side by side: the lowest third is tinted, the lowest point has a star.

    The level lines cut each map into nine parts of one size, whatever its heights.
    maps: (title, function, x_range, y_range, x_name, y_name) each; `function` takes two arrays of
    one shape and returns heights of that shape. Returns the figure.
    """
    fig, axes = canvas(1, len(maps), height=3.0, squeeze=False)
    for ax, (title, function, x_range, y_range, x_name, y_name) in zip(axes[0], maps, strict=True):
        x, y = np.meshgrid(np.linspace(*x_range, 121), np.linspace(*y_range, 121))
        height = function(x, y)
        levels, lowest = np.quantile(height, np.arange(1, 9) / 9), np.argmin(height)
        contour_lines(ax, function, x_range, y_range, levels=levels, points=121)
        ax.contourf(x, y, height, levels=[height.min(), levels[2]], colors=[GREEN], alpha=0.2)
        ax.plot(x.flat[lowest], y.flat[lowest], "*", color=GREEN, markersize=13)
        name_axes(ax, x_name, y_name, title)
    return fig
