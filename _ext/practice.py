"""The questions on the site: the form at once; the judge, and what it knows of a page's questions, later.

Their files stand in `lib`, for notebooks, where each output brings all of it. Here a page has the words of
its questions and the form. Keys, slips and sentences are a file of their own for each page, which `form.js`
fetches together with the judge when the reader comes near a question: as scripts, which may also come from
a file (tools/offline.py).
"""

import re
from functools import partial
from pathlib import Path

from stage import digest

from lib.practice.page import lean

STATIC = Path(__file__).resolve().parent.parent / "lib" / "practice" / "static"
FOLDER = "_static/questions"
FOR_TEACHERS = re.compile('class="(?:listed|sheet|ask-collect)"')
ASKS = re.compile('class="ask(?:-record)?"')
ORDERS = re.compile('data-kind="order"')
COUNTS = re.compile('class="ask-collect"')
COUNT = re.compile('href="([^"]*)">[^<]*</a> <span data-ask-page="[^"]*"')
DATA = re.compile(
    r'(<div class="ask" [^>]*data-name="([^"]*)".*?)<script type="application/json">(.*?)</script>', re.DOTALL
)
FORM = re.compile(r'<script[^>]* src="([^"]*)_static/form\.js[^"]*"')


def add_files(app):
    app.config.html_static_path.append(str(STATIC))


def add_to_page(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    if COUNTS.search(body):
        app.add_js_file("judge.js", loading_method="defer")  # it judges as soon as a file is dropped
    if ORDERS.search(body) or COUNTS.search(body):
        app.add_js_file("order.js", loading_method="defer")
    if ASKS.search(body) or COUNTS.search(body):
        app.add_js_file("after.js", loading_method="defer")
        app.add_js_file("form.js", loading_method="defer")
    if ASKS.search(body) or FOR_TEACHERS.search(body):
        app.add_css_file("practice.css")
    if FOR_TEACHERS.search(body):
        app.add_css_file("teachers.css")


def finish(app, error):
    """What may come later leaves the pages, and a page that sums up others learns how many questions they ask."""
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    for name in ("practice.css", "teachers.css"):
        path = folder / "_static" / name
        path.write_text(lean(path.read_text("utf-8")), "utf-8")
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        if DATA.search(text):
            path.write_text(move_out(folder, path.stem, text), "utf-8")
        if COUNT.search(text):
            path.write_text(COUNT.sub(partial(counted, path.parent), text), "utf-8")


def move_out(folder, page, text):
    """The page without what the judge knows of its questions; the form's script says where that is."""
    known = ",".join(f'"{name}":{data}' for _, name, data in DATA.findall(text))
    file = folder / FOLDER / f"{page}.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"practice.questions={{{known}}};\n", "utf-8")
    addresses = {"judge": folder / "_static" / "judge.js", "questions": file}
    later = "".join(
        f' data-{what}="{{}}{path.relative_to(folder).as_posix()}?v={digest(path.read_bytes())}"'
        for what, path in addresses.items()
    )
    text = DATA.sub(r"\1", text)
    return FORM.sub(lambda found: found[0] + later.format(found[1], found[1]), text)


def counted(folder, found):
    questions = (folder / found[1]).read_text("utf-8").count('<div class="ask"')
    return f'{found[0]} data-ask-of="{questions}"'


def setup(app):
    app.connect("builder-inited", add_files, priority=100)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", finish, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
