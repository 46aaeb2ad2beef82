"""Questions with one answer: a choice, a number, an expression."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from lib.practice.given import Draw, seeded
from lib.practice.question import CLOSE, Question, plain_numbers


@dataclass
class Choice(Question):
    """One of several: `right` is the right one's text, `wrong` is {text: sentence}.

    truth: a function of `given` that says the right text, where it can be computed.
    """

    right: str = field(kw_only=True)
    wrong: dict = field(kw_only=True)
    truth: Callable | None = field(default=None, kw_only=True)
    kind = "choice"

    def check(self):
        if self.truth is not None and any(said != self.right for said in self.truths()):
            self.refuse(f"the key is {self.right!r}, the truth is {self.truths()[0]!r}")
        if not self.wrong or self.right in self.wrong:
            self.refuse(f"expected wrong choices beside {self.right!r}, got {list(self.wrong)}")
        for text, sentence in self.wrong.items():
            self.sentence(f"the choice {text}", sentence)

    def options(self):
        """All texts in an order that gives nothing away."""
        texts = [self.right, *self.wrong]
        return [texts[i] for i in seeded(self.name).permutation(len(texts))]

    def data(self):
        options = self.options()
        return {
            "right": options.index(self.right),
            "slips": [{"of": options.index(text), "say": say} for text, say in self.wrong.items()],
        }

    def key(self):
        return self.right


@dataclass
class Number(Question):
    """One number. `answer` and the slips {expression: sentence} are expressions of what is given.

    truth: a function of `given`, from `lib`, from calculus, from SymPy: never the answer retyped.
    decimals: how many are asked for; None asks for the exact number (2/3 is one).
    """

    answer: str = field(kw_only=True)
    truth: Callable = field(kw_only=True)
    slips: dict = field(default_factory=dict, kw_only=True)
    decimals: int | None = field(default=None, kw_only=True)
    kind, one_number = "number", True

    def tolerance(self):
        """Slips keep further away from the answer than the judge forgives."""
        return CLOSE if self.decimals is None else 2.5 * 10.0**-self.decimals

    def check(self):
        truths = self.truths()
        if np.shape(truths[0]):
            self.refuse(f"expected one number as its truth, got shape {np.shape(truths[0])}")
        self.refuse_wrong_key(self.answer, truths)
        self.refuse_bad_slips(self.slips, truths, tolerance=self.tolerance())

    def lucky(self, values, theirs, tolerance):
        """Rounded answers are apart by an absolute amount."""
        if self.decimals is None:
            return super().lucky(values, theirs, tolerance)
        return bool(np.abs(values[0] - theirs[0]) <= tolerance)

    def data(self):
        return {
            "decimals": self.decimals,
            "answer": self.answer,
            "truth": plain_numbers(self.truths()[0]),
            "slips": [{"of": of, "say": say} for of, say in self.slips.items()],
            "draws": [{name: plain_numbers(value) for name, value in self.draws[0].items()}],
            "ranges": self.ranges(),
        }

    def key(self):
        value = float(self.truths()[0])
        rounded = f"{value:.{self.decimals}f}" if self.decimals is not None else exact(value)
        return rounded.replace("-", "−")


@dataclass
class Expression(Question):
    """An expression of the names that are given: `A.T @ D`. The reader sees names and shapes.

    like: whose shape the answer has, for the sentences: "W".
    factors: {name: expression}, the local factors that may be missing or too much.
    Otherwise as in `Number`; a slip may be one that can't be computed, its shapes don't fit.
    """

    answer: str = field(kw_only=True)
    truth: Callable = field(kw_only=True)
    slips: dict = field(default_factory=dict, kw_only=True)
    factors: dict = field(default_factory=dict, kw_only=True)
    like: str = field(default="", kw_only=True)
    kind = "expression"

    def check(self):
        if not any(isinstance(value, Draw) for value in self.given.values()):
            self.refuse("expected at least one shape to draw numbers for: one table can be lucky")
        truths = self.truths()
        self.refuse_wrong_key(self.answer, truths)
        self.refuse_bad_slips(self.slips, truths)
        for name, factor in self.factors.items():
            if self.values(factor) is None:
                self.refuse(f"the factor {name} can't be computed")

    def data(self):
        return {
            "answer": self.answer,
            "like": self.like,
            "truths": [plain_numbers(value) for value in self.truths()],
            "slips": [{"of": of, "say": say} for of, say in self.slips.items()],
            "factors": self.factors,
            "draws": [{name: plain_numbers(value) for name, value in draw.items()} for draw in self.draws],
        }

    def key(self):
        return f"`{self.answer}`"


def exact(value):
    """A number as one writes it: 0.25, and 1/3 where its decimals don't end."""
    fraction = Fraction(value).limit_denominator(1000)
    text = f"{value:.10g}"
    return str(fraction) if len(text) > 8 and abs(fraction - value) < 1e-12 else text
