"""Every page in a real browser: no barriers, nothing cut off, nothing asked from anybody else."""

import contextlib
import importlib.util
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

from tests.test_site import PAGES

AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"

every_page = pytest.mark.parametrize("page", PAGES)


@every_page
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_barrier(open_page, page, theme):
    """axe-core's rules, the theme's own parts included; on the page as it stands."""
    tab = open_page(f"{page}.html", color_scheme=theme, wait_until="load")
    tab.keyboard.press("Shift")  # who uses the keyboard has all laid out, and wide programs in reach
    tab.wait_for_function("!document.documentElement.matches('.partly')")
    tab.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # colours that fade in
    tab.add_script_tag(path=AXE)
    found = tab.evaluate("axe.run({preload: false})")["violations"]
    serious = [
        f"{rule['id']}: {rule['help']}: {node['html'][:120]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert serious == []


@every_page
def test_a_phone_needs_no_sideways_scroll(open_page, page):
    tab = open_page(f"{page}.html", viewport={"width": 390, "height": 844}, wait_until="load")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.set_viewport_size({"width": 320, "height": 640})  # 1280 px at a zoom of 400 %
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


@every_page
def test_what_is_wider_than_a_phone_scrolls_by_keyboard(open_page, page):
    """Wide formulas, tables and programs can take the focus, and the arrow keys move them."""
    tab = open_page(f"{page}.html", viewport={"width": 390, "height": 844}, wait_until="load")
    tab.wait_for_timeout(200)
    tab.keyboard.press("Shift")  # any move has all laid out
    tab.wait_for_function("!document.documentElement.matches('.partly')")
    tab.evaluate("document.querySelectorAll('article details').forEach((one) => (one.open = true))")
    tab.wait_for_timeout(500)  # the page hears of an opened fold a moment later
    wide = tab.evaluate(
        """() => {
          document.querySelectorAll("article details").forEach((one) => (one.open = true));
          const scrolls = (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
            && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
          const all = [...document.querySelectorAll("article *")].filter(scrolls);
          all.forEach((one, number) => (one.dataset.wide = number));
          return all.map((one) => [one.dataset.wide, one.tabIndex, one.outerHTML.slice(0, 100)]);
        }"""
    )
    assert [html for _, index, html in wide if index < 0] == []
    for number, _, html in wide[:3]:
        box = tab.locator(f"[data-wide='{number}']")
        box.focus()
        tab.keyboard.press("ArrowRight")
        with contextlib.suppress(TimeoutError):  # the sentence below says more
            tab.wait_for_function(
                f"document.querySelector(\"[data-wide='{number}']\").scrollLeft > 0", timeout=5000
            )
        assert box.evaluate("one => one.scrollLeft") > 0, html
