"""Every live figure of every page, in a real browser (see conftest.py); a page is opened once for all of them.

Without what stands between the figures: to lay out fifty screens of text takes longer than all that is asked.
tests/test_controls.py uses each control by touch, keys and mouse, on the pages as they are.
"""

import gzip
import re
from pathlib import Path

import pytest

from tests import browser
from tests.browser import CHAPTERS, ROOT, SITE

FIGURE = re.compile(r'<figure class="live" data-name="([a-z0-9_-]+)">.*?</figure>', re.DOTALL)
FIGURES = {  # by their page and name
    (path.relative_to(SITE).as_posix(), found[1]): found[0]
    for path in sorted(SITE.rglob("*.html"))
    for found in FIGURE.finditer(path.read_text("utf-8"))
}
FILMS = [own for own, text in FIGURES.items() if 'data-do="play"' in text]
FIRST, SECOND = "index.html", "chapters/forward_pass.html"  # the lightest
WITH_FIGURES = sorted({path for path, _ in FIGURES})


def sampled(path, *names, sample=(FIRST,)):
    """What takes long is thorough but for a sample."""
    return pytest.param(path, *names, marks=[pytest.mark.thorough] * (path not in sample))


every_page = pytest.mark.parametrize("path", WITH_FIGURES)
some_pages = pytest.mark.parametrize("path", [sampled(path) for path in WITH_FIGURES])
SCREENS = {"laptop": (1280, 720), "phone": (390, 844), "small phone": (360, 640)}
LETTERS = (11, 15)  # px, as shown
THUMB = 44  # px
ALONE = """addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.remove("partly");
  const others = "article section > :not(section, h1, :has(figure.live))";
  document.head.insertAdjacentHTML("beforeend", `<style>${others} { display: none }</style>`);
})"""


def test_there_are_figures():
    assert FIGURES, f"no live figures in {SITE}: build the book first"
    assert {name for _, name in FILMS} >= {"hero", "xor", "graph"}


def names_on(path):
    return [name for own, name in FIGURES if own == path]


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
    controls_of(page, name).evaluate_all(
        """(all, places) => all.forEach((one, p) => {
             one.value = places[p];
             one.dispatchEvent(new Event("input", {bubbles: true}));
             one.dispatchEvent(new Event("change", {bubbles: true}));
           })""",
        places,
    )


SAID = """names => names.map((name) => {
  const { frames, at, ...said } = liveFigures[name];
  return said;
})"""


def data_of(page, *names):
    """What the file of each figure says, but for its pictures."""
    browser.fetch_figures(page, names)
    return page.evaluate(SAID, names)


@pytest.fixture
def at_start(keep):
    """A function that keeps a page and brings all its figures back to their start; {name: what its file says}."""

    def at_start(path, **options):
        page, names = keep(path, script=ALONE, **options), names_on(path)
        figures = dict(zip(names, data_of(page, *names), strict=True))
        for name, data in figures.items():
            put(page, name, data["start"])
        return page, figures

    return at_start


# Of each figure: its name, its height with its controls, whether these stay in view, its letters' sizes,
# words that are cut at the edge of the drawing, controls that are too small for a thumb, sliders that are short.
MEASURE = """
  async (thumb) => {
    const shown = (one) => getComputedStyle(one).display !== "none";
    const found = [];
    for (const figure of document.querySelectorAll("figure.live")) {
      const box = figure.getBoundingClientRect();
      const drawing = [...figure.querySelectorAll(":scope > svg, :scope > img")].find(shown);
      const frame = drawing.getBoundingClientRect();
      const one = {name: figure.dataset.name ?? "still " + drawing.src.split("/").pop().split("?")[0],
        height: frame.height, stays: false, small: [], short: [], cut: []};
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
        one.short = [...figure.querySelectorAll("input[type=range]")].filter((own) =>
          own.getBoundingClientRect().width < 0.3 * box.width).map((own) => own.id);
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
    page = keep(path, script=ALONE)
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        bar = page.locator(".bd-header-article").evaluate("one => one.offsetHeight")
        for one in page.evaluate(MEASURE, THUMB):
            where = f"{path} {one['name']} on a {screen}"
            assert one["cut"] == [], where
            assert one["small"] == [], where
            assert width == 1280 or one["short"] == [], where
            if not one["name"].startswith("still"):
                print(
                    f"\n{where}: {one['height']:.0f} px, letters of {[round(x, 1) for x in one['letters']]}"
                )
                assert one["height"] <= height - bar or one["stays"], where
            if one["letters"]:
                assert one["letters"][0] >= LETTERS[0] - 0.05, where
                assert width < 1280 or one["letters"][1] <= LETTERS[1], where


PARTS = """
  const figure = document.querySelector(`figure.live[data-name=${name}]`);
  const drawing = [...figure.querySelectorAll("svg")].find((one) => one.checkVisibility());
  const controls = [...figure.querySelectorAll("[data-parameter]")];
  const sentence = () => figure.querySelector(".live-sentence").textContent;
  const put = (control, place) => {
    control.value = place;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = async (what) => {
    figure.querySelector(`[data-do=${what}]`).click();
    await new Promise(setTimeout);
  };
"""

# Each control is moved to its first, second and last place: what is said and shown there, and whether the picture is
# another at the end; then the figure's sentence, and where the controls stand after a reset.
ENDS = f"""async (name) => {{ {PARTS}
  const at = (control, place) => {{
    put(control, place);
    const said = control.ariaValueText ?? control.options[control.value].text;
    const shown = control.closest(".live-slider").querySelector("output")?.textContent ?? said;
    return {{ picture: drawing.innerHTML, words: [said, shown] }};
  }};
  const ends = controls.map((one) => [0, 1, one.max ?? one.options.length - 1].map((place) => at(one, place)));
  const found = {{
    words: ends.map((places) => places.map(({{ words }}) => words)),
    still: controls.filter((_, p) => ends[p][0].picture === ends[p][2].picture).map(({{ id }}) => id),
    sentence: sentence(),
  }};
  await press("reset");
  return {{ ...found, reset: controls.map((one) => +one.value) }};
}}"""


@every_page
def test_each_control_shows_what_the_file_says(at_start, path):
    page, figures = at_start(path)
    for name, data in figures.items():
        texts = [[own["texts"][place] for place in (0, 1, -1)] for own in data["parameters"]]
        assert page.evaluate(ENDS, name) == {
            "words": [[[text, text] for text in own] for own in texts],
            "still": [],
            "sentence": data["sentences"][-1],
            "reset": data["start"],
        }, name


# The link to some places is made, the figure is put back to its start, and the link is followed on the open page.
BACK = f"""async ([name, places, start]) => {{ {PARTS}
  const follow = async (hash, come) => {{
    location.hash = hash;
    for (let frame = 0; frame < 300 && !come(); frame++) await new Promise(requestAnimationFrame);
  }};
  controls.forEach((one, p) => put(one, places[p]));
  const before = drawing.innerHTML;
  await press("link");
  const link = location.hash.slice(1);
  controls.forEach((one, p) => put(one, start[p]));
  const moved = drawing.innerHTML !== before;
  await follow(`unknown.thing=7&nonsense&${{link}}`, () => controls.every((one, p) => +one.value === places[p]));
  const named = [...new URLSearchParams(link).keys()];
  const found = {{ named, moved, back: drawing.innerHTML === before, sentence: sentence() }};
  const {{ name: parameter, values: [zero, one] }} = liveFigures[name].parameters[0];
  if (typeof zero === "number") {{
    await follow(`${{name}}.${{parameter}}=${{0.51 * one + 0.49 * zero}}`, () => +controls[0].value === 1);
    found.near = +controls[0].value;
  }}
  return found;
}}"""


@every_page
def test_a_link_leads_back(at_start, path):
    """To any place of any figure, and a number to the nearest place."""
    page, figures = at_start(path)
    for name, data in figures.items():
        sizes = [len(parameter["texts"]) for parameter in data["parameters"]]
        places = [(start + size // 3) % size for start, size in zip(data["start"], sizes, strict=True)]
        at = 0
        for place, size in zip(places, sizes, strict=True):
            at = at * size + place
        found = page.evaluate(BACK, [name, places, data["start"]])
        assert found.pop("named") == [f"{name}.{own['name']}" for own in data["parameters"]]
        assert found.pop("near", 1) == 1, name
        assert found == {"moved": True, "back": True, "sentence": data["sentences"][at]}, name


@pytest.mark.parametrize("path", [sampled(path, sample=[SECOND]) for path in WITH_FIGURES])
def test_several_figures_in_one_link(at_start, open_page, path):
    """The address that follows the sliders, opened anew: the figures stand as before, the first in sight."""
    page, figures = at_start(path)
    wanted, pairs = {}, []
    for name, data in figures.items():
        wanted[name] = [len(parameter["texts"]) - 1 for parameter in data["parameters"]]
        put(page, name, wanted[name])
        pairs += [[f"{name}.{own['name']}", str(own["values"][-1])] for own in data["parameters"]]
    said = "(pairs) => pairs.every(([key, value]) => new URLSearchParams(location.hash.slice(1)).get(key) == value)"
    page.wait_for_function(said, arg=pairs)
    pictures = {name: picture(page, name) for name in figures}
    again = open_page(path, fragment="#unknown.thing=7&nonsense&" + page.url.split("#")[1])
    browser.await_figures(again, [*figures])
    assert {name: state(again, name) for name in figures} == wanted
    assert {name: picture(again, name) for name in figures} == pictures
    assert figure_of(again, next(iter(figures))).evaluate(
        "one => Math.abs(one.getBoundingClientRect().top) < innerHeight"
    )


def test_a_link_that_is_followed_right_after_a_slider_keeps_its_address(at_start):
    page, figures = at_start(SECOND)
    name, data = next(iter(figures.items()))
    put(page, name, [len(parameter["texts"]) - 1 for parameter in data["parameters"]])
    page.evaluate("document.querySelector('article h2 .headerlink').click()")
    followed = page.url
    assert "#" in followed
    assert name not in followed
    page.wait_for_timeout(400)  # the address of a slider's position takes 300 ms
    assert page.url == followed


@some_pages
def test_without_javascript(open_page, path):
    page = open_page(path, java_script_enabled=False, wait_until="load")  # with its style
    for name in names_on(path):
        figure = figure_of(page, name)
        assert figure.locator("svg:visible").count() == 1, name
        assert figure.locator(".live-sentence").is_visible(), name
        assert not figure.locator(".live-controls").is_visible(), name
        assert "With JavaScript" in figure.locator("noscript").inner_text(), name


@some_pages
def test_from_a_file(open_page, path):
    page = open_page(path, address=SITE.resolve().as_uri())
    for name in names_on(path):
        (data,), before = data_of(page, name), picture(page, name)
        put(page, name, [len(parameter["texts"]) - 1 for parameter in data["parameters"]])
        assert picture(page, name) != before, name
        figure_of(page, name).locator("[data-do=link]").click()
        page.wait_for_function("name => location.hash.startsWith(`#${name}.`)", arg=name)


@pytest.mark.parametrize(("path", "name"), [sampled(*film) for film in FILMS])
def test_play_and_reduced_motion(at_start, path, name):
    page, figures = at_start(path)
    play = figure_of(page, name).locator("[data-do=play]")
    film = figure_of(page, name).locator("[data-animate]")
    first = [0] * len(figures[name]["start"])
    put(page, name, first)
    play.click()
    assert play.inner_text() == "Pause"
    moved = "([one, value]) => +one.value > value"
    page.wait_for_function(moved, arg=[film.element_handle(), 0])
    play.click()
    assert play.inner_text() == "Play"
    after = state(page, name)
    page.wait_for_timeout(600)
    assert state(page, name) == after
    put(page, name, first)
    page.emulate_media(reduced_motion="reduce")
    assert not play.is_visible()
    figure_of(page, name).locator("[data-do=step]").click()
    page.wait_for_function(moved, arg=[film.element_handle(), 0])
    assert sum(state(page, name)) == 1


# How many plots are shown, each drawn into the page for now, where styles can be asked for; and the contrast of every
# word and axis, and of what stands below a figure.
CONTRASTS = """
  async () => {
    const roots = [document];
    for (const image of document.querySelectorAll("figure.live > img")) {
      if (!image.checkVisibility()) continue;
      const host = document.createElement("div");
      host.attachShadow({mode: "open"}).innerHTML = await (await fetch(image.src)).text();
      image.after(host);
      roots.push(host.shadowRoot);
    }
    const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
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
    roots.slice(1).forEach((root) => root.host.remove());
    return [roots.length - 1, found];
  }
"""


@pytest.mark.parametrize("path", [sampled(path, sample=[FIRST, SECOND]) for path in WITH_FIGURES])
def test_words_and_axes_can_be_read_in_both_themes(keep, path):
    page = keep(path, script=ALONE)
    for theme in ("light", "dark"):
        browser.put_in_theme(page, theme)
        plots, ratios = page.evaluate(CONTRASTS)
        assert plots == page.locator("figure.live:not([data-name])").count()
        assert ratios
        assert [(text, ratio) for text, ratio in ratios if ratio < 4.5] == []
        grounds = page.locator(".text_html:has(figure.live)").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).backgroundColor)"
        )
        assert set(grounds) == {"rgba(0, 0, 0, 0)"}  # no light paper behind a figure of the dark theme


@some_pages
def test_print_shows_the_picture_of_now(at_start, path):
    page, (name, *_) = at_start(path)
    figure = figure_of(page, name)
    colour = figure.evaluate("one => getComputedStyle(one).color")
    put(page, name, [1] * controls_of(page, name).count())
    before = picture(page, name)
    browser.put_in_theme(page, "dark")
    page.emulate_media(media="print")
    assert picture(page, name) == before
    assert figure.locator("svg:visible").count() == 1
    assert not figure.locator(".live-buttons").first.is_visible()
    assert figure.evaluate("one => getComputedStyle(one).color") == colour


@every_page
def test_ids_are_their_own(path):
    text = "".join(FIGURES[path, name] for name in names_on(path))
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)


@every_page
def test_the_handler_is_quick(at_start, path, record_property):
    page, figures = at_start(path)
    for name in figures:
        times = figure_of(page, name).evaluate(browser.HANDLER_TIMES)
        median, most = times[len(times) // 2], times[int(0.95 * len(times))]
        record_property("printed", f"{name}: handler median {median:.2f} ms, 95 % within {most:.2f} ms")
        assert median <= 4, name


@pytest.mark.parametrize(("path", "name"), FIGURES)
def test_weight(path, name, record_property):
    text = FIGURES[path, name]
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


@pytest.mark.parametrize(("path", "name"), [sampled(*own) for own in FIGURES])
def test_the_picture_is_true(keep, drawn, path, name):
    """At three positions: the page shows what Matplotlib's own drawing of the whole figure shows."""
    page = keep(path, script=ALONE, device_scale_factor=2)
    page.add_style_tag(content=PLAIN)
    fig, update, sliders = drawn(path)[name]
    (data,), figure = data_of(page, name), figure_of(page, name)
    parameters = data["parameters"]
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
