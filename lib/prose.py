"""Sentences and tables with computed numbers in them.

The book's prose never retypes a result: a cell computes it and says it with `say` or `table`,
which the website, Jupyter and Colab all show as text.
"""

import re
from numbers import Real

import numpy as np
from IPython.display import Markdown, display

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    A bar in an entry does not end it. Raises ValueError where a row is no list, or shorter or longer
    than the header, and where an entry is longer than a line or anything else than text or a number.
    """
    rows = [header, *rows]
    for row in rows:
        if isinstance(row, str) or not np.iterable(row):
            raise ValueError(f"rows: expected a list for each row, got {row!r}")
    rows = [[entry(value) for value in row] for row in rows]
    for row in rows:
        if len(row) != len(rows[0]):
            raise ValueError(f"rows: expected {len(rows[0])} entries in each, got {len(row)}")
    rows.insert(1, ["---"] * len(rows[0]))
    say("\n".join("| " + " | ".join(row) + " |" for row in rows))


def entry(value):
    """A table's entry: text as it is, but for bars; a number in short form."""
    if isinstance(value, str):
        if "\n" in value:
            raise ValueError(f"rows: expected one line in each entry, got {value!r}")
        # LaTeX's own word for a bar inside a formula, an escaped bar elsewhere, code too
        value = re.sub(r"\$[^$]*\$", lambda formula: formula[0].replace("|", r"\vert "), value)
        return re.sub(r"(?<!\\)\|", r"\|", value)
    value = value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value
    try:
        if isinstance(value, (bool, np.bool)) or not isinstance(value, Real):
            raise TypeError
        return number_text(float(value), 6)
    except (TypeError, OverflowError):
        raise ValueError(f"rows: expected text or a number in each entry, got {value!r}") from None


def number_text(value, digits):
    """A number for reading, with so many significant digits: 0.0106, −2, 1.5 × 10⁻⁸."""
    if not np.isfinite(value):
        return f"{value}".replace("-", "−")
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        digits = max(digits, len(str(int(abs(value)))))  # whole numbers are said in full
        text = np.format_float_positional(value, precision=digits, fractional=False, unique=False, trim="-")
    else:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"10{str(int(exponent)).translate(SUPERSCRIPT)}"
        text = text if mantissa == "1" else f"{mantissa} × {text}"
    return text.replace("-", "−")
