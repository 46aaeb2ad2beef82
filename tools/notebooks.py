"""Execute the chapters and bring them into their normal form; or only that, or only look.

usage: python tools/notebooks.py [--form | --check] [NOTEBOOK ...]     (default: every chapter)

Every chapter begins with a set-up cell, hidden on the site, that finds `lib`: in the folder around the
notebook, installed, or at the repository's address. The address comes from `_config.yml`, the version
from `lib/__init__.py`. After a change of one of them, run this.
CITATION.cff gets its addresses from there, too, and the date of its version from CHANGELOG.md.

Normal form: text outputs are kept, because the tests compare them; pictures, widget views and
everything that differs from run to run is dropped, because the site makes it anew. It needs no
execution: a cell keeps its id and its outputs, so a word that is mended changes one line.
"""

import json
import re
import sys
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import lib

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
CITATION = ROOT / "CITATION.cff"
CHANGES = ROOT / "CHANGELOG.md"
KEPT = ("text/plain", "text/markdown", "text/latex", "text/html")

sys.path.insert(0, str(ROOT / "_ext"))
import addresses  # noqa: E402

SETUP = """\
# The course's code. What lies nearest is taken: the folder around this
# notebook, else an installed copy of the version that it was written for, else
# a download. The last line says which it is.
import subprocess
import sys
from pathlib import Path

VERSION, ADDRESS = "<version>", "<address>"
around = [Path.cwd(), *Path.cwd().parents]
folder = next((f for f in around if (f / "lib" / "ledger").is_dir()), None)
sys.path[:0] = [str(folder)] if folder else []
source = "this folder's" if folder else "installed"


class Stop(Exception):
    def _render_traceback_(self):  # one sentence in place of a page
        return [str(self)]


def version():
    \"""Of the course's code; None where it is missing, or another `lib` in its place.\"""
    try:
        import lib
    except ModuleNotFoundError as error:
        if error.name != "lib":
            raise
        return None
    return lib.__version__ if hasattr(lib, "Network") else None


if not folder and version() != VERSION:
    # In the browser from the site that this notebook came with.
    if sys.platform == "emscripten":
        source = "this site's"
        %pip install --quiet backward-pass
    else:
        source = "downloaded"
        for edition in (f"tags/v{VERSION}", "heads/<branch>"):
            archive = f"{ADDRESS}/archive/refs/{edition}.zip"
            pip = [sys.executable, "-m", "pip", "install", "--no-deps"]
            pip += ["--retries=1", f"backward-pass @ {archive}"]
            if subprocess.run(pip, capture_output=True).returncode == 0:
                break
    for name in [name for name in sys.modules if name.split(".")[0] == "lib"]:
        del sys.modules[name]  # forget what was imported by that name

if version() is None and "lib" in sys.modules:
    other = sys.modules["lib"]
    raise Stop(f"Another lib is in the way, {other}: rename it, then restart.")
if version() is None:
    why = f"can't be fetched from {ADDRESS}: is there a network?"
    raise Stop(f"The course's code is not here and {why}")

import lib

print(f"The course's code is here: {source}, version {lib.__version__}.")
if lib.__version__ != VERSION:
    remedy = f"take both from {ADDRESS}"
    if sys.platform == "emscripten":
        remedy = "delete this copy in the list of files and open it anew"
    print(f"This notebook was written for version {VERSION}: {remedy}.")
"""


def repository():
    """What _config.yml says of the repository."""
    return yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]


def released(changes, version):
    """The day of this version, from the text of CHANGELOG.md. ValueError where it isn't the newest there."""
    newest = re.search(r"(?m)^## (?!Unreleased$)(.*)$", changes)
    day = newest and re.fullmatch(rf"{re.escape(version)} \((\d{{4}}-\d\d-\d\d)\)", newest[1])
    if not day:
        raise ValueError(
            f"CHANGELOG.md: expected “## {version} (year-month-day)” as its newest version, "
            f"got {newest and newest[0]!r}"
        )
    return day[1]


def citation():
    """CITATION.cff with the addresses and the version of today, and that version's day."""
    url = repository()["url"]
    day = released(CHANGES.read_text("utf-8"), lib.__version__)
    text = CITATION.read_text("utf-8")
    text = re.sub(r"(?m)^version: .*", f"version: {lib.__version__}", text)
    text = re.sub(r"(?m)^date-released: .*", f"date-released: {day}", text)
    text = re.sub(r"(?m)^url: .*", f'url: "{addresses.site(url)}"', text)
    return re.sub(r"(?m)^repository-code: .*", f'repository-code: "{addresses.repository(url)}"', text)


def setup_cell():
    """The first cell of every chapter, as a notebook stores it."""
    url = addresses.repository(repository()["url"])
    source = SETUP.replace("<version>", lib.__version__)
    source = source.replace("<address>", url).replace("<branch>", repository()["branch"])
    said = f"The course's code is here: this folder's, version {lib.__version__}.\n"
    return nbformat.v4.new_code_cell(
        source.rstrip(),
        id="setup",
        metadata={"tags": ["remove-cell", "setup"]},
        execution_count=1,
        outputs=[nbformat.v4.new_output("stream", text=said)],  # what it says in the repository
    )


def with_setup_cell(notebook):
    """The notebook with the set-up cell of today in front, in place of an older one."""
    others = [cell for cell in notebook.cells if "setup" not in cell.metadata.get("tags", [])]
    notebook.cells = [setup_cell(), *others]
    return notebook


def normal_output(output):
    """An output without pictures, widget views and counters; None where nothing is left of it."""
    if output["output_type"] == "stream":
        return {"output_type": "stream", "name": output["name"], "text": output["text"]}
    if output["output_type"] == "error":
        raise ValueError(f"a cell ends in an error: {output['ename']}: {output['evalue']}")
    data = {kind: text for kind, text in output["data"].items() if kind in KEPT}
    if "text/markdown" in data:
        data.pop("text/html", None)  # a question: its form is made anew, its words are kept
    normal = {"output_type": output["output_type"], "data": data, "metadata": {}}
    return normal if data else None


def normalise(notebook):
    """The same notebook in normal form: what is left depends on its sources and its results only."""
    notebook = json.loads(nbformat.writes(with_setup_cell(notebook)))
    normal = {
        "cells": [],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    count = 0
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags")
        new = {
            "cell_type": cell["cell_type"],
            "id": cell["id"],  # nbformat has given a copied cell one of its own
            "metadata": {"tags": tags} if tags else {},
            "source": "".join(cell["source"]).rstrip().splitlines(keepends=True),
        }
        if "attachments" in cell:
            new["attachments"] = cell["attachments"]  # a pasted picture: a test says where it belongs
        if cell["cell_type"] == "code":
            run = cell["execution_count"] is not None
            count += run
            outputs = [normal_output(output) for output in cell["outputs"]]
            outputs = [output for output in outputs if output]
            for output in outputs:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count  # Jupyter calls a notebook without it invalid
            new |= {"execution_count": count if run else None, "outputs": outputs}
        normal["cells"].append(new)
    return json.dumps(normal, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def execute(path):
    """Run a notebook from top to bottom in a fresh kernel, in its own folder."""
    notebook = with_setup_cell(nbformat.read(path, as_version=4))
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources)
    client.coalesce_streams = True  # else the cuts between prints depend on the clock
    client.execute()
    return notebook


def told(error):
    """What has ended a cell: a refusal by its place and its sentence, anything else by all the lines to it."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", error.traceback)  # without colours
    place = re.search(r"In\[\d+\], line \d+", lines)
    return f"{place[0]}: {error.evalue}" if place and error.ename == "ValueError" else lines


def main(arguments):
    form, check = "--form" in arguments, "--check" in arguments
    paths = [Path(a).resolve() for a in arguments if not a.startswith("--")] or sorted(
        CHAPTERS.glob("*.ipynb")
    )
    try:
        cited = citation()
    except ValueError as error:
        sys.exit(str(error))
    odd = []
    for path in paths:
        before = path.read_text("utf-8")
        try:
            text = normalise(nbformat.reads(before, as_version=4) if form or check else execute(path))
        except ValueError as error:
            sys.exit(f"{path.name}: {error}")
        except CellExecutionError as error:
            sys.exit(f"{path.name}: {told(error)}")
        if check:
            odd += [path.name] * (text != before)
            continue
        path.write_text(text, "utf-8")
        if not form:
            print(f"{path.name}: executed")
    if check:
        odd += [CITATION.name] * (cited != CITATION.read_text("utf-8"))
    else:
        CITATION.write_text(cited, "utf-8")
    if odd:
        sys.exit(f"not in normal form: {', '.join(odd)}; run `make format`")


if __name__ == "__main__":
    main(sys.argv[1:])
