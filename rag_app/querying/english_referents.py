"""What "it", "they" and their like mean of what the question before was about: something of their number."""

from __future__ import annotations

import re

from rag_app.querying.english_words import MANY
from rag_app.querying.topic import Topic

PLURAL = ("they", "them", "their", "these", "those")
_SINGULAR = ("it", "its")
_NO_PLURAL = re.compile(r"(?:ss|us|is|news|\ds)$", re.IGNORECASE)


def names_many(topic: Topic) -> bool:
    """Whether `topic` names several, or what may be a body of people."""
    return any(map(_is_many, topic.nouns)) or _has_name(topic.subject)


def thing_meant(word: str, topic: Topic) -> str:
    """What a pronoun that is of no person means; empty where nothing that `topic` names is of its number."""
    owner = topic.owner if word in ("its", "their") or (word == "it" and _is_of_many(topic.subject)) else topic.subject
    if not topic.nouns:
        return owner
    if word in PLURAL:
        return next(filter(_is_many, topic.nouns), owner if _has_name(owner) else "")
    if word in _SINGULAR and _is_many(owner):
        return next((noun for noun in reversed(topic.nouns) if noun[:4].lower() == "the " and not _is_many(noun)), "")
    return owner


def _is_of_many(subject: str) -> bool:
    """Whether `subject` is several things of one ("the side effects of aspirin"), which "it" then means."""
    head, of, _ = subject.partition(" of ")
    return bool(of) and head.endswith("s")


def _is_many(noun: str) -> bool:
    """Whether a phrase without a name is of several things, by its last word before "of"."""
    last = noun.partition(" of ")[0].rpartition(" ")[2]
    return not _has_name(last) and (last in MANY or (last.endswith("s") and len(last) > 3 and not _NO_PLURAL.search(last)))


def _has_name(text: str) -> bool:
    return any(character.isupper() for character in text)
