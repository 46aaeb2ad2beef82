"""What else a line could have been: the right one with one thing changed, as a hand or a thought slips.

A catalogue holds the mistakes that somebody has thought of. These are the others: a bracket lost, a
factor forgotten, a name taken for its neighbour. Each is an expression, so a reader's numbers tell
whether it is what he computed.
"""

import ast
import re
from copy import copy

from lib.language import Unreadable, plain, read

OTHER_SIGNS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div, ast.MatMult),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
ORDER_MATTERS = (ast.Sub, ast.Div, ast.MatMult, ast.Pow)
OTHER_FUNCTIONS = {
    "sigmoid": ("tanh({})", "maximum({}, 0)", "where({} > 0, 1, 0)", "exp({})"),
    "exp": ("2**({})", "2.718**({})", "10**({})"),
    "log": ("log({}) / log(2)", "log({}) / log(10)"),
}
OF_A_NAME = (
    *("{}.T", "-{}", "abs({})", "sigmoid({})", "{}**2", "1 - {}", "{}.sum()", "{}.mean()"),
    *("{}.mean(axis=0, keepdims=True)", "sign({})", "1", "0.1", "0.01"),
)
FEW_OF_A_NAME = ("{}.T", "sigmoid({})")
SCALES = ("({}) / 2", "({}) * 2", "({}) / N", "({}) * N")
SUMS = {"sum": "mean", "mean": "sum"}
ALONG = ("", "axis=0, keepdims=True", "axis=1, keepdims=True", "axis=0", "axis=1")


def variants(line, names, result=True, few=False):
    """Expressions that differ from `line` in one thing, the likeliest first.

    names: what may stand there by mistake. Of a `result` no multiple is among them: that is told by
    the numbers themselves. `few` are what is left out or taken for another: pairs are made of these.
    """
    forms, scales = (FEW_OF_A_NAME, ()) if few else (OF_A_NAME, SCALES)
    found = [*map(in_its_spacing, [*without_brackets(line), *other_signs(line)]), *names]
    found += [
        ast.unparse(edited) for edited in edits(read(line), names, forms, scales, () if result else scales)
    ]
    if not few:
        for name in names:
            for form in ("({}) * {}", "({}) / {}", "({}) * {} * (1 - {})"):
                found.append(in_its_spacing(form.format(line, name, name)))
        found += map(in_its_spacing, everywhere(line, names))
    return [text for text in dict.fromkeys(found) if text and text != plain(line)]


def in_its_spacing(text):
    try:
        return plain(text)
    except Unreadable:  # a bracket that held more together than it seemed
        return None


def without_brackets(line):
    """`A * 1 - A` for `A * (1 - A)`: each pair that only groups is left out."""
    opened = []
    for place, sign in enumerate(line):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            start = opened.pop()
            called = start and re.match(r"\w", line[start - 1])
            if not called and line[place + 1 : place + 2] != ".":
                yield line[:start] + line[start + 1 : place] + line[place + 1 :]


def other_signs(line):
    """`W - learning_rate - dW` for `W - learning_rate * dW`: what stands left and right stays."""
    for sign in re.finditer(r" ([-+*/@]) ", line):
        for other in "+-*/@":
            if other != sign[1]:
                yield f"{line[: sign.start()]} {other} {line[sign.end() :]}"


def edits(node, names, forms, scales, here):
    """Every tree that differs from this one at one node.

    forms: what a name may have become; scales: what any part may, and `here` what the whole may.
    """
    yield from at(node, names, forms)
    yield from (filled(scale, node) for scale in here)
    for field, child in ast.iter_fields(node):
        if field == "func":  # a function's name is no expression; what stands before .sum() is one
            if isinstance(child, ast.Attribute):
                for new in edits(child.value, names, forms, scales, scales):
                    yield put(node, "func", put(child, "value", new))
        elif isinstance(child, ast.expr):
            for new in edits(child, names, forms, scales, scales):
                yield put(node, field, new)
        elif field == "args":
            for place, argument in enumerate(child):
                for new in edits(argument, names, forms, scales, scales):
                    yield put(node, "args", [*child[:place], new, *child[place + 1 :]])


def at(node, names, forms):
    """What may stand in the place of this node."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
        if isinstance(node.op, ORDER_MATTERS):
            yield ast.BinOp(node.right, node.op, node.left)
        for sign in OTHER_SIGNS[type(node.op)]:
            yield put(node, "op", sign())
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Attribute):
        yield node.value
    elif isinstance(node, ast.Name):
        yield from (ast.Name(name) for name in names if name != node.id)
        yield from (read(form.format(node.id)) for form in forms)
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(other) for other in (1, 2, 0.5) if other != node.value)
        yield from (ast.Constant(node.value + more) for more in (1, -1))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        inside, kind = ast.unparse(node.func.value), node.func.attr
        yield node.func.value
        for along in ALONG:
            yield read(f"({inside}).{kind}({along})")
            yield read(f"({inside}).{SUMS[kind]}({along})")
    elif isinstance(node, ast.Call) and len(node.args) == 1:
        yield node.args[0]
        yield put(node, "args", [node])
        yield put(node, "args", [filled("-({})", node.args[0])])
        yield from (filled(form, node.args[0]) for form in OTHER_FUNCTIONS.get(node.func.id, ()))


def filled(form, node):
    return read(form.format(ast.unparse(node)))


def put(node, field, value):
    """A copy of the node with another value there."""
    new = copy(node)
    setattr(new, field, value)
    return new


def everywhere(line, names):
    """One name changed wherever it stands, and two names that have changed places."""
    used = list(dict.fromkeys(name for name in re.findall(r"\b[A-Za-z]\w*\b", line) if name in names))
    for name in used:
        for other in (other for other in names if other != name):
            yield rename(line, {name: other})
            yield rename(line, {name: other, other: name})
        for form in OF_A_NAME[:5]:
            yield rename(line, {name: f"({form.format(name)})"})


def rename(line, others):
    return re.sub(r"\b[A-Za-z]\w*\b", lambda found: others.get(found[0], found[0]), line)
