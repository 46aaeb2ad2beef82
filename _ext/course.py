"""What this book asks of Sphinx beyond its settings: its names and addresses, and MathJax from this site."""

import importlib.util
import os
import shutil
from pathlib import Path

import addresses
from sphinx.errors import ConfigError

import lib

# The parts of MathJax that pages use: the program, its fonts, and what it loads on demand.
MATHJAX_PARTS = ["tex-chtml.js", "output/chtml", "input/tex/extensions", "ui", "a11y"]


def derive_names(app, config):
    """Everything that depends on what the course is called, its version, and where its repository lives."""
    try:
        repository = addresses.repository(config.html_theme_options["repository_url"])
    except ValueError as error:
        raise ConfigError(str(error)) from None
    config.project = config.html_title
    config.version = config.release = lib.__version__
    config.html_baseurl = config.html_baseurl or addresses.site(repository)
    config.html_theme_options["repository_url"] = repository
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
    app.connect("config-inited", derive_names, priority=900)
    app.connect("builder-inited", tell_kernels)
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
