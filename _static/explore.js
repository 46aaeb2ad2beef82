// Live figures: for every slider position there is a picture (lib/live/page.py), in a file beside the
// page that is fetched when the figure comes near or is touched (_ext/stage/figures.py). This puts the
// right picture in its place.
(() => {
  "use strict";
  const figures = [];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const framed = window.parent !== window;

  // The pictures of a figure: a promise of what its file says, or in a page that is whole, its script.
  function fetchFrames(root) {
    const script = root.querySelector("script");
    if (script) return Promise.resolve(JSON.parse(script.textContent));
    return new Promise((resolve, reject) => {
      const file = document.createElement("script");
      file.src = root.querySelector("svg").dataset.frames;
      file.onload = () => resolve(liveFigures[root.dataset.name]);
      file.onerror = reject;
      document.head.append(file);
    });
  }

  function Figure(root) {
    const name = root.dataset.name;
    let data = null;
    let loading = null;
    const parts = [...root.querySelectorAll("svg [data-part]")];
    const shown = parts.map(() => -1);
    const controls = [...root.querySelectorAll("[data-parameter]")];
    const outputs = controls.map((control) => control.parentNode.querySelector("output"));
    const sentence = root.querySelector(".live-sentence");
    const button = (what) => root.querySelector(`[data-do=${what}]`);
    const animated = controls.findIndex((control) => "animate" in control.dataset);
    const places = () => controls.map((control) => +control.value);
    let timer = 0;

    // Fetch the pictures, once. A slider that was moved meanwhile gets its picture then.
    function load() {
      loading ??= fetchFrames(root).then((found) => {
        data = found;
        if (moved()) show();
      });
      return loading.catch(() => {
        loading = null; // the next touch tries again
        sentence.textContent = "The pictures of this figure can't be reached.";
      });
    }

    function show() {
      if (!data) return load();
      const at = places().reduce((sum, place, p) => sum * data.parameters[p].texts.length + place, 0);
      parts.forEach((part, k) => {
        const frame = data.at[k][at];
        if (frame !== shown[k]) part.innerHTML = data.frames[k][(shown[k] = frame)];
      });
      controls.forEach((control, p) => {
        if (!outputs[p]) return; // a menu says itself what is chosen
        const text = data.parameters[p].texts[control.value];
        outputs[p].textContent = text;
        control.setAttribute("aria-valuetext", text);
      });
      sentence.textContent = data.sentences[at];
    }

    // The state as the part of a link: name.parameter=value&…
    function state() {
      return data.parameters.map(({ name: parameter, values }, p) =>
        `${name}.${parameter}=${encodeURIComponent(values[controls[p].value])}`).join("&");
    }

    // Nearest position for a number, the same word for a choice; what makes no sense is ignored.
    function restore(wanted) {
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
        if (+control.value === count - 1) control.value = 0;
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
      await load();
      remember();
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
    return { root, name, load, restore, moved, state };
  }

  // The address follows the sliders, a moment later: browsers allow few changes in a row.
  let waiting = 0;
  function remember() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const states = figures.filter((figure) => figure.moved()).map((figure) => figure.state()).join("&");
      if (states || location.hash.includes(".")) {
        history.replaceState(null, "", location.href.split("#")[0] + (states && "#" + states));
      }
    }, 300);
  }

  async function restore() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const named = figures.filter(({ name }) => [...wanted.keys()].some((key) => key.startsWith(`${name}.`)));
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
  addEventListener("beforeprint", () => {
    document.querySelectorAll("figure.live > img").forEach((image) => (image.loading = "eager"));
  });
})();
