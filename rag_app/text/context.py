"""A passage with what stands above it."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import StoredPassage

LONGEST_PART, LONGEST_HEADER = 60, 200
BETWEEN_CELLS = " | "


def context_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """A passage as the embedder sees it: its document's title and its own heading travel with it, each shortened.

    Rows of a table have its header above them, and what stands above that.
    """
    is_header = bool(heading_path) and BETWEEN_CELLS in heading_path[-1]
    parts = [part[:LONGEST_PART] for part in (title, *heading_path[-2 if is_header else -1 :])]
    if is_header:
        parts[-1] = heading_path[-1][:LONGEST_HEADER]
    context = " > ".join(filter(None, parts))
    return f"{context}\n{text}" if context else text


def context_of(stored: StoredPassage) -> str:
    """A stored passage as the embedder saw it."""
    return context_text(stored.document_title, stored.passage.heading_path, stored.passage.text)
