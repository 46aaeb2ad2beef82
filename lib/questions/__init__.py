"""The book's questions, a module for each chapter. A cell asks one by its name: `ask("weighted-sum")`.

A chapter's module holds `QUESTIONS`, a list in the order of the chapter. Names are the whole book's own,
so that a later chapter can ask once more what an earlier one has asked: `recall("weighted-sum", ...)`.
"""

from functools import cache
from importlib import import_module

from lib import practice
from lib.practice import progress, record
from lib.practice.show import put_on_page
from lib.practice.teachers import collect_page, list_page, sheet_page

TITLES = {
    "forward_pass": "1 Forward pass",
    "differential_calculus": "2 Differential calculus",
    "cost_functions": "3 Cost functions",
    "gradient_descent": "4 Gradient descent and SGD",
    "backward_pass": "5 Backward pass",
}
CHAPTERS = tuple(TITLES)

__all__ = ["CHAPTERS", "TITLES", "ask", "collect", "everything", "of_chapter", "progress", "recall", "record"]
__all__ += ["show_questions", "show_sheet"]


@cache
def of_chapter(chapter):
    """{name: question} of a chapter; making them runs their refusals."""
    questions = import_module(f"lib.questions.{chapter}").QUESTIONS
    named = {question.name: question for question in questions}
    if len(named) < len(questions):
        raise ValueError(f"{chapter}: expected each name once, got {[one.name for one in questions]}")
    return named


def everything():
    """{name: question} of the whole book."""
    found = {}
    for chapter in CHAPTERS:
        twice = found.keys() & of_chapter(chapter).keys()
        if twice:
            raise ValueError(f"{chapter}: expected names of its own, got {', '.join(sorted(twice))} again")
        found |= of_chapter(chapter)
    return found


def find(name):
    """The question of this name. Raises ValueError where there is none."""
    for chapter in CHAPTERS if isinstance(name, str) else ():
        if name in of_chapter(chapter):
            return of_chapter(chapter)[name]
    raise ValueError(f"name: expected the name of a question in lib/questions, got {name!r}")


def ask(name):
    """Ask the question of this name."""
    practice.ask(find(name))


def recall(*names):
    """Ask questions of earlier chapters once more, each with other numbers where it can be had."""
    for name in names:
        practice.ask(find(name).once_more())


# For teachers


def listed(chapter):
    """The questions of a chapter, named as its page is. Raises ValueError where there is none."""
    if chapter not in CHAPTERS:
        raise ValueError(f"chapter: expected one of {', '.join(CHAPTERS)}, got {chapter!r}")
    return list(of_chapter(chapter).values())


def show_questions(chapter):
    """Show every question of a chapter with its key and its slips."""
    questions = listed(chapter)
    put_on_page(
        list_page(questions), f"The questions of *{TITLES[chapter]}*, with their slips: {len(questions)}."
    )


def show_sheet(chapter):
    """Show a chapter's questions as a sheet to print, and its key."""
    questions = listed(chapter)
    put_on_page(sheet_page(questions), f"The sheet of *{TITLES[chapter]}*: {len(questions)} questions.")


def collect():
    """Show the place where the files that readers have saved are counted, on the book's own page."""
    chapters = {chapter: (title, of_chapter(chapter).values()) for chapter, title in TITLES.items()}
    put_on_page(collect_page(chapters), "Files are counted on the book's own page.", on_site=True)
