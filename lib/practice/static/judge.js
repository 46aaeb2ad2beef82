// The judge of the book's questions (lib/practice): it reads what was typed, says how it was read,
// and answers in one sentence. No dependencies, no requests, and nothing typed is ever run as code.
// `form.js` asks it; on the site it is fetched when the reader comes near a question.
(() => {
  "use strict";
  const practice = (globalThis.practice ??= {});
  if (practice.judge) return; // a notebook brings this once per output

  // What stops the judge, as a sentence. `kind` says which: "unread" costs the reader no try.
  class Stop extends Error {
    constructor(sentence, kind = "unread") {
      super(sentence);
      this.kind = kind;
    }
  }
  const stop = (sentence, kind) => {
    throw new Stop(sentence, kind);
  };
  // What `run` returns; where it is stopped, what `refused` makes of that.
  function attempt(run, refused) {
    try {
      return run();
    } catch (trouble) {
      if (trouble instanceof Stop) return refused(trouble);
      throw trouble;
    }
  }
  const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const code = (text) => `<code>${escape(text)}</code>`;
  const list = (texts) => [texts.slice(0, -1).map(code).join(", "), ...texts.slice(-1).map(code)].filter(Boolean).join(" and ");

  // ---------------------------------------------------------------- Reading

  const GREEK = {
    α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", λ: "lambda", μ: "mu",
    π: "pi", ρ: "rho", σ: "sigma", τ: "tau", φ: "phi", ω: "omega", Δ: "Delta",
  };
  const PENCIL = { "^": "**", "−": "-", "–": "-", "÷": "/", "∗": "*", "⊙": "*", "⋅": "·", "∙": "·" };
  const TOKEN =
    /(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-zͰ-Ͽŷ][\wͰ-Ͽ₀-₉]*)|(\*\*|<=|>=|==|!=|[-+*/@()[\],.=<>^·⋅∙×⊙−–÷∗√])|([²³ᵀ])|\s+/uy;

  function tokens(text) {
    const found = [];
    const add = (type, value, at, more) => found.push({ type, value, at, ...more });
    let changed = false;
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(text);
      if (!match) strange(text, at);
      const [, number, name, sign, raised] = match;
      if (number) add("number", +number, at);
      if (name) add("name", name, at);
      if (sign) add("sign", PENCIL[sign] ?? sign, at);
      if (raised === "ᵀ") add("sign", ".", at), add("name", "T", at);
      else if (raised) add("sign", "**", at), add("number", raised === "²" ? 2 : 3, at, { closed: true });
      changed ||= !!raised || sign in PENCIL;
    }
    add("end", "", text.length);
    return { found, changed };
  }

  function strange(text, at) {
    const sign = String.fromCodePoint(text.codePointAt(at));
    const before = text.slice(0, at).match(/[\wͰ-Ͽ₀-₉]*$/)[0];
    if (/['’′]/.test(sign) && text[at + 1] === "(") stop(`${code(before + sign)} stands for a derivative: please write it out.`);
    if (/['’′]/.test(sign) && before) {
      stop(`${code(before + sign)} has two meanings: a transpose is ${code(before + ".T")}, and a derivative needs a name of its own.`);
    }
    if (/\p{Nd}/u.test(sign)) stop(`${code(sign)} is a digit that the judge doesn't read: please type 0 to 9.`);
    if (/["'’“”]/.test(sign)) stop("Quotation marks make a text; an answer is made of names, numbers and signs.");
    if (sign === "|") stop(`The size |x| is written ${code("abs(x)")}.`);
    if (/[{}]/.test(sign)) stop("Braces don't group here: please take round brackets.");
    stop(`${code(sign)} isn't a sign of the language (place ${at + 1}).`);
  }

  const COMPARE = ["<", ">", "<=", ">=", "==", "!="];
  const POWER = { "+": 10, "-": 10, "*": 20, "/": 20, "@": 20, "·": 20, "×": 20, "**": 40 };
  COMPARE.forEach((sign) => (POWER[sign] = 5));
  const FUNCTIONS = { exp: 1, log: 1, sqrt: 1, abs: 1, sign: 1, sigmoid: 1, tanh: 1, sin: 1, cos: 1, maximum: 2, minimum: 2, where: 3 };
  const SAME = { ln: "log", absolute: "abs", fabs: "abs", σ: "sigmoid", sigma: "sigmoid", max: "maximum", min: "minimum" };
  const SIGN = { dot: "@", matmul: "@", multiply: "*", add: "+", subtract: "-", divide: "/", power: "**", pow: "**" };
  const ONE = { norm: (x) => ["call", "sqrt", ["sum", ["**", x, ["number", 2]], null, false]], square: (x) => ["**", x, ["number", 2]], transpose: (x) => ["T", x], negative: (x) => ["neg", x] };
  const SUMS = ["sum", "mean"];
  const isFunction = (name) => [FUNCTIONS, SAME, SIGN, ONE].some((all) => Object.hasOwn(all, name)) || SUMS.includes(name);

  // Pratt's way: every sign has a power, and takes what binds at least as strongly.
  // Returns the tree, [what, ...parts], and whether it was read in another way than typed.
  function read(typed, given) {
    let text = typed.normalize("NFC").trim();
    if (!text) stop("Write something first.");
    if (text.length > 300) stop(`That is ${text.length} characters long: the answer fits on one line.`);
    let changed = false;
    const step = text.match(/^[\wͰ-Ͽ₀-₉ŷ]+\s*([-+*/@])=(?!=)/u);
    if (step) stop(`Please write the new value itself, without ${code(step[1] + "=")}.`);
    const left = text.match(/^[\wͰ-Ͽ₀-₉ŷ]+\s*:?=(?!=)/u);
    if (left) (text = text.slice(left[0].length)), (changed = true); // `dW = A.T @ D`: its right side
    if (/^[-+−–]?\d+,\d+$/.test(text)) (text = text.replace(",", ".")), (changed = true);
    const all = tokens(text);
    changed ||= all.changed;
    let place = 0;
    const peek = () => all.found[place];
    const next = () => all.found[place++];
    const is = (sign) => peek().type === "sign" && peek().value === sign;
    const took = (sign) => is(sign) && next();
    const where = (token) => (token.type === "end" ? "at the end" : `at ${code(token.value)} (place ${token.at + 1})`);
    const close = (sign) => took(sign) || stop(peek().type === "end" ? "A bracket is open at the end." : `Something is missing ${where(peek())}, or a bracket isn't closed.`);

    function expression(power) {
      let node = first(next());
      for (;;) {
        const token = peek();
        const own = token.type === "sign" && POWER[token.value];
        if (took(".")) node = after(node);
        else if (is("[")) stop("Picking entries with [ ] isn't read here: the answer is a formula for all of them, and a sum of all is written .sum().");
        else if (own > power) {
          next();
          if (own === 5 && COMPARE.includes(node[0])) stop("Please compare two things at a time.");
          node = [token.value, node, expression(own === 40 ? 29 : own)];
        } else if ((token.type === "name" || is("(") || is("√")) && power < 20) {
          node = together(node, token); // two things side by side, as a pencil multiplies
        } else return node;
      }
    }

    function together(node, token) {
      const [base, sign, old] = all.found.slice(0, place).slice(-3);
      const apart = /\s/.test(text[token.at - 1]); // `x^3 y` is as a pencil means it, `x^3y` and `x/2 y` are not
      if (old?.type === "number" && !old.closed && (sign.value === "/" || (sign.value === "**" && !apart))) {
        const both = text.slice(base.at, token.at + String(token.value).length);
        stop(`${code(both)} has two meanings: please add brackets or a ${code("*")}.`);
      }
      changed = true;
      return [node[0] === "number" ? "*" : " ", node, expression(20)];
    }

    function first(token) {
      const { type, value } = token;
      if (type === "number") return isFinite(value) ? ["number", value] : stop("That number is too large to calculate with.");
      if (type === "name") return named(token);
      if (value === "-") return ["neg", expression(30)];
      if (value === "+") return expression(30);
      if (value === "√") return (changed = true), ["call", "sqrt", expression(45)];
      if (value === "(") {
        const node = expression(0);
        if (is(",")) stop("A comma in brackets makes a pair: here one value is asked for.");
        close(")");
        return node;
      }
      if (value === "[") return ["array", ...entries("]")];
      if (type === "end") stop(place > 1 ? "The formula ends too early: something is missing after its last sign." : "Write something first.");
      if (value === ")" || value === "]") stop(`A bracket closes ${where(token)}, and something is missing before it.`);
      return stop(`Something is missing before ${code(value)} (place ${token.at + 1}).`);
    }

    function entries(end, words) {
      const found = [];
      while (!took(end)) {
        if (found.length || words?.any) took(",") || close(end);
        const [name, sign] = [peek(), all.found[place + 1]];
        if (words && name.type === "name" && sign?.value === "=") {
          place += 2;
          (words.any = true), (words[name.value] = word(next()));
        } else found.push(expression(0));
      }
      return found;
    }

    function word(token) {
      if (token.type === "name" && /^(True|False|None)$/.test(token.value)) return { True: true, False: false, None: null }[token.value];
      const sign = token.value === "-" ? ((token = next()), -1) : 1;
      return Number.isInteger(token.value) ? sign * token.value : stop("axis is 0 or 1 (or -1, -2), keepdims is True or False.");
    }

    function named(token) {
      let name = token.value;
      if (/^(np|numpy|math)$/.test(name) && !given.includes(name) && took(".")) {
        token = next();
        const from = token.value === "linalg" && took(".") ? (token = next(), "np.linalg.") : "np.";
        name = token.value;
        if (name === "T") stop(`A transpose is written ${code(given[0] + ".T")}, with a dot.`);
        if (name === "e") stop(`For e to a power, please write ${code("exp(…)")}.`);
        if (name !== "pi" && !isFunction(name)) stop(`${code(from + name)} isn't among what the judge knows: ${Object.keys(FUNCTIONS).join(", ")}, sum, mean.`);
        if (is("(")) return next(), called(name, entries(")", (token.words = {})), token.words, true);
      }
      const own = known(name, given);
      if (own && (own === name || !is("(") || !isFunction(name))) return (changed ||= own !== name), ["name", own];
      if (isFunction(name)) {
        if (took("(")) return called(name, entries(")", (token.words = {})), token.words);
        if (name in FUNCTIONS) stop(`${code(name)} needs its brackets: ${code(name + "(…)")}.`);
      }
      if (name === "pi" || name === "π") return (changed ||= name === "π"), ["pi"];
      const parts = split(name, given);
      const tables = parts?.filter((part) => given.tables?.includes(part)).length;
      if (tables < 2 && parts.length < 4 && given.tables && !["/", "**"].includes(all.found[place - 2]?.value)) {
        // `wx`, and both are numbers: as a pencil multiplies
        all.found.splice(place, 0, ...parts.slice(1).map((part) => ({ type: "name", value: part, at: token.at })));
        changed = true;
        return ["name", parts[0]];
      }
      return unknown(name, given);
    }

    function called(name, parts, words, numpy) {
      const count = (wanted) => parts.length === wanted || stop(`${code(name)} takes ${wanted} ${wanted === 1 ? "thing" : "things"} in its brackets, not ${parts.length}.`);
      if (SUMS.includes(name)) {
        const [node, axis, keep] = parts;
        if (!node) stop(`${code(name + "()")} of what?`);
        if (name === "sum" && !numpy && !words.any && parts.length === 1) {
          stop(`${code("sum(…)")} has two meanings: Python's own adds up the rows, NumPy's everything. Please write ${code("np.sum(…)")}, or name the axis.`);
        }
        changed = true;
        return summed(name, node, { axis: axis && whole(axis), keepdims: keep, ...words });
      }
      if (words.any) stop(`${code(name)} takes no ${code(Object.keys(words)[1] + "=")} here.`);
      if (SIGN[name]) return count(2), (changed = true), [SIGN[name], ...parts];
      if (ONE[name]) return count(1), (changed = true), ONE[name](...parts);
      if (SAME[name]) (name = SAME[name]), (changed = true);
      count(FUNCTIONS[name]);
      return ["call", name, ...parts];
    }

    const whole = (node) => (node[0] === "neg" ? -whole(node[1]) : node[0] === "number" ? node[1] : stop("axis is 0 or 1."));
    function summed(name, node, { any, axis = null, keepdims = false, ...rest }) {
      const other = Object.keys(rest)[0];
      if (other) stop(`${code(name)} takes ${code("axis=")} and ${code("keepdims=")}, not ${code(other + "=")}.`);
      return [name, node, axis, !!keepdims];
    }

    function after(node) {
      const { type, value: name } = next();
      if (type !== "name") stop("After a dot the judge expects T, sum or mean.");
      if (name === "T" || name === "mT") return [name, node];
      if (!took("(")) stop(SUMS.includes(name) ? `${code("." + name)} needs its brackets: ${code(`.${name}()`)}.` : `${code("." + name)} isn't known here. There are .T, .sum() and .mean().`);
      const words = {};
      const parts = entries(")", words);
      if (SUMS.includes(name)) return summed(name, node, { axis: parts[0] && ((changed = true), whole(parts[0])), ...words });
      changed = true;
      if (name === "dot" && parts.length === 1) return ["@", node, parts[0]];
      if (name === "transpose" && !parts.length) return ["T", node];
      return stop(`${code(`.${name}()`)} isn't known here. There are .T, .sum() and .mean().`);
    }

    const tree = expression(0);
    if (is(")") || is("]")) stop("A bracket closes that was never opened.");
    if (is("=")) stop(`One ${code("=")} gives a name, two compare: an answer is only the right side.`);
    if (peek().type !== "end") stop(`Something is missing ${where(peek())}: two things stand side by side.`);
    return { tree, changed };
  }

  // `z_1`, `z₁` and `z1` are one name, and so are `ŷ` and `y_hat`: whichever of them is given.
  function known(name, given) {
    const plain = name
      .replace(/[₀-₉]/g, (digit) => digit.charCodeAt(0) - 0x2080)
      .replace("ŷ", "y_hat")
      .replace(/[Ͱ-Ͽ]/gu, (letter) => GREEK[letter] ?? letter);
    const ways = [name, plain, plain.replace(/_(?=\d)/g, ""), plain.replace(/(\D)(?=\d+$)/, "$1_"), plain.replace(/^yhat/, "y_hat"), plain.replace(/^lambda/, "lam")];
    return ways.find((way) => given.includes(way));
  }

  function unknown(name, given) {
    if (!given.length) stop(`${code(name)} is a name: please put its number in.`);
    if (name === "T") stop(`A transpose is written ${code(given[0] + ".T")}, with a dot.`);
    if (name === "e") stop(`For e to a power, please write ${code("exp(…)")}.`);
    const parts = split(name, given);
    if (parts) stop(`${code(name)} isn't one name. Entry by entry it is ${code(parts.join(" * "))}, as a matrix product ${code(parts.join(" @ "))}.`);
    const candidates = [...given, ...Object.keys(FUNCTIONS), ...SUMS];
    const near =
      candidates.find((other) => other.toLowerCase() === name.toLowerCase()) ??
      candidates.find((other) => name.length > 2 && apart(other, name) < 2);
    const what = near ? `Did you mean ${code(near)}?${near.toLowerCase() === name.toLowerCase() ? " Small and capital letters are different names." : ""}` : `Given: ${list(given)}.`;
    stop(`${code(name)} isn't a name in this question. ${what}`);
  }

  function split(name, given) {
    for (const own of given) {
      if (!name.startsWith(own) || name === own) continue;
      const rest = name.slice(own.length);
      const more = given.includes(rest) ? [rest] : split(rest, given);
      if (more) return [own, ...more];
    }
  }

  // How many letters two names are apart.
  function apart(a, b) {
    let row = [...b, ""].map((_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const last = row;
      row = [i];
      for (let j = 1; j <= b.length; j++) row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
    }
    return row[b.length];
  }

  // ---------------------------------------------------------------- Computing

  // Arrays are {shape, data}, at most two axes, broadcast as in NumPy.
  const one = (number) => ({ shape: [], data: [number] });
  const size = (shape) => shape.reduce((product, length) => product * length, 1);
  const written = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const sigmoid = (z) => 1 / (1 + Math.exp(-z));
  const ENTRY = {
    "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "**": (a, b) => a ** b,
    "/": (a, b) => (b === 0 ? stop("This divides by zero.", "zero") : a / b),
    "<": (a, b) => +(a < b), ">": (a, b) => +(a > b), "<=": (a, b) => +(a <= b), ">=": (a, b) => +(a >= b),
    "==": (a, b) => +(a === b), "!=": (a, b) => +(a !== b),
    neg: (a) => -a, exp: Math.exp, log: Math.log, sqrt: Math.sqrt, abs: Math.abs, sign: Math.sign, tanh: Math.tanh, sin: Math.sin, cos: Math.cos, sigmoid,
    maximum: (a, b) => Math.max(a, b), minimum: (a, b) => Math.min(a, b), where: (c, a, b) => (c ? a : b),
  };

  function entrywise(what, ...arrays) {
    const axes = Math.max(...arrays.map((a) => a.shape.length));
    const shapes = arrays.map((a) => [...Array(axes - a.shape.length).fill(1), ...a.shape]);
    const shape = Array.from({ length: axes }, (_, k) => shapes.reduce((length, own) => {
      if (length !== 1 && own[k] !== 1 && own[k] !== length) {
        stop(`${arrays.map((a) => written(a.shape)).join(" and ")} don't fit entry by entry: ${length} against ${own[k]}.`, "misfit");
      }
      return own[k] === 1 ? length : own[k];
    }, 1));
    const data = Array.from({ length: size(shape) }, (_, place) => {
      const index = shape.map((_, k) => Math.floor(place / size(shape.slice(k + 1))) % shape[k]);
      const entries = arrays.map((a, n) => a.data[index.reduce((at, i, k) => at * shapes[n][k] + (shapes[n][k] === 1 ? 0 : i), 0)]);
      const entry = ENTRY[what](...entries);
      if (!isFinite(entry)) stop(what === "log" || what === "sqrt" || what === "**" ? `${code(what)} has no value for ${list(entries.map(short))}.` : "Somewhere a number becomes too large to calculate with.", "zero");
      return entry;
    });
    return { shape, data };
  }

  function product(a, b) {
    if (!a.shape.length || !b.shape.length) stop(`${code("@")} multiplies matrices, and one side is a single number: that is ${code("*")}.`, "misfit");
    const [rows, inner] = a.shape.length === 1 ? [1, a.shape[0]] : a.shape;
    const [other, columns] = b.shape.length === 1 ? [b.shape[0], 1] : b.shape;
    if (inner !== other) stop(`${written(a.shape)}${written(b.shape)}: the inner sizes ${inner} and ${other} differ. Over which index does the sum run?`, "misfit");
    const data = Array.from({ length: rows * columns }, (_, place) => {
      const [i, j] = [Math.floor(place / columns), place % columns];
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a.data[i * inner + k] * b.data[k * columns + j];
      return isFinite(sum) ? sum : stop("Somewhere a number becomes too large to calculate with.", "zero");
    });
    return { shape: [...(a.shape.length === 2 ? [rows] : []), ...(b.shape.length === 2 ? [columns] : [])], data };
  }

  function transpose(a) {
    if (a.shape.length < 2) return a;
    const [rows, columns] = a.shape;
    return { shape: [columns, rows], data: a.data.map((_, at) => a.data[(at % rows) * columns + Math.floor(at / rows)]) };
  }

  function total(what, a, axis, keep) {
    const axes = a.shape.length;
    if (!axes && (axis === 0 || axis === -1)) axis = null; // as NumPy does for a single number
    if (axis !== null && (axis >= axes || axis < -axes)) stop(`Shape ${written(a.shape)} has no axis ${axis}.`, "misfit");
    const gone = (k) => axis === null || k === (axis + axes) % axes;
    const kept = a.shape.map((length, k) => (gone(k) ? 1 : length));
    const data = Array(size(kept)).fill(0);
    const columns = a.shape.at(-1);
    a.data.forEach((entry, place) => {
      const at = data.length === 1 ? 0 : gone(axes - 1) ? Math.floor(place / columns) : place % columns;
      data[at] += what === "mean" ? entry / (a.data.length / data.length) : entry;
    });
    if (!data.every(isFinite)) stop("Somewhere a number becomes too large to calculate with.", "zero");
    return { shape: keep ? kept : a.shape.filter((_, k) => !gone(k)), data };
  }

  // The value of a tree. Leaves its shape on every node: the echo writes them. What a pencil
  // leaves open (`·`, two things side by side) is settled here, where it has one meaning.
  function value(node, given) {
    const [what, x, y, z] = node;
    const of = (part) => value(part, given);
    const result = () => {
      if (what === "number") return one(x);
      if (what === "pi") return one(Math.PI);
      if (what === "name") return given[x];
      if (what === "array") return stacked(node.slice(1).map(of));
      if (what === "T") return transpose(of(x));
      if (what === "mT") return x && of(x).shape.length < 2 ? stop(`${code(".mT")} needs rows and columns.`, "misfit") : transpose(of(x));
      if (SUMS.includes(what)) return total(what, of(x), y, z);
      if (what === "neg") return entrywise("neg", of(x));
      if (what === "call") return entrywise(x, ...node.slice(2).map(of));
      const [a, b] = [of(x), of(y)];
      if ("·× ".includes(what)) {
        if (!a.shape.length || !b.shape.length) node[0] = "*";
        else if (what === "·") node[0] = "@";
        else stop(`${what === " " ? "Two tables side by side have" : "× between two tables has"} two meanings: ${code(text(["*", x, y]))} entry by entry, or ${code(text(["@", x, y]))} as a matrix product.`);
      }
      return node[0] === "@" ? product(a, b) : entrywise(node[0], a, b);
    };
    const found = result();
    node.shape = found.shape;
    return found;
  }

  function stacked(parts) {
    const [first] = parts;
    if (!first) stop("An empty table has no numbers.");
    if (first.shape.length > 1) stop("A table has rows and columns, not more.");
    if (parts.some((part) => written(part.shape) !== written(first.shape))) stop("All rows of a table have the same length.");
    return { shape: [parts.length, ...first.shape], data: parts.flatMap((part) => part.data) };
  }

  // ---------------------------------------------------------------- Writing

  const strength = ([what]) => POWER[what] ?? (what === "neg" ? 30 : 50);

  // A tree as the house writes it; read again it is the same tree.
  function text(node) {
    const [what, x, y, z] = node;
    const part = (child, least) => (strength(child) < least ? `(${text(child)})` : text(child));
    const owner = (child) => part(child, child[0] === "number" ? 60 : 50); // 2.T would be 2. and T
    if (what === "number") return String(x);
    if (what === "pi") return "pi";
    if (what === "name") return x;
    if (what === "array") return `[${node.slice(1).map(text).join(", ")}]`;
    if (what === "T" || what === "mT") return `${owner(x)}.${what}`;
    if (SUMS.includes(what)) return `${owner(x)}.${what}(${[y === null ? "" : `axis=${y}`, z ? "keepdims=True" : ""].filter(Boolean).join(", ")})`;
    if (what === "neg") return `-${part(x, 30)}`;
    if (what === "call") return `${x}(${node.slice(2).map(text).join(", ")})`;
    if (what === "**") return `${part(x, 41)}**${part(y, 30)}`;
    const own = POWER[what] ?? 20;
    const compared = own === 5 ? 6 : own;
    return `${part(x, compared)} ${what === " " ? "*" : what} ${part(y, own + 1)}`;
  }

  const mi = (content) => `<mi>${escape(content)}</mi>`;
  const mo = (content) => `<mo>${content}</mo>`;
  const row = (...parts) => `<mrow>${parts.join("")}</mrow>`;
  const LETTER = Object.fromEntries(Object.entries(GREEK).map(([letter, name]) => [name, letter]));

  function nameInMath(name) {
    const slope = name.match(/^d(\w+)_d(\w+)$/);
    if (slope) return `<mfrac>${row(mi("d"), nameInMath(slope[1]))}${row(mi("d"), nameInMath(slope[2]))}</mfrac>`;
    const small = name.match(/^d([A-Za-z]\d*)$/);
    if (small) return row(mi("d"), nameInMath(small[1]));
    const hat = name.match(/^(\w)_hat$/);
    if (hat) return `<mover accent="true">${mi(hat[1])}${mo("^")}</mover>`;
    const low = name.match(/^([A-Za-z]+)_?(\d+)$/);
    if (low) return `<msub>${mi(LETTER[low[1]] ?? low[1])}<mn>${low[2]}</mn></msub>`;
    return mi(LETTER[name] ?? name);
  }

  // The same tree as a formula: `@` is a dot, `*` of tables is ⊙, as in the chapters.
  function math(node) {
    const [what, x, y, z] = node;
    const level = (child) => (child[0] === "/" ? 45 : child[0] === "call" && child[1] === "exp" ? 40 : strength(child));
    const part = (child, least) => (level(child) < least ? row(mo("("), math(child), mo(")")) : math(child));
    if (what === "number") return `<mn>${x}</mn>`;
    if (what === "pi") return mi("π");
    if (what === "name") return nameInMath(x);
    if (what === "array") return row(mo("["), `<mtable>${node.slice(1).map((line) => `<mtr>${(line[0] === "array" ? line.slice(1) : [line]).map((entry) => `<mtd>${math(entry)}</mtd>`).join("")}</mtr>`).join("")}</mtable>`, mo("]"));
    if (what === "T" || what === "mT") return `<msup>${part(x, 46)}${mo("⊤")}</msup>`;
    if (SUMS.includes(what)) {
      const over = y === null ? "all" : (y + (x.shape?.length ?? 2)) % (x.shape?.length ?? 2) ? "columns" : "rows";
      return row(`<munder>${what === "sum" ? mo("∑") : mi("mean")}<mtext>${over}</mtext></munder>`, part(x, 20));
    }
    if (what === "neg") return row(mo("−"), part(x, 20));
    if (what === "call") {
      const inside = node.slice(2).map(math).join(mo(","));
      if (x === "exp") return `<msup>${mi("e")}${inside}</msup>`;
      if (x === "sqrt") return `<msqrt>${inside}</msqrt>`;
      if (x === "abs") return row(mo("|"), inside, mo("|"));
      return row(mi(x === "sigmoid" ? "σ" : x), mo("⁡"), mo("("), inside, mo(")"));
    }
    if (what === "/") return `<mfrac>${row(math(x))}${row(math(y))}</mfrac>`;
    if (what === "**") return `<msup>${part(x, 46)}${row(math(y))}</msup>`;
    const tables = x.shape?.length && y.shape?.length;
    const digits = y[0] === "number" || (y[0] === "**" && y[1][0] === "number");
    const sign = { "*": tables ? "⊙" : digits ? "·" : "⁢", "@": "·", " ": "⁢", "-": "−", "<": "&lt;", ">": "&gt;", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠" }[what] ?? what;
    const own = POWER[what] ?? 20;
    return row(part(x, own), mo(sign), part(y, own + 1));
  }

  // What was typed, as it was understood: a formula, its shapes, and the text where that is another.
  function echo({ tree, changed }) {
    const products = [];
    const walk = (node) => {
      node.filter?.(Array.isArray).forEach(walk);
      if (node[0] === "@" && node[1].shape && node[2].shape) products.push(written(node[1].shape) + written(node[2].shape));
    };
    walk(tree);
    const shape = tree.shape?.length ? written(tree.shape) : "";
    const shapes = products.length === 1 ? products[0] + (shape && ` = ${shape}`) : shape && `shape ${shape}`;
    return `<math>${math(tree)}</math>${shapes ? ` <span class="ask-shapes">${shapes}</span>` : ""}${changed ? ` <span class="ask-read">read as ${code(text(tree))}</span>` : ""}`;
  }

  // How an answer reads while it is being typed; "" as long as it makes no sense, or is a plain number.
  function understood({ kind, draws: [draw] }, typed) {
    if (kind === "number" && /^[\d.]*$/.test(typed.trim())) return "";
    return attempt(() => {
      const answer = read(typed, kind === "number" ? [] : namesOf(draw));
      value(answer.tree, draw);
      return echo(answer);
    }, () => "");
  }

  const short = (number) => String(+number.toPrecision(4)).replace("-", "−");
  const numpy = ({ shape, data }, exact = String) =>
    shape.length === 0 ? exact(data[0])
      : `[${Array.from({ length: shape[0] }, (_, k) => numpy({ shape: shape.slice(1), data: data.slice((k * data.length) / shape[0], ((k + 1) * data.length) / shape[0]) }, exact)).join(", ")}]`;

  // ---------------------------------------------------------------- Judging

  const CLOSE = 1e-7;
  const LEAST = 1e-3; // results smaller than this are compared by absolute amounts
  const near = (a, b) => Math.abs(a - b) <= CLOSE * Math.max(LEAST, Math.abs(b));
  function same(a, b) {
    const scale = Math.max(LEAST, ...b.data.map(Math.abs));
    return written(a.shape) === written(b.shape) && a.data.every((entry, k) => Math.abs(entry - b.data[k]) <= CLOSE * scale);
  }
  const all = (values, truths, test = same) => values.every((own, k) => test(own, truths[k]));

  // The values of an expression of the author's on every table, or null where its shapes don't fit.
  function values(of, draws) {
    return attempt(() => {
      const { tree } = read(of, Object.keys(draws[0]));
      return draws.map((draw) => value(tree, draw));
    }, () => null);
  }

  // The number by which a result is too large, if it is the same one everywhere; else undefined.
  function ratio(own, truth) {
    if (written(own.shape) !== written(truth.shape)) return undefined;
    const scale = Math.max(...truth.data.map(Math.abs));
    const at = truth.data.findIndex((entry) => Math.abs(entry) === scale);
    const factor = own.data[at] / truth.data[at];
    return scale && same(own, { ...truth, data: truth.data.map((entry) => entry * factor) }) ? factor : undefined;
  }

  const times = (factor) => (near(factor, 2) ? "twice" : near(factor, 3) ? "three times" : near(factor, 4) ? "four times" : `${short(factor)} times`);
  function tooLarge(factor) {
    const sign = factor < 0 ? ", and of the other sign" : "";
    const amount = Math.abs(factor);
    if (near(amount, 1)) return "the size is right, the sign isn't";
    return amount > 1 ? `${times(amount)} too large${sign}` : `${times(1 / amount)} too small${sign}`;
  }

  // A factor that is the same on all tables, or that is N, or 1/N, on each.
  function constantFactor(found, truths, draws) {
    const ratios = found.map((own, k) => ratio(own, truths[k]));
    if (ratios.some((factor) => factor === undefined || near(factor, 0))) return null;
    const N = draws.map((draw) => draw.N?.data[0]);
    const [first] = ratios;
    if (ratios.every((factor) => near(factor, first))) {
      const amount = Math.max(Math.abs(first), 1 / Math.abs(first));
      const rows = Object.entries(draws[0]).find(([, a]) => a.shape.length === 2 && a.shape[0] > 2 && near(a.shape[0], amount));
      const hint = rows ? ` ${short(amount)} is the number of rows of ${code(rows[0])}: look for an average or a sum over them.` : "";
      return { kind: near(first, -1) ? "sign" : "factor", sentence: near(first, -1) ? "Every number has the right size and the wrong sign. Which difference was turned round, or which minus was lost?" : `Everything you have is ${tooLarge(first)}.${hint}` };
    }
    if (N[0] && ratios.every((factor, k) => near(Math.abs(factor), N[k]))) return { kind: "factor", sentence: `Too large by the factor ${code("N")}: is it divided by, once?` };
    if (N[0] && ratios.every((factor, k) => near(Math.abs(factor), 1 / N[k]))) return { kind: "factor", sentence: `Too small by the factor ${code("N")}: has it been divided by before?` };
    return null;
  }

  function wrongShape(question, found, truths) {
    const [own, truth] = [found[0].shape, truths[0].shape];
    const like = question.like ? `, like ${code(question.like)}` : "";
    const fact = own.length || truth.length ? `${own.length ? `The shape is ${written(own)}` : "This is one number"}, and ${truth.length ? written(truth) : "one number"} is asked for${like}.` : "";
    const bySum = (axis, keep) => all(found.map((a) => (axis === null || axis < a.shape.length ? total("sum", a, axis, keep) : a)), truths);
    if (all(found.map(transpose), truths)) return `${fact} It is the transpose of the answer: the right numbers, rows and columns exchanged.`;
    if (bySum(0, true) || bySum(0, false)) return `${fact} Each row has its own share here: they still have to be added up.`;
    if (bySum(1, true) || bySum(1, false)) return `${fact} The columns still have to be added up.`;
    if (bySum(null, false)) return `${fact} The entries still have to be added up.`;
    if (all(found, truths, (a, b) => String(a.data.map((x, k) => near(x, b.data[k] ?? NaN))) === String(b.data.map(() => true)))) {
      return `${fact} The numbers are right, and would broadcast; ${own.length < truth.length ? `the axis that was summed away has to stay (${code("keepdims=True")})` : "there is an axis too many"}.`;
    }
    return fact;
  }

  function localFactor(question, found, truths) {
    for (const [name, of] of Object.entries(question.factors ?? {})) {
      const factor = values(of, question.draws);
      const multiply = (arrays) => attempt(() => arrays.map((a, k) => entrywise("*", a, factor[k])), () => null);
      for (const [what, left, right] of [["missing", multiply(found), truths], ["too much", found, multiply(truths)]]) {
        if (!left || !right) continue;
        const factors = left.map((a, k) => ratio(a, right[k]));
        if (factors.some((f) => f === undefined || !near(f, factors[0]) || near(f, 0))) continue;
        const more = near(factors[0], 1) ? "Everything else is right." : near(factors[0], -1) ? "And then the sign isn't right." : `And then it is ${tooLarge(factors[0])}.`;
        return what === "missing" ? `One local factor is missing: ${escape(name)}. ${more}` : `One local factor is too much: ${escape(name)} was there already. ${more}`;
      }
    }
    return "";
  }

  const shownGiven = (draw, uses) => Object.entries(draw).filter(([name]) => !uses || uses.includes(name))
    .map(([name, a]) => code(`${name} = ${numpy(a, short)}`)).join(", ");

  // The first entry that differs, with both numbers: a counter-example.
  function counterExample(question, found, truths) {
    const good = found.map((own, k) => same(own, truths[k]));
    const k = good.indexOf(false);
    const [own, truth] = [found[k], truths[k]];
    const scale = Math.max(LEAST, ...truth.data.map(Math.abs));
    const at = own.data.findIndex((entry, place) => Math.abs(entry - truth.data[place]) > CLOSE * scale);
    const index = own.shape.length === 2 ? [Math.floor(at / own.shape[1]), at % own.shape[1]] : [at];
    const entry = own.shape.length ? `entry ${code(`[${index.join(", ")}]`)} of yours is` : "yours is";
    const some = good.includes(true) ? "Right for some numbers, but not for all: with" : "Try it on numbers: with";
    return { kind: good.includes(true) ? "some" : "entry", sentence: `${some} ${shownGiven(question.draws[k], question.uses)} ${entry} ${short(own.data[at])}, and ${short(truth.data[at])} is asked for.` };
  }

  // The names that are given, and which of them are tables.
  const namesOf = (draw) => Object.assign(Object.keys(draw), { tables: Object.keys(draw).filter((name) => draw[name].shape.length) });

  // An expression. `question`: draws, truths, slips, factors, like; `typed` as it is in the field.
  function judgeExpression(question, typed, around = (inside) => inside) {
    const names = namesOf(question.draws[0]);
    const answer = read(typed, names); // what can't be read stops here
    const whole = around(text(answer.tree));
    const tree = whole === text(answer.tree) ? answer.tree : read(whole, names).tree;
    const slipOf = (test) => question.slips.find(test);
    let found;
    try {
      found = question.draws.map((draw) => value(tree, draw));
      if (tree !== answer.tree) value(answer.tree, question.draws[0]);
    } catch (trouble) {
      if (!(trouble instanceof Stop) || trouble.kind === "unread") throw trouble;
      const slip = slipOf(({ of }) => values(of, question.draws) === null && text(read(of, names).tree) === text(tree));
      return { kind: slip ? "slip" : trouble.kind, of: slip?.of, sentence: [trouble.message, slip?.say].filter(Boolean).join(" "), echo: echo(answer) };
    }
    const { truths } = question;
    const verdict = () => {
      if (all(found, truths)) return { kind: "right", sentence: "" };
      const fits = written(found[0].shape) === written(truths[0].shape);
      const slip = slipOf(({ of }) => {
        const theirs = values(of, question.draws);
        return theirs && all(found, theirs);
      });
      if (slip) return { kind: "slip", of: slip.of, sentence: (fits ? "" : wrongShape(question, found, truths).split(". ")[0].replace(/\.?$/, ". ")) + slip.say };
      if (!fits) return { kind: "shape", sentence: wrongShape(question, found, truths) };
      const constant = constantFactor(found, truths, question.draws);
      if (constant) return constant;
      const local = localFactor(question, found, truths);
      return local ? { kind: "local", sentence: local } : counterExample(question, found, truths);
    };
    return { ...verdict(), echo: echo(answer) };
  }

  // One number of a question or of a blank; `known` says what else it may be compared with.
  function readNumber(typed) {
    const answer = read(typed, []);
    const found = value(answer.tree, {});
    if (found.shape.length) stop("One number is asked for, not a table.");
    const digits = typed.trim().match(/^[-+−–]?\d*[.,](\d+)$/);
    return { ...answer, number: found.data[0], typed: typed.trim(), digits: digits ? digits[1].length : /^[-+−–]?\d+$/.test(typed.trim()) ? 0 : null };
  }
  const forgiven = (question) => (question.decimals === null ? null : 10 ** -question.decimals * (1 + 1e-9));
  const isIt = (question, a, b) => (forgiven(question) === null ? near(a, b) : Math.abs(a - b) <= forgiven(question));

  function judgeNumber(question, typed) {
    const answer = readNumber(typed);
    const truth = question.truth.data[0];
    return { ...numberVerdict(question, answer, truth, question.slips, [question.draws[0]]), echo: /^[\d.]+$/.test(typed.trim()) ? "" : echo(answer) };
  }

  // `envs`: what slips are computed from, the reader's own earlier values first.
  function numberVerdict(question, answer, truth, slips, envs) {
    const { number, digits, typed } = answer;
    if (isIt(question, number, truth)) return { kind: "right", sentence: "" };
    const rounded = (exact) => digits !== null && Math.abs(number - exact) <= 0.5 * 10 ** -digits * (1 + 1e-9);
    const cut = (exact) => digits !== null && number === Math.trunc(exact * 10 ** digits) / 10 ** digits;
    const slip = (test) => envs.map((env) => slips.find(({ of }) => values(of, [env])?.some(({ data }) => test(data[0])))).find(Boolean);
    const named = (own) => ({ kind: "slip", of: own.of, sentence: own.say });
    const exactly = slip((theirs) => isIt(question, number, theirs));
    if (exactly) return named(exactly);
    if (digits && (rounded(truth) || cut(truth))) {
      return { kind: "rounded", sentence: question.decimals === null ? "That is right as far as it goes, but rounded: please give it exactly, a fraction is fine." : `That is right as far as it goes: please give ${question.decimals} decimals.` };
    }
    const nearly = digits > 1 && slip(rounded);
    if (nearly) return named(nearly);
    if (truth >= 1000 && /^\d{1,3}([., ]\d{3})+$/.test(typed)) return { kind: "unread", sentence: "Please write the number without a mark between its thousands." };
    const N = envs[0].N?.data[0];
    const factor = truth && [-1, 2, 0.5, N, N && 1 / N, 10, 0.1].flatMap((f) => (f ? [f, -f] : [])).find((f) => f !== 1 && isIt(question, number, f * truth));
    if (factor) {
      const sentence = tooLarge(factor);
      return { kind: near(factor, -1) ? "sign" : "factor", sentence: sentence[0].toUpperCase() + sentence.slice(1) + "." };
    }
    if (truth * number < 0) return { kind: "sign", sentence: `Can this be ${number < 0 ? "negative" : "positive"}? Look at the signs.` };
    const said = /^[-+−–]?[\d.,]+$/.test(typed) ? escape(typed) : short(number);
    if (truth < 0) return { kind: "size", sentence: `${said} is ${number > truth ? "not far enough" : "too far"} below zero.` };
    return { kind: "size", sentence: `${said} is too ${number > truth ? "large" : "small"}.` };
  }

  // Blanks: each is judged against the truth, and against what follows from the reader's own earlier values.
  function judgeBlanks(question, typed) {
    const [given] = question.draws;
    const truth = { ...given };
    const own = { ...given };
    const verdicts = {};
    const called = (names) => list(names.map((own) => question.blanks.find(({ name }) => name === own).label ?? own));
    const roots = {}; // blank: the blanks before it that are to be mended first
    for (const blank of question.blanks) {
      const { name, slips } = blank;
      const used = dependencies(blank, question).filter((other) => roots[other]);
      const first = [...new Set(used.flatMap((other) => roots[other]))];
      const judged = () => {
        const text = typed[name] ?? "";
        if (!text.trim()) return { kind: "empty", sentence: "" };
        const answer = readNumber(text);
        own[name] = one(answer.number);
        const follows = values(blank.answer, [own])?.[0].data[0];
        if (isIt(question, answer.number, blank.truth.data[0])) return { kind: "right", sentence: "Right." };
        const root = called(first);
        if (follows !== undefined && isIt(question, answer.number, follows)) {
          if (!first.length) return { kind: "right", sentence: "Right." };
          const look = first.length > 1 ? "Look there first." : `It is ${root} that isn't: look there first.`;
          return { kind: "follows", sentence: `Right, from your ${root}. ${look}` };
        }
        if (!first.length) return numberVerdict(question, answer, blank.truth.data[0], slips, [own, truth]);
        if (follows === undefined) return { kind: "blocked", sentence: `With your ${root} this step can't be computed: look there first.` };
        // Sizes and signs could be told of what follows from his own values only, and that isn't right either.
        const verdict = numberVerdict(question, answer, follows, slips, [own, truth]);
        if (verdict.kind === "slip") return verdict;
        if (verdict.kind === "rounded") return { kind: "follows", sentence: `Right, from your ${root}, and rounded. Look there first.` };
        return { kind: "size", sentence: `That is neither right nor what follows from your ${root}: look there first.` };
      };
      verdicts[name] = attempt(judged, ({ message }) => ({ kind: "unread", sentence: message }));
      const { kind } = verdicts[name];
      truth[name] = blank.truth;
      if (["empty", "unread"].includes(kind)) own[name] = blank.truth;
      if (["follows", "blocked"].includes(kind)) roots[name] = first;
      else if (!["right", "empty", "unread"].includes(kind)) roots[name] = first.length ? [...first, name] : [name];
    }
    return verdicts;
  }

  const namesIn = (node) => (node[0] === "name" ? [node[1]] : node.filter(Array.isArray).flatMap(namesIn));

  function dependencies(blank, question) {
    const names = question.blanks.map(({ name }) => name);
    const { tree } = read(blank.answer, [...names, ...Object.keys(question.draws[0])]);
    return namesIn(tree).filter((name) => names.includes(name));
  }

  // Any answer to any question: {kind, sentence, echo}.
  function judge(question, typed) {
    return attempt(() => {
      if (question.kind === "choice") {
        const slip = question.slips.find(({ of }) => of === typed);
        if (slip) return { kind: "slip", of: slip.of, sentence: slip.say };
        return typed === question.right ? { kind: "right", sentence: "" } : stop("Choose one first.");
      }
      if (question.kind === "number") return judgeNumber(question, typed);
      if (question.kind === "expression") return judgeExpression(question, typed);
      if (question.kind === "order") return practice.order.judge(question, typed);
      const verdicts = judgeBlanks(question, typed);
      const kinds = Object.values(verdicts).map(({ kind }) => kind);
      if (kinds.every((kind) => kind === "empty")) stop("Fill in at least one of them.");
      const wrong = kinds.filter((kind) => !["right", "empty", "follows"].includes(kind)).length;
      const open = kinds.filter((kind) => kind === "empty").length;
      const sentence = wrong ? "" : open ? `Right so far; ${open} to go.` : "";
      return { kind: wrong ? "blanks" : open ? "partly" : kinds.every((kind) => kind === "right") ? "right" : "blanks", sentence, verdicts };
    }, ({ kind, message }) => ({ kind, sentence: message, echo: "" }));
  }

  Object.assign(practice, { read, value, values, text, math, judge, judgeExpression, understood, attempt, namesIn, all, code, Stop, one, size, short, numpy, CLOSE });
})();
