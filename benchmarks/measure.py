"""The stop-watch: contestants take turns, and what is compared was measured side by side."""

import gc
from time import perf_counter

import numpy as np


def race(runs, *, rounds, least=0.02, clock=perf_counter):
    """Seconds for one call of each function in `runs`, {name: function}, in every round.

    The functions take turns, A B C A B C ..., so that a slow moment of the machine meets all of
    them. In each turn a function is called as often as it takes to fill `least` seconds.
    Returns {name: array of `rounds` times}. Every function is called once before, untimed.
    """
    calls = {}
    for name, run in runs.items():
        run()
        began = clock()
        run()
        calls[name] = max(1, round(least / max(clock() - began, 1e-9)))
    times = {name: [] for name in runs}
    gc.collect()
    gc.disable()  # a collection would be charged to whoever happens to run
    try:
        for _ in range(rounds):
            for name, run in runs.items():
                began = clock()
                for _ in range(calls[name]):
                    run()
                times[name].append((clock() - began) / calls[name])
    finally:
        gc.enable()
    return {name: np.array(own) for name, own in times.items()}


def spread(values):
    """[median, lower quartile, upper quartile], rounded to four significant digits."""
    return [float(f"{value:.4g}") for value in np.percentile(values, [50, 25, 75])]


def ranking(times, *, to, scale=1.0):
    """The rows of a table: each contestant's time, and its ratio to the one called `to`.

    The ratios are taken within each round, then their median: what slows a whole round cancels.
    scale: from seconds for one call to the unit of the table.
    """
    return [
        {"name": name, "time": spread(own * scale), "ratio": spread(own / times[to])}
        for name, own in times.items()
    ]


def exponent(sizes, times):
    """The slope of log time over log size, by least squares: cost ~ size^exponent."""
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])
