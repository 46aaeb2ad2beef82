"""Of the icon fonts, 300 KB, the two dozen icons that the book shows, within the style sheet.

An icon is a letter that a style puts before an element. The letters that are left in the styles, when
those that no page uses are gone, are those that the fonts have to hold.
"""

import base64
import io
import re

from fontTools import subset

ICON = re.compile("[\ue000-\uf8ff]")  # where Unicode leaves room for letters of one's own
FONT = re.compile(r"url\(([^)]+\.woff2)\)")


def with_subsets(site, rules):
    """The rules, each icon font in them replaced by its used letters, or dropped where it has none."""
    icons = set(ICON.findall("".join(map(str, rules))))
    kept = []
    for rule in rules:
        font = FONT.search(str(rule)) if rule.head == "@font-face" else None
        if font:
            small = letters_of(site.folder / "_static" / font[1], icons)
            if not small:
                continue
            source = f"url(data:font/woff;base64,{base64.b64encode(small).decode()})"
            rule.declarations = [(name, source if name == "src" else it) for name, it in rule.declarations]
        kept.append(rule)
    return kept


def letters_of(path, icons):
    """The font with these letters only, as the bytes of a WOFF file; none where it has none of them."""
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], drop_tables=["FFTM"])
    font = subset.load_font(path, options)
    found = {ord(icon) for icon in icons} & set(font.getBestCmap())
    if not found:
        return b""
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=found)
    subsetter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()
