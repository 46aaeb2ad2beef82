"""Pictures made of circles, boxes and arrows: networks, matrix shapes, tables, the training loop.

On a drawing one unit is one inch, so letters and boxes keep their proportions. Forward is blue and
solid, backward is orange and dashed. Nothing is filled with white: pictures follow a dark page.
"""

import re
from itertools import pairwise

import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, canvas, name_axes, with_looks

DIRECTIONS = {  # colour, line style, words above the picture
    "forward": (BLUE, "-", "Forward pass"),
    "backward": (ORANGE, (0, (4, 2)), "Backward pass"),
}


def drawing(width, height):
    """A figure and its axes without frame or ticks, measured in inches from the lower left corner."""
    fig, ax = canvas(width=width, height=height)
    fig.set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.set_axis_off()
    return fig, ax


def short(value):
    """Text as it is; a number with at most two decimals and a real minus sign."""
    if isinstance(value, str):
        return value
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def arrow(ax, start, end, color, *, style="-|>", line="-", width=1.4, bend=0.0, gap=0.0):
    """An arrow from point to point; `gap` inches stay free at both ends."""
    patch = FancyArrowPatch(
        start,
        end,
        arrowstyle=style,
        mutation_scale=11,
        shrinkA=72 * gap,
        shrinkB=72 * gap,
        connectionstyle=f"arc3,rad={bend}",
        color=color,
        linestyle=line,
        linewidth=width,
    )
    return ax.add_patch(patch)


def edge(ax, source, target, label, direction, *, radius, at=0.3):
    """The line between two neurons, broken where its label stands; the head shows the direction."""
    color, line, _ = DIRECTIONS[direction]
    source, target = np.array(source), np.array(target)
    length = np.hypot(*(target - source))
    unit = (target - source) / length
    start, end = source + radius * unit, target - radius * unit
    first, last = (start, end) if direction == "forward" else (end, start)
    if not label:
        arrow(ax, first, last, color, line=line, width=1.0)
        return
    middle = source + at * length * unit
    letters = len(re.sub(r"\\[a-z]+|[${}_^]", "", label))
    half = (0.045 + 0.04 * letters) * unit
    pieces = [(start, middle - half, "-"), (middle + half, end, "-|>")]
    if direction == "backward":
        pieces = [(end, middle + half, "-"), (middle - half, start, "-|>")]
    for a, b, style in pieces:
        arrow(ax, a, b, color, style=style, line=line, width=1.0)
    angle = np.degrees(np.arctan2(unit[1], unit[0]))
    ax.text(*middle, label, fontsize=10, ha="center", va="center", rotation=angle, rotation_mode="anchor")


def network_diagram(
    sizes,
    *,
    values=None,
    weights=None,
    biases=None,
    names=None,
    between=None,
    direction="forward",
    title=None,
    width=4.6,
):
    """A feedforward network: a column of circles for each layer, an edge for each weight.

    sizes: the widths, for example (3, 2, 1). values: for each layer, what stands in its circles.
    weights: for each W its table of shape (n_in, n_out); biases: for each b its n_out entries,
    written under the circles (text as it is). All of them numbers or text; None leaves the place
    empty.
    names: for each layer, what stands under its column; between: for each W, what stands between
    two names. title: the words on the arrow, if not the usual ones. direction: "forward" (blue, solid, to the
    right) or "backward" (orange, dashed, to the left). Returns the figure.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"direction: expected one of {', '.join(DIRECTIONS)}, got {direction!r}")
    radius, spacing, top = 0.25, 0.9, 0.85
    bottom = 0.35 + 0.2 * (biases is not None) + 0.3 * (names is not None or between is not None)
    height = top + spacing * (max(sizes) - 1) + bottom
    fig, ax = drawing(width, height)
    middle = bottom + spacing * (max(sizes) - 1) / 2
    xs = np.linspace(0.55, width - 0.55, len(sizes))
    heights = [middle + spacing * ((n - 1) / 2 - np.arange(n)) for n in sizes]
    places = [[(x, y) for y in column] for x, column in zip(xs, heights, strict=True)]

    for layer, (left, right) in enumerate(pairwise(places)):
        for i, source in enumerate(left):
            for j, target in enumerate(right):
                label = "" if weights is None else short(np.asarray(weights[layer])[i, j])
                edge(ax, source, target, label, direction, radius=radius)
    color = DIRECTIONS[direction][0]
    for layer, column in enumerate(places):
        ring = GREEN if layer == 0 else color
        for i, place in enumerate(column):
            ax.add_patch(Circle(place, radius, fill=False, edgecolor=ring, linewidth=1.8))
            if values is not None and values[layer] is not None:
                ax.text(*place, short(values[layer][i]), fontsize=10, ha="center", va="center")
            if biases is not None and layer > 0:
                b = np.ravel(biases[layer - 1])[i]
                b = b if isinstance(b, str) else f"$b$: {short(b)}"
                ax.text(place[0], place[1] - radius - 0.04, b, fontsize=10, ha="center", va="top")
    feet = zip(xs, names or [], strict=names is not None)
    gaps = zip((xs[1:] + xs[:-1]) / 2, between or [], strict=between is not None)
    for x, words in [*feet, *gaps]:
        ax.text(x, 0.2, words, ha="center", va="baseline")
    direction_arrow(ax, (xs[0], xs[-1]), height - 0.3, direction, title)
    return fig


def direction_arrow(ax, xs, y, direction, title=None):
    """The long arrow above a picture, with its words."""
    color, line, words = DIRECTIONS[direction]
    start, end = xs if direction == "forward" else xs[::-1]
    arrow(ax, (start, y), (end, y), color, line=line, width=2.2)
    ax.text(sum(xs) / 2, y + 0.06, title or words, color=color, ha="center", va="bottom")


SIDES = [(GREEN, "-"), (PURPLE, (0, (3, 1))), (BLUE, (0, (1, 1))), (GREY, (0, (4, 1, 1, 1))), (ORANGE, "-")]


def shape_boxes(parts, sizes=None, *, row=None, unit=0.26):
    """Matrices as boxes of cells, in a formula: sides of one length wear one colour and line style.

    parts: boxes (name, rows, columns) and signs, for example
    [("$X$", "N", 3), r"$\\cdot$", ("$W_1$", 3, 2), "+", ("$b_1$", 1, 2), "=", ("$Z_1$", "N", 2)];
    sizes: how many cells a letter stands for, for example {"N": 5}; row: the number (from 0) of a
    row to shade in every box that has as many rows as the first; unit: inches a cell.
    Returns the figure. Raises ValueError for sides of more than five lengths.
    """
    sizes = sizes or {}
    boxes = [part for part in parts if not isinstance(part, str)]
    lengths = list(dict.fromkeys(size for _, *shape in boxes for size in shape))
    look = {size: side for side, size in with_looks(SIDES, lengths, "sides")}
    cells = lambda size: sizes.get(size, size)  # noqa: E731
    tallest = unit * max(cells(rows) for _, rows, _ in boxes)
    width = 0.1 + sum(0.34 if isinstance(p, str) else 0.34 + unit * cells(p[2]) for p in parts)
    height = tallest + 0.95
    fig, ax = drawing(width, height)
    x, middle = 0.05, 0.6 + tallest / 2
    for part in parts:
        if isinstance(part, str):
            ax.text(x + 0.2, middle, part, ha="center", va="center", fontsize=13)
            x += 0.34
            continue
        name, rows, columns = part
        x += 0.26
        w, h = unit * cells(columns), unit * cells(rows)
        y = middle - h / 2
        if row is not None and rows == boxes[0][1]:
            shaded = (x, y + h - unit * (row + 1))
            ax.add_patch(Rectangle(shaded, w, unit, color=GREEN, alpha=0.35, linewidth=0))
        for i in range(cells(rows) + 1):
            ax.plot([x, x + w], [y + i * unit] * 2, color=GREY, linewidth=0.7)
        for j in range(cells(columns) + 1):
            ax.plot([x + j * unit] * 2, [y, y + h], color=GREY, linewidth=0.7)
        for size, side in ((rows, ([x, x], [y, y + h])), (columns, ([x, x + w], [y + h, y + h]))):
            color, line = look[size]
            ax.plot(*side, color=color, linestyle=line, linewidth=3.5, solid_capstyle="butt")
        ax.text(x - 0.07, middle, side_text(rows), color=look[rows][0], ha="right", va="center")
        ax.text(x + w / 2, y + h + 0.06, side_text(columns), color=look[columns][0], ha="center", va="bottom")
        ax.text(x + w / 2, 0.3, name, ha="center", va="bottom")
        shape = f"({side_text(rows)}, {side_text(columns)})"
        ax.text(x + w / 2, 0.28, shape, fontsize=10, ha="center", va="top")
        x += w + 0.08
    return fig


def side_text(size):
    """A length of a side: a letter in italics, a number as it is."""
    return f"${size}$" if isinstance(size, str) else str(size)


def data_table(header, rows, highlight, *, label=None, marked=None, width=4.4):
    """A table of numbers with one row marked: shaded, framed and named at its left end.

    header: names of the columns; rows: numbers or text; highlight: the number of the row, from 0;
    label: what the marked row is called; marked: how many columns the frame covers (default all),
    a thin line divides them from the rest. Returns the figure.
    """
    line, marked = 0.34, len(header) if marked is None else marked
    height = line * (len(rows) + 1) + 0.2
    fig, ax = drawing(width, height)
    left, right = (1.0 if label else 0.1), width - 0.1
    borders = np.linspace(left, right, len(header) + 1)
    xs = (borders[:-1] + borders[1:]) / 2
    y = lambda i: height - 0.1 - line * (i + 0.5)  # noqa: E731  (line 0 is the header)
    for i, entries in enumerate([header, *rows]):
        for x, entry in zip(xs, entries, strict=True):
            ax.text(x, y(i), short(entry), ha="center", va="center")
    ax.plot([left, right], [y(0.5)] * 2, color=GREY, linewidth=1.2)
    if marked < len(header):
        ax.plot([borders[marked]] * 2, [y(-0.4), y(len(rows) + 0.4)], color=GREY, linewidth=0.8)
    corner, frame = (left, y(highlight + 1.5)), borders[marked] - left
    ax.add_patch(Rectangle(corner, frame, line, color=GREEN, alpha=0.25, linewidth=0))
    ax.add_patch(Rectangle(corner, frame, line, fill=False, edgecolor=GREEN, linewidth=2))
    if label:
        here = (left - 0.03, y(highlight + 1))
        arrow(ax, (left - 0.4, here[1]), here, GREEN)
        ax.text(left - 0.45, here[1], label, ha="right", va="center")
    return fig


def update_loop():
    """One round of training as a circle of four boxes: forward, cost, backward, update."""
    width, height = 4.6, 2.7
    fig, ax = drawing(width, height)
    w, h = 1.75, 0.85
    corners = {
        "forward pass\nvalues $A_1$, $\\hat{y}$": (0.1, height - 0.1 - h),
        "cost\none number $C$": (width - 0.1 - w, height - 0.1 - h),
        "backward pass\nall gradients": (width - 0.1 - w, 0.1),
        "update\n$W \\leftarrow W - \\alpha\\,dC/dW$": (0.1, 0.1),
    }
    for (words, corner), color in zip(corners.items(), (BLUE, GREEN, ORANGE, GREY), strict=True):
        style = "round,pad=0,rounding_size=0.12"
        ax.add_patch(FancyBboxPatch(corner, w, h, boxstyle=style, fill=False, edgecolor=color, linewidth=1.8))
        ax.text(corner[0] + w / 2, corner[1] + h / 2, words, ha="center", va="center", linespacing=1.5)
    upper, lower = height - 0.1 - h / 2, 0.1 + h / 2
    left, right = 0.1 + w / 2, width - 0.1 - w / 2
    back = DIRECTIONS["backward"][1]
    arrow(ax, (0.1 + w, upper), (width - 0.1 - w, upper), BLUE, width=2.2, gap=0.05)
    arrow(ax, (right, height - 0.1 - h), (right, 0.1 + h), ORANGE, line=back, width=2.2, gap=0.05)
    arrow(ax, (width - 0.1 - w, lower), (0.1 + w, lower), ORANGE, line=back, width=2.2, gap=0.05)
    arrow(ax, (left, 0.1 + h), (left, height - 0.1 - h), GREY, width=2.2, gap=0.05)
    ax.text(width / 2, upper + 0.08, "compare\nwith $y$", fontsize=10, ha="center", va="bottom")
    ax.text(left + 0.1, height / 2, "again", fontsize=10, ha="left", va="center")
    return fig


def activation_curve(activation, z_range=(-6, 6), marks=()):
    """The curve a = activation(z), with dots at the z in `marks`. Returns the figure."""
    fig, ax = canvas(height=2.8)
    z = np.linspace(*z_range, 201)
    ax.plot(z, activation.value(z), color=BLUE)
    marks = np.asarray(marks, dtype=float)
    ax.plot(marks, activation.value(marks), "o", color=GREEN, markersize=8)
    ax.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
    name_axes(ax, "weighted sum $z$", "activation $a$")
    return fig


def neuron_with_one_input(activation, x_range=(-6, 6)):
    """The weighted sum z = w x + b and the activation a over the input x, and where a neuron turns.

    Returns (fig, update); update(w, b) moves both curves and says where z is zero.
    """
    fig, (above, below) = canvas(2, 1, height=4.6, sharex=True)
    x = np.linspace(*x_range, 121)
    (line,) = above.plot([], [], color=BLUE)
    (curve,) = below.plot([], [], color=BLUE)
    above.axhline(0, color=GREY, linewidth=0.8)
    below.axhline(0.5, color=GREY, linewidth=0.8)
    turns = [
        ax.plot([], [], "o:", color=PURPLE, markersize=7, linewidth=1.5, markevery=[0])[0]
        for ax in (above, below)
    ]
    above.set(xlim=x_range, ylim=(-9, 9))
    below.set(ylim=(-0.05, 1.05), yticks=[0, 0.5, 1])
    name_axes(above, "", "weighted sum $z$")
    name_axes(below, "input $x$", "activation $a$")

    def update(w, b):
        z = w * x + b
        line.set_data(x, z)
        curve.set_data(x, activation.value(z))
        border = -b / w if w else np.nan  # without a slope there is no border
        turns[0].set_data([border, border], [0, -9])
        turns[1].set_data([border, border], [0.5, 1.05])
        if not w:
            return f"the weight is 0: a = {activation.value(b):.3f} for every x"
        return f"the border, where z = 0, is at x = {short(border)}"

    return fig, update


def decision_line(w, b, points=(), span=3.5):
    """Where a neuron with two inputs changes its mind: the line w . x + b = 0, with w itself across it.

    w: two numbers; b: a number; points: pairs to mark with a dot; span: the axes reach from -span
    to span. Dashed: where the weighted sum is -1 and 1.
    Returns (fig, update); update(w1, w2, b) moves the line and says what it is.
    """
    fig, ax = canvas(height=4.0, width=4.4)
    (line,) = ax.plot([], [], color=BLUE)
    (beside,) = ax.plot([], [], color=GREY, linestyle="--", linewidth=1.2)
    (shaft,) = ax.plot([], [], color=PURPLE, linewidth=2)
    (head,) = ax.plot([], [], color=PURPLE, linewidth=2)
    name = ax.text(0, 0, "$w$", color=PURPLE, ha="center", va="center")
    more = ax.text(0, 0, "$z>0$", color=BLUE, ha="center", va="center")
    less = ax.text(0, 0, "$z<0$", color=BLUE, ha="center", va="center")
    if len(points):
        ax.plot(*np.transpose(points), "o", color=GREEN, markersize=7)
    ax.set(xlim=(-span, span), ylim=(-span, span), aspect="equal")
    name_axes(ax, "$x_1$", "$x_2$")

    def update(w1, w2, b):
        length = np.hypot(w1, w2)
        across, along = np.array([w1, w2]) / length, np.array([-w2, w1]) / length
        foot = -b / length * across  # the point of the line that is nearest to (0, 0)
        ends = np.array([foot - 3 * span * along, foot + 3 * span * along])
        line.set_data(*ends.T)
        gap = np.full((1, 2), np.nan)
        beside.set_data(*np.vstack([ends - across / length, gap, ends + across / length]).T)
        tip = foot + np.array([w1, w2])
        shaft.set_data(*np.array([foot, tip]).T)
        head.set_data(*np.array([tip + 0.15 * (along - across), tip, tip - 0.15 * (along + across)]).T)
        name.set_position(tip + 0.25 * across)
        more.set_position(foot + 1.5 * across + 1.9 * along)
        less.set_position(foot - 1.5 * across + 1.9 * along)
        steep = f"dashed lines at the distance {1 / length:.3f}"
        return f"line: {short(w1)} x1 + {signed(w2)} x2 + {signed(b)} = 0, {steep}"

    update(*w, b)
    return fig, update


def product_by_hand(A, B, names):
    """The product A B as pencils do it: A on the left, B on top, each entry where its row and column meet.

    names: those of A, of B and of the product, for example ("X", "W_1", "X W_1").
    Returns (fig, update); update(row, column), counted from 1, sets out one entry and says its sum.
    """
    product = A @ B
    wide, high, gap = 0.52, 0.3, 0.35
    (rows, inner), columns = A.shape, B.shape[1]
    width, height = 0.4 + wide * (inner + columns) + gap, 0.5 + high * (inner + rows) + gap
    fig, ax = drawing(width, height)
    left, right, middle = 0.2, 0.2 + wide * inner + gap, 0.15 + high * rows  # where the tables begin and meet
    corners = ((left, middle), (right, middle + gap + high * inner), (right, middle))
    for table, (x, y), name in zip((A, B, product), corners, names, strict=True):
        for (i, j), entry in np.ndenumerate(table):
            place = x + wide * (j + 0.5), y - high * (i + 0.5)
            ax.text(*place, short(entry), ha="center", va="center")
        for i in range(len(table) + 1):
            ax.plot([x, x + wide * table.shape[1]], [y - high * i] * 2, color=GREY, linewidth=0.5)
        for j in range(table.shape[1] + 1):
            ax.plot([x + wide * j] * 2, [y, y - high * len(table)], color=GREY, linewidth=0.5)
        ax.text(x + wide * table.shape[1] / 2, y + 0.06, f"${name}$", ha="center", va="bottom")
    frames = [ax.plot([], [], color=color, linewidth=2.5)[0] for color in (GREEN, PURPLE, BLUE)]

    def update(row, column):
        i, j = round(row) - 1, round(column) - 1
        sizes = ((0, i, inner, 1), (j, 0, 1, inner), (j, i, 1, 1))
        for frame, (x, y), (across, down, cells, lines) in zip(frames, corners, sizes, strict=True):
            x, y = x + wide * across, y - high * down
            ends = x + wide * cells, y - high * lines
            frame.set_data([x, ends[0], ends[0], x, x], [y, y, ends[1], ends[1], y])
        terms = " + ".join(f"{short(a)} · {signed(b)}" for a, b in zip(A[i], B[:, j], strict=True))
        return f"row {i + 1}, column {j + 1}: {terms} = {short(product[i, j])}"

    return fig, update


def signed(value):
    """A number as it stands behind a sign: negative ones in brackets."""
    return f"({short(value)})" if value < 0 else short(value)


def hinge_builder(f, built, counts, x_range):
    """A curve, a network of hinges that follows it, and below them the hinges that it adds up.

    f: takes an array; built: takes a number of hidden neurons and returns a network 1-n-1 whose hidden
    layer is ReLU; counts: all numbers that update will be asked for. Returns (fig, update(neurons)).
    """
    fig, (above, below) = canvas(2, 1, height=4.6, sharex=True)
    x = np.linspace(*x_range, 301)
    above.plot(x, f(x), color=GREEN, linestyle="--", label="the curve")
    (answer,) = above.plot([], [], color=BLUE, label="the network")
    (bends,) = above.plot([], [], "o", color=BLUE, markersize=4)
    (parts,) = below.plot([], [], color=PURPLE, linewidth=1.2)
    above.legend(loc="upper left", fontsize=10)
    name_axes(above, "", r"$\hat{y}$")
    name_axes(below, "input $x$", "one hinge each")

    def pieces(neurons):
        network = built(neurons)
        y_hat = network.forward(x[:, None])[:, 0]
        hidden, output = network.layers
        return network, y_hat, hidden.A * output.W[:, 0]  # (301, neurons), one hinge a column

    reach = 1.1 * max(abs(pieces(neurons)[2]).max() for neurons in counts)
    above.set(xlim=x_range, ylim=(min(f(x)) - 0.3, max(f(x)) + 0.9))
    below.set(ylim=(-reach, reach))

    def update(neurons):
        network, y_hat, hinges = pieces(round(neurons))
        places = -network.layers[0].b[0]
        answer.set_data(x, y_hat)
        bends.set_data(places, network.forward(places[:, None])[:, 0])
        breaks = np.full((1, hinges.shape[1]), np.nan)
        parts.set_data(np.tile(np.append(x, np.nan), hinges.shape[1]), np.vstack([hinges, breaks]).T.ravel())
        return f"{hinges.shape[1]} hidden neurons: largest gap {abs(y_hat - f(x)).max():.3f}"

    return fig, update
