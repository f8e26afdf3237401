"""A cross-encoder from the hub, by choice: it reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from rag_app.errors import ModelError
from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.records import StoredPassage
from rag_app.text.context import context_of

_BATCH = 8


class CrossEncoderReranker:
    """Any folder that sentence-transformers opens as a cross-encoder. Safe to call from many threads; one computes."""

    def __init__(self, folder: Path, *, max_tokens: int, threads: int) -> None:
        """Load the model of `folder`, never from a network. Raises `ModelError` when it is none, or cannot be loaded."""
        import torch
        from sentence_transformers import CrossEncoder

        self._lock = Lock()
        torch.set_num_threads(max(1, threads))
        try:
            self._model = CrossEncoder(str(folder), device="cpu", max_length=max_tokens, local_files_only=True)
        except Exception as error:  # torch, safetensors and transformers share no base class
            raise ModelError(
                f"{folder} cannot be loaded as a reranker ({error}). Remove it and fetch or import the model again."
            ) from error
        if self._model.num_labels != 1:
            raise ModelError(
                f"{folder} is no reranker: it gives a passage {self._model.num_labels} scores, not one. Choose another model."
            )

    def scores(self, question: EmbeddedQuestion, passages: Sequence[StoredPassage]) -> Vectors | None:
        """A score for each passage; None without any."""
        if not passages:
            return None
        texts = [context_of(stored) for stored in passages]
        with self._lock:
            found = self._model.predict([(question.text, text) for text in texts], batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(found, np.float32).reshape(len(passages))
