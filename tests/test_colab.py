"""The chapters in Colab: with its versions, each notebook alone in an empty folder.

A venv of its own gets the versions of the list beside this file. Each notebook's set-up cell then
fetches `lib` unchanged: git is told to take the working tree, committed to a scratch repository,
in place of the public address.
"""

import json
import os
import re
import subprocess
import time
import venv

import nbformat
import pytest
import yaml
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

import lib
from tests.browser import CHAPTERS, ROOT
from tests.test_notebooks import COURSE, notebooks

VERSIONS = ROOT / "tests" / "colab-2026-08.txt"
FOLDER = ROOT / "_build" / VERSIONS.stem
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]

# Added at the end of each notebook: where `lib` came from, and every slider beside a picture moved,
# as a front end moves it, to its ends and back. True where that changes the picture and brings it back.
LAST_CELL = """
import gc, json
from ipywidgets import Image, VBox


def states(control):
    if hasattr(control, "index"):
        return [{"index": index} for index in (0, len(control.options) - 1, control.index)]
    return [{"value": value} for value in (control.min, control.max, control.value)]


moved = []
for box in [one for one in gc.get_objects() if isinstance(one, VBox)]:
    for picture in [child for child in box.children if isinstance(child, Image)]:
        for control in box.children:
            if hasattr(control, "index") or hasattr(control, "max"):
                before, pictures = picture.value, []
                for state in states(control):
                    control.set_state(state)
                    pictures.append(picture.value)
                moved.append([repr(box)[:60], len(set(pictures)) > 1 and pictures[-1] == before])
print(json.dumps({"lib": lib.__file__, "moved": moved}))
"""

seconds = {}  # of each chapter, for the last test


def run(*command, **options):
    """Run a program to its end. Returns what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def python():
    """The Python of a venv with Colab's versions, made where it is missing or the list has changed."""
    python = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready, versions = FOLDER / "ready", VERSIONS.read_text("utf-8")
    if not ready.exists() or ready.read_text("utf-8") != versions:
        venv.create(FOLDER, with_pip=True, clear=True)
        run(python, "-m", "pip", "install", "--quiet", "-r", VERSIONS, "pytest>=8,<10")
        ready.write_text(versions, "utf-8")
    return python


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A repository with the working tree as it is on the public branch, and on `old` an older version."""
    folder = tmp_path_factory.mktemp("scratch")
    who = {f"GIT_{role}_{what}": "test" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*command, tree=ROOT):
        run("git", "--git-dir", folder / "git", "--work-tree", tree, *command, env=os.environ | who)

    git("init", "--quiet", "--initial-branch", REPOSITORY["branch"])
    git("add", "--all")
    git("commit", "--quiet", "--no-verify", "--message", "the working tree")
    git("checkout", "--quiet", "-b", "old", tree=folder)
    git("checkout", "--quiet", "--force", "old", tree=folder)
    start = folder / "lib" / "__init__.py"
    start.write_text(start.read_text("utf-8").replace(lib.__version__, "0.0.1"), "utf-8")
    git("commit", "--quiet", "--no-verify", "--all", "--message", "an older version", tree=folder)
    return (folder / "git").as_uri()


def run_alone(path, folder, python, scratch):
    """Run a notebook, with one more cell, alone in an empty folder, by the kernel of that Python.

    Returns it in normal form without that cell; and what that cell found.
    """
    spec = folder / "kernels" / "colab"
    spec.mkdir(parents=True)
    git = {"COUNT": "1", "KEY_0": f"url.{scratch}.insteadOf", "VALUE_0": REPOSITORY["url"]}
    kernel = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Colab",
        "language": "python",
        "env": {f"GIT_CONFIG_{key}": value for key, value in git.items()},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), "utf-8")
    (folder / "empty").mkdir()

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.append(nbformat.v4.new_code_cell(LAST_CELL))
    manager = AsyncKernelManager(
        kernel_name="colab",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(spec.parent)], ensure_native_kernel=False),
    )
    resources = {"metadata": {"path": str(folder / "empty")}}
    client = NotebookClient(notebook, km=manager, timeout=300, resources=resources)
    client.coalesce_streams = True
    client.execute()
    found = json.loads(notebook.cells.pop().outputs[0].text)
    return json.loads(notebooks.normalise(notebook)), found


def texts(cell):
    """What a cell shows, as text."""
    return [output.get("text") or output["data"] for output in cell["outputs"]]


@pytest.mark.parametrize("name", ["index", *COURSE])
def test_chapter_runs_with_what_colab_has(name, tmp_path, python, scratch):
    began = time.perf_counter()
    run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "backward-pass")
    if name == "index":  # here an older version is in its place, as in a Colab that stayed open
        run(python, "-m", "pip", "install", "--quiet", "--no-deps", f"git+{scratch}@old")
    path = CHAPTERS / f"{name}.ipynb"
    stored = json.loads(path.read_text("utf-8"))
    executed, found = run_alone(path, tmp_path, python, scratch)

    # The set-up cell fetched `lib`, and says the same as where it was there; pip may have said more.
    assert FOLDER in (FOLDER / found["lib"]).parents
    first, *rest = (cell for cell in executed["cells"] if cell["cell_type"] == "code")
    stored_first, *stored_rest = (cell for cell in stored["cells"] if cell["cell_type"] == "code")
    assert first["source"] == stored_first["source"]
    assert [output["name"] for output in first["outputs"]] == ["stdout"], first["outputs"]
    assert first["outputs"][0]["text"][-1:] == stored_first["outputs"][0]["text"]

    # Every other cell prints what is stored, to the letter. (With ipywidgets 7 a widget that ends a
    # cell is another kind of output; its text is the same.)
    for cell, stored_cell in zip(rest, stored_rest, strict=True):
        assert texts(cell) == texts(stored_cell), "".join(cell["source"])

    # Every slider is there, and changes its picture.
    lines = re.findall(r"<live figure [^>]*>|VBox\(children=\([^)]*Slider", json.dumps(stored))
    assert len({box for box, _ in found["moved"]}) == len(lines)
    assert [box for box, changed in found["moved"] if not changed] == []
    seconds[name] = time.perf_counter() - began


def test_live_figures_run_with_the_widgets_of_colab(python):
    """All tests of live figures in a kernel, once more with ipywidgets 7.7.1."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [
        python,
        "-m",
        "pytest",
        "-q",
        "--noconftest",
        "-p",
        "no:cacheprovider",
        "tests/test_explore.py",
    ]
    assert " passed" in run(*command, cwd=ROOT, env=environment)
    assert run(python, "-c", "import ipywidgets; print(ipywidgets.__version__)").strip() == "7.7.1"


def test_every_chapter_was_run(record_property):
    each = ", ".join(f"{name} {seconds[name]:.0f} s" for name in COURSE if name in seconds)
    done = len(set(COURSE) & set(seconds))
    record_property("printed", f"Colab: {done} of {len(COURSE)} chapters: {each}")
    assert done == len(COURSE)
