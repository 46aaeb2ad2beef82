// The filter of "The deck, statement by statement" (lib/ledger/page.py). No dependencies, no requests.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.querySelector(".ledger-filter");
  if (!form) return;
  const cards = [...document.querySelectorAll(".statement")];
  const headings = [...document.querySelectorAll("h3")].filter((one) => one.nextElementSibling?.matches(".statement"));
  const count = (some) => some.reduce((sum, card) => sum + card.querySelectorAll("span[id]").length + 1, 0);

  function filter() {
    const { section, verdict } = form.elements;
    const chosen = cards.filter((card) => {
      card.hidden = (section.value && card.dataset.section !== section.value) ||
        (verdict.value && card.dataset.verdict !== verdict.value);
      return !card.hidden;
    });
    for (const heading of headings) {
      const title = heading.nextElementSibling.dataset.section;
      heading.hidden = !chosen.some((card) => card.dataset.section === title);
    }
    form.querySelector("output").textContent = `${count(chosen)} of ${count(cards)} statements`;
  }

  // A link to a statement that the filter hides: show all again.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1))?.closest(".statement");
    if (!target?.hidden) return;
    form.reset();
    filter();
    target.scrollIntoView();
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  form.hidden = false;
  filter();
});
