"""An embedder on sentence-transformers and torch, for model folders without an ONNX graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from rag_app.embedding.vectors import encodable, unit_length
from rag_app.errors import ModelError
from rag_app.interfaces import EmbeddedQuestion, Vectors

_BATCH = 16


class SentenceTransformersEmbedder:
    """Any sentence-transformers folder. Safe to call from many threads; one at a time computes."""

    def __init__(self, folder: Path, *, id: str, question_prefix: str, passage_prefix: str, threads: int) -> None:
        """Load the model of `folder`, never from a network. Raises `ModelError` when it cannot be loaded."""
        import torch
        from sentence_transformers import SentenceTransformer

        self.id = id
        self._question_prefix = question_prefix
        self._passage_prefix = passage_prefix
        self._lock = Lock()
        torch.set_num_threads(max(1, threads))
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # torch, safetensors and transformers share no base class
            raise ModelError(f"{folder} cannot be loaded ({error}). Remove it and prepare or fetch the model again.") from error
        self._model.eval()
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.max_tokens = int(self._model.max_seq_length or 512)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension); a text past `max_tokens` is cut."""
        return self._embed([self._passage_prefix + text for text in texts])

    def embed_question(self, text: str) -> EmbeddedQuestion:
        """A question's vector, without token vectors; a text past `max_tokens` is cut."""
        vector = self._embed([self._question_prefix + text])[0]
        return EmbeddedQuestion(text, vector, np.empty((0, 0), np.float32), np.empty(0, np.float32))

    def embed_passages_by_token(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Vectors, ...]]:
        """Vectors of passages, without token vectors."""
        return self.embed_passages(texts), (np.empty((0, 0), np.float32),) * len(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and prefix left out."""
        if not texts:
            return []
        clean = [encodable(text) for text in texts]
        ids = self._model.tokenizer(clean, add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        clean = [encodable(text) for text in texts]
        with self._lock:
            # prompt_name None would still apply a folder's default prompt on top of the prefix.
            vectors = self._model.encode(clean, prompt="", batch_size=_BATCH, show_progress_bar=False)
        return unit_length(np.asarray(vectors))
