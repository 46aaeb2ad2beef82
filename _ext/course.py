"""What this book asks of Sphinx beyond its settings: one address, and a word to the kernels."""

import os
from urllib.parse import urlsplit


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


def setup(app):
    app.connect("config-inited", derive_addresses, priority=900)
    app.connect("builder-inited", tell_kernels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
