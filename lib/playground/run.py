"""A run: the points, the network, and how far it has been trained, with what.

What was done is kept as pieces, because a learning rate may change on the way; `lib.playground.program`
writes them down again. A piece of whole epochs is one call of `lib.descent.train`.
"""

from dataclasses import dataclass

import numpy as np

from lib.activations import Sigmoid
from lib.descent import mini_batches, step, train
from lib.playground.settings import COSTS

RECORDS = 8  # of the cost, for each time that somebody looks


@dataclass
class Piece:
    """Whole epochs, and then some steps of one that was begun, with one learning rate and batch."""

    alpha: float
    batch: int  # rows a step; 0 for all
    epochs: int = 0
    steps: int = 0


class Run:
    """A network before its first step, and whatever it becomes.

    X: (N, 2), y: (N, 1), of classes 0 and 1; `network`, `cost` and `rng` are what a reader of the book
    would make by hand (`as_python` says how).
    """

    def __init__(self, settings):
        self.settings = settings
        self.X, self.y = settings.table()
        self.rng = np.random.default_rng(settings.seed)
        self.network = settings.start(self.rng)
        self.cost = COSTS[settings.cost]()
        self.pieces = [Piece(settings.alpha, settings.batch)]
        self.left = []  # batches of the epoch that was begun
        self.ahead = []  # pieces of a link, still to be done

    @property
    def now(self):
        """The piece that grows."""
        return self.pieces[-1]

    @property
    def epochs(self):
        """Whole epochs so far; one that was left unfinished for another learning rate isn't counted."""
        return sum(piece.epochs for piece in self.pieces)

    def answers(self, X):
        """y_hat of each row, (N, 1)."""
        out = self.network.forward(X)
        return Sigmoid().value(out) if self.settings.cost == "bce" else out

    def value(self):
        """The cost of all rows."""
        with np.errstate(all="ignore"):  # bare: a run that has diverged has a cost of inf or nan
            return float(self.cost.formula(self.network.propagate(self.X), self.y))

    def right(self):
        """Which rows are on their side of one half, (N,)."""
        return ((self.answers(self.X) > 0.5) == self.y)[:, 0]

    def window(self):
        """The square of the plane that a picture shows: its lower left corner, and how wide it is."""
        if self.settings.data == "own":  # it shouldn't move with every point
            half = max(2.0, 1.1 * abs(self.X).max())
            return (-half, -half), 2 * half
        middle = (self.X.max(axis=0) + self.X.min(axis=0)) / 2
        half = 1.2 * abs(self.X - middle).max() + 0.2
        return middle - half, 2 * half

    def grid(self, across):
        """The middles of so many squares in each direction, as rows of an X: from below, line by line."""
        (left, below), width = self.window()
        steps = (np.arange(across) + 0.5) / across * width
        x1, x2 = np.meshgrid(left + steps, below + steps)
        return np.column_stack([x1.ravel(), x2.ravel()])

    def catch_up(self, epochs):
        """At most so many epochs of what a link asks for, and no more. Returns [[epoch, cost], ...]."""
        records = []
        while self.ahead and epochs > 0:
            wanted = self.ahead[0]
            done = min(epochs, wanted.epochs - self.now.epochs)
            records += self.train(done)
            epochs -= done
            if self.now.epochs == wanted.epochs:
                for _ in range(wanted.steps):
                    self.step()
                del self.ahead[0]
                if self.ahead:
                    self.turn(self.ahead[0].alpha, self.ahead[0].batch, fresh=True)
                else:
                    self.turn(self.settings.alpha, self.settings.batch)
        return records

    def train(self, epochs):
        """So many epochs of the piece that grows. Returns [[epoch, cost], ...]."""
        records = []
        if self.left and epochs > 0:  # what was begun is brought to its end
            while self.left:
                self.step()
            epochs -= 1
            records.append([self.epochs, self.value()])
        if epochs > 0:
            before, many = self.epochs, max(1, epochs // RECORDS)
            history = train(
                self.network,
                self.cost,
                self.X,
                self.y,
                learning_rate=self.now.alpha,
                epochs=epochs,
                batch_size=self.now.batch or None,
                rng=self.rng,
                record_every=many,
            )
            self.now.epochs += epochs
            seen = zip(history.epoch[1:].tolist(), history.cost[1:].tolist(), strict=True)
            records += [[before + epoch, cost] for epoch, cost in seen]
        return records

    def step(self):
        """One update: the whole batch, or the next mini-batch of an epoch."""
        if not self.now.batch:
            self.train(1)
            return
        self.left = self.left or mini_batches(len(self.X), self.now.batch, self.rng)
        rows = self.left.pop(0)
        with np.errstate(all="ignore"):  # as in `train`
            step(self.network, self.cost, self.X[rows], self.y[rows], self.now.alpha)
        self.now.steps += 1
        if not self.left:
            self.now.epochs, self.now.steps = self.now.epochs + 1, 0

    def turn(self, alpha, batch, fresh=False):
        """Another learning rate or batch from here on. An epoch that was begun is left as it is.

        `fresh`: a new piece, even where nothing changes.
        """
        now = self.now
        if not fresh and (now.alpha, now.batch) == (alpha, batch):
            return
        if now.epochs or now.steps or fresh:
            self.pieces.append(Piece(alpha, batch))
            self.left = []
        else:
            now.alpha, now.batch = alpha, batch
