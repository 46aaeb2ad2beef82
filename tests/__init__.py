"""What is promised, held. Beside `lib` the tests ask the site's extensions and the tools, by their names."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("_ext", "tools")]
