"""Three engines behind the same few verbs: Chromium, Firefox, and WebKit, which every iPhone has.

Playwright drives the reader's own Chromium and Firefox (Debian's `firefox-esr`); Selenium drives
Debian's WebKitGTK by `webkit2gtk-driver`, on a screen that `xvfb` pretends to have.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.browser import ARGUMENTS, Quiet

# The page's complaints are collected by the page itself: not every driver passes them on.
COLLECT = b"""<head><script>
  window.complaints = [];
  addEventListener("error", (event) => complaints.push(event.message || event.target.src));
</script>"""
WEBKIT = Path("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")


class Collecting(Quiet):
    """Serves pages that remember what went wrong on them."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.exists():
            return super().do_GET()
        body = path.read_bytes().replace(b"<head>", COLLECT, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class ByPlaywright:
    def __init__(self, browser, **media):
        self.context = browser.new_context(**media)
        self.page = self.context.new_page()

    def size(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})

    def open(self, address):
        self.page.goto(address, wait_until="load", timeout=90_000)

    def reload(self):
        self.page.reload(wait_until="commit")

    def back(self):
        """By the page itself: Playwright's own way waits for what Firefox doesn't say."""
        here = self.ask("location.href")
        self.ask("void setTimeout(() => history.back())")
        until(self, f"location.href !== {here!r}", f"there is no way back from {here}")

    def ask(self, what):
        """Between two pages there is nobody to ask, and the old one may go several times until it is gone."""
        for _ in range(300):
            try:
                return self.page.evaluate(f"() => {{ return {what} }}")
            except Error as error:
                if "context was destroyed" not in str(error):
                    raise
            time.sleep(0.1)
        raise AssertionError(f"there is no page to ask: {what}")

    def click(self, selector):
        self.page.locator(selector).first.click()

    def key(self, name):
        self.page.keyboard.press(name)

    def type(self, text):
        self.page.keyboard.type(text)

    def picture(self, path):
        self.page.screenshot(path=path)

    def close(self):
        self.context.close()


class BySelenium:
    def __init__(self, driver):
        self.driver = driver

    def size(self, width, height):
        """The window is that large or a little larger: without a window manager 447 is the least."""
        self.driver.set_window_size(width, height)

    def open(self, address):
        # A new fragment alone would not load the page anew.
        self.driver.get("about:blank")
        self.driver.get(address)

    def reload(self):
        self.driver.refresh()

    def back(self):
        self.driver.back()

    def ask(self, what):
        return self.driver.execute_script(f"return {what}")

    def click(self, selector):
        """As Playwright does it: where the element has come to rest, and nothing lies above it."""
        from selenium.common.exceptions import (
            ElementClickInterceptedException,
            ElementNotInteractableException,
        )
        from selenium.webdriver.common.by import By

        element, last = self.driver.find_element(By.CSS_SELECTOR, selector), None
        for _ in range(100):
            self.driver.execute_script(
                "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element
            )
            time.sleep(0.1)
            now = self.driver.execute_script("return arguments[0].getBoundingClientRect().toJSON()", element)
            if now == last:
                with contextlib.suppress(ElementClickInterceptedException, ElementNotInteractableException):
                    return element.click()
            last = now
        raise AssertionError(f"{selector} can't be clicked")

    def key(self, name):
        from selenium.webdriver.common.keys import Keys

        name = {"ArrowRight": "RIGHT", "ArrowLeft": "LEFT"}.get(name, name.upper())
        self.type(getattr(Keys, name))

    def type(self, text):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(text).perform()

    def picture(self, path):
        self.driver.save_screenshot(str(path))

    def close(self):
        self.driver.get("about:blank")


class Missing(Exception):
    """An engine that isn't on this machine, and what brings it."""


def found(*names, package):
    for name in names:
        if path := shutil.which(name):
            return path
    raise Missing(f"no {names[0]} on this machine (Debian: {package})")


@contextlib.contextmanager
def chromium(playwright):
    path = found("chromium", "google-chrome", package="chromium")
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield lambda: ByPlaywright(browser)
    browser.close()


@contextlib.contextmanager
def firefox(playwright):
    path = found("firefox-esr", "firefox", package="firefox-esr")
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
    yield lambda: ByPlaywright(browser)
    browser.close()


@contextlib.contextmanager
def webkit(_):
    from selenium import webdriver

    driver = found("WebKitWebDriver", package="webkit2gtk-driver")
    screen = found("Xvfb", package="xvfb")
    if not WEBKIT.exists():
        raise Missing(f"no {WEBKIT} on this machine (Debian: webkit2gtk-driver)")
    with tempfile.TemporaryFile("w+") as said:
        pretend = subprocess.Popen(
            [screen, "-displayfd", "1", "-screen", "0", "1400x1100x24"], stdout=subprocess.PIPE, stderr=said
        )
        try:
            display = f":{pretend.stdout.readline().decode().strip()}"
            options = webdriver.WebKitGTKOptions()
            options.binary_location = str(WEBKIT)
            options.add_argument("--automation")
            service = webdriver.WebKitGTKService(driver, env=os.environ | {"DISPLAY": display})
            browser = webdriver.WebKitGTK(options=options, service=service)
            yield lambda: BySelenium(browser)
            browser.quit()
        finally:
            pretend.terminate()
            pretend.wait()


ENGINES = {"chromium": chromium, "firefox": firefox, "webkit": webkit}


@contextlib.contextmanager
def tabs_of(name, playwright):
    """A function that opens a tab in an engine; without the engine, a reason to skip, a failure in CI."""
    with contextlib.ExitStack() as stack:
        try:
            new_tab = stack.enter_context(ENGINES[name](playwright))
        except Missing as reason:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))
        yield new_tab


def until(tab, what, otherwise, seconds=40):
    """Wait until the page says yes."""
    end = time.monotonic() + seconds
    while not tab.ask(what):
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)
