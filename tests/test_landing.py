"""A link into a page lands right below the bar, and what it leads to stays there.

On a page whose end isn't laid out yet a browser guesses where a link leads (_ext/stage/layout.py).
"""

import shutil
import time

import pytest

from tests.engines import Chromium, Firefox
from tests.test_live_figures import FIGURES
from tests.test_site import PAGES, html, parsed

ROOM = 8  # px between the bar and what a link leads to

# Pixels from the bar down to the element, and to the page's end: the last sections can't come up.
WHERE = """(selector) => {
  const bar = document.querySelector(".bd-header-article").getBoundingClientRect();
  const target = document.querySelector(selector).getBoundingClientRect();
  const rest = document.documentElement.scrollHeight - innerHeight - scrollY;
  return [target.top - bar.bottom, rest];
}"""


def links():
    """(page, fragment, selector of what it leads to): all contents, twenty statements, five sliders."""
    found = []
    for page in PAGES:
        contents = [a["href"] for a in parsed(html(page)).all("a") if "nav-link" in (a.get("class") or "")]
        found += [(page, link, f"[id='{link[1:]}']") for link in dict.fromkeys(contents) if link[0] == "#"]
    found += [("chapters/slides", f"#s{number}", f"[id='s{number}']") for number in range(3, 123, 6)]
    for path, name in FIGURES[::3][:5]:
        controls = [
            a["id"] for a in parsed(html(path.removesuffix(".html"))).all("input") if "data-parameter" in a
        ]
        parameter = next(one for one in controls if one.startswith(f"{name}-")).removeprefix(f"{name}-")
        found.append((path.removesuffix(".html"), f"#{name}.{parameter}=2", f"[data-name={name}]"))
    return found


LINKS = links()
SAMPLE = LINKS[5::40]


@pytest.fixture(scope="module", params=["Chromium", "Firefox"])
def engine(request, chromium, tmp_path_factory):
    if request.param == "Chromium":
        engine = Chromium(chromium)
    elif shutil.which("firefox-esr") or shutil.which("firefox"):
        engine = Firefox(tmp_path_factory.mktemp("firefox"))
    else:
        pytest.skip("no Firefox on this machine")
    yield engine
    engine.close()


def landed(engine, selector):
    """Pixels below the bar, as soon as nothing scrolls any more, and the same a moment later."""
    before = None
    for _ in range(60):
        time.sleep(0.1)
        now = engine.run(WHERE, selector)
        if now == before:
            break
        before = now
    time.sleep(0.5)
    return now, engine.run(WHERE, selector)


def assert_landed(engine, selector, how):
    for gap, rest in landed(engine, selector):
        assert (0 <= gap <= ROOM) or (rest < 2 and gap > 0), f"{how}: {gap:.0f} px below the bar"


def visit(engine, site, page, fragment, selector):
    """A link is opened on a cold page, again, after *back*, and followed on a page that has just opened."""
    address = f"{site}/{page}.html"
    engine.open(address + fragment)
    assert_landed(engine, selector, "cold")
    engine.reload()
    assert_landed(engine, selector, "after a reload")
    engine.follow(f"{site}/404.html")
    engine.back()
    assert_landed(engine, selector, "after back")
    engine.open(address)
    engine.run(
        """(fragment) => {
          const link = document.createElement("a");
          link.href = fragment;
          document.body.append(link);
          link.click();
        }""",
        fragment,
    )
    assert_landed(engine, selector, "followed")


@pytest.mark.parametrize(("page", "fragment", "selector"), SAMPLE)
def test_a_link_lands_below_the_bar(engine, site, page, fragment, selector):
    visit(engine, site, page, fragment, selector)


@pytest.mark.thorough
@pytest.mark.parametrize(("page", "fragment", "selector"), [one for one in LINKS if one not in SAMPLE])
def test_every_link_lands_below_the_bar(engine, site, page, fragment, selector):
    visit(engine, site, page, fragment, selector)
