"""How commands print."""

from __future__ import annotations

import json
import os
import sys
from io import TextIOWrapper


def take_any_text() -> None:
    """Let a terminal in another encoding than UTF-8 show a question mark for what it has no character for."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def let_go() -> None:
    """Let go what cannot be printed (a full disk, a pipe nobody reads), which Python tries again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(value: object) -> None:
    """One JSON value on one line, at once, so that a reader sees each line as it is true: in ASCII where stdout is not UTF-8."""
    is_utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    print(json.dumps(value, ensure_ascii=not is_utf8).encode("utf-8", "replace").decode("utf-8"), flush=True)


def counted(number: int, thing: str) -> str:
    """The number of things, in words that agree: 1 page, 2 pages."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def print_error(message: str) -> None:
    """One sentence on stderr, what is no text spelled out."""
    text = " ".join(message.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    print(text, file=sys.stderr, flush=True)
