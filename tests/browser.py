"""Helpers for tests in a real browser: a server for the built site, and figures drawn afresh.

A chapter's figures are found by running its notebook with `explore` replaced by a recorder.
"""

import contextlib
import functools
import http.server
import importlib.util
import io
import os
import re
import threading
from pathlib import Path

import browsers
import matplotlib.pyplot as plt
import nbformat
import numpy as np
from matplotlib.backends import backend_svg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

import lib.explore
from lib.explore import Slider
from lib.live.layout import arrange, layouts
from lib.live.svg import Renderer
from tests.helpers import ROOT

SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html"))  # the built site,
UNSTAGED = SITE.parent / "unstaged"  # what Sphinx has left, before _ext/stage,
CHAPTERS = Path(os.environ.get("CHAPTERS", ROOT / "chapters"))  # and the notebooks it is made from

CHROMIUM = browsers.headless()
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"  # letters as wide as in a window
).split()


SCREEN, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

# Milliseconds that the handler of an input event takes, sorted: all controls of a figure are moved.
HANDLER_TIMES = """
  (root) => {
    const controls = [...root.querySelectorAll("[data-parameter]")], times = [];
    for (let k = 0; k < 60; k++) {
      controls.forEach((control, p) => {
        const last = control.max === undefined ? control.options.length - 1 : +control.max;
        control.value = Math.round(((k * (7 + 4 * p)) % 60) / 59 * last);
        const began = performance.now();
        control.dispatchEvent(new Event("input", {bubbles: true}));
        times.push(performance.now() - began);
      });
    }
    if (!root.dataset.shown) throw Error(`${root.dataset.name} has shown nothing: its pictures aren't there`);
    return times.sort((a, b) => a - b);
  }
"""

PLACES = re.compile(r'\b(?:d|x|y|width|height)="[^"]*"')  # in an SVG
DECIMALS = re.compile(r"-?\d+\.\d{3,}(?![\dp])")  # of points: the size of the sheet stays


class Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/favicon.ico":  # every browser asks, no page of ours names one
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # of five, as Python has it, a browser's sixth waits for seconds, or a minute


@contextlib.contextmanager
def served(folder, handler=Quiet):
    """The address of a local server for the files in `folder`."""
    handler = functools.partial(handler, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


CHANGED = """({ width, height }) => innerWidth !== width || innerHeight !== height
  || ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion)"].some((media) => matchMedia(media).matches)"""


# What waits for an answer is in sight, as for a reader who has answered; tests of the waiting say otherwise.
ANSWERED = """document.querySelectorAll(".tag_answer, .explanation").forEach((one) => one.classList.add("ask-open"))"""
AT_ONCE = f"addEventListener('DOMContentLoaded', () => {ANSWERED})"


class Tabs:
    """Opens pages, and hears what they ask from anybody else and what they complain about."""

    def __init__(self, chromium, site):
        self.chromium, self.site = chromium, site
        self.contexts, self.kept, self.elsewhere, self.complaints = [], {}, [], []

    def open(
        self,
        path,
        address=None,
        fragment="",
        wait_until="domcontentloaded",
        script="",
        waiting=False,
        **options,
    ):
        context = self.chromium.new_context(**{"viewport": SCREEN, "color_scheme": "light"} | options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(script + ("" if waiting else f";\n{AT_ONCE}"))  # runs before the page's own
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", self.hear_request)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.goto(f"{address or self.site}/{path}{fragment}", wait_until=wait_until)
        return page

    def keep(self, path, viewport=SCREEN, **options):
        """A page that is all laid out, as if it had just been opened; as long as nobody asks for another.

        What was moved on it is still where it is, so whoever asks begins by moving it.
        """
        key = tuple(sorted(options.items()))
        shown, page = self.kept.get(key, (None, None))
        if shown != path:
            if page:
                page.context.close()
            page = self.open(path, wait_until="load", viewport=viewport, **options)
            self.kept[key] = path, page
            lay_out(page)
        if page.evaluate(CHANGED, viewport):  # to ask in vain costs a layout of the page
            page.set_viewport_size(viewport)
            page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
        return page

    def hear_request(self, request):
        if not request.url.startswith(("data:", "blob:", "file:", f"{self.site}/")):
            self.elsewhere.append(request.url)

    def close(self):
        for context in self.contexts:
            context.close()

    def assert_quiet(self):
        """Nothing was asked from anybody else, and nothing went wrong, since the last time."""
        heard = self.elsewhere[:], self.complaints[:]
        self.elsewhere.clear()
        self.complaints.clear()
        assert heard == ([], [])


def lay_out(page):
    """Have all laid out (_ext/stage/layout.py), by any move: what isn't has no text and no place of its own.

    At once, as where a link into the page is followed: in slices, a chapter takes two seconds.
    """
    if page.locator("html.partly").count():
        page.keyboard.press("Shift")
        page.evaluate("dispatchEvent(new Event('hashchange'))")
    page.wait_for_function("!document.documentElement.matches('.partly')")


TOUCH = """names => names.forEach((name) =>
  document.querySelector(`figure.live[data-name=${name}]`).dispatchEvent(new Event("pointerenter")))"""
FETCHED = "names => names.every((name) => window.liveFigures?.[name])"


def fetch_figures(page, names):
    """The pictures of the figures are there: whoever is touched fetches them."""
    lay_out(page)
    page.evaluate(TOUCH, names)
    await_figures(page, names)


def await_figures(page, names):
    """The same, where something else has asked for them."""
    page.wait_for_function(FETCHED, arg=names)
    page.evaluate("() => new Promise(setTimeout)")  # explore.js hears of it before this does


def put_in_theme(page, theme):
    """The page follows the system's colours: it has the theme, "light" or "dark", a moment later."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)


AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"
AXE_FINDS = """async ([where, options]) => {
  await Promise.all(document.getAnimations().map((one) => one.finished)); // colours that fade in
  const { violations } = await axe.run(eval(where), { preload: false, resultTypes: ["violations"], ...options });
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => [rule.impact, `${rule.id}: ${rule.help}: ${node.html.slice(0, 120)}`]));
}"""


def barriers(page, where="document", **options):
    """What axe-core's rules find on a page, or in a part of it: [(impact, sentence)]."""
    if page.evaluate("!window.axe"):
        page.add_script_tag(path=AXE)
    return page.evaluate(AXE_FINDS, [where, options])


def figures_of(notebook):
    """{name: (fig, update, sliders)} of all live figures of a notebook, by running its code cells."""
    found = {}

    def record(fig, update, sliders, *, name, start=None, **_):
        plt.close(fig)
        sliders = {key: own if isinstance(own, Slider) else Slider(own) for key, own in sliders.items()}
        fig.set_dpi(72)
        for layout in layouts(fig):
            arrange(fig, layout)  # the last is that of a laptop
        FigureCanvasSVG(fig)  # the layout depends on who draws: letters have other widths
        fig.draw_without_rendering()
        update(**{key: next(iter(own.values)) for key, own in sliders.items()} | (start or {}))
        for _ in range(2):  # the layout is that of the start, on the page as in a notebook,
            fig.draw_without_rendering()  # and needs a second look at its own result
        fig.set_layout_engine("none")
        found[name] = fig, update, sliders

    explore, lib.explore.explore = lib.explore.explore, record
    try:
        space = {"__name__": "__main__", "display": lambda *_, **__: None}
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "code":
                exec(re.sub(r"^( *)[%!].*", r"\1pass", cell.source, flags=re.MULTILINE), space)
    finally:
        lib.explore.explore = explore
    return found


def fresh_svg(fig, update, values):
    """Matplotlib's own SVG of the figure at these values, untouched by `lib.live`; and the sentence.

    Only the letters are treated as on the page: words as text, formulas as outlines. And places have two
    decimals, as there: Chromium sets letters on whole pixels and edges on parts of one, so a thousandth of
    a pixel beside the border between two moves a word or a line by one.
    """
    sentence = update(**values)
    text, original = io.StringIO(), backend_svg.RendererSVG
    backend_svg.RendererSVG = Renderer
    try:
        with plt.rc_context({"image.composite_image": False}):
            fig.savefig(text, format="svg")
    finally:
        backend_svg.RendererSVG = original
    svg = text.getvalue()
    svg = PLACES.sub(lambda own: DECIMALS.sub(lambda one: f"{float(one[0]):.2f}", own[0]), svg)
    return svg[svg.index("<svg") :], sentence


def difference(one, other):
    """Two screenshots: the share of pixels that differ visibly, and how many differ as a block.

    Antialiasing differs along edges, a pixel wide; where three by three pixels differ together,
    something is missing or stands elsewhere.
    """
    a, b = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int) for png in (one, other))
    assert a.shape == b.shape
    off = np.abs(a - b).max(axis=2) > 32
    blocks = np.lib.stride_tricks.sliding_window_view(off, (3, 3)).all(axis=(2, 3))
    return off.mean(), int(blocks.sum())
