"""The book on paper: one PDF of all pages, made by Chromium from the built site and its print style.

usage: python tools/pdf.py        (`make pdf` builds the site first)

All pages become one: a cover, contents, each page of the book on a new sheet with its title at the
head, folded solutions at the end of their chapter. What only a screen can do is left out. Page numbers
are known once the pages are made, so they are made twice: first to see where everything lands, then
with the numbers in place. The site's menus then offer the file.
"""

import re
import tempfile
from pathlib import Path

import browsers
import pikepdf
import yaml
from bs4 import BeautifulSoup

import lib

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
NAME = "backward-pass.pdf"
STYLE = Path(__file__).with_name("print.css")
# What a page has for a screen only.
ON_SCREEN = (
    "script, noscript, .headerlink, .for-dark, .narrow, .live-controls, .ledger-filter, .copybtn, "
    ".cell.tag_hide-input details.hide, ul.ask-pages"
)
LEFT_OUT = ("questions", "worksheet")  # teachers' pages, which are made to be counted with, or printed alone
UNKNOWN = "000"  # a page number in the first pass: as wide as it will be


def pages_of(toc):
    """The names of the pages that are printed, in order: ["index", "forward_pass", …]."""
    toc = yaml.safe_load(Path(toc).read_text("utf-8"))
    files = [toc["root"], *(one["file"] for part in toc["parts"] for one in part["chapters"])]
    return [Path(file).name for file in files if Path(file).name not in LEFT_OUT]


class Book:
    """The assembled book: `soup` is its HTML. FileNotFoundError where there is no built site."""

    def __init__(self, site, names):
        if not (site / "index.html").exists():
            raise FileNotFoundError(f"{site}: expected the built site, run `make book` first")
        self.names = names
        self.site = site
        self.soup = BeautifulSoup(
            "<!DOCTYPE html><html lang='en'><head></head><body></body></html>", "html.parser"
        )
        sources = {name: self.read(name) for name in names}
        first = sources[names[0]]
        self.title = first.h1.get_text()
        self.write_cover(first)
        self.contents = self.add(
            "section", self.soup.body, class_="contents book-page bd-article", id="contents"
        )
        for name in names:
            self.add_page(name, sources[name].select_one("article.bd-article"))
        self.write_head(first.select('link[rel="stylesheet"]'))
        self.write_contents()

    def read(self, name):
        """A page of the site, with whole addresses of what it shows, so that the book may lie anywhere."""
        folder = self.site if name == self.names[0] else self.site / "chapters"
        soup = BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser")
        for element in soup.select("[src], link[href]"):
            key = "src" if element.has_attr("src") else "href"
            element[key] = (folder / element[key].partition("?")[0]).resolve().as_uri()
        return soup

    def add(self, tag, parent, text="", **attributes):
        element = self.soup.new_tag(tag, attrs={key.rstrip("_"): value for key, value in attributes.items()})
        element.string = text
        parent.append(element)
        return element

    def write_head(self, sheets):
        head = self.soup.head
        self.add("meta", head, charset="utf-8")
        self.add("title", head, self.title)
        head.extend(sheets)
        self.add("style", head, STYLE.read_text("utf-8") + "".join(map(self.running_head, self.names)))

    def running_head(self, name):
        """The style of one page's sheets: its title at their head."""
        title = self.soup.find("article", id=name).h1.get_text()
        font = "font: 9pt 'DejaVu Sans', Arial, sans-serif; color: #48566b"
        return (
            f".page-{name} {{ page: {name}; }} @page {name} {{ "
            f'@top-left {{ content: "{self.title}"; {font} }} @top-right {{ content: "{title}"; {font} }} }}\n'
        )

    def add_page(self, name, article):
        for element in article.select(ON_SCREEN):
            element.decompose()
        for figure in article.select("figure.live"):
            figure["role"] = "none"  # the drawing in it is the one that has words
        if name == self.names[0]:
            make_preface(self.soup, article)
        for fold in [one for one in article.select("details") if one.find_parent("details") is None]:
            self.unfold(name, article, fold)  # with the folds in it
        own_addresses(article, name, self.names)
        page = self.add("div", self.soup.body, class_=f"book-page page-{name} bd-content")
        page.append(article)
        article["id"] = name

    def unfold(self, name, article, fold):
        """A solution moves to the end of its chapter; any other fold is open on paper."""
        for inner in fold.select("details"):
            open_fold(self.soup, inner)
        words = fold.summary.get_text(" ", strip=True)
        if not words.startswith(("Solution", "Answer")):
            open_fold(self.soup, fold)
            return
        end = article.select_one(".solutions")
        if end is None:
            end = self.add("section", article, class_="solutions", id="solutions")
            self.add("h2", end, "Solutions")
        number = len(end.select(".solution")) + 1
        solution = self.add("div", end, class_="solution", id=f"solution-{number}")
        self.add("p", solution, exercise_before(fold), class_="solution-of")
        note = self.soup.new_tag("p", attrs={"class": "to-solution"})
        note.append("Solution: ")
        link = self.add("a", note, "page ", href=f"#solution-{number}")
        self.add("span", link, UNKNOWN, class_="page-of")
        fold.insert_before(note)
        fold.summary.decompose()
        solution.extend(list(fold.contents))
        fold.decompose()

    def write_contents(self):
        self.add("h1", self.contents, "Contents")
        pages = self.add("ol", self.contents)
        for name in self.names:
            page = self.soup.find("article", id=name)
            item = self.entry(pages, page.h1, name)
            sections = self.add("ol", item)
            for heading in page.select("h2"):
                self.entry(sections, heading, heading.parent["id"])

    def entry(self, parent, heading, target):
        item = self.add("li", parent)
        link = self.add("a", item, href=f"#{target}")
        words = self.add("span", link)
        words.string = heading.get_text()
        self.add("span", link, UNKNOWN, class_="page-of")
        return item

    def write_cover(self, first):
        cover = self.soup.new_tag("section", attrs={"class": "cover"})
        self.add("p", cover, self.title, class_="cover-title")
        self.add("p", cover, first.select_one("article p").get_text(), class_="cover-words")
        drawing = first.select_one("figure.live").extract()
        drawing["role"] = "none"
        for element in drawing.select(".narrow, .live-panel, noscript, script"):
            element.decompose()
        own_addresses(drawing, "cover", self.names)
        cover.append(drawing)
        self.add("p", cover, f"Paper edition of version {lib.__version__}", class_="cover-edition")
        self.soup.body.append(cover)

    def number(self, where):
        """Write page numbers: `where` says on which page each id has landed."""
        for place in self.soup.select(".page-of"):
            place.string = str(where[place.find_parent("a")["href"][1:]])


def make_preface(soup, article):
    """The site's first page on paper: its sections, without what is there to be pressed."""
    article.h1.string = "About this book"
    for element in list(article.section.find_all(recursive=False)):
        if element.name not in ("h1", "section", "span"):
            element.decompose()


def open_fold(soup, fold):
    """A fold without its hinge: its title is a line in bold, except where it only says that it folds."""
    summary = fold.summary
    if "hide" in fold.get("class", []):
        summary.decompose()
    else:
        summary.name = "p"
        summary["class"] = "solution-of"
    fold.name = "div"
    fold["class"] = "unfolded"


def exercise_before(fold):
    """How the exercise before a solution calls itself: the nearest words in bold, or the heading."""
    for element in fold.find_all_previous(["p", "h3"]):
        text = " ".join(element.get_text(" ", strip=True).split())
        found = re.match(r"(?:\d[\d.]* )?(Exercise \d+|\d+ ★+)", text)
        if found:
            return found[1] if found[1].startswith("Exercise") else f"Exercise {found[1].split()[0]}"
    return "Solution"


def own_addresses(article, name, names):
    """Ids are one page's own: in the book, each begins with its page's name, and links follow."""
    for element in article.find_all(True):
        for key in ("id", "for", "aria-labelledby", "aria-describedby"):
            if element.get(key):
                element[key] = f"{name}--{element[key]}"
        for key in ("style", "clip-path", "fill"):
            if "url(#" in element.get(key, ""):
                element[key] = element[key].replace("url(#", f"url(#{name}--")
        address = element.get("href")
        if address is not None and element.name in ("a", "use"):
            element["href"] = in_book(address, name, names)


def in_book(address, name, names):
    """Where a link of a page leads within the book; one that leads out of it stays."""
    page, _, place = address.partition("#")
    other = Path(page).stem if page else name
    if page and ("://" in page or page.startswith("mailto:") or other not in names):
        return address
    return f"#{other}--{place}" if place else f"#{other}"


def print_pdf(browser, html, target):
    """Chromium's print of a page: tagged, with bookmarks."""
    page = browser.new_page(color_scheme="light")
    page.set_default_timeout(300_000)
    page.goto(html.as_uri())
    page.evaluate("document.querySelectorAll('img').forEach((one) => (one.loading = 'eager'))")
    page.wait_for_function("[...document.images].every((one) => one.complete)")
    page.pdf(path=target, prefer_css_page_size=True, tagged=True, outline=True, print_background=True)
    page.close()


def places(pdf):
    """{id: page} of all places that something in the PDF links to."""
    with pikepdf.open(pdf) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
        return {name.lstrip("/"): numbers[place[0].objgen] for name, place in opened.Root.Dests.items()}


def tighten(pdf):
    """Pack the thousands of small objects that tags are: a third of the size. Returns the number of pages."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        opened.docinfo["/Author"] = "Contributors of the course"
        opened.save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
        return len(opened.pages)


def make(browser, book, target):
    """Write the PDF of a book: the number of its pages."""
    where = None
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "book.html"
        for _ in range(3):  # the second pass has the numbers; the third, where they have moved something
            html.write_text(str(book.soup), "utf-8")
            print_pdf(browser, html, target)
            before, where = where, places(target)
            if where == before:
                break
            book.number(where)
    return tighten(target)


def offer(site):
    """An entry for the PDF in the menu of every page, below that of the notebooks."""
    entry = re.compile(r'(<li><a [^>]*href="([^"]*)backward-pass-notebooks\.zip"[^>]*>[^<]*</a></li>)')
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        if NAME not in text and entry.search(text):
            path.write_text(
                entry.sub(rf'\1<li><a download="" href="\2{NAME}">The whole book (.pdf)</a></li>', text),
                "utf-8",
            )


if __name__ == "__main__":
    target = SITE / NAME
    with browsers.opened() as browser:
        pages = make(browser, Book(SITE, pages_of(ROOT / "_toc.yml")), target)
    offer(SITE)
    print(f"{target.relative_to(ROOT)}: {pages} pages, {target.stat().st_size / 1e6:.1f} MB")
