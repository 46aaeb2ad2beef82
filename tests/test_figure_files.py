"""Plots and the frames of live figures as files of their own (_ext/stage/figures.py, explore.js)."""

import re
from xml.etree import ElementTree

import pytest
import stage
import theme
from playwright.sync_api import expect

from lib.live.svg import LARGEST
from tests import browser
from tests.browser import UNSTAGED, lay_out
from tests.test_live_figures import controls_of, data_of, figure_of, picture, sliders_of, state
from tests.test_site import PAGES, html

PAGE, NAME = "chapters/gradient_descent.html", "bowl"
STILL = re.compile(r'<figure class="live">.*?</figure>', re.DOTALL)
IMAGE = re.compile(r"<img[^>]*>")
BUILT = [page for page in PAGES if html(page).exists()]  # none before `make book`
WITH_PLOTS = [page for page in BUILT if STILL.search(html(page).read_text("utf-8"))]


def attributes(tag):
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def address_of(image, page):
    return html(page).parent / image["src"].partition("?")[0]


@pytest.mark.parametrize("page", WITH_PLOTS)
def test_a_plot_is_two_images_with_the_same_words(page):
    drawn = STILL.findall((UNSTAGED / f"{page}.html").read_text("utf-8"))
    found = STILL.findall(html(page).read_text("utf-8"))
    assert len(found) == len(drawn) > 0
    for figure, before in zip(found, drawn, strict=True):
        images = [attributes(tag) for tag in IMAGE.findall(figure)]
        assert "<svg" not in figure
        assert [image["class"].split()[0] for image in images] == ["for-light", "for-dark"]
        assert {image["alt"] for image in images} == {attributes(before)["aria-label"]}
        assert {image["loading"] for image in images} == {"lazy"}
        assert len({(image["width"], image["height"]) for image in images}) == 1
        for image in images:
            tree = ElementTree.parse(address_of(image, page)).getroot()
            assert tree.tag == "{http://www.w3.org/2000/svg}svg"
            ratio = float(tree.get("width")) / float(tree.get("height"))
            assert ratio == pytest.approx(int(image["width"]) / int(image["height"]), rel=0.01)
            text = address_of(image, page).read_text("utf-8")
            assert set(re.findall(r'"#([\w-]+)"', text)) <= set(re.findall(r'id="([\w-]+)"', text))
            own = set(re.findall(r"(--[\w-]+):", text))
            assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= own


def test_a_point_is_as_large_on_the_page_as_in_a_live_figure():
    """The stage knows nothing of `lib`, so the number stands in both."""
    assert stage.figures.SHOWN == LARGEST


def test_the_theme_has_the_colours_that_images_take_for_its_own(open_page):
    for colours, values in theme.COLOURS.items():
        tab = open_page("chapters/notation.html", color_scheme=colours)
        style = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
        assert {name: tab.evaluate(style, name) for name in values} == values


def in_both_themes_thoroughly(pages):
    """Page after page, in light and dark by turns; the other theme of each is thorough."""
    for number, page in enumerate(pages):
        for turn, colours in enumerate(("light", "dark")):
            thorough = number > 1 or turn != number
            yield pytest.param(page, colours, marks=[pytest.mark.thorough] * thorough)


# Else Chromium fits letters to the pixels, and within an image otherwise than on a page.
PRECISE = "text { text-rendering: geometricPrecision }"


def precisely(route):
    """Serve an image with letters that are where its file says."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</svg>", f"<style>{PRECISE}</style></svg>"))


@pytest.mark.parametrize(("page", "colours"), in_both_themes_thoroughly(WITH_PLOTS))
def test_an_image_shows_what_the_output_of_the_cell_shows(open_page, page, colours):
    tab = open_page("404.html", color_scheme=colours, device_scale_factor=2)
    tab.route("**/_static/figures/*.svg*", precisely)
    tab.goto(tab.url.replace("404.html", f"{page}.html"), wait_until="load")
    same = "width: 500px !important; height: 300px !important; max-width: none !important;"
    tab.add_style_tag(content=f"figure.live > :is(svg, img) {{ {same} }} figure.live > svg {PRECISE}")
    lay_out(tab)
    drawn = STILL.findall((UNSTAGED / f"{page}.html").read_text("utf-8"))
    figures = tab.locator("figure.live:not([data-name])")
    for figure, before in list(zip(figures.all(), drawn, strict=True))[:5]:
        image = figure.locator(f".for-{colours}")
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.decode()")
        ours = image.screenshot()
        image.evaluate("(one, svg) => (one.parentNode.outerHTML = svg)", before)
        share, blocks = browser.difference(ours, figure.locator("svg").screenshot())
        assert share <= 0.001
        assert blocks == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_one_image_of_two_is_fetched_and_follows_the_theme(open_page, colours):
    tab = open_page(PAGE, color_scheme=colours)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    images = tab.locator("figure.live > img:visible")
    for image in images.all()[:5]:
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.decode()")
    other = {"light": "dark", "dark": "light"}[colours]
    assert [url for url in asked if f"-{other}.svg" in url] == []
    names = images.evaluate_all("all => all.map((one) => one.src.split('?')[0])")
    assert all(name.endswith(f"-{colours}.svg") for name in names)
    tab.evaluate("colours => (document.documentElement.dataset.theme = colours)", other)
    assert images.count() == len(names)
    assert images.first.get_attribute("src").split("?")[0].endswith(f"-{other}.svg")
    tab.emulate_media(media="print")  # paper is white, whatever the screen was
    assert images.first.get_attribute("src").split("?")[0].endswith("-light.svg")


def test_all_images_are_there_for_print(open_page):
    tab = open_page(PAGE, color_scheme="dark", wait_until="load")
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    images = tab.locator("figure.live > img.for-light")
    loaded = "all => Promise.all(all.map((one) => one.decode())).then(() => all.every((one) => one.naturalWidth > 0))"
    assert images.evaluate_all(loaded)


def test_frames_are_fetched_when_a_figure_comes_near_and_not_before(open_page):
    tab = open_page(PAGE, wait_until="networkidle")
    assert tab.evaluate("window.liveFigures") is None
    figure_of(tab, NAME).scroll_into_view_if_needed()
    tab.wait_for_function("name => window.liveFigures?.[name]", arg=NAME)


@pytest.mark.parametrize("way", ["link", "focus", "pointer"])
def test_frames_are_fetched_at_once_for_who_asks(open_page, way):
    script = "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} };"
    tab = open_page(PAGE, script=script, fragment=f"#{NAME}.learning_rate=0.2" if way == "link" else "")
    if way == "focus":
        controls_of(tab, NAME).first.focus()
    if way == "pointer":
        figure_of(tab, NAME).hover()
    tab.wait_for_function("name => window.liveFigures?.[name]", arg=NAME)
    assert set(tab.evaluate("Object.keys(liveFigures)")) == {NAME}


def slowly(tab):
    """Hold back all frames; returns a function that lets them go, and those that are asked for later."""
    held, free = [], []
    tab.route("**/_static/figures/*.js*", lambda route: route.continue_() if free else held.append(route))

    def let_go():
        free.append(True)
        for route in held:
            route.continue_()

    return let_go


def test_a_move_before_the_frames_are_there_is_not_lost(open_page):
    tab = open_page(PAGE)
    let_go = slowly(tab)
    before, first = picture(tab, NAME), figure_of(tab, NAME).locator(".live-sentence").inner_text()
    slider = sliders_of(tab, NAME).first
    slider.focus()
    tab.keyboard.press("End")
    places = state(tab, NAME)
    assert picture(tab, NAME) == before
    let_go()
    expect(figure_of(tab, NAME).locator(".live-sentence")).not_to_have_text(first)
    data = data_of(tab, NAME)
    assert state(tab, NAME) == places
    assert picture(tab, NAME) != before
    assert slider.get_attribute("aria-valuetext") == data["parameters"][0]["texts"][-1]
    tab.wait_for_function("name => location.hash.includes(name)", arg=NAME)


def test_a_button_before_the_frames_are_there_does_its_deed_then(open_page):
    tab = open_page("chapters/backward_pass.html")
    let_go = slowly(tab)
    step = figure_of(tab, "xor").locator("[data-do=step]")
    before = state(tab, "xor")
    step.click()
    assert state(tab, "xor") == before
    let_go()
    tab.wait_for_function("() => document.querySelector('[data-name=xor] input').value !== '0'")


def test_frames_that_cannot_be_had_are_named_and_tried_again(chromium, site):
    context = chromium.new_context()  # a failed request is a complaint: `open_page` would see it
    tab = context.new_page()
    tab.goto(f"{site}/{PAGE}")
    tab.route("**/_static/figures/*.js*", lambda route: route.abort())
    sliders_of(tab, NAME).first.focus()
    tab.keyboard.press("End")
    sentence = figure_of(tab, NAME).locator(".live-sentence")
    expect(sentence).to_have_text("The pictures of this figure can't be reached.")
    tab.unroute("**/_static/figures/*.js*")
    tab.keyboard.press("ArrowLeft")
    expect(sentence).not_to_have_text("The pictures of this figure can't be reached.")
    assert tab.evaluate("name => Boolean(liveFigures[name])", NAME)
    context.close()


def test_an_output_that_is_whole_needs_no_file(chromium):
    """The page as Sphinx leaves it, frames inside: what a notebook's output holds works by itself."""
    context = chromium.new_context()  # that page has the theme's own complaints
    with browser.served(UNSTAGED) as before:
        tab = context.new_page()
        tab.goto(f"{before}/{PAGE}")
        drawing = picture(tab, NAME)
        sliders_of(tab, NAME).first.focus()
        tab.keyboard.press("End")
        assert picture(tab, NAME) != drawing
        assert tab.evaluate("window.liveFigures") is None
    context.close()
