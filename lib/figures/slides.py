"""Drawings for the page of the deck: what happens to those who take a slide literally."""

import numpy as np

from lib.figures.base import BLUE, GREY, ORANGE, PURPLE, YELLOW, canvas, name_axes


def sorted_costs(runs):
    """The final costs of many runs, best first, one line for each way to train.

    runs: {label: costs of shape (runs,)}; the first is the right way.
    """
    fig, ax = canvas(height=3.4)
    styles = zip((BLUE, ORANGE, PURPLE, YELLOW), ("-", "--", "-.", ":"), strict=True)
    for (label, costs), (color, line) in zip(runs.items(), styles, strict=False):
        ax.plot(
            np.arange(1, len(costs) + 1), np.sort(np.maximum(costs, 1e-5)), line, color=color, label=label
        )
    ax.axhline(0.25, color=GREY, linewidth=1, linestyle=":")
    ax.set_yscale("log")
    ax.set_ylim(8e-6, 1)
    name_axes(ax, "starts, best first", "cost at the end")
    fig.legend(loc="outside lower center", ncols=2)
    return fig


def costs_by_step(runs):
    """The cost after every step on a logarithmic scale; runs: {label: costs}. Infinite costs are cut off."""
    fig, ax = canvas(height=2.8)
    for (label, costs), (color, line) in zip(runs.items(), ((BLUE, "-"), (ORANGE, "--")), strict=True):
        ax.plot(costs, line, color=color, label=label, marker="o", markersize=3)
    ax.set_yscale("log")
    name_axes(ax, "step", "cost")
    ax.legend(loc="upper left")
    return fig


def two_quantities(x, one, other, labels, marked):
    """Two curves over x, and a vertical line at the marked place."""
    fig, ax = canvas(height=2.8)
    ax.plot(x, one, "-", color=BLUE, label=labels[0])
    ax.plot(x, other, "--", color=ORANGE, label=labels[1])
    ax.axvline(marked, color=GREY, linewidth=1, linestyle=":")
    name_axes(ax, "x = a + 2b", "value")
    ax.legend(loc="upper left")
    return fig
