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
from lib.referee.steps import FIRST, SECOND, SQUARE, STEPS, Deep, Training, backward, forward, in_layers
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
    often, returned = otherwise.pop("epochs", "epochs"), otherwise.pop("returned", "")
    each = otherwise.pop("rows", "")
    lines = [
        f"{name} = by_{name}(locals())" if callable(line) else f"{name} = {line}"
        for name, line in (made.lines | otherwise).items()
    ]
    head = f"def written({', '.join(made.given)}):\n"
    first = next(iter(made.given))
    start = [f"N = M = np.shape({first})[0]" if np.ndim(example(step)[first]) else "N = M = 1"]
    start.append(f"K = np.shape({first})[-1]" if np.ndim(example(step)[first]) else "K = 1")
    if isinstance(made, Training):
        four = ["W1", "b1", "W2", "b2"]
        moved = ", ".join(four) + " = " + ", ".join(f"new_{name}" for name in four)
        rows = "[slice(n, n + 1) for n in range(N)]" if each else "[slice(None)]"
        every = f"for epoch, rows in [(e, rows) for e in range(int({often})) for rows in {rows}]:"
        these = ["X, y = all_X[rows], all_y[rows]", "N = M = len(X)"]
        body = [*start, "all_X, all_y = X, y", every, *(f"    {line}" for line in [*these, *lines, moved])]
        body.append("return " + ", ".join(f"{returned}{name}" for name in four))
    else:
        body = [*start, *lines, f"return {', '.join(made.returns)}"]
    names = MATHEMATICS | {f"by_{name}": line for name, line in otherwise.items() if callable(line)}
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
        lines |= in_layers(otherwise, layers)
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
        if sizes is SQUARE:  # as many columns as rows, and reshaped to the shape that it has
            for slip in {"columns only", "dC_dZ: classes", "dC_dW: reshaped", "dC_dA: reshaped"} & {*found}:
                del found[slip]
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
        "Z has shape (15, 6), expected (5, 2), for A (5, 3), W (3, 2), b (1, 2).",
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
        "or does it remember something between calls?",
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
    code, part = BREAKING[way]
    if part == "was stopped":  # what ends by itself has its time, on a busy machine, too
        monkeypatch.setattr(running, "SECONDS", 0.3)
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
    "return dW == dW": "It returns a verdict for each entry: one is expected",
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
    "A[:, :, None] * W + b / A.shape[1]": "The numbers of this table still have to be added up along its axis 1",
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


# Wrong answers that no slip of the catalogue computes. What is said has to be true, and the true cause.

NAMED = {
    # one thing changed in the right line: the line is shown as it gives these numbers
    ("sigmoid", "return 1 / (1 + 2.718**-z)"): "those of `a = 1 / (1 + 2.718 ** (-z))`. a[0, 0] is 0.61063, "
    "expected 0.61064, for z = [[0.45]].",
    ("sigmoid_slope", "return A * 1 - A"): "those of `slope = A * 1 - A`",
    ("layer_forward", "return A @ W / len(A) + b"): "those of `Z = A @ W / len(A) + b`",
    ("update", "return W - learning_rate - dW"): "those of `new = W - learning_rate - dW`",
    ("update", "return W - 0.1 * dW"): "those of `new = W - 0.1 * dW`",
    ("update", "return W"): "The old weights came back",
    ("through_activation", "return dC_dA * A * 1 - A"): "those of `dC_dZ = dC_dA * A * 1 - A`",
    ("through_activation", "return dC_dA * sigmoid(A)"): "those of `dC_dZ = dC_dA * sigmoid(A)`",
    ("two_layers", "A1 = sigmoid(X @ W1 + b1); return A1, sigmoid(X @ W2 + b2)"): "of `Z2 = X @ W2 + b2`",
    ("bce", "p = sigmoid(z); return -(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(y)"): "of "
    "`C = -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))`",
    ("bce", "C, d = bce(z, y); return C / np.log(2), d"): "All of it is 1/log(2), as by log2, times what it should be",
    # a part of what was given
    ("neuron", "for i in range(len(x)): return x[i] * w[i] + b"): "Only the first input counts",
    ("neuron", "for i in range(len(x)): z = x[i] * w[i]\n    return z + b"): "Only the last input counts",
    ("neuron", "return x[1:] @ w[1:] + b"): "The first input is left out",
    ("layer_forward", "return A @ W + b[0, 0]"): "Of b the part of the first neuron was used for all of them.",
    ("neuron", "return x[:-1] @ w[:-1] + b"): "The last input is left out",
    ("mse", "return ((y_hat[:, 0] - y[:, 0])**2).mean()"): "Only the first column counts",
    # what numbers show
    ("neuron", "return max(0, x @ w + b)"): "z: Numbers below 0 were cut off.",
    ("mse_slope", "return 2 * abs(y_hat - y) / len(y)"): "The minus signs were lost.",
    ("mse_slope", "return 2 * (y_hat - y.ravel()) / len(y)"): "A column and a row were put together",
    ("sigmoid_slope", "return A @ (1 - A).T"): "A matrix product: it adds up along the rows",
    ("mse", "return ((y_hat - y)**2).mean(axis=0)"): "What is left is a table: its numbers still have to be averaged. "
    "C has shape (2,), expected (), for y_hat (5, 2), y (5, 2).",
    ("mse", "return -np.log(y_hat * y).mean()"): "There is nan in it. C is nan, expected 5.523, for "
    "y_hat = [[-0.43]], y = [[1.92]]. (NumPy remarks: invalid value encountered in log",
    # what it doesn't depend on, and for what it is right
    ("train", "for _ in range(4): W1, b1, W2, b2 = [p - learning_rate * d for p, d in zip((W1, b1, W2, b2), "
     "backward(X, y, W1, b1, W2, b2))]\n    return W1, b1, W2, b2"): "stays the same when epochs changes.",
    ("neuron", "return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b"): "Right for 3 inputs, but not for 2 inputs",
    ("layer_forward", "return A @ W + b + np.random.default_rng().normal()"): "is there chance in it",
    # in the words of the stub, and in the function that was checked
    ("layer_backward", "return A.T @ dC_dZ, dC_dZ.mean(axis=0, keepdims=True), dC_dZ @ W.T"): "dC_db: Averaged: "
    "the 1/N is in dC_dZ already.",
    ("backward", "return layer_backward(X.T, W1, y)"): "It stops in line 2 of backward, in layer_backward, with "
    "ValueError: matmul: the inner sizes of a product differ, 3 on the left and 5 on the right",
    ("update", "W -= learning_rate * dW"): "It writes into W and returns nothing",
    ("softmax", "P = np.exp(Z); return P / P.sum(axis=1, keepdims=True)"): "It returns one table of shape (5, 2) alone",
    # many digits, and no minus before a 0
    ("softmax", "C, D = softmax(Z, Y); return C + 1e-4, D"): "C is 0.0001, expected 0, for Z = [[",
    ("mse", "return ((y_hat - y)**2).mean() * 1.00002"): "C is 5.5226, expected 5.5225, for y_hat = [[",
}  # fmt: skip


NOT_NAMED = {
    ("mse_slope", "return y_hat @ y.T"): "broadcast",
    ("sigmoid_slope", "return np.outer(A[:, 0], A[:, 1])"): "A matrix product",
    ("sigmoid_slope", "return A * 1 - A"): "0 and 1 only",
    ("neuron", "return max(0, x @ w + b)"): "whatever it is handed",
    ("mse", "return ((y_hat - y)**2).mean(axis=0)"): "Along axis 0",
    ("mse", "return -np.log(y_hat * y).mean()"): "0/0",
    ("mse_slope", "return 2 * abs(y_hat - y) / len(y)"): "rows",
}


@pytest.mark.parametrize(("step", "body"), NOT_NAMED)
def test_no_cause_is_claimed_that_the_numbers_do_not_bear_out(step, body):
    right, sentence, _ = told(step, own(step, body))
    assert not right
    assert NOT_NAMED[step, body] not in sentence


def own(step, body):
    """A reader's function of this step, with the workshop's solutions of all others around it."""
    names = {"np": np} | SOLUTIONS
    exec(f"def {step}_({', '.join(STEPS[step].given)}):\n    {body}", names)
    names[f"{step}_"].__code__ = names[f"{step}_"].__code__.replace(co_name=step)
    return names[f"{step}_"]


@pytest.mark.parametrize(("step", "body"), NAMED)
def test_wrong_answers_that_no_catalogue_holds_are_named(step, body):
    right, sentence, _ = told(step, own(step, body))
    assert not right
    assert NAMED[step, body] in sentence, sentence


# Answers that were called by another's name, or let through, or told less than there was to tell.

BACKWARD = "A1, A2 = two_layers(X, W1, b1, W2, b2); D2 = through_activation({}, A2); dW2, db2, dA1 = "
BACKWARD += "layer_backward(A1, W2, D2); {}D1 = through_activation({}, A1); dW1, db1, dX = layer_backward(X, W1, D1); "
BACKWARD += "return dW1, {}, dW2, db2"
TRAIN = """for epoch in range(epochs):
        dW1, db1, dW2, db2 = backward(X, y, W1, b1, W2, b2)
        {}W1, {}W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
        {}b1, {}b2 = b1 - learning_rate * db1, {}
    return {}W1, {}b1, {}W2, {}b2"""
EVERY_ROW = """for _ in range(epochs):
        for i in range(len(X)): W1, b1, W2, b2 = train(X[i:i + 1], y[i:i + 1], W1, b1, W2, b2, learning_rate, 1)
    return W1, b1, W2, b2"""
SLOWER = """for e in range(epochs): W1, b1, W2, b2 = train(X, y, W1, b1, W2, b2, learning_rate / (e + 1), 1)
    return W1, b1, W2, b2"""
UNTIL_IT_IS_SMALL = """for _ in range(epochs):
        if mse(two_layers(X, W1, b1, W2, b2)[1], y) < 1e-2: break
        W1, b1, W2, b2 = train(X, y, W1, b1, W2, b2, learning_rate, 1)
    return W1, b1, W2, b2"""
ON_TABLES = """out = np.zeros({0}.shape)
    for i in range({0}.shape[0]):
        for j in range({0}.shape[1]): out[i, j] = {1}
    return out"""
EACH_INPUT = """Z = np.zeros((len(A), W.shape[1]))
    for i, j, k in np.ndindex(*A.shape, W.shape[1]): Z[i, k] += A[i, j] * W[j, k] + b[0, k]
    return Z"""
OF_P = "return -np.sum(Y * np.log(P)) / len(Z), (P - Y) / len(Z)"
P_BY_MAX = "E = np.exp(Z - Z.max(axis=1, keepdims=True)); P = {}; " + OF_P
SUM = "dC_dZ.sum(axis=0, keepdims=True)"
SAID = {
    # a cause fits one row as well as many; what rounds down is told
    ("mse_slope", "return 2 // len(y) * (y_hat - y)"): "There is `//` in it, which rounds down to a whole number",
    ("sigmoid", "return 1 // (1 + np.exp(-z))"): "There is `//` in it",
    ("neuron", "return x[0] * w[0] + x[1] * w[1] + b"): "Right for 2 inputs, but not for 3 inputs: z is",
    ("neuron", "return x[:-1] @ w[:-1] + b"): "The last input is left out. z is",
    # which table is wrong, after one epoch already
    ("train", TRAIN.format(*[""] * 4, "b2", *[""] * 4)): "b2 never moves",
    ("train", TRAIN.format(*[""] * 4, "b2 - learning_rate * dW2.sum(axis=0, keepdims=True)", *[""] * 4)): "b2 "
    "moves by the sum of dW2",
    ("train", TRAIN.format(*[""] * 4, "b2 - learning_rate * np.sqrt(abs(db2))", *[""] * 4)): "new_b2[0, 0] is "
    "-1.989, expected -1.851, for X = [[-0.44]], y = [[0.0]], W1 = [[-0.75]], b1 = [[0.33]], W2 = [[0.41]], "
    "b2 = [[-1.81]], learning_rate = 0.79, epochs = 1.",
    ("train", TRAIN.format(*["n"] * 4, "b2 - learning_rate * db2", *["n"] * 4)): "or does each epoch start from",
    ("train", EVERY_ROW): "A step after each row",
    ("train", SLOWER): "The learning rate was divided by the number of the epoch",
    # what was let through
    ("train", UNTIL_IT_IS_SMALL): "Right for a few epochs, but not for 2000: on XOR it answers 0.11, 0.91, 0.90, 0.10, "
    "expected 0.02, 0.98, 0.98, 0.02. Does it stop before all epochs are over?",
    ("sigmoid", "return 1 / (1 + np.exp(-np.clip(z, -3, 3)))"): "Right for small numbers, but not for larger ones: "
    "a[0, 0] is 0.9526, expected 0.9975, for z = [[6.0, -6.0], [12.0, -30.0]]. Is something cut off?",
    ("sigmoid", ON_TABLES.format("z", "1 / (1 + np.exp(-z[i, j]))")): "Right for a table of rows and columns, but not "
    "for one with one axis: It stops in line 4",
    ("sigmoid_slope", ON_TABLES.format("A", "A[i, j] * (1 - A[i, j])")): "but not for one with one axis",
    # where it comes from, by NumPy's remarks
    ("bce", "C = np.mean(np.logaddexp(0, z) - y * z); return C, (np.exp(z) / (1 + np.exp(z)) - y) / len(y)"): ""
    "There exp overflowed (NumPy remarks: overflow encountered in exp): 1 / (1 + exp(-z)) equals",
    ("bce", "p = 1 / (1 + np.exp(-z)); return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(y)"): ""
    "There log was asked for 0 (NumPy remarks: divide by zero encountered in log): np.logaddexp",
    ("softmax", "E = np.exp(Z - Z.max()); P = E / E.sum(axis=1, keepdims=True); " + OF_P): "There 0 was "
    "divided by 0, or infinity by infinity (NumPy remarks: invalid",
    # Python's words, and what to write
    ("mse", "return np.mean((y_hat - y) ^ 2)"): "(`^` is no power in Python: write `**`)",
    ("update", "return W - learning_rate @ dW"): "(`@` is for tables: a number is multiplied by `*`)",
    ("sigmoid", "import math; return 1 / (1 + math.exp(-z))"): "NumPy's take a table: np.exp",
    ("sigmoid", "return 1 if z > 0 else 0"): "(a table has an answer for each entry",
    # where it stops is told before the cause
    ("layer_forward", "return W @ A + b"): "the inner sizes of a product differ, 2 on the left and 5 on the right. "
    "The weights stand first: here rows are samples.",
    ("softmax", P_BY_MAX.format("E / E.sum(axis=1)")): "shapes (5,2) (5,). P: The sums of the rows have lost an axis",
    # more that is named
    ("layer_forward", EACH_INPUT): "The bias was added once for each input",
    ("sigmoid", "return 0.5 * (1 + np.tanh(z))"): "z was doubled (by tanh it is (1 + tanh(z/2))/2)",
    ("layer_backward", f"return A.T @ dC_dZ, {SUM}, dC_dZ @ W.reshape(W.shape[1], -1)"): "dC_dA: W was reshaped",
    ("layer_backward", f"return A.reshape(-1, len(A)) @ dC_dZ, {SUM}, dC_dZ @ W.T"): "dC_dW: A was reshaped",
    ("backward", BACKWARD.format("mse(A2, y)", "", "dA1", "db1")): "dC_dA2: That is the cost itself",
    ("backward", BACKWARD.format("mse_slope(A2, y)", "W2 = W2 - dW2; dA1 = D2 @ W2.T; ", "dA1", "db1")): "W2 was moved",
    ("backward", BACKWARD.format("mse_slope(A2, y)", "", "dA1", "dX")): "db1: That is the slope of the layer's input",
    ("mse", "return np.median((y_hat - y)**2)"): "That is the median of the squares",
    ("mse", "return np.var(y_hat - y)"): "that is the variance of the errors",
    ("softmax", P_BY_MAX.format("E / np.exp(Z).sum(axis=1, keepdims=True)")): "taken off above the line alone",
    ("deep_backward", "dWs = dbs = [None] * len(Ws); return dWs, dbs"): "dWs and dbs are one and the same list",
    ("deep_backward", "dWs, dbs = deep_backward(X, y, Ws, bs); return [*[None] * (len(Ws) - 1), dWs[-1]], dbs"): "dWs "
    "has the last layer's table alone",
}  # fmt: skip


@pytest.mark.parametrize(("step", "body"), SAID)
def test_what_is_said_is_true_of_every_number_of_rows_and_says_where(step, body):
    right, sentence, _ = told(step, own(step, body))
    assert not right
    assert SAID[step, body] in sentence, sentence


def test_what_holds_for_two_layers_only_is_no_cause_with_three():
    body = """A, dWs, dbs = [X], [None] * len(Ws), [None] * len(Ws)
    for W, b in zip(Ws, bs): A.append(sigmoid(A[-1] @ W + b))
    D = through_activation(mse_slope(A[-1], y), A[-1])
    for l in reversed(range(len(Ws))):
        dWs[l], dbs[l], _ = layer_backward(A[l], Ws[l], D)
        if l: D = through_activation(D @ Ws[-1].T, A[l])
    return dWs, dbs"""
    right, sentence, _ = told("deep_backward", own("deep_backward", body))
    assert not right
    assert sentence.startswith(
        "Right for 2 layers, but not for 3 layers: It stops in line 7 of deep_backward, with"
    )
    assert "numbers" not in sentence


P_IS_RIGHT = "E = np.exp(Z - Z.max(axis=1, keepdims=True)); P = E / E.sum(axis=1, keepdims=True); "
NO_EVIDENCE = {
    # with one class p is 1, whatever one does; with one row and one class, too
    ("softmax", P_IS_RIGHT + "return np.mean(1 - np.sum(P * Y, axis=1)), (P - Y) / len(Y)"): "C is 0.9449",
    ("softmax", P_IS_RIGHT + "return -np.log(np.mean(np.sum(P * Y, axis=1))), (P - Y) / len(Y)"): "C is 2.899",
    ("softmax", P_BY_MAX.format("E / E.sum(axis=0, keepdims=True)")): "C is 0.6931, expected 0, for Z = ",
}  # fmt: skip


@pytest.mark.parametrize(("step", "body"), NO_EVIDENCE)
def test_a_size_at_which_every_answer_is_right_is_no_evidence(step, body):
    right, sentence, _ = told(step, own(step, body))
    assert not right
    assert sentence.startswith(NO_EVIDENCE[step, body]), sentence


LAYERS = """A, dWs, dbs = [X], [None] * len(Ws), [None] * len(Ws)
    for W, b in zip(Ws, bs): A.append(sigmoid(A[-1] @ W + b))
    dA = mse_slope(A[-1], y)
    for l in reversed(range(len(Ws))):
        {}
    return dWs, dbs"""


def test_numbers_are_not_blamed_where_the_sizes_differ():
    line = "D = dA * sigmoid_slope(A[l]) if A[l].shape == dA.shape else through_activation(dA, A[l + 1]); "
    line += "dWs[l], dbs[l], dA = layer_backward(A[l], Ws[l], D)"
    right, sentence, _ = told("deep_backward", own("deep_backward", LAYERS.format(line)))
    assert not right
    assert sentence.startswith("dW1[0, 0] is -0.1694, expected 0.008589, for X = [[-1.73]]"), sentence


def test_no_factor_is_named_where_the_table_is_right():
    """On square tables there are three outputs: the mean is over N, as two of three tables show."""
    line = "D = through_activation(dA, A[l + 1]); dWs[l], dbs[l], _ = layer_backward(A[l], Ws[l], D); "
    line += "dA = D @ Ws[min(l + 1, len(Ws) - 1)].T"
    right, sentence, _ = told("deep_backward", own("deep_backward", LAYERS.format(line)))
    assert not right
    assert sentence.startswith("It stops in line 6 of deep_backward")
    assert "len(X)" not in sentence, sentence
    assert "dW3" not in sentence, sentence


def test_a_function_that_never_ends_for_some_tables_is_asked_no_more(monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.2)
    calls = []

    def neuron(x, w, b):
        calls.append(len(x))
        while len(x) == 2:
            pass
        return x @ w

    assert told("neuron", neuron)[1].startswith("It didn't come back within")
    assert calls == [3, 2]


WRONG_LAYERS = {
    "A[l + 1] * (1 - A[l + 1]) if l + 1 == L else 1": "In the hidden layers the activation was passed without",
    "1 if l + 1 == L else A[l + 1] * (1 - A[l + 1])": "In the last layer the activation was passed without",
    "sigmoid(A[l + 1]) * (1 - sigmoid(A[l + 1]))": "`dC_dZ2 = dC_dA2 * sigmoid(A2) * (1 - sigmoid(A2))`, and so in "
    "every layer",
    "A[l + 1]": "`dC_dZ2 = dC_dA2 * A2`, and so in every layer",
}  # fmt: skip


@pytest.mark.parametrize("slope", WRONG_LAYERS)
def test_a_slope_that_is_wrong_in_some_layers(slope):
    body = f"""A, L, dWs, dbs = [X], len(Ws), [], []
    for W, b in zip(Ws, bs): A.append(sigmoid(A[-1] @ W + b))
    D = 2 * (A[-1] - y) / len(y)
    for l in reversed(range(L)):
        D = D * ({slope})
        dWs.insert(0, A[l].T @ D)
        dbs.insert(0, D.sum(axis=0, keepdims=True))
        D = D @ Ws[l].T
    return dWs, dbs"""
    right, sentence, _ = told("deep_backward", own("deep_backward", body))
    assert not right
    assert WRONG_LAYERS[slope] in sentence, sentence


MOVED_TOO_EARLY = {
    "W2, b2 = W2 - learning_rate * c, b2 - learning_rate * d; a, b, _, _ = backward(X, y, W1, b1, W2, b2); "
    "W1, b1 = W1 - learning_rate * a, b1 - learning_rate * b": "The second layer was moved before",
    "W1, b1 = W1 - learning_rate * a, b1 - learning_rate * b; _, _, c, d = backward(X, y, W1, b1, W2, b2); "
    "W2, b2 = W2 - learning_rate * c, b2 - learning_rate * d": "The first layer was moved before",
}


@pytest.mark.parametrize("line", MOVED_TOO_EARLY)
def test_old_and_new_parameters_mixed(line):
    body = f"for _ in range(epochs): a, b, c, d = backward(X, y, W1, b1, W2, b2); {line}\n    return W1, b1, W2, b2"
    right, sentence, _ = told("train", own("train", body))
    assert not right
    assert sentence.startswith(MOVED_TOO_EARLY[line]), sentence


CHECKS = {
    "W[i] += h; S[i] = (cost(W) - C) / h": "It nudges several entries of W at once",
    "P = W.copy(); P[i] += 1; S[i] = cost(P) - C": "It nudges by 1: too far",
    "P = W.copy(); P[i] += 1e-15; S[i] = (cost(P) - C) / 1e-15": "so little that rounding is all that is left",
    "P = W.copy(); P[i] += h; Q = W.copy(); Q[i] -= h; S[i] = (cost(P) - cost(Q)) / h": "twice as large as they are",
    "P = W.copy(); P[i] -= h; S[i] = (cost(P) - C) / h": "have the wrong sign",
    "S[i] = (cost(W + h) - cost(W - h)) / (2 * h)": "It nudges all entries of W at once.",
    "P = W.copy(); P[i] += h; S[i] = dW[i] if i == (2, 1) else (cost(P) - C) / h * (i != (2, 1))": "It accepts a "
    "gradient whose last entry alone is wrong",
    "\n        if i == (1, 1): S[i] = dW[i]; continue\n        P = W.copy(); P[i] += h; S[i] = (cost(P) - C) / h": ""
    "It never nudges W[1, 1].",
}  # fmt: skip


TOLERANCES = {
    "np.allclose(S, dW)": "Its tolerance is absolute where slopes are tiny (np.allclose has atol=1e-8 by itself)",
    "np.all(abs(S - dW) < 1e-4 * S.sum())": "It refuses a right gradient whose entries add up to less than 0: what is "
    "tolerated needs `abs`",
    "np.all(abs(S - dW) < 1e-4 * abs(S).max())": "right. It refuses 14 wrong gradients and accepts 5 right ones.",
    "np.all(abs(S - dW) <= 1e-4 * (abs(S) + abs(dW)))": "right.",
    "(abs(S - dW) / np.maximum(1e-8, abs(S) + abs(dW))).max() < 1e-3": "right.",
}


@pytest.mark.parametrize("verdict", TOLERANCES)
def test_what_a_gradient_check_tolerates(verdict):
    names = {"np": np, "gradient": gradient}
    exec(f"def gradient_check(cost, W, dW):\n    S = gradient(cost, W)\n    return bool({verdict})", names)
    right, sentence, _ = told("gradient_check", names["gradient_check"])
    assert right == TOLERANCES[verdict].startswith("right")
    assert TOLERANCES[verdict] in sentence, sentence


@pytest.mark.parametrize("nudge", CHECKS)
def test_how_a_gradient_check_nudges(nudge):
    names = {"np": np}
    code = f"""def gradient_check(cost, W, dW):
    W, S, h, C = W.copy(), np.zeros(W.shape), 1e-6, cost(W)
    for i in np.ndindex(W.shape): {nudge}
    return np.allclose(S, dW, rtol=1e-3, atol=1e-8)"""
    exec(code if "\n        if" in nudge else code.replace(": " + nudge, ":\n        " + nudge), names)
    right, sentence, _ = told("gradient_check", names["gradient_check"])
    assert not right
    assert CHECKS[nudge] in sentence, sentence


def test_a_bias_gradient_without_its_second_axis_is_let_through_as_the_text_says():
    right, sentence, _ = told(
        "layer_backward", own("layer_backward", "return A.T @ dC_dZ, dC_dZ.sum(0), dC_dZ @ W.T")
    )
    assert right
    assert sentence == "right. (dC_db has shape (2,); it broadcasts as (1, 2) does.)"
    assert (
        "a bias, or its gradient, of shape `(m,)` instead of `(1, m)` is let through with a remark"
        in cells(WORKSHOP, "markdown")[0]
    )


UP_AND_DOWN = "P = W.copy(); P[i] += h; Q = W.copy(); Q[i] -= h; S[i] = "
ONE_BY_ONE = "np.all(abs(S - dW) / (abs(S) + abs(dW)) < 1e-4)"
BY_LENGTH = "np.linalg.norm(S - dW) <= 1e-4 * (np.linalg.norm(S) + np.linalg.norm(dW))"
FOR_EACH = "(cost(P) - cost(Q)) / (2 * h)"
REFUSES = {
    ("cost(P) - cost(Q)", BY_LENGTH): "The slopes that it finds are 2h times what they are: divide by (2 * h).",
    ("(cost(P) - cost(Q)) / 2 * h", BY_LENGTH): "The slopes that it finds are h² times what they are: it multiplies "
    "by h. `/ 2 * h` needs brackets, / (2 * h).",
    ("cost(P) - cost(W)", BY_LENGTH): "The slopes that it finds are h times what they are: divide by h.",
    ("(cost(P) - cost(Q)) / 2 * h", "np.allclose(S, dW)"): "The slopes that it finds are h² times",
    (FOR_EACH, ONE_BY_ONE): "It refuses what is right, too, where a slope is 0: is there a 0/0?",
    (FOR_EACH, "np.all(S == dW)"): "It refuses everything, what is right, too: slopes by numbers are never exact.",
    (FOR_EACH, "abs(S - dW).max() < 1e-15"): "what is right, too: slopes by numbers are never exact.",
    (FOR_EACH + " + 1", BY_LENGTH): "It refuses everything, what is right, too: dW = [[",
}  # fmt: skip


@pytest.mark.parametrize(("slope", "verdict"), REFUSES)
def test_why_a_gradient_check_refuses_what_is_right(slope, verdict):
    names = {"np": np}
    code = f"""def gradient_check(cost, W, dW):
    S, h = np.zeros(W.shape), 1e-5
    for i in np.ndindex(W.shape): {UP_AND_DOWN}{slope}
    return bool({verdict})"""
    exec(code.replace(": P", ":\n        P"), names)
    right, sentence, _ = told("gradient_check", names["gradient_check"])
    assert not right
    assert REFUSES[slope, verdict] in sentence, sentence


@pytest.mark.parametrize(
    ("answer", "said"),
    [("S", "It returns the slopes that it has found"), ("2 * S", "It returns numbers: compare them"),
     ("S == dW", "It returns a verdict for each entry")],
)  # fmt: skip
def test_a_gradient_check_without_a_verdict(answer, said):
    names = {"np": np, "gradient": gradient}
    exec(f"def gradient_check(cost, W, dW):\n    S = gradient(cost, W)\n    return {answer}", names)
    right, sentence, _ = told("gradient_check", names["gradient_check"])
    assert not right
    assert said in sentence, sentence


def test_a_sigmoid_that_overflows_is_right_and_told_so():
    right, sentence, _ = told("sigmoid", lambda z: np.exp(z) / (1 + np.exp(z)))
    assert right
    assert sentence.startswith("right. (For a z of 800 or -800 it gives nan or inf (NumPy remarks: overflow")


@pytest.mark.parametrize("step", [step for step in NAMES if step != "gradient_check"])
def test_whatever_numbers_come_back_there_is_a_counter_example(step):
    """Noise: no cause, but the input, the reader's number and the right one, which look different."""

    def noise(*given):
        found = STEPS[step].answers(dict(zip(STEPS[step].given, given, strict=True)))
        noisy = [table + 1e-4 * np.sin(37 * table + 1) for table in found]
        if step == "deep_backward":
            return noisy[: len(noisy) // 2], noisy[len(noisy) // 2 :]
        return noisy[0] if len(noisy) == 1 else noisy

    right, sentence, _ = told(step, noise)
    first = next(iter(STEPS[step].given))
    theirs, expected = re.match(rf".* is ([-\d.e]+), expected ([-\d.e]+), for {first} = ", sentence).groups()
    assert not right
    assert theirs != expected
    assert abs(float(theirs) - float(expected)) < 2e-3
    assert "-0," not in sentence


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
