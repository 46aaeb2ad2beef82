"""The questions of the chapter `differential_calculus`."""

import numpy as np

from lib.activations import Identity, ReLU, Sigmoid
from lib.calculus import derivative, gradient, jacobian
from lib.figures.calculus import composition_graph, graph
from lib.network import Dense
from lib.practice import Blanks, Choice, Draw, Expression, Number
from lib.questions.entries import entry


def contoh_1(x):
    return x**2 + 2 * x**4 + 3


def bowl(point):
    return point[0] ** 2 + 3 * point[1] ** 4


def pair(x):
    return np.array([x[0] ** 2 * x[1], 5 * x[0] + x[1] ** 2])


def slope(f, x):
    """The derivative of f at x, by the complex step."""
    return derivative(f, x, method="complex")


def slopes(f, *place):
    """The gradient of a function of several numbers, by the complex step."""
    return gradient(lambda v: f(*v), np.array(place, dtype=float), method="complex")


# What the truths of the choices compute


def secants_of_contoh_1():
    """Where the secants are too steep."""
    right, left = (derivative(contoh_1, 2.0, method="forward", h=h) > 68 for h in (0.1, -0.1))
    return {
        (True, False): "Too steep to the right, too flat to the left",
        (True, True): "Too steep on both sides",
    }[right, left]


def shrinking_error():
    large, small = (contoh_1(2 + h) - 39 - 68 * h for h in (1e-3, 1e-4))
    return f"About {round(large / small, -1):g} times smaller"


def secants_of_relu():
    right, left = (derivative(ReLU().value, 0.0, method="forward", h=h) for h in (0.5, -0.5))
    return f"{right:g} to the right, {left + 0:g} to the left: no derivative"


def who_is_whose_slope():
    """The order of the curves in which each is followed by its slope."""
    place = 0.7
    curves = {"A": lambda x: 3 * x**2 - 1, "B": lambda x: x**3 - x, "C": lambda x: 6 * x}
    next_of = {
        name: other
        for name, f in curves.items()
        for other, g in curves.items()
        if np.isclose(slope(f, place), g(place))
    }
    first = next(name for name in next_of if name not in next_of.values())
    second = next_of[first]
    return f"{second} is the slope of {first}, and {next_of[second]} that of {second}"


def slices_side_by_side():
    at_1, at_0 = (slope(lambda x, y=y: bowl((x, y)), 3.0) for y in (1, 0))
    return "Equally steep" if at_1 == at_0 else "Not equally steep"


def longest_arrow():
    """Where the level line through (1, 1/2) meets the axes, and the gradient's length there."""
    height = bowl((1, 0.5))
    places = {"On the x-axis": (height**0.5, 0), "On the y-axis": (0, (height / 3) ** 0.25)}
    return max(places, key=lambda name: np.hypot(*gradient(bowl, np.array(places[name], dtype=float))))


def arrows_around_a_minimum():
    points = [np.array([np.cos(t), np.sin(t)]) for t in np.arange(0, 6, 0.5)]
    away = [gradient(bowl, point) @ point > 0 for point in points]
    return "Away from it, on all sides" if all(away) else "Towards it, on all sides"


def curvatures(f, place=(0, 0)):
    """The eigenvalues of the Hessian, the smallest first."""
    H = jacobian(lambda p: gradient(f, p, method="complex"), np.array(place, dtype=float))
    return np.linalg.eigvalsh(H).round(4)


def up_along_both_axes():
    low, high = curvatures(lambda p: p[0] ** 2 + 3 * p[0] * p[1] + p[1] ** 2)
    return "No: in some direction it goes down" if low < 0 < high else "Yes, a minimum"


def three_hessians():
    heights = [
        lambda p: p[0] ** 2 + p[1] ** 4,
        lambda p: p[0] ** 2 - p[1] ** 4,
        lambda p: p[0] ** 2 + p[1] ** 3,
    ]
    return {(0, 2): "Open, for all three"}[{tuple(curvatures(height)) for height in heights}.pop()]


def tiny_step():
    found = derivative(contoh_1, 1.3, method="forward", h=2.0**-50)
    return "A number that is off in its third digit" if 0.05 < abs(found - 20.176) < 0.5 else "Another one"


def who_turns_first():
    """From the sizes of the best steps: the cube root of epsilon is larger than the square root."""
    eps = np.finfo(float).eps
    forward, central = eps ** (1 / 2), eps ** (1 / 3)
    return (
        "First the central one, then the forward one; the complex one never"
        if central > forward
        else "First the forward one"
    )


# What the truths of numbers and blanks compute


def size_of_a_gradient(m, n):
    """How many slopes a layer of m inputs and n outputs brings back, by the shipped layer."""
    layer = Dense(np.ones((int(m), int(n))), np.zeros((1, int(n))), Identity())
    layer.backward(np.ones_like(layer.forward(np.ones((1, int(m))))))
    return layer.dW.size + layer.db.size


def down(g):
    """The arrow of length one along which g · u is smallest, by the singular vectors of the row g."""
    along = np.linalg.svd(g[None])[2][0]
    return -along * np.sign(g @ along)


def gradient_of_the_bowl(x, y):
    by_x, by_y = slopes(lambda x, y: bowl((x, y)), x, y)
    return {"df_dx": by_x, "df_dy": by_y, "length": np.hypot(by_x, by_y)}


def jacobian_of_another_pair(x1, x2):
    def another(x):
        return np.array([x[0] * x[1] ** 3, x[0] ** 2 + 4 * x[1]])

    (a, b), (c, d) = jacobian(another, np.array([x1, x2]), method="complex")
    return {"df1_dx1": a, "df2_dx1": b, "df1_dx2": c, "df2_dx2": d}


def cube_and_slopes(a, b):
    """f = (a + 2b)^3 with the slopes of all nodes."""
    x = a + 2 * b
    by_a, by_b = slopes(lambda a, b: (a + 2 * b) ** 3, a, b)
    return {"x": x, "f": x**3, "df_dx": slope(lambda x: x**3, x), "df_da": by_a, "df_db": by_b}


def two_paths(a):
    """y = u v with u = a^2, v = 3a + 1, and the slopes of all nodes."""
    u, v = a**2, 3 * a + 1
    dy_du, dy_dv = slopes(lambda u, v: u * v, u, v)
    return {"u": u, "v": v, "dy_du": dy_du, "dy_dv": dy_dv, "dy_da": slope(lambda a: a**2 * (3 * a + 1), a)}


def steepest_sigmoid():
    """Where, and how steep, by looking at many places."""
    places = np.arange(-300, 301) / 100
    steepness = [slope(Sigmoid().value, place) for place in places]
    return {"z": places[np.argmax(steepness)], "slope": max(steepness)}


def bends(p, q, r):
    """The second derivative of 3x^4 - 4x^3 - 12x^2 at three places."""
    twice = np.polyder([3, -4, -12, 0, 0], 2)
    return {f"at_{name}": np.polyval(twice, place) for name, place in zip("pqr", (p, q, r), strict=True)}


def penalty(w, x, y):
    """c = (wx - y)^2 + w^2 with the slopes of its nodes."""
    q, e, s, r = w * x, w * x - y, (w * x - y) ** 2, w**2
    return {
        "q": q,
        "e": e,
        "s": s,
        "r": r,
        "c": s + r,
        "dc_de": slope(lambda e: e**2 + r, e),
        "dc_dq": slope(lambda q: (q - y) ** 2 + r, q),
        "dc_dw": slope(lambda w: (w * x - y) ** 2 + w**2, w),
    }


def four_gates(p, q, g):
    """What plus, times and max hand back when g arrives."""
    kinds = {"plus": lambda v: v[0] + v[1], "times": lambda v: v[0] * v[1], "max": lambda v: v.max()}
    back = {name: (g * gradient(kind, np.array([p, q]))).round(6) for name, kind in kinds.items()}
    return {f"{name}_{side}": back[name][k] for name in kinds for k, side in enumerate("pq")}


def table_of_the_pair(x1, x2):
    """The Jacobian of `pair` in the language of answers."""
    return f"[[2*({x1})*({x2}), 5], [({x1})**2, 2*({x2})]]"


HERE = table_of_the_pair("x1", "x2")
THERE = table_of_the_pair("x1**2*x2", "5*x1 + x2**2")


def corner(table):
    """The entry in the first row and the first column."""
    return entry(table, 0, 0)


def cube_graph():
    """The graph of the composition, without its numbers: the reader's will stand there."""
    return composition_graph(None)[0]


def paths_graph():
    """The graph of Figure 2.7 without its numbers, its paths far enough apart for two fields between them."""
    nodes = {"a": (0, 0.6), "u": (2, 1.6), "v": (2, -0.4), "y": (4, 0.6)}
    edges = [("a", "u", "above"), ("u", "y", "above"), ("a", "v", "below"), ("v", "y", "below")]
    return graph(nodes, edges, None, height=3.2)[0]


QUESTIONS = [
    Choice(
        "secants-of-a-bend",
        "The curve bends upwards. Compare the secants to the right ($h > 0$) and to the left ($h < 0$) with the slope that the curve itself has at $x = 2$.",
        right="Too steep to the right, too flat to the left",
        wrong={
            "Too flat to the right, too steep to the left": "That is a curve that bends downwards, such as a hill.",
            "Too steep on both sides": "With a negative $h$ the second point lies on the flatter part of the curve.",
            "Too flat on both sides": "A secant to the right runs to a point that lies above the straight continuation.",
        },
        truth=secants_of_contoh_1,
        hint="Draw a valley, a point on its right slope, and one secant to each side.",
        why="The smaller the step, the smaller the difference, on both sides.",
    ),
    Expression(
        "secant-of-the-square",
        "Follow the definition for $f(x) = x^2$, and stop before the limit: what is the slope of the secant from $x$ to $x + h$?",
        given={"x": Draw((), -3, 3, 0.5), "h": Draw((), 0.1, 0.5, 0.1)},
        answer="2*x + h",
        truth=lambda x, h: derivative(lambda x: x**2, x, method="forward", h=h),
        slips={
            "2*x": "That is the limit already: here $h$ is not zero yet.",
            "2*x*h + h**2": "That is the change of the value: it still has to be divided by the step.",
            "2*x + h**2": "Only the first term was divided by $h$.",
            "h": "$(x + h)^2$ has a middle term, too.",
            "((x + h)**2 + x**2)/h": "The two values were added: a change is a difference.",
            "x + h": "In $(x + h)^2$ the product $xh$ comes twice.",
            "2*x + 2*h": "$h^2$ divided by $h$ is one $h$.",
            "2*x - h": "That is the secant to the left.",
        },
        hint="Multiply out $(x + h)^2$; what has no $h$ in it cancels.",
        why="Multiplied out it is $2x + h$. Now $h$ goes to zero, and $2x$ stays.",
    ),
    Number(
        "along-the-tangent",
        "How high is the *tangent* of Contoh 1 above $2 + h$? It is what the line above leaves when the rest is dropped.",
        given={"h": Draw((), -0.3, 0.3, 0.1, first=0.1)},
        answer="39 + 68*h",
        truth=lambda h: contoh_1(2) + slope(contoh_1, 2.0) * h,
        slips={
            "39 + h": "One more to the right was taken for one more in height: the slope is missing.",
            "68*h": "That is the change alone: it starts from $f(2)$.",
            "39 - 68*h": "That is a step to the other side.",
            "39*(1 + h)": "The value was multiplied by the step, in place of the slope.",
            "(2 + h)**2 + 2*(2 + h)**4 + 3": "That is the curve. The tangent leaves it, and needs no power.",
            "39 + 68": "The step is missing: this is one whole unit to the right.",
            "39": "That is the height above 2: slope times step is missing.",
            "39 + 6.8*h": "The step was taken ten times too small.",
            "68": "That is the slope alone.",
        },
        hint="The value at 2, and slope times step.",
        why="Value plus slope times step: no power of anything has to be computed.",
    ),
    Choice(
        "a-step-ten-times-smaller",
        "Curve and tangent differ by the rest. Make the step ten times smaller: how much smaller is the rest?",
        right="About 100 times smaller",
        wrong={
            "About 10 times smaller": "That is how the change $68h$ shrinks. The rest has one more factor.",
            "About 1000 times smaller": "That would be a rest with the factor $h^3$.",
            "As large as before: the curve stays bent": "It stays bent, but over a shorter piece a bend does less.",
        },
        truth=shrinking_error,
        hint="Which factor has the rest?",
        why="The rest has the factor $h^2$, and a tenth squared is a hundredth.",
    ),
    Choice(
        "relu-at-zero",
        "Another kink: $\\text{ReLU}(x)$ is $0$ to the left of zero and $x$ to the right. Which slopes do its secants at $0$ have?",
        right="1 to the right, 0 to the left: no derivative",
        wrong={
            "1 to the right, −1 to the left: no derivative": "That is the absolute value. ReLU doesn't rise again to the left.",
            "0 on both sides: the derivative is 0": "ReLU has the *value* 0 there. To the right it climbs.",
            "½ on both sides: the derivative is ½": "The middle of two slopes is on neither side where secants settle.",
        },
        truth=secants_of_relu,
        why="Two numbers, so no limit. Programs choose one of the two there, and get along.",
    ),
    Choice(
        "which-is-the-slope",
        "Of the three curves one is the slope of another, and the third is the slope of that one. Which?",
        right="A is the slope of B, and C that of A",
        wrong={
            "B is the slope of A, and A that of C": "Turned round. Where A is level, in the middle, B would have to be zero, and rise from below: it falls there.",
            "C is the slope of B, and A that of C": "B is level at two places, and C is zero at one only. And C is straight: its slope would be one number.",
            "B is the slope of C, and A that of B": "C is straight: its slope is one number everywhere, and B goes up and down.",
        },
        truth=who_is_whose_slope,
        hint="Where a curve is level, its slope is zero: count such places.",
        why="B rises where A is above zero, falls where A is below, and is level where A crosses zero. A falls on the left and rises on the right, as C says.",
    ),
    Expression(
        "two-powers",
        "What is the derivative of $2x^3 + 5x^2 + 4$?",
        given={"x": Draw((), -3, 3, 0.5)},
        answer="6*x**2 + 10*x",
        truth=lambda x: slope(lambda x: 2 * x**3 + 5 * x**2 + 4, x),
        slips={
            "6*x**3 + 10*x**2": "The exponents came down, and weren't lowered.",
            "2*x**2 + 5*x": "The exponents were lowered, and didn't come down as factors.",
            "6*x**2 + 10*x + 4": "The constant is still there: how fast does it change?",
            "6*x**2 + 10*x + 1": "The constant got the slope of $x$.",
            "6*x**2 + 5*x": "One exponent didn't come down.",
            "12*x + 10": "That is the derivative of the derivative.",
            "2*x**3 + 5*x**2": "Only the constant was treated.",
            "6*x**2 + 10": "From $x^2$ one $x$ stays.",
            "3*x**2 + 2*x": "The factors 2 and 5 in front were lost: they stay.",
            "6*x + 10": "Each exponent goes down by one, not two.",
        },
        hint="Term by term: the exponent becomes a factor, and one less stays.",
        why="A constant only lifts the curve: it adds nothing to the slope.",
    ),
    Expression(
        "product-with-a-chain",
        "Two rules in one: what is the derivative of $x\\,e^{2x}$? (Powers of $e$ are written `exp(…)`.)",
        given={"x": Draw((), -1, 1, 0.25)},
        answer="exp(2*x) + 2*x*exp(2*x)",
        truth=lambda x: slope(lambda x: x * np.exp(2 * x), x),
        slips={
            "2*exp(2*x)": "The two slopes were multiplied: $u'v'$ is no rule.",
            "exp(2*x) + x*exp(2*x)": "The inner derivative of $2x$ is missing.",
            "2*x*exp(2*x)": "Only the exponential moved: $x$ moves, too.",
            "exp(2*x)": "Only the factor $x$ moved: the exponential moves, too.",
            "exp(2*x) + 2*x**2*exp(2*x - 1)": "The power rule was used on an exponential: there the exponent moves, not the base.",
            "exp(2*x)*(2*x - 1)": "A minus stands where the product rule adds.",
            "2*exp(2*x) + x*exp(2*x)": "The inner 2 landed on the other term.",
            "x*exp(2*x)": "That is the function itself.",
        },
        hint="$u'v + uv'$ with $u = x$; the slope of $v = e^{2x}$ needs the chain rule.",
        why="First one factor moves, then the other, and both changes count.",
    ),
    Expression(
        "log-of-one-minus",
        "What is the derivative of $\\ln(1 - p)$? (A cost in chapter 3 is made of it.)",
        given={"p": Draw((), 0.1, 0.9, 0.1)},
        answer="-1/(1 - p)",
        truth=lambda p: slope(lambda p: np.log(1 - p), p),
        slips={
            "1/(1 - p)": "The inner derivative is missing: how does $1 - p$ change with $p$?",
            "1/p": "The outer slope was taken at $p$: its place is the inner value.",
            "-1/p": "The inner slope is there, but the outer one was taken at $p$.",
            "1/(1 - p)**2": "That belongs to $1/(1-p)$.",
            "-1/1 - p": "Without brackets only the 1 stands below the line.",
            "-log(1 - p)": "The logarithm is still there, not its slope.",
            "1 - 1/p": "$\\ln(1-p)$ is no sum of two terms.",
            "-p/(1 - p)": "The inner slope was taken as $-p$, the term itself.",
            "log(1 - p)": "That is the function itself.",
        },
        hint="The outer slope at the inner value, times the inner slope.",
        why="As $p$ grows, $1 - p$ shrinks, and its logarithm falls.",
    ),
    Expression(
        "minus-in-the-exponent",
        "And the derivative of $e^{-z}$, in code `exp(-z)`? (The sigmoid will need it.)",
        given={"z": Draw((), -2, 2, 0.5)},
        answer="-exp(-z)",
        truth=lambda z: slope(lambda z: np.exp(-z), z),
        slips={
            "exp(-z)": "The inner derivative is missing. This one says that the curve rises.",
            "-z*exp(-z - 1)": "The power rule was used on an exponential: there the exponent moves, not the base.",
            "-exp(z)": "The outer slope was taken at $z$: its place is the inner value.",
            "-z*exp(-z)": "Multiplied by the inner function itself, not by its slope.",
            "exp(-1)": "The inner slope was put in for the inner value.",
            "exp(z)": "That is $e^{z}$, without the minus: it rises, and this curve falls.",
            "-exp(-z - 1)": "The exponent was lowered, as in a power: here it is the variable, and stays.",
        },
        hint="It is $e^u$ after $u = -z$.",
        why="The outer slope $e^{-z}$ times the inner slope $-1$: the curve falls.",
    ),
    Expression(
        "one-stands-still",
        "$f(x, y) = x^3 y^2$. What is $\\frac{\\partial f}{\\partial y}$?",
        given={"x": Draw((), -3, 3, 0.5), "y": Draw((), -3, 3, 0.5)},
        answer="2*x**3*y",
        truth=lambda x, y: slopes(lambda x, y: x**3 * y**2, x, y)[1],
        slips={
            "3*x**2*y**2": "That is the derivative with respect to $x$.",
            "6*x**2*y": "Both moved, and the slopes were multiplied: here $x$ stands still.",
            "3*x**2*y**2 + 2*x**3*y": "Both moved: here $x$ stands still.",
            "2*y": "$x^3$ was dropped, as if it were added. It is a constant *factor*.",
            "2*x**3*y**2": "The exponent came down, and wasn't lowered.",
            "x**3*y": "The exponent was lowered, and didn't come down.",
            "3*x**2 + 2*y": "Each factor was treated by itself, and then they were added; and $x$ stands still.",
            "x**3 + 2*y": "$x^3$ is a factor: here it was added.",
            "2*x**3": "The exponent of $y$ went from 2 to 0.",
        },
        hint="Think of $x^3$ as of the number 7.",
        why="What stands still is a constant: added, it disappears; as a factor it stays.",
    ),
    Choice(
        "slices-side-by-side",
        "Cut the bowl $x^2 + 3y^4$ at $y = 1$, and again at $y = 0$. Which of the two cuts is steeper at $x = 3$?",
        right="Equally steep",
        wrong={
            "The one at $y = 1$: it lies higher": "Height is one thing and slope another: what does the height of a constant do to a slope?",
            "The one at $y = 0$: it goes through the bottom": "At $x = 3$ it is far from the bottom. Write both cuts down as functions of $x$.",
            "The one at $y = 1$, by $12y^3$": "That is the slope in the other direction, in which this cut doesn't run.",
        },
        truth=slices_side_by_side,
        hint="Put $y = 1$ into the formula, then $y = 0$: two parabolas.",
        why="The cuts are $x^2 + 3$ and $x^2$. In this bowl what stands still only adds a constant.",
    ),
    Expression(
        "first-one-then-the-other",
        "Again $f(x, y) = x^3 y^2$. What is the mixed one, $\\frac{\\partial^2 f}{\\partial x\\,\\partial y}$?",
        given={"x": Draw((), -3, 3, 0.5), "y": Draw((), -3, 3, 0.5)},
        answer="6*x**2*y",
        truth=lambda x, y: derivative(lambda x: slopes(lambda x, y: x**3 * y**2, x, y)[1], x),
        slips={
            "6*x**5*y**3": "The two first derivatives were multiplied: it is a derivative *of* a derivative.",
            "2*x**3": "That is twice by $y$.",
            "6*x*y**2": "That is twice by $x$.",
            "2*x**3*y": "That is the first step alone, by $y$.",
            "3*x**2*y**2": "That is one step alone, by $x$.",
            "3*x**2 + 2*y": "Each factor was treated by itself, and then they were added.",
            "0": "In the bowl $x$ and $y$ stood in separate terms: here they are multiplied.",
        },
        hint="Take the derivative by $y$ from above, and let $x$ move now.",
        why="Not zero this time: the slope along $y$ changes when you walk along $x$. First by $x$, then by $y$ gives the same.",
    ),
    Number(
        "how-many-slopes",
        "A layer has a weight table $W$ of shape $(m, n)$ and a bias $b$ of shape $(1, n)$. How many slopes has the cost with respect to all of them?",
        given={"m": Draw((), 2, 9, 1, first=5), "n": Draw((), 2, 9, 1, first=3)},
        answer="m*n + n",
        truth=size_of_a_gradient,
        slips={
            "m*n": "The biases have slopes, too.",
            "m*n + m": "One bias for each input was counted: they belong to the outputs.",
            "m*n + 1": "One bias for the whole layer was counted.",
            "m + n": "The sides of the table were added, not its entries counted.",
            "1": "The cost is one number, but each number that goes in has its own slope.",
            "2": "Each table is many inputs, not one.",
            "n": "Those are the biases alone.",
            "m + n + n": "The sides of $W$ were added, not multiplied.",
        },
        hint="One slope for each number that goes in.",
        why="One for each number, in tables of the same shapes: $(m, n)$ and $(1, n)$.",
    ),
    Number(
        "slope-along-an-arrow",
        r"At some place of a landscape the gradient is $g$. How steep is it in the direction of $u$, an arrow of length one?",
        given={"g": Draw((2,), -5, 5, 1, first=[5, -1]), "u": [0.6, 0.8]},
        answer="g @ u",
        decimals=2,
        truth=lambda g, u: slope(lambda t: g @ (t * u), 0.0),
        slips={
            "g.sum()": "The entries of the gradient were added: each counts only as far as $u$ runs its way.",
            "sqrt(g @ g)": "That is the gradient's length: the slope in its own direction.",
            "abs(g) @ u": "A minus was lost: in one direction it goes down.",
            "g @ [0.8, 0.6]": "The entries of $u$ were exchanged.",
            "g @ u / 2": "Averaged: the two products are added.",
            "g @ [0.6, 0]": "Only the first of the two products is there.",
            "g @ [0, 0.8]": "Only the second of the two products is there.",
            "g @ [1, 0]": "$u$ was left out, and only one slope taken.",
        },
        hint="Entry times entry, added up.",
        why="Each of the two slopes counts as far as the arrow runs its way.",
    ),
    Expression(
        "steepest-way-down",
        "The gradient is $g$, not zero. Which arrow of length one points in the direction in which it goes down most steeply? (A root is `np.sqrt(…)`, the sum of all entries `np.sum(…)`.)",
        given={"g": (2,)},
        answer="-g / sqrt((g**2).sum())",
        truth=down,
        like="g",
        slips={
            "g / sqrt((g**2).sum())": "That arrow has the right length and goes up.",
            "-g": "The direction is right; its length isn't one yet.",
            "-g / (g**2).sum()": "Divided by the square of the length: the root is missing.",
            "-g / abs(g).sum()": "The entries were added: the length is Pythagoras' one.",
            "-sqrt((g**2).sum())": "That is the slope in that direction, a number. The direction is asked for.",
            "-g / abs(g)": "Each entry was divided by its own size: the arrow has one length for all.",
            "g": "That is the gradient itself: it points up.",
        },
        hint="Turn the arrow round, then divide it by its own length.",
        why="Turned round, and divided by its length. Training goes this way, step by step.",
    ),
    Blanks(
        "gradient-of-the-bowl",
        "The gradient of the bowl $x^2 + 3y^4$ at a place, and its length (Pythagoras).",
        given={"x": Draw((), -3, 3, 0.5, first=1), "y": Draw((), -1.5, 1.5, 0.5, first=0.5)},
        decimals=2,
        answers={"df_dx": "2*x", "df_dy": "12*y**3", "length": "sqrt(df_dx**2 + df_dy**2)"},
        truth=gradient_of_the_bowl,
        labels={"df_dx": "∂f/∂x", "df_dy": "∂f/∂y", "length": "length"},
        slips={
            "df_dx": {
                "x**2": "That is the term's value, not its slope.",
                "x**2 + 3*y**4": "That is the height of the bowl.",
            },
            "df_dy": {
                "3*y**4": "That is the term's value, not its slope.",
                "12*y**2": "The exponent was lowered twice.",
                "12*y": "$y$ wasn't raised to its power.",
                "12": "That is the slope at $y = 1$.",
                "(12*y)**3": "Only $y$ is raised to the power, not the 12.",
                "12*y**4": "The exponent came down, and wasn't lowered.",
                "3*y**3": "The exponent was lowered, and didn't come down.",
                "4*y**3": "The 3 in front was lost.",
            },
            "length": {
                "df_dx + df_dy": "The entries were added: they are the legs of a right triangle.",
                "df_dx**2 + df_dy**2": "The root is missing.",
                "sqrt(abs(df_dx + df_dy))": "The entries have to be squared before they are added.",
            },
        },
        table=[
            [r"$\frac{\partial f}{\partial x}$", r"$\frac{\partial f}{\partial y}$", "length"],
            ["df_dx", "df_dy", "length"],
        ],
        hint="Slopes first, then the place is put in.",
        why="The length is the slope in the steepest direction.",
    ),
    Choice(
        "longest-arrow",
        "The level line of Figure 2.5 crosses the axes. Where on it is the arrow longest?",
        right="On the y-axis",
        wrong={
            "On the x-axis": "There it is farthest from the middle, but the level lines lie far apart: many steps for the same height.",
            "Equally long all the way: it is one level line": "On a level line the *height* is the same. The steepness needn't be.",
            "In between, where both slopes count": "Both $2x$ and $12y^3$ count there, but each is smaller than on its own axis.",
        },
        truth=longest_arrow,
        hint="Where do the level lines lie closest together?",
        why="There the level lines are closest: the bowl is steepest.",
    ),
    Blanks(
        "table-of-the-pair",
        "Another pair: $f_1 = x_1\\,x_2^3$ and $f_2 = x_1^2 + 4x_2$. Which numbers stand in its table?",
        given={"x1": Draw((), 1, 6, 1, first=5), "x2": Draw((), 1, 6, 1, first=2)},
        answers={"df1_dx1": "x2**3", "df2_dx1": "2*x1", "df1_dx2": "3*x1*x2**2", "df2_dx2": "4"},
        truth=jacobian_of_another_pair,
        labels={
            "df1_dx1": "∂f₁/∂x₁",
            "df2_dx1": "∂f₂/∂x₁",
            "df1_dx2": "∂f₁/∂x₂",
            "df2_dx2": "∂f₂/∂x₂",
        },
        slips={
            "df1_dx1": {
                "x1*x2**3": "That is the value of $f_1$.",
                "1": "$x_2^3$ stands still as a factor, and factors stay.",
                "3*x2**2": "Both were treated as if they moved: here $x_2$ stands still.",
                "3*x1*x2**2": "That is the slope by $x_2$: inputs go down the rows.",
            },
            "df2_dx1": {
                "x1**2": "That is the term's value, not its slope.",
                "x1**2 + 4*x2": "That is the value of $f_2$.",
                "x1": "The exponent was lowered, and didn't come down.",
                "2*x1 + 4": "$x_2$ stands still here: its term is a constant.",
                "4": "That is the slope by $x_2$: inputs go down the rows.",
                "3*x1*x2**2": "Rows and columns were exchanged, as in the textbooks' layout.",
            },
            "df1_dx2": {
                "x1*x2**3": "That is the value of $f_1$.",
                "x2**3": "That is the slope by $x_1$: inputs go down the rows.",
                "3*x2**2": "$x_1$ stands still as a factor, and factors stay.",
                "x1*x2**2": "The exponent was lowered, and didn't come down.",
                "3*x1*x2**3": "The exponent came down, and wasn't lowered.",
                "2*x1": "Rows and columns were exchanged, as in the textbooks' layout.",
            },
            "df2_dx2": {
                "4*x2": "That is the term's value, not its slope.",
                "x1**2 + 4*x2": "That is the value of $f_2$.",
                "2*x1": "That is the slope by $x_1$: inputs go down the rows.",
                "2*x1 + 4": "$x_1$ stands still here: its term is a constant.",
            },
        },
        table=[
            ["", "$f_1$", "$f_2$"],
            ["by $x_1$", "df1_dx1", "df2_dx1"],
            ["by $x_2$", "df1_dx2", "df2_dx2"],
        ],
        hint="A column at a time: the gradient of $f_1$, then that of $f_2$.",
        why="Each column is the gradient of one output.",
    ),
    Number(
        "one-entry-of-the-layer",
        r"A row $\mathbf{a}$ with three entries, $\mathbf{z} = \mathbf{a} \cdot W$ with two. What is $\frac{\partial z_2}{\partial a_1}$?",
        given={
            "a": Draw((3,), -4, 4, 1, first=[4, 2, -1]),
            "W": Draw((3, 2), -3, 3, 0.5, first=[[1, -2], [0.5, 3], [2, 1]]),
        },
        answer="[1, 0, 0] @ W @ [0, 1]",
        truth=lambda a, W: jacobian(lambda a: a @ W, a, method="complex")[0, 1],
        slips={
            "[0, 1, 0] @ W @ [1, 0]": "Row and column were exchanged: rows belong to inputs.",
            "[1, 0, 0] @ a": "That is the input: the slope with respect to the *weight*.",
            "([1, 0, 0] @ a) * ([1, 0, 0] @ W @ [0, 1])": "That is the whole term, not its slope.",
            "[0, 1] @ (a @ W)": "That is the value of $z_2$.",
            "[1, 0, 0] @ W @ [1, 1]": "The row was added up: $a_1$ reaches each output by one weight of its own.",
            "[1, 1, 1] @ W @ [0, 1]": "The column was added up: only $a_1$ moves.",
            "[1, 0, 0] @ W @ [1, 0]": "That is the weight on the way to $z_1$.",
            "[0, 1, 0] @ W @ [0, 1]": "That is the weight that starts at $a_2$.",
        },
        hint="Write down $z_2$, and underline the term with $a_1$.",
        why="The weight on the way from input 1 to output 2.",
    ),
    Expression(
        "the-layer-answers",
        r"The row $\mathbf{a}$ becomes `a + da`. By how much does $\mathbf{z} = \mathbf{a} \cdot W$ change?",
        given={"a": (1, 3), "da": (1, 3), "W": (3, 2)},
        answer="da @ W",
        like="z",
        truth=lambda a, da, W: (
            Dense(W, np.zeros((1, 2)), Identity()).forward(a + da)
            - Dense(W, np.zeros((1, 2)), Identity()).forward(a)
        ),
        slips={
            "(a + da) @ W": "That is the new value, not the change.",
            "a @ W": "That is the old value: how far does it move?",
            "a @ W - (a + da) @ W": "Old minus new: a change is new minus old.",
            "W @ da": "The change is a row, and stands in front of the table as $\\mathbf{a}$ does.",
            "W.T @ da.T": "Right numbers, standing up: $\\mathbf{z}$ is a row.",
            "da * a @ W": "The change was multiplied by the row that changes.",
        },
        hint="Subtract $\\mathbf{a} \\cdot W$ from the new value.",
        why="Slope times step, for all entries at once: the step times the Jacobian.",
    ),
    Blanks(
        "forward-and-back",
        "$x = a + 2b$, $f = x^3$. First forward: the values, above the nodes. Then backward: the derivatives of $f$, below them.",
        given={"a": Draw((), -3, 5, 1, first=3), "b": Draw((), -3, 5, 1, first=1)},
        answers={"x": "a + 2*b", "f": "x**3", "df_dx": "3*x**2", "df_da": "df_dx", "df_db": "2*df_dx"},
        truth=cube_and_slopes,
        labels={"x": "x", "f": "f", "df_dx": "∂f/∂x", "df_da": "∂f/∂a", "df_db": "∂f/∂b"},
        slips={
            "x": {
                "a + b": "$b$ counts twice.",
                "2*a + b": "The 2 stands with the other one.",
                "2*(a + b)": "The 2 stands with $b$ alone.",
            },
            "f": {
                "a**3": "That is $a$ cubed: what arrives at $f$ is $x$.",
                "3*x": "Three times, not to the third.",
                "x**2": "That is the square, one factor too few.",
            },
            "df_dx": {
                "x**2": "The factor 3 is lost.",
                "3*x": "The power was lost.",
                "1": "One arrives at $f$, the end: $x$ lies one arrow further back.",
                "6*x": "That is the second derivative.",
                "x**3": "That is the value.",
                "3*a**2": "Taken at $a$: its place is $x$.",
            },
            "df_da": {
                "1": "That is the local derivative alone: what arrives at $x$ comes on top, as a factor.",
                "2*df_dx": "That is the factor of the other arrow.",
                "6*x": "That is a second derivative.",
                "df_dx + 1": "Added: along a path the derivatives are multiplied.",
                "a*df_dx": "Multiplied by the value of $a$: on the arrow stands how $x$ changes with $a$.",
            },
            "df_db": {
                "df_dx": "The local derivative on the arrow is missing.",
                "df_dx + 2": "Added: along a path the derivatives are multiplied.",
                "2": "That is the local derivative alone.",
                "12*x": "That is a second derivative.",
                "df_dx / 2": "Divided: the local derivative is a factor.",
            },
        },
        figure=(
            cube_graph,
            "The graph of the composition: a and b point to x, x points to f. There are places for the values of x "
            "and f above their nodes, and for the derivatives of f below x, a and b.",
            {"x": (2, 1.12), "f": (4, 1.12), "df_dx": (2, -0.12), "df_da": (0, 0.63), "df_db": (0, -0.77)},
        ),
        hint="At the end of the chain stands 1; each step back multiplies by what stands on the arrow.",
        why="At $a$ arrives what arrives at $x$, at $b$ twice as much.",
    ),
    Expression(
        "one-error-squared",
        "A weight, an input, a target: the cost is $C = (wx - y)^2$. What is $\\frac{\\partial C}{\\partial w}$?",
        given={"w": Draw((), -3, 3, 0.5), "x": Draw((), -3, 3, 0.5), "y": Draw((), -3, 3, 0.5)},
        answer="2*(w*x - y)*x",
        truth=lambda w, x, y: slope(lambda w: (w * x - y) ** 2, w),
        slips={
            "2*(w*x - y)": "One arrow is missing: how does $wx$ change with $w$?",
            "2*(w*x - y)*w": "That is the slope with respect to $x$.",
            "2*(w*x - y)**2*x": "The square is still there: its exponent wasn't lowered.",
            "2*(y - w*x)*x": "The error was turned round.",
            "2*x": "The outer slope was taken at 1, not at the error.",
            "2*w*x**2": "$y$ disappears in the inner slope, not in the outer one.",
            "2*(w*x - y)*(x - 1)": "$y$ moved as well: only $w$ does.",
            "(w*x - y)**2*x": "The square stands there as it was: its exponent neither came down nor was lowered.",
            "2*(w*x - y)*(x - y)": "In the inner slope $y$ is a constant.",
            "2*(w*x - y)*w*x": "Multiplied by $wx$ itself, not by its slope.",
        },
        factors={"the slope of wx": "x", "the error": "w*x - y"},
        hint="Nodes: $q = wx$, $e = q - y$, $C = e^2$. Three local derivatives.",
        why="The same three factors come back in every network: of the square, of the minus, of the product.",
    ),
    Number(
        "lucky-place",
        "With $x^n$ in place of $x^3$, by $a$, the left side is $nx^{n-1}$, the right side $n(n-1)\\,x^{n-2}$. At which $x > 0$ are they equal all the same?",
        given={"n": Draw((), 3, 8, 1, first=3)},
        answer="n - 1",
        truth=lambda n: max(np.roots(np.polysub(*(np.polyder([1] + [0] * int(n), k) for k in (1, 2)))).real),
        slips={
            "n": "Divided by $x^{n-2}$, the left side keeps the factor $n$, too.",
            "1/(n - 1)": "Divided the other way round.",
            "n*(n - 1)": "The factor $n$ stands on both sides.",
            "1": "There all powers are 1, but the factors in front of them differ.",
            "n + 1": "A sign was lost on the way.",
            "0": "There both are zero, too, but $x > 0$ is asked for.",
        },
        hint="Divide both sides by $n\\,x^{n-2}$.",
        why="For $x^3$ that is a single place beside zero. Who tests there finds nothing wrong with the slide.",
    ),
    Blanks(
        "two-paths-meet",
        "$u = a^2$, $v = 3a + 1$, $y = uv$. Forward, then backward: what comes together at $a$?",
        given={"a": Draw((), -4, 6, 1, first=3)},
        answers={"u": "a**2", "v": "3*a + 1", "dy_du": "v", "dy_dv": "u", "dy_da": "dy_du*2*a + dy_dv*3"},
        truth=two_paths,
        labels={"u": "u", "v": "v", "dy_du": "∂y/∂u", "dy_dv": "∂y/∂v", "dy_da": "dy/da"},
        slips={
            "u": {
                "2*a": "That is the slope of $u$, not its value.",
                "a**3": "That is the third power.",
                "a": "That is $a$ itself: it still has to be squared.",
            },
            "v": {
                "3*a": "The 1 is missing.",
                "3": "That is the slope of $v$, not its value.",
                "4*a": "$3a$ and 1 were put together.",
            },
            "dy_du": {
                "u": "That is the value of $u$ itself: which number stands beside it in the product?",
                "2*a": "That is the slope of $u$ by $a$, one arrow further back.",
                "v*2*a": "The next arrow back is multiplied in already.",
                "u*v": "That is the value of $y$.",
                "1": "That is the slope of a sum.",
            },
            "dy_dv": {
                "v": "That is the value of $v$ itself: which number stands beside it in the product?",
                "3": "That is the slope of $v$ by $a$, one arrow further back.",
                "3*u": "The next arrow back is multiplied in already.",
                "u*v": "That is the value of $y$.",
                "1": "That is the slope of a sum.",
            },
            "dy_da": {
                "dy_du*2*a": "That is the path through $u$ alone.",
                "dy_dv*3": "That is the path through $v$ alone.",
                "2*a*3": "The slopes of $u$ and of $v$ were multiplied: $u'v'$.",
                "dy_du*2*a*dy_dv*3": "The two paths were multiplied.",
                "dy_du + dy_dv": "Added before the last arrows: each path has one more factor.",
                "2*a + 3": "That is $u' + v'$: what arrives at $u$ and at $v$ is missing.",
                "2*a*u + 3*v": "Each path has the other one's factor at the product.",
                "u*v": "That is the value of $y$.",
                "dy_du*2 + dy_dv*3": "On the arrow from $a$ to $u$ stands $2a$.",
            },
        },
        figure=(
            paths_graph,
            "The graph of y = u v: a points to u and to v, and both point to y. There are places for the values of u "
            "and v above their nodes, and for the derivatives of y below u, v and a.",
            {"u": (2, 2.17), "v": (2, 0.17), "dy_du": (2, 1.03), "dy_dv": (2, -0.97), "dy_da": (0, -0.02)},
        ),
        hint="Multiply along each path, then add.",
        why="Check by the product rule: $y = 3a^3 + a^2$ has the slope $9a^2 + 2a$.",
    ),
    Expression(
        "along-the-gates",
        "Multiply the four along the path: what is $\\frac{da}{dz}$? You may write it with $e^{-z}$, or with `sigmoid(z)`. (In NumPy $e^{-z}$ is `np.exp(-z)`.)",
        given={"z": Draw((), -2, 2, 0.5)},
        answer="exp(-z)/(1 + exp(-z))**2",
        truth=lambda z: slope(Sigmoid().value, z),
        slips={
            "-exp(-z)/(1 + exp(-z))**2": "One of two minus signs was lost on the way.",
            "1/(1 + exp(-z))**2": "The local derivative of the exponential is missing.",
            "-1/(1 + exp(-z))**2": "That is the last gate alone.",
            "exp(-z)/(1 + exp(-z))": "The power at the last gate wasn't lowered: it goes from $-1$ to $-2$.",
            "exp(-z)": "The last gate is missing.",
            "1/(1 + exp(-z))": "That is the value, not its slope.",
            "-exp(-z)/(1 + exp(-z))": "The last gate is $1/w$: its slope has a square.",
            "exp(z)/(1 + exp(-z))**2": "The slope of the exponential was taken at $z$: its place is $u$.",
            "exp(-z)/(1 + exp(-z)**2)": "The square belongs to the whole bracket.",
        },
        factors={"v, of the exponential": "exp(-z)", "1/w², of the last gate": "1/(1 + exp(-z))**2"},
        hint="$-\\frac{1}{w^2}$, then $1$, then $v$, then $-1$.",
        why="$\\frac{da}{dz} = -\\frac{1}{w^2} \\cdot 1 \\cdot v \\cdot (-1) = \\frac{v}{w^2}$.",
    ),
    Number(
        "slope-from-the-activation",
        "A neuron's activation is $a = \\sigma(z)$; nobody tells you $z$. How steep is the sigmoid there?",
        given={"a": Draw((), 0.1, 0.9, 0.1, first=0.8)},
        answer="a*(1 - a)",
        truth=lambda a: slope(Sigmoid().value, np.log(a / (1 - a))),
        slips={
            "1 - a": "That is $1 - a$: a factor is missing.",
            "a*a": "Both factors are $a$.",
            "(1 - a)**2": "Both factors are $1 - a$.",
            "a": "That is the value itself, not its slope.",
            "sigmoid(a)*(1 - sigmoid(a))": "The sigmoid was applied once more: $a$ is its value already.",
            "a*(a - 1)": "The difference was turned round: a sigmoid never falls.",
            "1 - a**2": "That is the slope of tanh.",
            "1/4": "That is the slope where $a = \\frac12$.",
        },
        hint="The boxed formula, its second line.",
        why="The forward pass has $a$ already: one subtraction and one product give the slope.",
    ),
    Blanks(
        "steepest-sigmoid",
        "At which $z$ is the sigmoid steepest, and how steep is it there?",
        answers={"z": "0", "slope": "sigmoid(z)*(1 - sigmoid(z))"},
        truth=steepest_sigmoid,
        slips={
            "z": {
                "1/2": "That is the activation at the place, not the place.",
                "1": "There the sigmoid is bending already.",
                "6": "Far out it is almost level.",
            },
            "slope": {
                "1": "As steep as $a = z$: no sigmoid gets there.",
                "sigmoid(z)": "That is the activation there, not the slope.",
                "z*(1 - z)": "The rule was written with $z$, and it needs $a$.",
                "1 - sigmoid(z)**2": "That is the slope of tanh.",
            },
        },
        hint="As a function of $a$ the slope is $a - a^2$. Where is that largest?",
        why="$a - a^2$ has itself the slope $1 - 2a$, which is zero at $a = \\frac12$.",
    ),
    Blanks(
        "bend-at-the-level-places",
        "What is the second derivative at the three level places?",
        given={"p": -1, "q": 0, "r": 2},
        answers={
            "at_p": "36*p**2 - 24*p - 24",
            "at_q": "36*q**2 - 24*q - 24",
            "at_r": "36*r**2 - 24*r - 24",
        },
        truth=bends,
        labels={"at_p": "at p", "at_q": "at q", "at_r": "at r"},
        slips={
            "at_p": {
                "36*p**2 + 24*p - 24": "Minus times minus: $-24x$ at a negative place.",
                "-36*p**2 - 24*p - 24": "The square of a negative number is positive.",
                "36*p**2 - 24*p": "The last term is missing.",
                "36*p**2 - 24": "The middle term is missing.",
                "-36*p**2 + 24*p - 24": "Two signs were lost: a square isn't negative, and minus times minus is plus.",
                "12*p**3 - 12*p**2 - 24*p": "That is the first derivative: these places are level.",
                "3*p**4 - 4*p**3 - 12*p**2": "That is the height.",
            },
            "at_q": {
                "0": "That is the first derivative, or the height. One term of the second has no $x$ to make it zero.",
                "24": "The sign of the last term was lost.",
                "-12": "As if $x$ were 1 there.",
            },
            "at_r": {
                "36*r - 24*r - 24": "That is the first derivative, or the square is missing.",
                "36*r**2 - 24": "The middle term is missing.",
                "36*r**2 - 24*r": "The last term is missing.",
                "3*r**4 - 4*r**3 - 12*r**2": "That is the height.",
            },
        },
        table=[["$x$", "second derivative"], ["$p$", "at_p"], ["$q$", "at_q"], ["$r$", "at_r"]],
        hint="Put the places into the third line of the formulas above.",
        why="Positive, negative, positive: minimum, maximum, minimum. The sign is all that the test needs.",
    ),
    Choice(
        "level-and-undecided",
        "At some place both the first and the second derivative are zero. What is there?",
        right="A minimum, a maximum or neither: each is possible",
        wrong={
            "Neither: the curve only pauses there": "So does $x^3$ at $0$. But what does $x^4$ do?",
            "A minimum: the second derivative isn't negative": "It isn't positive either. Think of $-x^4$ at $0$.",
            "That can't be, except on a straight line": "$x^4$ has both of them zero at one place, and is no straight line.",
        },
        hint="Try $x^3$, $x^4$ and $-x^4$ at $0$.",
        why="$x^4$, $-x^4$ and $x^3$ at $0$: three functions, three answers.",
    ),
    Choice(
        "arrows-around-a-minimum",
        "Gradient arrows point uphill. How do they stand around a minimum like the bowl's?",
        right="Away from it, on all sides",
        wrong={
            "Towards it, on all sides": "That is the way a ball rolls. The gradient points the other way.",
            "Round it, along the level lines": "Along a level line the slope is zero: the gradient stands at a right angle on it.",
            "Some towards it, some away": "Then there is a way up and a way down: that isn't a minimum.",
        },
        truth=arrows_around_a_minimum,
        why="From the bottom every way leads up.",
    ),
    Blanks(
        "penalty-graph",
        "The numbers of exercise 4: values forward, slopes of $c$ backward.",
        given={
            "w": Draw((), -3, 4, 1, first=3),
            "x": Draw((), -3, 4, 1, first=2),
            "y": Draw((), -3, 4, 1, first=1),
        },
        answers={
            "q": "w*x",
            "e": "q - y",
            "s": "e**2",
            "r": "w**2",
            "c": "s + r",
            "dc_de": "2*e",
            "dc_dq": "dc_de",
            "dc_dw": "dc_dq*x + 2*w",
        },
        truth=penalty,
        labels={"dc_de": "∂c/∂e", "dc_dq": "∂c/∂q", "dc_dw": "∂c/∂w"},
        slips={
            "q": {"w + x": "Added: a weight multiplies its input."},
            "e": {"y - q": "Turned round: here it is $q - y$.", "q + y": "Added: an error is a difference."},
            "s": {
                "2*e": "That is the slope of the square, not its value.",
                "e": "That is the error itself: it still has to be squared.",
            },
            "r": {
                "2*w": "That is the slope of the square, not its value.",
                "w": "That is the weight itself: the penalty is its square.",
            },
            "c": {
                "s - r": "Subtracted: a penalty is added.",
                "s": "The penalty is missing.",
                "s*r": "Multiplied: the two parts of the cost are added.",
            },
            "dc_de": {"e": "The 2 that the square brings down is missing.", "e**2": "That is the value."},
            "dc_dq": {
                "-dc_de": "The minus stands at $y$: how does $q - y$ change with $q$?",
                "dc_de*x": "That is one arrow further: $x$ stands between $w$ and $q$.",
            },
            "dc_dw": {
                "dc_dq*x": "That is the path through $q$ alone.",
                "2*w": "That is the path through $r$ alone.",
                "dc_dq*x*2*w": "The two paths were multiplied.",
                "dc_dq + 2*w": "On the arrow from $w$ to $q$ stands a factor.",
                "dc_dq*w + 2*w": "That is the slope of $q$ by $x$: here $w$ moves.",
                "dc_dq*x + w": "The 2 that the penalty's square brings down is missing.",
            },
        },
        table=[
            ["node", "value", "slope of $c$"],
            ["$q$", "q", "dc_dq"],
            ["$e$", "e", "dc_de"],
            ["$s$", "s", "1"],
            ["$r$", "r", "1"],
            ["$c$", "c", "1"],
            ["$w$", "", "dc_dw"],
        ],
        hint="Two paths meet at $w$.",
        why="One path pulls the weight towards the target, the other towards zero.",
    ),
    Blanks(
        "four-gates",
        "Two values $p$ and $q$ go into a gate; $g$ is the slope that arrives at its output. What does each gate hand back?",
        given={
            "p": Draw((), 2, 9, 1, first=4),
            "q": Draw((), 2, 9, 1, first=7),
            "g": Draw((), -5, 5, 1, first=3),
        },
        answers={
            "plus_p": "g",
            "plus_q": "g",
            "times_p": "g*q",
            "times_q": "g*p",
            "max_p": "where(p > q, g, 0)",
            "max_q": "where(p > q, 0, g)",
        },
        truth=four_gates,
        labels={
            "plus_p": "plus, to p",
            "plus_q": "plus, to q",
            "times_p": "times, to p",
            "times_q": "times, to q",
            "max_p": "max, to p",
            "max_q": "max, to q",
        },
        slips={
            "plus_p": {
                "g/2": "Shared out: but each input moves the sum fully.",
                "p": "That is the value that went in: slopes go back.",
                "p + q": "That is the value of the gate: slopes go back.",
                "g*(p + q)": "The slope was multiplied by the value of the gate.",
                "g*p": "Multiplied by the value: a sum moves as far as its input, whatever that is.",
                "1": "That is the local derivative alone.",
            },
            "plus_q": {
                "g/2": "Shared out: but each input moves the sum fully.",
                "q": "That is the value that went in: slopes go back.",
                "p + q": "That is the value of the gate: slopes go back.",
                "g*(p + q)": "The slope was multiplied by the value of the gate.",
                "g*q": "Multiplied by the value: a sum moves as far as its input, whatever that is.",
                "1": "That is the local derivative alone.",
            },
            "times_p": {
                "g*p": "Multiplied by its own value: how does $pq$ change when $p$ moves?",
                "g": "Handed on as it is: that is plus.",
                "q": "That is the local derivative alone.",
                "p": "That is the value that went in: slopes go back.",
                "p*q": "That is the value of the gate: slopes go back.",
                "g*p*q": "The slope was multiplied by the value of the gate.",
            },
            "times_q": {
                "g*q": "Multiplied by its own value: how does $pq$ change when $q$ moves?",
                "g": "Handed on as it is: that is plus.",
                "p": "That is the local derivative alone.",
                "q": "That is the value that went in: slopes go back.",
                "p*q": "That is the value of the gate: slopes go back.",
                "g*p*q": "The slope was multiplied by the value of the gate.",
            },
            "max_p": {
                "g": "The smaller one can move a little, and the maximum doesn't notice.",
                "g/2": "Shared out: but the maximum follows one of the two only.",
                "p": "That is the value that went in: slopes go back.",
                "maximum(p, q)": "That is the value of the gate: slopes go back.",
                "g*maximum(p, q)": "The slope was multiplied by the value of the gate.",
                "g*p": "Multiplied by the value, as times does with the other one's.",
            },
            "max_q": {
                "0": "The larger one is the maximum: it moves as this input does.",
                "g/2": "Shared out: but the maximum follows one of the two only.",
                "1": "That is the local derivative alone.",
                "q": "That is the value that went in: slopes go back.",
                "p": "That is the value of the other input: slopes go back.",
                "g*q": "Multiplied by the value: the maximum moves as far as its input, whatever that is.",
            },
        },
        table=[
            ["gate", "to $p$", "to $q$"],
            ["plus", "plus_p", "plus_q"],
            ["times", "times_p", "times_q"],
            ["max", "max_p", "max_q"],
        ],
        hint="Move one input a little: how far does the output move?",
        why="Plus distributes, times swaps, max routes.",
    ),
    Number(
        "pair-twice",
        "In the Jacobian of `pair(pair(x))` at $(x_1, x_2)$: which number stands in the first row and the first column?",
        given={"x1": Draw((), 1, 3, 1, first=1), "x2": Draw((), 1, 3, 1, first=2)},
        answer=corner(f"{HERE} @ {THERE}"),
        truth=lambda x1, x2: jacobian(lambda x: pair(pair(x)), np.array([x1, x2]), method="complex")[0, 0],
        slips={
            corner(f"{THERE} @ {HERE}"): "The outer table stands first: here the inner one does.",
            f"({corner(HERE)}) * ({corner(THERE)})": "Entry by entry: there is a second path, through the other middle number.",
            corner(
                f"{HERE} @ {HERE}"
            ): "The second table was taken at $(x_1, x_2)$: its place is what the first `pair` returns.",
            corner(THERE): "That is the outer table alone.",
            corner(HERE): "That is the inner table alone.",
            "5*(x1**2*x2)**2": "That is the path through the second middle number alone.",
            corner(f"{HERE} + {THERE}"): "The tables were added: along a path the slopes are multiplied.",
        },
        hint="First `pair` of the place, then both tables; row one of the inner one, column one of the outer one.",
        why="Two paths: through the first middle number and through the second.",
    ),
    Choice(
        "up-along-both-axes",
        "The example curves upwards along both axes. Is the origin a minimum?",
        right="No: in some direction it goes down",
        wrong={
            "Yes: both second derivatives are positive": "The axes are two directions of many. Try $\\theta$ between them.",
            "Yes: no entry of $H$ is negative": "In $\\mathbf{u}$ there may be a minus: then the mixed entries count as negative.",
            "No: the gradient there isn't zero": "Put the origin into $(2x + 3y,\\ 3x + 2y)$.",
        },
        truth=up_along_both_axes,
        hint="A sine can be as small as $-1$.",
        why="Where $y = -x$ the mixed term wins: a saddle.",
    ),
    Choice(
        "what-the-test-says",
        "$x^2 + y^4$, $x^2 - y^4$ and $x^2 + y^3$: what are their Hessians at the origin, and what does the test say?",
        right="Open, for all three",
        wrong={
            "A minimum, a saddle, open": "That comes from the functions themselves. The test sees the second derivatives *at the origin* only.",
            "A minimum, for all three": "None of the eigenvalues is negative; but for a minimum the smallest has to be more than zero.",
            "A minimum, a saddle, a saddle": "The second derivative of $-y^4$ is $-12y^2$. How much is that at the origin?",
        },
        truth=three_hessians,
        hint="Differentiate $y^4$, $-y^4$ and $y^3$ twice, then put in $y = 0$.",
        why="Each has the Hessian with $2$ in one corner and zeros elsewhere.",
    ),
    Choice(
        "a-tiny-step",
        "What does the forward line say for $h = 2^{-50}$, about $10^{-15}$?",
        right="A number that is off in its third digit",
        wrong={
            "The true slope, to fifteen digits": "So small is the error of the *formula*. The machine makes another one.",
            "Zero: $x + h$ is rounded to $x$": "Not yet: near $1.3$ the distance from one number of the machine to the next is $2^{-52}$.",
            "An error message: it divides by almost zero": "Dividing by something small is no trouble by itself: floating point has room for it.",
        },
        truth=tiny_step,
        hint="$f(x + h)$ and $f(x)$ have some sixteen digits. In how many of them do they differ?",
        why="The two values differ in their last digits only, and those are rounded.",
    ),
    Choice(
        "who-turns-first",
        "$h$ gets smaller and smaller. In which order do the errors of the three turn up again?",
        right="First the central one, then the forward one; the complex one never",
        wrong={
            "First the forward one, then the central one; the complex one never": "The forward formula is cruder: its own error covers the rounding for longer.",
            "Forward and central at the same step; the complex one never": "The rounding is about the same. But it is compared with another truncation error.",
            "All three, the complex one last": "In one of the three lines nothing is subtracted.",
        },
        truth=who_turns_first,
        hint="Compare $\\sqrt{\\epsilon}$ with the cube root of $\\epsilon$, which is larger.",
        why="The central difference turns first, at a larger step, but from a much smaller error. The complex step subtracts nothing.",
    ),
    Number(
        "through-the-length",
        "The slope of $|x|$ at $x = 3$ is one. What does the line `complex_step(abs, x, h)` say?",
        given={"x": 3, "h": 0.001},
        answer="0",
        truth=lambda x, h: float((abs(x + 1j * h)).imag / h),
        slips={
            "1": "That is the true slope. But what has `abs` left of the imaginary part?",
            "x": "That is the value of $|x|$.",
            "x/h": "The whole length was divided by $h$: the line takes its imaginary part.",
            "h": "That is the imaginary part that goes in, not the one that comes out.",
        },
        hint="A length is a real number. What is its imaginary part?",
        why="A length is real, its imaginary part is zero: a silent number that is far off.",
    ),
]
