"""What becomes of the measurements: a table in the terminal, goals, and what the page on speed shows."""

import datetime
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "lib" / "figures" / "speed.json"


def read():
    return json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}


def write(results):
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def today():
    return datetime.date.today().isoformat()


def machine():
    """What counts for speed; nothing that names this very machine."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text("utf-8").splitlines()
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        processor = models[0] if models else processor
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "threads used": 1,
    }


def versions(packages):
    """{package: version}, or "missing"."""
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def printed(case):
    """A case as lines of text."""
    lines = [
        f"\n{case['title']}: {case['about']}",
        f"{case['unit']:>44}  (quartiles)            ratio  (quartiles)",
    ]
    for row in case["rows"]:
        (time, low, high), (ratio, ratio_low, ratio_high) = row["time"], row["ratio"]
        lines.append(
            f"{row['name']:>34} {time:9.4g}  ({low:.4g} to {high:.4g})".ljust(68)
            + f"{ratio:8.3g}  ({ratio_low:.3g} to {ratio_high:.3g})"
        )
    lines += [f"{name:>34}   {why}" for name, why in case["missing"].items()]
    return "\n".join(lines)


# case, row, what of it, at least or at most, how much, in words
GOALS = [
    ("xor", "PyTorch, nn and SGD", "ratio", ">=", 5, "XOR, PyTorch's nn and SGD: {} times as long as lib"),
    (
        "xor",
        "PyTorch, tensors with autograd",
        "ratio",
        ">=",
        3.5,
        "XOR, PyTorch's autograd: {} times as long",
    ),
    ("xor", "HIPS autograd", "ratio", ">=", 10, "XOR, HIPS autograd: {} times as long"),
    ("runs", "64 runs at once", "ratio", "<=", 2.5, "64 learning rates at once: {} times as long as one"),
    (
        "digits",
        "PyTorch, nn and SGD",
        "ratio",
        ">=",
        4,
        "digits, PyTorch's nn and SGD: {} times as long as lib",
    ),
    (
        "digits",
        "PyTorch, nn, SGD and DataLoader",
        "ratio",
        ">=",
        4,
        "digits, the same with its DataLoader: {} times as long as lib",
    ),
    ("large", "lib", "ratio", "<=", 1.25, "784-256-10: {} times as long as its matrix products alone"),
    ("slider", "slider event", "ratio", "<=", 0.25, "a slider event: {} times as long as plotting anew"),
    ("proofs", "2-2-1 proven", "time", "<=", 0.5, "the backward pass of 2-2-1, proven: {} seconds"),
]


def goals(cases):
    """What was aimed at and what came, for all goals whose rows are there."""
    answer = []
    for case, name, what, sign, bound, words in GOALS:
        for row in cases[case]["rows"]:
            if row["name"] == name:
                value = row[what][0]
                reached = value >= bound if sign == ">=" else value <= bound
                goal = words.format(f"{'at least' if sign == '>=' else 'at most'} {bound:g}")
                answer.append({"goal": goal, "value": value, "bound": bound, "reached": reached})
    return answer
