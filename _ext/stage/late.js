// The scripts of the theme and its extensions, run once: when the page is idle, or as soon as a hand, a
// key or a program is about to use something. (_ext/stage/scripts.py)
(() => {
  const signs = ["pointerdown", "keydown", "focusin", "click"];

  function run() {
    signs.forEach((sign) => removeEventListener(sign, now, true));
// THE SCRIPTS
  }

  let ran = false;
  function now() {
    if (!ran) run((ran = true));
  }

  // On the window and before anybody else: what the scripts bind now still hears the same event.
  signs.forEach((sign) => addEventListener(sign, now, true));
  const soon = () => (window.requestIdleCallback ?? setTimeout)(now);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
})();
