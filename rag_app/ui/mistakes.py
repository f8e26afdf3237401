"""Errors as sentences of the page."""

from __future__ import annotations

from rag_app.errors import LibraryError, ModelError, QuestionError, RagError, VisitorError
from rag_app.ui.language import Wording

WORDING_KEYS: dict[type[RagError], str] = {
    QuestionError: "error.question",
    ModelError: "error.model",
    LibraryError: "error.library",
}


def mistake(wording: Wording, error: RagError) -> str:
    """What went wrong, as a sentence that a person can act on."""
    if isinstance(error, VisitorError):
        return wording(f"refusal.{error.refusal.value}", most=f"{error.most:,}")
    key = next((key for kind, key in WORDING_KEYS.items() if isinstance(error, kind)), "error.other")
    return wording(key, message=wording.translated(error))


def failure(wording: Wording, error: RagError) -> str:
    """The same, where the kind of the error says nothing of what was tried."""
    return wording("error.other", message=wording.translated(error))
