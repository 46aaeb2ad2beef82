"""What a reader can take along: each chapter's notebook, and a zip of all with the code they run."""

import io
import json
import zipfile
from pathlib import Path

import downloads
import nbformat
import pytest
from nbclient import NotebookClient

from tests import browser
from tests.browser import CHAPTERS, ROOT, SITE
from tests.test_notebooks import COURSE, notebooks
from tests.test_site import PAGES, html, parsed

ZIP = SITE / downloads.NAME


@pytest.fixture
def unzipped(tmp_path):
    with zipfile.ZipFile(ZIP) as archive:
        archive.extractall(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [downloads.FOLDER], (
        "one folder, and nothing beside it"
    )
    return tmp_path / downloads.FOLDER


@pytest.mark.parametrize(
    "name", [COURSE[0], *(pytest.param(name, marks=pytest.mark.thorough) for name in COURSE[1:])]
)
def test_page_hands_out_its_notebook_as_a_file(chromium, name):
    """Here with the site in a subfolder of its server, as on GitHub."""
    with browser.served(SITE.parent) as address:
        page = chromium.new_page()
        page.goto(f"{address}/{SITE.name}/chapters/{name}.html")
        for entry, source in (("Notebook", CHAPTERS / f"{name}.ipynb"), ("All notebooks (.zip)", ZIP)):
            page.click(".bar-menu summary")
            with page.expect_download() as waiting:
                page.get_by_role("link", name=entry, exact=True).click()
            assert waiting.value.suggested_filename == source.name
            assert Path(waiting.value.path()).read_bytes() == source.read_bytes()
        page.close()


def test_every_chapter_leads_to_its_notebook_as_it_is():
    for name in COURSE:
        page = html(f"chapters/{name}")
        files = [page.parent / a["href"] for a in parsed(page).all("a") if "download" in a]
        (notebook,) = (path for path in files if path.suffix == ".ipynb")
        assert notebook.read_bytes() == (CHAPTERS / f"{name}.ipynb").read_bytes()


def test_every_page_and_the_text_of_the_first_lead_to_the_zip():
    for page in PAGES:
        addresses = [a.get("href") for a in parsed(html(page)).all("a")]
        found = sum((html(page).parent / address).resolve() == ZIP for address in addresses if address)
        assert found == (2 if page == "index" else 1)


def test_zip_holds_what_the_links_between_chapters_need(unzipped):
    held = {path.relative_to(unzipped).as_posix() for path in unzipped.rglob("*") if path.is_file()}
    assert {path.name for path in (ROOT / "chapters").glob("*.[im]*")} <= held
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.glob("lib/**/*.py")} <= held
    assert "lib/figures/speed.json" in held
    assert not any("__pycache__" in name or name.startswith("/") for name in held)
    needed = (unzipped / "requirements.txt").read_text("utf-8").split()
    assert {"jupyterlab", "numpy>=2.0", "sympy>=1.13"} <= set(needed)


@pytest.mark.parametrize("name", ["speed", pytest.param("gradient_descent", marks=pytest.mark.thorough)])
def test_notebook_runs_where_the_zip_was_unpacked(unzipped, name):
    """With the `lib` that came along and without a network: its set-up cell has nothing to fetch."""
    path = unzipped / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print(lib.__file__)"))
    resources = {"metadata": {"path": str(unzipped)}}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources)
    client.coalesce_streams = True
    client.execute()
    assert notebook.cells.pop().outputs[0].text.strip() == str(unzipped / "lib" / "__init__.py")
    assert json.loads(notebooks.normalise(notebook)) == json.loads(path.read_text("utf-8"))


def test_same_files_make_the_same_zip(tmp_path):
    with zipfile.ZipFile(ZIP) as archive:
        files = {name.removeprefix(f"{downloads.FOLDER}/"): archive.read(name) for name in archive.namelist()}
    for target, names in (("one.zip", sorted(files)), ("two.zip", sorted(files, reverse=True))):
        downloads.write_zip(tmp_path / target, downloads.FOLDER, {name: files[name] for name in names})
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes() == ZIP.read_bytes()


def test_a_change_in_a_file_changes_the_zip():
    zips = [io.BytesIO(), io.BytesIO()]
    for target, content in zip(zips, (b"one", b"two"), strict=True):
        downloads.write_zip(target, "folder", {"file": content})
    assert zips[0].getvalue() != zips[1].getvalue()
