// Where the reader is: the chapter and its section in the bar, and a thin line for how far.
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const bar = document.querySelector(".bd-header-article");
  const title = document.querySelector(".bd-article h1");
  const start = bar?.querySelector(".header-article-items__start");
  if (!title || !start) return;
  const words = (heading) => [...heading.childNodes].filter((one) => !one.classList?.contains("headerlink"))
    .map((one) => one.textContent).join("").trim();
  const place = document.createElement("span");
  const section = document.createElement("span");
  place.className = "bar-place";
  place.ariaHidden = true; // the headings say it to who listens
  place.append(words(title), section);
  start.append(place);

  // The section that the upper edge of the screen lies in. A title without a number is too long for a phone.
  const inside = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inside[isIntersecting ? "add" : "delete"](target);
    const number = [...inside].at(-1)?.querySelector("h2 > .section-number")?.textContent.trim();
    section.textContent = number ? ` · ${number.replace(/\.$/, "")}` : "";
    place.classList.toggle("shown", inside.size > 0);
  }, { rootMargin: "-15% 0px -85% 0px" });
  document.querySelectorAll(".bd-article section > section:has(> h2)").forEach((one) => watch.observe(one));

  let asked = 0;
  function measure() {
    asked = 0;
    const { scrollHeight } = document.documentElement;
    bar.style.setProperty("--read", Math.min(1, scrollY / Math.max(1, scrollHeight - innerHeight)).toFixed(3));
  }
  addEventListener("scroll", () => (asked ||= requestAnimationFrame(measure)), { passive: true });
});
