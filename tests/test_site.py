"""The built site as files: every page there, every link alive, nothing fetched from elsewhere.

`make test` builds the book first, with warnings as errors.
"""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import addresses
import pytest
import stamp
import yaml

import lib
from tests.browser import ROOT, SITE

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
SOURCES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
PAGES = ["index", *SOURCES[1:]]  # the landing page is the site's root

every_page = pytest.mark.parametrize("page", PAGES)


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and every id."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)
        self.ids = {attributes["id"] for _, attributes in self.tags if attributes.get("id")}

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def parsed(path, cache={}):  # noqa: B006 - one parse a file
    if path not in cache:
        cache[path] = Tags(path.read_text("utf-8"))
    return cache[path]


def html(page):
    """The built page of this name, or of this source."""
    return SITE / f"{'index' if page == TOC['root'] else page}.html"


def test_the_book_is_built_from_what_is_here():
    assert html(TOC["root"]).exists(), "run `make book` first"
    late = [
        change for change in stamp.changes("book") if "PYODIDE_DIR" not in change
    ]  # a variable of that run
    assert late == [], "changed since the last `make book`"


@every_page
def test_page_is_there_without_a_trace_of_an_error(page):
    text = html(page).read_text("utf-8")
    for trace in ("Traceback (most recent call last)", 'class="problematic"', "system-message", "stderr"):
        assert trace not in text


@every_page
def test_links_lead_somewhere_under_any_folder(page):
    for tag, name in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
        for attributes in parsed(html(page)).all(tag):
            address = urlsplit(attributes.get(name) or "")
            if address.scheme or address.netloc or not (address.path or address.fragment):
                continue
            assert not address.path.startswith("/"), f"{address.path} breaks under a subpath"
            target = (html(page).parent / unquote(address.path)).resolve() if address.path else html(page)
            assert target.exists(), address.path
            if address.fragment and target.suffix == ".html":
                ids = parsed(target).ids
                assert unquote(address.fragment) in ids, f"{address.path}#{address.fragment}"


@every_page
def test_nothing_is_fetched_from_elsewhere(page):
    tags = parsed(html(page))
    fetched = [a.get("src") for t in ("script", "img", "iframe") for a in tags.all(t)]
    fetched += [a.get("href") for a in tags.all("link") if a.get("rel") in ("stylesheet", "preload", "icon")]
    assert [address for address in fetched if address and urlsplit(address).netloc] == []
    assert "require.min.js" not in html(page).read_text("utf-8")


@every_page
def test_errors_can_be_reported_from_the_page(page):
    found = {a.get("href") for a in parsed(html(page)).all("a")}
    assert f"{addresses.repository(CONFIG['repository']['url'])}/issues/new" in found


@every_page
def test_pictures_have_words(page):
    tags = parsed(html(page))
    for attributes in tags.all("img"):
        assert attributes.get("alt") is not None
        assert not re.search(r"\.png|_images", attributes["alt"])
    pictures = [a for a in tags.all("svg") if a.get("role") == "img"]
    words = [attributes.get("aria-label") or "" for attributes in pictures]
    words += [a["alt"] for a in tags.all("img") if "for-light" in (a.get("class") or "")]
    assert all(len(own) > 20 for own in words)
    assert len(words) >= len(tags.all("figure"))


@pytest.mark.parametrize("page", [page for page in SOURCES if (ROOT / f"{page}.ipynb").exists()])
def test_menu_opens_this_very_notebook_in_colab(page):
    """Colab opens github/OWNER/REPOSITORY/blob/BRANCH/PATH; the first three stand in _config.yml."""
    repository = "/".join(addresses.parts(CONFIG["repository"]["url"]))
    colab = [a["href"] for a in parsed(html(page)).all("a") if "colab" in (a.get("href") or "")]
    branch = CONFIG["repository"]["branch"]
    assert colab == [f"https://colab.research.google.com/github/{repository}/blob/{branch}/{page}.ipynb"]


def test_the_inventory_names_the_course_and_its_version():
    inventory = (SITE / "objects.inv").read_bytes().split(b"\n")
    assert inventory[1:3] == [
        f"# Project: {CONFIG['title']}".encode(),
        f"# Version: {lib.__version__}".encode(),
    ]
