"""The code of the course: every chapter runs it, every test holds it.

Rows are samples, Z = A W + b, every gradient has the shape of its variable, every shape is read
from the right. Drawings are in `lib.figures`, proofs in `lib.proofs`: they bring Matplotlib and
SymPy along, so they are imported where they are used.
"""

from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.calculus import derivative, gradient, jacobian
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, mean_error
from lib.datasets import four_numbers, four_probabilities, line, xor
from lib.descent import History, gradient_descent, sgd, train
from lib.network import Dense, Network

__version__ = "0.1.0"

__all__ = [
    "BCE",
    "MAE",
    "MSE",
    "RMSE",
    "BCEWithLogits",
    "Dense",
    "History",
    "Identity",
    "Network",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "derivative",
    "four_numbers",
    "four_probabilities",
    "gradient",
    "gradient_descent",
    "jacobian",
    "line",
    "mean_error",
    "sgd",
    "train",
    "xor",
]
