"""The same few movements of a reader in two engines: Chromium by Playwright, Firefox by Marionette."""

import contextlib
import shutil

from marionette_driver.marionette import Marionette

SIZE = (390, 844)


class Chromium:
    def __init__(self, browser):
        width, height = SIZE
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()

    def open(self, address):
        self.page.goto("about:blank")  # else only the fragment may differ, and nothing is loaded
        self.page.goto(address, wait_until="load")

    def reload(self):
        self.page.reload(wait_until="load")

    def back(self):
        self.page.go_back(wait_until="load")

    def follow(self, address):
        self.page.goto(address, wait_until="load")

    def run(self, script, *arguments):
        """The value of a function of JavaScript, as in Playwright."""
        return self.page.evaluate(f"arguments => ({script})(...arguments)", list(arguments))

    def close(self):
        self.context.close()


class Firefox:
    def __init__(self, folder):
        self.driver = Marionette(
            bin=shutil.which("firefox-esr") or shutil.which("firefox"),
            headless=True,
            gecko_log=str(folder / "gecko.log"),
            prefs={"browser.sessionhistory.max_total_viewers": 0},  # *back* loads the page anew
        )
        self.driver.start_session()
        self.driver.set_window_rect(width=SIZE[0], height=SIZE[1])

    def open(self, address):
        self.driver.navigate("about:blank")
        self.driver.navigate(address)

    def follow(self, address):
        self.driver.navigate(address)

    def reload(self):
        self.driver.refresh()

    def back(self):
        self.driver.go_back()

    def run(self, script, *arguments):
        return self.driver.execute_script(f"return ({script})(...arguments)", list(arguments))

    def close(self):
        self.driver.delete_session()
        self.driver.cleanup()
        with contextlib.suppress(AttributeError):
            self.driver.profile.cleanup()
