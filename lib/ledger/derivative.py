"""Derivative (S11 to S14): the definition, and example 1."""

import sympy

from lib.ledger.statement import Section
from lib.ledger.tools import same, tex

section = Section("Derivative", chapter="differential_calculus")

x, h = sympy.symbols("x h", real=True)
example_1 = x**2 + 2 * x**4 + 3


@section.states(
    11,
    taught="The definition",
    verdict="correct",
    prints=r"$f'(x) = \frac{df(x)}{dx}$ $= \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}$",
    correct="As printed, wherever the limit exists.",
    claim=lambda f: (f(x + h) - f(x)) / h,
    perturbed=lambda f: (f(x + h) - f(x - h)) / h,  # the secant across the point, not divided by 2h
)
def definition(quotient):
    def f(place):
        return example_1.subs(x, place)

    limit = sympy.limit(quotient(f), h, 0)
    return same(limit, sympy.diff(f(x), x)), f"for example 1 the limit is {tex(sympy.expand(limit))}"


@section.states(
    12,
    taught="The rules",
    verdict="correct",
    prints=r"$f(x) = x^2 + 2x^4 + 3$, $\frac{df}{dx} = 2x + 8x^3$",
    correct="As printed.",
    claim=2 * x + 8 * x**3,
    perturbed=2 * x + 8 * x**4,
)
def first_derivative(slope):
    computed = sympy.diff(example_1, x)
    return same(slope, computed), tex(computed)


@section.states(
    13,
    taught="The place where the slope is taken",
    verdict="wrong",
    prints=r"*Turunan f di x = 2*: $\frac{d}{dx} f(3) = 2(2) + 8(2)^3 = 68$",
    correct=r"$f'(2) = 2 \cdot 2 + 8 \cdot 2^3 = 68$. The point is $2$, as the sentence above it says.",
    why="The number is right for the point named in the sentence; a reader who puts in the printed argument "
    "gets another one.",
    claim=(2, 68),
    printed=(3, 68),
)
def slope_at_a_point(claim):
    point, slope = claim
    at = {place: sympy.diff(example_1, x).subs(x, place) for place in (2, 3)}
    return at[point] == slope, f"$f'(2) = {at[2]}$, $f'(3) = {at[3]}$"


@section.states(
    14,
    taught="The derivative of the derivative",
    verdict="correct",
    prints=r"$\frac{d^2 f}{dx^2} = 2 + 24x^2$",
    correct="As printed.",
    claim=2 + 24 * x**2,
    perturbed=24 * x**2,
)
def second_derivative(curvature):
    computed = sympy.diff(example_1, x, 2)
    return same(curvature, computed), tex(sympy.expand(computed))
