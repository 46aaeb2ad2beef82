"""One expression in many ways: as NumPy has it, as a pencil writes it, reordered, expanded.

A key is read into Python's tree. What is written of it anew has the same value, and other signs; so a
reader who thinks as the author does, and writes in his own way, is never refused.
"""

import ast
import copy

import numpy as np

from lib import language

SIGN = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
SIGN |= {ast.Gt: ">", ast.Lt: "<", ast.GtE: ">=", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
TURNED = {ast.Gt: ast.Lt, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.LtE: ast.GtE}
STRENGTH = {">": 5, "<": 5, ">=": 5, "<=": 5, "==": 5, "!=": 5}
STRENGTH |= {"+": 10, "-": 10, "*": 20, "/": 20, "@": 20, "neg": 30, "**": 40}
ATOM = 50

# What may be written in another way, and how.
STYLES = {
    "as Python": {},
    "tight": {"space": ""},
    "wide": {"space": "  "},
    "brackets": {"brackets": True},
    "np.": {"np": True},
    "np.dot": {"product": "np.dot", "np": True},
    "np.matmul": {"product": "np.matmul"},
    "dot": {"product": "dot"},
    "·": {"product": "·"},
    ".mT": {"transpose": ".mT"},
    "np.transpose": {"transpose": "np.transpose"},
    "transpose()": {"transpose": ".transpose()"},
    "ᵀ": {"transpose": "ᵀ"},
    "np.sum": {"total": "np"},
    "sum(0)": {"total": "place"},
    "np.square": {"square": "np.square"},
    "²": {"square": "²"},
    "^": {"power": "^"},
    "⊙": {"times": "⊙"},
    "÷": {"over": "÷"},
    "−": {"minus": "−"},
    "2x": {"beside": True},
    "a pencil": {"power": "^", "minus": "−", "product": "·", "transpose": "ᵀ", "beside": True, "square": "²"},
    "np.multiply": {"times": "np.multiply"},
}


class Writer:
    """Writes a tree in a style; `given` says which of its parts are numbers, lists or tables."""

    def __init__(self, given, **style):
        self.given, self.style = given, style

    def axes(self, node):
        return np.ndim(language.walk(node, self.given))

    def text(self, node):
        return self.write(node)[0]

    def part(self, node, least):
        text, strength = self.write(node)
        return f"({text})" if strength < least else text

    def write(self, node):
        """(text, how strongly it holds together)"""
        if isinstance(node, ast.Constant):
            return f"{node.value}", ATOM
        if isinstance(node, ast.Name):
            return node.id, ATOM
        if isinstance(node, ast.List):
            return f"[{', '.join(map(self.text, node.elts))}]", ATOM
        if isinstance(node, ast.UnaryOp):
            return f"{self.style.get('minus', '-')}{self.part(node.operand, 30)}", 30
        if isinstance(node, ast.Attribute):
            return self.transposed(node), ATOM
        if isinstance(node, ast.Call):
            return self.called(node), ATOM
        if isinstance(node, ast.Compare):
            return self.joined(node.left, SIGN[type(node.ops[0])], node.comparators[0])
        return self.binary(node.left, SIGN[type(node.op)], node.right)

    def binary(self, left, sign, right):
        style = self.style
        if sign == "**" and isinstance(right, ast.Constant) and right.value == 2 and "square" in style:
            return (
                (f"np.square({self.text(left)})", ATOM)
                if style["square"] == "np.square"
                else (f"{self.part(left, ATOM)}²", 40)
            )
        if sign == "*" and style.get("beside") and type(left) is ast.Constant and type(right) is ast.Name:
            return f"{left.value}{right.id}", 20
        if sign == "*" and style.get("times") == "np.multiply":
            return f"np.multiply({self.text(left)}, {self.text(right)})", ATOM
        if sign == "@" and style.get("product", "@").startswith("np."):
            return f"{style['product']}({self.text(left)}, {self.text(right)})", ATOM
        if sign == "@" and style.get("product") == "dot":
            return f"{self.part(left, ATOM)}.dot({self.text(right)})", ATOM
        return self.joined(left, sign, right)

    def joined(self, left, sign, right):
        own = STRENGTH[sign]
        word = {"+": "+", "-": "minus", "*": "times", "/": "over", "@": "product", "**": "power"}.get(sign)
        shown, space = self.style.get(word, sign), self.style.get("space", " ")
        space = "" if sign == "**" and space == " " else space
        first = self.part(left, own + 1 if sign == "**" else own)
        second = self.part(right, 30 if sign == "**" else own + 1)
        text = f"{first}{space}{shown}{space}{second}"
        return (f"({text})", ATOM) if self.style.get("brackets") else (text, own)

    def transposed(self, node):
        way = self.style.get("transpose", f".{node.attr}")
        if way == "np.transpose":
            return f"np.transpose({self.text(node.value)})"
        if way == ".mT" and self.axes(node.value) < 2:
            way = ".T"
        return f"{self.part(node.value, ATOM)}{way}"

    def called(self, node):
        if isinstance(node.func, ast.Name):
            name = f"np.{node.func.id}" if self.style.get("np") else node.func.id
            return f"{name}({', '.join(map(self.text, node.args))})"
        name, words = node.func.attr, {word.arg: ast.unparse(word.value) for word in node.keywords}
        options = [f"{key}={value}" for key, value in words.items()]
        if self.style.get("total") == "place" and "axis" in words:
            options[0] = words["axis"]
        if self.style.get("total") == "np":
            return f"np.{name}({', '.join([self.text(node.func.value), *options])})"
        return f"{self.part(node.func.value, ATOM)}.{name}({', '.join(options)})"


# Other trees with the same value: each function takes a node, and returns another or None.


def binary(left, sign, right):
    return ast.BinOp(left, sign(), right)


def is_binary(node, *signs):
    return isinstance(node, ast.BinOp) and isinstance(node.op, signs)


def swapped_sum(node, _):
    if is_binary(node, ast.Add):
        return binary(node.right, ast.Add, node.left)


def swapped_product(node, _):
    if is_binary(node, ast.Mult):
        return binary(node.right, ast.Mult, node.left)


def minus_first(node, _):
    if is_binary(node, ast.Sub):
        return binary(ast.UnaryOp(ast.USub(), node.right), ast.Add, node.left)


def difference_turned(node, _):
    if is_binary(node, ast.Sub):
        return ast.UnaryOp(ast.USub(), binary(node.right, ast.Sub, node.left))


def times_one_over(node, _):
    if is_binary(node, ast.Div):
        return binary(node.left, ast.Mult, binary(ast.Constant(1), ast.Div, node.right))


def one_over_first(node, _):
    if is_binary(node, ast.Div) and not is_one(node.left):
        return binary(binary(ast.Constant(1), ast.Div, node.right), ast.Mult, node.left)


def is_one(node):
    return isinstance(node, ast.Constant) and node.value == 1


def expanded(node, _):
    """a (b + c) and (b + c) / d: term by term."""
    if is_binary(node, ast.Mult):
        for inner, outer in ((node.right, node.left), (node.left, node.right)):
            if is_binary(inner, ast.Add, ast.Sub):
                terms = (binary(outer, ast.Mult, term) for term in (inner.left, inner.right))
                return binary(next(terms), type(inner.op), next(terms))
    if is_binary(node, ast.Div) and is_binary(node.left, ast.Add, ast.Sub):
        terms = (binary(term, ast.Div, node.right) for term in (node.left.left, node.left.right))
        return binary(next(terms), type(node.left.op), next(terms))


def multiplied_out(node, _):
    if is_binary(node, ast.Pow) and isinstance(node.right, ast.Constant) and node.right.value in (2, 3):
        product = binary(node.left, ast.Mult, node.left)
        return product if node.right.value == 2 else binary(product, ast.Mult, node.left)


def grouped(node, _):
    """(a b) c as a (b c), a / b / c as a / (b c)."""
    if is_binary(node, ast.Mult, ast.Div) and is_binary(node.left, type(node.op)):
        return binary(node.left.left, type(node.op), binary(node.left.right, ast.Mult, node.right))
    if is_binary(node, ast.Add) and is_binary(node.left, ast.Add):
        return binary(node.left.left, ast.Add, binary(node.left.right, ast.Add, node.right))


def transposed_product(node, axes):
    if is_binary(node, ast.MatMult) and axes(node.left) == axes(node.right) == 2:
        product = binary(transposed(node.right), ast.MatMult, transposed(node.left))
        return ast.Attribute(product, "T", ast.Load())


def transposed(node):
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def summed_products(node, axes):
    """Two lists multiplied: their products, added up."""
    if is_binary(node, ast.MatMult) and axes(node.left) == axes(node.right) == 1:
        product = binary(node.left, ast.Mult, node.right)
        return ast.Call(ast.Attribute(product, "sum", ast.Load()), [], [])


def turned_comparison(node, _):
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        return ast.Compare(node.comparators[0], [TURNED[type(node.ops[0])]()], [node.left])


def sigmoid_written_out(node, _):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sigmoid":
        growth = ast.Call(ast.Name("exp"), [ast.UnaryOp(ast.USub(), node.args[0])], [])
        return binary(ast.Constant(1), ast.Div, binary(ast.Constant(1), ast.Add, growth))


def arguments_swapped(node, _):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("maximum", "minimum"):
            return ast.Call(node.func, node.args[::-1], [])


def minus_one_times(node, _):
    if isinstance(node, ast.UnaryOp):
        return binary(ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.Mult, node.operand)


def axis_from_the_right(node, axes):
    """sum(axis=0) of a table is sum(axis=-2)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        words = {word.arg: word for word in node.keywords}
        place = words["axis"].value if "axis" in words else None
        if isinstance(place, ast.Constant) and place.value is not None:
            right = ast.UnaryOp(ast.USub(), ast.Constant(axes(node.func.value) - place.value))
            return ast.Call(node.func, [], [ast.keyword("axis", right), *node.keywords[1:]])


def transposed_sum(node, axes):
    """The sum over the rows is the sum over the columns of the transpose."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and axes(node.func.value) == 2:
        words = {word.arg: ast.unparse(word.value) for word in node.keywords}
        if words.get("axis") in ("0", "1") and words.get("keepdims") == "True":
            other = ast.keyword("axis", ast.Constant(1 - int(words["axis"])))
            inner = ast.Attribute(transposed(node.func.value), node.func.attr, ast.Load())
            return transposed(ast.Call(inner, [], [other, *node.keywords[1:]]))


CHANGES = [
    swapped_sum, swapped_product, minus_first, difference_turned, times_one_over, one_over_first, expanded,
    multiplied_out, grouped, transposed_product, summed_products, turned_comparison, sigmoid_written_out,
    arguments_swapped, minus_one_times, axis_from_the_right, transposed_sum,
]  # fmt: skip


class Once(ast.NodeTransformer):
    """A change at the first place where it can be made."""

    def __init__(self, change, axes):
        self.change, self.axes, self.made = change, axes, False

    def generic_visit(self, node):
        other = None if self.made or not isinstance(node, ast.expr) else self.change(node, self.axes)
        if other is None:
            return super().generic_visit(node)
        self.made = True
        return other


def ways(answer, given):
    """Other ways to write an answer, each once."""
    tree, plain = language.read(answer), Writer(given).text(language.read(answer))
    texts = [Writer(given, **style).text(tree) for style in STYLES.values()]
    for change in CHANGES:
        once = Once(change, Writer(given).axes)
        other = once.visit(copy.deepcopy(tree))
        if once.made:
            styles = (STYLES[name] for name in ("as Python", "tight", "np.dot", "a pencil"))
            texts += [Writer(given, **style).text(other) for style in styles]
    texts += [f"result = {plain}", f"({plain})", f"+({plain})", f"-(-({plain}))", f"1 * ({plain})"]
    return [text for text in dict.fromkeys(texts) if text != answer]
