"""One page or one figure, as the site shows it: found by name, built alone, a mistake said in a sentence."""

import re
from time import perf_counter

import preview
import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Not the one that a maintainer may be looking at."""
    monkeypatch.setattr(preview, "FOLDER", tmp_path / "preview")
    return tmp_path / "preview"


@pytest.mark.outside
@pytest.mark.thorough
def test_a_figure_is_drawn_as_on_the_site_in_both_themes(chromium, record_property):
    began = perf_counter()
    path, number = preview.with_figure("parabola")
    page = preview.build(path, preview.figure_alone(path, number, "parabola"))
    record_property("printed", f"preview of a figure: {perf_counter() - began:.0f} s")
    assert re.findall(r'<figure class="live[^>]* data-name="(\w+)"', page.read_text("utf-8")) == ["parabola"]
    assert {other.name for other in page.parent.glob("*.html")} == {"index.html", page.name}, "built alone"
    for theme in ("light", "dark"):
        tab = chromium.new_page(color_scheme=theme)
        tab.goto(page.as_uri())
        assert tab.locator("figure.live svg:visible").count() == 1  # of its two drawings
        tab.close()


def test_figures_are_found_by_name_first():
    path, number = preview.with_figure("bowl")
    assert path.stem == "gradient_descent"
    assert 'name="bowl"' in preview.figure_alone(path, number, "bowl").cells[-1].source


def test_what_is_not_there_is_said():
    with pytest.raises(ValueError, match=r"CHAPTER: expected one of backward_pass, .*, got descent"):
        preview.chapter("descent")
    with pytest.raises(ValueError, match=r"FIGURE: expected the name of a figure .* got unheard of"):
        preview.with_figure("unheard of")


@pytest.mark.outside
@pytest.mark.thorough
def test_what_sphinx_complains_about_is_said(tmp_path):
    path = tmp_path / "broken.md"
    path.write_text("#### Too deep\n\n[no such page](nowhere.md)\n", "utf-8")
    with pytest.raises(RuntimeError, match="header"):
        preview.build(path)
