"""Looks at what a reader's function returns, and finds the sentence that says what was done.

In this order: what is no function; what came back instead of an answer; a slip, known by its numbers;
two slips at once; what anybody's numbers show (a shape, a sign, a factor, a missing sum); the first
entry that differs. Every slip has to fit two draws of different sizes, so that nothing fits by luck.
"""

from itertools import combinations

import numpy as np

from lib.referee import checking
from lib.referee.returned import Stopped, answer, no_arguments, no_function, other_order, returned, verdict
from lib.referee.running import Odd
from lib.referee.steps import FIRST, SECOND, SMALL, SQUARE, STEPS
from lib.referee.traits import all_same, difference, near, same, shown_by

MORE_DRAWS = 6  # of a function that seems right
MOST_NUMBERS = 16  # as many as a sentence can show


def judged(name, yours):
    """(right, sentence, what the function printed) of a reader's function for a step."""
    printed = []
    try:
        no_function(name, yours)
        if name == "gradient_check":
            notes = checked(yours, printed)
        else:
            notes = compared(name, STEPS[name], yours, printed)
    except Odd as odd:
        return False, str(odd), "".join(printed[:1])
    return True, " ".join(["right.", *notes]), "".join(printed[:1])


# A gradient check: judged by what it accepts


def checked(yours, printed):
    """The notes on a right gradient check; Odd, with its sentence, for any other."""
    no_arguments(yours, ["cost", "W", "dW"])
    asked, found = [], []
    for _, cost, gradient, _ in [*checking.FAIR, *checking.WRONG]:

        def counted(W, cost=cost):
            asked.append(True)
            return cost(W)

        given = {"cost": counted, "W": checking.PLACE, "dW": gradient}
        found.append(returned(yours, given, verdict, printed))
    if not asked and len(set(found)) > 1:
        raise Odd("It never asks the cost: nudge an entry of W, and see how the cost moves.")
    said = checking.sentence(found)
    if said:
        raise Odd(said)
    return [f"It refuses {len(checking.WRONG)} wrong gradients and accepts {len(checking.FAIR)} right ones."]


# Compared


def compared(name, step, yours, printed):
    """The notes on a right answer; Odd, with its sentence, for any other."""
    no_arguments(yours, step.arguments)
    seed = list(name.encode())
    first, second = step.draw([*seed, 1], FIRST), step.draw([*seed, 2], SECOND)
    # a number that stands alone has its other sign the second time: else `abs` would look like a minus
    for argument, how in step.given.items():
        alone = how and how[1] == "any" and np.size(first[argument]) == 1
        if alone and first[argument] * second[argument] > 0:
            second[argument] = -second[argument]
    try:
        found, notes = answer(yours, step, first, printed)
    except Stopped as stopped:
        other_order(yours, step.arguments)
        raise on_squares(step, yours, seed) or stopped from None
    names, right = step.names(first), step.answers(first)
    try:
        again, _ = answer(yours, step, second)
    except Odd as odd:
        if all_same(names, found, right):
            raise Odd(f"Right for {sizes(step, first)}, but not for {sizes(step, second)}: {odd}") from None
        again = None
    if not all_same(names, found, right):
        raise wrong(step, yours, seed, (first, found), (second, again))
    names_2, right_2 = step.names(second), step.answers(second)
    if not all_same(names_2, again, right_2):
        if len(found) == len(again) and all(map(near, found, again)):
            raise Odd(
                "It gives its first answer again, for other tables: it remembers something between calls."
            )
        said = difference(names_2, again, right_2)
        raise Odd(f"Right for {sizes(step, first)}, but not for {sizes(step, second)}: {said}")
    once_more, _ = answer(yours, step, first)
    if not all_same(names, once_more, right):
        raise Odd(
            "For the same tables it answers otherwise the next time: it remembers something between calls."
        )
    on_more_draws(step, yours, seed)
    return (
        notes
        + shapes_of_biases(names, found, right)
        + without_overflow(step, yours, first)
        + more(step, yours)
    )


def on_more_draws(step, yours, seed):
    """Once more with other numbers: a single number, such as a bias, has one sign in each draw."""
    for number in range(MORE_DRAWS):
        given = step.draw([*seed, 10 + number], SECOND if number % 2 else FIRST)
        found, _ = answer(yours, step, given)
        names, right = step.names(given), step.answers(given)
        if not all_same(names, found, right):
            numbers = [f"{name} = {value}" for name, value in given.items() if isinstance(value, float)]
            shown = f" (for {', '.join(numbers)})" if numbers else ""
            said = difference(names, found, right)[:-1]
            raise Odd(f"Right for some numbers, but not for others: {said}{shown}.")


def rows(given):
    return len(np.atleast_1d(next(iter(given.values()))))


def sizes(step, given):
    return f"{len(given['Ws'])} layers" if "Ws" in given else f"{rows(given)} rows"


def shapes_of_biases(names, found, right):
    odd = [(name, t, r) for name, t, r in zip(names, found, right, strict=True) if t.shape != r.shape]
    return [f"({name} has shape {t.shape}; it broadcasts as {r.shape} does.)" for name, t, r in odd[:1]]


def without_overflow(step, yours, given):
    """Once more with numbers so large that a formula that is right on paper overflows."""
    if step.large:
        given = given | {name: enlarge(given[name]) for name, enlarge in step.large.items()}
        shown = ", ".join(f"{name} around {abs(given[name]).max():.0f}" for name in step.large)
        try:
            found, _ = answer(yours, step, given)
        except Stopped as stopped:
            raise Odd(f"Right for small numbers; for {shown}: {step.overflow}. {stopped}") from None
        if not all_same(step.names(given), found, step.answers(given)):
            said = difference(step.names(given), found, step.answers(given))
            raise Odd(f"Right for small numbers; for {shown} {said} ({step.overflow}.)")
    return []


def more(step, yours):
    return step.last(lambda given: answer(yours, step, given)[0])


def answered(step, draws):
    """[(names, what was given, what came back)] of the draws that were answered."""
    return [(step.names(given), given, found) for given, found in draws if found is not None]


def slipped(step, every):
    """{slip: what it gives on each of them}"""
    return {
        slip: [step.answers(given, otherwise) for _, given, _ in every]
        for slip, (otherwise, _) in step.slips.items()
    }


def slip_of(step, draws):
    """The sentence of the slip whose numbers these are on every draw; or None."""
    every = answered(step, draws)
    for slip, answers in slipped(step, every).items():
        if all(all_same(names, found, a) for (names, _, found), a in zip(every, answers, strict=True)):
            return step.slips[slip][1]
    return None


def slip_of_one(step, draws):
    """The sentence of a slip that explains one of the tables, if not all."""
    every = answered(step, draws)
    names = every[0][0]
    if len({len(found) for _, _, found in every}) > 1:
        return None
    computed = slipped(step, every)
    rights = [step.answers(given) for _, given, _ in every]
    for position, name in enumerate(names):
        if all(same(name, f[position], r[position]) for (_, _, f), r in zip(every, rights, strict=True)):
            continue
        for slip, answers in computed.items():
            if all(
                a is not None and same(name, f[position], a[position]) and only_where_wrong(names, f, r, a)
                for (_, _, f), r, a in zip(every, rights, answers, strict=True)
            ):
                return step.slips[slip][1]
    return None


def only_where_wrong(names, found, right, slipped):
    """A slip that would have changed a table that is right is not what was done."""
    return all(
        same(name, s, r) or not same(name, f, r)
        for name, f, r, s in zip(names, found, right, slipped, strict=True)
    )


def two_slips(step, draws):
    """Two lines at once, each with its own slip."""
    every = answered(step, draws)
    for (one, one_says), (other, other_says) in combinations(step.slips.values(), 2):
        if not set(one) & set(other) and all(
            all_same(names, found, step.answers(given, one | other)) for names, given, found in every
        ):
            return f"{one_says} And {other_says}"
    return None


def on_squares(step, yours, seed):
    """Where shapes don't fit: the same function on square tables, where they do, shows what it computes."""
    given = step.draw([*seed, 3], SQUARE)
    try:
        found, _ = answer(yours, step, given)
    except Odd:
        return None
    for mean_over in (rows(given), SQUARE["N"] * SQUARE["k"]):
        with_mean = given | {"M": mean_over}
        names, right = step.names(given), step.answers(with_mean)
        if all_same(names, found, right):
            return None  # right there: what it doesn't find is a shape of its own
        said = slip_of(step, [(with_mean, found)]) or slip_of_one(step, [(with_mean, found)])
        if said:
            return Odd(said)
    return None


def wrong(step, yours, seed, first, second):
    """What can be said of a wrong answer."""
    given, found = first
    names, right = step.names(given), step.answers(given)
    other_order(yours, step.arguments)
    alike = second[1] is not None and len(found) == len(second[1]) and all(map(near, found, second[1]))
    if alike and any(map(np.any, found)):  # nothing but zeros comes of many a slip
        return Odd("It gives the same answer whatever it is handed: does it use its arguments?")
    draws = [first, second]
    said = slip_of(step, draws)
    if not said and len(names) > 1 and swapped(found, right):
        said = f"The tables are right, but stand in another order: expected {', '.join(names)}."
    said = said or two_slips(step, draws) or slip_of_one(step, draws)
    if said:
        return Odd(said)
    name, theirs, truth = next(
        (n, t, r) for n, t, r in zip(names, found, right, strict=True) if not same(n, t, r)
    )
    seen = shown_by(theirs, truth, rows(given))
    names_2, right_2 = step.names(second[0]), step.answers(second[0])
    if second[1] is not None and name in names_2:  # what is true of the first numbers only, is luck
        place = names_2.index(name)
        again = shown_by(second[1][place], right_2[place], rows(second[0]))
        seen = [said for said in seen if said in again]
    said = f"{name}: {seen[0]} " if seen else ""
    # two numbers say more with the input that leads to them; two shapes speak for themselves
    shown = theirs.shape == truth.shape and small(step, yours, seed)
    return Odd(said + (shown or difference(names, found, right)))


def swapped(found, right):
    """Whether all the right tables are there, in another order."""
    alike = [near(np.squeeze(theirs), np.squeeze(r)) for theirs, r in zip(found, right, strict=False)]
    if all(alike):  # in their order, and of another shape
        return False
    left = list(right)
    for theirs in found:
        place = next((k for k, r in enumerate(left) if near(np.squeeze(theirs), np.squeeze(r))), None)
        if place is None:
            return False
        left.pop(place)
    return True


def small(step, yours, seed):
    """The difference on a draw of a few numbers, with these numbers."""
    for number, sizes in enumerate(SMALL):
        given = step.draw([*seed, 4 + number], sizes)
        try:
            found, _ = answer(yours, step, given)
        except Odd:
            continue
        names, right = step.names(given), step.answers(given)
        if not all_same(names, found, right) and sum(map(count, given.values())) <= MOST_NUMBERS:
            shown = ", ".join(f"{name} = {in_lists(value)}" for name, value in given.items())
            return f"{difference(names, found, right)[:-1]}, for {shown}."
    return None


def count(value):
    return sum(map(count, value)) if isinstance(value, list) else np.size(value)


def in_lists(value):
    return [in_lists(part) for part in value] if isinstance(value, list) else np.asarray(value).tolist()
