"""Links to headings that stand more than once on a page ("Its gradient") keep leading to the same place.

Sphinx counts such headings, `#id1`, `#id2`, so that a new one moves all links behind it. Here each is
named after the heading above it as well, `#mean-squared-error-its-gradient`, the first one too: it
keeps its short name beside the long one.
"""

import re
from collections import Counter

from docutils import nodes
from sphinx.transforms import SphinxTransform


class NameRepeatedHeadings(SphinxTransform):
    default_priority = 400  # headings have ids, and nobody has asked for them yet

    def apply(self):
        sections = list(self.document.findall(nodes.section))
        counts = Counter(own_name(section) for section in sections)
        moved = {}
        for section in sections:  # parents come first
            if counts[own_name(section)] > 1 and isinstance(section.parent, nodes.section):
                moved[section["ids"][0]] = self.rename(section)
        slugs = getattr(self.document, "myst_slugs", {})
        for slug, (line, old, title) in slugs.items():
            slugs[slug] = (line, moved.get(old, old), title)

    def rename(self, section):
        base = name = f"{section.parent['ids'][0]}-{own_name(section)}"
        number = 1
        while name in self.document.ids:
            number += 1
            name = f"{base}-{number}"
        kept = [old for old in section["ids"] if not re.fullmatch(r"id\d+", old)]
        section["ids"] = [name, *kept]
        self.document.ids[name] = section
        return name


def own_name(section):
    """What a heading's address would be if the page had no other like it."""
    return nodes.make_id(section[0].astext())


def setup(app):
    app.add_transform(NameRepeatedHeadings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
