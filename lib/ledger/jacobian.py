"""Jacobian (S30 to S35): several outputs, and the layout of the deck."""

import numpy as np
import sympy

from lib.calculus import jacobian
from lib.ledger.statement import Section
from lib.ledger.tools import close, same, tex

section = Section("Jacobian", chapter="differential_calculus")

x_1, x_2, x_3 = sympy.symbols("x_1:4", real=True)
g = sympy.Matrix([x_1 * x_2, x_2 + x_3**2])  # from three inputs to two outputs
inputs = sympy.Matrix([x_1, x_2, x_3])
point = np.array([1.0, 2.0, 3.0])


def g_of_numbers(p):
    return np.array([p[0] * p[1], p[1] + p[2] ** 2])


def inputs_down(outputs, variables):
    """The deck's layout: row i belongs to input i, column j to output j."""
    return sympy.Matrix(len(variables), len(outputs), lambda i, j: sympy.diff(outputs[j], variables[i]))


def inputs_across(outputs, variables):
    """The usual layout, SymPy's: row j belongs to output j."""
    return sympy.Matrix(outputs).jacobian(sympy.Matrix(variables))


@section.states(
    30,
    taught="Several outputs",
    verdict="correct",
    prints=r"$f \colon \mathbb{R}^2 \to \mathbb{R}^2$, $\nabla f \colon \mathbb{R}^2 \to \mathbb{R}^{2 \times 2}$",
    correct="As printed.",
    claim=(2, 2),
    perturbed=(2,),
)
def two_inputs_two_outputs(shape):
    found = jacobian(lambda p: np.array([p[0] * p[1], p[0] - p[1]]), point[:2]).shape
    return found == shape, f"shape {found}"


@section.states(
    31,
    taught="One name, one layout",
    verdict="correct",
    prints=r"$g \colon \mathbb{R}^m \to \mathbb{R}^n$, $\nabla g \colon \mathbb{R}^m \to \mathbb{R}^{m \times n}$",
    correct="In the deck's layout, inputs down the rows. Most books call the transpose, $n \\times m$, the "
    "Jacobian; a text has to say which one it means.",
    claim={"inputs down the rows": (3, 2), "outputs down the rows": (2, 3)},
    perturbed={"inputs down the rows": (3, 2), "outputs down the rows": (3, 2)},
)
def shape_in_each_layout(shapes):
    found = {
        "inputs down the rows": jacobian(g_of_numbers, point).shape,
        "outputs down the rows": inputs_across(g, inputs).shape,
    }
    return found == shapes, "; ".join(f"{layout}: {shape}" for layout, shape in found.items())


@section.states(
    32,
    33,
    taught="One name, one layout",
    verdict="imprecise",
    prints=r"*Gradient*: $\nabla g = \begin{bmatrix} \frac{\partial}{\partial x_1} g_1 & \cdots & "
    r"\frac{\partial}{\partial x_1} g_n \\ \vdots & \ddots & \vdots \\ \frac{\partial}{\partial x_m} g_1 & "
    r"\cdots & \frac{\partial}{\partial x_m} g_n \end{bmatrix}$",
    correct="The matrix is right in the deck's layout; its name is *Jacobian*, because a gradient belongs to a "
    "function with one output. In this layout the inner function comes first: for $x \\to g \\to h$ the "
    "Jacobian of $h(g(x))$ is $\\nabla g \\cdot \\nabla h$.",
    why="Most books print the chain the other way round, for the other layout; mixed, the shapes do not fit.",
    claim=inputs_down,
    perturbed=inputs_across,
)
def inner_function_first(layout):
    """The chain rule for h(g(x)) with h = u v + v, written inner function first."""
    u, v = sympy.symbols("u v", real=True)
    h = [u * v + v]
    inside = {u: g[0], v: g[1]}
    whole = layout([h[0].subs(inside)], inputs)
    inner, outer = layout(g, inputs), layout(h, [u, v]).subs(inside)
    if inner.shape[1] != outer.shape[0]:
        return False, f"{inner.shape}{outer.shape} does not fit"
    return same(inner * outer, whole), f"{inner.shape}{outer.shape} = {whole.shape}, and the entries agree"


@section.states(
    34,
    taught="Several outputs",
    verdict="imprecise",
    prints=r"$\nabla f(x,y) = \begin{bmatrix} \frac{\partial}{\partial x_1} f_1(x,y) & \cdots \\ "
    r"\vdots & \ddots \end{bmatrix}$",
    correct="Either $x, y$ or $x_1, x_2$, not both: $\\frac{\\partial}{\\partial x} f_1(x,y)$, "
    "$\\frac{\\partial}{\\partial y} f_1(x,y)$ and so on.",
    why="Taken literally, every entry is zero: $f_1(x,y)$ contains no $x_1$.",
    claim=sympy.symbols("x y", real=True),
    printed=(x_1, x_2),
)
def letters_of_the_variables(variables):
    x, y = sympy.symbols("x y", real=True)
    f = [x * y, x - y]
    matrix = inputs_down(f, variables)
    return same(
        matrix, sympy.Matrix([[y, 1], [x, -1]])
    ), f"for $f = (xy,\\ x - y)$: {tex(inputs_down(f, (x, y)))}"


@section.states(
    35,
    taught="Several outputs",
    verdict="imprecise",
    prints=r"*Gradient*: $\nabla g(p) = \begin{bmatrix} \frac{\partial}{\partial x_1} g_1(p) & \cdots \\ "
    r"\vdots & \ddots \end{bmatrix}$",
    correct="The matrix is right in the deck's layout; its name is *Jacobian*, as in S33.",
    why="A gradient has one output; whoever looks up this matrix will find it under the other name.",
    claim=inputs_down,
    perturbed=inputs_across,
)
def jacobian_at_a_point(layout):
    claimed = layout(g, inputs).subs(dict(zip(inputs, point.astype(int), strict=True)))
    computed = jacobian(g_of_numbers, point, method="complex")
    holds = claimed.shape == computed.shape and close(np.array(claimed, dtype=float), computed)
    return holds, f"for $g = (x_1x_2,\\ x_2 + x_3^2)$ at $(1,2,3)$: {tex(sympy.Matrix(computed.astype(int)))}"
