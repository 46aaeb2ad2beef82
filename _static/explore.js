// Live figures: for every slider position there is a picture (lib/live/page.py), in a file beside the
// page that is fetched when the figure comes near or is touched (_ext/stage/figures.py). This puts the
// right picture in its place, in that of a figure's drawings which the page shows: narrow or wide.
(() => {
  "use strict";
  const figures = [];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const framed = window.parent !== window;

  // The pictures of a drawing: a promise of what its file says, or in a page that is whole, its script.
  function fetchFrames(root, svg, number) {
    const script = root.querySelector("script");
    if (script) {
      const { drawings, ...shared } = JSON.parse(script.textContent);
      return Promise.resolve({ ...shared, ...drawings[number] });
    }
    return new Promise((resolve, reject) => {
      const file = document.createElement("script");
      file.src = svg.dataset.frames;
      file.onload = () => resolve(liveFigures[root.dataset.name]);
      file.onerror = reject;
      document.head.append(file);
    });
  }

  // One <svg> of a figure: its parts that move, which frame each shows, and its frames once they are here.
  function Drawing(svg) {
    const parts = [...svg.querySelectorAll("[data-part]")];
    return { svg, parts, shown: parts.map(() => -1), data: null, loading: null };
  }

  function Figure(root) {
    const name = root.dataset.name;
    const drawings = [...root.querySelectorAll("svg")].map(Drawing);
    let data = null; // of the drawing that came first: what can be chosen and said is the same in all
    const controls = [...root.querySelectorAll("[data-parameter]")];
    const outputs = controls.map((control) => control.closest(".live-slider").querySelector("output"));
    const sentence = root.querySelector(".live-sentence");
    const button = (what) => root.querySelector(`[data-do=${what}]`);
    const animated = controls.findIndex((control) => "animate" in control.dataset);
    const places = () => controls.map((control) => +control.value);
    const inSight = () => drawings.find(({ svg }) => getComputedStyle(svg).display !== "none") ?? drawings[0];
    let drawing = drawings[0];
    let timer = 0;

    // Fetch the pictures, once. A slider that was moved meanwhile gets its picture then.
    function load() {
      const own = (drawing = inSight());
      own.loading ??= fetchFrames(root, own.svg, drawings.indexOf(own)).then((found) => {
        own.data = found;
        data ??= found;
        if (moved()) show();
      });
      return own.loading.catch(() => {
        own.loading = null; // the next touch tries again
        sentence.textContent = "The pictures of this figure can't be reached.";
      });
    }

    function show() {
      if (!drawing.data) return load();
      const at = places().reduce((sum, place, p) => sum * data.parameters[p].texts.length + place, 0);
      const { parts, shown, data: { frames, at: which } } = drawing;
      parts.forEach((part, k) => {
        const frame = which[k][at];
        if (frame !== shown[k]) part.innerHTML = frames[k][(shown[k] = frame)];
      });
      root.dataset.shown = drawing.svg.classList[0]; // paper shows the same
      controls.forEach((control, p) => {
        if (!outputs[p]) return; // a menu says itself what is chosen
        const text = data.parameters[p].texts[control.value];
        outputs[p].textContent = text;
        control.setAttribute("aria-valuetext", text);
      });
      sentence.textContent = data.sentences[at];
    }

    // The page has become narrow or wide: the other drawing shows where the sliders stand.
    function turn() {
      if (data && inSight() !== drawing) load().then(show);
    }

    // The state as the part of a link: name.parameter=value&…
    function state() {
      return data.parameters.map(({ name: parameter, values }, p) =>
        `${name}.${parameter}=${encodeURIComponent(values[controls[p].value])}`)
        .concat(alone() ? `large=${name}` : []).join("&");
    }

    // Alone on the screen and as large as it allows, for whoever teaches with it: in a dialog, because
    // only what lies in a browser's top layer is free of the boxes that it stands in.
    const alone = () => root.parentNode.tagName === "DIALOG";
    function enlarge() {
      const dialog = document.createElement("dialog");
      dialog.className = "live-large";
      dialog.ariaLabel = root.querySelector("svg").ariaLabel;
      root.before(dialog);
      dialog.append(root);
      dialog.addEventListener("close", () => {
        dialog.replaceWith(root);
        button("large").textContent = "Show large";
        button("large").focus();
        turn();
        remember();
      });
      dialog.showModal();
      button("large").textContent = "Back to the page";
      turn();
    }

    // Nearest position for a number, the same word for a choice; what makes no sense is ignored.
    function restore(wanted) {
      if (data && wanted.get("large") === name && !alone()) enlarge();
      const found = data?.parameters.filter(({ name: parameter, values }, p) => {
        const text = wanted.get(`${name}.${parameter}`);
        let place = values.indexOf(text);
        if (typeof values[0] === "number") {
          const gaps = values.map((value) => Math.abs(value - parseFloat(text)));
          place = gaps.indexOf(Math.min(...gaps));
        }
        if (place >= 0) controls[p].value = place;
        return place >= 0;
      }).length;
      if (found) show();
      return found;
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      button("play").textContent = "Play";
      sentence.setAttribute("aria-live", "polite");
      remember();
    }

    function step() {
      const control = controls[animated];
      const last = data.parameters[animated].texts.length - 1;
      control.value = Math.min(last, +control.value + 1);
      show();
      if (timer && (+control.value === last || calm.matches)) stop();
    }

    const actions = {
      play() {
        if (timer) return stop();
        const control = controls[animated];
        const count = data.parameters[animated].texts.length;
        // From the first picture, unless the reader has chosen another.
        if ([count - 1, data.start[animated]].includes(+control.value)) control.value = 0;
        show();
        button("play").textContent = "Pause";
        sentence.setAttribute("aria-live", "off"); // else every frame would be read out
        timer = setInterval(step, Math.max(40, Math.min(500, 8000 / count)));
      },
      step() {
        if (timer) stop();
        step();
        remember();
      },
      reset() {
        if (timer) stop();
        controls.forEach((control, p) => (control.value = data.start[p]));
        show();
        remember();
      },
      large() {
        if (alone()) root.parentNode.close();
        else enlarge();
        remember();
      },
      async link() {
        clearTimeout(waiting); // else the address would soon be another
        const address = location.href.split("#")[0] + "#" + state();
        history.replaceState(null, "", address);
        let done = "Link copied";
        try {
          await navigator.clipboard.writeText(address);
        } catch {
          done = framed ? "Copy this link:" : "Link is in the address bar";
          if (framed) offer(address);
        }
        button("link").textContent = done;
        setTimeout(() => (button("link").textContent = "Copy link"), 2500);
      },
    };

    // In a page within another page, the address bar shows the other one.
    function offer(address) {
      const field = root.querySelector(".live-link") ?? document.createElement("input");
      field.className = "live-link";
      field.readOnly = true;
      field.ariaLabel = "Link to this state of the figure";
      field.value = address;
      button("link").after(field);
      field.select();
    }

    root.addEventListener("input", show);
    root.addEventListener("change", async () => {
      const here = location.href;
      await load();
      remember(here);
    });
    root.addEventListener("pointerdown", (event) => timer && "parameter" in event.target.dataset && stop());
    root.addEventListener("click", async ({ target }) => {
      if (!(target.dataset.do in actions)) return;
      await load();
      if (data) actions[target.dataset.do]();
    });
    for (const sign of ["pointerenter", "pointerdown", "focusin"]) root.addEventListener(sign, load);
    root.querySelector(".live-controls").hidden = false;
    const moved = () => data?.start.some((place, p) => place !== places()[p]);
    return { root, name, load, restore, turn, moved: () => moved() || alone(), state };
  }

  // The address follows the sliders, a moment later: browsers allow few changes in a row. Whoever has
  // followed a link meanwhile keeps the link's.
  let waiting = 0;
  function remember(here = location.href) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (location.href !== here) return;
      const states = figures.filter((figure) => figure.moved()).map((figure) => figure.state()).join("&");
      if (states || /[.=]/.test(location.hash)) {
        history.replaceState(null, "", location.href.split("#")[0] + (states && "#" + states));
      }
    }, 300);
  }

  async function restore() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const named = figures.filter(({ name }) =>
      [...wanted].some(([key, value]) => key.startsWith(`${name}.`) || (key === "large" && value === name)));
    await Promise.all(named.map((figure) => figure.load()));
    const found = named.filter((figure) => figure.restore(wanted));
    if (!found.length) return;
    const { root } = found[0];
    if (!framed) return root.scrollIntoView();
    // In a frame, that would move the page around it, too.
    const { scrollPaddingTop: covered } = getComputedStyle(document.documentElement);
    scrollBy(0, root.getBoundingClientRect().top - (parseFloat(covered) || 0));
  }

  // A figure that is at most a screen away gets its pictures.
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      figures.find((figure) => figure.root === target).load();
    }
  }, { rootMargin: "100% 0px" });

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("figure.live[data-name]").forEach((root) => figures.push(Figure(root)));
    restore();
  });
  addEventListener("load", () => figures.forEach(({ root }) => near.observe(root))); // the page comes first
  addEventListener("hashchange", restore);
  matchMedia("print, (min-width: 40rem)").addEventListener("change", () => figures.forEach(({ turn }) => turn()));
  addEventListener("beforeprint", () => {
    document.querySelectorAll("figure.live > img").forEach((image) => (image.loading = "eager"));
  });
})();
