"""How long the book itself takes: a slider on the page, the notebooks, the builds, the tests.

usage: python -m benchmarks.book [--all]     (in the book's environment, the book being built)

Without --all: what the handler of a slider takes on the page. With it also each notebook, and what
`make check`, `make book` from nothing and `make test` take: some minutes. What is
not measured keeps its earlier value.
"""

import statistics
import subprocess
import sys
from time import perf_counter

from playwright.sync_api import sync_playwright

from benchmarks.measure import spread
from benchmarks.report import read, today, write
from tests import browser
from tests.browser import CHAPTERS, ROOT, SITE
from tools import notebooks, stamp


def seconds(command):
    """How long a command takes; its output is shown only where it fails."""
    began = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return round(perf_counter() - began, 1)


def handlers():
    """{figure: [median, quartiles] in ms} for every live figure, in the browser of this machine."""
    if browser.CHROMIUM is None:
        return {"missing": "no Chromium on this machine"}
    times = {}
    with browser.served(SITE) as address, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.ARGUMENTS).new_page()
        chapters = {path.name for path in SITE.glob("chapters/*.html")} - {"index.html"}  # which leads on
        for path in ["index.html", *(f"chapters/{name}" for name in sorted(chapters))]:
            page.goto(f"{address}/{path}", wait_until="load")
            figures = page.locator("figure.live[data-name]")
            browser.fetch_figures(page, figures.evaluate_all("all => all.map(one => one.dataset.name)"))
            for figure in figures.all():
                times[figure.get_attribute("data-name")] = spread(figure.evaluate(browser.HANDLER_TIMES))
    return times


def everything():
    """Seconds for each notebook, a quick check, the build, and the tests: the commands are the Makefile's."""
    each = {}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        began = perf_counter()
        notebooks.execute(path)
        each[path.stem] = round(perf_counter() - began, 1)
        print(f"{each[path.stem]:8.1f} s  {path.name}", flush=True)
    totals = {"a quick check": seconds(["make", "check"])}
    stamp.STAMPS["book"].unlink(missing_ok=True)  # so that it is built anew
    totals["the book built from nothing"] = seconds(["make", "book"])
    totals["every test but the thorough ones"] = seconds(["make", "test"])
    for name, took in totals.items():
        print(f"{took:8.1f} s  {name}")
    return {"date": today(), "notebooks": each, "totals": totals}


def main(arguments):
    times = handlers()
    medians = [own[0] for name, own in times.items() if name != "missing"]
    if medians:
        print(f"\nslider on the page: {statistics.median(medians):.2f} ms, at most {max(medians):.2f} ms")
    measured = {"handlers": times}
    if "--all" in arguments:
        measured["book"] = everything()
    write(read() | measured)


if __name__ == "__main__":
    main(sys.argv[1:])
