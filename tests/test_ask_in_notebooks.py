"""Questions where an output of a notebook stands: the colours of VS Code and JupyterLab, their narrow panes.

No editor runs here: a page has the classes and the variables that each of them gives to its outputs.
"""

import re

import pytest

from lib.practice.page import question_page, standing_alone
from lib.questions import of_chapter
from tests.browser import ROOT, lay_out
from tests.questions import questions
from tests.test_judge import STATIC

# What the sliders of a live figure bring into VS Code, whatever its theme is.
WIDGETS = {
    "--jp-layout-color0": "white",
    "--jp-ui-font-color1": "rgba(0, 0, 0, 0.8)",
    "--jp-ui-font-color2": "rgba(0, 0, 0, 0.5)",
    "--jp-brand-color1": "#2196f3",
}


def code(ink, paper, muted, link):
    names = ("foreground", "editor-background", "descriptionForeground", "textLink-foreground")
    return WIDGETS | {
        f"--vscode-{name}": own for name, own in zip(names, (ink, paper, muted, link), strict=True)
    }


def lab(paper, *inks):
    names = ("layout-color0", "ui-font-color1", "ui-font-color2", "brand-color1")
    return {f"--jp-{name}": own for name, own in zip(names, (paper, *inks), strict=True)}


HIGH = "vscode-high-contrast"
NOTEBOOKS = {  # the paper, what the body says, the variables
    "VS Code, light": ("#ffffff", 'class="vscode-light"', code("#3b3b3b", "#ffffff", "#3b3b3b", "#005fb8")),
    "VS Code, dark": ("#1f1f1f", 'class="vscode-dark"', code("#cccccc", "#1f1f1f", "#9d9d9d", "#4daafc")),
    "VS Code, high contrast": (
        "#000000",
        f'class="{HIGH}"',
        code("#ffffff", "#000000", "rgba(255, 255, 255, 0.7)", "#21a6ff"),
    ),
    "VS Code, light and high contrast": (
        "#ffffff",
        f'class="{HIGH}-light {HIGH}"',
        code("#292929", "#ffffff", "rgba(41, 41, 41, 0.7)", "#0f4a85"),
    ),
    "JupyterLab, light": (
        "#ffffff",
        'data-jp-theme-light="true"',
        lab("white", "rgba(0, 0, 0, 0.87)", "rgba(0, 0, 0, 0.54)", "#1976d2"),
    ),
    "JupyterLab, dark": (
        "#111111",
        'data-jp-theme-light="false"',
        lab("#111111", "rgba(255, 255, 255, 1)", "rgba(255, 255, 255, 0.7)", "#64b5f6"),
    ),
    "any other": ("#ffffff", "", {}),
}
SAMPLES = questions()

# The contrast of a colour with the question's paper; the paper itself.
CONTRAST = """(given) => {
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  const painted = (...colours) => {
    colours.forEach((colour) => { pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); });
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => colour.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0);
  const paper = getComputedStyle(document.querySelector(".ask")).backgroundColor;
  const ground = light(painted("white", paper));
  const seen = {paper: `#${painted("white", paper).map((part) => part.toString(16).padStart(2, "0")).join("")}`};
  for (const [name, [selector, property, pseudo]] of Object.entries(given)) {
    const colours = [...document.querySelectorAll(selector)].map((one) => getComputedStyle(one, pseudo)[property]);
    const ratios = colours.filter((colour) => colour !== "none").map((colour) => light(painted(paper, colour)))
      .map((own) => (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05));
    seen[name] = ratios.length ? Math.min(...ratios) : 0;
  }
  return seen;
}"""
WORDS = {
    "prompt": (".ask-prompt", "color", None),
    "button": (".ask button", "color", None),
    "wanted": (".ask form > input", "color", "::placeholder"),
    "on the figure": (".ask-figure input", "color", "::placeholder"),
    "words of the figure": (".ask-figure .text *, .ask-figure text", "fill", None),
}
LINES = {
    "edge": (".ask", "borderTopColor", None),
    "field": (".ask input[type=text]", "borderTopColor", None),
    "check": (".ask [type=submit]", "borderTopColor", None),
    "where one is": (".ask input:focus-visible", "outlineColor", None),
    "right": ("[data-name=row] .ask-verdict", "borderLeftColor", None),
    "wrong": ("[data-name=weights] .ask-verdict", "borderLeftColor", None),
}


def notebook(outputs, body="", variables=()):
    style = ";".join(f"{name}: {own}" for name, own in dict(variables).items())
    return (
        f'<!DOCTYPE html><html lang="en" style="{style}"><meta charset="utf-8"><title>Outputs</title>'
        f'<meta name="viewport" content="width=device-width"><body {body}>{"".join(outputs)}</body></html>'
    )


def alone(question):
    return standing_alone(question_page(question))


@pytest.fixture(scope="module")
def samples():
    """A choice, a number, an expression; the graph with most words of colours."""
    graph = of_chapter("backward_pass")["graph-slopes"]
    return [alone(own) for own in (SAMPLES["bias-shape"], SAMPLES["row"], SAMPLES["weights"], graph)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_question_has_the_colours_of_its_notebook(name, samples, open_page, tmp_path):
    paper, body, variables = NOTEBOOKS[name]
    (tmp_path / "outputs.html").write_text(notebook(samples, body, variables), "utf-8")
    page = open_page("outputs.html", address=tmp_path.as_uri(), waiting=True)
    for question, typed in (("row", "3"), ("weights", "A @ D")):
        page.locator(f"[data-name={question}] form input").fill(typed)
        page.keyboard.press("Enter")
    page.locator("[data-name=weights] form input").fill("")
    seen = page.evaluate(CONTRAST, WORDS | LINES)
    assert seen.pop("paper") == paper
    pale = {what: seen[what] for what in seen if seen[what] < (4.5 if what in WORDS else 3)}
    assert pale == {}, name
    scheme = page.locator("[data-name=row]").evaluate("one => getComputedStyle(one).colorScheme")
    assert scheme == ("dark" if paper in ("#1f1f1f", "#000000", "#111111") else "normal")


def test_what_is_right_has_another_colour_than_what_is_not(samples, open_page, tmp_path):
    (tmp_path / "outputs.html").write_text(notebook(samples), "utf-8")
    page = open_page("outputs.html", address=tmp_path.as_uri(), waiting=True)
    said = page.locator("[data-name=row] .ask-verdict")
    bars = []
    for typed in ("", "2", "3"):  # no answer, a wrong one, the right one
        page.locator("[data-name=row] form input").fill(typed)
        page.keyboard.press("Enter")
        bars.append(said.evaluate("one => getComputedStyle(one).borderLeftColor"))
    assert bars[1:] == ["rgb(179, 78, 0)", "rgb(0, 135, 95)"]
    assert len(set(bars)) == 3


def test_a_figure_has_the_same_colours_as_on_the_site():
    """Both styles name them: neither is there where the other is."""
    book = (ROOT / "_static" / "book.css").read_text("utf-8")
    own = (STATIC / "practice.css").read_text("utf-8")
    colours = [re.findall(r"--figure-\w+: #\w+", text) for text in (book, own)]
    assert len(colours[1]) == 12
    assert colours[0] == colours[1]


# The fields on a figure: how far each is from its place, whether the words in it have room.
FIELDS = """() => [...document.querySelectorAll(".ask-figure .ask-blank")].map((gap) => {
  const picture = [...gap.parentNode.querySelectorAll("svg, img")].find((one) => one.getClientRects().length);
  const [all, own] = [picture.getBoundingClientRect(), gap.getBoundingClientRect()];
  const share = (side) => parseFloat(gap.style[side]) / 100;
  const off = [own.left + own.width / 2 - all.left - share("left") * all.width,
               own.top + own.height / 2 - all.top - share("top") * all.height];
  const input = gap.firstChild, style = getComputedStyle(input);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return [input.placeholder, ...off.map(Math.abs), pen.measureText(input.placeholder).width - room];
})"""


def assert_in_place(page, least):
    fields = page.evaluate(FIELDS)
    assert len(fields) >= least
    assert [label for label, across, down, _ in fields if max(across, down) > 1.5] == []
    assert [label for label, *_, missing in fields if missing > 0] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_fields_of_a_figure_stand_at_their_places(width, open_page, tmp_path):
    chapters = ("forward_pass", "differential_calculus", "backward_pass")
    asked = [
        own for chapter in chapters for own in of_chapter(chapter).values() if getattr(own, "figure", None)
    ]
    (tmp_path / "outputs.html").write_text(notebook(map(alone, asked)), "utf-8")
    size = {"width": width, "height": 900}
    assert_in_place(open_page("outputs.html", address=tmp_path.as_uri(), waiting=True, viewport=size), 20)
    page = open_page("chapters/backward_pass.html", waiting=True, viewport=size)
    lay_out(page)
    assert_in_place(page, 9)


def test_nothing_leaves_a_question_in_a_narrow_pane(open_page, tmp_path):
    """A window of 390 px leaves 254 to an output of VS Code, in a frame of 332."""
    asked = [own for own in of_chapter("backward_pass").values() if own.kind in ("blanks", "order")]
    outputs = [f'<div style="width: 254px; font: 13px sans-serif">{alone(own)}</div>' for own in asked]
    (tmp_path / "outputs.html").write_text(notebook(outputs), "utf-8")
    size = {"width": 332, "height": 700}
    page = open_page("outputs.html", address=tmp_path.as_uri(), waiting=True, viewport=size)
    beyond = page.evaluate(
        """() => [...document.querySelectorAll(".ask")].flatMap((ask) => {
          const edge = ask.getBoundingClientRect().right;
          return [...ask.querySelectorAll("input, button, table")]
            .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > edge + 2)
            .map((one) => `${ask.dataset.name}: ${one.ariaLabel ?? one.tagName}`);
        })"""
    )
    assert beyond == []
