"""What every question has, and the three refusals: the tests that each question brings with it."""

import re
from copy import copy
from dataclasses import dataclass, field, replace

import numpy as np

from lib.language import Impossible, evaluate, plain
from lib.practice.given import Draw, read_given, seeded, tables

CLOSE = 1e-7  # how far apart, relatively, two results are one: the truth may come from a difference quotient
LEAST = 1e-3  # results smaller than this are compared by absolute amounts


@dataclass
class Question:
    """What every kind has.

    name: its own on the page, for links and for the reader's progress: small letters, digits, -.
    prompt: Markdown with $math$.
    given: {name: exact numbers, a shape such as (4, 2), or a Draw}.
    hint: a sentence after two tries. why: what is said after "Right". Both Markdown with $math$.
    """

    name: str
    prompt: str
    given: dict = field(default_factory=dict, kw_only=True)
    hint: str = field(default="", kw_only=True)
    why: str = field(default="", kw_only=True)

    def __post_init__(self):
        if not isinstance(self.name, str) or not re.fullmatch("[a-z][a-z0-9-]*", self.name):
            raise ValueError(f"name: expected small letters, digits and -, got {self.name!r}")
        self.given = read_given(self.given)
        self.draws = tables(self.given, seeded(self.name))
        self.check()

    def refuse(self, sentence):
        raise ValueError(f"question {self.name}: {sentence}")

    def sentence(self, of, text):
        """A sentence of the author's, or a refusal: no answer is met with silence."""
        if not isinstance(text, str) or not text.strip():
            self.refuse(f"{of} has no sentence of its own")

    def values(self, text, more=()):
        """An expression on every table of numbers; None where it can't be computed."""
        found = []
        for draw, own in zip(self.draws, more or [{}] * len(self.draws), strict=True):
            try:
                found.append(evaluate(text, draw | own))
            except Impossible:
                return None  # of wrong shapes: the judge knows such a slip by its form
            except ValueError as trouble:
                self.refuse(f"the judge can't read {trouble}")
        return found

    def truths(self):
        """What `truth` says on every table of numbers."""
        found = []
        for draw in self.draws:
            given = {name: value[()] for name, value in draw.items()}  # numbers, not tables of one
            found.append(self.truth(**given))
        return found

    # The three refusals, for a key and its slips; `same` compares two results

    def refuse_wrong_key(self, key, truths, more=(), *, of="the key"):
        """First: the answer and the truth differ on any table."""
        found = self.values(key, more)
        if found is None:
            self.refuse(f"{of} {key} can't be computed")
        for value, truth in zip(found, truths, strict=True):
            if not same(value, truth):
                self.refuse(f"{of} {key} gives {shown(value)}, the truth is {shown(truth)}")

    def refuse_bad_slips(self, slips, truths, more=(), *, tolerance=CLOSE, of="the slip", shape_counts=True):
        """Second: lucky numbers. Third: a slip that isn't met by its own sentence.

        The judge looks for a reader's value among the truth and the slips, in this order; so each
        slip gets its own sentence exactly where it can be read, has one, and is nobody else's value.
        """
        known = {"the answer": truths}
        for slip, text in slips.items():
            self.sentence(f"{of} {slip}", text)
            values = self.values(slip, more)
            for other, theirs in known.items():
                if (
                    values is None
                    and theirs is None
                    and other != "the answer"
                    and plain(slip) == plain(other)
                ):
                    self.refuse(f"{of} {slip} stands there twice")
                if values is None or theirs is None:
                    continue
                if self.lucky(values, theirs, tolerance):
                    self.refuse(f"lucky numbers: {of} {slip} gives {shown(values[0])}, and so does {other}")
            if values is None and self.one_number:
                self.refuse(f"{of} {slip} can't be computed")
            known[slip] = values

    one_number = False  # whether the reader sees one table of numbers and answers for it
    recalled = False  # whether a later chapter asks it once more

    def lucky(self, values, theirs, tolerance):
        pairs = list(zip(values, theirs, strict=True))
        return all(same(a, b, tolerance) for a, b in (pairs[:1] if self.one_number else pairs))

    def ranges(self):
        """What the page needs to draw other numbers: {name: its range}."""
        return {
            name: {"shape": list(value.shape), "low": value.low, "high": value.high, "step": value.step}
            for name, value in self.given.items()
            if isinstance(value, Draw)
        }

    def once_more(self):
        """The question as a later chapter asks it: on other numbers, where it shows any that are drawn."""
        again = copy(self)
        again.recalled = True
        drawn = {
            name: replace(value, first=None) for name, value in self.given.items() if name in self.ranges()
        }
        for number in range(100 if self.one_number and drawn else 0):
            again.draws = tables(self.given | drawn, seeded(f"{self.name} {number}"))
            if all(np.array_equal(again.draws[0][name], self.draws[0][name]) for name in drawn):
                continue
            try:
                again.check()
            except ValueError:
                continue  # lucky numbers
            break
        return again


def same(a, b, tolerance=CLOSE):
    """Whether two results are one: the same shape, and no entry apart."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape == b.shape and bool((np.abs(a - b) <= tolerance * np.abs(b).max(initial=LEAST)).all())


def shown(value):
    """Numbers in a refusal's sentence."""
    return np.array2string(np.asarray(value, dtype=float), precision=4, separator=", ").replace("\n", "")


def plain_numbers(value):
    """An array as JSON holds it: short."""
    value = np.asarray(value, dtype=float)
    short = [float(f"{number:.12g}") for number in value.ravel()]
    short = [int(number) if number == int(number) else number for number in short]
    return {"shape": list(value.shape), "data": short}
