"""The live drawings of chapter 5: XOR being learned, the graph through the epochs, vanishing slopes.

Each function draws the scene once and returns (fig, update); `update` moves what it drew and
returns the sentence that says the figure's number. `lib.explore.explore` takes both.
"""

import numpy as np
from contourpy import contour_generator

from lib.descent import train
from lib.figures.backward import draw_points, graph_with_texts, matrix_text, plane
from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, canvas, name_axes


def level_line(heights, level, points=61):
    """The line where a prediction over the plane has one height, as x and y with gaps of nan.

    heights: (points * points, 1), as a network answers to the rows of `plane(points)`.
    """
    x1, x2, _ = plane(points)
    pieces = contour_generator(x1, x2, heights.reshape(x1.shape)).lines(level)
    gap = np.full((1, 2), np.nan)
    joined = np.concatenate([part for piece in pieces for part in (piece, gap)] or [gap])
    return joined[:, 0], joined[:, 1]


def film(network, cost, X, y, learning_rates, epochs, points=41):
    """Train copies of one network side by side, and look at them at some epochs.

    learning_rates: one for each copy; epochs: when to look, increasing, from 0. Returns the
    answers to the rows of `plane(points)`, shape (epochs, copies, points * points, 1), and the
    costs, shape (epochs, copies).
    """
    rows = plane(points)[2]
    copies = network.copies(len(learning_rates))
    answers, costs = [copies.forward(rows)], [cost.value(copies.forward(X), y)]
    for pause in np.diff(epochs).tolist():
        train(copies, cost, X, y, learning_rate=learning_rates, epochs=pause, record_every=pause)
        answers.append(copies.forward(rows))
        costs.append(cost.value(copies.forward(X), y))
    return np.array(answers), np.array(costs)


def xor_story(X, y, learning_rates, epochs, heights, costs, points=41):
    """Level lines of the prediction beside the cost, for every learning rate at every epoch.

    heights: (epochs, learning rates, points * points, 1), predictions over `plane(points)`;
    costs: (epochs, learning rates). Returns (fig, update) with update(learning_rate, epoch).
    """
    fig, (top, bottom) = canvas(2, 1, height=4.0, width=4.1, height_ratios=(2, 1))
    draw_points(top, X, y)
    looks = {0.9: (GREY, "--", 1.2), 0.5: (BLUE, "-", 2.5), 0.1: (GREY, ":", 1.6)}
    lines = {
        level: top.plot([], [], line, color=colour, linewidth=width, label=rf"$\hat y = {level}$")[0]
        for level, (colour, line, width) in looks.items()
    }
    top.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    top.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    name_axes(top, "$x_1$", "$x_2$")
    (curve,) = bottom.plot([], [], color=BLUE)
    (now,) = bottom.plot([], [], "o", color=ORANGE, markersize=8)
    bottom.set(xlim=(-0.03 * epochs[-1], 1.03 * epochs[-1]), ylim=(costs.min() / 2, 1), yscale="log")
    name_axes(bottom, "epoch", "cost $C$")

    def update(learning_rate, epoch):
        run, moment = list(learning_rates).index(learning_rate), list(epochs).index(epoch)
        for level, line in lines.items():
            line.set_data(*level_line(heights[moment, run], level, points))
        curve.set_data(epochs, costs[:, run])
        now.set_data([epoch], [costs[moment, run]])
        return f"cost after {epoch} epochs: {costs[moment, run]:.4f}"

    return fig, update


def xor_strip(X, y, epochs, heights, points=41):
    """Moments of learning XOR, side by side: the lines where the network answers one half.

    epochs: the moments; heights: for each, predictions over `plane(points)`. Returns the figure.
    """
    fig, axes = canvas(1, len(epochs), height=2.2, sharey=True)
    for ax, epoch, answers in zip(axes, epochs, heights, strict=True):
        draw_points(ax, X, y)
        ax.plot(*level_line(answers, 0.5, points), color=BLUE, linewidth=2.5)
        ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=[0, 1], yticks=[0, 1], aspect="equal")
        name_axes(ax, "$x_1$", "", f"epoch {epoch}")
    axes[0].set_ylabel("$x_2$")
    return fig


def planes(runs, across=81):
    """What trained networks answer: their points, and the line where the answer is one half.

    runs: {title: `lib.playground.Run`}, side by side. Returns the figure.
    """
    fig, axes = canvas(1, len(runs), height=2.2)
    for ax, (title, run) in zip(axes, runs.items(), strict=True):
        x1, x2 = run.grid(across).T.reshape(2, across, across)
        lines = contour_generator(x1, x2, run.answers(run.grid(across)).reshape(x1.shape)).lines(0.5)
        for line in lines:
            ax.plot(*line.T, color=BLUE, linewidth=2)
        for target, marker, colour in ((0, "o", PURPLE), (1, "s", GREEN)):
            ax.plot(*run.X[run.y[:, 0] == target].T, marker, color=colour, markersize=4)
        (left, below), width = run.window()
        ax.set(xlim=(left, left + width), ylim=(below, below + width), aspect="equal", xticks=[0], yticks=[0])
        name_axes(ax, "$x_1$", "", title)
    axes[0].set_ylabel("$x_2$")
    return fig


def graph_story(epochs, values, gradients):
    """The computational graph of one row at several moments of training.

    values, gradients: for each epoch {node: array}, as `graph_with_texts` takes them.
    Returns (fig, update) with update(epoch).
    """
    fig, texts = graph_with_texts({}, values[0], gradients[0])

    def update(epoch):
        moment = list(epochs).index(epoch)
        for (name, kind), text in texts.items():
            table = (values if kind == "value" else gradients)[moment][name]
            text.set_text(matrix_text(table, kind))
        return f"cost of this row after {epoch} epochs: {np.asarray(values[moment]['C']).item():.4f}"

    return fig, update


def vanishing(gradients_of, scales, labels, depth):
    """The size of dC/dZ from layer to layer, for weights of any size.

    gradients_of: a function from a scale to one row of sizes for each label; it is asked once for
    each scale.
    Returns (fig, update) with update(scale).
    """
    fig, ax = canvas(height=2.9)
    layers = np.arange(1, depth + 1)
    lines = [
        ax.semilogy(layers, np.ones(depth), style, label=label)[0]
        for label, style in zip(labels, ("o-", "s--", "^:"), strict=True)
    ]
    every = np.array([gradients_of(scale) for scale in scales])
    ax.set(ylim=(max(every[every > 0].min() / 3, 1e-12), every.max() * 3), xlim=(0.5, depth + 0.5))
    ax.legend(loc="lower right")
    name_axes(ax, "layer, from the input", "typical $|dC/dZ|$")

    def update(scale):
        sizes = every[list(scales).index(scale)]
        for line, row in zip(lines, sizes, strict=True):
            line.set_data(layers, np.maximum(row, 1e-300))
        pairs = zip(labels, sizes, strict=True)
        ratios = ", ".join(f"{label} {row[0] / row[-1]:.1e}" for label, row in pairs)
        return f"first layer's gradient divided by the last layer's: {ratios}"

    return fig, update
