"""What all figures share: one set of colours, one size, one font, axes with names.

The colours are Okabe and Ito's (2008), which readers with any kind of colour blindness can tell
apart; each has one meaning in the whole book. Figures are at most five inches wide, so that the
letters stay readable on a phone.
"""

import matplotlib.pyplot as plt
import numpy as np

BLUE = "#0072B2"  # forward: values, predictions, the function itself
ORANGE = "#D55E00"  # backward: gradients, errors, slopes
GREEN = "#009E73"  # data, targets, the minimum
PURPLE = "#AA4499"  # a second run or a second function
SKY = "#56B4E9"
YELLOW = "#E69F00"
GREY = "#767676"  # axes, helpers, what does not matter just now

# By the names that `_static/book.css` has for them, where each has a partner for the dark page.
COLOURS = {
    "blue": BLUE,
    "orange": ORANGE,
    "green": GREEN,
    "purple": PURPLE,
    "sky": SKY,
    "yellow": YELLOW,
    "grey": GREY,
}

STYLE = {
    "figure.figsize": (5.0, 3.2),
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.hspace": 0.06,  # a title keeps clear of the axis above it
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, PURPLE, YELLOW, SKY]),
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "image.composite_image": False,
    "mathtext.fontset": "cm",
}


def canvas(rows=1, columns=1, *, height=3.2, width=5.0, **options):
    """A figure in the book's style and its axes: `plt.subplots` with our defaults.

    height, width: inches. Returns (fig, ax) or (fig, array of axes), as `plt.subplots` does.
    """
    plt.rcParams.update(STYLE)  # not only while the axes are made: lines and legends come later
    return plt.subplots(rows, columns, figsize=(width, height), **options)


def with_looks(looks, things, what="curves"):
    """Pairs of a look and a thing, each with its own. ValueError where there are more things than looks."""
    if len(things) > len(looks):
        raise ValueError(
            f"{what}: expected at most {len(looks)}, each with a look of its own, got {len(things)}"
        )
    return zip(looks[: len(things)], things, strict=True)


def curves(ax, lines, looks, **options):
    """Draw curves with names: lines is {name: (x, y)}, looks a (colour, line style) for each.

    options: what holds for all of them, as `plot` takes it. Returns the lines.
    """
    return [
        ax.plot(*line, color=colour, linestyle=style, label=name, **options)[0]
        for (colour, style), (name, line) in with_looks(looks, list(lines.items()))
    ]


def name_axes(ax, x, y, title=None):
    """Names for both axes: no figure of this book has a nameless axis."""
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    if title is not None:
        ax.set_title(title)


def contour_lines(ax, function, x_range, y_range, levels=12, points=81):
    """Level lines of a function of two numbers, in grey: a map of a surface.

    `function` takes two arrays of one shape and returns heights of that shape.
    """
    x, y = np.meshgrid(np.linspace(*x_range, points), np.linspace(*y_range, points))
    return ax.contour(x, y, function(x, y), levels=levels, colors=GREY, linewidths=0.8, alpha=0.7)
