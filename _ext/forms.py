"""One form for what recurs: explanations, figures with their captions, exercises, rules.

A chapter says them in plain Markdown, so that a bare notebook reads as well; here each gets the
class that `_static/book.css` styles, and, where text points at it, an id:

    **Explanation.** …        what follows from an answer     class explanation (practice.css hides it before)
    **Figure 4.3.** …         the caption under a picture     class caption, id figure-4-3
    **Exercise 2** ★★ …       an exercise's first paragraph   class exercise, id exercise-2
    :::{important} The update a rule's first paragraph        its title, in place of "Important"

A picture stands above the fold with its code. The hidden cell behind a solution, which checks it,
moves into the solution's own fold: one answer, one fold.
"""

import re

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

BEGINNINGS = {
    "explanation": re.compile(r"Explanation\.$"),
    "caption": re.compile(r"Figure (\d+)\.(\d+)\.$"),
    "exercise": re.compile(r"Exercise (\d+)$"),
}


class Forms(SphinxPostTransform):
    """Runs once outputs are chosen and folds are made: MyST-NB does that at 4 and at 199."""

    default_priority = 200
    formats = ("html",)

    def run(self, **_):
        for paragraph in self.document.findall(nodes.paragraph):
            mark(paragraph)
        for cell in self.document.findall(nodes.container):
            if "tag_hide-input" in cell["classes"]:
                put_code_below(cell)
            elif "tag_hide-cell" in cell["classes"]:
                name_folds(cell, "Check by code")
        for end in list(self.document.findall(ends_a_fold)):
            take_in_check(end)
        for box in list(self.document.findall(nodes.important)):
            name_rule(box)


def mark(paragraph):
    """The class, and the id, of a paragraph that begins with one of the words above, in bold."""
    # The parser puts an empty text before bold words at a paragraph's beginning.
    first = next((child for child in paragraph if child.astext()), None)
    if not isinstance(first, nodes.strong):
        return
    for kind, beginning in BEGINNINGS.items():
        found = beginning.match(first.astext())
        if found:
            paragraph["classes"].append(kind)
            if found.groups():
                paragraph["ids"].append("-".join([beginning.pattern.split(" ")[0].lower(), *found.groups()]))


def put_code_below(cell):
    """What a cell shows comes first, then the fold with the code that made it."""
    folds = [child for child in cell.children if isinstance(child, HideCodeCellNode)]
    shown = [child for child in cell.children if child not in folds]
    drawn = any('<figure class="live"' in raw.astext() for raw in cell.findall(nodes.raw))
    code = f"Code for this {'figure' if drawn else 'output'}"
    name_folds(cell, code if shown else "Imports and helper functions")
    cell.children = shown + folds


def name_folds(cell, text):
    for fold in cell.findall(HideCodeCellNode):
        fold["prompt_show"] = fold["prompt_hide"] = text


def ends_a_fold(node):
    return isinstance(node, nodes.raw) and node.astext().rstrip().endswith("</details>")


def take_in_check(end):
    """Move the hidden cell that follows a solution into it."""
    place = end.parent.index(end)
    after = end.parent[place + 1] if place + 1 < len(end.parent) else None
    if isinstance(after, nodes.container) and "tag_hide-cell" in after["classes"]:
        end.parent.remove(after)
        end.parent.insert(place, after)


def name_rule(box):
    """A rule is headed by its name."""
    first = box[0]
    if isinstance(first, nodes.paragraph) and len(box) > 1 and not first.astext().endswith("."):
        first["classes"].append("admonition-title")
        box.replace_self(nodes.admonition("", *box.children, classes=["important", "rule"]))


def setup(app):
    app.add_post_transform(Forms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
