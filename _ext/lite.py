"""The chapters as notebooks that run in the reader's browser: JupyterLite, beside the pages.

After the pages are written, JupyterLite makes `lite/` from a temporary folder:

    chapters/          the notebooks
    pypi/              wheels that a notebook's set-up cell installs: `lib`, and its sliders
    static/pyodide/    Python for the browser, where PYODIDE_DIR names a folder that holds it

Without PYODIDE_DIR a reader's browser fetches Pyodide from its CDN, when a notebook is opened and
not before: the pages themselves hold a link to `lite/` and load nothing of it. (This is why
jupyterlite-sphinx isn't used. It adds a stylesheet of Google's to every page.)
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import nbformat
from bar import is_notebook
from downloads import code

# What the widgets need besides the packages that Pyodide brings. Pure Python, so that a wheel is
# the files that are installed here: nothing has to be downloaded, and versions fit by themselves.
WIDGETS = ["ipywidgets", "jupyterlab_widgets", "comm"]

MEGABYTES = 35  # what opening a first chapter loads; tests/test_lite.py measures it

SETTINGS = {
    "LiteBuildConfig": {
        "apps": ["notebooks", "edit", "tree"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
}

# The left and right arrow keys move a slider that has the focus. JupyterLab takes them, to jump
# from heading to heading, so that sliders would have no keys: here it doesn't.
FOCUS = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus"
TAKEN = {
    "ArrowLeft": "notebook:move-cursor-heading-above-or-collapse",
    "ArrowRight": "notebook:move-cursor-heading-below-or-expand",
}
OVERRIDES = {
    "@jupyterlab/shortcuts-extension:shortcuts": {
        "shortcuts": [
            {"keys": [key], "command": command, "selector": FOCUS, "disabled": True}
            for key, command in TAKEN.items()
        ]
    }
}


def add_entry(app, pagename, templatename, context, doctree):
    """One more way to run a page that is a notebook, in its menu."""
    if is_notebook(app, pagename):
        address = context["pathto"]("lite/notebooks/index.html", resource=True)
        text = f"Run in the browser (about {MEGABYTES} MB, once)"
        context["menu"]["run"].append({"text": text, "url": f"{address}?path={pagename}.ipynb"})


def copy_chapters(app, target):
    """The notebooks, each text in one piece: JupyterLite trips over Markdown outputs in lines.

    Links to pages that are no notebooks lead to the site.
    """
    target.mkdir(parents=True)
    pages = f"{app.config.html_baseurl}chapters"
    for path in sorted(Path(app.srcdir).glob("chapters/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = re.sub(r"\]\((\w+)\.md\b", rf"]({pages}/\1.html", cell.source)
        (target / path.name).write_text(json.dumps(notebook), "utf-8")


def build_lib(root, target):
    """The wheel of `lib`, built by the backend that pyproject.toml names.

    In a copy: setuptools leaves folders behind, and takes up what earlier builds have left.
    """
    with tempfile.TemporaryDirectory() as folder:
        for path in (*code(), *(root / name for name in ("pyproject.toml", "README.md", "LICENSE"))):
            copy = Path(folder) / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        build = f"from setuptools import build_meta; build_meta.build_wheel({str(target)!r})"
        run([sys.executable, "-c", build], folder, SOURCE_DATE_EPOCH="315619200")  # the date is 1980, too


def pack_installed(name, target):
    """A wheel of an installed pure Python package, without what is installed outside of its folder."""
    package = distribution(name)
    files = [path for path in package.files if ".." not in path.parts and "__pycache__" not in path.parts]
    with zipfile.ZipFile(target / f"{name}-{package.version}-py3-none-any.whl", "w") as wheel:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path.as_posix())  # its date is 1980: the same bytes every time
            wheel.writestr(entry, path.read_binary(), zipfile.ZIP_DEFLATED)


def run(command, folder, **variables):
    """Run quietly; RuntimeError with everything that was said where it fails."""
    environment = os.environ | variables
    done = subprocess.run(
        command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}")


def build_lite(app, error):
    """Make `lite/` beside the pages. ValueError for a PYODIDE_DIR that holds no Pyodide."""
    if error is not None or app.builder.format != "html":
        return
    pyodide = os.environ.get("PYODIDE_DIR")
    if pyodide and not (Path(pyodide) / "pyodide-lock.json").exists():
        raise ValueError(f"PYODIDE_DIR: expected a folder with pyodide-lock.json, got {pyodide!r}")
    output = Path(app.outdir) / "lite"
    shutil.rmtree(output, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        copy_chapters(app, folder / "files" / "chapters")
        (folder / "pypi").mkdir()
        build_lib(Path(app.srcdir), folder / "pypi")
        for name in WIDGETS:
            pack_installed(name, folder / "pypi")
        if pyodide:
            shutil.copytree(pyodide, folder / "static" / "pyodide")
        (folder / "jupyter_lite_config.json").write_text(json.dumps(SETTINGS), "utf-8")
        (folder / "overrides.json").write_text(json.dumps(OVERRIDES), "utf-8")
        run([sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(output)], folder)


def setup(app):
    app.connect("html-page-context", add_entry, priority=600)  # the menu is made at 500 (bar.py)
    app.connect("build-finished", build_lite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
