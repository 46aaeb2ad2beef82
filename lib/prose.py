"""Sentences and tables with computed numbers in them.

The book's prose never retypes a result: a cell computes it and says it with `say` or `table`,
which the website, Jupyter and Colab all show as text.
"""

from IPython.display import Markdown, display


def say(text):
    """Show a sentence written in Markdown, usually an f-string with the numbers filled in.

    Raises ValueError for anything but text.
    """
    if not isinstance(text, str):
        raise ValueError(f"text: expected a sentence, got {text!r}")
    display(Markdown(text))


def table(header, rows):
    """Show a table: `header` is a list of names, `rows` lists of the same length, text or numbers.

    Numbers are shown with up to six significant digits; format them yourself where that is too many.
    A bar inside a formula becomes LaTeX's own word for it, since a bare one would end the entry.
    Raises ValueError where a row is shorter or longer than the header, or holds anything else.
    """
    rows = [list(row) for row in rows]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"rows: expected {len(header)} entries in each, got {len(row)}")
    lines = [header, ["---"] * len(header), *rows]
    say("\n".join("| " + " | ".join(entry(value) for value in line) + " |" for line in lines))


def entry(value):
    """A table's entry: text as it is, but for bars; a number in short form."""
    if isinstance(value, str):
        return value.replace("|", r"\vert ")
    try:
        return f"{value:.6g}"
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"rows: expected text or a number in each entry, got {value!r}") from None
