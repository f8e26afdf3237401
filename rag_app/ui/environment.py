"""What gradio reads from the environment when it starts; imports nothing of it, so that it can be set in time."""

from __future__ import annotations

import os
from pathlib import Path

_KEPT = ("GRADIO_ROOT_PATH",)  # says where a proxy serves the page
LOCAL = "127.0.0.1"


def prepare_environment(uploads: Path, host: str = LOCAL) -> None:
    """Have gradio report nothing to its makers, count no use of the page, pass uploads through `uploads` only, and look whether
    the page answers at `host` without the proxy that this machine may use for other hosts.

    Its other variables are taken away: the page is served as its caller says, and an empty or wrong one ends gradio's import.
    """
    for name in [name for name in os.environ if name.startswith("GRADIO_") and name not in _KEPT]:
        del os.environ[name]
    os.environ |= {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_ANALYTICS_MAX_EVENTS": "1",
        "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
        "GRADIO_TEMP_DIR": str(uploads.resolve()),
        "no_proxy": ",".join(
            filter(None, (os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), "localhost", LOCAL, "::1", host))
        ),
    }
