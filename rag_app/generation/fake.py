"""A generator that says what it is told to: for tests, and to try the app without a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rag_app.errors import ModelError
from rag_app.interfaces import Stop
from rag_app.records import ChatMessage


class ScriptedGenerator:
    """Answers with `reply(messages)`, a word at a time. A token is a word here."""

    def __init__(
        self,
        reply: Callable[[Sequence[ChatMessage]], str],
        *,
        id: str = "scripted",
        languages: tuple[str, ...] = ("en", "zh"),
        context_tokens: int = 4096,
    ) -> None:
        self._reply = reply
        self.id = id
        self.languages = languages
        self.context_tokens = context_tokens

    def count_tokens(self, text: str) -> int:
        return len(_words(text))

    def generate(self, messages: Sequence[ChatMessage], *, max_tokens: int, stop: Stop) -> Iterator[str]:
        if sum(self.count_tokens(message.content) for message in messages) >= self.context_tokens:
            raise ModelError(
                f"The question is longer than the {self.context_tokens} tokens that {self.id} holds. Ask a shorter question."
            )
        for word in _words(self._reply(messages))[:max_tokens]:
            if stop():
                return
            yield word


def _words(text: str) -> list[str]:
    """The words of `text`, each with the blanks before it."""
    return re.findall(r"\s*\S+", text)
