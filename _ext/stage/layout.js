// Lay out the blocks that had to wait, as soon as the reader moves. (_ext/stage/layout.py)
// The first of the page's scripts: before paper, all is laid out, and only then moved (paper.js).
(() => {
  const root = document.documentElement;
  const waiting = document.getElementsByClassName("later");
  const idle = window.requestIdleCallback ?? ((slice) => setTimeout(slice, 16)); // a frame: Safari has none
  const SLICE = 6; // ms: a browser would grant 50, but what is touched meanwhile has to answer at once

  function slice() {
    const end = performance.now() + SLICE;
    while (waiting.length && performance.now() < end) {
      const block = waiting[0];
      block.classList.remove("later");
      tell(block);
      block.getBoundingClientRect(); // lays it out now, so that the time it takes is counted
    }
    if (waiting.length) idle(slice);
    else whole();
  }
  // A question's form waits, too (lib/practice/static/form.js).
  const tell = (block) => block.dispatchEvent(new Event("layout", { bubbles: true }));

  // The reader moves: from now on in slices. A screen reader's own cursor moves without a sign: soon, too.
  const signs = ["scroll", "pointerdown", "keydown"];
  function begin({ type, target }) {
    if (type === "scroll" && target !== document) return; // the theme scrolls its list of chapters
    clearTimeout(soon);
    signs.forEach((sign) => removeEventListener(sign, begin, true));
    idle(slice);
  }

  // A link into the page, or paper: all at once, so that the browser knows where it leads.
  function whole() {
    root.classList.remove("partly");
    removeEventListener("click", followed, true);
    removeEventListener("hashchange", whole);
    removeEventListener("beforeprint", whole);
    tell(root);
  }
  const followed = (event) => event.target.closest?.("a[href*='#']") && whole();

  if (!root.classList.contains("partly")) return;
  const soon = setTimeout(begin, 10_000, {});
  signs.forEach((sign) => addEventListener(sign, begin, true));
  addEventListener("click", followed, true);
  addEventListener("hashchange", whole);
  addEventListener("beforeprint", whole);
})();

// A browser that loads a page again, or comes back to it, may miss the link's place by some pixels.
addEventListener("load", () => {
  if (!location.hash || self !== top) return; // in a frame, that would move the page around it, too
  const hash = location.hash.slice(1); // names are of letters that need no escape
  const figure = `figure.live[data-name="${CSS.escape(hash.split(".")[0])}"]`;
  const target = document.getElementById(hash) ?? document.querySelector(figure);
  const bar = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  if (target && Math.abs(target.getBoundingClientRect().top - bar) < 40) target.scrollIntoView();
});

// Programs and tables wider than their box can be scrolled by keyboard. An observer hears of a box
// when it has been laid out, and again when a phone is turned.
(() => {
  const boxes = document.querySelectorAll(/* MAY_BE_WIDE */);
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  boxes.forEach((box) => observer.observe(box));
})();
