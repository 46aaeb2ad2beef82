// The bar across the top of a page: both panels, search, light or dark, the menu; and back to the top.
// Everything that the theme's own script would do for these buttons, so that they answer before it runs.
(() => {
  "use strict";
  let toggleSearch = () => {};

  // Ctrl K, or Cmd K. Asked for at once: the theme's script listens too, and would close what this opens.
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !/^k$/i.test(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toggleSearch();
  }, true);

  addEventListener("DOMContentLoaded", () => {
    const page = document.documentElement.dataset;
    const all = (what) => document.querySelectorAll(`[data-bar=${what}]`);
    const onEscape = (element, act) =>
      element.addEventListener("keydown", (event) => event.key === "Escape" && act());
    const outside = (element, { clientX: x, clientY: y }) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return x < left || x > right || y < top || y > bottom;
    };

    // A modal dialog that gives the focus back to the button it was opened with. The theme's search
    // marking takes the browser's own Escape away, hence ours.
    function dialogOf(dialog) {
      let opener = null;
      onEscape(dialog, () => dialog.open && dialog.close());
      dialog.addEventListener("click", (event) => event.target === dialog && outside(dialog, event) && dialog.close());
      dialog.addEventListener("close", () => {
        opener?.setAttribute("aria-expanded", false);
        opener?.focus({ preventScroll: true });
      });
      return (button) => {
        opener = button ?? document.activeElement;
        button?.setAttribute("aria-expanded", true);
        dialog.showModal();
      };
    }

    // A panel: the theme's column, lent to a dialog for as long as that is open.
    function panelOf(side) {
      const column = document.getElementById(`pst-${side}-sidebar`);
      const dialog = document.getElementById(`pst-${side}-sidebar-modal`);
      const show = dialogOf(dialog);
      const lend = (from, to) => {
        to.append(...from.childNodes);
        to.className = from.className;
        from.className = "";
      };
      const close = document.createElement("button");
      close.type = "button";
      close.className = "panel-close";
      close.textContent = "Close";
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
      dialog.addEventListener("close", () => {
        close.remove();
        lend(dialog, column);
      });
      const open = (button) => {
        lend(column, dialog);
        dialog.prepend(close);
        show(button);
        (dialog.querySelector("a.current, a.active") ?? dialog.querySelector("nav a"))?.focus();
      };
      return { dialog, open };
    }

    // Chapters: a panel, or where there is room a column, which folds away and stays so on the next page.
    const column = matchMedia("(min-width: 992px)");
    for (const button of all("chapters")) {
      const { dialog, open } = panelOf("primary");
      dialog.setAttribute("aria-label", button.ariaLabel);
      const say = () => button.setAttribute("aria-expanded", column.matches && page.chapters === "shown");
      button.addEventListener("click", () => {
        if (!column.matches) return open(button);
        page.chapters = page.chapters === "shown" ? "folded" : "shown";
        sessionStorage.setItem("chapters", page.chapters);
        say();
      });
      column.addEventListener("change", () => (dialog.open ? dialog.close() : say()));
      say();
    }

    for (const button of all("sections")) {
      const { dialog, open } = panelOf("secondary");
      dialog.setAttribute("aria-label", button.ariaLabel);
      button.setAttribute("aria-expanded", false);
      button.addEventListener("click", () => open(button));
      matchMedia("(min-width: 1200px)").addEventListener("change", () => dialog.open && dialog.close());
    }

    // Search: a dialog; on the page of results the field that is there.
    const search = document.getElementById("pst-search-dialog");
    const field = document.querySelector(":not(#pst-search-dialog) > form.bd-search input");
    const openSearch = dialogOf(search);
    const find = (button) => {
      document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
      if (!field) return openSearch(button);
      field.focus();
      field.select();
    };
    for (const button of all("search")) button.addEventListener("click", () => find(button));
    toggleSearch = () => (search.open ? search.close() : find());

    // Light or dark: the system's until the reader chooses, then the reader's.
    const system = matchMedia("(prefers-color-scheme: dark)");
    const paint = (colours) => {
      page.theme = page.mode = colours;
      all("dark").forEach((button) => button.setAttribute("aria-pressed", colours === "dark"));
    };
    for (const button of all("dark")) {
      button.addEventListener("click", () => {
        paint(page.theme === "dark" ? "light" : "dark");
        localStorage.setItem("colours", page.theme);
      });
    }
    system.addEventListener("change", () => {
      if (!localStorage.getItem("colours")) paint(system.matches ? "dark" : "light");
    });
    paint(page.theme);

    // The menu opens and closes by itself (<details>); it also closes when one is done with it.
    for (const menu of document.querySelectorAll(".bar-menu")) {
      const shut = () => (menu.open = false);
      onEscape(menu, () => {
        shut();
        menu.firstElementChild.focus();
      });
      menu.addEventListener("focusout", ({ relatedTarget: next }) => next && !menu.contains(next) && shut());
      addEventListener("click", ({ target }) => (!menu.contains(target) || target.closest(".bar-list li")) && shut());
    }
    all("print").forEach((button) => button.addEventListener("click", () => print()));

    // Back to the top: shown to who scrolls up, and then for a while, so that it doesn't vanish under a thumb.
    const back = document.getElementById("pst-back-to-top");
    let last = scrollY, shown = 0;
    back.addEventListener("click", () => scrollTo(0, 0));
    addEventListener("scroll", ({ timeStamp: now }) => {
      const up = scrollY < last;
      last = scrollY;
      if (up) shown = now;
      if (up || now - shown > 2000) back.style.display = up && scrollY > innerHeight ? "block" : "none";
    });
  });
})();

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
