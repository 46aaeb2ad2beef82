"""The drawings of the chapter on cost functions: errors, costs and their slopes, surfaces."""

import numpy as np

from lib.costs import MAE, RMSE, mean_error
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
)

LOOKS = ((BLUE, "-"), (PURPLE, "--"), (GREY, ":"))  # the lines of a panel, in order
SMALL = 10  # points: the letters of panels that stand side by side


def strokes(x, low, high):
    """Vertical strokes from (x, low) to (x, high) as one line with breaks; all of shape (N,)."""
    gap = np.full_like(x, np.nan)
    return np.stack([x, x, gap], 1).ravel(), np.stack([low, high, gap], 1).ravel()


def turning_line(x, y, slopes):
    """A line that turns about the centre of the data, and three costs of it against its slope.

    x, y: (N, 1); slopes: (P,), where the line can stand. Returns (fig, update): `update(slope)` takes
    an entry of slopes, turns the line and says its costs.
    """
    fig, (data, heights) = canvas(1, 2, height=2.6, width_ratios=(1.15, 1))
    centre = x.mean(), y.mean()
    lines = centre[1] + slopes[:, np.newaxis, np.newaxis] * (x - centre[0])  # (P, N, 1)
    costs = {"ME": mean_error(lines, y), "RMSE": RMSE().value(lines, y), "MAE": MAE().value(lines, y)}

    (line,) = data.plot([], [], color=BLUE)
    (high,) = data.plot([], [], color=ORANGE, linewidth=1.6)
    (low,) = data.plot([], [], color=ORANGE, linewidth=1.6, linestyle=(0, (2, 1)))
    data.plot(x, y, "o", color=GREEN, markersize=5)
    data.plot(*centre, "+", color=GREY, markersize=11)
    reach = abs(slopes).max() * (x[-1, 0] - centre[0])
    data.set(xlim=(x[0, 0] - 0.5, x[-1, 0] + 0.5), ylim=(centre[1] - reach - 1, centre[1] + reach + 1))
    name_axes(data, "input $x$", r"$y$ and $\hat y$")

    looks = ((GREY, ":"), (BLUE, "-"), (PURPLE, "--"))
    drawn = curves(heights, {name: (slopes, values) for name, values in costs.items()}, looks)
    dots = [heights.plot([], [], "o", color=one.get_color(), markersize=7)[0] for one in drawn]
    heights.set_ylim(-1, 1.6 * costs["RMSE"].max())
    heights.legend(fontsize=SMALL, loc="upper center")
    name_axes(heights, "slope of the line", "ME, RMSE, MAE")

    def update(slope):
        place = int(abs(slopes - slope).argmin())
        y_hat = lines[place]
        line.set_data(x[:, 0], y_hat[:, 0])
        for stroke, there in ((high, y_hat > y), (low, y_hat <= y)):
            stroke.set_data(*strokes(x[there], y[there], y_hat[there]))
        for dot, values in zip(dots, costs.values(), strict=True):
            dot.set_data([slopes[place]], [values[place]])
        said = ", ".join(f"{name} {values[place]:z.2f}" for name, values in costs.items())
        return f"Slope {slope:g}: {said}."

    return fig, update


def cost_and_slope(x, x_name, costs, slopes=None, *, cost_name="cost", slope_name="slope", legend="best"):
    """Curves over one x: costs and, beside them, where there are any, their slopes.

    x: (P,); costs, slopes: {label: values of shape (P,)}, up to three lines in each. NaN is a gap.
    legend: where it stands among the costs. Returns the figure.
    """
    panels = [(costs, cost_name)] + [(slopes, slope_name)] * (slopes is not None)
    fig, axes = canvas(1, len(panels), height=2.5, squeeze=False)
    for ax, (lines, name) in zip(axes[0], panels, strict=True):
        curves(ax, {label: (x, values) for label, values in lines.items()}, LOOKS)
        name_axes(ax, x_name, name)
    axes[0, 0].legend(fontsize=SMALL, loc=legend)
    return fig


def saturation(z, probability, slopes):
    """Slopes against the logit, and a dot on each line: {label: values of shape (P,)}, two of them.

    z, probability: (P,). Returns (fig, update): `update(logit)` takes an entry of z, moves the dots
    and says the slopes.
    """
    fig = cost_and_slope(z, "logit $z$", slopes, cost_name="slope $dC/dz$", legend="center right")
    (ax,) = fig.axes
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
    fig, ax = canvas(height=2.7)
    (rmse,) = ax.plot([], [], color=BLUE, label="RMSE, lowest at ▾")
    (mae,) = ax.plot([], [], color=PURPLE, linestyle="--", label="MAE, lowest at ▪")
    (mean_mark,) = ax.plot([], [], "v", color=BLUE, markersize=9)
    (median_mark,) = ax.plot([], [], "s", color=PURPLE, markersize=7)
    (data,) = ax.plot([], [], "o", color=GREEN, clip_on=False, zorder=3)
    ax.set(xlim=limits, ylim=(0, top))
    ax.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize=SMALL)
    name_axes(ax, "constant prediction $c$", "cost")

    def update(outlier):
        targets = np.vstack([y[:-1], [[outlier]]])  # (N, 1)
        mean, median = float(np.mean(targets)), float(np.median(targets))
        rmse.set_data(c, RMSE().value(guesses, targets))
        mae.set_data(c, MAE().value(guesses, targets))
        mean_mark.set_data([mean], [RMSE().value(np.full_like(targets, mean), targets)])
        median_mark.set_data([median], [MAE().value(np.full_like(targets, median), targets)])
        data.set_data(targets[:, 0], np.zeros(len(targets)))
        return f"Outlier at {outlier:g}: RMSE is lowest at c = {mean:g}, MAE at c = {median:g}."

    return fig, update


def noise(y, densities):
    """Two bells, side by side, that stand on one movable centre: how likely each makes the data.

    y: (N,); densities: {name: a function of the distance from the centre}. Returns (fig, update):
    `update(centre)` moves the bells and says the negative log-likelihood of each.
    """
    fig, axes = canvas(1, len(densities), height=2.3, sharey=True)
    reach = np.linspace(y.min() - 4, y.max() + 4, 401)
    moving = []
    for ax, (name, density) in zip(axes, densities.items(), strict=True):
        (bell,) = ax.plot([], [], color=BLUE)
        (heights,) = ax.plot([], [], color=GREEN, linewidth=1.6)
        (tops,) = ax.plot([], [], "o", color=GREEN, markersize=5)
        moving.append((density, bell, heights, tops))
        ax.set(xlim=(reach[0], reach[-1]), ylim=(0, 1.1 * max(f(0.0) for f in densities.values())))
        name_axes(ax, "target $y$", "density" if ax is axes[0] else "", name)

    def update(centre):
        costs = []
        for density, bell, heights, tops in moving:
            bell.set_data(reach, density(reach - centre))
            of_data = density(y - centre)  # (N,)
            heights.set_data(*strokes(y, 0 * y, of_data))
            tops.set_data(y, of_data)
            costs.append(-np.log(of_data).sum())
        said = " and ".join(f"{cost:.2f} with {name}" for cost, name in zip(costs, densities, strict=True))
        return f"ŷ = {centre:g}: the sum of −log is {said}."

    return fig, update


def surfaces(*maps):
    """Level-line maps, one above the other: the lowest third is tinted green, the highest grey.

    The level lines cut each map into nine parts of one size, whatever its heights.
    maps: (title, function, x_range, y_range, x_name, y_name, paths) each; `function` takes two arrays
    of one shape and returns heights of that shape; paths: walks to draw, each (steps, 2), from a
    square to a dot. Returns the figure.
    """
    fig, axes = canvas(len(maps), 1, height=4.9, squeeze=False, height_ratios=(1, 1.7))
    for ax, (title, function, x_range, y_range, x_name, y_name, paths) in zip(axes[:, 0], maps, strict=True):
        x, y = np.meshgrid(np.linspace(*x_range, 121), np.linspace(*y_range, 121))
        height = function(x, y)
        levels = np.quantile(height, np.arange(1, 9) / 9)
        contour_lines(ax, function, x_range, y_range, levels=levels, points=121)
        ax.contourf(x, y, height, levels=[height.min(), levels[2]], colors=[GREEN], alpha=0.25)
        ax.contourf(x, y, height, levels=[levels[5], height.max()], colors=[GREY], alpha=0.25)
        for path in paths:
            ax.plot(*path.T, color=ORANGE, linewidth=1.6)
            ax.plot(*path[0], "s", color=ORANGE, markersize=6)
            ax.plot(*path[-1], "o", color=BLUE, markersize=7)
        ax.set(xlim=x_range, ylim=y_range)
        name_axes(ax, x_name, y_name, title)
    return fig
