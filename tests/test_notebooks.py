"""The chapters as files: in normal form, readable without the website, complete.

That they run, and that their stored text outputs are what they print today, is nbval's part
(`pytest --nbval chapters`, in `make test`).
"""

import ast
import json
import re
import subprocess
import sys

import nbformat
import notebooks
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.warnings import DuplicateCellId

from tests.helpers import ROOT, cells, course, refuses, stored

NOTEBOOKS = sorted((ROOT / "chapters").glob("*.ipynb"))
COURSE = course()
CHAPTERS = [path for path in NOTEBOOKS if path.stem in COURSE]
PAGES = sorted((ROOT / "chapters").glob("*.md"))
FENCES = {"note", "tip", "important", "warning"}  # their bodies stay readable where nobody knows MyST
IMPORTED = {"lib", "numpy", "matplotlib", "ipywidgets", "IPython", "sympy", "mpmath"}
IMPORTED |= set(sys.stdlib_module_names)

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_page = pytest.mark.parametrize("path", NOTEBOOKS + PAGES, ids=lambda path: path.stem)
every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def text_of(path):
    """All that is written on a page, notebook or not."""
    return "\n\n".join(cells(path, "markdown")) if path.suffix == ".ipynb" else path.read_text("utf-8")


def foreign_markup(text):
    """What a notebook viewer that doesn't know MyST would show raw."""
    fences = set(re.findall(r"^:{3,}\s*\{(\S+?)\}", text, flags=re.M)) - FENCES
    return sorted(fences) + re.findall(r"^```\{.*|\{[\w:-]+\}`[^`]*`|\{\{.*?\}\}", text, flags=re.M)


def test_every_chapter_is_a_notebook():
    assert {path.stem for path in CHAPTERS} == set(COURSE) != set()


@every_notebook
def test_is_in_normal_form(path):
    text = path.read_text("utf-8")
    normal = notebooks.normalise(nbformat.reads(text, as_version=4)) == text
    assert normal, f"{path.name} is not in its normal form: run `make format`, and commit what it changes"


@every_notebook
def test_every_code_cell_was_run(path):
    """nbval passes over a cell that was never run. Which outputs are right, nbval says."""
    code = [cell for cell in stored(path) if cell["cell_type"] == "code"]
    never = [cell["source"][:60] for cell in code if cell["execution_count"] is None]
    assert never == [], f"{path.name}: these cells were never run: `make notebooks CHAPTER={path.stem}`"


@every_notebook
def test_pictures_are_files_and_have_words(path):
    """A pasted picture is shown in Jupyter, but not on the site, and nobody can read it aloud."""
    pasted = [c["id"] for c in stored(path) if c.get("attachments")]
    assert pasted == [], "store the picture in _static/, and name it: ![what is to be seen](../_static/x.svg)"


@every_notebook
def test_jupyter_finds_it_valid(path):
    nbformat.validate(json.loads(path.read_text("utf-8")), relax_add_props=False)


@every_notebook
def test_stored_outputs_are_the_same_on_every_machine(path):
    for cell in stored(path):
        for output in cell.get("outputs", []):
            text = json.dumps(output, ensure_ascii=False)
            assert not re.search(r"0x[0-9a-f]{6}|np\.float64|/home/|/tmp/|Warning", text), text


@every_page
def test_reads_well_without_myst(path):
    assert foreign_markup(text_of(path)) == []


@pytest.mark.parametrize("bad", ["see {ref}`x`", "```{note}\nx\n```", ":::{figure} a.png\n:::", "{{ n }}"])
def test_foreign_markup_is_found(bad):
    assert foreign_markup(bad)


@every_page
def test_links_between_pages_lead_somewhere(path):
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text_of(path), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"https?:|#|mailto:", target):
            assert (path.parent / target.split("#")[0]).exists(), target


def exercises(path):
    """{number: (text, the code up to the next one)} of a chapter's exercises."""
    written = "\n\n".join(
        cell["source"] if cell["cell_type"] == "markdown" else f"\0{cell['source']}\0"
        for cell in stored(path)
    )
    part = written.split("## Exercises")[1].split("## Side paths")[0]
    found = re.findall(r"(?ms)^\*\*Exercise (\d+)\*\* ★(.*?)(?=^\*\*Exercise|\Z)", part)
    return {
        int(k): (re.sub(r"\0.*?\0", "", own, flags=re.S), "".join(own.split("\0")[1::2])) for k, own in found
    }


def words_of(text):
    return set(re.findall(r"[\w']+", text.lower()))


@every_chapter
def test_exercises_are_counted_and_each_has_a_cell_that_checks_it(path):
    found = exercises(path)
    assert list(found) == list(range(1, len(found) + 1))
    bare = [number for number, (_, code) in found.items() if "assert " not in code]
    assert bare == [], f"{path.stem}: these exercises have no cell that checks their numbers with `assert`"


@every_chapter
def test_the_page_for_instructors_names_the_exercises_as_they_are(path):
    """Each once, by its number and some of its own words."""
    page = (ROOT / "chapters" / "instructor.md").read_text("utf-8").split("## Which exercises fit where")[1]
    rows = re.findall(rf"^\| \[\d\]\({path.name}\) \|(.*)\|$", page, flags=re.M)
    assert len(rows) == 1, f"instructor.md: expected one row of {path.name} under “Which exercises fit where”"
    named = {int(m[1]): m[2].strip() for m in re.finditer(r"(\d+) ([^,|]+)", rows[0])}
    texts = {number: words_of(text) for number, (text, _) in exercises(path).items()}
    both = f"instructor.md names the exercises {sorted(named)} of {path.stem}, which has {sorted(texts)}"
    assert sorted(named) == sorted(texts), both
    for number, words in named.items():
        strange = words_of(words) - texts[number]
        assert not strange, f"instructor.md: exercise {number} of {path.stem} doesn't say {sorted(strange)}"


@every_notebook
def test_imports_what_requirements_bring(path):
    for source in cells(path, "code"):
        python = re.sub(r"^( *)%.*", r"\1pass", source, flags=re.M)  # %pip is Jupyter's, not Python's
        for node in ast.walk(ast.parse(python)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.split(".")[0] for name in names} <= IMPORTED


# The set-up cell, in a Python that knows no packages, with a pip that is told what it finds.

VERSION = notebooks.lib.__version__
PROGRAM = """
import os, subprocess, sys
os.chdir({where!r})
sys.path[:0], sys.dont_write_bytecode = ["", {installed!r}], True
asked = []


def course(version):
    with open(os.path.join({installed!r}, "lib", "__init__.py"), "w") as file:
        file.write(f"__version__ = {{version!r}}; Network = None")


def run(command, **options):
    asked.append(command[-1].split("/refs/")[-1])
    found = {editions!r}.get(asked[-1])
    if found:
        os.makedirs(os.path.join({installed!r}, "lib"), exist_ok=True)
        course(found)
    return subprocess.CompletedProcess(command, not found)


subprocess.run = run
try:
    exec({cell!r})
except Exception as stop:
    print("Stop:", *stop._render_traceback_())
print("asked:", *asked)
"""
TAG, BRANCH = f"tags/v{VERSION}.zip", "heads/main.zip"
HERE = "The course's code is here: {}, version {}."
WRITTEN = f"This notebook was written for version {VERSION}: take both from "


def package(folder, version):
    """A course's code with that version in a folder, or somebody else's package of that name."""
    (folder / "lib" / "ledger").mkdir(parents=True)
    text = f"__version__ = {version!r}; Network = None" if version else ""
    (folder / "lib" / "__init__.py").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("around", "installed", "editions", "said", "asked"),
    [
        (".", "0.0.1", {}, HERE.format("this folder's", VERSION), []),  # as in the zip of notebooks
        ("..", None, {}, HERE.format("this folder's", VERSION), []),  # a clone
        ("../..", VERSION, {}, HERE.format("this folder's", VERSION), []),
        (None, VERSION, {}, HERE.format("installed", VERSION), []),
        (None, None, {TAG: VERSION, BRANCH: "9.9"}, HERE.format("downloaded", VERSION), [TAG]),
        (None, None, {BRANCH: VERSION}, HERE.format("downloaded", VERSION), [TAG, BRANCH]),
        (None, "0.0.1", {TAG: VERSION}, HERE.format("downloaded", VERSION), [TAG]),
        (None, None, {BRANCH: "9.9"}, HERE.format("downloaded", "9.9") + "\n" + WRITTEN, [TAG, BRANCH]),
        (None, None, {}, "Stop: The course's code is not here and can't be fetched", [TAG, BRANCH]),
        ("lib.py", None, {TAG: VERSION}, "Stop: Another lib is in the way, <module 'lib' from", [TAG]),
        ("lib/__init__.py", None, {TAG: VERSION}, "Stop: Another lib is in the way, <module", [TAG]),
    ],
    ids=[
        *("beside", "clone", "far above", "installed", "edition", "no tag", "older", "newer branch"),
        *("no network", "lib.py", "another lib"),
    ],
)
def test_set_up_cell_takes_what_lies_nearest(around, installed, editions, said, asked, tmp_path):
    where, site = tmp_path / "course" / "chapters" / "mine", tmp_path / "site"
    where.mkdir(parents=True)
    site.mkdir()
    if around and "lib" in around:  # an empty file of that name beside the notebook
        (where / around).parent.mkdir(exist_ok=True)
        (where / around).write_text("", "utf-8")
    elif around:
        package((where / around).resolve(), VERSION)
    if installed:
        package(site, installed)
    cell = re.sub(r"^( *)%pip .*", r"\1raise OSError", notebooks.setup_cell()["source"], flags=re.M)
    program = PROGRAM.format(where=str(where), installed=str(site), editions=editions, cell=cell)
    run = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True)
    assert run.stdout.startswith(said), run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == " ".join(["asked:", *asked])
    assert len(run.stdout.splitlines()) == (3 if WRITTEN in said else 2), "one line says which code runs"


@every_chapter
def test_each_chapter_proves_something_and_shows_something(path):
    code = "\n".join(cells(path, "code"))
    assert "sympy" in code or "lib.proofs" in code
    assert "show(" in code


def changed(change, kind="markdown"):
    """A chapter as it is stored, after a change in its first cell of that kind."""
    notebook = json.loads(CHAPTERS[0].read_text("utf-8"))
    first = next(c for c in notebook["cells"] if c["cell_type"] == kind and not c["metadata"])
    change(first, notebook["cells"])
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def normal(text):
    return notebooks.normalise(nbformat.reads(text, as_version=4))


@pytest.mark.parametrize(
    "change",
    [
        lambda cell, cells: cell["source"].__setitem__(0, "# Another word\n"),
        lambda cell, cells: cell.update(attachments={"a.png": {"image/png": "eA=="}}),
    ],
    ids=["a word is mended, as on GitHub's own page", "a picture is pasted"],
)
def test_what_a_person_makes_is_kept_and_needs_no_run(change):
    text = changed(change)
    assert normal(text) == text


def test_a_copied_cell_gets_an_id_of_its_own():
    with pytest.warns(DuplicateCellId):
        text = normal(changed(lambda cell, cells: cells.append(cell)))
    ids = [cell["id"] for cell in json.loads(text)["cells"]]
    assert len(set(ids)) == len(ids)


def test_an_output_that_is_not_normal_is_refused(tmp_path):
    picture = {"output_type": "display_data", "data": {"image/png": "x"}, "metadata": {}}
    text = changed(lambda cell, cells: cell.update(outputs=[picture]), "code")
    assert normal(text) != text
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    text = changed(lambda cell, cells: cell.update(outputs=[error]), "code")
    with refuses("ends in an error"):
        normal(text)
    (tmp_path / "broken.ipynb").write_text(text, "utf-8")
    with pytest.raises(SystemExit, match=r"^broken\.ipynb: a cell ends in an error: E: v$"):
        notebooks.main(["--check", str(tmp_path / "broken.ipynb")])
    with pytest.raises(FileNotFoundError, match="missing"):
        notebooks.main(["--check", str(tmp_path / "missing.ipynb")])


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ValueError", "In[2], line 5: sliders: expected at most 600, got 720"),
        ("NameError", "In[2], line 5\nNameError"),
    ],
)
def test_a_cell_that_refuses_says_its_sentence_and_another_error_its_lines(monkeypatch, kind, said):
    def execute(path):
        traceback = (
            f"\x1b[36mIn[2]\x1b[39m, line 5\n\x1b[31m{kind}\x1b[39m: sliders: expected at most 600, got 720"
        )
        raise CellExecutionError(traceback, kind, "sliders: expected at most 600, got 720")

    monkeypatch.setattr(notebooks, "execute", execute)
    with pytest.raises(SystemExit) as told:
        notebooks.main([str(CHAPTERS[0])])
    assert str(told.value).startswith(f"{CHAPTERS[0].name}: {said}")


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
