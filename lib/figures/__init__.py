"""The drawings of the book. Matplotlib is imported here, in `lib.live` and in `lib.explore` only.

Every function returns a figure, or a figure with its axes; `lib.explore.show` puts it on the page.
"""

from lib.figures.base import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, YELLOW, canvas, contour_lines, name_axes

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "ORANGE",
    "PURPLE",
    "SKY",
    "YELLOW",
    "canvas",
    "contour_lines",
    "name_axes",
]
