"""A question as HTML with its data, and as Markdown for where no script runs.

The HTML is complete without scripts: the prompt, what is given, the answer folded. `form.js` makes
the form of it, `judge.js` reads what is typed, `order.js` has a kind that few pages
ask, `after.js` what comes after the answer.
"""

import json
from html import escape
from importlib.resources import files

import numpy as np

from lib.language import FUNCTIONS
from lib.practice.given import Draw
from lib.practice.mathml import inline, paragraphs
from lib.prose import entry


def sentences(data):
    """The data with every sentence of the author's as HTML."""
    if isinstance(data, dict):
        return {key: inline(value) if key == "say" else sentences(value) for key, value in data.items()}
    return [sentences(value) for value in data] if isinstance(data, list) else data


def judge_data(question):
    """What the judge gets of a question."""
    return {"kind": question.kind, "hint": inline(question.hint), **sentences(question.data())}


def in_script(content):
    """Data as JSON in a script of the page: nothing in it may end the script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", r"<\/").replace("<!", r"\u003c!")


def question_page(question):
    """The HTML of a question, with what the judge knows of it."""
    return (
        f'<div class="ask" role="group" aria-label="Question {question.name}" {for_the_form(question)}>'
        f'<p class="ask-head">Question</p><div class="ask-prompt">{paragraphs(question.prompt)}</div>'
        f"{given_line(question)}{BODIES[question.kind](question)}"
        f'<details class="ask-answer"><summary>Answer</summary>{paragraphs(question.key())}{why(question)}</details>'
        f'<script type="application/json">{in_script(judge_data(question))}</script></div>'
    )


def for_the_form(question):
    """What the form needs before the judge is there, as attributes."""
    data = {"name": question.name, "kind": question.kind}
    if question.kind == "number":
        digits = question.decimals
        data["wanted"] = "a number; a fraction is fine" if digits is None else f"{digits} decimals"
    if question.kind in ("expression", "order"):
        data["keys"] = "|".join(needed_keys(question))
    marks = {"ranges": question.one_number and question.ranges(), "again": question.recalled}
    named = [f'data-{name}="{escape(text)}"' for name, text in data.items()]
    return " ".join(named + [f"data-{name}" for name, there in marks.items() if there])


def needed_keys(question):
    """The names, signs and calls that an answer or a slip of the question has: a phone's keyboard hides them."""
    data = question.data()
    lines = data.get("lines", [])
    texts = " ".join(
        text
        for part in (data, *lines)
        for text in (part.get("answer"), part.get("blank"), *(slip["of"] for slip in part.get("slips", ())))
        if text
    )
    names = dict.fromkeys([*question.given, *(line["left"] for line in lines)])
    return [
        *(name for name in names if question.kind == "expression" or name in texts),
        *(sign for sign in SIGNS if sign in texts),
        *"()",
        *(call for call in CALLS if call[:-1].replace("()", "(") in texts),
    ]


SIGNS = ["@", "*", "/", "+", "-", "**", ".T"]
CALLS = [".sum(axis=0, keepdims=True)", ".sum()", ".mean()", *(f"{name}()" for name in FUNCTIONS)]


def why(question):
    return f'<p class="ask-why">{inline(" ".join(question.why.split()))}</p>' if question.why else ""


def answer_text(question):
    return f"{question.key()}\n\n{question.why}" if question.why else question.key()


def question_markdown(question):
    """The same for GitHub, and for a stored notebook: the question, and its folded answer."""
    options = "".join(f"- {text}\n" for text in question.options()) if question.kind == "choice" else ""
    lines = "".join(f"- `{line}`\n" for line in scrambled(question)) if question.kind == "order" else ""
    table = markdown_table(question) if question.kind == "blanks" and question.table else ""
    parts = [
        f"**Question.** {question.prompt.strip()}",
        given_text(question),
        f"In the picture: {question.figure[1]}" if question.kind == "blanks" and question.figure else "",
        options + lines + table,
        f"<details><summary>Answer</summary>\n\n{answer_text(question)}\n\n</details>",
    ]
    return "\n\n".join(part for part in parts if part)


def markdown_table(question):
    """The table of blanks, a gap for each; its header is text, whatever the blanks are called."""
    head, *rows = question.table
    rows = [["____" if own in question.answers else entry(own) for own in row] for row in rows]
    head = [entry(own) for own in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def given_text(question):
    """What is given, in Markdown: numbers where the reader computes, shapes where he writes a formula."""
    numbers = question.kind in ("number", "blanks")
    parts = []
    for name, value in question.given.items():
        first = question.draws[0][name]
        if numbers or not isinstance(value, Draw):
            parts.append(f"`{name} = {numpy_text(first)}`")
        else:
            parts.append(f"`{name}` {shape_text(first.shape)}".strip())
    return f"Given: {', '.join(parts)}" if parts else ""


def given_line(question):
    text = given_text(question)
    return f'<p class="ask-given">{inline(text)}</p>' if text else ""


def shape_text(shape):
    """A shape as NumPy writes it; nothing for a plain number."""
    return str(tuple(shape)) if shape else ""


def numpy_text(value):
    """Numbers as one types them: 3, [1, 2], [[1, 2], [3, 4]]."""
    value = np.asarray(value)
    if value.ndim:
        return f"[{', '.join(map(numpy_text, value))}]"
    return f"{float(value):.10g}"


def choices(question):
    return (
        f'<ol class="ask-options">{"".join(f"<li>{inline(text)}</li>" for text in question.options())}</ol>'
    )


def scrambled(question):
    """The lines of an order as they are handed out, gaps for their blanks."""
    parts = question.data()
    lines = [parts["lines"][number] for number in parts["order"]]
    return [
        f"{line['left']} = {line['before']}{'____' if line['blank'] else ''}{line['after']}" for line in lines
    ]


def order(question):
    parts = question.data()
    lines = "".join(line_to_move(question, number, parts["lines"][number]) for number in parts["order"])
    return f'<ol class="ask-lines">{lines}</ol>'


def line_to_move(question, number, line):
    left, before, after = (escape(line[part]) for part in ("left", "before", "after"))
    place = gap(number, f"blank in the line of {left}") if line["blank"] else ""
    return f'<li data-line="{number}" data-left="{left}"><code>{left} = {before}{place}{after}</code></li>'


def gap(blank, label, style=""):
    """The place of a blank: a line to write on, until the script puts a field there."""
    place = f' style="{style}"' if style else ""
    return f'<span class="ask-blank" data-blank="{blank}" data-label="{escape(label)}"{place}>____</span>'


def blank(question, name, style=""):
    return gap(name, question.labels.get(name, name), style)


def blanks(question):
    if question.figure is not None:
        return figure(question)
    if question.table is not None:
        head, *rows = question.table
        shown = lambda text: blank(question, text) if text in question.answers else inline(str(text))  # noqa: E731
        head = "".join(f'<th scope="col">{inline(text)}</th>' if text else "<td></td>" for text in head)
        rows = "".join(f"<tr>{''.join(f'<td>{shown(text)}</td>' for text in row)}</tr>" for row in rows)
        return f'<table class="ask-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    rows = "".join(
        f"<li><code>{escape(question.labels.get(name, name))}</code> = {blank(question, name)}</li>"
        for name in question.answers
    )
    return f'<ul class="ask-list">{rows}</ul>'


def figure(question):
    """A figure with fields on it: their places are shares of its width and height."""
    from lib.explore import drawn  # brings Matplotlib, which the other kinds don't need
    from lib.live.svg import LARGEST

    draw, alt, places = question.figure
    fig = draw()
    svg = drawn(fig, alt, f"ask-{question.name}")
    gaps = []
    for name, place in places.items():
        x, y = fig.axes[0].transData.transform(place) / fig.bbox.size
        gaps.append(blank(question, name, f"left:{100 * x:.2f}%;top:{100 - 100 * y:.2f}%"))
    width = LARGEST * 72 * fig.get_size_inches()[0]  # the picture's own: else the fields stand beside it
    return f'<div class="ask-figure" style="max-width:{width:.4g}px">{svg}{"".join(gaps)}</div>'


BODIES = {
    "choice": choices,
    "number": lambda _: "",
    "expression": lambda _: "",
    "blanks": blanks,
    "order": order,
}


def record_page():
    """The end of a chapter: how far its reader is, what was missed, the file to hand in."""
    return '<div class="ask-record" role="group" aria-label="Your answers"></div>'


def progress_page(pages):
    """Links to pages, each with the place of its count; `_ext/practice.py` says out of how many.

    The page that shows it asks nothing, so the few lines that count stand with it.
    """
    entries = (
        f'<li><a href="{escape(name)}.html">{escape(title)}</a> '
        f'<span data-ask-page="{escape(name.rpartition("/")[-1])}"></span></li>'
        for name, title in pages.items()
    )
    script = lean((files("lib.practice") / "static" / "progress.js").read_text("utf-8"))
    return f'<ul class="ask-pages">{"".join(entries)}</ul><script>{script}</script>'


def lean(text):
    """A script or a style without its comments and indents: what a reader's browser has to fetch."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


SCRIPTS = ("judge.js", "order.js", "after.js", "form.js")  # the form is the last: it begins


def standing_alone(html):
    """An output with everything it needs: in Colab each stands in a frame of its own."""
    own = files("lib.practice") / "static"
    style, *scripts = (lean(own.joinpath(name).read_text("utf-8")) for name in ("practice.css", *SCRIPTS))
    return f"<style>{style}</style>{html}<script>{''.join(scripts)}</script>"
