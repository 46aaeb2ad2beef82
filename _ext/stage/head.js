// Before anything is drawn.
(() => {
  const root = document.documentElement;
  // The theme that the reader has chosen, else that of the reader's machine.
  const mode = localStorage.getItem("mode") || "auto";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.mode = mode;
  root.dataset.theme = mode === "auto" ? (dark ? "dark" : "light") : mode;

  // Opened afresh at its beginning, a page may lay out its end later. (_ext/stage/layout.py)
  const opened = performance.getEntriesByType("navigation")[0]?.type;
  if (opened === "navigate" && !location.hash) root.classList.add("partly");
})();
