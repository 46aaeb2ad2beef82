"""The icons as drawings in the page, and no script of 540 KB gzipped that draws them there.

In the theme's pages an icon is an empty element with a name, `<i class="fas fa-rocket">`. A script that
holds two thousand drawings puts the right one in its place; the theme's styles are made for the result.
Here the build does it, once, with the outlines of the icon fonts that the theme brings along. What is
left for a font are the icons that styles put before a title, as letters: it is cut down to those.
"""

import base64
import functools
import io
import re

import theme
from fontTools import subset
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HEIGHT, TOP = 512, 448  # units of the fonts, whose letters stand on 0 and reach up to TOP
NAMED = re.compile(r"\.fa-([\w-]+):before")
ICON = re.compile("[\ue000-\uf8ff]")  # where Unicode leaves room for letters of one's own
FONT = re.compile(r"url\(([^)]*webfonts/[^)]+\.ttf)\)")  # the theme's; the letters of formulas are no icons


def draw(site, page):
    for element in page.soup.find_all(["i", "span"], class_=theme.ICON_FONTS.keys()):
        classes = element["class"]
        font = next(theme.ICON_FONTS[one] for one in classes if one in theme.ICON_FONTS)
        name = next(one.removeprefix("fa-") for one in classes if one.removeprefix("fa-") in letters(site))
        width, outline = drawing(site, font, letters(site)[name])
        classes = ["svg-inline--fa", *(one for one in classes if one not in theme.ICON_FONTS)]
        kept = {key: value for key, value in element.attrs.items() if key.startswith("data-")}
        svg = page.soup.new_tag(
            "svg", attrs={"class": classes, "aria-hidden": "true", "viewBox": f"0 0 {width} {HEIGHT}"} | kept
        )
        svg.append(page.soup.new_tag("path", attrs={"fill": "currentColor", "d": outline}))
        element.replace_with(svg)


@functools.cache
def letters(site):
    """{name of an icon: its letter}, as the theme's styles have them."""
    css = (site.folder / theme.ICON_NAMES).read_text("utf-8")
    found = re.findall(r'((?:\.fa-[\w-]+:before,?)+)\{content:"(\\[0-9a-f]+|[^"\\])"', css)
    if not found:
        raise theme.misfit(f"{theme.ICON_NAMES}: expected icons' names, `.fa-bars:before`, found none")
    return {
        name: chr(int(letter[1:], 16)) if letter[0] == "\\" else letter
        for selectors, letter in found
        for name in NAMED.findall(selectors)
    }


@functools.cache
def open_font(path):
    return TTFont(path)


@functools.cache
def drawing(site, name, letter):
    """Width and outline of a letter, as a path of SVG, where y goes down."""
    font = open_font(site.folder / theme.ICON_FOLDER / name)
    glyphs = font.getGlyphSet()
    glyph = glyphs[font.getBestCmap()[ord(letter)]]
    pen = SVGPathPen(glyphs)
    glyph.draw(TransformPen(pen, (1, 0, 0, -1, 0, TOP)))
    return glyph.width, pen.getCommands()


def with_letters(site, rules):
    """The rules without those of drawn icons, each icon font cut down to the letters that are left."""
    rules = [rule for rule in rules if not all(NAMED.fullmatch(one) for one in rule.head.split(","))]
    found = {ord(icon) for icon in ICON.findall("".join(map(str, rules)))}
    kept = []
    for rule in rules:
        font = FONT.search(str(rule)) if rule.head == "@font-face" else None
        if font:
            small = cut(site.folder / "_static" / font[1], found)
            if not small:
                continue
            source = f"url(data:font/woff;base64,{base64.b64encode(small).decode()})"
            rule.declarations = [(name, source if name == "src" else it) for name, it in rule.declarations]
        kept.append(rule)
    return kept


def cut(path, wanted):
    """The font with no more than these letters, as the bytes of a WOFF file; none if it has none of them."""
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], drop_tables=["FFTM"])
    font = subset.load_font(path, options)
    found = wanted & set(font.getBestCmap())
    if not found:
        return b""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=found)
    cutter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()
