"""What this book asks of Sphinx beyond its settings: one address, and MathJax from this site."""

import importlib.util
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

# The parts of MathJax that pages use: the program, its fonts, and what it loads on demand.
MATHJAX_PARTS = ["tex-chtml.js", "output/chtml", "input/tex/extensions", "ui", "a11y"]


def derive_addresses(app, config):
    """Everything that depends on where the repository lives, from `repository.url` alone.

    GitHub publishes NAME of OWNER at https://OWNER.github.io/NAME/.
    """
    repository = config.html_theme_options["repository_url"].rstrip("/")
    owner, name = urlsplit(repository).path.strip("/").split("/")
    config.html_baseurl = config.html_baseurl or f"https://{owner.lower()}.github.io/{name}/"
    config.ogp_site_url = config.html_baseurl
    prefix = urlsplit(config.html_baseurl).path
    config.notfound_urls_prefix = prefix
    config.notfound_context = {
        "title": "Page not found",
        "body": "<h1>Page not found</h1><p>There is no page at this address. "
        f'<a href="{prefix}chapters/index.html">The course starts here</a>, '
        "and the search finds what has moved.</p>",
    }
    config.html_theme_options["extra_footer"] = (
        f'<a href="{repository}/issues/new">Report an error</a> · Text: CC BY 4.0, code: BSD-3-Clause'
    )


def tell_kernels(app):
    """Let the code in the chapters know that it runs for a page that will have no kernel."""
    if app.builder.format == "html":
        os.environ["BOOK_BUILD"] = "html"


def copy_mathjax(app, error):
    """Serve MathJax from the site itself: a reader's browser asks nobody else for anything."""
    if error is not None or app.builder.format != "html":
        return
    package = Path(importlib.util.find_spec("sphinx-mathjax-offline").origin).parent
    source, target = package / "static" / "mathjax", Path(app.outdir) / "_static" / "mathjax"
    for part in MATHJAX_PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, dirs_exist_ok=True)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / part, target / part)


def setup(app):
    app.connect("config-inited", derive_addresses, priority=900)
    app.connect("builder-inited", tell_kernels)
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
