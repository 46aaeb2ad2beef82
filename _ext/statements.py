"""A statement's number anywhere in the book, S97, becomes a link to its row on the page of the deck.

The chapters themselves say just S97, so that they read the same as bare notebooks. What the slide
prints is shown beside the link, without leaving the page (`_static/statements.js`): the lines are
taken from the deck's page, where their formulas are already set, into one small file.
"""

import json
import re
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes

from lib.ledger import STATEMENTS

PAGE = "chapters/slides"
NUMBER = re.compile(r"\bS(\d{1,3})\b")
LAST = max(number for statement in STATEMENTS for number in statement.numbers)
LEFT_ALONE = (
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.title,
    nodes.strong,
)


def link_statements(app, doctree, docname):
    if app.builder.format != "html" or not docname.startswith("chapters/"):
        return
    page = "" if docname == PAGE else app.builder.get_relative_uri(docname, PAGE)
    for text in list(doctree.findall(nodes.Text)):
        if NUMBER.search(text) and not inside(text, LEFT_ALONE):
            text.parent.replace(text, with_links(str(text), page))


def inside(node, kinds):
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def with_links(text, page):
    """The text in pieces, each number a link."""
    pieces, end = [], 0
    for number in NUMBER.finditer(text):
        if 1 <= int(number[1]) <= LAST:
            link = reference(number[0], page, int(number[1]))
            pieces += [nodes.Text(text[end : number.start()]), link]
            end = number.end()
    return [*pieces, nodes.Text(text[end:])]


class StatementLink(nodes.reference):
    """A link that `_static/statements.js` knows by its number."""


def reference(text, page, number):
    return StatementLink("", text, internal=True, refuri=f"{page}#s{number}", number=number)


def open_link(translator, node):
    address, number = translator.attval(node["refuri"]), node["number"]
    translator.body.append(f'<a class="reference internal" href="{address}" data-statement="{number}">')


def close_link(translator, node):
    translator.body.append("</a>")


def add_sections(app, pagename, templatename, context, doctree):
    """The deck's sections are headings of a cell's output; the page's contents name them, too."""
    if pagename != PAGE or doctree is None:
        return
    contents = BeautifulSoup(context["toc"], "html.parser")
    entries = "".join(
        f'<li><a class="reference internal" href="#{heading["id"]}">{escape(heading.get_text())}</a></li>'
        for heading in BeautifulSoup(context["body"], "html.parser").select("h3.rubric")
    )
    place = contents.select_one('a[href="#all-statements"]').parent
    place.append(BeautifulSoup(f"<ul>{entries}</ul>", "html.parser"))
    context["toc"] = str(contents)


def write_lines(app, error):
    """{number: what the slide prints, and the verdict} of all statements, as a script."""
    page = Path(app.outdir) / f"{PAGE}.html"
    if error is not None or app.builder.format != "html" or not page.exists():
        return
    lines = {}
    for card in BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".statement"):
        line = "".join(map(str, card.select_one("p"))) + "".join(map(str, card.li.contents))
        for name in [card["id"], *(span["id"] for span in card.select("span[id]"))]:
            lines[name.removeprefix("s")] = line
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "_static" / "statement-lines.js").write_text(
        f"var statementLines = {text};\n", "utf-8"
    )


def setup(app):
    app.add_node(StatementLink, html=(open_link, close_link))
    app.connect("doctree-resolved", link_statements)
    app.connect("html-page-context", add_sections, priority=100)  # before the theme reads the contents
    app.connect("build-finished", write_lines)  # before the stage
    return {"parallel_read_safe": True, "parallel_write_safe": True}
