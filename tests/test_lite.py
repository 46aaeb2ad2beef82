"""The chapters in the reader's browser: opened by their button, run from top to bottom, changed.

The site is served under a folder and compressed, as GitHub Pages does it. A chapter needs Pyodide:
in the site, where PYODIDE_DIR was set when the book was built, or from its CDN. Where there is
neither, these tests are skipped, but fail in CI. The beginning of a chapter, as far as its first live
figure, in `make test`, all chapters in `make test-all`.
"""

import filecmp
import functools
import gzip
import io
import json
import os
import re
import time
import urllib.request
import zipfile
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import lite
import nbformat
import pytest
from jupyterlite_pyodide_kernel.constants import PYODIDE_KERNEL_PLUGIN_ID, PYODIDE_VERSION
from playwright.sync_api import expect

import lib
from lib.practice.trials import trials
from lib.questions import of_chapter
from tests.browser import ARGUMENTS, CHAPTERS, CHROMIUM, ROOT, SITE, Quiet, served
from tests.helpers import cells, course
from tests.test_referee import WORKSHOP, run_cells
from tests.test_site import html, parsed

CDN = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE_VERSION}/full/pyodide.js"
COURSE = course()
SAMPLE, SECOND = "forward_pass", "differential_calculus"  # the quickest, and another
NOTEBOOKS = sorted(f"chapters/{path.stem}" for path in CHAPTERS.glob("*.ipynb"))
FONTS = "Matplotlib is building the font cache; this may take a moment.\n"  # once in every session
WIDGET = "application/vnd.jupyter.widget-view+json"
TEXTS = (".js", ".mjs", ".wasm", ".json", ".ipynb", ".css", ".html", ".svg")
PICTURE = ".jp-OutputArea-output img"


def thorough(chapter):
    return pytest.param(chapter, marks=pytest.mark.thorough)


@functools.cache
def compressed(path):
    content = path.read_bytes()
    if path == SITE / "lite/jupyter-lite.json":  # JupyterLite's own switch: it becomes window.jupyterapp
        settings = json.loads(content)
        settings["jupyter-config-data"]["exposeAppInBrowser"] = True
        content = json.dumps(settings).encode()
    return gzip.compress(content, 6)


class Host(Quiet):
    """Sends programs and texts compressed, lets the browser keep all for ten minutes, counts bytes."""

    sent = 0

    def send_head(self):
        if not self.path.split("?")[0].endswith(TEXTS) or not os.path.isfile(self.translate_path(self.path)):
            return super().send_head()
        body = compressed(SITE.joinpath(*self.path.split("?")[0].split("/")[2:]))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path.split("?")[0]))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def copyfile(self, source, outputfile):
        content = source.read()
        Host.sent += len(content)
        outputfile.write(content)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The address of the site under a folder, like https://OWNER.github.io/REPOSITORY."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "course").symlink_to(SITE)
    with served(folder, Host) as address:
        yield f"{address}/course"


@pytest.fixture(scope="module")
def pyodide():
    """Whether Pyodide comes from the site itself; without it and without the CDN, no test."""
    settings = json.loads((SITE / "lite/jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    if "pyodideUrl" in settings["litePluginSettings"][PYODIDE_KERNEL_PLUGIN_ID]:
        return "site"
    try:
        urllib.request.urlopen(CDN, timeout=10).close()
    except OSError as error:
        reason = f"Pyodide is neither in the site (see PYODIDE_DIR) nor to be had from its CDN: {error}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return "CDN"


@pytest.fixture(scope="module")
def context(chromium, course, pyodide, tmp_path_factory):
    """A browser that has loaded nothing yet, and keeps on disk what it loads, as readers' browsers do.

    Afterwards, that nothing was missing, went wrong, or came from elsewhere.
    """
    complaints = []
    context = chromium.browser_type.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), executable_path=CHROMIUM, args=ARGUMENTS
    )
    context.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 400 else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    if pyodide == "site":
        here = (course.removesuffix("course"), "blob:", "data:")
        context.on("request", lambda one: one.url.startswith(here) or complaints.append(one.url))
    yield context
    context.close()
    assert complaints == []


def opened(context, course, chapter):
    """Go to a chapter's page and click its button: the new tab, with the notebook and a kernel."""
    page = context.new_page()
    page.goto(f"{course}/chapters/{chapter}.html", wait_until="load")
    page.locator(".bar-menu summary").click()
    with context.expect_page() as tab:
        page.get_by_role("link", name="Run in the browser").click()
    page.close()
    tab.value.locator(".jp-Notebook .jp-Cell").first.wait_for()
    tab.value.evaluate(
        """async () => {
          window.panel = jupyterapp.shell.currentWidget;
          await panel.sessionContext.ready;
        }"""
    )
    return tab.value


BEGINNING = """() => {
  const { cells } = panel.content.model.sharedModel;
  const figure = cells.findIndex(({ source }) => /^explore\\(/m.test(source));
  panel.content.model.sharedModel.deleteCellRange(figure + 1, cells.length);
}"""


def run(context, course, chapter, only_beginning=False):
    """Open a chapter and run its cells: the tab, seconds to the first picture and to the last cell, megabytes."""
    before, begin = Host.sent, time.perf_counter()
    tab = opened(context, course, chapter)
    if only_beginning:
        tab.evaluate(BEGINNING)
    tab.evaluate(
        """() => {
          jupyterapp.commands.execute("notebook:run-all-cells").then(() => { window.finished = true; });
        }"""
    )
    tab.locator(PICTURE).first.wait_for(timeout=180_000, state="attached")  # in view or further up
    seconds = time.perf_counter() - begin
    tab.wait_for_function("window.finished", timeout=180_000)
    return tab, seconds, time.perf_counter() - begin, (Host.sent - before) / 1e6


@pytest.fixture(scope="module")
def first(context, course, pyodide):
    """The beginning of the first chapter that a reader runs: with it comes what all of them need."""
    return run(context, course, SAMPLE, only_beginning=True)


@pytest.mark.parametrize("chapter", ["the beginning", *map(thorough, COURSE)])
def test_a_chapter_runs_in_the_browser(first, context, course, pyodide, record_property, chapter):
    beginning, chapter = chapter not in COURSE, chapter if chapter in COURSE else SAMPLE
    tab, seconds, whole, megabytes = first if beginning else run(context, course, chapter)
    notebook = nbformat.from_dict(tab.evaluate("panel.content.model.sharedModel.toJSON()"))
    source = nbformat.read(CHAPTERS / f"{chapter}.ipynb", as_version=4)
    assert (len(notebook.cells) == len(source.cells)) is not beginning
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output for output in outputs if output.output_type == "error"] == []
    assert {output.text for output in outputs if output.get("name") == "stderr"} <= {FONTS}

    cells_with_sliders = [
        number
        for number, cell in enumerate(notebook.cells)
        if any(WIDGET in output.get("data", {}) for output in cell.get("outputs", []))
    ]
    number = cells_with_sliders[0]
    tab.evaluate("number => { panel.content.activeCellIndex = number; }", number)
    tab.evaluate("number => panel.content.scrollToItem(number, 'start')", number)
    figure = tab.locator(".widget-vbox:has(> img):has(.noUi-handle)").first
    picture, handle = figure.locator("> img"), figure.locator(".noUi-handle").first
    before, address = picture.screenshot(), picture.get_attribute("src")
    moment = time.perf_counter()
    handle.focus()
    handle.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", address, timeout=20_000)
    answer = time.perf_counter() - moment
    assert picture.screenshot() != before

    answer_a_question(tab, notebook, chapter)

    record_property(
        "printed",
        f"in the browser: {chapter}: {seconds:.0f} s from click to first picture, {whole:.0f} s for all cells, "
        f"{1000 * answer:.0f} ms from key to picture, {megabytes:.0f} MB, Pyodide from {pyodide}",
    )
    if pyodide == "site":
        assert abs(megabytes - (lite.MEGABYTES if beginning else 0)) < 4, "let the button say so"
    if not beginning:
        tab.close()


@pytest.mark.thorough
@pytest.mark.parametrize("filled", [False, True])
def test_the_workshop_runs_in_the_browser_as_it_is_and_with_its_solutions(first, context, course, filled):
    """The referee says in JupyterLite what it says here, of the stubs and of the solutions put in their place."""
    tab = opened(context, course, WORKSHOP.stem)
    if filled:
        tab.evaluate(
            """solutions => {
              for (const cell of panel.content.model.sharedModel.cells) {
                const stub = /^def (\\w+)/.exec(cell.source);
                if (stub && cell.cell_type === "code" && stub[1] in solutions) cell.setSource(solutions[stub[1]]);
              }
            }""",
            written_solutions(),
        )
    tab.evaluate(
        """() => {
          jupyterapp.commands.execute("notebook:run-all-cells").then(() => { window.finished = true; });
        }"""
    )
    tab.wait_for_function("window.finished", timeout=180_000)
    notebook = nbformat.from_dict(tab.evaluate("panel.content.model.sharedModel.toJSON()"))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"stream"}
    _, *printed = "".join("".join(output.text) for output in outputs).splitlines()
    assert printed == run_cells(filled)
    tab.close()


def written_solutions():
    """{step: the code of its folded solution}."""
    text = "\n".join(cells(WORKSHOP, "markdown"))
    found = re.findall(r"<summary>Solution</summary>\n\n```python\n(def (\w+).*?)\n```", text, flags=re.S)
    return {step: code for code, step in found}


def answer_a_question(tab, notebook, chapter):
    """The first one of the chapter that wants a number: a slip, by Enter, then the key, by its button."""
    name, question = next((name, own) for name, own in of_chapter(chapter).items() if own.kind == "number")
    key, slip, *_ = trials(question)
    number = next(k for k, cell in enumerate(notebook.cells) if f'ask("{name}")' in cell.source)
    tab.evaluate("number => { panel.content.activeCellIndex = number; }", number)
    tab.evaluate("number => panel.content.scrollToItem(number, 'start')", number)
    asked = tab.locator(f".ask[data-name={name}]")
    field, verdict = asked.locator("input"), asked.locator(".ask-verdict")
    field.click()
    field.press_sequentially(slip.typed)  # letter by letter: JupyterLab has commands for some of them
    field.press("Enter")
    expect(verdict).to_have_attribute("data-kind", "wrong")
    expect(verdict).to_contain_text(re.split("[$`*]", slip.sentence)[0].strip())
    field.fill(key.typed)
    asked.get_by_role("button", name="Check").click()
    expect(verdict).to_have_attribute("data-kind", "right")


def test_a_copy_of_an_older_course_says_so(first):
    """The browser keeps what it has saved, for ever: a copy's first cell compares it with the course of today."""
    tab, *_ = first
    cell = "panel.content.model.sharedModel.cells[0]"
    assert tab.evaluate(f"{cell}.source").count(f'"{lib.__version__}"') == 1
    tab.evaluate(f"{cell}.setSource({cell}.source.replace('{lib.__version__}', '0.0.9'))")
    tab.evaluate("panel.content.activeCellIndex = 0")
    tab.evaluate("jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    (said,) = (output["text"] for output in tab.evaluate(f"{cell}.toJSON().outputs"))
    assert f"The course's code is here: this site's, version {lib.__version__}." in "".join(said)
    assert "written for version 0.0.9: delete this copy in the list of files" in "".join(said)


@pytest.mark.thorough
def test_the_second_chapter_loads_next_to_nothing(first, context, course):
    """The button says "once"."""
    before = Host.sent
    tab = opened(context, course, SECOND)
    tab.evaluate("panel.content.activeCellIndex = 0")
    for _ in range(3):  # the set-up cell, the title, the imports
        tab.evaluate("jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    assert (Host.sent - before) / 1e6 < 1
    tab.close()


@pytest.mark.thorough
def test_the_browser_keeps_an_edit_until_the_copy_is_deleted(context, course):
    """What a reader has changed and saved is there after a reload; without it the chapter is as it was."""
    tab = opened(context, course, SECOND)
    first = tab.locator(".jp-CodeCell .cm-content").first
    first.click()
    tab.keyboard.press("Control+Home")
    tab.keyboard.type("# a line of my own\n")
    tab.keyboard.press("Control+s")
    tab.wait_for_function("!panel.context.model.dirty")
    tab.reload()
    expect(first).to_contain_text("# a line of my own", timeout=30_000)
    tab.evaluate("jupyterapp.serviceManager.contents.delete(jupyterapp.shell.currentWidget.context.path)")
    again = opened(context, course, SECOND)
    source = again.evaluate("panel.content.model.sharedModel.cells[0].source")
    assert f'"{lib.__version__}"' in source
    assert "a line of my own" not in source


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_the_button_leads_to_this_chapter_and_says_what_it_costs(page):
    links = [a for a in parsed(html(page)).all("a") if "lite/" in (a.get("href") or "")]
    assert len(links) == 1, "a button, and nothing else on the page knows of JupyterLite"
    address = urlsplit(links[0]["href"])
    assert (html(page).parent / address.path).resolve() == SITE / "lite/notebooks/index.html"
    (notebook,) = parse_qs(address.query)["path"]
    assert notebook == f"{page}.ipynb"
    assert (SITE / "lite/files" / notebook).exists()
    assert f"Run in the browser (about {lite.MEGABYTES} MB, once)" in html(page).read_text("utf-8")


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_the_browser_gets_the_chapter_as_it_is(page):
    """But for links to pages that are no notebooks: they lead to the site."""
    here = nbformat.read(CHAPTERS.parent / f"{page}.ipynb", as_version=4)
    there = nbformat.read(SITE / f"lite/files/{page}.ipynb", as_version=4)
    for one, other in zip(here.cells, there.cells, strict=True):
        changed = re.sub(r"\]\(https://\S+?/chapters/(\w+)\.html", r"](\1.md", other.source)
        assert one.source == changed
        assert one.get("outputs") == other.get("outputs")
        assert not re.search(r"\]\(\w+\.md", other.source)


def test_the_wheel_holds_all_of_lib_and_is_the_same_every_time(tmp_path):
    wheels = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        lite.build_lib(ROOT, tmp_path / name)
        wheels += (tmp_path / name).glob("*.whl")
    first, second = wheels
    assert filecmp.cmp(first, second, shallow=False)
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("lib/**/*.py")}
    with zipfile.ZipFile(first) as wheel:
        assert {name for name in wheel.namelist() if name.endswith(".py")} == modules
        assert "lib/figures/speed.json" in wheel.namelist()
    assert (SITE / "lite/pypi" / first.name).exists()


def test_a_folder_without_pyodide_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PYODIDE_DIR", str(tmp_path))
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path, srcdir=ROOT)
    with pytest.raises(ValueError, match="PYODIDE_DIR: expected a folder"):
        lite.build_lite(app, None)
