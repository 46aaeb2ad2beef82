// A chapter printed from the browser looks as in the paper edition (tools/pdf.py): every fold is open,
// solutions and answers stand at its end. After printing all is as it was.
(() => {
  "use strict";
  let undo = [];

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...content);
    return element;
  };

  // What a solution is called: its question's number, or the bold words that begin its exercise.
  function nameOf(fold) {
    const question = fold.closest(".ask")?.querySelector(".ask-head");
    const before = [...document.querySelectorAll("p.exercise")].filter(
      (one) => one.compareDocumentPosition(fold) & Node.DOCUMENT_POSITION_FOLLOWING);
    return (question ?? before.at(-1)?.querySelector("strong"))?.textContent ?? "Solution";
  }

  addEventListener("beforeprint", () => {
    if (undo.length) return; // some browsers say it twice
    const article = document.querySelector(".bd-article");
    const end = make("section", "solutions", make("h2", "", "Solutions"));
    for (const fold of article.querySelectorAll("details")) {
      const { open, hidden } = fold;
      const words = fold.querySelector("summary").textContent.trim();
      fold.open = true;
      fold.hidden = false;
      undo.push(() => Object.assign(fold, { open, hidden }));
      if (!/^(Solution|Answer)/.test(words) || fold.parentNode.closest("details")) continue;
      const note = make("p", "to-solution", `${words}: at the end`);
      const name = nameOf(fold);
      fold.replaceWith(note);
      end.append(make("p", "solution-of", name), fold);
      undo.push(() => note.replaceWith(fold));
    }
    if (end.children.length > 1) article.append(end);
    undo.push(() => end.remove());
  });

  addEventListener("afterprint", () => {
    undo.forEach((step) => step());
    undo = [];
  });
})();
