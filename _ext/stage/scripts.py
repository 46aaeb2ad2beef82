"""Scripts wait until the page is there, and those that nothing on a page uses stay away.

What the theme and its extensions do for a page (menus, tooltips, copy buttons) has time until the page
is idle or a hand is on it. Their scripts are put into one file as one function, so that it can be called
in the very moment in which a finger comes down: the tap that follows already finds its button alive.
The book's own scripts (live figures, filters) are small and run when the page is read in. They are written
for whoever reads them; a browser gets them without comments and with short names inside.
"""

import functools
import hashlib
import posixpath
import re
from pathlib import Path

import minify
import theme

HERE = Path(__file__).parent
NAME = "_static/late-{}.js"  # pages that need other scripts have a file of their own
MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")


def defer(site, page):
    for link in page.soup.head.select('link[rel="preload"][as="script"]'):
        link.decompose()  # a deferred script is found and fetched early enough
    late = []
    for script in page.soup.find_all("script"):
        name = site.name_of(script["src"], page) if script.has_attr("src") else setting_of(script)
        base = posixpath.basename(name or "")
        needed = name is not None and theme.is_needed(base, page)
        if needed and base in theme.LATE:
            late.append(name)
        if not needed or base in theme.LATE:
            script.decompose()
        elif script.has_attr("src"):
            for address in addresses(script):
                shorten(site, site.name_of(address, page))
            del script["async"]
            script["defer"] = ""
    late.sort(key=lambda name: theme.LATE.index(posixpath.basename(name)))
    page.soup.head.append(page.soup.new_tag("script", defer="", src=page.root + bundle(site, tuple(late))))


def addresses(script):
    """Where a script comes from, and what it says of others that it will fetch: `data-judge="judge.js"`."""
    values = [value for name, value in script.attrs.items() if name == "src" or name.startswith("data-")]
    return [value for value in values if value.partition("?")[0].endswith(".js")]


@functools.cache
def shorten(site, name):
    """One of the book's own scripts, for a browser."""
    path = site.folder / name
    path.write_text(shortened(path.read_text("utf-8")), "utf-8")


def shortened(source):
    return minify.string("text/javascript", source)


def setting_of(script):
    """The script whose setting this script within the page is: "" for no setting, None for a useless one."""
    text = (script.string or "").lstrip()
    return next((name for begin, name in theme.SETTINGS.items() if text.startswith(begin)), "")


@functools.cache
def bundle(site, names):
    """The address of the file that holds these scripts."""
    parts = []
    for name in names:
        source = MAP.sub("", (site.folder / name).read_text("utf-8"))
        if posixpath.basename(name) == "pydata-sphinx-theme.js":
            source, count = re.subn(theme.ASKS_ALL_WIDTHS, "0", source)
            if count != 1:
                raise theme.misfit(f"{name}: expected one place that asks for all widths, found {count}")
        parts.append(f"// {Path(name).stem}\n{source}\n")
    late = (HERE / "late.js").read_text("utf-8")
    name = NAME.format(hashlib.sha256("".join(names).encode()).hexdigest()[:4])
    return site.write(name, late.replace("// THE SCRIPTS", "".join(parts)))
