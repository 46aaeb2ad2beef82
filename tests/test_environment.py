"""What is installed: one range for each package, a lock within the ranges, one meaning of "or newer"."""

import re
import sys
import tomllib

import pytest
import python
import yaml
from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION
from packaging.requirements import Requirement

from tests.browser import ROOT

REQUIREMENTS = (ROOT / "requirements.txt").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in ROOT.glob(".github/workflows/*.yml")
}


def requirements(text):
    """Every requirement of a file: names, ranges and for which Python."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def outside(requirement, lock=LOCK):
    """The versions in the lock that the range doesn't let in: it may be another for another Python."""
    wanted = requirement.name.lower()
    own = [one.specifier for one in requirements(lock) if one.name.lower().replace("_", "-") == wanted]
    versions = [str(specifier).removeprefix("==") for specifier in own] or ["none"]
    return [v for v in versions if v == "none" or v not in requirement.specifier]


@pytest.mark.parametrize("requirement", requirements(REQUIREMENTS), ids=lambda own: own.name)
def test_the_lock_lies_within_the_ranges(requirement):
    wrong = outside(requirement)
    said = f"requirements.lock has {requirement.name} {wrong}, not {requirement.specifier}: `make lock`"
    assert wrong == [], said


def test_a_stale_lock_is_found():
    numpy = Requirement("numpy>=2.0,<3")
    assert outside(numpy, "numpy==1.26.4\nnumpy==2.4.0 ; python_version > '3.11'") == ["1.26.4"]
    assert outside(numpy, "matplotlib==3.10.0") == ["none"]


def test_the_lock_names_no_place():
    assert not re.search(r"https?:|file:|^--", LOCK, flags=re.MULTILINE)


@pytest.mark.parametrize("dependency", PROJECT["dependencies"])
def test_an_installation_asks_for_what_the_chapters_run_with(dependency):
    (own,) = [one for one in requirements(REQUIREMENTS) if one.name == Requirement(dependency).name]
    assert set(Requirement(dependency).specifier) <= set(own.specifier)


def test_or_newer_means_every_python_from_the_oldest_to_the_newest_that_is_tested():
    versions = WORKFLOWS["course"]["jobs"]["test"]["strategy"]["matrix"]["python"]
    tested = [int(own.removeprefix("3.")) for own in versions]
    assert tested == list(range(tested[0], tested[-1] + 1))
    assert PROJECT["requires-python"] == f">=3.{tested[0]}"
    assert f"Python 3.{tested[0]} or newer (tested up to 3.{tested[-1]})" in README
    assert f"Python 3.{tested[0]} or newer" in (ROOT / "chapters" / "index.ipynb").read_text("utf-8")
    assert f"(3, {tested[0]})" in (ROOT / "Makefile").read_text("utf-8")
    assert tested[0] <= sys.version_info[1]


def test_every_change_is_tested_with_the_lock():
    assert WORKFLOWS["course"]["env"]["REQUIREMENTS"] == "requirements.lock"
    versions = WORKFLOWS["thorough"]["jobs"]["everything"]["strategy"]["matrix"]["include"]
    assert {own["versions"] for own in versions} == {"locked", "newest", "oldest"}


def test_every_text_names_the_pyodide_that_is_built_for():
    """A new JupyterLite brings a new one."""
    line = PYODIDE_VERSION.rsplit(".", 1)[0]
    assert f"Pyodide {line}, with NumPy" in REQUIREMENTS
    named = set(re.findall(r"\d+\.\d+\.\d+", re.search(r".*Pyodide.*bz2.*", README)[0]))
    assert {version.rsplit(".", 1)[0] for version in named} == {line}


def test_readme_says_what_a_click_fetches():
    """tests/test_python_page.py measures it."""
    assert f"what of `lib` needs NumPy alone, {python.MEGABYTES} MB, after the click" in README
