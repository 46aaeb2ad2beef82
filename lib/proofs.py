"""Proofs: the shipped lines, run on symbols, against SymPy's own derivative.

Nothing is written a second time here. The very `Dense`, `MSE`, `Sigmoid`, ... that the chapters
run on numbers are handed arrays of symbols; what comes out is a formula, and it either is the
derivative or it is not. Only exp, log, sqrt, tanh and sign, which NumPy cannot take of a symbol,
are replaced by SymPy's.
"""

import copy
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import sympy

from lib.activations import Sigmoid
from lib.costs import BCEWithLogits
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


SYMPY_FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "tanh": sympy.tanh,
    "sign": sympy.sign,
}


def on_symbols(formula):
    """A copy of an activation or a cost that takes symbols: SymPy's functions, the shipped lines."""
    formula = copy.copy(formula)
    for name, function in SYMPY_FUNCTIONS.items():
        if hasattr(formula, name):
            setattr(formula, name, entrywise(function))
    if isinstance(formula, BCEWithLogits):
        formula.sigmoid, formula.softplus = entrywise(sigma), entrywise(softplus)
    return formula


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
    """The shipped sigmoid with `sigma` as its value; `derivative` is the shipped line."""

    value = staticmethod(entrywise(sigma))


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
    """Whether an expression is zero everywhere, decided exactly.

    Every function value inside it becomes a letter of its own, and exponentials become products of
    powers of letters; what is left is a fraction of two polynomials, and it is zero exactly when the
    numerator, multiplied out, has no term left.
    """
    expression = sympy.sympify(expression).replace(sympy.sign, odd_sign)
    letters, bases = {}, {}
    for atom in expression.atoms(sympy.Function):
        letters[atom] = powers(atom, bases) if isinstance(atom, sympy.exp) else sympy.Dummy()
    numerator, _ = sympy.fraction(sympy.together(expression.xreplace(letters)))
    return sympy.expand(numerator) == 0


def powers(exponential, bases):
    """e^(2u - v) as U^2 / V, so that e^-v and e^v meet in one letter. `bases` remembers U and V."""
    product = sympy.Integer(1)
    for term in sympy.Add.make_args(exponential.args[0]):
        count, rest = term.as_coeff_Mul()
        if not count.is_Integer:
            count, rest = sympy.Integer(1), term
        product *= bases.setdefault(rest, sympy.Dummy()) ** count
    return product


def compare(name, shipped, derived):
    """A `Proof` for every entry of two arrays of one shape."""
    if np.shape(shipped) != np.shape(derived):
        raise ValueError(f"{name}: expected shape {np.shape(derived)}, got {np.shape(shipped)}")
    return [
        Proof(f"d cost / d {name}{[i + 1 for i in index]}", shipped[index], derived[index])
        for index in np.ndindex(np.shape(derived))
    ]


def prove_activation(activation, z=None):
    """The slope that `derivative` computes from the activation, against d value / dz."""
    z = sympy.Symbol("z", real=True) if z is None else z
    formula, z_array = on_symbols(activation), np.array([[z]], dtype=object)
    a = formula.value(z_array)
    shipped, derived = formula.derivative(a)[0, 0], sympy.diff(a[0, 0], z)
    return Proof(f"d {type(activation).__name__} / dz", shipped, derived)


def prove_cost(cost, samples=4, outputs=1):
    """A cost's `slope` against SymPy's derivative of its `formula`, for every prediction."""
    formula = on_symbols(cost)
    y_hat, y = symbols("p", samples, outputs), symbols("y", samples, outputs)
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
    the last activation where it is not the sigmoid. Returns a list of `Proof`.
    """
    network, formula = symbolic_network(sizes, output), on_symbols(cost)
    X, y = symbols("x", samples, sizes[0]), symbols("y", samples, sizes[-1])
    y_hat = network.propagate(X)
    C = formula.formula(y_hat, y)
    dC_dX = network.back_propagate(formula.slope(y_hat, y))
    proofs = compare("X", dC_dX, derivatives(C, X))
    for number, layer in enumerate(network.layers, start=1):
        proofs += compare(f"W{number}", layer.dW, derivatives(C, layer.W))
        proofs += compare(f"b{number}", layer.db, derivatives(C, layer.b))
    return proofs
