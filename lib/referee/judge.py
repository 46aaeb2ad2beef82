"""Looks at what a reader's function returns, and finds the sentence that says what was done.

In this order: what is no function; what came back instead of an answer; a slip, known by its numbers;
two slips at once; a part of what was given; what anybody's numbers show (a shape, a sign, a factor, a
missing sum); the right lines with one thing changed, shown as code; an argument that changes nothing.
A cause has to fit every draw, of different sizes and numbers, one row and many, so that nothing fits by
luck. Where it isn't the whole story, the first entry that differs stands behind it, with both numbers
and the input.
"""

import linecache
import re
from itertools import combinations

import numpy as np

from lib.referee import checking
from lib.referee.parts import has_loop, parts, rounds_down, word
from lib.referee.returned import (
    Endless,
    Stopped,
    answer,
    no_arguments,
    no_function,
    other_order,
    returned,
    verdict,
)
from lib.referee.running import Odd, run
from lib.referee.steps import FIRST, SECOND, SMALL, SQUARE, STEPS
from lib.referee.traits import ZEROS, all_same, difference, near, same, shown_by_all
from lib.referee.variants import rename, variants

CUT_OFF = "something is covered up, by a clip, a nan_to_num or a small number that was added"
WHY = {  # by what NumPy remarks
    "by zero encountered in log": "log was asked for 0",
    "overflow": "exp overflowed",
    "invalid value encountered in divide": "0 was divided by 0, or infinity by infinity",
    "": "exp overflowed, or log was asked for 0",
}
NEVER, SOME_NUMBERS = "It doesn't always answer", "Right for some numbers, but not for others"
ROUNDS_DOWN = "There is `//` in it, which rounds down to a whole number: `/` divides."
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
        if said == checking.REFUSES:
            said = f"{said}."
        if not found[0] and not nudged and said.startswith((checking.REFUSES, f"{checking.FAIR[0][-1]}.")):
            said = checking.why_refused(found, list(places), lambda *given: accepts(yours, *given))
        raise Odd(f"{nudged} {said}" if nudged else said)
    return [f"It refuses {len(checking.WRONG)} wrong gradients and accepts {len(checking.FAIR)} right ones."]


def accepts(yours, cost, W, gradient):
    """Whether a reader's gradient check holds this gradient for right."""
    given = {"cost": cost, "W": W, "dW": gradient}
    try:
        return returned(yours, given, lambda value: verdict(value, checking.RIGHT)) is True
    except Endless:
        raise
    except Odd:
        return False


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
        raise where_it_stops(step, yours, seed, Draw(step, first, None, stopped, FIRST)) from None
    draws = [Draw(step, first, found, None, FIRST), drawn(step, yours, second, SECOND)]
    if draws[0].right and not draws[1].right and draws[1].gives(found):
        raise Odd("It gives its first answer again, for other tables: it remembers something between calls.")
    again = drawn(step, yours, first)
    if not again.gives(found):
        raise Odd(f"For the same tables it answers otherwise the next time{by_chance(again, draws[0])}?")
    for number in range(MORE_DRAWS):  # a single number, such as a bias, has one sign in each draw
        sizes = SECOND if number % 2 else FIRST
        draws.append(drawn(step, yours, step.draw([*seed, 10 + number], sizes), sizes))
    small = few_numbers(step, yours, seed)
    if not all(draw.right for draw in draws + small):
        raise wrong(step, yours, seed, draws, small)
    in_any_shape(step, yours)
    return (
        notes
        + shapes_of_biases(step.names(first), found, step.answers(first))
        + without_overflow(step, yours, first)
        + not_for_all(step, yours, first)
        + at_last(step, yours)
    )


class Draw:
    """One table of numbers and what the reader's function makes of it: `found`, or None and why not.

    sizes: those it was drawn with; few: whether they are so small that a formula may divide by zero.
    """

    def __init__(self, step, given, found, odd=None, sizes=None, few=False):
        self.given, self.found, self.odd, self.sizes, self.few = given, found, odd, sizes, few
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
        """Whether these are its tables, as it names them; of None, nothing to be computed: whether neither could he."""
        if answers is None:
            return self.few and not all(np.isfinite(table).all() for table in self.found)
        return all_same(self.names, self.found, answers)


def alike(a, b):
    return a.shape == b.shape and np.allclose(a, b, equal_nan=True)


def drawn(step, yours, given, sizes=None, few=False):
    try:
        return Draw(step, given, answer(yours, step, given)[0], None, sizes, few)
    except Endless:
        raise
    except Odd as odd:
        return Draw(step, given, None, odd, sizes, few)


def few_numbers(step, yours, seed):
    """The smallest draws: one row, one column, one epoch."""
    return [
        drawn(step, yours, step.draw([*seed, 4 + number], sizes), sizes, few=True)
        for number, sizes in enumerate(SMALL)
    ]


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
            where = "" if finite else where_from(yours, given)
            why = CUT_OFF if finite else next(why for text, why in WHY.items() if text in where) + where
            said = difference(large.names, large.found, large.answers)
            overflow = next((o for name, o in step.overflows.items() if said.startswith(name)), step.overflow)
            raise Odd(f"{start} {said} There {why.rstrip('.')}: {overflow}.")
    return []


def in_any_shape(step, yours):
    """Of a right answer, where any shape is allowed and any number: with one axis, with three, with large ones."""
    for right_for_others, given in step.others:
        other = drawn(step, yours, given)
        if other.odd:
            raise Odd(f"{right_for_others}: {other.odd}")
        if not other.right:
            said = f"{difference(other.names, other.found, other.answers)[:-1]}, for {inputs(given)}."
            cut = np.unique(other.found[0]).size < np.unique(other.answers[0]).size
            raise Odd(f"{right_for_others}: {said}{' Is something cut off?' if cut else ''}")


def at_last(step, yours):
    try:
        return step.last(lambda given: answer(yours, step, given, patience=step.patience)[0])
    except Stopped as stopped:
        raise Odd(f"Right for a few epochs. On XOR: {stopped}") from None


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


def wrong(step, yours, seed, draws, small):
    """What can be said of an answer that is wrong, in some draws at least."""
    other_order(yours, step.arguments)
    some = next((draw for draw in draws + small if not draw.right and draw.found is not None), None)
    if some is None:  # right, or no answer
        stops = next(draw for draw in draws + small if draw.odd)
        return Odd(f"{right_for(step, yours, seed, draws + small, stops) or NEVER}: {stops.odd}")
    answered = [draw for draw in draws if draw.found is not None]
    too = [draw for draw in small if draw.found is not None]
    says_something = all(np.isfinite(table).all() for table in some.found) and any(map(np.any, some.found))
    if says_something and len(answered) > 2 and all(draw.gives(some.found) for draw in answered):
        return Odd("It gives the same answer whatever it is handed: does it use its arguments?")
    for whole, find in CAUSES_OF_A_LINE if len(step.lines) == 1 else CAUSES_OF_LINES:
        said = find(step, answered if find in (trait, only_zeros) else answered + too)
        if said and find is part and not has_loop(yours):
            said = re.sub(r": (does|is) [^:]*\bloop\b[^:]*\?$", ".", said)
        if said:
            return Odd(said if whole else f"{said} {counter_example(step, yours, seed, some)}")
        if find is order and rounds_down(yours):
            return Odd(f"{ROUNDS_DOWN} {counter_example(step, yours, seed, some)}")
    example = counter_example(step, yours, seed, some)
    said = unused(step, yours, some)
    if said:
        return Odd(f"{said} {example}")
    found = right_for(step, yours, seed, draws + small, some)
    return Odd(f"{found}: {example}" if found else example)


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
        if answers is None and draw.fits(answers):
            continue
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
    quick = min(draws, key=lambda draw: draw.given.get("epochs", 0))
    for shown, otherwise in step.variants():
        if explained(step, [quick], otherwise) and explained(step, draws, otherwise):
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
        if partly_so(step, draws[:1], left) and partly_so(step, draws, left):
            return said
    return None


def partly_so(step, draws, left):
    """Whether a table that is wrong in some draw is that of the part in all of them."""
    draws = [(draw, step.answers(left(draw.given))) for draw in draws]
    off = {
        n
        for draw, _ in draws
        for n, f, r in zip(draw.names, draw.found, draw.answers, strict=True)
        if not same(n, f, r)
    }
    return all(
        draw.fits(None)
        if answers is None
        else all(same(n, f, a) for n, f, a in zip(draw.names, draw.found, answers, strict=True) if n in off)
        for draw, answers in draws
    )


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


def where_it_stops(step, yours, seed, first):
    """Of a function that stops with the first tables: where, and what the others show that it answers."""
    second = drawn(step, yours, step.draw([*seed, 2], SECOND), SECOND)
    draws = [first, second, *few_numbers(step, yours, seed)]
    others = [draw for draw in draws if draw.found is not None]
    said = None if second.right else on_squares(step, yours, seed, others)
    if said:
        return Odd(f"{first.odd} {said}")
    found = right_for(step, yours, seed, draws, first)
    return Odd(f"{found}: {first.odd}") if found not in (None, SOME_NUMBERS) else first.odd


def on_squares(step, yours, seed, others):
    """Where shapes don't fit: the same function on square tables, where they do, shows what it computes.

    others: what it answers on other tables, which has to be explained, too.
    """
    draws = [drawn(step, yours, step.draw([*seed, number], SQUARE)) for number in (3, 8)]
    if any(draw.found is None or draw.right for draw in draws):
        return None  # right there: what it doesn't find is a shape of its own
    for mean_over in (SQUARE["N"], SQUARE["N"] * SQUARE["k"]):
        given = [draw.given | {"M": mean_over} for draw in draws]
        with_mean = [Draw(step, g, draw.found) for g, draw in zip(given, draws, strict=True)]
        if mean_over != SQUARE["N"] and any(some_right(draw) for draw in draws):
            return None  # the mean is over N, then: over more, what is right would look as if multiplied
        if any(draw.right for draw in with_mean):
            return None
        for find in (slip_of, slip_of_one, variant, variant_of_one):
            said = find(step, with_mean + others)
            if said:
                return said.replace("our numbers", "our numbers on square tables")
    return None


def some_right(draw):
    """Whether one of several tables is right."""
    return any(map(same, draw.names, draw.found, draw.answers))


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
    one_epoch = [sizes | {"epochs": 1} for sizes in SMALL] if "epochs" in step.given else []
    for number, sizes in enumerate([*one_epoch, *SMALL, *SMALL]):
        small = drawn(step, yours, step.draw([*seed, 4 + number], sizes))
        few = sum(map(count, small.given.values())) <= MOST_NUMBERS
        if small.found is not None and not small.right and few:
            draw = small
            break
    said = difference(draw.names, draw.found, draw.answers)[:-1]
    finite = all(np.isfinite(table).all() for table in draw.found)
    return f"{said}, for {inputs(draw.given)}." + ("" if finite else where_from(yours, draw.given))


def inputs(given):
    return ", ".join(f"{name} = {in_lists(value)}" for name, value in given.items())


HARM = (
    "divide by zero",
    "overflow",
    "invalid",
)  # the likeliest cause first; what underflows is 0, and harmless


def where_from(yours, given):
    """The line from which the first nan or inf comes, as NumPy remarks it."""
    remarks = [remark for remark in run(yours, given).remarks if "numpy" not in remark[0].split("/")]
    remarks = [remark for remark in remarks if remark[2].startswith(HARM)]
    first = next(
        (place for place, remark in enumerate(remarks) if remark[2].startswith("invalid")), len(remarks)
    )
    for kind in HARM:
        for file, line, text in remarks[: first + 1]:
            if text.startswith(kind):
                code = linecache.getline(file, line).strip()
                return f" (NumPy remarks: {text}" + (f", in `{code}`)." if code else ").")
    return ""


def right_for(step, yours, seed, draws, wrong):
    """For which draws it is right, and for which not, as `wrong` is: so many layers, epochs, rows, inputs.

    None where that can't be said: a size at which every answer is the same, such as one class, for which
    p is 1, shows nothing; and `some numbers` are numbers in tables of one size.
    """
    right = [draw for draw in draws if draw.right]
    for letter, what in counted(step) if right else ():
        sizes = {draw.sizes.get(letter, 2) for draw in right}
        here = wrong.sizes.get(letter, 2)
        if sizes & {draw.sizes.get(letter, 2) for draw in draws if not draw.right}:
            continue
        # by luck, or confounded with another letter? then not all are right where this one alone has changed
        again = [redrawn(step, yours, seed, wrong.sizes | {letter: size}) for size in sizes]
        if all(draw.right for some in again for draw in some) and not any(map(always_the_same, again)):
            return f"Right for {how_many(sizes, what)}, but not for {how_many([here], what)}"
    for sizes in {tuple(draw.sizes.items()): draw.sizes for draw in right}.values():
        if not all(
            draw.right for draw in [*draws, *redrawn(step, yours, seed, sizes)] if draw.sizes == sizes
        ):
            return SOME_NUMBERS
    return None


def redrawn(step, yours, seed, sizes):
    """A dozen other tables of these sizes."""
    return [drawn(step, yours, step.draw([*seed, 20 + number], sizes), sizes) for number in range(12)]


def always_the_same(draws):
    """Whether the right answer doesn't depend on what is given."""
    first, *others = draws
    return all(all_same(first.names, first.answers, other.answers) for other in others)


def counted(step):
    """(letter, what it counts) of all sizes that a step's tables have."""
    if "Ws" in step.given:
        yield "L", "layer"
    if "epochs" in step.given:
        yield "epochs", "epoch"
    for letter in "Nnhm":
        if any(how and letter in how[0] for how in step.given.values()):
            yield letter, word(step, letter)


def how_many(sizes, what):
    *first, last = sorted(sizes)
    return f"{', '.join(map(str, first))}{' or ' if first else ''}{last} {what}{'s' * (last > 1)}"


def in_shapes(given):
    shapes = {name: shape(value) for name, value in given.items()}
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)


def shape(value):
    return [part.shape for part in value] if isinstance(value, list) else np.shape(value)


def count(value):
    return sum(map(count, value)) if isinstance(value, list) else np.size(value)


def in_lists(value):
    return [in_lists(part) for part in value] if isinstance(value, list) else np.asarray(value).tolist()
