"""The search: what is found leads to its section, and the word is marked there."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import ROOT, SITE
from tests.test_site import html, parsed


@pytest.fixture(scope="module")
def index():
    text = (SITE / "searchindex.js").read_text("utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["pages"]


def results(page, where=".search-page"):
    page.wait_for_selector(f"{where} .search-results li")
    return page.locator(f"{where} .search-results a")


def test_index_knows_every_section_by_an_anchor_that_exists(index, record_property):
    for page in index:
        ids = parsed(html(page["name"])).ids
        anchors = [anchor for anchors, _, _ in page["sections"] for anchor in anchors.split()]
        assert set(anchors) <= ids, page["name"]
        assert len(set(anchors)) == len(anchors), page["name"]
    count = sum(len(page["sections"]) for page in index)
    record_property(
        "printed", f"Search: {count} sections, {(SITE / 'searchindex.js').stat().st_size / 1e3:.0f} KB"
    )
    statements = {
        anchor for page in index for anchors, _, _ in page["sections"] for anchor in anchors.split()
    }
    assert {f"s{number}" for number in range(1, 125)} <= statements


def test_index_holds_words_and_no_source(index):
    """Neither commands of TeX nor tags of HTML nor programs."""
    for page in index:
        for anchors, title, text in page["sections"]:
            for trace in ("\\frac", "\\top", "\\[", "$$", "<div", "</", "&lt;", "np.array("):
                assert trace not in title + text, (page["name"], anchors, text)


def test_first_hit_is_the_section_that_is_meant(open_page):
    tab = open_page("search.html")
    for query, place in (
        ("Where does the transpose come from", "backward_pass.html#where-does-the-transpose-come-from"),
        ("S97", "slides.html#s97"),
        ("softplus", "cost_functions.html#the-softplus"),
        ("jacobi", "differential_calculus.html#the-jacobian"),
    ):
        tab.fill(".search-page input", query)
        goal = re.compile(re.escape(place).replace("\\#", r"(\?.*)?#") + "$")
        expect(tab.locator(".search-page .search-results a").first).to_have_attribute("href", goal)


@pytest.mark.parametrize(
    ("query", "page", "anchor", "marked"),
    [
        ("s122", "slides", "s122", "S122"),
        ("entropies", "cost_functions", "binary-cross-entropy", "entropy"),
    ],
)
def test_first_hit_leads_to_the_section_and_marks_the_word(open_page, query, page, anchor, marked):
    tab = open_page(f"search.html?q={query}")
    first = results(tab).first
    first.click()
    tab.wait_for_url(f"**/chapters/{page}.html*")
    tab.wait_for_selector("article mark")
    tab.wait_for_function("!location.search")  # a link copied from here is plain
    assert f"/{page}.html#{anchor}" in tab.url
    marks = tab.locator("article mark")
    assert marked.lower() in {text.lower()[: len(marked)] for text in marks.all_inner_texts()}
    top = "document.querySelector('article mark').getBoundingClientRect().top"
    tab.wait_for_function(f"0 <= {top} && {top} <= 900")  # the first mark is in sight
    here = "document.getElementById(location.hash.slice(1)).closest('section, .statement')"
    assert tab.evaluate(f"{here}.contains(document.querySelector('article mark'))")
    tab.keyboard.press("Escape")
    assert marks.count() == 0
    assert tab.evaluate("Object.keys(localStorage).filter((key) => /highlight|search|find/.test(key))") == []


@pytest.mark.parametrize(("page", "query"), [("forward_pass", "turning the order"), ("backward_pass", "784")])
def test_a_word_in_a_fold_or_far_below_its_heading_is_brought_into_sight(open_page, page, query):
    """A solution is closed until it is wanted, and exercises are screens long."""
    tab = open_page(f"chapters/{page}.html?find={query}#exercises")
    tab.locator("article mark").first.wait_for()
    top = "document.querySelector('article mark').getBoundingClientRect().top"
    tab.wait_for_function(f"0 <= {top} && {top} <= innerHeight")


def test_a_mistyped_place_is_no_error(open_page):
    open_page("chapters/glossary.html?find=sigmoid#50%").locator("article mark").first.wait_for()


def test_dialog_finds_while_one_types_and_closes_on_the_way(open_page):
    tab = open_page("chapters/cost_functions.html", wait_until="load")
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.keyboard.press("Control+k")
    tab.keyboard.type("softpl")
    assert results(tab, "dialog").first.inner_text() == "The softplus"
    assert [url for url in asked if "searchindex.js" in url], "fetched when the search begins, not before"
    assert "place" in tab.locator("dialog .search-summary").inner_text()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Search", "a button for those who want one"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/cost_functions.html#the-softplus")
    tab.wait_for_selector("article mark")
    assert not tab.locator("dialog").first.is_visible()
    tab.reload()
    assert tab.locator("article mark").count() == 0, "nothing is kept"


def test_no_place_is_said_and_many_are_listed_on_demand(open_page):
    tab = open_page("search.html?q=zyzzyva")
    tab.wait_for_function(
        "document.querySelector('.search-page .search-summary').textContent.includes('Nothing was found')"
    )
    tab.fill(".search-page input", "gradient")
    tab.wait_for_selector(".search-page .search-results button")
    assert results(tab).count() == 30
    button = tab.locator(".search-page .search-results button")
    count = int(button.inner_text().split()[-1])
    button.click()
    assert results(tab).count() == count > 50


def test_nothing_is_kept_and_chapters_hold_no_search_until_it_is_opened():
    assert "Storage" not in (ROOT / "_static" / "search.js").read_text("utf-8")
    for page in ("index", "chapters/backward_pass", "search"):
        scripts = [a.get("src") or "" for a in parsed(html(page)).all("script")]
        assert not [
            src for src in scripts if "searchindex" in src or "searchtools" in src or "language_data" in src
        ]


def test_enter_in_an_empty_field_does_nothing(open_page):
    tab = open_page("chapters/glossary.html", wait_until="load")
    tab.keyboard.press("Control+k")
    tab.keyboard.press("Enter")
    tab.keyboard.type("softplus")
    assert results(tab, "dialog").first.inner_text() == "The softplus"
    assert tab.url.endswith("/chapters/glossary.html")
