"""A build is done anew exactly where what it is made from has changed, and a failed one is never done."""

import importlib.util
import json
import os
import shutil
import sys
from types import SimpleNamespace

import pytest

from tests import conftest
from tests.browser import ROOT

FILES = {
    "tools/stamp.py": (ROOT / "tools" / "stamp.py").read_text("utf-8"),
    "pyproject.toml": '[build-system]\n[project]\nname = "x"\n[tool.ruff]\n',
    "requirements.txt": "numpy>=2\n",
    "requirements.lock": "numpy==2.4.6\n",
    "lib/__init__.py": '__version__ = "0.1.0"\n',
    "chapters/one.md": "# One\n",
    "chapters/two.md": "# Two\n",
    "_config.yml": "title: One\n",
    "_ext/stage/rest.py": "",
    ".venv/lib/python3.11/site-packages/numpy-2.4.6.dist-info/METADATA": "",
}


def stamp_of(folder):
    """The module as it stands in that folder."""
    spec = importlib.util.spec_from_file_location("stamp", folder / "tools" / "stamp.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course whose site was built; and whether another `make book` builds it again."""
    for variable in ("PYODIDE_DIR", "REQUIREMENTS"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "course"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    assert builds(folder)
    assert not builds(folder)
    return folder


def builds(folder, code="open('built', 'a').write('x')"):
    """Whether the command is run."""
    (folder / "built").unlink(missing_ok=True)
    stamp_of(folder).make("book", [sys.executable, "-c", code])
    return (folder / "built").exists()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("chapters/one.md", "# Another\n", "chapters/one.md changed"),
        ("chapters/two.md", None, "chapters/two.md is gone"),
        ("lib/more.py", "", "lib/more.py is new"),
        ("_config.yml", "title: Two\n", "_config.yml changed"),
        ("_ext/stage/rest.py", "pass", "_ext/stage/rest.py changed"),
        ("requirements.txt", "numpy>=2\nmatplotlib\n", "requirements.txt changed"),
        ("lib/__init__.py", '__version__ = "0.2.0"\n', "the version changed"),
        (
            "pyproject.toml",
            '[build-system]\n[project]\nname = "y"\n',
            "the project in pyproject.toml changed",
        ),
    ],
)
def test_a_change_is_noticed_and_said(course, capfd, name, text, said):
    (course / name).unlink() if text is None else (course / name).write_text(text, "utf-8")
    assert builds(course)
    assert said in capfd.readouterr().out
    assert not builds(course)


@pytest.mark.parametrize(
    ("name", "value"), [("PYODIDE_DIR", "/somewhere"), ("REQUIREMENTS", "requirements.lock")]
)
def test_a_variable_is_noticed(course, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert builds(course)
    assert not builds(course)
    monkeypatch.delenv(name)
    assert builds(course)


def test_another_version_is_noticed(course):
    packages = course / ".venv/lib/python3.11/site-packages"
    (packages / "jupyterlab-4.5.0.dist-info").mkdir()  # nothing that the course asks for
    assert not builds(course)
    (packages / "numpy-2.4.6.dist-info").rename(packages / "numpy-2.5.0.dist-info")
    assert builds(course)


def test_another_python_is_noticed(course):
    module = stamp_of(course)
    assert module.changes("book") == []
    module.platform = type("Other", (), {"python_version": staticmethod(lambda: "3.99.0")})
    assert module.changes("book") == ["Python changed"]


def test_a_copied_or_renamed_folder_is_noticed(course):
    shutil.copytree(course, course.parent / "copy")
    assert builds(course.parent / "copy")
    assert not builds(course)
    assert builds(course.rename(course.parent / "renamed"))


def test_a_touched_file_and_what_tools_leave_behind_are_no_change(course):
    os.utime(course / "chapters" / "one.md", (1, 1))
    for name in (".ruff_cache", "__pycache__"):
        (course / "chapters" / name).mkdir()
        (course / "chapters" / name / "left").touch()
    assert not builds(course)


def test_a_failed_build_is_not_done(course):
    (course / "_config.yml").write_text("title: [", "utf-8")
    assert builds(course, "open('built', 'w'); raise SystemExit(2)")
    assert builds(course, "open('built', 'w'); raise SystemExit(2)")
    (course / "_config.yml").write_text(FILES["_config.yml"], "utf-8")
    assert builds(course), "the old site is no longer what it was"


@pytest.mark.parametrize(
    ("flags", "dry"), [("n -j2", True), ("kn", True), (" -j2 -- NAME=n", False), ("", False)]
)
def test_a_dry_run_makes_nothing(course, monkeypatch, flags, dry):
    monkeypatch.setenv("MAKEFLAGS", flags)
    (course / "_config.yml").write_text("title: Two\n", "utf-8")
    assert builds(course)
    assert builds(course) == dry


def test_the_exit_code_is_the_command_s(course):
    (course / "_config.yml").write_text("title: Two\n", "utf-8")
    assert stamp_of(course).make("book", [sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_what_changes_while_it_is_built_is_built_again(course):
    (course / "_config.yml").write_text("title: Two\n", "utf-8")
    assert builds(course, "open('built', 'w'); open('chapters/one.md', 'w').write('late')")
    assert builds(course)


def test_the_stamp_can_be_read(course):
    assert json.loads((course / "_build" / "made-from.json").read_text("utf-8"))["the version"] == "0.1.0"


def test_where_no_book_is_built_a_test_that_reads_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(conftest, "SITE", tmp_path)
    call = pytest.CallInfo.from_call((tmp_path / "index.html").read_bytes, "call")
    for there, said in (
        (False, f"{tmp_path}: expected the built book, run `make book` first"),
        (True, "line 1"),
    ):
        hook, report = (
            conftest.pytest_runtest_makereport(None, call),
            SimpleNamespace(longrepr="line 1, in f"),
        )
        next(hook)
        with pytest.raises(StopIteration):
            hook.send(report)
        assert report.longrepr.startswith(said), there
        (tmp_path / "index.html").touch()
