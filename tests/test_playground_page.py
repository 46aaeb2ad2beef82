"""The playground's page: what it shows is what `lib` computes, and everybody can use it.

Served as in test_lite.py; Pyodide comes from the site where PYODIDE_DIR was set when the book was built,
else from its CDN, and without either there is no test. Python starts once, on a page that was opened by
a link to a run, and nearly everything is asked of that page.
"""

import json
import re
import time
from types import SimpleNamespace

import numpy as np
import pytest
import python as extension

from lib import playground
from tests import test_lite
from tests.browser import Tabs, barriers
from tests.test_lite import Host
from tests.test_playground import done, printed, random_settings
from tests.test_python_page import LATER, LOADED, assert_quiet

course, pyodide = test_lite.course, test_lite.pyodide  # fixtures
PAGE = "chapters/playground.html"
LINK = "v=1&hidden=3&seed=2&run=5.0x40"
LAPTOP, PHONE, SMALL = ({"width": w, "height": h} for w, h in ((1280, 720), (390, 844), (360, 640)))
SECONDS = 60_000  # of patience, in ms


class Playground:
    """The page, and what a reader does on it."""

    def __init__(self, tab):
        self.tab = tab

    def press(self, what):
        self.tab.click(f"[data-play={what}]")

    def said(self):
        return self.tab.locator(".play-said").text_content()

    def now(self):
        return self.tab.locator(".play-now").text_content()

    def choose(self, **values):
        """As a reader does, one after the other; each change begins a run."""
        for name, value in values.items():
            field = self.tab.locator(f".playground [name={name}]")
            if field.evaluate("one => one.localName") == "select":
                field.select_option(str(value))
            else:
                field.fill(str(value))
                field.press("Enter")
            self.rest()

    def rest(self):
        """Until Python has answered whatever it was asked before."""
        self.tab.evaluate(
            "async () => { for (let k = 0; k < 4; k++) await python.call('playground', 'frame') }"
        )

    def ask(self, name, message):
        """What lib.playground answers in the browser, with arrays as NumPy's."""
        found = self.tab.evaluate(
            "async ([name, message]) => JSON.stringify(await python.call('playground', name, message), (_, own) =>"
            " ArrayBuffer.isView(own) ? [...own].map(String) : own)",
            [name, message],
        )
        return arrays(json.loads(found))

    def fresh(self):
        """The first run again, at its start."""
        self.tab.evaluate("history.replaceState(null, '', location.pathname), location.hash = 'v=1&'")
        self.tab.wait_for_function("document.querySelector('.play-now').textContent.startsWith('epoch 0 ')")
        self.rest()


def arrays(found):
    return {
        name: np.array(own["data"], dtype=float).reshape(own["shape"])
        if isinstance(own, dict) and "shape" in own
        else own
        for name, own in found.items()
    }


@pytest.fixture(scope="module")
def opened(chromium, course, pyodide):
    """The page opened by a link, and Python started; what was asked before and after, and the seconds."""
    tabs = Tabs(chromium, course)
    tab = tabs.open(f"{PAGE}#{LINK}", wait_until="networkidle", viewport=LAPTOP)
    before, sent, label = tab.evaluate(LOADED), Host.sent, tab.locator("[data-play=start]").text_content()
    began = time.perf_counter()
    tab.click("[data-play=start]")
    tab.wait_for_function(
        "document.querySelector('.play-now').textContent.includes('epoch')", timeout=SECONDS
    )
    seconds, megabytes = time.perf_counter() - began, (Host.sent - sent) / 1e6
    tab.wait_for_function(
        "document.querySelector('.play-now').textContent.includes('epoch 40 ')", timeout=SECONDS
    )
    play = Playground(tab)
    play.rest()
    linked = play.now()
    yield SimpleNamespace(**locals())
    tabs.close()
    assert_quiet(tabs, pyodide)


@pytest.fixture
def play(opened):
    opened.tab.set_viewport_size(LAPTOP)
    opened.tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    return opened.play


def test_nothing_comes_before_the_click(opened, course, pyodide, record_property):
    assert len(opened.before) > 5
    assert [url for url in opened.before if LATER.search(url) or not url.startswith(course)] == []
    assert opened.label == f"Start Python here (about {extension.MEGABYTES}\u00a0MB, once)"
    record_property(
        "printed",
        f"Playground: {opened.seconds:.1f} s and {opened.megabytes:.2f} MB from the click to the first frame, "
        f"Pyodide from {pyodide}",
    )


def test_a_link_brings_its_run_back(opened):
    frame = done({"hidden": "3", "seed": "2"}, [("train", {"epochs": 40})])[-1]
    assert opened.linked == f"epoch 40 · cost {frame['cost'][0]:.3g} · {frame['right'].sum():.0f} of 4 right"


@pytest.mark.parametrize("number", range(10))
def test_the_numbers_are_those_of_cpython(play, number):
    """Of ten random settings, every array of every step: weights, gradients, answers, cost, plane."""
    chosen, moves = random_settings(number)
    largest = 0
    for (name, message), ours in zip(
        [("begin", {"settings": chosen}), *moves], done(chosen, moves), strict=True
    ):
        theirs = play.ask(name, message)
        assert set(theirs) == set(ours)
        for what, own in ours.items():
            if isinstance(own, np.ndarray):
                assert theirs[what] == pytest.approx(own, rel=1e-12, abs=1e-12), (name, what)
                largest = max(largest, abs(theirs[what] - own).max(initial=0))
            else:
                assert theirs[what] == own, (name, what)
    numbers, here = play.ask("numbers", {"row": 2}), playground.numbers({"row": 2})
    assert numbers["tables"] == here["tables"]
    for place in range(len(here["tables"])):
        assert numbers[f"table{place}"] == pytest.approx(here[f"table{place}"], rel=1e-12, abs=1e-12)
    assert numbers["error"][0] < 1e-12
    assert largest < 1e-12


def test_what_stands_on_the_page_is_what_was_computed(play):
    """Steps that are pressed, the tables of one step, the row's answer."""
    play.fresh()
    for _ in range(3):
        play.press("step")
        play.rest()
    done({}, [("step", {})] * 3)
    found = playground.numbers({"row": 2})
    frame = playground.frame({})
    assert play.now() == f"epoch 3 · cost {frame['cost'][0]:.3g} · {frame['right'].sum():.0f} of 4 right"
    fold = play.tab.locator("[data-fold=numbers]")
    fold.locator("summary").click()
    fold.locator("select").select_option("2")
    play.rest()
    shown = fold.locator(".play-matrix").evaluate_all(
        "all => all.map(one => [one.querySelector('p').textContent, "
        "[...one.querySelectorAll('td')].map(td => td.textContent)])"
    )
    assert len(shown) == len(found["tables"]) == 17
    for place, ((title, cells), (name, computed, _)) in enumerate(zip(shown, found["tables"], strict=True)):
        table = found[f"table{place}"]
        assert title.startswith(name.replace("_", ""))
        assert title.endswith(f"({table.shape[0]}, {table.shape[1]})")
        assert computed.replace("_", "") in title
        read = [
            float(
                re.sub(r" × 10| ?10(?=[⁻⁰¹²³])", "e", c.translate(DIGITS))
                if "e" in c
                else c.translate(DIGITS)
            )
            for c in cells
        ]
        assert read == pytest.approx(table.ravel(), rel=1e-3)
    assert "complex step" in fold.text_content()
    fold.locator("summary").click()


DIGITS = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def test_as_python_is_copied_and_comes_to_the_same_cost(play):
    play.fresh()
    play.choose(data="moons", cost="bce", activation="tanh", width1=4, alpha="0,5", batch="10")
    play.press("train")
    play.tab.wait_for_timeout(300)
    play.press("train")
    play.rest()
    fold = play.tab.locator("[data-fold=python]")
    fold.locator("summary").click()
    play.press("copy")
    play.tab.wait_for_function("document.querySelector('[data-play=copy]').textContent === 'Copied'")
    program = play.tab.evaluate("navigator.clipboard.readText()")
    fold.locator("summary").click()
    assert program.startswith("# In Colab, first: %pip install -q https://github.com/")
    _, cost = printed(program)
    assert cost == pytest.approx(play.ask("frame", {})["cost"][0], rel=1e-9)
    play.press("link")
    play.tab.wait_for_function("document.querySelector('[data-play=link]').textContent === 'Link copied'")
    link = play.tab.evaluate("navigator.clipboard.readText()")
    assert "#v=1&data=moons&hidden=4&activation=tanh&cost=bce&alpha=0.5&batch=10&run=0.5/10x" in link


BAD = [
    (lambda play: play.choose(alpha="0"), "alpha: expected a number above 0"),
    (lambda play: play.choose(alpha="fast"), "alpha: expected a number, got 'fast'"),
    (lambda play: play.choose(seed="x"), "seed: expected a number, got 'x'"),
    (lambda play: play.choose(batch="10"), "batch: expected at most 4, the number of points, got 10"),
    (lambda play: play.tab.evaluate("location.hash = 'v=9&data=xor'"), "link: expected one of version 1, got 9"),
    (lambda play: play.tab.evaluate("location.hash = 'v=1&alpha=oops'"), "alpha: expected a number, got 'oops'"),
]  # fmt: skip


def test_what_is_refused_gets_a_sentence_and_nothing_is_lost(play):
    for bad, sentence in BAD:
        play.fresh()
        play.press("step")
        play.rest()
        before = play.ask("frame", {})
        bad(play)
        play.tab.wait_for_function(
            "(said) => document.querySelector('.play-said').textContent.startsWith(said)", arg=sentence
        )
        after = play.ask("frame", {})
        assert after["epoch"] == before["epoch"] == 1
        assert (after["W1"] == before["W1"]).all()
        play.choose(alpha="5", seed="0", batch="0")


def test_points_of_ones_own_by_hand_table_and_text(play):
    play.fresh()
    play.choose(data="own")
    rows = play.tab.locator(".play-table tbody tr")
    assert rows.count() == 4, "they begin with those that were seen"
    play.press("clear")
    play.rest()
    assert play.said() == "points: expected at least two, one of each class, got none"
    canvas = play.tab.locator(".play-plane canvas")
    box = canvas.bounding_box()
    for share in (0.25, 0.75):
        canvas.click(position={"x": share * box["width"], "y": 0.25 * box["height"]})
        play.rest()
    assert play.said() == "points: expected both classes, got 2 of class 1 only"
    play.tab.check("[name=kind][value='0']")
    canvas.click(position={"x": 0.5 * box["width"], "y": 0.75 * box["height"]})
    play.rest()
    assert play.said() == ""
    frame = play.ask("frame", {})
    assert frame["y_hat"].shape == (3,)
    held = play.ask("begin", {"settings": {"data": "own", "points": points(play)}})
    assert held["X"] == pytest.approx(np.array([[-1, 1], [1, 1], [0, -1]]), abs=0.03)
    assert held["y"].tolist() == [1, 1, 0]
    # the same by keys alone: a point is added, written, refused, mended, removed
    press = play.tab.keyboard.press
    play.tab.focus("[data-play=add]")
    press("Enter")
    play.rest()
    play.tab.focus("[aria-label='x₁ of point 4']")
    for value, said in (("far", "point 4, x1: expected a number, got 'far'"), ("0,5", "")):
        press("Control+a")
        play.tab.keyboard.type(value)
        press("Tab")
        play.rest()
        assert play.said() == said
        press("Shift+Tab")
    assert points(play).splitlines()[3] == "0.5, 0.0, 0"
    play.tab.focus("[aria-label='Remove point 1']")
    press("Enter")
    play.rest()
    assert rows.count() == 3
    # as text
    play.tab.locator(".play-own details summary").click()
    field = play.tab.locator(".play-own textarea")
    for text, said in (
        ("0,0,1\n" * 5000, "points: expected at most 1,000 points, got 5,000"),
        ("0 0 1\n1 77 0", "point 2, x2: expected -10 to 10, got 77"),
        ("0\t0\t1\n1;1,0.5,0", "point 2: expected x1, x2 and a class such as 0.5, -1, 1, got '1'"),
        ("0\t0\t1\n1, 0.5, 0\n-1 2 1", ""),
    ):
        field.evaluate("(one, text) => (one.value = text)", text)  # as pasted: to type it takes a minute
        play.press("take")
        play.rest()
        assert play.said() == said
    assert rows.count() == 3
    play.press("train")
    play.tab.wait_for_function("document.querySelector('.play-now').textContent.endsWith('3 of 3 right')")
    play.press("train")
    play.rest()
    assert "points=0.0,0.0,1;1.0,0.5,0;-1.0,2.0,1" in play.tab.url
    play.tab.locator(".play-own details summary").click()


def points(play):
    return play.tab.locator(".play-own textarea").input_value()


def test_everything_is_reached_and_used_by_keys(play):
    """From the first button on, Tab comes to every control that can be seen, in their order."""
    play.fresh()
    tab, press = play.tab, play.tab.keyboard.press
    expected = tab.evaluate(
        """() => [...document.querySelectorAll(".playground :is(button, input, select, textarea, summary, [tabindex])")]
          .filter((one) => one.checkVisibility() && !one.disabled)
          .map((one, k) => (one.dataset.turn = k))"""
    )
    tab.focus("[data-play=train]")
    seen = []
    for _ in expected:
        seen.append(int(tab.evaluate("document.activeElement.dataset.turn ?? -1")))
        press("Tab")
    assert seen == expected
    assert len(seen) > 18
    tab.focus("[data-play=train]")
    press("Space")
    tab.wait_for_function("document.activeElement.textContent === 'Pause'")
    tab.wait_for_timeout(200)
    press("Space")
    tab.wait_for_function("document.activeElement.textContent === 'Train'")
    play.rest()
    assert re.match(r"epoch [\d,]+ ·", play.now())
    assert not play.now().startswith("epoch 0 ")
    press("Tab")
    press("Tab")
    press("Enter")  # Start again
    tab.wait_for_function("document.querySelector('.play-now').textContent.startsWith('epoch 0 ')")
    tab.focus("#play-alpha")
    press("ArrowRight")
    play.rest()
    assert tab.locator("[name=alpha]").input_value() == "5.13"
    assert play.ask("recipe", {})["link"]["alpha"] == "5.13"
    tab.focus("[data-play=gradients]")
    press("Enter")
    assert "edges show dC/dW" in tab.locator("#play-network").text_content()
    press("Enter")
    tab.focus("[data-play=seed]")
    press("Enter")
    play.rest()
    assert play.ask("recipe", {})["link"]["seed"] == "1"


def test_what_is_named_is_said(play):
    play.fresh()
    play.choose(size="0.0")
    assert play.tab.locator(".play-seen li").all_text_contents() == [
        "Neurons 1 and 2 of layer 1: twins: the same weights, the same slopes."
    ]
    assert "twins" in play.tab.locator(".play-heard").text_content()
    play.fresh()
    play.choose(activation="relu", cost="bce", width1=8, alpha="100000")
    play.press("train")
    play.tab.wait_for_function("document.querySelector('.play-seen').textContent.startsWith('Diverged')")
    play.tab.wait_for_function("document.querySelector('[data-play=train]').textContent === 'Train'")


BOTH = """() => {
  const bar = document.querySelector(".play-bar");
  scrollTo(0, scrollY + bar.getBoundingClientRect().top - 52);
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  return [box("[data-play=train]").top >= 0, box(".play-plane canvas").bottom <= innerHeight];
}"""
LOW = """() => [...document.querySelectorAll(
    ".playground :is(button, select, input:not([type=radio]), summary, .play-kinds label)")]
  .filter((one) => one.checkVisibility() && Math.min(one.offsetHeight, one.offsetWidth) < 44)
  .map((one) => one.outerHTML.slice(0, 90))"""


def test_train_and_the_plane_are_in_one_view_and_nothing_is_cut(play):
    for size in (LAPTOP, PHONE):
        play.tab.set_viewport_size(size)
        assert play.tab.evaluate(BOTH) == [True, True], size
    play.choose(data="own")
    play.tab.set_viewport_size(SMALL)
    play.tab.evaluate("document.querySelectorAll('.playground details').forEach(one => (one.open = true))")
    play.rest()
    assert play.tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert play.tab.evaluate(LOW) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nobody_is_shut_out(play, colours):
    """axe, with everything open and a run before it."""
    play.tab.emulate_media(color_scheme=colours)
    play.tab.evaluate("document.querySelectorAll('.playground details').forEach(one => (one.open = true))")
    play.rest()
    rules = {} if colours == "light" else {"runOnly": ["color-contrast"]}
    assert barriers(play.tab, "document.querySelector('.playground')", **rules) == []


FRAMES = """(milliseconds) => new Promise((done) => {
  let frames = 0, longest = 0;
  const pen = CanvasRenderingContext2D.prototype, old = pen.putImageData;
  pen.putImageData = function (...all) { frames++; return old.apply(this, all); };
  const watch = new PerformanceObserver((list) =>
    list.getEntries().forEach((one) => (longest = Math.max(longest, one.duration))));
  watch.observe({ type: "longtask" });
  setTimeout(() => {
    pen.putImageData = old;
    watch.disconnect();
    done([1000 * frames / milliseconds, longest]);
  }, milliseconds);
})"""


def test_who_wants_no_motion_sees_few_frames(play):
    play.fresh()
    play.tab.emulate_media(reduced_motion="reduce")
    play.press("train")
    per_second, _ = play.tab.evaluate(FRAMES, 1500)
    play.press("train")
    play.rest()
    assert 0 < per_second <= 3


LARGE = {"data": "rings", "samples": 500, "layers": 2, "width1": 8, "width2": 8, "cost": "bce"}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "values", "epochs"),
    [("2-4-1 on XOR", {"width1": 4}, 3000), ("2-8-8-1 on 500 points", LARGE, 300)],
)
def test_training_is_quick_and_the_page_stays_free(play, record_property, name, values, epochs):
    """Epochs a second beside CPython in the same run, the best of five each; frames and the longest task."""
    play.fresh()
    play.choose(alpha="0.3", **values)
    play.press("train")
    play.tab.wait_for_timeout(1000)  # until the epochs of a frame have found their number
    frames, longest = play.tab.evaluate(FRAMES, 3000)
    play.press("train")
    play.rest()
    chosen = {
        key: str(value) for key, value in values.items() if key in ("data", "samples", "activation", "cost")
    }
    chosen["hidden"] = "8-8" if "layers" in values else "4"
    playground.begin({"settings": chosen | {"alpha": "0.3"}})
    theirs, ours = [], []
    for _ in range(5):
        began = time.perf_counter()
        playground.train({"epochs": epochs})
        ours.append(time.perf_counter() - began)
        theirs.append(
            play.tab.evaluate(
                """async (epochs) => {
                  const began = performance.now();
                  await python.call("playground", "train", { epochs });
                  return (performance.now() - began) / 1000;
                }""",
                epochs,
            )
        )
    ratio = min(ours) / min(theirs)
    record_property(
        "printed",
        f"Playground, {name}: {frames:.0f} frames/s, longest task {longest:.0f} ms, "
        f"{epochs / min(theirs):,.0f} epochs/s against {epochs / min(ours):,.0f} in CPython: {ratio:.2f}",
    )
    assert ratio >= 0.25
    assert frames >= 20


@pytest.mark.parametrize("how", ["without scripts", "in print"])
def test_where_nothing_runs_there_is_a_picture(chromium, course, how):
    context = chromium.new_context(java_script_enabled=how == "in print", viewport=LAPTOP)
    tab = context.new_page()
    tab.goto(f"{course}/{PAGE}")
    if how == "in print":
        tab.emulate_media(media="print")
    assert tab.locator(".tag_still").is_visible()
    assert "the playground stands here" in tab.locator(".tag_still").text_content()
    assert not tab.locator("[data-play=train]").is_visible()
    context.close()


def test_on_a_screen_the_picture_makes_room(play):
    assert not play.tab.locator(".tag_still").is_visible()
