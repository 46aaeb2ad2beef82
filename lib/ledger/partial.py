"""Partial derivatives (S15 to S19): slices of a surface, and example 2."""

import sympy

from lib.ledger.statement import Section
from lib.ledger.tools import same, tex

section = Section("Partial derivatives", chapter="differential_calculus")

x, y, t = sympy.symbols("x y t", real=True)
f = x**2 + 3 * y**4  # example 2


@section.states(
    15,
    taught="Slices of a surface",
    verdict="correct",
    prints="“Slope of the surface in the x-direction”, “in the y-direction” "
    "(figure credited to Calcworkshop.com)",
    correct="A partial derivative is the slope of a slice through the surface, parallel to one axis.",
    claim=((1, 0), (0, 1)),
    perturbed=((1, 1), (0, 1)),
)
def slope_of_a_slice(directions):
    slices = [f.subs({x: x + t * dx, y: y + t * dy}, simultaneous=True) for dx, dy in directions]
    slopes = [sympy.diff(one, t).subs(t, 0) for one in slices]
    holds = same(slopes[0], sympy.diff(f, x)) and same(slopes[1], sympy.diff(f, y))
    return (
        holds,
        f"the slices of example 2 have the slopes {tex(sympy.diff(f, x))} and {tex(sympy.diff(f, y))}",
    )


@section.states(
    16,
    taught="One input moves, the others stand still",
    verdict="correct",
    prints=r"$f(x,y) = x^2 + 3y^4$: $\frac{\partial f}{\partial x} = 2x$, "
    r"$\frac{\partial f}{\partial y} = 12y^3$",
    correct="As printed.",
    claim=(2 * x, 12 * y**3),
    perturbed=(2 * x + 3 * y**4, 12 * y**3),
)
def partials(claim):
    computed = sympy.diff(f, x), sympy.diff(f, y)
    return all(map(same, claim, computed)), f"{tex(computed[0])} and {tex(computed[1])}"


def partial_at(variable, point):
    return sympy.diff(f, variable).subs(dict(zip((x, y), point, strict=True)))


@section.states(
    17,
    taught="One input moves, the others stand still",
    verdict="correct",
    prints=r"$\frac{\partial}{\partial x} f(3,1) = 2(3) = 6$",
    correct="As printed.",
    claim=6,
    perturbed=2,  # the places of x and y swapped
)
def partial_by_x(slope):
    computed = partial_at(x, (3, 1))
    return computed == slope, tex(computed)


@section.states(
    18,
    taught="One input moves, the others stand still",
    verdict="correct",
    prints=r"$\frac{\partial}{\partial y} f(3,1) = 12(1)^3 = 12$",
    correct="As printed.",
    claim=12,
    perturbed=324,  # the places of x and y swapped
)
def partial_by_y(slope):
    computed = partial_at(y, (3, 1))
    return computed == slope, tex(computed)


@section.states(
    19,
    taught="Second partial derivatives",
    verdict="correct",
    prints=r"$\frac{\partial^2 f}{\partial x^2} = 2$, $\frac{\partial^2 f}{\partial y^2} = 36y^2$",
    correct="As printed. A second copy of the line reads $\\frac{f}{2} = 2$ and $36y$: there glyphs were lost.",
    claim=(2, 36 * y**2),
    perturbed=(2, 36 * y),  # the second copy
)
def second_partials(claim):
    computed = sympy.diff(f, x, 2), sympy.diff(f, y, 2)
    return all(map(same, map(sympy.sympify, claim), computed)), f"{tex(computed[0])} and {tex(computed[1])}"
