"""Addresses of headings, and the language of words: what the build derives, on small pages and on the site."""

import re

import indonesian
import pytest
from anchors import NameRepeatedHeadings
from docutils import nodes
from docutils.core import publish_doctree
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from tests.test_site import every_page, html, parsed

AS_SPHINX = {"doctitle_xform": False, "report_level": 5, "auto_id_prefix": "id"}


def anchors(text):
    """[[ids] of every section] of a page, after the transform."""
    document = publish_doctree(text, settings_overrides=AS_SPHINX)
    NameRepeatedHeadings(document).apply()
    return [section["ids"] for section in document.findall(nodes.section)]


BOOK = """\
Costs
=====

MSE
---

Its gradient
~~~~~~~~~~~~

MAE
---

{new}Its gradient
~~~~~~~~~~~~

Its gradient
~~~~~~~~~~~~
"""


def test_repeated_headings_are_named_after_those_above_and_the_first_keeps_its_old_name():
    assert anchors(BOOK.format(new="")) == [
        ["costs"],
        ["mse"],
        ["mse-its-gradient", "its-gradient"],
        ["mae"],
        ["mae-its-gradient"],
        ["mae-its-gradient-2"],
    ]


def test_a_new_heading_moves_no_other():
    before = anchors(BOOK.format(new=""))
    after = anchors(BOOK.format(new="Its picture\n~~~~~~~~~~~\n\nIts picture\n~~~~~~~~~~~\n\n"))
    assert [ids for ids in after if "picture" not in ids[0]] == before


@every_page
def test_no_heading_of_the_site_is_merely_counted(page):
    assert [one for one in parsed(html(page)).ids if re.fullmatch(r"id\d+", one)] == []


@pytest.mark.parametrize(
    "anchor",
    [
        "its-gradient",
        "mean-absolute-error-its-gradient",
        "cross-entropy-from-logits-its-gradient",
        "the-picture",
    ],
)
def test_old_and_new_addresses_of_repeated_headings_are_there(anchor):
    assert anchor in parsed(html("chapters/cost_functions")).ids


KNOWN = (
    {"turunan", "parsial", "data", "asli", "minimum", "lokal", "tidak"},
    {"data", "minimum", "gradient", "local"},
)


@pytest.mark.parametrize(
    ("text", "is_indonesian"),
    [
        ("turunan parsial", True),
        ("Minimum lokal", True),
        ("data asli", True),
        ("data", False),
        ("local minimum", False),
        ("every", False),
        ("x", False),
        ("Turunan f di x = 2", False),  # as many words that it doesn't know as words that it knows
        ("turunan data tidak nol", True),
    ],
)
def test_which_italics_are_indonesian(text, is_indonesian):
    assert indonesian.is_indonesian(text, *KNOWN) == is_indonesian


def test_upright_words_of_a_cell_are_marked_between_commas():
    document = new_document("", get_default_settings())
    document += indonesian.marked(", turunan parsial, gradient", KNOWN)
    assert [(type(one), one.astext()) for one in document.children if one.astext().strip(", ")] == [
        (nodes.inline, "turunan parsial"),
        (nodes.Text, "gradient"),
    ]


def spoken(page):
    text = html(page).read_text("utf-8")
    return re.findall(r'<(?:em|span) lang="id">([^<]+)<', text)


@pytest.mark.parametrize(
    ("page", "some", "none"),
    [
        ("chapters/glossary", {"turunan", "nilai mutlak", "langkah mundur"}, {"batch", "gradient", "logit"}),
        ("chapters/forward_pass", {"contoh", "output asli", "turunan parsial"}, {"transpose", "grows", "sample"}),
        ("chapters/cost_functions", {"selisih", "ketika proses belajar"}, {"data", "wrong"}),
        ("chapters/slides", {"Selesaikan dengan NN"}, {"Computed:", "almost everywhere", "Jacobian"}),
    ],
)  # fmt: skip
def test_pages_say_which_words_are_indonesian(page, some, none):
    found = set(spoken(page))
    assert some <= found
    assert not none & found


def test_the_book_has_many_indonesian_words():
    assert len(spoken("chapters/glossary")) >= 150
