// A look at a statement of the deck without leaving the page: S97 shows what the slide prints when a
// pointer rests on it, when it has the focus, or at the first tap (the second follows the link). The
// lines are in a file beside the deck's page (_ext/statements.py), fetched at the first such moment.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const links = [...document.querySelectorAll("a[data-statement]")];
  if (!links.length) return;
  const note = document.createElement("div");
  note.className = "statement-note";
  note.id = "statement-note";
  note.hidden = true;
  note.role = "status";
  // At the article's end, and placed from there: beside the link it would move what is around the link,
  // under the pointer that is about to press it.
  document.querySelector(".bd-article").append(note);
  let at = null;
  let lines = null;
  let waiting = 0;

  function fetchLines(link) {
    lines ??= new Promise((resolve, reject) => {
      const file = document.createElement("script");
      file.src = new URL("../_static/statement-lines.js", link.href);
      file.onload = () => resolve(statementLines);
      file.onerror = reject;
      document.head.append(file);
    });
    return lines;
  }

  async function show(link) {
    at = link;
    const said = (await fetchLines(link).catch(() => (lines = null)))?.[link.dataset.statement];
    if (at !== link || !said) return; // the pointer has gone on
    note.innerHTML = said;
    note.hidden = false;
    const { left, right, bottom } = link.getBoundingClientRect();
    const around = note.offsetParent.getBoundingClientRect();
    const middle = (left + right) / 2 - note.offsetWidth / 2;
    const most = document.documentElement.clientWidth - note.offsetWidth - 8;
    note.style.left = `${Math.max(8, Math.min(middle, most)) - around.left}px`;
    note.style.top = `${bottom - around.top + 4}px`;
  }
  function hide() {
    clearTimeout(waiting);
    at = null;
    note.hidden = true;
  }

  let touched = false;
  for (const link of links) {
    link.setAttribute("aria-describedby", note.id);
    link.addEventListener("pointerdown", ({ pointerType }) => (touched = pointerType === "touch"));
    link.addEventListener("pointerenter", ({ pointerType }) => {
      clearTimeout(waiting);
      if (pointerType === "mouse") waiting = setTimeout(show, 150, link);
    });
    link.addEventListener("focus", () => !touched && show(link));
    link.addEventListener("blur", hide);
    link.addEventListener("pointerleave", ({ pointerType }) => {
      clearTimeout(waiting);
      if (pointerType === "mouse") waiting = setTimeout(hide, 300);
    });
    link.addEventListener("click", (event) => {
      if (!touched || at === link) return;
      event.preventDefault();
      show(link);
    });
  }
  note.addEventListener("pointerenter", () => clearTimeout(waiting));
  note.addEventListener("pointerleave", hide);
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  addEventListener("pointerdown", ({ target }) => at && target !== at && !note.contains(target) && hide());
});
