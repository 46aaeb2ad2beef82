// The workshop's cells on the page: once Python is here, each step is a box to write into, with *Check*
// under it. Before, without scripts and in print, the page is what the notebook is.
//
// State is a notebook's, run from top to bottom: before a cell runs, the cells above it run that haven't
// yet as they now stand, quietly. A program that uses the verdicts (`done`) has the checks run, too.
(() => {
  "use strict";
  const KEYS = { "⇥": "Indent", "⇤": "Take the indent back", "(": "Opening bracket", ")": "Closing bracket", "@": "At sign", _: "Underscore" }; // for thumbs
  const TYPED = [[/[“”„]/g, '"'], [/[‘’]/g, "'"], [/[–—−]/g, "-"], [/…/g, "..."], [/\u00a0/g, " "]]; // what phones make of " ' - ...
  const article = document.querySelector("article.bd-article");

  function make(tag, { on = {}, ...attributes } = {}, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    Object.entries(on).forEach(([event, act]) => element.addEventListener(event, act));
    element.append(...children);
    return element;
  }
  const button = (name, text, click) => make("button", { type: "button", "data-python": name, on: { click } }, text);

  // ---------------------------------------------------------------- The cells of the page

  const code = [...article.querySelectorAll("div.cell")].map((element) => ({
    element,
    source: element.querySelector(".cell_input pre").textContent.trimEnd(),
  }));
  const checks = code.filter(({ source }) => source.startsWith("done["));
  const [first, ...boxes] = code.filter((one) => !checks.includes(one));
  first.name = "The first cell";
  for (const one of boxes) {
    one.check = checks.find(({ element }) => element === one.element.nextElementSibling);
    one.name = one.check?.source.match(/"(\w+)"/)[1] ?? one.element.closest("section").querySelector("h2, h3").firstChild.textContent;
  }
  const steps = boxes.filter(({ check }) => check);

  // What is written is kept in this browser, each box by itself: two tabs don't take each other's.
  const kept = (one) => localStorage.getItem(`workshop/${one.name}`);
  function keep(one) {
    try {
      if (one.field.value === one.source) localStorage.removeItem(`workshop/${one.name}`);
      else localStorage.setItem(`workshop/${one.name}`, one.field.value);
    } catch {} // there is no room: it lasts as long as the page
  }

  // ---------------------------------------------------------------- A box to write into

  // Typed as if by hand, so that the browser can take it back.
  function type(field, text, from = field.selectionStart, to = field.selectionEnd) {
    field.focus();
    field.setSelectionRange(from, to);
    const command = text ? ["insertText", false, text] : ["delete"];
    if (from === to && !text) return;
    if (!document.execCommand(...command)) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input"));
    }
  }

  // Four spaces more or less before each line of the selection; without one, at the place of the cursor.
  function indent(field, less) {
    const { value, selectionStart: start, selectionEnd: end } = field;
    const begin = value.lastIndexOf("\n", start - 1) + 1;
    if (start === end && !less) return type(field, " ".repeat(4 - ((start - begin) % 4)));
    const lines = value.slice(begin, end);
    const moved = less ? lines.replace(/^ {1,4}/gm, "") : lines.replace(/^(?=.)/gm, "    ");
    if (moved === lines) return;
    type(field, moved, begin, end);
    if (start === end) field.setSelectionRange(...Array(2).fill(Math.max(begin, start + moved.length - lines.length)));
    else field.setSelectionRange(begin, begin + moved.length);
  }

  // A new line begins where the last one did, and deeper after a colon.
  function newLine(field) {
    const before = field.value.slice(0, field.selectionStart).split("\n").at(-1);
    type(field, "\n" + before.match(/^ */)[0] + (/:\s*(#.*)?$/.test(before) ? "    " : ""));
  }

  function box(one) {
    const field = make("textarea", {
      "aria-label": one.check ? `Your lines for ${one.name}` : `The program under “${one.name}”`,
      "aria-describedby": "python-keys", wrap: "off", spellcheck: "false", autocomplete: "off", autocorrect: "off", autocapitalize: "off",
    });
    let leaves = false; // Escape was pressed: Tab goes on
    field.addEventListener("keydown", (event) => {
      const { key, shiftKey } = event;
      if (key === "Tab" && !leaves) indent(field, shiftKey);
      else if (key === "Enter" && (shiftKey || event.ctrlKey || event.metaKey)) go(one, Boolean(one.check));
      else {
        leaves = key === "Escape" || (leaves && ["Tab", "Shift"].includes(key));
        return;
      }
      event.preventDefault();
    });
    field.addEventListener("blur", () => (leaves = false));
    field.addEventListener("beforeinput", (event) => {
      if (!["insertLineBreak", "insertParagraph"].includes(event.inputType)) return;
      event.preventDefault();
      newLine(field);
    });
    field.addEventListener("input", () => {
      const plain = TYPED.reduce((text, [sign, own]) => text.replace(sign, own), field.value);
      if (plain !== field.value) {
        const place = plain.length - field.value.length + field.selectionEnd;
        field.value = plain;
        field.setSelectionRange(place, place);
      }
      one.lost = null;
      grown(one);
      keep(one);
    });
    return field;
  }

  function grown(one) {
    one.field.rows = one.field.value.split("\n").length;
    one.reset.textContent = one.lost === null ? "Reset" : "Bring back";
  }

  function write(one, text) {
    one.field.value = text;
    grown(one);
    keep(one);
  }

  // What was written goes, and can be had back until something else is written.
  function reset(one) {
    const { lost } = one;
    one.lost = lost === null && one.field.value !== one.source ? one.field.value : null;
    write(one, lost ?? one.source);
    clear(one);
  }

  const touch = (field, key) => {
    if (key === "⇥" || key === "⇤") indent(field, key === "⇤");
    else type(field, key);
  };

  function furnish(one) {
    one.field = box(one);
    one.lost = null;
    one.reset = button("reset", "Reset", () => reset(one));
    one.stop = button("stop", "Stop", () => python.stop()); // there while something runs
    one.run = button("run", "Run", () => go(one, false));
    one.printed = make("pre", { tabindex: "0", role: "region", "aria-label": `Printed by ${one.name}`, hidden: "" });
    one.verdict = make("p", { role: "status" });
    const keys = Object.entries(KEYS).map(([key, name]) => {
      const made = button("key", key, () => touch(one.field, key));
      made.ariaLabel = name;
      made.addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard stays up
      return made;
    });
    const buttons = make("div", { class: "python-buttons" }, ...(one.check ? [button("check", "Check", () => go(one, true))] : []), one.run, one.reset);
    one.element.append(make("div", { class: "python-box" }, one.field, make("div", { class: "python-keys" }, ...keys), buttons, one.printed, one.verdict));
    one.element.classList.add("python-written");
    one.check?.element.classList.add("python-checked");
    write(one, kept(one) ?? one.source);
  }

  // ---------------------------------------------------------------- Running

  let busy = null; // the box that runs

  // The one sentence under a box, which is read out.
  function tell(one, sentence, kind = "") {
    one.verdict.textContent = sentence;
    one.verdict.dataset.kind = kind;
  }

  function clear(one) {
    tell(one, "");
    one.printed.hidden = true;
    one.printed.textContent = "";
  }

  function print(one, text) {
    one.printed.hidden = false;
    one.printed.append(text);
  }

  async function started(words) {
    await python.start(words);
    if (first.ran) return;
    code.forEach((one) => (one.ran = one.checked = null));
    const done = await run(first, first.source);
    if (!done.ok) throw new (done.stopped ? Stopped : Error)(done.error);
  }

  const text = (one) => one.field?.value ?? one.source;
  class Stopped extends Error {}

  // Run a cell as it now stands. What came of it is told by whoever asked for it.
  async function run(one, own, onText = () => {}, name = one.name) {
    const done = await python.run(own, { name, onText, limit: Number(panel.dataset.limit) });
    if (done.stopped) {
      one.endless = own; // it isn't run again unasked
      first.ran = null; // and the next worker has seen nothing yet
    } else if (own !== one.check?.source) {
      one.ran = own;
      one.endless = null;
    }
    return done;
  }

  // A cell above the one that is asked for. Returns a remark.
  async function quietly(one) {
    if (one.ran === text(one)) return "";
    if (one.endless === text(one)) return `${one.name}, above, was left out: it didn’t come to an end.\n`;
    const done = await run(one, text(one));
    if (done.stopped) throw new Stopped(`${done.error} It was ${one.name}, above, that ran.`);
    return done.ok ? "" : `${one.name}, above, has an error: ${done.error.split("\n").at(-1)}\n`;
  }

  // The check of a step whose cell has run. Its last line is the verdict.
  async function judge(one) {
    const lines = [];
    const done = await run(one, one.check.source, (said) => lines.push(said), `the check of ${one.name}`);
    if (done.stopped) throw new Stopped(done.error);
    const said = (lines.join("") + done.error).trimEnd().split("\n");
    const verdict = done.ok ? said.pop() : said.splice(0).join("\n");
    one.right = verdict.startsWith(`${one.name}: right.`);
    one.checked = one.ran;
    tell(one, verdict, one.right ? "right" : done.ok ? "wrong" : "error");
    if (said.length) print(one, said.join("\n"));
    count();
  }

  // Run a box, and what it needs; then its check.
  async function go(one, check) {
    if (busy) return tell(one, `${busy.name} still runs: wait for it, or stop it.`);
    const pressed = document.activeElement;
    busy = one;
    one.reset.after(one.stop);
    clear(one);
    const slow = setTimeout(() => (one.verdict.textContent ||= "Running …"), 500);
    try {
      await started((words) => (one.verdict.textContent = words));
      const verdicts = /\bdone\b/.test(text(one));
      for (const other of boxes.slice(0, boxes.indexOf(one))) {
        if (!other.check) continue; // programs define nothing that a step needs
        const remark = await quietly(other);
        if (remark) print(one, remark);
        if (!verdicts || other.checked === text(other) || other.ran !== text(other)) continue;
        clear(other);
        await judge(other);
      }
      const done = await run(one, text(one), (said) => print(one, said));
      if (done.stopped) throw new Stopped(done.error);
      if (!done.ok) tell(one, done.error, "error");
      else if (check) await judge(one);
      else tell(one, one.printed.hidden ? "It ran, and printed nothing." : "It ran.");
    } catch (error) {
      tell(one, error.message, "error");
      if (error instanceof Stopped) again(one, error.message);
    } finally {
      clearTimeout(slow);
      if (document.activeElement === one.stop) (pressed?.isConnected ? pressed : one.run).focus();
      one.stop.remove();
      busy = null;
    }
  }

  // Python was ended to stop it: a new one starts, so that the next run doesn't wait for it.
  function again(one, sentence) {
    tell(one, `${sentence} Python starts afresh; what the cells above define comes back with the next run.`, "error");
    python.start().catch(() => {}); // whoever runs something next hears why
  }

  // ---------------------------------------------------------------- The panel above

  const how = make("p", {}, "Write and check right here: this page can fetch Python with NumPy and the course’s code, and then each step has a box to write into.");
  const status = make("p", { role: "status" });
  const begin = button("start", `Start Python here (about ${python.megabytes}\u00a0MB, once)`, start);
  const panel = make("div", { class: "python-panel", role: "group", "aria-label": "Python on this page", tabindex: "-1", "data-limit": "20" }, how, begin, status); // seconds that a run may take
  first.element.before(panel);

  const lack = python.lack();
  if (lack) {
    begin.remove();
    how.textContent = lack;
  }

  let starting = false;
  async function start() {
    if (starting) return;
    starting = true;
    status.textContent = "Python is coming …";
    try {
      await started((words) => (status.textContent = words));
      boxes.forEach(furnish);
      how.textContent = "Write into the box of a step and press Check. What you write stays in this browser.";
      how.after(make("p", { id: "python-keys", class: "python-hint" }, "Tab indents; Escape, then Tab leaves a box. Shift and Enter check it."));
      begin.replaceWith(make("div", { class: "python-buttons" }, button("save", "Save as a notebook", save), button("reset-all", "Reset all steps", resetAll)));
      panel.focus({ preventScroll: true });
      count();
    } catch (error) {
      status.textContent = error.message;
    }
    starting = false;
  }

  function count() {
    status.textContent = `Python is here. Right so far: ${steps.filter(({ right }) => right).length} of ${steps.length} steps.`;
  }

  function resetAll() {
    const written = boxes.filter((one) => one.field.value !== one.source);
    written.forEach(reset);
    status.textContent = written.length ? "All steps are as they were. Bring back, under a step, brings back what you wrote there." : "Nothing has been written yet.";
  }

  // The notebook of this page, with what was written in the place of what it held.
  async function save() {
    try {
      const response = await fetch(document.querySelector('.bar-list a[href*="_sources/"]').href);
      if (!response.ok) throw new Error();
      const notebook = await response.json();
      const own = notebook.cells.filter(({ cell_type, metadata }) => cell_type === "code" && !metadata.tags?.includes("remove-cell"));
      notebook.cells.filter(({ cell_type }) => cell_type === "code").forEach((cell) => Object.assign(cell, { outputs: [], execution_count: null }));
      own.forEach((cell, k) => (cell.source = text(code[k])));
      const link = make("a", { href: URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1)], { type: "application/x-ipynb+json" })), download: "workshop.ipynb" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      status.textContent = "The notebook holds what you wrote; it runs in Colab, or on your own machine.";
    } catch {
      status.textContent = "The notebook can’t be fetched just now: is there a network?";
    }
  }
})();
