"""Every live figure of every page, in a real browser (see conftest.py); a page is opened once for all of them."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.browser import CHAPTERS, PHONE, ROOT, SCREEN, SITE, lay_out

FIGURE = re.compile(r'<figure class="live" data-name="([a-z0-9_-]+)">.*?</figure>', re.DOTALL)
pages = {path: FIGURE.findall(path.read_text("utf-8")) for path in sorted(SITE.rglob("*.html"))}
FIGURES = [(path.relative_to(SITE).as_posix(), name) for path, names in pages.items() for name in names]
PLAYING = re.compile(
    r'<figure class="live" data-name="([a-z0-9_-]+)">(?:(?!</figure>).)*data-do="play"', re.DOTALL
)
FILMS = [
    (path.relative_to(SITE).as_posix(), name)
    for path in pages
    for name in PLAYING.findall(path.read_text("utf-8"))
]
SAMPLE = {
    "index.html",
    "chapters/forward_pass.html",
}  # for what takes long, the lightest; the others are thorough


def sampled(path, *names):
    return pytest.param(path, *names, marks=[pytest.mark.thorough] * (path not in SAMPLE))


WITH_FIGURES = sorted({path for path, _ in FIGURES})
every_figure = pytest.mark.parametrize(("path", "name"), FIGURES)
every_page = pytest.mark.parametrize("path", WITH_FIGURES)
some_figures = pytest.mark.parametrize(("path", "name"), [sampled(*own) for own in FIGURES])
some_pages = pytest.mark.parametrize("path", [sampled(path) for path in WITH_FIGURES])
SCREENS = {"laptop": (1280, 720), "phone": (390, 844), "small phone": (360, 640)}
LETTERS = (11, 15)  # px, as shown
THUMB = 44  # px
TOUCHED = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_there_are_figures():
    assert FIGURES, f"no live figures in {SITE}: build the book first"
    assert {name for _, name in FILMS} >= {"hero", "xor", "graph"}


def figure_of(page, name):
    return page.locator(f"figure.live[data-name={name}]")


def sliders_of(page, name):
    return figure_of(page, name).locator("input[type=range]")


def controls_of(page, name):
    """Sliders and menus, in the order of the parameters."""
    return figure_of(page, name).locator("[data-parameter]")


def picture(page, name):
    return figure_of(page, name).locator("svg:visible").inner_html()


def state(page, name):
    return controls_of(page, name).evaluate_all("all => all.map(one => +one.value)")


def put(page, name, places):
    """Move all controls of a figure as a reader does, by input events; its pictures are there."""
    data_of(page, name)
    controls_of(page, name).evaluate_all(
        """(all, places) => all.forEach((one, p) => {
             one.value = places[p];
             one.dispatchEvent(new Event("input", {bubbles: true}));
             one.dispatchEvent(new Event("change", {bubbles: true}));
           })""",
        places,
    )


def data_of(page, name):
    """What the figure's file says, once it is there: a figure that is touched fetches it."""
    lay_out(page)
    figure_of(page, name).dispatch_event("pointerenter")
    page.wait_for_function("name => window.liveFigures?.[name]", arg=name)
    page.evaluate("() => new Promise(setTimeout)")  # explore.js hears of it before this does
    return page.evaluate("name => liveFigures[name]", name)


@pytest.fixture
def at_start(keep):
    """A function that keeps a page, and brings a figure on it back to its start; what the figure's file says."""

    def at_start(path, name, **options):
        page = keep(path, **options)
        data = data_of(page, name)
        put(page, name, data["start"])
        return page, data

    return at_start


# Of each figure: its name, its height with its controls, whether these stay in view, its letters' sizes,
# words that are cut at the edge of the drawing, controls that are too small for a thumb.
MEASURE = """
  async (thumb) => {
    const shown = (one) => getComputedStyle(one).display !== "none";
    const found = [];
    for (const figure of document.querySelectorAll("figure.live")) {
      const box = figure.getBoundingClientRect();
      const drawing = [...figure.querySelectorAll(":scope > svg, :scope > img")].find(shown);
      const frame = drawing.getBoundingClientRect();
      const one = {name: figure.dataset.name ?? "still " + drawing.src.split("/").pop().split("?")[0],
        height: frame.height, stays: false, small: [], cut: []};
      let letters, scale;
      if (drawing.tagName === "IMG") {
        const text = await (await fetch(drawing.src)).text();
        const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
        const size = (own) => parseFloat(own.getAttribute("style").match(/([\\d.]+)px/)[1]);
        letters = [...picture.querySelectorAll("text")].map(size);
        scale = frame.width / picture.viewBox.baseVal.width;
      } else {
        const words = [...drawing.querySelectorAll("text")];
        letters = words.map((own) => parseFloat(getComputedStyle(own).fontSize));
        scale = frame.width / drawing.viewBox.baseVal.width;
        const panel = figure.querySelector(".live-panel");
        one.height = figure.querySelector(".live-controls").getBoundingClientRect().bottom - box.top;
        one.stays = getComputedStyle(panel).position === "sticky" && panel.offsetHeight < 0.6 * innerHeight;
        one.cut = words.filter((own) => {
          const {left, right, top, bottom} = own.getBoundingClientRect();
          return left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 2 || bottom > frame.bottom + 2;
        }).map((own) => own.textContent);
        one.small = [...figure.querySelectorAll("button, select, input")].filter(shown).filter((own) =>
          own.getBoundingClientRect().height < thumb - 0.5).map((own) => own.outerHTML.slice(0, 80));
      }
      one.letters = letters.length ? [Math.min(...letters) * scale, Math.max(...letters) * scale] : [];
      found.push(one);
    }
    return found;
  }
"""


@every_page
def test_figures_are_in_view_with_their_controls_and_can_be_read(keep, path):
    """On a laptop, a phone and a small phone, as the page opens: the first that is asked of it."""
    page = keep(path)
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        bar = page.locator(".bd-header-article").evaluate("one => one.offsetHeight")
        for one in page.evaluate(MEASURE, THUMB):
            where = f"{path} {one['name']} on a {screen}"
            assert one["cut"] == [], where
            assert one["small"] == [], where
            if not one["name"].startswith("still"):
                print(
                    f"\n{where}: {one['height']:.0f} px, letters of {[round(x, 1) for x in one['letters']]}"
                )
                assert one["height"] <= height - bar or one["stays"], where
            if one["letters"]:
                assert one["letters"][0] >= LETTERS[0] - 0.05, where
                assert width < 1280 or one["letters"][1] <= LETTERS[1], where


@every_figure
def test_keyboard(at_start, path, name):
    page, data = at_start(path, name)
    for control, parameter in zip(controls_of(page, name).all(), data["parameters"], strict=True):
        texts = parameter["texts"]
        control.focus()
        if control.evaluate("one => one.tagName") == "SELECT":
            page.keyboard.press("Home")
            before = picture(page, name)
            page.keyboard.press("ArrowDown")
            assert picture(page, name) != before
            continue

        def said(control=control):
            return control.get_attribute("aria-valuetext")

        page.keyboard.press("Home")
        assert said() == texts[0]
        page.keyboard.press("ArrowRight")
        assert said() == texts[1]
        page.keyboard.press("PageUp")
        assert texts.index(said()) > 1 or len(texts) < 20
        page.keyboard.press("PageDown")
        before = picture(page, name)
        page.keyboard.press("End")
        assert said() == texts[-1]
        assert (
            control.evaluate("one => one.closest('.live-slider').querySelector('output').textContent")
            == texts[-1]
        )
        assert picture(page, name) != before
    places = state(page, name)
    at = 0
    for place, parameter in zip(places, data["parameters"], strict=True):
        at = at * len(parameter["texts"]) + place
    assert figure_of(page, name).locator(".live-sentence").inner_text() == data["sentences"][at]
    figure_of(page, name).locator("[data-do=reset]").click()
    assert state(page, name) == data["start"]


@some_figures
@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["screen", "phone"])
def test_drag(at_start, path, name, viewport):
    page, _ = at_start(path, name, viewport=viewport)
    slider = sliders_of(page, name).first
    put(page, name, [0] * controls_of(page, name).count())
    slider.scroll_into_view_if_needed()
    before, box = picture(page, name), slider.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2, steps=5)
    assert picture(page, name) != before
    page.mouse.up()


@some_figures
def test_touch_on_a_phone(at_start, path, name):
    page, _ = at_start(path, name, viewport=PHONE, **TOUCHED)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    slider = sliders_of(page, name).first
    slider.scroll_into_view_if_needed()
    before, box = state(page, name), slider.bounding_box()
    figure = figure_of(page, name).bounding_box()
    assert box["width"] >= 0.3 * figure["width"]
    assert box["height"] >= THUMB
    share = 0.85 if slider.evaluate("one => one.value < one.max / 2") else 0.15
    page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    assert state(page, name) != before


@every_figure
def test_a_link_leads_back(at_start, path, name):
    page, data = at_start(path, name)
    sizes = [len(parameter["texts"]) for parameter in data["parameters"]]
    places = [(start + size // 3) % size for start, size in zip(data["start"], sizes, strict=True)]
    put(page, name, places)
    before = picture(page, name)
    figure_of(page, name).locator("[data-do=link]").click()
    expect(figure_of(page, name).locator("[data-do=link]")).to_have_text("Link copied")
    address = page.evaluate("navigator.clipboard.readText()")
    assert page.url == address
    put(page, name, data["start"])
    assert picture(page, name) != before
    follow = "hash => { location.hash = hash }"  # on a page that is open; the next test opens one
    page.evaluate(follow, "unknown.thing=7&nonsense&" + address[address.index("#") + 1 :])
    page.wait_for_function(
        "([n, places]) => [...document.querySelectorAll(`[data-name=${n}] [data-parameter]`)]"
        ".every((one, p) => +one.value === places[p])",
        arg=[name, places],
    )
    assert picture(page, name) == before
    first = data["parameters"][0]
    if isinstance(first["values"][0], (int, float)):
        middle = 0.51 * first["values"][1] + 0.49 * first["values"][0]
        page.evaluate(follow, f"{name}.{first['name']}={middle}")
        page.wait_for_function(
            "([n, v]) => +document.querySelector(`[data-name=${n}] [data-parameter]`).value === v",
            arg=[name, 1],
        )


@some_pages
def test_several_figures_in_one_link(at_start, open_page, path):
    """The address that follows the sliders, opened anew: the figures stand as before, the first in sight."""
    names = [name for own, name in FIGURES if own == path]
    wanted, pairs = {}, []
    for name in names:
        page, data = at_start(path, name)
        wanted[name] = [len(parameter["texts"]) - 1 for parameter in data["parameters"]]
        put(page, name, wanted[name])
        pairs += [[f"{name}.{own['name']}", str(own["values"][-1])] for own in data["parameters"]]
    said = "(pairs) => pairs.every(([key, value]) => new URLSearchParams(location.hash.slice(1)).get(key) == value)"
    page.wait_for_function(said, arg=pairs)
    pictures = {name: picture(page, name) for name in names}
    again = open_page(path, fragment="#unknown.thing=7&nonsense&" + page.url.split("#")[1])
    again.wait_for_function("names => names.every((name) => window.liveFigures?.[name])", arg=names)
    again.evaluate("() => new Promise(setTimeout)")
    assert {name: state(again, name) for name in names} == wanted
    assert {name: picture(again, name) for name in names} == pictures
    assert figure_of(again, names[0]).evaluate(
        "one => Math.abs(one.getBoundingClientRect().top) < innerHeight"
    )


@some_pages
def test_without_javascript(open_page, path):
    page = open_page(path, java_script_enabled=False, wait_until="load")  # with its style
    for name in (name for own, name in FIGURES if own == path):
        figure = figure_of(page, name)
        assert figure.locator("svg:visible").count() == 1, name
        assert figure.locator(".live-sentence").is_visible(), name
        assert not figure.locator(".live-controls").is_visible(), name
        assert "With JavaScript" in figure.locator("noscript").inner_text(), name


@some_pages
def test_from_a_file(open_page, path):
    page = open_page(path, address=SITE.resolve().as_uri())
    for name in (name for own, name in FIGURES if own == path):
        before = picture(page, name)
        put(page, name, [len(parameter["texts"]) - 1 for parameter in data_of(page, name)["parameters"]])
        assert picture(page, name) != before, name
        figure_of(page, name).locator("[data-do=link]").click()
        page.wait_for_function("name => location.hash.startsWith(`#${name}.`)", arg=name)


@pytest.mark.parametrize(("path", "name"), FILMS)
def test_play_and_reduced_motion(at_start, path, name):
    page, data = at_start(path, name)
    play = figure_of(page, name).locator("[data-do=play]")
    film = figure_of(page, name).locator("[data-animate]")
    put(page, name, [0] * len(data["start"]))
    play.click()
    assert play.inner_text() == "Pause"
    moved = "([one, value]) => +one.value > value"
    page.wait_for_function(moved, arg=[film.element_handle(), 0])
    play.click()
    assert play.inner_text() == "Play"
    after = state(page, name)
    page.wait_for_timeout(600)
    assert state(page, name) == after
    put(page, name, [0] * len(data["start"]))
    page.emulate_media(reduced_motion="reduce")
    assert not play.is_visible()
    figure_of(page, name).locator("[data-do=step]").click()
    page.wait_for_function(moved, arg=[film.element_handle(), 0])
    assert sum(state(page, name)) == 1


LUMINANCE = """
  (names) => {
    const paint = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const known = {};
    const light = (color) => (known[color] ??= measured(color));
    const measured = (color) => {
      paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = light(getComputedStyle(document.body).backgroundColor);
    const ratio = (color) => {
      const [low, high] = [light(color), paper].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const found = [];
    const all = (selector) => [document, ...[...document.querySelectorAll(".drawn")].map((one) => one.shadowRoot)]
      .flatMap((root) => [...root.querySelectorAll(selector)]);
    for (const part of all("svg .text :is(text, use)")) {
      found.push([part.textContent, ratio(getComputedStyle(part).fill)]);
    }
    for (const tick of all("svg use")) {
      const stroke = getComputedStyle(tick).stroke;
      if (stroke === getComputedStyle(tick).color) found.push(["axis", ratio(stroke)]);
    }
    for (const own of document.querySelectorAll(".live-sentence, .live-slider > *, .live-rest > *")) {
      found.push([own.textContent, ratio(getComputedStyle(own).color)]);
    }
    return found;
  }
"""


# What an image shows, drawn into the page where styles can be asked for; returns how many are shown.
DRAW_IMAGES = """
  async () => {
    const images = [...document.querySelectorAll("figure.live > img")].filter((one) => one.checkVisibility());
    for (const image of images) {
      const host = document.createElement("div");
      host.className = "drawn";
      host.attachShadow({mode: "open"}).innerHTML = await (await fetch(image.src)).text();
      image.after(host);
    }
    return images.length;
  }
"""


@some_pages
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_axes_can_be_read_in_both_themes(keep, path, theme):
    page = keep(path)
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
    assert page.evaluate(DRAW_IMAGES) == page.locator("figure.live:not([data-name])").count()
    ratios = page.evaluate(LUMINANCE)
    page.evaluate("document.querySelectorAll('.drawn').forEach((one) => one.remove())")
    assert ratios
    assert [(text, ratio) for text, ratio in ratios if ratio < 4.5] == []
    grounds = page.locator(".text_html:has(figure.live)").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert set(grounds) == {"rgba(0, 0, 0, 0)"}  # no light paper behind a figure of the dark theme


@some_pages
def test_print_shows_the_picture_of_now(at_start, path):
    name = next(name for own, name in FIGURES if own == path)
    page, data = at_start(path, name)
    colour = figure_of(page, name).evaluate("one => getComputedStyle(one).color")
    put(page, name, [1] * len(data["start"]))
    before = picture(page, name)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.emulate_media(media="print")
    assert picture(page, name) == before
    assert figure_of(page, name).locator("svg:visible").count() == 1
    assert not figure_of(page, name).locator(".live-buttons").first.is_visible()
    assert figure_of(page, name).evaluate("one => getComputedStyle(one).color") == colour


@every_page
def test_ids_are_their_own(keep, path):
    page = keep(path)
    ids = page.locator("figure.live [id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    used = page.locator("figure.live use").evaluate_all(
        "all => all.map(one => one.getAttribute('href').slice(1))"
    )
    assert set(used) <= set(ids)


@every_figure
def test_the_handler_is_quick(at_start, path, name, record_property):
    page, _ = at_start(path, name)
    times = figure_of(page, name).evaluate(browser.HANDLER_TIMES)
    median, most = times[len(times) // 2], times[int(0.95 * len(times))]
    record_property("printed", f"{name}: handler median {median:.2f} ms, 95 % within {most:.2f} ms")
    assert median <= 4


@every_figure
def test_weight(path, name, record_property):
    text = next(m[0] for m in FIGURE.finditer((SITE / path).read_text("utf-8")) if m[1] == name)
    frames = re.findall(r'data-frames="([^"?]*)', text)[-1]  # of two drawings a page shows one
    text += ((SITE / path).parent / frames).read_text("utf-8")
    weight = len(gzip.compress(text.encode())) / 1000
    record_property("printed", f"{name}: {weight:.1f} KB gzipped, {len(text) / 1000:.0f} KB raw")
    assert weight <= (60 if text.count("data-parameter") == 1 else 250)


def test_the_script_is_small():
    """3.0 KB for the sliders; the rest turns with the page and shows a figure alone and large."""
    assert len(gzip.compress((ROOT / "_static" / "explore.js").read_bytes())) <= 4000


@pytest.fixture(scope="session")
def drawn():
    """The figures of each notebook, made anew."""
    made = {}

    def drawn(path):
        if path not in made:
            made[path] = browser.figures_of(next(CHAPTERS.rglob(Path(path).stem + ".ipynb")))
        return made[path]

    return drawn


# The page's colours as Matplotlib has them: the comparison is about shapes and places.
PLAIN = """
  figure.live {color: #000 !important}
  figure.live svg {background: #fff}
  figure.live .text {--figure-orange: #d55e00; --figure-green: #009e73; --figure-sky: #56b4e9;
    --figure-yellow: #e69f00; --figure-grey: #767676}
  figure.live svg.theirs {display: block; width: 100%; height: auto}
  .tested svg {position: fixed; top: 0; left: 0; z-index: 9999} /* on whole pixels, both of them */
"""
SWAP = """(ours, svg) => {
  ours.insertAdjacentHTML("afterend", svg);
  ours.nextSibling.classList.add("theirs");
  ours.nextSibling.style.maxWidth = ours.style.maxWidth;
  ours.style.display = "none";
}"""
SWAP_BACK = """(ours) => {
  ours.nextSibling.remove();
  ours.style.display = "";
}"""


@some_figures
def test_the_picture_is_true(keep, drawn, path, name):
    """At three positions: the page shows what Matplotlib's own drawing of the whole figure shows."""
    page = keep(path, device_scale_factor=2)
    page.add_style_tag(content=PLAIN)
    fig, update, sliders = drawn(path)[name]
    parameters, figure = data_of(page, name)["parameters"], figure_of(page, name)
    figure.evaluate("one => one.classList.add('tested')")
    for share in (0.15, 0.5, 0.95):
        places = [int(share * (len(parameter["texts"]) - 1)) for parameter in parameters]
        put(page, name, places)
        values = {
            parameter["name"]: list(sliders[parameter["name"]].values)[place]
            for parameter, place in zip(parameters, places, strict=True)
        }
        svg, sentence = browser.fresh_svg(fig, update, values)
        assert figure.locator(".live-sentence").inner_text() == sentence
        drawing = figure.locator("svg.wide, svg:not([class])")
        ours = drawing.screenshot()
        drawing.evaluate(SWAP, svg)
        theirs = figure.locator("svg.theirs").screenshot()
        drawing.evaluate(SWAP_BACK)
        share_off, blocks = browser.difference(ours, theirs)
        print(f"\n{name} at {values}: {100 * share_off:.4f} % of the pixels differ, {blocks} blocks")
        assert share_off <= 0.001
        assert blocks == 0
    figure.evaluate("one => one.classList.remove('tested')")


def test_a_link_to_a_slider_moves_its_own_window_only(open_page, site):
    """In a frame below some text, the page around it stays where it is."""
    page = open_page("404.html")
    address = f"{site}/chapters/gradient_descent.html#parabola.learning_rate=0.5"
    page.set_content(f'<p style="height: 1500px">Text.</p><iframe src="{address}" height="600"></iframe>')
    frame = page.frame_locator("iframe")
    figure = frame.locator("figure.live[data-name=parabola]")
    figure.locator("output").first.filter(has_text="0.5").wait_for()
    top = "document.querySelector('[data-name=parabola]').getBoundingClientRect().top"
    page.frames[-1].wait_for_function(f"0 <= {top} && {top} < 300")
    assert page.evaluate("scrollY") == 0
