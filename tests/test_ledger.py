"""The ledger: all statements there, every check able to refuse, every link alive, the page's filter."""

from dataclasses import replace

import ledger
import pytest

from lib.ledger import SECTIONS, STATEMENTS, VERDICTS, anchor, judge, page
from lib.ledger.statement import Section
from tests.helpers import ROOT, cells, course

COMPUTED = [statement for statement in STATEMENTS if statement.check]
each = pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.name)
each_computed = pytest.mark.parametrize("statement", COMPUTED, ids=lambda statement: statement.name)


COUNT = max(ledger.numbers(STATEMENTS))


def test_every_statement_of_the_deck_is_there_once():
    assert ledger.gaps(ledger.numbers(STATEMENTS)) == []
    assert len({section.title for section in SECTIONS}) == len(SECTIONS)
    assert ledger.gaps([1, 3, 3]) == [
        "S2: expected one statement in lib/ledger/, got 0",
        "S3: expected one statement in lib/ledger/, got 2",
    ]


def test_the_chapters_of_the_ledger_are_those_of_the_course():
    assert page.CHAPTERS == course()[: len(page.CHAPTERS)]


@each
def test_it_says_what_a_reader_needs(statement):
    assert statement.verdict in VERDICTS
    assert statement.prints
    assert statement.correct
    assert bool(statement.check) != bool(statement.support)


@each
def test_its_check_accepts_the_right_claim_and_refuses_the_others(statement):
    assert judge(statement) == []


@each_computed
def test_its_check_shows_what_it_computed(statement):
    assert statement.shows
    assert statement.shows == statement.shows  # the same whenever it is asked
    assert "e-1" not in statement.shows  # rounding errors differ from machine to machine


def test_a_wrong_claim_and_a_check_that_accepts_everything_are_found():
    statement = COMPUTED[0]
    wrong = replace(statement, claim=next(iter(statement.refused.values())))
    assert any("correct claim is refused" in sentence for sentence in judge(wrong))
    empty = replace(statement, check=lambda claim: (True, "yes"))
    assert any("is accepted" in sentence for sentence in judge(empty))


def test_a_section_notes_what_it_is_told_and_nothing_else():
    section = Section("Part", chapter="forward_pass")
    with pytest.raises(TypeError, match="check"):
        section.states(1, taught="A", verdict="correct", prints="p", correct="c", check=len)(len)
    section.states(1, taught="A", verdict="correct", prints="p", correct="c")(len)
    section.argues(2, taught="notation#B", verdict="correct", prints="p", correct="c", support="s")
    assert [(one.numbers, one.taught, one.check, one.support) for one in section.statements] == [
        ((1,), "forward_pass#A", len, ""),
        ((2,), "notation#B", None, "s"),
    ]


def test_what_a_row_lacks_is_found():
    slip = next(one for one in COMPUTED if one.verdict == "wrong")
    for row, sentence in (
        (replace(STATEMENTS[0], check=None, support=""), "neither a check nor a support"),
        (replace(COMPUTED[0], printed=None, perturbed=None), "nothing that the check has to refuse"),
        (replace(slip, why=""), "wrong: expected `why`, what the slip leads to"),
    ):
        assert judge(row) == [f"{row.name}: {sentence}"]


def test_every_row_leads_to_the_place_that_teaches_it():
    assert ledger.dead_links() == []


def test_the_page_names_among_its_corrections_what_is_not_correct_as_it_stands(monkeypatch):
    assert ledger.uncorrected() == []
    monkeypatch.setattr(
        ledger, "STATEMENTS", [replace(STATEMENTS[-1], numbers=(COUNT + 1,), verdict="wrong")]
    )
    assert ledger.uncorrected() == [
        f"S{COUNT + 1}: not correct as printed: expected its number under Corrections in chapters/slides.ipynb"
    ]


def test_the_page_says_how_many_there_are():
    page = "\n".join(cells(ROOT / "chapters" / "slides.ipynb", "markdown"))
    described = (ROOT / "chapters" / "descriptions.yml").read_text("utf-8")
    assert f"S1 to S{COUNT}" in page, (
        f"chapters/slides.ipynb: expected “S1 to S{COUNT}” in its first paragraph"
    )
    assert f"All {COUNT} statements" in described, f"descriptions.yml: expected “All {COUNT} statements”"


def test_a_ledger_that_does_not_hold_says_why(monkeypatch, capsys):
    monkeypatch.setattr(ledger, "STATEMENTS", [*STATEMENTS, replace(STATEMENTS[-1], numbers=(COUNT + 2,))])
    with pytest.raises(SystemExit, match=rf"S{COUNT + 1}: expected one statement in lib/ledger/, got 0"):
        ledger.main()


def test_a_dead_link_is_found(monkeypatch):
    lost = replace(STATEMENTS[0], taught="forward_pass#No such heading")
    monkeypatch.setattr(ledger, "STATEMENTS", [lost])
    assert ledger.dead_links() == [
        f"{lost.name}: expected in `taught` a heading of chapters/forward_pass, got 'No such heading'"
    ]


def test_the_report_counts_them(capsys):
    ledger.main()
    report = capsys.readouterr().out
    assert report.startswith(f"statements {COUNT}: ")
    assert "all links live" in report
    assert "0 unverified" in report


def test_anchors_are_those_of_the_website():
    assert anchor("The shapes on the slide") == "the-shapes-on-the-slide"
    assert anchor("The deck's own (S124)?") == "the-decks-own-s124"


# The page, in a browser.

PAGE = "chapters/slides.html"


def shown(page):
    return page.locator(".statement:visible")


def test_the_filter_shows_a_section_and_a_verdict(open_page):
    page = open_page(PAGE)
    output = page.locator(".ledger-filter output")
    assert output.text_content() == f"{COUNT} of {COUNT} statements"
    page.get_by_label("Verdict").select_option("wrong")
    assert {card.get_attribute("data-verdict") for card in shown(page).all()} == {"wrong"}
    wrong = sum(len(statement.numbers) for statement in STATEMENTS if statement.verdict == "wrong")
    assert output.text_content() == f"{wrong} of {COUNT} statements"
    page.get_by_label("Section").select_option("Derivative")
    assert [card.get_attribute("id") for card in shown(page).all()] == ["s13"]
    headings = page.locator("h3:visible").all_text_contents()
    assert "Derivative" in headings
    assert "Gradient" not in headings
    # A link to a hidden statement shows it.
    page.evaluate("location.hash = '#s105'")
    page.locator("#s97").wait_for(state="visible")
    page.evaluate("location.hash = '#s12'")
    page.locator("#s12").wait_for(state="visible")


def test_without_scripts_every_statement_is_there(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    assert shown(page).count() == len(STATEMENTS)
    assert not page.locator(".ledger-filter").is_visible()


def test_a_number_in_a_chapter_leads_to_its_row_and_back(open_page):
    page = open_page("chapters/forward_pass.html")
    page.get_by_role("link", name="S1", exact=True).first.click()
    page.wait_for_url(f"**/{PAGE}#s1")
    page.locator("#s1").get_by_role("link", name="chapter 1").click()
    page.wait_for_url("**/chapters/forward_pass.html#one-layer")
