"""Looks at what a reader's function returns, and finds the sentence that says what was done.

In this order: what is no function; what came back instead of an answer; a slip, known by its numbers;
two slips at once; a part of what was given; what anybody's numbers show (a shape, a sign, a factor, a
missing sum); the right lines with one thing changed, shown as code; an argument that changes nothing.
A cause has to fit every draw, of different sizes and numbers, so that nothing fits by luck. Where it
isn't the whole story, the first entry that differs stands behind it, with both numbers and the input.
"""

import linecache
from itertools import combinations

import numpy as np

from lib.referee import checking
from lib.referee.parts import parts, word
from lib.referee.returned import Stopped, answer, no_arguments, no_function, other_order, returned, verdict
from lib.referee.running import Odd, run
from lib.referee.steps import FIRST, SECOND, SMALL, SQUARE, STEPS
from lib.referee.traits import ZEROS, all_same, difference, near, same, shown_by_all
from lib.referee.variants import rename, variants

CUT_OFF = "something is covered up, by a clip, a nan_to_num or a small number that was added"
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
    places, found = [], []
    for _, cost, gradient, _ in [*checking.FAIR, *checking.WRONG]:

        def watched(W, cost=cost):
            places.append(np.array(W, dtype=float))
            return cost(W)

        given = {"cost": watched, "W": checking.PLACE, "dW": gradient}
        found.append(returned(yours, given, lambda value: verdict(value, checking.RIGHT), printed))
    if not places and len(set(found)) > 1:
        raise Odd("It never asks the cost: nudge an entry of W, and see how the cost moves.")
    said = checking.sentence(found)
    if said:
        nudged = checking.nudges(places, found)
        raise Odd(f"{nudged} {said}" if nudged else said)
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
    draws = [Draw(step, first, found), drawn(step, yours, second)]
    if draws[0].right and not draws[1].right and draws[1].gives(found):
        raise Odd("It gives its first answer again, for other tables: it remembers something between calls.")
    again = drawn(step, yours, first)
    if not again.gives(found):
        raise Odd(f"For the same tables it answers otherwise the next time{by_chance(again, draws[0])}?")
    for number in range(MORE_DRAWS):  # a single number, such as a bias, has one sign in each draw
        given = step.draw([*seed, 10 + number], SECOND if number % 2 else FIRST)
        draws.append(drawn(step, yours, given))
    if not all(draw.right for draw in draws):
        raise wrong(step, yours, seed, draws)
    return (
        notes
        + shapes_of_biases(step.names(first), found, step.answers(first))
        + without_overflow(step, yours, first)
        + not_for_all(step, yours, first)
        + step.last(lambda given: answer(yours, step, given)[0])
    )


class Draw:
    """One table of numbers and what the reader's function makes of it: `found`, or None and why not."""

    def __init__(self, step, given, found, odd=None):
        self.given, self.found, self.odd = given, found, odd
        self.names, self.answers = step.names(given), step.answers(given)
        self.right = found is not None and all_same(self.names, found, self.answers)

    def gives(self, answers):
        """Whether these are its tables."""
        return (
            self.found is not None
            and len(self.found) == len(answers)
            and all(map(alike, self.found, answers))
        )

    def fits(self, answers):
        """Whether these are its tables, as it names them."""
        return answers is not None and all_same(self.names, self.found, answers)


def alike(a, b):
    return a.shape == b.shape and np.allclose(a, b, equal_nan=True)


def drawn(step, yours, given):
    try:
        return Draw(step, given, answer(yours, step, given)[0])
    except Odd as odd:
        return Draw(step, given, None, odd)


def by_chance(again, before):
    """What the second call gave instead, as far as it is an answer."""
    said = difference(again.names, again.found, before.found) if again.found else ""
    told = f" ({said[:-1].replace('expected', 'the first time')})" if said else ""
    return f"{told}: is there chance in it, or does it remember something between calls"


def shapes_of_biases(names, found, right):
    odd = [(name, t, r) for name, t, r in zip(names, found, right, strict=True) if t.shape != r.shape]
    return [f"({name} has shape {t.shape}; it broadcasts as {r.shape} does.)" for name, t, r in odd[:1]]


def without_overflow(step, yours, given):
    """Once more with numbers so large that a formula that is right on paper overflows."""
    if step.large:
        given = given | {name: enlarge(given[name]) for name, enlarge in step.large.items()}
        sizes = ", ".join(f"{name} around {abs(given[name]).max():.0f}" for name in step.large)
        large = drawn(step, yours, given)
        start = f"Right for small numbers; for {sizes}"
        if large.found is None:
            raise Odd(f"{start}: {step.overflow}. {large.odd}")
        if not large.right:
            finite = all(np.isfinite(table).all() for table in large.found)
            why = CUT_OFF if finite else f"exp overflowed, or log was asked for 0{where_from(yours, given)}"
            said = difference(large.names, large.found, large.answers)
            raise Odd(f"{start} {said} There {why.rstrip('.')}: {step.overflow}.")
    return []


def not_for_all(step, yours, given):
    """Of a right answer: where it would cease to be one. No step before has asked for that."""
    if not step.wide:
        return []
    given = given | {name: widen(given[name]) for name, widen in step.wide.items()}
    wide = drawn(step, yours, given)
    if wide.found is None or all(np.isfinite(table).all() for table in wide.found):
        return []
    return [f"({step.beyond} it gives nan or inf{where_from(yours, given).rstrip('.')}.)"]


# What was done


def wrong(step, yours, seed, draws):
    """What can be said of an answer that is wrong, in some draws at least."""
    other_order(yours, step.arguments)
    some = next((draw for draw in draws if not draw.right and draw.found is not None), None)
    if some is None:  # right, or no answer
        odd = next(draw.odd for draw in draws if draw.odd)
        return Odd(f"{right_for(step, yours, seed, draws)}: {odd}")
    answered = [draw for draw in draws if draw.found is not None]
    says_something = all(np.isfinite(table).all() for table in some.found) and any(map(np.any, some.found))
    if says_something and len(answered) > 2 and all(draw.gives(some.found) for draw in answered):
        return Odd("It gives the same answer whatever it is handed: does it use its arguments?")
    partly = any(draw.right for draw in draws)
    for whole, find in CAUSES_OF_A_LINE if len(step.lines) == 1 else CAUSES_OF_LINES:
        said = find(step, answered)
        if said:
            return Odd(said if whole else f"{said} {counter_example(step, yours, seed, some)}")
    shown = counter_example(step, yours, seed, some)
    said = unused(step, yours, some)
    if said:
        return Odd(f"{said} {shown}")
    return Odd(f"{right_for(step, yours, seed, draws)}: {shown}" if partly else shown)


def slip_of(step, draws):
    """The sentence of the slip whose numbers these are on every draw; or None."""
    return next((said for slip, said in step.slips.values() if explains(step, draws, slip)), None)


def explains(step, draws, otherwise):
    return all(draw.fits(step.answers(draw.given, otherwise)) for draw in draws)


def slip_of_one(step, draws):
    """The sentence of a slip that explains one of the tables, if not all."""
    return next((said for slip, said in step.slips.values() if explains_one(step, draws, slip)), None)


def explains_one(step, draws, otherwise):
    """Whether all that would change is what came back: another table may be wrong for another reason."""
    for draw in draws:
        answers = step.answers(draw.given, otherwise)
        if answers is None or len(answers) != len(draw.found):
            return False
        triples = list(zip(draw.names, draw.found, draw.answers, answers, strict=True))
        changed = [(name, f, a) for name, f, r, a in triples if not same(name, a, r)]
        if not draw.right and not changed:
            return False
        if not all(same(name, f, a) for name, f, a in changed):
            return False
    return True


def two_slips(step, draws):
    """Two lines at once, each with its own slip."""
    for (one, one_says), (other, other_says) in combinations(step.slips.values(), 2):
        if not set(one) & set(other) and explains(step, draws, one | other):
            return f"{one_says} And {other_says}"
    return None


def order(step, draws):
    """Whether all the right tables are there, in another order."""
    names = draws[0].names
    if len(names) > 1 and all(swapped(draw.found, draw.answers) for draw in draws):
        return f"The tables are right, but stand in another order: expected {', '.join(names)}."
    return None


def swapped(found, right):
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


def variant(step, draws, explained=explains):
    """The right lines with one thing changed, whose numbers these are."""
    for shown, otherwise in step.variants():
        if explained(step, draws[:1], otherwise) and explained(step, draws, otherwise):
            return f"Your numbers are those of {in_code(step, shown)}."
    return None


def variant_of_one(step, draws):
    """One thing changed, by which some of the tables are explained."""
    if len(draws[0].names) == 1:
        return None
    said = variant(step, draws, explains_one)
    return said and said.replace("Your numbers", "Some of your numbers")


def two_variants(step, draws):
    """Two things changed in one line: for steps that have no other."""
    if len(step.lines) != 1:
        return None
    ((name, line),) = step.lines.items()
    for one in variants(line, list(step.given), few=True):
        for text in variants(one, list(step.given), few=True):
            if explains(step, draws[:1], {name: text}) and explains(step, draws, {name: text}):
                return f"Your numbers are those of {in_code(step, f'`{name} = {text}`')}."
    return None


def in_code(step, shown):
    """N, M and K as the reader would write them."""
    first = step.arguments[0]
    rows, columns = f"len({first})", f"{first}.shape[1]"
    return rename(shown, {"N": rows, "M": rows, "K": columns})


def part(step, draws):
    """Right, but for a part of what was given: in every table that is wrong."""
    for said, left in parts(step):
        if all(partly_so(draw, step.answers(left(draw.given))) for draw in draws):
            return said
    return None


def partly_so(draw, answers):
    if answers is None:
        return False
    tables = zip(draw.names, draw.found, draw.answers, answers, strict=True)
    return all(same(name, f, a) or same(name, f, r) for name, f, r, a in tables)


def trait(step, draws, zeros=False):
    """What anybody's numbers show: of the first table that is wrong."""
    names = draws[0].names
    for place, name in enumerate(names):
        at = [
            (draw.found[place], draw.answers[place], letters(step, draw.given))
            for draw in draws
            if len(draw.names) > place
        ]
        if not all(same(name, theirs, right) for theirs, right, _ in at):
            seen = shown_by_all(at) if len(at) > 1 else []
            seen = [said for said in seen if (said == ZEROS) == zeros]
            return f"{name}: {seen[0]}" if seen else None
    return None


def only_zeros(step, draws):
    return trait(step, draws, zeros=True)


def letters(step, given):
    """{"N": 5, "K": 2}: rows and columns, as the step calls them."""
    first = np.atleast_1d(given[step.arguments[0]])
    shape = step.given[step.arguments[0]][0]
    names = {"m": "K"} if step.arguments[0] in ("Z", "y_hat") else {}
    return {names.get(letter, letter): size for letter, size in zip(shape, first.shape, strict=False)}


# (whether nothing is left to be shown, how to find it): in this order
WHOLE = [(True, slip_of), (True, order)]
CAUSES_OF_A_LINE = [*WHOLE]
CAUSES_OF_A_LINE += [(False, find) for find in (part, trait, variant, only_zeros, two_variants)]
CAUSES_OF_LINES = [
    *WHOLE,
    (True, two_slips),
    (False, variant),
    (True, slip_of_one),
    (False, part),
    (False, trait),
    (False, variant_of_one),
    (False, only_zeros),
]


def on_squares(step, yours, seed):
    """Where shapes don't fit: the same function on square tables, where they do, shows what it computes."""
    draws = [drawn(step, yours, step.draw([*seed, number], SQUARE)) for number in (3, 8)]
    if any(draw.found is None or draw.right for draw in draws):
        return None  # right there: what it doesn't find is a shape of its own
    for mean_over in (SQUARE["N"], SQUARE["N"] * SQUARE["k"]):
        given = [draw.given | {"M": mean_over} for draw in draws]
        with_mean = [Draw(step, g, draw.found) for g, draw in zip(given, draws, strict=True)]
        if any(draw.right for draw in with_mean):
            return None
        for find in (slip_of, slip_of_one, variant, variant_of_one):
            said = find(step, with_mean)
            if said:
                return Odd(said)
    return None


# What shows it


def unused(step, yours, draw):
    """The arguments that the answer doesn't change with, where the right one does."""
    found = []
    for name in step.arguments:
        value = draw.given[name]
        if not isinstance(value, list):
            other = value + 1 if name == "epochs" else np.asarray(value) * 0.7 + 0.1
            given = draw.given | {name: other if np.ndim(other) or name == "epochs" else float(other)}
            moved = drawn(step, yours, given)
            if (
                moved.gives(draw.found)
                and not moved.fits(draw.answers)
                and not Draw(step, given, draw.answers).right
            ):
                found.append(name)
    return f"Its answer stays the same when {' or '.join(found)} changes." if found else None


def counter_example(step, yours, seed, draw):
    """The first difference, on a draw of as few numbers as will show it, with these numbers."""
    theirs, right = next(
        (f, r) for n, f, r in zip(draw.names, draw.found, draw.answers, strict=True) if not same(n, f, r)
    )
    if theirs.shape != right.shape:
        return f"{difference(draw.names, draw.found, draw.answers)[:-1]}, for {in_shapes(draw.given)}."
    for number, sizes in enumerate([*SMALL, *SMALL]):
        small = drawn(step, yours, step.draw([*seed, 4 + number], sizes))
        few = sum(map(count, small.given.values())) <= MOST_NUMBERS
        if small.found is not None and not small.right and few:
            draw = small
            break
    shown = ", ".join(f"{name} = {in_lists(value)}" for name, value in draw.given.items())
    said = difference(draw.names, draw.found, draw.answers)[:-1]
    finite = all(np.isfinite(table).all() for table in draw.found)
    return f"{said}, for {shown}." + ("" if finite else where_from(yours, draw.given))


def where_from(yours, given):
    """The line in which NumPy finds the first nan or inf."""
    for file, line, text in run(yours, given).remarks:
        if "numpy" not in file.split("/"):
            code = linecache.getline(file, line).strip()
            return f" (NumPy remarks: {text}" + (f", in `{code}`)." if code else ").")
    return ""


def right_for(step, yours, seed, draws):
    """For which it is right, and for which it isn't: with a number of rows, a shape, or some numbers."""
    first, second = draws[::2], draws[1::2]
    if not all(d.right for d in first) or any(d.right for d in second):
        return (
            "Right for some numbers, but not for others"
            if any(d.right for d in draws)
            else "It doesn't always answer"
        )
    a, b = first[0].given, second[0].given
    if "Ws" in a:
        return f"Right for {len(a['Ws'])} layers, but not for {len(b['Ws'])}"
    letter = next(iter(step.given.values()))[0][0]
    more = drawn(step, yours, step.draw([*seed, 9], FIRST | {letter: SECOND[letter]}))
    if not more.right:
        what = word(step, letter)
        return f"Right for {FIRST[letter]} {what}s, but not for {SECOND[letter]} {what}s"
    return f"Right for {in_shapes(a)}, but not for {in_shapes(b)}"


def in_shapes(given):
    shapes = {name: shape(value) for name, value in given.items()}
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)


def shape(value):
    return [part.shape for part in value] if isinstance(value, list) else np.shape(value)


def count(value):
    return sum(map(count, value)) if isinstance(value, list) else np.size(value)


def in_lists(value):
    return [in_lists(part) for part in value] if isinstance(value, list) else np.asarray(value).tolist()
