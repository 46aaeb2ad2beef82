"""A zip of all notebooks beside the code they run: made with the site, linked from every page.

Whoever unzips it gets one folder, named with the version.
"""

import tomllib
import zipfile
from pathlib import Path

import lib

NAME = "backward-pass-notebooks.zip"
FOLDER = f"backward-pass-{lib.__version__}-notebooks"
ROOT = Path(__file__).resolve().parent.parent

README = """\
# Mathematics of the backward pass: the notebooks

All chapters of the course, with the code that they run in the folders beside them. Unzip, and
with Python 3.11 or newer, in this folder:

```text
python -m venv .venv
.venv/bin/pip install -r requirements.txt
.venv/bin/jupyter lab index.ipynb
```

On Windows, write `.venv\\Scripts\\` in place of `.venv/bin/`. After that no network is needed.

The course lives at {site}
"""


def write_zip(target, folder, files):
    """Write {path: bytes} to the zip `target`, in one folder. The same files make the same zip, to the byte."""
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}")  # its date is always the first of January 1980
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # whatever system makes it
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)


def project():
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def code():
    """The files that an installation of the course's code holds: packages and their data."""
    setup = project()["tool"]["setuptools"]
    wanted = [(package, "*.py") for package in setup["packages"]]
    wanted += [(package, name) for package, names in setup["package-data"].items() for name in names]
    return sorted(path for package, name in wanted for path in folder_of(package).glob(name))


def folder_of(package):
    return ROOT / package.replace(".", "/")


def notebooks(pages, site):
    """What belongs into the zip: the book's pages, their code, what to install, how to start, licences."""
    dependencies = project()["project"]["dependencies"]
    files = {path.name: path.read_bytes() for path in pages}
    files |= {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in code()}
    files |= {path.name: path.read_bytes() for path in ROOT.glob("LICENSE*")}
    files["requirements.txt"] = "\n".join(["jupyterlab", *dependencies, ""]).encode()
    files["README.md"] = README.format(site=site).encode()
    return files


def write_notebooks(app, error):
    if error is None and app.builder.format == "html":
        pages = [Path(app.env.doc2path(name)) for name in app.env.found_docs]
        write_zip(Path(app.outdir) / NAME, FOLDER, notebooks(pages, app.config.html_baseurl))


def add_link(app, pagename, templatename, context, doctree):
    """One more file to keep, in the menu of every page."""
    entry = {"text": "All notebooks (.zip)", "url": context["pathto"](NAME, 1)}
    context["menu"]["take"].append(entry)


def setup(app):
    app.connect("html-page-context", add_link, priority=600)  # the menu is made at 500 (bar.py)
    app.connect("build-finished", write_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
