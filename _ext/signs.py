"""Numbers as print has them: −0.2 for -0.2, 7 × 10⁻⁹ for 7e-09, in sentences and tables.

Programs, and what they print as they print it, stay as they are.
"""

import re

from docutils import nodes

LEFT_ALONE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
MINUS = re.compile(r"(?<![\w.)\]-])-(?=\.?\d)")  # not the hyphen of 2-2-1, S7-S10 or 2026-11-25
POWER = re.compile(r"\b(\d+(?:\.\d+)?)e([+-]\d+)\b")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(text):
    text = POWER.sub(lambda found: f"{found[1]} × 10{str(int(found[2])).translate(RAISED)}", text)
    return MINUS.sub("−", text)


def mend_numbers(app, doctree, docname):
    for text in list(doctree.findall(nodes.Text)):
        ancestor = text.parent
        while ancestor and not isinstance(ancestor, LEFT_ALONE):
            ancestor = ancestor.parent
        if not ancestor and (better := readable(str(text))) != str(text):
            text.parent.replace(text, nodes.Text(better))


def setup(app):
    app.connect("doctree-resolved", mend_numbers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
