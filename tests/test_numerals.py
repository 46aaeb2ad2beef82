"""Numbers can't drift: one that is a result is shown by a cell, not typed into a text.

Prose, in notebooks and in pages: every numeral outside formulas, code and links is listed in `numerals.toml`,
paragraph by paragraph or by a pattern for a whole page, with the reason why it is no result. Names
("layer 1", "2-2-1", "Exercise 3") and the marks of a list need no entry.

Formulas, alternative texts and the texts of `say`: a number with a decimal point, and outside formulas also
one of two digits, stands in a code cell of the same notebook, too. Then it is given there, or asserted.
Otherwise it needs an entry.
"""

import ast
import json
import re
import tomllib

import pytest

from tests.helpers import ROOT, cells

SOURCES = sorted((ROOT / "chapters").glob("*.[im]*"))
ALLOWED = tomllib.loads((ROOT / "tests" / "numerals.toml").read_text("utf-8"))

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
ELSEWHERE = re.compile(r"\]\([^)]*\)|<[^>]*>")  # where links lead, tags
NAMES = re.compile(
    r"\bS\d+\b"  # statements of the deck
    r"|\b(?i:chapters?|exercises?|layers?|contoh|figures?) \d+(?:\.\d+)?(?:(?:, | and | to |–)\d+(?:\.\d+)?)*\b"
    r"|\(\d+ min\)|\d+ minutes for the road, \d+ for the side paths"  # held by test_form.py
    r"|\b\d+ \+ \d+ minutes\b"  # road and side paths on the first page, held there, too
    r"|\b\d+(?:-\d+)+\b"  # networks
    r"|^\s*\d+\. |\*\*\d+ ★|\[\d+ ",  # a list's marks, an exercise's number, a chapter's in a link
    re.MULTILINE,
)


def paragraphs(text):
    """All paragraphs of a Markdown text."""
    yield from re.split(r"\n\s*\n", prose(text))


def prose(text):
    """A text without code, formulas and links."""
    for what in (CODE, FORMULA, ELSEWHERE):
        text = what.sub(" ", text)
    return text


def numerals(paragraph):
    """The numerals of a paragraph that are neither names nor marks, in order."""
    return re.findall(r"\d+(?:[.,\u202f ]?\d+)*", NAMES.sub(" ", paragraph))


def formulas(text):
    return FORMULA.findall(CODE.sub(" ", text))


def tree(source):
    return ast.parse(re.sub(r"^( *)%.*", r"\1pass", source, flags=re.MULTILINE))


def literals(trees):
    """Every number that stands in the code."""
    nodes = [node.value for own in trees for node in ast.walk(own) if isinstance(node, ast.Constant)]
    return {float(value) for value in nodes if type(value) in (int, float)}


def spoken(trees):
    """The texts of `say` and the alternative texts: what is computed in them is an ellipsis."""
    for call in (node for own in trees for node in ast.walk(own) if isinstance(node, ast.Call)):
        said = call.args if getattr(call.func, "id", "") == "say" else []
        for text in [*said, *(keyword.value for keyword in call.keywords if keyword.arg == "alt")]:
            yield "".join(pieces(text))


def pieces(node):
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.FormattedValue):
        yield "…"
    else:
        for child in ast.iter_child_nodes(node):
            yield from pieces(child)


def loose(text, given, pattern):
    """Numbers of that pattern in a text that no code cell gives or asserts."""
    return [number for number in re.findall(pattern, text) if float(number) not in given]


DECIMAL, OF_TWO_DIGITS = r"\d+\.\d+", r"\d+\.\d+|\d{2,}"


def found(path):
    """{words to find it again: its numerals} for every text of a page with numerals in question."""
    if path.suffix == ".md":
        text = path.read_text("utf-8")
        for entry in ALLOWED.get(path.stem, []):
            text = re.sub(entry.get("pattern", "$."), " ", text, flags=re.MULTILINE)
        return in_texts([text])
    texts, trees = cells(path, "markdown"), [tree(source) for source in cells(path, "code")]
    return in_texts(texts) | in_code(texts, trees)


def in_texts(texts):
    numbered = {plain(own): numerals(own) for text in texts for own in paragraphs(text)}
    return {words: numbers for words, numbers in numbered.items() if numbers}


def in_code(texts, trees):
    given = literals(trees)
    numbered = {formula: loose(formula, given, DECIMAL) for text in texts for formula in formulas(text)}
    numbered |= {text: loose(text, given, OF_TWO_DIGITS) for text in spoken(trees)}
    return {words: numbers for words, numbers in numbered.items() if numbers}


def plain(paragraph):
    """A paragraph's words without marks, to find it again."""
    return " ".join(re.sub(r"[*_>|#-]", " ", paragraph).split())


def unlisted(page, found, allowed):
    """What has to be done: for texts whose numerals are not those of their entry, for entries without a text."""
    complaints, used = [], set()
    for words, numbers in found.items():
        entries = [entry for entry in allowed if words.startswith(entry["paragraph"])]
        used.update(entry["paragraph"] for entry in entries)
        if [entry["numerals"] for entry in entries] != [numbers]:
            complaints.append(
                f"{page}: {', '.join(numbers)} in {words[:70]!r}. A result is shown by a cell (`say`, `table`), "
                "not typed. If it is given, and no result, this belongs into tests/numerals.toml:\n\n"
                f"[[{page}]]\nparagraph = {json.dumps(words[:55].rstrip(), ensure_ascii=False)}\n"
                f'numerals = {json.dumps(numbers, ensure_ascii=False)}\nreason = "..."\n'
            )
    for entry in allowed:
        if entry["paragraph"] not in used:
            complaints.append(
                f"{page}: no text with numerals begins with {entry['paragraph']!r} any more: "
                "change the first words of its entry in tests/numerals.toml, or take the entry out"
            )
    return complaints


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_numeral_is_accounted_for(path):
    allowed = [entry for entry in ALLOWED.get(path.stem, []) if "paragraph" in entry]
    complaints = unlisted(path.stem, found(path), allowed)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_every_entry_says_why():
    for entries in ALLOWED.values():
        for entry in entries:
            assert len(entry["reason"]) > 5


def test_every_pattern_takes_out_something():
    for page, entries in ALLOWED.items():
        for pattern in (entry["pattern"] for entry in entries if "pattern" in entry):
            text = (ROOT / "chapters" / f"{page}.md").read_text("utf-8")
            assert re.search(pattern, text, flags=re.MULTILINE), f"{page}: {pattern} is not needed any more"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The cost is 0.0375.", ["0.0375"]),
        ("It took 25 000 epochs, or 25,000.", ["25 000", "25,000"]),
        ("Layer 1 of a 2-2-1 network, see chapter 4 and S97; exercises 2 and 3.", []),
        ("1. first\n2. second, with 3 parts", ["3"]),
        ("$x = 3$, `f(3)`, [chapter 2](page_2.html)", []),
        ("**3 ★★ Break it.** With 10 rows", ["10"]),
        ("Figure 4.3, or figures 4.3 and 4.4", []),
        ("**Exercise 2** ★ (5 min). With 10 rows", ["10"]),
        ("**Time:** about 60 minutes for the road, 30 for the side paths.", []),
    ],
)
def test_numerals_are_found(text, found):
    assert numerals(prose(text)) == found


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("The cost is $0.0389$.", "", ["0.0389"]),
        ("With $\\alpha = 0.1$ and $A_{12} = 3$.", "train(learning_rate=0.10)", []),
        ("", "show(fig, alt=f'It falls fastest near 0.18, {what} at 300')", ["0.18", "300"]),
        ("", "say(f'{cost:.3f} after 20 000 epochs, 0.25 at first')\nassert first == 0.25", ["20", "000"]),
        ("", "say(f'The peak is {top:.4f}, 8/27.')\nassert top == 8 / 27", []),
    ],
)
def test_numbers_in_formulas_and_spoken_texts_stand_in_the_code(text, code, found):
    numbers = in_code([text], [tree(code)]).values()
    assert [number for own in numbers for number in own] == found


def test_a_typed_result_is_refused_and_the_sentence_says_what_to_do():
    typed = {"After training the cost is 0.0003.": ["0.0003"]}
    listed = [{"paragraph": "After training", "numerals": ["0.0002"], "reason": "an older result"}]
    for allowed in ([], listed):
        (sentence,) = unlisted("backward_pass", typed, allowed)
        assert sentence.startswith("backward_pass: 0.0003 in 'After training the cost is 0.0003.'. A result")
        entry = tomllib.loads(sentence[sentence.index("[[") :])["backward_pass"]
        assert unlisted("backward_pass", typed, entry) == []
    (sentence,) = unlisted("backward_pass", {}, listed)
    assert sentence.startswith("backward_pass: no text with numerals begins with 'After training' any more")
