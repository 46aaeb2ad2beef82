"""Pack the built site as one zip that needs no server and no network: unzip, open index.html.

usage: python tools/offline.py        (`make offline` builds the site first)

It holds one folder, named with the version: a USB stick stays tidy.
"""

import sys
from pathlib import Path

import lib

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
FOLDER = f"backward-pass-{lib.__version__}"  # all that the zip puts into the place where it is unzipped
ZIP = ROOT / "_build" / f"{FOLDER}-offline.zip"
# What only a server can give: the page for wrong addresses, Jupyter in the browser; and leftovers.
LEFT_OUT = {"404.html", "lite", ".buildinfo", "reports"}

sys.path.insert(0, str(ROOT / "_ext"))
from downloads import write_zip  # noqa: E402


def pack(site, target):
    """Write the zip. Raises FileNotFoundError where there is no site yet."""
    if not (site / "index.html").exists():
        raise FileNotFoundError(f"{site}: expected the built site, run `make book` first")
    paths = {path.relative_to(site): path for path in site.rglob("*") if path.is_file()}
    write_zip(
        target,
        FOLDER,
        {name.as_posix(): path.read_bytes() for name, path in paths.items() if name.parts[0] not in LEFT_OUT},
    )


if __name__ == "__main__":
    pack(SITE, ZIP)
    print(
        f"{ZIP.relative_to(ROOT)}: {ZIP.stat().st_size / 1e6:.1f} MB; unzip it and open {FOLDER}/index.html"
    )
