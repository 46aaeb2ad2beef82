"""A figure that moves: which of its artists do, and what it looks like now, as pixels.

`update` is the author's function: it takes one value for each parameter, moves artists by their
`set_…` methods and returns a sentence. What stands here holds for the page and for a live kernel.
"""

from contextlib import contextmanager
from functools import partial
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import FigureBase
from matplotlib.legend import Legend
from matplotlib.text import Annotation
from PIL import Image


@contextmanager
def drawn_by(artists, draw):
    """While this holds, Matplotlib draws these artists by draw(artist, renderer)."""
    for artist in artists:
        artist.draw = partial(draw, artist)
    try:
        yield
    finally:
        for artist in artists:
            del artist.draw


class Scene:
    """A figure at rest and the function that moves it, already at its start.

    fig: a Matplotlib figure; update: see `lib.explore.explore`; start: {parameter: value};
    canvas: what it is drawn on, pixels or SVG.
    Afterwards: `sentence`, what `update` last said; `moving`, the artists it has changed so far.
    Raises ValueError where `update` does what only a redraw of everything could show.
    """

    def __init__(self, fig, update, start, canvas=FigureCanvasAgg):
        self.fig, self.update = fig, update
        self.canvas = canvas(fig)  # the layout depends on who draws: letters have other widths
        if any(legend._loc == 0 for legend in fig.findobj(Legend)):
            raise ValueError(
                "legend: expected a place such as loc='upper right', got 'best', which would jump"
            )
        fig.draw_without_rendering()  # settles limits and ticks that were left open
        boxes = fig.findobj(lambda artist: isinstance(artist, (Axes, FigureBase)))
        self.boxes, self.axes = boxes, fig.findobj(Axis)
        self.parts = {
            artist: parts(artist) for box in boxes for artist in box.get_children() if artist not in boxes
        }
        self.moving, self.foreground, self.background = [], [], None
        self.fixed = self.children(), self.limits()
        self.move(start)
        for _ in range(2):  # a layout needs a second look at its own result
            fig.draw_without_rendering()
        fig.set_layout_engine("none")  # from here on the layout stays, whatever moves

    def children(self):
        return [box.get_children() for box in self.boxes]

    def limits(self):
        return [tuple(axis.get_view_interval()) for axis in self.axes]

    def move(self, values):
        """Run `update`, see what it touched, and refuse what it must not do."""
        for artists in self.parts.values():
            for artist in artists:
                artist.stale = False  # Matplotlib's own mark of a change since the last drawing
        self.sentence = self.update(**values)
        if not isinstance(self.sentence, str) or not self.sentence.strip():
            raise ValueError(
                f"update: expected it to return a sentence about the figure, got {self.sentence!r}"
            )
        children, limits = self.fixed
        if self.children() != children:
            raise ValueError(
                "update: it added or removed artists; draw each once, before, and move it by set_data"
            )
        if self.limits() != limits:
            raise ValueError(
                "update: it changed the limits of an axis; set them once, wide enough for every value"
            )
        for artist, own in self.parts.items():
            if artist not in self.moving and (tells_nothing(artist) or any(part.stale for part in own)):
                self.moving.append(artist)
                self.background = None

    def picture(self):
        """The figure as it stands, as PNG: only what moves, and what lies above it, is drawn anew."""
        renderer = self.canvas.get_renderer()
        if self.background is None:
            order = []
            with drawn_by(self.parts, lambda artist, _: order.append(artist)):
                self.fig.draw(renderer)
            lowest = min(
                (order.index(artist) for artist in self.moving if artist in order), default=len(order)
            )
            self.foreground = order[lowest:]
            with drawn_by(self.foreground, lambda artist, _: None):
                self.canvas.draw()
            self.background = self.canvas.copy_from_bbox(self.fig.bbox)
        self.canvas.restore_region(self.background)
        for artist in self.foreground:
            artist.draw(renderer)
        png = BytesIO()
        Image.fromarray(np.asarray(self.canvas.buffer_rgba())).save(png, "png", compress_level=1)
        return png.getvalue()


def parts(artist):
    """The artists whose change is a change of this one. Of an axis, its name; ticks stay."""
    if isinstance(artist, Axis):
        return [artist, artist.label]
    return artist.findobj()


def tells_nothing(artist):
    """An annotation's `xy` is a plain attribute: nobody hears when it changes."""
    return isinstance(artist, Annotation)
