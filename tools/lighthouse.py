"""Lighthouse, as a phone on a slow line sees every page of the built site: a table, and a verdict.

usage: python tools/lighthouse.py [page …]      (`make book` builds the site first)

The site is served gzipped, as GitHub Pages does it. Needs Node 20 (npx fetches Lighthouse, 80 MB, the
first time) and Chromium. Performance is simulated from what the machine measures: on a busy machine
the figures are worse than the pages. Exits with 1 where performance is below 0.95, or one of the other
three scores below 1.
"""

import contextlib
import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import browsers
import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE = Path(os.environ.get("SITE", ROOT / "_build" / "html"))
LIGHTHOUSE = "lighthouse@12.2.3"  # the newest for Node 20
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
COMPRESSED = {".html", ".js", ".css", ".svg", ".json", ".xml", ".txt"}

WANTED = {"performance": 0.95, "accessibility": 1, "best-practices": 1, "seo": 1}
# What the table shows of an audit: its name, a heading, how many decimals, and what divides it.
FIGURES = [
    ("first-contentful-paint", "first paint s", 1, 1000),
    ("largest-contentful-paint", "largest s", 1, 1000),
    ("total-blocking-time", "blocked ms", 0, 1),
    ("cumulative-layout-shift", "shift", 3, 1),
    ("dom-size", "elements", 0, 1),
    ("network-requests", "requests", 0, 1),
    ("total-byte-weight", "KiB", 0, 1024),
    ("mainthread-work-breakdown", "work ms", 0, 1),
]


class Gzipped(http.server.SimpleHTTPRequestHandler):
    """Text goes over the line gzipped, and a browser may keep it for ten minutes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            return self.send_error(404)
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            content = packed(path)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@functools.cache
def packed(path):
    return gzip.compress(path.read_bytes(), 9, mtime=0)


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(Gzipped, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def pages():
    """The address of every page of the book; the first is the site's own."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    return ["", *(f"{chapter['file']}.html" for part in toc["parts"] for chapter in part["chapters"])]


def measure(address):
    """Lighthouse's report on a page."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={target}"]
        chromium = browsers.chromium()
        environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
        subprocess.run([*command, f"--chrome-flags={CHROMIUM}"], check=True, env=environment)
        return json.loads(target.read_text("utf-8"))


def value(audit):
    if audit["id"] == "network-requests":
        return len([one for one in audit["details"]["items"] if not one["url"].startswith("data:")])
    return audit["numericValue"]


def row(report):
    """The four scores, and the figures."""
    scores = [report["categories"][name]["score"] for name in WANTED]
    figures = [f"{value(report['audits'][name]) / unit:.{decimals}f}" for name, _, decimals, unit in FIGURES]
    return scores, figures


def main(names):
    if not (SITE / "index.html").exists():
        sys.exit(f"{SITE}: expected the built site, run `make book` first")
    print("| page |", " | ".join([*WANTED, *(heading for _, heading, _, _ in FIGURES)]), "|")
    print("|---" * (1 + len(WANTED) + len(FIGURES)) + "|")
    below = []
    with served(SITE) as site:
        for name in names or pages():
            report = measure(f"{site}/{name}")
            scores, figures = row(report)
            print(
                f"| {name or '/'} |",
                " | ".join([*(f"{score:.2f}" for score in scores), *figures]),
                "|",
                flush=True,
            )
            for (category, wanted), score in zip(WANTED.items(), scores, strict=True):
                if score < wanted:
                    below.append(f"{name or '/'}: {category} is {score:.2f}, wanted {wanted}")
                    below += [f"    {title}" for title in complaints(report, category)]
    print(*below, sep="\n")
    sys.exit(bool(below))


def complaints(report, category):
    """What Lighthouse holds against the page in this category."""
    if category == "performance":
        return
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if audit["score"] is not None and audit["score"] < 1 and reference["weight"]:
            yield audit["title"]


if __name__ == "__main__":
    main(sys.argv[1:])
