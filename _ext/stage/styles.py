"""One style sheet for all pages, without the rules that no page can ever use.

The theme and its extensions bring ten sheets, 550 KB, for everything that any book could show. Before
a browser may draw anything it has to fetch them all, and then to hold thousands of selectors against
every element. Of each rule we ask whether one of our pages, or a state into which a script brings it,
has what its selector names. What is asked is necessary, not sufficient (for `.a .b`, that there are an
`a` and a `b`, not that the one holds the other), so a rule is kept when in doubt.

(PurgeCSS does the same by words alone; it needs Node, and this book is built with pip alone.)

A font that comes later than the text moves the text: its lines are set anew in other letters. So the
fonts of formulas are in a second sheet, not beside it, on those pages that have formulas, and a line of
script has them read while the page still comes.
"""

import base64
import functools
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

import theme
import tinycss2

from stage import icons, scripts

NAME, FONTS = "_static/site.css", "_static/letters.css"
SHEETS = 'link[rel="stylesheet"]'
READ = "document.fonts.forEach((font) => font.load())"
FONT = re.compile(r"url\((?!data:)([^)]+\.woff2)\)")
GROUPS = {"media", "supports", "layer", "container"}  # at-rules that hold rules


class Vocabulary:
    """What a selector can find: the kinds of elements of all pages, and the words of their scripts."""

    def __init__(self):
        self.kinds = set()  # (tag, id, classes) of every element
        self.words = set(theme.STATES)
        self.text = []  # where variables of styles may be named

    def read_page(self, soup):
        for element in soup.find_all(True):
            self.kinds.add((element.name, element.get("id"), frozenset(element.get("class", ()))))
            self.text.append(element.get("style", ""))
            if element.name == "script" and element.get("type", "text/javascript") == "text/javascript":
                self.read_script(element.string or "")

    def read_script(self, text):
        self.words |= set(re.findall(r"[a-zA-Z_][\w-]*", text))
        self.text.append(text)

    @functools.cached_property
    def names(self):
        """Every name by itself."""
        tags, ids, classes = zip(*self.kinds, strict=True)
        return self.words.union(tags, ids, *classes)

    @functools.cache  # noqa: B019 - there is one vocabulary a build
    def has(self, tag, ids, classes):
        """Whether there is an element like this, or a script may make one."""
        wanted = ids | classes | ({tag} if tag else set())
        if wanted & self.words:
            return wanted <= self.names
        return any(
            tag in (None, name) and ids <= {own_id} and classes <= own_classes
            for name, own_id, own_classes in self.kinds
        )

    def finds(self, selector):
        """Whether a selector, given as its tokens, can find anything."""
        compounds = [[]]
        for token in selector:
            if token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
                compounds.append([])
            else:
                compounds[-1].append(token)
        return all(self.finds_compound(compound) for compound in compounds if compound)

    def finds_compound(self, tokens):
        """The same for what one element has to be: `a.b#c:is(.d, .e)::before`."""
        tag, ids, classes, before = None, set(), set(), ""
        for token in tokens:
            if token.type == "hash":
                ids.add(token.value)
            elif token.type == "ident" and before == ".":
                classes.add(token.value)
            elif token.type == "ident" and before != ":":
                tag = token.lower_value
            elif token.type == "function" and token.lower_name in ("is", "where", "has"):
                if not any(self.finds(one) for one in at_commas(token.arguments)):
                    return False
            before = token.value if token.type == "literal" else ""
        return self.has(tag, frozenset(ids), frozenset(classes))


def at_commas(tokens):
    """The selectors of a list."""
    selectors = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def parse(content):
    return tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)


def text(tokens):
    """The tokens as text, without comments and with single spaces."""
    kept = [token for token in tokens if token.type != "comment"]
    return "".join(" " if token.type == "whitespace" else token.serialize() for token in kept).strip()


@dataclass
class Rule:
    """`head{declarations rules}`; a group such as @media holds rules, all others hold declarations."""

    head: str
    declarations: list = ()  # (name, value)
    rules: list = ()

    def __str__(self):
        inside = ";".join(f"{name}:{value}" for name, value in self.declarations) + written(self.rules)
        return f"{self.head}{{{inside}}}" if inside else ""


def written(rules):
    return "".join(map(str, rules))


def declarations(content):
    """[(name, value), …]. A variable may be empty, which is written as a space."""
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        (one.name, (text(one.value) or " ") + ("!important" if one.important else ""))
        for one in parsed
        if one.type == "declaration"
    ]


def used(parsed, vocabulary):
    """Those of the rules that can find something, with those of their selectors that can."""
    kept = []
    for rule in parsed:
        if rule.type == "qualified-rule":
            found = [text(one) for one in at_commas(rule.prelude) if vocabulary.finds(one)]
            if found:
                kept.append(Rule(",".join(found), declarations(rule.content)))
        elif rule.type == "at-rule" and rule.content is not None:
            head = f"@{rule.at_keyword} {text(rule.prelude)}".strip()
            if rule.lower_at_keyword in GROUPS:
                kept.append(Rule(head, rules=used(parse(rule.content), vocabulary)))
            elif rule.lower_at_keyword.endswith("keyframes"):
                steps = [Rule(text(one.prelude), declarations(one.content)) for one in parse(rule.content)]
                kept.append(Rule(head, rules=steps))
            else:
                kept.append(Rule(head, declarations(rule.content)))
    return kept


def without_unused_names(rules, elsewhere):
    """Drop variables and animations that nothing names, then those that only these have named."""
    css = ""
    while css != (css := written(rules)):
        read = set(re.findall(r"--[\w-]+(?![\w-])(?!\s*:)", css + elsewhere))
        moves = set(re.findall(r"animation(?:-name)?:([^;}]+)", css))
        moves = {word for value in moves for word in value.split()}
        rules = [drop(rule, read) for rule in rules if moving(rule) in moves | {None}]
    return rules


def moving(rule):
    """The name of an animation's rule, None for any other."""
    return rule.head.split()[1] if "keyframes" in rule.head else None


def drop(rule, read):
    """The rule without the variables that aren't read."""
    kept = [(name, value) for name, value in rule.declarations if name[:2] != "--" or name in read]
    return Rule(rule.head, kept, [drop(one, read) for one in rule.rules])


def read_sheet(site, name):
    """The text of a sheet with what it imports, and with addresses as they are seen from NAME."""
    folder, css = posixpath.dirname(name), (site.folder / name).read_text("utf-8")

    def move(found):
        return f"url({posixpath.relpath(posixpath.join(folder, found[2]), posixpath.dirname(NAME))})"

    css = re.sub(r"""url\((["']?)(?!data:)([^)"']+)\1\)""", move, css)
    return re.sub(
        r"""@import\s*["']([^"']+)["'];""",
        lambda found: read_sheet(site, posixpath.normpath(posixpath.join(folder, found[1]))),
        css,
    )


@functools.cache
def vocabulary(site):
    return Vocabulary()


@functools.cache
def read_script(site, name):
    vocabulary(site).read_script((site.folder / name).read_text("utf-8"))


def remember(site, page):
    """First of all steps: what later steps move into files of their own keeps its styles."""
    vocabulary(site).read_page(page.soup)
    for script in page.soup.find_all("script", src=True):
        for name in (site.name_of(address, page) for address in scripts.addresses(script)):
            if theme.is_needed(name, page) and posixpath.basename(name) not in theme.WORDLESS:
                read_script(site, name)


@functools.cache
def sheets(site):
    """The addresses of the two sheets: what all pages need, and the fonts of formulas."""
    known = vocabulary(site)
    found = {}
    for page in site.pages:
        known.read_page(page.soup)
        found |= {site.name_of(link["href"], page): link for link in shared(page)}
    css = "".join(read_sheet(site, name) for name in found)
    css += "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.css"))
    rules = used(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), known)
    rules = icons.with_letters(site, without_unused_names(rules, "".join(known.text)))
    fonts = [rule for rule in rules if FONT.search(str(rule))]
    return (
        site.write(NAME, written(rule for rule in rules if rule not in fonts)),
        site.write(FONTS, FONT.sub(lambda font: in_place(site, font[1]), written(fonts))),
    )


def shared(page):
    """The links to all sheets but those that stand alone."""
    links = page.soup.head.select(SHEETS)
    return [one for one in links if posixpath.basename(one["href"].partition("?")[0]) not in theme.ALONE]


def in_place(site, address):
    """A font as an address that holds it."""
    content = (site.folder / posixpath.normpath(posixpath.join("_static", address))).read_bytes()
    return f"url(data:font/woff2;base64,{base64.b64encode(content).decode()})"


def one_sheet(site, page):
    """Last of all steps, when every page is what it will be."""
    all_pages, fonts = sheets(site)
    links = shared(page)
    place = links[0].insert_before
    place(page.soup.new_tag("link", rel="stylesheet", href=page.root + all_pages))
    if page.soup.find("math"):
        place(page.soup.new_tag("link", rel="stylesheet", href=page.root + fonts))
        place(page.soup.new_tag("script", string=READ))
    for link in links:
        link.decompose()
