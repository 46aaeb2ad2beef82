"""Names and brackets of a program are not wrapped in elements that change nothing.

Pygments wraps every word of a program, two thirds of them in an element whose colour is that of the whole
program. In a chapter these are four thousand elements, a quarter of the page.
"""

import functools
import re

import theme
import tinycss2

SHEET = "_static/pygments.css"
KIND = re.compile(r"(.*\.highlight)(?: \.([a-z0-9]+))?")


def unwrap_plain_words(site, page):
    for word in page.soup.select(".highlight pre span"):
        if word.attrs.get("class") == [] or not word.contents or plain(site, word):
            word.unwrap()


def plain(site, word):
    classes = word.get("class", [])
    return len(word.attrs) == 1 and len(classes) == 1 and classes[0] in plain_kinds(site)


@functools.cache
def plain_kinds(site):
    """The classes of words that look like the program around them, on light and on dark paper."""
    css = (site.folder / SHEET).read_text("utf-8")
    looks = {}  # {paper: {class of a word, None for the program: what is said of it}}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        found = rule.type == "qualified-rule" and KIND.fullmatch(tinycss2.serialize(rule.prelude).strip())
        if found:
            said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            said = {one.name: tinycss2.serialize(one.value).strip() for one in said}
            looks.setdefault(found[1], {})[found[2]] = said
    if not looks or any("color" not in own.get(None, {}) for own in looks.values()):
        raise theme.misfit(
            f"{SHEET}: expected the colour of a program, `.highlight {{ color: … }}`, found none"
        )
    same = [
        {kind for kind, said in own.items() if kind and said == {"color": own[None]["color"]}}
        for own in looks.values()
    ]
    return set.intersection(*same)
