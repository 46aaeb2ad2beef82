// The menu above a page: what runs elsewhere says so when the network is missing, or when the page
// was opened as a file (tools/offline.py).
addEventListener("DOMContentLoaded", () => {
  "use strict";
  const asFile = location.protocol === "file:";
  const site = document.querySelector("link[rel=canonical]")?.href;
  const launches = [...document.querySelectorAll(".bar-menu [data-kind=run] a")];

  if (asFile && site) {
    // A file can't start what needs a server: there it is the course's own site that does.
    launches.forEach((link) => (link.href = new URL(link.getAttribute("href"), site)));
  }

  const notes = launches.map((link) => {
    const note = document.createElement("span");
    note.textContent = " (needs the internet)";
    link.append(note);
    return note;
  });
  const say = () =>
    notes.forEach((note, k) => {
      note.hidden = !asFile && (navigator.onLine || launches[k].host === location.host);
    });
  addEventListener("online", say);
  addEventListener("offline", say);
  say();
});
