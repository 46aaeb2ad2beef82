"""Live figures in a kernel: doors, widgets, the picture, errors. Runs with ipywidgets 7.7.1 and 8."""

import io
import time

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

import lib.explore
from lib.explore import Slider, explore, show
from lib.figures import BLUE, ORANGE, canvas, name_axes
from lib.figures.backward import learning_curves
from lib.figures.base import COLOURS, curves
from lib.figures.diagrams import shape_boxes
from lib.live.page import data
from lib.live.scene import Scene
from lib.live.sliders import number_texts
from tests.helpers import ROOT, refuses

ALT = "A line whose slope the slider sets."
SLOPES = np.linspace(-2, 2, 21)


def drawing():
    """A figure, an update, and the calls that update saw."""
    fig, ax = canvas()
    x = np.linspace(-1, 1, 50)
    (line,) = ax.plot(x, x, "o-", label="slope")
    ax.annotate("here", (0, 0), (0.3, -1))
    ax.legend(loc="upper left")
    ax.set_ylim(-2, 2)
    name_axes(ax, "x", "y", "$y = ax$")
    calls = []

    def update(slope):
        calls.append(slope)
        line.set_ydata(slope * x)
        return f"slope: {slope:.2f}"

    return fig, update, calls


@pytest.fixture(autouse=True)
def _no_figure_stays():
    yield
    plt.close("all")


@pytest.fixture
def shown(monkeypatch):
    """What `explore` and `show` display, instead of displaying it."""
    monkeypatch.delenv("BOOK_BUILD", raising=False)
    seen = []
    monkeypatch.setattr(lib.explore, "display", lambda thing, **options: seen.append((thing, options)))
    return seen


@pytest.fixture
def in_book(shown, monkeypatch):
    """The same while the book is built: a page's face."""
    monkeypatch.setenv("BOOK_BUILD", "html")
    return shown


@pytest.fixture(params=["in_book", "shown"], ids=["page", "notebook"])
def either(request):
    return request.getfixturevalue(request.param)


def live(shown, sliders=None, update=None, fig=None, **options):
    if fig is None:
        fig, own, _ = drawing()
        update = update or own
    explore(fig, update, sliders or {"slope": SLOPES}, name="line", alt=ALT, **options)
    return shown[-1][0]


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def whole(fig):
    png = io.BytesIO()
    fig.savefig(png, format="png", dpi=fig.dpi)
    return pixels(png.getvalue())


def test_an_event_runs_update_and_replaces_the_picture(shown):
    fig, update, calls = drawing()
    figure = live(shown, fig=fig, update=update)
    before, image, count = figure.image.value, figure.image, len(calls)
    figure.controls[0].set_state({"index": 15})  # what a front end sends
    assert calls[count:] == [SLOPES[15]]
    assert figure.image is image
    assert figure.image.value != before
    assert "slope: 1.00" in figure.sentence.value


def test_the_picture_is_that_of_a_whole_drawing(shown):
    fig, update, _ = drawing()
    figure = live(shown, fig=fig, update=update)
    for index in (3, 20, 0, 11):
        figure.controls[0].index = index
        np.testing.assert_array_equal(pixels(figure.image.value), whole(fig))


def covered():
    """What lies above a moving artist stays above."""
    fig, ax = canvas()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    (low,) = ax.plot([0, 1], [0.5, 0.5], lw=20, zorder=1)
    ax.plot([0.5, 0.5], [0, 1], lw=20, zorder=5)
    return fig, lambda y: low.set_ydata([y, y])


def late():
    """An artist that begins to move late, below the others, is seen."""
    fig, ax = canvas()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    (line,) = ax.plot([0, 1], [0, 1])
    mark = ax.axvline(0.5, zorder=1, visible=False)

    def move(x):
        line.set_xdata([0, x])
        if x > 0.5:
            mark.set_visible(True)

    return fig, move


def annotated():
    """An annotation that moves by its attribute is seen."""
    fig, ax = canvas()
    note = ax.annotate("here", (0, 0.5), (5, 5), textcoords="offset points")
    return fig, lambda x: setattr(note, "xy", (x, 0.5))


@pytest.mark.parametrize("drawn", [covered, late, annotated])
def test_whatever_moves_is_seen_where_a_whole_drawing_shows_it(shown, drawn):
    fig, move = drawn()
    figure = live(shown, {"x": [0.2, 0.5, 0.8]}, lambda x: f"x = {x}, {move(x)}", fig)
    figure.controls[0].index = 2
    np.testing.assert_array_equal(pixels(figure.image.value), whole(fig))


def test_what_update_raises_is_raised_and_shown_and_forgotten_when_it_works_again(shown):
    fig, working, _ = drawing()

    def update(slope):
        if slope > 1.9:
            raise ZeroDivisionError("<too steep>")
        return working(slope)

    figure = live(shown, fig=fig, update=update)
    with pytest.raises(ZeroDivisionError, match="too steep"):
        figure.controls[0].index = 20
    assert "Traceback" in figure.trouble.value
    assert "&lt;too steep&gt;" in figure.trouble.value
    figure.controls[0].index = 3
    assert figure.trouble.value == ""


def test_what_update_raises_at_the_start_ends_the_cell(shown):
    def update(slope):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        live(shown, update=update)


def test_two_parameters_choices_step_and_reset(shown):
    fig, working, _ = drawing()
    seen = []

    def update(slope, kind):
        seen.append((slope, kind))
        return working(slope) + kind

    sliders = {"slope": Slider(SLOPES, label="slope a", unit="per step"), "kind": ["flat", "steep"]}
    figure = live(shown, sliders, update, fig, start={"kind": "steep"}, animate="slope")
    slope, kind = figure.controls
    assert isinstance(slope, ipywidgets.SelectionSlider)
    assert isinstance(kind, ipywidgets.Dropdown)
    assert slope.description == "slope a"
    assert slope.label == "−2 per step"
    kind.index = 0
    slope.index = 20
    assert seen[-1] == (SLOPES[20], "flat")
    play, step, reset = figure.children[-2].children
    step.click()
    assert slope.index == 20
    reset.click()
    assert seen[-1] == (SLOPES[0], "steep")
    step.click()
    assert slope.index == 1
    assert play.max == 20


def test_one_line_stands_for_the_figure_where_only_text_is_kept(shown):
    figure = live(shown)
    assert repr(figure) == "<live figure line: slope, 21 positions>"
    assert shown[-1][1] == {}  # nothing beside the widget: Colab would show both
    assert plt.get_fignums() == []  # else the notebook would show it once more


def test_a_page_gets_html_and_the_same_line(in_book):
    data = live(in_book)
    assert data["text/plain"] == "<live figure line: slope, 21 positions>"
    assert data["text/html"].startswith('<figure class="live" data-name="line">')
    assert in_book[-1][1] == {"raw": True}
    again = live(in_book)
    assert again == data  # the same from build to build


def test_a_still_figure_has_its_two_faces(shown, monkeypatch):
    show(drawing()[0], alt=ALT)
    assert shown[-1][1] == {"metadata": {"image/png": {"alt": ALT}}}
    monkeypatch.setenv("BOOK_BUILD", "html")
    show(drawing()[0], alt=ALT)
    data = shown[-1][0]
    assert data["text/plain"] == "<Figure size 500x320 with 1 Axes>"
    assert f'aria-label="{ALT}"' in data["text/html"]


@pytest.mark.parametrize("what", [None, "all", 1, True, [1], plt])
def test_what_is_no_figure_is_refused_and_closes_none(shown, what):
    fig, update, _ = drawing()
    for wrong in (what, fig.axes[0], (fig, fig.axes[0])):
        with refuses("fig: expected a Matplotlib figure, got"):
            explore(wrong, update, {"slope": SLOPES}, name="line", alt=ALT)
        with refuses("fig: expected a Matplotlib figure, got"):
            show(wrong, alt=ALT)
    assert plt.fignum_exists(fig.number)
    assert shown == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sliders": {"slope": []}}, "at least one position"),
        ({"sliders": {"slope": [1, np.nan]}}, "finite"),
        ({"sliders": {"slope": [1, 1]}}, "differ"),
        ({"sliders": {"slope": 3}}, "array"),
        ({"sliders": {"slope": range(601)}}, "600"),
        ({"sliders": {"a": range(30), "b": range(30)}}, "600"),
        ({"sliders": {"a": [1], "b": [1], "c": [1]}}, "one or two"),
        ({"start": {"slope": 7}}, "start"),
        ({"start": {"steepness": 1}}, "start"),
        ({"start": 1}, "start"),
        ({"animate": "epoch"}, "animate"),
        ({"animate": ["slope"]}, "animate"),
        ({"animate": np.zeros((2, 2))}, "animate"),
        ({"start": {"slope": 10**400}}, "start"),
        ({"start": {"slope": 1j}}, "start"),
        ({"sliders": {"kind": ["a", "b"]}, "start": {"kind": np.zeros((2, 2))}}, "start"),
        ({"sliders": {"kind": "abc"}}, "array"),
        ({"sliders": {"kind": {"a", "b"}}}, "array"),
        ({"sliders": {"kind": ["a", 1]}}, "finite"),
        ({"sliders": {"kind": [[1], [1, 2]]}}, "unequal"),
        ({"sliders": {"slope": Slider([1, 2], label=5)}}, "label and unit as text"),
        ({"sliders": {"slope": Slider([1, 2], unit=None)}}, "label and unit as text"),
        ({"update": lambda slope: None}, "sentence"),
        ({"update": "slope"}, "update: expected a function"),
    ],
)
def test_bad_input_is_refused(either, arguments, message):
    with refuses(message):
        live(either, **arguments)


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        (lambda ax, slope: ax.plot([0], [slope]), "added or removed"),
        (lambda ax, slope: ax.lines[0].remove() if slope > 0 and ax.lines else None, "added or removed"),
        (lambda ax, slope: ax.set_ylim(-3, 3 + slope), "limits"),
    ],
)
def test_an_update_that_does_more_than_move_is_refused(either, deed, message):
    fig, _, _ = drawing()
    with refuses(message):
        live(either, update=lambda slope: f"done: {deed(fig.axes[0], slope)}", fig=fig).controls[0].index = 20


def test_a_legend_that_looks_for_its_own_place_is_refused(shown):
    fig, update, _ = drawing()
    fig.axes[0].legend()
    with refuses("legend"):
        live(shown, fig=fig, update=update)


def test_a_page_refuses_what_depends_on_the_order_of_events(in_book):
    fig, working, _ = drawing()

    def update(slope):
        if slope > 1.9:
            fig.axes[0].lines[0].set_color(ORANGE)
        return working(slope)

    with refuses("at every call"):
        live(in_book, fig=fig, update=update)


def test_a_page_refuses_what_a_whole_drawing_only_shows(in_book):
    fig, working, _ = drawing()

    def update(slope):
        fig.axes[0].set_position([0.1, 0.1, 0.5 + 0.1 * slope, 0.5])
        return working(slope)

    with refuses("whole figure"):
        live(in_book, fig=fig, update=update)


def test_frames_that_weigh_too_much_are_refused():
    """2 MB for each drawing, a page's script and all."""
    assert len(data([], {}, ["x" * 3_999_000], [{}, {}])) < 4_000_000
    with refuses("sliders: expected frames of at most 4 MB in all, got 4.1 MB; take fewer positions"):
        data([], {}, ["x" * 4_100_000], [{}, {}])


def still(**options):
    fig, ax = canvas(**options)
    name_axes(ax, "x", "y")
    return fig, ax


def test_a_page_refuses_what_a_phone_cannot_show(in_book):
    with refuses("fig: expected at most 5 inches in width, got 5.1"):
        show(still(width=5.1)[0], alt=ALT)
    fig, ax = still()
    ax.text(0.5, 0.5, "tiny", fontsize=8)
    with refuses("fig: expected letters of at least 10 points, got 8 for 'tiny'"):
        show(fig, alt=ALT)
    with refuses("fig: expected letters of at least 10 points"):
        live(in_book, update=lambda slope: "x", fig=fig)


def test_a_page_refuses_a_colour_without_a_partner_for_the_dark(in_book):
    fig, ax = still()
    ax.plot([0, 1], color="#CC0000")
    with refuses("colour: expected one of lib.figures (BLUE, ... got #cc0000"):
        show(fig, alt=ALT)


def test_every_colour_has_a_partner_for_the_dark():
    css = (ROOT / "_static" / "book.css").read_text("utf-8")
    dark = css.split('html[data-theme="dark"]', 1)[1]
    assert [name for name in COLOURS if f"--figure-{name}: #" not in dark] == []


def test_a_page_refuses_a_slider_that_moves_nothing(in_book):
    fig, working, _ = drawing()
    sliders = {"slope": SLOPES, "idle": [1, 2, 3]}
    with refuses("sliders: expected idle to move something, got the same at each place"):
        live(in_book, sliders, lambda slope, idle: working(slope), fig)


def test_a_link_finds_every_position_again(in_book):
    fig, ax = still()
    (line,) = ax.plot([0, 1])

    def update(big):
        line.set_ydata([0, big % 10 / 10])
        return f"{big:.0f}"

    page = live(in_book, {"big": [1234567890.0, 1234567891.0, 1 / 3]}, update, fig)["text/html"]
    assert '"values":[1234567890.0,1234567891.0,0.3333333333]' in page


def test_more_curves_than_looks_are_refused():
    _, ax = canvas()
    with refuses("curves: expected at most 2, each with a look of its own, got 3"):
        curves(ax, {name: ([0, 1], [0, 1]) for name in "abc"}, ((BLUE, "-"), (ORANGE, "--")))
    assert [one.get_linestyle() for one in curves(ax, {"a": ([0], [0])}, ((BLUE, ":"), (ORANGE, "--")))] == [
        ":"
    ]
    with refuses("curves: expected at most 4, ... got 5"):
        learning_curves(np.arange(3), np.ones(3), np.ones((3, 5, 2)), list("abcde"))
    with refuses("sides: expected at most 5, ... got 6"):
        shape_boxes([("A", 1, 2), ("B", 3, 4), ("C", 5, 6)])


def test_a_slider_is_equal_to_itself_alone():
    slider = Slider(SLOPES)
    assert slider in {slider}
    assert slider != Slider(SLOPES)


def test_numbers_are_said_as_short_as_they_differ():
    assert number_texts("h", np.geomspace(1e-8, 1, 9))[:6] == [
        "10⁻⁸",
        "10⁻⁷",
        "10⁻⁶",
        "10⁻⁵",
        "0.0001",
        "0.001",
    ]
    assert number_texts("w", np.linspace(-0.3, 0.3, 7)) == ["−0.3", "−0.2", "−0.1", "0", "0.1", "0.2", "0.3"]
    assert number_texts("epoch", range(0, 2001, 1000)) == ["0", "1000", "2000"]
    assert number_texts("a", [0.12341, 0.12342]) == ["0.12341", "0.12342"]
    assert number_texts("a", [7]) == ["7"]
    assert number_texts("a", [1.5e-7, 1]) == ["1.5 × 10⁻⁷", "1"]
    assert number_texts("n", [12345.6, 12345.7]) == ["12345.6", "12345.7"]


def test_an_event_costs_a_quarter_of_a_new_plot():
    """Both sides in turn, in one run; the median of each."""
    fig, update, _ = drawing()
    scene = Scene(fig, update, {"slope": 0.0})
    scene.picture()

    def event(slope):
        scene.move({"slope": slope})
        scene.picture()

    def plot(slope):
        new, update, _ = drawing()
        update(slope)
        new.savefig(io.BytesIO(), format="png", dpi=100)
        plt.close(new)

    times = {event: [], plot: []}
    for slope in SLOPES[::3]:
        for job, taken in times.items():
            began = time.perf_counter()
            job(slope)
            taken.append(time.perf_counter() - began)
    ratio = np.median(times[event]) / np.median(times[plot])
    print(f"\nevent {1e3 * np.median(times[event]):.1f} ms, ratio {ratio:.3f}")
    assert ratio <= 0.25
