"""Every control of every page, used by touch, mouse and keys: it does what its name says.

The controls are found in the page, not listed here; tests/controls.py knows what each kind does.
The first of each kind is used in all three ways, the others in turn: so all are used, and a chapter
with two hundred of them is done in seconds. `-m thorough` uses each in each way.
"""

from collections import Counter

import pytest

from tests.controls import KINDS, WATCH, Hand, use
from tests.test_site import PAGES

WAYS = {
    "touch": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "keys": {"viewport": {"width": 820, "height": 1180}},
    "mouse": {"viewport": {"width": 1280, "height": 800}},  # last: some things show only under a pointer
}
EVERYWHERE = {"chapters", "search", "light or dark", "menu", "print", "entry of the chapters", "search field"}


def try_all(open_page, page, every, prepare=None):
    """Use the controls of a page. Returns ({kind: {what it did: count}}, complaints)."""
    left, done, complaints = None, {}, []
    for turn, (way, options) in enumerate(WAYS.items()):
        tab = open_page(f"{page}.html", script=WATCH, wait_until="load", **options)
        if prepare:
            tab.evaluate(prepare)
        hand = Hand(tab, way)
        controls = hand.controls()
        unknown = [one for one in controls if one.kind < 0]
        complaints += [f"nobody knows what {one} is meant to do" for one in unknown if turn == 0]
        controls = [one for one in controls if one.kind >= 0]
        seen, due = Counter(), set()
        left = {one.number for one in controls} if left is None else left
        for one in controls:
            place, seen[one.kind] = seen[one.kind], seen[one.kind] + 1
            if every or place == 0 or (place % 3 <= turn and one.number in left):
                due.add(one.number)
        did, said = use(hand, controls, due)
        complaints += said
        left -= {
            one.number for one in controls if one.number in did or any(str(one) in text for text in said)
        }
        for one in controls:
            if one.number in did:
                done.setdefault(KINDS[one.kind][0], Counter())[did[one.number]] += 1
    complaints += [f"{one} can be used at no width" for one in controls if one.number in left]
    return done, complaints


def told(page, done):
    kinds = [
        f"{kind}: " + ", ".join(f"{what} ({n})" for what, n in did.items()) for kind, did in done.items()
    ]
    return f"Controls of {page}: {sum(map(sum, (did.values() for did in done.values())))} uses; " + "; ".join(
        kinds
    )


@pytest.mark.parametrize("page", [*PAGES, "search", "genindex"])
def test_every_control_does_what_its_name_says(open_page, page, record_property):
    done, complaints = try_all(open_page, page, every=False)
    record_property("printed", told(page, done))
    assert not complaints, "\n".join(complaints)
    assert set(done) >= EVERYWHERE
