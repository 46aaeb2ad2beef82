// The search of the book: what is found while one types, each place with its section, and the words
// marked there. Its index, the text of all sections (_ext/pages.py), is fetched when a search begins,
// as a script, because a page that was opened as a file may read nothing else. Nothing is stored.
(() => {
  "use strict";
  const root = document.documentElement.dataset.content_root;
  const SHOWN = 30; // places in the list at first
  let pages = null;
  let loading = null;

  window.Search = { setIndex: (index) => (pages = index.pages) }; // what searchindex.js calls

  function load() {
    const script = (address) => new Promise((loaded, failed) => {
      const tag = document.createElement("script");
      tag.src = root + address;
      tag.onload = loaded;
      tag.onerror = failed;
      document.head.append(tag);
    });
    return (loading ??= Promise.all(["searchindex.js", "_static/language_data.js"].map(script)));
  }

  // One pattern for each word that is looked for: wherever a word begins with it, or with its stem.
  // Common words count only where there is no other; a number or S97 is meant to its last digit.
  function patterns(query) {
    const all = query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
    const rare = all.filter((word) => !stopwords.includes(word));
    return (rare.length ? rare : all).map((word) => {
      if (/\d$/.test(word)) return new RegExp(`(?<![\\p{L}\\p{N}])${word}(?!\\d)`, "giu");
      const stem = new Stemmer().stemWord(word).replace(/i$/, "[iy]"); // entropy, entropies
      return new RegExp(`(?<![\\p{L}\\p{N}])(?:${word}|${stem})[\\p{L}\\p{N}]*`, "giu");
    });
  }

  const count = (text, pattern) => text.match(pattern)?.length ?? 0;

  // Every section that has all words, of which some may stand in the page's title; best first. A word
  // in a heading weighs most, more in a short one; often is better than once, but not without end.
  // Equal ones stay in the order of the book.
  function find(query) {
    const wanted = patterns(query);
    const asked = query.trim().toLowerCase();
    const found = [];
    for (const page of wanted.length ? pages : []) {
      for (const [anchors, title, text] of page.sections) {
        const heading = 10 + 10 / title.split(" ").length;
        const points = wanted.map((pattern) => (count(title, pattern) && heading) + Math.min(5, count(text, pattern)));
        const missing = wanted.some((pattern, k) => !points[k] && !count(page.title, pattern));
        let sum = points.reduce((one, other) => one + other);
        if (missing || !sum) continue;
        const names = anchors.split(" ");
        const anchor = names.find((name) => name && name === asked) ?? names[0]; // s97, one of a card's numbers
        if (asked === anchor || asked === title.toLowerCase()) sum += 100;
        if (/^\d/.test(page.title)) sum *= 1.5; // a chapter explains what other pages list
        found.push({ page, title, text, anchor, sum, wanted });
      }
    }
    return found.sort((one, other) => other.sum - one.sum);
  }

  // A piece of text with its words marked.
  function marked(text, wanted) {
    const all = new RegExp(wanted.map((pattern) => pattern.source).join("|"), "giu");
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(all)) {
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      pieces.push(text.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    return [...pieces, text.slice(end)];
  }

  // Some words around the first place.
  function excerpt(text, wanted) {
    const places = wanted.map((pattern) => text.search(pattern)).filter((place) => place >= 0);
    const at = places.length ? Math.min(...places) : 0;
    const from = at > 70 ? text.indexOf(" ", at - 70) + 1 : 0;
    const to = from + 190 < text.length ? text.lastIndexOf(" ", from + 190) : text.length;
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  function entry({ page, title, text, anchor, wanted }, query) {
    const link = document.createElement("a");
    link.href = `${root}${page.uri}?find=${encodeURIComponent(query)}${anchor && "#" + anchor}`;
    link.append(...marked(title || page.title, wanted));
    const place = document.createElement("span");
    place.className = "search-place";
    place.textContent = page.title.endsWith(title) ? "" : page.title;
    const words = document.createElement("p");
    words.append(...marked(excerpt(text, wanted), wanted));
    const item = document.createElement("li");
    item.append(link, " ", place, ...(text ? [words] : []));
    return item;
  }

  // A form with the list and the sentence that stand below it (_templates/search-form.html).
  function Form(form) {
    const input = form.elements.q;
    const list = form.parentNode.querySelector(".search-results");
    const summary = form.parentNode.querySelector(".search-summary");

    async function search() {
      const query = input.value;
      if (!query.trim()) return show("", []);
      try {
        await load();
      } catch {
        return show("The search's index could not be loaded.", []);
      }
      if (query !== input.value) return; // typed on while it was loading
      const found = find(query);
      const many = found.length === 1 ? "One place" : `${found.length} places`;
      show(found.length ? many : `Nothing was found for “${query.trim()}”.`, found.map((one) => () => entry(one, query)));
    }

    function show(sentence, entries) {
      summary.textContent = sentence;
      list.replaceChildren(...entries.slice(0, SHOWN).map((make) => make()));
      if (entries.length <= SHOWN) return;
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = `Show all ${entries.length}`;
      more.onclick = () => list.replaceChildren(...entries.map((make) => make()));
      const item = document.createElement("li");
      item.append(more);
      list.append(item);
    }

    form.addEventListener("submit", (event) => input.value.trim() || event.preventDefault());
    // Enter clicks the button, at no place of the screen: the theme would take it for a click beside
    // the dialog, and close that.
    form.addEventListener("click", (event) => event.stopPropagation());
    input.addEventListener("focus", () => load().catch(() => {}), { once: true });
    input.addEventListener("input", search);
    // A place on this very page: the dialog would stay in front of it.
    list.addEventListener("click", (event) => event.target.closest("a") && form.closest("dialog")?.close());
    return { form, input, search };
  }

  // Where a link of the list has led to: mark the words in that section, open what hides the first.
  async function arrive() {
    const address = new URL(location);
    const query = address.searchParams.get("find");
    if (!query) return;
    await load();
    address.searchParams.delete("find");
    history.replaceState(history.state, "", address); // a link that is copied from here is plain
    const target = document.getElementById(location.hash.slice(1)); // names are of letters that need no escape
    const place = target?.closest("section, .statement") ?? document.querySelector("article");
    const marks = mark(place, patterns(query));
    if (!marks.length) return;
    for (let fold = marks[0].closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    const { top, bottom } = marks[0].getBoundingClientRect();
    if (top < 64 || bottom > innerHeight) scrollTo({ top: scrollY + top - innerHeight / 3, behavior: "instant" });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") marks.forEach((one) => one.replaceWith(...one.childNodes));
    });
  }

  function mark(place, wanted) {
    const skip = "script, style, svg, math, mjx-container, button, .headerlink, .MathJax_Preview, .math";
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    const marks = [];
    for (const text of texts) {
      if (text.parentNode.closest(skip)) continue;
      const pieces = marked(text.data, wanted);
      if (pieces.length === 1) continue;
      marks.push(...pieces.filter((piece) => piece.nodeName === "MARK"));
      text.replaceWith(...pieces);
    }
    return marks;
  }

  addEventListener("DOMContentLoaded", () => {
    const forms = [...document.querySelectorAll("form.bd-search")].map(Form);
    const own = forms.find(({ form }) => form.closest(".search-page"));
    if (own) {
      own.input.value = new URLSearchParams(location.search).get("q") ?? "";
      own.input.focus();
      own.search();
    }
    arrive().catch(() => {});
  });
})();
