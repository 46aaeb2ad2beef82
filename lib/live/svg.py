"""Matplotlib's own SVG, made fit to stand inside a web page beside others of its kind.

Its ids are its own in the whole page, its definitions stand once at its top, its colours and
letters follow the page, its numbers have two decimals. Nothing here knows about sliders.
"""

import re
from io import StringIO
from xml.etree import ElementTree

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG

from lib.figures import base
from lib.live.scene import drawn_by

# Black is the page's ink, white its paper; `_static/book.css` has the dark theme's values.
COLOURS = {"#000000": "currentColor", "#ffffff": "var(--figure-paper,#fff)"}
COLOURS |= {value.lower(): f"var(--figure-{name},{value.lower()})" for name, value in base.COLOURS.items()}

SETTINGS = {
    "image.composite_image": False,  # else images of one axes melt into one
    "svg.image_inline": True,
    "svg.hashsalt": "book",  # else ids differ from run to run
}
LARGEST = 1.3  # px for a point: 11 points are 14.3 px
ROOT = '<svg xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
HREF = "{http://www.w3.org/1999/xlink}href"
TAG = re.compile(r"^<\w+")
COLOUR = re.compile("#[0-9a-f]{6}")
COMMAND = re.compile(r"\s*([MLCQz])\s*")
NUMBER = re.compile(r"-?\d+\.\d+")
REFERENCE = re.compile(r"(?<=#)[^)]+")
UNTURNED = re.compile(r"rotate\(-?0 .*\)")


class Renderer(RendererSVG):
    """Words stay text, in the page's letters; formulas become outlines, each glyph in its place."""

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        plt.rcParams["svg.fonttype"] = "path" if ismath else "none"
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)


class Sheet:
    """The paper a figure is drawn on, whole or in parts, any number of times.

    fig: a Matplotlib figure at 72 dpi, so that a unit of the drawing is a point;
    prefix: what all ids begin with.
    """

    def __init__(self, fig, prefix):
        self.fig, self.prefix = fig, prefix
        self.definitions, self.same = {}, {}  # our id -> markup, and back
        self.ids = {}  # Matplotlib's id -> ours
        self.size = fig.get_size_inches() * 72
        self.buffer = StringIO()
        with plt.rc_context(SETTINGS):
            self.renderer = Renderer(*self.size, self.buffer)
        for box in (fig, *fig.findobj(Axes)):
            if box.patch.get_facecolor() == (1, 1, 1, 1):
                box.patch.set_visible(False)  # the page is the paper

    def draw(self, artist):
        """This artist, or the whole figure, as it looks now: a tree of SVG elements."""
        self.take()
        with plt.rc_context(SETTINGS):
            artist.draw(self.renderer)
        return self.tidy(self.take())

    def draw_around(self, artists):
        """The whole figure as it looks now, in two: its markup with an empty group in the place of
        each of `artists` (data-part="0" is the first), and a list of what belongs inside them.
        """

        def in_group(artist, renderer):
            renderer.writer.start("g", attrib={"data-part": str(artists.index(artist))})
            type(artist).draw(artist, renderer)
            renderer.writer.end("g")

        with drawn_by(artists, in_group):
            tree = self.draw(self.fig)
        contents = [""] * len(artists)
        for group in tree.findall(".//g[@data-part]"):
            contents[int(group.get("data-part"))] = inner(group)
            group[:] = []
        return inner(tree), contents

    def svg(self, drawing, alt, kind=""):
        """The complete `<svg>`, of a class `kind`: a drawing, and the definitions of all drawn so far.

        It is as wide as its place allows, up to LARGEST: then its letters are a little smaller than
        those of the text.
        """
        self.take()
        self.renderer.finalize()  # writes the clip paths
        self.tidy(self.take().replace("</svg>", ""))
        width, height = self.size
        attributes = {
            "role": "img",
            "aria-label": alt,
            "viewBox": f"0 0 {width:g} {height:g}",
            "style": f"max-width:{LARGEST * width:.4g}px",
            "fill": "currentColor",
            "stroke-linejoin": "round",
        } | ({"class": kind} if kind else {})
        root = ElementTree.tostring(ElementTree.Element("svg", attributes), encoding="unicode")
        definitions = [TAG.sub(rf'\g<0> id="{id}"', text) for id, text in self.definitions.items()]
        return f"{root.removesuffix(' />')}><defs>{''.join(definitions)}</defs>{drawing}</svg>"

    def take(self):
        """What Matplotlib has written since the last call."""
        text = self.buffer.getvalue()
        self.buffer.seek(0)
        self.buffer.truncate()
        return text

    def tidy(self, text):
        """Matplotlib's text as a tree in our form, with its definitions put aside."""
        tree = ElementTree.fromstring(ROOT.format(text))
        for parent in list(tree.iter()):
            for block in parent.findall("defs"):
                parent.remove(block)
                for definition in block:
                    self.define(definition)
        for element in tree.iter():
            self.tidy_element(element)
        return tree

    def define(self, definition):
        """Keep a definition once, however often and under whatever ids Matplotlib writes it."""
        old = definition.attrib["id"]
        for element in definition.iter():
            self.tidy_element(element)
        text = markup(definition)
        if old not in self.ids and text in self.same:
            self.ids[old] = self.same[text]
        self.definitions[self.id(old)] = text
        self.same.setdefault(text, self.id(old))

    def id(self, old):
        """Our id for Matplotlib's."""
        return self.ids.setdefault(old, f"{self.prefix}-{len(self.ids)}")

    def tidy_element(self, element):
        """Bring one element into our form, in place."""
        share_style(element)
        attributes = element.attrib
        element.tail = None
        if element.tag != "text":
            element.text = None
        if attributes.pop("id", "").startswith("text_"):
            attributes["class"] = "text"  # words need more contrast than lines do
        if HREF in attributes:
            target = attributes.pop(HREF).replace(" ", "")
            attributes["href"] = f"#{self.id(target[1:])}" if target.startswith("#") else target
        if "fill" in attributes:  # the ground of a hatching; only in a style can it follow the page
            attributes["style"] = f"fill: {attributes.pop('fill')}"
        for key, value in list(attributes.items()):
            if key == "style":
                attributes[key] = self.style(value)
            elif key == "clip-path":
                attributes[key] = self.refer(value)
            elif key == "transform":
                attributes[key] = UNTURNED.sub("", NUMBER.sub(rounded(5), value))
            elif key == "d":
                attributes[key] = COMMAND.sub(r"\1", NUMBER.sub(rounded(2), value)).strip()
            elif key in ("x", "y", "width", "height"):
                attributes[key] = NUMBER.sub(rounded(2), value)
        if attributes.get("transform") == "":
            del attributes["transform"]

    def refer(self, text):
        return REFERENCE.sub(lambda old: self.id(old[0]), text)

    def style(self, text):
        """A style with the page's colours and the page's letters."""
        properties = dict(re.split(": ?", pair, maxsplit=1) for pair in re.split("; ?", text))
        family = properties.pop("font-family", "sans-serif").split(", ")[-1]
        if family != "sans-serif":
            properties["font-family"] = family
        if "font" in properties:  # Matplotlib before 3.10 writes all in one
            properties["font"] = properties["font"].split("px")[0] + "px var(--figure-font,sans-serif)"
        if properties.get("fill", "").startswith("url"):
            properties["fill"] = self.refer(properties["fill"])
        text = ";".join(f"{key}:{value}" for key, value in properties.items())
        return COLOUR.sub(page_colour, text)


def page_colour(found):
    """The page's own value for a colour of Matplotlib's, or ValueError where the page has none."""
    if found[0] not in COLOURS:
        raise ValueError(
            f"colour: expected one of lib.figures ({', '.join(base.COLOURS).upper()}), black or white, which "
            f"a dark page has partners for, got {found[0]}"
        )
    return COLOURS[found[0]]


def share_style(group):
    """Move a style that all children have to their group: markers repeat it at every point."""
    styles = {child.get("style") if child.tag == "use" else None for child in group}
    if group.tag == "g" and len(group) > 1 and len(styles) == 1 and None not in styles:
        group.set("style", styles.pop())
        for child in group:
            del child.attrib["style"]


def rounded(digits):
    """A function from a match of NUMBER to its shortest form, at most so many decimals long."""
    return lambda number: f"{float(number[0]):z.{digits}f}".rstrip("0").rstrip(".")


def markup(element):
    return ElementTree.tostring(element, encoding="unicode")


def inner(element):
    return "".join(map(markup, element))
