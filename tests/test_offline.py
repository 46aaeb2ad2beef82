"""The site as a zip on a USB stick: opened as files, with the network cut."""

import filecmp
import zipfile
from urllib.parse import unquote, urlsplit

import offline
import pytest
from playwright.sync_api import expect

from tests.browser import SITE
from tests.test_site import CONFIG, PAGES, parsed

MENU = ".bar-menu [data-kind=run]"


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    """The zip, unpacked in an empty folder."""
    folder = tmp_path_factory.mktemp("stick")
    offline.pack(SITE, folder.parent / "offline.zip")
    with zipfile.ZipFile(folder.parent / "offline.zip") as archive:
        archive.extractall(folder)
    assert [path.name for path in folder.iterdir()] == [offline.FOLDER], "one folder, and nothing beside it"
    return folder / offline.FOLDER


@pytest.fixture
def page(open_page, stick):
    """The page that a reader sees first."""
    return open_page("index.html", address=stick.as_uri(), wait_until="load", offline=True)


def chapter(page, name):
    page.goto(page.url.rsplit("/", 1)[0] + f"/chapters/{name}.html")


def test_opens_on_the_first_page_and_leads_to_the_chapters(page):
    assert page.locator("h1").first.inner_text().startswith(CONFIG["title"])
    page.locator("article table").get_by_role("link", name="1 Forward pass").click()
    page.wait_for_url("**/chapters/forward_pass.html")


def test_search_finds_and_shows_the_place(page):
    page.keyboard.press("Control+k")
    page.keyboard.type("jacobian")
    hit = page.locator("dialog .search-results a").first
    assert "file:" in hit.evaluate("link => link.href")
    texts = page.locator("dialog .search-results p").all_inner_texts()
    assert [text for text in texts if "jacobian" in text.lower()], "shown without reading the pages"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=jacobian")
    page.locator(".search-page .search-results a").first.click()
    page.wait_for_url("**/chapters/*.html*")
    assert "jacobian" in page.locator("article mark").first.inner_text().lower()


def test_mathematics_is_set_in_its_own_letters(page):
    chapter(page, "backward_pass")
    assert page.locator("math").count() > 100
    page.evaluate("document.fonts.ready")
    states = page.evaluate("[...document.fonts].filter(f => /Book Math/.test(f.family)).map(f => f.status)")
    assert states == ["loaded"]


def test_live_figure_moves(page):
    figure = page.locator("figure.live[data-name=hero]")
    before, sentence = figure.locator("svg:visible").inner_html(), figure.locator(".live-sentence")
    said = sentence.inner_text()
    figure.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(sentence).not_to_have_text(said)  # as soon as its frames are there
    assert figure.locator("svg:visible").inner_html() != before


def test_launch_buttons_say_that_they_need_the_net_and_lead_to_the_public_site(page):
    chapter(page, "forward_pass")
    page.click(".bar-menu summary")
    links = page.locator(f"{MENU} a")
    assert links.count() >= 1
    for link in links.all():
        assert link.inner_text().endswith("(needs the internet)")
        assert link.evaluate("link => link.protocol") == "https:"


def test_on_the_website_they_say_so_only_while_the_net_is_gone(open_page):
    tab = open_page("chapters/speed.html", wait_until="load")
    tab.click(".bar-menu summary")
    tab.wait_for_load_state("networkidle")  # what comes late has come, and can't be missed
    colab = tab.locator(f"{MENU} a", has_text="Colab")
    assert colab.inner_text().strip() == "Run in Colab"
    tab.context.set_offline(True)
    expect(colab).to_have_text("Run in Colab (needs the internet)", use_inner_text=True)
    tab.context.set_offline(False)
    expect(colab).to_have_text("Run in Colab", use_inner_text=True)


def test_every_link_of_every_page_leads_to_a_file_of_the_zip(stick):
    for name in PAGES:
        html = stick / f"{name}.html"
        for tag, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
            for attributes in parsed(html).all(tag):
                address = urlsplit(attributes.get(attribute) or "")
                if address.path and not address.netloc and address.scheme in ("", "file"):
                    launch = offline.LEFT_OUT & set(address.path.split("/"))  # leads to the public site
                    assert launch or (html.parent / unquote(address.path)).exists(), address.path


def test_the_zip_is_the_same_every_time(stick, tmp_path, record_property):
    first, again = stick.parent.with_name("offline.zip"), tmp_path / "again.zip"
    offline.pack(SITE, again)
    assert filecmp.cmp(first, again, shallow=False)
    record_property("printed", f"Offline: one zip of {again.stat().st_size / 1e6:.1f} MB")


def test_without_a_site_there_is_nothing_to_pack(tmp_path):
    with pytest.raises(FileNotFoundError, match="make book"):
        offline.pack(tmp_path, tmp_path / "never.zip")
    assert list(tmp_path.iterdir()) == []
