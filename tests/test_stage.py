"""The stage of the build after Sphinx (_ext/stage): pages get lighter, and nothing is lost."""

import re
import shutil
from types import SimpleNamespace

import pytest
import stage
import theme
from bs4 import BeautifulSoup
from stage import code, figures, icons, styles

from tests.browser import ROOT, SITE, UNSTAGED
from tests.test_site import PAGES, every_page, html, parsed

# Styles


@pytest.fixture
def vocabulary():
    page = '<p class="a b"><i id="x"></i></p><div class="c"></div><nav style="color: var(--own)"></nav>'
    vocabulary = styles.Vocabulary()
    vocabulary.read_page(BeautifulSoup(page, "html.parser"))
    vocabulary.read_script('element.classList.add("open"); make("button")')
    return vocabulary


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{color:red}", ".a{color:red}"),
        (".a.b > #x::before{color:red}", ".a.b > #x::before{color:red}"),
        (".a.c{color:red}", ""),  # no element is both
        ("p.c{color:red}", ""),
        (".z{color:red}", ""),
        (".z,.a{color:red}", ".a{color:red}"),
        (".c .z{color:red}", ""),
        (".c.open:hover{color:red}", ".c.open:hover{color:red}"),  # a script opens it
        ("button.open{color:red}", "button.open{color:red}"),
        (".z.open{color:red}", ""),
        (":is(.z,.y) i{color:red}", ""),
        (":is(.z,.a) i{color:red}", ":is(.z,.a) i{color:red}"),
        (".a:not(.z){color:red}", ".a:not(.z){color:red}"),
        (".a:has(> .z){color:red}", ""),
        ("p:has(> i){color:red}", "p:has(> i){color:red}"),
        ("[open] ::-webkit-x{color:red}", "[open] ::-webkit-x{color:red}"),
        ("@media print{.a{color:red}.z{color:red}}", "@media print{.a{color:red}}"),
        ("@media print{.z{color:red}}", ""),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        ("p{--x:1;--y:var(--x);color:var(--y)}", "p{--x:1;--y:var(--x);color:var(--y)}"),
        ("p{--x:1;--y:var(--x);color:red}", "p{color:red}"),  # neither is read in the end
        ("p{--own: }", "p{--own: }"),  # the page itself reads it
        ("p{color:red!important;/* why */margin:0  auto}", "p{color:red!important;margin:0 auto}"),
        ("@keyframes go{to{top:0}}", ""),
        ("@keyframes go{to{top:0}}p{animation:go 1s}", "@keyframes go{to{top:0}}p{animation:go 1s}"),
        ('p::after{content:"}";}', 'p::after{content:"}"}'),
    ],
)
def test_rules_that_can_find_something_stay(vocabulary, css, kept):
    rules = styles.used(styles.parse(css), vocabulary)
    assert styles.written(styles.without_unused_names(rules, "".join(vocabulary.text))) == kept


# What differs between the two sheets: of an element, and what stands before and after it (a drawing shows no
# such thing), all properties. Variables are left out: those that nothing reads are gone. Of elements that are of
# one kind, and within the same kinds, one is asked, or each.
DIFFERENCE = """async (each) => {
  const kind = (one) => `${one.localName}.${one.className.baseVal ?? one.className}`;
  const path = (one) => one ? `${path(one.parentElement)} ${kind(one)}` : "";
  const elements = [...document.querySelectorAll("body, body *")];
  const asked = each ? elements : [...new Map(elements.map((one) => [path(one), one])).values()];
  const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
  const styles = [];
  for (const sheet of [own, all]) {
    own.disabled = sheet !== own;
    all.disabled = sheet !== all;
    document.body.getBoundingClientRect(); // now the browser knows which letters it needs
    await document.fonts.ready;
    styles.push(asked.flatMap((element) =>
      (element.ownerSVGElement !== undefined ? [null] : [null, "::before", "::after"]).map((part) => {
        const style = getComputedStyle(element, part);
        return part && style.content === "none" ? [] : names.map((name) => style.getPropertyValue(name));
      })));
  }
  const [one, other] = styles;
  const lost = one.flatMap((style, k) =>
    style.flatMap((own, place) => (own === other[k][place] ? [] : [`${names[place]}: ${own}`])));
  return [asked.length, [...new Set(lost)]];
}"""

# States that a reader or a script brings a page into.
STATES = {
    "as it opens": "() => {}",
    "with all open": """() => {
        document.querySelectorAll("details").forEach((one) => (one.open = true));
        document.querySelectorAll("dialog").forEach((one) => (one.open = true));
        document.querySelectorAll(".dropdown-menu, .tooltip").forEach((one) => one.classList.add("show"));
        document.querySelectorAll("[hidden]").forEach((one) => (one.hidden = false));
        document.querySelectorAll("nav a").forEach((one) => one.classList.add("active"));
        document.body.classList.add("scrolled");
        document.querySelectorAll(".copybtn").forEach((one) => one.classList.add("success"));
    }""",
}


def all_sheets(page):
    """The text of all sheets that Sphinx gave a page; with fonts left out, which no element's style holds."""
    soup = BeautifulSoup((UNSTAGED / f"{page}.html").read_text("utf-8"), "html.parser")
    names = [re.sub(r"^[./]*|\?.*", "", link["href"]) for link in soup.select(styles.SHEETS)]
    css = "".join(styles.read_sheet(SimpleNamespace(folder=UNSTAGED), name) for name in names)
    css += "".join(path.read_text("utf-8") for path in sorted((ROOT / "_ext" / "stage").glob("*.css")))
    css = re.sub(r"url\([^)]*fontawesome[^)]*\)", "url(data:,)", css)
    return css.replace("url(math.woff2)", styles.in_place(SimpleNamespace(folder=UNSTAGED), "math.woff2"))


def assert_same_styles(open_page, page, each, *surroundings):
    """A page with all sheets in place of the one: all elements have all properties as before."""
    tab = open_page(f"{page}.html", wait_until="load")
    tab.keyboard.press("Shift")  # so that the late scripts run
    tab.evaluate(
        """(css) => {
          document.documentElement.classList.remove("partly");
          const add = (text) => {
            const style = document.createElement("style");
            style.textContent = text;
            return document.head.appendChild(style);
          };
          add("*, ::before, ::after { transition: none !important; animation: none !important }");
          window.own = document.querySelector("link[rel=stylesheet]").sheet;
          window.all = add(css).sheet;
        }""",
        all_sheets(page),
    )
    for state, bring in STATES.items():
        tab.evaluate(bring)
        for scheme, width, media in surroundings:
            tab.emulate_media(color_scheme=scheme, media=media)
            tab.set_viewport_size({"width": width, "height": 844})
            count, lost = tab.evaluate(DIFFERENCE, each)
            assert count > 50
            assert lost == [], (state, scheme, width, media)


@pytest.mark.parametrize("page", ["index", "chapters/notation", "search"])
def test_styles_are_the_same_with_one_sheet(open_page, page):
    assert_same_styles(open_page, page, False, ("light", 390, "screen"))


# Each two of a theme, a width and a medium meet.
SURROUNDINGS = [
    *(("light", 390, "screen"), ("dark", 820, "screen"), ("light", 1280, "screen")),
    *(("dark", 390, "print"), ("light", 820, "print"), ("dark", 1280, "print")),
]


@pytest.mark.thorough
@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_styles_are_the_same_everywhere(open_page, page):
    assert_same_styles(open_page, page, True, *SURROUNDINGS)


def test_the_sheet_has_one_font_of_few_letters():
    css = (SITE / styles.NAME).read_text("utf-8")
    fonts = re.findall(r"base64,([^)]*)", css)
    assert all(len(font) < 4096 for font in fonts)
    assert "fontawesome" not in css


# Scripts


@every_page
def test_one_sheet_and_scripts_that_wait(page):
    tags = parsed(html(page))
    sheets = [a["href"] for a in tags.all("link") if a.get("rel") == "stylesheet"]
    formulas = any(tag == "math" for tag, _ in tags.tags)
    wanted = ["site.css", "letters.css"] if formulas else ["site.css"]
    wanted += ["playground.css"] if page == "chapters/playground" else []  # theme.ALONE
    assert [re.sub(r".*/|\?.*", "", sheet) for sheet in sheets] == wanted
    assert [a for a in tags.all("link") if a.get("rel") == "preload"] == []
    scripts = [a for a in tags.all("script") if "src" in a]
    assert [a["src"] for a in scripts if "defer" not in a] == []
    names = {re.sub(r".*/|\?.*", "", a["src"]) for a in scripts}
    assert "layout.js" in names
    late = [name for name in names if name.startswith("late-")]
    assert len(late) == 1
    copies = "copybtn" in (SITE / "_static" / late[0]).read_text("utf-8")
    assert copies == ("div" in {tag for tag, a in tags.tags if "highlight" in (a.get("class") or "").split()})
    assert names.isdisjoint(theme.NEEDED_BY | dict.fromkeys(theme.LATE))


def test_no_maps_and_nothing_twice():
    assert [path.name for path in SITE.rglob("*.map") if "lite" not in path.parts] == []
    assert not (SITE / "_static" / "scripts").exists()
    assert not (SITE / "_static" / "vendor").exists()


FIRST = "chapters/forward_pass.html"


def test_late_scripts_run_when_a_finger_comes_down(open_page):
    """On a page that never gets idle, in the same event."""
    tab = open_page(FIRST, wait_until="load", script="window.requestIdleCallback = () => {};")
    buttons = tab.locator(".copybtn")
    assert buttons.count() == 0
    tab.evaluate("document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))")
    count = buttons.count()
    assert count == tab.locator("div.highlight pre").count() > 0
    tab.keyboard.press("Shift")
    assert buttons.count() == count  # once


# Layout


SHIFTS = """window.moved = []; new PerformanceObserver((list) => moved.push(
  ...list.getEntries().map((one) => one.value))).observe({type: "layout-shift", buffered: true})"""


def test_nothing_moves_while_a_page_comes(open_page):
    """Letters of formulas that come after the text would have moved it: by 0.17 in chapter 5."""
    tab = open_page(
        "chapters/backward_pass.html",
        wait_until="networkidle",
        script=SHIFTS,
        viewport={"width": 412, "height": 823},
    )
    assert tab.evaluate("document.fonts.check('1em \"Book Math\"')")
    assert sum(tab.evaluate("moved")) < 0.01


def test_a_menu_lets_what_follows_it_wait():
    """A browser lays out a block with a menu in it at once, and all of it."""
    soup = BeautifulSoup(
        "<div><form><select></select></form><p>1</p><p>2</p></div><div><p>3</p></div>", "html.parser"
    )
    assert [stage.layout.parts(block) for block in soup.find_all("div")] == [
        soup.find_all("p")[:2],
        [soup.find_all("div")[1]],
    ]


ORDINARY = "!document.documentElement.matches('.partly')"  # after ten seconds it would be so by itself


def test_what_is_out_of_sight_is_laid_out_as_soon_as_the_reader_moves(open_page):
    """And late scripts run as soon as the page is idle. At a link's goal the page is an ordinary one at once."""
    tab = open_page(FIRST, wait_until="load")
    tab.wait_for_selector(".copybtn", state="attached")
    assert tab.locator(".later").count() > 100
    skipped = "all => all.filter((one) => !one.checkVisibility({contentVisibilityAuto: true})).length"
    children = tab.locator(".later > *")
    assert children.evaluate_all(skipped) > 0.8 * children.count()
    tab.keyboard.press("Tab")
    tab.wait_for_function(ORDINARY, timeout=5000)
    assert tab.locator(".later").count() == 0
    at_a_link = open_page(FIRST, fragment="#exercises", wait_until="load")
    assert at_a_link.locator("html.partly").count() == 0
    height = "document.querySelector('article').getBoundingClientRect().height"
    # browsers round each block to parts of a pixel
    assert abs(tab.evaluate(height) - at_a_link.evaluate(height)) < 1


def test_the_wheel_is_a_move_and_without_scripts_nothing_waits(open_page):
    tab = open_page("chapters/notation.html", wait_until="load")
    assert tab.locator("html.partly").count() == 1
    tab.mouse.move(640, 400)  # over the text: the list of chapters scrolls by itself
    tab.mouse.wheel(0, 100)
    tab.wait_for_function(ORDINARY, timeout=5000)
    tab = open_page("chapters/notation.html", wait_until="load", java_script_enabled=False)
    assert tab.locator("html.partly").count() == 0


# The theme


def test_a_page_that_the_theme_has_changed_is_refused(tmp_path):
    shutil.copytree(UNSTAGED / "_static", tmp_path / "_static", ignore=lambda *_: ["mathjax"])
    text = (UNSTAGED / "search.html").read_text("utf-8").replace("pst-primary-sidebar", "primary-sidebar")
    (tmp_path / "search.html").write_text(text, "utf-8")
    with pytest.raises(
        ValueError, match=r"^search.html: expected the list of chapters, .*found none; .* 0.17.1"
    ):
        stage.run(tmp_path)
    assert (tmp_path / "search.html").read_text("utf-8") == text


def test_a_script_that_the_theme_has_changed_is_refused(tmp_path):
    name = "_static/scripts/pydata-sphinx-theme.js"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("changed()", "utf-8")
    (tmp_path / "search.html").write_text((UNSTAGED / "search.html").read_text("utf-8"), "utf-8")
    with pytest.raises(ValueError, match="expected one place that asks for all widths, found 0"):
        stage.scripts.bundle(stage.Site(tmp_path), (name,))


def test_icons_are_those_of_the_theme(tmp_path):
    site = stage.Site(tmp_path)
    site.folder = UNSTAGED  # without its pages
    assert icons.letters(site)["bars"] == "\uf0c9"
    width, outline = icons.drawing(site, "fa-solid-900.ttf", "\uf0c9")
    assert width == 448
    assert outline.startswith("M0 96Q0 82 9 73Q18 64 32 64H416")  # the upper bar of three


# Programs, and letters of figures

PYGMENTS = """
[data-theme="light"] .highlight { background: #fff; color: #111 }
[data-theme="light"] .highlight .n { color: #111 }
[data-theme="light"] .highlight .p { color: #111 }
[data-theme="light"] .highlight .o { color: #111; font-weight: bold }
[data-theme="light"] .highlight .k { color: #00f }
[data-theme="dark"] .highlight { background: #000; color: #eee }
[data-theme="dark"] .highlight .n { color: #eee }
[data-theme="dark"] .highlight .p { color: %s }
[data-theme="dark"] .highlight .o { color: #eee }
"""


@pytest.mark.parametrize(("colour", "plain"), [("#eee", {"n", "p"}), ("#0ff", {"n"})])
def test_a_word_is_plain_where_it_looks_like_its_program_in_both_themes(tmp_path, colour, plain):
    (tmp_path / "_static").mkdir()
    (tmp_path / code.SHEET).write_text(PYGMENTS % colour, "utf-8")
    assert code.plain_kinds(stage.Site(tmp_path)) == plain


def test_plain_words_of_programs_have_no_element_of_their_own():
    page = "chapters/speed"
    before, after = (
        BeautifulSoup((site / f"{page}.html").read_text("utf-8"), "html.parser") for site in (UNSTAGED, SITE)
    )
    programs = [[one.get_text() for one in soup.select(".highlight pre")] for soup in (before, after)]
    assert programs[0] == programs[1]
    words = [len(soup.select(".highlight pre span")) for soup in (before, after)]
    assert words[1] < 0.5 * words[0]
    assert after.select(".highlight pre .k")
    assert not after.select(".highlight pre :is(.n, .p)")


def test_an_outline_stands_once_and_is_found():
    """In the first drawing that has it, but not in one for phones: on paper there are none."""
    drawing = '<svg class="{}"><defs><path d="M0 0" id="{}"/></defs><use href="#{}"/></svg>'
    soup = BeautifulSoup(drawing.format("narrow", "a", "a") + drawing.format("wide", "b", "b"), "html.parser")
    narrow, wide = soup.select("svg")
    assert figures.share_outlines([wide, narrow]) == {"a": "b"}
    assert [use["href"] for use in soup.select("use")] == ["#b", "#b"]
    assert [path["id"] for path in soup.select("path")] == ["b"]


@every_page
def test_all_that_a_drawing_uses_is_there(page):
    """In the page; but not in a drawing for phones, unless that one uses it: on paper there is none."""
    text = html(page).read_text("utf-8")
    drawings = re.findall(r"<svg\b[^>]*\bdata-frames=.*?</svg>", text, re.DOTALL)
    assert len(drawings) == text.count("data-frames=")
    own = [set(re.findall(r'\bid="([^"]+)"', drawing)) for drawing in drawings]
    narrow = [bool(re.match(r'<svg[^>]* class="[^"]*\bnarrow\b', drawing)) for drawing in drawings]
    lasting = set().union(*(ids for ids, phone in zip(own, narrow, strict=True) if not phone))
    for drawing, phone in zip(drawings, narrow, strict=True):
        frames = (html(page).parent / re.search(r'data-frames="([^"?]+)', drawing)[1]).read_text("utf-8")
        used = set(re.findall(r'href=\\?"#([^"\\]+)', drawing + frames))
        assert used <= (lasting.union(*own) if phone else lasting)
