"""Texts to token ids, by SentencePiece where the folder has its model, else by the library tokenizers.

SentencePiece holds the 250,000 pieces of XLM-R in 55 MB, tokenizers in 280 MB, and it is five to ten times faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rag_app.embedding.folder import ModelFolder
from rag_app.embedding.vectors import encodable
from rag_app.errors import ModelError


class Tokenizer(Protocol):
    """Token ids of texts."""

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> list[list[int]]:
        """Ids with special tokens, at most `max_tokens` each."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Numbers of tokens, special ones left out, nothing cut."""
        ...

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        """(id, start, end) of each token, special ones left out, nothing cut."""
        ...

    def rarity(self, ids: Sequence[int]) -> list[float]:
        """How rare each token is in the language: minus the logarithm of its probability; 0 where that is not known."""
        ...


class SentencePieceTokenizer:
    """The tokenizer of XLM-R: SentencePiece ids shifted by one, between `<s>` and `</s>`."""

    _BEGIN, _END, _UNKNOWN, _SHIFT, _FIRST_PIECE = 0, 2, 3, 1, 4

    def __init__(self, file: Path) -> None:
        """Load `file`. Raises `ModelError` when it is not a SentencePiece model."""
        from sentencepiece import SentencePieceProcessor

        try:
            self._pieces = SentencePieceProcessor(model_file=str(file))
        except (OSError, RuntimeError) as error:
            raise ModelError(f"{file} is damaged ({error}). Remove its folder and prepare the model again.") from error

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> list[list[int]]:
        return [[self._BEGIN, *self._ids(text)[: max_tokens - 2], self._END] for text in texts]

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(self._pieces.encode(encodable(text))) for text in texts]

    def rarity(self, ids: Sequence[int]) -> list[float]:
        return [-self._pieces.GetScore(id - self._SHIFT) if id >= self._FIRST_PIECE else 0.0 for id in ids]

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        # Offsets of return_type="proto" count bytes.
        found = self._pieces.encode(encodable(text), return_type="offset_mapping")
        ids = (id + self._SHIFT if id else self._UNKNOWN for id in found["ids"])
        return [(id, start, end) for id, (start, end) in zip(ids, found["offsets"], strict=True)]

    def _ids(self, text: str) -> list[int]:
        pieces: list[int] = self._pieces.encode(encodable(text))
        return [piece + self._SHIFT if piece else self._UNKNOWN for piece in pieces]


class JsonTokenizer:
    """A `tokenizer.json` of any family."""

    def __init__(self, file: Path) -> None:
        """Load `file`. Raises `ModelError` when it is not a tokenizer."""
        from tokenizers import Tokenizer as Tokens

        try:
            self._tokens = Tokens.from_file(str(file))
        except Exception as error:  # the library raises plain Exception for every kind of damage
            raise ModelError(f"{file} is damaged ({error}). Remove its folder and fetch the model again.") from error
        self._tokens.no_truncation()
        self._tokens.no_padding()

    def encode(self, texts: Sequence[str], *, max_tokens: int) -> list[list[int]]:
        encodings = self._tokens.encode_batch([encodable(text) for text in texts])
        return [self._cut(encoding.ids, max_tokens) for encoding in encodings]

    def count(self, texts: Sequence[str]) -> list[int]:
        clean = [encodable(text) for text in texts]
        return [len(encoding.ids) for encoding in self._tokens.encode_batch(clean, add_special_tokens=False)]

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        encoding = self._tokens.encode(encodable(text), add_special_tokens=False)
        return [(id, start, end) for id, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)]

    def rarity(self, ids: Sequence[int]) -> list[float]:
        return [0.0] * len(ids)

    @staticmethod
    def _cut(ids: list[int], max_tokens: int) -> list[int]:
        """The last token is the closing special one and stays."""
        return ids if len(ids) <= max_tokens else [*ids[: max_tokens - 1], ids[-1]]


def open_tokenizer(folder: ModelFolder) -> Tokenizer:
    """The tokenizer of a model folder. Raises `ModelError` when it is missing or damaged."""
    file = folder.sentencepiece
    return JsonTokenizer(folder.tokenizer) if file is None else SentencePieceTokenizer(file)
