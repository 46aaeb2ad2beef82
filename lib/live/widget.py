"""The face of a live figure in a notebook: ipywidgets, one picture that is replaced in place.

Works with ipywidgets 7.7.1 (Colab) and 8. A slider that is dragged faster than `update` runs does
not pile up work: its front end sends the newest position when the kernel is done with the last.
"""

import traceback
from html import escape

from ipywidgets import HTML, Button, Dropdown, HBox, Image, Layout, Play, SelectionSlider, VBox, jslink

from lib.live.scene import Scene


class LiveFigure(VBox):
    """Arguments: those of `lib.explore.explore`, read and checked. `line` is its constant text form."""

    def __init__(self, fig, update, parameters, start, *, line, alt, animate):
        self.line, self.parameters, self.start = line, parameters, start
        self.place = list(start)
        self.scene = Scene(fig, update, self.values())
        width, _ = self.scene.canvas.get_width_height()
        self.image = Image(
            value=self.scene.picture(), format="png", layout=Layout(width=f"{width}px", max_width="100%")
        )
        self.alt = (
            f'<span role="img" aria-label="{escape(alt)}"></span>'  # the picture itself has no place for it
        )
        self.sentence = HTML(self.said())
        self.trouble = HTML()
        self.controls = [control(*pair) for pair in zip(parameters, start, strict=True)]
        for widget in self.controls:
            widget.observe(self.moved, "index")
        super().__init__(
            [self.image, self.sentence, *self.controls, HBox(self.buttons(animate)), self.trouble]
        )

    def __repr__(self):
        return self.line  # what a stored notebook holds, and its tests compare

    def values(self):
        """{parameter: value} where the sliders stand."""
        return {p.name: p.values[place] for p, place in zip(self.parameters, self.place, strict=True)}

    def said(self):
        return self.alt + escape(self.scene.sentence)

    def moved(self, _=None):
        """Follow the sliders. What `update` raises is shown under the figure, and raised."""
        place = [widget.index for widget in self.controls]
        if place == self.place:
            return
        self.place = place
        try:
            self.scene.move(self.values())
            self.image.value = self.scene.picture()
        except BaseException:
            self.trouble.value = f"<pre>{escape(traceback.format_exc())}</pre>"
            raise
        self.sentence.value = self.said()
        self.trouble.value = ""

    def reset(self, _=None):
        for widget, place in zip(self.controls, self.start, strict=True):
            widget.index = place

    def buttons(self, animate):
        """Reset, and for a parameter that runs by itself: play and step."""
        reset = Button(description="Reset")
        reset.on_click(self.reset)
        if animate is None:
            return [reset]
        number = [parameter.name for parameter in self.parameters].index(animate)
        widget, last = self.controls[number], len(self.parameters[number].values) - 1

        def one_step(_):
            widget.index = min(widget.index + 1, last)

        play = Play(value=widget.index, min=0, max=last, interval=100)
        jslink((play, "value"), (widget, "index"))
        step = Button(description="Step")
        step.on_click(one_step)
        return [play, step, reset]


def control(parameter, place):
    """A slider over the positions, or a menu of words."""
    kind = Dropdown if parameter.is_choice else SelectionSlider
    return kind(
        options=[(text, number) for number, text in enumerate(parameter.texts)],
        index=place,
        description=parameter.label,
        style={"description_width": "initial"},
        layout=Layout(width="auto", max_width="500px"),
    )
