"""Figures on the page: `show` for those that stand still, `explore` for those that answer a slider.

Each has two faces. In a notebook: a picture, or widgets that run `update` at every event. On the
website, where no kernel runs: inline SVG with everything it needs. While the book is built,
`_ext/course.py` says so in the environment variable BOOK_BUILD, which `lib` looks at here alone.
"""

import hashlib
import math
import os
import re

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure

from lib.checks import function
from lib.live.page import live_page, still_page
from lib.live.sliders import Slider, read_parameters
from lib.live.widget import LiveFigure
from lib.prose import say

__all__ = ["Slider", "explore", "show"]


def explore(fig, update, sliders, *, name, alt, caption=None, start=None, animate=None):
    """Show a figure that its reader can move.

    fig: a Matplotlib figure with all its artists and limits.
    update: a function that takes one value of each slider by name, moves artists by their set_…
        methods and returns a sentence that says the figure's number: "cost after 50 steps: 0.031".
        It gives the same figure for the same values, whatever was shown before.
    sliders: {"learning_rate": positions}, one or two of them, at most 600 positions in all; an
        array of numbers, a list of words, or `Slider(positions, label="…", unit="…")`.
    name: a short name, its own on the page: it stands in links, #name.learning_rate=0.1.
    alt: what the figure shows, in words, for readers who cannot see it.
    caption: its number and what to look at, in Markdown: "**Figure 4.3.** The path zigzags …".
    start: {"learning_rate": one of its positions}; by default each slider stands at its first.
    animate: the slider that gets a play and a step button.
    Raises ValueError for anything else, and where `update` adds or removes artists or changes
    limits. What `update` raises itself is not caught.
    """
    fig, alt, caption = figure(fig), sentence("alt", alt), caption_of(caption)
    function("update", update)
    if not isinstance(name, str) or not re.fullmatch("[a-z][a-z0-9_-]*", name):
        raise ValueError(
            f"name: expected small letters, digits, - and _, starting with a letter, got {name!r}"
        )
    parameters = read_parameters(sliders)
    names = [parameter.name for parameter in parameters]
    start = {} if start is None else start
    if not isinstance(start, dict) or not set(start) <= set(names):
        raise ValueError(f"start: expected {{name: position}} for {' or '.join(names)}, got {start!r}")
    places = [p.place(start[p.name]) if p.name in start else 0 for p in parameters]
    if animate is not None and not (isinstance(animate, str) and animate in names):
        raise ValueError(f"animate: expected {' or '.join(names)}, got {animate!r}")

    count = math.prod(len(parameter.values) for parameter in parameters)
    plt.close(fig)  # else the notebook would draw it a second time
    line = f"<live figure {name}: {' × '.join(names)}, {count} positions>"
    if being_built():
        put(live_page(fig, update, parameters, places, name=name, alt=alt, animate=animate), line)
    else:
        display(LiveFigure(fig, update, parameters, places, line=line, alt=alt, animate=animate))
    if caption:
        say(caption)


def show(fig, *, alt, caption=None):
    """Show a Matplotlib figure that stands still.

    alt: what the figure shows, in words; it ends up as the picture's alternative text.
    caption: its number and what to look at, in Markdown: "**Figure 4.3.** The path zigzags …".
    Raises ValueError for an empty alt or caption, or for what is no figure.
    """
    fig, alt, caption = figure(fig), sentence("alt", alt), caption_of(caption)
    plt.close(fig)  # else the notebook would draw it a second time
    if being_built():
        line = repr(fig)
        prefix = "f" + hashlib.sha256(alt.encode()).hexdigest()[:8]  # all it needs is to differ from others
        put(drawn(fig, alt, prefix), line)
    else:
        display(fig, metadata={"image/png": {"alt": alt}})
    if caption:
        say(caption)


def drawn(fig, alt, prefix):
    """The HTML of a figure; closed, else the notebook would draw it a second time."""
    plt.close(fig)
    return still_page(fig, alt, prefix)


def figure(fig):
    """`fig` as it is, or ValueError: its axes, or the pair that `canvas` returns, are no figure."""
    if not isinstance(fig, Figure):
        raise ValueError(f"fig: expected a Matplotlib figure, got {fig!r}")
    return fig


def sentence(name, text):
    """`text` as it is, or ValueError where it says nothing."""
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{name}: expected a sentence that says what the figure shows, got {text!r}")
    return text


def caption_of(caption):
    """`caption` as it is, or ValueError where it has no number in front; None where there is none."""
    if caption is None:
        return None
    if not re.match(r"\*\*Figure \d+\.\d+\.\*\* \S", sentence("caption", caption)):
        raise ValueError(f"caption: expected '**Figure 4.3.** What to look at', got {caption!r}")
    return caption


def being_built():
    """Whether this kernel makes a page of the website."""
    return os.environ.get("BOOK_BUILD") == "html"


def put(html, line):
    """Show `html`; `line` stands for it where only text is kept."""
    display({"text/html": html, "text/plain": line}, raw=True)
