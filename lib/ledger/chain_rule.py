"""Chain rule and extreme points (S36 to S43)."""

import sympy

from lib.ledger.statement import Section
from lib.ledger.tools import same, tex

section = Section("Chain rule and extreme points", chapter="differential_calculus")

a, b, x = sympy.symbols("a b x", real=True)
g = a + 2 * b
f = x**3
through = f.subs(x, g)  # first g, then f


def as_function_of_a_b(expression):
    return sympy.sympify(expression).subs(x, g)


@section.states(
    36,
    taught="Composition: first g, then f",
    verdict="lost in transcription",
    prints=r"$g(a,b) = a + 2b$, $f(x) = x^3$; *Komposisi fungsi g lalu f:* (the formula is missing)",
    correct="$f(g(a,b)) = (a + 2b)^3$.",
    claim=(a + 2 * b) ** 3,
    perturbed=a**3 + 2 * b**3,  # the power taken term by term
)
def composition(formula):
    return same(formula, through), f"at $a = b = 1$: {tex(through.subs({a: 1, b: 1}))}"


@section.states(
    37,
    taught="Walking the graph with numbers",
    verdict="correct",
    prints=r"$\frac{\partial x}{\partial a} = 1$, $\frac{\partial x}{\partial b} = 2$",
    correct="As printed.",
    claim=(1, 2),
    perturbed=(2, 1),
)
def inner_slopes(slopes):
    computed = sympy.diff(g, a), sympy.diff(g, b)
    return computed == slopes, f"{tex(computed[0])} and {tex(computed[1])}"


@section.states(
    38,
    taught="Walking the graph with numbers",
    verdict="correct",
    prints=r"$\frac{\partial f}{\partial x} = \frac{df}{dx} = 3x^2$",
    correct="As printed.",
    claim=3 * x**2,
    perturbed=3 * x,
)
def outer_slope(slope):
    computed = sympy.diff(f, x)
    return same(slope, computed), tex(computed)


@section.states(
    39,
    taught="Walking the graph with numbers",
    verdict="correct",
    prints=r"$\frac{\partial f}{\partial a} = \frac{\partial f}{\partial x} \frac{dx}{\partial a}$ "
    r"$= 3x^2(1) = 3x^2$",
    correct="As printed, with one sign to tidy: $\\frac{\\partial x}{\\partial a}$, because $x$ depends on both "
    "$a$ and $b$. Here $x = a + 2b$.",
    claim=3 * x**2,
    perturbed=6 * x**2,
)
def slope_in_a(formula):
    computed = sympy.diff(through, a)
    return same(as_function_of_a_b(formula), computed), tex(sympy.factor(computed))


def mixed(variable):
    """The second derivative that the slide writes: df/dx as a function of a and b, differentiated again."""
    return sympy.diff(as_function_of_a_b(sympy.diff(f, x)), variable)


@section.states(
    40,
    taught="A product of slopes is not a slope of a slope",
    verdict="wrong",
    prints=r"$\frac{\partial f}{\partial x} \frac{dx}{\partial a} = \frac{\partial^2 f}{\partial x \partial a}$",
    correct="$\\frac{\\partial f}{\\partial a} = \\frac{\\partial f}{\\partial x}\\frac{\\partial x}{\\partial a}$, "
    "and no more: a product of two first derivatives is no second derivative.",
    why="The first equals sign is the chain rule; the second turns it into a different quantity, which for "
    "$f = x^3$ agrees only where $x = 0$ or $x = 2$.",
    claim=sympy.diff(f, x) * sympy.diff(g, a),
    printed=mixed(a),
)
def product_by_a(quantity):
    at = {a: 1, b: 1}
    right, printed = sympy.diff(through, a), mixed(a)
    agree = sympy.solveset((3 * x**2) - 6 * x, x, sympy.S.Reals)
    shows = f"at $a = b = 1$: {right.subs(at)} and {printed.subs(at)}; equal only for $x \\in$ {tex(agree)}"
    return same(as_function_of_a_b(quantity), right), shows


@section.states(
    41,
    taught="Walking the graph with numbers",
    verdict="correct",
    prints=r"$\frac{\partial f}{\partial b} = 3x^2(2) = 6x^2$",
    correct="As printed.",
    claim=6 * x**2,
    perturbed=3 * x**2,
)
def slope_in_b(formula):
    computed = sympy.diff(through, b)
    return same(as_function_of_a_b(formula), computed), tex(sympy.factor(computed))


@section.states(
    42,
    taught="A product of slopes is not a slope of a slope",
    verdict="wrong",
    prints=r"$\frac{\partial f}{\partial x} \frac{dx}{\partial b} = \frac{\partial^2 f}{\partial x \partial b}$",
    correct="As S40: $\\frac{\\partial f}{\\partial b} = \\frac{\\partial f}{\\partial x}"
    "\\frac{\\partial x}{\\partial b}$, and no more.",
    why="As S40.",
    claim=sympy.diff(f, x) * sympy.diff(g, b),
    printed=mixed(b),
)
def product_by_b(quantity):
    at = {a: 1, b: 1}
    right, printed = sympy.diff(through, b), mixed(b)
    return same(
        as_function_of_a_b(quantity), right
    ), f"at $a = b = 1$: {right.subs(at)} and {printed.subs(at)}"


@section.states(
    43,
    taught="Extreme points",
    verdict="lost in transcription",
    prints="“Extreme points” (a title; its pictures are missing)",
    correct="Where $f$ has a minimum or a maximum inside its domain and is differentiable, $\\nabla f = 0$. The "
    "converse fails at a saddle; the Hessian tells the cases apart where none of its eigenvalues is zero.",
    claim={"minimum": a**2 + b**2, "maximum": -(a**2) - b**2, "saddle": a**2 - b**2},
    perturbed={"minimum": a**2 - b**2, "maximum": -(a**2) - b**2, "saddle": a**2 + b**2},
)
def signs_of_the_hessian(examples):
    """All three are flat at the origin; the eigenvalues of the Hessian say which is which."""
    origin, found = {a: 0, b: 0}, {}
    for name, function in examples.items():
        flat = all(sympy.diff(function, v).subs(origin) == 0 for v in (a, b))
        signs = {sympy.sign(value) for value in sympy.hessian(function, (a, b)).eigenvals()}
        kind = {frozenset({1}): "minimum", frozenset({-1}): "maximum", frozenset({1, -1}): "saddle"}
        found[name] = kind[frozenset(signs)] if flat else "not flat"
    holds = all(name == kind for name, kind in found.items())
    return holds, "flat at the origin, all three: eigenvalues $(2, 2)$, $(-2, -2)$, $(2, -2)$"
