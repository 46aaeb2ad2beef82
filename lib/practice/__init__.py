"""Questions that take an answer: `ask(question)`, on the page and in the notebook.

Ask a question
--------------
A question is one call in a cell whose input is hidden (tag `remove-input`):

    ask(
        Expression(
            "weights",
            r"$Z = A \\cdot W + b$, and $D$ is $dC/dZ$. Write $dC/dW$ in NumPy.",
            given={"A": (4, 2), "D": (4, 1), "N": 4},
            answer="A.T @ D",
            truth=lambda A, D, N: layer_backward(A, D).dW,
            slips=CATALOGUE["dC_dW"].sentences("no transpose", "turned round", "mean again"),
            like="W",
            hint="Over which index does the sum run?",
            why="And shaped like $W$.",
        )
    )

- **Its name** is its own on the page: small letters, digits, `-`. Links end in `#ask=weights`.
- **given**: `3` or `[[1, 2], [3, 4]]` are exact numbers; `(4, 2)` is a shape, for which small round
  numbers are drawn; `Draw((4, 2), 0.1, 0.9, 0.1)` says from which range, `Draw(first=3, low=1, high=5,
  step=1)` what is shown first. What is drawn can be asked anew, "with other numbers". The page writes
  the line "Given: ..." itself, so a prompt never repeats a number that is given. Give a name that a
  mistake would use (`N`), else nobody can make that mistake.
- **answer** is an expression of the book's NumPy (`lib.language`). **truth** is a function of what is
  given, from `lib`, from `lib.calculus`, from SymPy: never the answer in other words.
- **slips** are {expression: sentence}: what a student computes who makes this mistake, and what it is.
  A sentence says what was done; it doesn't give the answer, and never says "wrong". At least three.
  The common ones stand in `lib.slips`. What the judge says by itself needs no slip: shapes that don't
  fit, a transpose, a sign, a constant factor, a missing local factor (`factors={"the slope": "A*(1-A)"}`).
- **The kinds**: `Choice(right=text, wrong={text: sentence})`; `Number(decimals=2)`, or exact without;
  `Expression`; `Blanks(answers={"x": "a + 2*b", "f": "x**3"})`, each blank an expression of those before
  it, in a `table=` of rows, on a `figure=(fig, alt, {"x": (1.8, 1.8)})`, or as a list; `Order(lines=
  ["dW2 = {A1.T} @ D2", ...])`, with a gap where the braces are: any order is right that computes the same.
- **Refused** when it is made is a question whose key isn't the truth on every table of numbers; whose slip
  equals the truth or another slip on what the reader sees (lucky numbers); whose slip nobody can read, or
  has no sentence.
- A cell that gives the answer away gets the tag `answer`: on the page its output waits until the question
  before it is answered, as far as the next heading. `record()` at the end of a chapter counts, brings back
  what was missed, saves the file to hand in, and forgets.
  `progress({"chapters/forward_pass": "1 Forward pass", ...})` sums up on the landing page.
- Formulas in a prompt and in sentences are the small part of LaTeX that `lib.practice.mathml` draws.

A question's HTML brings its formulas as MathML and, in a notebook, style and judge (`static/`) along, since
an output in Colab stands alone: those two files are the only ones that `lib` reads, as parts of itself.
"""

from lib.practice.given import Draw
from lib.practice.several import Blanks, Order
from lib.practice.show import ask, progress, record
from lib.practice.single import Choice, Expression, Number

__all__ = ["Blanks", "Choice", "Draw", "Expression", "Number", "Order", "ask", "progress", "record"]
