// The form of a question (lib/practice/page.py): fields, keys, the verdict, and what is open after it.
// On the site the judge, and what it knows of a page's questions, come later: the addresses stand on
// this script's tag (_ext/practice.py). In a notebook both stand with the question.
(() => {
  "use strict";
  const practice = (globalThis.practice ??= {});
  if (practice.start) return practice.start(); // a notebook brings this once per output
  const { judge: JUDGE, questions: QUESTIONS } = document.currentScript?.dataset ?? {};

  // What the reader has answered, kept in his own browser: {page: {name: {state, tries, typed}}}.
  const KEY = "practice";
  const PAGE = location.pathname.split("/").pop().replace(/\.\w+$/, "") || "page";
  const NAMELESS = /^(index|page)$/; // a notebook in VS Code or JupyterLite doesn't tell its chapter
  const storage = {
    all: {},
    load() {
      try {
        const found = JSON.parse(localStorage.getItem(KEY));
        if (found && typeof found === "object") this.all = found;
      } catch {} // blocked, or not ours: then this visit alone is remembered
    },
    of: (name) => ((storage.all[PAGE] ??= {})[name] ??= { state: "", tries: 0, typed: [] }),
    save() {
      try {
        localStorage.setItem(KEY, JSON.stringify(storage.all));
      } catch {}
      shown.records.forEach((record) => record());
    },
  };
  const shown = { questions: [], records: [] };

  function make(tag, options = {}, ...children) {
    const { on, ...attributes } = options;
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, content]) => content !== false && element.setAttribute(name, content));
    Object.entries(on ?? {}).forEach(([event, run]) => element.addEventListener(event, run));
    element.append(...children);
    return element;
  }
  const button = (text, click, more) => make("button", { type: "button", on: { click }, ...more }, text);
  const act = (name, text, click, more) => button(text, click, { "data-ask": name, ...more });
  let count = 0;
  const ids = () => `ask-${++count}`;

  // Fetch the judge and the page's keys, once; a `<script>` may also come from a file (tools/offline.py).
  let fetching = null;
  function fetchJudge() {
    const script = (src) => new Promise((load, error) => document.head.append(make("script", { src, on: { load, error } })));
    return (fetching ??= Promise.all([JUDGE, QUESTIONS].map(script)).catch((trouble) => {
      fetching = null; // the next touch tries again
      throw trouble;
    }));
  }

  // A field for an answer: no capital, correction or suggestion of a phone gets into it.
  const field = (label, more) => make("input", { type: "text", autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false", enterkeyhint: "go", "aria-label": label, ...more });

  // Keys for what a phone's keyboard hides, and this question needs.
  function keys(wanted, form) {
    let last = null;
    form.addEventListener("focusin", ({ target }) => target.matches("input[type=text]") && (last = target));
    const key = (text) => button(text, () => {
      const target = last ?? form.querySelector("input[type=text]");
      const at = target.selectionStart + text.length - (text.endsWith("()") ? 1 : 0);
      target.setRangeText(text);
      target.focus();
      target.setSelectionRange(at, at);
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const row = make("div", { class: "ask-keys", role: "group", "aria-label": "Keys" }, ...wanted.map(key));
    row.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    return row;
  }

  // One question on the page, and what its reader has answered.
  function Question(root, practised) {
    const { name } = root.dataset;
    const kept = practised || ("again" in root.dataset && NAMELESS.test(PAGE)) ? { state: "", tries: 0, typed: [] } : storage.of(name);
    const question = { root, name, kept, number, form };
    function number(place, total) { // in a notebook outputs come in the order in which they are seen
      root.querySelector(".ask-head").textContent = practised ? "Once more" : JUDGE && total > 1 ? `Question ${place} of ${total}` : "Question";
    }
    function form() {
      if (question.pristine) return;
      question.pristine = root.outerHTML; // as text: a copy of its elements would fetch its pictures
      question.renew = Form(root, kept, practised);
    }
    return question;
  }

  // Its form. Returns what asks it anew, with other numbers.
  function Form(root, kept, practised) {
    root.dataset.lmSuppressShortcuts = "true"; // JupyterLab would take Enter, and letters, for its own commands,
    root.addEventListener("keydown", (event) => event.key === "Enter" && event.stopPropagation()); // and VS Code Enter
    const { name, kind } = root.dataset;
    const part = (selector) => root.querySelector(selector);
    const inside = part("script");
    let question = null; // what the judge knows of it
    const verdict = make("p", { class: "ask-verdict", role: "status" });
    const echo = make("p", { class: "ask-echo" });
    const more = make("div", { class: "ask-buttons" });
    const answer = part(".ask-answer");
    const form = make("form", { novalidate: "", on: { submit: check, input: preview, keydown: enter } });
    const fields = {};
    root.querySelectorAll(".ask-blank").forEach((gap) => {
      const { blank, label } = gap.dataset;
      gap.replaceChildren((fields[blank] = field(label, { size: 12, placeholder: gap.style.left ? label : "" })));
    });
    const ask = (KINDS[kind] ?? practice.order.form)({ root, part, form, fields });
    if (fields.answer) form.append(fields.answer, echo);
    if (Object.keys(fields).length) form.append(keys(root.dataset.keys?.split("|") ?? ["-", "/"], form));
    const reveal = act("reveal", "Show the answer", () => {
      finish("shown", "The answer is open below.");
      answer.firstElementChild.focus(); // the button is gone
    });
    more.append(make("button", { type: "submit", on: { click: check } }, "Check"), reveal);
    form.append(more, verdict);
    answer.before(form);
    const anew = act("anew", "Again, with other numbers", renew, { hidden: "" });
    if ("ranges" in root.dataset) more.append(anew);
    answer.hidden = true;
    if (!inside) ["pointerenter", "focusin"].forEach((sign) => root.addEventListener(sign, () => fetchJudge().catch(() => {}), { once: true }));

    const cells = [];
    for (let cell = !practised && root.closest(".cell")?.nextElementSibling; cell && !cell.querySelector(".ask"); cell = cell.nextElementSibling) {
      if (cell.matches(".tag_answer, .explanation")) cells.push(cell);
    }

    // Do what needs the judge: at once, or as soon as it is here.
    function judged(run) {
      if (practice.judge && (inside || practice.questions)) {
        question ??= inside ? JSON.parse(inside.textContent) : practice.questions[name];
        return run();
      }
      fetchJudge().then(() => judged(run), () => tell("unread", "The judge can't be reached. Is there a connection?"));
    }

    // A notebook gives the focus away at Enter, before the browser has sent the form; and in a frame that
    // may send none, as an output is shown in some notebooks, nothing would come of a `submit`.
    function enter(event) {
      if (event.key === "Enter" && event.target.matches("input")) check(event);
    }

    function preview() {
      if (fields.answer) judged(() => (echo.innerHTML = practice.understood(question, fields.answer.value)));
    }

    function check(event) {
      event.preventDefault();
      judged(() => {
        const typed = ask.typed();
        const found = practice.judge(question, typed);
        ask.mark?.(found);
        if (found.echo) echo.innerHTML = found.echo;
        if (!kept.state) { // what comes after the answer is practice, and isn't counted
          if (!["unread", "partly"].includes(found.kind)) kept.tries++;
          kept.typed = [...kept.typed.slice(-19), typed];
          if ("again" in root.dataset) kept.given = question.draws[0]; // not those of the chapter before
        }
        if (found.kind === "right") return finish("right", "Right.");
        const hint = kept.tries >= 2 && found.kind !== "unread" && question.hint && !found.sentence.includes(question.hint) ? ` <em>Hint:</em> ${question.hint}` : "";
        tell(found.kind, found.sentence + hint);
        storage.save();
      });
    }

    function tell(state, sentence) {
      verdict.dataset.kind = ["right", "unread", "shown"].includes(state) ? state : sentence ? "wrong" : "";
      verdict.innerHTML = sentence;
    }

    function finish(state, sentence) {
      kept.state ||= state;
      tell(state, state === "right" ? `${sentence} ${part(".ask-why")?.innerHTML ?? ""}` : sentence);
      answer.hidden = false;
      answer.open = state === "shown";
      reveal.hidden = true;
      anew.hidden = false;
      root.dataset.state = state;
      cells.forEach((cell) => cell.classList.add("ask-open"));
      storage.save();
    }

    function renew() {
      judged(() => {
        const fresh = practice.renew(question, root);
        if (!fresh) return tell("unread", "No other numbers were found.");
        question = fresh;
        answer.hidden = anew.hidden = true;
        reveal.hidden = false;
        tell("", "");
        ask.clear();
        preview();
        form.querySelector("input, button").focus();
      });
    }

    if (kept.state) finish(kept.state, kept.state === "right" ? "Right, you had this." : "You have seen the answer.");
    return renew;
  }

  const valuesOf = (fields) => Object.fromEntries(Object.entries(fields).map(([own, input]) => [own, input.value]));

  const KINDS = {
    number({ root, fields }) {
      fields.answer = field("Your answer", { placeholder: root.dataset.wanted, inputmode: "decimal" });
      return { typed: () => fields.answer.value, clear: () => (fields.answer.value = "") };
    },
    expression({ fields }) {
      fields.answer = field("Your answer in NumPy", { placeholder: "in NumPy" });
      return { typed: () => fields.answer.value };
    },
    choice({ part, form }) {
      const group = ids();
      const options = part(".ask-options");
      [...options.children].forEach((item, place) => {
        const label = make("label", {}, make("input", { type: "radio", name: group, value: place, "aria-label": item.textContent.trim() }));
        label.append(make("span", {}, ...item.childNodes)); // one line, formulas and all
        item.replaceChildren(label);
      });
      form.append(options);
      return { typed: () => +(form.elements[group].value || NaN) };
    },
    blanks({ part, fields, form }) {
      const words = {};
      Object.entries(fields).forEach(([own, input]) => {
        words[own] = make("li", { id: ids(), hidden: "" });
        input.inputMode = "decimal";
        input.setAttribute("aria-describedby", words[own].id);
      });
      form.append(part(".ask-table, .ask-figure, .ask-list"), make("div", { class: "ask-words", role: "status" }, make("ul", {}, ...Object.values(words))));
      return {
        typed: () => valuesOf(fields),
        clear() {
          Object.values(fields).forEach((input) => ((input.value = ""), input.parentNode.removeAttribute("data-kind")));
          Object.values(words).forEach((item) => (item.hidden = true));
        },
        mark({ verdicts = {} }) {
          Object.entries(verdicts).forEach(([own, { kind, sentence }]) => {
            const good = ["right", "follows", "empty"].includes(kind);
            fields[own].parentNode.dataset.kind = good ? kind : "wrong";
            fields[own].toggleAttribute("aria-invalid", !good);
            words[own].hidden = kind === "empty" || kind === "right";
            words[own].innerHTML = `${practice.code(fields[own].ariaLabel)}: ${sentence}`;
          });
        },
      };
    },
  };

  function begin(roots) {
    roots.forEach((root) => {
      root.dataset.ready = "";
      shown.questions.push(Question(root));
    });
    shown.questions.forEach((question, k) => question.number(k + 1, shown.questions.length));
    forms(document);
    shown.records.forEach((record) => record());
  }

  // Where a block waits to be laid out (_ext/stage/layout.js), so does its form: Chromium looks at once
  // whether it could fill in a field, and would have to lay out each block for it.
  function forms(within) {
    const ready = ({ root }) => within.contains(root) && !root.closest(".partly .later");
    shown.questions.filter(ready).forEach((question) => question.form());
  }

  function follow() {
    // Whoever follows a link into what waits for an answer sees it.
    const wanted = location.hash.slice(1).split(/[.=&]/);
    document.querySelectorAll(".cell.tag_answer, .explanation").forEach((cell) => {
      const targets = [...cell.querySelectorAll("[id], [data-name]")].flatMap(({ id, dataset }) => [id, dataset.name]);
      if (wanted.some((word) => word && targets.includes(word))) cell.classList.add("ask-open");
    });
    const name = new URLSearchParams(location.hash.slice(1)).get("ask");
    const question = shown.questions.find((own) => own.name === name);
    question?.form();
    if (self === top) question?.root.scrollIntoView(); // in a frame, that would move the page around it, too
    question?.root.querySelector("input, button").focus({ preventScroll: true });
  }

  // The page comes first. Once its reader has moved, the judge is fetched for a question a screen away.
  const near = new IntersectionObserver((entries) => {
    if (!JUDGE || !entries.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    fetchJudge().catch(() => {});
  }, { rootMargin: "100% 0px" });

  function start() {
    const fresh = document.querySelectorAll(".ask:not([data-ready])");
    if (!shown.started) storage.load();
    begin([...fresh]);
    document.querySelectorAll(".ask-record:empty").forEach(practice.Record);
    if (!shown.started) {
      addEventListener("layout", ({ target }) => forms(target));
      addEventListener("hashchange", follow);
      follow();
      addEventListener("scroll", () => shown.questions.forEach(({ root }) => near.observe(root)), { once: true });
    }
    shown.started = true;
  }

  Object.assign(practice, { start, begin, make, button, valuesOf, act, field, storage, shown, Question });
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
})();
