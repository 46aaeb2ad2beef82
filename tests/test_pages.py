"""Every page in a real browser: no barriers, nothing cut off, nothing asked from anybody else.

A page is opened once, as a phone does it over a line that is gzipped, and then is asked everything.
"""

import contextlib
import gzip

import lighthouse
import pytest
from playwright.sync_api import TimeoutError

from tests.browser import ANSWERED, PHONE, SCREEN, SITE, Tabs, barriers, lay_out, put_in_theme
from tests.controls import Hand
from tests.helpers import course
from tests.test_practice import JUDGE
from tests.test_site import PAGES

SMALLEST = {"width": 320, "height": 640}  # or 1280 px at a zoom of 400 %
BUDGET = {  # KiB over the line, requests, elements: before anything is touched
    "index": (120, 12, 1_500),
    "chapters": (200, 18, 18_000),
    "chapters/questions": (220, 14, 18_000),  # every question, and once more for the count of files
}
TAKEN = """async () => {
  // What comes late has come; a page that never gets idle is asked all the same.
  await new Promise((go) => requestIdleCallback(() => setTimeout(go, 100), { timeout: 3000 }));
  const sizes = performance.getEntries().map((entry) => entry.transferSize).filter((size) => size > 0);
  const sum = sizes.reduce((one, other) => one + other);
  return [sum / 1024, sizes.length, document.querySelectorAll("*").length];
}"""


@pytest.fixture(scope="module")
def tabs(chromium):
    with lighthouse.served(SITE) as site:
        yield Tabs(chromium, site)


ASKED, COURSE = [*PAGES, "search"], course()


@pytest.fixture(scope="module", params=ASKED)
def page(request):
    return request.param


@pytest.fixture(scope="module")
def opened(page, tabs):
    """The tab, and what it took to open the page."""
    tab = tabs.open(f"{page}.html", wait_until="load", viewport=PHONE, waiting=True)
    taken = tab.evaluate(TAKEN)
    tab.evaluate(ANSWERED)
    lay_out(tab)
    tab.evaluate("document.fonts.ready")
    yield tab, taken
    tabs.close()


@pytest.fixture
def tab(opened):
    """The tab as a phone shows it, all laid out."""
    tab, _ = opened
    tab.set_viewport_size(PHONE)
    return tab


@pytest.fixture
def screen(opened):
    """The same on a screen; what asks for it comes last: a new size costs a layout of the page."""
    tab, _ = opened
    tab.set_viewport_size(SCREEN)
    return tab


def test_a_page_keeps_its_budget(page, opened, record_property):
    _, (weight, requests, elements) = opened
    record_property("printed", f"{page}: {weight:.0f} KiB, {requests} requests, {elements} elements")
    most = BUDGET.get(page) or BUDGET["chapters"]
    assert weight <= most[0]
    assert requests <= most[1]
    assert elements <= most[2]


def test_the_judge_with_its_form_keeps_its_budget(record_property):
    """As they are fetched; a page whose lines are to be put in order has a little script more."""
    sizes = {
        name: len(gzip.compress((SITE / "_static" / f"{name}.js").read_bytes(), 9, mtime=0))
        for name in ("form", "judge", "order", "after")
    }
    record_property("printed", ", ".join(f"{name}.js {size:,} bytes" for name, size in sizes.items()))
    assert sizes["form"] + sizes["judge"] <= JUDGE


LAYOUT = r"""
  () => {
    document.querySelectorAll("article details").forEach((one) => Object.assign(one, { open: true, hidden: false }));
    const found = {scrolling: [], cut: [], wide: [], orphans: []};
    for (const box of document.querySelectorAll("div.math")) {
      const [outer, inner] = [box, box.querySelector("math")].map((one) => one.getBoundingClientRect());
      if (box.scrollWidth > box.clientWidth + 1) found.scrolling.push(box.textContent);
      if (inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1) found.cut.push(box.textContent);
    }
    for (const formula of document.querySelectorAll("math:not([display])")) {
      const holder = formula.closest("p, li, td, th, dd, h1, h2, h3, summary, div");
      const right = formula.getBoundingClientRect().right;
      if (right > holder.getBoundingClientRect().right + 1) found.wide.push(formula.textContent);
    }
    const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      const holder = node.parentElement.closest("p, li, td, th, dd, h1, h2, h3, summary");
      if (!holder || !/^[.,;:?!)\]]/.test(node.data) || node.previousSibling?.tagName !== "math") continue;
      const range = document.createRange();
      range.setStart(node, 0);
      range.setEnd(node, 1);
      const left = holder.getBoundingClientRect().left + parseFloat(getComputedStyle(holder).paddingLeft);
      if (Math.abs(range.getBoundingClientRect().left - left) < 2) found.orphans.push(holder.textContent);
    }
    return found;
  }
"""


def assert_formulas_fit(tab, scrolling):
    """Nothing is cut off, and no sign begins a line; so many formulas may have to be scrolled."""
    found = tab.evaluate(LAYOUT)
    assert len(found["scrolling"]) <= scrolling, found["scrolling"]
    assert [found["cut"], found["wide"], found["orphans"]] == [[], [], []]


def test_a_phone_needs_no_sideways_scroll_and_formulas_fit(tab):
    """At 320 px one formula may have to be scrolled, at 390 none."""
    for size, scrolling in ((SMALLEST, 1), (PHONE, 0)):
        tab.set_viewport_size(size)
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert_formulas_fit(tab, scrolling)


WIDE = """() => {
  document.querySelectorAll("article details").forEach((one) => (one.open = true));
  const scrolls = (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  window.wide = [...document.querySelectorAll("article *")].filter(scrolls);
  return wide.filter((one) => one.tabIndex < 0).map((one) => one.outerHTML.slice(0, 100));
}"""


def test_what_is_wider_than_a_phone_scrolls_by_keyboard(tab):
    """Wide formulas, tables and programs can take the focus, and the arrow keys move them."""
    tab.evaluate(WIDE)  # the page hears of an opened fold a moment later
    with contextlib.suppress(TimeoutError):  # the assertion says more
        tab.wait_for_function(f"({WIDE})().length === 0", timeout=5000)
    assert tab.evaluate(WIDE) == []
    for number in range(min(3, tab.evaluate("wide.length"))):
        tab.evaluate("number => { wide[number].scrollLeft = 0; wide[number].focus(); }", number)
        tab.keyboard.press("ArrowRight")
        tab.wait_for_function("number => wide[number].scrollLeft > 0", arg=number, timeout=5000)


def test_whatever_can_be_pressed_is_known(tab):
    """What it is meant to do, tests/controls.py says; tests/test_controls.py uses it."""
    assert [str(one) for one in Hand(tab, "mouse").controls() if one.kind < 0] == []


def test_formulas_and_programs_fit_on_a_screen(page, screen):
    """Folds open, too: 79 columns fit, of a chapter's programs and of what they print."""
    assert_formulas_fit(screen, scrolling=0)
    wide = """[...document.querySelectorAll(".bd-article pre")]
        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText.slice(0, 60))"""
    assert page.removeprefix("chapters/") not in COURSE or screen.evaluate(wide) == []


# A formula is made one short text, a drawing one picture, and all of them are asked for what has nothing to do with
# colours, which take nine tenths of axe's time. For those one element is marked for each look of a text, its
# colour, its letters, and the grounds that lie below it; or every text.
MARK = """(every) => {
  for (const formula of document.querySelectorAll("math")) {
    const text = document.createElementNS(formula.namespaceURI, "mtext");
    text.append(formula.textContent.slice(0, 5));
    formula.replaceChildren(text);
  }
  document.querySelectorAll("svg[role=img]").forEach((drawing) => drawing.replaceChildren());
  const looks = new Map(), grounds = new Map([[null, ""]]);
  const ground = (one) => {
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      grounds.set(one, [ground(one.parentElement), backgroundColor, backgroundImage, opacity]
        .filter((own) => !["rgba(0, 0, 0, 0)", "none", "1"].includes(own)).join());
    }
    return grounds.get(one);
  };
  for (const one of document.querySelectorAll("body *")) {
    one.removeAttribute("data-look");
    if (![...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    looks.set(every ? one : [color, fontSize, fontWeight, ground(one), one.checkVisibility()].join(), one);
  }
  looks.forEach((one) => one.setAttribute("data-look", ""));
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return document;
}"""


def assert_no_barrier(tab, theme, every=False, **options):
    put_in_theme(tab, theme)
    found = barriers(tab, f"({MARK})({str(every).lower()})", **options)
    assert [sentence for impact, sentence in found if impact in ("serious", "critical")] == []


def test_axe_finds_no_serious_barrier(page, screen):
    """axe-core's rules, the theme's own parts included; page after page in light and in dark by turns."""
    assert_no_barrier(screen, ("light", "dark")[ASKED.index(page) % 2])


@pytest.mark.thorough
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_in_both_themes(screen, theme):
    assert_no_barrier(screen, theme, every=True, runOnly=["color-contrast"])


def test_nobody_else_was_asked_and_nothing_went_wrong(opened, tabs):
    """In all of the above."""
    tabs.assert_quiet()
