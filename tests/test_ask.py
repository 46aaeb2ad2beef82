"""Questions as their reader meets them: with thumbs, by keyboard, by mouse, without scripts, on paper."""

import json
import shutil
from html import escape

import practice
import pytest
from playwright.sync_api import expect

from lib.practice.page import SCRIPTS, progress_page, question_page, record_page, standing_alone
from lib.practice.question import plain_numbers
from tests.browser import barriers
from tests.questions import questions
from tests.test_judge import STATIC, TAGS

SAMPLES = questions()
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
THEMES = {
    "light": ("#fff", "#222832", "#48566b", "#0a7d91"),
    "dark": ("#14181e", "#ced6dd", "#9ca4af", "#3fb1c5"),
}


def cell(html, tags=""):
    return f'<div class="cell {tags}"><div class="cell_output">{html}</div></div>'


def page_text(theme="light", head=f'<link rel="stylesheet" href="practice.css">{TAGS}'):
    """All samples on one page, each with an output that gives it away."""
    paper, ink, muted, primary = THEMES[theme]
    style = (
        f"html {{--pst-color-background: {paper}; --pst-color-text-base: {ink}; --pst-color-text-muted: {muted};"
        f"--pst-color-primary: {primary}}} body {{font: 16px/1.65 sans-serif; background: {paper}; color: {ink}}}"
    )
    cells = "".join(
        cell(question_page(question)) + cell(f"<p>The output of {name}.</p>", "tag_answer")
        for name, question in SAMPLES.items()
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Questions</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style>{head}</head>'
        f"<body><main><h1>Questions</h1>{cells}{cell(record_page())}</main></body></html>"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    for theme in THEMES:
        (folder / f"{theme}.html").write_text(page_text(theme), "utf-8")
    alone = cell(standing_alone(question_page(SAMPLES["weights"]))) + cell(
        standing_alone(question_page(SAMPLES["row"]))
    )
    (folder / "alone.html").write_text(f'<!DOCTYPE html><meta charset="utf-8">{alone}', "utf-8")
    for name in (*SCRIPTS, "practice.css"):
        shutil.copy(STATIC / name, folder)
    return folder


@pytest.fixture
def opened(open_page, folder):
    """A function that opens the page, from a file: there is no server, and nothing can be fetched."""
    return lambda path="light.html", **options: open_page(
        path, address=folder.as_uri(), waiting=True, **options
    )


def ask(page, name):
    return page.locator(f".ask[data-name={name}]")


def verdict(page, name):
    return ask(page, name).locator(".ask-verdict").inner_text()


def tap_keys(page, name, *keys):
    buttons = ask(page, name).locator(".ask-keys button")
    texts = buttons.all_inner_texts()
    for key in keys:
        buttons.nth(texts.index(key)).tap()


def type_in(page, name, text):
    field = ask(page, name).locator("form input[type=text]").first
    field.fill(text)
    field.press("Enter")


def test_with_thumbs_alone(opened):
    page = opened(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    tap_keys(page, "weights", "A", "@", "D")
    ask(page, "weights").locator("[type=submit]").tap()
    assert verdict(page, "weights").startswith("(4, 2)(4, 1): the inner sizes 2 and 4 differ.")
    ask(page, "weights").locator("input").fill("")
    tap_keys(page, "weights", "A", ".T", "@", "D")
    ask(page, "weights").locator("[type=submit]").tap()
    assert verdict(page, "weights").startswith("Right. And shaped like")

    tap_keys(page, "hidden", "dC_dA1", "*", "A1", "*", "(")
    ask(page, "hidden").locator("input").press_sequentially("1")
    tap_keys(page, "hidden", "-", "A1", ")")
    ask(page, "hidden").locator("[type=submit]").tap()
    assert verdict(page, "hidden") == "Right."

    ask(page, "bias-shape").locator("label", has_text="(2, 1)").tap()
    ask(page, "bias-shape").locator("[type=submit]").tap()
    assert verdict(page, "bias-shape").startswith("Right. From the right")


def test_targets_are_large_enough(opened):
    boxes = opened(**PHONE).locator(".ask :is(button, form input[type=text], label):visible")
    sizes = boxes.evaluate_all(
        "all => all.map((one) => [Math.min(one.offsetWidth, one.offsetHeight), one.outerHTML])"
    )
    assert len(sizes) > 50
    assert [one for size, one in sizes if size < 24] == []


@pytest.mark.parametrize("theme", THEMES)
def test_no_barriers(opened, theme):
    page = opened(f"{theme}.html", **PHONE)
    for name, text in (("weights", "A @ D"), ("power", "2x"), ("row", "7"), ("slope", "")):
        type_in(page, name, text)
    ask(page, "cube").locator("[data-blank=x] input").fill("4")
    for name in ("cube", "lines", "bias-shape"):
        ask(page, name).locator("[type=submit]").tap()
    ask(page, "bias").locator("text=Show the answer").tap()
    assert barriers(page, **({} if theme == "light" else {"runOnly": ["color-contrast"]})) == []


def test_by_keyboard_alone(opened):
    page = opened()
    ask(page, "power").locator("input").focus()
    page.keyboard.type("2x + 8x³")
    assert (
        ask(page, "power").locator(".ask-read").inner_text() == "read as 2 * x + 8 * x**3"
    )  # before it is judged
    assert verdict(page, "power") == ""
    page.keyboard.press("Enter")
    assert verdict(page, "power") == "Right."
    radios = ask(page, "bias-shape").locator("input")
    radios.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert verdict(page, "bias-shape") != ""
    assert ask(page, "bias-shape").locator(".ask-verdict").get_attribute("role") == "status"


def order_of(page):
    return (
        ask(page, "lines").locator(".ask-lines li").evaluate_all("all => all.map((one) => +one.dataset.line)")
    )


def test_lines_by_keyboard(opened):
    page = opened()
    lines = ask(page, "lines")
    for place in range(10):
        up = lines.locator(f"[data-line='{place}'] button").first
        up.focus()
        for _ in range(order_of(page).index(place) - place):
            page.keyboard.press("Enter")  # who moves a line stays with it
        assert order_of(page).index(place) == place
    assert order_of(page) == list(range(10))
    assert lines.locator(".ask-said").inner_text().endswith("of 10")
    lines.locator("[data-line='3'] input").fill("A1.T")
    lines.locator("[data-line='7'] input").fill("A1 * (1 - A1)")
    page.keyboard.press("Enter")
    assert verdict(page, "lines").startswith("Right.")


def drag_by_mouse(page, x, ys):
    page.mouse.move(x, ys[0])
    page.mouse.down()
    for y in ys:
        page.mouse.move(x, y)
    page.mouse.up()


def drag_by_touch(page, x, ys):
    session = page.context.new_cdp_session(page)
    for kind, y in [("touchStart", ys[0]), *(("touchMove", y) for y in ys), ("touchEnd", None)]:
        points = [] if y is None else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.parametrize(
    ("options", "drag"), [({}, drag_by_mouse), (PHONE, drag_by_touch)], ids=["mouse", "touch"]
)
def test_lines_by_hand(opened, options, drag):
    page = opened(**options | {"viewport": {"width": 360, "height": 1200}})
    ask(page, "lines").locator(".ask-lines").evaluate("one => one.scrollIntoView({block: 'center'})")

    def middle(line):
        box = ask(page, "lines").locator(f"[data-line='{line}'] .ask-grip").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    # The first line to the end, then the one before the last to the top.
    for end, beyond in ((-1, 15), (0, -15)):
        before = order_of(page)
        moved = before[0] if end else before[-2]
        (x, start), (_, goal) = middle(moved), middle(before[end])
        quickly = [start + (goal + beyond - start) * k / 3 for k in range(4)]  # over several lines at once
        drag(page, x, quickly)
        rest = [line for line in before if line != moved]
        assert order_of(page) == (rest + [moved] if end else [moved] + rest)


def test_a_hint_after_two_tries_and_what_cannot_be_read_is_none(opened):
    page = opened()
    for text in ("(A", "A @", "D", "A)"):
        type_in(page, "weights", text)
        assert "Hint" not in verdict(page, "weights")
    type_in(page, "weights", "D")
    assert verdict(page, "weights").endswith("Hint: Over which index does the sum run?")


def test_what_gives_the_answer_away_waits(opened):
    page = opened()
    output = lambda name: page.get_by_text(f"The output of {name}.")  # noqa: E731
    assert not output("weights").is_visible()
    type_in(page, "weights", "A @ D")
    assert not output("weights").is_visible()
    assert not ask(page, "weights").locator(".ask-answer").is_visible()
    type_in(page, "weights", "A.T @ D")
    assert output("weights").is_visible()
    assert not output("bias").is_visible()
    ask(page, "bias").get_by_text("Show the answer").click()
    assert output("bias").is_visible()
    assert ask(page, "bias").locator("details").evaluate("one => one.open")
    page.emulate_media(media="print")
    assert output("power").is_visible()


def test_without_scripts_nothing_is_hidden(opened):
    page = opened(java_script_enabled=False)
    for name in SAMPLES:
        assert page.get_by_text(f"The output of {name}.").is_visible()
        assert ask(page, name).locator("summary").is_visible()
    assert page.locator("form").count() == 0


def test_progress_is_kept_and_forgotten(opened):
    page = opened()
    record = page.locator(".ask-record")
    type_in(page, "weights", "A.T @ D")
    type_in(page, "row", "2")
    type_in(page, "row", "3")
    ask(page, "bias").get_by_text("Show the answer").click()
    assert record.locator("p").inner_text().startswith("3 of 10 questions answered, 1 right at once.")
    page.reload()
    assert record.locator("p").inner_text().startswith("3 of 10 questions answered, 1 right at once.")
    assert verdict(page, "weights").startswith("Right, you had this.")
    assert page.get_by_text("The output of weights.").is_visible()

    with page.expect_download() as download:
        record.get_by_text("Save a file to hand in").click()
    content = json.loads(open(download.value.path(), encoding="utf-8").read())
    assert content["answers"]["light"]["row"] == {"state": "right", "tries": 2, "typed": ["2", "3"]}
    assert content["answers"]["light"]["bias"]["state"] == "shown"

    record.get_by_text("Practise what was missed").click()
    again = record.locator(".ask")
    assert again.evaluate_all("all => all.map((one) => one.dataset.name)") == ["row", "bias"]
    assert "x = [1, 2, 1], w = [1, 2, -3], b = 1" not in again.first.inner_text().replace("\n", " ")

    record.get_by_text("Forget my answers").click()
    assert record.locator("p").inner_text().startswith("0 of 10")
    assert page.evaluate("localStorage.practice") == "{}"
    assert not page.get_by_text("The output of weights.").is_visible()
    type_in(page, "weights", "A.T @ D")
    assert record.locator("p").inner_text().startswith("1 of 10")


def test_the_landing_page_sums_up(opened, folder):
    counted = progress_page({"light": "Light & first", "dark": "Dark"})
    for name, count in (("light", 10), ("dark", 3)):
        counted = counted.replace(f'page="{name}"', f'page="{name}" data-ask-of="{count}"')  # as `_ext` does
    (folder / "landing.html").write_text(f'<meta charset="utf-8">{counted}', "utf-8")
    page = opened()
    type_in(page, "weights", "A.T @ D")
    type_in(page, "row", "2")
    page.goto((folder / "landing.html").as_uri())
    assert page.locator("li").all_inner_texts() == ["Light & first 1 of 10 answered", "Dark 3 questions"]
    page.get_by_role("link", name="Light").click()
    assert verdict(page, "weights").startswith("Right, you had this.")


def test_other_numbers(opened):
    page = opened()
    given = ask(page, "cube").locator(".ask-given")
    before = given.inner_text()
    ask(page, "cube").get_by_text("Show the answer").click()
    ask(page, "cube").get_by_text("Again, with other numbers").click()
    assert given.inner_text() != before
    a, b = (int(part.split("=")[1]) for part in given.inner_text().split(":")[1].split(","))
    x = a + 2 * b
    fresh = {"x": x, "f": x**3, "df_dx": 3 * x**2, "df_da": 3 * x**2, "df_db": 6 * x**2}
    for blank, value in fresh.items():
        ask(page, "cube").locator(f"[data-blank={blank}] input").fill(str(value))
    page.keyboard.press("Enter")
    assert verdict(page, "cube").startswith("Right.")


def test_nothing_chosen_is_no_answer(opened):
    page = opened()
    ask(page, "bias-shape").locator("[type=submit]").click()
    assert verdict(page, "bias-shape") == "Choose one first."


def test_only_what_leads_to_the_answer_is_counted(opened):
    """Typing what was shown, or practising on other numbers, changes nothing in the file to hand in."""
    page = opened()
    kept = lambda name: page.evaluate("name => JSON.parse(localStorage.practice).light[name]", name)  # noqa: E731
    ask(page, "bias").get_by_text("Show the answer").click()
    type_in(page, "bias", "D.sum(axis=0, keepdims=True)")
    assert kept("bias") == {"state": "shown", "tries": 0, "typed": []}
    type_in(page, "row", "3")
    ask(page, "row").get_by_text("Again, with other numbers").click()
    type_in(page, "row", "99999")
    assert kept("row") == {"state": "right", "tries": 1, "typed": ["3"]}


def test_a_question_of_before_keeps_its_other_numbers(opened, folder):
    """It is asked with other numbers than then; whoever comes back finds those that he began with."""
    head = f'<!DOCTYPE html><meta charset="utf-8">{TAGS}'
    (folder / "recall.html").write_text(head + question_page(SAMPLES["row"].once_more()), "utf-8")
    page = opened("recall.html")
    given = ask(page, "row").locator(".ask-given").inner_text()
    assert given != "Given: x = [1, 2, 1], w = [1, 2, -3], b = 1"
    type_in(page, "row", "99999")
    page.reload()
    assert ask(page, "row").locator(".ask-given").inner_text() == given
    for foreign in ({}, {"x": 1}, {"x": {"shape": [3], "data": "abc"}, "b": None}):  # of another edition
        page.evaluate(
            "given => { const all = JSON.parse(localStorage.practice); all.recall.row.given = given;"
            "localStorage.practice = JSON.stringify(all); }",
            foreign,
        )
        page.reload()
        assert ask(page, "row").locator("form").count() == 1


def test_what_is_handed_in_has_the_numbers_it_was_answered_on(opened, folder):
    """The question of a chapter before; the count of many files judges it on these numbers (collect.js)."""
    again = SAMPLES["row"].once_more()
    (folder / "recall.html").write_text(f'<meta charset="utf-8">{TAGS}{question_page(again)}', "utf-8")
    page = opened("recall.html")
    type_in(page, "row", "99999")
    given = page.evaluate("JSON.parse(localStorage.practice).recall.row.given")
    assert given == {name: plain_numbers(value) for name, value in again.draws[0].items()}
    type_in(page, "row", again.key())
    assert verdict(page, "row").startswith("Right.")


@pytest.mark.parametrize(
    "script",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})",
        "localStorage.practice = '5'",
    ],
    ids=["blocked", "somebody else's"],
)
def test_storage_that_holds_no_answers(opened, script):
    page = opened(script=script)
    type_in(page, "weights", "A.T @ D")
    assert page.locator(".ask-record p").inner_text().startswith("1 of 10")


def test_links_to_a_question(opened):
    page = opened(fragment="#ask=hidden")
    field = ask(page, "hidden").locator("input")
    assert field.evaluate("one => one === document.activeElement")
    assert 0 <= ask(page, "hidden").bounding_box()["y"] < 300
    page = opened(fragment="#50%")  # as a mistyped address has it: no complaint
    assert page.evaluate("scrollY") == 0


def test_a_link_in_a_frame_leaves_the_page_around_it_where_it_is(opened, folder):
    """`scrollIntoView` would move every page that holds the frame."""
    (folder / "around.html").write_text(
        '<p style="height: 3000px"></p><iframe src="light.html#ask=hidden" style="width: 600px"></iframe>',
        "utf-8",
    )
    page = opened("around.html")
    page.frames[1].wait_for_function("document.activeElement.matches('.ask input')")
    assert page.evaluate("scrollY") == 0


def test_outputs_stand_alone(opened):
    page = opened("alone.html")
    for name, text in (("weights", "A.T @ D"), ("row", "3")):
        assert ask(page, name).locator("form").count() == 1
        type_in(page, name, text)
        assert verdict(page, name).startswith("Right.")


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-forms allow-same-origin"])
def test_an_output_in_a_frame_that_may_do_little_answers(opened, folder, sandbox):
    """As Colab and VS Code show an output: no storage and, at the least, no form that could be sent."""
    alone = escape(standing_alone(question_page(SAMPLES["row"]) + question_page(SAMPLES["bias-shape"])))
    (folder / "framed.html").write_text(f'<iframe sandbox="{sandbox}" srcdoc="{alone}"></iframe>', "utf-8")
    page = opened("framed.html")
    frame = page.frame_locator("iframe")
    field, said = frame.locator("[data-name=row] input"), frame.locator("[data-name=row] .ask-verdict")
    field.fill("2")
    field.press("Enter")
    expect(said).to_have_attribute("data-kind", "wrong")
    field.fill("3")
    frame.locator("[data-name=row]").get_by_role("button", name="Check").click()
    expect(said).to_contain_text("Right.")
    frame.get_by_label("(2, 1)").press("Space")
    frame.get_by_label("(2, 1)").press("Enter")
    expect(frame.locator("[data-name=bias-shape] .ask-verdict")).to_contain_text("Right.")


def test_from_enter_to_the_verdict(opened, record_property):
    """Within one frame of this very browser, for the median of sixty answers."""
    page = opened()
    times, frame = page.evaluate(
        """async () => {
          const root = document.querySelector("[data-name=weights]");
          const [field, form, times] = [root.querySelector("input"), root.querySelector("form"), []];
          for (let k = 0; k < 60; k++) {
            field.value = k % 2 ? `A.T @ (D + ${k})` : "A @ D";
            const began = performance.now();
            form.requestSubmit();
            times.push(performance.now() - began);
          }
          const next = () => new Promise(requestAnimationFrame);
          const frames = [];
          for (let k = 0, last = await next(); k < 20; k++) {
            const now = await next();
            frames.push(now - last);
            last = now;
          }
          const middle = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
          return [times.sort((a, b) => a - b), middle(frames)];
        }"""
    )
    record_property(
        "printed",
        f"Enter to verdict: median {times[30]:.1f} ms, slowest {times[-1]:.1f} ms; a frame: {frame:.1f} ms",
    )
    assert times[30] < frame


# On the site, where the judge and what it knows come later

LATER = ("judge.js", "later.js")


@pytest.fixture
def split(open_page, folder):
    """A function that opens the samples as the site has them, and a list of what was fetched later."""
    static = folder / "_static"
    static.mkdir(exist_ok=True)
    for name in SCRIPTS:
        shutil.copy(STATIC / name, static)
    tags = "".join(f'<script src="_static/{name}" defer></script>' for name in SCRIPTS[1:])
    text = practice.move_out(folder, "later", page_text(head=tags))
    assert "application/json" not in text
    (folder / "later.html").write_text(text, "utf-8")
    fetched = []

    def opened(**options):
        page = open_page("later.html", address=folder.as_uri(), waiting=True, wait_until="load", **options)
        page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2].partition("?")[0]))
        return page, fetched

    return opened


def test_the_judge_is_fetched_when_a_hand_is_near(split):
    page, fetched = split(viewport={"width": 390, "height": 300})
    assert page.locator("form").count() == 10  # the forms stand: nothing will move
    assert not page.evaluate("'judge' in practice || 'questions' in practice")
    field = ask(page, "weights").locator("input")
    field.fill("A.T @ D")
    field.press("Enter")
    expect(ask(page, "weights").locator(".ask-verdict")).to_contain_text("Right.")
    assert ask(page, "weights").locator(".ask-echo math").count() == 1
    assert sorted(fetched) == sorted(LATER)
    type_in(page, "row", "2")
    assert verdict(page, "row") != ""  # at once, now
    assert sorted(fetched) == sorted(LATER)


def test_the_judge_is_fetched_for_whoever_scrolls(split):
    page, fetched = split(viewport={"width": 390, "height": 300})
    assert fetched == []
    page.mouse.wheel(0, 200)
    page.wait_for_function("practice.judge && practice.questions")
    assert sorted(fetched) == sorted(LATER)


def test_a_link_to_a_question_whose_judge_comes_later(split):
    page, _ = split(fragment="#ask=hidden")
    field = ask(page, "hidden").locator("input")
    assert field.evaluate("one => one === document.activeElement")
    field.press_sequentially("dC_dA1 * A1 * (1 - A1)")
    field.press("Enter")
    expect(ask(page, "hidden").locator(".ask-verdict")).to_have_text("Right.")


def test_a_judge_that_cannot_be_reached_costs_no_try(split, folder, open_page):
    page, _ = split()
    (folder / "_static" / "judge.js").unlink()
    type_in(page, "row", "3")
    said = ask(page, "row").locator(".ask-verdict")
    expect(said).to_have_text("The judge can't be reached. Is there a connection?")
    shutil.copy(STATIC / "judge.js", folder / "_static")
    type_in(page, "row", "3")
    expect(said).to_contain_text("Right.")
    assert page.evaluate("JSON.parse(localStorage.practice).later.row.tries") == 1
    complaints = open_page.__self__.complaints  # the browser's own, which come in their own time
    assert set(complaints) == {"Failed to load resource: net::ERR_FILE_NOT_FOUND"}
    complaints.clear()


def test_what_was_answered_is_right_before_the_judge_is_there(split):
    page, fetched = split()
    type_in(page, "row", "3")
    expect(ask(page, "row").locator(".ask-verdict")).to_contain_text("Right.")
    why = verdict(page, "row").removeprefix("Right.")
    fetched.clear()
    page.reload()
    assert verdict(page, "row") == f"Right, you had this.{why}"
    assert not set(LATER) & set(fetched)
    ask(page, "row").get_by_text("Again, with other numbers").click()
    expect(ask(page, "row").locator(".ask-given")).not_to_have_text(
        "Given: x = [1, 2, 1], w = [1, 2, -3], b = 1"
    )


# A chapter of the book


TELLS = ".cell.tag_answer .cell_output, p.explanation"  # what waits for an answer
UNSEEN = "(selector) => [...document.querySelectorAll(selector)].filter((one) => !one.getClientRects().length).length"


def test_a_chapter_hides_what_tells_on_the_screen_alone(open_page):
    """With scripts, until it is answered; never in print, nor without scripts."""
    page = open_page("chapters/backward_pass.html", wait_until="load", waiting=True)
    assert min(page.locator(part).count() for part in TELLS.split(", ")) > 5
    assert page.evaluate(UNSEEN, TELLS) > 10
    page.emulate_media(media="print")
    assert page.evaluate(UNSEEN, TELLS) == 0
    page = open_page("chapters/backward_pass.html", java_script_enabled=False, waiting=True)
    assert page.evaluate(UNSEEN, f"{TELLS}, .ask-prompt, .ask-answer summary") == 0


FIELDS = "document.querySelectorAll('.ask form').length"
WITHOUT = "document.querySelectorAll('.ask:not(:has(form))').length"
SIGNS = {
    "a move": lambda page: page.keyboard.press("Shift"),
    "a link": lambda page: page.evaluate("document.querySelector(\"article a[href^='#']\").click()"),
    "paper": lambda page: page.evaluate("dispatchEvent(new Event('beforeprint'))"),
    "a place": lambda page: page.evaluate(
        "location.hash = 'ask=' + document.querySelector('.ask').dataset.name"
    ),
    "ten seconds": lambda page: page.evaluate("soon()"),  # a screen reader's own cursor gives no sign
}


TEN_SECONDS = """const later = setTimeout;
setTimeout = (run, ms, ...given) => (ms === 10000 ? (window.soon = () => run(...given)) : later(run, ms, ...given))"""


def test_a_form_waits_with_its_block(open_page):
    """Chromium lays out every block that has a field, to see whether it could fill it in."""
    for name, sign in SIGNS.items():
        page = open_page("chapters/backward_pass.html", wait_until="load", script=TEN_SECONDS)
        assert page.evaluate(FIELDS) < 5 < page.evaluate(WITHOUT), name
        sign(page)
        page.wait_for_function(f"{WITHOUT} === 0")
