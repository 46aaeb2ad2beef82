"""A link into a page lands right below the bar, and what it leads to stays there.

On a page whose end isn't laid out yet a browser guesses where a link leads (_ext/stage/layout.py).
"""

import re
from urllib.parse import urljoin

import pytest

from tests.browser import PHONE
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
    for (let frame = 0, same = 0, last; frame < 600 && same < 5; frame++) {
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
FOLLOW = "document.body.appendChild(Object.assign(document.createElement('a'), {{ href: '{}' }})).click()"


def links(page):
    """[(fragment, selector of what it leads to)]: all contents, statements, a slider; none before `make book`."""
    text = html(page).read_text("utf-8") if html(page).exists() else ""
    contents = re.findall(r'<a class="[^"]*nav-link[^"]*" href="(#[^"]+)"', text)
    if page == "chapters/slides":
        contents += [f"#s{number}" for number in range(3, 123, 6)]
    found = [(link, f"[id='{link[1:]}']") for link in dict.fromkeys(contents)]
    for name in [name for path, name in FIGURES if path == f"{page}.html"][-1:]:
        parameter = re.search(rf'<input[^>]* id="{name}-(\w+)"[^>]* data-parameter', text)[1]
        found.append((f"#{name}.{parameter}=2", f"[data-name={name}]"))
    return found


def cold(tab, address, fragment):
    tab.open("about:blank")  # else only the fragment may differ, and nothing is loaded
    tab.open(address + fragment)


def reloaded(tab, address, fragment):
    tab.reload()


def back(tab, address, fragment):
    tab.open(urljoin(address, "/chapters/further_reading.html"))
    tab.back()


def followed(tab, address, fragment):
    """On a page that has just opened."""
    cold(tab, address, "")
    tab.ask(FOLLOW.format(fragment))


OTHERS = [reloaded, back, followed]


@pytest.fixture
def tab(engine, name):
    """A phone's tab in an engine."""
    tab = engine(name)
    tab.size(*PHONE.values())
    yield tab
    tab.close()


def missed(tab, address, link, ways):
    """What came to rest elsewhere, in words."""
    fragment, selector = link
    found = []
    for way in ways:
        way(tab, address, fragment)
        for gap, rest in tab.ask(WHERE % selector):
            if not (0 <= gap <= ROOM or (rest < 2 and gap > 0)):
                found.append(f"{fragment} {way.__name__}: {gap:.0f} px below the bar")
    return found


TWO = ["chromium", "firefox"]


@pytest.mark.parametrize(
    ("page", "number", "ways"),
    [
        ("chapters/forward_pass", 15, [followed]),
        ("chapters/forward_pass", -1, [cold, reloaded]),  # a slider
        ("chapters/notation", 5, [cold, reloaded, back]),
    ],
)
@pytest.mark.parametrize("name", TWO)
def test_a_link_lands_below_the_bar(tab, site, page, number, ways):
    assert missed(tab, f"{site}/{page}.html", links(page)[number], ways) == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize("page", PAGES)
def test_every_link_lands_below_the_bar(tab, site, page, name):
    """From elsewhere in both engines; and in one of them, by turns, in one of the other ways."""
    found = []
    for number, link in enumerate(links(page), start=TWO.index(name)):
        ways = [cold, OTHERS[number // 2 % 3]] if number % 2 else [cold]
        found += missed(tab, f"{site}/{page}.html", link, ways)
    assert found == []
