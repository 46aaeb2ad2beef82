"""The drawings of differential calculus: slopes, surfaces, graphs, extreme points, errors of a step.

Every function is handed what it draws: functions, points and numbers that the chapter has computed.
"""

from functools import partial
from itertools import pairwise

import numpy as np
from matplotlib.patches import Circle
from matplotlib.ticker import MaxNLocator

from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, canvas, contour_lines, name_axes
from lib.prose import number_text

said = partial(number_text, digits=4)


def line_through(ax, x, y, slope, x_range, **style):
    """A straight line of this slope through (x, y), drawn from one end of x_range to the other."""
    ends = np.array(x_range)
    return ax.plot(ends, y + slope * (ends - x), **style)


def secant_to_tangent(f, x, slope, x_range):
    """The curve of f, its tangent at x, and one secant from x to x + h that moves with h.

    slope: that of the tangent. Returns (fig, update) with update(h), h not zero.
    """
    fig, ax = canvas(height=3.8)
    grid = np.linspace(*x_range, 200)
    ax.plot(grid, f(grid), color=BLUE, label="$f$")
    line_through(ax, x, f(x), slope, x_range, color=ORANGE, label="tangent")
    (secant,) = ax.plot([], [], "--", color=PURPLE, label="secant")
    (sides,) = ax.plot([], [], ":", color=GREY, lw=1.5)  # the step and the change of the value
    (there,) = ax.plot([], [], "o", color=PURPLE, ms=6)
    ax.plot(x, f(x), "s", color=BLUE, ms=7)
    ax.set(xlim=x_range, ylim=(min(f(grid).min(), 0) - 12, 1.02 * f(grid).max()))
    name_axes(ax, "$x$", "$f(x)$")
    ax.legend(loc="upper left")

    def update(h):
        steepness = (f(x + h) - f(x)) / h
        ends = np.array(x_range)
        secant.set_data(ends, f(x) + steepness * (ends - x))
        sides.set_data([x, x + h, x + h], [f(x), f(x), f(x + h)])
        there.set_data([x + h], [f(x + h)])
        return f"slope of the secant: {said(steepness)}, of the tangent: {said(slope)}"

    return fig, update


def zoom(cases):
    """Curves under a magnifying glass, with a straight line through the middle of the window.

    cases: {name: (function, place, slope of the line)}.
    Returns (fig, update(window, curve)); window: how far it reaches to either side of the place.
    """
    fig, ax = canvas(height=3.4)
    t = np.linspace(-1, 1, 201)  # across the window, from edge to edge
    (line,) = ax.plot([], [], color=ORANGE, lw=1.5, label="straight line")
    (magnified,) = ax.plot([], [], color=BLUE, label="curve")
    ax.plot(0, 0, "s", color=BLUE, ms=7)
    ax.set(xlim=(-1, 1), ylim=(-1.15, 1.75), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    ax.set_xticklabels(["left edge", "place", "right edge"])
    ax.set_yticklabels([])
    ax.legend(loc="upper left")
    name_axes(ax, "the window", "as high as it needs")

    def update(window, curve):
        f, place, slope = cases[curve]
        rise = f(place + window * t) - f(place)
        height = window * max(abs(slope), 1)  # what one unit of the picture stands for
        magnified.set_data(t, rise / height)
        line.set_data(t, slope * window * t / height)
        gap = abs(rise - slope * window * t).max()
        return f"{said(window)} to either side: curve and line differ by at most {number_text(gap, 2)}"

    return fig, update


def riddle(curves):
    """Curves without their names, side by side: which is the slope of which? curves: {letter: (x, y)}."""
    fig, axes = canvas(1, len(curves), height=2.0, sharex=True)
    for ax, (letter, (x, y)) in zip(axes, curves.items(), strict=True):
        ax.plot(x, y, color=BLUE)
        ax.axhline(0, color=GREY, lw=0.8)
        ax.axvline(0, color=GREY, lw=0.8)
        ax.set(yticks=[0], xticks=[-1, 0, 1])
        name_axes(ax, "$x$", "", letter)
    return fig


def surface_slices(f, point, slopes, x_range, y_range):
    """A surface as a wire net, the two slices through `point` and the tangent in each of them.

    f: takes x and y; point: (x, y); slopes: the two partial derivatives there.
    """
    fig, ax = canvas(height=4.0, subplot_kw={"projection": "3d"})
    x, y = np.linspace(*x_range, 61), np.linspace(*y_range, 61)
    (x0, y0), (slope_x, slope_y) = point, slopes
    z0 = f(x0, y0)
    ax.plot_wireframe(
        *np.meshgrid(x, y), f(*np.meshgrid(x, y)), rcount=13, ccount=13, color=GREY, lw=0.5, alpha=0.6
    )
    ax.plot(x, np.full_like(x, y0), f(x, y0), color=BLUE, lw=2.5, label="slice: only $x$ moves")
    ax.plot(np.full_like(y, x0), y, f(x0, y), color=PURPLE, ls="--", lw=2.5, label="slice: only $y$ moves")
    t = np.array([-1.0, 1.0])
    span_x, span_y = np.ptp(x_range) / 5, np.ptp(y_range) / 5
    ax.plot(x0 + t * span_x, y0 + 0 * t, z0 + slope_x * t * span_x, color=ORANGE, lw=3, label="tangents")
    ax.plot(x0 + 0 * t, y0 + t * span_y, z0 + slope_y * t * span_y, color=ORANGE, lw=3)
    ax.plot([x0], [y0], [z0], "o", color=ORANGE, ms=7)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))
        axis.set_major_locator(MaxNLocator(4))
    ax.grid(False)
    ax.view_init(elev=28, azim=-138)
    ax.set_box_aspect((1.2, 1, 0.9), zoom=1.1)
    name_axes(ax, "$x$", "$y$")
    ax.zaxis.set_rotate_label(False)
    ax.set_zlabel("$f(x, y)$", rotation=90)
    fig.legend(loc="outside upper center", ncols=2, fontsize=10, frameon=False)
    return fig


def gradient_field(f, gradient, walk, tangents, x_range, y_range):
    """Level lines of f, its gradient as arrows, and one big arrow that walks along a level line.

    f: takes x and y; gradient: takes an array of shape (2, ...) and returns one.
    walk: {angle: point of one level line}; tangents: {angle: direction of the line there}.
    Returns (fig, update) with update(angle).
    """
    fig, ax = canvas(height=3.4)
    contour_lines(ax, f, x_range, y_range, levels=10)
    line = np.array([*walk.values(), next(iter(walk.values()))])
    ax.plot(*line.T, color=BLUE)
    shrink = 12  # all arrows are drawn this many times shorter than they are, so that they fit in
    middle = 0.55 * np.array(y_range)  # no arrow starts on the steep edges: it would leave the picture
    grid = np.array(np.meshgrid(np.linspace(*x_range, 9)[1:-1], np.linspace(*middle, 5)))
    ax.quiver(*grid, *gradient(grid), color=GREY, angles="xy", scale_units="xy", scale=shrink, width=0.006)
    (level,) = ax.plot([], [], "--", color=ORANGE)
    (arrow,) = ax.plot([], [], color=ORANGE, lw=2.5)
    (here,) = ax.plot([], [], "o", color=ORANGE, ms=7)
    ax.set(xlim=x_range, ylim=y_range, aspect="equal")
    name_axes(ax, "$x$", "$y$")

    def update(angle):
        point, slope = walk[angle], gradient(walk[angle])
        along = tangents[angle] / np.hypot(*tangents[angle])
        level.set_data(*np.array([point - 0.35 * along, point + 0.35 * along]).T)
        length = np.hypot(*slope)
        ahead, aside = slope / length, np.array([-slope[1], slope[0]]) / length
        tip = point + slope / shrink
        barbs = [tip - 0.08 * ahead + 0.05 * aside, tip, tip - 0.08 * ahead - 0.05 * aside]
        arrow.set_data(*np.array([point, tip, *barbs]).T)
        here.set_data(*point[:, None])
        (x, y), (slope_x, slope_y) = np.round([point, slope], 2) + 0.0  # + 0.0 makes 0 of a rounded -0
        return (
            f"at ({x:.2f}, {y:.2f}) the gradient is ({slope_x:.2f}, {slope_y:.2f}), "
            f"length {length:.2f}; slope along the level line: {abs(slope @ along):.2f}"
        ).replace("-", "\N{MINUS SIGN}")

    return fig, update


def graph(nodes, edges, walk, *, height=2.4, radius=0.3):
    """A computational graph that answers: values above the nodes, derivatives below, local ones on the edges.

    nodes: {name: (column, row)}; edges: (from, to, side of its text: "above" or "below").
    walk: takes the graph's inputs by name and returns (values, derivatives, local): {name: number or text}
    twice, and {(from, to): text}. Returns (fig, update); update moves all of them.
    """
    fig, ax = canvas(height=height)
    words = {"ha": "center", "fontsize": 11}
    above, below, on = {}, {}, {}
    for name, (x, y) in nodes.items():
        ax.add_patch(Circle((x, y), radius, fill=False, edgecolor=GREY, lw=1.5))
        ax.text(x, y, f"${name}$", ha="center", va="center", fontsize=13)
        above[name] = ax.text(x, y + radius + 0.06, "", va="bottom", color=BLUE, fontweight="bold", **words)
        below[name] = ax.text(x, y - radius - 0.06, "", va="top", color=ORANGE, fontstyle="italic", **words)
    for start, end, side in edges:
        a, b = np.array(nodes[start]), np.array(nodes[end])
        step = (b - a) / np.hypot(*(b - a)) * (radius + 0.04)
        ax.annotate("", b - step, a + step, arrowprops={"arrowstyle": "->", "color": GREY, "lw": 1.5})
        normal = np.array([-(b - a)[1], (b - a)[0]]) / np.hypot(*(b - a)) * (-1 if side == "below" else 1)
        on[start, end] = ax.text(
            *((a + b) / 2 + 0.08 * normal),
            "",
            ha="center" if abs(normal[0]) < 0.2 else ("right" if normal[0] < 0 else "left"),
            va="top" if side == "below" else "bottom",
            fontsize=11,
        )
    x, y = np.array(list(nodes.values())).T
    ax.set_xlim(x.min() - radius - 0.3, x.max() + radius + 0.3)
    ax.set_ylim(y.min() - radius - 0.6, y.max() + radius + 0.4)
    ax.set_aspect("equal")
    ax.axis("off")

    def update(**inputs):
        spoken = [
            {key: entry if isinstance(entry, str) else said(entry) for key, entry in entries.items()}
            for entries in walk(**inputs)
        ]
        for texts, entries in zip((above, below, on), spoken, strict=True):
            for key, text in texts.items():
                text.set_text(entries[key])
        end = list(nodes)[-1]
        slopes = ", ".join(f"by {name} {spoken[1][name]}" for name in inputs).replace("\n", " ")
        return f"{end} = {spoken[0][end]}; its slope {slopes}"

    return fig, update


def composition_graph(walk):
    """First x = a + 2b, then f = x^3."""
    places = {"a": (0, 1.2), "b": (0, -0.2), "x": (2, 0.5), "f": (4, 0.5)}
    return graph(places, [("a", "x", "above"), ("b", "x", "below"), ("x", "f", "above")], walk)


def meeting_graph(walk):
    """u = a^2 and v = 3a + 1 meet in y = u v; derivatives["a"] may be the sum of both paths, as text."""
    places = {"a": (0, 0.6), "u": (2, 1.35), "v": (2, -0.15), "y": (4, 0.6)}
    edges = [("a", "u", "above"), ("u", "y", "above"), ("a", "v", "below"), ("v", "y", "below")]
    return graph(places, edges, walk, height=2.7)


def sigmoid_graph(walk):
    """The sigmoid gate by gate: u = -z, v = e^u, w = 1 + v, a = 1/w."""
    names = "zuvwa"
    places = {name: (1.5 * i, 0) for i, name in enumerate(names)}
    return graph(places, [(*pair, "above") for pair in pairwise(names)], walk, height=1.8)


def sigmoid_slope(activation, z_range=(-6, 6)):
    """A smooth activation with its tangent, and below it the slope at every place.

    Returns (fig, update(z)).
    """
    fig, (upper, lower) = canvas(2, 1, height=4.4, sharex=True)
    grid = np.linspace(*z_range, 201)
    a = activation.value(grid)
    upper.plot(grid, a, color=BLUE)
    lower.plot(grid, activation.derivative(a), color=ORANGE)
    (tangent,) = upper.plot([], [], color=ORANGE, lw=2.5)
    (here,) = upper.plot([], [], "o", color=BLUE, ms=7)
    (slope_here,) = lower.plot([], [], "o", color=ORANGE, ms=7)
    (plumb,) = lower.plot([], [], ":", color=GREY, lw=1.5)
    upper.set(xlim=z_range, ylim=(-0.1, 1.1), yticks=[0, 0.5, 1])
    lower.set(ylim=(0, 0.28), yticks=[0, 0.125, 0.25])
    name_axes(upper, "", r"$a = \sigma(z)$")
    name_axes(lower, "$z$", r"slope $a\,(1-a)$")

    def update(z):
        a = activation.value(z)
        slope = activation.derivative(a)
        ends = np.array([-1.5, 1.5])
        tangent.set_data(z + ends, a + slope * ends)
        here.set_data([z], [a])
        slope_here.set_data([z], [slope])
        plumb.set_data([z, z], [0, slope])
        return f"a = {a:.3f}, slope a(1 − a) = {slope:.3f}"

    return fig, update


def turning_points(f, points, x_range):
    """A curve and its points of zero slope. points: (x, second derivative, text) for each."""
    fig, ax = canvas(height=3.2)
    grid = np.linspace(*x_range, 300)
    ax.plot(grid, f(grid), color=BLUE)
    for x, second, text in points:
        line_through(ax, x, f(x), 0, (x - 0.45, x + 0.45), color=ORANGE, lw=2.5)
        ax.plot(x, f(x), "v" if second > 0 else "^", color=GREEN if second > 0 else ORANGE, ms=9)
        ax.annotate(
            text,
            (x, f(x)),
            (0, -10 if second > 0 else 10),
            textcoords="offset points",
            ha="center",
            va="top" if second > 0 else "bottom",
            fontsize=10,
        )
    ax.margins(y=0.22)
    name_axes(ax, "$x$", "$f(x)$")
    return fig


def landscapes(cases, reach=1.0):
    """Maps of surfaces around a point of zero slope, with the gradient as arrows.

    cases: (title, function of x and y, gradient of an array of shape (2, ...)).
    """
    fig, axes = canvas(1, len(cases), height=2.3, sharey=True)
    points = np.array(np.meshgrid(*[np.linspace(-0.75 * reach, 0.75 * reach, 4)] * 2))
    for ax, (title, f, gradient) in zip(axes, cases, strict=True):
        contour_lines(ax, f, (-reach, reach), (-reach, reach), levels=8)
        ax.quiver(
            *points, *gradient(points), color=ORANGE, angles="xy", scale_units="xy", scale=7, width=0.018
        )
        ax.plot(0, 0, "o", color=BLUE, ms=6)
        ax.set_aspect("equal")
        ax.set_xticks([-0.5, 0.5])
        name_axes(ax, "$x$", "", title)
    axes[0].set_ylabel("$y$")
    return fig


def error_against_step(steps, errors, predictions):
    """Relative error of a numerical derivative over the step, both on logarithmic axes.

    errors: {name: one error for each step}; predictions: {name: the same, from the formula}.
    Returns (fig, update) with update(step), which sets out the errors of one of the steps.
    """
    fig, ax = canvas(height=3.8)
    floor = 1e-17  # an error of exactly zero has no logarithm
    rings = []
    (here,) = ax.plot([], [], color=GREY, lw=1)
    for (name, error), color, marker in zip(errors.items(), (BLUE, ORANGE, GREEN), "osv", strict=True):
        ax.loglog(steps, np.maximum(error, floor), marker, color=color, ms=4, label=name)
        if name in predictions:
            best = np.argmin(predictions[name])
            ax.loglog(steps, predictions[name], color=color, lw=1)
            ax.axvline(steps[best], ymax=0.88, color=color, lw=1, ls=":")  # below the legend
        rings += ax.plot([], [], marker, color=color, ms=10, mfc="none", mew=2)
    ax.set_ylim(3e-18, 1e3)
    ax.set_xlim(2 * steps.max(), steps.min() / 2)  # smaller steps to the right: the way the reader walks
    ax.legend(loc="upper center", ncols=3, columnspacing=1.0, handletextpad=0.1)
    name_axes(ax, "step $h$ (smaller to the right)", "relative error")

    def update(step):
        k = list(steps).index(step)
        here.set_data([step, step], [3e-18, 30])
        for ring, error in zip(rings, errors.values(), strict=True):
            ring.set_data([step], [max(error[k], floor)])
        said = ", ".join(f"{name} {error[k]:.0e}" for name, error in errors.items())
        return f"relative error: {said}".replace("e-", "e\N{MINUS SIGN}")

    return fig, update
