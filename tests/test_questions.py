"""Every question of the book, put to the judge in a real browser: its key, its slips, and what nobody should type.

What makes a question at all (its key is the truth, its numbers aren't lucky, no slip without a sentence) is
refused as soon as it is made: tests/test_practice.py plants each. What the judge can do stands in
tests/test_judge.py, on samples; what a reader meets in tests/test_ask.py.
"""

import re
from itertools import cycle

import numpy as np
import pytest

from lib import language
from lib.practice.mathml import inline
from lib.practice.page import judge_data
from lib.practice.trials import complaint, trials, typed_number, verdicts
from lib.questions import CHAPTERS, everything, of_chapter
from tests.equivalents import ways
from tests.helpers import ROOT, asked, course, stored

QUESTIONS = everything()
KINDS = ("choice", "number", "expression", "blanks", "order")

every_question = pytest.mark.parametrize("name", QUESTIONS)


def of_kind(*kinds):
    names = [name for name, question in QUESTIONS.items() if question.kind in kinds]
    return pytest.mark.parametrize("name", names)


# In the chapters


def count(kind, chapters=CHAPTERS):
    return sum(question.kind == kind for chapter in chapters for question in of_chapter(chapter).values())


def slips_of(question):
    return len(trials(question)) - 1


def test_there_are_enough_of_each_kind(record_property):
    rows = [f"{chapter}: {len(of_chapter(chapter))} questions, " for chapter in CHAPTERS]
    rows = [
        row + ", ".join(f"{count(kind, [chapter])} {kind}" for kind in KINDS)
        for row, chapter in zip(rows, CHAPTERS, strict=True)
    ]
    slips = sorted(map(slips_of, QUESTIONS.values()))
    rows.append(
        f"{len(QUESTIONS)} questions in all, "
        + ", ".join(f"{count(kind)} {kind}" for kind in KINDS)
        + f"; {sum(slips)} slips, {slips[0]} to {slips[-1]} a question, median {slips[len(slips) // 2]}"
    )
    record_property("printed", "\n".join(rows))
    assert len(QUESTIONS) >= 110
    assert min(len(of_chapter(chapter)) for chapter in CHAPTERS) >= 18
    assert count("expression") >= 35
    assert count("order") >= 1
    placed = [one for one in QUESTIONS.values() if one.kind == "blanks" and (one.table or one.figure)]
    assert len(placed) >= 6


@every_question
def test_three_mistakes_have_a_sentence_of_their_own(name):
    sentences = {trial.sentence for trial in trials(QUESTIONS[name])[1:]}
    assert len(sentences) >= 3


def calls(chapter):
    """[(function, name)] of the questions that a chapter asks, in the order of its cells."""
    cells = stored(ROOT / "chapters" / f"{chapter}.ipynb")
    return [call for cell in cells if cell["cell_type"] == "code" for call in asked(cell["source"])]


def test_every_chapter_has_its_questions():
    assert list(CHAPTERS) == course(), (
        "expected in TITLES of lib/questions the chapters that _toc.yml numbers"
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_asks_each_of_its_questions_once_and_in_order(chapter):
    asks, has = [name for call, name in calls(chapter) if call == "ask"], list(of_chapter(chapter))
    bare = [name for name in has if name not in asks]
    assert not bare, (
        f"{chapter}.ipynb: expected a cell `ask(…)` for each of {bare}, or lib/questions without them"
    )
    assert asks == has, f"expected lib/questions/{chapter}.py in the order of the chapter, {asks}, got {has}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_recalled_was_asked_before(chapter):
    before = {name for other in CHAPTERS[: CHAPTERS.index(chapter)] for name in of_chapter(other)}
    assert {name for call, name in calls(chapter) if call == "recall"} <= before


# Keys and slips


def complaints(judge, question):
    """What the judge gets wrong of a question's key and its slips."""
    tried = trials(question)
    answers = verdicts(judge, question, [trial.typed for trial in tried])
    return [one for one in map(complaint, tried, answers) if one]


@every_question
def test_the_key_is_right_and_every_slip_gets_its_own_sentence(judge, name):
    assert complaints(judge, QUESTIONS[name]) == []


RECALLED = sorted({name for chapter in CHAPTERS for call, name in calls(chapter) if call == "recall"})


@pytest.mark.parametrize("name", RECALLED)
def test_a_later_chapter_asks_on_other_numbers(judge, name):
    """Numbers of the build: there the key is right, each slip is met, and the count of many files takes them."""
    question, again = QUESTIONS[name], QUESTIONS[name].once_more()
    before, after = judge_data(question).get("draws"), judge_data(again).get("draws")
    if not question.one_number:
        assert after == before  # there are none to be seen
        return
    assert (after != before) == bool(question.ranges())
    assert complaints(judge, again) == []
    fresh = judge.evaluate("all => practice.renewed(...all)", [judge_data(question), after[0]])
    assert (fresh or {}).get("draws") == after


MALFORMED = [
    "", "   ", "x" * 10_000, '__import__("os")', "while", "((((A", "A))", "1e999", "nan", "inf", "Ａ＋１", "２", "٣",
    "😀", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "1/0", "A.T @ D; D", "A.constructor",
    "eval('1')", "A\n@\nD = ", "`A`", "${A}", "A.__proto__", "[]", "()", "--", "1__0", ",", "a" * 299, "(" * 299,
]  # fmt: skip


def malformed(question):
    """Answers that are none, in the question's own form; of several fields, one after the other."""
    if question.kind == "choice":
        return [None, float("nan"), -1, len(question.options()), 0.5, *MALFORMED]
    if question.kind in ("number", "expression"):
        return MALFORMED
    right = trials(question)[0].typed
    fields = cycle(question.answers if question.kind == "blanks" else right["blanks"])
    if question.kind == "blanks":
        return [right | {next(fields): text} for text in filter(str.strip, MALFORMED)]
    return [right | {"blanks": right["blanks"] | {next(fields): text}} for text in MALFORMED]


@every_question
def test_what_is_no_answer_gets_a_sentence_and_is_not_accepted(judge, name):
    question = QUESTIONS[name]
    answers = malformed(question)
    for typed, verdict in zip(answers, verdicts(judge, question, answers), strict=True):
        said = [verdict]
        if question.kind == "blanks":
            said = [own for own in verdict["verdicts"].values() if own["kind"] != "right"]
            assert verdict["kind"] == "blanks"
        assert [own["kind"] in ("unread", "zero", "misfit") for own in said] == [True], (typed, verdict)
        (own,) = said
        assert own["sentence"].strip().endswith((".", "?")), (typed, own)
        assert not re.search("<(?:script|img)", own["sentence"] + own.get("echo", "")), typed


# What a sentence gives away


def words(html):
    """A sentence as it is read: formulas and code as their bare signs."""
    return re.sub(r"<[^>]+>", "", html).replace("−", "-")


def tells(sentence, key):
    """Whether a sentence has the key in it, as a word of its own; a digit, or "one", is no secret."""
    signs = re.sub(r"\s+", "", words(inline(key)))
    spaced = r"\s*".join(map(re.escape, signs))
    found = re.search(rf"(?<![\w.-]){spaced}(?!\s*[*/@(]|\w|\.\d)", words(sentence))
    return (len(signs) > 3 or (len(signs) > 1 and signs[-1].isdigit())) and found is not None


def test_a_sentence_that_tells_is_found():
    assert tells("It is <code>A.T @ D</code>.", "`A.T @ D`")
    assert tells("Not −0.50, but 0.15.", "0.15")
    assert tells("Not 0.15.", "−0.15") is False
    assert tells("Not −0.15.", "0.15") is False
    assert tells("The 2 is missing.", "2") is False
    assert tells("That is 0.155.", "0.15") is False


def near(question):
    """Answers that are not right, by what the judge finds of itself: sign, factor, size, another formula."""
    key = trials(question)[0].typed
    if question.kind == "number":
        value = float(key)
        return [
            typed_number(own, question.decimals)
            for own in (-value, 2 * value, value / 2, value + 1, value - 10)
        ]
    if question.kind == "expression":
        return [
            way.format(key)
            for way in ("-({})", "2 * ({})", "({}) + 1", "({})**2", "0 * ({})", "({}).T", "({}).sum()")
        ]
    return []


@every_question
def test_no_sentence_gives_the_answer_away(judge, name):
    question = QUESTIONS[name]
    right, *slips = trials(question)
    said = [
        (right.typed[trial.place] if question.kind == "blanks" else right.shown, inline(trial.sentence))
        for trial in slips
    ]
    if question.kind == "order":
        said = [
            (question.data()["lines"][lefts(question).index(trial.place)]["blank"], inline(trial.sentence))
            for trial in slips
        ]
    key = right.shown if question.kind != "expression" else f"`{right.shown}`"
    said += [
        (key, own["sentence"]) for own in verdicts(judge, question, near(question)) if own["kind"] != "right"
    ]
    said += [(key, inline(question.hint))] if question.kind in ("number", "expression") else []
    assert [words(sentence) for own, sentence in said if tells(sentence, own)] == []


def lefts(question):
    return [line["left"] for line in question.data()["lines"]]


# Other ways to write the same


@of_kind("expression")
def test_eight_ways_to_write_the_key_are_accepted(judge, name):
    question = QUESTIONS[name]
    other = ways(question.answer, question.draws[0])
    found = verdicts(judge, question, other)
    assert [(typed, own) for typed, own in zip(other, found, strict=True) if own["kind"] != "right"] == []
    assert len(other) >= 8


# A mistake is counted once


def chain(question, planted, mistake):
    """One mistake in one blank, and all else rightly from there: ({blank: what is typed}, impossible blanks)."""
    own, typed, broken = dict(question.draws[0]), {}, set()
    for blank, key in question.answers.items():
        try:
            value = language.evaluate(mistake if blank == planted else key, own)
        except language.Impossible:  # his mistake has made this step impossible
            value, broken = 1.0, broken | {blank}
        typed[blank] = typed_number(value, question.decimals)
        own[blank] = np.asarray(float(typed[blank]))
    return typed, broken


@of_kind("blanks")
def test_one_mistake_in_a_chain_is_named_alone(judge, name):
    question = QUESTIONS[name]
    cases = [
        (planted, mistake)
        for planted, key in question.answers.items()
        for mistake in (*question.slips.get(planted, {}), f"({key}) + 1")
    ]
    chains = [chain(question, *case) for case in cases]
    truth = trials(question)[0].typed
    for (planted, mistake), (typed, broken), verdict in zip(
        cases, chains, verdicts(judge, question, [typed for typed, _ in chains]), strict=True
    ):
        found, label = verdict["verdicts"], f"<code>{question.labels.get(planted, planted)}</code>"
        kinds = {blank: own["kind"] for blank, own in found.items()}
        assert kinds[planted] not in ("right", "follows", "empty"), (mistake, found)
        assert found[planted]["sentence"], (mistake, found)
        for blank in question.answers:
            if blank == planted:
                continue
            if blank in broken:
                assert kinds[blank] == "blocked", (planted, mistake, blank, found)
                assert label in found[blank]["sentence"]
            elif kinds[blank] == "right":  # it doesn't rest on the mistake, or comes to the same
                assert abs(float(typed[blank]) - float(truth[blank])) <= 0.02 * max(
                    1, abs(float(truth[blank]))
                ), (planted, mistake, blank, found)
            else:
                assert kinds[blank] == "follows", (planted, mistake, blank, found)
                assert f"It is {label} that isn't" in found[blank]["sentence"]


# Again, with other numbers

DRAWN = """([question, count, asked]) => {
  let seed = 14;
  const random = () => { // mulberry32
    let t = (seed += 0x6d2b79f5);
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const {again, judge, keyOf, read, value} = practice;
  const {decimals} = question;
  const shown = (number) => (decimals === null ? String(+number.toPrecision(12)) : number.toFixed(decimals));
  const number = (of, known) => value(read(of, Object.keys(known)).tree, known).data[0];
  const found = {draws: 0, different: new Set(), trouble: []};
  for (let k = 0; k < count && !found.trouble.length; k++) {
    const fresh = again(question, random);
    if (!fresh) { found.trouble.push(`no other numbers in try ${k}`); break; }
    found.draws++;
    const numbers = JSON.stringify(fresh.draws[0]);
    found.different.add(numbers);
    const parts = fresh.blanks ?? [fresh];
    const right = Object.fromEntries(parts.map((part) => [part.name, keyOf(part, fresh)])); // 1/3, not 0.3333
    const ask = (typed) => judge(fresh, fresh.blanks ? {...right, ...typed} : Object.values(typed)[0]);
    const known = {...fresh.draws[0]};
    const complain = (...what) => found.trouble.push([...what, numbers].join(" | "));
    if (ask(right).kind !== "right") complain("the key", JSON.stringify(right));
    for (const {name, answer, slips, truth} of parts) {
      const key = truth.data[0];
      const least = decimals === null ? 1e-7 * Math.max(1e-3, Math.abs(key)) : 2 * 10 ** -decimals;
      if (Math.abs(number(answer, known) - key) > 1e-9 * Math.max(1, Math.abs(key))) complain(name, "another truth");
      for (const {of, say} of slips) {
        const theirs = number(of, known);
        if (!(Math.abs(theirs - key) > least)) complain(name, "lucky", of);
        if (k >= asked) continue;
        const verdict = ask({[name]: shown(theirs)}), said = verdict.verdicts?.[name] ?? verdict;
        if (said.kind !== "slip" || said.sentence !== say) complain(name, of, shown(theirs), JSON.stringify(said));
      }
      if (fresh.blanks) known[name] = truth;
    }
  }
  return {...found, different: found.different.size};
}"""

DRAWS = [  # how many, and on how many of the first the judge itself is asked for every slip
    pytest.param(1000, 50, id="a thousand", marks=pytest.mark.thorough),
    pytest.param(100, 3, id="a hundred"),
]
DRAWN_ANEW = [name for name, one in QUESTIONS.items() if one.kind in ("number", "blanks") and one.ranges()]


@pytest.mark.parametrize(("draws", "judged"), DRAWS)
@pytest.mark.parametrize("name", DRAWN_ANEW)
def test_other_numbers_are_never_lucky(judge, name, draws, judged):
    found = judge.evaluate(DRAWN, [judge_data(QUESTIONS[name]), draws, judged])
    assert found["trouble"] == []
    assert found["draws"] == draws
    assert found["different"] >= 2
