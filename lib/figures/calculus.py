"""The drawings of differential calculus: slopes, surfaces, graphs, extreme points, errors of a step.

Every function is handed what it draws: functions, points and numbers that the chapter has computed.
"""

from functools import partial

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


def slice_curves(slices):
    """The slices as plane curves, side by side, each with its tangent.

    slices: (name of what moves, function of it, where, slope, range, name of the height) for each.
    """
    fig, axes = canvas(1, len(slices), height=2.8, sharey=True)
    for ax, (name, f, where, slope, x_range, height), look in zip(
        axes, slices, ((BLUE, "-"), (PURPLE, "--")), strict=True
    ):
        grid = np.linspace(*x_range, 200)
        ax.plot(grid, f(grid), color=look[0], ls=look[1])
        reach = np.ptp(x_range) / 4
        line_through(ax, where, f(where), slope, (where - reach, where + reach), color=ORANGE, lw=2.5)
        ax.plot(where, f(where), "o", color=ORANGE, ms=7)
        ax.annotate(
            f"slope {slope:g}",
            (where, f(where)),
            (-8, 10),
            textcoords="offset points",
            ha="right",
            color=ORANGE,
        )
        name_axes(ax, f"${name}$", f"${height}$")
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


def slope_by_direction(degrees, slopes, gradient):
    """Measured slopes over the direction of walking, and what the gradient says about them."""
    fig, ax = canvas(height=3.0)
    ax.plot(degrees, slopes, color=BLUE)
    steepest = np.degrees(np.arctan2(gradient[1], gradient[0])) % 360
    length = np.hypot(*gradient)
    marks = (
        (0, length, "^", "along the gradient", (8, 5), "left"),
        (90, 0.0, "s", "level", (9, 5), "left"),
        (180, -length, "v", "against it", (0, 12), "center"),
        (270, 0.0, "s", "level", (-9, 5), "right"),
    )
    for turn, height, marker, text, offset, side in marks:
        spot = ((steepest + turn) % 360, height)
        ax.plot(*spot, marker, color=ORANGE, ms=8)
        ax.annotate(text, spot, offset, textcoords="offset points", ha=side, fontsize=10)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.margins(y=0.12)
    ax.set_xticks([0, 90, 180, 270, 360])
    name_axes(ax, "direction of walking, in degrees", "slope")
    return fig


def graph(nodes, edges, *, height=2.4, radius=0.3):
    """A computational graph: values above the nodes, derivatives below, local derivatives on the edges.

    nodes: {name: (column, row, value, derivative)}, the last two as text, "" for none;
    edges: (from, to, local derivative) or (from, to, local derivative, "below") for text under the arrow.
    """
    fig, ax = canvas(height=height)
    for name, (x, y, value, derivative) in nodes.items():
        ax.add_patch(Circle((x, y), radius, fill=False, edgecolor=GREY, lw=1.5))
        ax.text(x, y, f"${name}$", ha="center", va="center", fontsize=13)
        ax.text(x, y + radius + 0.06, value, ha="center", va="bottom", color=BLUE, fontweight="bold")
        ax.text(x, y - radius - 0.06, derivative, ha="center", va="top", color=ORANGE, fontstyle="italic")
    for start, end, local, *side in edges:
        a, b = np.array(nodes[start][:2]), np.array(nodes[end][:2])
        step = (b - a) / np.hypot(*(b - a)) * (radius + 0.04)
        ax.annotate("", b - step, a + step, arrowprops={"arrowstyle": "->", "color": GREY, "lw": 1.5})
        below = side == ["below"]
        normal = np.array([-(b - a)[1], (b - a)[0]]) / np.hypot(*(b - a)) * (-1 if below else 1)
        ax.text(
            *((a + b) / 2 + 0.08 * normal),
            local,
            ha="center" if abs(normal[0]) < 0.2 else ("right" if normal[0] < 0 else "left"),
            va="top" if below else "bottom",
            fontsize=12,
        )
    x, y = np.array([node[:2] for node in nodes.values()]).T
    ax.set_xlim(x.min() - radius - 0.25, x.max() + radius + 0.25)
    ax.set_ylim(y.min() - radius - 0.45, y.max() + radius + 0.45)
    ax.set_aspect("equal")
    ax.axis("off")
    return fig


def composition_graph(values, derivatives):
    """First x = a + 2b, then f = x^3. values, derivatives: {name: number} for a, b, x and f."""
    places = {"a": (0, 1.2), "b": (0, -0.2), "x": (2, 0.5), "f": (4, 0.5)}
    nodes = {n: (*xy, said(values[n]), said(derivatives[n])) for n, xy in places.items()}
    local = 3 * values["x"] ** 2
    return graph(nodes, [("a", "x", "$1$"), ("b", "x", "$2$", "below"), ("x", "f", f"$3x^2 = {local:g}$")])


def meeting_graph(values, derivatives, paths):
    """u = a^2 and v = 3a + 1 meet in y = u v. paths: what arrives at a through u and through v."""
    places = {"a": (0, 0.6), "u": (2, 1.35), "v": (2, -0.15), "y": (4, 0.6)}
    nodes = {n: (*xy, said(values[n]), said(derivatives[n])) for n, xy in places.items()}
    sums = " + ".join(said(path) for path in paths)
    nodes["a"] = (*nodes["a"][:3], f"{sums}\n= {nodes['a'][3]}")
    upper = [("a", "u", f"$2a = {2 * values['a']:g}$"), ("u", "y", f"$v = {values['v']:g}$")]
    lower = [("a", "v", "$3$", "below"), ("v", "y", f"$u = {values['u']:g}$", "below")]
    return graph(nodes, upper + lower, height=2.7)


def sigmoid_graph(values, derivatives):
    """The sigmoid gate by gate: u = -z, v = e^u, w = 1 + v, a = 1/w."""
    nodes = {n: (1.5 * i, 0, said(values[n]), said(derivatives[n])) for i, n in enumerate("zuvwa")}
    return graph(
        nodes, [("z", "u", "$-1$"), ("u", "v", "$v$"), ("v", "w", "$1$"), ("w", "a", "$-1/w^2$")], height=1.6
    )


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


def flat_spots(cases, reach=1.2):
    """Curves with zero slope at zero, one panel each. cases: (name, function, verdict)."""
    fig, axes = canvas(2, 2, height=4.0, sharex=True, sharey=True)
    grid = np.linspace(-reach, reach, 201)
    for ax, (name, f, verdict) in zip(axes.flat, cases, strict=True):
        ax.plot(grid, f(grid), color=BLUE)
        ax.plot([-0.5, 0.5], [0, 0], color=ORANGE, lw=2.5)
        ax.plot(0, 0, "o", color=ORANGE, ms=6)
        ax.set_title(f"${name}$: {verdict}", fontsize=10.5)
    for ax in axes[-1]:
        ax.set_xlabel("$x$")
    for ax in axes[:, 0]:
        ax.set_ylabel("$f(x)$")
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
