"""`make bench`: run all cases, print the tables, write lib/figures/speed.json.

usage: python -m benchmarks [--quick]     (--quick: few rounds, nothing written: does it run at all?)

Without a C compiler or one of the packages, its row says so. What `benchmarks.book` measured
stays in the file as it was.
"""

# ruff: noqa: E402 - the libraries read these settings when they are imported
import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import sys
import warnings
from functools import partial

from threadpoolctl import threadpool_info

from benchmarks import cases
from benchmarks.report import goals, machine, printed, read, today, versions, write

CASES = {  # name: the question, and how many rounds it gets
    "xor": (cases.xor_epochs, 25),
    "runs": (cases.many_runs, 25),
    "digits": (partial(cases.digits_epochs, cost="mse"), 25),
    "digits_bce": (partial(cases.digits_epochs, cost="bce"), 15),
    "large": (cases.large_steps, 15),
    "slider": (cases.slider_event, 15),
    "proofs": (cases.proofs, 9),
    "imports": (cases.imports, 9),
}
MEASURED = ["numpy", "torch", "jax", "autograd", "scikit-learn", "matplotlib", "ipywidgets", "sympy"]


def main(arguments):
    quick = "--quick" in arguments
    results = {"date": today(), "machine": machine(), "versions": versions(MEASURED), "cases": {}}
    for name, (case, rounds) in CASES.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # scikit-learn wonders about batches of one row
            results["cases"][name] = case(rounds=2 if quick else rounds)
        print(printed(results["cases"][name]), flush=True)
    results["array_operations"] = cases.array_operations()
    results["growth"] = cases.growth(rounds=2 if quick else 11)
    for what, own in results["growth"].items():
        print(f"{what:>8}: time ~ {what}^{own['exponent']:.2f}, expected {own['expected']}")
    for pool in threadpool_info():
        if pool["num_threads"] != 1:
            raise ValueError(f"threads: expected one in every library, got {pool}")
    results["goals"] = goals(results["cases"])
    print()
    for goal in results["goals"]:
        print(f"{'reached' if goal['reached'] else 'MISSED '}  {goal['value']:6.3g}   {goal['goal']}")
    if not quick:
        write(read() | results)


if __name__ == "__main__":
    main(sys.argv[1:])
