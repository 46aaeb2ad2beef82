"""The chapters have one form: how each opens, what is in view, how pictures and exercises are named."""

import re

import pytest
from docutils import nodes
from forms import mark

from tests.helpers import ROOT, asked, course, stored

CHAPTERS = [ROOT / "chapters" / f"{name}.ipynb" for name in course()]
HIDDEN = {"hide-input", "hide-cell", "remove-cell", "remove-input"}
WIDEST, MOST_IN_VIEW = 79, 200

# A reader's minutes, rounded to five: words at a learner's pace, code read line by line, a question
# answered, a live figure moved.
PER_MINUTE = {"words": 130, "lines": 12, "questions": 1, "live figures": 0.5}

every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def cells(path, kind):
    """[(source, tags)] of the cells of a kind."""
    return [(cell["source"], tags(cell)) for cell in stored(path) if cell["cell_type"] == kind]


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def lines_of(source):
    """How many lines are not empty."""
    return sum(1 for line in source.splitlines() if line.strip())


def text(path):
    return "\n\n".join(source for source, _ in cells(path, "markdown"))


@every_chapter
def test_opens_like_the_others(path):
    """Title, questions, then one paragraph: time, what is needed, slides."""
    assert re.match(
        r"# [^\n]+\n\n\*\*This chapter answers\*\*\n\n(- [^\n]+\?\n){3,6}\n"
        r"\*\*Time:\*\* [^\n]+ \*\*You need:\*\* [^\n]+ \*\*Slides:\*\* S\d+–S\d+, [^\n]+\n",
        text(path) + "\n",
    )
    assert len(re.findall(r"^# ", re.sub(r"```.*?```", "", text(path), flags=re.S), flags=re.M)) == 1


@every_chapter
def test_code_in_view_is_short_and_fits(path):
    code = cells(path, "code")
    lines = [line for source, own in code if "setup" not in own for line in source.splitlines()]
    wide = [line for line in lines if len(line) > WIDEST]
    assert wide == [], f"lines of more than {WIDEST} columns scroll sideways on a laptop"
    in_view = sum(lines_of(source) for source, own in code if not own & HIDDEN)
    assert in_view <= MOST_IN_VIEW, f"{in_view} lines of code in view"


@every_chapter
def test_figures_are_numbered_in_order(path):
    """Every picture has a caption, and "Figure 4.3" anywhere in the text is one of them."""
    number = CHAPTERS.index(path) + 1
    code = [source for source, _ in cells(path, "code")]
    drawn = sum(len(re.findall(r"^(?:show|explore)\(", source, flags=re.M)) for source in code)
    captions = [c for source in code for c in re.findall(r"\*\*Figure (\d+\.\d+)\.\*\* ", source)]
    assert captions == [f"{number}.{k}" for k in range(1, drawn + 1)]
    told = set(re.findall(rf"Figures? ({number}\.\d+)", text(path)))
    assert told <= set(captions)


@pytest.mark.parametrize("path", sorted((ROOT / "chapters").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_prompt_asks_and_does_not_listen(path):
    """What a reader is asked is a question that takes an answer; what follows from it is an explanation."""
    found = re.findall(r"\*\*Predict|[Bb]efore you (?:run|look|drag|move|press|read)[^.?!]*", text(path))
    assert found == [], "a prediction is a question, in lib/questions"


@every_chapter
def test_an_explanation_follows_its_question(path):
    """A paragraph that waits for an answer, and an output that does, have a question above them in their section."""
    open_question = False
    for cell in stored(path):
        source, own = cell["source"], tags(cell)
        if cell["cell_type"] == "code":
            open_question = open_question or bool(asked(source))
            assert open_question or "answer" not in own, source[:60]
            continue
        for part in re.split(r"(?m)^(?=#{2,4} |\*\*Explanation\.\*\*)", source):
            open_question = open_question and not part.startswith("#")
            assert open_question or not part.startswith("**Explanation"), part[:60]


@every_chapter
def test_exercises_have_one_form(path):
    """**Exercise 2** ★★ (10 min). …, one fold with its solution each, and the stars explained."""
    exercises = re.split(r"(?m)^\*\*(?=Exercise \d+\*\*)", text(path))[1:]
    assert len(exercises) >= 5
    for number, exercise in enumerate(exercises, start=1):
        assert re.match(rf"Exercise {number}\*\* ★{{1,3}} \(\d+ min\)\. \S", exercise), exercise[:60]
        assert exercise.count("<details><summary>Solution</summary>") == 1, exercise[:60]
    assert {"★ (", "★★ (", "★★★ ("} <= set(re.findall(r"★+ \(", text(path)))
    assert re.search(r"## Exercises\n\n[^\n]*★[^\n]*★★[^\n]*★★★", text(path)), "the stars are explained"


@every_chapter
def test_the_road_ends_before_the_side_paths(path):
    headings = re.findall(r"^## (.+)$", text(path), flags=re.M)
    assert headings.index("Summary") < headings.index("Exercises") < headings.index("Side paths")


def minutes(path, road):
    """How long the road takes, or the side paths; exercises say their own minutes."""
    found = stored(path)
    exercises, side_paths = (
        next(k for k, cell in enumerate(found) if heading in cell["source"])
        for heading in ("## Exercises", "## Side paths")
    )
    part = found[:exercises] if road else found[side_paths:]
    counts = dict.fromkeys(PER_MINUTE, 0)
    for cell in part:
        source = cell["source"]
        if cell["cell_type"] == "markdown":
            shown = re.sub(r"<details>.*?</details>|\$\$.*?\$\$|\*\*Exercise.*", "", source, flags=re.S)
            counts["words"] += len(shown.split())
        else:
            counts["questions"] += len(asked(source))
            counts["live figures"] += source.count("explore(")
            if not tags(cell) & HIDDEN:
                counts["lines"] += lines_of(source)
    return 5 * round(sum(counts[kind] / PER_MINUTE[kind] for kind in counts) / 5)


@every_chapter
def test_the_times_are_measured(path):
    said = re.search(r"\*\*Time:\*\* about (\d+) minutes for the road, (\d+) for the side paths", text(path))
    assert said, "**Time:** about 60 minutes for the road, 30 for the side paths"
    assert [int(said[1]), int(said[2])] == [minutes(path, road=True), minutes(path, road=False)]


@pytest.mark.parametrize(
    ("bold", "kind", "name"),
    [
        ("Explanation.", "explanation", None),
        ("Figure 4.12.", "caption", "figure-4-12"),
        ("Exercise 2", "exercise", "exercise-2"),
        ("Explanation", None, None),
    ],
)
def test_a_paragraph_is_known_by_its_first_words(bold, kind, name):
    """As the parser hands it over: with an empty text before the bold words."""
    for before in ([nodes.Text("")], []):
        paragraph = nodes.paragraph("", "", *before, nodes.strong(bold, bold), nodes.Text(" What comes?"))
        mark(paragraph)
        assert paragraph["classes"] == ([kind] if kind else [])
        assert paragraph["ids"] == ([name] if name else [])


@every_chapter
def test_folds_stand_by_themselves_and_render(path):
    """Within a line of text a fold would be closed with its paragraph, and what it hides would show.

    Markdown inside <details> is Markdown only behind an empty line.
    """
    folds = re.findall(r"<details>.*?</details>", text(path), flags=re.S)
    assert text(path).count("<details>") == text(path).count("<summary>") == len(folds)
    for fold in folds:
        assert re.match(r"<details>\s*<summary>[^\n]*</summary>\n\n.*\n\n</details>$", fold, flags=re.S), fold
    assert re.findall(r"(?m)^(.*\S.*)<details>", text(path)) == []


@every_chapter
@pytest.mark.parametrize(
    ("page", "form"),
    [("instructor.md", "{} minutes, side paths {} minutes"), ("index.ipynb", "| {} + {} minutes |")],
)
def test_the_pages_about_the_chapters_say_the_same_times(path, page, form):
    about = ROOT / "chapters" / page
    written = text(about) if about.suffix == ".ipynb" else about.read_text("utf-8")
    times = form.format(minutes(path, road=True), minutes(path, road=False))
    rows = re.findall(rf"(?m)^\| \[\d [^]]+\]\({path.name}\) \|.*", written)
    assert [times in row for row in rows] == [True], f"{page}: expected one row of {path.name} with “{times}”"


@every_chapter
def test_the_exercises_take_what_the_first_page_says(path):
    """An hour and a half to two hours in each chapter, give or take five minutes."""
    said = "The exercises say their own minutes, an hour and a half to two hours in each chapter."
    assert said in text(ROOT / "chapters" / "index.ipynb")
    assert 85 <= sum(int(m) for m in re.findall(r"\*\*Exercise \d+\*\* ★+ \((\d+) min\)", text(path))) <= 120
