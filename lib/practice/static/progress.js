// The landing page: how many questions of other pages were answered, as `form.js` keeps it in this browser.
(() => {
  let kept = {};
  try {
    kept = Object(JSON.parse(localStorage.getItem("practice")));
  } catch {} // blocked, or not ours
  for (const place of document.querySelectorAll("[data-ask-of]")) {
    const { askPage, askOf } = place.dataset;
    const done = Object.values(Object(kept[askPage])).filter((entry) => entry?.state).length;
    place.textContent = done ? `${done} of ${askOf} answered` : `${askOf} questions`;
  }
})();
