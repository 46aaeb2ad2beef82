"""One page as the site shows it, in seconds; or one figure of it, on the light and on the dark page.

usage: python tools/preview.py --chapter gradient_descent     (`make preview CHAPTER=gradient_descent`)
       python tools/preview.py --figure bowl                  (`make preview FIGURE=bowl`)

The page is built alone, by the site's own settings, in `_build/preview`: only its own cells run, and
links to other pages lead nowhere. A figure is found by its name, or by a word in the cell that shows
it; its page holds nothing else, and Chromium, where there is one, draws it in both themes.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import browsers
import nbformat
import yaml
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "_build" / "preview"
LEFT_OUT = ("lite", "downloads", "stage")  # what is made beside the pages, and what makes them load faster
SHOWS = r"\b(?:show|explore)\("


def chapter(name):
    """The file of a page. ValueError where there is none."""
    for path in sorted((ROOT / "chapters").glob(f"{name}.*")):
        return path
    names = ", ".join(sorted(path.stem for path in (ROOT / "chapters").glob("*.[im]*")))
    raise ValueError(f"CHAPTER: expected one of {names}, got {name}")


def with_figure(word):
    """(path, number) of the cell that shows a figure: the one of that name, else the first with that word."""
    found = []
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            if cell.cell_type == "code" and re.search(SHOWS, cell.source) and word in cell.source:
                found.append((f'name="{word}"' not in cell.source, path, number))
    if not found:
        raise ValueError(f"FIGURE: expected the name of a figure or a word of its cell, got {word}")
    return min(found)[1:]


def figure_alone(path, number, word):
    """A notebook with this cell, and before it, unseen, the code that it needs."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells[: number + 1] if cell.cell_type == "code"]
    for cell in cells[:-1]:
        cell.metadata["tags"] = ["remove-cell"]
    cells[-1].metadata["tags"] = ["remove-input"]
    notebook.cells = [new_markdown_cell(f"# {word}"), *cells]
    return notebook


def build(path, notebook=None):
    """Build one page alone: the file of the page. RuntimeError with what Sphinx says where it complains."""
    source = FOLDER / "source"
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "chapters", source / "chapters")
    (source / "chapters" / "index.ipynb").unlink()  # the theme needs a first page, but not this one
    (source / "chapters" / "index.md").write_text("# Preview\n", "utf-8")
    if notebook is None:
        shutil.copy(path, source / "chapters")
    else:
        nbformat.write(notebook, source / "chapters" / path.name)
    for other in ROOT.glob("[!.]*"):
        if other.name not in ("chapters", "_build", "_config.yml", "_toc.yml"):
            (source / other.name).symlink_to(other)
    page = f"chapters/{path.stem}"
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    for name in LEFT_OUT:
        settings["sphinx"]["local_extensions"].pop(name, None)
    settings["sphinx"]["config"]["suppress_warnings"] = [
        "myst.xref_missing",
        "toc",
        "ref",
    ]  # links to other pages
    (source / "_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    descriptions = {"index": "Preview.", path.stem: "Preview."}
    (source / "chapters" / "descriptions.yml").write_text(yaml.safe_dump(descriptions), "utf-8")
    toc = f"format: jb-book\nroot: chapters/index\nchapters:\n- file: {page}\n"
    (source / "_toc.yml").write_text(toc, "utf-8")
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", source, "--path-output", FOLDER, "-q", "-W", "--keep-going"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.split("Traceback (most recent call last):\n  File")[0]
        cells = [
            log.read_text("utf-8").strip() for log in FOLDER.rglob("*.err.log")
        ]  # what a cell has raised
        raise RuntimeError("\n".join([said[-3000:], *(text.splitlines()[-1] for text in cells if text)]))
    return FOLDER / "_build" / "html" / f"{page}.html"


def pictures(page):
    """The figure as Chromium draws it, light and dark; nothing where there is no Chromium."""
    found = browsers.chromium()
    if found is None:
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox"])
        for theme in ("light", "dark"):
            tab = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme=theme)
            tab.goto(page.as_uri(), wait_until="load")
            target = FOLDER / f"figure-{theme}.png"
            tab.locator("article").first.screenshot(path=target)
            yield target
        chromium.close()


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--chapter", help="the name of its file, without its ending")
    what.add_argument("--figure", help="its name, or a word of the cell that shows it")
    asked, began = parser.parse_args(arguments), perf_counter()
    try:
        if asked.chapter:
            page = build(chapter(asked.chapter))
        else:
            path, number = with_figure(asked.figure)
            page = build(path, figure_alone(path, number, asked.figure))
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
    print(f"{perf_counter() - began:.0f} s. Open {page.as_uri()}")
    for picture in pictures(page) if asked.figure else ():
        print(f"{picture.stem.rsplit('-')[-1]:>8}: {picture.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
