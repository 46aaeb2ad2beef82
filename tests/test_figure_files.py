"""Plots and the frames of live figures as files of their own (_ext/stage/figures.py, explore.js)."""

import itertools
import re
from xml.etree import ElementTree

import pytest
import stage
import theme
from playwright.sync_api import expect

from lib.live.svg import LARGEST
from tests import browser
from tests.browser import UNSTAGED
from tests.test_live_figures import controls_of, data_of, figure_of, picture, sliders_of, state
from tests.test_site import PAGES, html

PAGE, NAME = "chapters/forward_pass.html", "neuron"
SHORT = "chapters/further_reading.html"
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


def test_the_theme_has_the_colours_that_images_take_for_its_own(keep):
    tab = keep(SHORT)
    style = "names => names.map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))"
    for colours, values in theme.COLOURS.items():
        browser.put_in_theme(tab, colours)
        assert tab.evaluate(style, [*values]) == [*values.values()]


# Else Chromium fits letters to the pixels, and within an image otherwise than on a page.
PRECISE = "text { text-rendering: geometricPrecision }"


def precisely(route):
    """Serve an image with letters that are where its file says."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</svg>", f"<style>{PRECISE}</style></svg>"))


SAMPLE = {("chapters/worksheet", "light"), ("chapters/slides", "dark")}
IN_BOTH_THEMES = [
    pytest.param(*own, marks=[pytest.mark.thorough] * (own not in SAMPLE))
    for own in itertools.product(WITH_PLOTS, ["light", "dark"])
]


@pytest.mark.parametrize(("page", "colours"), IN_BOTH_THEMES)
def test_an_image_shows_what_the_output_of_the_cell_shows(open_page, page, colours):
    """On a short page: what stands around a plot doesn't matter."""
    tab = open_page(SHORT, color_scheme=colours, device_scale_factor=2)
    tab.route("**/_static/figures/*.svg*", precisely)
    same = "width: 500px !important; height: 300px !important; max-width: none !important;"
    tab.add_style_tag(content=f"figure.live > :is(svg, img) {{ {same} }} figure.live > svg {PRECISE}")
    tab.evaluate("document.querySelector('article').insertAdjacentHTML('afterbegin', '<div id=place></div>')")
    drawn = STILL.findall((UNSTAGED / f"{page}.html").read_text("utf-8"))
    for figure, before in zip(STILL.findall(html(page).read_text("utf-8")), drawn, strict=True):
        shown = []
        for one, kind in ((figure, f"img.for-{colours}"), (before, "svg")):
            tab.evaluate("one => void (place.innerHTML = one)", one)
            drawing = tab.locator(f"#place {kind}")
            drawing.evaluate("one => one.decode?.()")
            shown.append(drawing.screenshot())
        share, blocks = browser.difference(*shown)
        assert share <= 0.001
        assert blocks == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_one_image_of_two_is_fetched_and_follows_the_theme(open_page, colours):
    tab = open_page("chapters/worksheet.html", color_scheme=colours)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    images = tab.locator("figure.live > img:visible")
    for image in images.all():
        image.scroll_into_view_if_needed()
        image.evaluate("one => one.decode()")
    other = {"light": "dark", "dark": "light"}[colours]
    assert [url for url in asked if f"-{other}.svg" in url] == []
    names = images.evaluate_all("all => all.map((one) => one.src.split('?')[0])")
    assert all(name.endswith(f"-{colours}.svg") for name in names)
    tab.evaluate("colours => (document.documentElement.dataset.theme = colours)", other)
    assert images.count() == len(names) > 1
    assert images.first.get_attribute("src").split("?")[0].endswith(f"-{other}.svg")
    tab.emulate_media(media="print")  # paper is white, whatever the screen was
    assert images.first.get_attribute("src").split("?")[0].endswith("-light.svg")


def test_all_images_are_there_for_print(open_page):
    tab = open_page("chapters/worksheet.html", color_scheme="dark", wait_until="load")
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    loaded = """[...document.querySelectorAll("figure.live > img.for-light")]
      .map((one) => one.complete && one.naturalWidth > 0)"""
    tab.wait_for_function(f"{loaded}.every(Boolean)")
    assert len(tab.evaluate(loaded)) > 1


COME = "name => window.liveFigures?.[name]"


def test_frames_are_fetched_when_a_figure_comes_near_and_not_before(open_page):
    tab = open_page(PAGE, wait_until="load")
    tab.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    assert tab.locator("head script[src*='/figures/']").count() == 0  # by which it is asked for
    figure_of(tab, NAME).scroll_into_view_if_needed()
    tab.wait_for_function(COME, arg=NAME)


def test_frames_are_fetched_at_once_for_who_asks(open_page):
    """By keyboard, by a pointer, by a link; and no others."""
    script = "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} };"
    tab = open_page(PAGE, script=script)
    ways = {
        "border": lambda: controls_of(tab, "border").first.focus(),
        "neuron": lambda: figure_of(tab, "neuron").hover(),
        "product": lambda: tab.evaluate("location.hash = 'product.nonsense=7'"),
    }
    for number, (name, ask) in enumerate(ways.items(), start=1):
        ask()
        tab.wait_for_function(COME, arg=name)
        assert tab.evaluate("Object.keys(liveFigures)") == [*ways][:number]


def slowly(tab):
    """Hold back all frames; returns a function that lets them go, and those that are asked for later."""
    held, free = [], []
    tab.route("**/_static/figures/*.js*", lambda route: route.continue_() if free else held.append(route))

    def let_go():
        free.append(True)
        for route in held:
            route.continue_()

    return let_go


def test_what_is_done_before_the_frames_are_there_is_not_lost(open_page):
    """A slider is moved, a button of another figure is pressed: the pictures, and the deed, come then."""
    tab = open_page(PAGE)
    let_go = slowly(tab)
    before, sentence = picture(tab, NAME), figure_of(tab, NAME).locator(".live-sentence")
    first, slider = sentence.inner_text(), sliders_of(tab, NAME).first
    slider.focus()
    tab.keyboard.press("End")
    places, film = state(tab, NAME), state(tab, "hinges")
    figure_of(tab, "hinges").locator("[data-do=step]").click()
    assert picture(tab, NAME) == before
    assert state(tab, "hinges") == film
    let_go()
    expect(sentence).not_to_have_text(first)
    (data,) = data_of(tab, NAME)
    assert state(tab, NAME) == places
    assert picture(tab, NAME) != before
    assert slider.get_attribute("aria-valuetext") == data["parameters"][0]["texts"][-1]
    tab.wait_for_function("name => location.hash.includes(name)", arg=NAME)
    moved = "place => +document.querySelector('[data-name=hinges] [data-animate]').value === place + 1"
    tab.wait_for_function(moved, arg=film[0])


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
        tab.goto(f"{before}/index.html")
        drawing = picture(tab, "hero")
        sliders_of(tab, "hero").first.focus()
        tab.keyboard.press("End")
        assert picture(tab, "hero") != drawing
        assert tab.evaluate("window.liveFigures") is None
    context.close()
