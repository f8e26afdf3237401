"""The page in a window of its own: a Chromium browser of this machine, without its bars and apart from its other pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

BROWSERS = (
    *(
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "microsoft-edge-stable",
        "brave-browser",
    ),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# With a profile of its own the process lives as long as the window; the rest keeps the browser from asking the network.
_ALONE = (
    *("--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-default-apps", "--disable-extensions"),
)


def find_browser(names: Sequence[str] = BROWSERS) -> str | None:
    """The first of these browsers that is installed, or None."""
    return next((found for name in names if (found := shutil.which(name))), None)


def show_window(browser: str, address: str, profile: Path) -> None:
    """The window, until it is closed. `profile` keeps its language, theme and size."""
    profile.mkdir(parents=True, exist_ok=True)
    command = [browser, f"--app={address}", f"--user-data-dir={profile.resolve()}", "--window-size=1280,860", *_ALONE]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as window:
        try:
            window.wait()
        finally:
            window.terminate()
