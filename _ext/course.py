"""What this book asks of Sphinx beyond its settings: names, addresses, and a word to the kernels."""

import os

import addresses
from sphinx.errors import ConfigError

import lib


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


def setup(app):
    app.connect("config-inited", derive_names, priority=900)
    app.connect("builder-inited", tell_kernels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
