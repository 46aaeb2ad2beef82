"""The site in three engines: one page in `make test`, every page in `make test-all`.

In Chromium everything else is tested, too: it takes its turn in `make test-all`.
"""

import time
from unittest.mock import Mock

import pytest
from playwright.sync_api import Error

from tests import browser
from tests.browser import SITE
from tests.engines import ENGINES, ByPlaywright, Collecting, until
from tests.test_live_figures import THUMB
from tests.test_site import PAGES, html, parsed

ONE = "chapters/backward_pass"  # formulas, tables, sliders, a film


@pytest.fixture(scope="module")
def address():
    with browser.served(SITE, Collecting) as address:
        yield address


# Of the figures that have two, the kinds of drawing that are shown.
DRAWINGS = """[...new Set([...document.querySelectorAll('figure.live > :is(.narrow, .wide)')]
    .filter((one) => getComputedStyle(one).display !== 'none').map((one) => one.classList[0]))]"""

# --- What holds in every engine. Each takes a tab that shows the page at `page`. ------------------


def formulas_are_drawn(tab, page):
    formulas = """[...document.querySelectorAll('article mjx-container, article math')]
        .filter((one) => one.checkVisibility())"""
    until(tab, f"{formulas}.length > 0", "no formula is drawn", 120)
    until(
        tab, f"{formulas}.every((one) => one.getBoundingClientRect().width > 1)", "a formula has no width", 90
    )
    assert tab.ask("document.querySelectorAll('mjx-merror, merror').length") == 0


def narrow_window(tab, page):
    """The two panels open and close, and figures show the drawing that fits."""
    tab.size(460, 900)  # as narrow as a window gets in each of them
    until(tab, "innerWidth < 600", "the window doesn't shrink")
    for button, side in (("chapters", "primary"), ("sections", "secondary")):
        if not tab.ask(f"!!document.querySelector('[data-bar={button}]')"):
            continue
        panel = f"document.getElementById('pst-{side}-sidebar-modal')"
        tab.click(f"[data-bar={button}]")
        until(tab, f"{panel}.open && {panel}.contains(document.activeElement)", f"no {button} open")
        headings = tab.ask("document.querySelectorAll('article section > h2').length")
        least = {"chapters": len(PAGES), "sections": headings}[button]
        assert tab.ask(f"{panel}.querySelectorAll('nav a').length") >= least
        tab.key("Escape")
        until(tab, f"!{panel}.open", f"the {button} don't close")
        assert tab.ask("document.activeElement.dataset.bar") == button
    assert tab.ask(DRAWINGS) in ([], ["narrow"])


def wide_window(tab, page):
    """The column folds away and comes back; figures show the other drawing, and one alone and large."""
    tab.size(1280, 900)
    until(tab, "innerWidth > 1200", "the window doesn't grow")
    width = "document.getElementById('pst-primary-sidebar').offsetWidth"
    for wanted in ("=== 0", "> 100"):
        tab.click("[data-bar=chapters]")
        until(tab, f"{width} {wanted}", "the column stays")
    assert tab.ask(DRAWINGS) in ([], ["wide"])
    if not tab.ask("!!document.querySelector('[data-do=large]')"):
        return
    tab.ask("void dispatchEvent(new Event('hashchange'))")  # all is laid out: nothing moves below the pointer
    slider, alone = (
        "document.querySelector('figure.live input')",
        "document.querySelector('dialog.live-large')",
    )
    assert tab.ask(f"{slider}.getBoundingClientRect().height") >= THUMB - 0.5
    assert tab.ask(f"getComputedStyle({slider}).touchAction") == "pan-y"
    drawing = "[...document.querySelectorAll('figure.live > svg')].find((one) => one.checkVisibility())"
    before = tab.ask(f"{drawing}.getBoundingClientRect().width")
    tab.click("[data-do=large]")
    until(tab, f"{alone}?.open", "the figure doesn't stand alone")
    assert tab.ask(f"{drawing}.getBoundingClientRect().width") > 1.4 * before
    assert tab.ask(f"{alone}.querySelector('.live-controls').getBoundingClientRect().bottom <= innerHeight")
    tab.key("Escape")
    until(tab, f"!{alone}", "Escape doesn't lead back")


def light_or_dark(tab, page):
    colour = "getComputedStyle(document.body).backgroundColor"
    before = tab.ask(colour)
    tab.click("[data-bar=dark]")
    until(tab, f"{colour} !== '{before}'", "the colours stay")
    tab.click("[data-bar=dark]")
    until(tab, f"{colour} === '{before}'", "the colours don't come back")


def menu_leads_where_it_says(tab, page):
    tab.click(".bar-menu > summary")
    links = tab.ask(
        "[...document.querySelectorAll('.bar-list a')].map((a) => [a.textContent, a.checkVisibility(), a.href])"
    )
    assert all(visible for _, visible, _ in links)
    colab = [address for text, _, address in links if text.startswith("Run in Colab")]
    assert colab == [] or "colab.research.google.com/github/" in colab[0]
    tab.key("Escape")
    until(tab, "!document.querySelector('.bar-menu').open", "the menu doesn't close")


def statement_shows_beside_its_link(tab, page):
    link, note = (
        "document.querySelector('article a[data-statement]')",
        "document.querySelector('.statement-note')",
    )
    if not tab.ask(f"!!{link}"):
        return
    tab.ask(f"{link}.focus()")
    until(tab, f"{note}?.checkVisibility()", "no note")
    assert tab.ask(f"{note}.textContent").startswith("S")
    assert tab.ask(f"{note}.getBoundingClientRect().right <= innerWidth")
    tab.key("Escape")
    until(tab, f"!{note}.checkVisibility()", "the note stays")


def questions_listen(tab, page):
    """An answer is typed and judged, the answer is shown, and what waited for it is in sight."""
    if not tab.ask("!!document.querySelector('.ask')"):
        return
    tab.key("Shift")
    until(tab, "!document.querySelector('.ask:not(:has(form))')", "a question has no form after a move")
    field = ".ask[data-kind=number] form input[type=text]"
    tab.click(field)
    tab.type("-999")
    tab.key("Enter")
    said = "document.querySelector('.ask[data-kind=number] .ask-verdict').textContent"
    until(tab, f"{said} && !{said}.startsWith('Right')", "a wrong answer is met with silence")
    tab.click(".ask[data-kind=number] [data-ask=reveal]")
    until(tab, "document.querySelector('.ask[data-kind=number] .ask-answer').open", "no answer is shown")
    tab.ask("document.querySelectorAll('[data-ask=reveal]').forEach((one) => one.hidden || one.click())")
    waits = (
        "[...document.querySelectorAll('.tag_answer > .cell_output')].some((one) => !one.checkVisibility())"
    )
    until(tab, f"!{waits}", "something still waits")


def sliders_move(tab, page):
    count = tab.ask("document.querySelectorAll('figure.live input[type=range]').length")
    for number in range(count):
        slider = f"document.querySelectorAll('figure.live input[type=range]')[{number}]"
        state = f"((f) => f.querySelector('svg').innerHTML.length + f.innerText)({slider}.closest('figure'))"
        tab.ask(f"{slider}.scrollIntoView({{block: 'center'}}), {slider}.focus()")
        before, high = tab.ask(state), tab.ask(f"{slider}.value === {slider}.max")
        tab.key("Home" if high else "End")
        until(tab, f"{slider}.value === {slider}.{'min' if high else 'max'}", "a slider doesn't move")
        until(tab, f"{state} !== {before!r}", "a figure stays")


def film_plays(tab, page):
    if not tab.ask("!!document.querySelector('figure.live [data-do=play]')"):
        return
    slider = "document.querySelector('[data-do=play]').closest('figure').querySelector('[data-animate]')"
    tab.ask(f"{slider}.focus()")
    tab.key("Home")
    tab.click("figure.live [data-do=play]")
    until(tab, f"{slider}.value !== '0'", "nothing plays")
    if tab.ask("document.querySelector('[data-do=play]').textContent") == "Pause":
        tab.click("figure.live [data-do=play]")


def link_leads_to_a_position(tab, page):
    """Last: the address that Copy link makes, opened anew."""
    if not tab.ask("!!document.querySelector('figure.live[data-name]')"):
        return
    figure = "document.querySelector('figure.live[data-name]')"
    values = f"[...{figure}.querySelectorAll('[data-parameter]')].map((one) => one.value).join()"
    tab.ask(f"{figure}.querySelector('[data-parameter]').focus()")
    tab.key("Home")
    tab.key("ArrowRight")
    wanted = tab.ask(values)
    tab.click("figure.live[data-name] [data-do=link]")
    until(tab, "location.hash.includes('.')", "the address doesn't say the position")
    tab.open(tab.ask("location.href"))
    until(tab, f"{values} === '{wanted}'", "the link leads to another position")
    until(tab, f"Math.abs({figure}.getBoundingClientRect().top) < innerHeight", "the figure isn't in sight")


def search_finds(tab, page):
    tab.click(".bd-header-article [data-bar=search]")
    until(tab, "document.activeElement.name === 'q'", "no search opens")
    tab.type("jacobian")
    tab.key("Enter")
    until(tab, "location.href.endsWith('search.html?q=jacobian')", "Enter doesn't search")
    until(tab, "document.querySelectorAll('.search-results li, ul.search li').length > 2", "nothing is found")


CHECKS = [
    formulas_are_drawn,
    narrow_window,
    wide_window,
    light_or_dark,
    menu_leads_where_it_says,
    statement_shows_beside_its_link,
    questions_listen,
    sliders_move,
    film_plays,
    link_leads_to_a_position,
    search_finds,
]
# What scripts fetch, and what an address says, is another matter in a file, as from the offline zip.
AS_A_FILE = [formulas_are_drawn, questions_listen, sliders_move, link_leads_to_a_position, search_finds]
NOISE = ("THEBE_JS_URL", "ResizeObserver loop")


def go_through(tab, page, checks):
    """Open the page and do the checks; returns what failed and what the page complained about, in words."""
    failed = []
    tab.open(page)
    for check in checks:
        try:
            check(tab, page)
        except Exception as error:
            failed.append(f"{check.__name__}: {str(error).splitlines()[0]}")
            tab.open(page)
        complaints = tab.ask("window.complaints?.splice(0) ?? []")
        failed += [
            f"{check.__name__}: {one}" for one in complaints if not any(known in one for known in NOISE)
        ]
    return failed


def test_between_two_pages_is_asked_again():
    """A search that was sent leads on when the browser likes: the old page may still go after it was waited for."""
    tab = object.__new__(ByPlaywright)
    gone = Error("Page.evaluate: Execution context was destroyed, most likely")
    tab.page = Mock(evaluate=Mock(side_effect=[gone, gone, gone, 7, Error("Page.evaluate: no such name")]))
    assert tab.ask("6 + 1") == 7
    with pytest.raises(Error, match="no such name"):
        tab.ask("nobody")


in_each_engine = [pytest.param(name, marks=[pytest.mark.thorough] * (name == "chromium")) for name in ENGINES]


@pytest.mark.parametrize("name", in_each_engine)
def test_one_page_in_each_engine(engine, address, name, record_property):
    tab, began = engine(name), time.monotonic()
    tab.size(1280, 900)
    failed = go_through(tab, f"{address}/{ONE}.html", CHECKS)
    failed += [f"as a file: {one}" for one in go_through(tab, (SITE / f"{ONE}.html").as_uri(), AS_A_FILE)]
    tab.close()
    seconds = f"{time.monotonic() - began:.0f} s"
    record_property("printed", f"{name}: {len(CHECKS)} checks, {len(AS_A_FILE)} again as a file; {seconds}")
    assert not failed, "\n".join(failed)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_each_engine(engine, address, page, name):
    tab = engine(name)
    tab.size(1280, 900)
    formulas = "math" in {tag for tag, _ in parsed(html(page)).tags}
    failed = go_through(tab, f"{address}/{html(page).relative_to(SITE)}", CHECKS[not formulas :])
    tab.close()
    assert not failed, "\n".join(failed)
