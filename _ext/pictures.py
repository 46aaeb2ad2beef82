"""The pictures that stand for the course elsewhere: on the card of a shared link, and in a browser's tab.

Both show what the course is about. A network with two hidden neurons has learned XOR: two lines, with
the two discs between them and a square on either side.
"""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from lib import MSE, Network, Sigmoid, xor
from lib.figures.backward import draw_points
from lib.figures.base import BLUE, GREEN, GREY, PURPLE, STYLE
from lib.figures.training import film, level_line

CARD = "card.png"
CARD_SIZE = (1200, 630)  # what the services that show cards ask for
CARD_WORDS = (
    "The title, Mathematics of the backward pass, beside the plane of XOR after 2000 epochs: two blue lines "
    "with the two discs between them and a square on either side. Below, the cost falls from epoch to epoch."
)
INK = "#222832"


def card():
    """The title on the left; on the right the plane after training, and the cost on the way there."""
    X, y = xor()
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    epochs = np.unique([0, *np.geomspace(1, 2000, 90).astype(int)])
    answers, costs = film(network, MSE(), X, y, np.array([5.0]), epochs)

    fig = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
    words = {"x": 0.055, "color": INK, "ha": "left", "va": "top"}
    fig.text(
        y=0.87, s="Mathematics\nof the\nbackward pass", fontsize=50, weight="bold", linespacing=1.25, **words
    )
    fig.text(
        y=0.36,
        s="How a neural network learns:\nby hand, in NumPy, proven with SymPy",
        fontsize=22,
        linespacing=1.5,
        **words,
    )
    fig.text(y=0.16, s="A free course in five chapters", fontsize=20, **words | {"color": "#5c6670"})

    above = fig.add_axes((0.655, 0.36, 0.31, 0.31 * 12 / 6.3))
    draw_points(above, X, y)
    for points in above.lines:
        points.set_markersize(22)
    above.plot(*level_line(answers[-1, 0], 0.5, 41), color=BLUE, linewidth=5)
    above.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=[], yticks=[])
    below = fig.add_axes((0.655, 0.08, 0.31, 0.2))
    below.plot(epochs, costs[:, 0], color=BLUE, linewidth=4)
    below.set(xscale="symlog", yscale="log", xlim=(0, 2000), xticks=[], yticks=[])
    below.minorticks_off()
    for side in (*above.spines.values(), *below.spines.values()):
        side.set(color=GREY, linewidth=1.5)
    return fig


def icon():
    """The same plane, as little as it takes: it is seen an eighth of an inch wide."""
    fig = Figure(figsize=(1, 1))
    fig.patch.set_alpha(0)
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 32), ylim=(0, 32))
    ax.axis("off")
    paper = mpl.patches.FancyBboxPatch((4, 4), 24, 24, "round,pad=4,rounding_size=7", fc="white", ec="none")
    ax.add_patch(paper)
    ax.plot([2.5, 20.5], [11.5, 29.5], color=BLUE, lw=5)
    ax.plot([11.5, 29.5], [2.5, 20.5], color=BLUE, lw=5)
    for low, high, marker, colour in ((9.5, 22.5, "o", PURPLE), (6.5, 25.5, "s", GREEN)):
        ends = [low, high]
        ax.plot(ends, ends if marker == "o" else ends[::-1], marker, color=colour, ms=15, markeredgewidth=0)
    return fig


def write(folder):
    """`card.png`, `icon.svg` and `icon.png` in this folder, the same bytes every time."""
    folder = Path(folder)
    with mpl.rc_context(STYLE | {"figure.constrained_layout.use": False, "svg.hashsalt": "icon"}):
        card().savefig(folder / CARD, dpi=100, metadata={"Software": None})
        icon().savefig(folder / "icon.png", dpi=192, metadata={"Software": None})
        icon().savefig(folder / "icon.svg", metadata={"Date": None, "Creator": None})
