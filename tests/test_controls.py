"""Every control of every page, used by touch, mouse and keys: it does what its name says.

The controls are found in the page, not listed here; tests/controls.py knows what each kind does.
`make test` uses the first of each kind in all three ways and three more in turn, on pages that have
every kind between them; `make test-all` each in each way on every page. tests/test_pages.py sees that
no page has one that nobody knows.
"""

import re
from collections import Counter

import pytest

from tests.browser import SITE
from tests.controls import KINDS, WATCH, Hand, use
from tests.test_site import PAGES, html, parsed

WAYS = {
    "touch": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "keys": {"viewport": {"width": 820, "height": 1180}},
    "mouse": {"viewport": {"width": 1280, "height": 800}},  # last: some things show only under a pointer
}
SAMPLE = ["index", "chapters/forward_pass", "chapters/slides", "search"]
MANY = 4  # of a kind
EVERYWHERE = {
    "chapters",
    "search",
    "light or dark",
    "menu",
    "print",
    "entry of the chapters",
    "search field",
    "search button",
}


def address(page):
    return html(page).relative_to(SITE).as_posix()


def try_all(open_page, page, every, prepare=None):
    """Use the controls of a page. Returns ({kind: {what it did: count}}, complaints)."""
    left, done, complaints = None, {}, []
    for turn, (way, options) in enumerate(WAYS.items()):
        tab = open_page(address(page), script=WATCH, wait_until="load", **options)
        tab.keyboard.press(
            "Shift"
        )  # a hand is on it: what comes late, comes, and has its number on every width
        tab.wait_for_function(
            "!document.querySelector('div.highlight pre:not(.ask *)') || document.querySelector('.copybtn')"
        )
        if prepare:
            tab.evaluate(prepare)
        hand = Hand(tab, way)
        controls = hand.controls()
        unknown = [one for one in controls if one.kind < 0]
        complaints += [
            f"nobody knows what {one} is meant to do: say it in KINDS of tests/controls.py"
            for one in unknown
            if turn == 0
        ]
        seen, places = Counter(), {}
        for one in controls:
            places[one.number] = seen[one.kind]
            seen[one.kind] += 1
        controls = [one for one in controls if one.kind >= 0 and (every or places[one.number] < MANY)]
        left = {one.number for one in controls} if left is None else left
        due = {
            one.number
            for one in controls
            if every
            or places[one.number] == 0
            or KINDS[one.kind][0] == "key"  # there for thumbs only
            or (places[one.number] % 3 <= turn and one.number in left)
        }
        did, said = use(hand, controls, due)
        complaints += said
        left -= {
            one.number for one in controls if one.number in did or any(str(one) in text for text in said)
        }
        for one in controls:
            if one.number in did:
                done.setdefault(KINDS[one.kind][0], Counter())[did[one.number]] += 1
    complaints += [f"{one} can be used at no width" for one in controls if one.number in left]
    return done, complaints


def told(page, done):
    kinds = [
        f"{kind}: " + ", ".join(f"{what} ({n})" for what, n in did.items()) for kind, did in done.items()
    ]
    return f"Controls of {page}: {sum(map(sum, (did.values() for did in done.values())))} uses; " + "; ".join(
        kinds
    )


@pytest.mark.parametrize("page", SAMPLE)
def test_every_control_does_what_its_name_says(open_page, page, record_property):
    done, complaints = try_all(open_page, page, every=False)
    record_property("printed", told(page, done))
    assert not complaints, "\n".join(complaints)
    assert set(done) >= EVERYWHERE


@pytest.mark.thorough
@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_every_control_does_so_in_each_way(open_page, page, record_property):
    done, complaints = try_all(open_page, page, every=True)
    record_property("printed", told(page, done))
    assert not complaints, "\n".join(complaints)


def test_a_control_that_is_dead_covered_or_unknown_is_named(open_page, monkeypatch):
    """As it was once: the listeners hung on other buttons than those that a reader saw."""
    monkeypatch.setattr("tests.controls.PATIENCE", 500)
    broken = """() => {
      const opener = document.querySelector("[data-bar=chapters]");
      opener.replaceWith(opener.cloneNode(true)); // without its listeners
      document.querySelector(".bar-end").insertAdjacentHTML(
        "afterbegin", "<button data-bar='print'>Print this</button><button>Stranger</button>");
      const { x, y, width, height } = document.querySelector("[data-bar=dark]").getBoundingClientRect();
      const place = `position: fixed; left: ${x}px; top: ${y}px; width: ${width}px; height: ${height}px`;
      document.body.insertAdjacentHTML("beforeend", `<i style="${place}; z-index: 9999"></i>`);
    }"""
    _, complaints = try_all(open_page, "chapters/further_reading", every=False, prepare=broken)
    text = "\n".join(complaints)
    assert "nobody knows what “Stranger”" in text
    assert re.search(r"touch: chapters “Chapters”.*no panel opens", text)
    assert re.search(r"mouse: chapters “Chapters”.*the column stays", text)
    assert re.search(r"print “Print this”.*nothing is printed", text)
    assert re.search(r"touch: light or dark “Dark page”.*i lies above it", text)


def theme(tab):
    return tab.evaluate(
        "[document.documentElement.dataset.theme, getComputedStyle(document.body).colorScheme]"
    )[0]


def test_colours_are_the_systems_until_the_reader_chooses(open_page):
    tab = open_page("chapters/glossary.html", color_scheme="dark")
    assert theme(tab) == "dark"
    tab.emulate_media(color_scheme="light")
    tab.wait_for_function("document.documentElement.dataset.theme === 'light'")
    tab.click("[data-bar=dark]")
    assert theme(tab) == "dark"
    tab.goto(tab.url.replace("glossary", "further_reading"))
    assert theme(tab) == "dark"  # the choice, and the system is light
    tab.click("[data-bar=dark]")
    tab.emulate_media(color_scheme="dark")
    tab.reload()
    assert theme(tab) == "light"


BLOCKED = """
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, {
      configurable: true,
      get() { throw new DOMException(`Access to ${name} is denied for this document`, "SecurityError"); },
    });
  }
"""


def test_everything_works_where_storage_is_blocked(open_page):
    """And nothing complains: `open_page` listens."""
    tab = open_page("chapters/glossary.html", script=BLOCKED)
    tab.click("[data-bar=dark]")
    assert theme(tab) == "dark"
    tab.click("[data-bar=chapters]")
    assert tab.evaluate("document.getElementById('pst-primary-sidebar').offsetWidth") == 0
    tab.keyboard.press("Control+k")
    tab.keyboard.type("jacobian")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=jacobian")
    tab.locator(".search-results a").first.click()
    tab.locator("article mark").first.wait_for()


def test_icons_stand_at_the_same_place_on_every_page(open_page):
    icons = ("[data-bar=chapters]", ".bar-end > [data-bar=search]", "[data-bar=dark]", ".bar-menu")
    places = set()
    for page in ("chapters/index", "chapters/glossary", "chapters/forward_pass", "search"):
        tab = open_page(address(page), viewport={"width": 390, "height": 844})
        left = "(names) => names.map((name) => document.querySelector(name).getBoundingClientRect().x)"
        places.add(tuple(tab.evaluate(left, icons)))
    assert len(places) == 1, places


@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_no_tooltip_but_the_browsers_own(page):
    """Theirs show for a pointer that hovers, and for no thumb."""
    tags = parsed(html(page))
    assert [attributes for _, attributes in tags.tags if "data-bs-toggle" in attributes] == []
