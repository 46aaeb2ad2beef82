"""The drawings of chapter 5: XOR's points, what a network makes of the plane, the graph."""

import numpy as np

from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, canvas, curves, name_axes


def draw_points(ax, X, y):
    """The four points of XOR: a disc where y is 0, a square where y is 1."""
    for target, marker, colour in ((0, "o", PURPLE), (1, "s", GREEN)):
        chosen = X[y[:, 0] == target]
        ax.plot(*chosen.T, marker, color=colour, markersize=10, label=f"$y = {target}$", zorder=3)


def plane(points=61, low=-0.5, high=1.5):
    """A grid over the inputs: the two coordinate tables, and the same as rows of an X."""
    x1, x2 = np.meshgrid(np.linspace(low, high, points), np.linspace(low, high, points))
    return x1, x2, np.column_stack([x1.ravel(), x2.ravel()])


def xor_points(X, y):
    """The four points alone."""
    fig, ax = canvas(height=3.4, width=4.2)
    draw_points(ax, X, y)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    ax.legend(loc="center")
    name_axes(ax, "$x_1$", "$x_2$")
    return fig


def cost_curves(histories, labels, *, height=3.0):
    """Cost against epoch on a logarithmic scale, one line for each history."""
    fig, ax = canvas(height=height)
    looks = ((BLUE, "-"), (ORANGE, "--"), (GREEN, ":"), (PURPLE, "-."))
    lines = zip(labels, ((history.epoch, history.cost) for history in histories), strict=True)
    curves(ax, dict(lines), looks)
    ax.set_yscale("log")
    if len(labels) > 1:
        ax.legend()
    name_axes(ax, "epoch", "cost $C$")
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


def matrix_text(value):
    """A small table of numbers as text, one line for each row, its columns under each other."""
    rows = np.round(np.atleast_2d(np.asarray(value, dtype=float)), 2) + 0.0  # no "-0.00"
    signed = (rows < 0).any(axis=0)
    texts = [
        [
            ("−" if number < 0 else NO_SIGN if sign else "") + f"{abs(number):.2f}"
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
    written = {kind: (matrix_text(value), *look) for kind, (value, *look) in stacked.items()}
    height = {kind: line * (text.count("\n") + 1) for kind, (text, *_) in written.items()}
    top, drawn = y + sum(height.values()) / 2, {}
    x, side = (x - 0.24, "right") if on_the_left else (x + 0.24, "left")
    for kind, (text, colour, style) in written.items():
        drawn[kind] = ax.text(
            x, top, text, color=colour, style=style, ha=side, va="top", linespacing=1.05, fontsize=11
        )
        top -= height[kind]
    return drawn


def computational_graph(edges=None, *, values=None, gradients=None):
    """The network of this chapter as a graph, from the input down to the cost.

    edges: texts for the edges, {("Z_2", "A_2"): r"$\\sigma'$", ...}; values and gradients: arrays
    for the nodes, by name; what is left out is not drawn.
    """
    return graph_with_texts(edges or {}, values or {}, gradients or {})[0]


def graph_with_texts(edges, values, gradients):
    """As `computational_graph`; returns the figure and its numbers, {(node, kind): text}."""
    texts = {}
    step = 0.85 if edges or values or gradients else 0.62  # inches from row to row
    left, right, height = (
        (-2.58, 1.65, 5 * step + 0.6) if values or gradients else (-1.9, 1.6, 5 * step + 0.5)
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
