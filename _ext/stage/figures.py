"""Plots, and the frames of live figures, are files of their own that are fetched when they come near.

A notebook's output holds all of a figure, and so does Sphinx's page: of chapter 4's 290 KB over the
line two thirds are figures that most readers never scroll to. Here a figure that stands still becomes
an image, one for light and one for dark paper, of which a browser fetches the one that it shows. Of a
live figure the drawing stays in the page, at its start; its frames become a script, which `explore.js`
adds when the figure comes near or is touched: unlike what `fetch` gets, a script may also come from a
file (tools/offline.py). Where a figure has two drawings, for narrow and wide pages, each names its own.

The letters of formulas in a figure are outlines, and half of its drawing: a digit or a marker that all
figures of a page have stands in the first of them, once.
"""

import functools
import json
import re
import shutil

import theme
import tinycss2

FOLDER = "_static/figures"
STYLES = "_static/book.css"
DRAWING = re.compile(r'<figure class="live">\s*(<svg.*?</svg>)', re.DOTALL)
OPENING = re.compile(r"<svg([^>]*)>")
USED = re.compile(r'href=\\"#([^"\\]+)\\"')  # in the frames of a drawing, which are JSON
SHOWN = 1.3  # px on the page for a point of the drawing, where there is room (lib/live/svg.py)


def move_out(site, page):
    fresh_folder(site)
    drawings = DRAWING.findall(page.path.read_text("utf-8"))  # as it was written: the parser knows no viewBox
    name = page.path.stem
    drawings = page.soup.select("figure.live[data-name] > svg")
    drawings.sort(key=lambda svg: "narrow" in svg.get("class", []))  # the paper edition does without these
    shared = share_outlines(drawings)
    for figure in page.soup.select("figure.live[data-name]"):
        own = f"{name}-{figure['data-name']}"
        for svg, frames in zip(figure.find_all("svg"), frames_of(figure), strict=True):
            file = "-".join([own, *svg.get("class", [])])
            frames = USED.sub(lambda use: f'href=\\"#{shared.get(use[1], use[1])}\\"', frames)
            svg["data-frames"] = page.root + site.write(f"{FOLDER}/{file}.js", frames)
    still = page.soup.select("figure.live:not([data-name])")
    for number, (figure, drawing) in enumerate(zip(still, drawings, strict=True), start=1):
        for colours in theme.COLOURS:
            address = site.write(f"{FOLDER}/{name}-{number}-{colours}.svg", alone(site, drawing, colours))
            figure.append(image(page, figure.svg, page.root + address, colours))
        figure.svg.decompose()


def share_outlines(drawings):
    """Leave each outline in the first drawing that has it. Returns {its id in another one: the id there}."""
    first, shared = {}, {}
    for drawing in drawings:
        for outline in drawing.select("defs > path[id]"):
            own = outline["id"]
            form = tuple(sorted((key, value) for key, value in outline.attrs.items() if key != "id"))
            if form in first:
                shared[own] = first[form]
                outline.decompose()
            else:
                first[form] = own
        for use in drawing.select("use"):
            use["href"] = "#" + shared.get(use["href"][1:], use["href"][1:])
    return shared


def frames_of(figure):
    """A script for each drawing of a live figure, which says all that `explore.js` asks for."""
    content = json.loads(figure.script.extract().string)
    for drawing in content.pop("drawings"):
        text = json.dumps(content | drawing, ensure_ascii=False, separators=(",", ":"))
        yield f'(window.liveFigures ??= {{}})["{figure["data-name"]}"] = {text};\n'


@functools.cache
def fresh_folder(site):
    """No figures of an earlier build."""
    shutil.rmtree(site.folder / FOLDER, ignore_errors=True)


def image(page, drawing, address, colours):
    width, height = (round(SHOWN * size) for size in size_of(drawing["viewbox"]))
    return page.soup.new_tag(
        "img",
        attrs={
            "class": f"for-{colours} {theme.AS_IT_IS}",
            "src": address,
            "alt": drawing["aria-label"],
            "width": width,
            "height": height,
            "loading": "lazy",
        },
    )


def size_of(box):
    return map(float, box.split()[2:])


def alone(site, drawing, colours):
    """A drawing as a file: it can't see the page, so it brings its size, its colours, its letters."""
    attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', OPENING.match(drawing)[1]))
    width, height = size_of(attributes["viewBox"])
    kept = {key: attributes[key] for key in ("viewBox", "fill", "stroke-linejoin")}
    kept |= {"xmlns": "http://www.w3.org/2000/svg", "width": f"{width:g}", "height": f"{height:g}"}
    opening = "".join(f' {key}="{value}"' for key, value in kept.items())
    style = f"<style>{own_styles(site, colours)}</style>"
    return OPENING.sub(lambda _: f"<svg{opening}>{style}", drawing, count=1)


@functools.cache
def own_styles(site, colours):
    """What book.css says of the colours and letters of figures, for a drawing by itself."""
    variables = "".join(f"{name}:{value};" for name, value in theme.COLOURS[colours].items())
    css = (site.folder / STYLES).read_text("utf-8")
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return f"svg{{{variables}}}" + "".join(colour_rules(rules, colours))


def colour_rules(rules, colours):
    dark = 'html[data-theme="dark"] '
    for rule in rules:
        head = " ".join(tinycss2.serialize(rule.prelude).split())
        if rule.type == "at-rule" and head == "screen":
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from colour_rules(inside, colours)
        elif (rule.type == "qualified-rule" and "figure.live" in head) or head == ":root":
            if dark not in head or colours == "dark":
                said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                kept = "".join(
                    f"{one.name}:{tinycss2.serialize(one.value).strip()};"
                    for one in said
                    if one.type == "declaration" and (one.name.startswith("--figure") or one.name == "color")
                )
                if kept:
                    yield f"{head.replace(dark, '').replace('figure.live', 'svg')}{{{kept}}}"
