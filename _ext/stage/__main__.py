"""Stage a copy of a site: python -m stage SITE TARGET, in the folder `_ext`."""

import sys

from stage import copy, run

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    _, site, target = sys.argv
    copy(site, target)
    run(target)
