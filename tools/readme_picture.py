"""Draw the picture in README.md: a network learns XOR, in four moments of its training.

usage: python tools/readme_picture.py     (writes docs/learning-xor.svg)

The picture is stored because README is read where nothing runs. It stands on a card of its own
colour, so that it can be read on a light and on a dark page.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from lib import MSE, Network, Sigmoid, xor
from lib.figures.backward import draw_points
from lib.figures.base import BLUE, GREY, ORANGE, canvas, name_axes
from lib.figures.training import film, level_line

TARGET = Path(__file__).resolve().parent.parent / "docs" / "learning-xor.svg"
MOMENTS = (20, 140, 190, 2000)  # epochs: the plateau, its end, the fall, the end


def draw():
    """The plane at four epochs, and the cost over all of them."""
    X, y = xor()
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    epochs = np.unique([0, *np.geomspace(1, 2000, 90).astype(int), *MOMENTS])
    answers, costs = film(network, MSE(), X, y, np.array([5.0]), epochs)

    fig, grid = canvas(2, 4, height=3.9, width=8.6, height_ratios=(1.35, 1))
    fig.set_facecolor("white")
    for ax, epoch in zip(grid[0], MOMENTS, strict=True):
        moment = list(epochs).index(epoch)
        draw_points(ax, X, y)
        ax.plot(*level_line(answers[moment, 0], 0.5, 41), color=BLUE, linewidth=2.5)
        ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xticks=[0, 1], yticks=[0, 1], aspect="equal")
        ax.set_title(f"epoch {epoch}\ncost {costs[moment, 0]:.4f}")
    gridspec = grid[1, 0].get_gridspec()
    for ax in grid[1]:
        ax.remove()
    below = fig.add_subplot(gridspec[1, :])
    below.plot(epochs, costs[:, 0], color=BLUE)
    seen = [list(epochs).index(epoch) for epoch in MOMENTS]
    below.plot(epochs[seen], costs[seen, 0], "o", color=ORANGE, markersize=8)
    below.axhline(0.25, color=GREY, linewidth=1, linestyle=":")
    below.set(xscale="symlog", yscale="log", xlim=(0, 2200))
    below.set_xticks([0, 1, 10, 100, 1000], ["0", "1", "10", "100", "1000"])
    name_axes(below, "epoch", "cost $C$")
    return fig


def main():
    TARGET.parent.mkdir(exist_ok=True)
    fig = draw()
    plt.rcParams["svg.hashsalt"] = "learning-xor"  # the same file every time
    fig.savefig(TARGET, metadata={"Date": None})
    text = TARGET.read_text("utf-8")
    TARGET.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
