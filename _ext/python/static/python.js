// Python on the page: one worker, started by a click, shared by everybody on the page who needs it.
//
//   python.lack()                        "" or a sentence: why there can't be any Python here
//   python.megabytes                     for the label of the button that starts it
//   await python.start(words)            words(text) hears how far it is; rejects with a sentence
//   await python.call(module, name, message)  what lib.<module>.<name>(message) returns: an array arrives
//                                        as {shape, data}; rejects with the sentence of a ValueError
//   await python.run(code, {name, onText, limit})  runs a cell: {ok, error, stopped}, after `limit` seconds at the latest
//   python.stop()                        ends the worker, whatever it does; the next start is a new one
//
// A worker can't be interrupted where the server doesn't send the headers for shared memory, and GitHub's
// doesn't. So to stop is to end, and what was defined has to be run again.
window.python = (() => {
  "use strict";
  const { megabytes, ...files } = document.currentScript.dataset;
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const addresses = Object.fromEntries(Object.entries(files).map(([kind, file]) => [kind, new URL(file, root).href]));
  const ELSEWHERE = "The menu ⋯ above has other ways to run this: Colab, Jupyter in the browser, or the notebook for your own machine.";

  let worker = null; // there is one from the start to the stop
  let started = null; // the promise of its start
  let waiting = new Map(); // number of a question: who waits for the answer
  let number = 0;

  function lack() {
    if (location.protocol === "file:") return `This page was opened as a file, and browsers let no file start Python. ${ELSEWHERE}`;
    if (!window.Worker || !window.WebAssembly || !window.BigInt64Array) return `This browser is too old to run Python. ${ELSEWHERE}`;
    return "";
  }

  // End the worker, and tell everybody who waits for it.
  function end(reason) {
    worker?.terminate();
    const left = [...waiting.values()];
    worker = started = null;
    waiting = new Map();
    left.forEach(({ refuse }) => refuse(Object.assign(new Error(reason), { stopped: true })));
  }

  const stop = () => end("Stopped.");

  function start(words = () => {}) {
    const problem = lack();
    if (problem) return Promise.reject(new Error(problem));
    started ??= new Promise((answer, refuse) => {
      waiting.set(0, { answer, refuse, heard: [] }); // the start is the first question
      worker = new Worker(addresses.worker);
      worker.onmessage = hear;
      worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message);
      };
      worker.postMessage(addresses);
    });
    waiting.get(0)?.heard.push(words);
    return started;
  }

  // The start has failed, or Python has broken down.
  function fail(reason) {
    const starting = waiting.has(0);
    const why = reason ? ` (${reason})` : "";
    if (!starting) end(`Python has broken down${why}, and has to start afresh.`);
    else if (!navigator.onLine) end(`Python can't be fetched without a network. Try again when there is one. ${ELSEWHERE}`);
    else end(`Python didn't come: something on the way holds it back${why}. Try again, or go another way. ${ELSEWHERE}`);
  }

  function hear({ data: { id, bytes, text, answer, refused, failed } }) {
    if (failed !== undefined) return fail(failed);
    const one = waiting.get(id);
    if (bytes !== undefined) {
      const here = (bytes / 1e6).toFixed(1); // more than were promised where a server sends all as it is
      const words = `Python is coming: ${here}${here <= Number(megabytes) ? ` of about ${megabytes}` : ""} MB`;
      return one?.heard.forEach((listen) => listen(words));
    }
    if (text !== undefined) return one?.onText?.(text);
    waiting.delete(id);
    if (refused !== undefined) one?.refuse(new Error(refused));
    else one?.answer(answer);
  }

  async function ask(question, onText) {
    await start();
    return new Promise((answer, refuse) => {
      waiting.set(++number, { answer, refuse, onText });
      worker.postMessage({ id: number, ...question });
    });
  }

  const call = (module, name, message = {}) => ask({ module, name, message });

  async function run(code, { name = "cell", onText, limit = 20 } = {}) {
    await start();
    const clock = setTimeout(() => end(`Stopped after ${limit} seconds.`), 1000 * limit);
    try {
      const error = await ask({ code, name }, onText);
      return { ok: !error, error, stopped: false };
    } catch ({ message }) {
      return { ok: false, error: message, stopped: true };
    } finally {
      clearTimeout(clock);
    }
  }

  return { lack, megabytes: Number(megabytes), start, call, run, stop };
})();
