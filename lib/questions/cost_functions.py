"""The questions of the chapter `cost_functions`."""

import numpy as np

from lib.activations import Sigmoid
from lib.calculus import derivative, gradient
from lib.costs import BCE, MAE, MSE, RMSE, BCEWithLogits, mean_error
from lib.datasets import four_numbers, four_probabilities, line
from lib.practice import Blanks, Choice, Draw, Expression, Number
from lib.slips import CATALOGUE

NUMBERS, ONES = four_numbers()
PROBABILITIES, LABELS = four_probabilities()
ROW_4 = "([[0, 0, 0, 1]] @ ({})).sum()"
AROUND_ONE = Draw((4, 1), 0.7, 1.4, 0.1, first=NUMBERS)
UNIT = Draw((4, 1), 0.1, 0.9, 0.1)
CLASSES = Draw((4, 1), 0, 1, 1)


def in_row_4(names):
    """Slips of the slope of MSE, each for its fourth entry."""
    return {ROW_4.format(of): say for of, say in CATALOGUE["mse_slope"].sentences(*names).items()}


def lifted_line(m, lift, N):
    """The mean error of a line through the centre of the data of Figure 3.1, lifted."""
    x, data = line(np.random.default_rng(1), samples=int(N))
    return mean_error(data.mean() + m * (x - x.mean()) + lift, data)


def squared_table():
    E = NUMBERS - ONES
    found = {"e_2": E[1, 0], "se_2": E[1, 0] ** 2, "e_4": E[3, 0], "se_4": E[3, 0] ** 2}
    return found | {"mse": MSE().value(NUMBERS, ONES)}


def grown(cost, k):
    """By which factors the cost of one error and its slope grow, when the error grows by k."""
    small, large, zero = np.array([[0.3]]), np.array([[0.3 * k]]), np.zeros((1, 1))
    of_slope = cost.gradient(large, zero) / cost.gradient(small, zero)
    return cost.value(large, zero) / cost.value(small, zero), of_slope.item()


def ten_times(k):
    (mse_cost, mse_slope), (mae_cost, mae_slope) = grown(MSE(), k), grown(MAE(), k)
    return {"mse_cost": mse_cost, "mse_slope": mse_slope, "mae_cost": mae_cost, "mae_slope": mae_slope}


def smaller_units(k):
    return {
        name: cost.value(k * NUMBERS, k * ONES) / cost.value(NUMBERS, ONES)
        for name, cost in (("mse", MSE()), ("rmse", RMSE()))
    }


def grow_by_more_than_ten():
    """The costs that become more than ten times as large when the last of the four errors becomes ten times."""
    outlier = NUMBERS.copy()
    outlier[3] = ONES[3] + 10 * (NUMBERS[3] - ONES[3])
    costs = (MSE(), RMSE(), MAE())
    more = [type(c).__name__ for c in costs if c.value(outlier, ONES) > 10 * c.value(NUMBERS, ONES)]
    return f"{more[0]} alone" if len(more) == 1 else " and ".join(more)


def best_constant(cost, targets):
    """The constant of the lowest cost, by trying all hundredths: no calculus."""
    targets = np.reshape(targets, (-1, 1))
    tried = np.linspace(0, 40, 4001)
    guesses = np.broadcast_to(tried[:, None, None], (len(tried), *targets.shape))
    return tried[np.argmin(cost.value(guesses, targets))]


def best_constants():
    return {
        f"{name}_{outlier}": best_constant(cost, [1, 2, 3, 4, outlier])
        for outlier in (25, 35)
        for name, cost in (("rmse", RMSE()), ("mae", MAE()))
    }


def given_to_what_happened(y_hat, y):
    """Each row's probability, out of the cost that it pays."""
    return np.exp(-BCE().value(y_hat[:, None], y[:, None]))[:, None]


def bce_rows():
    """The two terms of y = 1 at 0.8 and of y = 0 at 0.3, and the cost of both."""
    terms = BCE().times_log
    found = {"yes_1": terms(1, 0.8), "no_1": terms(0, 1 - 0.8)}
    found |= {"yes_2": terms(0, 0.3), "no_2": terms(1, 1 - 0.3)}
    return found | {"bce": BCE().value([[0.8], [0.3]], [[1.0], [0.0]])}


def right_row(y_hat, N):
    """The entry of BCE's gradient for one of N rows, with the label 1."""
    rows = np.full((int(N), 1), y_hat)
    return BCE().gradient(rows, np.ones_like(rows))[0, 0]


def logit_row(z, y, N):
    """The entry of the gradient for one of N rows, with respect to its logit."""
    return BCEWithLogits().gradient(np.full((int(N), 1), z), np.full((int(N), 1), y))[0, 0]


def mse_after_sigmoid(a, y):
    """dC/dz of one sample, at the z whose sigmoid is a, by calculus alone."""
    cost = lambda z: MSE().value(np.reshape(Sigmoid().value(z), (1, 1)), [[y]])  # noqa: E731
    return derivative(cost, np.log(a / (1 - a)), method="complex")


def two_factors():
    """What the two factors of the chain give at z = 40 for the label 0."""
    a = Sigmoid().value(np.array([[40.0]]))
    of_cost, of_sigmoid = BCE().gradient(a, [[0.0]]).item(), Sigmoid().derivative(a).item()
    return f"`{of_cost:g}` and `{of_sigmoid:g}`, whose product is `nan`"


def naive_softplus():
    with np.errstate(over="ignore"):
        large, small = np.log(1 + np.exp([800.0, -40.0]))
    return f"`{large}`, and `{small}`"


def at_a_kink():
    """What a central difference says of one absolute error, at zero."""
    found = derivative(lambda e: MAE().value(np.reshape(e, (1, 1)), [[0.0]]), 0.0, method="central")
    return f"{found:g}, as if all were well"


def decayed(W, lam):
    """MSE plus a penalty, for samples with two equal inputs whose targets are twice the input."""
    x = np.array([[1.0], [2.0], [3.0]])
    return MSE().value(np.hstack([x, x]) @ W[:, None], 2 * x) + lam * (W * W).sum()


QUESTIONS = [
    # The error and its sign
    Number(
        "mean-error",
        "Enter the mean error of the four predictions.",
        given={"y": ONES, "y_hat": AROUND_ONE, "N": 4},
        answer="(y_hat - y).mean()",
        truth=lambda y, y_hat, N: mean_error(y_hat, y),
        slips={
            "(y - y_hat).mean()": "The difference was turned round: an error is positive where the prediction is too high.",
            "(y_hat - y).sum()": "The errors were added up, and not yet divided by their number.",
            "abs(y_hat - y).mean()": "The minus signs of the errors were lost on the way.",
            "y_hat.mean()": "That is the mean of the predictions: their targets still have to be subtracted.",
            "((y_hat - y)**2).mean()": "The errors were squared: the mean error takes them as they are.",
            "abs(y_hat - y).sum()": "The signs were lost, and it is not yet divided.",
            "minimum(y_hat - y, 0).sum()": "Only those that are too low: all four count.",
            "minimum(y_hat - y, 0).sum() / maximum((y_hat < y).sum(), 1)": "Only those that are too low, and their mean: all four count.",
            "(y_hat - y).sum() / (N - 1)": "Divided by three: all four rows count.",
        },
        hint="Four differences with their signs, then their mean.",
        why="In the slide's table 0.8 and 0.9 are too low: their errors are negative. Errors of opposite sign cancel in part; what is left has the sign of those that outweigh.",
    ),
    Number(
        "lifted-line",
        "A line with the slope $m$ passes through the centre of the $N$ points. Now it is lifted by `lift`. What is its mean error?",
        given={"m": Draw((), -1, 4, 0.5, first=-0.5), "lift": Draw((), 1, 5, 1, first=2), "N": 8},
        answer="lift",
        truth=lifted_line,
        slips={
            "0": "Zero belongs to the lines through the centre: this one was lifted off it.",
            "lift / N": "Not one prediction is lifted, but each of them.",
            "lift * N": "Added up over all rows, and not yet divided by their number.",
            "m + lift": "The slope was added. But what it adds on one side of the centre it takes away on the other.",
            "m * lift": "Slope times lift: the line was lifted, not made steeper.",
            "-lift": "Lifted, the line lies higher: are its predictions too high or too low?",
            "m": "The slope adds nothing to the mean.",
            "1 / N": "All predictions are lifted, by `lift`: not one of them, by one.",
        },
        hint="By how much does each error grow?",
        why="Every error grows by the lift, so their mean does, whatever the slope. The mean error says how far the predictions lie too high *on average*, not whether they are right.",
    ),
    Choice(
        "mean-error-downhill",
        r"A method takes small steps that make the mean error smaller and smaller. What becomes of the predictions?",
        right="All of them sink, and it never stops.",
        wrong={
            "They stop where all of them are right.": r"The slope there is $\frac1N$ as everywhere: nothing says that this is the place.",
            "They stop where positive and negative errors cancel.": "There the mean error is zero, but it can be made smaller still: numbers below zero are.",
            "Those that are too high sink, the others rise.": "For that the slope would have to be of a different sign in different rows.",
        },
        hint="Where is a function lowest whose slope is the same everywhere?",
        why="There is no lowest point: lower every prediction by ten, and the mean error falls by ten. It calls the most absurd predictions the best.",
    ),
    # Mean squared error
    Blanks(
        "squared-table",
        r"The slide's table (S55), with SE for the squared error. Fill in rows two and four, and the mean of the SE.",
        answers={
            "e_2": "0.9 - 1",
            "se_2": "e_2**2",
            "e_4": "1.3 - 1",
            "se_4": "e_4**2",
            "mse": "((0.8 - 1)**2 + se_2 + (1.1 - 1)**2 + se_4) / 4",
        },
        truth=squared_table,
        labels={"e_2": "E, row 2", "se_2": "SE, row 2", "e_4": "E, row 4", "se_4": "SE, row 4", "mse": "MSE"},
        slips={
            "e_2": {
                "1 - 0.9": "The difference was turned round: here it is prediction minus target.",
                "0.9": "That is the prediction.",
            },
            "se_2": {
                "-e_2**2": "A square is never negative.",
                "2 * e_2": "Doubled, not squared.",
                "abs(e_2)": "That is the absolute value, not the square.",
                "0.9**2": "The prediction was squared, not its error.",
            },
            "e_4": {
                "1 - 1.3": "The difference was turned round: here it is prediction minus target.",
                "1.3": "That is the prediction.",
            },
            "se_4": {
                "2 * e_4": "Doubled, not squared.",
                "1.3**2": "The prediction was squared, not its error.",
                "abs(e_4)": "That is the absolute value, not the square.",
                "10 * e_4**2": "Tenths times tenths are hundredths.",
            },
            "mse": {
                "(0.8 - 1)**2 + se_2 + (1.1 - 1)**2 + se_4": "The squares were added, not averaged.",
                "((0.8 - 1)**2 + se_2 + (1.1 - 1)**2 + se_4) / 3": "Divided by three: all four rows count.",
                "((0.8 - 1 + e_2 + 1.1 - 1 + e_4) / 4)**2": "Averaged first, squared then: the errors have cancelled.",
                "(0.8 - 1 + e_2 + 1.1 - 1 + e_4) / 4": "That is the mean error: its terms weren't squared.",
                "sqrt(((0.8 - 1)**2 + se_2 + (1.1 - 1)**2 + se_4) / 4)": "That is RMSE: a root was taken.",
                "(abs(0.8 - 1) + abs(e_2) + abs(1.1 - 1) + abs(e_4)) / 4": "That is MAE: absolute values, not squares.",
            },
        },
        table=[
            ["$y$", r"$\hat y$", "$E$", "SE"],
            ["1", "0.8", "−0.2", "0.04"],
            ["1", "0.9", "e_2", "se_2"],
            ["1", "1.1", "0.1", "0.01"],
            ["1", "1.3", "e_4", "se_4"],
            ["**mean**", "", "", "mse"],
        ],
        hint="An error is prediction minus target; the mean divides by four.",
        why="Row four has three times the error of row two, and nine times its square: it contributes most.",
    ),
    Expression(
        "weighted-rows",
        r"Let some rows count more than others: row $i$ has the weight $w^{(i)}$, and $C = \frac1N\sum_i w^{(i)} (\hat y^{(i)} - y^{(i)})^2$. What is $\frac{dC}{d\hat y}$, a column, in NumPy?",
        given={"y_hat": (4, 1), "y": (4, 1), "w": Draw((4, 1), 1, 5, 1), "N": 4},
        answer="2 * w * (y_hat - y) / N",
        like="y_hat",
        truth=lambda y_hat, y, w, N: gradient(lambda p: (w * (p - y) ** 2).mean(), y_hat, method="complex"),
        slips={
            "w * (y_hat - y) / N": "The 2 that the square brings down is missing.",
            "2 * w * (y_hat - y)": "The mean was forgotten.",
            "2 * w * (y_hat - y)**2 / N": "The square is still there: its exponent wasn't lowered.",
            "2 * (y_hat - y) / N": "That is the slope of MSE: the weights got lost, and a constant factor stays.",
            "w * (y_hat - y)**2 / N": "That is each row's share of the cost, not its slope.",
            "(2 * w * (y_hat - y) / N).sum()": "Summed over the rows: each prediction has a slope of its own.",
            "2 * w * (y - y_hat) / N": "The error was turned round: the derivative needs prediction minus target.",
            "2 * w**2 * (y_hat - y) / N": "The weight was squared together with the error.",
        },
        hint=r"Which terms of the sum contain $\hat y^{(i)}$, and what is constant in them?",
        why="Only the row's own term contains its prediction, and its weight is a factor that stays.",
    ),
    Number(
        "mse-slope-row",
        r"The table's four rows once more. Enter the entry of row four, $\frac{\partial C}{\partial \hat y^{(4)}}$.",
        given={"y": ONES, "y_hat": AROUND_ONE, "N": 4},
        answer=ROW_4.format("2 * (y_hat - y) / N"),
        truth=lambda y, y_hat, N: gradient(lambda p: MSE().value(p, y), y_hat, method="complex")[3, 0],
        slips={
            **in_row_4(["turned round", "no 2", "no mean", "not reduced", "the cost", "halved"]),
            "(2 * (y_hat - y) / N).sum()": "That is the sum over all rows, or another row's entry: row four has one of its own.",
            ROW_4.format("y_hat - y"): "That is the error itself: the factors in front of it are missing.",
            "(y_hat - y).mean()": "That is the mean error.",
        },
        hint="The error of row four alone, and two constant factors.",
        why="A positive entry says: going up costs more, so go down. A negative one says: go up. The larger the error, the stronger the advice.",
    ),
    Choice(
        "printed-sum",
        r"The slides print the slope of MSE with a sum (S97), $\frac2N\sum_i(\hat y^{(i)} - y^{(i)})$: one number, twice the mean error. What would it tell our four predictions to do, $0.8, 0.9, 1.1, 1.3$, all with the target 1?",
        right="All four: go down a little.",
        wrong={
            "The first two: go up. The last two: go down.": "For that each row needs an entry of its own; this is one number for all rows.",
            "All four: go up a little.": "The number is positive: going up costs more.",
            "Nothing, since the errors cancel.": "They cancel in part only: the mean error is not zero here.",
        },
        hint="Is the mean error of the four positive or negative?",
        why="Even to the two that are too low. The sum brings back what we got rid of: errors that cancel. So the cost has a sum; its gradient **in the predictions** has none.",
    ),
    Expression(
        "shared-shift",
        r"And if one number moves all predictions at once? Put $t$ on top of each: $\hat y^{(i)} + t$. What is the slope of the MSE in $t$, at $t = 0$? (`np.sum(…)` adds up a column.)",
        given={"y_hat": (4, 1), "y": (4, 1), "N": 4},
        answer="(2 * (y_hat - y) / N).sum()",
        truth=lambda y_hat, y, N: derivative(lambda t: MSE().value(y_hat + t, y), 0.0, method="complex"),
        slips={
            "2 * (y_hat - y) / N": "That is a column, and there is only one $t$: it occurs in every row.",
            "(y_hat - y).sum() / N": "The 2 that the square brings down is missing.",
            "(2 * (y_hat - y)).sum()": "The mean was forgotten.",
            "(2 * (y_hat - y)**2 / N).sum()": "The square is still there: its exponent wasn't lowered.",
            "0": "Zero was put in too early: first the slope is taken, as a function of $t$.",
            "((y_hat - y)**2).mean()": "That is the cost itself, not its slope.",
            "0.05": "That is the number for the table's four rows: a formula is asked for.",
        },
        hint="How many terms of the sum contain $t$?",
        why="Here the sum is right: the chain rule adds what $t$ does in each row. A weight, too, moves all rows at once: in chapters 4 and 5 the sum comes back.",
    ),
    # Root mean squared error
    Blanks(
        "smaller-units",
        "Measure the same data in a smaller unit, so that every number is multiplied by $k$: centimetres for metres. By which factors do MSE and RMSE grow?",
        given={"k": Draw((), 10, 100, 10, first=100)},
        answers={"mse": "k**2", "rmse": "sqrt(mse)"},
        truth=smaller_units,
        labels={"mse": "MSE", "rmse": "RMSE"},
        slips={
            "mse": {
                "k": "So much the errors grow: they are squared after that.",
                "2 * k": "Doubled, not squared.",
                "1": "Targets and predictions grow alike, and so does the difference between them.",
                "k**2 / 4": "The mean divides by $N$ before and after: that cancels in the factor.",
                "1 / k**2": "In a smaller unit the numbers are larger.",
                "k**2 * 0.0375": "That is the new MSE: the factor is asked for.",
            },
            "rmse": {
                "mse": "The root was forgotten.",
                "sqrt(k)": "The root of $k$ itself: it is the MSE that stands below the root.",
                "mse / 2": "Halved: a root isn't half of a number.",
                "1 / k": "In a smaller unit the numbers are larger.",
                "k * sqrt(0.0375)": "That is the new RMSE: the factor is asked for.",
            },
        },
        hint="First the errors, then their squares, then the root.",
        why="RMSE grows like the data, MSE like their square.",
    ),
    Expression(
        "gradient-of-the-root",
        r"Let $M$ be the MSE, a number, and $G$ its gradient, a column. What is the gradient of $\sqrt M$, in NumPy?",
        given={"G": (4, 1), "M": Draw((), 2, 9, 1)},
        answer="G / (2 * sqrt(M))",
        like="G",
        truth=lambda G, M: G * derivative(np.sqrt, M, method="complex"),
        slips={
            "G / sqrt(M)": "The ½ of the root's derivative is missing.",
            "G * sqrt(M)": "That is the value of the root, and its derivative is needed.",
            "G / 2 * sqrt(M)": "The root went above the line. (If you typed `/ 2 * sqrt(M)`: that divides by the 2 alone.)",
            "2 * sqrt(M) * G": "Multiplied where it has to be divided.",
            "G / (2 * M)": "The root was lost below the line.",
            "1 / (2 * sqrt(M))": "That is the outer derivative alone: the inner one is missing.",
            "sqrt(G)": "The root of the gradient isn't the gradient of the root: the chain rule is needed.",
            "1 / (2 * sqrt(G))": "Below the root stands $M$, not its gradient.",
            "G / (2 * sqrt(G))": "Below the root stands $M$, not its gradient.",
        },
        hint="The chain rule: the outer derivative times the inner one.",
        why=r"The gradient of MSE times one number: both point in the same direction, and differ in length only.",
    ),
    # Mean absolute error
    Number(
        "mae-table",
        "Fill the place with the question mark: what is the mean of the column AE?",
        given={"y": ONES, "y_hat": AROUND_ONE, "N": 4},
        answer="abs(y_hat - y).mean()",
        truth=lambda y, y_hat, N: MAE().value(y_hat, y),
        decimals=3,
        slips={
            "([[1, 1, 1, 0]] @ abs(y_hat - y)).sum() / N": "That takes the error of row four, blank on the slide, for zero.",
            "([[1, 1, 1, 0]] @ abs(y_hat - y)).sum() / (N - 1)": "That is the mean of three rows: row four was skipped.",
            "abs(y_hat - y).sum()": "Added up, and not yet averaged.",
            "(y_hat - y).mean()": "The signs were kept, and errors have cancelled.",
            "((y_hat - y)**2).mean()": "Squared errors were averaged: that is MSE.",
            "sqrt(((y_hat - y)**2).mean())": "That is RMSE.",
            "(y - y_hat).mean()": "The signs were kept, and turned round.",
            "abs(y_hat - y).sum() / (N - 1)": "Divided by three: all four rows count.",
        },
        hint="All four rows count, each with the size of its error.",
        why="A blank is not a zero: on the slide it hides the largest error of all.",
    ),
    Expression(
        "mae-gradient",
        "The errors stand in a column $E$, and none of them is zero. Write the gradient of MAE in NumPy, for instance with `where`.",
        given={"E": (4, 1), "N": 4},
        answer="where(E > 0, 1, -1) / N",
        like="E",
        truth=lambda E, N: MAE().gradient(E, np.zeros_like(E)),
        slips={
            "where(E > 0, 1, -1)": "The mean was forgotten.",
            "where(E > 0, -1, 1) / N": "The signs were exchanged: going up costs more where the prediction is too high.",
            "where(E > 0, 1, 0) / N": "A prediction that is too low has a slope, too.",
            "abs(E) / N": "That is each row's share of the cost, not its slope.",
            "E / N": "This grows with the error, but each side of the V is a straight line.",
            "2 * E / N": "That is the slope of MSE.",
            "where(E > 0, 1, -1).sum() / N": "Summed over the rows: each prediction has a slope of its own.",
            "where(E > 0, E, -E)": "That is $|E|$, not its slope.",
        },
        hint="What is the slope of $e$, and what that of $-e$?",
        why=r"In one word: $\frac1N\operatorname{sign}(e)$, entry by entry.",
    ),
    Blanks(
        "ten-times",
        "One error becomes $k$ times as large. By which factors do its cost and its slope grow?",
        given={"k": Draw((), 3, 12, 1, first=10)},
        answers={"mse_cost": "k**2", "mse_slope": "k", "mae_cost": "k", "mae_slope": "1"},
        truth=ten_times,
        labels={
            "mse_cost": "MSE, cost",
            "mse_slope": "MSE, slope",
            "mae_cost": "MAE, cost",
            "mae_slope": "MAE, slope",
        },
        slips={
            "mse_cost": {
                "k": "So much the error grows: it is squared after that.",
                "2 * k": "Doubled, not squared.",
                "1": "The cost of a larger error is larger.",
            },
            "mse_slope": {
                "k**2": "So much the cost grows, and its slope is another function.",
                "2 * k": "The 2 in front was there before, too: it cancels in the factor.",
                "1": "The slope of a parabola changes from place to place.",
            },
            "mae_cost": {
                "k**2": "Nothing is squared under MAE.",
                "1": "Under MAE, too, a larger error costs more.",
            },
            "mae_slope": {
                "k": "So much the cost grows. How steep is a straight line further out?",
                "0": "A factor of zero would mean that the slope vanishes: the V is level nowhere.",
                "1 / k": "The V doesn't become flatter further out.",
            },
        },
        table=[["", "cost", "slope"], ["MSE", "mse_cost", "mse_slope"], ["MAE", "mae_cost", "mae_slope"]],
        hint="The costs of one error are $e^2$ and $|e|$, their slopes $2e$ and $+1$ or $-1$.",
        why="Under MAE every sample pulls with the same strength, up or down, whatever the size of its error.",
    ),
    # Outliers
    Choice(
        "one-outlier",
        "The table's last error becomes ten times as large. Which costs become more than ten times as large?",
        right="MSE alone",
        wrong={
            "MSE and RMSE": "The RMSE has a root at the end: it would become ten times as large if *all* errors did.",
            "All three": "MAE adds up the sizes of the errors, and three of the four stay as they are.",
            "None of them": "Its square becomes a hundred times as large, and it was the largest of the four.",
        },
        truth=grow_by_more_than_ten,
        hint="What becomes of RMSE and MAE if *all* errors become ten times as large?",
        why="RMSE and MAE become less than ten times as large, since three errors stay as they are; RMSE grows more than MAE.",
    ),
    Choice(
        "same-ranking",
        "Two models, the same data with its outliers: model A has the lower MSE. Which has the lower RMSE?",
        right="Model A, always",
        wrong={
            "Model B, if it keeps away from the outliers": "The outliers count in both numbers in the same way, squared.",
            "That depends on how many rows there are": "Both models are rated on the same rows.",
            "The MSE doesn't say": r"RMSE is computed from MSE and nothing else.",
        },
        hint="What does a root do to the order of two numbers?",
        why="The root is an increasing function. So RMSE is no gentler *judge* than MSE: the two agree on which model is better, and have their minimum at the same place.",
    ),
    Blanks(
        "best-constants",
        "The targets are $1, 2, 3, 4$ and an outlier. Which constant is best, for RMSE and for MAE?",
        answers={
            "rmse_25": "(1 + 2 + 3 + 4 + 25) / 5",
            "mae_25": "3",
            "rmse_35": "rmse_25 + 10 / 5",
            "mae_35": "mae_25",
        },
        truth=best_constants,
        labels={
            "rmse_25": "RMSE, 25",
            "mae_25": "MAE, 25",
            "rmse_35": "RMSE, 35",
            "mae_35": "MAE, 35",
        },
        decimals=2,
        slips={
            "rmse_25": {
                "sqrt((1 + 2 + 3 + 4 + 25) / 5)": "The root of the place: it belongs to the cost. RMSE and MSE are lowest at one and the same place.",
                "3": "That is the median. Which cost is lowest there?",
                "(1 + 25) / 2": "Half-way between the smallest and the largest: the others count, too.",
                "(1 + 2 + 3 + 4) / 4": "The outlier was left out.",
                "sqrt((36 + 25 + 16 + 9 + 324) / 5)": "That is the lowest cost, not the place where it is reached.",
                "1 + 2 + 3 + 4 + 25": "Added up, not yet divided.",
                "(1 + 2 + 3 + 4 + 25) / 4": "Divided by four: there are five targets.",
                "sqrt((1 + 4 + 9 + 16 + 625) / 5)": "That is the root of the mean square of the targets.",
                "25": "That is the outlier itself.",
            },
            "mae_25": {
                "(1 + 2 + 3 + 4 + 25) / 5": "That is the mean. Which cost is lowest there?",
                "(2 + 3) / 2": "The outlier was left out: how far away it is doesn't matter, that it is there does.",
                "(1 + 25) / 2": "Half-way between the smallest and the largest: it is the order that counts.",
                "(2 + 1 + 0 + 1 + 22) / 5": "That is the lowest cost, not the place where it is reached.",
                "4": "One place too high: two must lie on either side.",
                "2": "One place too low: two must lie on either side.",
                "7 / 2": "Five targets have one in the middle.",
                "25": "That is the outlier itself.",
            },
            "rmse_35": {
                "(1 + 35) / 2": "Half-way between the smallest and the largest: the others count, too.",
                "1 + 2 + 3 + 4 + 35": "Added up, not yet divided.",
                "(1 + 2 + 3 + 4 + 35) / 4": "Divided by four: there are five targets.",
                "sqrt((1 + 4 + 9 + 16 + 1225) / 5)": "That is the root of the mean square of the targets.",
                "35": "That is the outlier itself.",
                "rmse_25 + 10": "So far the outlier has moved: it is one of five.",
                "rmse_25": "One of the five has moved, and each counts in the mean.",
            },
            "mae_35": {
                "rmse_35": "That is the mean. Which cost is lowest there?",
                "(1 + 35) / 2": "Half-way between the smallest and the largest: it is the order that counts.",
                "4": "One place too high: two must lie on either side.",
                "2": "One place too low: two must lie on either side.",
                "7 / 2": "Five targets have one in the middle.",
                "35": "That is the outlier itself.",
                "mae_25 + 10 / 5": "So far the mean moves. For the median only the order counts.",
                "mae_25 + 10": "So far the outlier has moved: has it passed another target?",
            },
        },
        table=[
            ["outlier at", "best for RMSE", "best for MAE"],
            ["25", "rmse_25", "mae_25"],
            ["35", "rmse_35", "mae_35"],
        ],
        hint="One of them is the mean, the other the median.",
        why="The outlier drags the mean behind it, and with it the minimum of RMSE. For the median it counts only that the outlier lies above the others, not how far.",
    ),
    # Binary cross-entropy
    Expression(
        "corrected-probability",
        "Write one formula for both cases, row by row: how much did the model give to what happened?",
        given={"y_hat": UNIT, "y": CLASSES},
        answer="y_hat**y * (1 - y_hat)**(1 - y)",
        like="y_hat",
        truth=given_to_what_happened,
        slips={
            "y_hat": "That is what the model gave to $y = 1$, in every row.",
            "1 - y_hat": "That is what the model gave to $y = 0$, in every row.",
            "abs(y_hat - y)": "That is what the model gave to what did *not* happen.",
            "y * y_hat": "Where $y = 0$ happened nothing is left, but the model gave that something, too.",
            "y_hat**y": "Where $y = 0$ happened this is 1, whatever the model said.",
            "y_hat * (1 - y_hat)": "Both factors in every row: the label has to choose between them.",
            "y * y_hat - (1 - y) * (1 - y_hat)": "Where $y = 0$ happened this is negative, and a probability never is.",
            "y_hat**y + (1 - y_hat)**(1 - y)": "Added up, and one of the two is always 1.",
            "y * log(y_hat) + (1 - y) * log(1 - y_hat)": "That is its logarithm.",
            "y * y_hat * (1 - y) * (1 - y_hat)": "One factor is always 0, and so is the product.",
            "maximum(y_hat, 1 - y_hat)": "That is what the model gave to what it thought likelier, not to what happened.",
            "y_hat**y * (1 - y_hat)**1 - y": "The exponent $1 - y$ needs brackets.",
        },
        hint=r"What is $a^y$ for $y = 1$, and for $y = 0$? Or $a \cdot y$?",
        why=r"The slides write $\hat y^y (1-\hat y)^{1-y}$: one of the two factors is always 1. The sum $y\hat y + (1-y)(1-\hat y)$ says the same, but the powers suit the logarithm that is to come.",
    ),
    Number(
        "likelihood",
        "The slides' four samples (S72) are independent. What is their likelihood, to three decimals?",
        given={"y": LABELS, "y_hat": Draw((4, 1), 0.1, 0.9, 0.1, first=PROBABILITIES)},
        answer="exp((y * log(y_hat) + (1 - y) * log(1 - y_hat)).sum())",
        truth=lambda y, y_hat: np.exp(-len(y) * BCE().value(y_hat, y)),
        decimals=3,
        slips={
            "exp(log(y_hat).sum())": "The predictions were multiplied as they stand: they are the probabilities of $y = 1$.",
            "exp(log(1 - y_hat).sum())": "That is the product of what the model gave to $y = 0$.",
            "exp((y * log(y_hat)).sum())": "Only the rows with $y = 1$ were multiplied.",
            "(y * y_hat + (1 - y) * (1 - y_hat)).mean()": "Averaged, where all of it has to happen together.",
            "(y * y_hat + (1 - y) * (1 - y_hat)).sum()": "Added up: what has to happen together is multiplied.",
            "-(y * log(y_hat) + (1 - y) * log(1 - y_hat)).sum()": "That is the negative log-likelihood already.",
            "-(y * log(y_hat) + (1 - y) * log(1 - y_hat)).mean()": "That is BCE.",
            "exp(((1 - y) * log(1 - y_hat)).sum())": "Only the rows with $y = 0$ were multiplied.",
            "y_hat.sum()": "The predictions as they stand, and added up.",
            "y_hat.mean()": "The predictions as they stand, and averaged.",
        },
        hint="Four corrected probabilities, then their product.",
        why="The smallest factor belongs to the row where the model gave least to what happened.",
    ),
    Blanks(
        "bce-rows",
        "Two of the four samples, row by row, to three decimals (a calculator helps; write zeros, too); then the BCE of these two alone.",
        answers={
            "yes_1": "log(0.8)",
            "no_1": "0",
            "yes_2": "0",
            "no_2": "log(1 - 0.3)",
            "bce": "-(yes_1 + no_1 + yes_2 + no_2) / 2",
        },
        truth=bce_rows,
        labels={
            "yes_1": "y log ŷ, above",
            "no_1": "(1−y) log(1−ŷ), above",
            "yes_2": "y log ŷ, below",
            "no_2": "(1−y) log(1−ŷ), below",
            "bce": "BCE",
        },
        decimals=3,
        slips={
            "yes_1": {
                "-log(0.8)": "The minus stands in front of the bracket, not in this column.",
                "log(0.8) / log(10)": "That is the logarithm to base ten.",
                "0.8": "The logarithm is missing.",
                "log(0.8) / log(2)": "That is the logarithm to base two.",
            },
            "no_1": {
                "log(1 - 0.8)": "What is its factor $1 - y$ in this row?",
                "1 - 0.8": "What is its factor $1 - y$ in this row?",
                "1": "A factor is zero: what is then the product?",
            },
            "yes_2": {
                "log(0.3)": "What is its factor $y$ in this row?",
                "0.3": "What is its factor $y$ in this row?",
                "1": "A factor is zero: what is then the product?",
            },
            "no_2": {
                "log(0.3)": r"That is $\log\hat y$, and this term has the probability of the other class.",
                "-log(1 - 0.3)": "The minus stands in front of the bracket, not in this column.",
                "log(1 - 0.3) / log(10)": "That is the logarithm to base ten.",
                "1 - 0.3": "The logarithm is missing.",
                "log(1 - 0.3) / log(2)": "That is the logarithm to base two.",
                "-(1 - 0.3)": "The logarithm is missing: a minus in front doesn't replace it.",
            },
            "bce": {
                "-(yes_1 + no_1 + yes_2 + no_2)": "Added up: the mean over the rows is missing.",
                "(yes_1 + no_1 + yes_2 + no_2) / 2": "The minus in front of the bracket is missing.",
                "-(yes_1 + no_1 + yes_2 + no_2) / 4": "Divided by the number of cells: the mean runs over the rows.",
                "-(log(0.8) + log(0.9) + log(1 - 0.1) + log(1 - 0.3)) / 4": "That is the BCE of all four samples.",
            },
        },
        table=[
            ["$y$", r"$\hat y$", r"$y\log\hat y$", r"$(1-y)\log(1-\hat y)$"],
            ["1", "0.8", "yes_1", "no_1"],
            ["0", "0.3", "yes_2", "no_2"],
            ["**BCE**", "", "", "bce"],
        ],
        hint="First put the label in: one factor is 0, the other 1.",
        why="In each row one of the two terms vanishes, because $y$ or $1 - y$ is zero; the slide leaves those cells blank.",
    ),
    Choice(
        "brackets-lost",
        "Without the square brackets the minus belongs to the first term alone. What does a sample with $y = 0$ then pay?",
        right="Less than nothing, and the less, the more the model errs",
        wrong={
            "The same as with brackets": "Only the second term is left in this row. With brackets it has a minus in front.",
            "Nothing: its first term is zero": "The first term is, but the second one is still there.",
            "More, so that the cost is too high": r"$\log(1-\hat y)$ is the logarithm of a number below one: which sign has it?",
        },
        hint=r"Which sign has $\log(1 - \hat y)$?",
        why="The minus and the mean belong to **both** terms. (Typed into NumPy as printed, the mean ends before the plus, too, and a column comes out.)",
    ),
    Number(
        "next-nine",
        r"A sample has the label $y = 0$, and $\hat y$ goes from $p$ to $q$: the model grows even more sure of the other class. How much more does this sample pay, to three decimals?",
        given={"p": Draw((), 0.6, 0.95, 0.05, first=0.9), "q": 0.99},
        answer="log(1 - p) - log(1 - q)",
        truth=lambda p, q: BCE().value([[q]], [[0.0]]) - BCE().value([[p]], [[0.0]]),
        decimals=3,
        slips={
            "q - p": "So far the prediction has moved: a sample pays by a logarithm.",
            "-log(1 - q)": "That is what it pays in the end; before, it paid something, too.",
            "log(q) - log(p)": r"That is the difference of $\log\hat y$: it belongs to the other label.",
            "log(1 - q) - log(1 - p)": "The sign: it pays more than before.",
            "(log(1 - p) - log(1 - q)) / log(10)": "That is in logarithms to base ten.",
            "(1 - p) / (1 - q)": "That is the quotient of the two probabilities: its logarithm is missing.",
            "log(p) - log(q)": r"That is the difference of $\log\hat y$, turned round: it belongs to the other label.",
            "(log(1 - p) - log(1 - q)) / log(2)": "That is in logarithms to base two.",
            "log(p) - log(1 - p)": "$p$ and $1 - p$ were compared, not $p$ and $q$.",
            "log(1 - p) - log(p)": "$1 - p$ and $p$ were compared, not $p$ and $q$.",
        },
        hint=r"What it pays is $-\log(1-\hat y)$, before and after.",
        why=r"From $0.9$ to $0.99$ it is $\log 10$, and as much again for each further nine: sure of the other class costs without limit. Sure and right costs almost nothing.",
    ),
    Choice(
        "small-start",
        "Untrained networks for XOR: their parameters were drawn at random, and now all are divided by ten. What do these networks cost, by BCE?",
        right=r"About $\log 2$, nearly all of them",
        wrong={
            "About 0": r"Small parameters make $z$ small. How large is $\sigma(z)$ then?",
            "A tenth of what they cost before": "A cost isn't proportional to the parameters: a sigmoid and a logarithm lie between.",
            r"Far more than $\log 2$": "For that an answer has to be sure, and of the other class: how sure is one near the middle?",
        },
        hint=r"What is $\sigma(0)$, and what does such an answer pay?",
        why=r"With small parameters $z$ is near zero and $\hat y$ near one half.",
    ),
    Expression(
        "bce-gradient",
        r"Write the gradient $\frac{dC}{d\hat y}$ of BCE in NumPy, for $N$ rows. Mind the minus signs.",
        given={"y_hat": UNIT, "y": CLASSES, "N": 4},
        answer=CATALOGUE["bce_slope"].right,
        like="y_hat",
        truth=lambda y_hat, y, N: gradient(lambda p: BCE().value(p, y), y_hat, method="complex"),
        slips={
            **CATALOGUE["bce_slope"].sentences(),
            "(y_hat - y) / y_hat * (1 - y_hat) / N": r"Brackets are missing below the line: this divides by $\hat y$ alone.",
            "(y_hat - y) / y_hat * (1 - y_hat)": r"The mean was forgotten, and brackets are missing below the line: this divides by $\hat y$ alone.",
            "(y_hat - y) * y_hat * (1 - y_hat) / N": "Multiplied where it has to be divided.",
            "-(y * log(y_hat) + (1 - y) * log(1 - y_hat)) / N": "That is each row's share of the cost, not its slope.",
            "-y / y_hat - (1 - y) / (1 - y_hat)": r"The inner derivative of $1-\hat y$ and the mean are both missing.",
        },
        hint=r"In the second term $u = 1 - \hat y$: what is $\frac{du}{d\hat y}$?",
        why=r"In one fraction it is $\frac1N\cdot\frac{\hat y - y}{\hat y(1-\hat y)}$. The sign is that of the error: too high means go down.",
    ),
    Expression(
        "label-one",
        "Take a row with $y = 1$, and cancel what can be cancelled. What is its entry in the gradient of BCE?",
        given={"y_hat": Draw((), 0.1, 0.9, 0.1), "N": Draw((), 2, 9, 1)},
        answer="-1 / (N * y_hat)",
        truth=right_row,
        slips={
            "1 / (N * y_hat)": "The minus was lost: with the label 1 no prediction is too high.",
            "-1 / y_hat": "The mean was forgotten.",
            "-1 / (N * (1 - y_hat))": "The other factor below the line was cancelled.",
            "1 / (N * (1 - y_hat))": "That is the entry of a row with $y = 0$.",
            "-1 / (N * y_hat * (1 - y_hat))": r"With $y = 1$ it is $\hat y - 1$ that stands above the line, not $-1$.",
            "-y_hat / N": r"$\hat y$ went above the line.",
            "(y_hat - 1) / N": "The denominator got lost.",
            "-1 / N": r"Both factors below the line were cancelled: only one of them stands above, too.",
            "-log(y_hat) / N": "That is the row's share of the cost, not its slope.",
            "-N / y_hat": "$N$ went above the line.",
            "(1 - y_hat) / (N * y_hat)": r"$1 - \hat y$ cancels, up to its sign.",
        },
        hint=r"Above the line stands $\hat y - 1$, below it $\hat y (1 - \hat y)$.",
        why=r"With $y = 0$ it is $\frac{1}{N(1-\hat y)}$. So every entry has the size $\frac{1}{N \hat y_{\text{corrected}}}$: the less the model gave to what happened, the harder the row pulls.",
    ),
    # Why squares?
    Expression(
        "other-noise",
        r"A noise of another kind has the density $c\, e^{-(y - \hat y)^4/s}$, with two constants $c$ and $s$. Take $-\log$ of it. What is the slope of that in $\hat y$?",
        given={
            "y": Draw((), -2, 2, 1),
            "y_hat": Draw((), -1.5, 1.5, 1),
            "c": Draw((), 0.2, 0.8, 0.1),
            "s": Draw((), 2, 5, 1),
        },
        answer="-4 * (y - y_hat)**3 / s",
        truth=lambda y, y_hat, c, s: derivative(
            lambda p: -np.log(c * np.exp(-((y - p) ** 4) / s)), y_hat, method="complex"
        ),
        slips={
            "4 * abs(y_hat - y)**3 / s": "A slope has a sign: where the prediction is too low it is negative.",
            "4 * (y - y_hat)**3 / s": r"The inner derivative of $y - \hat y$ is missing, or the exponent's own minus got lost.",
            "-4 * (y - y_hat)**3 / s - log(c)": "The constant was carried along: its slope is zero.",
            "(y - y_hat)**4 / s": r"That is $-\log$ itself without its constant, not yet its slope.",
            "(y - y_hat)**4 / s - log(c)": r"That is $-\log$ itself, not yet its slope.",
            "-4 * (y - y_hat)**4 / s": "The exponent wasn't lowered.",
            "-(y - y_hat)**3 / s": "The factor that the fourth power brings down is missing.",
            "-4 * (y - y_hat)**3": "The $s$ below the line got lost.",
            "-2 * (y - y_hat) / s": "That would be so for a square.",
            "-4 * (y - y_hat)**3 / s * exp(-(y - y_hat)**4 / s)": r"The density was differentiated: take $-\log$ first.",
            "4 * (y - y_hat)**3 / s * exp(-(y - y_hat)**4 / s)": r"The density was differentiated: take $-\log$ first.",
            "4 * c * (y - y_hat)**3 / s * exp(-(y - y_hat)**4 / s)": r"The density was differentiated: take $-\log$ first.",
            "4 * (y_hat - y) / s": "The exponent 4 became 1: a derivative lowers it by one.",
            "4 * (y_hat - y)**4 / s": "The exponent wasn't lowered.",
            "-4 * (y - y_hat)**3 / s - 1 / c": "$c$ is a constant: nothing remains of it.",
            "-4 * (y - y_hat)**3 / s + log(c)": "$c$ is a constant: nothing remains of it.",
        },
        hint=r"First $-\log$: it undoes the power of $e$, and $c$ becomes a constant by itself.",
        why="The constant has vanished: it changes nothing about which predictions are best. Under such noise the cost to take is the mean of the *fourth* powers.",
    ),
    Number(
        "laplace-centre",
        "The model is one constant. Under Laplace noise, where is the likelihood of these targets largest? Move the prediction in the figure, or compute.",
        given={"y": [1, 2, 3, 4, 10]},
        answer="[0, 0, 1, 0, 0] @ y",
        truth=lambda y: best_constant(MAE(), y),
        slips={
            "y.mean()": "There the likelihood under *normal* noise is largest.",
            "[0, 1, 1, 0, 0] @ y / 2": "The distant target was left out: it counts, though not by its distance.",
            "[1, 0, 0, 0, 1] @ y / 2": "Half-way between the smallest and the largest.",
            "[0, 0, 0, 0, 1] @ y": "That serves one target: the strokes of the four others become short.",
            "abs(y - 3).mean()": "That is the lowest MAE, not the place where it is reached.",
            "[0, 0, 1, 1, 0] @ y / 2": "Five targets have one in the middle.",
            "[0, 1, 0, 0, 0] @ y": "More targets lie above than below.",
            "[1, 0, 0, 0, 0] @ y": "More targets lie above than below.",
            "0": "More targets lie above than below.",
            "y.sum()": "That is the sum of the targets.",
        },
        hint=r"Its $-\log$ is MAE, but for constants.",
        why="It is the median, where MAE is lowest. Under normal noise it is the mean, where MSE is.",
    ),
    # Cross-entropy from logits
    Number(
        "logit-slope",
        "A row has the logit $z$ and the label $y$. What is its entry of the gradient, to three decimals? (A calculator helps.)",
        given={"z": Draw((), -2.5, 2.5, 0.5, first=-1), "y": Draw((), 0, 1, 1, first=1), "N": 4},
        answer=CATALOGUE["logit_slope"].right,
        truth=logit_row,
        decimals=3,
        slips={
            **CATALOGUE["logit_slope"].sentences(),
            "-sigmoid(z) / N": "The target was forgotten, and the sign.",
            "-y / N": "That is $-y/N$: the prediction was forgotten.",
            "-sigmoid(z) * (1 - sigmoid(z))": r"That has $\sigma(1-\sigma)$ in place of $\sigma - y$.",
            "-sigmoid(z) * (1 - sigmoid(z)) / N": r"That has $\sigma(1-\sigma)$ in place of $\sigma - y$.",
            "2 * (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)) / N": "That is the slope of MSE after a sigmoid.",
        },
        hint=r"First $\sigma(z) = \frac{1}{1 + e^{-z}}$.",
        why="The difference between prediction and label, shared among $N$ rows: nothing else is left.",
    ),
    Choice(
        "two-factors",
        r"At $z = 40$ with $y = 0$ the true slope is almost exactly 1. What do the two factors of the chain rule give, each computed as a float, $\frac{dC}{d\hat y}$ and $\sigma'(z)$?",
        right="`inf` and `0`, whose product is `nan`",
        wrong={
            "A huge and a tiny number, whose product is `1`": r"With all digits it would be so. How near to 1 is $\sigma(40)$, and how many digits has a float?",
            "`1` and `1`, whose product is `1`": "The two factors are not 1, only their product is: one is large, the other small.",
            "`0` and `inf`, whose product is `0`": r"A sigmoid is nowhere steep: its slope, $\hat y(1 - \hat y)$, is at most a quarter.",
        },
        truth=two_factors,
        hint=r"To which float is $\sigma(40)$ rounded?",
        why=r"$\sigma(40)$ is rounded to exactly 1, so the first factor divides by zero. Infinity times zero is `nan`.",
    ),
    Expression(
        "mse-after-sigmoid",
        r"One sample, with $a = \sigma(z)$ for its prediction and the squared error $C = (a - y)^2$. What is $\frac{dC}{dz}$?",
        given={"a": Draw((), 0.1, 0.9, 0.1), "y": Draw((), 0, 1, 1)},
        answer="2 * (a - y) * a * (1 - a)",
        truth=mse_after_sigmoid,
        slips={
            "2 * a * a * (1 - a)": "The target was forgotten.",
            "a * (1 - a)": "That is the slope of the sigmoid alone: the slope of the square is missing.",
            "2 * (a - y)": "That is the slope in $a$: the slope of the sigmoid is missing.",
            "a - y": "That is the slope of BCE, where the slope of the sigmoid cancels.",
            "(a - y) * a * (1 - a)": "The 2 that the square brings down is missing.",
            "2 * (a - y) * a": "Half of the sigmoid's slope is missing.",
            "2 * (a - y) * (1 - a)": "Half of the sigmoid's slope is missing, its first factor.",
            "2 * (a - y)**2 * a * (1 - a)": "The square is still there: its exponent wasn't lowered.",
            "2 * (y - a) * a * (1 - a)": "The error was turned round.",
            "2 * (a - y) * sigmoid(a) * (1 - sigmoid(a))": "The sigmoid was applied once more: $a$ is its value already.",
            "2 * (a - y) / (a * (1 - a))": "Divided where it has to be multiplied.",
            "2 * a * (1 - a)": "The error $a - y$ got lost.",
            "(a - y)**2 * a * (1 - a)": "The square wasn't differentiated.",
        },
        factors={"the slope of the sigmoid": "a * (1 - a)"},
        hint="Two steps back: through the square, and through the sigmoid.",
        why="Here nothing cancels: the slope of the sigmoid stays as a factor.",
    ),
    Choice(
        "saturated",
        r"For large $z$ and $y = 0$ the error $\sigma(z) - 0$ is almost one, and yet the slope of MSE goes to zero. Which of its factors does that?",
        right=r"$1 - \sigma(z)$, from the slope of the sigmoid",
        wrong={
            r"$\sigma(z)$, from the error": "For large $z$ this one goes to one.",
            r"$\sigma(z)$, from the slope of the sigmoid": "For large $z$ this one goes to one: the sigmoid's slope has two factors.",
            "the 2, from the square": "A constant goes nowhere.",
        },
        hint=r"How large is $\sigma(z)$ for large $z$?",
        why="Far out a sigmoid is nearly level, whether its answer is right or not. With BCE that factor is cancelled.",
    ),
    # Side paths
    Choice(
        "central-at-a-kink",
        "One sample, its error is zero, the cost is MAE. What does a *central* difference say there?",
        right="0, as if all were well",
        wrong={
            "1": "That is what a step to the right says alone.",
            "−1": "That is what a step to the left says alone.",
            "`nan`, since there is no derivative": "It is a difference of two numbers, divided by a third: always a number.",
        },
        truth=at_a_kink,
        hint="What is $|h|$, and what is $|-h|$?",
        why="It is the mean of the two one-sided slopes, a calm zero where there is no derivative at all. Only for MSE do the slopes from left and right agree.",
    ),
    Choice(
        "zero-times-log",
        r"The limit of $u\log u$ is zero. Does NumPy know that? What does `0 * np.log(0.0)` give?",
        right="`nan`",
        wrong={
            "`0.0`": "NumPy takes no limits: it computes each factor, and then the product.",
            "`-inf`": "That is the logarithm alone, and it is still multiplied by zero.",
            "It stops with an error": "NumPy warns, and goes on with a float.",
        },
        truth=lambda: f"`{0 * -np.inf}`",
        hint="What is the second factor alone?",
        why="Zero times infinity is not a number, and one `nan` spoils the whole mean.",
    ),
    Choice(
        "lost-digits",
        r"With $y = 0$, where does $-\log(1-\hat y)$ become infinite when $\hat y = \sigma(z)$ is computed first, as a float?",
        right="For large positive $z$",
        wrong={
            "For large negative $z$": r"There $\hat y$ is tiny and $1 - \hat y$ is near one: its logarithm is near zero.",
            "Near $z = 0$": r"There $\hat y$ is near one half, far from both ends.",
            "Nowhere: a sigmoid never reaches 1": "The true one never does, but a float has about sixteen digits.",
        },
        hint=r"For which $z$ is $1 - \hat y$ rounded to zero?",
        why="Long before that the digits go, one after the other.",
    ),
    Choice(
        "naive-softplus",
        "What does a naive `np.log(1 + np.exp(z))` give at $z = 800$, and at $z = -40$?",
        right="`inf`, and `0.0`",
        wrong={
            "`800.0`, and a tiny number": "So it would be with all digits. How large may a float be, and what is left of 1 plus a tiny number?",
            "`inf`, and a tiny number": "The first is so. But a tiny number is added to 1 before the logarithm.",
            "`800.0`, and `0.0`": "The second is so. But the power is computed before the logarithm, and it has hundreds of digits.",
        },
        truth=naive_softplus,
        hint=r"Which of the two steps fails, at the one and at the other?",
        why=r"On one side the power overflows, on the other $1 + e^z$ is rounded to 1 and all digits are lost.",
    ),
    Choice(
        "nudged-accuracy",
        "Nudge $b$ by a tiny bit. How does the accuracy change, the share of samples on the right side?",
        right="Almost everywhere not at all",
        wrong={
            "By a tiny bit": "It is a share of eight samples: which values can it have?",
            "By one eighth": "For that a sample has to lie exactly where the model changes its mind.",
            "It grows, if $b$ was moved the right way": "It counts samples on the right side, and a tiny step takes hardly one across.",
        },
        hint="When does a sample change sides?",
        why="The accuracy is a staircase: its slope is zero almost everywhere, though predictions miss. A method that follows slopes learns nothing from it.",
    ),
    Number(
        "weight-decay",
        r"The weights $W$ fit perfectly. What do they cost, by MSE plus $\lambda \sum_j w_j^2$?",
        given={"W": [3, -1], "lam": Draw((), 0.01, 0.1, 0.01, first=0.01)},
        answer="lam * (W * W).sum()",
        truth=decayed,
        slips={
            "lam * W.sum()**2": "Added first, squared then: each weight has a square of its own.",
            "lam * W.sum()": "The squares are missing.",
            "(W * W).sum()": r"The factor $\lambda$ is missing.",
            "lam * (W * abs(W)).sum()": "The square of a negative weight was subtracted.",
            "lam * (W * W).mean()": "The squares were averaged, and they are added.",
            "0": "That is the MSE alone.",
            "lam": r"That is $\lambda$ alone.",
            "2 * lam * (W * W).sum()": r"Twice too much: $2\lambda$ belongs to the slope.",
        },
        hint="A square for each weight, their sum, the factor in front.",
        why=r"The weights $(1, 1)$ predict the same and cost a fifth of that: the penalty prefers small weights.",
    ),
    Choice(
        "low-on-a-walk",
        r"Walk straight through the wave's surface, along $\varphi = \frac12$, and you meet four places that are lower than both neighbours on the way. Is each of them a hollow of the surface?",
        right="Not for sure: across the walk it may go down",
        wrong={
            "Yes: lower than its neighbours is what a hollow is": "Two neighbours were looked at, those on the walk.",
            "No: a surface has one hollow only": "A bowl has one. A surface may have many.",
            "Yes, since MSE is smooth": "Smooth it is, and a smooth slope may run downhill across the walk.",
        },
        hint="In how many directions did you look?",
        why="The first one isn't: small steps slide away from it, to a hollow far off.",
    ),
]
