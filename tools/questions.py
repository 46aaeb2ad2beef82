"""Print every question of the book with its key, its slips and what the judge answers to each.

usage: python tools/questions.py [chapter ...]     (`make questions`; exit code 1 where anything is not as it should be)

The judge is asked in Chromium, as a reader asks it. A line begins with = for the key, with - for a slip.
"""

import html
import re
import sys

import browsers

from lib.practice.page import given_text
from lib.practice.trials import complaint, trials, verdicts
from lib.questions import CHAPTERS, of_chapter


def words(verdict, place):
    """What a reader sees of a verdict, as plain text."""
    own = verdict["verdicts"][place] if place and "verdicts" in verdict else verdict
    return (
        " ".join(html.unescape(re.sub(r"<[^>]+>", "", own["sentence"])).split())
        or own["kind"].capitalize() + "."
    )


def show(question, found):
    print(f"\n{question.name} ({question.kind})\n  {' '.join(question.prompt.split())}")
    if question.given:
        print(f"  {given_text(question)}")
    for trial, verdict in found:
        place = f"{trial.place}: " if trial.place else ""
        how = f"  [{trial.slip}]" if trial.slip and trial.slip != trial.shown else ""
        print(
            f"  {'-' if trial.slip else '='} {place}{trial.shown}{how}\n      {words(verdict, trial.place)}"
        )


def put(chapters, judge):
    """Print every question of these chapters, put to the judge's page. Returns what is not as it should be."""
    complaints, count, slips = [], 0, 0
    for chapter in chapters:
        print(f"\n{chapter}\n{'=' * len(chapter)}")
        for question in of_chapter(chapter).values():
            tried = trials(question)
            answers = [trial.typed for trial in tried]
            found = list(zip(tried, verdicts(judge, question, answers), strict=True))
            show(question, found)
            complaints += [f"{question.name}: {one}" for pair in found if (one := complaint(*pair))]
            count, slips = count + 1, slips + len(found) - 1
    print(f"\n{count} questions, {slips} slips, {len(complaints)} complaints")
    return complaints


def main(chapters):
    unknown = [name for name in chapters if name not in CHAPTERS]
    if unknown:
        sys.exit(f"chapter: expected some of {', '.join(CHAPTERS)}, got {', '.join(unknown)}")
    with browsers.opened() as browser:
        complaints = put(chapters or CHAPTERS, browsers.judge_in(browser))
    if complaints:
        sys.exit("\n".join(complaints))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (FileNotFoundError, ValueError) as refusal:  # no browser; a question that isn't one
        sys.exit(str(refusal))
