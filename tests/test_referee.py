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
    head = f"def written({', '.join(made.given)}):\n"
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
    return names["written"]


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


@every_step
def test_a_step_has_all_that_it_needs(step):
    wanted = {
        "a folded solution in chapters/workshop.ipynb": SOLUTIONS[step] is not None,
        "an entry in tests/styles.py, its right answers in three styles": step in STYLES,
        "five slips in lib/referee/steps.py": len(planted(step)) >= 5,
    }
    lacking = [f"{step}: expected {what}" for what, there in wanted.items() if not there]
    assert not lacking, "\n".join(lacking)


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


# Whatever is handed over

BREAKING = {
    "a stub that raises": ("def layer_forward(A, W, b):\n    raise NotImplementedError", "not written yet."),
    "dots": ("def layer_forward(A, W, b):\n    ...", "not written yet."),
    "pass": ("def layer_forward(A, W, b):\n    'Words.'\n    pass", "not written yet."),
    "return dots": ("def layer_forward(A, W, b):\n    return ...", "not written yet."),
    "return NotImplemented": ("layer_forward = lambda A, W, b: NotImplemented", "not written yet."),
    "dots on the way": (
        "def layer_forward(A, W, b):\n    Z = ...\n    return Z + b",
        "not written yet in line 3",
    ),
    "calls a stub": (
        "def product(A, W):\n    raise NotImplementedError\n"
        "def layer_forward(A, W, b):\n    return product(A, W) + b",
        "not written yet: it calls product",
    ),
    "an unknown name": (
        "def layer_forward(A, W, b):\n    return A @ V",
        "in line 2 of layer_forward, with NameError",
    ),
    "shapes that never fit": (
        "def layer_forward(A, W, b):\n    return A @ np.ones((99, 1))",
        "with ValueError: matmul",
    ),
    "a key": ("def layer_forward(A, W, b):\n    return {}['Z']", "with KeyError: 'Z'"),
    "an exception without words": ("def layer_forward(A, W, b):\n    raise ValueError", "with ValueError."),
    "an exception of one's own": (
        "class Mine(Exception):\n    def __str__(self):\n        raise Mine\n"
        "def layer_forward(A, W, b):\n    raise Mine",
        "with Mine.",
    ),
    "assert": ("def layer_forward(A, W, b):\n    assert A is W, 'no'", "with AssertionError: no"),
    "exit": ("import sys\ndef layer_forward(A, W, b):\n    sys.exit()", "ends Python itself"),
    "calls itself": (
        "def layer_forward(A, W, b):\n    return layer_forward(A, W, b)",
        "calls itself without end",
    ),
    "never ends": ("def layer_forward(A, W, b):\n    while True:\n        pass", "was stopped"),
    "never ends, and catches": (
        "def layer_forward(A, W, b):\n    while True:\n        try:\n            A @ W\n"
        "        except Exception:\n            pass",
        "was stopped",
    ),
    "sleeps": ("import time\ndef layer_forward(A, W, b):\n    time.sleep(1000)", "was stopped"),
    "prints for ever": ("def layer_forward(A, W, b):\n    while True:\n        print(A)", "was stopped"),
    "nothing returned": ("def layer_forward(A, W, b):\n    Z = A @ W + b", "is `return` missing?"),
    "printed": ("def layer_forward(A, W, b):\n    print(A @ W + b)", "prints its result and returns nothing"),
    "text": ("def layer_forward(A, W, b):\n    return str(A @ W + b)", "Z is a str: expected numbers"),
    "a table of text": ("def layer_forward(A, W, b):\n    return [['1'] * 2] * 5", "Z holds a str"),
    "a dictionary": ("def layer_forward(A, W, b):\n    return {'Z': A @ W + b}", "Z is a dict"),
    "a set": ("def layer_forward(A, W, b):\n    return {1.0, 2.0}", "Z is a set"),
    "a tuple": ("def layer_forward(A, W, b):\n    return A @ W + b,", "a comma too many?"),
    "too many things": ("def layer_forward(A, W, b):\n    return A, W", "returns a tuple of 2"),
    "a method, not called": (
        "def layer_forward(A, W, b):\n    return (A @ W + b).copy",
        "brackets () behind its name",
    ),
    "unequal rows": ("def layer_forward(A, W, b):\n    return [[1.0], [1.0, 2.0]]", "rows of unequal length"),
    "complex numbers": ("def layer_forward(A, W, b):\n    return (A @ W + b) * 1j", "complex numbers"),
    "masked": ("def layer_forward(A, W, b):\n    return np.ma.masked_less(A @ W + b, 0)", "a masked array"),
    "None in a table": ("def layer_forward(A, W, b):\n    return [[None, None]] * 5", "Z holds None"),
    "a table that won't be one": (
        "class Odd:\n    def __array__(self, *a, **k):\n        raise RuntimeError('no table')\n"
        "def layer_forward(A, W, b):\n    return Odd()",
        "with RuntimeError: no table",
    ),
    "nan": ("def layer_forward(A, W, b):\n    return (A @ W + b) * np.nan", "There is nan in it"),
    "inf": ("def layer_forward(A, W, b):\n    return (A @ W + b) / 0.0", "There is inf in it"),
    "empty": ("def layer_forward(A, W, b):\n    return A[:0]", "Z has shape (0, "),
    "another shape": (
        "def layer_forward(A, W, b):\n    return np.outer(A, W)",
        "Z has shape (15, 6), expected (5, 2).",
    ),
    "one number": ("def layer_forward(A, W, b):\n    return A[0, 0]", "Z has shape (), expected"),
    "writes into A": ("def layer_forward(A, W, b):\n    A *= 2\n    return A / 2 @ W + b", "writes into A"),
    "writes into b": ("def layer_forward(A, W, b):\n    b[:] = 0\n    return A @ W", "writes into b"),
    "remembers its first answer": (
        "kept = []\ndef layer_forward(A, W, b):\n    kept.append(A @ W + b)\n    return kept[0]",
        "remembers something between calls",
    ),
    "adds up": (
        "calls = []\ndef layer_forward(A, W, b):\n    calls.append(1)\n"
        "    return A @ W + b + (len(calls) > 2)",
        "remembers something between calls",
    ),
    "doesn't use its arguments": (
        "G = np.ones((5, 2))\ndef layer_forward(A, W, b):\n    return G",
        "the same answer whatever it is handed",
    ),
    "knows the number of rows": (
        "def layer_forward(A, W, b):\n    return np.array([A[i] @ W + b[0] for i in range(5)])",
        "Right for 5 rows, but not for 7 rows: Z has shape (5, 3), expected (7, 3)",
    ),
    "by chance": (
        "def layer_forward(A, W, b):\n    return A @ W + b + np.random.default_rng().normal()",
        "Z[0, 0] is",
    ),
    "two arguments": (
        "def layer_forward(A, W):\n    return A @ W",
        "It takes A, W, and is handed 3 things: A, W, b.",
    ),
    "four arguments": ("def layer_forward(A, W, b, c):\n    return A", "is handed 3 things"),
    "by name only": ("def layer_forward(*, A, W, b):\n    return A @ W + b", "is handed 3 things"),
    "another order": (
        "def layer_forward(W, A, b):\n    return A @ W + b",
        "handed over as A, W, b",
    ),
    "a generator": ("def layer_forward(A, W, b):\n    yield A @ W + b", "It has `yield` in it"),
    "a generator inside": (
        "def layer_forward(A, W, b):\n    return (row for row in A @ W + b)",
        "Z is a generator",
    ),
    "async": ("async def layer_forward(A, W, b):\n    return A @ W + b", "`async def`"),
    "async inside": (
        "async def product(A, W):\n    return A @ W\nlayer_forward = lambda A, W, b: product(A, W)",
        "something to wait for",
    ),
    "a class": ("class layer_forward:\n    pass", "That is a class"),
    "an answer": ("layer_forward = np.ones((2, 2))", "hand over the function itself"),
    "its name": ("layer_forward = 'layer_forward'", "That is a str"),
    "None": ("layer_forward = None", "That is None"),
    "closes the paper": (
        "import sys\ndef layer_forward(A, W, b):\n    sys.stdout = None\n    return A @ W",
        "That is the product without the bias",
    ),
    "makes NumPy raise": (
        "def layer_forward(A, W, b):\n    np.seterr(all='raise')\n    return A @ W / 0.0",
        "with FloatingPointError",
    ),
}
PATCHED = """
def layer_forward(A, W, b):
    for name in ("sum", "allclose", "isclose", "asarray", "array", "isfinite", "array_equal", "matmul", "full"):
        setattr(np, name, lambda *a, **k: True)
    del np.ones
    return A @ W{}
"""


def test_there_are_forty_ways_to_break_it():
    assert len(BREAKING) >= 40


@pytest.mark.parametrize("way", BREAKING)
def test_whatever_is_handed_over_gets_one_sentence_and_leaves_nothing_broken(way, monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.3)
    code, part = BREAKING[way]
    names = {"np": np, "__name__": "__main__"}
    exec(compile(code, "cell", "exec"), names)
    before = sys.stdout, signal.getsignal(signal.SIGALRM), sys.gettrace(), np.geterr()
    right, sentence, _ = told("layer_forward", names["layer_forward"])
    assert right is False
    assert part in sentence, sentence
    assert sentence.endswith((".", "?", "...`.")), sentence
    assert before == (sys.stdout, signal.getsignal(signal.SIGALRM), sys.gettrace(), np.geterr())
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert told("layer_forward", SOLUTIONS["layer_forward"])[0]
    if "chance" not in way:  # the same answer gets the same sentence
        names = {"np": np, "__name__": "__main__"}
        exec(compile(code, "cell", "exec"), names)
        assert told("layer_forward", names["layer_forward"])[1] == sentence


@pytest.mark.parametrize(
    ("rest", "said"), [(" + b", "right."), ("", "That is the product without the bias.")]
)
def test_numpy_that_a_reader_has_changed_changes_no_verdict(rest, said):
    before, names = dict(vars(np)), {"np": np}
    exec(PATCHED.format(rest), names)
    try:
        for _ in range(2):  # the second time it is changed already, and `del` fails no more than it should
            right, sentence, _ = told("layer_forward", names["layer_forward"])
            if _ == 0:
                assert (right, sentence) == (rest != "", said)
        assert np.sum("anything") is True, "what the reader has put there is his"
        assert not hasattr(np, "ones") or np.ones is before["ones"]
    finally:
        vars(np).update(before)


def test_where_there_is_no_alarm_lines_are_counted(monkeypatch):
    """As in a browser: here in a thread, which gets no signals."""
    monkeypatch.setattr(running, "LINES", 10_000)
    names, found = {"np": np}, []
    exec("def layer_forward(A, W, b):\n    while True:\n        pass", names)
    with redirect_stdout(StringIO()) as paper:
        thread = threading.Thread(target=lambda: found.append(check("layer_forward", names["layer_forward"])))
        thread.start()
        thread.join(20)
    assert found == [False]
    assert "was stopped" in paper.getvalue()


def test_an_alarm_of_somebody_else_rings_after_it():
    signal.setitimer(signal.ITIMER_REAL, 500)
    try:
        check("neuron", SOLUTIONS["neuron"])
        assert 400 < signal.getitimer(signal.ITIMER_REAL)[0] <= 500
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_the_readers_own_key_is_obeyed():
    def neuron(x, w, b):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("neuron", neuron)


def test_what_a_right_function_prints_stands_once_above_the_sentence():
    def neuron(x, w, b):
        print("the inputs have", len(x))
        return x @ w + b

    assert told("neuron", neuron) == (True, "right.", ["the inputs have 3"])


@pytest.mark.parametrize("step", ["neurons", "", None, 3, ["neuron"]])
def test_a_step_that_there_isn_t_is_refused(step):
    with refuses(f"step: expected one of neuron, layer_forward, ... got {step!r}"):
        check(step, print)


def test_example_shows_what_is_handed_over():
    seen = []

    def mse(y_hat, y):
        seen.append((y_hat, y))
        return 0.0

    told("mse", mse)
    assert all(np.array_equal(a, b) for a, b in zip(seen[0], example("mse").values(), strict=True))
    with refuses("step: expected one with tables, gradient_check is handed a cost"):
        example("gradient_check")


WRONG_CHECKS = {
    "return abs(dW).sum()": "It returns a number",
    "return dW == dW": "It returns many verdicts",
    "return 'yes'": "It returns a str",
    "print(True)": "It prints its result and returns nothing",
    "W += 1e-5; cost(W); return True": "It writes into W",
    "return bool(dW[0, 0] > 0)": "It never asks the cost",
    "cost(W.ravel()); return True": "the cost expects W of shape (3, 2), got (6,)",
    "return NotImplemented": "not written yet",
}


@pytest.mark.parametrize("body", WRONG_CHECKS)
def test_a_gradient_check_that_is_none(body):
    names = {"np": np}
    exec(f"def gradient_check(cost, W, dW):\n    {body}", names)
    right, sentence, _ = told("gradient_check", names["gradient_check"])
    assert not right
    assert WRONG_CHECKS[body] in sentence


@pytest.mark.parametrize(
    ("step", "code", "part"),
    [
        ("bce", "C, d = right(z, y)\n    p = 1 / (1 + np.exp(-z))\n"
         "    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), d", "np.logaddexp(0, z) is"),
        ("softmax", "E = np.exp(Z)\n    P = E / E.sum(axis=1, keepdims=True)\n"
         "    return -(Y * np.log(P)).sum() / len(Y), (P - Y) / len(Y)", "take each row's largest logit off"),
    ],
)  # fmt: skip
def test_what_overflows_is_told_so(step, code, part):
    names = {"np": np, "right": SOLUTIONS[step]}
    exec(f"def {step}({', '.join(STEPS[step].given)}):\n    {code}", names)
    right, sentence, _ = told(step, names[step])
    assert not right
    assert sentence.startswith("Right for small numbers")
    assert part in sentence


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("neuron", "x @ w - abs(b)"),
        ("neuron", "x @ w + abs(b)"),
        ("mse_slope", "2 * abs(y_hat - y) / len(y)"),
        ("layer_forward", "A @ W + abs(b)"),
        ("update", "W - abs(learning_rate * dW)"),
    ],
)
def test_what_is_right_for_one_sign_only_does_not_pass(step, wrong):
    names = {"np": np}
    exec(f"def {step}({', '.join(STEPS[step].given)}):\n    return {wrong}", names)
    right, sentence, _ = told(step, names[step])
    assert not right
    assert re.search(r" is -?[\d.]+, expected -?[\d.]+", sentence), sentence


def test_what_is_right_on_two_draws_only_does_not_pass():
    """A mistake that shows for some numbers only: the first two tables are answered rightly here."""
    seen = []

    def neuron(x, w, b):
        if list(x) not in seen:
            seen.append(list(x))
        return x @ w + b + (len(seen) > 2)

    right, sentence, _ = told("neuron", neuron)
    assert not right
    assert sentence.startswith("Right for some numbers, but not for others: z is ")


@every_step
def test_every_given_number_has_both_signs_in_some_draw(step):
    """Else an `abs` would pass. (Activations, targets and rates are never negative.)"""
    if step == "gradient_check":
        return
    draws = [STEPS[step].draw([*step.encode(), seed], FIRST) for seed in (1, 10, 12, 14)]
    draws += [STEPS[step].draw([*step.encode(), seed], SECOND) for seed in (2, 11, 13, 15)]
    for name in [name for name, how in STEPS[step].given.items() if how and how[1] == "any"]:
        signs = {float(sign) for given in draws for sign in np.sign(np.ravel(given[name]))}
        assert signs == {-1.0, 1.0}, name


# What numbers show without a slip: of a layer, whose right answer is Z.

SHOWN = {
    "-Z": "Every sign is turned round.",
    "2 * Z": "2 times what it should be",
    "Z / len(A)": "1/N times",
    "-len(A) * Z": "-N times",
    "Z + 1": "Every number is 1 too large.",
    "Z - 1": "Every number is 1 too small.",
    "Z.T": "the table is transposed",
    "Z.ravel()": "an axis is lost or too many",
    "Z[None]": "an axis is lost or too many",
    "Z.round(1)": "It was rounded",
    "Z.astype(int)": "cut to whole numbers",
    "abs(Z)": "The minus signs were lost.",
    "np.maximum(Z, 0)": "Numbers below 0 were cut off.",
    "0 * Z": "Every number in it is 0.",
    "Z[::-1]": "The rows stand in reverse order.",
    "Z**2": "It was squared.",
    "np.vstack([Z[:-1], 0 * Z[-1:]])": "Right but for the last row.",
    "np.vstack([0 * Z[:1], Z[1:]])": "Right but for the first row.",
    "np.hstack([Z[:, :-1], 0 * Z[:, -1:]])": "Right but for the last column.",
    "Z.sum(axis=0, keepdims=True)": "One sum too many, along axis 0",
    "Z.sum()": "Everything was added up",
    "A[:, :, None] * W + b / A.shape[1]": "Along axis 1 the numbers still have to be added up",
    "np.cbrt(Z)": "for A = [[",
}


@pytest.mark.parametrize("wrong", SHOWN)
def test_what_numbers_show(wrong):
    names = {"np": np}
    exec(f"def layer_forward(A, W, b):\n    Z = A @ W + b\n    return {wrong}", names)
    right, sentence, _ = told("layer_forward", names["layer_forward"])
    assert not right
    assert SHOWN[wrong] in sentence


def test_two_slips_at_once_are_both_named():
    slips = STEPS["backward"].slips
    (one, first), (other, second) = slips["dC_dA2: no 2"], slips["dC_dZ1: no slope"]
    right, sentence, _ = told("backward", written("backward", one | other))
    assert not right
    assert sentence == in_letters(f"{first} And {second}")


def test_tables_in_another_order():
    right, sentence, _ = told("layer_backward", lambda A, W, D: SOLUTIONS["layer_backward"](A, W, D)[::-1])
    assert not right
    assert sentence == "The tables are right, but stand in another order: expected dC_dW, dC_db, dC_dA."


# The workshop itself


def run_cells(filled):
    """What the workshop's cells print, one after the other; with the solutions in place of the stubs."""
    names, paper = {"__name__": "__main__"}, StringIO()
    code = [cell for cell in stored(WORKSHOP) if cell["cell_type"] == "code"][1:]
    answers = [
        found
        for text in cells(WORKSHOP, "markdown")
        for found in re.findall(r"<summary>Solution</summary>\n\n```python\n(.*?)\n```", text, flags=re.S)
    ]
    stubs = [cell for cell in code if "raise NotImplementedError" in cell["source"]]
    assert len(stubs) == len(answers) == len(NAMES)
    with redirect_stdout(paper):
        for cell in code:
            source = answers[stubs.index(cell)] if filled and cell in stubs else cell["source"]
            exec(compile(source, "cell", "exec"), names)
    return paper.getvalue().splitlines()


def test_the_workshop_runs_with_its_stubs_as_it_is_stored():
    printed = run_cells(filled=False)
    assert printed[: len(NAMES)][0] == "neuron: not written yet."
    assert sum(line.endswith(": not written yet.") for line in printed) == len(NAMES)
    said = [o["text"] for cell in stored(WORKSHOP)[1:] for o in cell.get("outputs", [])]
    assert "".join("".join(text) for text in said).splitlines() == printed


def test_the_workshop_runs_with_its_solutions_put_in():
    printed = run_cells(filled=True)
    assert [line.split(":")[0] for line in printed if ": right." in line] == NAMES
    assert "XOR: [0.02 0.97 0.97 0.04]" in printed or any(line.startswith("XOR: [0.0") for line in printed)
    (last,) = [line for line in printed if line.startswith("Right: ")]
    assert int(last.split()[1]) >= 85


@every_step
def test_each_stub_says_what_its_solution_takes(step):
    (stub,) = [c for c in cells(WORKSHOP, "code") if c.startswith(f"def {step}(")]
    takes = list(STEPS[step].given) if step != "gradient_check" else ["cost", "W", "dW"]
    assert re.match(rf"def {step}\((.*)\):", stub)[1].split(", ") == takes
    assert max(map(len, stub.splitlines())) <= 79
