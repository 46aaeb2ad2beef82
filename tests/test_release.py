"""What a release says of itself stands in several places: each number has one home, the others follow."""

import notebooks
import pytest
import yaml

import lib
from tests.helpers import ROOT, refuses

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_the_address_has_one_home():
    """The repository's address stands in _config.yml; set-up cells and CITATION.cff are written from it."""
    kinds = ("*.py", "*.md", "*.toml", "*.cff", "*.js", "*.css", "Makefile", "*.yml")
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in (".venv", "_build")]
    files = [path for kind in kinds for folder in folders for path in folder.rglob(kind)]
    files += [path for kind in kinds for path in ROOT.glob(kind)]
    holders = [path.name for path in files if CONFIG["repository"]["url"] in path.read_text("utf-8")]
    assert sorted(holders) == ["CITATION.cff", "_config.yml"]


def test_the_citation_follows_from_the_version_its_day_and_the_address():
    assert notebooks.citation() == notebooks.CITATION.read_text("utf-8"), "run `make notebooks`"
    assert CITATION["version"] == lib.__version__
    assert f"## {lib.__version__} ({CITATION['date-released']})" in notebooks.CHANGES.read_text("utf-8")


def test_the_landing_page_cites_the_version():
    cited = f"*{CONFIG['title']}*, version {lib.__version__}. A companion to"  # printed by a cell
    assert cited in (ROOT / "chapters" / "index.ipynb").read_text("utf-8")


@pytest.mark.parametrize(
    ("headings", "got"),
    [
        ("## Unreleased\n\n## 0.2.0\n", "'## 0.2.0'"),
        ("## Unreleased\n\n## 0.1.0 (2026-11-25)\n", "'## 0.1.0 (2026-11-25)'"),
        ("## 0.3.0 (2027-01-01)\n\n## 0.2.0 (2026-12-01)\n", "'## 0.3.0 (2027-01-01)'"),
        ("## Unreleased\n", "None"),
    ],
)
def test_a_version_without_its_day_is_refused(headings, got):
    with refuses(f"CHANGELOG.md: expected “## 0.2.0 (year-month-day)” as its newest version, ... got {got}"):
        notebooks.released(headings, "0.2.0")


def test_the_day_is_that_of_the_newest_version():
    changes = "# Changelog\n\n## Unreleased\n\n- x\n\n## 0.2.0 (2026-12-01)\n\n## 0.1.0 (2026-11-25)\n"
    assert notebooks.released(changes, "0.2.0") == "2026-12-01"
