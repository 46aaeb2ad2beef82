"""Formulas: from LaTeX to MathML when the book is built, in letters of their own, at every width."""

import html
import io
import re
import unicodedata
from xml.etree import ElementTree

import formulas
import mathfont
import pytest
from docutils import nodes
from fontTools.ttLib import TTFont

from tests.browser import SITE, UNSTAGED
from tests.test_site import PAGES, every_page

RICHEST = "chapters/backward_pass"


def text(page):
    return (SITE / f"{page}.html").read_text("utf-8")


def shown(tree):
    return "".join(tree.itertext())


def test_what_is_no_formula_ends_the_build_in_one_sentence():
    with pytest.raises(formulas.FormulaError, match=r"\$\\fracc12\$ can't become MathML: .*fracc") as error:
        formulas.mathml(r"\fracc12")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        ("Z = A", ["Z=A"]),  # short: in one piece
        (
            r"w_k - w^* = (1 - \alpha\lambda)^k\,(w_0 - w^*) < C",
            ["wk−w∗=", "(1−αλ)k(w0−w∗)<", "C"],
        ),
        (r"f(x, y, z, u, v, w, s, t) = 1", ["f(x,y,z,u,v,w,s,t)=", "1"]),  # never within brackets
        (r"w_1 x_1 + w_2 x_2 + w_3 x_3 + w_4 x_4 + b", ["w1x1+", "w2x2+", "w3x3+", "w4x4+", "b"]),
        (r"\frac{aaaaaaaaaaaaaaaa = b}{c}", ["aaaaaaaaaaaaaaaa=bc"]),  # nor within a fraction
    ],
)
def test_a_long_formula_may_break_after_its_top_signs(tex, parts):
    assert [shown(part).replace(" ", "") for part in formulas.pieces(formulas.mathml(tex))] == parts


@pytest.mark.parametrize(
    ("before", "after", "kept", "signs"),
    [
        ("see (", "), then", ["see ", " then"], ["(", "),"]),
        ("of ", ". Then", ["of ", " Then"], ["", "."]),
        ("of ", " and", ["of ", " and"], ["", ""]),
        ("an ", "-th row", ["an ", "th row"], ["", "-"]),
    ],
)
def test_a_sign_that_touches_a_formula_stays_with_it(before, after, kept, signs):
    formula = nodes.math("", "x")
    paragraph = nodes.paragraph("", "", nodes.Text(before), formula, nodes.Text(after))
    assert formulas.take_signs(formula) == signs
    assert [str(paragraph[0]), str(paragraph[2])] == kept


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{dC}{dW} = A^\top \cdot D", "dC/dW = A⊤ ⋅ D"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\hat y^{(i)},\quad \text{like } Z", "yˆ(i), like Z"),
    ],
)
def test_words_for_the_search(tex, words):
    assert formulas.words(formulas.mathml(tex)) == words


def test_what_browsers_draw_otherwise_is_mended():
    assert formulas.mathml(r"\boxed{x}").find(".//mrow").get("class") == "boxed"
    assert formulas.mathml(r"\hat y").find(".//mo").attrib == {}
    assert formulas.mathml(r"w^*").find(".//mo").attrib == {"lspace": "0", "rspace": "0"}
    assert formulas.mathml(r"A \odot B").find(".//mo").get("largeop") == "false"
    assert formulas.mathml(r"\bigl(x\bigr)^2").find(".//msup/mrow/mo").text == ")"
    cases = formulas.mathml(r"\begin{cases}a & b\\[2pt] c & d\end{cases}", display=True)
    assert shown(cases) == "{abcd\u2063"


def test_parts_below_each_other():
    assert len(formulas.display("a = b\n\nc = d").findall(".//mtr")) == 2
    assert len(formulas.display(r"a &= b\\ &= d").findall(".//mtr")) == 2


@every_page
def test_no_latex_is_left_for_the_browser(page):
    prose = re.sub(r"<(script|pre|code)\b.*?</\1>", "", text(page), flags=re.DOTALL)
    assert re.findall(r"\\[([]|\$\$|\\(?:frac|begin|cdot|partial|hat)\b", prose) == []
    assert "mathjax" not in text(page).lower()


def test_formulas_are_there_and_are_well_formed():
    count = 0
    for page in PAGES:
        for formula in mathfont.FORMULA.findall(re.sub("<script.*?</script>", "", text(page), flags=re.S)):
            ElementTree.fromstring(formula)
            count += 1
    assert count > 3000


def test_the_search_finds_words_and_no_latex():
    index = (SITE / "searchindex.js").read_text("utf-8")
    assert re.findall(r"\\\\(?:frac|begin|cdot|partial|hat|top|alpha)", index) == []
    assert "\\u22a4" in index  # the transpose, as it is written


def test_the_font_has_every_sign_that_is_shown(record_property):
    font = TTFont(UNSTAGED / mathfont.NAME)
    letters, missing = font.getBestCmap(), set()
    for page in PAGES:
        for formula in mathfont.FORMULA.findall(text(page)):
            for tag, attributes, sign in mathfont.TOKEN.findall(formula):
                sign = html.unescape(sign)
                variable = tag == "mi" and len(sign) == 1 and 'mathvariant="normal"' not in attributes
                sign = mathfont.italic(sign) if variable else sign
                missing |= {
                    own for own in sign if ord(own) not in letters and own.isprintable() and own != " "
                }
    assert missing <= {"\ufe00", "\ufe01"}  # choose a form, have none
    assert "MATH" in font
    size = (UNSTAGED / mathfont.NAME).stat().st_size
    assert size < 60_000
    record_property("printed", f"The formulas' letters: {size / 1e3:.1f} KB")


def test_the_font_names_its_version_and_licence():
    notice = (SITE / mathfont.NAME).with_suffix(".txt").read_text("utf-8")
    assert "STIX Two Math" in notice
    assert "Version 2." in notice
    assert "SIL Open Font License, Version 1.1" in notice


def test_the_font_is_made_for_what_is_written():
    wanted = mathfont.signs(["<math><msqrt><mi>h</mi></msqrt><mo>(</mo></math>"])
    assert wanted == mathfont.signs([]) | {"√"}
    content, _ = mathfont.make_font(set("hℎ√("))
    font = TTFont(io.BytesIO(content))
    assert set(map(chr, font.getBestCmap())) == set("hℎ√()")  # a bracket with its mirror image
    variants = font["MATH"].table.MathVariants  # Chromium leaves room for the widest form of a sign
    for name, forms in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True):
        own = [form.VariantGlyph for form in forms.MathGlyphVariantRecord]
        own += [part.glyph for part in forms.GlyphAssembly.PartRecords]
        assert len(own) > 3
        assert max(font["hmtx"][form][0] for form in own) <= font["hmtx"][name][0] + mathfont.MORE


def test_a_sign_that_the_font_lacks_is_named():
    with pytest.raises(Exception, match="expected signs that STIX Two Math has, got 𓀀"):
        mathfont.make_font({"𓀀", "x"})


def test_a_prime_is_the_one_for_superscripts():
    content, _ = mathfont.make_font({"′"})
    font = TTFont(io.BytesIO(content))
    prime = font["glyf"][font.getBestCmap()[0x2032]]
    assert prime.yMin < 200  # the sign for a plain line hangs at 400 and more


def test_formulas_are_set_in_their_font_and_do_not_take_the_focus(open_page):
    tab = open_page(f"{RICHEST}.html", wait_until="load")
    tab.evaluate("document.fonts.ready")
    states = tab.evaluate("[...document.fonts].filter(f => /Book Math/.test(f.family)).map(f => f.status)")
    assert states == ["loaded"]
    focused = (
        "[...document.querySelectorAll('math, math *, .math')].filter((one) => one.tabIndex >= 0).length"
    )
    assert tab.evaluate(focused) == 0


def test_a_heading_is_copied_with_its_formula(open_page):
    tab = open_page("chapters/gradient_descent.html", wait_until="load")
    heading = tab.locator(":is(h2, h3):has(math)").first
    formula = heading.locator("math").first.evaluate("one => one.textContent")
    heading.evaluate("one => getSelection().selectAllChildren(one)")
    copied = unicodedata.normalize("NFKC", tab.evaluate("getSelection().toString()"))
    assert formula in copied.replace("\n", "")
