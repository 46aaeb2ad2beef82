"""The referee: what is right in any style passes, each slip gets its own sentence, nothing breaks it.

The solutions are those that stand folded in the workshop; the slips are planted into functions
written out of the steps' own lines.
"""

import ast
import re
import signal
import sys
import threading
from contextlib import redirect_stdout
from io import StringIO
from itertools import combinations

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
TAKES = {step: list(made.given) for step, made in STEPS.items()} | {"gradient_check": ["cost", "W", "dW"]}
every_step = pytest.mark.parametrize("step", NAMES)
every_step_with_tables = pytest.mark.parametrize("step", STEPS)

FOLDED = [
    code
    for text in cells(WORKSHOP, "markdown")
    for code in re.findall(r"<summary>Solution</summary>\n\n```python\n(.*?)\n```", text, flags=re.S)
]


def run(code, **names):
    """All names there are after this code."""
    names |= {"np": np, "__name__": "__main__"}
    exec(compile(code, "cell", "exec"), names)
    return names


SOLUTIONS = {step: function for step, function in run("\n".join(FOLDED)).items() if step in NAMES}


def is_expression(code):
    try:
        return bool(ast.parse(code, mode="eval"))
    except SyntaxError:
        return False


def own(step, body):
    """A reader's function of this step: its lines, or what it returns; around it the workshop's solutions."""
    body = f"return {body}" if is_expression(body) else body
    names = run(f"def {step}_({', '.join(TAKES[step])}):\n    {body}", gradient=gradient, **SOLUTIONS)
    function = names[f"{step}_"]
    function.__code__ = function.__code__.replace(co_name=step)
    return function


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
    assert step in SOLUTIONS, f"{step}: expected a folded solution in chapters/workshop.ipynb"
    right, sentence, above = told(step, SOLUTIONS[step])
    assert right is True
    assert sentence.startswith("right.")
    assert above == []


@every_step
def test_other_styles_are_right(step):
    assert step in STYLES, f"{step}: expected its right answers in three styles in tests/styles.py"
    styles = re.split(r"\n(?=def )", STYLES[step].strip())
    assert len(styles) >= 3
    for code in styles:
        right, sentence, _ = told(step, run(code, **SOLUTIONS)[step])
        assert right, (code, sentence)


def network(X, Ws, bs):
    made = Network([Dense(W, b, Sigmoid()) for W, b in zip(Ws, bs, strict=True)])
    made.forward(X)
    return made


def gradients(X, y, Ws, bs):
    made = network(X, Ws, bs)
    made.backward(MSE().gradient(made.forward(X), y))
    return [layer.dW for layer in made.layers], [layer.db for layer in made.layers]


def all_four(X, y, W1, b1, W2, b2):
    dWs, dbs = gradients(X, y, [W1, W2], [b1, b2])
    return [dWs[0], dbs[0], dWs[1], dbs[1]]


def trained(X, y, W1, b1, W2, b2, learning_rate, epochs):
    parameters = [W1, b1, W2, b2]
    for _ in range(epochs):
        slopes = all_four(X, y, *parameters)
        parameters = [p - learning_rate * slope for p, slope in zip(parameters, slopes, strict=True)]
    return parameters


def softmax(Z, Y):
    def cost(Z):
        return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum() / len(Z)

    return [cost(Z), gradient(cost, Z)]


TRUTHS = {
    "two_layers": lambda X, W1, b1, W2, b2: [layer.A for layer in network(X, [W1, W2], [b1, b2]).layers],
    "backward": all_four,
    "deep_backward": lambda X, y, Ws, bs: [t for both in gradients(X, y, Ws, bs) for t in both],
    "train": trained,
    "bce": lambda z, y: [BCEWithLogits().value(z, y), BCEWithLogits().gradient(z, y)],
    "softmax": softmax,
}


@pytest.mark.parametrize("step", TRUTHS)
def test_what_the_referee_holds_for_right_is_what_lib_computes(step):
    """The steps that are one quantity of the catalogue are held in test_slips.py."""
    for seed, sizes in enumerate((FIRST, SECOND)):
        given = STEPS[step].draw(seed, sizes)
        for found, right in zip(STEPS[step].answers(given), TRUTHS[step](**given), strict=True):
            np.testing.assert_allclose(found, right, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("cases", "fair"), [(checking.FAIR, True), (checking.WRONG, False)])
def test_the_gradients_of_the_check_are_right_and_wrong(cases, fair):
    for _, cost, claimed, _ in cases:
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
    first = TAKES[step][0]
    table = np.ndim(example(step)[first]) > 0
    body = [f"N = M = np.shape({first})[0]" if table else "N = M = 1"]
    body.append(f"K = np.shape({first})[-1]" if table else "K = 1")
    if isinstance(made, Training):
        four = ["W1", "b1", "W2", "b2"]
        moved = ", ".join(four) + " = " + ", ".join(f"new_{name}" for name in four)
        rows = "[slice(n, n + 1) for n in range(N)]" if each else "[slice(None)]"
        every = f"for epoch, rows in [(e, rows) for e in range(int({often})) for rows in {rows}]:"
        these = ["X, y = all_X[rows], all_y[rows]", "N = M = len(X)"]
        body += ["all_X, all_y = X, y", every, *(f"    {line}" for line in [*these, *lines, moved])]
        body.append("return " + ", ".join(f"{returned}{name}" for name in four))
    else:
        body += [*lines, f"return {', '.join(made.returns)}"]
    names = MATHEMATICS | {f"by_{name}": line for name, line in otherwise.items() if callable(line)}
    head = f"def written({', '.join(TAKES[step])}):\n"
    return run(head + "\n".join(f"    {line}" for line in body), **names)["written"]


def deep(otherwise):
    """Any number of layers: the lines are written anew in each call, for as many as are handed over."""

    def deep_backward(X, y, Ws, bs):
        layers = len(Ws)
        names = MATHEMATICS | {"X": X, "y": y, "N": len(X), "M": len(X)}
        for number, (W, b) in enumerate(zip(Ws, bs, strict=True), start=1):
            names |= {f"W{number}": W, f"b{number}": b}
        for name, line in (forward(layers) | backward(layers) | in_layers(otherwise, layers)).items():
            names[name] = eval(line, dict(names))
        return tuple([names[f"d{kind}{number}"] for number in range(1, layers + 1)] for kind in "Wb")

    return deep_backward


def known_check(verdict):
    """A reader's gradient check that makes a known mistake: finds the slopes, and compares them so."""
    return lambda cost, W, dW: bool(verdict(gradient(cost, W), dW))


def planted(step):
    """[(slip, the function with it, its sentence)]."""
    if step == "gradient_check":
        return [(slip, known_check(f), sentence) for slip, (f, sentence) in checking.SLIPS.items()]
    return [
        (slip, written(step, otherwise), in_letters(sentence))
        for slip, (otherwise, sentence) in STEPS[step].slips.items()
    ]


@every_step_with_tables
def test_lines_without_a_slip_are_right(step):
    right, sentence, _ = told(step, written(step, {}))
    overflows = step in ("softmax", "bce")  # written for what it computes, not for large numbers
    assert right or (overflows and "Right for small numbers" in sentence), sentence


@every_step
def test_every_slip_is_named_and_none_is_called_anothers_name(step, record_property):
    every = planted(step)
    assert len(every) >= 5, f"{step}: expected five slips in lib/referee/steps.py"
    sentences = [sentence for _, _, sentence in every]
    assert len(set(sentences)) == len(sentences)
    assert not re.search(r"[$\\]", "".join(sentences)), "no sentence shows LaTeX"
    lost = {}
    for slip, yours, own in every:
        right, said, _ = told(step, yours)
        if right or [sentence for sentence in sentences if sentence in said] != [own]:
            lost[slip] = said
    assert lost == {}
    record_property("printed", f"referee: {step}: {len(every)} slips planted, {len(every)} named")


def test_there_are_enough_slips():
    assert sum(len(planted(step)) for step in NAMES) >= 150


def test_no_slip_of_a_gradient_check_is_another_by_luck():
    found = [tuple(checking.verdicts(verdict)) for verdict, _ in checking.SLIPS.values()]
    assert len(set(found)) == len(found)


@every_step_with_tables
def test_no_slip_is_right_or_another_by_luck(step):
    """On both draws, where they can be computed, and on squares: no two have the same numbers."""
    made = STEPS[step]
    for sizes in (FIRST, SECOND, SQUARE):
        given = made.draw([*step.encode(), 1], sizes)
        found = {slip: made.answers(given, otherwise) for slip, (otherwise, _) in made.slips.items()}
        found = {slip: answer for slip, answer in found.items() if answer is not None}
        if sizes is SQUARE:  # as many columns as rows, and reshaped to the shape that it has
            for slip in {"columns only", "dC_dZ: classes", "dC_dW: reshaped", "dC_dA: reshaped"} & {*found}:
                del found[slip]
        found["right"] = made.answers(given)
        for (slip, a), (other, b) in combinations(found.items(), 2):
            alike = all(x.shape == y.shape and np.allclose(x, y) for x, y in zip(a, b, strict=True))
            assert not alike, (slip, other, sizes)


@every_step_with_tables
def test_every_given_number_has_both_signs_in_some_draw(step):
    """Else an `abs` would pass. (Activations, targets and rates are never negative.)"""
    made = STEPS[step]
    draws = [made.draw([*step.encode(), seed], FIRST) for seed in (1, 10, 12, 14)]
    draws += [made.draw([*step.encode(), seed], SECOND) for seed in (2, 11, 13, 15)]
    for name in [name for name, how in made.given.items() if how and how[1] == "any"]:
        signs = {float(sign) for given in draws for sign in np.sign(np.ravel(given[name]))}
        assert signs == {-1.0, 1.0}, name


# Whatever is handed over as `layer_forward`: the body of a function, or a whole cell

BREAKING = [
    ("raise NotImplementedError", "not written yet."),
    ("...", "not written yet."),
    ("'Words.'\n    pass", "not written yet."),
    ("return ...", "not written yet."),
    ("layer_forward = lambda A, W, b: NotImplemented", "not written yet."),
    ("Z = ...\n    return Z + b", "not written yet in line 3"),
    ("def product(A, W):\n    raise NotImplementedError\n"
     "def layer_forward(A, W, b):\n    return product(A, W) + b", "not written yet: it calls product"),
    # it raises, or doesn't come back
    ("return A @ V", "in line 2 of layer_forward, with NameError"),
    ("return A @ np.ones((99, 1))", "with ValueError: matmul"),
    ("return {}['Z']", "with KeyError: 'Z'"),
    ("raise ValueError", "with ValueError."),
    ("class Mine(Exception):\n    def __str__(self):\n        raise Mine\n"
     "def layer_forward(A, W, b):\n    raise Mine", "with Mine."),
    ("assert A is W, 'no'", "with AssertionError: no"),
    ("np.seterr(all='raise')\n    return A @ W / 0.0", "with FloatingPointError"),
    ("import sys\n    sys.exit()", "ends Python itself"),
    ("def layer_forward(A, W, b):\n    return layer_forward(A, W, b)", "calls itself without end"),
    ("while True:\n        pass", "was stopped"),
    ("while True:\n        try:\n            A @ W\n        except Exception:\n            pass",
     "was stopped"),
    ("import time\n    time.sleep(1000)", "was stopped"),
    ("while True:\n        print(A)", "was stopped"),
    # what it returns is no table of numbers
    ("Z = A @ W + b", "is `return` missing?"),
    ("print(A @ W + b)", "prints its result and returns nothing"),
    ("return str(A @ W + b)", "Z is a str: expected numbers"),
    ("return [['1'] * 2] * 5", "Z holds a str"),
    ("return {'Z': A @ W + b}", "Z is a dict"),
    ("return {1.0, 2.0}", "Z is a set"),
    ("return A @ W + b,", "a comma too many?"),
    ("return A, W", "returns a tuple of 2"),
    ("return (A @ W + b).copy", "brackets () behind its name"),
    ("return [[1.0], [1.0, 2.0]]", "rows of unequal length"),
    ("return (A @ W + b) * 1j", "complex numbers"),
    ("return np.ma.masked_less(A @ W + b, 0)", "a masked array"),
    ("return [[None, None]] * 5", "Z holds None"),
    ("class Odd:\n    def __array__(self, *a, **k):\n        raise RuntimeError('no table')\n"
     "def layer_forward(A, W, b):\n    return Odd()", "with RuntimeError: no table"),
    ("return (A @ W + b) * np.nan", "There is nan in it"),
    ("return (A @ W + b) / 0.0", "There is inf in it"),
    ("return A[:0]", "Z has shape (0, "),
    ("return np.outer(A, W)", "Z has shape (15, 6), expected (5, 2), for A (5, 3), W (3, 2), b (1, 2)."),
    ("return A[0, 0]", "Z has shape (), expected"),
    # what it does beside
    ("A *= 2\n    return A / 2 @ W + b", "writes into A"),
    ("b[:] = 0\n    return A @ W", "writes into b"),
    ("kept = []\ndef layer_forward(A, W, b):\n    kept.append(A @ W + b)\n    return kept[0]",
     "remembers something between calls"),
    ("calls = []\ndef layer_forward(A, W, b):\n    calls.append(1)\n    return A @ W + b + (len(calls) > 2)",
     "or does it remember something between calls?"),
    ("G = np.ones((5, 2))\ndef layer_forward(A, W, b):\n    return G", "the same answer whatever it is handed"),
    ("return np.array([A[i] @ W + b[0] for i in range(5)])",
     "Right for 5 rows, but not for 7 rows: Z has shape (5, 3), expected (7, 3)"),
    ("import sys\n    sys.stdout = None\n    return A @ W", "That is the product without the bias"),
    # what it takes, and what it is
    ("layer_forward = lambda A, W: A @ W", "It takes A, W, and is handed 3 things: A, W, b."),
    ("layer_forward = lambda A, W, b, c: A", "is handed 3 things"),
    ("layer_forward = lambda *, A, W, b: A @ W + b", "is handed 3 things"),
    ("layer_forward = lambda W, A, b: A @ W + b", "handed over as A, W, b"),
    ("yield A @ W + b", "It has `yield` in it"),
    ("return (row for row in A @ W + b)", "Z is a generator"),
    ("async def layer_forward(A, W, b):\n    return A @ W + b", "`async def`"),
    ("async def product(A, W):\n    return A @ W\nlayer_forward = lambda A, W, b: product(A, W)",
     "something to wait for"),
    ("class layer_forward:\n    pass", "That is a class"),
    ("layer_forward = np.ones((2, 2))", "hand over the function itself"),
    ("layer_forward = 'layer_forward'", "That is a str"),
    ("layer_forward = None", "That is None"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "said"), BREAKING)
def test_whatever_is_handed_over_gets_one_sentence_and_leaves_nothing_broken(code, said, monkeypatch):
    if said == "was stopped":  # what ends by itself has its time, on a busy machine, too
        monkeypatch.setattr(running, "SECONDS", 0.1)
    if "layer_forward" not in code:
        code = f"def layer_forward(A, W, b):\n    {code}"
    before = sys.stdout, signal.getsignal(signal.SIGALRM), sys.gettrace(), np.geterr()
    right, sentence, _ = told("layer_forward", run(code)["layer_forward"])
    again = told("layer_forward", run(code)["layer_forward"])
    monkeypatch.undo()
    assert right is False
    assert said in sentence, sentence
    assert again[1] == sentence, "the same answer gets the same sentence"
    assert sentence.endswith((".", "?", "...`.")), sentence
    assert before == (sys.stdout, signal.getsignal(signal.SIGALRM), sys.gettrace(), np.geterr())
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert told("layer_forward", SOLUTIONS["layer_forward"])[0]


PATCHED = """
def layer_forward(A, W, b):
    for name in ("sum", "allclose", "isclose", "asarray", "array", "isfinite", "array_equal", "matmul", "full"):
        setattr(np, name, lambda *a, **k: True)
    vars(np).pop("ones", None)
    return A @ W{}
"""


@pytest.mark.parametrize(
    ("rest", "said"), [(" + b", "right."), ("", "That is the product without the bias.")]
)
def test_numpy_that_a_reader_has_changed_changes_no_verdict(rest, said):
    before, yours = dict(vars(np)), run(PATCHED.format(rest))["layer_forward"]
    try:
        for _ in ("NumPy is changed", "it was changed before"):
            assert told("layer_forward", yours)[:2] == (rest != "", said)
        assert np.sum("anything") is True, "what the reader has put there is his"
        assert not hasattr(np, "ones") or np.ones is before["ones"]
    finally:
        vars(np).update(before)


def test_where_there_is_no_alarm_lines_are_counted(monkeypatch):
    """As in a browser: here in a thread, which gets no signals."""
    monkeypatch.setattr(running, "LINES", 10_000)
    found, endless = [], own("layer_forward", "while True:\n        pass")
    with redirect_stdout(StringIO()) as paper:
        thread = threading.Thread(target=lambda: found.append(check("layer_forward", endless)), daemon=True)
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
    with pytest.raises(KeyboardInterrupt):
        check("neuron", own("neuron", "raise KeyboardInterrupt"))


def test_what_a_right_function_prints_stands_once_above_the_sentence():
    yours = own("neuron", "print('the inputs have', len(x)); return x @ w + b")
    assert told("neuron", yours) == (True, "right.", ["the inputs have 3"])


@pytest.mark.parametrize("step", ["neurons", "", None, 3, ["neuron"]])
def test_a_step_that_there_isn_t_is_refused(step):
    with refuses(f"step: expected one of neuron, layer_forward, ... got {step!r}"):
        check(step, print)


def test_example_shows_what_is_handed_over():
    seen = []
    told("mse", lambda y_hat, y: seen.append((y_hat, y)) or 0.0)
    assert all(np.array_equal(a, b) for a, b in zip(seen[0], example("mse").values(), strict=True))
    with refuses("step: expected one with tables, gradient_check is handed a cost"):
        example("gradient_check")


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


# What is said of an answer that no slip of the catalogue computes has to be true, and the true cause.
# Between " ... " are parts of the sentence; ^ is its beginning, $ its end; "not: " what it may not hold.

LAYERS = """A, dWs, dbs = [X], [None] * len(Ws), [None] * len(Ws)
    for W, b in zip(Ws, bs): A.append(sigmoid(A[-1] @ W + b))
    dA = mse_slope(A[-1], y)
    for l in reversed(range(len(Ws))):
        {}
    return dWs, dbs"""
BACK = "dWs[l], dbs[l], dA = layer_backward(A[l], Ws[l], D)"
SQUARE_ONLY = "D = dA * sigmoid_slope(A[l]) if A[l].shape == dA.shape else through_activation(dA, A[l + 1]); "
THROUGH = "D = through_activation(dA, A[l + 1]); " + BACK
LATER_W = "; dA = D @ Ws[min(l + 1, len(Ws) - 1)].T"
SLOPE = "D = dA * ({}); " + BACK
HERE = "A[l + 1] * (1 - A[l + 1])"
BACKWARD = """A1, A2 = two_layers(X, W1, b1, W2, b2)
    D2 = through_activation({}, A2)
    dW2, db2, dA1 = layer_backward(A1, W2, D2); {}
    D1 = through_activation({}, A1)
    dW1, db1, dX = layer_backward(X, W1, D1)
    return dW1, {}, dW2, db2"""
TRAIN = """for epoch in range(epochs):
        dW1, db1, dW2, db2 = backward(X, y, W1, b1, W2, b2)
        {0}W1, {0}W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2
        {0}b1, {0}b2 = b1 - learning_rate * db1, {1}
    return {0}W1, {0}b1, {0}W2, {0}b2"""
IN_TURN = """for _ in range(epochs):
        dW1, db1, dW2, db2 = backward(X, y, W1, b1, W2, b2)
        W{0}, b{0} = W{0} - learning_rate * dW{0}, b{0} - learning_rate * db{0}
        dW1, db1, dW2, db2 = backward(X, y, W1, b1, W2, b2)
        W{1}, b{1} = W{1} - learning_rate * dW{1}, b{1} - learning_rate * db{1}
    return W1, b1, W2, b2"""
EPOCHS = """for e in range({}):
        {}W1, b1, W2, b2 = train({}, W1, b1, W2, b2, {}, 1)
    return W1, b1, W2, b2"""
SMALL_ENOUGH = "if mse(two_layers(X, W1, b1, W2, b2)[1], y) < 1e-2: break\n        "
ON_TABLES = """out = np.zeros({0}.shape)
    for i in range({0}.shape[0]):
        for j in range({0}.shape[1]): out[i, j] = {1}
    return out"""
EACH_INPUT = """Z = np.zeros((len(A), W.shape[1]))
    for i, j, k in np.ndindex(*A.shape, W.shape[1]): Z[i, k] += A[i, j] * W[j, k] + b[0, k]
    return Z"""
SOFTMAX = "E = np.exp(Z - {}); P = {}; return {}, (P - Y) / len(Y)"
MAX, TOTAL = "Z.max(axis=1, keepdims=True)", "E.sum(axis=1, keepdims=True)"
COST = "-np.sum(Y * np.log(P)) / len(Y)"
BCE = "p = 1 / (1 + np.exp(-z)); C = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)); "
SUM = "dC_dZ.sum(axis=0, keepdims=True)"

SAID = [
    # one thing changed in the right line: the line is shown as it gives these numbers
    ("sigmoid", "1 / (1 + 2.718**-z)", "those of `a = 1 / (1 + 2.718 ** (-z))`. a[0, 0] is 0.61063, expected 0.61064, "
     "for z = [[0.45]]."),
    ("sigmoid_slope", "A * 1 - A", "those of `slope = A * 1 - A` ... not: 0 and 1 only"),
    ("layer_forward", "A @ W / len(A) + b", "those of `Z = A @ W / len(A) + b`"),
    ("update", "W - learning_rate - dW", "those of `new = W - learning_rate - dW`"),
    ("update", "W - 0.1 * dW", "those of `new = W - 0.1 * dW`"),
    ("update", "W", "The old weights came back"),
    ("through_activation", "dC_dA * A * 1 - A", "those of `dC_dZ = dC_dA * A * 1 - A`"),
    ("through_activation", "dC_dA * sigmoid(A)", "those of `dC_dZ = dC_dA * sigmoid(A)`"),
    ("two_layers", "A1 = sigmoid(X @ W1 + b1); return A1, sigmoid(X @ W2 + b2)", "of `Z2 = X @ W2 + b2`"),
    ("bce", "p = sigmoid(z); return -(y * np.log(p) + (1 - y) * np.log(1 - p)), (p - y) / len(y)",
     "of `C = -(y * log(sigmoid(z)) + (1 - y) * log(1 - sigmoid(z)))`"),
    ("bce", "C, d = bce(z, y); return C / np.log(2), d", "All of it is 1/log(2), as by log2, times what it should be"),
    # a part of what was given
    ("neuron", "for i in range(len(x)): return x[i] * w[i] + b", "Only the first input counts"),
    ("neuron", "for i in range(len(x)): z = x[i] * w[i]\n    return z + b", "Only the last input counts"),
    ("neuron", "x[1:] @ w[1:] + b", "The first input is left out"),
    ("neuron", "x[:-1] @ w[:-1] + b", "The last input is left out. z is"),
    ("layer_forward", "A @ W + b[0, 0]", "Of b the part of the first neuron was used for all of them."),
    ("mse", "((y_hat[:, 0] - y[:, 0])**2).mean()", "Only the first column counts"),
    # what numbers show
    ("neuron", "max(0, x @ w + b)", "z: Numbers below 0 were cut off. ... not: whatever it is handed"),
    ("mse_slope", "2 * abs(y_hat - y) / len(y)", "The minus signs were lost. ... not: rows"),
    ("mse_slope", "2 * (y_hat - y.ravel()) / len(y)", "A column and a row were put together"),
    ("sigmoid_slope", "A @ (1 - A).T", "A matrix product: it adds up along the rows"),
    ("sigmoid_slope", "np.outer(A[:, 0], A[:, 1])", "not: A matrix product"),
    ("mse_slope", "y_hat @ y.T", "not: broadcast"),
    ("mse", "((y_hat - y)**2).mean(axis=0)", "What is left is a table: its numbers still have to be averaged. "
     "C has shape (2,), expected (), for y_hat (5, 2), y (5, 2). ... not: Along axis 0"),
    ("mse", "-np.log(y_hat * y).mean()", "There is nan in it. C is nan, expected 5.523, for y_hat = [[-0.43]], "
     "y = [[1.92]]. (NumPy remarks: invalid value encountered in log ... not: 0/0"),
    ("layer_backward", "layer_backward(A, W, dC_dZ)[::-1]", "^The tables are right, but stand in another order: "
     "expected dC_dW, dC_db, dC_dA.$"),
    # what it doesn't depend on, and for what it is right
    ("train", EPOCHS.format("4", "", "X, y", "learning_rate"), "stays the same when epochs changes."),
    ("neuron", "x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b", "Right for 3 inputs, but not for 2 inputs"),
    ("neuron", "x[0] * w[0] + x[1] * w[1] + b", "Right for 2 inputs, but not for 3 inputs: z is"),
    ("neuron", "x @ w - abs(b)", "z is 1.314, expected 3.054"),
    ("neuron", "x @ w + abs(b)", "`z = x @ w + abs(b)`. z is -0.92, expected -2.68"),
    ("layer_forward", "A @ W + abs(b)", "`Z = A @ W + abs(b)`. Z[0, 0] is -0.1074, expected -2.107"),
    ("update", "W - abs(learning_rate * dW)", "new[0, 0] is -1.141, expected -1.02"),
    ("layer_forward", "A @ W + b + np.random.default_rng().normal()", "is there chance in it"),
    # in the words of the stub, and in the function that was checked
    ("layer_backward", "A.T @ dC_dZ, dC_dZ.mean(axis=0, keepdims=True), dC_dZ @ W.T", "dC_db: Averaged: the 1/N is in "
     "dC_dZ already."),
    ("backward", "layer_backward(X.T, W1, y)", "It stops in line 2 of backward, in layer_backward, with ValueError: "
     "matmul: the inner sizes of a product differ, 3 on the left and 5 on the right"),
    ("update", "W -= learning_rate * dW", "It writes into W and returns nothing"),
    ("softmax", "P = np.exp(Z); return P / P.sum(axis=1, keepdims=True)", "It returns one table of shape (5, 2) alone"),
    # many digits, and no minus before a 0
    ("softmax", "C, D = softmax(Z, Y); return C + 1e-4, D", "C is 0.0001, expected 0, for Z = [["),
    ("mse", "((y_hat - y)**2).mean() * 1.00002", "C is 5.5226, expected 5.5225, for y_hat = [["),
    # a cause fits one row as well as many; what rounds down is told
    ("mse_slope", "2 // len(y) * (y_hat - y)", "There is `//` in it, which rounds down to a whole number"),
    ("sigmoid", "1 // (1 + np.exp(-z))", "There is `//` in it"),
    # which table is wrong, after one epoch already
    ("train", TRAIN.format("", "b2"), "b2 never moves"),
    ("train", TRAIN.format("", "b2 - learning_rate * dW2.sum(axis=0, keepdims=True)"), "b2 moves by the sum of dW2"),
    ("train", TRAIN.format("", "b2 - learning_rate * np.sqrt(abs(db2))"), "new_b2[0, 0] is -1.989, expected -1.851, "
     "for X = [[-0.44]], y = [[0.0]], W1 = [[-0.75]], b1 = [[0.33]], W2 = [[0.41]], b2 = [[-1.81]], "
     "learning_rate = 0.79, epochs = 1."),
    ("train", TRAIN.format("n", "b2 - learning_rate * db2"), "or does each epoch start from"),
    ("train", IN_TURN.format(2, 1), "^The second layer was moved before"),
    ("train", IN_TURN.format(1, 2), "^The first layer was moved before"),
    ("train", EPOCHS.format("epochs", "for i in range(len(X)): ", "X[i:i + 1], y[i:i + 1]", "learning_rate"),
     "A step after each row"),
    ("train", EPOCHS.format("epochs", "", "X, y", "learning_rate / (e + 1)"), "The learning rate was divided by the "
     "number of the epoch"),
    # what was let through
    ("train", EPOCHS.format("epochs", SMALL_ENOUGH, "X, y", "learning_rate"), "Right for a few epochs, but not for "
     "2000: on XOR it answers 0.11, 0.91, 0.90, 0.10, expected 0.02, 0.98, 0.98, 0.02. Does it stop before all epochs "
     "are over?"),
    ("sigmoid", "1 / (1 + np.exp(-np.clip(z, -3, 3)))", "Right for small numbers, but not for larger ones: a[0, 0] is "
     "0.9526, expected 0.9975, for z = [[6.0, -6.0], [12.0, -30.0]]. Is something cut off?"),
    ("sigmoid", ON_TABLES.format("z", "1 / (1 + np.exp(-z[i, j]))"), "Right for a table of rows and columns, but not "
     "for one with one axis: It stops in line 4"),
    ("sigmoid_slope", ON_TABLES.format("A", "A[i, j] * (1 - A[i, j])"), "but not for one with one axis"),
    # where it overflows, by NumPy's remarks
    ("sigmoid", "np.exp(z) / (1 + np.exp(z))", "^right. (For a z of 800 or -800 it gives nan or inf (NumPy remarks: "
     "overflow"),
    ("bce", "C = np.mean(np.logaddexp(0, z) - y * z); return C, (np.exp(z) / (1 + np.exp(z)) - y) / len(y)",
     "There exp overflowed (NumPy remarks: overflow encountered in exp): 1 / (1 + exp(-z)) equals"),
    ("bce", BCE + "return C, bce(z, y)[1]", "^Right for small numbers ... np.logaddexp(0, z) is"),
    ("bce", BCE + "return C, (p - y) / len(y)", "There log was asked for 0 (NumPy remarks: divide by zero encountered "
     "in log): np.logaddexp"),
    ("softmax", SOFTMAX.format("0", "E / " + TOTAL, COST), "^Right for small numbers ... take each row's largest logit "
     "off"),
    ("softmax", SOFTMAX.format("Z.max()", "E / " + TOTAL, COST), "There 0 was divided by 0, or infinity by infinity "
     "(NumPy remarks: invalid"),
    # Python's words, and what to write
    ("mse", "np.mean((y_hat - y) ^ 2)", "(`^` is no power in Python: write `**`)"),
    ("update", "W - learning_rate @ dW", "(`@` is for tables: a number is multiplied by `*`)"),
    ("sigmoid", "import math; return 1 / (1 + math.exp(-z))", "NumPy's take a table: np.exp"),
    ("sigmoid", "1 if z > 0 else 0", "(a table has an answer for each entry"),
    # where it stops is told before the cause
    ("layer_forward", "W @ A + b", "the inner sizes of a product differ, 2 on the left and 5 on the right. The weights "
     "stand first: here rows are samples."),
    ("softmax", SOFTMAX.format(MAX, "E / E.sum(axis=1)", COST), "shapes (5,2) (5,). P: The sums of the rows have lost "
     "an axis"),
    # more that is named
    ("layer_forward", EACH_INPUT, "The bias was added once for each input"),
    ("sigmoid", "0.5 * (1 + np.tanh(z))", "z was doubled (by tanh it is (1 + tanh(z/2))/2)"),
    ("layer_backward", f"A.T @ dC_dZ, {SUM}, dC_dZ @ W.reshape(W.shape[1], -1)", "dC_dA: W was reshaped"),
    ("layer_backward", f"A.reshape(-1, len(A)) @ dC_dZ, {SUM}, dC_dZ @ W.T", "dC_dW: A was reshaped"),
    ("layer_backward", "A.T @ dC_dZ, dC_dZ.sum(0), dC_dZ @ W.T", "^right. (dC_db has shape (2,); it broadcasts as "
     "(1, 2) does.)$"),
    ("backward", BACKWARD.format("mse(A2, y)", "", "dA1", "db1"), "dC_dA2: That is the cost itself"),
    ("backward", BACKWARD.format("mse_slope(A2, y)", "W2 = W2 - dW2; dA1 = D2 @ W2.T", "dA1", "db1"), "W2 was moved"),
    ("backward", BACKWARD.format("mse_slope(A2, y)", "", "dA1", "dX"), "db1: That is the slope of the layer's input"),
    ("mse", "np.median((y_hat - y)**2)", "That is the median of the squares"),
    ("mse", "np.var(y_hat - y)", "that is the variance of the errors"),
    ("softmax", SOFTMAX.format(MAX, "E / np.exp(Z).sum(axis=1, keepdims=True)", COST), "off above the line alone"),
    # with one class p is 1, whatever one does; with one row and one class, too: that is no evidence
    ("softmax", SOFTMAX.format(MAX, "E / " + TOTAL, "np.mean(1 - np.sum(P * Y, axis=1))"), "^C is 0.9449"),
    ("softmax", SOFTMAX.format(MAX, "E / " + TOTAL, "-np.log(np.mean(np.sum(P * Y, axis=1)))"), "^C is 2.899"),
    ("softmax", SOFTMAX.format(MAX, "E / E.sum(axis=0, keepdims=True)", COST), "^C is 0.6931, expected 0, for Z = "),
    # any number of layers; what holds for two only is no cause with three, and numbers aren't blamed for sizes
    ("deep_backward", "dWs = dbs = [None] * len(Ws); return dWs, dbs", "dWs and dbs are one and the same list"),
    ("deep_backward", "dWs, dbs = deep_backward(X, y, Ws, bs); return [*[None] * (len(Ws) - 1), dWs[-1]], dbs",
     "dWs has the last layer's table alone"),
    ("deep_backward", LAYERS.format(THROUGH + "; dA = D @ Ws[-1].T if l else dA"), "^Right for 2 layers, but not for 3 "
     "layers: It stops in line 6 of deep_backward, with ... not: numbers"),
    ("deep_backward", LAYERS.format(THROUGH + LATER_W), "^It stops in line 6 of deep_backward ... not: len(X) ... "
     "not: dW3"),
    ("deep_backward", LAYERS.format(SQUARE_ONLY + BACK), "^dW1[0, 0] is -0.1694, expected 0.008589, for X = [[-1.73]]"),
    ("deep_backward", LAYERS.format(SLOPE.format(HERE + " if l + 1 == len(Ws) else 1")), "In the hidden layers the "
     "activation was passed without"),
    ("deep_backward", LAYERS.format(SLOPE.format("1 if l + 1 == len(Ws) else " + HERE)), "In the last layer the "
     "activation was passed without"),
    ("deep_backward", LAYERS.format(SLOPE.format("sigmoid(A[l + 1]) * (1 - sigmoid(A[l + 1]))")), "`dC_dZ2 = dC_dA2 * "
     "sigmoid(A2) * (1 - sigmoid(A2))`, and so in every layer"),
    ("deep_backward", LAYERS.format(SLOPE.format("A[l + 1]")), "`dC_dZ2 = dC_dA2 * A2`, and so in every layer"),
    # a gradient check that is none
    ("gradient_check", "abs(dW).sum()", "It returns a number"),
    ("gradient_check", "dW == dW", "It returns a verdict for each entry: one is expected"),
    ("gradient_check", "'yes'", "It returns a str"),
    ("gradient_check", "print(True)", "It prints its result and returns nothing"),
    ("gradient_check", "W += 1e-5; cost(W); return True", "It writes into W"),
    ("gradient_check", "bool(dW[0, 0] > 0)", "It never asks the cost"),
    ("gradient_check", "cost(W.ravel()); return True", "the cost expects W of shape (3, 2), got (6,)"),
    ("gradient_check", "NotImplemented", "not written yet"),
    ("gradient_check", "gradient(cost, W)", "It returns the slopes that it has found"),
    ("gradient_check", "2 * gradient(cost, W)", "It returns numbers: compare them"),
    ("gradient_check", "gradient(cost, W) == dW", "It returns a verdict for each entry"),
]  # fmt: skip

# What numbers show of a layer whose right answer is Z

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
SAID += [("layer_forward", f"Z = A @ W + b; return {wrong}", said) for wrong, said in SHOWN.items()]

# How a gradient check nudges, why it refuses what is right, what it tolerates

NUDGES = """W, S, h, C = W.copy(), np.zeros(W.shape), {}, cost(W)
    for i in np.ndindex(W.shape):
        {}
    return bool({})"""
CLOSE = "np.allclose(S, dW, rtol=1e-3, atol=1e-8)"
UP, UP_AND_DOWN = "P = W.copy(); P[i] += h; ", "P = W.copy(); P[i] += h; Q = W.copy(); Q[i] -= h; "
CHECKS = {
    "W[i] += h; S[i] = (cost(W) - C) / h": "It nudges several entries of W at once",
    "P = W.copy(); P[i] += 1; S[i] = cost(P) - C": "It nudges by 1: too far",
    "P = W.copy(); P[i] += 1e-15; S[i] = (cost(P) - C) / 1e-15": "so little that rounding is all that is left",
    UP_AND_DOWN + "S[i] = (cost(P) - cost(Q)) / h": "twice as large as they are",
    "P = W.copy(); P[i] -= h; S[i] = (cost(P) - C) / h": "have the wrong sign",
    "S[i] = (cost(W + h) - cost(W - h)) / (2 * h)": "It nudges all entries of W at once.",
    UP
    + "S[i] = dW[i] if i == (2, 1) else (cost(P) - C) / h": "It accepts a gradient whose last entry alone is wrong",
    UP + "S[i] = dW[i] if i == (1, 1) else (cost(P) - C) / h": "It never nudges W[1, 1].",
}
SAID += [("gradient_check", NUDGES.format("1e-6", nudge, CLOSE), said) for nudge, said in CHECKS.items()]

BY_LENGTH = "np.linalg.norm(S - dW) <= 1e-4 * (np.linalg.norm(S) + np.linalg.norm(dW))"
ONE_BY_ONE = "np.all(abs(S - dW) / (abs(S) + abs(dW)) < 1e-4)"
RIGHT_SLOPE = "(cost(P) - cost(Q)) / (2 * h)"
INEXACT = "what is right, too: slopes by numbers are never exact."
REFUSES = [
    ("cost(P) - cost(Q)", BY_LENGTH, "The slopes that it finds are 2h times what they are: divide by (2 * h)."),
    ("(cost(P) - cost(Q)) / 2 * h", BY_LENGTH, "The slopes that it finds are h² times what they are: it multiplies by "
     "h. `/ 2 * h` needs brackets, / (2 * h)."),
    ("cost(P) - cost(W)", BY_LENGTH, "The slopes that it finds are h times what they are: divide by h."),
    ("(cost(P) - cost(Q)) / 2 * h", "np.allclose(S, dW)", "The slopes that it finds are h² times"),
    (RIGHT_SLOPE, ONE_BY_ONE, "It refuses what is right, too, where a slope is 0: is there a 0/0?"),
    (RIGHT_SLOPE, "np.all(S == dW)", "It refuses everything, " + INEXACT),
    (RIGHT_SLOPE, "abs(S - dW).max() < 1e-15", INEXACT),
    (RIGHT_SLOPE + " + 1", BY_LENGTH, "It refuses everything, what is right, too: dW = [["),
]  # fmt: skip
SAID += [
    ("gradient_check", NUDGES.format("1e-5", f"{UP_AND_DOWN}S[i] = {slope}", verdict), said)
    for slope, verdict, said in REFUSES
]

TOLERANCES = {
    "np.allclose(S, dW)": "Its tolerance is absolute where slopes are tiny (np.allclose has atol=1e-8 by itself)",
    "np.all(abs(S - dW) < 1e-4 * S.sum())": "It refuses a right gradient whose entries add up to less than 0: what is "
    "tolerated needs `abs`",
    "np.all(abs(S - dW) < 1e-4 * abs(S).max())": "^right. It refuses 14 wrong gradients and accepts 5 right ones.",
    "np.all(abs(S - dW) <= 1e-4 * (abs(S) + abs(dW)))": "^right.",
    "(abs(S - dW) / np.maximum(1e-8, abs(S) + abs(dW))).max() < 1e-3": "^right.",
}
SAID += [
    ("gradient_check", f"S = gradient(cost, W); return bool({verdict})", said)
    for verdict, said in TOLERANCES.items()
]


@pytest.mark.parametrize(("step", "body", "said"), SAID)
def test_what_is_said_is_true(step, body, said):
    right, sentence, _ = told(step, own(step, body))
    assert right == said.startswith("^right.")
    for part in said.split(" ... "):
        assert (part.removeprefix("not: ") in f"^{sentence}$") == (not part.startswith("not: ")), sentence


def test_the_text_says_what_is_let_through():
    said = "a bias, or its gradient, of shape `(m,)` instead of `(1, m)` is let through with a remark"
    assert said in cells(WORKSHOP, "markdown")[0]


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


def test_two_slips_at_once_are_both_named():
    slips = STEPS["backward"].slips
    (one, first), (other, second) = slips["dC_dA2: no 2"], slips["dC_dZ1: no slope"]
    right, sentence, _ = told("backward", written("backward", one | other))
    assert not right
    assert sentence == in_letters(f"{first} And {second}")


@every_step_with_tables
def test_whatever_numbers_come_back_there_is_a_counter_example(step):
    """Noise: no cause, but the input, the reader's number and the right one, which look different."""

    def noise(*given):
        found = STEPS[step].answers(dict(zip(TAKES[step], given, strict=True)))
        noisy = [table + 1e-4 * np.sin(37 * table + 1) for table in found]
        if step == "deep_backward":
            return noisy[: len(noisy) // 2], noisy[len(noisy) // 2 :]
        return noisy[0] if len(noisy) == 1 else noisy

    right, sentence, _ = told(step, noise)
    pattern = rf".* is ([-\d.e]+), expected ([-\d.e]+), for {TAKES[step][0]} = "
    theirs, expected = re.match(pattern, sentence).groups()
    assert not right
    assert theirs != expected
    assert abs(float(theirs) - float(expected)) < 2e-3
    assert "-0," not in sentence


# The workshop itself


def run_cells(filled):
    """What the workshop's cells print, one after the other; with the solutions in place of the stubs."""
    names, paper = {"__name__": "__main__"}, StringIO()
    code = cells(WORKSHOP, "code")[1:]
    stubs = [source for source in code if "raise NotImplementedError" in source]
    assert len(stubs) == len(FOLDED) == len(NAMES)
    with redirect_stdout(paper):
        for source in code:
            source = FOLDED[stubs.index(source)] if filled and source in stubs else source
            exec(compile(source, "cell", "exec"), names)
    return paper.getvalue().splitlines()


def test_the_workshop_runs_with_its_stubs_as_it_is_stored():
    printed = run_cells(filled=False)
    assert printed[0] == "neuron: not written yet."
    assert sum(line.endswith(": not written yet.") for line in printed) == len(NAMES)
    said = [o["text"] for cell in stored(WORKSHOP)[1:] for o in cell.get("outputs", [])]
    assert "".join("".join(text) for text in said).splitlines() == printed


def test_the_workshop_runs_with_its_solutions_put_in():
    printed = run_cells(filled=True)
    assert [line.split(":")[0] for line in printed if ": right." in line] == NAMES
    assert any(line.startswith("XOR: [0.0") for line in printed)
    (last,) = [line for line in printed if line.startswith("Right: ")]
    assert int(last.split()[1]) >= 85


@every_step
def test_each_stub_says_what_its_solution_takes(step):
    (stub,) = [c for c in cells(WORKSHOP, "code") if c.startswith(f"def {step}(")]
    assert re.match(rf"def {step}\((.*)\):", stub)[1].split(", ") == TAKES[step]
    assert max(map(len, stub.splitlines())) <= 79
