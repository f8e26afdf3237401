"""Small records that many tests build."""

from __future__ import annotations

from rag_app.records import Evidence, Hit, Passage, StageScore, StoredPassage


def stored(text: str, *, id: int = 1, document: str = "doc", page: int = 1, start: int = 0) -> StoredPassage:
    """A stored passage of a document called `document`.txt."""
    return StoredPassage(id, f"{document}.txt", document, Passage(document, page, start, start + len(text), (), text))


def hit(text: str, *, id: int = 1, document: str = "doc", page: int = 1, score: float = 1.0, dense: float = 0.9) -> Hit:
    """A hit on a passage with that text."""
    return Hit(stored(text, id=id, document=document, page=page), score, (StageScore("dense", dense),))


def evidence(text: str, *, id: int = 1, document: str = "doc", page: int = 1, start: int = 0) -> Evidence:
    """A sentence that is a passage of its own."""
    return Evidence(stored(text, id=id, document=document, page=page, start=start), start, start + len(text), text, 1.0)
