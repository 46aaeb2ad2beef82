// What comes after the answers: a question on other numbers, what was missed, the file to hand in.
(() => {
  "use strict";
  const practice = (globalThis.practice ??= {});
  if (practice.renew) return; // a notebook brings this once per output

  // The same question with other numbers, never lucky ones; null where none were found.
  function again(question, random = Math.random) {
    const ranges = Object.entries(question.ranges ?? {});
    for (let tries = 0; ranges.length && tries < 300; tries++) {
      const given = { ...question.draws[0] };
      for (const [name, { shape, low, high, step }] of ranges) {
        const steps = Math.round((high - low) / step);
        const entry = () => {
          const number = +(low + step * Math.floor(random() * (steps + 1))).toFixed(10);
          return number === 0 && low < 0 && high > 0 ? entry() : number;
        };
        given[name] = { shape, data: Array.from({ length: practice.size(shape) }, entry) };
      }
      if (JSON.stringify(given) === JSON.stringify(question.draws[0])) continue;
      const fresh = renewed(question, given);
      if (fresh) return fresh;
    }
    return null;
  }

  // The question on these numbers; null where they are lucky, or aren't numbers for it.
  function renewed(question, given) {
    const fits = ([name, { shape, data }]) => Object.hasOwn(given, name) && String(given[name]?.shape) === String(shape) && given[name].data?.length === data.length && given[name].data.every?.(Number.isFinite);
    if (!given || !Object.entries(question.draws[0]).every(fits)) return null;
    const { numberOf, one, CLOSE } = practice;
    const known = { ...given };
    const parts = (question.blanks ?? [question]).map((part) => {
      const found = [part.answer, ...part.slips.map(({ of }) => of)].map((of) => numberOf(of, known));
      const apart = 2.5 * (question.decimals === null ? CLOSE : 10 ** -question.decimals);
      const lucky = found.some((a, i) => a === undefined || found.some((b, j) => j < i && Math.abs(a - b) <= apart * (question.decimals === null ? Math.max(1, Math.abs(b)) : 1)));
      if (part.name && !lucky) known[part.name] = one(found[0]);
      return lucky ? null : { ...part, truth: one(found[0]) };
    });
    if (parts.includes(null)) return null;
    return { ...question, ...(question.blanks ? { blanks: parts } : parts[0]), draws: [given] };
  }

  // The answer as one writes it, so that the judge accepts it: with the decimals that are asked for, else exactly.
  function keyOf(part, { decimals } = part) {
    const [exact] = part.truth.data;
    if (decimals !== null) return exact.toFixed(decimals);
    const text = String(+exact.toPrecision(10));
    for (let below = 1; text.length > 8 && below <= 1000; below++) {
      const above = Math.round(exact * below);
      if (Math.abs(exact - above / below) < 1e-12) return `${above}/${below}`;
    }
    return text;
  }

  // Other numbers, and what stands on the page with them; null where none were found.
  function renew(question, root) {
    const fresh = again(question);
    if (!fresh) return null;
    const { code, numpy } = practice;
    const given = Object.entries(fresh.draws[0]).map(([name, a]) => code(`${name} = ${numpy(a)}`));
    root.querySelector(".ask-given").innerHTML = `Given: ${given.join(", ")}`;
    root.querySelector(".ask-answer p").innerHTML = fresh.blanks?.map((blank) => code(`${blank.label ?? blank.name} = ${keyOf(blank, fresh)}`)).join(", ") ?? keyOf(fresh);
    return fresh;
  }

  // The end of a chapter: how far, what was missed, the file to hand in.
  function Record(root) {
    const { make, act, field, storage, shown, begin, Question } = practice;
    function copyOf({ root, pristine }) {
      const template = make("template");
      template.innerHTML = pristine ?? root.outerHTML;
      return template.content.firstChild;
    }
    root.dataset.lmSuppressShortcuts = "true";
    const text = make("p", { role: "status" });
    const place = make("div");
    const who = field("Your name, for the file", { placeholder: "your name, if you hand it in", autocomplete: "name" });
    const missed = () => shown.questions.filter(({ kept }) => kept.state === "shown" || (kept.state === "right" && kept.tries > 1));
    const practise = act("practise", "Practise what was missed", () => {
      place.replaceChildren(...missed().map(copyOf));
      [...place.children].forEach((copy) => {
        const question = Question(copy, true);
        question.number();
        question.form();
        if ("ranges" in copy.dataset) question.renew();
      });
      place.firstElementChild?.scrollIntoView();
    });
    const handIn = act("save", "Save a file to hand in", () => {
      const content = { name: who.value, saved: new Date().toISOString(), answers: storage.all };
      const link = make("a", { href: URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" })), download: "answers.json" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    const forget = act("forget", "Forget my answers", () => {
      storage.all = {};
      storage.save();
      const fresh = shown.questions.map((question) => {
        const copy = copyOf(question);
        question.root.replaceWith(copy);
        return copy;
      });
      document.querySelectorAll(".ask-open").forEach((cell) => cell.classList.remove("ask-open"));
      place.replaceChildren();
      shown.questions = [];
      begin(fresh);
    });
    root.replaceChildren(text, make("div", { class: "ask-buttons" }, practise, who, handIn, forget), place);
    const tell = () => {
      const done = shown.questions.filter(({ kept }) => kept.state);
      const once = done.filter(({ kept }) => kept.state === "right" && kept.tries === 1);
      text.textContent = `${done.length} of ${shown.questions.length} questions answered, ${once.length} right at once. Your answers stay in this browser.`;
      practise.hidden = !missed().length;
    };
    shown.records.push(tell);
    tell();
  }

  Object.assign(practice, { again, renewed, keyOf, renew, Record });
})();
