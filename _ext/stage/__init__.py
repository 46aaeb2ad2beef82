"""One stage of the build after Sphinx: the pages as Sphinx leaves them become pages that open at once.

Why there is a stage. Sphinx and its theme make pages for every book there could be: ten style sheets,
a script that draws two thousand icons, live code that this book doesn't have. Readers here hold a
phone on a slow line. No setting of the theme turns most of this off, and what has to be known to do
it (which styles do all pages together use?) is known only when every page is written. So all of it
is done here, last, in one place: each page is parsed once, STEPS run over it in order, it is written
back. Nothing in the stage knows this course; what it knows of the theme stands in `theme.py`.

A step is a function step(site, page) in a module of its own that says why it is there. It changes
`page.soup`, and may add files to the site (`site.write`). A step runs over all pages before the next
one starts, so it sees in `site.pages` what the steps before have made of every page.

The build leaves the site as Sphinx made it in `_build/unstaged`. To try a step, which takes seconds:

    cd _ext && python -m stage ../_build/unstaged /tmp/staged

Pages of JupyterLite, in `lite/`, are another program's and stay as they are.
"""

import functools
import hashlib
import posixpath
import shutil
from dataclasses import dataclass
from pathlib import Path

import theme
from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from stage import code, figures, icons, layout, scripts, styles, tables

STEPS = [
    theme.check,
    tables.name_cells,
    styles.remember,
    figures.move_out,
    code.unwrap_plain_words,
    scripts.defer,
    icons.draw,
    layout.mark_blocks,
    styles.one_sheet,
]

LEFT_ALONE = {"lite", "_static", "_sources"}  # folders that hold no pages of the book


class AsWritten(HTMLFormatter):
    """Write the attributes of a tag in their own order, not by the alphabet."""

    def attributes(self, tag):
        return tag.attrs.items()


FORMATTER = AsWritten(entity_substitution=EntitySubstitution.substitute_xml)


def digest(content):
    """For the address of a file, so that no browser keeps an old one."""
    return hashlib.sha256(content).hexdigest()[:8]


@dataclass(eq=False)
class Page:
    """A page of the book. `root` leads from it to the site's root: "" or "../", or what 404.html needs.

    The parser writes all names in small letters: in SVG, `viewBox` becomes `viewbox`, which every
    browser reads as `viewBox` again in a page, but not in a file of its own.
    """

    path: Path
    name: str  # "chapters/index.html"
    root: str
    soup: BeautifulSoup

    @functools.cache  # noqa: B019 - pages live as long as the stage
    def had(self, selector):
        """Whether anything on the page answered to this selector when it was first asked for."""
        return self.soup.select_one(selector) is not None


class Site:
    """The built site in `folder`, with all its pages parsed."""

    def __init__(self, folder):
        self.folder = Path(folder)
        paths = [path.relative_to(self.folder) for path in sorted(self.folder.rglob("*.html"))]
        pages = [read(self.folder / path, path) for path in paths if path.parts[0] not in LEFT_ALONE]
        self.pages = [page for page in pages if page.soup.select_one("html[data-content_root]")]

    def name_of(self, address, page):
        """The name of a file of the site, by the address that a page gives it."""
        return posixpath.normpath(address.partition("?")[0].removeprefix(page.root))

    def write(self, name, content):
        """Write a file of the site, named by its path from the root. Returns the name with a digest.

        The digest, of the content, sees to it that no browser keeps an old one: "_static/a.css?v=1f0c".
        """
        content = content.encode() if isinstance(content, str) else content
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return f"{name}?v={digest(content)}"

    def clear(self):
        """Remove what no page names any more: source maps, and what is now in one sheet or one script.

        Of `_static`, a file or a whole folder at its top stays if a page names it, or what a page names.
        Notices of licences (.txt) stay in any case.
        """
        static = self.folder / "_static"
        for path in static.rglob("*.map"):
            path.unlink()
        text = "".join(page.path.read_text("utf-8") for page in self.pages)
        kinds = [*static.glob("*.js"), *static.glob("*.css")]
        text += "".join(path.read_text("utf-8") for path in kinds if f"_static/{path.name}" in text)
        for path in static.iterdir():
            if path.is_dir() and f"_static/{path.name}/" not in text:
                shutil.rmtree(path)
            elif path.is_file() and path.suffix != ".txt" and path.name not in text:
                path.unlink()


def read(path, name):
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    style = soup.select_one('link[rel="stylesheet"]')
    root = style["href"].partition("_static/")[0] if style else ""
    return Page(path, name.as_posix(), root, soup)


def run(folder):
    """Take the site in `folder` through all steps, in place."""
    site = Site(folder)
    for step in STEPS:
        for page in site.pages:
            step(site, page)
    for page in site.pages:
        page.path.write_text(page.soup.decode(formatter=FORMATTER), "utf-8")
    site.clear()


def copy(source, target):
    """A copy of a site, without the folder of JupyterLite."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=lambda folder, _: ["lite"] if Path(folder) == Path(source) else [])


def unstaged(app):
    return Path(app.outdir).parent / "unstaged"


def bring_back(app):
    """Before Sphinx runs again: pages that it won't write anew are as it has left them, for the stage."""
    if app.builder.name == "html" and unstaged(app).exists():
        shutil.copytree(unstaged(app), app.outdir, dirs_exist_ok=True)


def stage_site(app, error):
    if error is None and app.builder.name == "html":
        copy(app.outdir, unstaged(app))
        run(app.outdir)


def setup(app):
    app.connect("builder-inited", bring_back)
    app.connect("build-finished", stage_site, priority=900)  # after whatever else writes or copies
    return {"parallel_read_safe": True, "parallel_write_safe": True}
