"""A scene as a phone and as a laptop want it: its axes below each other, or side by side.

The author draws one figure, in any arrangement, at sizes for paper. A page is as narrow as 328 px (a
phone of 360) and as wide as 688, and letters of ten points have to be 11 px there or more, and not much
larger than the text anywhere. So the paper is cut to the page and the letters stay as they are.
"""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.text import Text

# Inches. At 1.11 to 1.3 px for a point (`lib.live.svg`) these are 328 to 384 px, and 688 px.
NARROW, PANEL = 4.1, 2.5
WIDE, WIDE_HEIGHT = 7.3, 3.4
LARGEST = 11.5  # points: 15 px


@dataclass(frozen=True)
class Layout:
    """How a figure lies: its name on the page, columns of axes, inches. Without columns: as drawn."""

    name: str
    columns: int | None
    width: float
    height: float


def layouts(fig):
    """The layouts that a figure needs on a page: one for a single drawing, two for several axes."""
    width, height = fig.get_size_inches()
    panels = side_by_side(fig)
    if not panels:
        scale = min(1, NARROW / width)
        return [Layout("", None, scale * width, scale * height)]
    return [
        Layout("narrow", 1, NARROW, min(PANEL * len(panels), stacked_height(fig, panels))),
        Layout("wide", len(panels), WIDE, WIDE_HEIGHT),
    ]


def stacked_height(fig, panels):
    """The height of the figure with its axes below each other, where they aren't, at the same size."""
    return fig.get_figheight() * (1 if panels[0].get_subplotspec().get_gridspec().ncols == 1 else len(panels))


def side_by_side(fig):
    """The axes of a figure that can be laid out anew: two or three, in one row or one column."""
    if len(fig.axes) not in (2, 3) or not all(type(ax) is Axes and ax.get_subplotspec() for ax in fig.axes):
        return []
    grids = {ax.get_subplotspec().get_gridspec() for ax in fig.axes}
    one_grid = len(grids) == 1 and 1 in grids.pop().get_geometry()
    return list(fig.axes) if one_grid else []


def fit(fig):
    """Cut a figure that stands still to the width of a phone; a map, whose scales are equal, in height, too."""
    scale = min(1, NARROW / fig.get_figwidth())
    maps = any(ax.get_aspect() != "auto" for ax in fig.axes)
    fig.set_size_inches(scale * fig.get_figwidth(), (scale if maps else 1) * fig.get_figheight())
    limit_letters(fig)
    break_names(fig)


def break_names(fig):
    """A title or an axis's name that reaches beyond the paper, or a title beyond its panel, takes two lines."""
    fig.set_dpi(72)
    fig.draw_without_rendering()
    for ax in fig.axes:
        for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
            box, paper, words = text.get_window_extent(), fig.bbox, text.get_text()
            beyond = box.x0 < paper.x0 or box.x1 > paper.x1 or box.y0 < paper.y0 or box.y1 > paper.y1
            if (
                words
                and "\n" not in words
                and (beyond or (text is ax.title and box.width > 1.15 * ax.bbox.width))
            ):
                text.set_text(in_two_lines(words))


def in_two_lines(words):
    """Broken at the space nearest to the middle, but within no formula."""
    spaces = [at for at, sign in enumerate(words) if sign == " " and words[:at].count("$") % 2 == 0]
    if not spaces:
        return words
    middle = min(spaces, key=lambda at: abs(at - len(words) / 2))
    return f"{words[:middle]}\n{words[middle + 1 :]}"


def limit_letters(fig):
    """No letters much larger than those of the text around the figure."""
    for text in fig.findobj(Text):
        text.set_fontsize(min(text.get_fontsize(), LARGEST))


def arrange(fig, layout):
    """Lay a figure out, in place; letters and lines keep their sizes."""
    fig.set_size_inches(layout.width, layout.height)
    fig.set_layout_engine("constrained")
    limit_letters(fig)
    if layout.columns is not None:
        place_panels(fig, layout)


def place_panels(fig, layout):
    """All axes in a grid of the layout's columns."""
    panels = side_by_side(fig)
    rows = len(panels) // layout.columns
    old = panels[0].get_subplotspec().get_gridspec()
    # Along the direction in which they were drawn, axes keep their shares of the paper.
    heights = old.get_height_ratios() if old.nrows == rows else None
    widths = old.get_width_ratios() if old.ncols == layout.columns else None
    grid = fig.add_gridspec(rows, layout.columns, height_ratios=heights, width_ratios=widths)
    for ax, place in zip(panels, grid, strict=True):
        ax.set_subplotspec(place)
        own_names(ax, panels, "x" if rows == 1 else "y")


def own_names(ax, panels, which):
    """An axis that was shared with the panel beside it gets numbers and a name of its own."""
    axis = getattr(ax, f"{which}axis")
    axis.set_tick_params(which="both", **{"labelbottom" if which == "x" else "labelleft": True})
    sharing = getattr(ax, f"get_shared_{which}_axes")().get_siblings(ax)
    if not axis.get_label_text():
        names = [getattr(other, f"get_{which}label")() for other in panels if other in sharing]
        axis.set_label_text(next(filter(None, names), ""))
