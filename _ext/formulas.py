"""Formulas, rendered when the book is built: LaTeX in, MathML out.

A reader's browser gets finished formulas and draws them itself, in the letters that `mathfont.py`
has put together: there is no script to wait for, nothing moves once the page is there, and screen
readers meet real mathematics. `math_core` translates; what browsers need besides is done here:

    - A formula on a line of text can't be broken by a browser. A long one becomes several, with
      a place for a break after each relation (=, <, …) at its top level.
    - A full stop or a bracket that touches a formula stays on the formula's line.
    - Sphinx's search index and the page's description get "dC/dW = A⊤ · D" in place of LaTeX.

A formula that can't be translated ends the build in one sentence.
"""

import html
import re
from functools import cache
from xml.etree import ElementTree

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.errors import SphinxError
from sphinx.locale import _
from sphinx.util.math import get_node_equation_number

CONVERTER = LatexToMathML(fancy_error=False)
ENTITY = re.compile("&(?!lt;|gt;|amp;)[A-Za-z]+;")  # HTML's names; XML knows three of them

RELATIONS = set("=<>≤≥≠≈∼∈→←⟶⟺")
OPERATORS = set("+−±⋅×⊙")
OPEN, CLOSE = set("([{⌈"), set(")]}⌉")
LONG = 9  # em; half a line of a small phone

SCRIPTS = {"msub", "msup", "msubsup"}
ROW_GAP = re.compile(
    r"(?<=\\\\)\[[\d.]+(?:pt|em|ex)\]"
)  # \\[2pt]: the converter doesn't know it, and CSS has its own

BEFORE = re.compile(r"[([“‘]+$")
AFTER = re.compile(r"^[.,;:?!)\]”’…-]+")


class FormulaError(SphinxError):
    category = "Formula error"


@cache
def mathml(tex, display=False):
    """The formula as a tree of MathML. FormulaError where it can't be one."""
    try:
        text = CONVERTER.convert_with_local_state(ROW_GAP.sub("", tex).strip(), displaystyle=display)
    except LatexError as why:
        raise FormulaError(f"${tex.strip()}$ can't become MathML: {why}") from None
    tree = ElementTree.fromstring(ENTITY.sub(lambda name: html.unescape(name[0]), text))
    mend(tree)
    return tree


def mend(tree):
    """What browsers draw otherwise than meant, in place."""
    for element in tree.iter():
        if element.tag == "menclose":  # not in MathML Core; \boxed is all that comes here
            element.tag, element.attrib = "mrow", {"class": "boxed"}
        if element.text in ("⊙", "⊗"):  # Firefox takes them for large ones, such as a sum's sign
            element.set("largeop", "false")
        if element.get("accent"):  # one that must not stretch stands far above its letter in WebKit
            element[1].attrib.pop("stretchy", None)
        if element.tag in SCRIPTS:
            if element[0].get("minsize"):  # Chromium forgets the size of a large bracket with an exponent
                element[0] = group("mrow", [element[0]])
            for script in element[1:]:
                if script.tag == "mo":  # w*: WebKit would leave room for a product
                    script.attrib |= {"lspace": "0", "rspace": "0"}


def markup(element):
    return ElementTree.tostring(element, encoding="unicode").replace(" />", "/>")


def pieces(tree):
    """A formula on a line of text as one or more formulas between which the line may break."""
    if width(tree) <= LONG:
        return [tree]
    parts = split(tree, RELATIONS | {","})
    parts = [small for part in parts for small in (split(part, OPERATORS) if width(part) > LONG else [part])]
    return parts


def split(tree, signs):
    """Break after each of `signs` that stands at the top level, outside of brackets, between others."""
    parts, depth = [[]], 0
    for number, element in enumerate(tree):
        parts[-1].append(element)
        core = element
        while core.tag in SCRIPTS or (core.tag == "mrow" and len(core) == 1):
            core = core[0]  # (a + b)²: the bracket has an exponent
        sign = core.text if core.tag == "mo" else None
        depth += (sign in OPEN) - (sign in CLOSE)
        if sign in signs and depth == 0 and 0 < number < len(tree) - 1:
            parts.append([])
    return [group(tree.tag, part) for part in parts]


def group(tag, children):
    element = ElementTree.Element(tag)
    element.extend(children)
    return element


def width(element):
    """About how wide a formula is, in em."""
    if element.tag in ("mi", "mn", "mo", "mtext"):
        return (0.9 if element.tag == "mo" else 0.55) * len((element.text or "").strip())
    widths = [width(child) for child in element]
    if element.tag == "mspace":
        return float(element.get("width", "0em").removesuffix("em"))
    if element.tag in ("mfrac", "mover", "munder", "munderover", "mtable"):
        return max(widths, default=0)
    if element.tag in SCRIPTS:
        return widths[0] + 0.7 * max(widths[1:])
    return sum(widths)


def words(element):
    """A formula in one line of plain text, for the search index and other places without markup."""
    if element.tag == "mfrac":
        return "/".join(map(bracketed, element))
    if element.tag == "mspace":
        return " "
    if element.tag in ("mtr", "mtd"):
        return "".join(map(words, element)) + " "
    text = "".join(map(words, element)) or element.text or ""
    text = f" {text} " if text in RELATIONS | OPERATORS else text
    return re.sub(r"\s+", " ", text).strip() if element.tag == "math" else text


def bracketed(element):
    text = words(element)
    return text if text.isalnum() else f"({text})"


def prepare(app, doctree, docname):
    """Before a page is written: plain words for the index, and signs that stay with their formulas."""
    if app.builder.format != "html":
        return
    for node in list(doctree.findall(nodes.math)):
        node["tex"] = node.astext()
        node["before"], node["after"] = take_signs(node)
        node[:] = [nodes.Text(node["before"] + words(mathml(node["tex"])) + node["after"])]
    for node in doctree.findall(nodes.math_block):
        node["tex"] = node.astext()
        node[:] = [nodes.Text(words(display(node["tex"])))]


def take_signs(node):
    """Cut the signs that touch a formula, before and after it, out of the text beside it."""
    parent, place = node.parent, node.parent.index(node)
    signs = ["", ""]
    for number, (at, touching) in enumerate([(place - 1, BEFORE), (place + 1, AFTER)]):
        text = parent[at] if 0 <= at < len(parent) else None
        if isinstance(text, nodes.Text) and (found := touching.search(text)):
            signs[number] = found[0]
            parent[at] = nodes.Text(touching.sub("", text))
    return signs


def display(tex):
    """A displayed formula. Parts with an empty line between them stand below each other."""
    parts = [part for part in tex.split("\n\n") if part.strip()]
    if len(parts) > 1:
        tex = r"\begin{gathered}" + r"\\".join(parts) + r"\end{gathered}"
    elif r"\\" in tex and r"\begin" not in tex:
        tex = r"\begin{aligned}" + tex + r"\end{aligned}"
    return mathml(tex, display=True)


def visit_inline(self, node):
    parts = [markup(part) for part in pieces(mathml(node.get("tex", node.astext())))]
    for place, sign in ((0, "before"), (-1, "after")):
        if node.get(sign):
            both = [self.encode(node[sign]), parts[place]]
            parts[place] = f'<span class="together">{"".join(both if place == 0 else both[::-1])}</span>'
    self.body.append("<wbr>".join(parts))
    raise nodes.SkipNode


def visit_display(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(markup(display(node.get("tex", node.astext()))) + "</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    app.connect("doctree-resolved", prepare, priority=900)  # after the links to statements are made
    return {"parallel_read_safe": True, "parallel_write_safe": True}
