"""Every control of a page: what it is meant to do, and three ways to use it.

`KINDS` is the table: a kind of control, the selector that finds it, and a function that uses it as a
reader does and returns what happened, in words. It raises AssertionError where nothing did. What
matches no selector is a control that nobody knows.
"""

import json
from dataclasses import dataclass

from playwright.sync_api import Error

# Whatever a reader may press, move or fill in. `.onlyprint` is a list of contents for paper.
FOUND = ":is(button, [role=button], summary, input, select, textarea, a[href], [onclick], [contenteditable])"
FOUND += ":not(.onlyprint *)"

# Installed before a page's own scripts. Links are followed only as far as the browser's wish to go:
# `went` holds where to, and the page stays. `pressed` is what a press counts for: what the finger or the
# pointer came down on and was let go on, or what holds both, where something slipped away in between.
# Paper is counted; what slides and fades is at its end at once.
WATCH = """
  window.went = [];
  window.printed = 0;
  addEventListener("pointerdown", (event) => (window.pressed = event.target), true);
  addEventListener("pointerup", (event) => {
    while (window.pressed?.isConnected && !pressed.contains(event.target)) window.pressed = pressed.parentNode;
  }, true);
  window.print = () => printed++;
  window.control = (number) => document.querySelector(`[data-control="${number}"]`);
  navigation.addEventListener("navigate", (event) => {
    if (event.destination.sameDocument || !event.cancelable) return;
    went.push((event.downloadRequest === null ? "" : "file ") + event.destination.url);
    event.preventDefault();
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[target=_blank]");
    if (!link || event.defaultPrevented) return;
    went.push("tab " + link.href);
    event.preventDefault();
  });
  addEventListener("DOMContentLoaded", () => {
    const style = document.createElement("style");
    style.textContent = "* { transition: none !important; scroll-behavior: auto !important }";
    document.head.append(style);
  });
"""

FIND = """
  ([found, kinds]) => [...document.querySelectorAll(found)].map((element, number) => {
    element.dataset.control = number;
    return {
      number,
      kind: kinds.findIndex((selector) => element.matches(selector)),
      name: (element.ariaLabel || element.innerText || element.textContent).trim().slice(0, 60),
      tag: element.outerHTML.match(/<[^>]*>/)[0].slice(0, 120),
    };
  })
"""

# Put away what another control has opened, bring this one to the middle of the screen, and ask: {x, y}
# to press at, `before` the value of an expression; or {hidden}, {covered} with the reason.
REACH = """
  async ([number, keys, before, lower]) => {
    const one = control(number);
    one.style.scrollMarginTop = `${lower}px`;
    const describe = (other) => `${other.tagName.toLowerCase()} ${other.id || other.className || ""}`.trim();
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.contains(one) || dialog.close());
    document.querySelectorAll(".bar-menu[open]").forEach((menu) => (menu.open = menu.contains(one)));
    for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      if (!fold.matches(".bar-menu") && one !== fold.firstElementChild) fold.open = true;
    }
    if (!one.checkVisibility({ checkVisibilityCSS: true })) return { hidden: "not drawn" };
    // What is in a column at the side is in sight: to scroll the page would change what the column shows.
    const block = one.closest("[id$=sidebar]") ? "nearest" : "center";
    // What comes near is laid out, and may push it away.
    for (let turn = 0, last = null, top = 0; top !== last && turn < 20; turn++) {
      one.scrollIntoView({ block, behavior: "instant" });
      last = top;
      await new Promise(requestAnimationFrame);
      top = one.getBoundingClientRect().top;
    }
    if (keys) {
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) return { covered: "it takes no focus" };
    }
    went.length = 0;
    if (one.hash && one.pathname === location.pathname) history.replaceState(null, "", location.pathname);
    const { left, top, width, height } = one.getClientRects()[0] ?? { width: 0, height: 0 };
    if (width < 1 || height < 1) return { hidden: "no size" };
    const [x, y] = [left + width / 2, top + height / 2];
    const hit = document.elementFromPoint(x, y);
    if (!hit) return { covered: "it lies outside of the screen" };
    if (!one.contains(hit)) return { covered: `${describe(hit)} lies above it` };
    return { x, y, before: before && eval(before) };
  }
"""

# Ask again and again: a change that takes longer than so many milliseconds is none.
PATIENCE = 5000
WAIT = """
  async () => {{
    const one = control({number}), end = performance.now() + {patience};
    for (;;) {{
      const answer = {what};
      if (answer || performance.now() > end) return answer;
      await new Promise((go) => setTimeout(go, 10));
    }}
  }}
"""


class Hidden(Exception):
    """A control that isn't there at this width."""


@dataclass
class Control:
    number: int
    kind: int
    name: str
    tag: str

    def __str__(self):
        return f"“{self.name}” {self.tag}"


class Hand:
    """A reader's way to use a page: touch, mouse or keys."""

    def __init__(self, page, way):
        self.page, self.way, self.taps = page, way, 0

    def controls(self):
        found = self.page.evaluate(FIND, [FOUND, [selector for _, selector, _ in KINDS]])
        return [Control(**one) for one in found]

    def ask(self, what, one=None):
        """A JavaScript expression, with the control as `one`."""
        return self.page.evaluate(
            f"() => {{ const one = control({one.number if one else -1}); return {what} }}"
        )

    def await_(self, what, one=None, otherwise="nothing happened"):
        """The value of the expression, as soon as it holds."""
        answer = self.page.evaluate(
            WAIT.format(number=one.number if one else -1, what=what, patience=PATIENCE)
        )
        assert answer, otherwise
        return answer

    def press(self, one, before="", key="Enter"):
        """Press it, by keys with this one; returns the value that the expression had just `before`.

        A column at the side opens other entries a moment after the page was scrolled, and one may slip away
        between the look and the press. A reader who sees that he has pressed beside it presses again.
        """
        for _ in range(3):
            place = self.reach(one, before)
            if self.way == "keys":
                self.page.keyboard.press(key)
                break
            self.point(place["x"], place["y"])
            if self.ask("!window.pressed?.isConnected || one.contains(window.pressed)", one):
                break
        return place["before"]

    def point(self, x, y):
        self.taps += 1
        (self.page.touchscreen.tap if self.way == "touch" else self.page.mouse.click)(x, y)

    def point_along(self, one, share, y):
        """At this share of a slider's width."""
        left, width = self.ask("(({ x, width }) => [x, width])(one.getBoundingClientRect())", one)
        self.point(left + width * share, y)

    def reach(self, one, before=""):
        """By turns lower on the screen: two taps on one place, as fast as here, would be a double tap."""
        asked = [one.number, self.way == "keys", before, (self.way == "touch") * (self.taps % 2) * 260]
        place = self.page.evaluate(REACH, asked)
        if place.get("hidden") and (opener := self.opener(one)):
            self.press(opener)
            for _ in range(20):  # until it has come to rest
                last, place = place, self.page.evaluate(REACH, asked)
                if place == last:
                    break
        if place.get("hidden"):
            raise Hidden(place["hidden"])
        assert "covered" not in place, f"can't be used: {place['covered']}"
        return place

    def opener(self, one):
        """The control that brings this one to light."""
        number = self.ask(
            """(() => {
              const button = (name) => document.querySelector(`.bd-header-article [data-bar=${name}]`);
              const part = one.closest(".toc-entry .toc-entry")?.parentNode.closest(".toc-entry").querySelector("a");
              const found =
                one.closest("[id^=pst-primary-sidebar]") ? button("chapters")
                : one.closest("[id^=pst-secondary-sidebar]") ? (innerWidth < 1200 ? button("sections") : part)
                : one.closest("#pst-search-dialog") ? button("search")
                : one.closest(".bar-list") ? document.querySelector(".bar-menu > summary")
                : null;
              return found?.dataset.control ?? null;
            })()""",
            one,
        )
        return number and Control(int(number), -1, "", "")


# --- What each kind is meant to do ---------------------------------------------------------------


def presses(does, then, first="0", before="", key="Enter", types=""):
    """For a kind that is pressed, or pressed and typed into, and `then` an expression holds.

    `first` brings it to light; BEFORE is what the expression `before` was until then.
    """

    def act(hand, one):
        hand.ask(first, one)
        was = hand.press(one, before, key)
        if types:
            hand.await_("document.activeElement === one", one, "it takes no focus")
            hand.page.keyboard.type(types)
        hand.await_(then.replace("BEFORE", json.dumps(was)), one, f"it never {does}")
        return does

    return act


LANDED = """(() => {
  const goal = document.getElementById(decodeURIComponent(one.hash.slice(1)));
  const bar = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const top = goal?.getBoundingClientRect().top;
  return goal && top > bar - 8 && (top < innerHeight / 2 || end);
})()"""
WANTED = "(one.target === '_blank' ? 'tab ' : one.hasAttribute('download') ? 'file ' : '') + one.href"


def leads(hand, one):
    """A link leads where its address says: in this page, to another, to a new tab."""
    before = (
        "one.getAttribute('href') === '#' ? 'top' : one.pathname === location.pathname ? 'here' : 'there'"
    )
    where = hand.press(one, before)
    if where == "there":
        wanted = hand.await_(f"went.at(-1) === {WANTED} && {WANTED}", one, "no page opens")
        return {"tab": "opens a tab", "fil": "a file comes"}.get(wanted[:3], "leads to another page")
    hand.await_(f"location.href === one.href || went.at(-1) === {WANTED}", one, "the address stays")
    if where == "here":
        hand.await_(f"!one.hash || {LANDED}", one, "the reader doesn't land there")
    return "leads to a place in this page"


def skip(hand, one):
    if hand.way != "keys":
        raise Hidden("for who comes by the tab key")
    hand.press(one)
    hand.await_("location.hash === one.hash", one, "the address stays")
    return "skips the bar"


def heading(hand, one):
    """The link beside a heading shows under a pointer; a worksheet's section, once it is asked for."""
    if hand.way != "mouse":
        raise Hidden("for a pointer that hovers")
    place = hand.ask(
        """(() => {
          const title = one.parentNode;
          if (!title.checkVisibility()) location.hash = one.hash;
          title.scrollIntoView({ block: "center", behavior: "instant" });
          const { x, y, height } = title.getBoundingClientRect();
          return [x + 5, y + height / 2];
        })()""",
        one,
    )
    hand.page.mouse.move(*place)
    return leads(hand, one)


def panel(hand, one, name, least):
    """A panel opens, the focus is in it, it closes, and the focus is back."""
    hand.press(one)
    dialog = f"document.getElementById('pst-{name}-sidebar-modal')"
    hand.await_(f"{dialog}.open", otherwise="no panel opens")
    links = hand.ask(
        f"[...{dialog}.querySelectorAll('nav a')].filter((link) => link.checkVisibility()).length"
    )
    assert links >= least, f"the panel holds {links} links, expected {least} or more"
    assert hand.ask(f"{dialog}.contains(document.activeElement)"), "the focus stays outside of the panel"
    if hand.way == "touch":
        close = hand.ask(f"{dialog}.querySelector('.panel-close').getBoundingClientRect().toJSON()")
        assert min(close["width"], close["height"]) >= 44, (
            "the button that closes it is too small for a thumb"
        )
        hand.point(close["x"] + close["width"] / 2, close["y"] + close["height"] / 2)
    else:
        hand.page.keyboard.press("Escape")
    hand.await_(f"!{dialog}.open", otherwise="the panel doesn't close")
    hand.await_("document.activeElement === one", one, "the focus isn't back at the button")
    return f"opens a panel of {links} links and closes it"


def chapters(hand, one):
    from tests.test_site import PAGES

    if hand.page.viewport_size["width"] < 992:
        return panel(hand, one, "primary", len(PAGES))
    width = "document.getElementById('pst-primary-sidebar').offsetWidth"
    before = hand.ask(width)
    hand.press(one)
    hand.await_(f"{width} === 0", otherwise="the column stays")
    assert hand.ask("one.ariaExpanded", one) == "false"
    hand.press(one)
    hand.await_(f"{width} === {before}", otherwise="the column doesn't come back")
    assert before > 100
    return "folds the column away and back"


def sections(hand, one):
    return panel(hand, one, "secondary", hand.ask("document.querySelectorAll('article section > h2').length"))


def search(hand, one):
    dialog = "document.getElementById('pst-search-dialog')"
    hand.press(one)
    if hand.ask("document.querySelector(':not(dialog) > form.bd-search')"):
        hand.await_("document.activeElement.name === 'q'", otherwise="the field has no focus")
        return "leads to the field"
    hand.await_(f"{dialog}.open", otherwise="no search opens")
    hand.await_("document.activeElement.name === 'q'", otherwise="the field has no focus")
    hand.page.keyboard.press("Escape")
    hand.await_(f"!{dialog}.open", otherwise="the search doesn't close")
    hand.await_("document.activeElement === one", one, "the focus isn't back at the button")
    if hand.way == "keys":
        for state in ("open", "closed"):
            hand.page.keyboard.press("Control+k")
            hand.await_(
                f"{dialog}.open === {str(state == 'open').lower()}", otherwise=f"Ctrl K: it isn't {state}"
            )
    return "opens the search and closes it"


def field(hand, one):
    hand.press(one)
    hand.page.keyboard.type("xor")
    hand.page.keyboard.press("Enter")
    hand.await_("/search\\.html\\?q=xor$/.test(went.at(-1))", otherwise="Enter doesn't search")
    return "searches"


def submit(hand, one):
    hand.reach(one)
    hand.ask("one.form.elements.q.value = 'xor'", one)
    hand.press(one)
    hand.await_("/search\\.html\\?q=xor$/.test(went.at(-1))", otherwise="it doesn't search")
    return "searches"


def dark(hand, one):
    colours = (
        "[document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor].join()"
    )
    seen = [hand.ask(colours)]
    for _ in range(2):
        hand.press(one)
        hand.await_(f"{colours} !== {seen[-1]!r}", otherwise="the colours stay")
        seen.append(hand.ask(colours))
        assert hand.ask("one.ariaPressed", one) == str("dark" in seen[-1]).lower()
    assert seen[0] == seen[2] != seen[1]
    return "makes the page dark and light"


def menu(hand, one):
    hand.press(one)
    hand.await_("one.parentNode.open", one, "no menu opens")
    entries = hand.ask(
        """[...one.parentNode.querySelectorAll("li > *")].map((entry) => entry.getBoundingClientRect())
             .map(({left, right, height}) => [left, innerWidth - right, height])""",
        one,
    )
    assert len(entries) >= 4, f"the menu holds {len(entries)} entries"
    assert all(left > 4 and right > 4 for left, right, _ in entries), "the menu touches the edge"
    assert all(height >= 44 for *_, height in entries), "an entry is too low for a thumb"
    hand.page.keyboard.press("Escape")
    hand.await_("!one.parentNode.open", one, "the menu doesn't close")
    return f"opens a menu of {len(entries)}"


paper = presses("prints", "printed === BEFORE + 1", before="printed")


def to_top(hand, one):
    if hand.ask("document.documentElement.scrollHeight < 3 * innerHeight"):
        return "isn't needed on a page so short"
    hand.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    hand.page.wait_for_timeout(100)
    hand.page.evaluate("scrollBy(0, -200)")
    hand.page.wait_for_timeout(100)
    if not hand.ask("one.checkVisibility()", one):
        raise Hidden("the sections are in sight")
    hand.press(one)
    hand.await_("scrollY === 0", otherwise="the page stays where it is")
    return "scrolls to the top"


def fold(hand, one):
    state = "((fold) => [fold.open, fold.offsetHeight])(one.closest('details'))"
    before, low = hand.press(one, state)
    after, high = hand.await_(
        f"(one.closest('details').open !== {str(before).lower()}) && {state}", one, "it stays"
    )
    assert (high > low) == after, "nothing comes to light"
    return "opens" if after else "closes"


def copy(hand, one):
    hand.page.evaluate("navigator.clipboard.writeText('')")
    place = hand.reach(one)
    if hand.way == "mouse":
        hand.page.mouse.move(place["x"], place["y"])
    hand.await_("getComputedStyle(one).opacity > 0.9", one, "it can't be seen")
    hand.press(one)
    code = "one.parentNode.querySelector('pre').textContent.trim()"
    hand.await_(f"(await navigator.clipboard.readText()).trim() === {code}", one, "the code isn't copied")
    return "copies the code"


# What a figure shows: its sentence, and what moves in its picture.
SHOWN = """((figure) => figure.querySelector(".live-sentence").textContent
  + [...figure.querySelectorAll("[data-part]")].map((part) => part.innerHTML).join())(one.closest("figure"))"""


def remember(hand, one):
    hand.ask(f"void (window.before = {SHOWN})", one)


def follows(hand, one):
    hand.await_(f"{SHOWN} !== window.before", one, "the figure stays")


def slider(hand, one):
    place = hand.reach(one)
    remember(hand, one)
    value = hand.ask("+one.value", one)
    if hand.way == "keys":
        hand.page.keyboard.press("End" if value < hand.ask("+one.max", one) else "Home")
    else:
        hand.point_along(one, 0.25 if value > hand.ask("one.max / 2", one) else 0.75, place["y"])
    hand.await_(f"+one.value !== {value}", one, "it doesn't move")
    follows(hand, one)
    output = "one.closest('.live-slider').querySelector('output')"
    words = f"one.getAttribute('aria-valuetext') === {output}.textContent"
    assert hand.ask(words, one), "it is read out as something else"
    return "moves, and the figure with it"


def choose_another(hand, one):
    """Another entry of a menu, by keys or by choosing it."""
    value = hand.ask("one.selectedIndex", one)
    other = (value + 1) % hand.ask("one.options.length", one)
    if hand.way == "keys":
        hand.page.keyboard.press("ArrowDown" if other else "ArrowUp")
    else:
        hand.page.locator(f"[data-control='{one.number}']").select_option(index=other)
    hand.await_(f"one.selectedIndex !== {value}", one, "nothing is chosen")


def choice(hand, one):
    """A native menu is drawn by the system: here its result is chosen, by keys where one would."""
    hand.reach(one)
    remember(hand, one)
    choose_another(hand, one)
    follows(hand, one)
    return "chooses, and the figure follows"


ANIMATED = "one.closest('figure').querySelector('[data-animate]')"


def play(hand, one):
    hand.ask(f"{ANIMATED}.value = 0, {ANIMATED}.dispatchEvent(new Event('input', {{ bubbles: true }}))", one)
    hand.press(one)
    hand.await_("one.textContent === 'Pause'", one, "it doesn't begin")
    remember(hand, one)
    follows(hand, one)
    if hand.ask("one.textContent", one) == "Pause":
        hand.press(one)
    hand.await_("one.textContent === 'Play'", one, "it doesn't pause")
    return "plays and pauses"


def step(hand, one):
    hand.page.evaluate(
        f"""() => {{ const one = control({one.number}), slider = {ANIMATED};
             slider.value = 0; slider.dispatchEvent(new Event("input", {{bubbles: true}})); }}"""
    )
    hand.press(one)
    hand.await_(f"+{ANIMATED}.value === 1", one, "no step is made")
    return "makes a step"


def reset(hand, one):
    controls = "[...one.closest('figure').querySelectorAll('[data-parameter]')]"
    begin = "(o) => o.options ? [...o.options].findIndex((own) => own.defaultSelected) : +o.defaultValue"
    values = f"{controls}.map((o) => +o.value).join()"
    start = hand.ask(f"{controls}.map({begin}).join()", one)
    hand.ask(
        f"""{controls}.forEach((o) => {{
          const last = o.options ? o.options.length - 1 : +o.max;
          o.value = ({begin})(o) === last ? 0 : last;
          o.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})""",
        one,
    )
    assert hand.ask(values, one) != start, "nothing can be moved"
    hand.press(one)
    hand.await_(f"{values} === {start!r}", one, "the figure doesn't go back to its start")
    return "goes back to the start"


def link(hand, one):
    hand.press(one)
    hand.await_("one.textContent === 'Link copied'", one, "it doesn't say that a link was copied")
    held = hand.page.evaluate("navigator.clipboard.readText()")
    name = hand.ask("one.closest('figure').dataset.name", one)
    here = hand.ask("location.href")
    assert held == here, f"the link is {held}, the address {here}"
    assert f"#{name}." in held, f"the clipboard holds {held!r}"
    return "copies a link"


def large(hand, one):
    hand.press(one)
    hand.await_("one.closest('dialog')?.open", one, "the figure doesn't stand alone")
    hand.press(one)
    hand.await_("!one.closest('dialog')", one, "there is no way back")
    return "shows the figure alone, and brings it back"


def statement(hand, one):
    if hand.way == "touch":  # the first tap shows what the slide prints, the second follows
        hand.press(one)
        hand.await_("document.querySelector('.statement-note')?.checkVisibility()", one, "nothing is shown")
    said = leads(hand, one)
    hand.page.keyboard.press("Escape")  # else it lies above what is pressed next
    hand.await_("!document.querySelector('.statement-note').checkVisibility()", one, "the note stays")
    return said


def ledger(hand, one):
    hand.reach(one)
    shown = "[...document.querySelectorAll('.statement')].filter((card) => card.checkVisibility()).length"
    before, said = hand.ask(shown), hand.ask("one.form.querySelector('output').textContent", one)
    if hand.way == "keys":
        hand.page.keyboard.press("ArrowDown")
    else:
        hand.page.locator(f"[data-control='{one.number}']").select_option(index=1)
    hand.await_(f"{shown} < {before}", otherwise="nothing is left out")
    assert hand.ask("one.form.querySelector('output').textContent", one) != said, "the number stays"
    after = hand.ask(shown)
    hand.ask("one.form.reset(), one.dispatchEvent(new Event('input', { bubbles: true }))", one)
    return f"leaves {after} of {before} statements"


def count(hand, one):
    """Of files that were handed in: it isn't there before (tests/test_teachers.py)."""
    assert not hand.ask("one.checkVisibility()", one), "there is nothing to be counted"
    return "waits for files"


QUESTION, ALL_TYPED = (
    "one.closest('.ask')",
    "[...one.form.elements].map((field) => field.value).join().length",
)
GIVEN = f"{QUESTION}.querySelector('.ask-given').textContent"
SAID = f"[...{QUESTION}.querySelectorAll('.ask-verdict, .ask-words li')]"  # of all, and of each blank
ANSWERED = f"void {QUESTION}.querySelector('[data-ask=reveal]').click()"
CHOSEN = """void (window.asked = false, one.addEventListener(
  "click", (event) => (event.preventDefault(), window.asked = true), { once: true }))"""

files = presses("asks for files", "window.asked", first=CHOSEN, key="Space")  # the system would ask which
answer = presses("takes an answer", "one.value.includes('1')", types="1")
option = presses("is chosen", "one.checked", key="Space")
type_key = presses("types itself", f"{ALL_TYPED} > BEFORE", before=ALL_TYPED)
check = presses(
    "gives a verdict",
    f"{SAID}.some((own) => own.innerText)",
    first=f"{SAID}.forEach((own) => own.replaceChildren())",
)
anew = presses("asks with other numbers", f"{GIVEN} !== BEFORE", first=ANSWERED, before=GIVEN)
practise = presses("brings back what was missed", "one.closest('.ask-record').querySelector('.ask')")
save = presses("saves a file", "went.at(-1)?.startsWith('file blob:')")
forget = presses("forgets the answers", "!document.querySelector('.ask[data-state]')")


def reveal(hand, one):
    if hand.ask(f"{QUESTION}.dataset.state === 'right'", one):
        return "isn't needed any more"  # by luck, all options having been chosen in turn
    hand.press(one)
    hand.await_(f"one.hidden && {QUESTION}.querySelector('.ask-answer').open", one, "the answer stays away")
    return "shows the answer"


def answer_fold(hand, one):
    hand.ask(ANSWERED, one)
    return fold(hand, one)


def move(hand, one):
    """A line moves, if it isn't at its end already."""
    lines = "[...one.closest('ol').children]"
    place = f"{lines}.indexOf(one.closest('li'))"
    before, last = hand.press(one, place), hand.ask(f"{lines}.length - 1", one)
    up = "up" in one.name
    hand.await_(f"{place} === {max(before - 1, 0) if up else min(before + 1, last)}", one, "the line stays")
    return "moves a line"


# That Python starts, tests/test_python_page.py sees: here it is asked to, and told what went wrong.
NO_PYTHON = "void (window.began = 0, python.start = () => Promise.reject(new Error(`Not now ${++began}`)))"
PANEL, PYTHON_BOX = "one.closest('.python-panel')", "one.closest('.python-box')"
ALL_RESET = f"/^(All steps are|Nothing has)/.test({PANEL}.querySelector('[role=status]').textContent)"

start_python = presses("starts Python", f"{PANEL}.innerText.includes('Not now 1')", first=NO_PYTHON)
python_box = presses("takes a line", "one.value.length > BEFORE", before="one.value.length", types="1")
python_reset_all = presses("resets", ALL_RESET)


def for_a_thumb(hand, one):
    size = hand.ask("Math.min(one.offsetWidth, one.offsetHeight)", one)
    assert hand.way != "touch" or size >= 44, f"{size} px are too small for a thumb"


def python_key(hand, one):
    """It types itself where the cursor is, but for the one that takes an indent back."""
    hand.ask(f"((field) => field.setSelectionRange(8, 8))({PYTHON_BOX}.querySelector('textarea'))", one)
    value = f"{PYTHON_BOX}.querySelector('textarea').value"
    length = hand.press(one, f"{value}.length")
    for_a_thumb(hand, one)
    if "back" not in one.name:
        hand.await_(f"{value}.length > {length}", one, "it types nothing")
    return "types itself"


def python_run(hand, one):
    """A cell that was typed into by a test may raise: that is an answer, too."""
    hand.press(one)
    idle = f"!{PYTHON_BOX}.querySelector('[data-python=stop]')"
    said = f"!/^(|Running …)$/.test({PYTHON_BOX}.querySelector('[role=status]').textContent)"
    hand.await_(f"{idle} && {said}", one, "nothing is said")
    for_a_thumb(hand, one)
    return "is answered"


def python_reset(hand, one):
    label = hand.press(one, "one.textContent")
    back = f"{PYTHON_BOX}.querySelector('textarea').value"
    hand.await_(f"{back} && one.textContent.length", one, "nothing is left")
    return "resets" if label == "Reset" else "brings back"


# The playground, before Python comes: what the run does with it, tests/test_playground_page.py sees.

PLAY_SAID = "document.querySelector('.play-said').textContent"
BRING = """void ((label) => {
  const choose = (name, value) => {
    const field = document.querySelector(`.playground [name=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  if (one.closest(".play-own")) choose("data", "own");
  if (label?.dataset.when) choose("data", label.dataset.when.split(" ")[0]);
  if (one.name?.startsWith("width")) choose("layers", 4);
})(one.closest("label"))"""


start_playground = presses("starts Python", f"{PLAY_SAID} === 'Not now 1'", first=NO_PYTHON)
write_setting = presses("takes what is written", "one.value.includes('1')", first=BRING, types="1")
choose_class = presses("is chosen", "one.checked", first=BRING, key="Space")


def run_playground(hand, one):
    """Train, One step, Start again: without Python there is nothing to be trained, and they say so."""
    hand.reach(one) if hand.way != "keys" else None
    assert hand.ask("one.disabled", one), "it can be pressed before there is Python"
    return "waits for Python"


def rate(hand, one):
    place = hand.reach(one)
    number = "document.querySelector('.playground [name=alpha]').value"
    before = hand.ask(number)
    if hand.way == "keys":
        hand.page.keyboard.press("ArrowLeft")
    else:
        hand.point_along(one, 0.25 if hand.ask("+one.value > 0", one) else 0.75, place["y"])
    after = hand.await_(f"{number} !== {before!r} && {number}", otherwise="the number stays")
    assert hand.ask("one.getAttribute('aria-valuetext')", one) == f"α = {after}"
    return "moves, and the number with it"


def choose_setting(hand, one):
    hand.ask(BRING, one)
    if hand.ask("one.options.length < 2", one):
        return "has nothing to choose from before there is Python"
    hand.reach(one)
    choose_another(hand, one)
    return "chooses"


PLAYED = {  # what a button changes: an expression that is another afterwards
    "gradients": "one.ariaPressed",
    "seed": "document.querySelector('.playground [name=seed]').value",
    "add": "document.querySelectorAll('.play-table tbody tr').length",
    "copy": "one.textContent",
    "link": "one.textContent",
}


def press_playground(hand, one):
    hand.ask(BRING, one)
    what = hand.ask("one.dataset.play", one)
    if what in ("clear", "take"):
        text = "document.querySelector('.play-own textarea')"
        hand.ask(f"void ({text}.value = '1, 2, 0', document.querySelector('[data-play=take]').click())")
        hand.ask(f"void ({text}.value = '3, 4, 1; 0, 0, 0; 1, 1, 1')")
        hand.press(one)
        rows = {"clear": 0, "take": 3}[what]
        hand.await_(f"{PLAYED['add']} === {rows}", one, "the points stay")
        return f"leaves {rows} points"
    hand.reach(one)
    before = hand.press(one, f"String({PLAYED[what]})")
    hand.await_(f"String({PLAYED[what]}) !== {before!r}", one, "nothing changes")
    return f"does what {what} says"


# In this order: the first selector that matches. The last is for links in running text.
KINDS = [
    ("chapters", "[data-bar=chapters]", chapters),
    ("on this page", "[data-bar=sections]", sections),
    ("search", "[data-bar=search]", search),
    ("light or dark", "[data-bar=dark]", dark),
    ("menu", ".bar-menu > summary", menu),
    ("print", "[data-bar=print]", paper),
    ("entry of the menu", ".bar-list a", leads),
    ("entry of the chapters", "#pst-primary-sidebar a", leads),
    ("entry of the sections", "#pst-secondary-sidebar a", leads),
    ("search field", "form.bd-search input", field),
    ("search button", "form.bd-search button", submit),
    ("skip link", ".skip-link a", skip),
    ("back to the top", "#pst-back-to-top", to_top),
    ("answer's fold", ".ask-answer > summary", answer_fold),
    ("count", ".ask-collect button, .ask-collect summary", count),
    ("fold", "article details > summary", fold),
    ("copy", "button.copybtn", copy),
    ("slider", "input[type=range][data-parameter]", slider),
    ("choice", "select[data-parameter]", choice),
    ("play", "figure [data-do=play]", play),
    ("step", "figure [data-do=step]", step),
    ("reset", "figure [data-do=reset]", reset),
    ("copy link", "figure [data-do=link]", link),
    ("show large", "figure [data-do=large]", large),
    ("filter", ".ledger-filter select", ledger),
    ("files", ".ask-collect input[type=file]", files),
    ("answer", ".ask form input[type=text], .ask-record input", answer),
    ("option of a question", ".ask-options input", option),
    ("key", ".ask-keys button", type_key),
    ("check", ".ask [type=submit]", check),
    ("show the answer", "[data-ask=reveal]", reveal),
    ("other numbers", "[data-ask=anew]", anew),
    ("move a line", ".ask-moves button", move),
    ("practise", "[data-ask=practise]", practise),
    ("save", "[data-ask=save]", save),
    ("forget", "[data-ask=forget]", forget),
    ("start the playground", "[data-play=start]", start_playground),
    ("train", ".play-bar [data-play]", run_playground),
    ("learning rate", "#play-alpha", rate),
    ("field of the playground", ".playground :is(input[type=text], textarea)", write_setting),
    ("setting of the playground", ".playground select", choose_setting),
    ("class of a point", ".playground input[type=radio]", choose_class),
    ("button of the playground", ".playground [data-play]", press_playground),
    ("start Python", "[data-python=start]", start_python),
    ("box", ".python-box textarea", python_box),
    ("key", ".python-box [data-python=key]", python_key),
    ("check a step", "[data-python=check]", python_run),
    ("run a cell", "[data-python=run]", python_run),
    ("reset a step", "[data-python=reset]", python_reset),
    ("save the notebook", "[data-python=save]", save),
    ("reset all steps", "[data-python=reset-all]", python_reset_all),
    ("previous or next", ".page-turn a", leads),
    ("link to a heading", "a.headerlink", heading),
    ("statement", "a[data-statement]", statement),
    ("link", "article a, .extra_footer a", leads),
]


def use(hand, controls, due):
    """Use those controls whose number is due: {number: what it did}, and complaints.

    A control that isn't there at this width is in neither.
    """
    did, complaints = {}, []
    # Whoever forgets the answers has new questions before him: that comes last.
    for one in sorted(controls, key=lambda one: KINDS[one.kind][0] == "forget"):
        if one.number not in due:
            continue
        kind, _, act = KINDS[one.kind]
        try:
            did[one.number] = act(hand, one)
        except Hidden:
            pass
        except (AssertionError, Error) as error:
            complaints.append(f"{hand.way}: {kind} {one}: {str(error).split(chr(10))[0]}")
    return did, complaints
