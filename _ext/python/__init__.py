"""Python on the page: NumPy and `lib` in a worker, for pages that let their reader compute.

A click starts it, and nothing of it is fetched before (`static/python.js`). Pyodide is the one that the
chapters in the browser run on, from this site or from its CDN: `lite.py` puts it there. Of `lib` come
the rooms that need NumPy alone: 50 KB, and 280 with the others, which no page could use. A page that
needs Python is listed in PAGES, with what it adds.
"""

import os
from pathlib import Path

from downloads import ROOT, code, write_zip
from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION
from stage import digest

STATIC = Path(__file__).with_name("static")
PAGES = {
    "chapters/workshop": ["workshop.js", "workshop.css"],
    "chapters/playground": ["playground.js", "playground.css"],
}
MEGABYTES = 9  # what a start loads; tests/test_python_page.py measures it
HERE, CDN = "lite/static/pyodide/", f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE_VERSION}/full/"
LIB = "_static/lib.zip"
NEEDS_MORE = {"proofs", "prose", "figures", "live", "explore", "practice", "questions", "ledger"}


def rooms():
    """{name in the zip: content} of the rooms of `lib` that need NumPy alone."""
    paths = {path.relative_to(ROOT / "lib").as_posix(): path for path in code()}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if name.split("/")[0].removesuffix(".py") not in NEEDS_MORE
    }


def settings():
    """Where `python.js` finds what it starts, seen from the site's root: attributes of its script."""
    own = {"worker": "python-worker.js", "cells": "python-cells.py"}
    return {
        "data-megabytes": str(MEGABYTES),
        "data-pyodide": HERE if os.environ.get("PYODIDE_DIR") else CDN,
        "data-lib": f"{LIB}?v={digest(b''.join(rooms().values()))}",
        **{
            f"data-{kind}": f"_static/{name}?v={digest((STATIC / name).read_bytes())}"
            for kind, name in own.items()
        },
    }


def add_files(app):
    app.config.html_static_path.append(str(STATIC))


def add_to_page(app, pagename, templatename, context, doctree):
    if pagename not in PAGES:
        return
    app.add_js_file("python.js", priority=400, loading_method="defer", **settings())  # before who uses it
    for name in PAGES[pagename]:
        if name.endswith(".js"):
            app.add_js_file(name, loading_method="defer")
        else:
            app.add_css_file(name, priority=900)  # after book.css, as the stage has it


def write_lib(app, error):
    if error is None and app.builder.format == "html":
        write_zip(Path(app.outdir) / LIB, "lib", rooms())


def setup(app):
    app.connect("builder-inited", add_files, priority=100)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", write_lib, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
