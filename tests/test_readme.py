"""The picture in the README is stored: it has to be the one that the code of today draws."""

import io
import re

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import readme_picture
from matplotlib.text import Text

STALE = "docs/learning-xor.svg is stale: run `.venv/bin/python tools/readme_picture.py`"


def numbers(svg):
    return np.array(re.findall(r"(?<![\w#.-])-?\d+(?:\.\d+)?(?![\w.])", svg), dtype=float)


def test_the_stored_picture_is_the_one_that_is_drawn():
    stored = readme_picture.TARGET.read_text("utf-8")
    fig = readme_picture.draw()
    for text in fig.findobj(Text):  # among them the cost at every moment; the file names each as a comment
        assert all(line in stored for line in text.get_text().splitlines()), STALE
    if f"Matplotlib v{matplotlib.__version__}" in stored:  # another version lays things out in another way
        drawn = io.StringIO()
        with plt.rc_context({"svg.hashsalt": "learning-xor"}):
            fig.savefig(drawn, format="svg", metadata={"Date": None})
        before, now = numbers(stored), numbers(drawn.getvalue())
        assert before.shape == now.shape, STALE
        assert abs(before - now).max() < 0.01, STALE
    plt.close(fig)
