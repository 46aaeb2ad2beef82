"""Put every statement of the deck to its check, and see that every row leads to the place that teaches it.

usage: python tools/ledger.py     (`make ledger`; exit code 1 where anything is not as it should be)
"""

import re
import sys
from collections import Counter
from pathlib import Path

import nbformat

from lib.ledger import STATEMENTS, VERDICTS, judge

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"


def headings(chapter):
    """All headings of a page, as they are written."""
    path = CHAPTERS / f"{chapter}.ipynb"
    if path.exists():
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = path.with_suffix(".md").read_text("utf-8")
    return set(re.findall(r"^#+ (.+?) *$", text, flags=re.M))


def dead_links():
    """The statements whose place in the book does not exist."""
    known = {}
    dead = []
    for statement in STATEMENTS:
        chapter, heading = statement.taught.split("#")
        if heading not in known.setdefault(chapter, headings(chapter)):
            dead.append(
                f"{statement.name}: expected in `taught` a heading of chapters/{chapter}, got {heading!r}"
            )
    return dead


def numbers(statements):
    return [number for statement in statements for number in statement.numbers]


def gaps(found):
    """The S-numbers that are missing, or there twice, as sentences."""
    count = Counter(found)
    return [
        f"S{number}: expected one statement in lib/ledger/, got {count[number]}"
        for number in range(1, max(found) + 1)
        if count[number] != 1
    ]


def uncorrected():
    """What is not correct as printed and not named among the corrections of the deck's page, as sentences."""
    cells = nbformat.read(CHAPTERS / "slides.ipynb", as_version=4).cells
    page = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    corrections = page.split("## Corrections")[1].split("## All statements")[0]
    ranges = re.findall(r"\bS(\d+)(?:–S(\d+))?\b", corrections)
    named = {number for first, last in ranges for number in range(int(first), int(last or first) + 1)}
    slips = {number for one in STATEMENTS if one.verdict != "correct" for number in one.numbers}
    return [
        f"S{number}: not correct as printed: expected its number under Corrections in chapters/slides.ipynb"
        for number in sorted(slips - named)
    ]


def main():
    complaints = [sentence for statement in STATEMENTS for sentence in judge(statement)]
    dead = dead_links()
    every = sorted(numbers(STATEMENTS))
    complaints += gaps(every)
    argued = [statement for statement in STATEMENTS if statement.check is None]
    refuted = [statement for statement in STATEMENTS if statement.printed is not None]
    counts = Counter(statement.verdict for statement in STATEMENTS for _ in statement.numbers)

    print(f"statements {len(every)}: " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS))
    print(f"computed {len(every) - len(numbers(argued))}")
    print(f"by argument {len(numbers(argued))}")
    for statement in argued:
        print(f"    {statement.name}: {statement.support}")
    print(
        f"refuted as printed {len(numbers(refuted))}: " + ", ".join(statement.name for statement in refuted)
    )
    print("all links live" if not dead else f"{len(dead)} dead links")
    print(f"{len(complaints)} unverified")
    complaints += dead + uncorrected()
    if complaints:
        sys.exit("\n".join([*complaints, "the ledger does not hold"]))


if __name__ == "__main__":
    main()
