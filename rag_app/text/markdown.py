"""Text within Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
_LIST = re.compile(r"^(\d*)([-+.)])(?=\s)")


def escaped(text: str) -> str:
    """`text` on one line, with what Markdown would take for markup made plain."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
