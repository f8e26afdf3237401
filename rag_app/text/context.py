"""A passage with what stands above it."""

from __future__ import annotations

from collections.abc import Sequence


def context_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """A passage as the indexes see it: the title and the headings it stands under travel with it."""
    context = " > ".join(part for part in (title, *heading_path) if part)
    return f"{context}\n{text}" if context else text
