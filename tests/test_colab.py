"""The chapters in Colab: with its versions, each notebook alone in an empty folder.

A venv of its own gets the versions of the list beside this file. Each notebook's set-up cell then
fetches `lib` as everywhere, from an archive: a server here stands in for the repository's address.
One chapter in `make test`, all in `make test-all`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import downloads
import nbformat
import pytest
import yaml
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

import lib
from tests.browser import CHAPTERS, ROOT, served
from tests.test_notebooks import NOTEBOOKS, notebooks

pytestmark = pytest.mark.outside

VERSIONS = ROOT / "tests" / "colab-2026-08.txt"
FOLDER = ROOT / "_build" / VERSIONS.stem
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]
SAMPLE = "forward_pass"
UV = [sys.executable, "-m", "uv", "--quiet"]  # as pip, in a third of the time

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


def run(*command, **options):
    """Run a program to its end. Returns what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def without(reason):
    """What a reader's machine may lack, CI may not."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def fitting_python():
    """A Python for which there are wheels of Colab's versions: Colab's own, or one before it."""
    newest = int(re.search(r"Python 3\.(\d+)", VERSIONS.read_text("utf-8"))[1])
    if sys.version_info[1] <= newest:
        return sys.executable
    found = (shutil.which(f"python3.{minor}") for minor in range(newest, 10, -1))
    return next(filter(None, found), None) or without(f"Colab's versions need Python 3.{newest} or older")


@pytest.fixture(scope="module")
def python():
    """The Python of a venv with Colab's versions, made where it is missing or the list has changed."""
    python = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready, made_from = FOLDER / "ready", f"{FOLDER}\n{VERSIONS.read_text('utf-8')}"
    if not ready.exists() or ready.read_text("utf-8") != made_from:
        run(*UV, "venv", "--clear", "--python", fitting_python(), FOLDER)
        more = ("pip", "pytest>=8,<10", "setuptools>=77")
        install = [*UV, "pip", "install", "--python", python, "-r", VERSIONS, *more]
        done = subprocess.run(install, capture_output=True, text=True)
        if done.returncode:
            without(f"Colab's versions can't be installed. Is there a network? {done.stderr[-300:]}")
        ready.write_text(made_from, "utf-8")
    return python


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Stands in for the repository: an archive of the working tree as its branch, an older one as a tag."""
    folder = tmp_path_factory.mktemp("repository")
    paths = [*downloads.code(), *(ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE"))]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    start = files["lib/__init__.py"].replace(lib.__version__.encode(), b"0.0.1")
    for name, more in ((f"heads/{REPOSITORY['branch']}", {}), ("tags/v0.0.1", {"lib/__init__.py": start})):
        target = folder / "archive" / "refs" / f"{name}.zip"
        target.parent.mkdir(parents=True)
        downloads.write_zip(target, "REPOSITORY-main", files | more)
    with served(folder) as address:
        yield address


def run_alone(path, folder, python, address):
    """Run a notebook, with one more cell, alone in an empty folder, by the kernel of that Python.

    Returns it in normal form without that cell; and what that cell found.
    """
    spec = folder / "kernels" / "colab"
    spec.mkdir(parents=True)
    kernel = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Colab",
        "language": "python",
        "env": {"PIP_NO_BUILD_ISOLATION": "0"},  # pip's own spelling: setuptools is here, nothing is fetched
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), "utf-8")
    (folder / "empty").mkdir()

    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = notebook.cells[0].source.replace(REPOSITORY["url"], address)
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
    found["said"] = texts(notebook.cells[0])
    return json.loads(notebooks.normalise(notebook)), found


def texts(cell):
    """What a cell shows, as text."""
    return [output.get("text") or output["data"] for output in cell["outputs"]]


def all_but_one_thorough(names):
    return [pytest.param(n, marks=() if n == SAMPLE else pytest.mark.thorough) for n in names]


@pytest.mark.parametrize("name", all_but_one_thorough(path.stem for path in NOTEBOOKS))
def test_chapter_runs_with_what_colab_has(name, tmp_path, python, address, record_property):
    began = time.perf_counter()
    run(*UV, "pip", "uninstall", "--python", python, "backward-pass")
    if name == "index":  # here an older version is in its place, as in a Colab that stayed open
        older = f"backward-pass @ {address}/archive/refs/tags/v0.0.1.zip"
        run(*UV, "pip", "install", "--python", python, "--no-deps", "--no-build-isolation", older)
    path = CHAPTERS / f"{name}.ipynb"
    stored = json.loads(path.read_text("utf-8"))
    executed, found = run_alone(path, tmp_path, python, address)

    # The set-up cell fetched `lib`, and says so in one line.
    assert FOLDER in (FOLDER / found["lib"]).parents
    assert found["said"] == [f"The course's code is here: downloaded, version {lib.__version__}.\n"]
    _, *rest = (cell for cell in executed["cells"] if cell["cell_type"] == "code")
    _, *stored_rest = (cell for cell in stored["cells"] if cell["cell_type"] == "code")

    # Every other cell prints what is stored, to the letter. (With ipywidgets 7 a widget that ends a
    # cell is another kind of output; its text is the same.)
    for cell, stored_cell in zip(rest, stored_rest, strict=True):
        assert texts(cell) == texts(stored_cell), "".join(cell["source"])

    # Every slider is there, and changes its picture.
    lines = re.findall(r"<live figure [^>]*>|VBox\(children=\([^)]*Slider", json.dumps(stored))
    assert len({box for box, _ in found["moved"]}) == len(lines)
    assert [box for box, changed in found["moved"] if not changed] == []
    record_property("printed", f"Colab: {name} {time.perf_counter() - began:.0f} s")


@pytest.mark.thorough
def test_live_figures_run_with_the_widgets_of_colab(python):
    """All tests of live figures in a kernel, once more with ipywidgets 7.7.1."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(ROOT)
    pytest = [python, "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider"]
    assert " passed" in run(*pytest, "tests/test_explore.py", cwd=ROOT, env=environment)
    assert run(python, "-c", "import ipywidgets; print(ipywidgets.__version__)").strip() == "7.7.1"
