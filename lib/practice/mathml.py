"""Formulas of questions as MathML, which every browser draws by itself.

An HTML output brings its own formulas: Colab's and VS Code's outputs have nothing that draws
LaTeX. Read is the small part of LaTeX that questions need; anything else is refused.
"""

import re
from html import escape

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon eta theta lambda mu pi rho sigma tau varphi omega Delta Sigma".split(),
        "αβγδεηθλμπρστφωΔΣ",
        strict=True,
    )
)
SIGNS = {
    "cdot": "·", "times": "×", "odot": "⊙", "partial": "∂", "nabla": "∇", "sum": "∑", "top": "⊤", "le": "≤",
    "ge": "≥", "ne": "≠", "approx": "≈", "to": "→", "infty": "∞", "ldots": "…", "vert": "|", "pm": "±",
    "leftarrow": "←", "{": "{", "}": "}", "mid": "|", "in": "∈",
}  # fmt: skip
SPACES = {",": "0.17em", ";": "0.28em", "quad": "1em", " ": "0.25em", "!": "-0.17em"}
WORDS = {"log", "exp", "max", "min", "tanh", "sin", "cos", "ln"}
ACCENTS = {"hat": "^", "bar": "¯"}
MATRICES = {"pmatrix": "()", "bmatrix": "[]"}


class Reader:
    """One formula, read from left to right."""

    def __init__(self, tex):
        self.tex, self.tokens, self.at = tex, [t for t in TOKEN.findall(tex) if not t.isspace()], 0
        if "\\text" in tex:
            self.tokens = TOKEN.findall(tex)  # spaces count in words

    def refuse(self, what):
        raise ValueError(f"formula: {what} can't be drawn in a question, got ${self.tex}$")

    def peek(self):
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def row(self, *ends):
        """Everything up to one of the tokens `ends`, which is taken too."""
        parts = []
        while (token := self.peek()) not in ends:
            if token is None:
                self.refuse(f"a missing {ends[0]}")
            parts.append(self.scripted())
        self.take()
        return "".join(parts)

    def scripted(self):
        """One atom with what hangs on it."""
        base, scripts = self.atom(), {}
        while self.peek() in ("_", "^", "'"):
            sign = self.take()
            if sign == "'":
                primes = "′"
                while self.peek() == "'":
                    self.take()
                    primes += "′"
                scripts["^"] = f"<mo>{primes}</mo>"
            else:
                scripts[sign] = self.argument()
        if not scripts:
            return base
        tag = {"_": "msub", "^": "msup", "_^": "msubsup"}["".join(s for s in "_^" if s in scripts)]
        inner = "".join(scripts[s] for s in "_^" if s in scripts)
        return f"<{tag}>{base}{inner}</{tag}>"

    def argument(self):
        """What a command takes: a group, or one sign; of `12` only the 1, as in LaTeX."""
        token = self.peek()
        if token and token.isdigit() and len(token) > 1:
            self.tokens[self.at : self.at + 1] = [token[0], token[1:]]
        return self.atom()

    def atom(self):
        token = self.take()
        if token is None:
            self.refuse("an end where something was expected")
        if token == "{":
            return f"<mrow>{self.row('}')}</mrow>"
        if token.startswith("\\"):
            return self.command(token[1:])
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{token}</mi>"
        if token in "()[]|":
            return f'<mo stretchy="false">{token}</mo>'
        if token in "+-−=<>,.:;!/*…":
            return f"<mo>{escape('−' if token == '-' else token)}</mo>"
        return self.refuse(repr(token))

    def command(self, name):
        if name in GREEK:
            return f"<mi>{GREEK[name]}</mi>"
        if name in SIGNS:
            return (
                f'<mi mathvariant="normal">{SIGNS[name]}</mi>'
                if name == "partial"
                else f"<mo>{SIGNS[name]}</mo>"
            )
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}"/>'
        if name in WORDS:
            return f"<mi>{name}</mi>"
        if name in ("dfrac", "tfrac", "frac"):
            return f"<mfrac>{self.argument()}{self.argument()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self.atom()}</msqrt>"
        if name in ACCENTS:
            return f"<mover accent='true'>{self.atom()}<mo>{ACCENTS[name]}</mo></mover>"
        if name in ("left", "right"):
            token = self.take()
            return "" if token == "." else f"<mo>{SIGNS.get(token[1:], token)}</mo>"
        if name == "mathbf":
            return (
                self.atom()
                .replace("<mn>", '<mn mathvariant="bold">')
                .replace("<mi>", '<mi mathvariant="bold">')
            )
        if name in ("text", "mathrm", "operatorname"):
            return f"<mtext>{escape(self.words())}</mtext>"
        if name == "begin":
            return self.matrix()
        return self.refuse(f"\\{name}")

    def words(self):
        """What stands in braces, letter by letter."""
        self.take()
        words = []
        while (token := self.tokens[self.at] if self.at < len(self.tokens) else None) != "}":
            if token is None:
                self.refuse("a missing }")
            words.append(token)
            self.at += 1
        self.at += 1
        return "".join(words)

    def matrix(self):
        name = self.words()
        if name not in MATRICES:
            self.refuse(f"\\begin{{{name}}}")
        rows, cells, parts = [], [], []
        while True:
            token = self.peek()
            if token is None:
                self.refuse("a missing \\end")
            if token in ("&", "\\\\", "\\end"):
                self.take()
                cells.append(f"<mtd>{''.join(parts)}</mtd>")
                parts = []
                if token != "&":
                    rows.append(f"<mtr>{''.join(cells)}</mtr>")
                    cells = []
                if token == "\\end":
                    self.words()
                    left, right = MATRICES[name]
                    return f"<mrow><mo>{left}</mo><mtable>{''.join(rows)}</mtable><mo>{right}</mo></mrow>"
            else:
                parts.append(self.scripted())


def formula(tex, display=False):
    """LaTeX as `<math>`. Raises ValueError for what this small reader doesn't know."""
    reader = Reader(tex)
    parts = []
    while reader.peek() is not None:
        parts.append(reader.scripted())
    return f"<math{' display=' + chr(34) + 'block' + chr(34) if display else ''}>{''.join(parts)}</math>"


# A formula keeps together with the full stop after it, or whatever else can't begin a line.
CLOSING = re.compile(r"[.,;:?!)\]…]+")
INLINE = re.compile(
    r"\$\$(?P<block>.+?)\$\$|\$(?P<math>[^$]+)\$|`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\*(?P<em>[^*\s][^*]*)\*",
    re.DOTALL,
)


def inline(text):
    """Markdown within a line: formulas, code, bold and slanted words."""
    parts, end = [], 0
    for found in INLINE.finditer(text):
        parts.append(escape(text[end : found.start()], quote=False))
        kind, content, end = found.lastgroup, found[found.lastgroup], found.end()
        if kind in ("math", "block"):
            parts.append(formula(content, kind == "block"))
            if closing := CLOSING.match(text, end):
                parts[-1] = f'<span class="together">{parts[-1]}{closing[0]}</span>'
                end = closing.end()
        else:
            parts.append(
                f"<{kind}>{escape(content, quote=False) if kind == 'code' else inline(content)}</{kind}>"
            )
    return "".join(parts) + escape(text[end:], quote=False)


def paragraphs(text):
    """Markdown as HTML: paragraphs apart by an empty line."""
    return "".join(f"<p>{inline(' '.join(part.split()))}</p>" for part in re.split(r"\n\s*\n", text.strip()))
