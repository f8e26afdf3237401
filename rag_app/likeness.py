"""How like sentences are to a question."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.interfaces import Embedder, Vectors
from rag_app.text.folding import in_script_of

KEPT = 4096


class Likeness:
    """Compares sentences with questions by the vectors of an embedder. Safe to use from several threads.

    The vectors of the last sentences are kept (at most 6 MB of 384 dimensions), so that the next question need not wait for them.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, Vectors] = {}

    def of(self, question: str, sentences: Sequence[str]) -> tuple[float, ...]:
        """The cosine of each sentence to the question in its script."""
        kept = self._kept
        found = {one: kept[one] for one in sentences if one in kept}
        missing = [one for one in dict.fromkeys(sentences) if one not in found]
        if missing:
            found.update(zip(missing, self._embedder.embed_passages(missing), strict=True))
            self._kept = found if len(kept) + len(missing) > KEPT else {**kept, **found}
        if not found:
            return ()
        asked = {one: in_script_of(question, one) for one in found}
        vectors = {text: self._embedder.embed_question(text).vector for text in set(asked.values())}
        return tuple(float(found[one] @ vectors[asked[one]]) for one in sentences)
