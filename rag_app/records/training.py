"""Examples to train a language model with. Their fields have the names of the usual chat formats."""

from __future__ import annotations

from dataclasses import dataclass

from rag_app.records.conversations import ChatMessage


@dataclass(frozen=True, slots=True)
class SupervisedExample:
    """A prompt with the answer to learn: the messages of a system, a user and an assistant."""

    messages: tuple[ChatMessage, ...]


@dataclass(frozen=True, slots=True)
class PreferenceExample:
    """A prompt, the better answer and the worse one."""

    prompt: tuple[ChatMessage, ...]
    chosen: tuple[ChatMessage, ...]
    rejected: tuple[ChatMessage, ...]
