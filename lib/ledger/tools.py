"""What several checks need: are two things the same, and how is a number written?"""

import numpy as np
import sympy


def tex(expression):
    return f"${sympy.latex(sympy.sympify(expression))}$"


def same(claimed, computed):
    """Whether two formulas or matrices of formulas are equal, decided by SymPy."""
    if getattr(claimed, "shape", ()) != getattr(computed, "shape", ()):
        return False
    difference = sympy.simplify(claimed - computed)
    return difference == 0 if difference.is_Matrix is not True else difference.is_zero_matrix


def close(claimed, computed, within=1e-12):
    """Whether two tables of numbers have one shape and agree, relative to the larger one."""
    claimed, computed = np.asarray(claimed, dtype=float), np.asarray(computed, dtype=float)
    return claimed.shape == computed.shape and bool(np.allclose(claimed, computed, rtol=within, atol=within))


def shape_of(compute):
    """The shape of what `compute()` gives, or the sentence that NumPy refuses it with."""
    try:
        return np.shape(compute())
    except ValueError:
        return "the shapes do not fit"


def listed(numbers, digits=4):
    """Numbers in a row, as text: -0.2, -0.1, 0.1, 0.3."""
    return ", ".join(f"{number:.{digits}g}" for number in np.ravel(numbers))
