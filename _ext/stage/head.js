// Opened afresh at its beginning, a page may lay out its end later; opened at a link or by *back*, not.
if (performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash) {
  document.documentElement.classList.add("partly");
}
