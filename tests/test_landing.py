"""A link into a page lands right below the bar, and what it leads to stays there.

On a page whose end isn't laid out yet a browser guesses where a link leads (_ext/stage/layout.py).
"""

import re

import pytest

from tests.engines import tabs_of
from tests.test_live_figures import FIGURES
from tests.test_site import PAGES, html

ROOM = 8  # px between the bar and what a link leads to

# Pixels from the bar down to the element, and to the page's end: the last sections can't come up. As soon as
# nothing loads or scrolls any more, and once more when the browser has nothing left to do.
WHERE = """(async () => {
  const where = () => {
    const top = document.querySelector(`%s`).getBoundingClientRect().top;
    const bar = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
    return [top - bar, document.documentElement.scrollHeight - innerHeight - scrollY];
  };
  const rest = async () => {
    for (let frame = 0, same = 0, last; frame < 600 && same < 10; frame++) {
      await new Promise(requestAnimationFrame);
      const loaded = document.readyState === "complete" && document.fonts.status === "loaded";
      const now = loaded ? where().join() : frame;
      same = now === last ? same + 1 : 0;
      last = now;
    }
    return where();
  };
  const first = await rest();
  await new Promise((go) => requestIdleCallback(go, { timeout: 2000 }));
  return [first, await rest()];
})()"""


def exists(page):
    """Not before `make book`."""
    return html(page).exists()


def text(page):
    return html(page).read_text("utf-8")


def links():
    """(page, fragment, selector of what it leads to): all contents, twenty statements, five sliders."""
    found = []
    for page in filter(exists, PAGES):
        contents = re.findall(r'<a class="[^"]*nav-link[^"]*" href="(#[^"]+)"', text(page))
        found += [(page, link, f"[id='{link[1:]}']") for link in dict.fromkeys(contents)]
    found += [("chapters/slides", f"#s{number}", f"[id='s{number}']") for number in range(3, 123, 6)]
    for page, name in [(path.removesuffix(".html"), name) for path, name in FIGURES[::3][:5]]:
        parameter = re.search(rf'<input[^>]* id="{name}-(\w+)"[^>]* data-parameter', text(page))[1]
        found.append((page, f"#{name}.{parameter}=2", f"[data-name={name}]"))
    return found


LINKS = links()
SAMPLE = [*LINKS[30::200], *LINKS[-1:]]  # two sections and a slider


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def tab(request, playwright):
    """A phone's tab in an engine."""
    with tabs_of(request.param, playwright) as new_tab:
        tab = new_tab()
        tab.size(390, 844)
        yield tab
        tab.close()


def assert_landed(tab, selector, how):
    for gap, rest in tab.ask(WHERE % selector):
        assert (0 <= gap <= ROOM) or (rest < 2 and gap > 0), f"{how}: {gap:.0f} px below the bar"


def visit(tab, site, page, fragment, selector):
    """A link is opened on a cold page, again, after *back*, and followed on a page that has just opened."""
    address = f"{site}/{page}.html"
    tab.open("about:blank")  # else only the fragment may differ, and nothing is loaded
    tab.open(address + fragment)
    assert_landed(tab, selector, "cold")
    tab.reload()
    assert_landed(tab, selector, "after a reload")
    tab.open(f"{site}/chapters/further_reading.html")
    tab.back()
    assert_landed(tab, selector, "after back")
    tab.open("about:blank")
    tab.open(address)
    tab.ask(f"document.body.append(Object.assign(document.createElement('a'), {{href: '{fragment}'}}))")
    tab.ask("document.body.lastChild.click()")
    assert_landed(tab, selector, "followed")


@pytest.mark.parametrize(("page", "fragment", "selector"), SAMPLE)
def test_a_link_lands_below_the_bar(tab, site, page, fragment, selector):
    visit(tab, site, page, fragment, selector)


@pytest.mark.thorough
@pytest.mark.parametrize(("page", "fragment", "selector"), [one for one in LINKS if one not in SAMPLE])
def test_every_link_lands_below_the_bar(tab, site, page, fragment, selector):
    visit(tab, site, page, fragment, selector)
