"""The paper edition (tools/pdf.py): two pages of the book in `make test`, all of it with `-m thorough`."""

import re
import unicodedata

import pdf as paper
import pikepdf
import pytest
from pypdfium2 import PdfDocument

from tests.browser import SITE, lay_out
from tests.helpers import ROOT

SMALL = """
format: jb-book
root: chapters/index
parts:
  - chapters:
      - file: chapters/forward_pass
"""


def sheets(path):
    """The text of each page of a PDF, with an f and an i where a letter is both."""
    with PdfDocument(path) as pdf:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    return [unicodedata.normalize("NFKC", text).replace("\r\n", "\n") for text in pages]


def flat(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module", params=["a part", pytest.param("the whole", marks=pytest.mark.thorough)])
def book(request, tmp_path_factory, chromium):
    """(the assembled book, its PDF, the text of each page)"""
    folder = tmp_path_factory.mktemp("paper")
    toc = ROOT / "_toc.yml"
    if request.param == "a part":
        toc = folder / "_toc.yml"
        toc.write_text(SMALL, "utf-8")
    assembled = paper.Book(SITE, paper.pages_of(toc))
    paper.make(chromium, assembled, folder / "book.pdf")
    return assembled, folder / "book.pdf", sheets(folder / "book.pdf")


def test_it_says_what_it_is(book):
    _, path, pages = book
    with pikepdf.open(path) as pdf:
        assert pdf.docinfo["/Title"] == "Mathematics of the backward pass"
        assert pdf.Root.Lang == "en"
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.open_outline().root) > 1
        tags = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]
        figures = [one for one in tags if one.S == "/Figure"]
        assert figures
        assert all(str(figure.get("/Alt", "")) for figure in figures)
    print(f"\n{len(pages)} pages")


def test_contents_name_the_page_on_which_each_section_stands(book):
    """The page is read, not looked up: its text holds the heading."""
    assembled, path, pages = book
    texts, where = [*map(flat, pages)], paper.places(path)
    entries = assembled.soup.select("#contents a")
    assert len(entries) > 10
    contents = "".join(texts[1:5])
    for entry in entries:
        words, target = flat(entry.span.get_text()), entry["href"][1:]
        assert words in texts[where[target] - 1], target
        assert f"{words}{where[target]}" in contents, target


def test_a_chapter_begins_on_a_new_page_under_its_title(book):
    assembled, path, pages = book
    where = paper.places(path)
    for name in assembled.names[1:]:
        title = flat(assembled.soup.find("article", id=name).h1.get_text())
        first, after = map(flat, pages[where[name] - 1 : where[name] + 1])
        assert first.count(title) == 2  # at the head, and as the title
        assert title in after


def test_nothing_of_the_screen_is_on_paper_and_solutions_stand_at_the_end(book):
    assembled, path, pages = book
    text, where = "".join(pages), paper.places(path)
    for words in ("Copy link", "Show large", "Toggle hidden", "Show code cell"):
        assert words not in text
    for chapter in assembled.soup.select("article:has(.solutions)"):
        assert chapter.select_one(".solutions").find_next_siblings() == []
        links = [link["href"][1:] for link in chapter.select(".to-solution a")]
        assert links == [one["id"] for one in chapter.select(".solution")]
        assert links
    named = [int(number) for number in re.findall(r"Solution: page (\d+)", text)]
    assert named == [where[link["href"][1:]] for link in assembled.soup.select(".to-solution a")]


def test_nothing_is_cut_at_the_right_edge(book, open_page, tmp_path):
    """In a window as wide as the text on paper, laid out for print, nothing reaches beyond it."""
    assembled, *_ = book
    (tmp_path / "book.html").write_text(str(assembled.soup), "utf-8")
    page = open_page(
        "book.html",
        address=tmp_path.as_uri(),
        wait_until="load",
        viewport={"width": 642, "height": 900},  # 170 mm
    )
    page.emulate_media(media="print")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
          .filter((one) => one.getBoundingClientRect().right > 643 && !one.closest("svg"))
          .map((one) => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 60)}`).slice(0, 20)"""
    )
    assert wide == []


def test_a_chapter_printed_from_the_browser_looks_the_same(open_page, tmp_path):
    """Folds open, solutions at the end, no code of figures; and after printing all is as it was."""
    page = open_page("chapters/forward_pass.html", wait_until="load")
    lay_out(page)
    folds = """[...document.querySelectorAll(".bd-article details")].map((fold) =>
        [fold.open, fold.hidden, fold.firstElementChild.textContent, [...fold.parentNode.children].indexOf(fold)])"""
    before = page.evaluate(folds)
    page.pdf(path=tmp_path / "page.pdf")
    assert page.evaluate(folds) == before
    text = "".join(sheets(tmp_path / "page.pdf"))
    road, _, solutions = text.rpartition("Solutions")
    exercises = re.findall(r"Exercise \d+(?= ★)", road)
    assert road.count("Solution: at the end") == len(exercises) > 5
    assert re.findall(r"(?m)(Exercise \d+) *$", solutions) == exercises
    assert "Check by code" in solutions
    assert "net.forward" in solutions
    assert "explore(" not in text


def test_questions_stand_on_paper_and_their_answers_at_the_end(book):
    """The prompt, what is given and the choices where they are asked; the answer with the solutions."""
    assembled, *_ = book
    chapter = assembled.soup.find("article", id="forward_pass")
    asked = chapter.select(".ask")
    assert len(asked) >= 18
    assert chapter.select(".ask details, .ask .ask-answer") == []
    end = chapter.select_one(".solutions")
    assert end.select(".ask") == []
    for question in asked:
        link = question.select_one(".to-solution a")
        solution = end.find(id=link["href"][1:])
        assert len(solution.get_text(strip=True)) > 1
        assert question.select_one(".ask-prompt").get_text(strip=True)
        if question["data-kind"] == "choice":
            assert len(question.select(".ask-options li")) >= 4


def test_explanations_and_outputs_that_tell_are_on_paper(book):
    assembled, _, pages = book
    text = flat("".join(pages))
    chapter = assembled.soup.find("article", id="forward_pass")
    explained = chapter.select("p.explanation")
    assert explained
    for paragraph in explained:
        words = flat(
            paragraph.contents[0].get_text() + "".join(map(str, paragraph.find_all(string=True)[1:2]))
        )
        assert words[:40] in text
