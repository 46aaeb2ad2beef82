// The playground: a small network and its points, trained by Python on the page (python.js), drawn here.
// What is computed comes from lib/playground: this asks, some 25 ms of epochs at a time, and draws what
// comes. Nothing waits for a training: between two answers the page is free.
(() => {
  "use strict";
  const PLAN = 25; // ms of training between two pictures
  const FEW = 12; // rows that are listed one by one
  const SOME = 30; // points that are edited in a table
  const ACROSS = 48; // points of the picture of the plane, as in lib/playground/desk.py
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const SIGNS = { xor: "XOR", and: "AND", rings: "two rings", moons: "two moons", spiral: "spiral", stripes: "stripes",
    curve: "a curve of your own", own: "points of your own" };
  const START = { data: "xor", samples: "100", noise: "0.1", hidden: "2", activation: "sigmoid", cost: "mse", batch: "0",
    size: "1.0", seed: "0", alpha: "5.0" };
  const DRAWN = ["rings", "moons", "spiral", "stripes", "curve"];

  const options = (choices) => Object.entries(choices).map(([value, name]) => `<option value="${value}">${name}</option>`).join("");
  const same = (...values) => Object.fromEntries(values.map((value) => [value, value]));
  const select = (name, label, choices, when = "") =>
    `<label data-when="${when}"><span>${label}</span><select name="${name}">${choices}</select></label>`;
  const text = (name, label, value, when = "", mode = "decimal") =>
    `<label data-when="${when}"><span>${label}</span><input type="text" name="${name}" value="${value}" inputmode="${mode}"
      autocomplete="off" autocapitalize="off" spellcheck="false"></label>`;
  const button = (what, name, more = "") => `<button type="button" data-play="${what}" ${more}>${name}</button>`;
  const picture = (name, what) => `<figure class="play-${name}"><canvas role="img" aria-labelledby="play-${name}"></canvas>
    <figcaption id="play-${name}">${what} comes with Python.</figcaption></figure>`;

  const LATER = "<p>Comes with Python.</p>";
  const FORM = `
    <div class="play-bar">
      ${button("start", "Start Python", 'class="play-main"')}
      ${button("train", "Train", 'class="play-main" disabled')}
      ${button("step", "One step", "disabled")}
      ${button("again", "Start again", "disabled")}
      <div class="play-alpha">
        <label for="play-alpha">Learning rate <b>α</b></label>
        <input type="range" id="play-alpha" min="-300" max="300" value="70" disabled>
        <input type="text" name="alpha" value="5.0" inputmode="decimal" autocomplete="off" aria-label="Learning rate α, as a number">
      </div>
    </div>
    <p class="play-now">&nbsp;</p>
    <p class="play-said" role="status"></p>
    <p class="play-heard" role="status"></p>
    <div class="play-scene">
      <div class="play-left">
        ${picture("plane", "The plane of x₁ and x₂, with what the network answers,")}
        <ul class="play-seen"></ul>
      </div>
      <div class="play-right">
        ${picture("network", "The network with its weights")}
        ${button("gradients", "Show gradients on the edges", 'aria-pressed="false"')}
        ${picture("curve", "The curve of the cost")}
      </div>
    </div>
    <form class="play-settings" aria-label="Settings">
      ${select("data", "Points", options(SIGNS))}
      ${text("curve", "Class 1 lies above x₂ =", "sin(3*x)", "curve", "text")}
      ${select("samples", "How many", options(same(20, 50, 100, 200, 500)), DRAWN.join(" "))}
      ${select("noise", "Noise", options({ "0.0": 0, 0.05: 0.05, 0.1: 0.1, 0.2: 0.2, 0.3: 0.3 }), DRAWN.join(" "))}
      ${select("layers", "Hidden layers", options(same(0, 1, 2, 3, 4)))}
      ${[1, 2, 3, 4].map((k) => select(`width${k}`, `Neurons in layer ${k}`, options(same(1, 2, 3, 4, 5, 6, 7, 8)))).join("")}
      ${select("activation", "Activation", options({ sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU" }))}
      ${select("cost", "Cost", options({ mse: "MSE", bce: "BCE from logits" }))}
      ${select("batch", "Rows a step", options({ 0: "all", 1: 1, 2: 2, 4: 4, 10: 10, 25: 25, 100: 100 }))}
      ${select("size", "First weights times", options({ "0.0": 0, 0.01: 0.01, 0.1: 0.1, 0.5: 0.5, "1.0": 1, "2.0": 2, "5.0": 5, "20.0": 20 }))}
      ${text("seed", "Seed", "0", "", "numeric")}
      ${button("seed", "Next seed")}
    </form>
    <fieldset class="play-own" hidden>
      <legend>Points of your own</legend>
      <p>Tap the plane to add a point of the chosen class, or write it into the table.</p>
      <div class="play-kinds">
        <label><input type="radio" name="kind" value="1" checked> <span>■ class 1</span></label>
        <label><input type="radio" name="kind" value="0"> <span>● class 0</span></label>
      </div>
      <div class="play-table"></div>
      ${button("add", "Add a point")} ${button("clear", "Remove all")}
      <details><summary>All points as text</summary>
        <label><span>A point a line: x₁, x₂, class</span><textarea rows="6" spellcheck="false" autocomplete="off"></textarea></label>
        ${button("take", "Take these points")}
      </details>
    </fieldset>
    <details class="play-fold" data-fold="sizes"><summary>Rows, and the size of the gradients</summary><div>${LATER}</div></details>
    <details class="play-fold" data-fold="numbers"><summary>One step in numbers</summary>
      <label><span>Forward and backward for</span><select name="row"></select></label>
      <div>${LATER}</div>
    </details>
    <details class="play-fold" data-fold="python"><summary>As Python</summary>
      <p>These lines repeat the run, number by number.</p>
      <pre tabindex="0"></pre>
      ${button("copy", "Copy the lines")}
    </details>
    <p class="play-link">${button("link", "Copy a link to this run")}</p>`;

  // Words

  function say(value, digits = 4) {
    if (!Number.isFinite(value)) return `${value}`.replace("-", "−").replace("Infinity", "∞");
    if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6)) {
      const [mantissa, exponent] = value.toExponential(digits - 2).split("e");
      const raised = [...`${+exponent}`].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻").join("");
      return (+mantissa === 1 ? `10${raised}` : `${+mantissa} × 10${raised}`).replace("-", "−");
    }
    return `${+value.toPrecision(digits)}`.replace("-", "−");
  }
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);
  const lowered = (text) => escaped(text).replace(/_(\d+)/g, "<sub>$1</sub>");
  const shape = ({ shape }) => `(${shape.join(", ")})`;

  // What a number of the page means on the slider: tenth powers, a hundred places each.
  const onSlider = (alpha) => Math.round(100 * Math.log10(alpha));
  const fromSlider = (place) => `${+(10 ** (place / 100)).toPrecision(3)}`;

  // A run in an address. What is allowed there is left as it is, so that a reader can read it.
  const isLink = (hash) => /^#?v=/.test(hash);
  const fromLink = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
  const toLink = (texts) => new URLSearchParams(texts).toString()
    .replace(/%(2C|3B|2F|28|29)/g, (sign) => decodeURIComponent(sign));

  function Playground(root) {
    root.innerHTML = FORM;
    const one = (selector) => root.querySelector(selector);
    const press = (what) => one(`[data-play=${what}]`);
    const form = one("form");
    const named = (name) => one(`[name=${name}]`);
    const [plane, network, curve] = ["plane", "network", "curve"].map((name) => one(`.play-${name}`));
    const slider = one("#play-alpha");

    let run = null; // what begin said: settings, X, y, window
    let now = null; // the last frame
    let costs = []; // [epoch, cost]
    let points = []; // of the reader's own: [x1, x2, class], as typed
    let refused = null; // points of the reader's own that can't be trained on, to be drawn all the same
    let training = null; // the loop, while it runs
    let goOn = false;
    let many = 1; // epochs between two pictures
    let chosen = -1; // a row
    let gradients = false;
    let lines = { python: "", link: "" };
    let ready = false;

    const words = (said) => (one(".play-said").textContent = said);

    // Asking Python

    const ask = (name, message = {}) => python.call("playground", name, message);

    async function start() {
      press("start").disabled = true;
      try {
        await python.start(words);
      } catch (error) {
        press("start").disabled = false;
        return words(error.message ?? error);
      }
      ready = true;
      press("start").hidden = true;
      for (const what of ["train", "step", "again"]) press(what).disabled = false;
      words("");
      const { hash } = location;
      if (!isLink(hash)) await begin({ settings: settings() });
      else if (!(await begin({ link: fromLink(hash) }))) await begin({ settings: settings() }, true); // the sentence stays
      if (document.activeElement === document.body) press("train").focus({ preventScroll: true });
    }

    // Whatever changes the run waits until the training has stopped.
    async function begin(message, quiet = false) {
      await pause();
      let first;
      try {
        first = await ask("begin", message);
      } catch (error) {
        words(error.message);
        return false;
      }
      if (!quiet) words("");
      refused = null;
      run = first;
      costs = [];
      many = 1;
      chosen = Math.min(chosen, run.y.data.length - 1);
      show(run.settings);
      takeIn(first);
      rows();
      await rest();
      if (now.ahead) train();
      return true;
    }

    function takeIn(frame) {
      now = frame;
      const { data } = frame.costs;
      for (let k = 0; k < data.length; k += 2) costs.push([data[k], data[k + 1]]);
      if (costs.length > 1500) costs = costs.filter((_, k) => k % 2 === 0 || k === costs.length - 1);
    }

    // Each answer is asked for before the one before it is drawn: so Python and the page work side by side.
    async function loop() {
      press("train").textContent = "Pause";
      const next = async () => {
        const began = performance.now();
        const frame = await ask("train", { epochs: many });
        const took = Math.max(1, performance.now() - began);
        many = Math.max(1, Math.min(20000, Math.round(many * Math.min(2, PLAN / took))));
        return frame;
      };
      const replay = now.ahead > 0;
      let coming = next(), drawn = 0, said = 0;
      try {
        while (coming) {
          const frame = await coming;
          const over = (replay && !frame.ahead) || frame.seen.some(([name]) => name === "diverged");
          coming = goOn && !over ? next() : null;
          takeIn(frame);
          await new Promise(requestAnimationFrame);
          if (!calm.matches || performance.now() - drawn > 500) {
            drawn = performance.now();
            draw();
          }
          if (performance.now() - said > 500) {
            said = performance.now();
            sentences();
          }
        }
      } catch (error) {
        words(error.message);
      }
      goOn = false;
      training = null;
      press("train").textContent = "Train";
      await rest();
    }

    function train() {
      goOn = true;
      training ??= loop();
    }
    async function pause() {
      goOn = false;
      await training;
    }

    // At a pause the run is told to those who listen, too, and what takes longer is shown.
    async function rest() {
      draw();
      sentences();
      one(".play-heard").textContent = [one(".play-now").textContent, ...now.seen.map(([, sentence]) => sentence)].join(". ");
      const recipe = await ask("recipe");
      lines = { python: recipe.python, link: toLink(recipe.link) };
      one("[data-fold=python] pre").textContent = colab() + lines.python;
      history.replaceState(null, "", `${location.href.split("#")[0]}#${lines.link}`);
      await numbers();
    }

    const repository = document.querySelector(".bar-list a[href*='colab.research.google.com/github/']")?.href
      .match(/github\/([^/]+\/[^/]+)\/blob\/([^/]+)/);
    const colab = () => repository
      ? `# In Colab, first: %pip install -q https://github.com/${repository[1]}/archive/refs/heads/${repository[2]}.zip\n`
      : "";

    // Settings

    function settings() {
      const values = Object.fromEntries(["data", "curve", "samples", "noise", "activation", "cost", "batch", "size", "seed", "alpha"]
        .map((name) => [name, named(name).value]));
      values.hidden = Array.from({ length: +named("layers").value }, (_, k) => named(`width${k + 1}`).value).join("-");
      if (values.data === "own") values.points = points.map((point) => point.join(",")).join("\n");
      return values;
    }

    // Into the form, for a run that came by a link, too: a value that no menu has is added to it.
    function show(values) {
      for (const [name, value] of Object.entries(values)) {
        const field = root.querySelector(`[name=${name}]`);
        if (!field) continue;
        if (field.options && ![...field.options].some((option) => option.value === value)) {
          field.add(new Option(+value, value));
        }
        field.value = value;
      }
      const widths = values.hidden ? values.hidden.split("-") : [];
      named("layers").value = widths.length;
      widths.forEach((width, k) => (named(`width${k + 1}`).value = width));
      if (values.data === "own") {
        points = values.points.split(";").map((point) => point.split(","));
        table();
      }
      slider.value = onSlider(+values.alpha);
      arrange();
    }

    function arrange() {
      const data = named("data").value;
      for (const label of form.querySelectorAll("[data-when]")) {
        label.hidden = label.dataset.when !== "" && !label.dataset.when.split(" ").includes(data);
      }
      for (let k = 1; k <= 4; k++) named(`width${k}`).parentNode.hidden = k > +named("layers").value;
      one(".play-own").hidden = data !== "own";
      const said = `α = ${named("alpha").value}`;
      slider.setAttribute("aria-valuetext", said);
    }

    async function change(name) {
      arrange();
      const own = named("data").value === "own";
      if (!ready) {
        refused = own ? points : null;
        return draw();
      }
      if (name === "alpha" || name === "batch") return turn();
      if (name === "data" && own && !points.length && run?.y.data.length <= SOME) {
        points = Array.from(run.y.data, (kind, row) => [run.X.data[2 * row], run.X.data[2 * row + 1], kind].map(String));
        table();
      }
      if (!(await begin({ settings: settings() })) && own) {
        refused = points;
        draw();
      }
    }

    async function turn() {
      const was = goOn;
      await pause();
      try {
        takeIn(await ask("turn", { alpha: named("alpha").value, batch: named("batch").value }));
        words("");
      } catch (error) {
        return words(error.message);
      }
      if (was) train();
      else await rest();
    }

    // Points of the reader's own

    function table() {
      const few = points.length <= SOME;
      one(".play-table").innerHTML = !points.length ? "" : few
        ? `<table><thead><tr><th>Point</th><th>x₁</th><th>x₂</th><th>class</th><td></td></tr></thead><tbody>${
          points.map((point, row) => `<tr data-row="${row}"><th>${row + 1}</th>${point.map((value, k) =>
            `<td><input type="text" inputmode="decimal" autocomplete="off" value="${escaped(value)}" aria-label="${
              ["x₁", "x₂", "class"][k]} of point ${row + 1}"></td>`).join("")}
            <td>${button("remove", "×", `aria-label="Remove point ${row + 1}"`)}</td></tr>`).join("")}</tbody></table>`
        : `<p>${points.length} points: too many for a table. Their text is below.</p>`;
      one("textarea").value = points.map((point) => point.join(", ")).join("\n");
    }

    // As settings.py reads a point: blanks part it, else commas; a comma within a number is its point.
    const pointed = (value) => value.trim().replace(/^([-−]?\d*),(\d+)$/, "$1.$2");
    function parts(line) {
      const apart = line.trim().split(/\s+/).map((part) => part.replace(/^,|,$/g, ""));
      return (apart.length === 3 ? apart : line.trim().split(/[,\s]+/)).map(pointed);
    }

    const kind = () => one("[name=kind]:checked").value;

    function put(changed) {
      points = changed;
      table();
      return change("points");
    }

    const pick = (event) => {
      const sight = inSight();
      if (!sight) return;
      const box = event.target.getBoundingClientRect();
      const [left, below, width] = sight.window;
      const x1 = left + (event.clientX - box.left) / box.width * width;
      const x2 = below + (box.bottom - event.clientY) / box.height * width;
      if (named("data").value === "own") return put([...points, [x1.toFixed(2), x2.toFixed(2), kind()]]);
      let nearest = Infinity;
      sight.y.forEach((_, row) => {
        const gap = Math.hypot(sight.X[2 * row] - x1, sight.X[2 * row + 1] - x2);
        if (gap < nearest) [nearest, chosen] = [gap, row];
      });
      named("row").value = chosen + 1;
      draw();
      numbers();
    };

    // Pictures

    let ink = {};
    function colours() {
      const style = getComputedStyle(root);
      for (const name of ["blue", "orange", "green", "purple", "grey", "paper", "ink"]) {
        ink[name] = style.getPropertyValue(`--play-${name}`).trim();
      }
      ink.tint = style.getPropertyValue("--play-tint").split(",").map(Number);
    }

    // The context of a figure's canvas, cleared, with as many pixels as the screen has; and its size in px.
    function sheet(figure, ratio) {
      const canvas = figure.firstElementChild;
      const width = canvas.clientWidth, height = Math.round(width * ratio), dots = devicePixelRatio || 1;
      if (canvas.width !== Math.round(width * dots) || canvas.height !== Math.round(height * dots)) {
        canvas.width = Math.round(width * dots);
        canvas.height = Math.round(height * dots);
      }
      const pen = canvas.getContext("2d");
      pen.setTransform(dots, 0, 0, dots, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.font = "12px system-ui, sans-serif";
      pen.setLineDash([]);
      return [pen, width, height];
    }

    // What the plane shows: the run's points, or those of the reader's own that Python has refused.
    function inSight() {
      if (refused) {
        const good = refused.map((point) => point.map((value) => parseFloat(value.replace(",", "."))))
          .filter((point) => point.every(Number.isFinite) && Math.max(Math.abs(point[0]), Math.abs(point[1])) <= 10);
        const half = Math.max(2, ...good.map(([x1, x2]) => 1.1 * Math.max(Math.abs(x1), Math.abs(x2))));
        return { X: good.flatMap(([x1, x2]) => [x1, x2]), y: good.map((point) => point[2]), window: [-half, -half, 2 * half] };
      }
      return run && { X: run.X.data, y: run.y.data, window: run.window.data, heights: now.plane.data, right: now.right.data };
    }

    const small = document.createElement("canvas");
    small.width = small.height = ACROSS;
    function drawPlane() {
      const [pen, width] = sheet(plane, 1), sight = inSight();
      if (!sight) return;
      const { X, y, heights, right, window: [left, below, wide] } = sight;
      const scale = width / wide;
      const at = (x1, x2) => [(x1 - left) * scale, width - (x2 - below) * scale];
      if (heights) {
        const soft = small.getContext("2d"), image = soft.createImageData(ACROSS, ACROSS);
        for (let line = 0; line < ACROSS; line++) {
          for (let column = 0; column < ACROSS; column++) {
            const place = 4 * ((ACROSS - 1 - line) * ACROSS + column), y_hat = heights[line * ACROSS + column];
            image.data.set(ink.tint, place);
            image.data[place + 3] = Number.isNaN(y_hat) ? 0 : 140 * y_hat;
          }
        }
        soft.putImageData(image, 0, 0);
        pen.drawImage(small, 0, 0, width, width);
        pen.strokeStyle = ink.blue;
        pen.lineWidth = 2.5;
        pen.beginPath();
        half(heights, (column, line) => {
          const [x, y] = [(column + 0.5) / ACROSS * width, width - (line + 0.5) / ACROSS * width];
          return [x, y];
        }, pen);
        pen.stroke();
      }
      pen.fillStyle = ink.ink;
      for (let tick = Math.ceil(left + 0.06 * wide); tick < left + 0.92 * wide; tick += wide > 8 ? 5 : 1) {
        pen.fillText(`${tick}`.replace("-", "−"), at(tick, 0)[0] - 4, width - 4);
      }
      for (let tick = Math.ceil(below + 0.1 * wide); tick < below + 0.92 * wide; tick += wide > 8 ? 5 : 1) {
        pen.fillText(`${tick}`.replace("-", "−"), 3, at(0, tick)[1] + 4);
      }
      pen.fillText("x₁", width - 18, width - 4);
      pen.fillText("x₂", 3, 12);
      const size = y.length > 60 ? 3.5 : 6;
      for (let row = 0; row < y.length; row++) {
        const [x, z] = at(X[2 * row], X[2 * row + 1]);
        pen.fillStyle = y[row] ? ink.green : ink.purple;
        pen.strokeStyle = ink.paper;
        pen.lineWidth = 1;
        pen.beginPath();
        if (y[row]) pen.rect(x - size * 0.9, z - size * 0.9, size * 1.8, size * 1.8);
        else pen.arc(x, z, size, 0, 7);
        pen.fill();
        pen.stroke();
        if (right && !right[row]) {
          pen.strokeStyle = ink.orange;
          pen.lineWidth = 2;
          pen.beginPath();
          for (const way of [-1, 1]) {
            pen.moveTo(x - 1.6 * size, z - way * 1.6 * size);
            pen.lineTo(x + 1.6 * size, z + way * 1.6 * size);
          }
          pen.stroke();
        }
        if (row === chosen) {
          pen.strokeStyle = ink.ink;
          pen.lineWidth = 2;
          pen.beginPath();
          pen.arc(x, z, size + 6, 0, 7);
          pen.stroke();
        }
      }
    }

    // Where the answer is one half: in each square between four points, the line between two of its edges.
    function half(heights, place, pen) {
      const height = (column, line) => heights[line * ACROSS + column] - 0.5;
      for (let line = 0; line < ACROSS - 1; line++) {
        for (let column = 0; column < ACROSS - 1; column++) {
          const corners = [[column, line], [column + 1, line], [column + 1, line + 1], [column, line + 1]];
          const met = [];
          corners.forEach(([c, l], k) => {
            const [d, m] = corners[(k + 1) % 4], one = height(c, l), other = height(d, m);
            if (one > 0 === other > 0) return;
            const share = one / (one - other);
            met.push(place(c + (d - c) * share, l + (m - l) * share));
          });
          for (let k = 0; k + 1 < met.length; k += 2) {
            pen.moveTo(...met[k]);
            pen.lineTo(...met[k + 1]);
          }
        }
      }
    }

    function layers() {
      const found = [];
      for (let k = 1; now[`W${k}`]; k++) found.push(k);
      return found;
    }

    function drawNetwork() {
      const [pen, width, height] = sheet(network, 0.5);
      if (!run) return;
      const numbers = layers(), name = gradients ? "dW" : "W";
      const sizes = [2, ...numbers.map((k) => now[`W${k}`].shape[1])];
      const side = 26;
      const x = (layer) => side + (width - 2 * side) * layer / (sizes.length - 1);
      const y = (layer, k) => height * (k + 0.5) / sizes[layer];
      const values = numbers.map((k) => now[name + k].data);
      const largest = Math.max(1e-300, ...values.flatMap((all) => Array.from(all, Math.abs)).filter(Number.isFinite));
      const edges = values.reduce((sum, all) => sum + all.length, 0);
      const labels = [];
      numbers.forEach((k, layer) => {
        const columns = sizes[layer + 1];
        values[layer].forEach((value, place) => {
          const [from, to] = [Math.floor(place / columns), place % columns];
          const ends = [x(layer), y(layer, from), x(layer + 1), y(layer + 1, to)];
          pen.strokeStyle = gradients ? ink.orange : value < 0 ? ink.purple : ink.blue;
          pen.setLineDash(value < 0 ? [5, 4] : []);
          pen.lineWidth = 0.5 + 5 * Math.abs(value) / largest || 0.5;
          pen.beginPath();
          pen.moveTo(ends[0], ends[1]);
          pen.lineTo(ends[2], ends[3]);
          pen.stroke();
          const share = 0.3 + 0.4 * (from + 0.5) / sizes[layer];
          labels.push([say(value, 2), ends[0] + (ends[2] - ends[0]) * share, ends[1] + (ends[3] - ends[1]) * share]);
        });
      });
      pen.setLineDash([]);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      if (edges <= 9) {
        for (const [text, left, top] of labels) {
          const wide = pen.measureText(text).width + 4;
          pen.fillStyle = ink.paper;
          pen.fillRect(left - wide / 2, top - 8, wide, 16);
          pen.fillStyle = ink.ink;
          pen.fillText(text, left, top);
        }
      }
      sizes.forEach((count, layer) => {
        for (let k = 0; k < count; k++) {
          pen.fillStyle = ink.paper;
          pen.strokeStyle = ink.ink;
          pen.lineWidth = 1.5;
          pen.beginPath();
          pen.arc(x(layer), y(layer, k), Math.min(13, height / count / 2 - 1), 0, 7);
          pen.fill();
          pen.stroke();
          pen.fillStyle = ink.ink;
          pen.fillText(layer === 0 ? `x${"₁₂"[k]}` : layer === sizes.length - 1 ? "ŷ" : `${k + 1}`, x(layer), y(layer, k));
        }
      });
      pen.textAlign = "start";
      pen.textBaseline = "alphabetic";
    }

    function drawCurve() {
      const [pen, width, height] = sheet(curve, 0.4);
      const good = costs.filter(([, cost]) => Number.isFinite(cost) && cost > 0);
      if (!good.length) return;
      const edge = { left: 48, right: 8, top: 8, bottom: 20 };
      const logs = good.map(([, cost]) => Math.log10(cost));
      const low = Math.floor(Math.min(...logs)), high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
      const apart = Math.ceil((high - low) / 4);
      const last = Math.max(1, good.at(-1)[0]);
      const x = (epoch) => edge.left + (width - edge.left - edge.right) * epoch / last;
      const y = (log) => edge.top + (height - edge.top - edge.bottom) * (high - log) / (high - low);
      pen.strokeStyle = ink.grey;
      pen.fillStyle = ink.ink;
      pen.lineWidth = 1;
      for (let log = high; log >= low; log -= apart) {
        pen.globalAlpha = 0.4;
        pen.beginPath();
        pen.moveTo(edge.left, y(log));
        pen.lineTo(width - edge.right, y(log));
        pen.stroke();
        pen.globalAlpha = 1;
        pen.fillText(say(+`1e${log}`, 2), 2, y(log) + 4);
      }
      pen.fillText("0", edge.left, height - 4);
      const end = `epoch ${last.toLocaleString("en")}`;
      pen.fillText(end, width - edge.right - pen.measureText(end).width, height - 4);
      pen.strokeStyle = ink.blue;
      pen.lineWidth = 2;
      pen.beginPath();
      good.forEach(([epoch], k) => pen[k ? "lineTo" : "moveTo"](x(epoch), y(logs[k])));
      pen.stroke();
      pen.fillStyle = ink.orange;
      pen.beginPath();
      pen.arc(x(good.at(-1)[0]), y(logs.at(-1)), 4, 0, 7);
      pen.fill();
    }

    const rightOnes = () => now.right.data.reduce((sum, own) => sum + own, 0);
    const place = () => `epoch ${now.epoch.toLocaleString("en")}${now.steps ? ` and ${now.steps} steps` : ""}`;

    function draw() {
      drawPlane();
      drawNetwork();
      drawCurve();
      if (!run || refused) return;
      one(".play-now").textContent = `${place()} · cost ${say(now.cost.data[0], 3)} · ${rightOnes()} of ${now.y_hat.data.length} right`;
      one(".play-seen").replaceChildren(...now.seen.map(([name, sentence]) =>
        Object.assign(document.createElement("li"), { textContent: sentence, className: `play-${name}` })));
      if (one("[data-fold=sizes]").open) sizes();
    }

    function sentences() {
      const above = now.plane.data.filter((y_hat) => y_hat > 0.5).length / now.plane.data.length;
      one("#play-plane").textContent =
        `ŷ is above one half, blue, in ${Math.round(100 * above)} % of the plane; ${rightOnes()} of ${
          now.y_hat.data.length} points are on their side of the line (■ class 1, ● class 0, × wrong).`;
      const [first, last] = [costs[0], costs.at(-1)];
      one("#play-curve").textContent = `The cost of all rows: ${say(first[1])} at epoch ${first[0]}, ${say(last[1])} at epoch ${
        last[0].toLocaleString("en")}.`;
      const name = gradients ? "dW" : "W", all = layers();
      const largest = all.map((k) => Math.max(...Array.from(now[name + k].data, Math.abs)));
      const strongest = largest.indexOf(Math.max(...largest));
      one("#play-network").textContent = `${[2, ...all.map((k) => now[`W${k}`].shape[1])].join("-")}; ${
        gradients ? "edges show dC/dW" : "edges show weights"}, dashed where negative; the largest, ${
        say(Math.max(...largest), 3)}, is in layer ${strongest + 1}.`;
    }

    // Tables

    const bar = (size) => `<i style="width: ${Math.max(0, Math.min(100, 100 + 100 / 12 * Math.log10(size || 1e-300))).toFixed(0)}%"></i>`;
    function sizes() {
      const { data } = now.sizes;
      let html = `<table><caption>Typical size of an entry (root mean square); the bar is logarithmic, from 10⁻¹² to 1</caption>
        <thead><tr><th>Layer</th><th>dC/dZ</th><th>dC/dW</th></tr></thead><tbody>`;
      for (let k = 0; 2 * k < data.length; k++) {
        html += `<tr><th>${k + 1}</th><td>${say(data[2 * k + 1], 3)}${bar(data[2 * k + 1])}</td><td>${say(data[2 * k], 3)}${bar(data[2 * k])}</td></tr>`;
      }
      html += "</tbody></table>";
      const { data: y_hat } = now.y_hat;
      if (y_hat.length <= FEW) {
        html += `<table><caption>Row by row</caption><thead><tr><th>Row</th><th>x₁, x₂</th><th>y</th><th>ŷ</th><th>right</th></tr></thead><tbody>`;
        y_hat.forEach((own, row) => {
          html += `<tr><th>${row + 1}</th><td>${say(run.X.data[2 * row])}, ${say(run.X.data[2 * row + 1])}</td><td>${
            run.y.data[row]}</td><td>${say(own)}</td><td>${now.right.data[row] ? "✓" : "× no"}</td></tr>`;
        });
        html += "</tbody></table>";
      }
      one("[data-fold=sizes] div").innerHTML = html;
    }

    function rows() {
      const count = run.y.data.length;
      named("row").innerHTML = `<option value="0">all ${count} rows, as training sees them</option>` + Array.from({ length: count }, (_, row) =>
        `<option value="${row + 1}">row ${row + 1}: (${say(run.X.data[2 * row], 3)}, ${say(run.X.data[2 * row + 1], 3)}), y = ${run.y.data[row]}</option>`).join("");
      named("row").value = chosen + 1;
    }

    const cells = (table, from, to) => Array.from({ length: to - from }, (_, line) => `<tr>${
      Array.from({ length: table.shape[1] }, (_, column) => `<td>${say(table.data[(from + line) * table.shape[1] + column])}</td>`).join("")}</tr>`).join("");
    function matrix(name, computed, table) {
      const [count, columns] = table.shape;
      const body = count <= 10 ? cells(table, 0, count)
        : `${cells(table, 0, 4)}<tr><td colspan="${columns}">… ${count - 5} more rows …</td></tr>${cells(table, count - 1, count)}`;
      const said = `${name.replace("_", " ")}, ${shape(table)}`;
      return `<div class="play-matrix"><p>${lowered(name)}${computed ? ` = ${lowered(computed)}` : ""} <span>${shape(table)}</span></p>
        <div tabindex="0" role="region" aria-label="${escaped(said)}"><table><tbody>${body}</tbody></table></div></div>`;
    }

    async function numbers() {
      const fold = one("[data-fold=numbers]");
      if (!fold.open || !run || goOn) return;
      const found = await ask("numbers", { row: +named("row").value });
      const error = found.error.data[0];
      const block = (way) => found.tables.map(([name, computed, own], k) => own === way ? matrix(name, computed, found[`table${k}`]) : "").join("");
      fold.lastElementChild.innerHTML = `<p><b>Forward</b></p><div class="play-matrices">${block("forward")}</div><p>Cost of ${
        +named("row").value ? "this row" : "these rows"}: C = ${say(found.cost.data[0], 6)}</p><p><b>Backward</b></p><div class="play-matrices">${block("backward")}</div><p>${
        Number.isNaN(error) ? "The numbers are no longer finite: there is nothing to check."
        : `Checked on the spot by complex step: the largest difference is ${say(error, 2)} of the gradient's largest entry.`} The step itself: W := W − α dC/dW, with α = ${
        named("alpha").value}.</p>`;
    }

    // What is pressed

    async function copied(what, text, done, name) {
      let said = done;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        said = "The browser doesn't let this page copy.";
      }
      press(what).textContent = said;
      setTimeout(() => (press(what).textContent = name), 2500);
    }
    const nextSeed = () => {
      const seed = Number(named("seed").value);
      named("seed").value = Number.isInteger(seed) ? seed + 1 : 0;
    };
    // A run of what is chosen: what was refused is tried again.
    const fit = async () => (run && !refused) || begin({ settings: settings() });
    const actions = {
      start,
      async train() {
        if (goOn) return pause();
        if (!(await fit())) return;
        words("");
        train();
      },
      async step() {
        await pause();
        if (!(await fit())) return;
        takeIn(await ask("step"));
        words("");
        await rest();
      },
      again: () => begin({ settings: settings() }),
      gradients() {
        gradients = !gradients;
        press("gradients").setAttribute("aria-pressed", gradients);
        press("gradients").textContent = gradients ? "Show weights on the edges" : "Show gradients on the edges";
        if (run) draw(), sentences();
      },
      seed() {
        nextSeed();
        return change("seed");
      },
      add: () => put([...points, ["0", "0", kind()]]),
      clear: () => put([]),
      remove: (button) => put(points.filter((_, row) => row !== +button.closest("tr").dataset.row)),
      take() {
        const lines = one("textarea").value.split(/[;\n]/).filter((line) => line.trim());
        return put(lines.map(parts));
      },
      copy: () => copied("copy", one("[data-fold=python] pre").textContent, "Copied", "Copy the lines"),
      link: () => copied("link", location.href, "Link copied", "Copy a link to this run"),
    };

    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-play]");
      if (button) actions[button.dataset.play](button);
    });
    plane.firstElementChild.addEventListener("click", pick);
    form.addEventListener("submit", (event) => event.preventDefault());
    slider.addEventListener("input", () => {
      named("alpha").value = fromSlider(slider.value);
      arrange();
    });
    root.addEventListener("change", ({ target }) => {
      if (target === slider) return change("alpha");
      if (target.closest(".play-table")) {
        const cells = [...target.closest("tr").querySelectorAll("input")].map((field) => pointed(field.value));
        points = points.map((point, row) => (row === +target.closest("tr").dataset.row ? cells : point));
        one("textarea").value = points.map((point) => point.join(", ")).join("\n");
        return change("points");
      }
      if (target.name === "row") {
        chosen = +target.value - 1;
        draw();
        return numbers();
      }
      if (target.name === "alpha") slider.value = onSlider(+target.value.replace(",", ".")) || slider.value;
      if (target.name && target.name !== "kind") return change(target.name);
    });
    root.addEventListener("toggle", ({ target }) => {
      if (target.dataset.fold === "numbers") numbers();
      if (target.dataset.fold === "sizes" && run) sizes();
    }, true);
    addEventListener("hashchange", () => {
      const { hash } = location;
      if (ready && isLink(hash) && hash !== `#${lines.link}`) begin({ link: fromLink(hash) });
    });
    const again = () => {
      colours();
      draw();
    };
    new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    new ResizeObserver(again).observe(plane);

    slider.disabled = false;
    colours();
    show(START);
    table();
    const lack = python.lack();
    press("start").textContent = `Start Python here (about ${python.megabytes}\u00a0MB, once)`;
    press("start").hidden = Boolean(lack);
    words(lack);
  }

  addEventListener("DOMContentLoaded", () => document.querySelectorAll(".playground").forEach(Playground));
})();
