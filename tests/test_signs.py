"""Numbers in sentences and tables of the site."""

import re

import pytest
from signs import readable

from tests.test_site import every_page, html


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("-0.2", "−0.2"),
        ("-0.00195, -0.02307", "−0.00195, −0.02307"),
        ("(-.5)", "(−.5)"),
        ("at x = -1", "at x = −1"),
        ("7e-09", "7 × 10⁻⁹"),
        ("-6.2e-03", "−6.2 × 10⁻³"),
        ("1.5e+10", "1.5 × 10¹⁰"),
        ("a 2-2-1 network, S7-S10, 2026-11-25, well-known, 3 - 1", None),
        ("x1e-3, e-mail, cs.LG/0512-1", None),
    ],
)
def test_minus_and_powers_as_in_print(typed, printed):
    assert readable(typed) == (printed or typed)


@every_page
def test_no_table_or_sentence_has_a_hyphen_for_a_minus(page):
    text = html(page).read_text("utf-8").split("<article")[-1].split("</article>")[0]
    text = re.sub(
        r"<(figure|script|style|pre|svg|code|math)\b.*?</\1>|<span class=\"math.*?</span>",
        " ",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r'<div class="math.*?</div>', " ", text, flags=re.DOTALL)
    text = re.sub("<[^>]+>", " ", text)
    assert re.findall(r"(?:^|[\s(])-\d.{0,20}|\d[eE][+-]\d\d", text) == []
