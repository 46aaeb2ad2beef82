"""The code of the course: every chapter runs it, every test holds it.

Rows are samples, Z = A W + b, every gradient has the shape of its variable, every shape is read
from the right. Drawings are in `lib.figures`, proofs in `lib.proofs`: they bring Matplotlib and
SymPy along, so they are imported where they are used.
"""

from lib.activations import *  # noqa: F403
from lib.calculus import *  # noqa: F403
from lib.costs import *  # noqa: F403
from lib.datasets import *  # noqa: F403
from lib.descent import *  # noqa: F403
from lib.network import *  # noqa: F403

__version__ = "0.1.0"
