// The worker in which Python runs: Pyodide with NumPy and the course's `lib`. (python.js talks to it)
"use strict";
let python, run, call;

// Everything that is fetched comes at the same time. The megabytes are those that came over the line.
async function start({ pyodide, lib, cells }) {
  let bytes = 0;
  new PerformanceObserver((list) => {
    bytes += list.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0);
    postMessage({ id: 0, bytes });
  }).observe({ type: "resource", buffered: true });
  postMessage({ id: 0, bytes });
  const own = Promise.all([lib, cells].map(fetchAll));
  own.catch(() => {}); // it is awaited below, and may have failed by then
  importScripts(`${pyodide}pyodide.js`);
  python = await loadPyodide({ indexURL: pyodide, packages: ["numpy"] });
  const [rooms, text] = await own;
  python.unpackArchive(rooms, "zip");
  const names = python.toPy({});
  python.runPython(new TextDecoder().decode(text), { globals: names, filename: "python-cells.py" });
  [run, call] = ["run", "call"].map((name) => names.get(name));
}

async function fetchAll(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return response.arrayBuffer();
}

// The buffers of all arrays in an answer: they are handed over, not copied.
function buffers(value) {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  return value && typeof value === "object" ? Object.values(value).flatMap(buffers) : [];
}

const last = (error) => String(error.message ?? error).trim().split("\n").at(-1);

onmessage = async ({ data }) => {
  if (!call) return start(data).then(() => postMessage({ id: 0 }), (error) => postMessage({ failed: last(error) }));
  const { id, module, name, message, code } = data;
  try {
    if (code !== undefined) return postMessage({ id, answer: run(code, name, (text) => postMessage({ id, text })) });
    const given = python.toPy(message);
    const { answer, refused } = call(module, name, given);
    given.destroy();
    if (refused === undefined) postMessage({ id, answer }, buffers(answer));
    else postMessage({ id, refused });
  } catch (error) {
    // What Python raises leaves it whole; anything else doesn't.
    postMessage(error instanceof python.ffi.PythonError ? { id, refused: last(error) } : { failed: last(error) });
  }
};
