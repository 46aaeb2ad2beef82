"""The playground: any small network on any points of the plane, and every number of a step.

    settings(values)     what a reader has chosen, as text, checked at the door
    Run(settings)        data, network and cost; `train`, `step`, `turn` (another learning rate)
    one_step(run, row)   every matrix of one step, forward and backward, and the gradient checked
    seen(run)            what can be said of a run by computing: diverged, saturated, stuck, ...
    link(run)            the run as what an address can hold, and `read` from it again
    as_python(run)       the run as a few lines of Python that come to the same numbers, to the bit

`desk` hands all of it to a page that asks from outside. There is no second implementation: layers,
costs, gradients and updates are those of `lib`.
"""

from lib.playground.addresses import link, read
from lib.playground.data import curve, logical_and, spiral, stripes, two_moons, two_rings
from lib.playground.desk import begin, frame, numbers, recipe, step, train, turn
from lib.playground.program import as_python
from lib.playground.run import Run
from lib.playground.settings import Settings, settings
from lib.playground.sights import seen
from lib.playground.steps import one_step

__all__ = [
    "Run",
    "Settings",
    "as_python",
    "begin",
    "curve",
    "frame",
    "link",
    "logical_and",
    "numbers",
    "one_step",
    "read",
    "recipe",
    "seen",
    "settings",
    "spiral",
    "step",
    "stripes",
    "train",
    "turn",
    "two_moons",
    "two_rings",
]
