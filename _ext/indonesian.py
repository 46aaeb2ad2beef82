"""The deck's Indonesian words say that they are Indonesian, so that a screen reader speaks them so.

The chapters just set them in italics, and read the same as bare notebooks. Which words they are, the
glossary says: italics are Indonesian where they hold words of its Indonesian columns that aren't in
its English ones ("batch" and "gradient" stand in both), and more of these than of words it doesn't know.
"""

import re

from docutils import nodes

GLOSSARY = "chapters/glossary"
LANGUAGE = "language-id"  # docutils makes lang="id" of this class


def words(text):
    """The words of a text; single letters are names of variables."""
    return set(re.findall(r"[^\W\d_]{2,}", text.lower()))


def column(table, language):
    """The cells of the column with this heading; none where the table has no such column."""
    rows = [list(row.children) for row in table.findall(nodes.row)]
    names = [cell.astext() for cell in rows[0]]
    return [row[names.index(language)] for row in rows[1:]] if language in names else []


def vocabulary(glossary):
    """The words of the Indonesian columns, and those of the English ones."""
    return tuple(
        {
            word
            for table in glossary.findall(nodes.table)
            for cell in column(table, language)
            for word in words(cell.astext())
        }
        for language in ("Indonesian", "English")
    )


def is_indonesian(text, indonesian, english):
    found = words(text)
    return len(found & indonesian - english) > len(found - indonesian - english)


def mark_words(app, doctree, docname):
    if GLOSSARY not in app.env.all_docs:  # a chapter that is built alone
        return
    known = vocabulary(app.env.get_doctree(GLOSSARY))
    for table in doctree.findall(nodes.table) if docname == GLOSSARY else ():
        for cell in column(table, "Indonesian"):
            for text in [
                text for text in cell.findall(nodes.Text) if isinstance(text.parent, nodes.paragraph)
            ]:
                text.parent.replace(text, marked(str(text), known))
    for italics in doctree.findall(nodes.emphasis):
        if is_indonesian(italics.astext(), *known):
            italics["classes"].append(LANGUAGE)


def marked(text, known):
    """A cell's upright text in pieces between commas, the Indonesian ones marked."""
    pieces = re.split(r"(,\s*)", text)
    return [
        nodes.inline("", piece, classes=[LANGUAGE]) if is_indonesian(piece, *known) else nodes.Text(piece)
        for piece in pieces
    ]


def setup(app):
    app.connect("doctree-resolved", mark_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
