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
  const list = (texts) => new Intl.ListFormat("en-GB").format(texts.map(code));

  // ---------------------------------------------------------------- Reading

  const GREEK = {
    α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", λ: "lam", μ: "mu", π: "pi", σ: "sigma",
    ŷ: "y_hat",
  };
  const PENCIL = { "^": "**", "−": "-", "–": "-", "÷": "/", "∗": "*", "⊙": "*", "⋅": "·", "∙": "·" };
  const TOKEN =
    /((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|([a-zͰ-Ͽŷ][\wͰ-Ͽ₀-₉]*)|(\*\*|[<>=!]=|[-+*/@()[\],.=<>^·⋅∙×⊙−–÷∗√])|([²³ᵀ])|\s+|(.)/giu;

  // How strongly a sign binds. Two things side by side are multiplied by the sign " ".
  const POWER = {
    "<": 5, ">": 5, "<=": 5, ">=": 5, "==": 5, "!=": 5, "+": 10, "-": 10,
    "*": 20, "/": 20, "@": 20, "·": 20, "×": 20, " ": 20, neg: 30, "**": 40,
  };
  const FUNCTIONS = {
    exp: Math.exp, log: Math.log, sqrt: Math.sqrt, abs: Math.abs, sign: Math.sign, tanh: Math.tanh, sin: Math.sin, cos: Math.cos,
    sigmoid: (z) => 1 / (1 + Math.exp(-z)), maximum: Math.max, minimum: Math.min, where: (c, a, b) => (c ? a : b),
  };
  const SUMS = ["sum", "mean"];
  // What may be called, and as what it is read. No prototype: `constructor` isn't among them.
  const CALLED = {
    __proto__: null, dot: "@", matmul: "@", multiply: "*", add: "+", subtract: "-", divide: "/", power: "**", pow: "**", square: "**",
    transpose: "T", norm: "sqrt", ln: "log", absolute: "abs", σ: "sigmoid", sigma: "sigmoid", max: "maximum", min: "minimum",
  };
  const NAMES = [...Object.keys(FUNCTIONS), ...SUMS];
  NAMES.forEach((name) => (CALLED[name] = name));

  // Pratt's way: every sign has a power, and takes what binds at least as strongly.
  // Returns the tree, [what, ...parts], and whether it was read in another way than typed.
  function read(typed, given) {
    const whole = typed.normalize("NFC").trim();
    if (whole.length > 300) stop(`That is ${whole.length} characters long: the answer fits on one line.`);
    const [left = "", step] = whole.match(/^[\wͰ-Ͽ₀-₉ŷ]+\s*(?::|([-+*/@]))?=(?!=)\s*/u) ?? [];
    if (step) stop(`Please write the new value itself, without ${code(step + "=")}.`);
    const line = whole.slice(left.length).replace(/^([-+−–]?\d+),(?=\d+$)/, "$1."); // `dW = A.T @ D`: its right side
    if (!line) stop("Write something first.");
    let changed = line !== whole;

    const tokens = [];
    const add = (type, value, at) => tokens.push({ type, value, at });
    for (const match of line.matchAll(TOKEN)) {
      const [, number, name, sign, raised, strange] = match;
      const { index: at } = match;
      if (number) add("number", +number, at);
      if (name) add("name", name, at);
      if (sign) add("sign", PENCIL[sign] ?? sign, at);
      if (raised === "ᵀ") add("sign", ".", at), add("name", "T", at);
      else if (raised) add("sign", "**", at), add("number", raised === "²" ? 2 : 3, at);
      if (strange) refused(strange, at);
      if (raised || sign in PENCIL) changed = true;
    }
    add("end", "", line.length);

    // What is no sign of the language, and what may have been meant.
    function refused(sign, at) {
      const { type, value } = tokens.at(-1) ?? {};
      const prime = /['’′]/.test(sign) && (type === "name" || value === ")");
      if (prime && line[at + 1] === "(") stop(`${code(value + sign)} stands for a derivative: please write it out.`);
      if (prime) stop(`${code(value + sign)} has two meanings: please write a derivative out, and a transpose as ${code(value + ".T")}.`);
      const advice =
        sign === "|" ? `: the size of x is written ${code("abs(x)")}`
          : /[{}]/.test(sign) ? ": please take round brackets"
          : /\p{Nd}/u.test(sign) ? ": please type 0 to 9" : "";
      stop(`${code(sign)} isn't a sign of the language (place ${at + 1})${advice}.`);
    }

    let place = 0;
    const peek = () => tokens[place] ?? tokens.at(-1);
    const next = () => tokens[place++];
    const is = (sign) => peek().value === sign;
    const took = (sign) => is(sign) && next();
    const missing = ({ value, at }) => stop(`Something is missing before ${code(value)} (place ${at + 1}).`);
    const close = (sign) => took(sign) || (peek().type === "end" ? stop("A bracket is open at the end.") : missing(peek()));

    function expression(power) {
      let node = first(next());
      for (;;) {
        const { type, value, at } = peek();
        const own = type === "sign" && POWER[value];
        if (took(".")) node = after(node);
        else if (is("[")) stop("Picking entries isn't read here: the answer is a formula for all of them.");
        else if (own > power) {
          next();
          if (own === 5 && POWER[node[0]] === own) stop("Please compare two things at a time.");
          node = [value, node, expression(own === 40 ? 29 : own)]; // `2**3**2` and `2**-1`: powers go on from the right
        } else if ((type === "name" || is("(") || is("√")) && power < 20) {
          // Two things side by side, as a pencil multiplies: `x^3 y` is as it means it, `x^3y` and `x/2 y` are not.
          const [base, sign, old] = tokens.slice(0, place).slice(-3);
          if (old && (sign.value === "/" || (sign.value === "**" && sign.at < old.at && /\S/.test(line[at - 1])))) {
            stop(`${code(line.slice((base.type === "sign" ? sign : base).at, at + value.length))} has two meanings: please add brackets or a ${code("*")}.`);
          }
          changed = true;
          node = [" ", node, expression(20)];
        } else return node;
      }
    }

    function first(token) {
      const { type, value } = token;
      if (type === "end") stop("The formula ends too early: something is missing after its last sign.");
      if (type === "number") return ["number", finite(value, "unread")];
      if (type === "name") return named(value, token.at);
      if (value === "-") return ["neg", expression(30)];
      if (value === "+") return expression(30);
      if (value === "√") return (changed = true), ["sqrt", expression(45)];
      if (value === "[") return ["array", ...entries("]")];
      if (value !== "(") missing(token);
      const node = expression(0);
      if (is(",")) stop("One value is asked for: a comma in brackets makes a pair.");
      close(")");
      return node;
    }

    // What stands in brackets; in those of a call also `words`, such as `axis=0`.
    function entries(end, words) {
      const parts = [];
      while (!took(end)) {
        const { value } = peek();
        if (words && tokens[place + 1]?.value === "=") {
          place += 2;
          words[value] = Object.hasOwn(WORDS, peek().value) ? WORDS[next().value] : axis(expression(0));
        } else parts.push(expression(0));
        is(end) || took(",") || close(end);
      }
      return parts;
    }
    const WORDS = { True: true, False: false, None: null };
    const axis = ([what, x]) => (what === "neg" ? -axis(x) : Number.isInteger(x) ? x : stop("axis is 0 or 1 (or -1, -2), keepdims is True or False."));

    function named(name, at) {
      const own = known(name, given);
      if (own && (own === name || !is("(") || !CALLED[name])) return (changed ||= own !== name), ["name", own];
      let path = name; // `np.linalg.norm`: only its last part counts
      const deeper = () => took(".") && (path += "." + (name = next().value));
      if (/^(np|numpy|math)$/.test(name) && deeper() && name === "linalg") deeper();
      if (CALLED[name]) return called(name, [], path);
      if (GREEK[name] === "pi" || name === "pi") return (changed ||= name !== "pi"), ["number", Math.PI, "pi"];
      const parts = path === name && split(name, given);
      if (!parts || parts.length > 3) return unknown(path, name, given);
      const apart = parts.map((value, k) => ({ type: "name", value, at: at + parts.slice(0, k).join("").length }));
      tokens.splice(place - 1, 1, ...apart); // `wx` as a pencil multiplies
      changed = true;
      return ["name", parts[0]];
    }

    // A function; or a method, and then `parts` begins with what stands before its dot.
    function called(name, parts, path) {
      const what = CALLED[name];
      const method = parts.length; // 0 or 1
      const count = what === "@" ? 2 : name === "square" ? 1 : (ENTRY[what]?.length ?? 1);
      const form = () => stop(`${code(name)} is written ${code(`${path}(${Array(count - method).fill("…").join(", ")})`)}.`);
      const words = {};
      if (!took("(")) form();
      parts.push(...entries(")", words));
      const sums = SUMS.includes(what);
      if (sums && path === "sum" && parts.length === 1 && !Object.keys(words).length) {
        stop(`${code("sum(…)")} has two meanings: Python's adds up the rows, ${code("np.sum(…)")} everything.`);
      }
      changed ||= what !== name || (sums && (!method || parts.length > 1));
      if (sums && parts.length > 1) words.axis = axis(parts.pop());
      const other = Object.keys(words).find((word) => !sums || !["axis", "keepdims"].includes(word));
      if (other) stop(`${code(name)} takes no ${code(other + "=")} here.`);
      if (parts.length !== count) form();
      const squared = ["**", parts[0], ["number", 2]];
      if (name === "square") return squared;
      if (name === "norm") return ["sqrt", ["sum", squared, null, false]];
      return sums ? [what, ...parts, words.axis ?? null, !!words.keepdims] : [what, ...parts];
    }

    function after(node) {
      const name = next().value;
      if (name === "T" || name === "mT") return [name, node];
      if (![...SUMS, "dot", "transpose"].includes(name)) stop(`${code("." + name)} isn't known here: there are .T, .sum() and .mean().`);
      return called(name, [node], "." + name);
    }

    const tree = expression(0);
    if (is(")") || is("]")) stop("A bracket closes that was never opened.");
    if (is("=")) stop(`One ${code("=")} gives a name, two compare: an answer is only the right side.`);
    if (peek().type !== "end") missing(peek());
    return { tree, changed };
  }

  // `z_1`, `z₁` and `z1` are one name, and so are `ŷ` and `y_hat`: whichever of them is given.
  const plain = (name) => name.normalize("NFKC").replace(/[Ͱ-Ͽŷ]/gu, (letter) => GREEK[letter] ?? letter).replace("lambda", "lam").replaceAll("_", "");
  const known = (name, given) => (given.includes(name) ? name : given.find((own) => plain(own) === plain(name)));

  function unknown(path, name, given) {
    if (name === "e") stop(`A power of e is written ${code("exp(…)")}.`);
    if (path !== name) stop(`${code(path)} isn't among what the judge knows: ${NAMES.join(", ")}.`);
    if (!given.length) stop(`${code(name)} is a name: please put its number in.`);
    if (name === "T") stop(`A transpose is written ${code(given[0] + ".T")}.`);
    const small = (text) => text.toLowerCase();
    const candidates = [...given, ...NAMES];
    const near = candidates.find((other) => small(other) === small(name)) ?? candidates.find((other) => name.length > 2 && alike(other, name));
    stop(`${code(name)} isn't a name in this question. ${near ? `Did you mean ${code(near)}?` : `Given: ${list(given)}.`}`);
  }

  // The names that are given, one behind the other: `wx` is w and x.
  function split(name, given) {
    if (given.includes(name)) return [name];
    for (const own of given) {
      const rest = name.startsWith(own) && split(name.slice(own.length), given);
      if (rest) return [own, ...rest];
    }
  }

  // Whether one letter more, less or other makes one name of the other.
  function alike(a, b) {
    let k = 0;
    while (a[k] && a[k] === b[k]) k++;
    const [rest, other] = [a.slice(k), b.slice(k)];
    return rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1);
  }

  // ---------------------------------------------------------------- Computing

  // Arrays are {shape, data}, broadcast as in NumPy.
  const one = (number) => ({ shape: [], data: [number] });
  const size = (shape) => shape.reduce((product, length) => product * length, 1);
  const shapeOf = ({ shape }) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const finite = (number, kind = "zero") => (isFinite(number) ? number : stop("Somewhere a number becomes too large to calculate with.", kind));
  const ENTRY = {
    ...FUNCTIONS, neg: (a) => -a, "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "**": (a, b) => a ** b,
    "/": (a, b) => (b === 0 ? stop("This divides by zero.", "zero") : a / b),
    "<": (a, b) => +(a < b), ">": (a, b) => +(a > b), "<=": (a, b) => +(a <= b), ">=": (a, b) => +(a >= b),
    "==": (a, b) => +(a === b), "!=": (a, b) => +(a !== b),
  };

  // Where an entry stands, row and column, and back; an axis of length 1 is the same everywhere.
  const indexOf = (place, shape) => shape.map((length, k) => Math.floor(place / size(shape.slice(k + 1))) % length);
  const placeOf = (index, shape) => shape.reduce((place, length, k) => place * length + (length === 1 ? 0 : index[k]), 0);
  const filled = (shape, entry) => ({ shape, data: Array.from({ length: size(shape) }, (_, place) => entry(indexOf(place, shape))) });

  function entrywise(what, ...arrays) {
    const axes = Math.max(...arrays.map(({ shape }) => shape.length));
    const shapes = arrays.map(({ shape }) => [...Array(axes - shape.length).fill(1), ...shape]);
    const shape = shapes.reduce((all, own) => all.map((length, k) => {
      if (length !== 1 && own[k] !== 1 && own[k] !== length) stop(`${arrays.map(shapeOf).join(" and ")} don't fit entry by entry: ${length} against ${own[k]}.`, "misfit");
      return own[k] === 1 ? length : own[k];
    }));
    return filled(shape, (index) => {
      const entries = arrays.map(({ data }, n) => data[placeOf(index, shapes[n])]);
      const entry = ENTRY[what](...entries);
      if (!isFinite(entry) && ["log", "sqrt", "**"].includes(what)) stop(`${code(what)} has no value for ${list(entries.map(short))}.`, "zero");
      return finite(entry);
    });
  }

  function total(what, { shape, data }, axis, keep) {
    const axes = shape.length;
    if (!axes && (axis === 0 || axis === -1)) axis = null; // as NumPy does for a single number
    if (axis !== null && (axis >= axes || axis < -axes)) stop(`Shape ${shapeOf({ shape })} has no axis ${axis}.`, "misfit");
    const gone = (k) => axis === null || k === (axis + axes) % axes;
    const kept = shape.map((length, k) => (gone(k) ? 1 : length));
    const sums = Array(size(kept)).fill(0);
    data.forEach((entry, place) => (sums[placeOf(indexOf(place, shape), kept)] += entry));
    const count = what === "sum" ? 1 : data.length / sums.length;
    return { shape: keep ? kept : shape.filter((_, k) => !gone(k)), data: sums.map((sum) => finite(sum / count)) };
  }

  // Each row times each column, entry by entry, and added up.
  function product(a, b) {
    const [rows, columns] = [a.shape.length, b.shape.length];
    if (!rows || !columns) stop(`${code("@")} multiplies matrices, and one side is a single number: that is ${code("*")}.`, "misfit");
    const [inner, other] = [a.shape[rows - 1], b.shape[0]];
    if (inner !== other) stop(`${shapeOf(a)}${shapeOf(b)}: the inner sizes ${inner} and ${other} differ. Over which index does the sum run?`, "misfit");
    const wide = columns === 1 ? a : { ...a, shape: [...a.shape, 1] };
    return total("sum", entrywise("*", wide, b), rows - 1);
  }

  const transpose = (a) => filled([...a.shape].reverse(), (index) => a.data[placeOf(index.reverse(), a.shape)]);

  function stacked(parts) {
    const [first] = parts;
    if (!first) stop("An empty table has no numbers.");
    if (first.shape.length > 1) stop("A table has rows and columns, not more.");
    if (!parts.every((part) => fits(part, first))) stop("All rows of a table have the same length.");
    return { shape: [parts.length, ...first.shape], data: parts.flatMap(({ data }) => data) };
  }

  // The value of a tree. Leaves its shape on every node: the echo writes them. What a pencil
  // leaves open (`·`, two things side by side) is settled here, where it has one meaning.
  function value(node, given) {
    const [what, x, y, z] = node;
    const of = (part) => value(part, given);
    const result = () => {
      if (what === "number") return one(x);
      if (what === "name") return given[x];
      if (SUMS.includes(what)) return total(what, of(x), y, z);
      const parts = node.slice(1).map(of);
      const [a, b] = parts;
      if (what === "array") return stacked(parts);
      if (what === "T") return transpose(a);
      if (what === "mT") return a.shape.length < 2 ? stop(`${code(".mT")} needs rows and columns.`, "misfit") : transpose(a);
      if ("·× ".includes(what)) {
        if (!a.shape.length || !b.shape.length) node[0] = "*";
        else if (what === "·") node[0] = "@";
        else stop(`Two tables ${what === " " ? "side by side" : "with × between"} have two meanings: ${code(text(["*", x, y]))} entry by entry, or ${code(text(["@", x, y]))} as a matrix product.`);
      }
      return node[0] === "@" ? product(a, b) : entrywise(node[0], ...parts);
    };
    const found = result();
    node.shape = found.shape;
    return found;
  }

  // ---------------------------------------------------------------- Writing

  const strength = ([what]) => POWER[what] ?? 50;

  // A tree as the house writes it; read again it is the same tree.
  function text(node) {
    const [what, x, y, z] = node;
    const part = (child, least) => (strength(child) < least ? `(${text(child)})` : text(child));
    const inside = () => node.slice(1).map(text).join(", ");
    const own = strength(node);
    if (what === "number") return y ?? String(x);
    if (what === "name") return x;
    if (what === "array") return `[${inside()}]`;
    if (what === "T" || what === "mT" || SUMS.includes(what)) {
      const owner = part(x, x[0] === "number" ? 60 : 50); // 2.T would be 2. and T
      return `${owner}.${what}` + (SUMS.includes(what) ? `(${[y === null ? "" : `axis=${y}`, z ? "keepdims=True" : ""].filter(Boolean).join(", ")})` : "");
    }
    if (what === "neg") return `-${part(x, own)}`;
    if (what === "**") return `${part(x, 41)}**${part(y, 30)}`;
    if (own === 50) return `${what}(${inside()})`;
    return `${part(x, own)} ${what === " " ? "*" : what} ${part(y, own + 1)}`;
  }

  // Each makes one element of MathML.
  const [mi, mn, mo, row, msup, mfrac, msqrt, munder, msub, mtext, mtable, mtr, mtd] =
    "mi mn mo mrow msup mfrac msqrt munder msub mtext mtable mtr mtd".split(" ").map((tag) => (...parts) => `<${tag}>${parts.join("")}</${tag}>`);
  const LETTER = Object.fromEntries(Object.entries(GREEK).map(([letter, name]) => [name, letter]));

  function nameInMath(name) {
    const [, above, below] = name.match(/^d(\w+)_d(\w+)$/) ?? [];
    if (above) return mfrac(row(mi("d"), nameInMath(above)), row(mi("d"), nameInMath(below)));
    const [, small] = name.match(/^d([A-Za-z]\d*)$/) ?? [];
    if (small) return row(mi("d"), nameInMath(small));
    const [, letter, digits] = name.match(/^([A-Za-z]+)_?(\d+)$/) ?? [];
    return digits ? msub(nameInMath(letter), mn(digits)) : mi(LETTER[name] ?? name);
  }

  // The same tree as a formula: `@` is a dot, `*` of tables is ⊙, as in the chapters.
  function math(node) {
    const [what, x, y] = node;
    const level = (child) => (child[0] === "/" ? 45 : child[0] === "exp" ? 40 : strength(child));
    const part = (child, least) => (level(child) < least ? row(mo("("), math(child), mo(")")) : math(child));
    const own = strength(node);
    if (what === "number") return y ? mi("π") : mn(x);
    if (what === "name") return nameInMath(x);
    if (what === "array") {
      const line = (entries) => mtr(...entries.map((entry) => mtd(math(entry))));
      return row(mo("["), mtable(...node.slice(1).map((part) => line(part[0] === "array" ? part.slice(1) : [part]))), mo("]"));
    }
    if (what === "T" || what === "mT") return msup(part(x, 46), mo("⊤"));
    if (SUMS.includes(what)) {
      const axes = x.shape?.length ?? 2;
      const over = y === null ? "all" : (y + axes) % axes ? "columns" : "rows";
      return row(munder(what === "sum" ? mo("∑") : mi("mean"), mtext(over)), part(x, 20));
    }
    if (what === "neg") return row(mo("−"), part(x, 20));
    if (what === "/") return mfrac(math(x), math(y));
    if (what === "**") return msup(part(x, 46), math(y));
    if (own === 50) {
      const inside = node.slice(1).map(math).join(mo(","));
      if (what === "exp") return msup(mi("e"), inside);
      if (what === "sqrt") return msqrt(inside);
      if (what === "abs") return row(mo("|"), inside, mo("|"));
      return row(mi(what === "sigmoid" ? "σ" : what), mo("⁡"), mo("("), inside, mo(")"));
    }
    const right = part(y, own + 1);
    const times = x.shape?.length && y.shape?.length ? "⊙" : /^[<a-z>]*\d/.test(right) ? "·" : "⁢";
    const sign = { "*": times, "@": "·", " ": "⁢", "-": "−", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠" }[what] ?? escape(what);
    return row(part(x, own), mo(sign), right);
  }

  // What was typed, as it was understood: a formula, its shapes, and the text where that is another.
  function echo({ tree, changed }) {
    if (tree[0] === "number" && !tree[2] && !changed) return "";
    const products = [];
    const walk = (node) => {
      node.filter?.(Array.isArray).forEach(walk);
      if (node[0] === "@" && node[1].shape && node[2].shape) products.push(shapeOf(node[1]) + shapeOf(node[2]));
    };
    walk(tree);
    const shape = tree.shape?.length ? shapeOf(tree) : "";
    const shapes = products.length === 1 ? products[0] + (shape && ` = ${shape}`) : shape && `shape ${shape}`;
    return `<math>${math(tree)}</math>${shapes ? ` <span class="ask-shapes">${shapes}</span>` : ""}${changed ? ` <span class="ask-read">read as ${code(text(tree))}</span>` : ""}`;
  }

  // How an answer reads while it is being typed; "" as long as it makes no sense, or is a plain number.
  function understood({ kind, draws: [draw] }, typed) {
    return attempt(() => {
      const answer = read(typed, kind === "number" ? [] : Object.keys(draw));
      value(answer.tree, draw);
      return echo(answer);
    }, () => "");
  }

  const short = (number) => String(+number.toPrecision(4)).replace("-", "−");
  function numpy({ shape: [length, ...rest], data }, exact = String) {
    const part = (_, k) => numpy({ shape: rest, data: data.slice(k * size(rest), (k + 1) * size(rest)) }, exact);
    return length === undefined ? exact(data[0]) : `[${Array.from({ length }, part).join(", ")}]`;
  }

  // ---------------------------------------------------------------- Judging

  const RIGHT = { kind: "right", sentence: "" };
  const joined = (...sentences) => sentences.filter(Boolean).join(" ");
  const named = ({ of, say }, before) => ({ kind: "slip", of, sentence: joined(before, say) });

  const CLOSE = 1e-7;
  const LEAST = 1e-3; // results smaller than this are compared by absolute amounts
  const near = (a, b, scale = Math.abs(b)) => Math.abs(a - b) <= CLOSE * Math.max(LEAST, scale);
  const largest = ({ data }) => Math.max(...data.map(Math.abs));
  const fits = (a, b) => shapeOf(a) === shapeOf(b);
  // The place of the first entry that differs; -1 where none does.
  function differ(a, b) {
    const scale = largest(b);
    return a.data.findIndex((entry, k) => !near(entry, b.data[k], scale));
  }
  const same = (a, b) => fits(a, b) && differ(a, b) < 0;
  const all = (values, truths, test = same) => values.every((own, k) => test(own, truths[k]));

  // The values of an expression of the author's on every table, or null where its shapes don't fit.
  function values(of, draws) {
    return attempt(() => {
      const { tree } = read(of, Object.keys(draws[0]));
      return draws.map((draw) => value(tree, draw));
    }, () => null);
  }
  const numberOf = (of, draw) => values(of, [draw])?.[0].data[0];

  // The factor by which results are too large, if it is one and the same everywhere; else NaN.
  function factorOf(found, truths) {
    const [factor, ...others] = found.map((own, k) => {
      const truth = truths[k];
      const at = truth.data.findIndex((entry) => Math.abs(entry) === largest(truth));
      const factor = own.data[at] / truth.data[at];
      return same(own, { ...truth, data: truth.data.map((entry) => entry * factor) }) && !near(factor, 0) ? factor : NaN;
    });
    return others.every((other) => near(other, factor)) ? factor : NaN;
  }

  function tooLarge(factor) {
    const amount = Math.max(Math.abs(factor), 1 / Math.abs(factor));
    if (near(amount, 1)) return "the size is right, the sign isn't";
    const times = { 2: "twice", 3: "three times", 4: "four times" }[short(amount)] ?? `${short(amount)} times`;
    return `it is ${times} too ${Math.abs(factor) > 1 ? "large" : "small"}${factor < 0 ? ", and of the other sign" : ""}`;
  }

  // A factor that is the same on all tables.
  function constantFactor(found, truths, draws) {
    const factor = factorOf(found, truths);
    if (!factor) return null;
    const amount = Math.max(Math.abs(factor), 1 / Math.abs(factor));
    const rows = Object.entries(draws[0]).find(([, { shape }]) => shape.length === 2 && shape[0] > 2 && near(shape[0], amount));
    const hint = rows ? ` ${short(amount)} is the number of rows of ${code(rows[0])}: look for an average or a sum over them.` : "";
    return { kind: near(factor, -1) ? "sign" : "factor", sentence: `Almost: ${tooLarge(factor)}.${hint}` };
  }

  function localFactor({ factors, draws }, found, truths) {
    for (const [name, of] of Object.entries({ ...(draws[0].N && { N: "N" }), ...factors })) {
      const local = values(of, draws);
      const times = (arrays) => arrays.map((a, k) => entrywise("*", a, local[k]));
      const ways = { missing: () => factorOf(times(found), truths), "too much": () => factorOf(found, times(truths)) };
      for (const [what, way] of Object.entries(ways)) {
        const factor = attempt(way, () => NaN);
        if (factor) return { kind: "local", sentence: `One factor is ${what}: ${escape(name)}. ${near(factor, 1) ? "Everything else is right" : `And then ${tooLarge(factor)}`}.` };
      }
    }
    return null;
  }

  function shapes({ like }, { shape }, truth) {
    const asked = truth.shape.length ? shapeOf(truth) : "one number";
    return `${shape.length ? `The shape is ${shapeOf({ shape })}` : "This is one number"}, and ${asked} is asked for${like ? `, like ${code(like)}` : ""}.`;
  }

  function wrongShape(found, truths) {
    if (all(found.map(transpose), truths)) return "It is the transpose: the right numbers, rows and columns exchanged.";
    for (const axis of [0, 1, null]) {
      const added = (keep) => attempt(() => all(found.map((a) => total("sum", a, axis, keep)), truths), () => false);
      if (added(true) || added(false)) return `The ${["rows", "columns"][axis] ?? "entries"} still have to be added up.`;
    }
    if (!all(found, truths, (a, b) => a.data.length === b.data.length && differ(a, b) < 0)) return "";
    const gone = found[0].shape.length < truths[0].shape.length;
    return `The numbers are right, and would broadcast; ${gone ? `the axis that was summed away has to stay (${code("keepdims=True")})` : "there is an axis too many"}.`;
  }

  const shownGiven = (draw, uses) => Object.keys(draw).filter((name) => !uses || uses.includes(name))
    .map((name) => code(`${name} = ${numpy(draw[name], short)}`)).join(", ");

  // The first entry that differs, with both numbers: a counter-example.
  function counterExample({ draws, uses }, found, truths) {
    const good = found.map((own, k) => same(own, truths[k]));
    const k = good.indexOf(false);
    const [own, truth] = [found[k], truths[k]];
    const at = differ(own, truth);
    const entry = own.shape.length ? `entry ${code(`[${indexOf(at, own.shape).join(", ")}]`)} of yours is` : "yours is";
    const [kind, begin] = good.includes(true) ? ["some", "Right for some numbers, but not for all"] : ["entry", "Try it on numbers"];
    return { kind, sentence: `${begin}: with ${shownGiven(draws[k], uses)} ${entry} ${short(own.data[at])}, and ${short(truth.data[at])} is asked for.` };
  }

  // An expression. `question`: draws, truths, slips, factors, like; `typed` as it is in the field; `around`
  // puts it, and a slip, into the line in which it is a blank.
  function judgeExpression(question, typed, around = (inside) => inside) {
    const { draws, truths, slips } = question;
    const names = Object.keys(draws[0]);
    const answer = read(typed, names); // what can't be read stops here
    const inside = text(answer.tree);
    const whole = around(inside);
    const tree = whole === inside ? answer.tree : read(whole, names).tree;
    const verdict = () => {
      value(answer.tree, draws[0]);
      const found = draws.map((draw) => value(tree, draw));
      if (all(found, truths)) return RIGHT;
      const fact = fits(found[0], truths[0]) ? "" : shapes(question, found[0], truths[0]);
      const slip = slips.find(({ of }) => {
        const theirs = values(around(of), draws);
        return theirs && all(found, theirs);
      });
      if (slip) return named(slip, fact);
      if (fact) return { kind: "shape", sentence: joined(fact, wrongShape(found, truths)) };
      return constantFactor(found, truths, draws) ?? localFactor(question, found, truths) ?? counterExample(question, found, truths);
    };
    const impossible = (trouble) => {
      if (trouble.kind === "unread") throw trouble;
      const slip = slips.find(({ of }) => values(around(of), draws) === null && text(read(around(of), names).tree) === text(tree));
      return slip ? named(slip, trouble.message) : { kind: trouble.kind, sentence: trouble.message };
    };
    return { ...attempt(verdict, impossible), echo: echo(answer) };
  }

  // One number of a question or of a blank, and with how many digits behind the point it was typed.
  function readNumber(typed) {
    const answer = read(typed, []);
    const found = value(answer.tree, {});
    if (found.shape.length) stop("One number is asked for, not a table.");
    const [plain, digits = ""] = typed.trim().match(/^[-+−–]?\d*(?:[.,](\d+))?$/) ?? [];
    return { ...answer, number: found.data[0], plain, digits: plain ? digits.length : NaN };
  }
  const isIt = ({ decimals }, a, b) => (decimals === null ? near(a, b) : Math.abs(a - b) <= 10 ** -decimals * (1 + 1e-9));

  // `envs`: what slips are computed from, the reader's own earlier values first.
  function numberVerdict(question, { number, plain, digits }, truth, slips, envs) {
    const { decimals } = question;
    if (isIt(question, number, truth)) return RIGHT;
    const rounded = (exact) => Math.abs(number - exact) <= 0.5 * 10 ** -digits * (1 + 1e-9);
    const cut = number === Math.trunc(truth * 10 ** digits) / 10 ** digits;
    const slip = (test) => envs.flatMap((env) => slips.filter(({ of }) => test(numberOf(of, env))))[0];
    const exactly = slip((theirs) => isIt(question, number, theirs));
    if (exactly) return named(exactly);
    if (digits && (rounded(truth) || cut)) {
      return { kind: "rounded", sentence: `That is right as far as it goes: please give ${decimals === null ? "it exactly, a fraction is fine" : `${decimals} decimals`}.` };
    }
    const nearly = digits > 1 && slip(rounded);
    if (nearly) return named(nearly);
    if (digits === 3 && truth >= 1000) return { kind: "unread", sentence: "Please write the number without a mark between its thousands." };
    const N = envs[0].N?.data[0];
    const factor = [1, 2, 0.5, N, 1 / N, 10, 0.1].find((f) => isIt(question, Math.abs(number), Math.abs(f * truth)));
    if (factor) return { kind: factor === 1 ? "sign" : "factor", sentence: `Almost: ${tooLarge(truth * number < 0 ? -factor : factor)}.` };
    if (truth * number < 0) return { kind: "sign", sentence: `Can this be ${number < 0 ? "negative" : "positive"}? Look at the signs.` };
    return { kind: "size", sentence: `The answer is ${number > truth ? "less" : "more"} than ${plain ?? short(number)}.` };
  }

  // Blanks: each is judged against the truth, and against what follows from the reader's own earlier values.
  function judgeBlanks(question, typed) {
    const [given] = question.draws;
    const truth = { ...given };
    const own = { ...given };
    const verdicts = {};
    const roots = {}; // blank: the blanks before it that are to be mended first
    for (const blank of question.blanks) {
      const { name, slips, truth: { data: [exact] } } = blank;
      const first = [...new Set(namesIn(read(blank.answer, Object.keys(truth)).tree).flatMap((other) => roots[other] ?? []))];
      const root = list(first.map(({ label, name }) => label ?? name));
      const judged = () => {
        if (!typed[name]?.trim()) return { kind: "empty", sentence: "" };
        const answer = readNumber(typed[name]);
        const follows = numberOf(blank.answer, own);
        own[name] = one(answer.number);
        const is = (number) => isIt(question, answer.number, number);
        if (is(exact) || (!root && is(follows))) return { kind: "right", sentence: "Right." };
        if (!root) return numberVerdict(question, answer, exact, slips, [own, truth]);
        if (follows === undefined) return { kind: "blocked", sentence: `With your ${root} this step can't be computed: look there first.` };
        // Sizes and signs could be told of what follows from his own values only, and that isn't right either.
        const verdict = numberVerdict(question, answer, follows, slips, [own, truth]);
        if (verdict.kind === "slip") return verdict;
        if (["right", "rounded"].includes(verdict.kind)) {
          return { kind: "follows", sentence: `Right, from your ${root}. It is ${root} that ${first[1] ? "aren't" : "isn't"}: look there first.` };
        }
        return { kind: "size", sentence: `That is neither right nor what follows from your ${root}: look there first.` };
      };
      const { kind } = (verdicts[name] = attempt(judged, ({ message }) => ({ kind: "unread", sentence: message })));
      truth[name] = blank.truth;
      if (["empty", "unread"].includes(kind)) own[name] = blank.truth;
      else if (kind !== "right") roots[name] = ["follows", "blocked"].includes(kind) ? first : [...first, blank];
    }
    return verdicts;
  }

  const namesIn = (node) => (node[0] === "name" ? [node[1]] : node.filter(Array.isArray).flatMap(namesIn));

  // Any answer to any question: {kind, sentence, echo}.
  function judge(question, typed) {
    const { kind, slips, draws } = question;
    return attempt(() => {
      if (kind === "choice") {
        const slip = slips.find(({ of }) => of === typed);
        if (slip) return named(slip);
        return typed === question.right ? RIGHT : stop("Choose one first.");
      }
      if (kind === "number") {
        const answer = readNumber(typed);
        return { ...numberVerdict(question, answer, question.truth.data[0], slips, draws), echo: echo(answer) };
      }
      if (kind === "expression") return judgeExpression(question, typed);
      if (kind === "order") return practice.order.judge(question, typed);
      const verdicts = judgeBlanks(question, typed);
      const kinds = Object.values(verdicts).map(({ kind }) => kind);
      const every = (...allowed) => kinds.every((kind) => allowed.includes(kind));
      if (every("empty")) stop("Fill in at least one of them.");
      if (every("right")) return { ...RIGHT, verdicts };
      const open = kinds.filter((kind) => kind === "empty").length;
      const partly = open && every("right", "follows", "empty");
      return { kind: partly ? "partly" : "blanks", sentence: partly ? `Right so far; ${open} to go.` : "", verdicts };
    }, ({ kind, message }) => ({ kind, sentence: message, echo: "" }));
  }

  Object.assign(practice, { read, value, numberOf, text, math, judge, judgeExpression, understood, attempt, namesIn, all, code, Stop, one, size, short, numpy, CLOSE });
})();
