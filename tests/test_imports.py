"""Who imports what in `lib`: each room only rooms before it, and its mathematics needs NumPy alone."""

import ast
import re
import subprocess
import sys

import pytest

import lib
from tests.helpers import ROOT

# From the ground up. A room is a module or a folder; a new one gets its place here.
ROOMS = ["checks", "activations", "calculus", "costs", "network", "descent", "datasets"]
MATHEMATICS = tuple(ROOMS)
ROOMS += ["language", "proofs", "slips", "referee", "playground", "prose", "figures", "live", "explore"]
ROOMS += ["practice", "questions", "ledger"]
WHERE = {
    "matplotlib": ("figures", "live", "explore"),
    "PIL": ("figures", "live", "explore"),  # comes with Matplotlib, as the next one
    "contourpy": ("figures", "live", "explore"),
    "sympy": ("proofs", "ledger"),
    "mpmath": ("proofs", "ledger"),  # comes with SymPy
    "IPython": ("prose", "live", "explore", "practice"),
    "ipywidgets": ("live", "explore"),
    "numpy": ROOMS,
    "os": ("explore",),  # whether the book is being built
    "importlib": ("practice", "questions"),  # a chapter's questions; the scripts that come with an output
    "signal": ("referee",),  # an alarm for what never ends
    "threading": ("referee",),
    "linecache": ("referee",),  # the reader's own line, which it quotes
}
STANDARD = sys.stdlib_module_names - WHERE.keys() - {
    "time", "datetime", "random", "urllib", "http", "socket", "pathlib", "subprocess", "shutil", "tempfile"
}  # fmt: skip
READING = {"open", "exec", "eval", "input"}
HIDDEN_CHANCE = re.compile(r"np\.random\.(?!Generator|default_rng)\w+|np\.random\.default_rng\(\)")
FILES = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("lib/**/*.py"))]


def imported(tree, path):
    """The modules that a module imports, anywhere in it, by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            folder = ".".join(path.split("/")[: -node.level]) if node.level else ""
            module = ".".join(filter(None, (folder, node.module)))
            yield from (map(home, node.names) if module == "lib" else [module])


def home(alias):
    """The module of what is imported from `lib` itself: a room, or what a room has put there."""
    return f"lib.{alias.name}" if alias.name in ROOMS else vars(lib)[alias.name].__module__


def complaints(path, source):
    """What a module of `lib` may not import, read, or draw."""
    tree, room = ast.parse(source), path.split("/")[1].removesuffix(".py")
    if room not in [*ROOMS, "__init__"]:
        return [
            f"{path}: expected its room in ROOMS of tests/test_imports.py, in its place from the ground up"
        ]
    found = []
    for name in imported(tree, path):
        package, _, inner = name.partition(".")
        inner = inner.split(".")[0]
        if package == "lib":
            if room != "__init__" and ROOMS.index(inner) > ROOMS.index(room):
                found.append(f"{path}: expected rooms before {room} only, got {name}")
        elif package not in STANDARD and room not in WHERE.get(package, ()):
            found.append(f"{path}: expected no {package} in this room")
    for node in ast.walk(tree):
        text = ast.unparse(node) if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) else ""
        if text in READING or HIDDEN_CHANCE.fullmatch(text):
            found.append(f"{path}: expected no file, no program and no hidden chance, got {text}")
    return found


@pytest.mark.parametrize("path", FILES)
def test_every_import_is_in_its_place(path):
    assert complaints(path, (ROOT / path).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import sympy",
        "from matplotlib.figure import Figure",
        "import time",
        "from importlib.resources import files",
        "import os",
        "def f():\n    import torch",
        "from lib import descent",
        "from . import network",
        "from .network import Dense",
        "import lib.explore",
        "open('data.csv')",
        "np.random.rand()",
        "np.random.default_rng()",
    ],
)
def test_an_import_out_of_place_is_found(source):
    assert len(complaints("lib/costs.py", source)) == 1


def test_a_room_without_a_place_is_found():
    assert "in its place from the ground up" in complaints("lib/nowhere.py", "")[0]


def test_import_lib_brings_neither_sympy_nor_matplotlib():
    code = "import sys, lib; print([m for m in ('sympy', 'matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
