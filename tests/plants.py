"""Planted errors: does a check refuse every one?  `python -m tests.plants`, or `make plants`.

The checks are the tests of `lib` themselves, not copies of them: for every plant, `lib` and the test modules are
imported afresh, the module with the error from memory, and the tests that run the changed line are
called one by one until one of them fails. The gradient checks come first.
"""

import importlib
import importlib.abc
import importlib.util
import inspect
import itertools
import signal
import sys
import time
import warnings
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pytest

from tests.harmless import HARMLESS, PATTERNS, fits
from tests.helpers import ROOT
from tests.planting import Plant, plants

PLANTED = ["activations", "costs", "network", "descent", "calculus", "checks", "datasets"]
# the doors of `checks` are tested where they stand
CHECKS = [f"tests.test_{name}" for name in PLANTED if name != "checks"]
# These ask one question: is the slope that `lib` ships the slope of the value that it ships?
GRADIENT_CHECKS = {
    "test_slope_against_difference_quotients",
    "test_complex_numbers_go_through",
    "test_gradient_against_central_difference",
    "test_gradient_against_complex_step",
    "test_mae_against_one_sided_differences",
    "test_every_gradient_against_complex_step",
}
LONGEST = 5000  # lines of lib that a check may run: whole trainings are left out
SECONDS = 5  # of processor time for one check: a plant that never ends is refused, too


class TooLong(BaseException):
    """A check ran out of time. Not an `Exception`, so that no check takes it for a refusal at a door."""


# Modules from memory


def source(name):
    path = ROOT / f"{name.replace('.', '/')}.py"
    return path if path.exists() else ROOT / name / "__init__.py"


class FromMemory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports `lib` and the checks from code that is held here: nothing is read twice, nothing written."""

    def __init__(self):
        rooms = ["lib", *(f"lib.{path.stem}" for path in (ROOT / "lib").glob("[a-z]*.py"))]
        self.code = {
            name: compile(source(name).read_text("utf-8"), str(source(name)), "exec")
            for name in [*rooms, "tests.helpers", *CHECKS]
        }

    def find_spec(self, name, path=None, target=None):
        if name in self.code:
            return importlib.util.spec_from_loader(name, self, is_package=name == "lib")

    def exec_module(self, module):
        module.__file__ = str(source(module.__name__))
        exec(self.code[module.__name__], vars(module))

    @contextmanager
    def imports(self, name=None, code=None):
        """Inside: an empty house. `lib` and the checks are imported afresh, `name` with this code."""
        kept = {key: sys.modules.pop(key) for key in list(sys.modules) if self.is_ours(key)}
        shipped, sys.meta_path[:0] = self.code.get(name), [self]
        if name is not None:
            self.code[name] = code
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            if name is not None:
                self.code[name] = shipped
            for key in [key for key in sys.modules if self.is_ours(key)]:
                del sys.modules[key]
            sys.modules.update(kept)

    def is_ours(self, name):
        return name in self.code or name.startswith("lib.")


# Checks


def cases(module):
    """{(name, number): call} of every case of every test of a module, without tests that want a fixture."""
    found = {}
    for name, test in vars(module).items():
        if name.startswith("test_") and inspect.isfunction(test) and not hasattr(test, "hypothesis"):
            choices = [list(choice(mark)) for mark in getattr(test, "pytestmark", [])]
            arguments = [dict(itertools.chain(*map(dict.items, c))) for c in itertools.product(*choices)]
            for number, case in enumerate(arguments):
                if set(inspect.signature(test).parameters) == set(case):
                    found[name, number] = lambda test=test, case=case: test(**case)
    return found


def no_such_case():
    """What is called in place of a case that a plant has made away with: lists are made by `lib`, too."""
    raise LookupError


def choice(mark):
    """The arguments that one `parametrize` offers, as dictionaries."""
    names, values = mark.args
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for value in values:
        yield dict(zip(names, [value] if len(names) == 1 else value, strict=True))


def refusal(check):
    """None if a check accepts; "value" if it says that a value is wrong; "exception" for anything else.

    NumPy's errors are set anew each time: a check that was stopped on its way out of an `errstate`
    would leave them silent for all that come after it.
    """
    try:
        with warnings.catch_warnings(), np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", DeprecationWarning)
            check()
    except (AssertionError, pytest.fail.Exception):
        return "value"
    except (Exception, TooLong):
        return "exception"
    return None


def out_of_time(signum, frame):
    raise TooLong


@contextmanager
def time_limit():
    if not hasattr(signal, "SIGVTALRM"):  # Windows: a plant that never ends is stopped by hand there
        yield
        return
    before = signal.signal(signal.SIGVTALRM, out_of_time)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@dataclass(frozen=True)
class Case:
    """One case of one test: where it is found again after an import, and which lines it runs."""

    module: str
    number: int
    name: str
    lines: frozenset  # of (file, line)
    length: int  # how many lines of lib it runs in all: short ones come first


class Tracer:
    """Which lines of `lib` run while it is on; it stops what runs too many of them."""

    def __init__(self, files):
        self.files, self.lines, self.length = files, set(), 0

    def __call__(self, frame, event, argument):
        if frame.f_code.co_filename not in self.files:
            return None
        self.length += 1
        if self.length > LONGEST:
            raise TooLong
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self

    def __enter__(self):
        self.before = sys.gettrace()
        sys.settrace(self)
        return self

    def __exit__(self, *error):
        sys.settrace(self.before)


class Checks:
    """All checks, run once on the shipped code with a look at which lines each of them runs."""

    def __init__(self):
        self.memory = FromMemory()
        files = {str(source(f"lib.{name}")) for name in PLANTED}
        self.cases = []
        with self.memory.imports():
            with Tracer(files) as everything:  # what runs at import, every check can see
                importlib.import_module("lib")
            self.at_import = everything.lines
            for module in CHECKS:
                for (name, number), check in cases(importlib.import_module(module)).items():
                    with Tracer(files) as seen:
                        wrong = refusal(check)
                    if seen.length > LONGEST:
                        continue
                    assert wrong is None, f"{module}.{name} refuses the code as it is shipped"
                    self.cases.append(Case(module, number, name, frozenset(seen.lines), seen.length))
        self.cases.sort(key=lambda case: (case.name not in GRADIENT_CHECKS, case.length))
        self.refused_last = {}  # when did a check last refuse a plant of this file? Neighbours are alike

    def that_see(self, file, lines):
        places = {(file, line) for line in lines}
        seen = [case for case in self.cases if places & self.at_import or places & case.lines]
        return sorted(
            seen, key=lambda c: (c.name not in GRADIENT_CHECKS, -self.refused_last.get((file, c), 0))
        )

    def judge(self, name, plant):
        """(how, by which check) a plant is refused; (None, None) if it survives."""
        file, found = str(source(f"lib.{name}")), {}
        with self.memory.imports(f"lib.{name}", plant.code):
            for case in self.that_see(file, plant.lines):
                with time_limit():
                    if case.module not in found:
                        wrong = refusal(lambda case=case: importlib.import_module(case.module))
                        if wrong:
                            return wrong, "import"
                        found[case.module] = cases(sys.modules[case.module])
                    wrong = refusal(found[case.module].get((case.name, case.number), no_such_case))
                if wrong:
                    self.refused_last[file, case] = len(self.refused_last) + 1
                    return wrong, case.name
        return None, None


@dataclass(frozen=True)
class Verdict:
    """What became of a plant: refused by a "value", by an "exception", or by nothing (None)."""

    room: str
    plant: Plant
    how: str | None
    by: str | None

    @property
    def patterns(self):
        """The patterns of `HARMLESS` that this plant fits."""
        plant = f"{self.room}.{self.plant.where}".strip("."), self.plant.before, self.plant.after
        return [pattern for pattern in PATTERNS if fits(pattern, *plant)]

    def __str__(self):
        p = self.plant
        return f"lib/{self.room}.py:{p.lines.start}  {p.before}\n    {p.operator}:  {p.after}"


def planted_in(rooms=PLANTED):
    """(room, plant) for every plant in these modules of lib."""
    for room in rooms:
        path = source(f"lib.{room}")
        for plant in plants(path.read_text("utf-8"), str(path)):
            yield room, plant


def judged(checks, rooms=PLANTED):
    """A `Verdict` for every plant in these modules of lib."""
    return [Verdict(room, plant, *checks.judge(room, plant)) for room, plant in planted_in(rooms)]


def survivors(verdicts):
    """The plants that nothing refused and that have no written reason."""
    return [v for v in verdicts if v.how is None and not v.patterns]


def stale(verdicts):
    """The patterns of `HARMLESS` that no surviving plant fits any more."""
    return sorted(set(PATTERNS) - {pattern for v in verdicts if v.how is None for pattern in v.patterns})


def report(verdicts, seconds):
    """The figures in all and by file, then every survivor with its reason."""
    head = (
        f"{'planted errors':<20}{'planted':>9}{'value':>9}{'exception':>11}{'harmless':>10}{'survived':>10}"
    )
    lines = [head + f"{'by gradient checks alone':>27}"]
    for room in ["", *dict.fromkeys(v.room for v in verdicts)]:
        here = [v for v in verdicts if room in ("", v.room)]
        how, left = Counter(v.how for v in here), len(survivors(here))
        alone = sum(v.by in GRADIENT_CHECKS for v in here)
        lines.append(
            f"{f'lib/{room}.py' if room else 'all':<20}{len(here):>9}{how['value']:>9}{how['exception']:>11}"
            f"{how[None] - left:>10}{left:>10}{alone:>27}"
        )
    lines.append(f"{seconds:.0f} s of processor time")
    for reason in [None, *HARMLESS]:
        alive = [v for v in verdicts if v.how is None]
        alike = [v for v in alive if reason in ([PATTERNS[pattern] for pattern in v.patterns] or [None])]
        if alike:
            lines += ["", f"Changes nothing: {reason}." if reason else "SURVIVED, without a reason:"]
            lines += [f"  {v}" for v in alike]
    return "\n".join(lines)


def main():
    start = time.process_time()
    rooms = sys.argv[1:] or PLANTED
    verdicts = judged(Checks(), rooms)
    print(report(verdicts, time.process_time() - start))
    sys.exit(1 if survivors(verdicts) else 0)


if __name__ == "__main__":
    main()
