"""The questions of the chapter `backward_pass`."""

from itertools import pairwise

import numpy as np

from lib.activations import Identity, ReLU, Sigmoid, Tanh
from lib.calculus import derivative, gradient, jacobian
from lib.costs import BCE, MSE
from lib.datasets import xor
from lib.descent import train
from lib.figures.backward import computational_graph
from lib.network import Dense, Network
from lib.practice import Blanks, Choice, Draw, Expression, Number, Order
from lib.questions.entries import ONE_OF_TWO, entry
from lib.slips import CATALOGUE

UNIT = (0.1, 0.9, 0.1)  # activations of a sigmoid: from, to, in steps of


def logit(a):
    """The z of which `a` is the sigmoid."""
    return np.log(a / (1 - a))


# The truths: what the shipped layers, costs and derivatives say


def output_sum(x, h, w, b):
    return Dense(w[:, None], [[b]], Identity()).forward(h[None]).item()


def second_sum(A0, W1, b1, W2, b2):
    return Network([Dense(W1, b1, Sigmoid()), Dense(W2, b2, Identity())]).forward(A0)


def thin(x, y, w1, b1, w2, b2):
    """One input, one hidden neuron, one output: its values and slopes."""
    network = Network([Dense([[w1]], [[b1]], Sigmoid()), Dense([[w2]], [[b2]], Sigmoid())])
    hidden, output = network.layers
    a1 = hidden.forward(np.array([[x]]))
    a2 = output.forward(a1)
    dC_da2 = MSE().gradient(a2, np.array([[y]]))
    dC_da1 = output.backward(dC_da2)
    dC_dx = hidden.backward(dC_da1)
    found = {"z1": logit(a1), "a1": a1, "z2": logit(a2), "a2": a2}
    found |= {"dC_da2": dC_da2, "dC_dz2": output.db, "dC_dw2": output.dW, "dC_db2": output.db}
    found |= {"dC_da1": dC_da1, "dC_dz1": hidden.db, "dC_dw1": hidden.dW, "dC_db1": hidden.db}
    return {name: value.item() for name, value in (found | {"dC_dx": dC_dx}).items()}


def thin_way(**given):
    found = thin(**given)
    return {name: found[name] for name in THIN}


def thin_from_activations(x, y, w1, w2, a1, a2):
    """The same for activations that are given: the biases are those that give them."""
    return thin(x, y, w1, logit(a1) - w1 * x, w2, logit(a2) - w2 * a1)


def input_slope(**given):
    return thin_from_activations(**given)["dC_dx"]


def graph_slopes(x, y, w2, a1, a2):
    found = thin_from_activations(x=x, y=y, w1=1.0, w2=w2, a1=a1, a2=a2)
    return {name: found[name] for name in GRAPH}


def sign_of_w1():
    slope = thin(x=2.0, y=1.0, w1=1.0, b1=-1.0, w2=-2.0, b2=-1.0)["dC_dw1"]
    return "positive" if slope > 0 else "negative" if slope < 0 else "zero"


def gate_slopes(p, q, s, t):
    """What comes back through each gate: its local derivatives times the slopes at its outputs."""

    def back(f, inputs, slopes):
        return jacobian(f, np.array(inputs)) @ np.array(slopes)

    plus = back(lambda v: np.array([v[0] + v[1]]), [p, q], [s])
    times = back(lambda v: np.array([v[0] * v[1]]), [p, q], [s])
    copy = back(lambda v: np.array([v[0], v[0]]), [p], [s, t])
    larger = back(lambda v: np.array([v.max()]), [p, q], [s])
    return dict(zip(GATES, [*plus, *times, *copy, *larger], strict=True))


def uses(N, n, m):
    """In how many entries of A W the upper left weight stands."""
    A, W = np.ones((int(N), int(n))), np.ones((int(n), int(m)))
    return np.count_nonzero(jacobian(lambda W: A @ W, W)[0, 0])


def weights_slope(A, D, N):
    """dC/dW for a cost that reacts to Z with D."""
    return gradient(lambda W: (D * (A @ W)).sum(), np.zeros((A.shape[1], D.shape[1])))


def weights_by_pencil(A, D):
    slopes = weights_slope(A, D, 2)
    return {"w11": slopes[0, 0], "w12": slopes[0, 1], "w21": slopes[1, 0], "w22": slopes[1, 1]}


def inputs_by_pencil(D, W):
    by_A = gradient(lambda A: (D * (A @ W)).sum(), np.zeros((2, 2)))
    by_b = gradient(lambda b: (D * (np.zeros((2, 2)) + b)).sum(), np.zeros(2))
    return dict(zip(("a11", "a12", "a21", "a22", "b1", "b2"), [*by_A.ravel(), *by_b], strict=True))


def hidden_blame(dC_dA1, A1, Z1, A2):
    return gradient(lambda Z: (dC_dA1 * Sigmoid().value(Z)).sum(), logit(A1), method="complex")


def output_blame(A2, y, N):
    return gradient(lambda Z: MSE().value(Sigmoid().value(Z), y), logit(A2))


def whole_way_back(A0, A1, A2, W2, y, N):
    """The four gradients by the shipped layers, from activations that are given."""
    hidden = Dense(np.zeros((A0.shape[1], A1.shape[1])), np.zeros((1, A1.shape[1])), Sigmoid())
    output = Dense(W2, np.zeros((1, W2.shape[1])), Sigmoid())
    hidden.A_in, hidden.A, output.A_in, output.A = A0, A1, A1, A2
    hidden.backward(output.backward(MSE().gradient(A2, y)))
    return {"dW2": output.dW, "db2": output.db, "dW1": hidden.dW, "db1": hidden.db}


def from_output_blame(A0, A1, W2, D2):
    """Both layers after their way back from D2."""
    hidden = Dense(np.zeros((A0.shape[1], A1.shape[1])), np.zeros((1, A1.shape[1])), Sigmoid())
    output = Dense(W2, np.zeros((1, W2.shape[1])), Identity())
    hidden.A_in, hidden.A, output.A_in, output.A = A0, A1, A1, D2
    hidden.backward(output.backward(D2))
    return hidden, output


def one_epoch(A0, A1, D2, W1, W2, alpha):
    hidden, output = from_output_blame(A0, A1, W2, D2)
    return {"W2": W2 - alpha * output.dW, "W1": W1 - alpha * hidden.dW}


def biases_slope(D, A, ones):
    return gradient(lambda b: (D * (ones + b)).sum(), np.zeros((1, D.shape[1])))


def xor_row(x, y, W1, b1, W2, b2):
    """One row through the network of the chapter, forward and back."""
    hidden, output = Dense(W1, b1[None], Sigmoid()), Dense(W2[:, None], [[b2]], Sigmoid())
    A1 = hidden.forward(x[None])
    A2 = output.forward(A1)
    dC_dA1 = output.backward(MSE().gradient(A2, np.array([[y]])))
    hidden.backward(dC_dA1)
    parts = (logit(A1), A1, logit(A2), A2, output.db, output.dW, dC_dA1, hidden.db)
    return dict(zip(ROW, np.concatenate([part.ravel() for part in parts]), strict=True))


def stretched(first, second):
    """What NumPy says to an entrywise product or difference of these shapes."""
    try:
        return f"nothing: the result has shape `{np.broadcast_shapes(first, second)}`"
    except ValueError:
        return "it refuses: the shapes differ"


def summed_inside():
    """What the weights of an output neuron get from two errors of opposite sign, summed first."""
    layer = Dense([[1.0], [2.0]], [[0.5]], Sigmoid())
    layer.forward(np.array([[1.0, 0.0], [1.0, 3.0]]))
    layer.backward(np.full((2, 1), MSE().gradient(np.array([[0.7], [0.3]]), np.full((2, 1), 0.5)).sum()))
    return "no slope at all" if np.allclose(layer.dW, 0) else "twice its slope"


def zero_blame():
    """Where dC/dW1 is zero for the row (1, 0), whatever the weights are."""
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    y_hat = network.forward(np.array([[1.0, 0.0]]))
    network.backward(MSE().gradient(y_hat, np.array([[1.0]])))
    zero = network.layers[0].dW == 0
    rows = "the first row: what $x_1$ is multiplied by", "the second row: what $x_2$ is multiplied by"
    return rows[int(np.flatnonzero(zero.all(axis=1)).item())]


def closer_rate():
    """At which of the two rates a step falls more nearly as its gradient says."""
    X, y = xor()

    def falls(alpha):
        network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
        before = MSE().value(network.forward(X), y)
        network.backward(MSE().gradient(network.forward(X), y))
        expected = alpha * sum((layer.dW**2).sum() + (layer.db**2).sum() for layer in network.layers)
        for layer in network.layers:
            layer.W, layer.b = layer.W - alpha * layer.dW, layer.b - alpha * layer.db
        return (before - MSE().value(network.forward(X), y)) / expected

    return "with $0.1$" if abs(falls(0.1) - 1) < abs(falls(1.0) - 1) else "with $1$"


def along_b2():
    """The cost of XOR when all four answers move away from one half, either way."""
    _, y = xor()
    moved = [MSE().value(np.full((4, 1), Sigmoid().value(b2)), y) for b2 in (-0.5, 0.0, 0.5)]
    near, far = (MSE().value(np.full((4, 1), Sigmoid().value(b2)), y) - moved[1] for b2 in (0.05, 0.1))
    square = moved[0] > moved[1] < moved[2] and np.isclose(far / near, 4, rtol=0.01)
    kind = (
        "rises like a square, so one of them at least is positive"
        if square
        else "stays, so all of them are zero"
    )
    return f"it {kind}"


def twins():
    """How many different hidden neurons a network has that was trained from equal weights."""
    network = Network(
        [Dense(np.ones(shape), np.zeros((1, shape[1])), Sigmoid()) for shape in ((2, 2), (2, 1))]
    )
    train(network, MSE(), *xor(), learning_rate=5, epochs=50)
    return "one" if len(np.unique(network.layers[0].W, axis=1).T) == 1 else "two: their gradients differ"


def nudged_passes(n0, n1, n2):
    """Two forward passes for each parameter of the network."""
    sizes = [int(n) for n in (n0, n1, n2)]
    layers = Network.random(sizes, Sigmoid(), np.random.default_rng(0)).layers
    return 2 * sum(layer.W.size + layer.b.size for layer in layers)


def fall_to_first_order(g, alpha):
    """How far a cost with this gradient falls along its tangent."""

    def plane(p):
        return p @ g

    at = np.zeros(len(g))
    return plane(at) - plane(at - alpha * gradient(plane, at))


def quotient_slope(p, q):
    return derivative(lambda q: p / q, q, method="complex")


def zero_start(y, N):
    layers = [Dense(np.zeros((2, 2)), np.zeros((1, 2)), Sigmoid())]
    layers.append(Dense(np.zeros((2, 1)), np.zeros((1, 1)), Sigmoid()))
    network = Network(layers)
    network.backward(MSE().gradient(network.forward(xor()[0]), y))
    return layers[1].db.item()


def best_shared(targets):
    """The one answer at which the cost of these rows is level."""

    def slope(p):
        return MSE().gradient(np.full(targets.shape, p), targets).sum()

    return -slope(0.0) / (slope(1.0) - slope(0.0))  # the slope is a straight line


def shared_answers(two, three, N):
    def cost(targets, answer):
        right = np.zeros((int(N) - len(targets), 1))  # the other rows have their targets
        said = np.concatenate([np.full(targets.shape, answer), right])
        return MSE().value(said, np.concatenate([targets, right]))

    two, three = two[:, None], three[:, None]
    best = {"p_two": best_shared(two), "p_three": best_shared(three)}
    return best | {"c_two": cost(two, best["p_two"]), "c_three": cost(three, best["p_three"])}


class Counted:
    """A number that counts how often it is multiplied."""

    times = 0

    def __mul__(self, other):
        Counted.times += 1
        return self

    def __add__(self, other):
        return self

    __rmul__ = __mul__
    __radd__ = __add__


def counted(*shape):
    return np.full([int(n) for n in shape], Counted(), dtype=object)


def count(work, *arguments):
    Counted.times = 0
    work(*arguments)
    return Counted.times


def from_the_cost(n0, n1, n2):
    return count(lambda: counted(n0, n1) @ (counted(n1, n2) @ counted(n2, 1)))


def both_ways(N, n0, n1, n2):
    """Multiplications of the products in both passes: the activation itself is left out."""
    network = Network([Dense(counted(*s), counted(1, s[1]), Identity()) for s in pairwise((n0, n1, n2))])
    forward = count(network.propagate, counted(N, n0))
    return {"forward": forward, "backward": count(network.back_propagate, counted(N, n2), False)}


def bce_blame(A2, y, N):
    return gradient(lambda Z: BCE().value(Sigmoid().value(Z), y), logit(A2))


def through_tanh(D, W, A):
    layer = Dense(W, np.zeros((1, W.shape[1])), Identity())
    layer.A_in, layer.A = A, D
    return layer.backward(D) * Tanh().derivative(A)


def stored_transposed(A, D, N):
    """dC/dW where Z = A W^T, for a cost that reacts to Z with D."""
    return gradient(lambda W: (D * (A @ W.T)).sum(), np.zeros((D.shape[1], A.shape[1])))


def dead_gradient():
    """The largest slope of a ReLU neuron's own parameters where it is off in every row."""
    neuron = Dense([[-1.0], [-1.0]], [[-1.0]], ReLU())
    neuron.forward(xor()[0])
    neuron.backward(np.ones((4, 1)))
    return "zero, exactly" if not neuron.dW.any() and not neuron.db.any() else "small, but not zero"


# The names of blanks, in the order in which they are found

THIN = ("z1", "a1", "z2", "a2", "dC_da2", "dC_dz2", "dC_da1", "dC_dz1", "dC_dw1")
GRAPH = ("dC_da2", "dC_dz2", "dC_dw2", "dC_db2", "dC_da1", "dC_dz1", "dC_dw1", "dC_db1")
GATES = ("plus_p", "plus_q", "times_p", "times_q", "copy_p", "max_p", "max_q")
ROW = ("Z1_1", "Z1_2", "A1_1", "A1_2", "Z2", "A2", "D2", "dW2_1", "dW2_2", "dA1_1", "dA1_2", "D1_1", "D1_2")

SLOPES = {name: name.replace("_", "/").translate(str.maketrans("12", "₁₂")) for name in {*THIN, *GRAPH}}

# Where the slopes of the graph's nodes stand on `computational_graph`
PLACES = {
    "dC_da2": (0.66, -2.8),
    "dC_dz2": (0.66, -2.1),
    "dC_da1": (0.66, -1.4),
    "dC_dz1": (0.66, -0.7),
    "dC_dw1": (-1.84, -0.21),
    "dC_db1": (-1.84, -0.91),
    "dC_dw2": (-1.84, -1.61),
    "dC_db2": (-1.84, -2.31),
}


def graph_figure():
    """The chapter's graph with the formula of each local derivative, and room for fields on the left."""
    fig = computational_graph(
        {
            ("A_2", "C"): "$2(a_2-y)$",
            ("Z_2", "A_2"): "$a_2(1-a_2)$",
            ("A_1", "Z_2"): "$w_2$",
            ("W_2", "Z_2"): "$a_1$",
            ("Z_1", "A_1"): "$a_1(1-a_1)$",
            ("W_1", "Z_1"): "$x$",
            ("b_1", "Z_1"): "$1$",
            ("b_2", "Z_2"): "$1$",
        }
    )
    fig.axes[0].set_xlim(-2.35, 1.25)
    return fig


QUESTIONS = [
    # The problem: XOR
    Number(
        "xor-output-sum",
        "In Figure 5.2 the row $(0,1)$ makes OR answer 1 and AND answer 0, very nearly; `h` holds these two "
        "answers. What is the weighted sum $z$ of the output neuron?",
        given={
            "x": [0, 1],
            "h": [1, 0],
            "w": Draw((2,), -30, 30, 10, first=[20, -20]),
            "b": Draw((), -20, 20, 5, first=-10),
        },
        answer="h @ w + b",
        truth=output_sum,
        slips={
            **CATALOGUE["neuron"].sentences("no bias", "bias subtracted", "activated", x="h"),
            "x @ w + b": "The inputs were weighted: the output neuron sees what OR and AND answer.",
            "w.sum() + b": "The weights were added without the answers that they multiply.",
            "1*(h @ w + b > 0)": "That is $\\hat y$: asked is the sum before the sigmoid.",
        },
        hint="What OR says times its weight, what AND says times its weight, then the bias.",
        why="In the figure that is far above zero, so $\\hat y$ is almost 1. At $(1,1)$ both answer 1, and "
        "$20-20-10$ is far below.",
    ),
    # The forward pass
    Expression(
        "two-layers-forward",
        "From the input to the second weighted sum: write $Z_2$ in one line.",
        given={"A0": (4, 2), "W1": (2, 2), "b1": (1, 2), "W2": (2, 1), "b2": (1, 1)},
        answer="sigmoid(A0 @ W1 + b1) @ W2 + b2",
        truth=second_sum,
        slips={
            "(A0 @ W1 + b1) @ W2 + b2": "No sigmoid between the layers: without one the two are one layer.",
            "sigmoid(sigmoid(A0 @ W1 + b1) @ W2 + b2)": "That is $A_2$: its sigmoid comes one step later.",
            "sigmoid(A0 @ W1) @ W2 + b2": "The hidden layer's bias is missing.",
            "sigmoid(A0 @ W1 + b1) @ W2": "The output's bias is missing.",
            "sigmoid(A0 @ W1.T + b1) @ W2 + b2": "$W_1$ was transposed: its rows belong to inputs.",
            "sigmoid(A0 @ W1) @ W2 + b1 @ W2 + b2": "The hidden bias was added after the sigmoid, not before.",
        },
        hint="Put $A_1 = \\sigma(Z_1)$ where $A_1$ stands.",
        why="Each bias is added inside its own layer, before that layer's sigmoid.",
    ),
    # One path first
    Choice(
        "thin-sign",
        "Which sign will $dC/dw_1$ have? Follow a small increase of $w_1$ along the path.",
        right="positive",
        wrong={
            "negative": "One factor is negative, $w_2$; is it the only one?",
            "zero": "$C$ contains $w_1$ by way of $z_1$, $a_1$, $z_2$, $a_2$, and no factor of the path is zero.",
            "it depends on $\\alpha$": "The slope is there before any step is made; $\\alpha$ only says how far to go.",
        },
        truth=sign_of_w1,
        hint="Which of the five factors are negative? $a_2$ is never above 1.",
        why="More $w_1$ makes $z_1$ and $a_1$ larger; $w_2$ is negative, so $z_2$ and $a_2$ become smaller; $a_2$ "
        "is below $y=1$ already, so the cost grows.",
    ),
    Blanks(
        "thin-way",
        "The whole way: the values from $z_1$ down to $a_2$, then the slopes from $a_2$ back up to $w_1$, "
        "all to three decimals.",
        given={
            "x": Draw((), 1, 3, 1, first=2),
            "y": Draw((), 0, 1, 1, first=1),
            "w1": Draw((), -2, 2, 0.5, first=1),
            "b1": Draw((), -2, 2, 0.5, first=-1),
            "w2": Draw((), -3, 3, 0.5, first=-2),
            "b2": Draw((), -2, 2, 0.5, first=-1),
        },
        decimals=3,
        answers={
            "z1": "w1*x + b1",
            "a1": "sigmoid(z1)",
            "z2": "w2*a1 + b2",
            "a2": "sigmoid(z2)",
            "dC_da2": "2*(a2 - y)",
            "dC_dz2": "dC_da2*a2*(1 - a2)",
            "dC_da1": "dC_dz2*w2",
            "dC_dz1": "dC_da1*a1*(1 - a1)",
            "dC_dw1": "dC_dz1*x",
        },
        truth=thin_way,
        labels={name: SLOPES[name] for name in THIN if name.startswith("dC")},
        slips={
            "z1": {
                "w1*x": "That is the product without the bias.",
                "w1*x - b1": "The bias was subtracted.",
            },
            "a1": {
                "z1": "The sum was passed on without the sigmoid.",
                "sigmoid(-z1)": "The minus in the exponent was lost.",
                "sigmoid(z1)*(1 - sigmoid(z1))": "That is the slope of the sigmoid, not its value.",
            },
            "z2": {
                "w2*a1": "That is the product without the bias.",
                "w2*a1 - b2": "The bias was subtracted.",
                "w2*z1 + b2": "The sum $z_1$ went in: it is the activation that goes on.",
                "w2*x + b2": "The input went in: layer 2 sees what layer 1 answers.",
            },
            "a2": {
                "z2": "The sum was passed on without the sigmoid.",
                "sigmoid(-z2)": "The minus in the exponent was lost.",
            },
            "dC_da2": {
                "2*(y - a2)": "The error was turned round: here it is prediction minus target.",
                "a2 - y": "The 2 that the square brings down is missing.",
                "(a2 - y)**2": "That is the cost, not its slope.",
            },
            "dC_dz2": {
                "dC_da2": "The sigmoid was passed without its slope.",
                "dC_da2*(1 - a2)": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da2*a2": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da2*z2*(1 - z2)": "The rule was written with the sum, and it needs the activation.",
                "a2*(1 - a2)": "The local slope alone: what came from the cost is missing.",
            },
            "dC_da1": {
                "dC_dz2*a1": "Multiplied by $a_1$: that step leads to $w_2$.",
                "dC_dz2": "Passed on without the weight.",
                "dC_dz2 + w2": "Added: along a path factors multiply.",
            },
            "dC_dz1": {
                "dC_da1*a2*(1 - a2)": "That is the slope of the other sigmoid: this one stands at $z_1$.",
                "dC_da1": "The sigmoid was passed without its slope.",
                "dC_da1*(1 - a1)": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da1*a1": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da1*z1*(1 - z1)": "The rule was written with the sum, and it needs the activation.",
            },
            "dC_dw1": {
                "dC_dz1": "The last step is missing: in $z_1$ the weight is multiplied by something.",
                "dC_dz1*a1": "Multiplied by $a_1$: that is what layer 1 gives, not what it takes in.",
            },
        },
        table=[
            ["", "value", "slope of $C$"],
            ["$z_1$", "z1", "dC_dz1"],
            ["$a_1$", "a1", "dC_da1"],
            ["$z_2$", "z2", "dC_dz2"],
            ["$a_2$", "a2", "dC_da2"],
            ["$w_1$", "", "dC_dw1"],
        ],
        hint="Each slope is the one of the step after it, times one local derivative.",
        why="Nine small steps, each of them with numbers that stood there already.",
    ),
    Expression(
        "slope-of-the-input",
        "And if the input moves? Write $dC/dx$ of the thin network.",
        given={
            "x": Draw((), 1, 3, 0.5),
            "y": Draw((), 0, 1, 1),
            "w1": (),
            "w2": (),
            "a1": Draw((), *UNIT),
            "a2": Draw((), *UNIT),
        },
        answer="2*(a2 - y)*a2*(1 - a2)*w2*a1*(1 - a1)*w1",
        truth=input_slope,
        factors={
            "the slope of the hidden sigmoid": "a1*(1 - a1)",
            "the slope of the output's sigmoid": "a2*(1 - a2)",
            "w₂": "w2",
            "w₁": "w1",
            "a₁, half of a sigmoid's slope": "a1",
            "1 − a₁, half of a sigmoid's slope": "1 - a1",
            "a₂, half of a sigmoid's slope": "a2",
            "1 − a₂, half of a sigmoid's slope": "1 - a2",
        },
        slips={
            "2*(a2 - y)*a2*(1 - a2)*w2*a1*(1 - a1)*x": "That is $dC/dw_1$: here the other factor of the product moves.",
            "2*(a2 - y)*a2*(1 - a2)*a1*a1*(1 - a1)*w1": "The step from $z_2$ to $a_1$ has another factor: $a_1$ leads to $w_2$.",
            "2*(a2 - y)*a2*(1 - a2)*w2*a2*(1 - a2)*w1": "The slope of the output's sigmoid stands there twice.",
            "2*(a2 - y)*w2*w1": "Both sigmoids were passed without their slopes.",
            "2*(a2 - y)*(1 - a2)*w2*(1 - a1)*w1": "Half of each sigmoid's slope.",
            "2*(a2 - y)*sigmoid(a2)*(1 - sigmoid(a2))*w2*sigmoid(a1)*(1 - sigmoid(a1))*w1": "The sigmoids were applied once more: $a_1$ and $a_2$ are their values already.",
            "2*(a2 - y)*a2*(1 - a2)*w2*a1*(1 - a1)*w1*x": "Both factors of the product stand there: $x$ moves, and only the other one is its slope.",
        },
        hint="The path is the same as for $w_1$, up to its last step.",
        why="Only the last factor has changed: in $w_1x$ each of the two is the other's slope.",
    ),
    # Every step is a gate
    Blanks(
        "gates",
        "Four kinds of steps. At what comes out of each, the cost has the slope $s$ (at the copy's second output $t$). "
        "Which slope does it have at each input?",
        given={
            "p": Draw((), 3, 9, 2, first=3),
            "q": Draw((), 2, 8, 2, first=8),
            "s": Draw((), 2, 5, 1, first=2),
            "t": Draw((), 2, 6, 1, first=4),
        },
        answers={
            "plus_p": "s",
            "plus_q": "s",
            "times_p": "s*q",
            "times_q": "s*p",
            "copy_p": "s + t",
            "max_p": "s*(p > q)",
            "max_q": "s*(q > p)",
        },
        truth=gate_slopes,
        labels={
            "plus_p": "slope of plus at p",
            "plus_q": "slope of plus at q",
            "times_p": "slope of times at p",
            "times_q": "slope of times at q",
            "copy_p": "slope of copy at p",
            "max_p": "slope of max at p",
            "max_q": "slope of max at q",
        },
        slips={
            "plus_p": {
                "s*p": "Multiplied by the input: that is another gate's rule.",
                "s/2": "Shared out: a slope isn't split by a sum.",
                "s*(p + q)": "Multiplied by the gate's value: how much does $p+q$ move when $p$ moves by a little?",
                "s + p": "Added to the value: along a path factors multiply.",
            },
            "plus_q": {
                "s*q": "Multiplied by the input: that is another gate's rule.",
                "s/2": "Shared out: a slope isn't split by a sum.",
                "s*(p + q)": "Multiplied by the gate's value: how much does $p+q$ move when $q$ moves by a little?",
                "s + q": "Added to the value: along a path factors multiply.",
            },
            "times_p": {
                "s*p": "Multiplied by its own value: if $p$ grows by a little, by how many times that does $pq$ grow?",
                "q": "The local slope alone: what came from above is missing.",
                "p*q": "That is the gate's value.",
                "s*p*q": "Multiplied by the gate's value.",
            },
            "times_q": {
                "s*q": "Multiplied by its own value: if $q$ grows by a little, by how many times that does $pq$ grow?",
                "p": "The local slope alone: what came from above is missing.",
                "p*q": "That is the gate's value.",
                "s*p*q": "Multiplied by the gate's value.",
            },
            "copy_p": {
                "s*t": "Multiplied: along one path factors multiply, but here are two paths.",
                "(s + t)/2": "Averaged: both copies reach the cost in full.",
                "s": "One copy only: the other reaches the cost, too.",
                "t": "One copy only: the other reaches the cost, too.",
                "(s + t)*p": "The slope was multiplied by the value.",
            },
            "max_p": {
                "s*(q > p)": "Does the maximum move when the smaller input moves a little, and when the larger one does?",
                "s*p": "Multiplied by the input: that is another gate's rule.",
                "s/2": "Shared out: do both inputs move the maximum?",
            },
            "max_q": {
                "s*(p > q)": "Does the maximum move when the smaller input moves a little, and when the larger one does?",
                "s*q": "Multiplied by the input: that is another gate's rule.",
                "s/2": "Shared out: do both inputs move the maximum?",
            },
        },
        table=[
            ["what comes out", "slope at $p$", "slope at $q$"],
            ["plus: $p+q$", "plus_p", "plus_q"],
            ["times: $pq$", "times_p", "times_q"],
            ["copy: $p$ and $p$", "copy_p", ""],
            ["max: the larger", "max_p", "max_q"],
        ],
        hint="Move one input by a little: by how many times that does the output move? Then times the slope there.",
        why="Plus hands on, times swaps, a copy adds, max routes.",
    ),
    # Several rows: no sum
    Choice(
        "sum-inside",
        "Two rows have the errors $e$ and $-e$. What would every weight get if the slope of the cost were "
        "$\\frac2N\\sum(\\hat y-y)$, one number for all rows?",
        right="no slope at all",
        wrong={
            "twice its slope": "The sizes don't add up here: the two errors have opposite signs.",
            "its right slope, since a sum comes in the end anyway": "The later sum weighs each row by its own input; "
            "here the rows are mixed before that can happen.",
            "an error: the shapes don't fit": "One number fits every shape, so nothing is said.",
        },
        truth=summed_inside,
        hint="Add the two errors first.",
        why="The two errors cancel, and zero goes back: a network that is off in every row would be told that all is well.",
    ),
    # Where does the transpose come from?
    Number(
        "uses-of-a-weight",
        "$A$ has $N$ rows and $n$ columns, $W$ is $(n,m)$. How many entries of $Z = A\\cdot W + b$ use the one "
        "weight $W_{12}$?",
        given={
            "N": Draw((), 3, 9, 1, first=4),
            "n": Draw((), 2, 6, 1, first=3),
            "m": Draw((), 2, 6, 1, first=2),
        },
        answer="N",
        truth=uses,
        slips={
            "1": "One line in a drawing of the network stands for all rows at once.",
            "m": "That many entries use one *input*: it goes to every neuron.",
            "N*m": "That is all of $Z$: a weight belongs to one neuron, and each neuron has its own column.",
            "n": "That many weights go into one entry of $Z$: here it is the other way round.",
            "n*m": "That is how many weights there are.",
            "N*n": "That is how many entries $A$ has.",
            "N*n*m": "That is how many products all of $Z$ takes.",
        },
        hint="Which column of $Z$ is it, and which of its entries use the weight?",
        why="One in each row: the whole second column of $Z$.",
    ),
    Expression(
        "weights-slope",
        "The uses of a weight add up. Let the shapes help: $A$ is $(5,3)$, $D$ is $(5,2)$. Which product of the two, one of "
        "them transposed, is shaped like $W$, $(3,2)$? Write it in NumPy.",
        given={"A": (5, 3), "D": (5, 2), "N": 5},
        answer="A.T @ D",
        truth=weights_slope,
        like="W",
        slips={
            **CATALOGUE["dC_dW"].sentences(
                "no transpose",
                "turned round",
                "mean again",
                "sums inside",
                "entry by entry",
                "only the input",
            ),
            "A.T * D": "The star multiplies entry by entry: a sum over the rows needs a matrix product.",
        },
        hint="A product $(n,N)(N,m)$ sums over $N$.",
        why="The sum over the rows is the product's inner size. The next section derives it, entry by entry.",
    ),
    Expression(
        "biases-slope",
        "And $dC/db$, with $b$ of shape $(1,2)$? `ones` is a column of ones, if you want it.",
        given={"D": (5, 2), "A": (5, 3), "ones": [[1], [1], [1], [1], [1]]},
        answer="D.sum(axis=0, keepdims=True)",
        truth=biases_slope,
        like="b",
        slips={
            **CATALOGUE["dC_db"].sentences(),
            "D.sum(axis=1)": "Summed over the neurons: it is the rows that share a bias.",
            "ones @ D": "The ones have to lie down as a row, so that they meet the rows of $D$.",
        },
        hint="Which entries of $Z$ use one bias, and with which factor?",
        why="One bias is copied to all rows, so their blames add up: `D.sum(axis=0, keepdims=True)` sums along axis 0, the "
        "rows, and keeps the result a row. `ones.T @ D` is the same.",
    ),
    Blanks(
        "weights-by-pencil",
        "Work out $dC/dW$ with a pencil.",
        given={
            "A": Draw((2, 2), 1, 4, 1, first=[[1, 2], [3, 4]]),
            "D": Draw((2, 2), -4, 4, 1, first=[[1, -4], [3, -1]]),
        },
        answers={f"w{i + 1}{j + 1}": entry("A.T @ D", i, j) for i in (0, 1) for j in (0, 1)},
        truth=weights_by_pencil,
        labels={f"w{i}{j}": f"dC/dW in row {i} and column {j}" for i in (1, 2) for j in (1, 2)},
        slips={
            f"w{i + 1}{j + 1}": {
                entry("A @ D", i, j): "That is $AD$, the transpose forgotten: square tables let it pass.",
                entry("D @ A", i, j): "That is $DA$: the order turned round, and nothing transposed.",
                entry("A * D", i, j): "Entry by entry: each weight needs a sum over the rows.",
                entry("A @ D.T", i, j): "A row of $A$ met a row of $D$: the sum has to run over the rows.",
                entry("A.T @ D / 2", i, j): "Divided by $N$ once more: the $1/N$ is in $D$ already.",
                **(
                    {
                        entry("D.T @ A", i, j): "Rows and columns are exchanged.",
                        entry(
                            "D @ A.T", i, j
                        ): "A row of $D$ met a row of $A$: the sum has to run over the rows.",
                    }
                    if i != j
                    else {}
                ),
            }
            for i in (0, 1)
            for j in (0, 1)
        },
        table=[
            ["$dC/dW$", "column 1", "column 2"],
            ["row 1", "w11", "w12"],
            ["row 2", "w21", "w22"],
        ],
        hint="Row $j$ of $A^\\top$ is column $j$ of $A$.",
        why="A column of $A$ meets a column of $D$. The tables are square, so a forgotten transpose raises no error "
        "here; only the numbers tell.",
    ),
    Blanks(
        "inputs-by-pencil",
        "And $dC/dA$, with its two rows, and $dC/db$.",
        given={
            "D": Draw((2, 2), -4, 4, 1, first=[[1, -4], [3, -1]]),
            "W": Draw((2, 2), -3, 3, 0.5, first=[[1, -2], [0.5, 2]]),
        },
        answers={
            "a11": entry("D @ W.T", 0, 0),
            "a12": entry("D @ W.T", 0, 1),
            "a21": entry("D @ W.T", 1, 0),
            "a22": entry("D @ W.T", 1, 1),
            "b1": "D.sum(axis=0) @ [1, 0]",
            "b2": "D.sum(axis=0) @ [0, 1]",
        },
        truth=inputs_by_pencil,
        labels={
            **{f"a{i}{j}": f"dC/dA in row {i} and column {j}" for i in (1, 2) for j in (1, 2)},
            **{f"b{j}": f"dC/db in column {j}" for j in (1, 2)},
        },
        slips={
            f"a{i + 1}{j + 1}": {
                entry("D @ W", i, j): "That is $DW$: the transpose was forgotten.",
                entry("D * W", i, j): "Entry by entry: each input feels both neurons, so a sum is needed.",
                entry("W.T @ D", i, j): "The order was turned round: rows of $D$ are samples, and stay rows.",
                entry("W @ D", i, j): "The order was turned round, and nothing transposed.",
                **({entry("W @ D.T", i, j): "Rows and columns are exchanged."} if i != j else {}),
            }
            for i in (0, 1)
            for j in (0, 1)
        }
        | {
            f"b{j + 1}": {
                f"D.sum(axis=1) @ {ONE_OF_TWO[j]}": "Summed over the neurons: it is the rows that share a bias.",
                f"D.mean(axis=0) @ {ONE_OF_TWO[j]}": "Averaged: the $1/N$ is in $D$ already.",
                "D.sum()": "Everything was added up: each neuron has its own bias.",
            }
            for j in (0, 1)
        },
        table=[
            ["", "column 1", "column 2"],
            ["$dC/dA$, row 1", "a11", "a12"],
            ["$dC/dA$, row 2", "a21", "a22"],
            ["$dC/db$", "b1", "b2"],
        ],
        hint="Column $j$ of $W^\\top$ is row $j$ of $W$.",
        why="Both kinds of sums: over the neurons for an input, over the rows for a bias.",
    ),
    # Entry by entry
    Expression(
        "output-blame",
        "From the predictions back to the output's weighted sums: write $D_2 = dC/dZ_2$, for MSE and a sigmoid.",
        given={"A2": Draw((4, 1), *UNIT), "y": Draw((4, 1), 0, 1, 1), "N": 4},
        answer="2*(A2 - y)/N*A2*(1 - A2)",
        truth=output_blame,
        like="Z2",
        factors={"the slope of the sigmoid": "A2*(1 - A2)", "1 − A₂, half of that slope": "1 - A2"},
        slips={
            "(2*(A2 - y)/N*A2*(1 - A2)).sum()": "Summed over the rows: that comes later, on the way to the bias.",
            "2*(A2 - y)/N": "That is $dC/dA_2$: the way leads on, through the sigmoid.",
            "(2*(A2 - y)/N).sum()*A2*(1 - A2)": "Summed over the rows already: errors of opposite sign cancel.",
            "2*(A2 - y)*A2*(1 - A2)": "The mean was forgotten.",
            "(A2 - y)/N*A2*(1 - A2)": "The 2 that the square brings down is missing.",
            "2*(A2 - y)/N*(1 - A2)": "Half of the sigmoid's slope: a factor is missing.",
            "2*(A2 - y)**2/N*A2*(1 - A2)": "The square is still there: its exponent wasn't lowered.",
            "(A2 - y)**2/N*A2*(1 - A2)": "It began with the cost: its slope is needed.",
            "A2*(1 - A2)": "The local slope alone: what came from above is missing.",
            "2*(A2 - y)/N*sigmoid(A2)*(1 - sigmoid(A2))": "The sigmoid was applied once more: $A_2$ is its value already.",
        },
        hint="Two steps: the slope of the cost, then through the activation.",
        why="A column with one blame for each row, and no sum in it.",
    ),
    Expression(
        "hidden-blame",
        "Back through the hidden layer's sigmoid: from $dC/dA_1$, write $D_1 = dC/dZ_1$ without an exponential.",
        given={
            "dC_dA1": (4, 2),
            "Z1": (4, 2),
            "A1": Draw((4, 2), *UNIT),
            "A2": Draw((4, 1), *UNIT),
        },
        answer="dC_dA1 * A1 * (1 - A1)",
        truth=hidden_blame,
        like="Z1",
        factors={"the slope of the sigmoid": "A1*(1 - A1)"},
        slips={
            "dC_dA1 * sigmoid(Z1) * (1 - sigmoid(Z1))": "That is so, and it takes the exponential once more: the forward pass has kept what it gave.",
            **CATALOGUE["dC_dZ"].sentences(
                "no slope",
                "half a slope",
                "slope of z",
                "slope alone",
                "matrix product",
                "the value",
                dC_dA="dC_dA1",
                A="A1",
                Z="Z1",
            ),
            "dC_dA1 * A2 * (1 - A2)": "The slope of the output's sigmoid: it only broadcasts, and belongs to $Z_2$.",
            "dC_dA1 * sigmoid(Z1)": "The value of the activation, not its slope.",
            "dC_dA1 * (1 - A1**2)": "That is the slope of tanh.",
        },
        hint="$\\sigma' = (1-a)\\,a$, from the activation that stands between the two.",
        why="Each entry by itself, with the activation that the forward pass has kept.",
    ),
    Choice(
        "other-slope",
        "$dC/dA_1$ is $(4,2)$ here, and $\\sigma'(Z_2)$ is $(4,1)$. What does NumPy say to their product, entry by entry?",
        right="nothing: the result has shape `(4, 2)`",
        wrong={
            "it refuses: the shapes differ": "From the right 2 meets 1, and a 1 stretches.",
            "nothing: the result has shape `(4, 1)`": "The smaller table is stretched, not the larger one cut.",
            "nothing, and the result is right": "Both neurons of a row would get one and the same $\\sigma'$, the output's.",
        },
        truth=lambda: stretched((4, 2), (4, 1)),
        hint="Compare the shapes from the right: a size of 1 stretches.",
        why="So another layer's slope comes in with the right shape and without a word.",
    ),
    # The whole way back
    Order(
        "backward-lines",
        "The backward pass of the network with two layers. Put its eight lines in order, and fill the four gaps.",
        given={
            "A0": (4, 2),
            "A1": Draw((4, 2), *UNIT),
            "A2": Draw((4, 1), *UNIT),
            "W2": (2, 1),
            "y": Draw((4, 1), 0, 1, 1),
            "N": 4,
        },
        lines=[
            "dC_dA2 = 2 * (A2 - y) / N",
            "D2 = dC_dA2 * A2 * (1 - A2)",
            "dW2 = {A1.T} @ D2",
            "db2 = D2.sum(axis=0, keepdims=True)",
            "dC_dA1 = D2 @ {W2.T}",
            "D1 = dC_dA1 * {A1 * (1 - A1)}",
            "dW1 = {A0.T} @ D1",
            "db1 = D1.sum(axis=0, keepdims=True)",
        ],
        truth=whole_way_back,
        slips={
            "dW2": {
                "A0.T": "That is what layer 1 takes in: layer 2 takes in another table.",
                "A1": "The transpose was forgotten: the sum has to run over the rows.",
                "A1.T / N": "Divided by $N$ once more: the $1/N$ is in `D2` already.",
            },
            "dC_dA1": {
                "W2": "The transpose was forgotten: each hidden neuron gets the blame through its own weight.",
                "dW2.T": "The slope of the weights stands there: the blame comes back through the weights themselves.",
            },
            "D1": {
                "A2 * (1 - A2)": "The slope of the output's sigmoid, as S101 prints it: it only broadcasts.",
                "(1 - A1)": "Half of the sigmoid's slope: a factor is missing.",
                "A1": "The value of the activation, not its slope.",
                "sigmoid(A1) * (1 - sigmoid(A1))": "The sigmoid was applied once more: `A1` is its value already.",
            },
            "dW1": {
                "A1.T": "That is what layer 1 gives: the weights were multiplied by what it takes in.",
                "A0": "The transpose was forgotten: the sum has to run over the rows.",
                "A0.T / N": "Divided by $N$ once more: the $1/N$ is in `D1` already.",
            },
        },
        hint="From the cost to the input; each line uses what stands above it.",
        why="Twice the same four thoughts: through the activation, to the weights, to the biases, to the layer before.",
    ),
    Expression(
        "first-weights",
        "Skip the names in between: from $D_2$ all the way to $dC/dW_1$, in one line.",
        given={
            "A0": (4, 2),
            "A1": Draw((4, 2), *UNIT),
            "A2": Draw((4, 1), *UNIT),
            "W2": (2, 1),
            "D2": (4, 1),
            "dW2": (2, 1),
            "alpha": Draw((), 0.5, 2, 0.5),
            "N": 4,
        },
        answer="A0.T @ (D2 @ W2.T * A1 * (1 - A1))",
        truth=lambda A0, A1, A2, W2, D2, dW2, alpha, N: from_output_blame(A0, A1, W2, D2)[0].dW,
        like="W1",
        slips={
            "(D2 @ W2.T * A1 * (1 - A1)).T @ A0": "Turned round: rows of $W_1$ belong to inputs, columns to neurons.",
            "A0.T @ (D2 @ W2.T) * A1 * (1 - A1)": "The sum over the rows came too early: the slope of the sigmoid belongs inside it.",
            "A0.T @ D2": "The hidden layer was skipped: its weights and its activation lie on the way.",
            "A0.T @ (D2 @ W2.T)": "The hidden sigmoid was passed without its slope.",
            "A0.T @ (D2 @ W2.T * A2 * (1 - A2))": "The slope of the output's sigmoid, as S101 prints it: it only broadcasts.",
            "A0.T @ (D2 @ W2.T * A1 * (1 - A1)) / N": "Divided by $N$ once more: the $1/N$ is in $D_2$ already.",
            "A0.T @ (D2 @ (W2 - alpha * dW2).T * A1 * (1 - A1))": "$W_2$ was moved already: the way back needs the old one.",
            "A0.T @ (D2 * A1 * (1 - A1))": "Passed on without the weights $W_2$; it only broadcasts.",
            "A1.T @ D2": "That is $dC/dW_2$.",
            "D2 @ W2.T * A1 * (1 - A1)": "That is $D_1$: the last step, to the weights, is missing.",
            "A0.T @ D2 @ W2.T * A1 * (1 - A1)": "Brackets: `@` and `*` are done from left to right.",
            "A0 @ (D2 @ W2.T * A1 * (1 - A1))": "The transpose was forgotten.",
            "A0.T @ (D2 @ dW2.T * A1 * (1 - A1))": "The slope of the weights stands there: the blame comes back through the weights themselves.",
            "alpha * (A0.T @ (D2 @ W2.T * A1 * (1 - A1)))": "The learning rate belongs to the step.",
            "-alpha * (A0.T @ (D2 @ W2.T * A1 * (1 - A1)))": "That is the step already: asked is the gradient.",
            "A0.T @ (D2 @ W2.T * sigmoid(A1) * (1 - sigmoid(A1)))": "The sigmoid was applied once more: $A_1$ is its value already.",
            "A1.T @ (D2 @ W2.T * A1 * (1 - A1))": "$A_1$ is what layer 1 gives: its weights were multiplied by what it takes in.",
            "A0.sum(axis=0, keepdims=True).T @ (D2 @ W2.T * A1 * (1 - A1)).sum(axis=0, keepdims=True)": "Both were "
            "summed over the rows first: then every row meets every other.",
        },
        hint="To the layer before, through its activation, to its weights.",
        why="Read from the inside out: blame through the weights, through the activation, summed over the rows.",
    ),
    Blanks(
        "xor-row",
        "One row of XOR, forward and back through a network of the same size, to three decimals. With one row $N=1$, and each "
        "table below has one or two numbers.",
        given={
            "x": [0, 1],
            "y": 1,
            "W1": Draw((2, 2), -3, 3, 0.5, first=[[-2, -3], [2, 1]]),
            "b1": Draw((2,), -2, 2, 0.5, first=[-1, 1]),
            "W2": Draw((2,), -4, 4, 0.5, first=[-1, 2]),
            "b2": Draw((), -2, 2, 0.5, first=-1),
        },
        decimals=3,
        answers={
            "Z1_1": "(x @ W1 + b1) @ [1, 0]",
            "Z1_2": "(x @ W1 + b1) @ [0, 1]",
            "A1_1": "sigmoid(Z1_1)",
            "A1_2": "sigmoid(Z1_2)",
            "Z2": "A1_1*(W2 @ [1, 0]) + A1_2*(W2 @ [0, 1]) + b2",
            "A2": "sigmoid(Z2)",
            "D2": "2*(A2 - y)*A2*(1 - A2)",
            "dW2_1": "A1_1*D2",
            "dW2_2": "A1_2*D2",
            "dA1_1": "D2*(W2 @ [1, 0])",
            "dA1_2": "D2*(W2 @ [0, 1])",
            "D1_1": "dA1_1*A1_1*(1 - A1_1)",
            "D1_2": "dA1_2*A1_2*(1 - A1_2)",
        },
        truth=xor_row,
        labels={
            "Z1_1": "Z₁ of neuron 1",
            "Z1_2": "Z₁ of neuron 2",
            "A1_1": "A₁ of neuron 1",
            "A1_2": "A₁ of neuron 2",
            "Z2": "Z₂",
            "A2": "A₂",
            "D2": "D₂",
            "dW2_1": "dC/dW₂ of neuron 1",
            "dW2_2": "dC/dW₂ of neuron 2",
            "dA1_1": "dC/dA₁ of neuron 1",
            "dA1_2": "dC/dA₁ of neuron 2",
            "D1_1": "D₁ of neuron 1",
            "D1_2": "D₁ of neuron 2",
        },
        slips={
            "Z1_2": {
                "(x @ W1 - b1) @ [0, 1]": "The bias was subtracted.",
                "(x @ W1) @ [0, 1]": "That is the product without the bias.",
                "(W1.sum(axis=0) + b1) @ [0, 1]": "$x$ was left out: it says which weights take part.",
                "([1, 0] @ W1 + b1) @ [0, 1]": "The first row of $W_1$ was taken: which input is 1?",
            },
            "Z1_1": {
                "(x @ W1 - b1) @ [1, 0]": "The bias was subtracted.",
                "(W1 @ x + b1) @ [1, 0]": "The weights were read along a row: a neuron's weights stand in its column.",
                "(x @ W1) @ [1, 0]": "That is the product without the bias.",
                "(W1.sum(axis=0) + b1) @ [1, 0]": "$x$ was left out: it says which weights take part.",
                "([1, 0] @ W1 + b1) @ [1, 0]": "The first row of $W_1$ was taken: which input is 1?",
            },
            "A1_1": {"Z1_1": "The sum was passed on without the sigmoid."},
            "A1_2": {"Z1_2": "The sum was passed on without the sigmoid."},
            "Z2": {
                "A1_1*(W2 @ [1, 0]) + A1_2*(W2 @ [0, 1])": "That is the product without the bias.",
                "A1_1*(W2 @ [1, 0]) + A1_2*(W2 @ [0, 1]) - b2": "The bias was subtracted.",
                "Z1_1*(W2 @ [1, 0]) + Z1_2*(W2 @ [0, 1]) + b2": "The sums went in: it is the activations that go on.",
            },
            "A2": {"Z2": "The sum was passed on without the sigmoid."},
            "D2": {
                "2*(A2 - y)": "That is $dC/dA_2$: the sigmoid was passed without its slope.",
                "(A2 - y)*A2*(1 - A2)": "The 2 that the square brings down is missing.",
                "2*(y - A2)*A2*(1 - A2)": "The error was turned round: here it is prediction minus target.",
                "2*(A2 - y)*(1 - A2)": "Half of the sigmoid's slope: a factor is missing.",
                "2*(A2 - y)*A2": "Half of the sigmoid's slope: a factor is missing.",
                "2*(A2 - y)*A2*(1 - A2)/4": "Divided by 4: how many rows are there here?",
                "(A2 - y)**2*A2*(1 - A2)": "It began with the cost: its slope is needed.",
                "(A2 - y)**2": "That is the cost, not its slope.",
            },
            "dW2_1": {
                "(W2 @ [1, 0])*D2": "Multiplied by the weight: its partner in $Z_2$ is the activation.",
                "D2": "What went in is missing.",
            },
            "dW2_2": {
                "(W2 @ [0, 1])*D2": "Multiplied by the weight: its partner in $Z_2$ is the activation.",
                "D2": "What went in is missing.",
            },
            "dA1_1": {
                "D2*A1_1": "Multiplied by the activation: that leads to the weight.",
                "D2*(W2 @ [0, 1])": "The weight of the other neuron.",
            },
            "dA1_2": {
                "D2*A1_2": "Multiplied by the activation: that leads to the weight.",
                "D2*(W2 @ [1, 0])": "The weight of the other neuron.",
            },
            "D1_1": {
                "dA1_1*A2*(1 - A2)": "The slope of the output's sigmoid, as S101 prints it.",
                "dA1_1": "The sigmoid was passed without its slope.",
                "dA1_1*(1 - A1_1)": "Half of the sigmoid's slope: a factor is missing.",
                "dA1_1*A1_1": "Half of the sigmoid's slope: a factor is missing.",
            },
            "D1_2": {
                "dA1_2*A2*(1 - A2)": "The slope of the output's sigmoid, as S101 prints it.",
                "dA1_2": "The sigmoid was passed without its slope.",
                "dA1_2*(1 - A1_2)": "Half of the sigmoid's slope: a factor is missing.",
                "dA1_2*A1_2": "Half of the sigmoid's slope: a factor is missing.",
            },
        },
        table=[
            ["", "neuron 1", "neuron 2"],
            ["$Z_1$", "Z1_1", "Z1_2"],
            ["$A_1$", "A1_1", "A1_2"],
            ["$Z_2$", "Z2", ""],
            ["$A_2$", "A2", ""],
            ["$D_2$", "D2", ""],
            ["$dC/dW_2$", "dW2_1", "dW2_2"],
            ["$dC/dA_1$", "dA1_1", "dA1_2"],
            ["$D_1$", "D1_1", "D1_2"],
        ],
        hint="Eight of the lines above, each with one row.",
        why="And $dC/dW_1 = A_0^\\top D_1$ is $D_1$ below a row of zeros: $x_1$ is 0 here.",
    ),
    # The graph with its numbers
    Choice(
        "arrows",
        "Which factor belongs on the arrow from $A_1$ to $Z_2$?",
        right="$W_2$",
        wrong={
            "$A_1$": "That one stands on the arrow beside it: which of the two is moving here?",
            "$\\sigma'(Z_2)$": "The sigmoid comes one arrow later.",
            "$\\sigma'(Z_1)$": "That was the arrow before: it leads to $A_1$.",
            "$1$": "So it is for something that is only added.",
        },
        hint="$Z_2 = A_1\\cdot W_2 + b_2$: how much does it move when $A_1$ does?",
        why="Times swaps, so the arrow from $A_1$ wears $W_2$, and the one from $W_2$ wears $A_1$.",
    ),
    Blanks(
        "graph-slopes",
        "The same graph where every table is one number. On each arrow stands its local derivative. Walk back from $C$, "
        "and write at each node the slope of the cost there, to three decimals.",
        given={
            "x": Draw((), 2, 5, 1, first=3),
            "y": Draw((), 0, 1, 1, first=1),
            "w2": Draw((), -4, 4, 1, first=-3),
            "a1": Draw((), *UNIT, first=0.6),
            "a2": Draw((), *UNIT, first=0.2),
        },
        decimals=3,
        answers={
            "dC_da2": "2*(a2 - y)",
            "dC_dz2": "dC_da2*a2*(1 - a2)",
            "dC_dw2": "dC_dz2*a1",
            "dC_db2": "dC_dz2",
            "dC_da1": "dC_dz2*w2",
            "dC_dz1": "dC_da1*a1*(1 - a1)",
            "dC_dw1": "dC_dz1*x",
            "dC_db1": "dC_dz1",
        },
        truth=graph_slopes,
        labels={name: SLOPES[name] for name in GRAPH},
        slips={
            "dC_da2": {
                "2*(y - a2)": "The error was turned round: here it is prediction minus target.",
                "a2 - y": "The 2 that the square brings down is missing.",
                "(a2 - y)**2": "That is the cost, not its slope.",
            },
            "dC_dz2": {
                "dC_da2": "The arrow was passed without its factor.",
                "a2*(1 - a2)": "The local factor alone: what came from the cost is missing.",
                "dC_da2*(1 - a2)": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da2*a2": "Half of the sigmoid's slope: a factor is missing.",
            },
            "dC_dw2": {
                "dC_dz2*w2": "Multiplied by the weight itself: look at what stands on its arrow.",
                "dC_dz2": "Passed on without the factor on the arrow.",
                "a1": "The local factor alone: what came back to $Z_2$ is missing.",
            },
            "dC_db2": {
                "1": "The local factor alone: what came back to $Z_2$ is missing.",
                "dC_dz2*a1": "Multiplied by the activation: that belongs to the weight.",
                "0": "A bias multiplies nothing, but it can move: look at what stands on its arrow.",
            },
            "dC_da1": {
                "dC_dz2*a1": "Multiplied by the activation: look at what stands on its arrow.",
                "dC_dz2": "Passed on without the weight.",
                "w2": "The local factor alone: what came back to $Z_2$ is missing.",
                "dC_dz2 + w2": "Added: along a path factors multiply.",
            },
            "dC_dz1": {
                "dC_da1*a2*(1 - a2)": "That is the factor of the other sigmoid.",
                "dC_da1": "The arrow was passed without its factor.",
                "dC_da1*(1 - a1)": "Half of the sigmoid's slope: a factor is missing.",
                "dC_da1*a1": "Half of the sigmoid's slope: a factor is missing.",
            },
            "dC_dw1": {
                "dC_dz1*a1": "Multiplied by what layer 1 gives: look at what stands on the weight's arrow.",
                "dC_dz1": "Passed on without the factor on the arrow.",
                "x": "The local factor alone: what came back to $Z_1$ is missing.",
            },
            "dC_db1": {
                "1": "The local factor alone: what came back to $Z_1$ is missing.",
                "dC_dz1*x": "Multiplied by the input: that belongs to the weight.",
                "0": "A bias multiplies nothing, but it can move: look at what stands on its arrow.",
            },
        },
        figure=(
            graph_figure,
            "The computational graph of a network with one number in each node: x and the parameters w1, b1 lead to z1, "
            "then to a1, with w2 and b2 to z2, then to a2 and with y to the cost. Local derivatives stand on the "
            "arrows, and a field for the slope beside each node.",
            PLACES,
        ),
        hint="The slope at a node is the slope at the arrow's head times what stands on the arrow.",
        why="Each slope is found once, and used by everything above it.",
    ),
    Choice(
        "zero-blame",
        "The row is $x=(1,0)$. Two of the four orange numbers at $W_1$ in Figure 5.6 are zero in every epoch. Which?",
        right="the second row: what $x_2$ is multiplied by",
        wrong={
            "the first row: what $x_1$ is multiplied by": "$x_1$ is 1: these weights do take part.",
            "the second column: the second neuron's weights": "A column belongs to a neuron: both neurons feed the "
            "output, and both get blame.",
            "none in particular: whichever weights are right already": "A slope says what the cost does now; it fades with "
            "the error, but it isn't exactly zero from the start.",
        },
        truth=zero_blame,
        hint="$dC/dW_1 = A_0^\\top D_1$, and $A_0$ is this one row.",
        why="The second row of $A_0^\\top D_1$ is $x_2=0$ times $D_1$: what didn't come in gets no blame.",
    ),
    # Checked three ways
    Number(
        "gradient-check-passes",
        "A gradient check by central differences moves every parameter once up and once down. How many forward passes is that "
        "for one hidden layer: $n_0$ inputs, $n_1$ hidden neurons, $n_2$ outputs?",
        given={
            "n0": Draw((), 2, 6, 1, first=3),
            "n1": Draw((), 2, 8, 1, first=5),
            "n2": Draw((), 1, 3, 1, first=1),
        },
        answer="2*(n0*n1 + n1 + n1*n2 + n2)",
        truth=nudged_passes,
        slips={
            "n0*n1 + n1 + n1*n2 + n2": "That is how many parameters there are: each of them is moved twice.",
            "2*(n0*n1 + n1*n2)": "The biases were forgotten.",
            "2*(n0 + n1 + n2)": "The neurons were counted: it is the parameters that are moved.",
            "n0*n1 + n1 + n1*n2 + n2 + 1": "That would do for one-sided differences.",
            "2*(n0*n1 + n1*n2 + n2)": "The hidden biases were forgotten.",
            "2*(n0*n1 + n1 + n1*n2 + n2) + 1": "Central differences don't use the middle.",
            "n0*n1 + n1*n2": "The biases were forgotten, and each parameter is moved twice.",
        },
        hint="Count the entries of $W_1$, $b_1$, $W_2$, $b_2$.",
        why="Good for a check, too slow for training: the backward pass finds all of them in one sweep.",
    ),
    Choice(
        "planted-slip",
        "The slip sits in layer 1, in the factor between $dC/dA_1$ and $D_1$. Which gradients will SymPy refuse?",
        right="those of $W_1$ and $b_1$",
        wrong={
            "those of $W_2$ and $b_2$": "They are finished before the way back comes to the slip.",
            "all four": "The way back goes from the cost to the input: what lies before the slip has seen nothing of it.",
            "that of $W_1$ alone": "$b_1$ is found from the same $D_1$.",
            "none: all shapes fit": "Shapes aren't what SymPy compares: it subtracts the formulas.",
        },
        hint="In which order are the eight lines run?",
        why="Layer 2 is finished before the slip, so it stays right.",
    ),
    # The update
    Choice(
        "update-as-printed",
        "$W_1$ is $(2,2)$, and $dC/dW_2$ is $(2,1)$. What does NumPy say to $W_1-\\alpha\\,dC/dW_2$?",
        right="nothing: the result has shape `(2, 2)`",
        wrong={
            "it refuses: the shapes differ": "From the right 2 meets 1, and a 1 stretches.",
            "nothing: the result has shape `(2, 1)`": "The smaller table is stretched, not the larger one cut.",
            "nothing: only the first column is moved": "The one column is used for both.",
        },
        truth=lambda: stretched((2, 2), (2, 1)),
        hint="Compare the shapes from the right.",
        why="And the network suddenly has two outputs.",
    ),
    Order(
        "update-lines",
        "From $D_2$ to the new weights. Put the lines in order, so that both weights move by gradients of the *old* "
        "parameters, and fill the gaps.",
        given={
            "A0": (4, 2),
            "A1": Draw((4, 2), *UNIT),
            "D2": (4, 1),
            "W1": (2, 2),
            "W2": (2, 1),
            "alpha": Draw((), 0.5, 2, 0.5),
        },
        lines=[
            "dW2 = A1.T @ D2",
            "dC_dA1 = D2 @ W2.T",
            "D1 = dC_dA1 * A1 * (1 - A1)",
            "dW1 = A0.T @ D1",
            "W2 = {W2 - alpha * dW2}",
            "W1 = {W1 - alpha * dW1}",
        ],
        truth=one_epoch,
        slips={
            "W2": {
                "W2 + alpha * dW2": "Uphill: the step has the sign of the gradient.",
                "W2 - dW2": "The learning rate was forgotten.",
                "W1 - alpha * dW2": "As S113 prints it: each parameter starts from its own old value.",
                "W1 - alpha * dW1": "Each line renews its own weight.",
                "-alpha * dW2": "Only the step: it starts at the old weights.",
                "alpha * dW2": "Only the size of the step: it starts at the old weights.",
            },
            "W1": {
                "W1 + alpha * dW1": "Uphill: the step has the sign of the gradient.",
                "W1 - dW1": "The learning rate was forgotten.",
                "W1 - alpha * dW2": "The gradient of the other layer: it only broadcasts.",
                "W2 - alpha * dW2": "Each line renews its own weight.",
                "W2 - alpha * dW1": "Each parameter starts from its own old value.",
                "-alpha * dW1": "Only the step: it starts at the old weights.",
                "alpha * dW1": "Only the size of the step: it starts at the old weights.",
            },
        },
        hint="Which line uses $W_2$, apart from its own update?",
        why="$W_2$ may move once $dC/dA_1$ is known; whoever moves nothing before all gradients are there is safe.",
    ),
    Number(
        "expected-fall",
        "A cost has the gradient `g`, and the step is $-\\alpha$ `g`. By how much does the cost fall, to first order?",
        given={
            "g": Draw((3,), -3, 3, 1, first=[1, -2, 2]),
            "alpha": Draw((), 0.1, 0.5, 0.1, first=0.1),
        },
        answer="alpha*(g @ g)",
        truth=fall_to_first_order,
        slips={
            "alpha*sqrt(g @ g)": "That is how long the step is: each slope still has to meet its own part of the step.",
            "alpha*g.sum()": "The slopes were added without their steps, and they cancel in part.",
            "g @ g": "The learning rate was forgotten.",
            "alpha**2*(g @ g)": "The learning rate stands there twice: the slopes aren't multiplied by it, only the step.",
            "-alpha*(g @ g)": "That is how the cost changes: asked is by how much it falls.",
            "alpha*abs(g).sum()": "The sizes were added: each slope still has to meet its own step.",
            "sqrt(g @ g)": "That is the gradient's length.",
        },
        hint="For each parameter: its slope times its step; then add.",
        why="The step is $\\alpha$ times the slope, so each parameter gives $\\alpha$ times the *square* of its slope.",
    ),
    Choice(
        "smaller-step",
        "With which $\\alpha$, $1$ or $0.1$, will the true fall be closer to the expected one, as a share of it?",
        right="with $0.1$",
        wrong={
            "with $1$": "The further one goes, the more the curve leaves its straight line.",
            "the same with both: both use the same gradient": "The gradient is that of the start: it says less the further "
            "one goes.",
            "with neither: a cost never falls by what the gradient says": "Near enough it does: that is what a slope is.",
        },
        truth=closer_rate,
        hint="The gradient is a straight line's; the cost is curved.",
        why="The smaller the step, the truer the straight line.",
    ),
    # Training on XOR
    Choice(
        "xor-curve",
        "Two hidden neurons have to take on different jobs before all four answers can come right. How will the cost fall?",
        right="in stages: level, then steep, then slowly",
        wrong={
            "steadily, by about as much in every epoch": "A step is as long as its slope, and slopes are small at the start "
            "and small at the end.",
            "fast at first, then ever more slowly": "So it is in a bowl. Here the slopes are small at the start already: the "
            "four rows pull against each other.",
            "not at all until the last epoch, then at once": "Each step goes downhill a little; it is never that sudden.",
        },
        hint="What can the network answer while both neurons do the same?",
        why="First all four answers stay near one half; the fall comes when the hidden neurons part.",
    ),
    Choice(
        "rate-twenty",
        "Play Figure 5.8, just below, at $\\alpha=5$, then at 20. Is 20 four times as fast?",
        right="no: it overshoots at first, and then gets stuck",
        wrong={
            "yes: the steps are four times as long": "So it is while steps are small, as from 0.5 to 5; look at the cost in "
            "the first epochs.",
            "it is faster, but less than four times": "Look at the cost at the end.",
            "no: the cost grows without end": "It can't: answers between 0 and 1 are never off by more than 1.",
        },
        hint="Watch the cost, and how many points are on the right side.",
        why="A step that is too long can land where the slopes are almost zero.",
    ),
    # Side path: backpropagation in thirty lines
    Expression(
        "value-divides",
        "`Value` learns to divide, $p/q$. Its pair for `self`, the $p$, has the local derivative $1/q$. Which one goes into "
        "the pair for `other`, the $q$?",
        given={"p": Draw((), 1, 6, 0.5), "q": Draw((), 1, 6, 0.5)},
        answer="-p/q**2",
        truth=quotient_slope,
        slips={
            "1/q": "That is the one for $p$.",
            "-1/q**2": "The slope of $1/q$: $p$ multiplies it.",
            "-p/q": "The exponent of $q^{-1}$ is lowered by one as it comes down.",
            "p": "Times swaps, but this isn't a product of $p$ and $q$.",
            "p/q**2": "The minus that the exponent brings down is missing.",
            "1/p": "That is the one for $p$ with the letters exchanged: in $p/q$ they don't play the same part.",
            "-1/q": "Two things are missing: $p$ multiplies it, and the exponent goes down by one.",
            "-q/p**2": "$p$ and $q$ changed places.",
        },
        hint="$p/q = p\\,q^{-1}$: the power rule.",
        why="A new gate needs its value and its local derivatives, nothing else: `backward` stays as it is.",
    ),
    Choice(
        "run-twice",
        "Without setting anything back, we run `thin_cost().backward()` once more, as the next epoch would. What is "
        "`v_w1.slope` then?",
        right="twice its value",
        wrong={
            "the same value: nothing in the network has changed": "Then the new slope is the same as before; but what does "
            "`+=` do with the old one?",
            "zero: a new sweep begins at zero": "A new `Value` does, but `v_w1` is the old one: nobody sets it back.",
            "its square": "`+=` doesn't multiply.",
        },
        hint="`thin_cost()` makes new values for all but the parameters.",
        why="The parameters must be set back to zero before the next sweep.",
    ),
    # Side path: a symmetric start
    Number(
        "zero-start",
        "All parameters of a 2-2-1 network with sigmoids are zero. `y` holds the targets of its four rows. What is "
        "$dC/db_2$ of their MSE?",
        given={"y": Draw((4, 1), 0, 1, 1, first=[[0], [1], [1], [0]]), "N": 4},
        answer="(2*(0.5 - y)/N*0.25).sum()",
        truth=zero_start,
        slips={
            "2*0.5/N*0.25": "That is one row's share: the rows still have to be added up.",
            "(2*abs(0.5 - y)/N*0.25).sum()": "The sizes were added: the shares have signs.",
            "-(2*y/N*0.25).sum()": "The answers were taken to be 0: they are $\\sigma(0)$.",
            "0.5": "That is the network's answer.",
            "(2*(0.5 - y)/N*0.25*(y == 0)).sum()": "Only the rows with target 0 were counted.",
            "(2*(0.5 - y)/N*0.25*(y == 1)).sum()": "Only the rows with target 1 were counted.",
        },
        hint="Every answer is $\\sigma(0)$, and $\\sigma'$ is known there.",
        why="XOR has two ones and two zeros: what two rows push up, the others push down.",
    ),
    Choice(
        "up-along-b2",
        "Moving $b_2$ alone moves all four answers together, away from one half. What does the cost do, and what does that say "
        "of the eigenvalues?",
        right="it rises like a square, so one of them at least is positive",
        wrong={
            "it falls, so one of them at least is negative": "Two answers come nearer to their targets, two go away, and "
            "squares punish the larger errors more.",
            "it stays, so all of them are zero": "It does to first order; the square of the step remains.",
            "it rises like a square, so all of them are positive": "That is one way only: there are eight more.",
        },
        truth=along_b2,
        hint="One half is the mean of the targets: what is the best common answer?",
        why="One half is the best common answer to two ones and two zeros.",
    ),
    Choice(
        "twins",
        "And if all weights start at one and the same number that isn't zero, and all biases at 0: how many *different* hidden neurons will there "
        "ever be?",
        right="one",
        wrong={
            "two: rounding parts them sooner or later": "Both go through the very same operations, rounding and all.",
            "two: their gradients differ": "What would they differ by? Each factor of one is a factor of the other.",
            "none: nothing moves": "So it was with zeros. Here $W_2$ passes blame back, and the weights move.",
        },
        truth=twins,
        hint="What does each hidden neuron see, and through which weight is it blamed?",
        why="Equal gradients keep twins twins.",
    ),
    # Side path: random starts that get stuck
    Choice(
        "stuck-starts",
        "Some of three hundred random starts haven't solved XOR after 2000 epochs. What will help most of them?",
        right="a third hidden neuron",
        wrong={
            "training more than twice as long": "Most of them have come to rest: the slopes there are almost zero.",
            "nothing: with a random start it is luck": "There is luck in it, but how much depends on what the network can use.",
            "starting all of them at zero": "There no slope is left at all.",
        },
        hint="Is it time that they lack, or a way out?",
        why="More neurons, more ways to part the rows: fewer starts have none.",
    ),
    Blanks(
        "shared-answer",
        "Some of the $N$ rows share *one* answer, the others are right. `two` and `three` are the targets of the rows that share. "
        "Which answer is the best, and what is then the MSE of all rows?",
        given={"two": [0, 1], "three": [0, 1, 1], "N": 4},
        decimals=3,
        answers={
            "p_two": "two.mean()",
            "c_two": "((p_two - two)**2).sum()/N",
            "p_three": "three.mean()",
            "c_three": "((p_three - three)**2).sum()/N",
        },
        truth=shared_answers,
        labels={
            "p_two": "best answer of two rows",
            "c_two": "cost with two rows",
            "p_three": "best answer of three rows",
            "c_three": "cost with three rows",
        },
        slips={
            "p_two": {
                "1": "Then one row is right and the other off by a whole 1: two halves cost less.",
                "1/3": "That is a share among three rows: here two rows share.",
                "three.mean()": "That is the other line's: here two rows share.",
                "0": "Then one row is right and the other off by a whole 1: two halves cost less.",
            },
            "c_two": {
                "((p_two - two)**2).mean()": "The mean runs over all four rows, the right ones, too.",
                "(p_two - 1)**2/N": "One row only: both are off.",
                "((p_two - two)**2).sum()": "The squares were added: MSE is their mean.",
            },
            "p_three": {
                "1": "That is the median: right for absolute errors, but these are squared.",
                "0.5": "Half-way between the two targets: but one of them counts twice.",
                "1/3": "That many of them are zero.",
            },
            "c_three": {
                "((p_three - three)**2).mean()": "The mean runs over all four rows, the right one, too.",
                "((p_three - three)**2).sum()": "The squares were added: MSE is their mean.",
                "p_three**2/N": "One row only: all three are off.",
                "abs(p_three - three).sum()/N": "The errors weren't squared.",
            },
        },
        table=[
            ["rows that share", "best answer", "cost"],
            ["two", "p_two", "c_two"],
            ["three", "p_three", "c_three"],
        ],
        hint="For squared errors the best constant is the mean.",
        why="These are the two costs at which the stuck runs rest; the second is the cost of the twins, too.",
    ),
    # Side path: a dead ReLU
    Choice(
        "dead-relu",
        "If a ReLU neuron is off in *every* row, what are the gradients of its own weights?",
        right="zero, exactly",
        wrong={
            "small, but not zero": "So it is for a sigmoid that is far out. ReLU's slope there is 0.",
            "negative, so that the next step wakes it up": "A step that wakes it would need a slope, and nothing comes through.",
            "as large as before: the switch acts forward only": "It acts on the way back, too: a step without slope passes no slope.",
        },
        truth=dead_gradient,
        hint="$D_1 = dC/dA_1\\odot\\varphi'(Z_1)$: what is its column?",
        why="Its column of $D_1$ is zero, so $A_0^\\top D_1$ and $\\mathbf 1^\\top D_1$ are.",
    ),
    # Side path: new weights, old activations
    Choice(
        "late-gradient",
        "Is the late $dC/dW_1$ the gradient at the old parameters, at the new ones, or at neither?",
        right="at neither",
        wrong={
            "at the old ones": "$W_2$ has moved, and it is a factor.",
            "at the new ones": "$D_2$ and $A_1$ are those of the forward pass, before anything moved.",
            "at both: the step is small": "Nearly, perhaps; but a gradient check asks for all digits.",
        },
        hint="Which of its factors are old, which are new?",
        why="Old $D_2$, new $W_2$: nothing that this course proves about gradients holds for it.",
    ),
    # Side path: what it costs
    Number(
        "cheaper-chain",
        "$J_1$ is $(n_0,n_1)$, $J_2$ is $(n_1,n_2)$, $J_3$ is $(n_2,1)$. How many multiplications does $J_1(J_2J_3)$ take, "
        "backward from the cost?",
        given={
            "n0": Draw((), 20, 100, 10, first=100),
            "n1": Draw((), 20, 60, 10, first=50),
            "n2": Draw((), 10, 50, 10, first=20),
        },
        answer="n1*n2 + n0*n1",
        truth=from_the_cost,
        slips={
            "n0*n1*n2 + n0*n2": "That is $(J_1J_2)J_3$, forward from the input.",
            "n0*n1*n2": "That many $J_1J_2$ alone would take: here $J_2J_3$ comes first.",
            "n0*n1 + n1*n2 + n2": "The entries of the three tables were counted.",
            "n1*n2 + n0*n1*n2": "$J_2J_3$ is one column: the second product has only $n_0n_1$.",
            "n0*n1": "That is the second product: the first one is missing.",
            "n1*n2": "That is the first product: the second one is missing.",
            "n0*n2 + n0*n1": "The column $J_2J_3$ has length $n_1$: each of its entries takes $n_2$ products.",
        },
        hint="$J_2J_3$ is $(n_1,1)$: each of its entries is a sum of $n_2$ products.",
        why="$J_2J_3$ is a single column, and stays one all the way. Forward, $J_1J_2$ keeps a row for every input.",
    ),
    Blanks(
        "count-both-ways",
        "A network $n_0$-$n_1$-$n_2$ sees $N$ rows: how many multiplications is that forward, and how many backward?",
        given={
            "N": Draw((), 4, 20, 2, first=10),
            "n0": Draw((), 2, 6, 1, first=3),
            "n1": Draw((), 3, 8, 1, first=5),
            "n2": Draw((), 1, 3, 1, first=1),
        },
        answers={
            "forward": "N*(n0*n1 + n1*n2)",
            "backward": "2*forward - N*n0*n1 + N*(n1 + n2)",
        },
        truth=both_ways,
        slips={
            "forward": {
                "n0*n1 + n1*n2": "That is one row: there are $N$ of them.",
                "N*n0*n1*n2": "The layers were multiplied: each has its own product, and their counts add.",
                "N*(n0 + n1 + n2)": "The neurons were counted, not the weights.",
                "N*(n0*n1 + n1*n2) + N*(n1 + n2)": "Adding a bias and applying $\\varphi$ aren't counted.",
            },
            "backward": {
                "2*forward + N*(n1 + n2)": "$D_1W_1^\\top$ is in it: nobody trains the data.",
                "2*forward - N*n0*n1": "The products with $\\varphi'$ were forgotten.",
                "2*forward": "The first layer needs one product less, and the products with $\\varphi'$ come on top.",
                "forward": "$A_{l-1}^\\top D_l$ alone: $D_lW_l^\\top$ and $\\varphi'$ are missing.",
                "forward + N*(n1 + n2)": "$D_2W_2^\\top$ is missing.",
                "2*forward - N*n0*n1 + N*n1": "The $\\varphi'$ of the output was forgotten.",
            },
        },
        hint="One product $A_{l-1}^\\top D_l$ for each layer, one $D_lW_l^\\top$ for each layer but the first, and the $\\varphi'$.",
        why="Not much more than twice the forward pass, for all slopes at once.",
    ),
    # Side path: BCE
    Expression(
        "bce-blame",
        "Multiply on, through the sigmoid: what is $D_2$ with binary cross-entropy? Simplify.",
        given={"A2": Draw((4, 1), *UNIT), "y": Draw((4, 1), 0, 1, 1), "N": 4},
        answer="(A2 - y)/N",
        truth=bce_blame,
        like="Z2",
        factors={"the slope of the sigmoid": "A2*(1 - A2)"},
        slips={
            "2*(A2 - y)/N*A2*(1 - A2)": "That is the one of MSE.",
            "(A2 - y)/N*A2*(1 - A2)": "The slope of the sigmoid is still there: with what does it cancel?",
            "(A2 - y)/(A2*(1 - A2))/N": "That is $dC/dA_2$: the way leads on, through the sigmoid.",
            "A2 - y": "The mean was forgotten.",
            "(y - A2)/N": "The difference was turned round.",
            "2*(A2 - y)/N": "No square here, so no 2.",
            "(A2 - y).mean()": "Summed over the rows: that comes on the way to the bias.",
            "A2 - y/N": "Brackets: the whole difference is divided.",
            "1/N*A2 - y": "Brackets: the whole difference is divided.",
            "(A2 - y)/N*(1 - A2)": "A half of the sigmoid's slope is left: it cancels, too.",
            "(A2 - y)/N*A2": "A half of the sigmoid's slope is left: it cancels, too.",
        },
        hint="Times $A_2(1-A_2)$, entry by entry.",
        why="Times $A_2(1-A_2)$ the denominator cancels, and every line after it stays as it was.",
    ),
    Choice(
        "sure-and-wrong",
        "Where will the two costs differ more, each at its best $\\alpha$: in the start with 4, or in the one with 8?",
        right="in the one with 8",
        wrong={
            "in the one with 4": "The surer the wrong answers, the smaller $A_2(1-A_2)$, which only one of the costs has in $D_2$.",
            "in both alike: the answers are wrong in both": "How sure they are is what counts: look at $1-A_2$.",
            "in neither: both costs have the same minimum": "They do, but the way there has other slopes.",
        },
        hint="How large is $\\sigma'$ at the output in each of the starts?",
        why="From the first start MSE is only slow, and a longer step makes up for it. From the second its slope has all but "
        "vanished.",
    ),
    # Side path: any number of layers
    Expression(
        "back-through-tanh",
        "The layer before has tanh, whose slope is $1-a^2$, and its activation is $A$. From this layer's $D$ and $W$: write the "
        "$D$ of the layer before.",
        given={"D": (4, 3), "W": (2, 3), "A": Draw((4, 2), -0.8, 0.8, 0.2), "N": 4},
        answer="D @ W.T * (1 - A**2)",
        truth=lambda D, W, A, N: through_tanh(D, W, A),
        like="A",
        factors={"the slope of tanh": "1 - A**2"},
        slips={
            "D @ W.T * A * (1 - A)": "That is the slope of the sigmoid.",
            "D @ W.T": "The activation was passed without its slope.",
            "D @ W.T * (1 - A)**2": "The square belongs to $A$ alone.",
            "D @ W.T * (1 - tanh(A)**2)": "Tanh was applied once more: $A$ is its value already.",
            "D @ W.T * A": "The value of the activation, not its slope.",
            "D @ W * (1 - A**2)": "No transpose: the sum has to run over the neurons of this layer.",
            "D * (1 - A**2)": "The weights lie on the way, too.",
            "D @ W.T * (1 - A)": "That is half of a sigmoid's slope.",
        },
        hint="To the layer before, then through its activation.",
        why="Only the factor $\\varphi'$ knows which activation there is.",
    ),
    Choice(
        "relu-level",
        "Figure 5.9, just below, has ten layers of thirty neurons. Its slider shows the weights' standard deviation times $\\sqrt n$. At which size "
        "does ReLU's line lie level?",
        right="$\\sqrt2$",
        wrong={
            "$1$": "There $nv$ is 1, but half of ReLU's slopes are 0: the mean of their squares is smaller.",
            "$2$": "That would be $nv=4$: the slider shows the square root of $nv$.",
            "$\\frac12$": "Smaller weights make it fall more steeply.",
        },
        hint="$n\\,v$ times the mean of $(\\varphi')^2$ has to be 1.",
        why="About half of the slopes are 1 and half are 0, so $nv=2$: He initialisation.",
    ),
    # Side path: in a framework
    Expression(
        "stored-transposed",
        "PyTorch stores the weights turned: $Z = A\\,W^\\top + b$, with $W$ of shape $(2,3)$. What is $dC/dW$ there?",
        given={"A": (5, 3), "D": (5, 2), "N": 5},
        answer="D.T @ A",
        truth=stored_transposed,
        like="W",
        slips={
            "A.T @ D": "That is the one of $Z = AW+b$: here rows of $W$ belong to outputs.",
            "D @ A": "No transpose: the sum has to run over the rows, which both have.",
            "D.T @ A / N": "Divided by $N$ once more: the $1/N$ is in $D$ already.",
            "D.sum(axis=0, keepdims=True).T @ A.sum(axis=0, keepdims=True)": "Both were summed first: then every row meets every other.",
        },
        hint="The sum runs over the rows again; look at the shapes.",
        why="The same sums, in the layout of the stored table: each gradient has its variable's shape.",
    ),
]
