"""A passage with what stands above it."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import StoredPassage

LONGEST_PART = 60


def context_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """A passage as the embedder sees it: its document's title and its own heading travel with it, each shortened."""
    context = " > ".join(part[:LONGEST_PART] for part in (title, *heading_path[-1:]) if part)
    return f"{context}\n{text}" if context else text


def context_of(stored: StoredPassage) -> str:
    """A stored passage as the embedder saw it."""
    return context_text(stored.document_title, stored.passage.heading_path, stored.passage.text)
