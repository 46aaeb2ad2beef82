"""The judge of the questions, on the pages that have questions: its files stand in `lib`, for notebooks."""

from pathlib import Path

from lib.practice.page import lean

STATIC = Path(__file__).resolve().parent.parent / "lib" / "practice" / "static"


def add_files(app):
    app.config.html_static_path.append(str(STATIC))


def add_to_page(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    if 'class="ask' in body or "data-ask-page" in body:
        app.add_js_file("practice.js", loading_method="defer")
        app.add_css_file("practice.css")


def make_lean(app, error):
    if error is None and app.builder.format == "html":
        for path in (Path(app.outdir) / "_static").glob("practice.*"):
            path.write_text(lean(path.read_text("utf-8")), "utf-8")


def setup(app):
    app.connect("builder-inited", add_files, priority=100)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", make_lean, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
