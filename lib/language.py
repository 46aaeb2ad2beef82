"""The small language of answers: the book's own NumPy, on one line, and nothing else of Python.

A key, a slip, a reader's answer: each is an expression of this language. Python's own parser reads
it here and a list of what is allowed stands beside it, so that nothing is ever run that isn't
mathematics. `judge.js` reads the same language in the reader's browser, and more leniently.

Names and numbers; + - * / @ ** and comparisons, broadcast as in NumPy; .T .mT .sum() .mean() with
`axis` and `keepdims`; exp log sqrt abs sign sigmoid tanh sin cos maximum minimum where; [[1, 2], [3, 4]]; pi.
All numbers are floats. What isn't finite (a division by zero, the logarithm of 0) is refused.
"""

import ast

import numpy as np

from lib.activations import Sigmoid


def sigmoid(z):
    with np.errstate(over="ignore"):  # e^800 is infinite, and 1/(1 + that) is 0
        return Sigmoid().value(z)


CONSTANTS = {"pi": np.pi}
FUNCTIONS = {
    "exp": (1, np.exp),
    "log": (1, np.log),
    "sqrt": (1, np.sqrt),
    "abs": (1, np.abs),
    "sign": (1, np.sign),
    "sigmoid": (1, sigmoid),
    "tanh": (1, np.tanh),
    "sin": (1, np.sin),
    "cos": (1, np.cos),
    "maximum": (2, np.maximum),
    "minimum": (2, np.minimum),
    "where": (3, np.where),
}
BINARY = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.MatMult: np.matmul,
    ast.Pow: np.power,
    ast.Gt: np.greater,
    ast.Lt: np.less,
    ast.GtE: np.greater_equal,
    ast.LtE: np.less_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}
TRANSPOSES = {"T": np.transpose, "mT": np.matrix_transpose}
SUMS = {"sum": np.sum, "mean": np.mean}
OPTIONS = {"0": 0, "1": 1, "-1": -1, "-2": -2, "None": None, "True": True, "False": False}


class Unreadable(ValueError):
    """The text is no expression of the language, or names what isn't given."""


class Impossible(ValueError):
    """The expression can't be computed: its shapes don't fit, or a number isn't finite."""


def read(text):
    """The tree of an expression. Raises Unreadable for what isn't text, or isn't Python."""
    try:
        return ast.parse(str.strip(text), mode="eval").body
    except (TypeError, SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unreadable(f"expected an expression such as A.T @ D, got {text!r}") from None


def plain(text):
    """The same expression in Python's own spacing: two texts are one expression where these are equal."""
    return ast.unparse(read(text))


def names(text):
    """The names that an expression asks for."""
    own = {*FUNCTIONS, *CONSTANTS}
    return {node.id for node in ast.walk(read(text)) if isinstance(node, ast.Name)} - own


def evaluate(text, given):
    """The value of an expression, an array of floats; `given` holds numbers and arrays by name.

    Raises Unreadable or Impossible, both of them ValueErrors.
    """
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            value = np.asarray(walk(read(text), given), dtype=float)
    except FloatingPointError as trouble:
        raise Impossible(f"{text}: {trouble}") from None
    except (Unreadable, Impossible):
        raise
    except ValueError as trouble:  # NumPy's own words for shapes that don't fit
        raise Impossible(f"{text}: {trouble}") from None
    if not np.isfinite(value).all():
        raise Impossible(f"{text}: a number is not finite")
    return value


def walk(node, given):
    """The value of one node of the tree."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.Name) and node.id in given:
        return np.asarray(given[node.id], dtype=float)
    if isinstance(node, ast.Name) and node.id in CONSTANTS:
        return CONSTANTS[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -walk(node.operand, given)
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        return BINARY[type(node.op)](walk(node.left, given), walk(node.right, given))
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in BINARY:
        compared = BINARY[type(node.ops[0])](walk(node.left, given), walk(node.comparators[0], given))
        return np.asarray(compared, dtype=float)  # 1.0 where it holds, and 0.0
    if isinstance(node, ast.Attribute) and node.attr in TRANSPOSES:
        return TRANSPOSES[node.attr](walk(node.value, given))
    if isinstance(node, ast.List):
        return np.array([walk(entry, given) for entry in node.elts])
    if isinstance(node, ast.Call):
        return call(node, given)
    raise Unreadable(f"{ast.unparse(node)}: not a part of the language, or a name that isn't given")


def call(node, given):
    """The value of a function, or of a sum along an axis."""
    if isinstance(node.func, ast.Attribute) and node.func.attr in SUMS and not node.args:
        options = {word.arg: ast.unparse(word.value) for word in node.keywords}
        if set(options) <= {"axis", "keepdims"} and set(options.values()) <= set(OPTIONS):
            options = {name: OPTIONS[text] for name, text in options.items()}
            return SUMS[node.func.attr](np.asarray(walk(node.func.value, given)), **options)
    if isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords:
        count, function = FUNCTIONS[node.func.id]
        if len(node.args) == count:
            return function(*(walk(argument, given) for argument in node.args))
    raise Unreadable(f"{ast.unparse(node)}: not a call of the language")
