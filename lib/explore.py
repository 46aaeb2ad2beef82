"""Figures on the page: `show` for those that stand still."""

import matplotlib.pyplot as plt
from IPython.display import display


def show(fig, *, alt):
    """Show a Matplotlib figure once, with a sentence for readers who cannot see it.

    alt: what the figure shows, in words; it ends up as the picture's alternative text.
    Raises ValueError for an empty alt.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt: expected a sentence that says what the figure shows, got {alt!r}")
    plt.close(fig)  # else the notebook would draw it a second time
    display(fig, metadata={"image/png": {"alt": alt}})
