"""What a reader has in view: the first screen, a figure alone, the statement behind a link.

In other browsers, see tests/test_engines.py.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, lay_out
from tests.test_live_figures import SCREENS, THUMB, data_of, figure_of


@pytest.mark.parametrize("screen", ["laptop", "phone"])
def test_the_first_screen_shows_a_network_and_how_to_start(keep, screen):
    width, height = SCREENS[screen]
    page = keep("index.html", viewport={"width": width, "height": height})
    for words in ("Start with chapter 1", "I know the deck"):
        link = page.locator("article").get_by_role("link", name=words).bounding_box()
        assert link["y"] + link["height"] < height
        assert link["height"] >= THUMB - 0.5
    play = figure_of(page, "hero").locator("[data-do=play]").bounding_box()
    print(f"\nPlay ends at {play['y'] + play['height']:.0f} px of {height}")
    assert play["y"] + play["height"] <= height
    drawn = figure_of(page, "hero").locator("svg:visible").inner_html()
    assert drawn.count("<path") > 10
    assert data_of(page, "hero")[0]["start"][0] > 0  # a state with lines in it


def test_a_figure_turns_with_its_page(keep):
    """Whoever turns a phone sees the same state in the other drawing."""
    page = keep("index.html")
    (data,) = data_of(page, "hero")
    slider = figure_of(page, "hero").locator("input").first
    slider.focus()
    page.keyboard.press("Home")
    wide = figure_of(page, "hero").locator("svg.wide [data-part]").first.inner_html()
    page.set_viewport_size(PHONE)
    page.wait_for_function("document.querySelector('[data-name=hero]').dataset.shown === 'narrow'")
    assert figure_of(page, "hero").locator("svg.narrow").is_visible()
    assert figure_of(page, "hero").locator(".live-sentence").inner_text() == data["sentences"][1]
    assert figure_of(page, "hero").locator("svg.narrow [data-part]").first.inner_html() != wide


def test_a_figure_alone_and_large(keep, open_page):
    """By its button, by a link, by keyboard; Escape leads back, and the state stays."""
    page = keep("index.html")
    data_of(page, "hero")
    figure = figure_of(page, "hero")
    before = figure.locator("svg:visible").bounding_box()["width"]
    figure.locator("input").first.focus()
    page.keyboard.press("End")
    said = figure.locator(".live-sentence").inner_text()
    figure.locator("[data-do=large]").click()
    assert figure.locator("svg:visible").bounding_box()["width"] > 1.4 * before
    controls = figure.locator(".live-controls").bounding_box()
    assert controls["y"] + controls["height"] <= 900
    page.wait_for_function("location.hash.includes('large=hero')")
    address = page.url
    page.keyboard.press("Escape")
    page.locator("dialog.live-large").wait_for(state="detached")
    assert figure.locator(".live-sentence").inner_text() == said
    assert page.evaluate("document.activeElement.dataset.do") == "large"
    page.wait_for_function("!location.hash.includes('large=hero')")
    again = open_page("index.html", fragment=address[address.index("#") :])
    again.locator("dialog.live-large").wait_for()
    expect(figure_of(again, "hero").locator(".live-sentence")).to_have_text(said)  # its frames come by then


def test_a_statement_shows_what_the_slide_prints(open_page):
    """When its link has the focus, and at the first tap; the second follows."""
    page = open_page("chapters/notation.html", viewport=PHONE, has_touch=True, is_mobile=True)
    lay_out(page)
    link, note = page.locator("article a[data-statement]").first, page.locator(".statement-note")
    for ask in (link.focus, link.tap):
        ask()
        note.wait_for()
        assert note.inner_text().startswith(f"S{link.get_attribute('data-statement')}")
        box = note.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        page.keyboard.press("Escape")
        assert not note.is_visible()
    link.tap()
    note.wait_for()
    assert page.url.endswith("notation.html")
    link.tap()
    page.wait_for_url("**/slides.html#s*")


def test_the_bar_says_where_the_reader_is(keep):
    page = keep("chapters/forward_pass.html")
    heading = page.locator("article h2").nth(2)
    number = heading.locator(".section-number").inner_text().strip().rstrip(".")
    heading.scroll_into_view_if_needed()
    heading.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 60)")
    page.wait_for_function(
        "number => document.querySelector('.bar-place').textContent.endsWith(number)", arg=number
    )
    place, bar = page.locator(".bar-place").bounding_box(), page.locator(".bd-header-article").bounding_box()
    assert bar["y"] <= place["y"]
    assert place["y"] + place["height"] <= bar["y"] + bar["height"]  # within the bar, not over the text
    read = float(page.locator(".bd-header-article").evaluate("one => one.style.getPropertyValue('--read')"))
    assert 0 < read < 1
