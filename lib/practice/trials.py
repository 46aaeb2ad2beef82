"""What a reader may answer, and what he has to hear: the key of a question, and every slip of it.

The tests, `make questions` and the pages for instructors go through the same list.
"""

from dataclasses import dataclass

from lib.language import evaluate
from lib.practice.mathml import inline
from lib.practice.page import judge_data


@dataclass(frozen=True)
class Trial:
    """One answer.

    typed: as the judge gets it. slip: as its author wrote it, "" for the key. place: the blank, or the
    line, that it is typed in. shown: what a reader types there. sentence: what he has to hear.
    """

    typed: object
    slip: str
    place: str
    shown: str
    sentence: str


def trials(question):
    """All of a question, its key first."""
    return list(KINDS[question.kind](question))


def complaint(trial, verdict):
    """What is amiss in the judge's answer, `practice.judge(data, typed)`, in a sentence; "" where nothing is."""
    if not trial.slip:
        if verdict["kind"] == "right":
            return ""
        return f"the key {trial.shown} is not right: {verdict['sentence'] or verdict}"
    own = verdict["verdicts"][trial.place] if "verdicts" in verdict else verdict
    if own["kind"] == "slip" and own["sentence"].endswith(inline(trial.sentence)):
        return ""
    place = f" in {trial.place}" if trial.place else ""
    return f"the slip {trial.slip}{place} ({trial.shown}) is met by: {own['kind']}, {own['sentence']}"


def verdicts(page, question, answers):
    """What the judge says to each of these answers; page: one of a browser, with the judge in it."""
    return page.evaluate(
        "([question, answers]) => answers.map((typed) => practice.judge(question, typed))",
        [judge_data(question), answers],
    )


def typed_number(value, decimals):
    """As a reader types it: with the decimals asked for, or all of them."""
    return f"{float(value):.12g}" if decimals is None else f"{float(value):.{decimals}f}"


def of_choice(question):
    options = question.options()
    yield Trial(options.index(question.right), "", "", question.right, question.why)
    for text, sentence in question.wrong.items():
        yield Trial(options.index(text), text, "", text, sentence)


def of_number(question):
    for slip, sentence in {"": question.why, **question.slips}.items():
        text = typed_number(question.values(slip or question.answer)[0], question.decimals)
        yield Trial(text, slip, "", text, sentence)


def of_expression(question):
    for slip, sentence in {"": question.why, **question.slips}.items():
        text = slip or question.answer
        yield Trial(text, slip, "", text, sentence)


def of_blanks(question):
    """A slip stands in its own blank; all other blanks are right."""
    truth = question.truths()[0]
    called = lambda blank: question.labels.get(blank, blank)  # noqa: E731
    right = {blank: typed_number(truth[blank], question.decimals) for blank in question.answers}
    yield Trial(
        right, "", "", ", ".join(f"{called(blank)} = {text}" for blank, text in right.items()), question.why
    )
    for blank, slips in question.slips.items():
        for slip, sentence in slips.items():
            value = evaluate(slip, question.draws[0] | before(blank, truth, question))
            text = typed_number(value, question.decimals)
            yield Trial(right | {blank: text}, slip, blank, text, sentence)


def before(blank, values, question):
    """The values of the blanks before one."""
    names = list(question.answers)
    return {name: values[name] for name in names[: names.index(blank)]}


def of_order(question):
    lines = question.data()["lines"]
    order = list(range(len(lines)))
    right = {str(k): line["blank"] for k, line in enumerate(lines) if line["blank"] is not None}
    yield Trial({"order": order, "blanks": right}, "", "", "the lines as they stand", question.why)
    for k, line in enumerate(lines):
        for slip in line["slips"]:
            typed = {"order": order, "blanks": right | {str(k): slip["of"]}}
            yield Trial(typed, slip["of"], line["left"], slip["of"], slip["say"])


KINDS = {
    "choice": of_choice,
    "number": of_number,
    "expression": of_expression,
    "blanks": of_blanks,
    "order": of_order,
}
