"""The key of a visitor: whoever has it has the library. Made here, kept in the visitor's browser, sent with each event."""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 32
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def new_key() -> str:
    """A key of 256 random bits that nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


def is_key(text: str) -> bool:
    """Whether `text` has the form of a key. What a browser sends may be anything."""
    return _KEY.fullmatch(text) is not None


def folder_name(key: str) -> str:
    """What the visitor's folder is called. Whoever reads the disk's names learns no key (SHA-256)."""
    return hashlib.sha256(key.encode("ascii")).hexdigest()
