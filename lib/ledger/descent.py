"""Gradient descent and SGD (S77 to S88)."""

import numpy as np
import sympy

from lib.activations import Sigmoid
from lib.costs import MSE
from lib.datasets import line, xor
from lib.descent import gradient_descent, train
from lib.ledger.statement import Section
from lib.ledger.tools import same
from lib.network import Dense, Network

section = Section("Gradient descent and SGD", chapter="gradient_descent")

X, y = xor()


def solves_xor(first, second):
    """The network that solves XOR by OR and AND, with its hidden neurons in this order."""
    neurons = {"OR": ([20, 20], -10, 20), "AND": ([20, 20], -30, -20)}
    columns, biases, outgoing = zip(neurons[first], neurons[second], strict=True)
    hidden = Dense(np.array(columns).T, [biases], Sigmoid())
    return Network([hidden, Dense([[w] for w in outgoing], [[-10]], Sigmoid())])


def between(one, other):
    """The network half-way between two: the mean of every parameter."""
    pairs = zip(one.layers, other.layers, strict=True)
    return Network([Dense((p.W + q.W) / 2, (p.b + q.b) / 2, p.activation) for p, q in pairs])


def cost_of(network):
    return float(MSE().value(network.forward(X), y))


@section.states(
    77,
    taught="Where does the walk end?",
    verdict="imprecise",
    prints="*Algoritma optimisasi konveks iteratif berorde satu*",
    correct="It is iterative, of first order, and a method of convex optimisation, but not of that alone: it needs "
    "a differentiable function, no more. Convexity is enough, with small steps, for the promise that no local "
    "minimum stops it above the global one; the cost of a network with a hidden layer is not convex in its weights.",
    why="The cost of a network is not convex, so a run may end on a plateau or in a poor minimum without any "
    "mistake in the code.",
    claim="differentiable",
    printed="convex",
)
def what_the_cost_of_a_network_is(kind):
    """On a convex surface the point half-way between two is never higher than the higher of the two."""
    one, other = solves_xor("OR", "AND"), solves_xor("AND", "OR")
    ends, middle = (cost_of(one), cost_of(other)), cost_of(between(one, other))
    shows = (
        f"two networks that solve XOR: {ends[0]:.1e} and {ends[1]:.1e}; half-way between them {middle:.5f}"
    )
    slopes_exist = np.isfinite(MSE().gradient(between(one, other).forward(X), y)).all()
    return {"convex": middle <= max(ends), "differentiable": bool(slopes_exist)}[kind], shows


@section.states(
    78,
    taught="Where does the walk end?",
    verdict="correct",
    prints="*Bertujuan untuk mencari minimum lokal dari suatu fungsi terdiferensiasi*",
    correct="That is the aim. What it reaches, where it converges, is a stationary point ($\\nabla J = 0$): "
    "usually a local minimum, possibly a saddle or a flat stretch.",
    claim=lambda slope, left, right: abs(slope) < 1e-3,
    perturbed=lambda slope, left, right: left > 0 and right > 0,
)
def where_the_walk_rests(describes):
    """w^3 from w = 1: the walk comes to rest at 0, where the curve goes on falling to the left."""
    end = gradient_descent(lambda w: 3 * w**2, 1.0, 0.1, 5000)[-1]
    slope, left, right = 3 * end**2, (-0.5) ** 3, 0.5**3  # the heights beside it, seen from 0
    shows = (
        f"$J = w^3$ from $w = 1$: it rests near {end:.3f}, with slope {slope:.1e}; further left $J$ is lower"
    )
    return bool(describes(slope, left, right)), shows


@section.states(
    79,
    taught="What we want",
    verdict="correct",
    prints=r"$\min J(W) \sim \min_W Cost(\hat{y}, y)$, $W =$ weights & biases",
    correct="As printed. $W$ here stands for all parameters; in $Z = A \\cdot W + b$ it means the weights alone.",
    claim=("W", "b"),
    perturbed=("W",),
)
def what_is_minimised_over(parameters):
    """One neuron learns OR. To (0, 0) it answers sigma(b): one half for every W, as long as b stays zero."""
    neuron, either = (
        Dense(np.zeros((2, 1)), np.zeros((1, 1)), Sigmoid()),
        np.array([[0.0], [1.0], [1.0], [1.0]]),
    )
    network = Network([neuron])
    for _ in range(2000):
        network.backward(MSE().gradient(network.forward(X), either))
        neuron.W = neuron.W - 5 * neuron.dW
        neuron.b = neuron.b - 5 * neuron.db if "b" in parameters else neuron.b
    cost = float(MSE().value(network.forward(X), either))
    shows = (
        f"one neuron learns OR: cost {cost:.4f} when $W$ and $b$ move; with $W$ alone and $b = 0$ its answer to (0,0) "
        "is one half for ever, and the cost stays above 1/16"
    )
    return cost < 1 / 16, shows


@section.states(
    80,
    taught="What we want",
    verdict="imprecise",
    prints="*Nilai $\\hat{y}$ semakin mendekati $y$*",
    correct="On average and on the training data. A single prediction may get worse while the cost falls.",
    why="A row that gets worse for a while is no sign of an error in the code.",
    claim=lambda before, after: after.mean() < before.mean(),
    printed=lambda before, after: (after < before).all(),
)
def closer_on_average(describes):
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    before = (network.forward(X) - y) ** 2
    train(network, MSE(), X, y, learning_rate=5, epochs=1)
    after = (network.forward(X) - y) ** 2
    worse = int((after > before).sum())
    shows = f"one step on XOR: MSE falls from {before.mean():.4f} to {after.mean():.4f}, {worse} of 4 rows get worse"
    return bool(describes(before, after)), shows


@section.states(
    81,
    taught="The rule, from a picture of a slope",
    verdict="correct",
    prints=r"$W := W - \alpha \nabla J(W)$",
    correct="As printed.",
    claim=lambda W, learning_rate, slope: W - learning_rate * slope,
    perturbed=lambda W, learning_rate, slope: W + learning_rate * slope,
)
def one_step(rule):
    network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
    before = cost_of(network)
    network.backward(MSE().gradient(network.forward(X), y))
    for layer in network.layers:
        layer.W, layer.b = rule(layer.W, 0.01, layer.dW), rule(layer.b, 0.01, layer.db)
    after = cost_of(network)
    return after < before, f"one step with α = 0.01 on XOR: from {before:.6f} to {after:.6f}"


@section.states(
    82,
    taught="The rule, from a picture of a slope",
    verdict="correct",
    prints=r"$\alpha > 0$",
    correct="As printed; no more than this is required of every learning rate.",
    claim=+1,
    perturbed=-1,
)
def sign_of_the_learning_rate(sign):
    """By hand: `gradient_descent` itself refuses a learning rate that is not positive."""
    w = 1.0
    w = w - sign * 0.1 * 2 * w
    return (
        w**2 < 1,
        "on $w^2$ a step with $\\alpha > 0$ goes down, with $\\alpha < 0$ up, with $\\alpha = 0$ nowhere",
    )


def parabola(curvature, learning_rate, steps, start=1.0):
    """The end of a walk on J = curvature w^2 / 2, whose minimum is at 0."""
    return float(gradient_descent(lambda w: curvature * w, start, learning_rate, steps)[-1])


@section.states(
    83,
    taught="Does the learning rate stay between nought and one?",
    verdict="imprecise",
    prints=r"$\alpha$: *seberapa besar porsi dari gradient yang diambil*",
    correct="$\\alpha$ is a factor, not a share: it may exceed one, and it has units (those of $W^2$ over those "
    "of $J$).",
    why="Change the units of the weights and the same walk needs another α: a share would not change.",
    claim=lambda unit: unit**2,
    printed=lambda unit: 1,
)
def units_of_the_learning_rate(factor):
    """Measure w in units a hundred times smaller: by what must alpha be multiplied for the same walk?"""
    unit = 100.0
    in_metres = gradient_descent(lambda w: 2 * w, 1.0, 0.1, 10)
    with np.errstate(all="ignore"):
        in_centimetres = gradient_descent(lambda w: 2 * w / unit**2, unit, 0.1 * factor(unit), 10)
    same_walk = np.allclose(in_centimetres, unit * in_metres, rtol=1e-12)
    return bool(
        same_walk
    ), "weights in centimetres instead of metres: the same walk needs an α 10,000 times as large"


@section.states(
    84,
    taught="Is a larger learning rate a faster one?",
    verdict="correct",
    prints=r"$\alpha$: *seberapa cepat model harus berlatih*",
    correct="Up to a point. A larger $\\alpha$ is faster, then it oscillates, then it diverges.",
    claim=lambda distances: distances[0] > distances[1] < distances[2] < distances[3],
    perturbed=lambda distances: distances == sorted(distances, reverse=True),
)
def faster(describes):
    """Ten steps on a parabola of curvature 1: how far from the minimum?"""
    learning_rates = (0.1, 0.7, 1.8, 2.1)
    distances = [abs(parabola(1.0, alpha, 10)) for alpha in learning_rates]
    pairs = (f"α = {a}: {d:.2g}" for a, d in zip(learning_rates, distances, strict=True))
    return describes(distances), f"distance after ten steps: {', '.join(pairs)}"


@section.states(
    85,
    taught="The row just seen",
    verdict="correct",
    prints=r"$\alpha$: *seberapa sensitif respon parameter model terhadap data yang baru saja ia lihat*",
    correct="As printed; this is the view of SGD, where each step sees a few samples.",
    claim=lambda learning_rate: learning_rate,
    perturbed=lambda learning_rate: 1.0,
)
def response_to_one_batch(proportional_to):
    """One step from the same place: does W move in proportion?"""

    def moved(learning_rate):
        network = Network.random([2, 2, 1], Sigmoid(), np.random.default_rng(0))
        old = network.layers[0].W
        train(network, MSE(), X[1:2], y[1:2], learning_rate=learning_rate, epochs=1)
        return np.linalg.norm(network.layers[0].W - old)

    ratio, claimed = moved(0.4) / moved(0.1), proportional_to(0.4) / proportional_to(0.1)
    return abs(
        ratio - claimed
    ) < 1e-9, f"α four times as large: one batch moves $W_1$ {ratio:.0f} times as far"


def line_bound():
    """The largest stable learning rate of y = mx + b on x = 1 to 10: 2 / lambda_max."""
    x = np.arange(1.0, 11.0)
    hessian = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    return 2 / np.linalg.eigvalsh(hessian).max()


@section.states(
    86,
    taught="Does the learning rate stay between nought and one?",
    verdict="wrong",
    prints=r"$0 \le \alpha \le 1$ (printed twice)",
    correct="$\\alpha > 0$. On a convex quadratic, every start converges exactly when "
    "$0 < \\alpha < \\frac{2}{\\lambda_{\\max}}$, with $\\lambda_{\\max}$ the largest eigenvalue of the Hessian; "
    "this bound can lie far below one or far above it. At $\\alpha = 0$ nothing moves.",
    why="The limit comes from the curvature of the cost and not from the number one: fitting a line can diverge "
    "at a small learning rate, and a flat parabola can take a large one.",
    claim=lambda learning_rate, curvature: 0 < learning_rate < 2 / curvature,
    printed=lambda learning_rate, curvature: 0 <= learning_rate <= 1,
)
def bound(allows):
    """Parabolas of three curvatures, learning rates on both sides of the bound: who settles at the minimum?"""
    right = True
    for curvature in (10.0, 1.0, 0.1):
        for learning_rate in (0.05, 0.15, 0.5, 1.5, 2.5, 10.0):
            settles = abs(parabola(curvature, learning_rate, 2000)) < 1e-3
            right = right and settles == allows(learning_rate, curvature)
    steep, flat = parabola(10, 0.5, 50), abs(parabola(0.1, 10, 1))
    shows = (
        f"$J'' = 10$, α = 0.5: {steep:.1e} after 50 steps; $J'' = 0.1$, α = 10: {flat:.0f} after one step; "
        f"$y = mx + b$ on $x = 1 \\dots 10$ needs α < {line_bound():.4f}"
    )
    return right, shows


@section.states(
    87,
    taught="The gradient by hand",
    verdict="correct",
    prints="Model: $y = mx + b$",
    correct=r"As printed. With MSE: $\frac{\partial C}{\partial m} =$ $\frac{2}{N} \sum_i (\hat{y}^{(i)} - y^{(i)}) "
    r"x^{(i)}$ and $\frac{\partial C}{\partial b} =$ $\frac{2}{N} \sum_i (\hat{y}^{(i)} - y^{(i)})$.",
    claim=lambda e, x: (2 * (e * x).sum() / len(x), 2 * e.sum() / len(x)),
    perturbed=lambda e, x: (2 * e.sum() / len(x), 2 * (e * x).sum() / len(x)),
)
def gradient_of_a_line(formula):
    m, b = sympy.symbols("m b", real=True)
    x, t = np.array(sympy.symbols("x1:4", real=True)), np.array(sympy.symbols("y1:4", real=True))
    errors = m * x + b - t
    cost = (errors**2).sum() / len(x)
    by_m, by_b = formula(errors, x)
    holds = same(by_m, sympy.diff(cost, m)) and same(by_b, sympy.diff(cost, b))
    return holds, "SymPy finds the same two formulas for three points"


@section.states(
    88,
    taught="Mini-batches and stochastic gradient descent",
    verdict="correct",
    prints="“& Stochastic Gradient Descent” (in the title only)",
    correct="A name. SGD takes the same step with the gradient of a random mini-batch, which is right on average; "
    "an epoch has passed when every sample was used once.",
    claim=lambda slopes: slopes.mean(),
    perturbed=lambda slopes: slopes.sum(),
)
def right_on_average(combine):
    """The slopes by m of every single sample at (m, b) = (0, 0), against the slope of the whole batch."""
    x, t = line(np.random.default_rng(0))
    slopes = 2 * (0 * x - t) * x
    whole = 2 * np.mean((0 * x - t) * x)
    shows = f"single samples: {slopes.min():.1f} to {slopes.max():.1f}; their mean and the batch: {whole:.1f}"
    return abs(combine(slopes) - whole) < 1e-9 * abs(whole), shows
