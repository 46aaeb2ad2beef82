"""The bar across the top of every page, the menu in it, and the end of a page.

The theme has two bars, and binds its panels to the buttons of the upper one, which holds nothing
else. Here the upper one is empty, and the templates in `_templates/` write the other: chapters at
its left; sections, search, light or dark and one menu at its right. `_static/bar.js` moves them.

The menu's entries stand in the page's context, in three groups: `run` leads to where the page runs,
`take` to files to keep, `write` to where the book is made. Each is {"text": …, "url": …}. Other
extensions add theirs (downloads.py, lite.py).
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

THEME = {
    "navbar_persistent": [],  # the upper bar: without anything in it the theme draws no buttons there
    "toc_title": "On this page",
    "footer_content_items": ["extra-footer.html"],
}


def set_theme(app, config):
    config.html_theme_options |= THEME


def is_notebook(app, pagename):
    return (Path(app.srcdir) / f"{pagename}.ipynb").exists()


def make_menu(app, pagename, templatename, context, doctree):
    options = app.config.html_theme_options
    repository, branch = options["repository_url"].rstrip("/"), options["repository_branch"]
    error = f"{repository}/issues/new?title={quote(f'Error on {pagename}')}"
    context["menu"] = {
        "run": [],
        "take": [],
        "write": [
            {"text": "Report an error", "url": error},
            {"text": "Source of the book", "url": repository},
        ],
    }
    if is_notebook(app, pagename):
        place = f"github{urlsplit(repository).path}/blob/{branch}/{pagename}.ipynb"
        colab = options["launch_buttons"]["colab_url"]
        context["menu"]["run"].append({"text": "Run in Colab", "url": f"{colab}/{place}"})
        source = context["pathto"](f"_sources/{context['sourcename']}", 1)
        context["menu"]["take"].append({"text": "Notebook", "url": source})


def setup(app):
    app.connect("config-inited", set_theme, priority=900)
    app.connect("html-page-context", make_menu)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
