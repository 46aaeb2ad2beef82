"""Numbers in sentences and tables."""

import numpy as np
import pytest
from IPython.display import Markdown

from lib import prose


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, as Markdown text."""
    seen = []

    def display(thing):
        assert isinstance(thing, Markdown)
        seen.append(thing.data)

    monkeypatch.setattr(prose, "display", display)
    return seen


def test_say(shown):
    assert prose.say(f"The cost is **{0.0375:.4f}**.") is None
    assert shown == ["The cost is **0.0375**."]


def test_table(shown):
    prose.table(["x", "f(x)"], [["one", 1], [2, 0.5]])
    assert shown == ["| x | f(x) |\n| --- | --- |\n| one | 1 |\n| 2 | 0.5 |"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0375, "0.0375"),
        (1 / 3, "0.333333"),
        (np.float64(2) / 3, "0.666667"),
        (3.0, "3"),
        (123456, "123456"),
        (np.int64(7), "7"),
        (-0.5, "−0.5"),
        (np.array(-2.0), "−2"),
        (1e-7, "10⁻⁷"),
        (-1.25e9, "−1.25 × 10⁹"),
        (np.inf, "inf"),
        (-np.inf, "−inf"),
        (np.nan, "nan"),
        ("**0.10**", "**0.10**"),
        (np.str_("a"), "a"),
    ],
)
def test_entries(shown, value, text):
    prose.table(["value"], [[value]])
    assert shown == [f"| value |\n| --- |\n| {text} |"]


def test_the_rows_of_an_array(shown):
    prose.table(["a", "b"], np.array([[1, 2.5], [3, 4]]))
    assert shown == ["| a | b |\n| --- | --- |\n| 1 | 2.5 |\n| 3 | 4 |"]


@pytest.mark.parametrize(("row", "count"), [([1], 1), ([1, 2, 3], 3), ([], 0)])
def test_rows_fit_the_header(shown, row, count):
    with pytest.raises(ValueError, match=f"rows: expected 2 entries in each, got {count}"):
        prose.table(["a", "b"], [[1, 2], row])
    assert shown == []


@pytest.mark.parametrize(
    "value", [None, [1], np.array([1.0, 2.0]), {}, print, 10**400, np.datetime64("2020"), True, np.False_, 1j]
)
def test_an_entry_is_text_or_a_number(shown, value):
    with pytest.raises(ValueError, match="rows: expected text or a number in each entry, got"):
        prose.table(["a"], [[value]])
    assert shown == []


@pytest.mark.parametrize("row", ["xy", 5])
def test_a_row_is_a_list(shown, row):
    with pytest.raises(ValueError, match="rows: expected a list for each row, got"):
        prose.table(["a", "b"], [row])


def test_an_entry_is_one_line(shown):
    with pytest.raises(ValueError, match=r"rows: expected one line in each entry, got 'a\\nb'"):
        prose.table(["a"], [["a\nb"]])


@pytest.mark.parametrize("text", [None, 5, ["a"]])
def test_a_sentence_is_text(shown, text):
    with pytest.raises(ValueError, match="text: expected a sentence, got"):
        prose.say(text)
    assert shown == []


def test_a_bar_does_not_end_an_entry(shown):
    prose.table(["$|e|$"], [["$|x|$"], ["`a | b` or c | d"]])
    assert shown == ["| $\\vert e\\vert $ |\n| --- |\n| $\\vert x\\vert $ |\n" + r"| `a \| b` or c \| d |"]


# What careless or unlucky callers bring


def test_rows_may_come_from_zip(shown):
    prose.table(["x", "y"], zip([1, 2], ["a", "b"], strict=True))
    assert shown == ["| x | y |\n| --- | --- |\n| 1 | a |\n| 2 | b |"]
