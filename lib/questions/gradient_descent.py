"""The questions of the chapter `gradient_descent`."""

from itertools import combinations

import numpy as np

from lib.activations import Identity, Sigmoid
from lib.calculus import derivative, gradient, jacobian
from lib.costs import MSE
from lib.datasets import line, xor
from lib.descent import gradient_descent, mini_batches, sgd, train
from lib.network import Dense, Network
from lib.practice import Blanks, Choice, Draw, Expression, Number, Order
from lib.slips import CATALOGUE

# The chapter's data and its line


def data():
    return line(np.random.default_rng(0))


def line_slopes(m, b, x, y):
    """The slopes of MSE in m and in b, by the shipped layer."""
    layer = Dense([[m]], [[b]], Identity())
    layer.backward(MSE().gradient(layer.forward(np.reshape(x, (-1, 1))), np.reshape(y, (-1, 1))))
    return np.array([layer.dW.item(), layer.db.item()])


def line_cost(m, b):
    x, y = data()
    return MSE().value(m * x + b, y)


def line_walk(learning_rate, steps):
    """The chapter's walk from m = 0, b = 0."""
    return gradient_descent(lambda W: line_slopes(*W, *data()), np.zeros(2), learning_rate, steps)


def lowest():
    """The best m and b, directly."""
    x, y = data()
    return np.polyfit(x[:, 0], y[:, 0], 1)


def curvatures():
    """The eigenvalues of the line's Hessian, the smaller first, and its eigenvectors."""
    return np.linalg.eigh(jacobian(lambda W: line_slopes(*W, *data()), np.ones(2)))


def first_that(holds, texts):
    """The text whose number, 0, 1, 2 ..., is the first that holds."""
    return texts[next(k for k, found in enumerate(holds) if found)]


# One parameter


def upwards():
    """For how many of the four learning rates a step from x = 2 goes up."""
    f = lambda x: x**2 + 2 * x**4 + 3  # noqa: E731
    slope = derivative(f, 2.0)
    count = sum(f(2 - rate * slope) > f(2) for rate in (1, 0.1, 0.01, 0.001))
    return ["For none of them", "For 1 only", "For 1 and 0.1", "For 1, 0.1 and 0.01"][count]


def parabola(lam, w_star):
    return lambda w: lam / 2 * (w - w_star) ** 2


def three_steps(lam, w_star, alpha, w0):
    slope = lambda w: derivative(parabola(lam, w_star), w, method="complex")  # noqa: E731
    w = gradient_descent(slope, w0, alpha, 3)
    return {"s0": slope(w[0]), "w1": w[1], "s1": slope(w[1]), "w2": w[2], "s2": slope(w[2]), "w3": w[3]}


def after_steps(alpha, lam, d0, k):
    return gradient_descent(lambda d: lam * d, d0, alpha, int(k))[-1]


def one_step_rate(lam, w_star, w0):
    """The distance, divided by the slope."""
    return (w0 - w_star) / derivative(parabola(lam, w_star), w0, method="complex")


def at_the_border():
    path = gradient_descent(lambda w: 2 * (w - 3), 5.5, 2 / 2, 40)
    jumps = path[-1] == path[-3] != path[-2]
    return "It jumps between two points for ever" if jumps else ""


def steps_needed(rate):
    path = gradient_descent(lambda w: 2 * (w - 3), 5.5, rate, 200)
    return (abs(path - 3) < 2.5e-6).argmax()


def larger_or_smaller():
    few, many = steps_needed(0.1), steps_needed(0.9)
    return first_that(
        [few == many, few < many, few > many], ["Both need the same number", "$0.1$ does", "$0.9$ does"]
    )


def twin_rate(lam, alpha):
    """The rate whose step lands as far on the other side."""
    factor = gradient_descent(lambda d: lam * d, 1.0, alpha, 1)[-1]
    return (1 - -factor) / lam


def steep_or_shallow():
    ends = [gradient_descent(lambda w, c=c: c * (w - 3), 5.5, a, 50)[-1] for c, a in ((10, 0.5), (0.1, 10))]
    works = [bool(abs(end - 3) < 1e-6) for end in ends]
    return {(False, True): "The shallow one only", (True, False): "The steep one only"}.get(tuple(works), "")


def bound_in_other_units(bound, c):
    """Of a single row whose curvature gives `bound`; its x times c."""
    x = c / np.sqrt(bound)
    slope = lambda w: MSE().gradient(np.array([[w * x]]), np.array([[1.0]])).item() * x  # noqa: E731
    return 2 / (slope(1) - slope(0))


# Two parameters

BOWL = np.array([[5.5, 4.5], [4.5, 5.5]])
START = np.array([3.0, -1.0])
RATES = (0.02, 0.1, 0.18, 0.205)


def bowl_costs(rate, steps=30):
    """The cost of the chapter's bowl on the walk from its start."""
    path = gradient_descent(lambda W: BOWL @ W, START, rate, steps)
    return np.einsum("ki,ij,kj->k", path, BOWL, path) / 2


def two_diagonals(w1, w2, alpha):
    before, after = gradient_descent(lambda W: BOWL @ W, np.array([w1, w2]), alpha, 1)
    p0, q0, p1, q1 = before.sum(), before[0] - before[1], after.sum(), after[0] - after[1]
    return {"p0": p0, "q0": q0, "p_factor": p1 / p0, "q_factor": q1 / q0, "p1": p1, "q1": q1}


def largest_rate(lam_across, lam_along):
    total, rest = (lam_across + lam_along) / 2, (lam_across - lam_along) / 2
    return 2 / np.linalg.eigvalsh([[total, rest], [rest, total]])[-1]


def lowest_after_thirty():
    rates = np.linspace(0.005, 0.22, 44)
    best = rates[np.argmin([bowl_costs(rate)[-1] for rate in rates])]
    texts = ["Below $0.1$", "At $0.1$", "Between $0.1$ and $0.2$", "Beyond $0.2$"]
    return first_that([best < 0.0975, best < 0.1025, best < 0.2, True], texts)


ROWS = {"first": 0.18, "second": 0.02, "third": 0.205, "fourth": 0.1}  # which run stands in which row
SHOWN = [0, 1, 2, 3, 10]


def which_rate(alphas):
    """The learning rates, recognised by the costs that are printed."""
    printed = {rate: printed_costs(rate) for rate in alphas}
    return {
        row: next(rate for rate in alphas if printed[rate] == printed_costs(own)) for row, own in ROWS.items()
    }


def printed_costs(rate):
    return [f"{cost:.2f}" for cost in bowl_costs(rate)[SHOWN]]


PICK = {rate: f"(alphas * {[int(rate == other) for other in RATES]}).sum()" for rate in RATES}


def eigenvalue(a, c):
    """By what (1, -1) is multiplied."""
    return (np.array([[a, c], [c, a]]) @ [1, -1])[0]


def valley(lam_min, lam_max):
    """The bound, the rate whose slower direction is fastest, and its factor, by trying."""
    slower = lambda rate: max(abs(1 - rate * lam_min), abs(1 - rate * lam_max))  # noqa: E731
    crossing = [rate for rate in equal_sizes(lam_min, lam_max) if slower(rate) < 1]
    best = min(crossing, key=slower)
    return {"bound": 2 / max(lam_min, lam_max), "best": best, "factor": slower(best)}


def equal_sizes(lam_min, lam_max):
    """The rates at which both factors have one size: roots of the difference of their squares."""
    both = np.polysub(np.polymul([-lam_min, 1], [-lam_min, 1]), np.polymul([-lam_max, 1], [-lam_max, 1]))
    return [root for root in np.roots(both).real if root > 0]


def longer_valley():
    counts = []
    for condition in (100, 1000):
        curved = np.array([1.0, condition])
        path = gradient_descent(lambda W, c=curved: c * W, np.ones(2), 2 / curved.sum(), 8000)
        counts.append((abs(path).max(axis=1) < 1e-6).argmax())
    texts = {1: "About as many", 3: "About three times as many", 10: "About ten times as many"}
    return texts.get(round(counts[1] / counts[0]), "")


# The line


def line_by_hand(x, y, m, b, alpha):
    before, after = gradient_descent(lambda W: line_slopes(*W, x, y), np.array([m, b]), alpha, 1)
    errors = Dense([[m]], [[b]], Identity()).forward(x[:, None])[:, 0] - y
    dm, db = line_slopes(*before, x, y)
    return {f"e{k}": e for k, e in enumerate(errors, 1)} | {
        "dm": dm,
        "db": db,
        "m_new": after[0],
        "b_new": after[1],
    }


def bound_of_the_line():
    bound = 2 / curvatures()[0][-1]
    texts = ["Near $1$", "Near $1/10$", "Near $1/40$", "Near $80$"]
    return min(zip(texts, (1, 1 / 10, 1 / 40, 80), strict=True), key=lambda one: abs(np.log(bound / one[1])))[
        0
    ]


def after_a_hundred():
    """Which shares of the distances along and across are left."""
    first, *_, last = (line_walk(0.02, 100) - lowest()) @ curvatures()[1]
    along, across = abs(last / first)
    return (
        "Across next to nothing, along about four tenths"
        if across < 0.001 and abs(along - 0.4) < 0.05
        else ""
    )


def beyond_the_bound():
    """From step to step the line is too steep, then too flat, by more and more."""
    away = line_walk(0.03, 12)[:, 0] - lowest()[0]
    turns, grows = away[2:] * away[1:-1] < 0, abs(away[2:]) > abs(away[1:-1])
    return "It swings to and fro, wider each time" if turns.all() and grows.all() else ""


def cost_of_a_direction(lam, alpha, c):
    after = gradient_descent(lambda c: lam * c, c, alpha, 1)[-1]
    return parabola(lam, 0)(after)


def across_or_along():
    found, vectors = curvatures()
    along, across = (found / 2 * ((line_walk(0.02, 100)[[0, -1]] - lowest()) @ vectors) ** 2).T
    names = ["across" if a > b else "along" for a, b in zip(across, along, strict=True)]
    return f"At the start the part {names[0]}, after a hundred steps the part {names[1]}"


# Where the walk ends


def away_from_the_saddle(w2, alpha, k):
    saddle = lambda W: W[0] ** 2 - W[1] ** 2  # noqa: E731
    walked = gradient_descent(lambda W: gradient(saddle, W, method="complex"), [1.0, w2], alpha, int(k))
    return walked[-1, 1]


def two_valleys():
    wells = lambda w: (w**2 - 1) ** 2 + 0.3 * w  # noqa: E731
    end = gradient_descent(lambda w: derivative(wells, w, method="complex"), 0.4, 0.05, 200)[-1]
    return "In the right valley, the shallow one" if end > 0.5 else "In the left valley, the deep one"


# SGD


def epoch(N, B):
    batches = mini_batches(int(N), int(B), np.random.default_rng(0))
    return {"steps": len(batches), "last": len(batches[-1])}


def sgd_step(W, G, alpha, B):
    """One step of the shipped `sgd` whose only batch is these rows."""
    rows = {"samples": len(G), "batch_size": len(G), "rng": np.random.default_rng(0)}
    return sgd(lambda W, rows: np.mean([G[i] for i in rows], axis=0), W, alpha, 1, **rows)[-1]


def error_after_its_row(e, x, alpha, m, b):
    y = m * x + b - e
    m, b = gradient_descent(lambda W: line_slopes(*W, [x], [y]), np.array([m, b]), alpha, 1)[-1]
    return m * x + b - y


def bound_of_one_row(x):
    hessian = jacobian(lambda W: line_slopes(*W, [x], [1.0]), np.ones(2))
    return 2 / np.linalg.eigvalsh(hessian)[-1]


def signs_of_the_rows():
    """Whether the ten slopes in m have one sign, far from the minimum and at it."""
    x, y = data()
    m, b = lowest()
    agree = []
    for place in (-2.0, 6.0, m):
        slopes = [
            line_slopes(place, b, [one], [other])[0] for one, other in zip(x[:, 0], y[:, 0], strict=True)
        ]
        agree.append(len(set(np.sign(slopes))) == 1)
    return {(True, True, False): "Far away the same, close by not"}.get(tuple(agree), "")


def ahead_early():
    """Full batch at 0.02 against single rows; at 0.0127 it would be ahead of them early, too."""
    x, y = data()
    slopes = lambda W, rows: line_slopes(*W, x[rows], y[rows])  # noqa: E731
    batches = {"samples": 10, "batch_size": 1, "rng": np.random.default_rng(1)}
    rows = [line_cost(*W) for W in sgd(slopes, np.zeros(2), 0.004, 300, **batches)[::10]]
    full, own = ([line_cost(*W) for W in line_walk(rate, 300)] for rate in (0.02, 0.0127))
    early = "one row at a time" if own[3] < rows[3] < full[3] else "full batch"
    late = "one row at a time" if np.mean(rows[-100:]) < full[-1] else "full batch"
    return f"Early {early}, in the end {late}"


def one_step(m, b, x, y, alpha):
    m, b = gradient_descent(lambda W: line_slopes(*W, x, y), np.array([m, b]), alpha, 1)[-1]
    return {"m": m, "b": b}


# Six cost curves: which number has which story in Figure 4.10 of the chapter, and what each shows
STORIES = {
    "rows": (1, "Single rows with a constant $\\alpha$"),
    "beyond": (2, "A little beyond the bound"),
    "exactly": (3, "Exactly $1/\\lambda_{\\max}$"),
    "small": (4, "A learning rate that is too small"),
    "hilltop": (5, "A start beside a hilltop"),
    "zigzag": (6, "Zigzag, a tenth below the bound"),
}
SEEN = {
    1: "Panel 1 trembles to the end: chance is at work there.",
    2: "Panel 2 falls once, and then climbs: a factor is larger than one in size.",
    3: "Panel 3 drops far at once, and then goes on at one slow pace.",
    4: "Panel 4 never does anything sudden: each step takes off a little.",
    5: "Panel 5 stays level for long before it falls: there the slope was nearly zero.",
    6: "Panel 6 falls quickly in a straight line, with no pause and no rise.",
}


def stories():
    return {name: panel for name, (panel, _) in STORIES.items()}


# Side paths


def momentum_rate():
    small, large = curvatures()[0]
    beyond = 4 / (np.sqrt(large) + np.sqrt(small)) ** 2 > 2 / large
    return "Fewer steps, and its $\\alpha$ lies beyond the bound" if beyond else ""


def rows_past():
    """At 0.02: which of the rows x = 1, 5, 10 change the sign of their error, and which make it larger."""
    new = {x: error_after_its_row(1.0, x, 0.02, 1.0, 0.5) for x in (1.0, 5.0, 10.0)}
    other = [f"{x:g}" for x, e in new.items() if e < 0]
    larger = [f"{x:g}" for x, e in new.items() if abs(e) > 1]
    return f"The other sign for {' and '.join(other)}; larger for {' and '.join(larger)}"


def all_batches(N):
    return sum(1 for B in range(1, int(N) + 1) for _ in combinations(range(int(N)), B))


def steepest_fall():
    x, y = data()
    each = np.array([line_slopes(1.0, 0.5, one, other)[0] for one, other in zip(x, y, strict=True)])
    means = [[each[list(rows)].mean() for rows in combinations(range(10), B)] for B in range(1, 11)]
    fall = np.diff([np.std(guesses) for guesses in means]).argmin()
    return {0: "From one row to two", 8: "From nine rows to ten"}.get(int(fall), "")


def tiny_steps():
    path = line_walk(1e-7, 1)
    return "At the start" if line_cost(*path[0]) - line_cost(*path[1]) < 0.01 else ""


def half_way():
    """Between a trained network and its twin with the hidden neurons swapped."""
    network = Network.random((2, 2, 1), Sigmoid(), np.random.default_rng(0))
    train(network, MSE(), *xor(), learning_rate=5.0, epochs=1000, record_every=1000)
    end = MSE().value(network.forward(xor()[0]), xor()[1])
    hidden, output = network.layers
    hidden.W, hidden.b, output.W = (
        (whole + np.flip(whole, axis)) / 2 for whole, axis in ((hidden.W, 1), (hidden.b, 1), (output.W, 0))
    )
    middle = MSE().value(network.forward(xor()[0]), xor()[1])
    equal = (hidden.W == hidden.W[:, ::-1]).all()
    return "They are equal, and the cost is high" if equal and middle > 10 * end else ""


def cost_grows(alpha, lam):
    before, after = gradient_descent(lambda w: lam * w, 1.0, alpha, 1)
    return after**2 / before**2


def best_of_many():
    x, y = data()
    bound = 2 / curvatures()[0][-1]
    rates = np.linspace(0.05, 0.995, 64) * bound
    networks = Network([Dense([[0.0]], [[0.0]], Identity())]).copies(64)
    for _ in range(200):
        networks.backward(MSE().gradient(networks.forward(x), y))
        (layer,) = networks.layers
        layer.W, layer.b = (
            layer.W - rates[:, None, None] * layer.dW,
            layer.b - rates[:, None, None] * layer.db,
        )
    best = rates[MSE().value(networks.forward(x), y).argmin()] / bound
    return first_that(
        [best < 0.3, best < 0.7, best < 1], ["Near its beginning", "In the middle", "Near its end"]
    )


E = "[e1, e2, e3, e4]"

QUESTIONS = [
    Choice(
        "downhill",
        "At one point of a curve you see it fall to the right. What sign has its slope there, and where do you "
        "step in order to go down?",
        right="Negative slope, step to the right",
        wrong={
            "Negative slope, step to the left": "The sign is fine; now follow the curve: it falls to the right, "
            "so it rises to the left.",
            "Positive slope, step to the right": "The direction is fine; a slope is positive where the curve rises "
            "to the right.",
            "Positive slope, step to the left": "Both are turned round: that is a curve that rises to the right.",
        },
        hint="Slope is rise over run: walk one to the right, and read off how far up you went.",
        why="The step has the sign of minus the slope, on either side of the valley.",
    ),
    Expression(
        "update",
        r"Write one step in NumPy: `W` holds the parameters, `dW` the gradient $\nabla J(W)$, `alpha` is the "
        r"learning rate $\alpha$. What does `W` become?",
        given={"W": (3, 2), "dW": (3, 2), "alpha": Draw((), 0.1, 0.9, 0.1)},
        answer="W - alpha * dW",
        truth=lambda W, dW, alpha: gradient_descent(lambda _: dW, W, alpha, 1)[-1],
        like="W",
        slips={
            **CATALOGUE["update"].sentences(lr="alpha"),
            "alpha * dW": "Only the step, and its sign is turned: it starts at $W$.",
        },
        hint="From the old place, against the gradient.",
        why="Each entry moves by its own slope; that is why the gradient has the shape of $W$.",
    ),
    Choice(
        "too-long-a-step",
        r"We stand at $x = 2$ on this $f$ and try $\alpha = 1$, $0.1$, $0.01$ and $0.001$. For which of them does "
        r"one step go up? Work out the slope first, then the landing place.",
        right="For 1 and 0.1",
        wrong={
            "For none of them": "The slope promises a fall for short steps only: work out where the step lands.",
            "For 1 only": "With 0.1 the step is a tenth of the slope: still several times the way to the valley.",
            "For 1, 0.1 and 0.01": "With 0.01 the step ends on this side of the valley, so lower.",
            "For all of them": "Some of these steps don't even reach the valley floor: they can only go down.",
        },
        truth=upwards,
        hint="$f$ is the same at $x$ and at $-x$: compare the size of the landing place with 2.",
        why="Those steps fly across the valley and land far up on the other side.",
    ),
    Blanks(
        "three-steps",
        r"Three steps by pencil on $J(w) = \frac{\lambda}{2}(w - w^*)^2$ from $w^{(0)}$: at each place the slope, "
        r"then the next place. (`lam` is $\lambda$, `w_star` is $w^*$.)",
        given={
            "lam": Draw((), 1, 3, 1, first=2),
            "w_star": Draw((), 1, 3, 1, first=3),
            "alpha": Draw((), 0.1, 0.4, 0.1, first=0.2),
            "w0": Draw((), 4, 8, 0.5, first=5.5),
        },
        answers={
            "s0": "lam * (w0 - w_star)",
            "w1": "w0 - alpha * s0",
            "s1": "lam * (w1 - w_star)",
            "w2": "w1 - alpha * s1",
            "s2": "lam * (w2 - w_star)",
            "w3": "w2 - alpha * s2",
        },
        truth=three_steps,
        labels={
            "s0": "slope at the start",
            "s1": "slope after step 1",
            "s2": "slope after step 2",
            "w1": "w after step 1",
            "w2": "w after step 2",
            "w3": "w after step 3",
        },
        slips={
            "s0": {
                "lam * w0": "The distance to the minimum counts: $w^*$ was forgotten.",
                "w0 - w_star": "That is the distance; the curvature $\\lambda$ is missing.",
                "lam / 2 * (w0 - w_star)**2": "That is the cost itself, not its slope.",
                "lam * (w0 - w_star)**2": "The square is still there: its exponent wasn't lowered.",
                "lam * (w_star - w0)": "The difference was turned round: right of the minimum the curve rises.",
            },
            "w1": {
                "w0 + alpha * s0": "Uphill: the step has the sign of the slope.",
                "w0 - s0": "The whole slope was subtracted: the learning rate is missing.",
                "alpha * s0": "That is the length of the step; it starts at the old place.",
                "w0 - alpha": "The learning rate alone was subtracted: the slope is missing.",
            },
            "s1": {
                "lam * w1": "The distance to the minimum counts: $w^*$ was forgotten.",
                "w1 - w_star": "That is the distance; the curvature $\\lambda$ is missing.",
                "s0": "That is the slope where you started: you have moved, so it is a new one.",
                "lam / 2 * (w1 - w_star)**2": "That is the cost itself, not its slope.",
            },
            "w2": {
                "w1 - alpha * s0": "The slope of the start was used again.",
                "w0 - alpha * s1": "The new slope, but from the old place: the step starts where you are.",
                "w1 + alpha * s1": "Uphill: the step has the sign of the slope.",
                "w1 - s1": "The learning rate is missing.",
                "alpha * s1": "That is the length of the step; it starts at the old place.",
            },
            "s2": {
                "lam * w2": "The distance to the minimum counts: $w^*$ was forgotten.",
                "w2 - w_star": "That is the distance; the curvature $\\lambda$ is missing.",
                "s1": "That is the slope one step ago.",
                "lam / 2 * (w2 - w_star)**2": "That is the cost itself, not its slope.",
            },
            "w3": {
                "w2 - alpha * s1": "The slope of one step ago was used again.",
                "w2 - alpha * s0": "The slope of the start was used again.",
                "w2 + alpha * s2": "Uphill: the step has the sign of the slope.",
                "w2 - s2": "The learning rate is missing.",
                "alpha * s2": "That is the length of the step; it starts at the old place.",
                "w1 - alpha * s2": "The new slope, but from the place before: the step starts where you are.",
            },
        },
        table=[
            ["", "place $w$", "slope $J'(w)$"],
            ["start", "$w^{(0)}$", "s0"],
            ["after 1 step", "w1", "s1"],
            ["after 2 steps", "w2", "s2"],
            ["after 3 steps", "w3", ""],
        ],
        hint="$J'(w) = \\lambda (w - w^*)$, and a step subtracts $\\alpha$ times that.",
        why="The steps shrink by themselves, though $\\alpha$ stays the same: closer to the minimum the slope is "
        "smaller.",
    ),
    Expression(
        "distance-after-k",
        "The walk starts at the distance `d0` from the minimum; `lam` is $\\lambda$. How far from the minimum is "
        "it after `k` steps?",
        given={
            "d0": Draw((), 1, 4, 0.5),
            "alpha": Draw((), 0.1, 0.4, 0.1),
            "lam": Draw((), 0.5, 2, 0.5),
            "k": Draw((), 2, 5, 1),
        },
        answer="(1 - alpha * lam)**k * d0",
        truth=after_steps,
        slips={
            "(1 - alpha * lam) * d0": "That is after one step.",
            "(1 - k * alpha * lam) * d0": "The same piece was taken off $k$ times: each step takes its share of what "
            "is left.",
            "k * (1 - alpha * lam) * d0": "Multiplied by $k$: that adds the factor $k$ times.",
            "(alpha * lam)**k * d0": "That is the share a step takes away, not the one it leaves.",
            "(1 - alpha)**k * d0": "The curvature is missing from the factor.",
            "1 - alpha * lam**k * d0": "Only $\\lambda$ is raised there: the whole factor is repeated.",
            "(1 + alpha * lam)**k * d0": "A plus in the factor: that walk goes uphill.",
            "(d0 * (1 - alpha * lam))**k": "The power belongs to the factor: `d0` counts once.",
            "(1 - alpha * lam)**k": "That is the factor; the start `d0` is missing.",
            "d0 * (1 - 2 * alpha)**k": "$\\lambda$ is 2 there: it should stay a letter.",
            "lam / 2 * ((1 - alpha * lam)**k * d0)**2": "That is the cost; the distance is asked for.",
        },
        hint="One step multiplies. What do two do?",
        why="After $k$ steps the distance is $(1 - \\alpha\\lambda)^k$ times that of the start.",
    ),
    Expression(
        "one-step-rate",
        r"Read it off the factor: at which $\alpha$ is the walk at the minimum after one step? Not all that is "
        r"given is needed.",
        given={"lam": Draw((), 1.5, 5, 0.5), "w_star": Draw((), -3, -1, 0.5), "w0": Draw((), 1, 4, 0.5)},
        answer="1 / lam",
        truth=one_step_rate,
        slips={
            "2 / lam": "There the factor is $-1$: as far on the other side.",
            "lam": "The curvature decides alone, that is so; but a steeper curve needs a smaller rate.",
            "(w0 - w_star) / lam": "The distance has cancelled: a longer way has a larger slope, too.",
            "1 / (lam * (w0 - w_star))": "The slope was put below the line; what has to be covered is the distance, "
            "not 1.",
            "w0 - w_star": "That is how long the step must be; the step is $\\alpha$ times the slope.",
            "w_star / lam": "Where the minimum lies plays no part: only the distance to it shrinks.",
            "0.5": "That is it for $\\lambda = 2$ only.",
        },
        hint="Which factor turns any distance into zero?",
        why="There the factor is $0$, wherever you start.",
    ),
    Choice(
        "at-the-border",
        r"And what does the walk do at exactly $\alpha = 2/\lambda$? (The next figure lets you try.)",
        right="It jumps between two points for ever",
        wrong={
            "It comes to the minimum, slowly": "Slowly would be a factor a little inside $-1$: here nothing is "
            "taken off.",
            "It runs away without limit": "For that the factor has to be larger than 1 in size.",
            "It stands still where it started": "Standing still is the factor $1$. What is the factor here?",
            "It reaches the minimum in one step": "That is the factor $0$, at half of this rate.",
        },
        truth=at_the_border,
        hint="Put $\\alpha\\lambda = 2$ into $1 - \\alpha\\lambda$.",
        why="The factor is $-1$: the same distance, on the other side.",
    ),
    Choice(
        "larger-or-smaller",
        r"To a millionth of the distance, on the parabola with $\lambda = 2$: which needs fewer steps, "
        r"$\alpha = 0.1$ or $\alpha = 0.9$?",
        right="Both need the same number",
        wrong={
            "$0.9$ does": "Its steps are longer, but they cross the minimum: what counts is what is left after "
            "each.",
            "$0.1$ does": "It never crosses the minimum, but crossing costs nothing: what counts is what is left.",
            "$0.9$ never arrives": "It would beyond the bound; how large is $2/\\lambda$ here?",
        },
        truth=larger_or_smaller,
        hint="Work out both factors.",
        why="The two factors differ in their sign only, and what counts is their size.",
    ),
    Number(
        "twin-rate",
        r"Now a parabola with this $\lambda$. Which *other* learning rate needs exactly as many steps as "
        r"$\alpha$?",
        given={"lam": Draw((), 4, 5, 1, first=5), "alpha": Draw((), 0.05, 0.2, 0.01, first=0.15)},
        answer="2 / lam - alpha",
        truth=twin_rate,
        slips={
            "1 / lam - alpha": "These two add up to the rate with factor $0$; they should lie on either side of it.",
            "1 - alpha": "It was so with $\\lambda = 2$; the mirror stands elsewhere here.",
            "2 / lam + alpha": "That is beyond the bound.",
            "1 / lam": "That is the mirror itself: it needs one step.",
            "2 / lam": "That is the bound: it never arrives.",
            "alpha": "That is the given rate; another one is asked for.",
            "1 / lam + alpha": "It should be as far beyond $1/\\lambda$ as the given one is before it.",
            "2 - alpha": "$\\lambda$ is missing: so it would be for $\\lambda = 1$.",
            "1 / alpha": "One over the given rate: what has to agree is the size of the factors.",
            "2 * alpha": "Twice the given rate: what has to agree is the size of the factors.",
        },
        hint="Its factor has the opposite sign: it is $-(1 - \\alpha\\lambda)$.",
        why="The two lie on either side of $1/\\lambda$, equally far from it.",
    ),
    Choice(
        "steep-or-shallow",
        r"A steep valley, $\lambda = 10$ with $\alpha = 0.5$; a shallow one, $\lambda = 0.1$ with $\alpha = 10$. "
        r"Which of the two arrives?",
        right="The shallow one only",
        wrong={
            "The steep one only": "That trusts the range from nought to one: look at the product "
            "$\\alpha\\lambda$.",
            "Both": "Is $1 - \\alpha\\lambda$ between $-1$ and $1$ for both?",
            "Neither": "One of the two has a factor inside the band from $-1$ to $1$: multiply out.",
        },
        truth=steep_or_shallow,
        hint="What decides is $\\alpha\\lambda$.",
        why="The rate inside the slide's range diverges; the one far outside it lands on the minimum in one step.",
    ),
    Expression(
        "bound-in-other-units",
        r"With these rows the bound is `bound`. Now every $x$ is measured in a unit `c` times as small, so that "
        r"each number $x^{(i)}$ is `c` times as large. What is the new bound?",
        given={"bound": Draw((), 0.5, 4, 0.5), "c": Draw((), 2, 10, 1)},
        answer="bound / c**2",
        truth=bound_in_other_units,
        slips={
            "bound / c": "Each $x$ stands in $\\lambda$ with a square.",
            "bound * c": "Larger numbers make a steeper valley, so the bound shrinks; and $x$ is squared there.",
            "bound * c**2": "The square is there, but $\\lambda$ stands below the line.",
            "bound": "The data are the same; the numbers in $\\lambda$ aren't.",
            "bound / (2 * c)": "Doubled, not squared.",
            "1 / c**2": "That is the factor; the old bound is missing.",
        },
        hint="What happens to $\\lambda = \\frac{2}{N} \\sum (x^{(i)})^2$?",
        why="From metres to centimetres the bound is divided by a hundred *squared*, though the data are the same.",
    ),
    Blanks(
        "two-diagonals",
        r"One step on this bowl by pencil, along the diagonals: $p$ and $q$ of the start, the factor of each, and "
        r"what they become.",
        given={
            "w1": Draw((), 2, 4, 0.5, first=4),
            "w2": Draw((), -1, 1, 0.5, first=-1),
            "alpha": Draw((), 0.02, 0.24, 0.02, first=0.18),
        },
        answers={
            "p0": "w1 + w2",
            "q0": "w1 - w2",
            "p_factor": "1 - 10 * alpha",
            "q_factor": "1 - alpha",
            "p1": "p_factor * p0",
            "q1": "q_factor * q0",
        },
        truth=two_diagonals,
        labels={
            "p0": "p at the start",
            "q0": "q at the start",
            "p_factor": "factor of p",
            "q_factor": "factor of q",
            "p1": "p after one step",
            "q1": "q after one step",
        },
        slips={
            "p0": {
                "w1 - w2": "That is the difference, so $q$.",
                "(w1 + w2) / 2": "Halved: $p$ is the sum itself.",
                "w1": "That is $w_1$ alone.",
            },
            "q0": {
                "w1 + w2": "That is the sum: look at the signs.",
                "w2 - w1": "The difference was turned round.",
                "w1": "That is $w_1$ alone.",
                "w2": "That is $w_2$ alone.",
            },
            "p_factor": {
                "1 - alpha": "That is the factor along the valley.",
                "10 * alpha": "That is the share a step takes away; the factor is what it leaves.",
                "1 + 10 * alpha": "A plus: that goes uphill.",
                "1 - 5.5 * alpha": "5.5 belongs to $w_1$ alone; across the valley $w_2$ adds its part.",
                "-10 * alpha": "The 1 is missing: the step starts at the old place.",
            },
            "q_factor": {
                "1 - 10 * alpha": "That is the factor across the valley.",
                "alpha": "That is the share a step takes away; the factor is what it leaves.",
                "1 + alpha": "A plus: that goes uphill.",
                "-alpha": "The 1 is missing: the step starts at the old place.",
            },
            "p1": {
                "p0 + p_factor": "The factor was added: it multiplies.",
                "-p_factor * p0": "A minus was lost: this factor can be negative.",
                "p0 - 10 * alpha": "The slope across is 10 times $p$, not 10.",
            },
            "q1": {
                "q0 + q_factor": "The factor was added: it multiplies.",
                "q0 - alpha": "The slope along is $q$ itself, not 1.",
                "p_factor * q0": "That is the factor of the other diagonal.",
            },
        },
        table=[
            ["", "start", "factor", "after one step"],
            ["$p$, across", "p0", "p_factor", "p1"],
            ["$q$, along", "q0", "q_factor", "q1"],
        ],
        hint="$\\lambda$ is 10 across and 1 along, and a factor is $1 - \\alpha\\lambda$.",
        why="Across, a step past $1/10$ goes too far; along, it does not go far enough: that is the zigzag of Figure 4.1.",
    ),
    Number(
        "leaves-the-valley",
        r"A valley with these two curvatures. Beyond which $\alpha$ does the path leave it?",
        given={
            "lam_across": Draw((), 4, 12, 2, first=8),
            "lam_along": Draw((), 0.5, 2, 0.5, first=1.5),
        },
        answer="2 / lam_across",
        truth=largest_rate,
        slips={
            "2 / lam_along": "That is the bound along the valley: across it, the walk has long gone.",
            "1 / lam_across": "There the factor across is $0$: nothing could be quicker.",
            "2 / (lam_across + lam_along)": "The curvatures were added: each diagonal has a bound of its own.",
            "1": "One is the end of the slide's range; here the curvature decides.",
            "2 / (lam_across - lam_along)": "The curvatures were subtracted: each diagonal has a bound of its own.",
            "2 * lam_across": "$\\lambda$ stands below the line.",
            "lam_across / 2": "$\\lambda$ stands below the line.",
            "0.2": "That is the bound of the valley in the text: this one is curved otherwise.",
        },
        hint="Each diagonal has its own bound. Which one is passed first?",
        why="The steeper direction says how large a step may be, for both.",
    ),
    Choice(
        "lowest-after-thirty",
        r"At $\alpha = 0.1$ the factor across the valley of Figure 4.1 is zero. Where is the cost after thirty "
        r"steps lowest?",
        right="Between $0.1$ and $0.2$",
        wrong={
            "At $0.1$": "Across, nothing is quicker; but after thirty steps it is the factor *along* that is left.",
            "Below $0.1$": "There both factors are larger than at $0.1$: nothing is gained.",
            "Beyond $0.2$": "Beyond $0.2$ the swings across grow at each step.",
        },
        truth=lowest_after_thirty,
        hint="What happens to the factor along, $1 - \\alpha$, as $\\alpha$ grows?",
        why="A zigzag across dies out soon enough, and the larger rate gets along the valley faster.",
    ),
    Blanks(
        "which-rate",
        r"Four runs on this bowl from $(3, -1)$: the cost $J$ at the start and after 1, 2, 3 and 10 steps. Which $\alpha$ "
        r"belongs to each?",
        given={"alphas": list(RATES)},
        answers={row: PICK[rate] for row, rate in ROWS.items()},
        truth=which_rate,
        labels={row: f"α of the {row} run" for row in ROWS},
        slips={
            "first": {
                PICK[
                    0.02
                ]: "The first steps are alike; by step 10 the run with 0.02 has hardly got along the valley.",
                PICK[0.1]: "With 0.1 the part across is gone in one step: a deeper first drop than here.",
                PICK[0.205]: "With 0.205 a factor is larger than 1 in size; nothing climbs here.",
            },
            "second": {
                PICK[0.1]: "With 0.1 the part across is gone in one step: a deeper first drop than here.",
                PICK[0.18]: "The first steps are alike; but at 0.18 far less is left along after ten.",
                PICK[0.205]: "With 0.205 a factor is larger than 1 in size; nothing climbs here.",
            },
            "third": {
                PICK[0.02]: "With 0.02 all factors are below 1 in size: it never climbs.",
                PICK[0.1]: "With 0.1 one factor is zero and one below 1: it never climbs.",
                PICK[
                    0.18
                ]: "Just below the bound the swings still shrink; here they grow, though the first step "
                "went down.",
            },
            "fourth": {
                PICK[0.02]: "So deep a first drop needs a factor near zero across; with 0.02 it is 0.8.",
                PICK[0.18]: "So deep a first drop needs a factor near zero across; with 0.18 it is $-0.8$.",
                PICK[0.205]: "With 0.205 a factor is larger than 1 in size; nothing climbs here.",
            },
        },
        table=[
            ["start", "1", "2", "3", "10", "$\\alpha$"],
            *([*printed_costs(rate), row] for row, rate in ROWS.items()),
        ],
        hint="Write down both factors, $1 - 10\\alpha$ and $1 - \\alpha$, for each rate.",
        why="A deep first drop is no pace, and a first step down is no safety: only the later factors tell.",
    ),
    Expression(
        "eigenvalue",
        r"$H = \begin{pmatrix} a & c \\ c & a \end{pmatrix}$ and $v = (1, -1)$. Multiply out: what is its "
        r"eigenvalue?",
        given={"a": Draw((), 3, 6, 0.5), "c": Draw((), -2.5, 2.5, 0.5)},
        answer="a - c",
        truth=eigenvalue,
        slips={
            "a + c": "That is the eigenvalue of $(1, 1)$: a minus was lost.",
            "c - a": "That is the second entry of $Hv$; the second entry of $v$ is $-1$.",
            "a": "The off-diagonal entry takes part: each row meets both entries of $v$.",
            "a**2 - c**2": "That is the product of both eigenvalues.",
            "2 * (a - c)": "Each entry of $Hv$ is compared with its own entry of $v$; they are not added.",
            "0": "The two entries of $Hv$ were added.",
            "1": "That is it for 5.5 and 4.5 only.",
        },
        hint="The first entry of $Hv$ is first row times $v$. By what has 1 been multiplied?",
        why="So along the valley of Figure 4.1 the curvature is $5.5 - 4.5 = 1$.",
    ),
    Blanks(
        "valley",
        r"A valley with the curvatures $\lambda_{\min}$ and $\lambda_{\max}$: its bound, the best $\alpha$ in the "
        r"long run, and the factor of the flattest direction with that $\alpha$.",
        given={"lam_min": Draw((), 1, 2, 1, first=2), "lam_max": Draw((), 3, 8, 1, first=8)},
        answers={
            "bound": "2 / lam_max",
            "best": "2 / (lam_min + lam_max)",
            "factor": "1 - best * lam_min",
        },
        truth=valley,
        labels={"bound": "bound", "best": "best α", "factor": "factor"},
        slips={
            "bound": {
                "2 / lam_min": "$\\lambda_{\\min}$ was used: the steepest direction leaves first.",
                "1 / lam_max": "There the steep factor is $0$; it leaves at $-1$.",
                "2 / (lam_min + lam_max)": "That is the best rate: it lies inside the bound.",
                "2 * lam_max": "Upside down: the curvature limits the step.",
            },
            "best": {
                "1 / lam_max": "That kills the steep direction and leaves too much along the valley.",
                "2 / lam_max": "That is the bound: there the steep factor is $-1$.",
                "1 / (lam_min + lam_max)": "Half of it: a 2 is missing.",
                "2 / (lam_max - lam_min)": "The curvatures were subtracted: at which rate have the factors opposite signs and one size?",
                "1 / lam_min": "That kills the flat direction; is it still inside the bound?",
                "(lam_min + lam_max) / 2": "Upside down.",
                "4 / (lam_min + lam_max)": "A 2 too much.",
                "(lam_max - lam_min) / (lam_max + lam_min)": "That is the factor.",
            },
            "factor": {
                "1 - best * lam_max": "The right size in the other direction: that is the steep one's.",
                "1 - lam_min / lam_max": "That is what the rate $1/\\lambda_{\\max}$ leaves.",
                "best * lam_min": "That is the share a step takes away; the factor is what it leaves.",
            },
        },
        hint="At the best rate both factors have the same size and opposite signs.",
        why="With the best rate both distances shrink by the same factor in size; the bound is never far.",
    ),
    Choice(
        "longer-valley",
        "A valley with $κ = 100$, and one with $κ = 1000$, each with its own best $\\alpha$. How many times as many "
        "steps does the longer one need?",
        right="About ten times as many",
        wrong={
            "About as many": "Even the best rate can't make up for it: look at the factor "
            "$\\frac{κ - 1}{κ + 1}$ for both.",
            "About three times as many": "That would be the root of ten; what a step takes off is "
            "$\\frac{2}{κ + 1}$.",
            "About a hundred times as many": "A square too much: what a step takes off is $\\frac{2}{κ + 1}$.",
        },
        truth=longer_valley,
        hint="What share of the distance does one step take off?",
        why="The best factor is $1 - \\frac{2}{κ + 1}$: with ten times the $κ$ a step takes off about a tenth as "
        "much.",
    ),
    Expression(
        "slope-in-m",
        r"Put it together: $J = \frac{1}{N} \sum_i (m x^{(i)} + b - y^{(i)})^2$. Write "
        r"$\frac{\partial J}{\partial m}$ in NumPy; `x` and `y` hold the `N` rows.",
        given={"m": (), "b": (), "x": (5,), "y": (5,), "N": 5},
        answer="(2 * (m * x + b - y) * x).mean()",
        truth=lambda m, b, x, y, N: line_slopes(m, b, x, y)[0],
        slips={
            **CATALOGUE["line_slope"].sentences(),
            "((m * x + b - y)**2).mean()": "That is the cost itself.",
            "(2 * (m * x - y) * x).mean()": "$b$ is missing from the prediction.",
            "2 / N * ((m * x + b - y) * x).mean()": "`mean()` has divided by $N$ already.",
            "2 / N * (m * x + b - y).sum() * x": "The errors were added before each met its own $x$.",
        },
        hint="On the path of row $i$: the cost's slope in $\\hat y^{(i)}$, times that of $\\hat y^{(i)}$ in $m$. "
        "Then all paths.",
        why="The sum is there because all rows share $m$.",
    ),
    Blanks(
        "line-by-hand",
        r"One whole step by pencil, with four rows: the errors $\hat y - y$, both slopes, the new $m$ and the new "
        r"$b$.",
        given={
            "x": [1, 2, 3, 4],
            "y": Draw((4,), 2, 12, 1, first=[3, 2, 7, 8]),
            "m": Draw((), 1, 2, 1, first=1),
            "b": Draw((), 1, 2, 1, first=1),
            "alpha": Draw((), 0.1, 0.2, 0.1, first=0.1),
        },
        answers={
            **{
                f"e{k + 1}": f"([{', '.join(str(int(j == k)) for j in range(4))}] * (m * x + b - y)).sum()"
                for k in range(4)
            },
            "dm": f"(2 * {E} * x).mean()",
            "db": f"(2 * {E}).mean()",
            "m_new": "m - alpha * dm",
            "b_new": "b - alpha * db",
        },
        truth=line_by_hand,
        labels={
            **{f"e{k}": f"error of row {k}" for k in range(1, 5)},
            "dm": "∂J/∂m",
            "db": "∂J/∂b",
            "m_new": "new m",
            "b_new": "new b",
        },
        slips={
            **{
                f"e{k + 1}": {
                    f"([{', '.join(str(int(j == k)) for j in range(4))}] * (y - m * x - b)).sum()": "The error was "
                    "turned round: it is prediction minus target.",
                    f"([{', '.join(str(int(j == k)) for j in range(4))}] * (m * x - y)).sum()": "The intercept $b$ "
                    "is missing from the prediction.",
                    f"([{', '.join(str(int(j == k)) for j in range(4))}] * (m * x + b)).sum()": "That is the "
                    "prediction; the target is still to be subtracted.",
                }
                | (
                    {
                        f"([{', '.join(str(int(j == k)) for j in range(4))}] * (m * x + b - y)**2).sum()": "Squared: the error itself is asked for."
                    }
                    if k > 1  # the first two rows' errors are -1 and 1
                    else {}
                )
                for k in range(4)
            },
            "dm": {
                f"(2 * {E}).mean()": "Each error still has to meet its own $x$: that is the slope in $b$.",
                f"(2 * {E} * x).sum()": "Summed, not averaged.",
                f"({E} * x).mean()": "The 2 that the square brings down is missing.",
                f"(2 * {E}**2 * x).mean()": "The square is still there: its exponent wasn't lowered.",
                f"2 * {E}.mean() * x.mean()": "The means were multiplied: each row's error belongs to its own $x$.",
                f"({E} * x).sum()": "Only the sum: $\\frac{2}{N}$ is missing.",
            },
            "db": {
                f"(2 * {E} * x).mean()": "Multiplied by $x$: that is the slope in $m$.",
                f"(2 * {E}).sum()": "Summed, not averaged.",
                f"({E}).mean()": "The 2 that the square brings down is missing.",
                f"({E}).sum()": "Only the sum: $\\frac{2}{N}$ is missing.",
                "(2 * ((m - alpha * dm) * x + b - y)).mean()": "The new $m$ was used already: both slopes come from the old $m$ and $b$.",
            },
            "m_new": {
                "m + alpha * dm": "Uphill: the step has the sign of the slope.",
                "m - dm": "The learning rate is missing.",
                "m - alpha * db": "That is the slope in $b$.",
                "-alpha * dm": "Only the step: it starts at the old $m$.",
            },
            "b_new": {
                "b + alpha * db": "Uphill: the step has the sign of the slope.",
                "b - db": "The learning rate is missing.",
                "b - alpha * dm": "That is the slope in $m$.",
                "-alpha * db": "Only the step: it starts at the old $b$.",
                "b - alpha * (2 * (m_new * x + b - y)).mean()": "The errors were computed anew with the new $m$: "
                "both slopes belong to the old place.",
            },
        },
        table=[
            ["", "value"],
            *([f"error of row {k}", f"e{k}"] for k in range(1, 5)),
            [r"$\partial J / \partial m$", "dm"],
            [r"$\partial J / \partial b$", "db"],
            ["new $m$", "m_new"],
            ["new $b$", "b_new"],
        ],
        hint="The slope in $m$ is the mean of 2 times error times $x$; in $b$ the $x$ is replaced by 1.",
        why="Both slopes first, from the same errors; then both parameters.",
    ),
    Expression(
        "curvature-in-m",
        r"Differentiate once more: what is $\frac{\partial^2 J}{\partial m^2}$ in NumPy? Not all that is given is "
        r"needed.",
        given={"x": (5,), "y": (5,), "m": (), "b": (), "N": 5},
        answer="2 * (x**2).mean()",
        truth=lambda x, y, m, b, N: derivative(lambda m: line_slopes(m, b, x, y)[0], m),
        slips={
            "2 * x.mean()": "One $x$ was lost: there was one before, and the inner derivative brings another.",
            "2 * x.mean()**2": "The mean was squared: first the squares, then their mean.",
            "(x**2).mean()": "The 2 of the first derivative is still a factor.",
            "2 * (x**2).sum()": "Summed, not averaged.",
            "2 * m * (x**2).mean()": "$m$ was left standing: it stands there to the first power.",
            "(2 * (m * x + b - y) * x).mean()": "That is the first derivative.",
            "2": "That is the curvature in $b$, where the inner derivative is 1.",
            "2 / N * x.sum()**2": "The sum was squared: first the squares.",
            "(2 * x**2 + b).mean()": "$b$ and $y$ contain no $m$: they drop out.",
            "(2 * x * (x + b - y)).mean()": "$b$ and $y$ contain no $m$: they drop out.",
        },
        hint="In $2 (m x + b - y) x$ only one letter moves.",
        why="No $m$, no $b$ and no $y$ is left in it: the curvature is the same everywhere.",
    ),
    Choice(
        "bound-of-the-line",
        r"Our ten rows have $x = 1, \ldots, 10$. One entry of $H$ is far larger than the others, and "
        r"$\lambda_{\max}$ is only a little more than that entry. Where will the bound $2/\lambda_{\max}$ be?",
        right="Near $1/40$",
        wrong={
            "Near $1$": "That takes the smallest entry, 2, for $\\lambda_{\\max}$: the largest one decides.",
            "Near $1/10$": "That would need an entry near 20: work out the mean of $x^2$.",
            "Near $80$": "That is about $\\lambda_{\\max}$ itself: it stands below the line.",
        },
        truth=bound_of_the_line,
        hint="The mean of 1, 4, 9, …, 100 is nearly 40; and $H$ has a 2 in front.",
        why="$\\frac{2}{N} \\sum x^2$ is close to 80, and it leads.",
    ),
    Choice(
        "after-a-hundred",
        "Take the two eigenvalues above. Of the distance from the lowest point, how much is left after a hundred steps, across the "
        "valley and along it?",
        right="Across next to nothing, along about four tenths",
        wrong={
            "Next to nothing of either": "Along the valley a step takes off less than a hundredth: a hundred of them "
            "leave a good part.",
            "Across about four tenths, along next to nothing": "Across is the larger eigenvalue: its factor is nearer "
            "to zero.",
            "About four tenths of either": "Each direction has its own factor $1 - \\alpha\\lambda$, and one of the two is "
            "far from 1 in size.",
        },
        truth=after_a_hundred,
        hint="Two factors $1 - \\alpha\\lambda$, each to the power of a hundred.",
        why="Across, a step leaves less than six tenths; along, more than ninety-nine hundredths.",
    ),
    Choice(
        "beyond-the-bound",
        r"At $\alpha = 0.03$, beyond the bound, what does the line beside the data in the next figure do from step to step?",
        right="It swings to and fro, wider each time",
        wrong={
            "It turns away to one side, further each time": "For that the factor would have to be above $1$: past "
            "the bound it is below $-1$.",
            "It swings to and fro, always as wide": "That is the walk exactly at the bound.",
            "It swings to and fro, less each time": "That is a factor between $-1$ and $0$: inside the bound.",
        },
        truth=beyond_the_bound,
        hint="Which sign and which size has the factor across the valley?",
        why="A factor below $-1$: the other side, and further away.",
    ),
    Expression(
        "cost-of-a-direction",
        r"Along one eigenvector the distance is `c`, so this direction's part of the cost is "
        r"$\frac12 \lambda c^2$. What is that part after one step? (`lam` is $\lambda$.)",
        given={"lam": Draw((), 1, 4, 0.5), "alpha": Draw((), 0.1, 0.9, 0.1), "c": Draw((), 1, 4, 0.5)},
        answer="lam / 2 * ((1 - alpha * lam) * c)**2",
        truth=cost_of_a_direction,
        slips={
            "lam / 2 * (1 - alpha * lam) * c**2": "It is $c$ that a step multiplies, and $c$ is squared.",
            "lam / 2 * c**2 - alpha * (lam * c)**2": "That is the first-order promise; the true step is asked for.",
            "lam / 2 * c**2": "That is the part before the step.",
            "(1 - alpha * lam) * c": "That is the new distance; the cost is asked for.",
            "((1 - alpha * lam) * c)**2 / 2": "The curvature in front of the square is missing.",
            "lam / 2 * (c - alpha)**2": "The step is $\\alpha$ times the slope $\\lambda c$, not $\\alpha$.",
            "(1 - alpha * lam)**2 * c**2": "$\\frac12 \\lambda$ in front is missing.",
            "(1 - alpha * lam)**2": "That is the factor.",
            "lam / 2 * (1 - alpha * lam)**2": "$c$ is missing.",
            "lam / 2 * (alpha * lam * c)**2": "That takes the share that a step takes away, not the one it leaves.",
            "lam / 2 * ((1 + alpha * lam) * c)**2": "Uphill: a plus in the factor.",
            "lam / 2 * (c - alpha * lam)**2": "The slope is $\\lambda c$, not $\\lambda$.",
            "lam / 2 * ((1 - alpha) * c)**2": "The curvature is missing from the factor.",
        },
        hint="First the new distance, then its cost.",
        why="So every step multiplies each part by $(1 - \\alpha\\lambda_i)^2$.",
    ),
    Choice(
        "across-or-along",
        "From the start at zero with $\\alpha = 0.02$: which part of the cost is larger, across the valley or along "
        "it?",
        right="At the start the part across, after a hundred steps the part along",
        wrong={
            "At the start the part along, after a hundred steps the part across": "Which part has the factor nearer "
            "to zero, and so goes first?",
            "At the start the part across, after a hundred steps the part across": "Its factor is well inside one: a "
            "hundred steps leave nothing of it.",
            "At the start the part along, after a hundred steps the part along": "Each part has its $\\lambda_i$ in "
            "front: almost two hundred to one.",
        },
        truth=across_or_along,
        hint="$\\lambda$ stands in front of each part, and in its factor.",
        why="The large part is gone in a few steps; what is left goes at the pace of the flattest direction.",
    ),
    Expression(
        "away-from-the-saddle",
        r"On this saddle a run starts at $w_2$ = `w2`. Where is its $w_2$ after `k` steps?",
        given={
            "w2": Draw((), 0.5, 3, 0.5),
            "alpha": Draw((), 0.1, 0.4, 0.1),
            "k": Draw((), 2, 5, 1),
        },
        answer="(1 + 2 * alpha)**k * w2",
        truth=away_from_the_saddle,
        slips={
            "(1 - 2 * alpha)**k * w2": "A minus was lost: along $w_2$ the slope is $-2 w_2$. That is the walk of "
            "$w_1$.",
            "(1 + alpha)**k * w2": "The 2 that the square brings down is missing.",
            "(1 + 2 * alpha * k) * w2": "The same piece was added $k$ times: each step adds its share of what is "
            "there.",
            "(2 * alpha)**k * w2": "That is the step alone; it starts at the old place.",
            "w2 + 2 * alpha * k": "The slope is $-2$ times $w_2$, not $-2$.",
            "(1 + 2 * alpha) * w2": "That is after one step.",
            "w2 * (1 + 2 * alpha) * k": "Multiplied by $k$: that adds the same number $k$ times.",
            "(w2 * (1 + 2 * alpha))**k": "The power belongs to the factor: `w2` counts once.",
            "w2 * 1.2**k": "That is $\\alpha = 0.1$ only.",
            "w2 * (1 - alpha)**k": "A minus was lost, and the 2 that the square brings down.",
        },
        hint="Put $-2 w_2$ into $w_2 - \\alpha \\cdot$ slope.",
        why="A start at $w_2 = 0$ stays there and ends on the saddle; a start a millionth beside it is carried away.",
    ),
    Choice(
        "two-valleys",
        "On the curve with two valleys a run starts at $0.4$, to the right of the hill, with $\\alpha = 0.05$. Where does it end?",
        right="In the right valley, the shallow one",
        wrong={
            "In the left valley, the deep one": "The rule feels the slope at its feet only: it doesn't know of the "
            "deeper valley.",
            "On the hill between them": "The hilltop has slope zero, but beside it the slope leads away.",
            "It swings between the two": "It starts right of the hilltop, where the slope leads on to the right; with so small an "
            "$\\alpha$ no step reaches back over the top.",
        },
        truth=two_valleys,
        hint="What sign has the slope at $0.4$?",
        why="With so small an $\\alpha$ the start decides: both ends are local minima, only one is the global one.",
    ),
    Expression(
        "sgd-step",
        r"The `B` rows of `G` are the gradients $g_i$ of the rows in the batch. What does `W` become?",
        given={"W": (3,), "G": (4, 3), "alpha": Draw((), 0.1, 0.9, 0.1), "B": 4},
        answer="W - alpha * G.mean(axis=0)",
        truth=sgd_step,
        like="W",
        slips={
            "W - alpha * G.sum(axis=0)": "Summed, not averaged: then the step would grow with the batch.",
            "W - alpha * G.mean()": "Averaged over the parameters, too: each has a slope of its own.",
            "W - alpha * G": "The batch makes one step together, not one step a row.",
            "W + alpha * G.mean(axis=0)": "Uphill: the step has the sign of the gradient.",
            "W - G.mean(axis=0)": "The learning rate is missing.",
            "W - alpha * G.mean(axis=1)": "Averaged along the rows: they are what has to be averaged over.",
            "-alpha * G.mean(axis=0)": "Only the step: it starts at the old $W$.",
            "W - alpha * G.mean(axis=0) / B": "The mean has divided by $B$ already.",
            "W - alpha / B * G": "Still to be added over the rows.",
            "W - alpha * G.sum()": "Added over the parameters, too: each has a slope of its own.",
            "alpha * G.mean(axis=0)": "Only the step, and its sign is turned: it starts at the old $W$.",
        },
        hint="Which axis counts the rows of the batch?",
        why="A mean, so that $\\alpha$ means the same for any batch size.",
    ),
    Blanks(
        "epoch-steps",
        "`N` rows in mini-batches of `B`. How many steps are an epoch, and how many rows has its last batch?",
        given={"N": Draw((), 9, 20, 1, first=17), "B": Draw((), 3, 7, 1, first=5)},
        answers={
            "steps": "(B * [0, 1, 2, 3, 4, 5, 6] < N).sum()",
            "last": "N - (steps - 1) * B",
        },
        truth=epoch,
        labels={"steps": "steps", "last": "rows in the last batch"},
        slips={
            "steps": {
                "(B * [1, 2, 3, 4, 5, 6] <= N).sum()": "The rows that are left over still make a batch: round up.",
                "N / B": "A part of a step can't be taken.",
                "B": "That is the batch size.",
                "N": "That would be batches of one row.",
                "N * B": "Multiplied: each row is used only once.",
            },
            "last": {
                "B": "Count how many rows the full batches before it have used.",
                "N / steps": "The rows weren't shared out evenly: the batches before the last are full.",
                "N - steps * B": "One batch too many was subtracted: the last one isn't full.",
                "0": "Some rows are left over.",
                "N / B": "That is the number of steps, unrounded.",
            },
        },
        hint="Cut full batches until fewer rows are left than a batch needs.",
        why="$N/B$ rounded up; every row is used once.",
    ),
    Expression(
        "error-after-its-row",
        r"What is the error of the same row after this step? (`e` is $e$, `alpha` is $\alpha$; not all that is given "
        r"is needed.)",
        given={
            "e": Draw((), -3, 3, 0.5),
            "x": Draw((), 1, 4, 0.5),
            "alpha": Draw((), 0.1, 0.9, 0.1),
            "m": Draw((), 0.5, 3, 0.5),
            "b": Draw((), 0.5, 3, 0.5),
        },
        answer="(1 - 2 * alpha * (1 + x**2)) * e",
        truth=error_after_its_row,
        slips={
            "(1 - 2 * alpha * x**2) * e": "Only $m$ has moved there: $b$ moves the prediction, too.",
            "(1 - 2 * alpha) * e": "Only $b$ has moved there.",
            "(1 - 2 * alpha * (1 + x)) * e": "$m$ moved by a step with $x$ in it, and is then multiplied by $x$: one "
            "of the two was lost.",
            "(1 - 2 * alpha * x * (1 + x)) * e": "The step of $b$ has no $x$ in it, and $b$ is not multiplied by one.",
            "(1 - alpha * (1 + x**2)) * e": "The 2 that the square brings down is missing.",
            "(1 + 2 * alpha * (1 + x**2)) * e": "A minus was lost: the step should make the error smaller.",
            "2 * alpha * (1 + x**2) * e": "That is how much the step takes off; the error that is left is asked for.",
            "(m - 2 * alpha * e * x) * x + b - 2 * alpha * e": "That is the new prediction; the target is still to be subtracted.",
            "1 - 2 * alpha * (1 + x**2)": "That is the factor.",
            "-2 * alpha * e * (1 + x**2)": "Only the change.",
            "e - 2 * alpha * (1 + x**2)": "Each step contains $e$: it was lost on the way.",
            "e * (1 - 2 * alpha * x)": "$x$ comes twice in $m$'s part, and $b$ moves, too.",
        },
        hint="$m x$ changes by $x$ times the change of $m$; add the change of $b$.",
        why="It is the factor $1 - \\alpha\\lambda$ once more, with $\\lambda = 2(1 + x^2)$.",
    ),
    Number(
        "bound-of-one-row",
        r"So each row has a bound of its own, $2/\lambda$. Which is it for this $x$?",
        given={"x": Draw((), 2, 10, 1, first=10)},
        answer="1 / (1 + x**2)",
        truth=bound_of_one_row,
        slips={
            "2 / (1 + x**2)": "The 2 of $2/\\lambda$ meets another one inside $\\lambda$.",
            "1 / (2 * (1 + x**2))": "That is $1/\\lambda$: one step would bend the line through the row.",
            "1 / x**2": "The 1 stands for $b$, which moves as well.",
            "1 / (1 + x)": "$x$ comes twice: in the step of $m$, and in the prediction.",
            "1 / (1 + x)**2": "The square belongs to $x$ alone.",
            "2 * (1 + x**2)": "That is $\\lambda$ itself.",
            "1 + x**2": "That is $\\lambda / 2$: it stands below the line.",
            f"{2 / curvatures()[0][-1]:.4f}": "That is the bound of all ten rows.",
        },
        hint="$2/\\lambda$ with this row's $\\lambda$.",
        why="For $x = 10$ that lies below $0.02$, a rate at which full batch still converges.",
    ),
    Choice(
        "signs-of-the-rows",
        "Far away from the minimum of $J$, do the ten slopes in $m$ have the same sign? And close to it?",
        right="Far away the same, close by not",
        wrong={
            "Everywhere the same": "Then their mean could not be zero at the minimum without all of them being "
            "zero; the points lie on no line.",
            "Far away different, close by the same": "Far away every row wants the same: the line is far too steep "
            "or too flat for all.",
            "Different everywhere": "If the line is far too steep, it is so for each of the ten points.",
        },
        truth=signs_of_the_rows,
        hint="Each thin parabola has its lowest point near the others', but not at the same place.",
        why="Far away a single row points the same way as all of them, and takes a tenth of the work; close by they "
        "quarrel.",
    ),
    Choice(
        "ahead-early",
        r"In one epoch full batch takes one step, $B = 1$ takes ten. Full batch with $\alpha = 0.02$, so near its bound that it "
        r"swings at first, against single rows with $\alpha = 0.004$: who is ahead after three epochs, who after three hundred?",
        right="Early one row at a time, in the end full batch",
        wrong={
            "Early full batch, in the end full batch": "Three steps leave part of the swings across, whose factor "
            "is more than a half in size; single rows take thirty, rough ones.",
            "Early one row at a time, in the end one row at a time": "The points lie on no line: with a constant "
            "$\\alpha$ each row pulls away again.",
            "Early full batch, in the end one row at a time": "The other way round: thirty rough steps help while all "
            "rows agree, and rough ones disturb when they don't.",
        },
        truth=ahead_early,
        hint="Where do the rows agree, and where do they quarrel?",
        why="Against these swings ten rough steps an epoch win; at $0.0127$, nearly without them, full batch would be ahead early, too. And a constant $\\alpha$ doesn't settle where rows disagree.",
    ),
    Order(
        "gradients-first",
        "One step of gradient descent on the line, in four lines. Put them in an order in which they do that, and "
        "fill the gap.",
        given={"m": (), "b": (), "x": (5,), "y": (5,), "alpha": Draw((), 0.1, 0.9, 0.1), "N": 5},
        lines=[
            "dm = (2 * (m * x + b - y) * x).mean()",
            "db = (2 * (m * x + b - y)).mean()",
            "m = {m - alpha * dm}",
            "b = b - alpha * db",
        ],
        truth=lambda m, b, x, y, alpha, N: one_step(m, b, x, y, alpha),
        slips={
            "m": {
                "m + alpha * dm": "Uphill: the step has the sign of the slope.",
                "m - dm": "The learning rate is missing.",
                "m - alpha * db": "That is the slope in $b$.",
                "-alpha * dm": "Only the step: it starts at the old $m$.",
                "m - alpha * dm / N": "The mean has divided by $N$ already.",
                "m * (1 - alpha * dm)": "The step is subtracted, not multiplied.",
                "b - alpha * dm": "That starts at $b$: this line moves $m$.",
            }
        },
        hint="Which `m` stands in the line of `db`?",
        why="Both slopes belong to the place where you stand, so both come before anything moves.",
    ),
    Blanks(
        "stories",
        "Which panel of the figure above tells which story? Write its number.",
        answers={name: str(panel) for name, (panel, _) in STORIES.items()},
        truth=stories,
        labels={
            name: story.translate({ord(sign): None for sign in "$\\_{}"})
            for name, (_, story) in STORIES.items()
        },
        slips={
            name: {str(other): seen for other, seen in SEEN.items() if other != panel}
            for name, (panel, _) in STORIES.items()
        },
        table=[
            ["story", "panel"],
            *(
                [STORIES[name][1], name]
                for name in ("small", "exactly", "zigzag", "beyond", "rows", "hilltop")
            ),
        ],
        hint="Straight on this axis means one factor at every step; trembling means chance.",
        why="A large first drop says nothing about the pace, and a first step down nothing about safety.",
    ),
    # Side paths
    Choice(
        "momentum-rate",
        f"For the line $κ$ is about ${np.divide(*curvatures()[0][::-1]):.0f}$, its root about "
        f"${np.sqrt(np.divide(*curvatures()[0][::-1])):.0f}$. Against gradient descent with its best rate: what does "
        "momentum need?",
        right="Fewer steps, and its $\\alpha$ lies beyond the bound",
        wrong={
            "Fewer steps, and its $\\alpha$ lies below the bound": "Compare "
            "$4/(\\sqrt{\\lambda_{\\max}} + \\sqrt{\\lambda_{\\min}})^2$ with $2/\\lambda_{\\max}$ when "
            "$\\lambda_{\\min}$ is tiny.",
            "As many steps, only smoother": "The factor has the root of $κ$ in place of $κ$: that shortens the walk.",
            "More steps, since it overshoots": "It overshoots at first; what decides in the long run is "
            "$\\sqrt{\\beta}$.",
        },
        truth=momentum_rate,
        hint="With a tiny $\\lambda_{\\min}$ its $\\alpha$ is nearly $4/\\lambda_{\\max}$.",
        why="About a tenth of the steps; the part that it keeps points against the next, too long step back "
        "and shortens it.",
    ),
    Choice(
        "rows-past",
        r"The rows with $x = 1$, $5$ and $10$, at $\alpha = 0.02$. For which of them does the new error have the "
        r"other sign, and for which is it larger than before?",
        right="The other sign for 5 and 10; larger for 10",
        wrong={
            "The other sign for 10; larger for 10": "Work out the factor for 5: $1 + x^2$ is 26 there.",
            "The other sign for 5 and 10; larger for 5 and 10": "Another sign alone makes nothing larger: the factor "
            "has to be below $-1$.",
            "The other sign for none; larger for 10": "A positive factor never exceeds 1 here: what grows has gone "
            "past.",
            "The other sign for 1; larger for none": "For small $x$ a step does least: look at $1 + x^2$.",
        },
        truth=rows_past,
        hint="Three times the factor $1 - 2 \\alpha (1 + x^2)$.",
        why="Past zero the sign turns, past $-1$ the row fits worse than before.",
    ),
    Number(
        "all-batches",
        "How many different mini-batches can be drawn from `N` rows, of all sizes from one to `N` together?",
        given={"N": Draw((), 4, 12, 1, first=10)},
        answer="2**N - 1",
        truth=all_batches,
        slips={
            "2**N": "The empty batch was counted, too.",
            "N**2": "For each row there is one question, in or out: such choices multiply.",
            "N * (N + 1) / 2": "Those are the batches of neighbouring rows.",
            "N": "That is the number of sizes.",
            "2 * N": "In or out for each row: these choices multiply, they aren't added.",
            "3628800": "Those are the orders of ten rows.",
            "252": "Batches of five only.",
            "N * (N - 1) / 2": "Batches of two only.",
            "2**(N - 1) - 1": "One row too few.",
            "2**(N - 1)": "One row too few, and the empty batch was counted.",
            "N**N": "Each row has two choices, not `N`.",
            "2**N - 2": "The batch of all rows counts, too.",
        },
        hint="Each row is in or out.",
        why="Each row is in or out, and not all are out.",
    ),
    Choice(
        "steepest-fall",
        "From one row to all ten: between which two batch sizes does the spread fall furthest?",
        right="From one row to two",
        wrong={
            "From nine rows to ten": "It becomes zero only there, but little was left to fall.",
            "By as much everywhere": "It falls like $1/\\sqrt{B}$ at first: the later rows add less and less.",
            "From five rows to six": "The second root pulls it down towards the end, but $1/\\sqrt{B}$ falls most at "
            "its start.",
        },
        truth=steepest_fall,
        hint="Put $B = 1$ and $B = 2$ into the formula.",
        why="From one row to two a third of the spread is gone.",
    ),
    Choice(
        "tiny-steps",
        "Start far from the minimum with a tiny learning rate, and stop as soon as the cost falls by less than a "
        "hundredth in one step. Where do you stop?",
        right="At the start",
        wrong={
            "Close to the minimum": "That is the hope of the rule. By about how much does the cost fall in one tiny "
            "step?",
            "Half-way down": "Where the slope is steepest the falls are largest; is even the first one large enough?",
            "Never": "The falls are positive, but there is a threshold: is the first one above it?",
        },
        truth=tiny_steps,
        hint="The fall is about $\\alpha$ times the squared length of the gradient.",
        why="The decrease is small because the step is, not because the minimum is near.",
    ),
    Choice(
        "half-way",
        "Half-way every parameter is the mean of its two values. What are the two hidden neurons there, and what "
        "does that mean for the cost?",
        right="They are equal, and the cost is high",
        wrong={
            "They are equal, and the cost is as low as at the ends": "Two equal neurons are in effect one: can one "
            "hidden neuron do XOR?",
            "They are different, and the cost is lower": "The mean of $a$ and $b$, and the mean of $b$ and $a$: "
            "compare.",
            "All their weights are zero": "A mean of two numbers is zero only where they are opposite.",
        },
        truth=half_way,
        hint="The first has the weights $a$ at $P$ and $b$ at $Q$; the second has $b$ and $a$.",
        why="In effect one hidden neuron is left: hence the hill.",
    ),
    Number(
        "cost-grows",
        r"Beyond the bound: the curvature across the valley is $\lambda$ = `lam`. By what is the cost multiplied in "
        r"one step, once the swings across are all that counts?",
        given={"alpha": Draw((), 0.05, 0.2, 0.01, first=0.1), "lam": curvatures()[0][-1].round(2)},
        answer="(1 - alpha * lam)**2",
        truth=cost_grows,
        decimals=1,
        slips={
            "abs(1 - alpha * lam)": "That is what the distance is multiplied by; the cost is a square.",
            "1 - alpha * lam": "That is the factor of the distance; the cost is a square.",
            "2 * abs(1 - alpha * lam)": "Doubled, not squared.",
            "(alpha * lam)**2": "The 1 is missing: the step starts at the old place.",
            "(1 + alpha * lam)**2": "A plus in the factor: the step goes against the slope.",
            "alpha * lam": "That is $\\alpha\\lambda$: the factor is still to come.",
            "alpha * lam - 2": "The 1 was subtracted twice.",
            "1 / (1 - alpha * lam)**2": "Upside down: beyond the bound the cost grows.",
        },
        hint="First the factor of the distance.",
        why="The distance grows by $1 - \\alpha\\lambda$ in size, the cost by its square.",
    ),
    Choice(
        "best-of-many",
        r"Draw in your mind the final cost after two hundred epochs against $\alpha$. Where in the range that "
        r"converges is it lowest?",
        right="Near its end",
        wrong={
            "In the middle": "That would be a round bowl. Here the flat direction decides, and it wants all it can "
            "get.",
            "Near its beginning": "There two hundred steps don't even get down to the valley floor.",
            "It is equally low everywhere": "All of them converge, but at a very different pace along the valley.",
        },
        truth=best_of_many,
        hint="Which share of the bound is the best rate, $\\frac{κ}{κ + 1}$?",
        why="In a long valley the best learning rate lives next door to disaster.",
    ),
]
