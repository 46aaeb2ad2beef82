"""The browser of this machine that prints, previews and measures pages, and runs the judge of the questions."""

import contextlib
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "lib" / "practice" / "static"
JUDGE = [STATIC / name for name in ("judge.js", "order.js", "after.js")]


def chromium():
    """Where Chromium is, or Chrome; None where there is neither."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def headless():
    """The same without a window's own parts, where there is that: a page opens in half the time."""
    return shutil.which("chromium-headless-shell") or chromium()


@contextlib.contextmanager
def opened():
    """The reader's own Chromium. FileNotFoundError where there is none."""
    found = chromium()
    if found is None:
        raise FileNotFoundError("chromium: expected it on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def judge_in(browser):
    """A page with the judge of the questions and nothing else; calls run in it."""
    page = browser.new_page()
    page.set_content("<!DOCTYPE html><title>Judge</title>")
    for script in JUDGE:
        page.add_script_tag(path=script)
    return page
