"""`ask`, `record` and `progress` show what `lib.practice.page` makes: on the site, and in a notebook."""

from IPython.display import display

from lib.explore import being_built
from lib.practice.page import progress_page, question_markdown, question_page, record_page, standing_alone
from lib.practice.question import Question


def ask(question):
    """Show a question. Its HTML has the judge's data; Markdown stands for it where no script runs.

    Raises ValueError for anything but a question.
    """
    if not isinstance(question, Question):
        raise ValueError(
            f"question: expected a Choice, Number, Expression, Blanks or Order, got {question!r}"
        )
    put(
        question_page(question),
        question_markdown(question),
        f"<question {question.name}: {question.kind}>",
    )


def record():
    """Show how far the reader is, what he missed, and the buttons to hand in and to forget."""
    put(record_page(), "*Your answers are counted here.*", "<the reader's answers>")


def progress(pages):
    """Show how many questions of each page were answered: {"chapters/forward_pass": "1 Forward pass"}."""
    put_on_page(progress_page(pages), "How far you are stands on the book's own first page.", on_site=True)


def put(html, markdown, line):
    """Show `html`: on the site the page has style and script, anywhere else each output has its own."""
    html = html if being_built() else standing_alone(html)
    display({"text/html": html, "text/markdown": markdown, "text/plain": line}, raw=True)


def put_on_page(html, markdown, *, on_site=False):
    """Show what asks nothing; on_site: in a notebook only the words that stand for it."""
    bundle = {"text/markdown": markdown, "text/plain": markdown}
    if being_built() or not on_site:
        bundle["text/html"] = html
    display(bundle, raw=True)
