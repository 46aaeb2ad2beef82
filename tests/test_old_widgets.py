"""The live figures with ipywidgets 7.7.1, which Colab has: the same tests in a venv of its own."""

import os
import subprocess
import venv

from tests.browser import ROOT

FOLDER = ROOT / "_build" / "ipywidgets-7"
PACKAGES = ["ipywidgets==7.7.1", "numpy>=2.0,<3", "matplotlib>=3.8,<4", "pytest>=8,<10"]


def python_with_old_widgets():
    """The Python of a venv with ipywidgets 7.7.1, made on first use."""
    python = FOLDER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = FOLDER / "ready"
    if not ready.exists():
        venv.create(FOLDER, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        ready.touch()
    return python


def test_live_figures_run_with_the_widgets_of_colab():
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    run = subprocess.run(
        [
            python_with_old_widgets(),
            "-m",
            "pytest",
            "-q",
            "--noconftest",
            "-p",
            "no:cacheprovider",
            "tests/test_explore.py",
        ],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]
    version = subprocess.run(
        [python_with_old_widgets(), "-c", "import ipywidgets; print(ipywidgets.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.strip() == "7.7.1"
    assert " passed" in run.stdout
