// Many files at once, on the page of questions for instructors (lib/practice/teachers.py): what readers have
// saved is counted, question by question, and the judge says once more which slip each answer was.
// Nothing is sent: files are read here, and forgotten with the page. Whatever comes from a file is shown as text.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const root = document.querySelector(".ask-collect");
  if (!root) return;
  const book = JSON.parse(root.querySelector("script").textContent); // {page: {title, questions: {name: data}}}
  const MOST_BYTES = 2_000_000;
  const MOST_ANSWERS = 20; // the page keeps no more of a question

  const { make, code } = practice;
  const isObject = (thing) => typeof thing === "object" && thing !== null && !Array.isArray(thing);
  const some = (words) => words.slice(0, 3).join(", ") + (words.length > 3 ? ` and ${words.length - 3} more` : "");
  const cut = (text, most = 60) => (text.length > most ? text.slice(0, most) + "…" : text);

  // ---------------------------------------------------------------- Reading

  class Refused extends Error {}

  // The content of a file: {name, entries: [{page, name, entry}], left: [words]}.
  async function read(file) {
    if (file.size > MOST_BYTES) throw new Refused(`too large for answers (${Math.ceil(file.size / 1e6)} MB), not read.`);
    const text = await file.text();
    let content;
    try {
      content = JSON.parse(text);
    } catch {
      throw new Refused("this isn't JSON: expected the file that “Save a file to hand in” has made.");
    }
    if (!isObject(content) || !isObject(content.answers)) throw new Refused("expected what “Save a file to hand in” has made, got something else.");
    const entries = [], left = [];
    for (const [page, answers] of Object.entries(content.answers)) {
      for (const [name, entry] of isObject(answers) ? Object.entries(answers) : []) {
        const home = homeOf(name);
        if (!home || !isEntry(entry)) left.push(cut(name));
        else entries.push({ page: Object.hasOwn(book, page) ? page : home, home, name, entry });
      }
    }
    return { file: file.name, text, reader: cut(String(content.name ?? "").trim()) || "no name", entries, left };
  }

  const homeOf = (name) => Object.keys(book).find((page) => Object.hasOwn(book[page].questions, name));
  const isEntry = (entry) => isObject(entry) && ["", "right", "shown"].includes(entry.state) &&
    Number.isInteger(entry.tries) && entry.tries >= 0 && Array.isArray(entry.typed) && entry.typed.length <= MOST_ANSWERS;

  // ---------------------------------------------------------------- Judging

  // The slips in one answer, as the judge names them: [{key, of, say}]; "other" for a mistake it has no name for.
  function slipsOf(question, typed) {
    const found = (verdict, slips, place = "") => {
      if (verdict.kind === "slip") return [{ key: place + verdict.of, place, of: verdict.of, say: slips.find(({ of }) => of === verdict.of)?.say ?? "" }];
      return ["right", "follows", "blocked", "empty", "unread", "partly"].includes(verdict.kind) ? [] : [{ key: "other", of: null }];
    };
    if (question.kind === "order" && typed.order.length !== question.lines.length) return [];
    const verdict = practice.judge(question, typed);
    if (question.kind === "order") {
      const line = question.lines[verdict.line];
      return found(verdict, line?.slips ?? [], line ? `${line.left}: ` : "");
    }
    if (question.kind !== "blanks") return found(verdict, question.slips);
    return question.blanks.flatMap(({ name, label, slips }) => (verdict.verdicts ? found(verdict.verdicts[name], slips, `${label ?? name}: `) : []));
  }

  function allSlips(question, { typed, given }) {
    const own = (given && practice.renewed(question, given)) ?? question;
    const slips = typed.flatMap((answer) => {
      try {
        return slipsOf(own, answer);
      } catch {
        return []; // not the answer of a form: somebody has written the file by hand
      }
    });
    return new Map(slips.map((slip) => [slip.key, slip])); // each once, however often one reader made it
  }

  // {key: {page, name, answered, once, later, gaveUp, slips: {key: slip and count}}} of all files.
  function count(files) {
    const rows = new Map();
    for (const { entries } of files) {
      for (const { page, home, name, entry } of entries) {
        if (!entry.state && !entry.typed.length) continue;
        const key = `${page}/${name}`;
        const row = rows.get(key) ?? { page, home, name, answered: 0, once: 0, later: 0, gaveUp: 0, slips: new Map() };
        rows.set(key, row);
        row.answered++;
        if (entry.state === "right") entry.tries > 1 ? row.later++ : row.once++;
        if (entry.state === "shown") row.gaveUp++;
        for (const [key, slip] of allSlips(book[home].questions[name], entry)) {
          const known = row.slips.get(key) ?? { ...slip, count: 0 };
          known.count++;
          row.slips.set(key, known);
        }
      }
    }
    const place = ({ page, home, name }) => Object.keys(book).indexOf(page) * 1e4 + (page === home ? 1e3 : 0) + Object.keys(book[home].questions).indexOf(name);
    return [...rows.values()].sort((a, b) => place(a) - place(b));
  }

  // ---------------------------------------------------------------- Showing

  const HEAD = ["Question", "Answered", "Right at once", "After more tries", "Gave up", "Slips, and how many readers made them"];
  const numbers = ({ answered, once, later, gaveUp }) => [answered, once, later, gaveUp];
  const label = ({ page, home, name }) => name + (page === home ? "" : `, asked again in ${book[page].title}`);
  const sorted = ({ slips }) => [...slips.values()].sort((a, b) => (a.key === "other") - (b.key === "other") || b.count - a.count);

  // A slip in words, as HTML: all of it is the book's own.
  function words(row, { key, place, of, say }) {
    const { options } = book[row.home].questions[row.name];
    if (key === "other") return "a mistake without a name";
    return options ? `<i>${options[of]}</i>: ${say}` : `${code(place + of)} ${say}`;
  }

  function slipEntry(row, slip) {
    const item = make("li");
    item.innerHTML = `${slip.count} × ${words(row, slip)}`;
    return item;
  }

  function table(rows) {
    const head = make("tr", {}, ...HEAD.map((text) => make("th", { scope: "col" }, text)));
    const bodies = Object.entries(book).map(([page, { title }]) => {
      const own = rows.filter((row) => row.page === page);
      const lines = own.map((row) => make("tr", {}, make("th", { scope: "row" }, label(row)), ...numbers(row).map((number) => make("td", {}, String(number))), make("td", {}, make("ul", {}, ...sorted(row).map((slip) => slipEntry(row, slip))))));
      return own.length ? make("tbody", {}, make("tr", {}, make("th", { colspan: HEAD.length, scope: "rowgroup" }, title)), ...lines) : "";
    });
    return make("table", {}, make("caption", {}, "Question by question"), make("thead", {}, head), ...bodies);
  }

  function csv(rows) {
    const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
    const slips = (row) => sorted(row).map((slip) => slipEntry(row, slip).textContent).join("; ");
    const lines = rows.map((row) => [book[row.page].title, label(row), ...numbers(row), slips(row)]);
    return [["Chapter", ...HEAD], ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
  }

  // ---------------------------------------------------------------- The page

  let files = [];
  const choose = make("input", { type: "file", multiple: "", accept: ".json,application/json", id: "collect-files" });
  const drop = make("div", { class: "collect-drop" }, make("label", { for: "collect-files" }, "Files that readers have saved: drop them here, or choose them. "), choose);
  const status = make("p", { role: "status" });
  const troubles = make("ul", { "aria-label": "Files with something amiss" });
  const readers = make("details", {}, make("summary", {}, "Who has answered how much"), make("ul"));
  const place = make("div", { class: "collect-table", tabindex: "0", role: "region", "aria-label": "The count" });
  const save = make("button", { type: "button" }, "Save as CSV");
  const forget = make("button", { type: "button" }, "Forget these files");
  const more = make("div", {}, readers, place, save, " ", forget);
  root.replaceChildren(drop, status, troubles, more);

  const complain = (file, sentence) => troubles.append(make("li", {}, `${cut(file)}: ${sentence}`));

  async function take(list) {
    for (const file of list) {
      try {
        const found = await read(file);
        const same = files.find(({ text }) => text === found.text);
        if (same) throw new Refused(`the same answers as in ${cut(same.file)}, counted once.`);
        if (found.left.length) complain(file.name, `left out is what this book doesn't ask, or can't read: ${some(found.left)}.`);
        files.push(found);
      } catch (trouble) {
        if (!(trouble instanceof Refused)) complain(file.name, "it can't be read.");
        else complain(file.name, trouble.message);
      }
    }
    show();
  }

  function show() {
    const rows = count(files);
    const of = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
    status.textContent = files.length || troubles.children.length ? `${of(files.length, "file")} counted, ${of(rows.length, "question")} answered.` : "";
    readers.lastChild.replaceChildren(...files.map(({ reader, entries }) => {
      const done = entries.filter(({ entry }) => entry.state);
      const once = done.filter(({ entry }) => entry.state === "right" && entry.tries <= 1);
      return make("li", {}, `${reader}: ${done.length} answered, ${once.length} right at once`);
    }));
    place.replaceChildren(table(rows));
    more.hidden = !files.length;
  }

  choose.addEventListener("change", async () => {
    await take([...choose.files]);
    choose.value = ""; // the same file may be chosen again
  });
  for (const event of ["dragenter", "dragover", "dragleave", "drop"]) {
    drop.addEventListener(event, (happened) => {
      happened.preventDefault();
      drop.classList.toggle("over", event === "dragenter" || event === "dragover");
      if (event === "drop") take([...happened.dataTransfer.files]);
    });
  }
  save.addEventListener("click", () => {
    const link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff", csv(count(files))], { type: "text/csv" })), download: "answers.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  forget.addEventListener("click", () => {
    files = [];
    troubles.replaceChildren();
    show();
    choose.focus();
  });
  show();
});
