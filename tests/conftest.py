"""A real browser for the tests that look at the site as a reader does, and how two workers share the tests."""

import contextlib
import functools
import os
import re

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from tests import browser, engines
from tests.browser import SITE

# The same examples in every run and on every machine, however slow it is; nothing is kept on disk.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

# After the quick check, what takes longest comes first, what can be divided by its pages after what can't: so
# both workers end together.
LONGEST = [
    *("test_colab", "test_lite", "test_python_page", "test_playground_page"),
    *("test_ask", "test_engines", "test_stage", "test_figure_files", "test_looks"),
    *("test_questions", "test_search", "test_pdf", "test_landing", "test_teachers", "test_ledger"),
    *("test_live_figures", "test_controls", "test_form_built", "test_pages"),
    *("test_referee", "test_roads", "test_proofs", "test_explore", "test_plants"),  # of the quick check
]


def together(nodeid):
    """What stays with one worker: a file; of a file that opens page after page, what is asked of one page."""
    file, _, test = nodeid.partition("::")
    file = file.replace("test_landing", "test_engines")  # both need Firefox, which takes seconds to start
    page = re.search(r"\[(index|search|404|chapters/\w+)", test)
    return file, page[1] if page and "test_colab" not in file else ""  # its chapters share an environment


def pytest_collection_modifyitems(items):
    """What opens a browser, reads the built site or runs a chapter is `outside` of a quick check, without saying so."""
    for item in items:
        reads = {"SITE", "html", "parsed"} & vars(getattr(item, "module", None) or object).keys()
        opens = {"chromium", "playwright"} & {*getattr(item, "fixturenames", ())}
        if reads or opens or item.path.suffix == ".ipynb":
            item.add_marker("outside")
    rank = {name: place for place, name in enumerate(LONGEST)}

    def place(item):
        outside = item.get_closest_marker("outside") is not None
        return outside, rank.get(item.path.stem, len(rank)), together(item.nodeid)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Two workers take turns at what belongs together, in the order above."""
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False
    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = together
    return scheduling


def no_book():
    """The sentence for where no book is built; None where one is."""
    if not (SITE / "index.html").exists():
        return f"{SITE}: expected the built book, run `make book` first"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where no book is built, a test that reads it says so, and not which file it has missed."""
    report = yield
    if call.excinfo and call.excinfo.errisinstance(FileNotFoundError) and no_book():
        report.longrepr = f"{no_book()} ({call.excinfo.value})"
    return report


@pytest.fixture(scope="session")
def site():
    if no_book():
        pytest.fail(no_book(), pytrace=False)
    with browser.served(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    """Debian's own browser, one a worker; without one, a reason to skip, in CI a failure."""
    if browser.CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium on this machine")
    return playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.ARGUMENTS)


@pytest.fixture(scope="session")
def engine(playwright):
    """A function that opens a tab in an engine, which is started once."""
    with contextlib.ExitStack() as stack:
        started = functools.cache(lambda name: stack.enter_context(engines.tabs_of(name, playwright)))
        yield lambda name: started(name)()


@pytest.fixture(scope="session")
def judge(chromium):
    page = browser.browsers.judge_in(chromium)
    yield page
    page.close()


@pytest.fixture
def open_page(chromium, site):
    """A function that opens a page; afterwards, that nothing was asked from anybody else or went wrong."""
    tabs = browser.Tabs(chromium, site)
    yield tabs.open
    tabs.close()
    tabs.assert_quiet()


@pytest.fixture(scope="session")
def tabs(chromium, site):
    return browser.Tabs(chromium, site)


@pytest.fixture
def keep(tabs):
    """The same for a page of which much is asked: it is opened once, see `Tabs.keep`."""
    yield tabs.keep
    tabs.assert_quiet()


def pytest_terminal_summary(terminalreporter):
    """Figures that tests have measured: record_property("printed", "…")."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "printed" and report.when == "call":
                terminalreporter.write_line(text)
