"""What a new part of the course needs beside itself: what is missing is named in a sentence.

An activation, a cost, a room or a statement is found where it stands, and tested by all that tests
its kind. Here is asked for what cannot be found: the proof, the line in the notation, the plants.
"""

import ast
import re

import pytest

import lib
from lib import activations, calculus, costs, datasets, descent, ledger, network
from lib.questions import TITLES
from lib.referee import NAMES
from tests.derivatives import DERIVATIVES
from tests.helpers import ACTIVATIONS, COSTS, ROOT, cells, course, name_of
from tests.plants import PLANTED
from tests.test_imports import MATHEMATICS

NOTATION = (ROOT / "chapters" / "notation.md").read_text("utf-8")


def missing(formula, room, slope, entries=DERIVATIVES, notation=NOTATION):
    """What an activation or a cost lacks, as sentences that say what to do."""
    name, file = name_of(formula), room.__name__.replace(".", "/") + ".py"
    wanted = {
        f"a docstring in {file}: its formula and its slope": type(formula).__doc__,
        f"a method `formula` in {file}": hasattr(formula, "formula"),
        f"a method `{slope}` in {file}": hasattr(formula, slope),
        f"its name in __all__ of {file}": name in room.__all__,
        f"a row that ends in `{name}()` in chapters/notation.md": f"| `{name}()` |" in notation,
        f"an entry “{name}, the …” in tests/derivatives.py, which proves its slope": any(
            entry.name.startswith(f"{name}, the ") for entry in entries
        ),
    }
    return [f"{name}: expected {what}" for what, there in wanted.items() if not there]


@pytest.mark.parametrize("formula", ACTIVATIONS, ids=name_of)
def test_an_activation_has_all_that_it_needs(formula):
    lacking = missing(formula, activations, "derivative")
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("formula", COSTS, ids=name_of)
def test_a_cost_has_all_that_it_needs(formula):
    lacking = missing(formula, costs, "slope")
    assert not lacking, "\n".join(lacking)


def test_what_is_missing_is_named():
    class Bare(costs.Cost):
        __doc__ = None

    assert missing(Bare(), costs, "slope", [], "") == [
        "Bare: expected a docstring in lib/costs.py: its formula and its slope",
        "Bare: expected a method `formula` in lib/costs.py",
        "Bare: expected a method `slope` in lib/costs.py",
        "Bare: expected its name in __all__ of lib/costs.py",
        "Bare: expected a row that ends in `Bare()` in chapters/notation.md",
        "Bare: expected an entry “Bare, the …” in tests/derivatives.py, which proves its slope",
    ]


def test_lib_offers_what_its_rooms_offer():
    for room in (activations, calculus, costs, datasets, descent, network):
        for name in room.__all__:
            assert getattr(lib, name) is getattr(room, name), f"{name}: expected it in lib"
    assert lib.__version__.count(".") == 2


def test_every_room_of_the_mathematics_is_planted():
    bare = sorted(set(MATHEMATICS) - set(PLANTED))
    assert bare == [], (
        f"expected these rooms in PLANTED of tests/plants.py, so that errors are planted in them: {bare}"
    )


def test_every_statement_of_the_ledger_is_noted():
    """Without its file in `FILES`, or with no check under `states`, it would be nowhere, and nothing would say so."""
    known = {file.__name__.rpartition(".")[2] for file in ledger.FILES}
    for path in sorted((ROOT / "lib" / "ledger").glob("*.py")):
        lines = ast.parse(path.read_text("utf-8")).body
        if any(ast.unparse(line).startswith("section = Section(") for line in lines):
            assert path.stem in known, (
                f"lib/ledger/{path.name}: expected it in FILES of lib/ledger/__init__.py"
            )
        calls = [
            line.value for line in lines if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)
        ]
        bare = [ast.unparse(call.args[0]) for call in calls if ast.unparse(call.func) == "section.states"]
        assert bare == [], f"lib/ledger/{path.name}: expected a check under `section.states` of {bare}"


# Numbers and names of chapters that are typed, each where it is read


TEXTS = sorted((ROOT / "chapters").glob("*.[im]*"))
COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
)
COUNTED += "seventeen eighteen nineteen twenty".split()


def words(path):
    return "\n".join(cells(path, "markdown")) if path.suffix == ".ipynb" else path.read_text("utf-8")


@pytest.mark.parametrize(
    ("what", "count", "pages"),
    [
        (
            "chapters",
            len(course()),
            "README.md CITATION.cff chapters/descriptions.yml chapters/index.ipynb _ext/pictures.py",
        ),
        (
            "steps",
            len(NAMES),
            "chapters/descriptions.yml chapters/instructor.md chapters/workshop.ipynb",
        ),
    ],
)
def test_how_many_there_are_is_said_as_it_is(what, count, pages):
    for page in pages.split():
        said = re.findall(rf"(?i)\b({'|'.join(COUNTED)}) (?:small )?{what}\b", words(ROOT / page))
        assert {one.lower() for one in said} == {COUNTED[count - 1]}, f"{page}: how many {what} are there?"


def test_every_title_and_number_of_a_chapter_is_its_own():
    named = {}
    for number, name in enumerate(course(), start=1):
        title = re.match(r"# (.+)", words(ROOT / "chapters" / f"{name}.ipynb"))[1]
        named[name] = {f"{number} {title}", f"chapter {number}", f"Chapter {number}", f"{number}"}
        assert TITLES[name] == f"{number} {title}", f"TITLES of lib/questions: expected {number} {title}"
    for path in TEXTS:
        for label, name in re.findall(r"\[((?:[Cc]hapter )?\d[^]]*)\]\((\w+)\.ipynb[^)]*\)", words(path)):
            assert label in named.get(name, ()), f"{path.name}: {label!r} leads to {name}"
