"""A real browser for the tests that look at the site as a reader does."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from tests import browser
from tests.browser import SITE

# The same examples in every run and on every machine, however slow it is; nothing is kept on disk.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

# Files that take minutes. A worker gets whole files, so these go first: then both end together.
LONGEST = ("test_lite", "test_live_figures", "test_colab", "test_pages", "test_plants")


def pytest_collection_modifyitems(items):
    """What opens a browser or reads the built site is `outside` of a quick check, without saying so."""
    for item in items:
        reads = {"SITE", "html", "parsed"} & vars(getattr(item, "module", None) or object).keys()
        if reads or "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("outside")
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def site():
    with browser.served(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    """Debian's own browser; without one, a reason to skip on a reader's machine, a failure in CI."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine")
    return playwright.chromium.launch(executable_path=found, args=browser.ARGUMENTS)


@pytest.fixture
def open_page(chromium, site):
    """A function that opens a page and afterwards sees that nothing was asked from anybody else."""
    contexts, requests, complaints = [], [], []

    def open_page(path, address=site, fragment="", wait_until="domcontentloaded", script="", **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"} | options
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(script)  # runs before the page's own
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.goto(f"{address}/{path}{fragment}", wait_until=wait_until)
        return page

    yield open_page
    for context in contexts:
        context.close()
    here = ("data:", "blob:", "file:", f"http://{urlsplit(site).netloc}/")
    assert [url for url in requests if not url.startswith(here)] == []
    assert complaints == []


def pytest_terminal_summary(terminalreporter):
    """Figures that tests have measured: record_property("printed", "…")."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "printed" and report.when == "call":
                terminalreporter.write_line(text)
