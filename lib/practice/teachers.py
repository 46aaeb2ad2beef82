"""What a teacher gets of a chapter's questions: a list with every slip, a sheet to print, the count of many files.

Each is HTML for the book's pages. They are made of what the questions hold, so nothing is written twice.
"""

from html import escape

from lib.practice.mathml import inline
from lib.practice.page import BODIES, given_line, in_script, judge_data, paragraphs
from lib.practice.trials import trials

KINDS = {
    "choice": "choice",
    "number": "number",
    "expression": "expression",
    "blanks": "blanks",
    "order": "lines in order",
}
LINES = {"choice": 0, "order": 0, "number": 2, "expression": 2, "blanks": 2}  # of room to write


def code(text):
    return f"<code>{escape(text, quote=False)}</code>"


def list_page(questions):
    """Every question with its key, its slips and their sentences."""
    return "".join(map(listed, questions))


def listed(question):
    key, *slips = trials(question)
    entries = "".join(f"<li>{answer(question, slip)} {inline(slip.sentence)}</li>" for slip in slips)
    hint = f"<li><b>Hint:</b> {inline(question.hint)}</li>" if question.hint else ""
    return (
        f'<div class="listed" id="question-{question.name}"><p><b>{question.name}</b> ({KINDS[question.kind]}) '
        f"{inline(' '.join(question.prompt.split()))}</p>{given_line(question)}"
        f"<ul><li><b>Right:</b> {answer(question, key)} {inline(question.why)}</li>{entries}{hint}</ul></div>"
    )


def answer(question, trial):
    """What is typed, and what it comes from where that is another thing."""
    if question.kind == "choice":
        return f"<i>{inline(trial.shown)}</i>:"
    if question.kind == "order" and not trial.slip:
        return " · ".join(code(line.replace("{", "").replace("}", "")) for line in question.lines)
    place = f"{trial.place}: " if trial.place else ""
    made_of = trial.slip if trial.slip != trial.shown else ""
    return code(place + trial.shown + (f"  ←  {made_of}" if made_of else ""))


def sheet_page(questions):
    """Questions with room to write, and their key on a page of its own."""
    asked = "".join(
        f"<li>{paragraphs(question.prompt)}{given_line(question)}{BODIES[question.kind](question)}"
        f"{'<div class=sheet-line></div>' * LINES[question.kind]}</li>"
        for question in questions
    )
    keys = "".join(f"<li>{paragraphs(question.key())}</li>" for question in questions)
    return (
        '<div class="sheet"><p class="sheet-name">Name: <span></span> Date: <span></span></p>'
        f'<ol class="sheet-questions">{asked}</ol></div>'
        f'<div class="sheet sheet-key"><p><b>Key</b></p><ol>{keys}</ol></div>'
    )


def counted(question):
    """What the judge needs, without what only a reader is told; and the texts of a choice."""
    data = {name: value for name, value in judge_data(question).items() if name not in ("hint", "why")}
    return data | ({"options": [*map(inline, question.options())]} if question.kind == "choice" else {})


def collect_page(chapters):
    """The place where saved files are dropped; chapters: {its page: (its title, its questions)}."""
    book = {
        page: {"title": title, "questions": {one.name: counted(one) for one in questions}}
        for page, (title, questions) in chapters.items()
    }
    return (
        f'<div class="ask-collect"><script type="application/json">{in_script(book)}</script>'
        "<p><em>The counting needs JavaScript.</em></p></div>"
    )
