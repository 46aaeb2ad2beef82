"""The drawings of chapter 5: XOR's points, the gates, who uses what, the computational graph."""

import numpy as np
from matplotlib.patches import Circle, Rectangle

from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, canvas, curves, name_axes
from lib.figures.diagrams import DIRECTIONS, arrow, drawing, short


def draw_points(ax, X, y):
    """The four points of XOR: a disc where y is 0, a square where y is 1."""
    for target, marker, colour in ((0, "o", PURPLE), (1, "s", GREEN)):
        chosen = X[y[:, 0] == target]
        ax.plot(*chosen.T, marker, color=colour, markersize=10, label=f"$y = {target}$", zorder=3)


def plane(points=61, low=-0.5, high=1.5):
    """A grid over the inputs: the two coordinate tables, and the same as rows of an X."""
    x1, x2 = np.meshgrid(np.linspace(low, high, points), np.linspace(low, high, points))
    return x1, x2, np.column_stack([x1.ravel(), x2.ravel()])


def learning_curves(epochs, costs, hidden, rows):
    """The cost of a run, and below it what each hidden neuron answers to each row.

    epochs: (records,); costs: (records,); hidden: (records, N, neurons); rows: the N names, up to four.
    Returns the figure.
    """
    neurons = hidden.shape[-1]
    fig, axes = canvas(1 + neurons, 1, height=1.35 * (1 + neurons), sharex=True)
    axes[0].plot(epochs, costs, color=BLUE)
    axes[0].set_yscale("log")
    name_axes(axes[0], "", "cost $C$")
    styles = ((PURPLE, "-"), (GREEN, "--"), (GREEN, "-."), (PURPLE, ":"))
    for neuron, ax in enumerate(axes[1:]):
        answers = hidden[:, :, neuron].T  # (N, records)
        curves(ax, {name: (epochs, own) for name, own in zip(rows, answers, strict=True)}, styles)
        ax.set(ylim=(-0.05, 1.05), yticks=[0, 0.5, 1])
        name_axes(ax, "", f"hidden {neuron + 1}")
    axes[1].legend(loc="center right", fontsize=10)
    axes[-1].set_xlabel("epoch")
    return fig


def gates(cases):
    """The steps a graph is made of: values forward in blue, derivatives of the cost back in orange.

    cases: (name, inputs, outputs, back_in, back_out) for each gate: its values, and how the cost
    changes with them, at most two of each. Two gates in a row. Returns the figure.
    """
    wide, high, reach = 2.45, 1.75, 0.72
    lines = -(-len(cases) // 2)
    fig, ax = drawing(2 * wide, lines * high)
    _, dashes, _ = DIRECTIONS["backward"]
    for case, (name, inputs, outputs, back_in, back_out) in enumerate(cases):
        middle = np.array([wide * (case % 2 + 0.5), high * (lines - case // 2 - 0.5)])
        ax.add_patch(Circle(middle, 0.3, fill=False, edgecolor=GREY, linewidth=1.5))
        ax.text(*middle, name, ha="center", va="center", fontsize=10)
        for side, values, slopes in ((-1, inputs, back_in), (1, outputs, back_out)):
            heights = [0.0] if len(values) == 1 else [0.42, -0.42]
            for y, value, slope in zip(heights, values, slopes, strict=True):
                outer, inner = middle + (side * reach, y), middle + (side * 0.3, 0.35 * y)
                start, end = (outer, inner) if side < 0 else (inner, outer)
                up = np.array([0, 0.06])
                arrow(ax, start + up, end + up, BLUE, width=1.1)
                arrow(ax, end - up, start - up, ORANGE, line=dashes, width=1.1)
                x = middle[0] + side * (reach + 0.05)
                to = "right" if side < 0 else "left"
                ax.text(x, middle[1] + y + 0.1, short(value), color=BLUE, ha=to, va="center")
                ax.text(
                    x,
                    middle[1] + y - 0.1,
                    short(slope),
                    color=ORANGE,
                    style="italic",
                    ha=to,
                    va="center",
                )
    return fig


def cells_of(ax, corner, rows, columns, name, chosen=(), unit=0.24):
    """A table as cells, its name above; the chosen ones, (row, column), shaded. Returns their middles."""
    x, y = corner
    middles = {}
    for i in range(rows):
        for j in range(columns):
            place = (x + unit * j, y - unit * (i + 1))
            ax.add_patch(Rectangle(place, unit, unit, fill=False, edgecolor=GREY, linewidth=0.8))
            if (i, j) in chosen:
                ax.add_patch(Rectangle(place, unit, unit, color=ORANGE, alpha=0.6, linewidth=0))
            middles[i, j] = np.array(place) + unit / 2
    ax.text(x + unit * columns / 2, y + 0.05, name, ha="center", va="bottom")
    return middles


def fan_out(N=4, n=3, m=2):
    """Which entries of Z = A W + b use one weight, one input, one bias: three lines of tables.

    N, n, m: rows of A, rows of W, columns of W. Returns the figure.
    """
    unit, high = 0.24, 1.52
    fig, ax = drawing(4.7, 3 * high)
    cases = [
        ("one weight", "W", (1, 1), {(i, 1) for i in range(N)}, "a column of $Z$:\nsum over rows"),
        ("one input", "A", (1, 0), {(1, k) for k in range(m)}, "a row of $Z$:\nsum over neurons"),
        ("one bias", "b", (0, 1), {(i, 1) for i in range(N)}, "a column of $Z$:\nsum over rows"),
    ]
    for case, (title, used, cell, reached, words) in enumerate(cases):
        top = 3 * high - case * high - 0.3
        middle = top - unit * N / 2
        x, places = 0.1, {}
        for name, rows, columns, sign in (
            ("A", N, n, r"$\cdot$"),
            ("W", n, m, "+"),
            ("b", 1, m, "="),
            ("Z", N, m, ""),
        ):
            chosen = reached if name == "Z" else {cell} if name == used else ()
            corner = (x, middle + unit * rows / 2)
            places[name] = cells_of(ax, corner, rows, columns, f"${name}$", chosen, unit)
            x += unit * columns
            ax.text(x + 0.13, middle, sign, ha="center", va="center")
            x += 0.26
        for there in sorted(reached):
            arrow(
                ax,
                places[used][cell],
                places["Z"][there],
                ORANGE,
                width=0.9,
                bend=-0.42 if used == "A" else -0.12,
            )
        ax.text(x - 0.08, middle + 0.3, title, ha="left", va="center", weight="bold")
        ax.text(x - 0.08, middle - 0.12, words, ha="left", va="center", fontsize=10)
    return fig


# The graph from top to bottom, so that it is readable on a phone: node name, its column, its row
# (counted downwards), and the nodes whose values go into it.
NODES = {
    "A_0": (0, 0.0, ()),
    "Z_1": (0, 1.0, ("A_0", "W_1", "b_1")),
    "A_1": (0, 2.0, ("Z_1",)),
    "Z_2": (0, 3.0, ("A_1", "W_2", "b_2")),
    "A_2": (0, 4.0, ("Z_2",)),
    "C": (0, 5.0, ("A_2", "y")),
    "W_1": (-1.2, 0.3, ()),
    "b_1": (-1.2, 1.3, ()),
    "W_2": (-1.2, 2.3, ()),
    "b_2": (-1.2, 3.3, ()),
    "y": (-1.2, 4.6, ()),
}


# A page's SVG runs ordinary spaces together. A figure space is as wide as a digit; with a thin space
# it is as wide as a minus sign, so that numbers stand in columns.
WIDE, NO_SIGN = "\u2002", "\u2007\u2009"


# A product by pencil has to come out: the derivatives, which are small, keep more digits.
DECIMALS = {"value": 2, "gradient": 4}


def matrix_text(value, kind):
    """A small table of numbers as text, one line for each row, its columns under each other."""
    decimals = DECIMALS[kind]
    rows = np.round(np.atleast_2d(np.asarray(value, dtype=float)), decimals) + 0.0  # no "-0.00"
    signed = (rows < 0).any(axis=0)
    texts = [
        [
            ("−" if number < 0 else NO_SIGN if sign else "") + f"{abs(number):.{decimals}f}"
            for number, sign in zip(row, signed, strict=True)
        ]
        for row in rows
    ]
    return "\n".join(WIDE.join(row) for row in texts)


def write_stack(ax, x, y, stacked, *, on_the_left):
    """The tables of one node beside it, one under the other: value upright, gradient slanted.

    stacked: {kind: (table, colour, style)}. Returns {kind: the text drawn}.
    """
    line = 0.19  # inches from one line to the next
    written = {kind: (matrix_text(value, kind), *look) for kind, (value, *look) in stacked.items()}
    height = {kind: line * (text.count("\n") + 1) for kind, (text, *_) in written.items()}
    top, drawn = y + sum(height.values()) / 2, {}
    x, side = (x - 0.24, "right") if on_the_left else (x + 0.24, "left")
    for kind, (text, colour, style) in written.items():
        drawn[kind] = ax.text(
            x, top, text, color=colour, style=style, ha=side, va="top", linespacing=1.05, fontsize=11
        )
        top -= height[kind]
    return drawn


def computational_graph(edges):
    """The network of this chapter as a graph, from the input down to the cost.

    edges: texts for the edges, {("Z_2", "A_2"): r"$\\sigma'$", ...}. Returns the figure.
    """
    return graph_with_texts(edges, {}, {})[0]


def graph_with_texts(edges, values, gradients):
    """The graph with a text on each edge, and beside each node its value and its gradient.

    values and gradients: arrays for the nodes, by name; what is left out is not drawn. Returns the
    figure and its numbers, {(node, kind): text}.
    """
    texts = {}
    step = 0.85 if values or gradients else 0.7  # inches from row to row
    left, right, height = (
        (-2.95, 1.85, 5 * step + 0.6) if values or gradients else (-1.9, 1.6, 5 * step + 0.5)
    )
    fig, ax = canvas(height=height, width=right - left)
    ax.set(xlim=(left, right), ylim=(-5 * step - 0.28, height - 5 * step - 0.28))
    ax.axis("off")
    for name, (x, row, sources) in NODES.items():
        y = -row * step
        round_box = {"boxstyle": "circle,pad=0.22", "facecolor": "none", "edgecolor": GREY}
        ax.text(x, y, f"${name}$", ha="center", va="center", bbox=round_box, zorder=3)
        for source in sources:
            x0, y0 = NODES[source][0], -NODES[source][1] * step
            arrow = {"arrowstyle": "->", "color": GREY, "shrinkA": 12, "shrinkB": 12}
            ax.annotate("", (x, y), (x0, y0), arrowprops=arrow)
            text = edges.get((source, name))
            if text:
                beside = {"ha": "left", "va": "center"} if x == x0 else {"ha": "center", "va": "bottom"}
                place = (x + 0.1, (y + y0) / 2) if x == x0 else ((x + x0) / 2, (y + y0) / 2 + 0.06)
                ax.text(*place, text, color=ORANGE, fontsize=11, **beside)
        stacked = {"value": (values[name], BLUE, "normal")} if name in values else {}
        stacked |= {"gradient": (gradients[name], ORANGE, "italic")} if name in gradients else {}
        drawn = write_stack(ax, x, y, stacked, on_the_left=x < 0)
        texts |= {(name, kind): text for kind, text in drawn.items()}
    return fig, texts
