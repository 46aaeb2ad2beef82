"""The drawings of the chapter on gradient descent: slopes, walks downhill, and their histories.

Steps are orange, the function is blue, the minimum and the data are green. Every function takes
what the chapter has computed, numbers or functions, and returns a figure.
"""

import matplotlib.pyplot as plt
import numpy as np

from lib.figures.base import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    YELLOW,
    canvas,
    contour_lines,
    name_axes,
    with_looks,
)

# Each run of a comparison has a colour, a marker and a line style of its own.
RUNS = ((ORANGE, "o", "-"), (PURPLE, "s", "--"), (BLUE, "^", "-."), (YELLOW, "D", ":"))
ARROW = {"arrowstyle": "-|>", "color": ORANGE, "lw": 2.2, "shrinkA": 0, "shrinkB": 0}
SMALL = 10  # points: the letters of panels that stand side by side
LEGEND = {"fontsize": SMALL}


def in_sight(path, low, high):
    """The steps of a path up to the first one outside [low, high], that one included."""
    outside = np.flatnonzero(~((path >= low) & (path <= high)).reshape(len(path), -1).all(axis=1))
    return path[: outside[0] + 1] if len(outside) else path


def tangent(ax, cost, slope, w, reach):
    """A piece of the tangent at w, `reach` to either side, and the point where it touches."""
    ends = np.array([w - reach, w + reach])
    ax.plot(ends, cost(w) + slope(w) * (ends - w), color=ORANGE, linestyle="--", linewidth=1.6)
    ax.plot(w, cost(w), "o", color=ORANGE)


def step_arrow(ax, start, end):
    """An arrow between two points of the data."""
    ax.annotate("", xy=end, xytext=start, arrowprops=ARROW)


def slope_picture(cost, slope, left, right, step):
    """Two points on a curve, left and right of its minimum: the step goes against the slope."""
    fig, ax = canvas(height=1.7)
    middle, span = (left + right) / 2, right - left
    w = np.linspace(middle - 0.75 * span, middle + 0.75 * span, 201)
    ax.plot(w, cost(w), color=BLUE)
    for point, text, align in (
        (left, "slope < 0\nstep right", "left"),
        (right, "slope > 0\nstep left", "right"),
    ):
        tangent(ax, cost, slope, point, span / 8)
        step_arrow(ax, (point, cost(point)), (point - step * np.sign(slope(point)), cost(point)))
        ax.text(point - 0.4 * step * np.sign(slope(point)), cost(point) * 1.12, text, ha=align, va="bottom")
    name_axes(ax, "parameter $w$", "cost $J(w)$")
    return fig


def walk(ax, cost, path, minimum, reach):
    """One run of gradient descent on the curve of its cost, as far as it stays in sight: its line.

    A square stands where it starts, a star at the minimum.
    """
    low, high = minimum - reach, minimum + reach
    w, seen = np.linspace(low, high, 201), in_sight(path, low, high)
    ax.plot(w, cost(w), color=BLUE)
    (steps,) = ax.plot(seen, cost(seen), "o-", color=ORANGE, markersize=4, linewidth=1.2)
    ax.plot(seen[0], cost(seen[0]), "s", color=ORANGE, markersize=7)
    ax.plot(minimum, cost(minimum), "*", color=GREEN, markersize=12)
    ax.set(xlim=(low, high), ylim=(-0.06 * cost(high), 1.1 * cost(high)))
    return steps


def parabola_story(cost, run, curvature, minimum, reach, learning_rates, in_words):
    """A run on its curve; beside it, the factor that the learning rate gives to every step.

    run: a function from a learning rate to a path; in_words: a function from a factor to what such
    a run does. Returns (fig, update) with update(learning_rate).
    """
    fig, (top, bottom) = canvas(1, 2, height=2.5, width_ratios=(1.3, 1))
    low, high = minimum - reach, minimum + reach
    steps = walk(top, cost, run(learning_rates[0]), minimum, reach)
    name_axes(top, "parameter $w$", "cost $J(w)$")

    ends = np.array([0, learning_rates[-1]])
    bottom.plot(ends, 1 - curvature * ends, color=BLUE)
    bottom.axhspan(-1, 1, color=GREEN, alpha=0.15, linewidth=0)
    for rate, text, colour, style in (
        (1 / curvature, r"$1/\lambda$", GREEN, "--"),
        (2 / curvature, r"$2/\lambda$", ORANGE, ":"),
    ):
        bottom.axvline(rate, color=colour, linestyle=style, linewidth=1.6)
        bottom.annotate(text, (rate, 1), (-4, -2), textcoords="offset points",
                        ha="right", va="top", color=colour)  # fmt: skip
    (now,) = bottom.plot([], [], "o", color=ORANGE, markersize=8)
    bottom.set(xlim=(0, 1.01 * ends[1]), ylim=(-1.5, 1.2))
    name_axes(bottom, r"learning rate $\alpha$", r"$1 - \alpha\lambda$")

    def update(learning_rate):
        path, factor = run(learning_rate), 1 - learning_rate * curvature
        seen = in_sight(path, low, high)
        steps.set_data(seen, cost(seen))
        now.set_data([learning_rate], [factor])
        return (
            f"α = {learning_rate:g}, factor {factor:.3g}: {in_words(factor)}. "
            f"Distance from the minimum after {len(path) - 1} steps: {abs(path[-1] - minimum):.3g}"
        )

    return fig, update


def trace(ax, path, style=RUNS[0], **options):
    """A path on a map: a larger mark where it starts."""
    colour, marker, line = style
    options = {"markersize": 3.5, "linewidth": 1.2} | options
    ax.plot(*path.T, color=colour, marker=marker, linestyle=line, **options)
    ax.plot(*path[0], color=colour, marker=marker, markersize=8)


def bowl_walks(cost, runs, limits):
    """Runs in an elongated bowl, one panel each: `runs` is a dictionary from title to path."""
    fig, axes = canvas(1, len(runs), height=2.2, sharex=True, sharey=True)
    for ax, (title, path) in zip(axes, runs.items(), strict=True):
        heights = np.geomspace(0.2, cost(limits[1], limits[1]), 9)
        contour_lines(ax, cost, limits, limits, heights, points=41)
        trace(ax, in_sight(path, *limits))
        ax.plot(0, 0, "*", color=GREEN, markersize=12)
        ax.set(xlim=limits, ylim=limits, aspect="equal", xticks=[-2, 0, 2], yticks=[-2, 0, 2])
        ax.set_title(title, fontsize=SMALL)
    fig.supxlabel("$w_1$", fontsize=11)
    fig.supylabel("$w_2$", fontsize=11)
    return fig


def bowl_story(cost, run, limits, steps):
    """One run in an elongated bowl; beside it, its cost from step to step.

    run: a function from a learning rate to a path of shape (steps + 1, 2). Returns (fig, update)
    with update(learning_rate).
    """
    fig, (valley, history) = canvas(1, 2, height=2.6, width_ratios=(1.3, 1))
    contour_lines(
        valley, cost, limits, limits, levels=np.geomspace(0.2, cost(limits[1], limits[1]), 9), points=61
    )
    (path_line,) = valley.plot([], [], "o-", color=ORANGE, markersize=3.5, linewidth=1.2)
    (start,) = valley.plot([], [], "o", color=ORANGE, markersize=8)
    valley.plot(0, 0, "*", color=GREEN, markersize=12)
    valley.set(xlim=limits, ylim=limits, aspect="equal")
    name_axes(valley, "$w_1$", "$w_2$")
    (curve,) = history.semilogy([], [], ".-", color=BLUE, linewidth=1.2)
    history.set(xlim=(0, steps), ylim=(1e-5, 1e3))
    name_axes(history, "step", "cost $J$")

    def update(learning_rate):
        path = run(learning_rate)
        costs = cost(*path.T)
        path_line.set_data(*in_sight(path, *limits).T)
        start.set_data(path[:1, 0], path[:1, 1])
        curve.set_data(np.arange(steps + 1), costs)
        return f"cost after {steps} steps: {costs[-1]:.2g}"

    return fig, update


def two_endings(saddle, saddle_runs, wells, wells_runs):
    """Left, runs on the map of a saddle; right, runs on a curve with two valleys.

    saddle: a function of two numbers; wells: of one. The runs: dictionaries from label to path.
    """
    fig, (left, right) = canvas(1, 2, height=2.6, width_ratios=(1.1, 1))
    contour_lines(left, saddle, (-0.3, 1.15), (-0.6, 1.1), levels=np.linspace(-1, 1.2, 12))
    for style, (label, path) in with_looks(RUNS, list(saddle_runs.items())):
        size = 8 if style is RUNS[0] else 3.5  # the first one wider, so that none is hidden
        trace(left, path, style, label=label, markersize=size, fillstyle="none")
    left.set(xlim=(-0.3, 1.15), ylim=(-0.6, 1.1))
    name_axes(left, "$w_1$", "$w_2$")
    w = np.linspace(-1.45, 1.4, 201)
    right.plot(w, wells(w), color=BLUE)
    for (colour, marker, line), (label, path) in with_looks(RUNS, list(wells_runs.items())):
        right.plot(path, wells(path), color=colour, marker=marker, linestyle=line,
                   markersize=4, linewidth=1, label=label)  # fmt: skip
        right.plot(path[0], wells(path[0]), color=colour, marker=marker, markersize=8)
    name_axes(right, "parameter $w$", "cost $J(w)$")
    for ax in (left, right):
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), **LEGEND)
    return fig


def line_story(cost, run, best, x, y, m_range, b_range):
    """The plane of the parameters with a path that grows; beside it, the line of its last point.

    run: a function from a learning rate to a path of shape (steps + 1, 2); best: the lowest point.
    Returns (fig, update) with update(learning_rate, step).
    """
    fig, (plane, data) = canvas(1, 2, height=2.7, width_ratios=(1.2, 1))
    contour_lines(plane, cost, m_range, b_range, levels=np.geomspace(0.7, 400, 11), points=121)
    (path_line,) = plane.plot([], [], ".-", color=ORANGE, markersize=3, linewidth=1.1)
    (here,) = plane.plot([], [], "o", color=ORANGE, markersize=8)
    plane.plot(*best, "*", color=GREEN, markersize=13)
    data.plot(x, y, "o", color=GREEN, markersize=5)
    (line,) = data.plot([], [], color=BLUE)
    ends = np.array([x.min() - 0.5, x.max() + 0.5])
    plane.set(xlim=m_range, ylim=b_range)
    data.set(xlim=ends, ylim=(y.min() - 22, y.max() + 25))
    name_axes(plane, "slope $m$", "intercept $b$")
    name_axes(data, "$x$", "$y$")

    def update(learning_rate, step):
        path = run(learning_rate)[: step + 1]
        m, b = path[-1]
        path_line.set_data(*in_sight(path, (m_range[0], b_range[0]), (m_range[1], b_range[1])).T)
        here.set_data([m], [b])
        line.set_data(ends, m * ends + b)
        return f"step {step}: m = {m:.3g}, b = {b:.3g}, cost {cost(m, b):.4g}"

    return fig, update


def falling(curves, name):
    """What shrinks from step to step, on a logarithmic axis: `curves` is a dictionary from label to values."""
    fig, ax = canvas(height=2.0)
    for (colour, _, line), (label, values) in with_looks(RUNS, list(curves.items())):
        ax.semilogy(values, color=colour, linestyle=line, label=label)
    ax.legend(**LEGEND)
    name_axes(ax, "step", name)
    return fig


def confusion(cost_of_rows, lowest, views):
    """The cost of every row against one parameter, thin, and their mean, thick, in two views.

    cost_of_rows: a function from parameters, shape (M,), to costs, shape (M, N). lowest: (N,), where
    each row's own cost is lowest; between the first and the last of them the rows disagree.
    views: {title: (range of the parameter, highest cost shown)}.
    """
    fig, axes = canvas(1, len(views), height=2.3)
    for ax, (title, (m_range, top)) in zip(axes, views.items(), strict=True):
        m = np.linspace(*m_range, 401)
        each = cost_of_rows(m)
        ax.plot(m, each, color=GREY, linewidth=0.7)
        ax.plot(m, each.mean(axis=1), color=BLUE, linewidth=2.4)
        ax.axvspan(lowest.min(), lowest.max(), color=ORANGE, alpha=0.2, linewidth=0)
        ax.set(xlim=m_range, ylim=(0, top))
        ax.set_title(title, fontsize=SMALL)
        ax.set_xlabel("slope $m$")
    axes[0].set_ylabel("cost of a row")
    return fig


def gallery(histories, columns=3):
    """Histories to diagnose, a panel each: `histories` is a dictionary from letter to costs."""
    rows = -(-len(histories) // columns)
    fig, axes = canvas(rows, columns, height=0.4 + 1.15 * rows)
    for ax, (letter, cost) in zip(axes.flat, histories.items(), strict=True):
        ax.semilogy(cost, color=BLUE, linewidth=1.4)
        ax.set_title(letter, fontsize=SMALL, loc="left", fontweight="bold")
        ax.tick_params(labelsize=SMALL)
        ax.yaxis.set_major_locator(plt.LogLocator(numticks=4))
        ax.yaxis.set_minor_locator(plt.NullLocator())
    fig.supxlabel("step or epoch", fontsize=11)
    fig.supylabel("cost above the minimum", fontsize=11)
    return fig


def sgd_story(cost, excess, run, best, m_range, b_range, epochs):
    """The path of SGD over the plane of the parameters; beside it, its cost above the minimum.

    run: a function from a batch size and a learning rate to a path whose steps are evenly spread
    over the epochs; excess: a function from a path to the cost above the minimum at its points;
    best: the lowest point. Returns (fig, update) with update(batch_size, learning_rate).
    """
    fig, (plane, history) = canvas(1, 2, height=2.6, width_ratios=(1.2, 1))
    contour_lines(plane, cost, m_range, b_range, levels=np.geomspace(0.7, 400, 11), points=121)
    (path_line,) = plane.plot([], [], color=ORANGE, linewidth=0.8)
    plane.plot(*best, "*", color=GREEN, markersize=13)
    plane.set(xlim=m_range, ylim=b_range)
    name_axes(plane, "slope $m$", "intercept $b$")
    (curve,) = history.semilogy([], [], ".-", color=BLUE, linewidth=1.2)
    history.set(xlim=(0, epochs), ylim=(1e-3, 1e3))
    name_axes(history, "epoch", "cost above minimum")

    def update(batch_size, learning_rate):
        path = run(batch_size, learning_rate)
        at_epochs = excess(path[:: (len(path) - 1) // epochs])
        path_line.set_data(*path.T)
        curve.set_data(np.arange(epochs + 1), at_epochs)
        return f"cost above the minimum, mean of the last ten epochs: {at_epochs[-10:].mean():.3g}"

    return fig, update


def segment(t, cost):
    """The cost along the straight line between two points, and the chord a convex cost stays below."""
    fig, ax = canvas(height=2.1)
    ends = np.flatnonzero(np.isclose(t, 0) | np.isclose(t, 1))
    ax.plot(t, cost, color=BLUE, label="cost along the way")
    ax.plot(t[ends], cost[ends], color=GREY, linestyle="--", label="chord")
    ax.plot(t[ends], cost[ends], "o", color=GREEN)
    for end, name in zip(ends, "PQ", strict=True):
        ax.annotate(f"${name}$", (t[end], cost[end]), xytext=(0, 8), textcoords="offset points", ha="center")
    ax.legend(loc="upper center", **LEGEND)
    ax.set_ylim(-0.02, 1.75 * cost.max())  # room for the legend
    name_axes(ax, "$t$ (0: trained network $P$; 1: neurons swapped, $Q$)", "cost")
    ax.xaxis.label.set_fontsize(SMALL)
    return fig


def batch_noise(sizes, measured, formula):
    """The spread of the mini-batch gradient against the batch size."""
    fig, ax = canvas(height=2.1)
    ax.plot(sizes, formula, color=GREY, linestyle="--", label="formula")
    ax.plot(sizes, measured, "o", color=ORANGE, label="over all batches of this size")
    ax.set_ylim(bottom=-0.05 * max(measured))
    ax.legend(**LEGEND)
    name_axes(ax, "batch size $B$", r"spread of $\partial J/\partial m$")
    return fig


def sweep(learning_rates, cost, bound, start, shelf, ceiling, near):
    """The final cost of many runs against their learning rate: all of them, and those near the bound.

    start, shelf: two heights to mark. What lies above the ceiling is cut there; inf and nan are gone, too.
    """
    fig, (whole, close) = canvas(1, 2, height=2.4, width_ratios=(1.5, 1), sharey=True)
    gone = ~(cost < ceiling)
    for ax in (whole, close):
        ax.plot(learning_rates[~gone], cost[~gone], "o", color=BLUE, markersize=3.5)
        ax.plot(learning_rates[gone], np.full(gone.sum(), ceiling), "^", color=ORANGE, markersize=5)
        ax.axvline(bound, color=ORANGE, linestyle=":", linewidth=2)
        for height in (start, shelf):
            ax.axhline(height, color=GREY, linestyle="--", linewidth=1.0)
        ax.set_xlabel(r"learning rate $\alpha$")
    whole.set(xscale="log", yscale="log", ylim=(None, 2 * ceiling), ylabel="final cost above the minimum")
    for height, text, side in ((1.15 * start, "cost at the start", "bottom"), (0.8 * shelf, "shelf", "top")):
        whole.text(learning_rates[0], height, text, color=GREY, fontsize=SMALL, va=side)
    whole.text(0.9 * bound, ceiling, r"$2/\lambda_{\max}$", color=ORANGE, ha="right", va="top")
    close.set(xlim=near)
    close.set_title("near the bound", fontsize=SMALL)
    close.xaxis.set_major_locator(plt.MaxNLocator(3))
    return fig
