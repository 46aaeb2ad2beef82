"""The browser of this machine that prints, previews and measures pages."""

import shutil


def chromium():
    """Where Chromium is, or Chrome; None where there is neither."""
    return shutil.which("chromium") or shutil.which("google-chrome")
