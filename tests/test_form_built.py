"""The form of the chapters on the built page: what `_ext/forms.py` marks and moves, and how long they are."""

import functools
import re

from bs4 import BeautifulSoup

from tests.browser import SITE, lay_out
from tests.test_form import CHAPTERS, cells, every_chapter, text

SCREEN = {"width": 1280, "height": 720}
ROAD, WHOLE = 30, 45  # screens, at most, without the questions: four of them may take one more


@functools.cache
def article(path):
    page = BeautifulSoup((SITE / "chapters" / f"{path.stem}.html").read_text("utf-8"), "html.parser")
    return page.select_one("article.bd-article")


@every_chapter
def test_what_recurs_has_its_class_and_its_id(path):
    page, number = article(path), CHAPTERS.index(path) + 1
    assert len(page.select("p.explanation")) == text(path).count("**Explanation.** ")
    sources = [source for source, _ in cells(path, "code")]
    captions = [name for source in sources for name in re.findall(r"\*\*Figure \d+\.(\d+)\.", source)]
    assert [p["id"] for p in page.select("p.caption")] == [f"figure-{number}-{k}" for k in captions]
    exercises = re.findall(r"(?m)^\*\*Exercise (\d+)\*\*", text(path))
    assert [p["id"] for p in page.select("p.exercise")] == [f"exercise-{k}" for k in exercises]
    rules = re.findall(r"(?m)^:::\{important\} (.+)$", text(path))
    titles = [p.get_text(strip=True) for p in page.select(".rule > p.admonition-title:first-child")]
    assert [title.replace("’", "'") for title in titles] == rules


@every_chapter
def test_the_picture_stands_above_its_code(path):
    hidden = [cell for cell in article(path).select("div.cell.tag_hide-input") if cell.select("p.caption")]
    assert hidden
    for cell in hidden:
        order = [child.name for child in cell.find_all(["details", "div"], recursive=False)]
        assert order == ["div", "details"], f"{cell.select_one('p.caption')['id']}: {order}"


@every_chapter
def test_a_solution_holds_its_check(path):
    exercises = article(path).select_one("section#exercises")
    solutions = [d for d in exercises.select("details") if d.summary.get_text(strip=True) == "Solution"]
    in_text = text(path).split("## Exercises")[1].split("\n## ")[0]
    assert len(solutions) == in_text.count("<summary>Solution</summary>")
    checks = [d for d in exercises.select("details.hide") if "Check by code" in d.summary.get_text()]
    assert checks
    assert all(check.find_parent("details") in solutions for check in checks)


@every_chapter
def test_a_chapter_is_walked_in_one_sitting(path, open_page, record_property):
    """As it opens: what waits for an answer isn't there yet."""
    page = open_page(f"chapters/{path.stem}.html", viewport=SCREEN, waiting=True)
    lay_out(page)
    top, road, whole = page.evaluate(
        """["h1", "#exercises", ".prev-next-footer"].map((name) =>
            document.querySelector(name).getBoundingClientRect().top)"""
    )
    road, whole = ((end - top) / SCREEN["height"] for end in (road, whole))
    asked, later = page.evaluate(
        """[".ask", "#exercises .ask, #exercises ~ section .ask"].map((which) =>
            document.querySelectorAll(which).length)"""
    )
    record_property(
        "printed",
        f"{path.stem}: road {road:.1f} screens with {asked - later} questions, whole {whole:.1f} with {asked}",
    )
    assert road <= ROAD + (asked - later) / 4
    assert whole <= WHOLE + asked / 4
