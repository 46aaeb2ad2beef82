"""The letters of the formulas: a font of its own, with just the signs that the book uses.

Phones bring no font for mathematics, and without one a browser can't draw a bracket that grows, or
put an index where it belongs. The font is STIX Two Math, which the package ziamath carries. Once all
pages are written, what their formulas don't use is taken out: 1.5 MB become about 25 KB. A new sign
in a chapter so brings its letter along. Version and licence are written beside it.
"""

import html
import importlib.util
import io
import re
import string
from pathlib import Path

from fontTools import subset, unicodedata
from fontTools.ttLib import TTFont
from sphinx.errors import SphinxError

NAME = "_static/math.woff2"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TOKEN = re.compile(r"<(mi|mn|mo|mtext)\b([^>]*)>([^<]*)<")
ROOT = "√"  # no token: <msqrt> draws it
# What a script may write: a reader's answer, read back as a formula.
ANSWERS = string.ascii_letters + string.digits + "αβγδεηθλμπρστφω" + "+−·×/=≠<>≤≥⊙⊤∑|(),.[]ˆ"
PRIMES = range(0x2032, 0x2038)
TALL, MORE = 2200, 100  # thousandths of an em


def source():
    """The whole font."""
    package = Path(importlib.util.find_spec("ziamath").origin).parent
    return package / "fonts" / "STIXTwoMath-Regular.ttf"


def signs(pages):
    """All characters that the formulas of these texts show, or a script may add to them."""
    found = {*ANSWERS, *map(italic, ANSWERS)}
    for page in pages:
        for formula in FORMULA.findall(page):
            if "<msqrt" in formula or "<mroot" in formula:
                found.add(ROOT)
            for tag, attributes, text in TOKEN.findall(formula):
                text = html.unescape(text)
                found.update(text)
                if tag == "mi" and len(text) == 1 and "mathvariant" not in attributes:
                    found.add(italic(text))
    return {sign for sign in found if unicodedata.category(sign) not in ("Cf", "Mn", "Zs")}


def italic(letter):
    """The sign that a browser shows for <mi>letter</mi>: a variable is written in italics."""
    return ITALICS.get(letter, letter)


def italics():
    """{letter: its italic form among Unicode's mathematical letters}; h was there before them."""
    table = {"h": "ℎ"}
    for code in (*range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D6A6), *range(0x1D6E2, 0x1D71C)):
        if plain := unicodedata.decomposition(chr(code)).removeprefix("<font> "):
            table[chr(int(plain, 16))] = chr(code)
    return table


ITALICS = italics()


def narrow(font):
    """Bring the larger forms of a bracket or a root nearly to the width of the sign itself.

    Chromium leaves as much room for every form as the widest of them takes: there would be gaps
    within all brackets and after all roots. Above two em a sign is built of parts.
    """
    variants = font["MATH"].table.MathVariants
    for name, forms in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True):
        most = font["hmtx"][name][0] + MORE
        if forms.GlyphAssembly:
            low = [form for form in forms.MathGlyphVariantRecord if form.AdvanceMeasurement < TALL]
            forms.MathGlyphVariantRecord = low
            parts = [part.glyph for part in forms.GlyphAssembly.PartRecords]
            squeeze(font, parts, most / max(font["hmtx"][part][0] for part in parts))
        for form in forms.MathGlyphVariantRecord:
            squeeze(font, [form.VariantGlyph], most / font["hmtx"][form.VariantGlyph][0])


def squeeze(font, names, factor):
    """Make glyphs narrower, if the factor says so."""
    if factor < 1:
        for name in set(names):
            glyph, (advance, bearing) = font["glyf"][name], font["hmtx"][name]
            glyph.expand(font["glyf"])
            glyph.coordinates.scale((factor, 1))
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = round(advance * factor), round(bearing * factor)


def make_font(wanted):
    """The font with these signs, as WOFF2, and what it says of itself."""
    font = TTFont(source())
    lower_primes(font)
    missing = sorted(sign for sign in wanted if ord(sign) not in font.getBestCmap())
    if missing:
        raise SphinxError(f"formulas: expected signs that STIX Two Math has, got {' '.join(missing)}")
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, name_IDs=[0, 1, 2, 5, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, wanted))
    subsetter.subset(font)  # keeps the larger brackets and the parts of those that grow
    narrow(font)
    notice = "\n".join(font["name"].getDebugName(number) for number in (1, 5, 0, 13, 14))
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue(), notice + "\n"


def lower_primes(font):
    """Make a prime the large, low one that a superscript wants.

    Fonts offer it as an alternative (feature ssty) that not every browser takes.
    """
    table = font["GSUB"].table
    lookups = [
        table.LookupList.Lookup[number]
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "ssty"
        for number in record.Feature.LookupListIndex
    ]
    for lookup in lookups:
        for part in lookup.SubTable:
            choices = getattr(part, "ExtSubTable", part).alternates
            for names in (own.cmap for own in font["cmap"].tables):
                names.update({code: choices[names[code]][0] for code in PRIMES if names.get(code) in choices})


def write_font(app, error):
    if error is None and app.builder.format == "html":
        folder = Path(app.outdir)
        pages = (Path(app.builder.get_outfilename(name)).read_text("utf-8") for name in app.env.found_docs)
        content, notice = make_font(signs(pages))
        (folder / NAME).write_bytes(content)
        (folder / NAME).with_suffix(".txt").write_text(notice, "utf-8")


def setup(app):
    app.connect("build-finished", write_font)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
