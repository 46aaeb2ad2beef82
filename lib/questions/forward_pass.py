"""The questions of the chapter `forward_pass`."""

import numpy as np

from lib.activations import Identity, ReLU, Sigmoid
from lib.calculus import gradient
from lib.descent import gradient_descent
from lib.figures.diagrams import network_diagram
from lib.network import Dense, Network
from lib.practice import Blanks, Choice, Draw, Expression, Number
from lib.questions.entries import entry
from lib.slips import CATALOGUE

X = [[2, 1, 0], [0, 1, 2], [1, 0, 1], [1, 2, 3], [0, 3, 1]]  # the chapter's numbers
W1, B1 = [[0.5, -1], [1, 0.5], [-0.5, 1]], [1, -3]
D = [[1, 0], [2, -1], [0, 3], [-1, 1], [0.5, 0.5]]
CORNERS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
SHAPES = {"row": (1, 2), "plain": (2,), "full": (5, 2), "column": (5, 1), "short": (2, 1)}
HINGES = {"weights": [[[1, 1]], [[2], [-3]]], "biases": [[-1, -4], [1]]}  # the network of "relu-forward"


# Truths


def weighted_sum(x, w, b):
    """z of one neuron, by the shipped layer."""
    return Dense(np.reshape(w, (-1, 1)), [[b]], Identity()).forward(np.reshape(x, (1, -1))).item()


def crossing(w1, w2, b):
    """Where z, followed along the x2-axis, is zero."""
    start, one_up = (weighted_sum([0, x2], [w1, w2], b) for x2 in (0, 1))
    return start / (start - one_up)


def distance(w1, w2, b):
    """From (0, 0) to the line: the height of the triangle that it makes with both axes."""
    on_x1, on_x2 = crossing(w2, w1, b), crossing(w1, w2, b)
    return abs(on_x1 * on_x2) / np.hypot(on_x1, on_x2)


def bias_of_shifted(w, b, s):
    """The bias with which the neuron's border lies at its old place plus s."""
    border = b / (b - weighted_sum([1], [w], b))
    return -weighted_sum([border + s], [w], 0)


def product(A, B):
    """The entries of A B, by the shipped layer."""
    Z = Dense(B, np.zeros((1, 2)), Identity()).forward(A)
    return {f"p{i + 1}{j + 1}": Z[i, j] for i, j in np.ndindex(2, 2)}


def multiplications(p, q, r):
    """Counted: in a product of ones each multiplication adds 1 to the sum of all entries."""
    return (np.ones((int(p), int(q))) @ np.ones((int(q), int(r)))).sum()


def second_weighted_sum(x, W, b):
    return Dense(W, b[None], Identity()).forward(x[None])[0, 1]


def weights_first():
    """What NumPy says of W1 times the fourth row."""
    try:
        return f"A matrix of shape {(np.array(W1) @ np.array(X[3:4])).shape}"
    except ValueError:
        return "Nothing: it is refused"


def place_of_output(A1, W2, b2):
    y_hat = Dense(W2, [[b2]], Sigmoid()).forward(A1).item()
    return "Between 0 and one half" if y_hat < 0.5 else "Between one half and 1"


def two_layers(A0, W1, b1, W2, b2):
    return Network([Dense(W1, b1, Sigmoid()), Dense(W2, b2, Sigmoid())]).forward(A0)


def shapes(N, n0, n1, n2):
    """Rows and columns of what a network holds, by the shipped network."""
    network = Network.random([int(n) for n in (n0, n1, n2)], Sigmoid(), np.random.default_rng(0))
    network.forward(np.zeros((int(N), int(n0))))
    first, second = network.layers
    tables = {"W1": first.W, "b1": first.b, "A1": first.A, "W2": second.W}
    return {
        f"{name}_{side}": size
        for name, table in tables.items()
        for side, size in zip(("rows", "columns"), table.shape, strict=True)
    }


def entries_touched(N, n, m):
    """How many entries of Z change when one weight does."""
    W = np.zeros((int(n), int(m)))
    W[0, 1] = 1
    return np.count_nonzero(Dense(W, np.zeros((1, int(m))), Identity()).forward(np.ones((int(N), int(n)))))


def kind_of_bias(shape):
    """0 refused by (5, 2), 1 the same for all rows, 2 anything else that fits."""
    try:
        added = np.broadcast_to(np.arange(np.prod(shape)).reshape(shape), (5, 2))
    except ValueError:
        return 0
    return 1 if (added == added[0]).all() else 2


def made_up_cost(D):
    """C as a function of what is added to Z: a row of biases, or a column."""
    return lambda added: (D * (np.ones(D.shape) + added)).sum()


def parameters(n0, n1, n2, N):
    network = Network.random([int(n) for n in (n0, n1, n2)], Sigmoid(), np.random.default_rng(0))
    return sum(layer.W.size + layer.b.size for layer in network.layers)


def bias_of_three(W1, b1, W2, b2, W3, b3):
    """What three layers without activation answer to zeros."""
    layers = [Dense(W, b, Identity()) for W, b in ((W1, b1), (W2, b2), (W3, b3))]
    return Network(layers).forward(np.zeros((1, len(W1))))


def weights_of_hinges(s1, s2, s3):
    """The weights with which three hinges have these slopes: who has begun, climbs with slope one."""
    begun = np.tril(np.ones((3, 3)))  # piece by hinge
    return dict(zip(("v1", "v2", "v3"), np.linalg.solve(begun, [s1, s2, s3]), strict=True))


def hinge_values(x):
    hidden = Dense(HINGES["weights"][0], [HINGES["biases"][0]], ReLU())
    output = Dense(HINGES["weights"][1], [HINGES["biases"][1]], Identity())
    y_hat = Network([hidden, output]).forward([[x]])
    return {"h1": hidden.A[0, 0], "h2": hidden.A[0, 1], "out": y_hat.item()}


def hinge_figure():
    return network_diagram((1, 2, 1), values=[["$x$"], None, None], **HINGES)


def borders(w1, w2):
    """Between which b a neuron says yes to exactly these corners of the square."""
    z = {(a, b): weighted_sum([a, b], [w1, w2], 0) for a, b in CORNERS}
    low_and, low_or = -z[1, 1], -min(z[1, 0], z[0, 1])
    return {
        "and_low": low_and,
        "and_high": -max(z[1, 0], z[0, 1]),
        "or_low": low_or,
        "or_high": 0 - z[0, 0],
    }


def xor_biases():
    """Those b between -3 and 3, finely spaced, with which one neuron of weights (1, 1) is XOR."""
    z = np.array([weighted_sum(corner, [1, 1], 0) for corner in CORNERS])
    return [b for b in np.linspace(-3, 3, 1201) if ((z + b > 0) == [False, True, True, False]).all()]


def predictions_of_runs():
    """The shape that six networks 4-3-2 give for ten rows."""
    networks = Network.random((4, 3, 2), Sigmoid(), np.random.default_rng(0), runs=6)
    return f"`{networks.forward(np.zeros((10, 4))).shape}`"


# Expressions


ROW4 = "([0, 0, 0, 1, 0] @ X)"
PRODUCT_SLIPS = {
    "A * B": "That is `*`, entry by entry: a row meets a whole column.",
    "B @ A": "The factors changed places: that is $B \\cdot A$.",
    "A @ B.T": "A row of $A$ met a row of $B$.",
    "A.T @ B": "A column of $A$ met a column of $B$.",
}
OTHER_PLACE = "That entry belongs to the other place: row first, then column."


QUESTIONS = [
    Number(
        "weighted-sum",
        r"A neuron sees $X^{(4)}$, the fourth row of $X$. What is its weighted sum $z$?",
        given={
            "X": Draw((5, 3), 0, 3, 1, first=X),
            "w": Draw((3,), -2, 2, 0.5, first=[-2, -0.5, 2]),
            "b": Draw((), -2, 2, 1, first=-1),
        },
        answer=f"{ROW4} @ w + b",
        truth=lambda X, w, b: weighted_sum(X[3], w, b),
        slips={
            **CATALOGUE["neuron"].sentences(
                "no bias", "bias subtracted", "sign lost", "no weights", "no inputs", "activated", x=ROW4
            ),
            f"{ROW4} @ (w * [1, 1, 0]) + w @ [0, 0, 1] + b": (
                "The third weight stands there without its input."
            ),
            f"{ROW4} @ (w * [1, 1, 0]) + b": "The third product is missing.",
            "([0, 0, 0, 0, 1] @ X) @ w + b": "That is the fifth row, `X[4]`: Python counts from zero.",
        },
        hint="Three products, then the bias.",
        why="Three products are added, and the bias comes to their sum.",
    ),
    Number(
        "sigmoid-value",
        r"With a calculator (`exp(2)` is understood, too, as $e^2$): what is $\sigma(z)$?",
        given={"z": Draw((), -3, 3, 0.5, first=-1.5)},
        decimals=3,
        answer="sigmoid(z)",
        truth=lambda z: Sigmoid().value(z),
        slips={
            **CATALOGUE["sigmoid"].sentences("sign lost", "brackets lost", "one lost", "minus"),
            "exp(-z)": "That is $e^{-z}$ alone: the fraction around it is still to come.",
            "1 + exp(z)": "The minus was lost, and 1 must still be divided by that.",
            "1 / (1 - z)": "Without $e$: the number $-z$ is an exponent.",
        },
        hint="First $e^{-z}$, then 1 more, then 1 divided by that.",
        why="Below one half where $z$ is negative, above it where $z$ is positive.",
    ),
    Expression(
        "mirrored-activation",
        r"A neuron answers $a = \sigma(z)$. What would it answer if its weighted sum were $-z$? "
        r"Write it with $a$ alone.",
        given={"a": Draw((), 0.1, 0.9, 0.1)},
        answer="1 - a",
        truth=lambda a: Sigmoid().value(-np.log(a / (1 - a))),
        slips={
            "-a": "The activation got a minus: it would be below zero, and there the curve never is.",
            "a - 1": "The difference was turned round: it is below zero, and there the curve never is.",
            "0.5 - a": "That is only the way from $a$ to one half: from there it goes on as far again.",
            "1 / a": "Turned upside down: that is above one, and there the curve never is.",
            "a": "The same for $z$ and $-z$? The curve climbs all the way.",
            "sigmoid(-a)": "The sigmoid was applied once more: $a$ is its value already.",
            "1 / (1 + a)": "The activation took the place of $e^{z}$.",
        },
        hint=r"Multiply $\frac{1}{1+e^{z}}$ above and below by $e^{-z}$.",
        why=r"$\sigma(-z) = 1 - \sigma(z)$: half a turn about the point $(0, \frac12)$ leaves the curve as it is.",
    ),
    Number(
        "line-crossing",
        "A neuron has these weights and this bias. Where does its decision line cross the $x_2$-axis?",
        given={
            "w1": Draw((), 0.5, 3, 0.5, first=0.5),
            "w2": Draw((), 0.5, 3, 0.5, first=2),
            "b": Draw((), -6, 6, 1, first=-5),
        },
        decimals=2,
        answer="-b / w2",
        truth=crossing,
        slips={
            "b / w2": "The sign of $b$ wasn't turned when it changed sides.",
            "-b / w1": "That is the crossing with the other axis.",
            "-b": "Not yet divided by a weight.",
            "-w1 / w2": "That is the slope of the line.",
            "-b / sqrt(w1**2 + w2**2)": (
                "Divided by the arrow's length: the way along the arrow, not along the axis."
            ),
            "-b / (w1 + w2)": "That is where $x_1 = x_2$: on this axis $x_1$ is zero.",
            "-w2 / b": "The fraction stands upside down.",
        },
        hint="On that axis $x_1$ is zero.",
        why="With $x_1 = 0$ the equation is $w_2 x_2 + b = 0$.",
    ),
    Expression(
        "line-distance",
        "How far from the origin is the decision line? (`sqrt(...)`, `abs(...)` and `w1**2` are understood.)",
        given={
            "w1": Draw((), -3, 3, 0.5),
            "w2": Draw((), -3, 3, 0.5),
            "b": Draw((), -3, 3, 0.5),
        },
        answer="abs(b) / sqrt(w1**2 + w2**2)",
        truth=distance,
        slips={
            "b / sqrt(w1**2 + w2**2)": "Below zero for some $b$, and a distance never is.",
            "-b / sqrt(w1**2 + w2**2)": "Below zero for some $b$, and a distance never is.",
            "abs(b)": "That is the size of $z$ at the origin: how fast does $z$ change on the way?",
            "abs(b) / (w1**2 + w2**2)": "The root is missing: Pythagoras gives the square of the length.",
            "abs(b) / (abs(w1) + abs(w2))": (
                "The two weights were added: the arrow's length follows from Pythagoras."
            ),
            "abs(b) / (w1 + w2)": "The two weights were added: the arrow's length follows from Pythagoras.",
            "abs(b) / sqrt(w1**2 - w2**2)": "Pythagoras adds the squares.",
            "abs(b) * sqrt(w1**2 + w2**2)": "Multiplied: with a longer arrow $z$ reaches zero sooner.",
            "1 / sqrt(w1**2 + w2**2)": "That is how far the dashed lines are from the decision line.",
            "sqrt((b / w1)**2 + (b / w2)**2)": "That is the piece of the line between the axes.",
            "-b / w2": "That is the crossing with the $x_2$-axis: the shortest way runs along the arrow.",
            "b / w2": (
                "That is, up to its sign, the crossing with the $x_2$-axis: the shortest way runs along "
                "the arrow."
            ),
            "abs(b / w2)": "That is the way along the $x_2$-axis: the shortest way runs along the arrow.",
            "sqrt(w1**2 + w2**2) / abs(b)": "The fraction stands upside down.",
        },
        hint="At the origin $z$ is $b$, and each unit along the arrow changes $z$ by $|w|$.",
        why="The larger $|b|$, the further away; with $b = 0$ the line passes through the origin.",
    ),
    Choice(
        "three-doubled",
        "Now $w_1$, $w_2$ and $b$ are all doubled. What happens to the lines of Figure 1.4?",
        right="The decision line stays, the dashed ones come closer to it",
        wrong={
            "All three stay": "The dashed lines are where $z = \\pm 1$, and every $z$ has doubled.",
            "The decision line stays, the dashed ones move away from it": (
                "The arrow is longer now, so $z$ grows faster along it."
            ),
            "The decision line moves to twice its distance from the origin": (
                "The bias alone would do that; the weights have doubled, too."
            ),
            "All three turn": "They turn when $w_1$ and $w_2$ change in another proportion.",
        },
        hint="Where is $2(w_1x_1 + w_2x_2 + b)$ zero?",
        why=(
            "$2(w_1x_1 + w_2x_2 + b) = 0$ holds at the same points as before, and the change there is "
            "twice as sudden."
        ),
    ),
    Expression(
        "shift-right",
        r"The curve $a = \sigma(wx + b)$ shall move to the right by $s$ and keep its shape. What "
        r"is the new bias?",
        given={
            "w": Draw((), -3, 3, 0.5),
            "b": Draw((), -3, 3, 0.5),
            "s": Draw((), 0.5, 3, 0.5),
        },
        answer="b - w*s",
        truth=bias_of_shifted,
        slips={
            "b + w*s": "That moves it to the left.",
            "b - s": "The border moves by $s$ only if the weight is 1.",
            "b + s": "The weight is missing, and for a positive weight the curve moves to the left.",
            "b - s/w": "Divided: but with a larger weight the same bias moves the border less.",
            "b + s/w": "Divided, and to the left: with a larger weight the same bias moves the border less.",
            "w * (b - s)": "The old bias was multiplied, too.",
            "w*s": "That is the change alone, and its sign was lost.",
            "-w*s": "That is the change alone: it comes to the old bias.",
            "-b/w + s": "That is where the border shall lie, not yet the bias.",
            "w - s": "The bias is what moves the curve: the weight would change its shape.",
        },
        hint=r"The border $x = -\frac{b}{w}$ has to grow by $s$, with the same $w$.",
        why="The bias shifts the curve, and how far depends on the weight.",
    ),
    Choice(
        "zero-weight",
        "And with $w = 0$? The curve over $x$ becomes …",
        right=r"… a level line, at a height that $b$ decides",
        wrong={
            "… a level line at one half": "With $w = 0$ the sum is $b$, and it is zero only if $b$ is.",
            "… a level line at zero": "The bias is still there, and a sigmoid never reaches zero.",
            "… a sudden step at the border": "That is what a very large weight does.",
            "… the same curve, turned round": "That is what a negative weight does.",
        },
        hint="Put $w = 0$ into $z = wx + b$.",
        why=r"The neuron no longer looks at its input: $a = \sigma(b)$ everywhere.",
    ),
    Blanks(
        "matrix-product",
        r"Compute $A \cdot B$ with a pencil.",
        given={
            "A": Draw((2, 2), 1, 5, 1, first=[[1, 2], [3, 4]]),
            "B": Draw((2, 2), -2, 4, 1, first=[[4, -1], [1, 3]]),
        },
        answers={f"p{i + 1}{j + 1}": entry("A @ B", i, j) for i, j in np.ndindex(2, 2)},
        truth=product,
        labels={
            "p11": "row 1, column 1",
            "p12": "row 1, column 2",
            "p21": "row 2, column 1",
            "p22": "row 2, column 2",
        },
        slips={
            f"p{i + 1}{j + 1}": {
                **{entry(of, i, j): text for of, text in PRODUCT_SLIPS.items()},
                **({entry("A @ B", j, i): OTHER_PLACE} if i != j else {}),
            }
            for i, j in np.ndindex(2, 2)
        },
        table=[["", "column 1", "column 2"], ["row 1", "p11", "p12"], ["row 2", "p21", "p22"]],
        hint="For row 1 and column 2: put a finger on row 1 of $A$ and another on column 2 of $B$.",
        why="A row from the left factor, a column from the right one.",
    ),
    Expression(
        "multiplications",
        r"$A$ has the shape $(p,q)$ and $B$ the shape $(q,r)$. How many multiplications of two "
        r"numbers does $A \cdot B$ take?",
        given={"p": Draw((), 2, 9, 1), "q": Draw((), 2, 9, 1), "r": Draw((), 2, 9, 1)},
        answer="p * q * r",
        truth=multiplications,
        slips={
            "p * r": "That is how many entries the result has, and each takes several multiplications.",
            "p*q + q*r": "The numbers of both tables were counted: most of them are used several times.",
            "p * q": "Each number of $A$ was used once: it meets every column of $B$.",
            "q * r": "Each number of $B$ was used once: it meets every row of $A$.",
            "p * q * q * r": "Every number with every other: only those with the same $k$ meet.",
            "q": "That is for one entry: how many entries are there?",
            "p * r * (2*q - 1)": "The additions were counted as well.",
            "2 * p * q * r": "The additions were counted as well.",
            "p + q + r": "The sizes were added.",
            "p * (q - 1) * r": "Those are the additions.",
        },
        hint="How many for one entry, and how many entries?",
        why="$p\\,r$ entries with $q$ products each. So a forward pass costs what its layers' shapes say.",
    ),
    Number(
        "second-neuron",
        "The second neuron of a layer looks at the row $x$. What is its weighted sum?",
        given={
            "x": Draw((3,), 1, 4, 1, first=[4, 1, 2]),
            "W": Draw((3, 2), -2, 2, 0.5, first=W1),
            "b": Draw((2,), -4, 4, 1, first=B1),
        },
        answer="(x @ W + b) @ [0, 1]",
        truth=second_weighted_sum,
        slips={
            "(x @ W) @ [0, 1]": "That is the product; the neuron's own bias is still to come.",
            "(x @ W + b) @ [1, 0]": "That is the first neuron.",
            "(x @ W) @ [1, 0]": "That is the first neuron, and without its bias.",
            "(x @ W) @ [1, 0] + b @ [0, 1]": "The first neuron's weights with the second's bias.",
            "x @ (abs(W) @ [0, 1]) + b @ [0, 1]": "The minus sign of a weight was lost.",
            "(x @ W) @ [0, 1] + b @ [1, 0]": "The bias belongs to the first neuron.",
            "(x @ W - b) @ [0, 1]": "The bias was subtracted.",
            "sigmoid((x @ W + b) @ [0, 1])": "That is the activation already.",
            "(x @ W).sum() + b @ [0, 1]": "Both columns were added: a neuron has one.",
        },
        hint="Its weights are a column of $W$.",
        why="The row times the neuron's column, and its own bias.",
    ),
    Choice(
        "weights-first",
        r"What is the product in the other order, $W_1 \cdot X^{(4)}$ with the shapes $(3,2)\,(1,3)$?",
        right="Nothing: it is refused",
        wrong={
            "A matrix of shape (3, 3)": "Those are the outer sizes: the inner ones have to agree first.",
            "The same numbers, in shape (1, 2)": (
                "Single numbers may change places in a product, matrices may not."
            ),
            "The same numbers, in shape (2, 1)": (
                "For that each of the two would have to be laid on its side as well."
            ),
        },
        truth=weights_first,
        hint="Look at the two sizes in the middle.",
        why=(
            "The inner sizes are 2 and 1. The order of a matrix product matters, so we write the shape "
            "after every product."
        ),
    ),
    Choice(
        "output-place",
        r"Without a calculator: where does the last neuron's $\hat y$ lie?",
        given={"A1": [[0.88, 0.5]], "W2": [[2], [-3]], "b2": -1},
        right="Between 0 and one half",
        wrong={
            "Between one half and 1": (
                "Both activations are positive, but the second meets a negative weight, and the bias "
                "is negative, too."
            ),
            "Below 0": "The weighted sum does lie there, but it still goes through the sigmoid.",
            "Exactly one half": "That would need a weighted sum of zero.",
            "It can't be said without a calculator": "The sign of the weighted sum is enough.",
        },
        truth=place_of_output,
        hint="Only the sign of the weighted sum matters.",
        why="The first input adds less than 2, the second and the bias take away more: $z$ is negative.",
    ),
    Expression(
        "whole-network",
        r"Write $\hat y$ in one line of NumPy, from $A_0$ and the parameters. (`sigmoid` may be used.)",
        given={"A0": (1, 3), "W1": (3, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)},
        answer="sigmoid(sigmoid(A0 @ W1 + b1) @ W2 + b2)",
        truth=two_layers,
        slips={
            "sigmoid(A0 @ W1 + b1) @ W2 + b2": "The last neuron's activation is missing.",
            "sigmoid((A0 @ W1 + b1) @ W2 + b2)": "The hidden neurons' activation is missing.",
            "(A0 @ W1 + b1) @ W2 + b2": "Weighted sums only: both activations are missing.",
            "sigmoid(sigmoid(A0 @ W1 + b1) @ W2)": "The last bias is missing.",
            "sigmoid(sigmoid(A0 @ W1) @ W2 + b2)": "The first bias is missing.",
            "sigmoid(sigmoid(A0 @ W1) @ W2)": "Both biases are missing.",
            "sigmoid(sigmoid(A0 @ W1 + b1) @ W2) + b2": (
                "The last bias came after the activation: it belongs to the sum inside."
            ),
            "sigmoid(sigmoid(A0 @ W2 + b2) @ W1 + b1)": "The second layer came first.",
            "sigmoid(A0 @ W1 + b1)": "That is the first layer alone.",
            **dict.fromkeys(
                (
                    "sigmoid(W2 @ sigmoid(W1 @ A0 + b1) + b2)",
                    "sigmoid(sigmoid(W1 @ A0 + b1) @ W2 + b2)",
                ),
                "The weights came first: rows are samples, so the input stands on the left.",
            ),
            "sigmoid(W2 @ sigmoid(A0 @ W1 + b1) + b2)": (
                "The last weights came first, or `*` stands for `@`: each activation met each weight, "
                "and nothing was added up."
            ),
            **dict.fromkeys(
                (
                    "sigmoid(sigmoid(A0 * W1 + b1) * W2 + b2)",
                    "sigmoid(sigmoid(A0 * W1 + b1) @ W2 + b2)",
                ),
                "`*` goes entry by entry; the matrix product is `@`.",
            ),
        },
        hint="Begin inside: the first layer's activation takes the place of $A_0$ in the second.",
        why="A function of a function: read it from the inside out.",
    ),
    Blanks(
        "network-shapes",
        "$N$ rows go through a network of the widths $n_0$, $n_1$, $n_2$, the features first. What "
        "are the shapes?",
        given={
            "N": Draw((), 20, 90, 10, first=50),
            "n0": Draw((), 2, 9, 1, first=6),
            "n1": Draw((), 2, 9, 1, first=4),
            "n2": Draw((), 2, 9, 1, first=2),
        },
        answers={
            "W1_rows": "n0",
            "W1_columns": "n1",
            "b1_rows": "1",
            "b1_columns": "n1",
            "A1_rows": "N",
            "A1_columns": "n1",
            "W2_rows": "n1",
            "W2_columns": "n2",
        },
        truth=shapes,
        labels={
            "W1_rows": "rows of W₁",
            "W1_columns": "columns of W₁",
            "b1_rows": "rows of b₁",
            "b1_columns": "columns of b₁",
            "A1_rows": "rows of A₁",
            "A1_columns": "columns of A₁",
            "W2_rows": "rows of W₂",
            "W2_columns": "columns of W₂",
        },
        slips={
            "W1_rows": {
                "N": "The rows of a weight matrix aren't samples: they belong to inputs.",
                "n1": "Rows and columns were exchanged: a neuron's weights stand below one another.",
            },
            "W1_columns": {
                "n0": "Rows and columns were exchanged: there is a column for each neuron.",
                "N": "The number of samples is in no parameter.",
            },
            "b1_rows": {
                "N": "One row of biases serves all samples.",
                "n1": "The biases lie side by side, like the neurons.",
                "n0": "A bias belongs to a neuron, not to an input.",
            },
            "b1_columns": {
                "1": "Each neuron has a bias of its own, and they lie side by side.",
                "n0": "Those are the inputs: a bias belongs to a neuron.",
                "N": "The number of samples is in no parameter.",
            },
            "A1_rows": {
                "n0": "Those are the features: a row of $A_1$ is still a sample.",
                "n1": "Rows and columns were exchanged: neurons are columns.",
                "1": "All samples go through together, each in its own row.",
            },
            "A1_columns": {
                "n0": "The features are summed away: what remains is one number for each neuron.",
                "n2": "Those are the neurons of the layer after it.",
                "N": "Rows and columns were exchanged: samples are rows.",
            },
            "W2_rows": {
                "n0": (
                    "The second layer doesn't see the features: its inputs are the first layer's activations."
                ),
                "n2": "Rows and columns were exchanged.",
                "N": "The rows of a weight matrix aren't samples: they belong to inputs.",
            },
            "W2_columns": {
                "n1": "Those are its inputs: there is a column for each neuron.",
                "1": "The last layer may have several neurons: here its width is given.",
            },
        },
        table=[
            ["", "rows", "columns"],
            ["$W_1$", "W1_rows", "W1_columns"],
            ["$b_1$", "b1_rows", "b1_columns"],
            ["$A_1$", "A1_rows", "A1_columns"],
            ["$W_2$", "W2_rows", "W2_columns"],
        ],
        hint="Write the first layer as shapes: $(N, n_0)\\,(n_0, n_1) + (1, n_1)$.",
        why="Only values have a row for each sample: the parameters don't know how many there are.",
    ),
    Choice(
        "rows-mix",
        "We change one number in the second row of $X$. Which predictions change?",
        right="The second only",
        wrong={
            "All five": (
                "All rows use the same weights, but no weight has changed, and no row looks at another."
            ),
            "The second and all below it": "A row doesn't look at the row above.",
            "None, before the network is trained": "The prediction is computed from the row as it is now.",
            "Those whose row of $X$ shares a number with the second row": (
                "Only the place of a number counts, not what stands elsewhere."
            ),
        },
        hint="Which rows of $X$ stand in the formula for row $i$ of the result?",
        why="**Rows don't mix** in the forward pass.",
    ),
    Number(
        "entries-of-a-weight",
        r"$N$ rows go through a layer with $n$ inputs and $m$ neurons. In how many entries of $Z$ "
        r"does one weight of $W$ appear?",
        given={
            "N": Draw((), 4, 20, 2, first=4),
            "n": Draw((), 2, 9, 1, first=3),
            "m": Draw((), 2, 9, 1, first=2),
        },
        answer="N",
        truth=entries_touched,
        slips={
            "1": "One arrow of Figure 1.1 stands for all rows at once.",
            "n": "So many weights stand in its column; each of them is used in every row.",
            "m": "A weight belongs to one neuron, so it appears in one column of $Z$. How long is that?",
            "N * m": "That is all of $Z$: the other columns belong to other neurons.",
            "N * n": "That is the size of $X$.",
            "n * m": "So many weights are there.",
            "N * n * m": "That is for all weights together.",
        },
        hint="The weight belongs to one neuron, that is to one column of $Z$.",
        why="Once in each row, in its neuron's column. The way back will add up what it does there.",
    ),
    Blanks(
        "bias-shapes",
        r"What happens if we add something of this shape to $X \cdot W_1$, shape $(5,2)$? Write 1 "
        r"for *the same biases in all rows*, 2 for *it fits, and is another model*, 0 for "
        r"*refused*.",
        answers={name: str(kind_of_bias(shape)) for name, shape in SHAPES.items()},
        truth=lambda: {name: kind_of_bias(shape) for name, shape in SHAPES.items()},
        labels={name: str(shape) for name, shape in SHAPES.items()},
        slips={
            "row": {
                "0": "Read from the right: 2 against 2 fits, and the 1 is stretched down the rows.",
                "2": "Its one row is copied to every sample: that is what we mean.",
            },
            "plain": {
                "0": "The size that is missing on the left counts as 1.",
                "2": "As a row it is copied to every sample, though its shape doesn't say so.",
            },
            "full": {
                "0": "Equal shapes always fit.",
                "1": "Its rows may differ, so each sample has biases of its own.",
            },
            "column": {
                "0": "The 1 is stretched to 2: nothing complains.",
                "1": "Both neurons get the same, and each sample something else.",
            },
            "short": {
                "1": "Read from the right: the 1 is stretched to 2, but then 2 meets 5.",
                "2": "Read from the right: the 1 is stretched to 2, but then 2 meets 5.",
            },
        },
        table=[["shape", "0, 1 or 2"], *([f"`{shape}`", name] for name, shape in SHAPES.items())],
        hint="Two sizes fit if they are equal or one of them is 1. Begin on the right.",
        why=(
            "A full table would have no biases for a sixth row; a column gives each *sample* one, and "
            "nobody complains."
        ),
    ),
    Blanks(
        "bias-reaction",
        "By how many times $h$ (write the number alone) does $C$ grow when the first entry of $b_1$ grows by $h$? And when "
        "the second does?",
        given={"D": Draw((5, 2), -2, 3, 0.5, first=D)},
        answers={"first": "(D @ [1, 0]).sum()", "second": "(D @ [0, 1]).sum()"},
        truth=lambda D: dict(
            zip(("first", "second"), gradient(made_up_cost(D), np.zeros((1, 2))).ravel(), strict=True)
        ),
        labels={"first": "the first entry", "second": "the second entry"},
        slips={
            "first": {
                "(D @ [1, 0]).mean()": "Averaged: each row feels all of $h$, so the effects add up.",
                "(abs(D) @ [1, 0]).sum()": "A minus sign was lost: some rows push the cost down.",
                "[1, 0, 0, 0, 0] @ D @ [1, 0]": "That is the first row's share alone.",
                "D.sum()": "The other column was added as well: this bias isn't in it.",
                "(D @ [0, 1]).sum()": "That is the other bias.",
            },
            "second": {
                "(D @ [0, 1]).mean()": "Averaged: each row feels all of $h$, so the effects add up.",
                "(abs(D) @ [0, 1]).sum()": "A minus sign was lost: some rows push the cost down.",
                "[1, 0, 0, 0, 0] @ D @ [0, 1]": "That is the first row's share alone.",
                "D.sum()": "The other column was added as well: this bias isn't in it.",
                "(D @ [1, 0]).sum()": "That is the other bias.",
            },
        },
        table=[["entry of $b_1$", "times $h$"], ["the first", "first"], ["the second", "second"]],
        hint="Which entries of $Z_1$ contain this bias?",
        why="Copied to all rows on the way forward; on the way back the rows add up.",
    ),
    Expression(
        "column-of-samples",
        r"By mistake a column $c$ of shape $(N,1)$ is added to $X \cdot W_1$, a number for each "
        r"sample. By how many times $h$ does $C$ grow for each entry of $c$? Write all $N$ numbers in one "
        r"line of NumPy, shaped like $c$.",
        given={"D": (5, 2), "c": (5, 1)},
        answer="D.sum(axis=1, keepdims=True)",
        truth=lambda D, c: gradient(made_up_cost(D), c),
        like="c",
        slips={
            "D.sum(axis=0, keepdims=True)": "Added down the columns: that is for a row of biases.",
            "D.sum(axis=0)": "Added down the columns: that is for a row of biases.",
            "D.sum(axis=0, keepdims=True).T": "Added down the columns: that is for a row of biases.",
            "D": "Not yet added up: each entry of $c$ is copied to both columns.",
            "D.mean(axis=1, keepdims=True)": "Averaged: the effects of the copies add up.",
            "D.sum()": "Everything was added up: each sample has its own entry of $c$.",
            "D * c": "Multiplied by the column's own numbers: how $C$ reacts doesn't depend on them.",
        },
        hint="To which entries of $Z_1$ is one entry of $c$ copied?",
        why=(
            "Whatever is copied along an axis on the way forward is added up along that axis on the way back."
        ),
    ),
    Choice(
        "what-is-kept",
        "The loop has run over both layers. What does `layers[1].A_in` hold, in the second layer?",
        right="The first layer's activations $A_1$",
        wrong={
            "The data $X$": "That is what the first layer keeps, `layers[0].A_in`.",
            r"The prediction $\hat y$": "That went out of the second layer: it is kept as `A`.",
            "The weighted sums $Z_2$": "`Z` has no `self` in front: nobody keeps it.",
            "Nothing: the first layer's result was overwritten in the loop": (
                "The name `A` was; each layer still has what it stored."
            ),
        },
        hint="What stands in `A` when the second round of the loop begins?",
        why="Each layer remembers what came in, and the way back will ask for just that.",
    ),
    Choice(
        "let-pass",
        "Each of these lines contains a mistake. Then $X$ goes forward. Which mistake would NumPy alone let pass?",
        right="`Dense(W1, b1[0], Sigmoid())`",
        wrong={
            "`Network([Dense(W2, b2, Sigmoid()), Dense(W1, b1, Sigmoid())])`": (
                "The layers changed places: $(N,3)\\,(2,1)$ doesn't fit, and `@` says so."
            ),
            "`network.forward(X.T)`": (
                "The samples lie in columns: $(3,5)\\,(3,2)$ doesn't fit, and `@` says so."
            ),
            "None of them": (
                "A size that is missing on the left counts as 1. Which line gives away such a size?"
            ),
        },
        hint="Write the shapes of what each line would compute.",
        why=(
            "`b1[0]` is no table any more. Its shape `(2,)` is stretched without complaint, and even "
            "the numbers are right: it only hides a shape."
        ),
    ),
    Expression(
        "parameter-count",
        "A network has the widths $n_0$, $n_1$, $n_2$, and $N$ rows go through it. How many "
        "parameters has it?",
        given={
            "n0": Draw((), 2, 9, 1),
            "n1": Draw((), 2, 9, 1),
            "n2": Draw((), 2, 9, 1),
            "N": Draw((), 2, 9, 1),
        },
        answer="n0*n1 + n1 + n1*n2 + n2",
        truth=parameters,
        slips={
            "n0*n1 + n1*n2": "Those are the weights: the biases are missing.",
            "n0*n1 + 1 + n1*n2 + 1": "One bias for each layer: every neuron has its own.",
            "n0*n1 + n0 + n1*n2 + n1": "A bias for each input: it is the neurons that have them.",
            "n0*n1 + n1*n2 + n2": "The hidden neurons have biases, too.",
            "n0*n1 + n1*n2 + n1": "The output neurons have biases, too.",
            "n0*n1 + n1*n2 + n0 + n1 + n2": "Inputs are no neurons: they have no bias.",
            "n0*n1 + n1*n2 + N*(n1 + n2)": "A bias for each row: one row of biases serves all.",
            "n0*n2 + n2": "That is the one layer which can replace the two: count the network's own.",
            "n0*n1*n2": "Multiplied through: the two tables are counted apart and added.",
            "n0 + n1 + n2": "Those are the circles of the picture.",
            "N * (n0*n1 + n1 + n1*n2 + n2)": "All rows share the same parameters.",
            "n0*n1 + n1 + n0*n2 + n2": "The second layer's inputs are the first layer's neurons.",
        },
        hint="Layer by layer: a table of weights and a row of biases.",
        why="The one layer that replaces it has only $n_0 n_2 + n_2$.",
    ),
    Expression(
        "three-layers",
        "Three layers without activation are one, too. Its weights are $W_1 \\cdot W_2 \\cdot "
        "W_3$. What is its bias?",
        given={"W1": (3, 2), "b1": (1, 2), "W2": (2, 4), "b2": (1, 4), "W3": (4, 3), "b3": (1, 3)},
        answer="(b1 @ W2 + b2) @ W3 + b3",
        truth=bias_of_three,
        like="b3",
        slips={
            "b1 + b2 + b3": "The biases were added as they are: each goes through the layers behind it.",
            "b1 @ W2 + b2": "That is the bias of the first two layers: one more layer follows.",
            "b1 @ W2 + b2 + b3": "Behind $b_2$ one more layer follows: all before it goes through its weights.",
            "b1 @ W2 @ W3 + b3": "The middle bias is missing.",
            "b1 @ W2 @ W3 + b2 + b3": "The middle bias goes through the third layer as well.",
            "b2 @ W3 + b3": "The first bias is missing.",
            "(b1 @ W2 + b2) @ W3": "The last bias is missing.",
            "b1 @ W2 @ W3": "Only the first bias: the other two are missing.",
            "b3": "The earlier biases aren't lost: they arrive through the later weights.",
        },
        hint="Replace the first two layers by one. Then there are two layers left.",
        why="What all three answer to a row of zeros. However many layers there are, one does the same.",
    ),
    Blanks(
        "relu-forward",
        r"Two hinges in a network: $\text{ReLU}$ in the hidden layer, no activation at the output. "
        r"What does each neuron answer?",
        given={"x": Draw((), 1.5, 3.5, 0.5, first=2.5)},
        answers={"h1": "maximum(x - 1, 0)", "h2": "maximum(x - 4, 0)", "out": "2*h1 - 3*h2 + 1"},
        truth=hinge_values,
        labels={"h1": "upper", "h2": "lower", "out": "output"},
        slips={
            "h1": {
                "x": "The bias is missing.",
                "x + 1": "The bias was added with a plus.",
                "2*(x - 1)": "The next layer's weight is in it already.",
            },
            "h2": {
                "x - 4": "That is the weighted sum: below zero the hinge is still flat.",
                "x": "The bias is missing.",
                "4 - x": "The minus was dropped: ReLU makes zero of what is below zero.",
            },
            "out": {
                "2*h1 - 3*h2": "The output's bias is missing.",
                "h1 + h2 + 1": "The answers were added without their weights.",
                "2*h1 - 3*(x - 4) + 1": "The lower hinge was taken below zero, where it is flat.",
                "2*x - 3*x + 1": "The hidden layer was skipped: the output doesn't see $x$.",
            },
        },
        figure=(
            hinge_figure,
            "A network 1-2-1. From x an edge of weight 1 leads to each of two hidden neurons, with "
            "the biases −1 above "
            "and −4 below. From the upper one an edge of weight 2 leads to the output, from the "
            "lower one an edge of "
            "weight −3. The output's bias is 1.",
            {"h1": (2.3, 1.45), "h2": (2.3, 0.55), "out": (4.05, 1.0)},
        ),
        hint="First the weighted sum. Then ReLU: is it above zero?",
        why="Left of its place a hinge answers zero, and its weight makes no difference there.",
    ),
    Blanks(
        "hinge-weights",
        "Three hinges, one after the other. Between the places the curve shall have the slopes "
        "$s_1$, $s_2$, $s_3$, to the left of all three slope zero. What are the hinges' weights?",
        given={
            "s1": Draw((), -3, 3, 0.5, first=3),
            "s2": Draw((), -3, 3, 0.5, first=1),
            "s3": Draw((), -3, 3, 0.5, first=-2),
        },
        answers={"v1": "s1", "v2": "s2 - v1", "v3": "s3 - v1 - v2"},
        truth=weights_of_hinges,
        labels={"v1": "first weight", "v2": "second weight", "v3": "third weight"},
        slips={
            "v1": {
                "s2 - s1": (
                    "That is the change at the second place. To the left of the first the slope is zero."
                ),
                "-s1": "The slope goes up from zero to $s_1$, not back.",
                "1": "Before its weight a hinge climbs with slope one; the curve asks for another slope.",
            },
            "v2": {
                "s2": (
                    "That is the slope itself. The first hinge goes on climbing, so only the change is "
                    "needed."
                ),
                "s1 - s2": "The change was turned round: after minus before.",
                "s1 + s2": "Added: the change is a difference.",
            },
            "v3": {
                "s3": "That is the slope itself. Two hinges are at work there already.",
                "s3 - s1": "That is the change since the first piece: the second hinge is at work, too.",
                "s2 - s3": "The change was turned round: after minus before.",
                "s3 + s2": "Added: the change is a difference.",
            },
        },
        table=[
            ["hinge", "slope to its right", "its weight $v$"],
            ["first", "$s_1$", "v1"],
            ["second", "$s_2$", "v2"],
            ["third", "$s_3$", "v3"],
        ],
        hint=(
            "A hinge once begun never stops climbing: the slope at a place is the sum of all weights so far."
        ),
        why="Each weight is a change of slope, so all weights up to a place add up to the slope there.",
    ),
    Choice(
        "hinge-gap",
        "From eight hidden neurons to sixteen, the distance between two hinges halves. What "
        "becomes of the largest gap between curve and network? Guess, then try it in Figure 1.8.",
        right="About a quarter",
        wrong={
            "About a half": (
                "So it would be if the curve left each piece along a straight line, like $x$. But it "
                "bends away."
            ),
            "About an eighth": "So it would be if a short bend looked like $x^3$.",
            "It stays the same": "Look at the two numbers in the figure.",
            "Zero": "A curve that bends is never a straight piece, however short.",
        },
        hint="Move the slider to 8, then to 16.",
        why="Close up, the curve leaves its straight piece like a parabola: half as wide, it is a quarter as high.",
    ),
    Number(
        "one-update",
        r"A weight $w$ takes one step. `dC_dw` is the cost's derivative, `alpha` the learning "
        r"rate. What is the new $w$?",
        given={
            "w": Draw((), -2, 2, 0.5, first=0.5),
            "dC_dw": Draw((), -0.9, 0.9, 0.1, first=-0.3),
            "alpha": Draw((), 0.5, 5, 0.5, first=2),
        },
        decimals=2,
        answer="w - alpha * dC_dw",
        truth=lambda w, dC_dw, alpha: gradient_descent(lambda w: dC_dw, w, alpha, 1)[-1],
        slips={
            **CATALOGUE["update"].sentences("uphill", "no rate", "divided", W="w", dW="dC_dw", lr="alpha"),
            "-alpha * dC_dw": "Only the step: it starts at the old weight.",
            "alpha * dC_dw": "Only the step, and uphill: it starts at the old weight.",
            "alpha * (w - dC_dw)": "The old weight was scaled, too.",
            "w + dC_dw": "Uphill, and without the learning rate.",
            "w - alpha": "The learning rate alone was subtracted: the gradient was forgotten.",
        },
        hint="Minus times minus.",
        why="Where the derivative is negative, the cost falls as the weight grows, so the weight grows.",
    ),
    Choice(
        "updated-too-early",
        "Suppose $W_2$ is updated first, and the way back to layer 1 then uses the new $W_2$. What "
        "comes out as $\\frac{dC}{dW_1}$?",
        right="In general neither the gradient at the old parameters nor that at the new ones",
        wrong={
            "The gradient at the new parameters": (
                "For that all values would have to be computed anew: the activations are still the old ones."
            ),
            "The gradient at the old parameters": (
                "The way back leads through $W_2$, and that is no longer the old one."
            ),
            "An error message": "The new $W_2$ has the shape of the old one: nothing complains.",
            "The right gradient, of the other sign": "No sign is turned: a factor on the way is another one.",
        },
        hint="Which of the numbers on the way are old, and which are new?",
        why="Old activations meet new weights there. Therefore: all gradients first, then all updates.",
    ),
    Choice(
        "after-training",
        "We go around the circle five hundred times; the hand-picked parameters are the start. "
        "What becomes of the fourth prediction? Its answer $y$ is one.",
        right="It comes close to one",
        wrong={
            "It is exactly one": "The output is a sigmoid: it comes close, and never arrives.",
            "It goes towards zero, because it began below one half": (
                "Beginning below one half is no reason: the steps are made to lower the cost, and the "
                "answer is one."
            ),
            "It goes to the mean of all five answers": (
                "That is what a network does that can't tell the rows apart. Ours sees their features."
            ),
            "It stays: only the parameters change": "The prediction is computed from the parameters.",
        },
        hint="The cost falls when predictions come nearer to their answers.",
        why=(
            "The parameters change, and with them all predictions: as a rule towards their answers, as far as "
            "the network can."
        ),
    ),
    Blanks(
        "and-or-bias",
        r"Two inputs, each 0 or 1. Between which values must $b$ lie so that $\sigma(w_1x_1 + "
        r"w_2x_2 + b)$ is above one half exactly when both are 1 (AND)? And when at least one is 1 "
        r"(OR)?",
        given={"w1": Draw((), 0.5, 4, 0.5, first=1), "w2": Draw((), 0.5, 4, 0.5, first=2)},
        answers={
            "and_low": "-(w1 + w2)",
            "and_high": "-maximum(w1, w2)",
            "or_low": "-minimum(w1, w2)",
            "or_high": "0",
        },
        truth=borders,
        labels={
            "and_low": "AND, above",
            "and_high": "AND, below",
            "or_low": "OR, above",
            "or_high": "OR, below",
        },
        slips={
            "and_low": {
                "w1 + w2": "The sign: the bias has to take away what the weights bring.",
                "-maximum(w1, w2)": "That is the other end: below it no single input is enough.",
                "maximum(w1, w2)": "The sign: above zero even $(0,0)$ is answered with yes.",
                "-(w1 + w2) / 2": "Half way: a smaller bias still says yes to $(1,1)$.",
            },
            "and_high": {
                "-minimum(w1, w2)": "There the stronger input alone is enough already.",
                "maximum(w1, w2)": "The sign: the bias has to take away what one weight brings.",
                "w1 + w2": "The sign: above zero even $(0,0)$ is answered with yes.",
                "-(w1 + w2)": "That is the other end.",
                "0": "There every single input is enough: that is OR.",
            },
            "or_low": {
                "-maximum(w1, w2)": "There only the stronger input is enough on its own.",
                "minimum(w1, w2)": "The sign: a bias above zero says yes to $(0,0)$.",
                "0": "That is the other end: above zero even $(0,0)$ is answered with yes.",
                "-(w1 + w2)": "There both inputs are needed: that is AND.",
            },
            "or_high": {
                "w1 + w2": "Above zero even $(0,0)$ is answered with yes.",
                "minimum(w1, w2)": "Above zero even $(0,0)$ is answered with yes.",
                "-minimum(w1, w2)": "That is the other end.",
            },
        },
        table=[
            ["", "$b$ above", "and below"],
            ["AND", "and_low", "and_high"],
            ["OR", "or_low", "or_high"],
        ],
        hint="Write $z$ for each of the four rows. Which of them have to be above zero?",
        why="As $b$ grows, the line moves past the corners of the square, one after the other.",
    ),
    Choice(
        "xor-bias",
        "Now $w_1 = w_2 = 1$, and the neuron shall say yes when exactly one input is 1 (XOR). "
        "Which $b$ does it?",
        right="None",
        wrong={
            "Any $b$ between −1 and 0": "That is OR: with $(1,1)$ the sum is larger still.",
            "Any $b$ between −2 and −1": "That is AND: one input alone isn't enough.",
            "Any $b$ above 0": "Then even $(0,0)$ is answered with yes.",
            "$b = -1$": "Then $(1,0)$ and $(0,1)$ lie on the border, and $(1,1)$ is answered with yes.",
        },
        truth=lambda: "None" if not xor_biases() else "some",
        hint="Compare $z$ for $(1,0)$ and for $(1,1)$.",
        why=(
            "Whatever $b$ is, $z$ is larger for $(1,1)$ than for $(1,0)$. Exercise 7 asks about other "
            "weights."
        ),
    ),
    Expression(
        "samples-in-columns",
        r"Somebody hands you `X_c`, one *column* a sample, shape $(3,N)$. $W$ and $b$ are as in "
        r"this course. Write our $Z$, one row a sample.",
        given={"X_c": (3, 5), "W": (3, 2), "b": (1, 2)},
        answer="X_c.T @ W + b",
        truth=lambda X_c, W, b: Dense(W, b, Identity()).forward(np.transpose(X_c)),
        slips={
            "X_c @ W + b": "The samples still lie in columns.",
            "W @ X_c + b": "The weights came first as they are: each column of $W$ has to meet a sample.",
            "W.T @ X_c": "That is the other layout, and without the bias.",
            "W.T @ X_c + b": "That is the other layout; there the bias is a column.",
            "sigmoid(X_c.T @ W + b)": "That is $A$ already: $Z$ is asked for.",
            "W.T @ X_c + b.T": "That is $Z$ in the other layout.",
            "X_c.T @ W": "The bias is missing.",
            "X_c.T @ W + b.T": "The bias was turned as well: ours is a row.",
            "X_c.T @ W.T + b": "The weights were turned as well: ours have a row for each input.",
        },
        hint="First turn their table into ours.",
        why="Bring data into one layout at the door, and keep it.",
    ),
    Choice(
        "runs-shape",
        "Six networks 4-3-2 at once, ten samples. What is the shape of the predictions?",
        right="`(6, 10, 2)`",
        wrong={
            "`(10, 2)`": "That is the shape for one network: each of the six has predictions of its own.",
            "`(60, 2)`": (
                "The networks aren't laid one under another: they have an axis of their own, in front."
            ),
            "`(10, 2, 6)`": "The runs stand in front, so that rows and columns remain the last two.",
            "`(6, 10, 4)`": "The last size is the width of the last layer.",
        },
        truth=predictions_of_runs,
        hint="Write the shape for one network, then put the runs in front.",
        why="Runs in front, then rows, then neurons: the last two sizes are as always.",
    ),
]
