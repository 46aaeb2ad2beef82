"""Who imports what in `lib`: its mathematics needs NumPy alone (see CONTRIBUTING)."""

import ast
import sys

import pytest

from tests.browser import ROOT

DRAWING = ("lib/figures/", "lib/live/", "lib/explore.py")
SHOWING = ("lib/live/", "lib/explore.py", "lib/prose.py")
PROVING = ("lib/proofs.py", "lib/ledger/")
WHERE = {
    "matplotlib": DRAWING,
    "PIL": DRAWING,  # comes with Matplotlib, as the next one
    "contourpy": DRAWING,
    "sympy": PROVING,
    "IPython": SHOWING,
    "ipywidgets": SHOWING,
    "numpy": ("lib/",),
    "lib": ("lib/",),
}
CLOCKS_AND_NETWORKS = {"time", "datetime", "random", "urllib", "http", "socket", "pathlib", "subprocess"}


def imported(source):
    """The packages that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def out_of_place(path, source):
    """The imports that a module of `lib` may not have."""
    standard = sys.stdlib_module_names - CLOCKS_AND_NETWORKS
    return [
        name for name in imported(source) if name not in standard and not path.startswith(WHERE.get(name, ()))
    ]


@pytest.mark.parametrize(
    "path", sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("lib/**/*.py")), ids=str
)
def test_every_import_is_in_its_place(path):
    assert out_of_place(path, (ROOT / path).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["import sympy", "from matplotlib.figure import Figure", "import time", "def f():\n    import torch"],
)
def test_an_import_out_of_place_is_found(source):
    assert len(out_of_place("lib/costs.py", source)) == 1
