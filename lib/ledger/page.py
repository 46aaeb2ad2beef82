"""All statements as Markdown: a card each, with what its check computes, and a filter on the website."""

from html import escape

from lib.explore import being_built
from lib.ledger import SECTIONS, VERDICTS, anchor
from lib.prose import say

# The deck's order is that of the course, and so a chapter's place in it is its number.
CHAPTERS = list(dict.fromkeys(section.chapter for section in SECTIONS if section.numbered))


def show_statements():
    """Show the whole ledger; on the website, under a filter for section and verdict."""
    cards = [f"### {section.title}\n\n" + "\n".join(map(card, section.statements)) for section in SECTIONS]
    say("\n\n".join([chooser(), *cards] if being_built() else cards))


def card(statement):
    """One statement: its numbers and verdict, and under them what there is to say."""
    lines = {
        "The slide prints": statement.prints,
        "Correct" if statement.verdict != "correct" else "Holds": statement.correct,
        "Why it matters": statement.why,
        "Computed": statement.shows,
        "Rests on": statement.support,
        "Taught in": taught(statement),
    }
    first, *others = (f"s{number}" for number in statement.numbers)
    marks = "".join(f'<span id="{other}"></span>' for other in others)
    words = "\n".join(f"- *{name}:* {text}" for name, text in lines.items() if text)
    return (
        f'<div class="statement" id="{first}" data-section="{escape(statement.section)}" '
        f'data-verdict="{statement.verdict}">{marks}\n\n'
        f'**{statement.name}** <span class="verdict">{statement.verdict}</span>\n\n{words}\n\n</div>\n'
    )


def taught(statement):
    """A link to the heading that teaches it: the build of the book refuses one that leads nowhere."""
    chapter, heading = statement.taught.split("#")
    file = f"{chapter}.ipynb" if chapter in CHAPTERS else f"{chapter}.md"
    number = f"chapter {CHAPTERS.index(chapter) + 1}, " if chapter in CHAPTERS else ""
    return f"[{number}{heading}]({file}#{anchor(heading)})"


def chooser():
    """Two native menus; `_static/ledger.js` brings them to life and shows them."""
    sections = "".join(f"<option>{escape(section.title)}</option>" for section in SECTIONS)
    verdicts = "".join(f"<option>{verdict}</option>" for verdict in VERDICTS)
    return (
        '<form class="ledger-filter" hidden>'
        f'<label>Section <select name="section"><option value="">all</option>{sections}</select></label>'
        f'<label>Verdict <select name="verdict"><option value="">all</option>{verdicts}</select></label>'
        '<output aria-live="polite"></output></form>'
    )
