"""The page for instructors names statements, chapters, sections and minutes: each as the book has it today."""

import re

import ledger
import pytest

from lib.ledger import SECTIONS, STATEMENTS
from lib.ledger.page import CHAPTERS
from tests.helpers import ROOT, cells, course

PAGE = (ROOT / "chapters" / "instructor.md").read_text("utf-8")
DECK, LESSONS = (
    PAGE.split(f"## {title}")[1].split("\n## ")[0]
    for title in ("The deck in the book", "A plan for four lessons of ninety minutes")
)
# (statements, chapter, sections, minutes) of every part of the deck
PARTS = re.findall(r"(?m)^\| [^|]+ \| (S[^|]+) \| \[\d\]\((\w+)\.ipynb\): ([^|]+) \| (\d+) \|$", DECK)
EVERY = sorted(ledger.numbers(STATEMENTS))
SIDE_PATH = " (side path)"


def numbers(text):
    """The statements that a text names: S1–S5, S7; without what is said to be left out."""
    text, _, without = text.partition(" without ")
    ranges = re.findall(r"S(\d+)(?:–S(\d+))?", text)
    named = [n for first, last in ranges for n in range(int(first), int(last or first) + 1)]
    return [n for n in named if n not in (numbers(without) if without else ())]


def test_numbers_are_read():
    assert numbers("S1–S3, S7") == [1, 2, 3, 7]
    assert numbers("S30–S33 without S31") == [30, 32, 33]


def test_each_statement_has_its_place_in_the_book():
    """S90 has two: what is stated at the beginning of a chapter is trained at its end."""
    assert sorted({n for text, *_ in PARTS for n in numbers(text)}) == EVERY


def test_each_part_of_the_deck_stands_beside_the_chapter_that_teaches_it():
    home = {n: own.taught.split("#")[0] for own in STATEMENTS for n in own.numbers}
    wrong = [
        f"S{n}: expected beside {home[n]}, got {chapter}"
        for text, chapter, *_ in PARTS
        for n in numbers(text)
        if home[n] in course() and home[n] != chapter
    ]
    assert wrong == []


@pytest.mark.parametrize(("chapter", "sections"), [(chapter, sections) for _, chapter, sections, _ in PARTS])
def test_the_sections_are_there_and_a_side_path_is_called_one(chapter, sections):
    road, side_paths = "\n".join(cells(ROOT / "chapters" / f"{chapter}.ipynb", "markdown")).split(
        "## Side paths"
    )
    for name in sections.split(" · "):
        text = side_paths if name.endswith(SIDE_PATH) else road
        heading = f"## {name.removesuffix(SIDE_PATH)}"
        assert re.search(rf"(?m)^#*{re.escape(heading)} *$", text), (
            f"instructor.md: {name!r} is no section of {chapter}, or only there with or without “{SIDE_PATH}”"
        )


def test_the_lessons_go_through_all_statements_once():
    named = [n for text in re.findall(r"\((S[^)]*)\)", LESSONS) for n in numbers(text)]
    assert sorted(named) == EVERY


def test_the_minutes_add_up():
    minutes = {chapter: 0 for chapter in course()}
    for _, chapter, _, own in PARTS:
        minutes[chapter] += int(own)
    assert sum(minutes.values()) == 4 * 90
    in_class = re.findall(r"(?m)^\| \[\d [^]]+\]\((\w+)\.ipynb\) \| (\d+) minutes \|", PAGE)
    assert {chapter: int(own) for chapter, own in in_class} == minutes


def test_each_chapter_says_which_slides_it_follows():
    """One range after the other; what the ledger has in a chapter's sections lies in its range."""
    said = {}
    for name in CHAPTERS:
        text = "\n".join(cells(ROOT / "chapters" / f"{name}.ipynb", "markdown"))
        said[name] = numbers(re.search(r"\*\*Slides:\*\* (S\d+–S\d+)", text)[1])
    assert [n for own in said.values() for n in own] == EVERY
    for section in SECTIONS:
        if section.numbered:
            assert {*ledger.numbers(section.statements)} <= {*said[section.chapter]}, section.title
