"""Where pages stand, and what the search finds: by section, not by page.

The landing page is the site's root, so that the address which people share is the page itself and
no detour.

Sphinx asks its builder for both: where a page goes, and what of it is kept for the search. So this
is Sphinx's own builder of HTML with two other answers. (Sphinx's index knows only which *pages* hold
a word, and its script reads them anew to show the place, which browsers refuse to files.)
"""

import html
import re

from docutils import nodes
from practice import FOR_TEACHERS
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder


class Builder(StandaloneHTMLBuilder):
    def get_target_uri(self, docname, typ=None):
        return super().get_target_uri("index" if docname == self.config.root_doc else docname, typ)

    def get_outfilename(self, pagename):
        return super().get_outfilename("index" if pagename == self.config.root_doc else pagename)

    def load_indexer(self, docnames):
        self.indexer = SectionIndex(self.env, self.config.language, {}, "")
        self.indexer.uri = self.get_target_uri
        super().load_indexer(docnames)


class SectionIndex(IndexBuilder):
    """What `_static/search.js` searches: the text of every section of every page.

    From Sphinx's own index it keeps the words that are too common to search, and the stemmer.
    """

    def load(self, stream, format):
        """What an earlier build has written of pages that haven't changed. ValueError if it is no such index."""
        index = format.load(stream)
        if "pages" not in index:
            raise ValueError("another program's index")
        self.pages = {page["name"]: page for page in index["pages"]}

    def prune(self, docnames):
        known = getattr(self, "pages", {})
        self.pages = {name: known[name] for name in docnames if name in known}

    def feed(self, docname, filename, title, doctree):
        self.pages[docname] = {
            "name": docname,
            "uri": self.uri(docname),
            "title": html.unescape(re.sub("<[^>]+>", "", title)),
            "sections": sections(doctree),
        }

    def freeze(self):
        """The pages in the order of the book."""
        root = self.env.config.root_doc
        order = [root, *self.env.toctree_includes[root]]
        return {"pages": [self.pages[name] for name in order if name in self.pages]}


def sections(doctree):
    """[[anchors, title, text], …] of a page, in its order: a section ends where the next heading stands.

    A statement of the deck is a section of its own: its number is its heading. Programs and what they
    print are left out: they would double what a reader's browser has to fetch, and what prose says
    about them is found.
    """
    found = [["", "", []]]

    def visit(node):
        if isinstance(node, nodes.section):
            found.append([node["ids"][0], "", []])
        elif isinstance(node, nodes.title):
            found[-1][1] = "".join(words(node)).strip()
            return
        elif isinstance(node, nodes.raw) and (ids := statement(node.astext())):
            found.append([" ".join(ids), ", ".join(ids).upper(), []])
            return
        elif (piece := leaf(node)) is not None:
            found[-1][2].append(piece)
            return
        for child in node.children:
            visit(child)
        if isinstance(node, nodes.TextElement | nodes.entry | nodes.raw) and not isinstance(
            node, nodes.Inline
        ):
            found[-1][2].append(" ")

    visit(doctree)
    return [
        [anchors, title, re.sub(r"\s+", " ", "".join(text)).strip()]
        for anchors, title, text in found
        if title or "".join(text).strip()
    ]


def statement(source):
    """The ids of a statement's card (lib/ledger/page.py), where raw HTML opens one."""
    return re.findall(r'id="(s\d+)"', source) if 'class="statement"' in source else []


def words(node):
    """The pieces of text in a node, formulas among them."""
    piece = leaf(node)
    return [piece] if piece is not None else [word for child in node.children for word in words(child)]


def leaf(node):
    """The text of a node that isn't looked into any further, else None."""
    if isinstance(node, nodes.math):
        return node.astext()  # in plain signs by now (formulas.py)
    if isinstance(node, nodes.math_block):
        return " … "  # a formula in lines of its own is nothing for one line
    if isinstance(node, nodes.raw):
        return visible(node.astext())
    if isinstance(node, nodes.Text):
        return node.astext()
    return "" if isinstance(node, nodes.Invisible | nodes.image | nodes.literal_block) else None


def visible(source):
    """The words of raw HTML: without drawings, scripts, formulas, the labels of controls, and answers."""
    if FOR_TEACHERS.search(source):  # keys: nobody finds them by a search
        return " "
    source = re.sub(r'(?s)<details class="ask-answer">.*?</details>', " ", source)
    source = re.sub(r"(?s)<!--.*?-->|<(svg|script|style|math|form|button)\b.*?</\1>", " ", source)
    return html.unescape(re.sub("<[^>]+>", " ", source))


def setup(app):
    app.add_builder(Builder, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
