"""The judge of the questions, on the pages that have questions: its files stand in `lib`, for notebooks."""

import re
from functools import partial
from pathlib import Path

from lib.practice.page import lean

STATIC = Path(__file__).resolve().parent.parent / "lib" / "practice" / "static"
FOR_TEACHERS = re.compile('class="(?:listed|sheet|ask-collect)"')
JUDGED = re.compile('class="ask(?:-record|-collect)?"')
COUNT = re.compile('href="([^"]*)">[^<]*</a> <span data-ask-page="[^"]*"')


def add_files(app):
    app.config.html_static_path.append(str(STATIC))


def add_to_page(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    if JUDGED.search(body):
        app.add_js_file("practice.js", loading_method="defer")
    if JUDGED.search(body) or FOR_TEACHERS.search(body):
        app.add_css_file("practice.css")
    if FOR_TEACHERS.search(body):
        app.add_css_file("teachers.css")


def finish(app, error):
    """Comments stay at home, and a page that sums up others learns how many questions they ask."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    for path in (*(folder / "_static").glob("practice.*"), folder / "_static" / "teachers.css"):
        path.write_text(lean(path.read_text("utf-8")), "utf-8")
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        if COUNT.search(text):
            path.write_text(COUNT.sub(partial(counted, path.parent), text), "utf-8")


def counted(folder, found):
    questions = (folder / found[1]).read_text("utf-8").count('<div class="ask"')
    return f'{found[0]} data-ask-of="{questions}"'


def setup(app):
    app.connect("builder-inited", add_files, priority=100)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", finish, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
