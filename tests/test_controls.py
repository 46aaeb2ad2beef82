"""Every control of every page, used by touch, mouse and keys: it does what its name says.

The controls are found in the page, not listed here; tests/controls.py knows what each kind does. On
each page the first of a kind is used in all three ways, the others in one of them by turns; what every
page has alike, in one way that changes from page to page. `make test` does so on three pages, with two
of a kind; `make test-all` on every page, with all. tests/test_pages.py sees that no page has a control
that nobody knows.
"""

import re
from collections import Counter

import pytest

from tests.browser import SITE, put_in_theme
from tests.controls import KINDS, WATCH, Control, Hand, use
from tests.test_site import PAGES, html, parsed

WAYS = {
    "touch": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "keys": {"viewport": {"width": 820, "height": 1180}},
    "mouse": {"viewport": {"width": 1280, "height": 800}},  # last: some things show only under a pointer
}
ASKED = ["search", *PAGES]
SAMPLE = ASKED[:3]  # the search, the landing page, a chapter: what all have is used in each way
MANY = 2  # of a kind
BAR = {"chapters", "search", "light or dark", "menu", "print"}
EVERYWHERE = BAR | {"entry of the chapters", "search field", "search button"}


def address(page):
    return html(page).relative_to(SITE).as_posix()


def try_all(open_page, page, every=False, prepare="", kinds=None):
    """Use the controls of a page (of these kinds). Returns ({kind: {what it did: count}}, complaints)."""
    left, done, complaints = None, {}, []
    shift = ASKED.index(page)
    for turn, way in enumerate([*WAYS, *WAYS]):  # once more, where something isn't there at its turn's width
        if turn >= len(WAYS) and not left:
            break
        tab = open_page(address(page), script=WATCH, wait_until="load", **WAYS[way])
        # A hand is on it: what comes late, comes, and has its number on every width.
        tab.keyboard.press("Shift")
        tab.wait_for_function(
            "!document.querySelector('div.highlight pre:not(.ask *)') || document.querySelector('.copybtn')"
        )
        tab.evaluate(prepare)
        hand = Hand(tab, way)
        found, seen, due = hand.controls(), Counter(), set()
        left = {one.number for one in found if one.kind >= 0} if left is None else left
        for one in found:
            kind, place = one.kind >= 0 and KINDS[one.kind][0], seen[one.kind]
            seen[one.kind] += 1
            if not kind:
                sentence = f"nobody knows what {one} is meant to do: say it in KINDS of tests/controls.py"
                complaints += [sentence] * (turn == 0)
            elif (place >= MANY and not every) or (kinds and kind not in kinds):
                left.discard(one.number)
            elif (
                (place == 0 and kind not in EVERYWHERE and turn < len(WAYS))
                or ((place + shift * (kind in EVERYWHERE)) % 3 <= turn and one.number in left)
                or (kind == "key" and turn == 0)  # there for thumbs only
            ):
                due.add(one.number)
        did, said = use(hand, found, due)
        complaints += said
        left -= {one.number for one in found if one.number in did or any(str(one) in text for text in said)}
        for one in found:
            if one.number in did:
                done.setdefault(KINDS[one.kind][0], Counter())[did[one.number]] += 1
    complaints += [f"{one} can be used at no width" for one in found if one.number in left]
    return done, complaints


def assert_all_do(open_page, page, every, record_property):
    done, complaints = try_all(open_page, page, every)
    kinds = [
        f"{kind}: " + ", ".join(f"{what} ({n})" for what, n in did.items()) for kind, did in done.items()
    ]
    uses = sum(sum(did.values()) for did in done.values())
    record_property("printed", f"Controls of {page}: {uses} uses; " + "; ".join(kinds))
    assert not complaints, "\n".join(complaints)
    assert set(done) >= EVERYWHERE


@pytest.mark.parametrize("page", SAMPLE)
def test_every_control_does_what_its_name_says(open_page, page, record_property):
    assert_all_do(open_page, page, False, record_property)


@pytest.mark.thorough
@pytest.mark.parametrize("page", ASKED)
def test_every_control_of_every_page_does_so(open_page, page, record_property):
    assert_all_do(open_page, page, True, record_property)


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
    _, complaints = try_all(open_page, "search", prepare=broken, kinds=BAR - {"search", "menu"})
    text = "\n".join(complaints)
    assert "nobody knows what “Stranger”" in text
    assert re.search(r"touch: chapters “Chapters”.*no panel opens", text)
    assert re.search(r"print “Print this”.*it never prints", text)
    assert re.search(r"touch: light or dark “Dark page”.*i lies above it", text)


@pytest.mark.parametrize("moves", [["pointerdown"], ["pointermove", "pointerdown"], ["pointermove"]])
def test_what_slips_away_under_the_pointer_is_pressed_again(open_page, moves):
    """Between the look and the press, between coming down and going up, or before both and back in between."""
    tab = open_page("search.html", script=WATCH, **WAYS["mouse"])
    tab.evaluate(
        """moves => {
          document.body.innerHTML = "<button data-control=0>One</button><button data-control=1>Two</button>";
          window.clicks = 0;
          control(0).addEventListener("click", () => clicks++);
          const swap = () => document.body.append(document.body.firstChild);
          for (const move of moves) addEventListener(move, swap, { once: true });
        }""",
        moves,
    )
    Hand(tab, "mouse").press(Control(0, 0, "One", ""))
    assert tab.evaluate("clicks") == 1


def theme(tab):
    return tab.evaluate(
        "[document.documentElement.dataset.theme, getComputedStyle(document.body).colorScheme]"
    )[0]


def test_colours_are_the_systems_until_the_reader_chooses(open_page):
    tab = open_page("chapters/glossary.html", color_scheme="dark")
    assert theme(tab) == "dark"
    put_in_theme(tab, "light")
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
