"""The chapters as files: in normal form, readable without the website, complete.

That they run, and that their stored text outputs are what they print today, is nbval's part
(`pytest --nbval chapters`, in `make test`).
"""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))
COURSE = ("forward_pass", "differential_calculus", "cost_functions", "gradient_descent", "backward_pass")
CHAPTERS = [path for path in NOTEBOOKS if path.stem in COURSE]
PAGES = sorted((ROOT / "chapters").glob("*.md"))
FENCES = {"note", "tip", "important", "warning"}  # their bodies stay readable where nobody knows MyST
IMPORTED = {"lib", "numpy", "matplotlib", "ipywidgets", "IPython", "sympy", "mpmath"}
IMPORTED |= set(sys.stdlib_module_names)

sys.path.insert(0, str(ROOT / "tools"))
import notebooks  # noqa: E402

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def cells(path, kind):
    """The sources of a notebook's cells of one kind."""
    return [
        "".join(c["source"]) for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == kind
    ]


def markdown(path):
    """All prose of a page, notebook or not, without its code."""
    text = "\n\n".join(cells(path, "markdown")) if path.suffix == ".ipynb" else path.read_text("utf-8")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)


def foreign_markup(text):
    """What a notebook viewer that doesn't know MyST would show raw."""
    fences = set(re.findall(r"^:{3,}\s*\{(\S+?)\}", text, flags=re.M)) - FENCES
    return sorted(fences) + re.findall(r"^```\{.*|\{[\w:-]+\}`[^`]*`|\{\{.*?\}\}", text, flags=re.M)


def test_the_five_chapters_are_there():
    assert {path.stem for path in CHAPTERS} == set(COURSE)


@every_notebook
def test_is_in_normal_form(path):
    text = path.read_text("utf-8")
    assert notebooks.normalise(nbformat.reads(text, as_version=4)) == text, "run `make notebooks`"


@every_notebook
def test_jupyter_finds_it_valid(path):
    nbformat.validate(json.loads(path.read_text("utf-8")), relax_add_props=False)


@every_notebook
def test_every_code_cell_was_executed_in_order(path):
    counts = [
        c["execution_count"] for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"
    ]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_stored_outputs_are_the_same_on_every_machine(path):
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            text = json.dumps(output, ensure_ascii=False)
            assert not re.search(r"0x[0-9a-f]{6}|np\.float64|/home/|/tmp/|Warning", text), text


@pytest.mark.parametrize("path", NOTEBOOKS + PAGES, ids=lambda path: path.stem)
def test_reads_well_without_myst(path):
    raw = "\n\n".join(cells(path, "markdown")) if path.suffix == ".ipynb" else path.read_text("utf-8")
    assert foreign_markup(raw) == []


@pytest.mark.parametrize("bad", ["see {ref}`x`", "```{note}\nx\n```", ":::{figure} a.png\n:::", "{{ n }}"])
def test_foreign_markup_is_found(bad):
    assert foreign_markup(bad)


@pytest.mark.parametrize("path", NOTEBOOKS + PAGES, ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", markdown(path)):
        if not re.match(r"https?:|#|mailto:", target):
            assert (path.parent / target.split("#")[0]).exists(), target


@every_chapter
def test_has_one_title_exercises_with_solutions_and_a_summary(path):
    text = markdown(path)
    assert len(re.findall(r"^# ", text, flags=re.M)) == 1
    exercises = text.split("## Exercises")[1].split("## Summary")[0]
    marked = re.findall(r"★+", exercises)
    assert len(marked) >= 5
    assert {"★", "★★", "★★★"} <= set(marked)
    assert exercises.count("<details>") == exercises.count("</details>") >= len(marked)
    assert exercises.count("<summary>") == exercises.count("<details>")


@every_chapter
def test_folded_solutions_render(path):
    """Markdown inside <details> is Markdown only behind an empty line."""
    for block in re.findall(r"<details>.*?</details>", markdown(path), flags=re.S):
        assert re.match(r"<details>\s*<summary>[^\n]*</summary>\n\n.*\n\n</details>$", block, flags=re.S), (
            block
        )


@every_notebook
def test_imports_what_requirements_bring(path):
    for source in cells(path, "code"):
        python = re.sub(r"^( *)%.*", r"\1pass", source, flags=re.M)  # %pip is Jupyter's, not Python's
        for node in ast.walk(ast.parse(python)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= IMPORTED


@every_notebook
def test_set_up_cell_names_the_repository_of_the_configuration(path):
    first = json.loads(path.read_text("utf-8"))["cells"][0]
    assert "".join(first["source"]) == notebooks.setup_cell()["source"]
    assert first["metadata"]["tags"] == ["remove-cell", "setup"]


@pytest.mark.parametrize(
    ("found", "fetches"),
    [
        (None, True),
        ("", True),  # a stranger's package of that name
        ("__version__ = '0.0.1'\nimport lib.network", True),
        (f"__version__ = '{notebooks.lib.__version__}'\nimport lib.network", False),
    ],
    ids=["nothing", "stranger", "older", "current"],
)
def test_set_up_cell_fetches_only_where_it_has_to(found, fetches, tmp_path):
    """`%pip` is replaced by a line that puts this checkout in front, where a network would be asked."""
    if found is not None:
        (tmp_path / "lib").mkdir()
        (tmp_path / "lib" / "__init__.py").write_text(found, "utf-8")
        (tmp_path / "lib" / "network.py").write_text("here = True", "utf-8")
    fetch = rf"\1sys.path.insert(0, {str(ROOT)!r}); print('fetched')"
    cell, count = re.subn(r"^( *)%pip .*", fetch, notebooks.setup_cell()["source"], flags=re.M)
    assert count == 2  # one line for the browser, one for everywhere else
    program = f"{cell}\nimport lib.network\nprint(hasattr(lib.network, 'here'))"
    # -S and -I: a Python that knows no packages but those of the folder (and NumPy, which `lib` needs)
    numpy = str(Path(nbformat.__file__).parent.parent)
    start = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.path.append({numpy!r})\n"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + program], capture_output=True, text=True, check=True
    )
    said = f"The course's code is here, version {notebooks.lib.__version__}."
    assert run.stdout.splitlines() == ["fetched"] * fetches + [said, str(not fetches)]


@every_chapter
def test_each_chapter_proves_something_and_shows_something(path):
    code = "\n".join(cells(path, "code"))
    assert "sympy" in code or "lib.proofs" in code
    assert "show(" in code
    assert "assert " in code


def test_an_output_that_is_not_normal_is_refused(tmp_path):
    notebook = json.loads(CHAPTERS[0].read_text("utf-8"))
    code = next(c for c in notebook["cells"] if c["cell_type"] == "code" and not c["metadata"])
    code["outputs"] = [{"output_type": "display_data", "data": {"image/png": "x"}, "metadata": {}}]
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert notebooks.normalise(nbformat.reads(text, as_version=4)) != text
    code["outputs"] = [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}]
    with pytest.raises(ValueError, match="ends in an error"):
        notebooks.normalise(nbformat.from_dict(notebook))


def test_a_stored_error_is_named_with_its_file(tmp_path):
    notebook = json.loads(CHAPTERS[0].read_text("utf-8"))
    code = next(c for c in notebook["cells"] if c["cell_type"] == "code" and not c["metadata"])
    code["outputs"] = [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}]
    path = tmp_path / "broken.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(SystemExit, match=r"^broken\.ipynb: a cell ends in an error: E: v$"):
        notebooks.main(["--check", str(path)])
    with pytest.raises(FileNotFoundError, match="missing"):
        notebooks.main(["--check", str(tmp_path / "missing.ipynb")])


def figure_names(sources):
    """What the ids of each figure on a page begin with: the name of a live one, the alt of a still one."""
    for source in sources:
        for node in ast.walk(ast.parse(re.sub(r"^( *)%.*", r"\1pass", source, flags=re.M))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                wanted = {"explore": "name", "show": "alt"}.get(node.func.id)
                found = (k.value for k in node.keywords if k.arg == wanted)
                yield from (value.value for value in found if isinstance(value, ast.Constant))


@every_notebook
def test_no_two_figures_of_a_page_share_their_ids(path):
    names = list(figure_names(cells(path, "code")))
    assert sorted(names) == sorted(set(names))


def test_figures_that_share_their_ids_are_found():
    page = ["explore(fig, update, sliders, name='a', alt='b')\nshow(fig, alt='c')", "show(fig, alt='c')"]
    assert list(figure_names(page)) == ["a", "c", "c"]
