"""How commands print."""

from __future__ import annotations

import json
import sys


def print_json(value: object) -> None:
    """One JSON value on one line, at once, so that a reader sees each line as it is true."""
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"), flush=True)


def print_error(message: str) -> None:
    """One sentence on stderr, what is no text spelled out."""
    text = " ".join(message.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    print(text, file=sys.stderr, flush=True)
