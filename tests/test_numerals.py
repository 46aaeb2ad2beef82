"""Prose can't drift: a number that is a result is shown by a cell, not typed into the text.

Every numeral in the chapters' Markdown outside formulas, code and links is listed here. What is
left after names ("layer 1", "2-2-1", "Exercise 3") and the marks of a list stands in
`numerals.toml`, paragraph by paragraph, with the reason why it is no result.
"""

import json
import re
import tomllib

import pytest

from tests.browser import ROOT

NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))
ALLOWED = tomllib.loads((ROOT / "tests" / "numerals.toml").read_text("utf-8"))

NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`"  # code
    r"|\$\$.*?\$\$|\$[^$]*\$"  # formulas
    r"|\]\([^)]*\)|<[^>]*>",  # where links lead, tags
    re.DOTALL,
)
NAMES = re.compile(
    r"\bS\d+\b"  # statements of the deck
    r"|\b(?i:chapters?|exercises?|layers?|contoh|figure) \d+(?:(?:, | and | to |–)\d+)*\b"
    r"|\b\d+(?:-\d+)+\b"  # networks
    r"|^\s*\d+\. |\*\*\d+ ★|\[\d+ ",  # a list's marks, an exercise's number, a chapter's in a link
    re.MULTILINE,
)


def paragraphs(notebook):
    """All paragraphs of a notebook's Markdown."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield from re.split(r"\n\s*\n", NOT_PROSE.sub(" ", "".join(cell["source"])))


def numerals(paragraph):
    """The numerals of a paragraph that are neither names nor marks, in order."""
    return re.findall(r"\d+(?:[.,\u202f ]?\d+)*", NAMES.sub(" ", paragraph))


def plain(paragraph):
    """A paragraph's words without marks, to find it again."""
    return " ".join(re.sub(r"[*_>|#-]", " ", paragraph).split())


def unlisted(found, allowed):
    """Paragraphs whose numerals are not those of their entry, and entries without a paragraph."""
    found = {plain(paragraph): numerals(paragraph) for paragraph in found if numerals(paragraph)}
    complaints, used = [], set()
    for words, numbers in found.items():
        entries = [entry for entry in allowed if words.startswith(entry["paragraph"])]
        used.update(entry["paragraph"] for entry in entries)
        if [entry["numerals"] for entry in entries] != [numbers]:
            complaints.append(f"{words[:60]}: {numbers}")
    stale = [entry["paragraph"] for entry in allowed if entry["paragraph"] not in used]
    return complaints + [f"no such paragraph: {words}" for words in stale]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_numeral_in_the_prose_is_accounted_for(notebook):
    assert unlisted(paragraphs(notebook), ALLOWED.get(notebook.stem, [])) == []


def test_every_entry_says_why():
    for entries in ALLOWED.values():
        for entry in entries:
            assert len(entry["reason"]) > 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The cost is 0.0375.", ["0.0375"]),
        ("It took 25 000 epochs, or 25,000.", ["25 000", "25,000"]),
        ("Layer 1 of a 2-2-1 network, see chapter 4 and S97; exercises 2 and 3.", []),
        ("1. first\n2. second, with 3 parts", ["3"]),
        ("$x = 3$, `f(3)`, [chapter 2](page_2.html)", []),
        ("**3 ★★ Break it.** With 10 rows", ["10"]),
    ],
)
def test_numerals_are_found(text, found):
    assert numerals(NOT_PROSE.sub(" ", text)) == found


def test_a_typed_result_is_refused():
    typed = ["After training the cost is 0.0003."]
    listed = [{"paragraph": "After training", "numerals": ["0.0002"], "reason": "an older result"}]
    assert unlisted(typed, []) == ["After training the cost is 0.0003.: ['0.0003']"]
    assert unlisted(typed, listed) == ["After training the cost is 0.0003.: ['0.0003']"]
    assert unlisted([], listed) == ["no such paragraph: After training"]
