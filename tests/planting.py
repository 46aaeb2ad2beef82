"""Planting errors: the source of a module, changed in one place at a time.

`plants(source)` goes over every line of the code and yields every change that one of the
operators below can make there: a sign, a transpose, a factor, an axis, a condition, the order of two
lines, ... Texts are left alone: strings, docstrings, and the sentences of a `raise`. Nothing is
written to disk: a plant is a tree that was changed in memory, compiled, and changed back.
"""

import ast
import copy
from dataclasses import dataclass
from itertools import pairwise
from types import CodeType


@dataclass(frozen=True)
class Plant:
    """One planted error: the statement before and after, the operator, and the module with it."""

    where: str  # the class and the function: "MSE.formula"
    lines: range  # what the changed statement covers, its body left out
    operator: str
    before: str
    after: str
    code: CodeType


# Operators: each takes an expression and the place it stands in, and yields what to put there instead


def binary(node, operator, left=None, right=None):
    return ast.BinOp(left or node.left, operator, right or node.right)


def flip_sign(node, place):
    """+ for -, - for +, no minus where there was one, a minus in front of a result."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        yield binary(node, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(place.owner, (ast.Return, ast.Assign)) and isinstance(node, (ast.BinOp, ast.Call)):
        yield ast.UnaryOp(ast.USub(), node)


OTHER_PRODUCTS = {
    ast.Mult: (ast.MatMult, ast.Div),
    ast.MatMult: (ast.Mult,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Pow: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
}


def change_product(node, place):
    """* for @, @ for *, / for *, * for /, | for &."""
    if isinstance(node, ast.BinOp):
        for other in OTHER_PRODUCTS.get(type(node.op), ()):
            yield binary(node, other())


def drop_factor(node, place):
    """One factor or one term less."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right


def change_transpose(node, place):
    """A transpose dropped, or one added to a factor."""
    if isinstance(node, ast.Attribute) and node.attr == "mT":
        yield node.value
    elif isinstance(place.owner, ast.BinOp) and isinstance(place.owner.op, (ast.Mult, ast.MatMult)):
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call)):
            yield ast.Attribute(node, "mT", ast.Load())


def change_constant(node, place):
    """A number one higher, one lower, with the other sign, or 0; False for True. So an axis is another axis."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
        return
    sign, number = 1, node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, number = -1, node.operand
    if isinstance(number, ast.Constant) and isinstance(number.value, (int, float)):
        value = sign * number.value
        minus = isinstance(place.owner, ast.UnaryOp) and isinstance(place.owner.op, ast.USub)
        others = dict.fromkeys((value + 1, value - 1, -value, 0))  # each once
        for other in () if minus else others:
            if other != value:
                yield ast.parse(repr(other), mode="eval").body


OTHER_COMPARISONS = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


def change_comparison(node, place):
    """>= for >, < for >, != for ==, not in for in."""
    if isinstance(node, ast.Compare):
        for other in OTHER_COMPARISONS[type(node.ops[0])]:
            yield ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


def change_logic(node, place):
    """A condition negated, `or` for `and`, one half of a condition dropped, no `not` where there was one."""
    if place.field == "test" or (place.field == "ifs"):
        yield ast.UnaryOp(ast.Not(), node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        for k in range(len(node.values)):
            rest = node.values[:k] + node.values[k + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse


def swapped(items):
    """Every list that comes of swapping two neighbours."""
    for k in range(len(items) - 1):
        yield items[:k] + [items[k + 1], items[k]] + items[k + 2 :]


def is_text(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def name_of(node):
    """The name of a function as it is called: `maximum` of np.maximum."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def change_order(node, place):
    """Two operands, arguments, members of a tuple or values of a dictionary, the wrong way round."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Add, ast.Mult, ast.BitAnd)):
        yield binary(node, node.op, node.right, node.left)
    if isinstance(node, ast.Call) and name_of(node.func) not in ("maximum", "max"):
        for arguments in swapped(node.args):
            if not any(is_text(a) for a in node.args):
                yield ast.Call(node.func, arguments, node.keywords)
    # in these places the order of a tuple says nothing: x in (a, b), isinstance(x, (a, b)), axis=(a, b)
    unordered = isinstance(place.owner, ast.Compare) or place.owner_name in ("isinstance", "axis")
    if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load) and not unordered:
        for members in swapped(node.elts):
            yield type(node)(members, ast.Load())
    if isinstance(node, ast.Dict):
        for values in swapped(node.values):
            yield ast.Dict(node.keys, values)


def drop_argument(node, place):
    """A call without one of its keywords: no keepdims, no axis."""
    if isinstance(node, ast.Call):
        for k in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, node.keywords[:k] + node.keywords[k + 1 :])


def drop_call(node, place):
    """What went into a function, instead of what comes out; the object instead of its method's answer."""
    if isinstance(node, ast.Call):
        if node.args and not isinstance(node.args[-1], ast.Starred) and not is_text(node.args[-1]):
            yield node.args[-1]
        if isinstance(node.func, ast.Attribute):
            called = node.func.value
            if not isinstance(called, ast.Name) or called.id in place.names:  # np and self are no values
                yield called


def change_slice(node, place):
    """A part of a slice dropped, an index dropped, a member of a tuple dropped."""
    if isinstance(node, ast.Slice):
        for field in ("lower", "upper", "step"):
            if getattr(node, field) is not None:
                yield ast.Slice(**{**dict(ast.iter_fields(node)), field: None})
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for k in range(len(node.elts)):
            yield ast.Tuple(node.elts[:k] + node.elts[k + 1 :], ast.Load())


TWINS = """all any, exp expm1, formula slope, forward backward, log log1p, max min, maximum minimum,
ones_like zeros_like, real imag, sqrt square, sum mean, tanh sinh, value derivative"""
TWIN = dict(twins.split() for twins in TWINS.split(","))
TWIN |= {other: one for one, other in TWIN.items()}


def beside(name, names):
    """The neighbours of a name in a list of names: y_hat and y, W and b, A_in and A."""
    k = names.index(name)
    return names[max(k - 1, 0) : k] + names[k + 1 : k + 2]


def change_name(node, place):
    """A neighbouring variable, a neighbouring one of the values that an object keeps, a function's twin."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        twin = [TWIN[node.attr]] if node.attr in TWIN else []
        for other in beside(node.attr, place.kept) if node.attr in place.kept else twin:
            yield ast.Attribute(node.value, other, ast.Load())
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in place.names:
        for other in beside(node.id, place.names):
            yield ast.Name(other, ast.Load())


OPERATORS = [flip_sign, change_product, drop_factor, change_transpose, change_constant, change_comparison]
OPERATORS += [change_logic, change_order, drop_argument, drop_call, change_slice, change_name]


# Places: where an expression stands, and what is known there


@dataclass
class Place:
    """`owner.field`, or `owner.field[index]`, and what is known there, in the order in which it is bound."""

    owner: ast.AST
    field: str
    index: int | None
    names: list  # the variables
    kept: list  # the attributes that the module's objects keep

    @property
    def owner_name(self):
        """The function that is called here, or the keyword that is given."""
        is_keyword = isinstance(self.owner, ast.keyword)
        return self.owner.arg if is_keyword else name_of(getattr(self.owner, "func", None))

    def put(self, node):
        if self.index is None:
            setattr(self.owner, self.field, node)
        else:
            getattr(self.owner, self.field)[self.index] = node


DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def children(node):
    """(field, index, child) of every child that is a node."""
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            for k, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield field, k, child


def blocks(tree):
    """Every list of statements: (list, where, the variables of that function by their first line)."""

    def visit(node, where, names):
        if isinstance(node, DEFINITIONS):
            where = f"{where}.{node.name}".strip(".")
        if isinstance(node, ast.FunctionDef):
            names = bound(node)
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block, where, names
                for child in block:
                    yield from visit(child, where, names)
        for handler in getattr(node, "handlers", ()):
            yield from visit(handler, where, names)

    yield from visit(tree, "", {})


def bound(function):
    """The variables of a function and the line from which each is known; `self` and `cls` left out."""
    lines = {a.arg: 0 for a in ast.walk(function.args) if isinstance(a, ast.arg)}
    inner = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            lines[node.id] = min(lines.get(node.id, node.lineno), node.lineno)
        if isinstance(node, ast.comprehension):
            inner |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
    return {name: line for name, line in lines.items() if name not in inner | {"self", "cls", "_"}}


def expressions(statement, names, kept):
    """(node, place) of every expression of a statement: not of its body, and not of its texts."""
    known = [name for name, line in names.items() if line < statement.lineno]

    def visit(owner):
        for field, index, child in children(owner):
            if isinstance(child, (ast.stmt, ast.ExceptHandler, ast.JoinedStr)) or is_text(child):
                continue
            if field in ("annotation", "returns", "bases", "func") and not isinstance(child, ast.Attribute):
                continue
            yield child, Place(owner, field, index, known, kept)
            yield from visit(child)

    if not isinstance(statement, (ast.Raise, ast.Import, ast.ImportFrom)):
        yield from visit(statement)


# Statements


def header(statement):
    """The text of a statement on one line; of a compound one, the text in front of its body."""
    alone = copy.copy(statement)
    if isinstance(getattr(statement, "body", None), list):
        alone.body, alone.orelse, alone.finalbody, alone.handlers = [ast.Pass()], [], [], []
        return " ".join(ast.unparse(alone).removesuffix("pass").split())
    return ast.unparse(alone)


def extent(statement):
    """The lines of a statement, its decorators too, without those of its body."""
    first = min(d.lineno for d in [*getattr(statement, "decorator_list", []), statement])
    body = getattr(statement, "body", None)
    return range(first, max(first + 1, body[0].lineno) if body else statement.end_lineno + 1)


def is_plain(statement):
    """Whether it may be dropped or moved: no docstring, no definition, no import."""
    docstring = isinstance(statement, ast.Expr) and is_text(statement.value)
    return not docstring and not isinstance(statement, (*DEFINITIONS, ast.Import, ast.ImportFrom, ast.Pass))


def names_what_is_offered(statement):
    """`__all__ = [...]`: a list of texts, in any order. `tests/test_complete.py` sees that it is whole."""
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__"


def stored(tree, kind):
    """The names of all variables (ast.Name) or attributes (ast.Attribute) that are assigned."""
    for node in ast.walk(tree):
        if isinstance(node, kind) and isinstance(node.ctx, ast.Store):
            yield node.attr if kind is ast.Attribute else node.id


def order_matters(first, second):
    """Whether one of two statements uses what the other assigns; of calls and loops, what it uses, too.

    Whatever leaves the block (return, raise, break) cannot be moved up: what follows would be dropped.
    """
    if isinstance(second, (ast.Return, ast.Raise, ast.Break)):
        return False

    def used(statement):
        return {ast.unparse(n) for n in ast.walk(statement) if isinstance(n, (ast.Name, ast.Attribute))}

    def moves(statement):
        if isinstance(statement, (ast.Expr, ast.For, ast.With)):
            return used(statement) - {"checks"}
        targets = [n for n in ast.walk(statement) if isinstance(getattr(n, "ctx", None), ast.Store)]
        return {ast.unparse(n) for n in targets}

    return bool(moves(first) & used(second) or moves(second) & used(first))


def block_changes(block):
    """(lines, operator, before, after, new block): a statement dropped, two swapped, a `with` opened."""
    for k, statement in enumerate(block):
        if not is_plain(statement) or names_what_is_offered(statement):
            continue
        lines, instead = range(statement.lineno, statement.end_lineno + 1), [("(dropped)", [])]
        if isinstance(statement, ast.With):
            instead.append(("(without)", statement.body))
        if isinstance(statement, ast.Break):
            instead.append(("continue", [ast.Continue()]))
        for after, new in instead:
            changed = block[:k] + new + block[k + 1 :] or [ast.Pass()]
            yield lines, "drop a statement", header(statement), after, changed
    for k, (first, second) in enumerate(pairwise(block)):
        if is_plain(first) and is_plain(second) and order_matters(first, second):
            lines = range(first.lineno, second.end_lineno + 1)
            after = f"(after) {header(second)}"
            yield lines, "swap statements", header(first), after, block[:k] + [second, first] + block[k + 2 :]


def plants(source, filename):
    """Every plant of a module's source, in the order of its lines; the same change is made once only."""
    tree = ast.parse(source)
    clean = ast.unparse(tree)
    seen = set()

    def made(where, lines, operator, before, after):
        change = (where, lines, before, after)
        if before != after and change not in seen:
            seen.add(change)
            ast.fix_missing_locations(tree)
            yield Plant(where, lines, operator, before, after, compile(tree, filename, "exec"))

    kept = list(dict.fromkeys(stored(tree, ast.Attribute)))
    for block, where, names in list(blocks(tree)):
        original = list(block)
        for lines, operator, before, after, changed in block_changes(original):
            block[:] = changed
            yield from made(where, lines, operator, before, after)
            block[:] = original
        for statement in original:
            if names_what_is_offered(statement):
                continue
            before = header(statement)
            for node, place in list(expressions(statement, names, kept)):
                for operator in OPERATORS:
                    for new in operator(node, place):
                        place.put(ast.copy_location(new, node))
                        name = operator.__name__.replace("_", " ")
                        yield from made(where, extent(statement), name, before, header(statement))
                        place.put(node)
            if isinstance(statement, DEFINITIONS) and statement.decorator_list:
                decorators, lines = statement.decorator_list, extent(statement)
                statement.decorator_list = []
                yield from made(where, lines, "drop a statement", before, header(statement))
                statement.decorator_list = decorators
    assert ast.unparse(tree) == clean  # every change was taken back
