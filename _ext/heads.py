"""What a page says of itself to those who don't see it: search engines, link previews, tabs, readers aloud.

Title, description, card and address of each page are put into its head by `_templates/layout.html`.
What the course is called and who made it stands in CITATION.cff, what a page is about in
`chapters/descriptions.yml`, where the course lives in `_config.yml`.
"""

import json
import re
from pathlib import Path

import pictures
import yaml
from sphinx.errors import ConfigError

TEXT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def forget(app):
    """Away with what an earlier build has left: pages that are finished here, after all others."""
    if app.builder.name == "html":
        for name in ("404", app.config.root_doc):
            (Path(app.outdir) / f"{name}.html").unlink(missing_ok=True)


def read_descriptions(app, env):
    """ConfigError where a page has no sentence of its own, or a sentence has no page."""
    descriptions = yaml.safe_load((Path(app.srcdir) / "chapters/descriptions.yml").read_text("utf-8"))
    app.descriptions = {f"chapters/{name}": text for name, text in descriptions.items()}
    if odd := set(app.descriptions) ^ set(env.all_docs):
        raise ConfigError(
            f"chapters/descriptions.yml: expected one description for every page, got {', '.join(sorted(odd))} "
            "on one side only"
        )
    app.citation = yaml.safe_load((Path(app.srcdir) / "CITATION.cff").read_text("utf-8"))


def address(app, pagename):
    """A page's full address; the landing page's is the site's own."""
    return app.config.html_baseurl + app.builder.get_target_uri(pagename).removesuffix("index.html")


def add_head(app, pagename, templatename, context, doctree):
    # Sphinx's layout names the viewport itself.
    context["metatags"] = re.sub(r'<meta[^>]* name="viewport"[^>]*>\s*', "", context.get("metatags", ""))
    if pagename not in app.descriptions:
        context["pageurl"] = None  # the search: a page for nobody but its reader
        return
    title = re.sub("<[^>]+>", "", context["title"])
    context["pageurl"] = address(app, pagename)
    context["head"] = {
        "title": title,
        "description": app.descriptions[pagename],
        "card": f"{app.config.html_baseurl}_static/{pictures.CARD}",
        "card_size": pictures.CARD_SIZE,
        "card_words": pictures.CARD_WORDS,
        "data": json.dumps(data(app, pagename, title), ensure_ascii=False).replace("</", "<\\/"),
    }


def data(app, pagename, title):
    """The page in the words of schema.org: the landing page is the course, all others are parts of it."""
    site, citation = app.config.html_baseurl, app.citation
    authors = [{"@type": "Organization", "name": author["name"]} for author in citation["authors"]]
    common = {
        "@context": "https://schema.org",
        "name": title,
        "description": app.descriptions[pagename],
        "url": address(app, pagename),
        "image": f"{site}_static/{pictures.CARD}",
        "inLanguage": app.config.language,
        "license": TEXT_LICENCE,
        "author": authors,
        "isAccessibleForFree": True,
    }
    if pagename != app.config.root_doc:
        return common | {
            "@type": "LearningResource",
            "isPartOf": {"@type": "Course", "name": app.config.project, "url": site},
        }
    parts = [name for name in app.env.toctree_includes[pagename] if name in app.descriptions]
    return common | {
        "@type": "Course",
        "provider": authors[0],
        "version": app.config.version,
        "datePublished": str(citation["date-released"]),
        "keywords": ", ".join(citation["keywords"]),
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "USD", "category": "Free"},
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Online"},
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": app.env.titles[name].astext(),
                "url": address(app, name),
                "description": app.descriptions[name],
            }
            for name in parts
        ],
        "isBasedOn": [
            {
                "@type": "PresentationDigitalDocument",
                "name": deck["title"],
                "author": [
                    {"@type": "Person", "name": f"{one['given-names']} {one['family-names']}"}
                    for one in deck["authors"]
                ],
            }
            for deck in citation["references"]
        ],
    }


def write_files(app, error):
    """The pictures that heads name, the list of all pages, and the page for wrong addresses."""
    if error is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    pictures.write(folder / "_static")
    context = {"site": app.config.html_baseurl, "pages": []}
    for name in [app.config.root_doc, *app.env.toctree_includes[app.config.root_doc]]:
        page = {
            "title": app.env.titles[name].astext(),
            "address": address(app, name),
            "uri": app.builder.get_target_uri(name),
        }
        context["pages"].append(page)
    for name in ("sitemap.xml", "404.html"):
        (folder / name).write_text(app.builder.templates.render(name, context), "utf-8")


def leave_word(app, error):
    """At the landing page's old address, a page that leads on, with what stands behind the #."""
    if error is not None or app.builder.name != "html":
        return
    root = app.config.root_doc
    context = {
        "title": app.config.html_title,
        "site": app.config.html_baseurl,
        "index": f"{'../' * root.count('/')}index.html",
    }
    page = app.builder.templates.render("moved.html", context)
    (Path(app.outdir) / f"{root}.html").write_text(page, "utf-8")


def setup(app):
    app.connect("builder-inited", forget)
    app.connect("env-updated", read_descriptions)
    app.connect("html-page-context", add_head, priority=900)  # after all who fill the context
    app.connect("build-finished", write_files, priority=950)  # when all pages of the book are finished
    app.connect("build-finished", leave_word, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
