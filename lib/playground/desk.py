"""What a page asks for, by name: one run lies on the desk, and each answer holds what the page draws.

The page runs elsewhere and can hand over no object, only a message of plain values: so the run is
kept here. Whatever is refused leaves it as it was.
"""

import numpy as np

from lib.playground.addresses import link, read
from lib.playground.program import as_python
from lib.playground.run import Run
from lib.playground.settings import DOORS, check_batch, settings
from lib.playground.sights import seen
from lib.playground.steps import one_step, slopes

ACROSS = 48  # points of the picture of the plane, in each direction
desk = {"run": None}


def begin(message):
    """Put a run on the desk: {"settings": {name: text}} or {"link": {name: text}}. Returns its first frame, and
    "settings" as texts, "X" (N, 2), "y" (N,), and "window", the corner and the width of the plane."""
    run = read(message["link"]) if "link" in message else Run(settings(message["settings"]))
    desk["run"] = run
    low, width = run.window()
    return {
        "settings": run.settings.texts(),
        "X": run.X,
        "y": run.y[:, 0],
        "window": np.array([*low, width]),
        **look(run, [[0, run.value()]]),
    }


def train(message):
    """{"epochs": n}: so many epochs, or what is left of a link's, then a frame; "ahead" is 0 when none is left."""
    run = desk["run"]
    go = run.catch_up if run.ahead else run.train
    return look(run, go(int(message["epochs"])))


def step(message):
    """One update, then a frame."""
    run = desk["run"]
    run.step()
    return look(run, [] if run.now.steps else [[run.epochs, run.value()]])


def turn(message):
    """{"alpha": text, "batch": text}: another learning rate or batch from here on, then a frame."""
    run = desk["run"]
    alpha, batch = (DOORS[name](name, str(message[name]).strip()) for name in ("alpha", "batch"))
    check_batch(batch, run.y)
    run.turn(alpha, batch)
    return look(run, [])


def frame(message):
    """A frame of the run as it is."""
    return look(desk["run"], [])


def look(run, records):
    """What the page draws: the answers over the plane, the cost, weights and gradients, sizes, sights."""
    found = slopes(run, run.X, run.y)
    layers = run.network.layers
    matrices = {}
    for number, layer in enumerate(layers, start=1):
        matrices |= {
            f"W{number}": layer.W,
            f"b{number}": layer.b,
            f"dW{number}": layer.dW,
            f"db{number}": layer.db,
        }
    sizes = [
        [root_mean_square(layer.dW), root_mean_square(dC_dZ)]
        for layer, (_, dC_dZ) in zip(layers, found, strict=True)
    ]
    right = run.right()
    return {
        **matrices,
        "epoch": run.epochs,
        "steps": run.now.steps,
        "ahead": sum(piece.epochs + 1 for piece in run.ahead) - (run.now.epochs if run.ahead else 0),
        "costs": np.array(records, dtype=float).reshape(-1, 2),
        "cost": np.array([run.value()]),
        "plane": run.answers(run.grid(ACROSS))[:, 0],
        "y_hat": run.answers(run.X)[:, 0],
        "right": right + 0.0,
        "sizes": np.array(sizes),
        "seen": [list(one) for one in seen(run)],
    }


def root_mean_square(table):
    """The typical size of an entry."""
    with np.errstate(all="ignore"):
        return float(np.sqrt((table * table).mean()))


def numbers(message):
    """{"row": its number from 1, or 0 for all}: every matrix of one step.

    "tables": [[name, computed, which way], ...], and each as "table0", "table1", ... in their order;
    "cost" and "error" as arrays of one number.
    """
    row = int(message["row"])
    found = one_step(desk["run"], row - 1 if row else None)
    ways = [(way, one) for way in ("forward", "backward") for one in found[way]]
    return {
        "tables": [[name, computed, way] for way, (name, _, computed) in ways],
        **{f"table{place}": table for place, (_, (_, table, _)) in enumerate(ways)},
        "cost": np.array([found["cost"]], dtype=float),
        "error": np.array([found["error"]], dtype=float),
    }


def recipe(message):
    """The run as Python, and as what a link holds: {name: text}."""
    run = desk["run"]
    return {"python": as_python(run), "link": link(run)}
