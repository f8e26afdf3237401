"""A few short texts in a store or a whole library, for tests: real SQLite, real index, a bag-of-words embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from rag_app.answering import Answering
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.errors import ModelError
from rag_app.ingestion import Folders, Ingestion
from rag_app.interfaces import EmbeddedPassages, Generator
from rag_app.library import Library
from rag_app.overview import Overview
from rag_app.parsing import SandboxedParser
from rag_app.records import Document, Page
from rag_app.reranking import LateInteraction, pack
from rag_app.retrieval import Retrieval
from rag_app.settings import Settings
from rag_app.splitting import split
from rag_app.store import Store
from rag_app.text.context import context_text
from rag_app.vector_index import LibraryIndex

EMBEDDER = BagOfWordsEmbedder(dimension=256)


def document_of(name: str, text: str, title: str = "") -> Document:
    """A one-page document whose id is the hash of its text."""
    return Document(hashlib.sha256(text.encode()).hexdigest(), name, title, "text/plain", len(text), (Page(1, text),))


def add_text(store: Store, name: str, text: str, *, title: str = "", collection: str | None = None) -> str:
    """Store a text as a document and give its id."""
    document = document_of(name, text, title)
    passages = split(document, count_tokens=EMBEDDER.count_tokens, passage_tokens=40, overlap_tokens=0)
    texts = [context_text(document.title, p.heading_path, p.text) for p in passages]
    vectors, tokens = EMBEDDER.embed_passages_by_token(texts)
    store.add(document, passages, EmbeddedPassages(vectors, [pack(found) for found in tokens]))
    if collection is not None:
        store.put_in_collection([document.id], collection)
    return document.id


def retrieval_over(folder: Path, texts: Mapping[str, str]) -> tuple[Retrieval, Store]:
    """Retrieval over a new store in `folder` that holds `texts` by name."""
    store = Store(folder)
    for name, text in texts.items():
        add_text(store, name, text)
    index = LibraryIndex(store, embedder_id=EMBEDDER.id, dimension=EMBEDDER.dimension, folder=folder / "index")
    return Retrieval(store, index, EMBEDDER, LateInteraction(store)), store


def small_library(folder: Path, make: Callable[..., Library] = Library, **changes: object) -> Library:
    """A whole library in `folder` that quotes; it needs no model."""
    settings, store = Settings().changed(**changes), Store(folder)
    index = LibraryIndex(store, embedder_id=EMBEDDER.id, dimension=EMBEDDER.dimension, folder=folder / "index")
    retrieval, parser = Retrieval(store, index, EMBEDDER, LateInteraction(store)), SandboxedParser(settings)

    def answering(settings: Settings) -> Answering:
        return Answering(
            retrieval,
            EMBEDDER,
            no_generator,
            overview=Overview(store, EMBEDDER),
            mode="quoted",
            answer_tokens=settings.answer_tokens,
            refusal_threshold=settings.refusal_threshold,
        )

    return make(
        folder,
        settings,
        store=store,
        index=index,
        parser=parser,
        ingestion=Ingestion(store, parser, EMBEDDER, settings),
        folders=Folders(store, settings),
        retrieval=retrieval,
        answering=answering,
    )


def no_generator() -> Generator:
    """The generator that is not there."""
    raise ModelError("The model is missing.")
