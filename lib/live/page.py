"""The face of a live figure on the website, where no kernel runs: all pictures are made beforehand.

The page gets the scene once for each of its layouts and, for every position, only the markup of what
has moved; `_static/explore.js` puts it in its place, `_static/book.css` gives it size and colours.
"""

import json
from html import escape
from itertools import product

import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.text import Text

from lib.live.layout import arrange, fit, layouts
from lib.live.scene import Scene
from lib.live.svg import Sheet, inner

MOST_BYTES = 2_000_000  # of one layout
WIDEST, SMALLEST = 5, 10  # inches and points: what a phone can show
LETTERS = 40  # in a line of a phone of 360 px


def still_page(fig, alt, prefix):
    """The HTML of a figure that stands still. Raises ValueError where a phone could not show it."""
    readable(fig)
    fig.set_dpi(72)
    fit(fig)
    FigureCanvasSVG(fig)
    fig.draw_without_rendering()
    sheet = Sheet(fig, prefix)
    return f'<figure class="live">{sheet.svg(inner(sheet.draw(fig)), alt)}</figure>'


def live_page(fig, update, parameters, start, *, name, alt, animate):
    """The HTML of a live figure. Arguments: those of `lib.explore.explore`, read and checked.

    Raises ValueError where a phone could not show the figure, where the frames are too large, or
    where they are not what a full drawing shows.
    """
    readable(fig)
    fig.set_dpi(72)
    names = [parameter.name for parameter in parameters]
    values = [dict(zip(names, row, strict=True)) for row in product(*(p.values for p in parameters))]
    first = list(product(*(range(len(p.values)) for p in parameters))).index(tuple(start))

    drawings, pictures = [], []
    for layout in layouts(fig):
        arrange(fig, layout)
        scene = Scene(fig, update, values[first], FigureCanvasSVG)
        sheet = Sheet(fig, f"{name}-{layout.name}".rstrip("-"))
        sentences, films = frames_of(scene, sheet, values)
        every_slider_moves(parameters, sentences, films)
        pictures.append(sheet.svg(picture(scene, sheet, values, films, first), alt, layout.name))
        drawings.append(drawing(films))
    return (
        f'<figure class="live" data-name="{name}">{"".join(pictures)}'
        f'<div class="live-panel"><p class="live-sentence" aria-live="polite" '
        f'style="--lines:{lines_on_a_phone(sentences)}">{escape(sentences[first])}</p>'
        f'<div class="live-controls" hidden>{controls(name, parameters, start, animate)}</div></div>'
        f"<noscript><p>{escape(without_javascript(parameters, start))}</p></noscript>"
        f'<script type="application/json">{data(parameters, start, sentences, drawings)}</script></figure>'
    )


def lines_on_a_phone(sentences):
    """How many lines the longest of the sentences takes there."""
    return -(-max(map(len, sentences)) // LETTERS)


def readable(fig):
    """ValueError for a figure that is too wide for a phone, or whose letters are too small there."""
    if fig.get_figwidth() > WIDEST:
        raise ValueError(f"fig: expected at most {WIDEST} inches in width, got {fig.get_figwidth():g}")
    for text in fig.findobj(Text):
        if text.get_text().strip() and text.get_fontsize() < SMALLEST:
            raise ValueError(
                f"fig: expected letters of at least {SMALLEST} points, got {text.get_fontsize():g} "
                f"for {text.get_text()!r}"
            )


def frames_of(scene, sheet, values):
    """Run `update` at every position. Returns its sentences, and {artist: its markup at each}."""
    while True:
        moving, sentences, rows = list(scene.moving), [], []
        for row in values:
            scene.move(row)
            sentences.append(scene.sentence)
            rows.append([inner(sheet.draw(artist)) for artist in moving])
        if len(scene.moving) == len(moving):
            break  # else an artist began to move late, and its earlier frames are missing
    films = dict(zip(moving, zip(*rows, strict=True), strict=True))
    return sentences, {artist: frames for artist, frames in films.items() if len(set(frames)) > 1}


def every_slider_moves(parameters, sentences, films):
    """ValueError for a slider at which neither the picture nor its sentence ever changes."""
    seen = list(zip(sentences, *films.values(), strict=True))
    shape = [len(parameter.values) for parameter in parameters]
    kinds = {}
    numbers = np.array([kinds.setdefault(own, len(kinds)) for own in seen]).reshape(shape)
    for axis, parameter in enumerate(parameters):
        if (numbers == numbers.take([0], axis)).all():
            raise ValueError(
                f"sliders: expected {parameter.name} to move something, got the same at each place"
            )


def picture(scene, sheet, values, films, first):
    """The whole figure at its start, with an addressable group around everything that moves.

    Raises ValueError where putting the frames together is not the same as drawing everything: at
    the first, the middle and the last position, and at the start.
    """
    artists, seen = list(films), set()
    for place in (0, len(values) // 2, len(values) - 1, first):
        scene.move(values[place])
        around, contents = sheet.draw_around(artists)
        seen.add(around)
        if len(seen) > 1 or contents != [films[artist][place] for artist in artists]:
            raise ValueError(
                f"update: at {values[place]} it changed something that only a drawing of the whole figure "
                "shows; move artists by their set_… methods, and set everything at every call"
            )
    for number, content in enumerate(contents):
        around = around.replace(f'<g data-part="{number}" />', f'<g data-part="{number}">{content}</g>')
    return around


def drawing(films):
    """The frames of one layout: every different one once, and which one belongs where."""
    frames = [list(dict.fromkeys(film)) for film in films.values()]
    numbers = [{frame: number for number, frame in enumerate(own)} for own in frames]
    at = [[own[frame] for frame in film] for own, film in zip(numbers, films.values(), strict=True)]
    return {"frames": frames, "at": at}


def data(parameters, start, sentences, drawings):
    """What explore.js reads, as JSON: what can be chosen and said, and the frames of each layout."""
    content = {
        "parameters": [
            {"name": p.name, "texts": p.texts, "values": p.values if p.is_choice else link_values(p.values)}
            for p in parameters
        ],
        "start": start,
        "sentences": sentences,
        "drawings": drawings,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", r"<\/").replace("<!", r"\u003c!")  # nothing in it may end the script
    if len(text.encode()) > MOST_BYTES * len(drawings):
        raise ValueError(
            f"sliders: expected frames of at most {MOST_BYTES * len(drawings) / 1e6:g} MB in all, "
            f"got {len(text.encode()) / 1e6:.1f} MB; take fewer positions, or draw fewer points"
        )
    return text


def controls(name, parameters, start, animate):
    """Play and step first, then the sliders, then what is wanted less often."""
    run = f'<div class="live-buttons">{button("play")}{button("step")}</div>' if animate else ""
    sliders = "".join(
        control(name, p, at, p.name == animate) for p, at in zip(parameters, start, strict=True)
    )
    rest = "".join(map(button, ("reset", "link", "large")))
    return f'{run}{sliders}<div class="live-buttons live-rest">{rest}</div>'


def button(what):
    text = {"play": "Play", "step": "Step", "reset": "Reset", "link": "Copy link", "large": "Show large"}
    return f'<button type="button" data-do="{what}">{text[what]}</button>'


def control(name, parameter, place, animated):
    """A native slider, or a native menu for words."""
    key = f"{name}-{parameter.name}"
    label = f'<label for="{key}">{escape(parameter.label)}</label>'
    marks = f'id="{key}" data-parameter autocomplete="off"{" data-animate" if animated else ""}'
    if parameter.is_choice:
        options = "".join(
            f'<option value="{number}"{" selected" if number == place else ""}>{escape(text)}</option>'
            for number, text in enumerate(parameter.texts)
        )
        return f'<div class="live-slider">{label}<select {marks}>{options}</select></div>'
    text, longest = escape(parameter.texts[place]), max(map(len, parameter.texts))
    ends = "".join(f"<span>{escape(parameter.texts[end])}</span>" for end in (0, -1))
    return (
        f'<div class="live-slider">{label}<div class="live-track">'
        f'<input type="range" min="0" max="{len(parameter.values) - 1}" value="{place}" '
        f'aria-valuetext="{text}" {marks}><span class="live-ends" aria-hidden="true">{ends}</span></div>'
        f'<output for="{key}" aria-live="off" style="min-width:{longest}ch">{text}</output></div>'
    )


def without_javascript(parameters, start):
    """The sentence for readers whose browser runs no scripts."""
    ways = [
        f"{p.label} ({', '.join(p.texts)})"
        if p.is_choice
        else f"{p.label} from {p.texts[0]} to {p.texts[-1]}"
        for p in parameters
    ]
    now = " and ".join(f"{p.label} = {p.texts[place]}" for p, place in zip(parameters, start, strict=True))
    return f"With JavaScript you could change {' and '.join(ways)} here. The picture shows {now}."


def link_values(values):
    """Numbers as a link needs them: as few digits as find every position again, at least eight."""
    for digits in range(8, 18):
        short = [float(f"{value:.{digits}g}") for value in values]
        if len(set(short)) == len(set(values)):
            return short
