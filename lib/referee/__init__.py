"""The referee of the workshop: `check("neuron", neuron)` says what is right, or what was done instead.

A reader's function is run on small tables of numbers, rectangular ones, drawn from a seed of the
step: so the same answer always gets the same sentence. Any style is right that computes the right
numbers. What is not right is recognised by computing what each known slip would give.

`steps` holds what is asked and the slips, `variants` finds what else a line could have been, `parts`
what a loop misses, `running` runs a function that may do anything, `returned` reads what comes back,
`judge` finds the sentence, `traits` what numbers show without a slip, and `checking` has the gradients
for a reader's own gradient check. It needs NumPy alone.
"""

import re

from lib.referee.judge import judged
from lib.referee.running import numpy
from lib.referee.steps import FIRST, STEPS

__all__ = ["NAMES", "check", "example"]

NAMES = [*STEPS]
NAMES.insert(NAMES.index("softmax"), "gradient_check")


def known(step):
    """`step` if there is such a step, else ValueError."""
    if not isinstance(step, str) or step not in NAMES:
        raise ValueError(f"step: expected one of {', '.join(NAMES)}, got {step!r}")
    return step


def check(step, yours):
    """Print one sentence on `yours`, the reader's function for this step. Returns whether it is right.

    What the function prints itself stands above the sentence, once. A function that raises, never
    ends or isn't written yet is answered, too; ValueError is for a step that there isn't.
    """
    known(step)
    with numpy.as_it_was():
        right, sentence, printed = judged(step, yours)
    if printed:
        print(printed.rstrip("\n"))
    print(f"{step}: {in_letters(sentence)}")
    return right


def example(step):
    """{argument: value} that the first call of `check` hands over, to look at."""
    if known(step) == "gradient_check":
        raise ValueError("step: expected one with tables, gradient_check is handed a cost")
    with numpy.as_it_was():
        return STEPS[step].draw([*step.encode(), 1], FIRST)


def in_letters(sentence):
    """Without LaTeX: a sentence of the catalogue, for a line that is printed."""
    for tex, letter in (("\\log", "log "), ("\\hat y", "ŷ"), ("\\sqrt", "√")):
        sentence = sentence.replace(tex, letter)
    return re.sub(r"\$", "", sentence)
