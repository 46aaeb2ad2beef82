"""A statement's number anywhere in the book, S97, becomes a link to its row on the page of the deck.

The chapters themselves say just S97, so that they read the same as bare notebooks.
"""

import re

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
            link = nodes.reference("", number[0], internal=True, refuri=f"{page}#s{int(number[1])}")
            pieces += [nodes.Text(text[end : number.start()]), link]
            end = number.end()
    return [*pieces, nodes.Text(text[end:])]


def setup(app):
    app.connect("doctree-resolved", link_statements)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
