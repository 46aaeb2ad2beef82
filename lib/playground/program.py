"""The run as Python: a few lines of `lib` that come to the same numbers, to the bit."""

from lib.playground.settings import ACTIVATIONS, DATA, DRAWN, Settings


def as_python(run):
    """The lines, which end with the cost. They run wherever this package and NumPy are."""
    chosen = run.settings
    data, imported = points(chosen)
    activation, cost = ACTIVATIONS[chosen.activation].__name__, type(run.cost).__name__
    output = "Identity" if chosen.cost == "bce" else "Sigmoid"
    sizes = [2, *chosen.hidden, 1]
    made = [f"network = Network.random({sizes}, {activation}(), rng, output={output}())"]
    if chosen.size != 1:
        made += [
            "for layer in network.layers:",
            f"    layer.W, layer.b = {chosen.size!r} * layer.W, {chosen.size!r} * layer.b",
        ]
    done = [piece for piece in run.pieces if piece.epochs or piece.steps]
    from_lib = sorted(
        {cost, "Network", activation, output, "train"} | ({imported} if imported == "xor" else set())
    )
    return "\n".join(
        [
            "import numpy as np",
            "",
            f"from lib import {', '.join(from_lib)}",
            *(["from lib.descent import mini_batches, step"] if any(piece.steps for piece in done) else []),
            *([f"from lib.playground import {imported}"] if imported not in ("", "xor") else []),
            "",
            *data,
            f"rng = np.random.default_rng({chosen.seed})",
            *made,
            f"cost = {cost}()",
            *pieces(done),
            "print(cost.value(network.forward(X), y))",
            "",
        ]
    )


def points(chosen):
    """The lines that make X and y, and the name that they import."""
    if chosen.data == "own":
        rows = ",\n    ".join(f"[{x1!r}, {x2!r}, {kind}]" for x1, x2, kind in chosen.points)
        return [
            f"points = np.array([\n    {rows},\n], dtype=float)",
            "X, y = points[:, :2], points[:, 2:]",
        ], ""
    name = DATA[chosen.data].__name__
    if chosen.data not in DRAWN:
        return [f"X, y = {name}()"], name
    usual = Settings()
    given = [repr(chosen.curve)] if chosen.data == "curve" else []
    given.append("np.random.default_rng(0)")
    given += [
        f"{key}={getattr(chosen, key)!r}"
        for key in ("samples", "noise")
        if getattr(chosen, key) != getattr(usual, key)
    ]
    return [f"X, y = {name}({', '.join(given)})"], name


def pieces(done):
    """The lines that train. Pieces that differ in their learning rate alone are one loop."""
    if len(done) > 1 and not any(piece.steps for piece in done) and len({piece.batch for piece in done}) == 1:
        rates = ", ".join(f"({piece.alpha!r}, {piece.epochs})" for piece in done)
        return [f"for alpha, epochs in [{rates}]:", f"    {training('alpha', done[0].batch, 'epochs')}"]
    lines = []
    for piece in done:
        if piece.epochs:
            lines.append(training(repr(piece.alpha), piece.batch, piece.epochs))
        if piece.steps:
            lines += [
                f"for rows in mini_batches(len(X), {piece.batch}, rng)[:{piece.steps}]:",
                f"    step(network, cost, X[rows], y[rows], {piece.alpha!r})",
            ]
    return lines


def training(alpha, batch, epochs):
    batches = f", batch_size={batch}, rng=rng" if batch else ""
    return f"train(network, cost, X, y, learning_rate={alpha}, epochs={epochs}{batches})"
