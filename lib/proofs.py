"""Proofs: the shipped lines, run on symbols, against SymPy's own derivative.

Nothing is written a second time here. The very `Dense`, `MSE`, `Sigmoid`, ... that the chapters
run on numbers are handed arrays of symbols; what comes out is a formula, and it either is the
derivative or it is not. Only exp, log, sqrt, tanh and sign, which NumPy cannot take of a symbol,
are replaced by SymPy's, and the sigmoid and its relatives by opaque functions with their rules.
"""

import copy
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import mpmath
import numpy as np
import sympy

from lib.activations import Sigmoid
from lib.network import Dense, Network


def symbols(name, *shape):
    """An array of real symbols of this shape: symbols("w", 2, 1) holds w_11 and w_21."""
    table = np.empty(shape, dtype=object)
    for index in np.ndindex(*shape):
        table[index] = sympy.Symbol(f"{name}_{''.join(str(i + 1) for i in index)}", real=True)
    return table


def entrywise(function):
    """A SymPy function, made to work on arrays entry by entry (and on a single expression)."""
    over_arrays = np.vectorize(function, otypes=[object])
    return lambda *arrays: over_arrays(*arrays)[()]


def derivatives(expression, variables):
    """SymPy's own derivative of one expression by every variable: the shape of `variables`."""
    return entrywise(lambda variable: sympy.diff(expression, variable))(variables)


class sigma(sympy.Function):
    """The sigmoid as an opaque function: all SymPy knows of it is sigma' = sigma (1 - sigma).

    That one rule is proven separately (`prove_activation(Sigmoid())`). Without exponentials a
    whole backward pass is a polynomial, and whether two polynomials are equal is decided exactly.
    """

    is_real = True

    def fdiff(self, argindex=1):
        return self * (1 - self)

    @classmethod
    def eval(cls, z):
        """sigma(-z) = 1 - sigma(z): the other rule, used where a cost asks for both signs."""
        if z.could_extract_minus_sign():
            return 1 - cls(-z)


class softplus(sympy.Function):
    """log(1 + e^z) as an opaque function: its derivative is sigma."""

    is_real = True

    def fdiff(self, argindex=1):
        return sigma(self.args[0])


class OpaqueSigmoid(Sigmoid):
    """The shipped sigmoid with `sigma` as its formula; `derivative` is the shipped line."""

    formula = staticmethod(entrywise(sigma))


SYMPY_FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "tanh": sympy.tanh,
    "sign": sympy.sign,
    "sigmoid": sigma,
    "softplus": softplus,
}


def on_symbols(formula):
    """A copy of an activation or a cost that takes symbols: SymPy's functions, the shipped lines."""
    formula = copy.copy(formula)
    for name, function in SYMPY_FUNCTIONS.items():
        if hasattr(formula, name):
            setattr(formula, name, entrywise(function))
    return formula


@contextmanager
def symbols_go_through(formula):
    """What NumPy cannot do with symbols becomes a ValueError with the name of the formula in it."""
    try:
        yield
    except TypeError as error:
        name = type(formula).__name__
        raise ValueError(
            f"{name}: expected lines that run on symbols, got: {error}. A function of NumPy belongs into an "
            f"attribute named {', '.join(SYMPY_FUNCTIONS)}; a choice, as at a kink, is proven on each side of "
            "it, by symbols that are positive or negative"
        ) from None


@dataclass(frozen=True)
class Proof:
    """One derivative from two sides: the shipped line on symbols, and SymPy's own."""

    name: str
    shipped: sympy.Expr
    derived: sympy.Expr

    @property
    def holds(self):
        return is_zero(self.shipped - self.derived)


def odd_sign(argument):
    """sign(-e) = -sign(e), so that both spellings of one sign meet in one letter."""
    return -sympy.sign(-argument) if argument.could_extract_minus_sign() else sympy.sign(argument)


def is_zero(expression):
    """Whether an expression is zero everywhere. Never yes and never no without a reason.

    Every function value inside it becomes a letter of its own, and exponentials become products of
    powers of letters; what is left is a fraction of two polynomials. Where its numerator, multiplied
    out, has no term left, the expression is zero, exactly, whatever the functions are.
    Where terms are left and there is a function, there has to be a point at which the expression is
    not zero, by 30 digits. Raises ValueError where none is found: then the functions obey a rule
    that is not known here, and the tool is at its end.
    """
    expression = sympy.sympify(expression).replace(sympy.sign, odd_sign)
    if expression.has(sympy.sin, sympy.cos, sympy.log):  # their rules, where they are needed
        expression = sympy.expand_log(expression.rewrite((sympy.sin, sympy.cos), sympy.exp))
    exponentials = expression.atoms(sympy.exp)
    letters = {atom: sympy.Dummy() for atom in expression.atoms(sympy.Function) - exponentials}
    letters |= powers(exponentials)
    numerator, _ = sympy.fraction(sympy.together(expression.xreplace(letters)))
    if sympy.expand(numerator) == 0:
        return True
    if not letters or differs_from_zero(expression):  # without functions, the polynomial has decided
        return False
    raise ValueError(
        f"expression: expected one that the known rules decide, got {expression}: zero at every "
        "point tried, but not proven"
    )


def powers(exponentials):
    """e^(2u - v/2) as U^2 / V^(1/2), so that e^-v and e^v meet in powers of one letter: {e^…: product}."""
    letters = {}

    def power(term):
        count, rest = term.as_coeff_Mul()
        count, rest = (count, rest) if count.is_Rational else (1, term)
        return letters.setdefault(rest, sympy.Dummy()) ** count

    return {e: sympy.prod(map(power, sympy.Add.make_args(e.args[0]))) for e in exponentials}


def differs_from_zero(expression):
    """Whether an expression has another value than 0, or none at all, at one of a few points."""
    opaque = {
        "sigma": lambda z: 1 / (1 + mpmath.exp(-z)),
        "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
    }
    names = sorted(expression.free_symbols, key=str)
    value_at = sympy.lambdify(names, expression, modules=[opaque, "mpmath"], cse=True)
    for turn in range(4):
        sizes = [mpmath.mpf((7 * place + 3 * turn) % 11 + 1) / 5 for place in range(len(names))]
        signs = [-1 if n.is_negative or (turn & 1 and not n.is_positive) else 1 for n in names]
        with mpmath.workdps(30):
            value = value_at(*(sign * size for sign, size in zip(signs, sizes, strict=True)))
            if not abs(value) < 1e-20:  # `not <`, since nan is no zero
                return True
    return False


def compare(name, shipped, derived):
    """A `Proof` for every entry of two arrays of one shape."""
    if np.shape(shipped) != np.shape(derived):
        raise ValueError(f"{name}: expected shape {np.shape(derived)}, got {np.shape(shipped)}")
    return [
        Proof(f"d cost / d {name}{[i + 1 for i in index]}", shipped[index], derived[index])
        for index in np.ndindex(np.shape(derived))
    ]


def prove_activation(activation, z=None):
    """The slope that `derivative` computes from the activation, against SymPy's d formula / dz.

    z: a symbol, any real number by default. Raises ValueError where the lines do not run on it, as
    at a kink: there `sympy.Symbol("z", positive=True)` proves one side, `negative=True` the other.
    """
    z = sympy.Symbol("z", real=True) if z is None else z
    formula, z_array = on_symbols(activation), np.array([[z]], dtype=object)
    with symbols_go_through(activation):
        a = formula.formula(z_array)
        shipped, derived = formula.derivative(a)[0, 0], sympy.diff(a[0, 0], z)
    return Proof(f"d {type(activation).__name__} / dz", shipped, derived)


def prove_cost(cost, samples=4, outputs=1):
    """A cost's `slope` against SymPy's derivative of its `formula`, for every prediction.

    Raises ValueError where its lines do not run on symbols.
    """
    formula = on_symbols(cost)
    y_hat, y = symbols("p", samples, outputs), symbols("y", samples, outputs)
    with symbols_go_through(cost):
        derived = derivatives(formula.formula(y_hat, y), y_hat)
        return compare("y_hat", formula.slope(y_hat, y), derived)


def symbolic_network(sizes, output=None):
    """A network of the shipped `Dense` layers whose every parameter is a symbol."""
    layers = []
    for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        last = number == len(sizes) - 1
        activation = output if last and output is not None else OpaqueSigmoid()
        W, b = symbols(f"W{number}", n_in, n_out), symbols(f"b{number}", 1, n_out)
        layers.append(Dense(W, b, activation))
    return Network(layers)


def prove_network(sizes, cost, samples=4, output=None):
    """The whole backward pass, for every parameter and every input, against SymPy.

    sizes: the widths, for example (2, 2, 1); samples: rows of X, all of them symbols; `output`:
    the last activation where it is not the sigmoid. Returns a list of `Proof`. Raises ValueError
    where the lines of the cost or the output do not run on symbols.
    """
    network, formula = symbolic_network(sizes, output), on_symbols(cost)
    X, y = symbols("x", samples, sizes[0]), symbols("y", samples, sizes[-1])
    with symbols_go_through(output):
        y_hat = network.propagate(X)
    with symbols_go_through(cost):
        C, slope = formula.formula(y_hat, y), formula.slope(y_hat, y)
    dC_dX = network.back_propagate(slope)
    proofs = compare("X", dC_dX, derivatives(C, X))
    for number, layer in enumerate(network.layers, start=1):
        proofs += compare(f"W{number}", layer.dW, derivatives(C, layer.W))
        proofs += compare(f"b{number}", layer.db, derivatives(C, layer.b))
    return proofs
