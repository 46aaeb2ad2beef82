"""A run as what an address can hold, and a run from it again: settings, and what was done so far.

    {"v": "1", "hidden": "3", "seed": "2", "run": "5.0x800"}    in an address: v=1&hidden=3&seed=2&run=5.0x800

What is as always isn't said. `run` holds the pieces: learning rate x epochs, with /rows for a batch
and -steps for an epoch that was begun. The page writes the address: signs that it can't hold are its part.
"""

import re

from lib.playground.run import Piece, Run
from lib.playground.settings import DOORS, Settings, check_batch, settings

VERSION = "1"
MOST_EPOCHS = 10**6  # to be done again, when a link is opened
PIECE = re.compile(r"([^x/]+)(?:/(\d{1,4}))?x(\d{1,7})(?:-(\d{1,4}))?")


def link(run):
    """{name: text} of a run."""
    usual, texts = Settings().texts(), run.settings.texts()
    texts |= {"alpha": repr(run.now.alpha), "batch": repr(run.now.batch)}  # what holds from here on
    if run.settings.data != "own":
        texts.pop("points")
    chosen = {name: value for name, value in texts.items() if value != usual[name]}
    done = [piece for piece in run.pieces if piece.epochs or piece.steps]
    past = {"run": "_".join(map(written, done))} if done else {}
    return {"v": VERSION, **chosen, **past}


def written(piece):
    batch, steps = (f"/{piece.batch}" if piece.batch else ""), (f"-{piece.steps}" if piece.steps else "")
    return f"{piece.alpha!r}{batch}x{piece.epochs}{steps}"


def read(texts):
    """The run of {name: text}: its settings, and as `ahead` what is still to be done. ValueError for nonsense."""
    values = dict(texts)
    version = values.pop("v", None)
    if version != VERSION:
        raise ValueError(
            f"link: expected one of version {VERSION}, got {version or 'none'}; nothing was changed"
        )
    past = values.pop("run", "")
    chosen = settings(values)
    run = Run(chosen)
    run.ahead = [piece_of(run, part) for part in past.split("_")] if past else []
    if sum(piece.epochs for piece in run.ahead) > MOST_EPOCHS:
        raise ValueError(f"link: expected at most {MOST_EPOCHS:,} epochs to be done again")
    if run.ahead:
        run.turn(run.ahead[0].alpha, run.ahead[0].batch)
    return run


def piece_of(run, part):
    found = PIECE.fullmatch(part)
    if not found:
        raise ValueError(f"link: expected a run such as 5.0x800, got {part[:40]!r}")
    alpha, batch, epochs, steps = found.groups(default="0")
    alpha, batch = DOORS["alpha"]("alpha", alpha), DOORS["batch"]("batch", batch)
    check_batch(batch, run.y)
    if int(steps) >= -(-len(run.X) // (batch or len(run.X))):
        raise ValueError(f"link: expected fewer steps than an epoch has, got {part[:40]!r}")
    return Piece(alpha, batch, int(epochs), int(steps))
