"""The judge in a real browser: what it reads, what it says, and what its reader can do with it."""

import ast
import json

import numpy as np
import pytest

from lib import language
from lib.practice import Blanks, Draw, Number
from lib.practice.page import SCRIPTS
from tests.helpers import ROOT
from tests.questions import questions
from tests.test_practice import data

SAMPLES = questions()
STATIC = ROOT / "lib" / "practice" / "static"
TAGS = "".join(
    f'<script src="{name}" defer></script>' for name in SCRIPTS
)  # a page where nothing comes later
GIVEN = {
    "A": [[1, 2], [3, -4], [0.5, 1], [-2, 3]],
    "D": [[1], [-1], [2], [0.5]],
    "W": [[1, -2], [0.5, 3]],
    "v": [2, -1],
    "x": 3,
    "y": -0.5,
}

# Text to text: what is judged is either read, {"text", "value"} or refused, {"stop", "kind"}.
READ = """([texts, given]) => {
  const {read, value, text, math, Stop} = practice;
  const array = (v) => ({shape: Array.isArray(v) ? (Array.isArray(v[0]) ? [v.length, v[0].length] : [v.length]) : [],
                         data: [v].flat(2)});
  const arrays = Object.fromEntries(Object.entries(given).map(([name, v]) => [name, array(v)]));
  const names = Object.keys(given);
  return texts.map((typed) => {
    try {
      const {tree, changed} = read(typed, names);
      const found = value(tree, arrays);
      const again = read(text(tree), names).tree;
      const same = JSON.stringify(again) === JSON.stringify(tree);
      return {text: text(tree), value: found.data, shape: found.shape, changed, math: math(tree), same};
    } catch (trouble) {
      if (!(trouble instanceof Stop)) throw trouble;
      return {stop: trouble.message, kind: trouble.kind};
    }
  });
}"""


def read(judge, *texts, given=GIVEN):
    return judge.evaluate(READ, [list(texts), given])


def judged(judge, name, typed):
    question = data(SAMPLES[name]) if isinstance(name, str) else data(name)
    return judge.evaluate("([question, typed]) => practice.judge(question, typed)", [question, typed])


# The same language as NumPy's


def expression(rng, depth):
    """A random expression of the language, as Python writes it."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(
            ["A", "D", "W", "v", "x", "y", "2", "0.5", "pi", "3", "[[1, 2]]", "[1, -2]", "1e-3"]
        )
    one, two, three = (expression(rng, depth - 1) for _ in range(3))
    forms = [f"{one} {sign} {two}" for sign in "+ - * / @ @ *".split()]
    forms += [f"({one}) {sign} ({two})" for sign in "+ - * / @ ** > <=".split()]
    forms += [f"-{one}", f"-({one})**2", f"({one})**-1", f"2**{rng.choice(['x', 'y', '-x'])}**2", f"({one})"]
    forms += [f"({one}).{method}" for method in ("T", "mT", "sum()", "mean()", "sum(axis=0)", "sum(axis=-1)")]
    forms += [f"({one}).mean(axis=1, keepdims=True)", f"({one}).sum(axis=0, keepdims=True)"]
    forms += [f"{name}({one})" for name in "exp log sqrt abs sigmoid tanh".split()]
    forms += [f"maximum({one}, {two})", f"where({one} > {two}, {one}, {three})"]
    return rng.choice(forms)


class Numbers(ast.NodeTransformer):
    """Bare numbers and lists become NumPy's, so that they have methods, and floats' rules."""

    def visit_Constant(self, node):
        return call("float64", node) if type(node.value) in (int, float) else node

    def visit_List(self, node):
        return call("array", self.generic_visit(node))

    def visit_Compare(self, node):
        return call("as_floats", self.generic_visit(node))

    def visit_keyword(self, node):
        return node


def call(name, node):
    return ast.Call(ast.Name(name, ast.Load()), [node], [])


def numpy_value(text):
    """What Python and NumPy themselves make of a text, or None where they refuse it or it isn't finite."""
    tree = ast.fix_missing_locations(Numbers().visit(ast.parse(text, mode="eval")))
    space = {name: np.asarray(value, dtype=float) for name, value in GIVEN.items()}
    space |= {name: function for name, (_, function) in language.FUNCTIONS.items()}
    space |= {"pi": np.float64(np.pi), "float64": np.float64, "array": np.array}
    space |= {"as_floats": lambda truths: np.asarray(truths, dtype=float)[()]}
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            value = np.asarray(eval(compile(tree, "text", "eval"), space), dtype=float)
    except (ValueError, TypeError, FloatingPointError, AttributeError):  # 2 @ 3, and numbers have no .mT
        return None
    return value if np.isfinite(value).all() else None


def test_500_random_expressions_agree_with_numpy(judge, record_property):
    rng = np.random.default_rng(14)
    texts = [str(expression(rng, depth)) for depth in (1, 2, 2, 3, 3) for _ in range(100)]
    both, refused = 0, 0
    for text, found in zip(texts, read(judge, *texts), strict=True):
        wanted = numpy_value(text)
        try:
            reference = language.evaluate(text, GIVEN)
        except ValueError:
            reference = None
        assert (wanted is None) == (reference is None) == ("stop" in found), (text, wanted, reference, found)
        if wanted is None:
            refused += 1
            continue
        both += 1
        for other in (reference, np.reshape(found["value"], found["shape"])):
            assert other.shape == wanted.shape, text
            assert np.allclose(other, wanted, rtol=1e-9, atol=1e-9), text
    record_property(
        "printed",
        f"500 random expressions: {both} with the same value in JavaScript and NumPy, {refused} refused by both",
    )
    assert min(both, refused) > 120


def test_the_echo_read_again_is_the_same(judge):
    rng = np.random.default_rng(15)
    texts = [str(expression(rng, 3)) for _ in range(500)]
    read_again = [found for found in read(judge, *texts) if "stop" not in found]
    assert len(read_again) > 120
    for found in read_again:
        assert found["same"], found["text"]
        assert np.allclose(
            language.evaluate(found["text"], GIVEN), np.reshape(found["value"], found["shape"])
        )


# What is really typed


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("np.dot(A.T, D)", "A.T @ D"),
        ("A.T.dot(D)", "A.T @ D"),
        ("np.matmul(np.transpose(A), D)", "A.T @ D"),
        ("A.transpose() @ D", "A.T @ D"),
        ("Aᵀ · D", "A.T @ D"),
        ("np.sum(D, axis=0)", "D.sum(axis=0)"),
        ("D.sum(0, keepdims=True)", "D.sum(axis=0, keepdims=True)"),
        ("sum(D, axis=0)", "D.sum(axis=0)"),
        ("np.multiply(x, A)", "x * A"),
        ("np.square(A)", "A**2"),
        ("np.mean(A)", "A.mean()"),
        ("2x", "2 * x"),
        ("2(x+1)", "2 * (x + 1)"),
        ("xy", "x * y"),
        ("2xy²", "2 * x * y**2"),
        ("x(1 - x)", "x * (1 - x)"),
        ("2x²", "2 * x**2"),
        ("x^3", "x**3"),
        ("x · y", "x * y"),
        ("A ⊙ A", "A * A"),
        ("x × y ÷ 2", "x * y / 2"),
        ("−x – 1", "-x - 1"),
        ("√x", "sqrt(x)"),
        ("√(x + 1)", "sqrt(x + 1)"),
        ("2√x y", "2 * sqrt(x) * y"),
        ("σ(x)", "sigmoid(x)"),
        ("2π", "2 * pi"),
        ("ln(x)", "log(x)"),
        ("0,15", "0.15"),
        ("-0,5", "-0.5"),
        ("dW = A.T @ D", "A.T @ D"),
        ("x = 2*x", "2 * x"),
        ("np.exp(-x)", "exp(-x)"),
        ("2*-x", "2 * -x"),
        ("-x**2", "-x**2"),
        ("(-x)**2", "(-x)**2"),
        ("x²y", "x**2 * y"),
        ("2x^3 y", "2 * x**3 * y"),
        ("2x**3 (y + 1)", "2 * x**3 * (y + 1)"),
        ("np.linalg.norm(v)", "sqrt((v**2).sum())"),
        ("norm(A - 1)", "sqrt(((A - 1)**2).sum())"),
    ],
)
def test_read_as(judge, typed, text):
    (found,) = read(judge, typed)
    assert found["text"] == text
    assert found["same"]


def test_names_as_a_pencil_writes_them(judge):
    given = {"z1": 1, "A_2": [[1, 2]], "y_hat": 0.5, "alpha": 2, "delta2": 3, "dC_dA1": 4, "lam": 5}
    texts = ["z₁ + z_1", "A₂ + A2", "ŷ + yhat", "α", "δ₂ + δ_2", "dC_dA₁ + dCdA1", "λ + lambda"]
    found = read(judge, *texts, given=given)
    assert [one.get("text") for one in found] == [
        "z1 + z1", "A_2 + A_2", "y_hat + y_hat", "alpha", "delta2 + delta2", "dC_dA1 + dC_dA1",
        "lam + lam",
    ]  # fmt: skip
    assert all(one["changed"] for one in found)


def test_what_is_read_as_it_was_typed_is_not_said_again(judge):
    texts = ["A.T@D", "A.T @ D / 4", "np.exp(x)", "(1 - x) * x", "D.sum(axis=0, keepdims=True)"]
    assert [found["changed"] for found in read(judge, *texts)] == [False] * 5


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("A' D", "two meanings"),
        ("σ'(x)", "<code>σ'</code> stands for a derivative"),
        ("Aᵀ D", "A.T @ D"),
        ("A × A", "two meanings"),
        ("AD", "Two tables side by side have two meanings"),
        ("e^-x", "exp(…)"),
        ("np.e**x", "exp(…)"),
        ("1/2x", "two meanings"),
        ("x^2y", "<code>x^2y</code> has two meanings"),
        ("2x^3y", "<code>x^3y</code> has two meanings"),
        ("x/2 y", "<code>x/2 y</code> has two meanings"),
        ("1/xy", "<code>1/xy</code> has two meanings"),
        ("(1 + x) / y(1 - x)", "<code>/ y(</code> has two meanings"),
        ("(A @ D)'", "a transpose as <code>).T</code>"),
        ("x + np.", "<code>np.</code> isn't among"),
        ("np.A.exp(x)", "<code>np.A</code> isn't among"),
        ("A.T.inv()", "<code>.inv</code> isn't known here"),
        ("A.sum(0.5)", "axis is 0 or 1"),
        ("A.dot(D, W)", "<code>dot</code> is written <code>.dot(…)</code>"),
        ("np.linalg.inv(W)", "<code>np.linalg.inv</code> isn't among"),
        ("np.linalg.norm(A, axis=0)", "<code>norm</code> takes no <code>axis=</code> here"),
        ("sum(A)", "two meanings"),
        ("|x|", "abs(x)"),
        ("a @ D", "Did you mean <code>A</code>"),
        ("sigmiod(x)", "isn't a name"),
        ("tahn(x)", "isn't a name"),
        ("sigmoi(x)", "Did you mean <code>sigmoid</code>"),
        ("exp", "<code>exp</code> is written <code>exp(…)</code>"),
        ("D.sum", "<code>sum</code> is written <code>.sum()</code>"),
        ("A[0]", "Picking entries"),
        ("A @", "ends too early"),
        ("(A", "open at the end"),
        ("A)", "never opened"),
        ("1 < x < 2", "two things at a time"),
        ("x == 2 = 3", "only the right side"),
        ("exp(x, y)", "<code>exp</code> is written <code>exp(…)</code>"),
        ("np.linalg(x)", "isn't among"),
        ("A.sum(axis=7)", "no axis 7"),
        ("A.sum(dtype=2)", "takes no <code>dtype=</code> here"),
        ("D @ A", "inner sizes 1 and 4 differ"),
        ("A + [1, 2, 3]", "2 against 3"),
        ("x @ y", "single number"),
        ("[[1, 2], [3]]", "same length"),
        ("x / 0", "divides by zero"),
        ("log(y)", "has no value for"),
        ("exp(1000)", "too large"),
    ],
)
def test_asked_back(judge, typed, words):
    (found,) = read(judge, typed)
    assert words in found.get("stop", "nothing"), found


# Answers, and what is said to them


EQUIVALENT = {
    "weights": "A.T@D | A.mT @ D | np.dot(A.T, D) | A.T.dot(D) | Aᵀ·D | np.matmul(A.transpose(), D) | (D.T @ A).T"
    " | np.transpose(D.T @ A) | dC_dW = A.T @ D | N * (A.T @ D) / N | -(A.T @ -D) | A.T @ (D * 1/N) * N",
    "power": "8*x**3 + 2*x | 2x + 8x³ | 2x+8x^3 | 2·x + 8·x³ | 2*x*(1 + 4*x**2) | 2x(1+4x²) | f = 2x + 8x³"
    " | x*(2 + 8*np.square(x)) | x*2 + (2*x)**3 | 2 * x + 4 * 2 * x**3 | x + x + 8*x*x*x | −(−2x − 8x³)",
    "bias": "D.sum(0, keepdims=True) | np.sum(D, axis=0, keepdims=True) | D.sum(axis=-2, keepdims=True)"
    " | [[1, 1, 1, 1]] @ D | N * D.mean(axis=0, keepdims=True) | D.mean(0, keepdims=1) * 4"
    " | sum(D, axis=0, keepdims=True) | (D.T).sum(axis=1, keepdims=True).T",
    "hidden": "A1 * (1-A1) * dC_dA1 | (1 - A1) * A1 * dC_dA1 | dC_dA1 * (A1 - A1**2) | dC_dA1 ⊙ A₁ ⊙ (1 − A₁)"
    " | dC_dA1 * A1 - dC_dA1 * A1² | np.multiply(dC_dA1, A1 * (1 - A1)) | -dC_dA1 * A1 * (A1 - 1)"
    " | dC_dA_1 * A_1 * (1 - A_1) | dC_dA1 * (0.25 - (A1 - 1/2)**2)",
    "row": "3 | 3.0 | +3 | 6/2 | 3,0 | 1*1 + 2*2 - 3 + 1 | √9 | 2² − 1 | 3e0",
    "slope": "0.15 | .15 | 0,15 | 3/20 | 2*0.3/4 | 0.6/4 | 15e-2 | 0.150",
}


@pytest.mark.parametrize("name", EQUIVALENT)
def test_equivalent_answers_are_accepted(judge, name):
    ways = EQUIVALENT[name].split(" | ")
    assert len(ways) >= 8
    found = {typed: judged(judge, name, typed) for typed in ways}
    assert {typed: one["kind"] for typed, one in found.items()} == dict.fromkeys(ways, "right"), found


@pytest.mark.parametrize(
    ("name", "typed", "kind", "words"),
    [
        ("weights", "A @ D", "slip", "(4, 2)(4, 1): the inner sizes 2 and 4 differ. Over which index"),
        ("weights", "np.dot(A, D)", "slip", "belong together"),
        ("weights", "D @ A", "misfit", "(4, 1)(4, 2): the inner sizes 1 and 4 differ."),
        ("weights", "D.T @ A", "slip", "The shape is (1, 2), and (2, 1) is asked for, like <code>W</code>. Rows of"),
        ("weights", "(A.T @ D).T @ [[1, 0], [0, 1]]", "slip", "Rows of"),
        ("weights", "(A * D).sum(axis=0)", "shape", "(2, 1) is asked for"),
        ("weights", "A.T @ D * 2", "factor", "twice too large"),
        ("weights", "A.T @ D * N", "factor", "4 is the number of rows of <code>A</code>"),
        ("weights", "-A.T @ D", "sign", "the size is right, the sign isn't"),
        ("weights", "A.T @ D / 3 * -1", "factor", "three times too small, and of the other sign"),
        ("weights", "A.T @ (D + 1)", "entry", "of yours is"),
        ("weights", "A.T @ D / 0", "zero", "divides by zero"),
        ("weights", "<", "unread", "<code>&#60;</code>"),
        ("bias", "D.sum(axis=0)", "shape", "keepdims=True"),
        ("bias", "2 * D", "shape", "(1, 3) is asked for, like <code>b</code>."),
        ("bias", "D.sum()", "shape", "This is one number, and (1, 3) is asked for"),
        ("hidden", "dC_dA1", "local", "σ' of the hidden layer"),
        ("hidden", "dC_dA1 * A1", "local", "missing: 1 − A1"),
        ("hidden", "dC_dA1 * 3", "local", "And then it is three times too large"),
        ("hidden", "dC_dA1 * (A1 * (1 - A1))**2", "local", "too much"),
        ("power", "abs(2*x + 8*x**3)", "some", "Right for some numbers, but not for all: with"),
        ("power", "x", "entry", "and"),
        ("row", "2", "slip", "without the bias"),
        ("row", "-3", "sign", "Almost: the size is right, the sign isn't."),
        ("row", "6", "factor", "Almost: it is twice too large."),
        ("row", "7", "size", "The answer is less than 7."),
        ("row", "[1, 2]", "unread", "not a table"),
        ("row", "x @ w + b", "unread", "please put its number in"),
        ("slope", "0.2", "rounded", "please give 2 decimals"),
        ("slope", "-0.15", "slip", "That is"),
        ("slope", "0.155", "right", ""),
        ("bias-shape", float("nan"), "unread", "Choose one first."),
    ],
)  # fmt: skip
def test_verdicts(judge, name, typed, kind, words):
    found = judged(judge, name, typed)
    assert found["kind"] == kind, found
    assert words in found["sentence"]


def test_a_mark_between_thousands_is_no_decimal_comma(judge):
    question = Number("kilo", "?", given={"a": 6}, answer="1000 * a", truth=lambda a: 6000)
    for typed in ("6,000", "6.000"):
        found = judged(judge, question, typed)
        assert found["kind"] == "unread"
        assert "a mark between its thousands" in found["sentence"]


def test_no_verdict_gives_the_answer_away(judge):
    for typed in ("A @ D", "D.T @ A", "A", "A.T @ (D + 1)", "A.T @ D * 2", "AD"):
        assert "A.T @ D" not in judged(judge, "weights", typed)["sentence"]
    for typed in ("7", "-3", "6", "0"):
        assert "3" not in judged(judge, "row", typed)["sentence"].replace("−3", "")


# A mistake is counted once


def test_a_step_that_an_earlier_mistake_makes_impossible(judge):
    question = Blanks(
        "root",
        "?",
        given={"a": 9},
        answers={"b": "a + 7", "c": "sqrt(b)"},
        truth=lambda a: {"b": a + 7, "c": (a + 7) ** 0.5},
    )
    found = judged(judge, question, {"b": "-2", "c": "1"})["verdicts"]
    assert found["c"] == {
        "kind": "blocked",
        "sentence": "With your <code>b</code> this step can't be computed: look there first.",
    }


def test_blanks_may_stay_open(judge):
    found = judged(judge, "cube", {"x": "5", "f": ""})
    assert (found["kind"], found["sentence"]) == ("partly", "Right so far; 4 to go.")
    assert judged(judge, "cube", {})["sentence"] == "Fill in at least one of them."


# Lines


def order(judge, sequence, **blanks):
    return judged(judge, "lines", {"order": sequence, "blanks": {"3": "A1.T", "7": "A1 * (1 - A1)"} | blanks})


def test_every_order_with_the_same_numbers_is_right(judge):
    assert order(judge, list(range(10)))["kind"] == "right"
    assert order(judge, [0, 1, 2, 5, 4, 3, 7, 6, 9, 8])["kind"] == "right"
    found = order(judge, [0, 1, 2, 3, 4, 6, 5, 7, 8, 9])
    assert found["kind"] == "late"
    assert "the new <code>W2</code>, and needs the old one" in found["sentence"]
    found = order(judge, [1, 0, 2, 3, 4, 5, 6, 7, 8, 9])
    assert found["sentence"] == "Line 1 needs <code>A1</code>, and no line above it has computed that."


def test_a_slip_in_a_line_is_named_as_its_author_wrote_it(judge):
    found = order(judge, list(range(10)), **{"3": "A0.T"})
    assert (found["kind"], found["of"], found["line"]) == ("slip", "A0.T", 3)
    assert found["sentence"].endswith("That is the other layer's input.")


# Again, with other numbers


@pytest.mark.parametrize("name", ["row", "cube", "thin"])
def test_other_numbers_come_from_their_ranges(judge, name):
    question = data(SAMPLES[name])
    drawn = judge.evaluate(
        """(question) => Array.from({length: 100}, () => {
          const fresh = practice.again(question);
          return Object.entries(fresh.draws[0]).map(([name, a]) => [name, a.shape, a.data]);
        })""",
        question,
    )
    for numbers in drawn:
        for given, shape, entries in numbers:
            draw = SAMPLES[name].given[given]
            allowed = draw.choices() if isinstance(draw, Draw) else draw
            assert np.isin(np.round(entries, 9), np.round(allowed, 9)).all()
            assert shape == question["draws"][0][given]["shape"]
    assert len({json.dumps(numbers) for numbers in drawn}) > 10
