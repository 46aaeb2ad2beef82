"""The questions' own tests: what `lib.practice` refuses, and what it shows."""

import gzip
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from stage import scripts

from lib import language
from lib import questions as book
from lib.practice import Blanks, Choice, Draw, Expression, Number, Order, ask
from lib.practice.mathml import formula, inline
from lib.practice.page import question_markdown, question_page
from tests.helpers import ROOT, refuses
from tests.questions import questions

SAMPLES = questions()
JUDGE = 12 * 1024  # bytes over the line, with the form


# The language


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-x**2", -9),
        ("2**-1", 0.5),
        ("2**3**2", 512),
        ("A.T @ A", [[10, 14], [14, 20]]),
        ("A.sum(axis=0, keepdims=True)", [[4, 6]]),
        ("A.mean()", 2.5),
        ("where(A > 2, A, 0)", [[0, 0], [3, 4]]),
        ("maximum(A, 2) - [[1, 1]]", [[1, 1], [2, 3]]),
        ("sigmoid(0) + sigmoid(-800)", 0.5),
        ("abs(-pi)", np.pi),
    ],
)
def test_value(text, value):
    assert np.array_equal(language.evaluate(text, {"x": 3, "A": [[1, 2], [3, 4]]}), value)


@pytest.mark.parametrize(
    "text",
    ["", "while", "__import__('os')", "A.__class__", "(lambda: 1)()", "B", "A[0]", "A.sum(dtype=int)", "'a'", "x; x"]
    + ["1 if x else 2", "x = 2", "A.T.dot(A)", "[x for x in A]", "exp(x, x)", "1 < x < 2", "True", "x // 2", 3, None],
)  # fmt: skip
def test_what_is_not_mathematics_is_not_read(text):
    with pytest.raises(language.Unreadable):
        language.evaluate(text, {"x": 3, "A": [[1, 2], [3, 4]]})


@pytest.mark.parametrize(
    "text", ["x / 0", "log(0)", "sqrt(-x)", "A @ x", "A + [1, 2, 3]", "exp(1e4)", "1e999", "A.sum(axis=2)"]
)
def test_what_has_no_value_is_refused(text):
    with pytest.raises((language.Impossible, language.Unreadable)):
        language.evaluate(text, {"x": 3, "A": [[1, 2], [3, 4]]})


# The three refusals, each planted


def changed(name, **fields):
    """A sample with something else in it; making it runs its refusals."""
    given = {"given": SAMPLES[name].given} | fields
    return replace(SAMPLES[name], **given)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_stand(name):
    assert changed(name).name == name


A_WRONG_KEY, LUCKY, NO_SENTENCE = "the truth is", "lucky numbers", "no sentence"


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("row", {"answer": "x @ w - b"}, A_WRONG_KEY),
        ("slope", {"answer": "0.15 + 0.000001 * N"}, A_WRONG_KEY),  # right as far as it is shown, and wrong
        ("bias-shape", {"right": "`(5, 2)`"}, A_WRONG_KEY),
        ("power", {"answer": "2*x + 8*x**4"}, A_WRONG_KEY),
        ("weights", {"answer": "A.T @ D / N"}, A_WRONG_KEY),
        ("bias", {"answer": "D.sum(axis=0)"}, A_WRONG_KEY),  # broadcasts to the truth
        ("cube", {"answers": SAMPLES["cube"].answers | {"df_db": "df_dx"}, "slips": {}}, A_WRONG_KEY),
        (
            "lines",
            {"lines": [line.replace("W2.T", "W2.T * 2") for line in SAMPLES["lines"].lines]},
            A_WRONG_KEY,
        ),
        (
            "row",
            {"given": {"x": [1.0, 2, 1], "w": [1.0, 2, -3], "b": 0.0}},
            LUCKY,
        ),  # nobody can forget this bias
        ("weights", {"slips": {"(A * D).sum(axis=0, keepdims=True).T": "The same in other words."}}, LUCKY),
        ("power", {"slips": {"x**2": "One.", "x*x": "The same."}}, LUCKY),
        ("power", {"given": {"x": Draw(low=0, high=0)}}, LUCKY),  # 2x + 8x³ = 2x + 2x³ at 0
        ("slope", {"slips": {"0.16": "Nobody could tell it from the answer at two decimals."}}, LUCKY),
        ("cube", {"slips": {"f": {"125": "The number of this table."}}}, LUCKY),
        ("lines", {"slips": {"dW2": {"A1.T * 1": "The same."}}}, LUCKY),
        ("row", {"slips": {"x @ w": ""}}, NO_SENTENCE),
        ("weights", {"slips": {"A @ D": "  "}}, NO_SENTENCE),
        ("bias-shape", {"wrong": {"`(1, 2)`": None}}, NO_SENTENCE),
        ("cube", {"slips": {"f": {"3*x": ""}}}, NO_SENTENCE),
        ("lines", {"slips": {"dW2": {"A1": ""}}}, NO_SENTENCE),
        ("row", {"slips": {"x @": "Read by nobody."}}, "can't read"),
        ("row", {"slips": {"q + 1": "Of what?"}}, "can't read"),
        ("row", {"slips": {"x @ [1, 2]": "Its shapes don't fit."}}, "can't be computed"),
        ("weights", {"slips": {"A @ D": "One.", "A@D": "The same."}}, "twice"),
        ("weights", {"given": {"A": [[1.0]], "D": [[2.0]], "N": 1.0}}, "at least one shape"),
        ("thin", {"table": [["", "value"], ["hidden", "a1"]]}, "a place for each"),
    ],
)
def test_a_question_that_cannot_stand_is_refused(name, fields, words):
    with refuses(words):
        changed(name, **fields)


@pytest.mark.parametrize("name", ["", "Weights", "a b", "1a", None])
def test_bad_names(name):
    with refuses("name: expected"):
        Number(name, "Prompt", answer="1", truth=lambda: 1)


@pytest.mark.parametrize("value", [[1, [2, 3]], "text", [[[1]]], [np.nan]])
def test_bad_numbers(value):
    with refuses("x: expected"):
        Number("name", "Prompt", given={"x": value}, answer="1", truth=lambda x: 1)


def test_only_questions_are_asked():
    with refuses("question: expected"):
        ask("What is z?")


# Draws


def test_draws_are_the_same_in_every_build_and_leave_zero_out():
    one, other = (
        Expression("name", "?", given={"A": (40, 2)}, answer="A", truth=lambda A: A) for _ in range(2)
    )
    assert all(np.array_equal(a["A"], b["A"]) for a, b in zip(one.draws, other.draws, strict=True))
    numbers = np.unique([draw["A"] for draw in one.draws])
    assert np.array_equal(numbers, [-3, -2.5, -2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2, 2.5, 3])
    assert len({draw["A"].tobytes() for draw in one.draws}) == len(one.draws)


# What is shown


def data(question):
    return json.loads(
        re.search(r'<script type="application/json">(.*?)</script>', question_page(question), re.S)[1]
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_page(name):
    page = question_page(SAMPLES[name])
    assert "$" not in page
    assert "\\" not in re.sub(r"<script.*?</script>", "", page, flags=re.S)
    shown = page.split('<details class="ask-answer">')[0]
    assert "ask-prompt" in shown  # and the answer only after that
    assert data(SAMPLES[name])["kind"] == SAMPLES[name].kind


def test_the_answer_of_a_number_is_not_in_sight():
    shown = question_page(SAMPLES["row"]).split("<details")[0]
    assert "x = [1, 2, 1]" in shown
    assert SAMPLES["row"].key() == "3"
    assert "3<" not in shown.replace("-3]", "")


def test_choices_are_mixed_by_name():
    makes = (Choice(f"c{k}", "?", right="r", wrong={"a": "A.", "b": "B."}) for k in range(30))
    places = {choice.options().index("r") for choice in makes}
    assert places == {0, 1, 2}


def test_lines_are_handed_out_in_an_order_that_is_wrong_and_with_gaps():
    lines = SAMPLES["lines"]
    order = data(lines)["order"]
    assert sorted(order) == list(range(10))
    assert not lines.sound([lines.lines[k] for k in order])
    assert "dW2 = ____ @ D2" in question_markdown(lines)
    assert "{" not in question_markdown(lines)


def test_lines_of_any_order_are_no_question():
    with refuses("any order"):
        Order("any", "?", given={"x": ()}, lines=["a = x", "b = 2*x"], truth=lambda x: {"a": x})


def test_markdown_of_a_stored_notebook():
    text = question_markdown(SAMPLES["weights"])
    assert text.startswith("**Question.** $Z = A")
    assert "`A` (4, 2), `D` (4, 1), `N = 4`" in text
    assert "<details><summary>Answer</summary>\n\n`A.T @ D`\n\nAnd shaped like $W$.\n\n</details>" in text


def test_a_column_may_be_called_like_a_blank_and_a_bar_ends_no_entry():
    legs = Blanks(
        "legs",
        "?",
        given={"p": Draw((), 3, 9, 1, first=3), "q": Draw((), 4, 8, 1, first=4)},
        decimals=2,
        answers={"length": "sqrt(p**2 + q**2)"},
        truth=lambda p, q: {"length": np.hypot(p, q)},
        slips={"length": {"p + q": "Added.", "p**2 + q**2": "No root.", "p": "One leg."}},
        table=[["", "length"], ["arrow", "length"]],
    )
    assert "|  | length |\n| --- | --- |\n| arrow | ____ |" in question_markdown(legs)
    legs.table = [["$|v|$", "length"], ["`p | q`", "length"], [-0.5, ""]]
    assert r"| $\vert v\vert $ | length |" in question_markdown(legs)
    assert "| `p \\| q` | ____ |\n| −0.5 |  |" in question_markdown(legs)


def test_without_its_picture_a_question_says_what_it_shows():
    assert "In the picture: a and b go into x = a + 2b" in question_markdown(SAMPLES["cube"])
    assert "In the picture" not in question_markdown(SAMPLES["thin"])


def test_nothing_in_the_data_ends_the_script():
    choice = Choice("c", "?", right="</script><!--", wrong={"a": "</script>"})
    assert question_page(choice).count("</script>") == 1


def test_outputs_of_a_notebook_stand_alone(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr("lib.practice.show.display", lambda bundle, raw: shown.append(bundle))
    monkeypatch.delenv("BOOK_BUILD", raising=False)
    ask(SAMPLES["weights"])
    monkeypatch.setenv("BOOK_BUILD", "html")
    ask(SAMPLES["weights"])
    alone, site = shown
    assert alone["text/html"].count("<script>") == 1
    assert "<style>" in alone["text/html"]
    assert "<script>" not in site["text/html"]
    assert site["text/plain"] == "<question weights: expression>"
    assert alone["text/markdown"] == question_markdown(SAMPLES["weights"])


def test_the_judge_with_its_form_keeps_its_budget(record_property):
    """As the build shortens them; tests/test_pages.py weighs what it has written."""
    static = ROOT / "lib" / "practice" / "static"
    short = {
        name: scripts.shortened((static / f"{name}.js").read_text("utf-8")) for name in ("form", "judge")
    }
    sizes = {name: len(gzip.compress(text.encode(), 9, mtime=0)) for name, text in short.items()}
    record_property("printed", ", ".join(f"{name}.js {size:,} bytes" for name, size in sizes.items()))
    assert sum(sizes.values()) <= JUDGE


# Formulas


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (
            r"\frac{dC}{dW}",
            "<mfrac><mrow><mi>d</mi><mi>C</mi></mrow><mrow><mi>d</mi><mi>W</mi></mrow></mfrac>",
        ),
        (r"\hat y^{(4)}", "<msup><mover accent='true'><mi>y</mi><mo>^</mo></mover><mrow>"),
        (r"\sigma'(z)", "<msup><mi>σ</mi><mo>′</mo></msup>"),
        (r"A^\top", "<msup><mi>A</mi><mo>⊤</mo></msup>"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>"),
        (r"\text{a b}", "<mtext>a b</mtext>"),
        ("a < b", "<mo>&lt;</mo>"),
    ],
)
def test_formula(tex, mathml):
    assert mathml in formula(tex)


@pytest.mark.parametrize(
    "tex", [r"\unknown", "{x", r"\frac1", r"\begin{align}x\end{align}", "x^", "é#", r"\text{a"]
)
def test_a_formula_that_cannot_be_drawn_is_refused(tex):
    with refuses("formula: "):
        formula(tex)


def test_inline():
    assert inline("**a** `x<y` & *b* $x$") == (
        "<strong>a</strong> <code>x&lt;y</code> &amp; <em>b</em> <math><mi>x</mi></math>"
    )
    assert inline("($x$), $y$ too.") == (
        '(<span class="together"><math><mi>x</mi></math>),</span> <math><mi>y</mi></math> too.'
    )


def test_every_blank_is_asked_once():
    with refuses("a truth for each"):
        Blanks("b", "?", given={"x": 1}, answers={"y": "x"}, truth=lambda x: {"z": x})


@pytest.mark.parametrize("name", ["no such", "", 3, None, ["bare"]])
def test_a_name_that_there_is_not_is_refused(name):
    for door in (book.ask, book.recall):
        with refuses(f"name: expected the name of a question in lib/questions, got {name!r}"):
            door(name)
    for door in (book.show_questions, book.show_sheet):
        with refuses(f"chapter: expected one of forward_pass, ... got {name!r}"):
            door(name)
