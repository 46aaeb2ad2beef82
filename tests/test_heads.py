"""What pages say of themselves: to search engines, link previews, tabs, and at addresses that don't exist."""

import json
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import addresses
import pictures
import yaml
from PIL import Image
from playwright.sync_api import expect

from tests import browser
from tests.browser import ROOT, SITE
from tests.test_site import CONFIG, PAGES, SOURCES, every_page, html, parsed

HOME = addresses.site(CONFIG["repository"]["url"])
TITLE = CONFIG["title"]
DESCRIPTIONS = yaml.safe_load((ROOT / "chapters" / "descriptions.yml").read_text("utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def head(page):
    """{name or property: content} of a page's metas, each of which is there once."""
    metas = [
        (a.get("property") or a.get("name"), a["content"])
        for a in parsed(html(page)).all("meta")
        if "content" in a
    ]
    assert len(dict(metas)) == len(metas), [name for name, _ in metas]
    return dict(metas)


def link(page, kind):
    (found,) = [a["href"] for a in parsed(html(page)).all("link") if a.get("rel") == kind]
    return found


def title(page):
    return re.search(r"<title>(.*?)</title>", html(page).read_text("utf-8"))[1]


def address(page):
    """Where a page is published; the landing page is the site's root."""
    return HOME if page == "index" else f"{HOME}{page}.html"


def data(page):
    (found,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html(page).read_text("utf-8"), re.DOTALL
    )
    return json.loads(found)


@every_page
def test_title_and_description_are_the_page_s_own(page):
    metas, description = head(page), DESCRIPTIONS[page.removeprefix("chapters/")]
    own = re.sub(
        "<[^>]+>|#$",
        "",
        re.search(r"<h1>(.*?)</h1>", html(page).read_text("utf-8").split("<article")[1], re.DOTALL)[1],
    )
    own = own.removesuffix("#").strip()
    assert title(page) == (TITLE if page == "index" else f"{own} — {TITLE}")
    assert metas["og:title"] == own
    assert metas["og:site_name"] == TITLE
    assert metas["description"] == metas["og:description"] == description
    assert parsed(html(page)).all("html")[0]["lang"] == "en"
    assert metas["viewport"]


def test_descriptions_are_whole_sentences_and_differ():
    for text in DESCRIPTIONS.values():
        assert re.fullmatch(r"[A-Z].{50,158}\.", text), text
        assert "..." not in text
        assert "…" not in text
    assert len(set(DESCRIPTIONS.values())) == len(DESCRIPTIONS) == len(PAGES)


@every_page
def test_addresses_are_those_where_the_page_is_published(page):
    assert link(page, "canonical") == head(page)["og:url"] == data(page)["url"] == address(page)


@every_page
def test_card_shows_the_book_and_says_what_is_on_it(page):
    metas = head(page)
    card = SITE / metas["og:image"].removeprefix(HOME)
    assert metas["og:image"].startswith(HOME)
    assert (
        Image.open(card).size == (int(metas["og:image:width"]), int(metas["og:image:height"])) == (1200, 630)
    )
    assert metas["og:image:alt"] == metas["twitter:image:alt"] == pictures.CARD_WORDS
    assert "XOR" in metas["og:image:alt"]
    assert metas["twitter:card"] == "summary_large_image"


@every_page
def test_icons_are_there_and_are_what_they_say(page):
    folder = html(page).parent
    svg, png = [a for a in parsed(html(page)).all("link") if a.get("rel") == "icon"]
    root = ElementTree.parse(folder / svg["href"]).getroot()
    assert (svg["type"], root.tag) == ("image/svg+xml", "{http://www.w3.org/2000/svg}svg")
    picture = Image.open(folder / png["href"])
    assert (picture.format, "{}x{}".format(*picture.size)) == ("PNG", png["sizes"])
    assert Image.open(folder / link(page, "apple-touch-icon")).size >= (180, 180)


def test_pictures_are_the_same_every_time(tmp_path):
    pictures.write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SITE / "_static" / path.name).read_bytes(), path.name


def test_structured_data_names_the_course_its_parts_and_its_source():
    course = data("index")
    assert (course["@context"], course["@type"]) == ("https://schema.org", "Course")
    assert (course["name"], course["inLanguage"]) == (TITLE, "en")
    assert (course["version"], course["datePublished"]) == (
        CITATION["version"],
        str(CITATION["date-released"]),
    )
    assert course["provider"]["name"] == course["author"][0]["name"] == CITATION["authors"][0]["name"]
    assert [part["url"] for part in course["hasPart"]] == [address(page) for page in PAGES[1:]]
    (deck,) = course["isBasedOn"]
    assert deck["name"] == CITATION["references"][0]["title"]
    assert deck["author"][0]["name"] == "Ilma Aliya Fiddien"
    for page in PAGES[1:]:
        part = data(page)
        assert part["@type"] == "LearningResource"
        assert part["name"] == head(page)["og:title"]
        assert part["description"] == head(page)["description"]
        assert part["isPartOf"] == {"@type": "Course", "name": TITLE, "url": HOME}


def test_sitemap_lists_every_page_once():
    root = ElementTree.parse(SITE / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [one.text for one in root.iter(f"{space}loc")] == [address(page) for page in PAGES]


def test_what_nobody_should_find_says_so():
    for name in ("search", "404"):
        assert head(name)["robots"] == "noindex"
        assert [a for a in parsed(html(name)).all("link") if a.get("rel") == "canonical"] == []
    assert not (SITE / "genindex.html").exists()
    for page in PAGES:
        assert "genindex" not in html(page).read_text("utf-8")


def test_landing_page_keeps_its_old_address(open_page):
    old = SITE / f"{SOURCES[0]}.html"
    assert ("link", {"rel": "canonical", "href": HOME}) in parsed(old).tags
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=../index.html"}) in parsed(old).tags
    page = open_page("search.html")
    page.goto(f"{page.url.rsplit('/', 1)[0]}/{SOURCES[0]}.html#hero.epoch=2000")
    page.wait_for_url("**/index.html#hero.epoch=2000")
    expect(page.locator("figure.live output").first).to_have_text("2000")


def test_404_is_a_whole_page_at_any_address(chromium):
    """Served at a wrong address, deep in a mirror's folder: own style, links into that very mirror."""

    class Mirror(browser.Quiet):
        def do_GET(self):
            name = self.path.partition("?")[0].removeprefix("/some/mirror/")
            self.path = f"/{name}" if (SITE / name).is_file() else "/404.html"
            super().do_GET()

    with browser.served(SITE, Mirror) as address:
        page = chromium.new_page(color_scheme="light", viewport={"width": 320, "height": 640})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/some/mirror/chapters/deep/er/nothing.html")
        assert page.title() == f"Page not found — {TITLE}"
        assert len(asked) == 1, "it needs no other file"
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(ground) != "rgb(255, 255, 255)"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        links = page.locator("li a").evaluate_all("all => all.map((one) => one.href)")
        assert links == [f"{address}/some/mirror/{name}.html" for name in PAGES]
        page.fill("input", "transpose")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/some/mirror/search.html?q=transpose")
        page.close()


def test_404_leads_to_the_published_course_where_it_cannot_know_better():
    tags = parsed(SITE / "404.html")
    links = [a["href"] for a in tags.all("a")]
    assert links == [f"{HOME}{page}.html" for page in PAGES]
    assert all(html(page).exists() for page in PAGES)
    assert [a["action"] for a in tags.all("form")] == [f"{HOME}search.html"]
    for kind, name in (("link", "href"), ("img", "src"), ("script", "src")):
        assert [a for a in tags.all(kind) if name in a] == []
    assert urlsplit(HOME).scheme == "https"
