"""What isn't on the screen isn't laid out before the reader moves.

A chapter is fifty screens long, and to lay it out takes a phone seconds. `content-visibility: auto`
lets a browser leave out what is far from the screen; but then it guesses heights, the scroll bar with
them, and a link into the page lands where the guess says. So the blocks are left out only while the
reader looks at the first screen. At the first move `layout.js` has them laid out, in slices too short
to be felt, after which the page is an ordinary one. A link that is followed has all of them laid out at
once; a page that is opened at a link, or again, or by *back*, never leaves out any (`head.js`).

Measured on chapter 4 by Lighthouse, as a phone: blocked for 1,200 ms without this; for 160 with it, on
the same busy machine; to go on with slices at once, before anybody has moved, costs 6 s of a phone's
processor. The forms of questions wait with their blocks: for every field that stands in a block which is
not laid out, Chromium lays it out after all, to see whether it could fill the field in. On chapter 5 these
were 40 of 53 layouts, and half of the time.
"""

import json
from pathlib import Path

import theme

from stage.scripts import shortened

HERE = Path(__file__).parent
AT_ONCE = (HERE / "head.js").read_text("utf-8")
LATER = (HERE / "layout.js").read_text("utf-8").replace("/* MAY_BE_WIDE */", json.dumps(theme.MAY_BE_WIDE))
FIRST = 12  # blocks that may be on the first screen, and are laid out at once


def mark_blocks(site, page):
    """The blocks that may wait get the class `later`."""
    blocks = page.soup.select(f"{theme.TEXT} section > :not(section, h1, h2, h3, h4, span)")
    for part in [part for block in blocks for part in parts(block)][FIRST:]:
        part["class"] = [*part.get("class", []), "later"]
    at_once, later = page.soup.new_tag("script"), page.soup.new_tag("script", defer="")
    at_once.string = AT_ONCE
    later["src"] = page.root + site.write("_static/layout.js", shortened(LATER))
    page.soup.head.select_one("meta[charset]").insert_after(at_once, later)


def parts(block):
    """The block; or what follows its menu, which a browser lays out at once with all that is around it.

    Of a list that is longer than a screen, each entry by itself.
    """
    if menu := block.find("select"):
        return (menu.find_parent("form") or menu).find_next_siblings()
    return block.select(".output > .listed") or [block]
