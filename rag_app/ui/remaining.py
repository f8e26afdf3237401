"""What is left of what a visitor chose or opened when something of it was deleted, as in another window."""

from __future__ import annotations

from dataclasses import replace

from rag_app.library import Library
from rag_app.ui.screen import Visit


def remaining(library: Library, visit: Visit) -> Visit:
    """The visit without a collection that is gone, and without chosen documents that are not there any more."""
    collection = visit.collection if visit.collection in library.collections() else ""
    known = {document.id for document in library.documents(collection or None)} if visit.chosen else set()
    chosen = tuple(document_id for document_id in visit.chosen if document_id in known)
    return replace(visit, collection=collection, chosen=chosen)


def is_kept(library: Library, conversation_id: int) -> bool:
    """Whether there is a conversation of that id."""
    return any(conversation.id == conversation_id for conversation in library.conversations())
