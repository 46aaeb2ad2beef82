"""The drawing of the page on speed: what a step costs as a network grows."""

import numpy as np

from lib.figures.base import BLUE, GREY, ORANGE, canvas, name_axes

NAMES = {
    "width": "neurons in a layer",
    "depth": "layers",
    "batch": "rows in a batch",
    "rows": "rows in an epoch",
}


def growth_figure(growth):
    """Time over size, both logarithmic, in four panels.

    growth: {"width" | "depth" | "batch" | "rows": {"sizes", "seconds", "fitted_from", "exponent",
    "expected"}}, as `benchmarks.cases.growth` measures it. Returns the figure.
    """
    fig, axes = canvas(2, 2, height=5.2)
    for ax, (what, name) in zip(axes.flat, NAMES.items(), strict=True):
        own = growth[what]
        sizes, milliseconds = np.array(own["sizes"]), 1e3 * np.array(own["seconds"])
        fitted = sizes >= own["fitted_from"]
        x, y = np.log(sizes[fitted]), np.log(milliseconds[fitted])
        line = np.exp(y.mean() + own["exponent"] * (np.log(sizes) - x.mean()))
        ax.loglog(sizes, line, "--", color=ORANGE, linewidth=1.5)
        ax.loglog(sizes[~fitted], milliseconds[~fitted], "o", color=GREY, markerfacecolor="none")
        ax.loglog(sizes[fitted], milliseconds[fitted], "o", color=BLUE)
        ax.set_ylim(milliseconds.min() / 3, milliseconds.max() * 2)
        ax.minorticks_off()
        name_axes(ax, name, "ms", f"slope {own['exponent']:.2f}, expected {own['expected']}")
    return fig
