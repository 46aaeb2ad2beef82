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

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

STEPS = []

LEFT_ALONE = {"lite", "_static", "_sources"}  # folders that hold no pages of the book


class AsWritten(HTMLFormatter):
    """Write the attributes of a tag in their own order, not by the alphabet."""

    def attributes(self, tag):
        return tag.attrs.items()


FORMATTER = AsWritten(entity_substitution=EntitySubstitution.substitute_xml)


@dataclass
class Page:
    """A page of the book. `root` leads from it to the site's root: "" or "../", or what 404.html needs.

    The parser writes all names in small letters: in SVG, `viewBox` becomes `viewbox`, which every
    browser reads as `viewBox` again in a page, but not in a file of its own.
    """

    path: Path
    name: str  # "chapters/index.html"
    root: str
    soup: BeautifulSoup


class Site:
    """The built site in `folder`, with all its pages parsed."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.pages = [
            read(path, path.relative_to(self.folder))
            for path in sorted(self.folder.rglob("*.html"))
            if path.relative_to(self.folder).parts[0] not in LEFT_ALONE
        ]

    def write(self, name, content):
        """Write a file of the site, named by its path from the root. Returns the name with a digest.

        The digest, of the content, sees to it that no browser keeps an old one: "_static/a.css?v=1f0c".
        """
        content = content.encode() if isinstance(content, str) else content
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return f"{name}?v={hashlib.sha256(content).hexdigest()[:8]}"


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


def copy(source, target):
    """A copy of a site, without the folder of JupyterLite."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=lambda folder, _: ["lite"] if Path(folder) == Path(source) else [])


def stage_site(app, error):
    if error is None and app.builder.name == "html":
        copy(app.outdir, Path(app.outdir).parent / "unstaged")
        run(app.outdir)


def setup(app):
    app.connect("build-finished", stage_site, priority=900)  # after whatever else writes or copies
    return {"parallel_read_safe": True, "parallel_write_safe": True}
