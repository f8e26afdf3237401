"""A question and a passage as the reader sees them: one text of tokens, and where each token of the passage stands."""

from __future__ import annotations

from typing import Protocol

MOST_QUESTION_TOKENS, MOST_TOKENS = 80, 400
_BEGIN, _END = 0, 2
_QUESTION, _PASSAGE = "query: ", "passage: "


class Tokens(Protocol):
    """A tokenizer that knows where its tokens stand."""

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        """(id, start, end) of each token of `text`, without special tokens."""
        ...


def encode_pair(tokens: Tokens, question: str, context: str) -> tuple[list[int], int, list[tuple[int, int]]]:
    """Token ids `<s> query: question </s> passage: context </s>`, the place of the context's first token, and the stretch of
    `context` that each of its tokens stands for. What is too long is cut."""
    asked = [id for id, _, _ in tokens.pieces(_QUESTION + question)][:MOST_QUESTION_TOKENS]
    prefix = len(_PASSAGE)
    pieces = tokens.pieces(_PASSAGE + context)
    before = [id for id, _, end in pieces if end <= prefix]
    kept = [piece for piece in pieces if piece[2] > prefix][: MOST_TOKENS - len(asked) - len(before) - 3]
    ids = [_BEGIN, *asked, _END, *before, *(id for id, _, _ in kept), _END]
    offsets = [(max(0, start - prefix), end - prefix) for _, start, end in kept]
    return ids, len(asked) + 2 + len(before), offsets
