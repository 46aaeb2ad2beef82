"""Make something only where what it is made from has changed since it was made last.

usage: python tools/stamp.py environment COMMAND ...
       python tools/stamp.py book COMMAND ...

The stamp says what the last one was made from: the folder's own place and the Python (a copied or
renamed folder still runs the code of the old one), the variables that count, the versions of what is
installed, and every file by its content. A file that is gone has changed; one that was only touched
hasn't. The stamp goes before the command begins and comes back only where the command succeeds, so
that what has failed is never taken for done.

It runs before anything is installed, so it needs nothing but Python itself.
"""

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = {"environment": VENV / "made-from.json", "book": ROOT / "_build" / "made-from.json"}

SOURCES = (
    *("chapters/**/*", "lib/**/*", "_[!b]*/**/*", "_config.yml", "_toc.yml", "package*.json"),
    *("pyproject.toml", "README.md", "LICENSE*", "CITATION.cff"),  # in the wheel, or on a page
)
LEFT_BEHIND = re.compile(r"^\.|^__pycache__$")  # by tools


def content(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def environment():
    """What the environment is made from."""
    requirements = os.environ.get("REQUIREMENTS", "requirements.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    version = re.search(r'__version__ = "(.+)"', (ROOT / "lib" / "__init__.py").read_text("utf-8"))
    return {
        "the folder's place": str(ROOT),
        "Python": platform.python_version(),
        "REQUIREMENTS": requirements,
        requirements: content(ROOT / requirements),
        "the project in pyproject.toml": json.dumps([project["build-system"], project["project"]]),
        "the version": version[1],
    }


def installed():
    """The versions of what requirements.txt names: what was installed by hand counts, too."""
    named = re.findall(r"^[\w-]+", (ROOT / "requirements.txt").read_text("utf-8"), flags=re.M)
    named = {name.lower().replace("-", "_") for name in named}
    found = (path.stem.rsplit("-", 1) for path in VENV.glob("lib/python*/site-packages/*.dist-info"))
    return {f"installed {name}": version for name, version in found if name.lower() in named}


def book():
    """What the site is made from."""
    pyodide = os.environ.get("PYODIDE_DIR", "")
    lock = Path(pyodide) / "pyodide-lock.json"
    paths = {path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()}
    files = {path.relative_to(ROOT): path for path in paths}
    files = {name: path for name, path in files.items() if not any(map(LEFT_BEHIND.search, name.parts))}
    return {
        **environment(),
        **installed(),
        "PYODIDE_DIR": pyodide,
        "what PYODIDE_DIR holds": content(lock) if pyodide and lock.exists() else "",
        **{name.as_posix(): content(files[name]) for name in sorted(files)},
    }


STATES = {"environment": environment, "book": book}


def changes(what):
    """What has changed since it was made, in words; an empty list where nothing has."""
    stamp, now = STAMPS[what], STATES[what]()
    if not stamp.exists():
        return ["never made to the end"]
    before = json.loads(stamp.read_text("utf-8"))
    return [
        f"{name} is new"
        if name not in before
        else f"{name} is gone"
        if name not in now
        else f"{name} changed"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]


def make(what, command):
    """Run the command where anything has changed. Returns its exit code, or 0."""
    found, state, stamp = changes(what), STATES[what](), STAMPS[what]
    if not found:
        return 0
    print(f"{what}: {', '.join(found[:3])}{f' and {len(found) - 3} more' * (len(found) > 3)}", flush=True)
    dry = "n" in os.environ.get("MAKEFLAGS", "").partition(" ")[0]  # `make -n` says what it would do
    if not dry:
        stamp.unlink(missing_ok=True)
    code = subprocess.run(command, cwd=ROOT, close_fds=False).returncode  # make and make talk over open files
    if code == 0 and not dry:
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(json.dumps(state, indent=1) + "\n", "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(make(sys.argv[1], sys.argv[2:]))
