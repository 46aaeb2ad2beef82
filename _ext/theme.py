"""What this book knows of its theme: the one place that a new release of the theme can break.

Sphinx Book Theme stands on PyData Sphinx Theme. Neither promises its class names, its scripts or the
order of their events; `_static/book.css`, `_static/*.js`, the menus' entries (`downloads.py`,
`lite.py`) and the stage rest on them all the same. Names stand here, with the versions that they were
read in, and the build checks each of them: a page without a part is refused in one sentence.
"""

import posixpath
from importlib.metadata import version

WRITTEN_FOR = {"sphinx-book-theme": "1.3.0", "pydata-sphinx-theme": "0.17.1"}

# Parts that every page has, and what rests on them.
TEXT = "article.bd-article"
PARTS = {
    "the text": TEXT,  # its blocks are laid out when they come near
    "the bar above the text": ".bd-header-article",  # holds the book's own bar; links land below it
    "the list of chapters": "#pst-primary-sidebar",  # bar.js lends it
    "the panel for the list of chapters": "#pst-primary-sidebar-modal",  # to this on a phone
    "the search": "form.bd-search",  # search.js fills it
    "the dialog of the search": "#pst-search-dialog",  # bar.js opens it; on the search's own page it is empty
    "the button back to the top": "#pst-back-to-top",  # bar.js moves it
}

# Scripts of the theme and its extensions, all others are the book's own. These run late, when the page
# is idle or a hand is on it, and in this order, in which the theme's own events are bound.
LATE = [
    "documentation_options.js",
    "bootstrap.js",
    "pydata-sphinx-theme.js",
    "sphinx-book-theme.js",
    "clipboard.min.js",
    "copybutton.js",
]
# Left out where a page has nothing for them; None: everywhere.
NEEDED_BY = {
    "fontawesome.js": None,  # draws icons, see stage/icons.py
    "sphinx-thebe.js": None,  # live code from somebody's server
    "doctools.js": None,  # takes / and Escape away from the browser, for a search that isn't there
    "sphinx_highlight.js": None,  # marks words from Sphinx's own search
    "bootstrap.js": "[data-bs-toggle]",  # menus and tooltips of the theme's buttons
    "clipboard.min.js": "div.highlight pre",  # copies programs
    "copybutton.js": "div.highlight pre",
    "design-tabs.js": ".sd-tab-set",
    "togglebutton.js": ".toggle:not(button), .admonition.dropdown",
}
# The same for the book's own scripts: Jupyter Book names all of them on every page.
OWN = {
    "statements.js": "a[data-statement]",
    "ledger.js": ".ledger-filter",
    "explore.js": "figure.live",
    "collect.js": ".ask-collect",
    "paper.js": ".bd-article details",  # opens folds for the printer
}
# A long sheet that one page needs stays a file of its own: no other page carries it.
ALONE = {"playground.css"}
# Scripts within the page: settings of one of these, by how they begin; of None, nothing needs them.
SETTINGS = {
    "let toggle": "togglebutton.js",
    "var togglebutton": "togglebutton.js",
    "const THEBE_JS_URL": "sphinx-thebe.js",
    "kernelName": "sphinx-thebe.js",
    "{\n        requestKernel": "sphinx-thebe.js",
    "DOCUMENTATION_OPTIONS.": None,  # no search as you type, and no other versions
}
# When the page is loaded, the theme asks every program and every output whether it is wider than its
# box, so that the keyboard can scroll it. To answer, a browser has to lay out the whole page: a second
# on a phone, and again after each move of a slider. `layout.js` asks when a block comes near.
ASKS_ALL_WIDTHS = r'"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)'
MAY_BE_WIDE = "pre, .cell_output > .output, .pst-scrollable-table-container, div.math"

# Images are files of their own, which don't see the page: its ink and its paper.
COLOURS = {
    "light": {"--pst-color-text-base": "#222832", "--pst-color-background": "#fff"},
    "dark": {"--pst-color-text-base": "#ced6dd", "--pst-color-background": "#121212"},
}
AS_IT_IS = "dark-light"  # the class of an image that the theme doesn't put on light paper
# (Its `only-light` and `only-dark` would also hide the caption that follows.)

# Icons: what an element with one of these classes shows is a letter of this font.
ICON_FONTS = {
    "fas": "fa-solid-900.ttf",
    "fa-solid": "fa-solid-900.ttf",
    "far": "fa-regular-400.ttf",
    "fa-regular": "fa-regular-400.ttf",
    "fab": "fa-brands-400.ttf",
    "fa-brands": "fa-brands-400.ttf",
}
ICON_FOLDER = "_static/vendor/fontawesome/webfonts"
ICON_NAMES = "_static/styles/pydata-sphinx-theme.css"

# Names that scripts give to elements: the styles for them are kept. Words in the theme's own small
# scripts are found by themselves; Bootstrap knows the names of two dozen parts that no page has.
STATES = """
    show showing hide active disabled collapsed collapsing fade open
    tooltip tooltip-inner tooltip-arrow bs-tooltip-auto bs-tooltip-top bs-tooltip-bottom bs-tooltip-start
    bs-tooltip-end dropdown-menu dropdown-menu-dark dropdown-menu-end
""".split()
WORDLESS = {"bootstrap.js", "clipboard.min.js"}


def is_needed(name, page):
    """Whether a page has anything for the script at this address, or whose setting it is."""
    needed_by = NEEDED_BY | OWN
    base = posixpath.basename(name)
    return base not in needed_by or (needed_by[base] is not None and page.had(needed_by[base]))


def misfit(problem):
    """The one sentence for a theme that isn't as it was."""
    written = " and ".join(f"{name} {number}" for name, number in WRITTEN_FOR.items())
    installed = " and ".join(f"{name} {version(name)}" for name in WRITTEN_FOR)
    return ValueError(f"{problem}; _ext/theme.py was written for {written}, installed are {installed}")


def check(site, page):
    """ValueError where a page of the theme lacks a part that something here rests on."""
    for what, selector in PARTS.items():
        if not page.had(selector):
            raise misfit(f"{page.name}: expected {what}, `{selector}`, found none")
