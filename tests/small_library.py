"""A store of a few short texts with its index, for tests of the flows: real SQLite, real index, a bag-of-words embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.records import Document, Page
from rag_app.retrieval import Retrieval
from rag_app.splitting import split
from rag_app.store import Store
from rag_app.text.context import context_text
from rag_app.vector_index import LibraryIndex

EMBEDDER = BagOfWordsEmbedder(dimension=256)


def document_of(name: str, text: str) -> Document:
    """A one-page document whose id is the hash of its text."""
    return Document(hashlib.sha256(text.encode()).hexdigest(), name, "", "text/plain", len(text), (Page(1, text),))


def add_text(store: Store, name: str, text: str, *, collection: str | None = None) -> str:
    """Store a text as a document and give its id."""
    document = document_of(name, text)
    passages = split(document, count_tokens=EMBEDDER.count_tokens, passage_tokens=40, overlap_tokens=0)
    vectors = EMBEDDER.embed_passages([context_text(document.title, p.heading_path, p.text) for p in passages])
    store.add(document, passages, vectors, collection=collection)
    return document.id


def retrieval_over(folder: Path, texts: Mapping[str, str]) -> tuple[Retrieval, Store]:
    """Retrieval over a new store in `folder` that holds `texts` by name."""
    store = Store(folder)
    for name, text in texts.items():
        add_text(store, name, text)
    index = LibraryIndex(store, embedder_id=EMBEDDER.id, dimension=EMBEDDER.dimension, folder=folder / "index")
    return Retrieval(store, index, EMBEDDER), store
