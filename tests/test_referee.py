"""The referee: what is right in any style passes, each slip gets its own sentence, nothing breaks it.

The solutions are those that stand folded in the workshop; the slips are planted into functions
written out of the steps' own lines.
"""

import re
import signal
import sys
import threading
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest

from lib import MSE, BCEWithLogits, Dense, Network, Sigmoid, gradient
from lib.language import FUNCTIONS
from lib.referee import NAMES, check, checking, example, in_letters, running
from lib.referee.steps import FIRST, SECOND, SQUARE, STEPS, Deep, Training, backward, forward
from tests.helpers import ROOT, cells, refuses, stored
from tests.styles import STYLES

WORKSHOP = ROOT / "chapters" / "workshop.ipynb"
MATHEMATICS = {"np": np} | {name: function for name, (_, function) in FUNCTIONS.items()}
every_step = pytest.mark.parametrize("step", NAMES)


def solutions():
    """{step: the function that the workshop's folded solution defines}, each using those before it."""
    names = {"np": np}
    for text in cells(WORKSHOP, "markdown"):
        for code in re.findall(r"<summary>Solution</summary>\n\n```python\n(.*?)\n```", text, flags=re.S):
            exec(compile(code, "solution", "exec"), names)
    return {step: names.get(step) for step in NAMES}


SOLUTIONS = solutions()


def told(step, yours):
    """(whether it is right, the sentence, what stands above it) of the referee."""
    paper = StringIO()
    with redirect_stdout(paper):
        right = check(step, yours)
    *above, sentence = paper.getvalue().splitlines()
    assert sentence.startswith(f"{step}: ")
    return right, sentence.removeprefix(f"{step}: "), above


# Right


@every_step
def test_the_solution_is_right(step):
    right, sentence, above = told(step, SOLUTIONS[step])
    assert right is True
    assert sentence.startswith("right.")
    assert above == []


@every_step
def test_other_styles_are_right(step):
    names = {"np": np} | SOLUTIONS
    styles = re.split(r"\n(?=def )", STYLES[step].strip())
    assert len(styles) >= 3
    for number, code in enumerate(styles):
        own = dict(names)
        exec(compile(code, f"style {number}", "exec"), own)
        right, sentence, _ = told(step, own[step])
        assert right, (code, sentence)


def network(X, Ws, bs):
    made = Network([Dense(W, b, Sigmoid()) for W, b in zip(Ws, bs, strict=True)])
    made.forward(X)
    return made


def gradients(X, y, Ws, bs):
    made = network(X, Ws, bs)
    made.backward(MSE().gradient(made.forward(X), y))
    return [layer.dW for layer in made.layers], [layer.db for layer in made.layers]


def trained(X, y, W1, b1, W2, b2, learning_rate, epochs):
    for _ in range(epochs):
        dWs, dbs = gradients(X, y, [W1, W2], [b1, b2])
        W1, W2 = W1 - learning_rate * dWs[0], W2 - learning_rate * dWs[1]
        b1, b2 = b1 - learning_rate * dbs[0], b2 - learning_rate * dbs[1]
    return [W1, b1, W2, b2]


def softmax(Z, Y):
    def cost(Z):
        return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum() / len(Z)

    return [cost(Z), gradient(cost, Z)]


def both_first(dWs, dbs):
    return [dWs[0], dbs[0], dWs[1], dbs[1]]


@pytest.mark.parametrize(
    ("step", "truth"),
    [
        ("two_layers", lambda X, W1, b1, W2, b2: [at.A for at in network(X, [W1, W2], [b1, b2]).layers]),
        ("backward", lambda X, y, W1, b1, W2, b2: both_first(*gradients(X, y, [W1, W2], [b1, b2]))),
        ("deep_backward", lambda X, y, Ws, bs: [t for ts in gradients(X, y, Ws, bs) for t in ts]),
        ("train", trained),
        ("bce", lambda z, y: [BCEWithLogits().value(z, y), BCEWithLogits().gradient(z, y)]),
        ("softmax", softmax),
    ],
)
def test_what_the_referee_holds_for_right_is_what_lib_computes(step, truth):
    """The steps that are one quantity of the catalogue are held in test_slips.py."""
    for seed, sizes in enumerate((FIRST, SECOND)):
        given = STEPS[step].draw(seed, sizes)
        for found, right in zip(STEPS[step].answers(given), truth(**given), strict=True):
            np.testing.assert_allclose(found, right, rtol=1e-6, atol=1e-9)


def test_the_gradients_of_the_check_are_right_and_wrong():
    for fair in (True, False):
        for _, cost, claimed, _ in checking.FAIR if fair else checking.WRONG:
            by_numbers = gradient(cost, checking.PLACE)
            assert np.allclose(by_numbers, claimed, rtol=1e-6, atol=1e-10) == fair


# Slips


def written(step, otherwise):
    """A reader's function: the step's lines one by one in Python, some of them written otherwise."""
    made = STEPS[step]
    if isinstance(made, Deep):
        return deep(otherwise)
    otherwise = dict(otherwise)
    often = otherwise.pop("epochs", "epochs")
    lines = [f"{name} = {line}" for name, line in (made.lines | otherwise).items()]
    head = f"def {step}({', '.join(made.given)}):\n"
    first = next(iter(made.given))
    start = [f"N = M = np.shape({first})[0]" if np.ndim(example(step)[first]) else "N = M = 1"]
    if isinstance(made, Training):
        four = ["W1", "b1", "W2", "b2"]
        moved = ", ".join(four) + " = " + ", ".join(f"new_{name}" for name in four)
        body = [*start, f"for _ in range(int({often})):", *(f"    {line}" for line in [*lines, moved])]
        body.append("return " + ", ".join(four))
    else:
        body = [*start, *lines, f"return {', '.join(made.returns)}"]
    names = dict(MATHEMATICS)
    exec(head + "\n".join(f"    {line}" for line in body), names)
    return names[step]


def deep(otherwise):
    """Any number of layers: the lines are written anew in each call, for as many as are handed over."""

    def deep_backward(X, y, Ws, bs):
        layers = len(Ws)
        lines = forward(layers) | backward(layers)
        names = MATHEMATICS | {"X": X, "y": y, "N": len(X), "M": len(X)}
        for number, (W, b) in enumerate(zip(Ws, bs, strict=True), start=1):
            names |= {f"W{number}": W, f"b{number}": b}
        for name, template in otherwise.items():
            for number in range(1, layers + 1):
                if f"{name}{number}" in lines:
                    below = f"A{number - 1}" if number > 1 else "X"
                    lines[f"{name}{number}"] = template.format(l=number, below=below, last=layers)
        for name, line in lines.items():
            names[name] = eval(line, dict(names))
        return tuple([names[f"d{kind}{number}"] for number in range(1, layers + 1)] for kind in "Wb")

    return deep_backward


def known_check(verdict):
    """A reader's gradient check that makes a known mistake: finds the slopes, and compares them so."""

    def gradient_check(cost, W, dW):
        return bool(verdict(gradient(cost, W), dW))

    return gradient_check


def planted(step):
    """[(slip, the function with it, its sentence)]."""
    if step == "gradient_check":
        return [(slip, known_check(f), sentence) for slip, (f, sentence) in checking.SLIPS.items()]
    return [
        (slip, written(step, otherwise), in_letters(sentence))
        for slip, (otherwise, sentence) in STEPS[step].slips.items()
    ]


@every_step
def test_lines_without_a_slip_are_right(step):
    if step != "gradient_check":
        found = told(step, written(step, {}))
        overflows = step in ("softmax", "bce")  # written for what it computes, not for large numbers
        assert found[0] or (overflows and "Right for small numbers" in found[1]), found


@every_step
def test_every_slip_is_named_and_none_is_called_anothers_name(step, record_property):
    every = planted(step)
    sentences = [sentence for _, _, sentence in every]
    assert len(set(sentences)) == len(sentences)
    lost = {}
    for slip, yours, own in every:
        right, said, _ = told(step, yours)
        if right or [sentence for sentence in sentences if sentence in said] != [own]:
            lost[slip] = said
    assert lost == {}
    record_property("printed", f"referee: {step}: {len(every)} slips planted, {len(every)} named")


def test_there_are_enough_slips():
    assert sum(len(planted(step)) for step in NAMES) >= 150
    assert min(len(planted(step)) for step in NAMES) >= 5


@every_step
def test_no_sentence_shows_latex(step):
    for _, _, sentence in planted(step):
        assert not re.search(r"[$\\]", sentence), sentence


@every_step
def test_no_slip_is_right_or_another_by_luck(step):
    """On both draws, where they can be computed, and on squares: no two have the same numbers."""
    if step == "gradient_check":
        found = {slip: tuple(checking.verdicts(f)) for slip, (f, _) in checking.SLIPS.items()}
        assert len(set(found.values())) == len(found)
        return
    made = STEPS[step]
    for sizes in (FIRST, SECOND, SQUARE):
        given = made.draw([*step.encode(), 1], sizes)
        found = {slip: made.answers(given, otherwise) for slip, (otherwise, _) in made.slips.items()}
        found = {slip: answer for slip, answer in found.items() if answer is not None}
        found["right"] = made.answers(given)
        listed = list(found.items())
        for number, (slip, a) in enumerate(listed):
            for other, b in listed[:number]:
                alike = all(x.shape == y.shape and np.allclose(x, y) for x, y in zip(a, b, strict=True))
                assert not alike, (slip, other, sizes)
