"""Gradient (S20 to S29): all partial derivatives in a column, and example 3."""

import numpy as np
import sympy

from lib.calculus import gradient
from lib.ledger.statement import Section
from lib.ledger.tools import close, same, tex

section = Section("Gradient", chapter="differential_calculus")

x, y = sympy.symbols("x y", real=True)
f = x**2 + 3 * y**4  # the function of examples 2 and 3


@section.states(
    20,
    21,
    taught="All partial derivatives in one column",
    verdict="correct",
    prints=r"$\nabla f \colon \mathbb{R}^2 \to \mathbb{R}^2$ and $\nabla g \colon \mathbb{R}^m \to \mathbb{R}^m$, "
    r"for $f \colon \mathbb{R}^2 \to \mathbb{R}$ and $g \colon \mathbb{R}^m \to \mathbb{R}$",
    correct="As printed: the gradient has as many entries as the function has inputs.",
    claim=lambda m: (m,),
    perturbed=lambda m: (),
)
def size_of_a_gradient(shape):
    def g(p):
        return (p * p).sum()

    found = {m: gradient(g, np.ones(m)).shape for m in (2, 5)}
    holds = all(own == shape(m) for m, own in found.items())
    return holds, f"with $m = 2$ and $m = 5$ inputs: shapes {found[2]} and {found[5]}"


@section.states(
    22,
    23,
    24,
    taught="All partial derivatives in one column",
    verdict="correct",
    prints=r"$\nabla f = \begin{bmatrix} \frac{\partial f}{\partial x} \\ \frac{\partial f}{\partial y} "
    r"\end{bmatrix}$ $= \frac{\partial f}{\partial x} \hat\imath + \frac{\partial f}{\partial y} \hat\jmath$ "
    r"and $\nabla g$ with $m$ entries",
    correct="As printed, as columns.",
    claim=lambda f_x, f_y: f_x * sympy.Matrix([1, 0]) + f_y * sympy.Matrix([0, 1]),
    perturbed=lambda f_x, f_y: f_y * sympy.Matrix([1, 0]) + f_x * sympy.Matrix([0, 1]),
)
def column(formula):
    computed = sympy.Matrix([f]).jacobian([x, y]).T  # SymPy writes the row; the deck its transpose
    return same(formula(sympy.diff(f, x), sympy.diff(f, y)), computed), tex(computed)


section.argues(
    25,
    taught="The gradient",
    verdict="lost in transcription",
    prints=r"$7g \colon \mathbb{R}^m \to \mathbb{R}^m$, $7f \colon \mathbb{R}^2 \to \mathbb{R}^{2 \times 2}$",
    correct="$\\nabla g$ and $\\nabla f$: the sign $\\nabla$ was read as a 7.",
    support="Other copies of the same lines are clean, and those are checked in S21 and S30.",
)


@section.states(
    26,
    taught="The gradient at a point",
    verdict="correct",
    prints=r"$\nabla f(x,y) = \begin{bmatrix} \frac{\partial f}{\partial x}(x,y) \\ "
    r"\frac{\partial f}{\partial y}(x,y) \end{bmatrix}$",
    correct="As printed.",
    claim=lambda point: (2 * point[0], 12 * point[1] ** 3),
    perturbed=lambda point: (2 * point[1], 12 * point[0] ** 3),  # each taken at the other's place
)
def gradient_at_any_point(formula):
    points = np.random.default_rng(0).normal(size=(5, 2))
    computed = [gradient(lambda p: p[0] ** 2 + 3 * p[1] ** 4, p, method="complex") for p in points]
    holds = close([formula(p) for p in points], computed)
    return holds, f"the complex step agrees at {len(points)} random points"


@section.states(
    27,
    taught="The gradient at a point",
    verdict="imprecise",
    prints=r"*Gradient f di titik p*: $\nabla g = \begin{bmatrix} \frac{\partial g}{\partial x_1} \\ \vdots \\ "
    r"\frac{\partial g}{\partial x_m} \end{bmatrix}$",
    correct="The gradient of $g$ (not $f$) at the point $p$: $\\nabla g(p)$, with every entry taken at $p$: "
    "$\\frac{\\partial g}{\\partial x_i}(p)$.",
    why="The gradient at a point is a column of numbers, the gradient a column of functions.",
    claim=lambda g, p: sympy.Matrix([g]).jacobian([x, y]).T.subs(p),
    printed=lambda g, p: sympy.Matrix([g]).jacobian([x, y]).T,
)
def entries_taken_at_the_point(formula):
    column = formula(f, {x: 1, y: 2})
    return (
        not column.free_symbols,
        f"for $f$ of example 3 at $(1,2)$ the entries are the numbers {tex(column.T)}",
    )


@section.states(
    28,
    taught="The gradient at a point",
    verdict="imprecise",
    prints=r"$p = (x_1, \dots, x_m)$",
    correct="$p = (p_1, \\dots, p_m)$: the point and the variables deserve letters of their own.",
    why="With one letter for both, a derivative taken at a point cannot be told from the derivative "
    "of a number.",
    claim=sympy.symbols("p_1 p_2", real=True),
    printed=(x, y),
)
def letters_of_a_point(letters):
    """Put the point in first, then differentiate: only with letters of its own is nothing left to do."""
    put_in_first = sympy.diff(f.subs({x: letters[0], y: letters[1]}, simultaneous=True), x)
    taken_there = sympy.diff(f, x).subs({x: letters[0], y: letters[1]}, simultaneous=True)
    return (
        put_in_first != taken_there,
        f"at $p$ the slope is {tex(taken_there)}; of the number $f(p)$ it is {tex(0)}",
    )


@section.states(
    29,
    taught="The gradient at a point",
    verdict="correct",
    prints=r"$\nabla f(1,2) = \begin{bmatrix} 2(1) \\ 12(2)^3 \end{bmatrix}$ "
    r"$= \begin{bmatrix} 2 \\ 96 \end{bmatrix}$",
    correct="As printed.",
    claim=(2, 96),
    perturbed=(4, 12),  # the gradient at (2, 1)
)
def example_3(claim):
    computed = sympy.Matrix([f]).jacobian([x, y]).T.subs({x: 1, y: 2})
    return same(sympy.Matrix(claim), computed), tex(computed.T)
