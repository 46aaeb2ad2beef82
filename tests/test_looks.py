"""What a reader has in view: the first screen, a figure alone, the statement behind a link, in any browser."""

import pytest
from playwright.sync_api import expect

from tests.browser import lay_out
from tests.engines import tabs_of, until
from tests.test_engines import in_each_engine
from tests.test_live_figures import SCREENS, THUMB, data_of, figure_of


@pytest.mark.parametrize("screen", ["laptop", "phone"])
def test_the_first_screen_shows_a_network_and_how_to_start(open_page, screen):
    width, height = SCREENS[screen]
    page = open_page("index.html", viewport={"width": width, "height": height})
    for words in ("Start with chapter 1", "I know the deck"):
        link = page.locator("article").get_by_role("link", name=words).bounding_box()
        assert link["y"] + link["height"] < height
        assert link["height"] >= THUMB - 0.5
    play = figure_of(page, "hero").locator("[data-do=play]").bounding_box()
    print(f"\nPlay ends at {play['y'] + play['height']:.0f} px of {height}")
    assert play["y"] + play["height"] <= height
    drawn = figure_of(page, "hero").locator("svg:visible").inner_html()
    assert drawn.count("<path") > 10
    assert data_of(page, "hero")["start"][0] > 0  # a state with lines in it


def test_a_figure_turns_with_its_page(open_page):
    """Whoever turns a phone sees the same state in the other drawing."""
    page = open_page("index.html", viewport={"width": 1280, "height": 720})
    data = data_of(page, "hero")
    slider = figure_of(page, "hero").locator("input").first
    slider.focus()
    page.keyboard.press("Home")
    wide = figure_of(page, "hero").locator("svg.wide [data-part]").first.inner_html()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.querySelector('[data-name=hero]').dataset.shown === 'narrow'")
    assert figure_of(page, "hero").locator("svg.narrow").is_visible()
    assert figure_of(page, "hero").locator(".live-sentence").inner_text() == data["sentences"][1]
    assert figure_of(page, "hero").locator("svg.narrow [data-part]").first.inner_html() != wide


def test_a_figure_alone_and_large(open_page):
    """By its button, by a link, by keyboard; Escape leads back, and the state stays."""
    page = open_page("index.html")
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
    page = open_page("chapters/forward_pass.html")
    lay_out(page)
    link = page.locator("article a[data-statement]").first
    link.focus()
    note = page.locator(".statement-note")
    note.wait_for()
    number = link.get_attribute("data-statement")
    assert note.inner_text().startswith(f"S{number}")
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_a_tap_shows_the_statement_and_the_second_follows(open_page):
    page = open_page(
        "chapters/forward_pass.html", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    lay_out(page)
    link = page.locator("article a[data-statement]").first
    link.tap()
    note = page.locator(".statement-note")
    note.wait_for()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.url.endswith("forward_pass.html")
    link.tap()
    page.wait_for_url("**/slides.html#s*")


def test_the_bar_says_where_the_reader_is(open_page):
    page = open_page("chapters/gradient_descent.html")
    lay_out(page)
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


@pytest.fixture(scope="module", params=in_each_engine)
def tab(request, playwright):
    """A tab in each engine."""
    with tabs_of(request.param, playwright) as new_tab:
        tab = new_tab()
        yield tab
        tab.close()


def test_any_browser_shows_the_layout_that_fits_and_a_figure_alone(tab, site):
    drawn = "(kind) => getComputedStyle(document.querySelector(`[data-name=hero] svg.${kind}`)).display !== 'none'"
    slider = "document.querySelector('[data-name=hero] input')"
    tab.size(1280, 800)
    tab.open(f"{site}/index.html")
    until(tab, "document.querySelector('[data-name=hero] .live-controls').hidden === false", "no controls")
    assert tab.ask(f"({drawn})('wide')")
    assert tab.ask(f"{slider}.getBoundingClientRect().height") >= THUMB - 0.5
    assert tab.ask(f"getComputedStyle({slider}).touchAction") == "pan-y"
    tab.click("[data-name=hero] [data-do=large]")
    until(tab, "document.querySelector('dialog.live-large')?.open", "the figure doesn't stand alone")
    assert tab.ask("document.querySelector('.live-large svg.wide').getBoundingClientRect().width") > 1000
    assert tab.ask(
        "document.querySelector('.live-large .live-controls').getBoundingClientRect().bottom <= innerHeight"
    )
    tab.key("Escape")
    until(tab, "!document.querySelector('dialog.live-large')", "Escape doesn't lead back")
    tab.size(460, 900)  # as narrow as a window gets in each of them
    until(tab, "innerWidth < 600", "the window doesn't shrink")
    assert tab.ask(f"({drawn})('narrow') && !({drawn})('wide')")
    before = tab.ask("document.querySelector('[data-name=hero] .live-sentence').textContent")
    tab.click("[data-name=hero] [data-do=step]")
    said = "document.querySelector('[data-name=hero] .live-sentence').textContent"
    until(tab, f"{said} !== '{before}'", "a step changes nothing")


def test_any_browser_shows_a_statement_beside_its_link(tab, site):
    tab.size(1280, 800)
    tab.open(f"{site}/chapters/forward_pass.html")
    tab.key("Shift")
    until(tab, "!document.documentElement.matches('.partly')", "the page isn't laid out")
    until(tab, "document.readyState === 'complete'", "the page doesn't come")
    tab.ask("document.querySelector('article a[data-statement]').focus()")
    note = "document.querySelector('.statement-note')"
    until(tab, f"{note}?.checkVisibility()", "no note")
    assert tab.ask(f"{note}.textContent").startswith("S")
    assert tab.ask(f"{note}.getBoundingClientRect().right <= innerWidth")
