"""The extension that makes links of statement numbers, on texts alone."""

import pytest
from docutils import nodes
from statements import LAST, with_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("S97", {"S97": "#s97"}),
        (
            f"see S7–S10, (S1) and S{LAST}.",
            {"S7": "#s7", "S10": "#s10", "S1": "#s1", f"S{LAST}": f"#s{LAST}"},
        ),
        ("S7-S10", {"S7": "#s7", "S10": "#s10"}),
        ("S012", {"S012": "#s12"}),
        (f"S0, S{LAST + 1}, S1234, S12a, US12, s12, S 12", {}),
    ],
)
def test_numbers_of_statements_become_links(text, links):
    pieces = with_links(text, "slides.html")
    assert "".join(piece.astext() for piece in pieces) == text
    found = {p.astext(): p["refuri"] for p in pieces if isinstance(p, nodes.reference)}
    assert found == {name: f"slides.html{link}" for name, link in links.items()}
