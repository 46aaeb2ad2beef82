"""Execute the chapters and bring them into their normal form, or check that they are in it.

usage: python tools/notebooks.py [--check] [NOTEBOOK ...]     (default: every chapter)

Every chapter begins with a set-up cell, hidden on the site, that fetches `lib` where it is missing
(Colab, the browser) or of another version. Its address comes from `_config.yml`, its version from
`lib/__init__.py`. After a change of one of them, run this. CITATION.cff gets its addresses from there, too.

Normal form: text outputs are kept, because the tests compare them; pictures, widget views and
everything that differs from run to run is dropped, because the site makes it anew.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient

import lib

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
CITATION = ROOT / "CITATION.cff"
KEPT = ("text/plain", "text/markdown", "text/latex", "text/html")

sys.path.insert(0, str(ROOT / "_ext"))
import addresses  # noqa: E402

SETUP = """\
# The course's code. Where it is missing (in Colab) or of another version, it is fetched here.
import sys

try:
    import lib

    assert lib.__version__ == "{version}"  # what this notebook was written for
except (ImportError, AttributeError, AssertionError):
    if sys.platform == "emscripten":  # in the browser: from the site that this notebook came with
        %pip install --quiet backward-pass
    else:
        %pip install --quiet --no-deps "backward-pass @ git+{url}@{branch}"
    for name in [name for name in sys.modules if name.split(".")[0] == "lib"]:
        del sys.modules[name]  # forget what was imported by that name
    import lib

print(f"The course's code is here, version {{lib.__version__}}.")
"""


def repository():
    """What _config.yml says of the repository."""
    return yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]


def citation():
    """CITATION.cff with the addresses of today."""
    url = repository()["url"]
    text = CITATION.read_text("utf-8")
    text = re.sub(r"(?m)^url: .*", f'url: "{addresses.site(url)}"', text)
    return re.sub(r"(?m)^repository-code: .*", f'repository-code: "{addresses.repository(url)}"', text)


def setup_cell():
    """The first cell of every chapter, as a notebook stores it."""
    url, branch = addresses.repository(repository()["url"]), repository()["branch"]
    source = SETUP.format(version=lib.__version__, url=url, branch=branch)
    cell = nbformat.v4.new_code_cell(source.rstrip())
    cell["metadata"]["tags"] = ["remove-cell", "setup"]
    return cell


def with_setup_cell(notebook):
    """The notebook with the set-up cell of today in front, in place of an older one."""
    old = [cell for cell in notebook.cells if "setup" in cell.metadata.get("tags", [])]
    cell = setup_cell()
    if old and old[0].source == cell.source:
        cell = old[0]
    notebook.cells = [cell] + [c for c in notebook.cells if c not in old]
    return notebook


def normal_output(output):
    """An output without pictures, widget views and counters; None where nothing is left of it."""
    if output["output_type"] == "stream":
        return {"output_type": "stream", "name": output["name"], "text": output["text"]}
    if output["output_type"] == "error":
        raise ValueError(f"a cell ends in an error: {output['ename']}: {output['evalue']}")
    data = {kind: text for kind, text in output["data"].items() if kind in KEPT}
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
    seen, count = {}, 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"]).rstrip()
        key = hashlib.sha256(f"{cell['cell_type']}\n{source}".encode()).hexdigest()[:8]
        seen[key] = seen.get(key, 0) + 1
        tags = cell["metadata"].get("tags")
        new = {
            "cell_type": cell["cell_type"],
            "id": key if seen[key] == 1 else f"{key}-{seen[key]}",
            "metadata": {"tags": tags} if tags else {},
            "source": source.splitlines(keepends=True),
        }
        if cell["cell_type"] == "code":
            count += 1
            outputs = [normal_output(output) for output in cell["outputs"]]
            outputs = [output for output in outputs if output]
            for output in outputs:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = count  # Jupyter calls a notebook without it invalid
            new |= {"execution_count": count, "outputs": outputs}
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


def main(arguments):
    check = "--check" in arguments
    paths = [Path(a).resolve() for a in arguments if a != "--check"] or sorted(CHAPTERS.glob("*.ipynb"))
    odd = []
    for path in paths:
        notebook = nbformat.read(path, as_version=4) if check else execute(path)
        try:
            text = normalise(notebook)
        except ValueError as error:
            sys.exit(f"{path.name}: {error}")
        if check:
            odd += [path.name] * (text != path.read_text(encoding="utf-8"))
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: executed")
    if check:
        odd += [CITATION.name] * (citation() != CITATION.read_text("utf-8"))
    else:
        CITATION.write_text(citation(), "utf-8")
    if odd:
        sys.exit(f"not in normal form: {', '.join(odd)}; run `make notebooks`")


if __name__ == "__main__":
    main(sys.argv[1:])
