"""What a teacher gets of the questions: the list with their slips, sheets on paper, the count of many files."""

import contextlib
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import questions as tool

from lib.practice import Draw
from lib.practice.page import SCRIPTS
from lib.practice.question import plain_numbers
from lib.practice.teachers import collect_page, list_page, sheet_page
from lib.practice.trials import trials
from lib.questions import CHAPTERS, TITLES, everything, of_chapter
from tests.browser import SITE, barriers  # noqa: F401, so that what reads the built site is known
from tests.helpers import ROOT
from tests.questions import questions as samples
from tests.test_judge import STATIC, TAGS
from tests.test_pdf import sheets

BOOK = {chapter: list(of_chapter(chapter).values()) for chapter in CHAPTERS}
FIRST, SECOND = CHAPTERS[:2]


# The list, and the sheet


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_list_has_every_question_with_every_slip_and_its_sentence(chapter):
    page = list_page(BOOK[chapter])
    assert page.count('<div class="listed"') == len(BOOK[chapter])
    slips = sum(len(trials(one)) - 1 for one in BOOK[chapter])
    hints = sum(bool(one.hint) for one in BOOK[chapter])
    assert page.count("<li>") == len(BOOK[chapter]) + slips + hints
    assert "$" not in page
    assert "{" not in page


def test_the_sheet_asks_and_does_not_tell():
    made = samples()
    asked, key = sheet_page(made.values()).split('class="sheet sheet-key"')
    assert asked.count("<li><p>") == key.count("<li><p>") == len(made)
    gaps = sum(line.count("{") for line in made["lines"].lines)
    assert asked.count("data-blank=") == len(made["cube"].answers) + len(made["thin"].answers) + gaps
    assert "A.T @ D" not in asked
    assert "A.T @ D" in key
    assert "<form" not in asked
    assert "<script" not in asked


def printed(page, path):
    page.pdf(path=path, prefer_css_page_size=True)
    return sheets(path)


def test_a_chosen_chapter_is_printed_alone_and_its_key_on_paper_of_its_own(open_page, tmp_path):
    page = open_page(
        "chapters/worksheet.html", fragment="#chapter-2-differential-calculus", wait_until="load"
    )
    texts = printed(page, tmp_path / "sheet.pdf")
    assert texts[0].startswith("Chapter 2: Differential calculus")
    assert "Chapter 3" not in "".join(texts)
    first = next(number for number, text in enumerate(texts) if text.startswith("Key"))
    assert sum("Key" in text for text in texts) == 1
    assert first > 2
    asked = "".join(texts[:first])
    long = [one for one in BOOK[SECOND] if one.kind == "expression" and len(one.answer) > 12]
    assert long
    squeezed = [text.replace(" ", "").replace("\n", "") for text in (asked, "".join(texts[first:]))]
    for question in long:
        key = question.answer.replace(" ", "")
        assert [key in text for text in squeezed] == [False, True], question.name
    for words in ("On this page", "Worksheets to print", "Check", "Show the answer"):
        assert words not in asked


def test_without_a_choice_all_are_printed_each_on_its_own(open_page, tmp_path):
    texts = printed(open_page("chapters/worksheet.html", wait_until="load"), tmp_path / "sheets.pdf")
    begins = [text.split("\n")[0].strip() for text in texts]
    titles = [f"Chapter {number}: {title[2:]}" for number, title in enumerate(TITLES.values(), 1)]
    assert [begin for begin in begins if begin.startswith("Chapter")] == titles
    assert begins.count("Key") == len(CHAPTERS)


# The count of many files


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collect")
    for path in (*map(STATIC.joinpath, SCRIPTS), STATIC / "teachers.css", ROOT / "_static" / "collect.js"):
        shutil.copy(path, folder)
    body = collect_page({chapter: (title, BOOK[chapter]) for chapter, title in TITLES.items()})
    (folder / "collect.html").write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Count</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="teachers.css">{TAGS}'
        f'<script src="collect.js" defer></script></head><body><main><h1>Count</h1>{body}</main></body></html>',
        "utf-8",
    )
    return folder


@pytest.fixture
def page(open_page, folder):
    return open_page("collect.html", address=folder.as_uri(), viewport={"width": 360, "height": 800})


def file(name, content):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"name": name, "mimeType": "application/json", "buffer": content}


def hand_in(page, *files):
    """The files are chosen; returns what is said: (the sum, the troubles)."""
    before = page.locator("[role=status]").inner_text()
    page.locator("input[type=file]").set_input_files(list(files))
    page.wait_for_function(
        "() => document.querySelector('.ask-collect input').value === '' && "
        "document.querySelector('.ask-collect [role=status]').textContent !== ''"
    )
    assert page.locator("[role=status]").inner_text() != before
    return page.locator("[role=status]").inner_text(), troubles(page)


def troubles(page):
    return page.locator("ul[aria-label^=Files] li").all_inner_texts()


ROWS = """(lines) => lines.map((line) => {
  const [name, ...numbers] = [...line.querySelectorAll("th, td")].slice(0, 5).map((one) => one.innerText);
  return [name, [...numbers.map(Number), [...line.querySelectorAll("li")].map((one) => one.innerText)]];
})"""


def rows(page):
    """{question: [four numbers, the words of its slips]}"""
    return dict(page.locator("tbody tr:has(td)").evaluate_all(ROWS))


def test_thirty_files_at_once(page, record_property):
    """What the page counts is what was planted: states, tries, and each slip once for each reader."""
    rng = np.random.default_rng(14)
    tried = [(chapter, one, trials(one)) for chapter in (FIRST, SECOND) for one in BOOK[chapter]]
    wanted, files = {}, []
    for reader in range(30):
        answers = {}
        for chapter, question, (right, *slips) in tried:
            if rng.random() < 0.2:
                continue  # not answered
            wrong = [slips[k] for k in rng.integers(len(slips), size=rng.integers(4))]
            shown = bool(rng.random() < 0.2)
            typed = [slip.typed for slip in wrong] + ([] if shown else [right.typed])
            entry = {"state": "shown" if shown else "right", "tries": len(typed), "typed": typed}
            answers.setdefault(chapter, {})[question.name] = entry
            own = wanted.setdefault(question.name, {"numbers": np.zeros(4, int), "slips": {}})
            own["numbers"] += [1, not shown and not wrong, not shown and bool(wrong), shown]
            for slip in {(slip.place, slip.slip) for slip in wrong}:
                own["slips"][slip] = own["slips"].get(slip, 0) + 1
        content = {"name": f"Reader {reader}", "saved": "2026-01-01T00:00:00Z", "answers": answers}
        files.append(file(f"{reader}.json", content))
    began = page.evaluate("performance.now()")
    said, complaints = hand_in(page, *files)
    took = page.evaluate("performance.now()") - began
    assert (said, complaints) == (f"30 files counted, {len(wanted)} questions answered.", [])
    found = rows(page)
    assert list(found) == [question.name for _, question, _ in tried]
    for name, own in wanted.items():
        *numbers, slips = found[name]
        assert numbers == own["numbers"].tolist(), name
        counts = [int(text.split(" × ")[0]) for text in slips]
        assert counts == sorted(own["slips"].values(), reverse=True), (name, slips)
        assert not any("without a name" in text for text in slips), (name, slips)
        if everything()[name].kind in ("number", "expression"):
            for (_, slip), number in own["slips"].items():
                assert any(text.startswith(f"{number} × {slip} ") for text in slips), (name, slip, slips)
    record_property("printed", f"thirty files of {len(wanted)} questions counted in {took:.0f} ms")
    assert page.locator("summary").inner_text() == "Who has answered how much"
    page.locator("summary").click()
    assert page.locator("details li").count() == 30

    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    text = open(download.value.path(), encoding="utf-8-sig", newline="").read()
    head, *lines = csv.reader(io.StringIO(text))
    assert head[:6] == ["Chapter", "Question", "Answered", "Right at once", "After more tries", "Gave up"]
    assert [(line[1], [*map(int, line[2:6])]) for line in lines] == [
        (name, own[:4]) for name, own in found.items()
    ]
    assert not [entry for line in lines for entry in line if entry[:1] in tuple("=+-@")], (
        "no formulas for a spreadsheet"
    )

    page.get_by_role("button", name="Forget these files").click()
    assert page.locator("table:visible").count() == 0
    assert page.locator("input[type=file]").evaluate("one => one === document.activeElement")


def entry(*typed, state="right", **more):
    return {"state": state, "tries": len(typed), "typed": list(typed)} | more


def handed_in(answers, name="Ana", chapter=FIRST):
    return {"name": name, "saved": "", "answers": {chapter: answers}}


def test_a_question_that_was_asked_again_has_its_own_line_and_its_own_numbers(page):
    """In a later chapter, with other numbers: its slips are recognised from those."""
    question = next(one for one in BOOK[FIRST] if one.kind == "number" and one.ranges())
    rng = np.random.default_rng(1)
    for _ in range(100):
        given = {n: v.draw(rng) if isinstance(v, Draw) else v for n, v in question.given.items()}
        try:
            again = replace(question, given={n: np.asarray(v).tolist() for n, v in given.items()})
            break
        except ValueError:  # lucky numbers
            continue
    right, slip = trials(again)[:2]
    numbers = {name: plain_numbers(value) for name, value in given.items()}
    answers = {question.name: entry(slip.typed, right.typed, given=numbers)}
    assert hand_in(page, file("a.json", handed_in(answers, chapter=SECOND)))[1] == []
    ((label, found),) = rows(page).items()
    assert label == f"{question.name}, asked again in {TITLES[SECOND]}"
    assert found[:4] == [1, 0, 1, 0]
    assert len(found[4]) == 1
    assert slip.slip in found[4][0]


NAME = "weighted-sum"
MARK = "<img src=x onerror=alert(1)>"
BAD = [
    (b"{", "this isn't JSON"),
    (b"\xff\xfe\x00", "this isn't JSON"),
    (b"", "this isn't JSON"),
    (b"[" * 100_000, "this isn't JSON"),
    ([], "got something else"),
    ("text", "got something else"),
    (None, "got something else"),
    ({"answers": [1]}, "got something else"),
    ({"name": "Ana"}, "got something else"),
    (b" " * 2_000_001, "too large for answers (3 MB), not read."),
]
LEFT_OUT = [
    {"no-such-question": entry("1")},
    {MARK: entry("1")},
    {"constructor": entry("1")},
    {NAME: 5},
    {NAME: None},
    {NAME: {"state": "right"}},
    {NAME: entry("1", state="won")},
    {NAME: entry("1") | {"tries": -1}},
    {NAME: entry("1") | {"tries": "many"}},
    {NAME: entry("1") | {"typed": "2"}},
    {NAME: entry(*["1"] * 21)},
]
HARMLESS = [
    {NAME: entry(5, None, [], {}, {"x": 1}, "x" * 10_000, "(" * 299, MARK)},
    {NAME: entry("2", given={"x": {"shape": [3], "data": "abc"}})},
    {NAME: entry("2", given=5)},
    {NAME: entry("2", given={})},
]


def test_a_bad_file_gets_one_sentence(page, tmp_path):
    said, complaints = hand_in(page, *(file(f"bad-{k}.json", content) for k, (content, _) in enumerate(BAD)))
    assert said == "0 files counted, 0 questions answered."
    for number, ((_, words), complaint) in enumerate(zip(BAD, complaints, strict=True)):
        assert complaint.startswith(f"bad-{number}.json: ")
        assert words in complaint
    huge = tmp_path / "huge.json"
    with huge.open("wb") as large:
        large.truncate(50_000_000)
    page.locator("input[type=file]").set_input_files(huge)
    page.get_by_text("huge.json: too large for answers (50 MB), not read.").wait_for()
    assert page.locator("[role=status]").inner_text() == "0 files counted, 0 questions answered."


def test_what_the_book_does_not_ask_is_left_out_and_said(page):
    files = [file(f"{number}.json", handed_in(answers)) for number, answers in enumerate(LEFT_OUT)]
    _, complaints = hand_in(page, *files)
    assert len(complaints) == len(LEFT_OUT)
    for number, (complaint, answers) in enumerate(zip(complaints, LEFT_OUT, strict=True)):
        assert complaint.startswith(f"{number}.json: left out is what this book doesn't ask, or can't read: ")
        assert next(iter(answers)) in complaint  # as text
    assert rows(page) == {}
    assert page.locator("img").count() == 0


def test_what_nobody_can_have_typed_does_no_harm(page):
    files = [file(f"{number}.json", handed_in(answers, name=MARK)) for number, answers in enumerate(HARMLESS)]
    raw = json.dumps(handed_in({NAME: entry("2")})).replace(
        '"answers": {', '"answers": {"__proto__": {"a": 1}, "toString": 5, '
    )
    files.append(file(f"{MARK}.json", raw.encode()))
    said, complaints = hand_in(page, *files)
    assert said == "5 files counted, 1 question answered."
    assert complaints == [f"{MARK}.json: left out is what this book doesn't ask, or can't read: a."]
    assert page.evaluate("({}).a") is None
    page.locator("summary").click()
    assert page.locator("details li").first.inner_text() == f"{MARK}: 1 answered, 0 right at once"
    assert page.locator("img").count() == 0


def test_the_same_file_counts_once(page):
    content = handed_in({NAME: entry("2")})
    said, complaints = hand_in(
        page,
        file("a.json", content),
        file("b.json", content),
        file("c.json", handed_in({NAME: entry("1", "2")})),
    )
    assert said == "2 files counted, 1 question answered."
    assert complaints == ["b.json: the same answers as in a.json, counted once."]
    assert rows(page)[NAME][:4] == [2, 1, 1, 0]


def test_files_are_dropped_and_the_keyboard_chooses_them(page):
    page.evaluate(
        """(text) => {
          const files = new DataTransfer();
          for (const name of ["a.json", "b.json"]) files.items.add(new File([text.replace("Ana", name)], name));
          const drop = document.querySelector(".collect-drop");
          for (const kind of ["dragenter", "dragover", "drop"])
            drop.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
        }""",
        json.dumps(handed_in({NAME: entry("2")})),
    )
    page.get_by_text("2 files counted, 1 question answered.").wait_for()
    page.locator("body").press("Tab")
    page.evaluate(
        "document.activeElement.addEventListener('click', (event) => (window.asked = event.target.type))"
    )
    page.keyboard.press("Space")
    assert page.evaluate("asked") == "file"


def test_no_barriers(page):
    hand_in(page, file("a.json", handed_in({NAME: entry("1", "2")})), file("b.json", b"{"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []


# `make questions`


@pytest.fixture
def ask_judge(judge, monkeypatch):
    """`make questions`, with the judge that is here already in place of a browser of its own."""
    monkeypatch.setattr(tool.browsers, "opened", contextlib.nullcontext)
    monkeypatch.setattr(tool.browsers, "judge_in", lambda _: judge)
    return tool.main


def test_make_questions(ask_judge, capsys):
    ask_judge([FIRST])
    printed = capsys.readouterr().out
    for question in BOOK[FIRST]:
        assert f"\n{question.name} ({question.kind})\n" in printed
    assert printed.endswith(" slips, 0 complaints\n")


def test_make_questions_names_what_is_not_as_it_should_be(ask_judge, monkeypatch):
    plant = lambda one: replace(one, typed="7") if one.slip == "x @ w" else one  # noqa: E731
    monkeypatch.setattr(tool, "trials", lambda question: [*map(plant, trials(question))])
    monkeypatch.setattr(tool, "of_chapter", lambda chapter: {"row": samples()["row"]})
    with pytest.raises(
        SystemExit, match=r"^row: the slip x @ w \(2\) is met by: size, The answer is less than 7\.$"
    ):
        ask_judge([FIRST])


def test_make_questions_knows_the_chapters():
    with pytest.raises(SystemExit, match=r"^chapter: expected some of forward_pass, "):
        tool.main(["nowhere"])


@pytest.mark.thorough
def test_make_questions_opens_a_browser_of_its_own(chromium):
    done = subprocess.run(
        [sys.executable, "tools/questions.py", FIRST],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" slips, 0 complaints\n")
