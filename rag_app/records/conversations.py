"""What is said to a model, and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rag_app.records.answers import Answer
from rag_app.records.feedback import Feedback


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a chat model: role is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the history. `updated_at` is ISO 8601 in UTC."""

    id: int
    title: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the answer it got, with the evidence of that moment, and what the person thinks of it, if that was said."""

    id: int
    conversation_id: int
    answer: Answer
    feedback: Feedback | None = None


class ExportFormat(str, Enum):
    """What a conversation can be written as."""

    MARKDOWN = "markdown"
    JSON = "json"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand out: its name, its media type and what is in it."""

    name: str
    media_type: str
    content: bytes
