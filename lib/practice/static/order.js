// Lines of code to be put in order, with blanks in some of them: a kind of question that few pages have.
(() => {
  "use strict";
  const practice = (globalThis.practice ??= {});
  if (practice.order) return; // a notebook brings this once per output

  function form({ part, form, fields }) {
    const { make, button, valuesOf } = practice;
    const lines = part(".ask-lines");
    const items = [...lines.children];
    const said = make("p", { class: "ask-said", role: "status" });
    items.forEach((item) => {
      const { left } = item.dataset;
      const move = (by) => () => {
        if (by < 0) item.previousElementSibling && item.after(item.previousElementSibling);
        else item.nextElementSibling && item.before(item.nextElementSibling);
        said.textContent = `${left}: line ${[...lines.children].indexOf(item) + 1} of ${items.length}`;
      };
      item.prepend(make("span", { class: "ask-grip", "aria-hidden": "true", on: { pointerdown: (event) => drag(event, item) } }, "⠿"));
      item.append(make("span", { class: "ask-moves" }, button("↑", move(-1), { "aria-label": `${left} up` }), button("↓", move(1), { "aria-label": `${left} down` })));
    });
    form.append(lines, said);
    return {
      typed: () => ({ order: [...lines.children].map((item) => +item.dataset.line), blanks: valuesOf(fields) }),
      mark: ({ line }) => items.forEach((item) => item.classList.toggle("ask-here", +item.dataset.line === line)),
    };
  }

  // A line follows the finger, or the mouse, that holds it by its grip.
  function drag(event, item) {
    event.preventDefault();
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const follow = ({ clientY }) => {
      const middle = (other) => {
        const { top, height } = other?.getBoundingClientRect() ?? {};
        return top + height / 2; // of no line: not a number, and nothing is above or below it
      };
      // The others move: a line that moved would be let go.
      while (clientY < middle(item.previousElementSibling)) item.after(item.previousElementSibling);
      while (clientY > middle(item.nextElementSibling)) item.before(item.nextElementSibling);
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", follow), { once: true });
  }

  // Lines: each needs what stands above it; then they are run, and have to give the same numbers.
  function judge({ lines, draws }, { order, blanks }) {
    const { read, value, namesIn, all, code } = practice;
    const lefts = lines.map(({ left }) => left);
    const names = [...new Set([...Object.keys(draws[0]), ...lefts])];
    const trees = lines.map(({ right }) => read(right, names).tree);
    const computed = new Set(Object.keys(draws[0]));
    for (const [place, k] of order.entries()) {
      const missing = namesIn(trees[k]).find((name) => !computed.has(name));
      if (missing) return { kind: "early", line: k, sentence: `Line ${place + 1} needs ${code(missing)}, and no line above it has computed that.` };
      computed.add(lefts[k]);
    }
    const run = (sequence) => draws.map((draw) => sequence.reduce((state, k) => ({ ...state, [lefts[k]]: value(trees[k], state) }), draw));
    for (const [k, line] of lines.entries()) {
      if (line.blank === null) continue;
      const before = run([...lines.keys()].slice(0, k));
      const verdict = judgeBlank(line, before, before.map((state) => value(trees[k], state)), blanks[k] ?? "");
      if (verdict.kind !== "right") return { ...verdict, line: k };
    }
    const [mine, right] = [run(order), run([...lines.keys()])];
    const wrong = order.find((k) => !all(mine.map((state) => state[lefts[k]]), right.map((state) => state[lefts[k]])));
    if (wrong !== undefined) {
      const renewed = namesIn(trees[wrong]).find((name) => name in draws[0] && lefts.includes(name) && name !== lefts[wrong]);
      return { kind: "late", line: wrong, sentence: `${code(lefts[wrong])} comes out differently in this order: it uses ${renewed ? `the new ${code(renewed)}, and needs the old one` : "a value that was changed before"}.` };
    }
    return { kind: "right", sentence: "" };
  }

  function judgeBlank(line, draws, truths, typed) {
    const { read, namesIn, judgeExpression, code, attempt } = practice;
    const fill = (inside) => `${line.before}(${inside})${line.after}`;
    const uses = namesIn(read(line.right, Object.keys(draws[0])).tree);
    const part = { draws, truths, uses, slips: line.slips };
    const verdict = attempt(() => judgeExpression(part, typed, fill), ({ message }) => ({ kind: "unread", sentence: message }));
    return { ...verdict, sentence: verdict.kind === "right" ? "" : `In the line of ${code(line.left)}: ${verdict.sentence}` };
  }

  practice.order = { form, judge };
})();
