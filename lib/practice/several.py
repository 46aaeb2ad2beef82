"""Questions with several answers that hang together: blanks of a chain, lines in an order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lib.language import evaluate, names
from lib.practice.given import seeded
from lib.practice.question import CLOSE, Question, plain_numbers, same

BLANK = re.compile(r"\{(.+?)\}")


@dataclass
class Blanks(Question):
    """Several numbers, each with a key of its own: in a list, in a table, on a figure.

    answers: {blank: expression of what is given and of the blanks before it}.
    truth: a function of `given` that returns {blank: number}.
    slips: {blank: {expression: sentence}}. labels: {blank: "∂f/∂a"}, what a reader sees and
    hears where its name says too little.
    table: rows of texts and blanks' names, the first row its header.
    figure: (function that draws it, its alternative text, {blank: (x, y) in the first axes' numbers}).
    """

    answers: dict = field(kw_only=True)
    truth: Callable = field(kw_only=True)
    slips: dict = field(default_factory=dict, kw_only=True)
    labels: dict = field(default_factory=dict, kw_only=True)
    decimals: int | None = field(default=None, kw_only=True)
    table: list | None = field(default=None, kw_only=True)
    figure: tuple | None = field(default=None, kw_only=True)
    kind, one_number = "blanks", True

    def check(self):
        truths = self.truths()
        if any(set(truth) != set(self.answers) for truth in truths):
            self.refuse(f"expected a truth for each of {', '.join(self.answers)}, got {', '.join(truths[0])}")
        if not set(self.slips) <= set(self.answers):
            self.refuse(
                f"slips: expected blanks among {', '.join(self.answers)}, got {', '.join(self.slips)}"
            )
        earlier = [{} for _ in truths]
        for blank, key in self.answers.items():
            own = [truth[blank] for truth in truths]
            self.refuse_wrong_key(key, own, earlier, of=f"{blank}: the key")
            self.refuse_bad_slips(
                self.slips.get(blank, {}), own, earlier, tolerance=self.tolerance(), of=f"{blank}: the slip"
            )
            earlier = [before | {blank: truth[blank]} for before, truth in zip(earlier, truths, strict=True)]
        self.refuse_lost_blanks()

    def tolerance(self):
        return CLOSE if self.decimals is None else 2.5 * 10.0**-self.decimals

    def lucky(self, values, theirs, tolerance):
        if self.decimals is None:
            return super().lucky(values, theirs, tolerance)
        return bool(np.abs(values[0] - theirs[0]) <= tolerance)

    def refuse_lost_blanks(self):
        """Each blank has its place, in the table or on the figure, exactly once."""
        if self.table is not None:
            placed = sorted(entry for row in self.table[1:] for entry in row if entry in self.answers)
        elif self.figure is not None:
            placed = sorted(self.figure[2])
        else:
            return
        if placed != sorted(self.answers):
            self.refuse(f"expected a place for each of {sorted(self.answers)}, got {placed}")

    def data(self):
        truth = self.truths()[0]
        return {
            "decimals": self.decimals,
            "blanks": [
                {
                    "name": blank,
                    **({"label": self.labels[blank]} if blank in self.labels else {}),
                    "answer": key,
                    "truth": plain_numbers(truth[blank]),
                    "slips": [{"of": of, "say": say} for of, say in self.slips.get(blank, {}).items()],
                }
                for blank, key in self.answers.items()
            ],
            "draws": [{name: plain_numbers(value) for name, value in self.draws[0].items()}],
            "ranges": self.ranges(),
        }

    def key(self):
        digits = "{:.10g}" if self.decimals is None else f"{{:.{self.decimals}f}}"
        truth = self.truths()[0]
        values = (
            f"`{self.labels.get(name, name)}` = {digits.format(float(truth[name]))}" for name in self.answers
        )
        return ", ".join(values).replace("-", "−")


@dataclass
class Order(Question):
    """Lines of code to be put in order; what stands in {braces} is for the reader to write.

    lines: `name = expression`, in a right order. Any order is right in which the same numbers come
    out: it is run, not compared. slips: {name on the left of a line: {what stands in its blank:
    sentence}}. truth: a function of `given` that returns {name: array} for what the lines compute.
    """

    lines: list = field(kw_only=True)
    truth: Callable = field(kw_only=True)
    slips: dict = field(default_factory=dict, kw_only=True)
    kind = "order"

    def check(self):
        truths, found = self.truths(), self.run(self.lines)
        for truth, state in zip(truths, found, strict=True):
            for name, value in truth.items():
                if name not in state or not same(state[name], value):
                    self.refuse(f"the lines give {name} = {state.get(name)}, the truth is {value}")
        lefts = [left for left, _ in map(split, self.lines)]
        if len(set(lefts)) < len(lefts) or not set(self.slips) <= set(lefts):
            self.refuse("expected each name on the left once, and slips for names on the left")
        for name, slips in self.slips.items():
            line = next(line for line in self.lines if split(line)[0] == name)
            if not BLANK.search(line):
                self.refuse(f"slips for {name}: its line has no blank")
            before = self.run(self.lines[: self.lines.index(line)])
            whole = {self.filled(line, slip): sentence for slip, sentence in slips.items()}
            right = self.values(plain_line(line), before)
            self.refuse_bad_slips(whole, right, before, of=f"{name}: the slip")
        self.shuffled()

    def filled(self, line, text):
        """The right-hand side with a reader's text in its blank, in brackets as it was meant."""
        return BLANK.sub(lambda _: f"({text})", split(line)[1])

    def run(self, lines):
        """All names after the lines, for every table of numbers."""
        states = []
        for draw in self.draws:
            state = dict(draw)
            for line in lines:
                left = split(line)[0]
                try:
                    state[left] = evaluate(plain_line(line), state)
                except ValueError as trouble:
                    self.refuse(f"the line {line} fails: {trouble}")
            states.append(state)
        return states

    def shuffled(self):
        """The numbers of the lines in an order that isn't right."""
        rng, count = seeded(self.name), len(self.lines)
        for _ in range(100):
            order = [int(i) for i in rng.permutation(count)]
            if not self.sound([self.lines[i] for i in order]):
                return order
        self.refuse("expected lines that need each other, got some that are right in any order")

    def sound(self, lines):
        """Whether each line uses only what was there before it."""
        known = set(self.given)
        for line in lines:
            if not names(plain_line(line)) <= known:
                return False
            known.add(split(line)[0])
        return True

    def data(self):
        parts = []
        for line in self.lines:
            left, right = split(line)
            blank = BLANK.search(right)
            parts.append(
                {
                    "left": left,
                    "right": right.replace("{", "").replace("}", ""),
                    "before": right[: blank.start()] if blank else right,
                    "blank": blank[1] if blank else None,
                    "after": right[blank.end() :] if blank else "",
                    "slips": [{"of": of, "say": say} for of, say in self.slips.get(left, {}).items()],
                }
            )
        return {
            "lines": parts,
            "order": self.shuffled(),
            "draws": [{name: plain_numbers(value) for name, value in draw.items()} for draw in self.draws],
        }

    def key(self):
        return "\n\n".join(f"`{line.replace('{', '').replace('}', '')}`" for line in self.lines)


def split(line):
    """`dW2 = {A1.T} @ D2` as its two sides."""
    left, _, right = line.partition(" = ")
    return left.strip(), right.strip()


def plain_line(line):
    """The right-hand side, its blank filled as the author has it."""
    return split(line)[1].replace("{", "").replace("}", "")
