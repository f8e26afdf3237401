"""A reader on ONNX Runtime: question and passage go through the encoder together, and each token gets its chances."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from rag_app.onnx_session import open_session, when_needed
from rag_app.reading.encoding import Tokens, encode_pair
from rag_app.records import Reading
from rag_app.text.folding import in_script_of

READER_FILE = Path("onnx", "reader.onnx")
READINGS_KEPT = 256


class OnnxReader:
    """The reader beside an embedder, in the same folder, with its tokenizer, loaded with the first text. Safe to call from many
    threads.

    The last readings are kept (6 MB), so that a question asked again does not wait for them.
    """

    def __init__(self, folder: Path, tokens: Tokens, *, threads: int) -> None:
        """The reader of `folder`."""
        self._session = when_needed(partial(open_session, folder / READER_FILE))
        self._tokens = tokens
        self._kept = lru_cache(READINGS_KEPT)(self._read)
        self._threads = ThreadPoolExecutor(max_workers=max(1, threads), thread_name_prefix="reader")

    def load(self) -> None:
        """Load the reader now. Raises `ModelError` when it cannot be loaded."""
        self._session()

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        """What each context, read with `question` in its script, says of an answer in it. Raises `ModelError` as `load` does."""
        asked = [in_script_of(question, context) for context in contexts]
        return tuple(self._threads.map(self._kept, asked, contexts))

    def _read(self, question: str, context: str) -> Reading:
        ids, first, offsets = encode_pair(self._tokens, question, context)
        (logits,) = self._session().run(None, {"input_ids": np.array([ids], np.int64)})
        begins, ends = np.asarray(logits[0, :, :2], np.float32).T  # a third number only helps the training
        last = first + len(offsets)
        return Reading(
            offsets=tuple(offsets),
            begins=begins[first:last],
            ends=ends[first:last],
            nothing=float(begins[0] + ends[0]),
        )
