"""Drawings for the page of the deck: what happens to those who take a slide literally."""

import numpy as np

from lib.figures.base import BLUE, GREY, ORANGE, PURPLE, YELLOW, canvas, curves, name_axes

LOOKS = ((BLUE, "-"), (ORANGE, "--"), (PURPLE, "-."), (YELLOW, ":"))


def sorted_costs(runs):
    """The final costs of many runs, best first, one line for each way to train.

    runs: {label: costs of shape (runs,)}; the first is the right way.
    """
    fig, ax = canvas(height=3.4)
    best_first = {name: np.sort(np.maximum(costs, 1e-5)) for name, costs in runs.items()}
    curves(ax, {name: (np.arange(1, len(own) + 1), own) for name, own in best_first.items()}, LOOKS)
    ax.axhline(0.25, color=GREY, linewidth=1, linestyle=":")
    ax.set_yscale("log")
    ax.set_ylim(8e-6, 1)
    name_axes(ax, "starts, best first", "cost at the end")
    fig.legend(loc="outside lower center", ncols=2)
    return fig


def costs_by_step(runs):
    """The cost after every step on a logarithmic scale; runs: {label: costs}. Infinite costs are cut off."""
    fig, ax = canvas(height=2.8)
    curves(
        ax, {name: (np.arange(len(own)), own) for name, own in runs.items()}, LOOKS, marker="o", markersize=3
    )
    ax.set_yscale("log")
    name_axes(ax, "step", "cost")
    ax.legend(loc="upper left")
    return fig


def two_quantities(x, one, other, labels, marked):
    """Two curves over x, and a vertical line at the marked place."""
    fig, ax = canvas(height=2.8)
    curves(ax, dict(zip(labels, ((x, one), (x, other)), strict=True)), LOOKS)
    ax.axvline(marked, color=GREY, linewidth=1, linestyle=":")
    name_axes(ax, "x = a + 2b", "value")
    ax.legend(loc="upper left")
    return fig
