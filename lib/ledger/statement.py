"""What the deck states, in a form that can be run.

A statement is kept three times: as the slide prints it and as it is correct, both for the eye; and
as a *claim*, a value or a formula that its check takes and judges. The check must accept the
correct claim and refuse at least one other: the printed one where the slide slips, a perturbed one
where the slide is right. So no check can be empty, and no wrong statement can pass.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

VERDICTS = ("correct", "imprecise", "wrong", "lost in transcription")


@dataclass(frozen=True)
class Statement:
    """One row of the ledger.

    numbers: S-numbers that belong together. prints: the slide's own words and formulas, quoted.
    correct: what holds. verdict: one of `VERDICTS`. taught: "chapter#heading", where the book
    teaches it. why: why a slip matters. check: takes a claim, returns (holds, what was computed).
    claim: the correct statement for the check. printed: the printed one, where it differs.
    perturbed: a false neighbour. support: what a statement rests on that cannot be computed.
    """

    numbers: tuple
    section: str
    verdict: str
    prints: str
    correct: str
    taught: str
    why: str = ""
    check: Callable | None = None
    claim: object = None
    printed: object = None
    perturbed: object = None
    support: str = ""

    @property
    def name(self):
        """S97, or S97, S105."""
        return ", ".join(f"S{number}" for number in self.numbers)

    @property
    def shows(self):
        """What the check computes for the correct claim, as Markdown."""
        return self.check(self.claim)[1] if self.check else ""

    @property
    def refused(self):
        """The claims that the check must refuse, by what they are."""
        both = {"printed": self.printed, "perturbed": self.perturbed}
        return {name: claim for name, claim in both.items() if claim is not None}


@dataclass
class Section:
    """The statements of one part of the deck, in its order, and the chapter that teaches them.

    numbered: whether that is one of the course's own chapters, which have a number.
    """

    title: str
    chapter: str
    numbered: bool = True
    statements: list = field(default_factory=list)

    def states(self, *numbers, **columns):
        """A decorator that notes a statement, with the function below it as its check.

        taught: a heading of the section's chapter, or "chapter#heading" for another one.
        The other columns are those of `Statement`.
        """

        def note(check):
            self.note(numbers, check=check, **columns)
            return check

        return note

    def argues(self, *numbers, support, **columns):
        """Note a statement that cannot be computed, and what supports it."""
        self.note(numbers, support=support, **columns)

    def note(self, numbers, *, taught, **columns):
        taught = taught if "#" in taught else f"{self.chapter}#{taught}"
        self.statements.append(Statement(numbers, self.title, taught=taught, **columns))


def anchor(heading):
    """The part of a link that leads to a heading, as the website makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def judge(statement):
    """Run the check on every claim of a statement. Returns what went wrong, as sentences."""
    if statement.check is None:
        return [] if statement.support else [f"{statement.name}: neither a check nor a support"]
    complaints = []
    if statement.verdict in ("imprecise", "wrong") and not statement.why:
        complaints.append(f"{statement.name}: {statement.verdict}: expected `why`, what the slip leads to")
    if not statement.check(statement.claim)[0]:
        complaints.append(f"{statement.name}: the correct claim is refused: {statement.shows}")
    if not statement.refused:
        complaints.append(f"{statement.name}: nothing that the check has to refuse")
    if statement.verdict == "wrong" and statement.printed is None:
        complaints.append(f"{statement.name}: wrong, but the printed claim is not put to the check")
    if statement.verdict == "correct" and statement.printed is not None:
        complaints.append(f"{statement.name}: correct, but the printed claim differs")
    for name, claim in statement.refused.items():
        holds, shows = statement.check(claim)
        if holds:
            complaints.append(f"{statement.name}: the {name} claim is accepted: {shows}")
    return complaints
