"""English questions that leave out a noun, or all but what they ask with: "the next one?", "And how many eggs?"."""

from __future__ import annotations

import re

from rag_app.querying.english_phrases import phrases
from rag_app.querying.english_words import AUXILIARY, ORDINALS
from rag_app.querying.topic import Topic, with_aside

_AUX = "|".join(sorted(AUXILIARY))
_ONE = re.compile(
    rf"\b(?:the|an?|his|her|its|their|my|our)\s+(?!(?:{'|'.join(sorted(ORDINALS))}|only|same|right|no)\b)[\w-]+\s+(ones?)\b(?=\W*$)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\W*how\s+(?:many|much)\s+(?!of\b|is\b|was\b|are\b|were\b)[\w-]+(?:\s+[\w-]+)?(?=\W*$)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\bhow\s+(?:many|much)\s+(?!(?:{_AUX})\b)[\w-]+(?:\s+(?!(?:{_AUX})\b)[\w-]+)?(?=\s+(?:{_AUX})\b)", re.IGNORECASE
)
_SEQUEL = re.compile(r"\W*(?:(?:before|after|since)\s+(?:that|then)|afterwards?|thereafter|later(?:\s+on)?)\W*", re.IGNORECASE)
_ATTRIBUTE_ALONE = re.compile(r"\W*(?:what|who|how\s+much)(?:\s+(?:is|was|are|were)|['’]?s)\s+the\s+[a-z-]+(?:\s+[a-z-]+)?\W*")
_BEHIND_PREPOSITION = re.compile(
    r"\W*(?:in|on|at|from|to|by|with|within|for|under|of|since|until)\s+(?:which|what|whose|how\s+(?:many|much))"
    r"\s+(?!way\b|extent\b|case\b)[\w-]+(?:\s+[\w-]+)?\W*",
    re.IGNORECASE,
)


def with_noun(question: str, earlier: str) -> str:
    """`question` with the noun of `earlier` for the "one" that it ends with: "the next one?", "the winter ones?"."""
    one, found = _ONE.search(question), phrases(earlier)
    if not one or not found:
        return question
    head = next((phrase for phrase in found if phrase.follows in ("the", "a", "an", "s")), found[-1]).tokens[-1].text
    return question[: one.start(1)] + head + question[one.end(1) :]


def asks_for_attribute_alone(question: str) -> bool:
    """Whether a question asks for what something has and not of what ("What is the rent?"): the next one is not of the rent."""
    return _ATTRIBUTE_ALONE.fullmatch(question[:1].lower() + question[1:]) is not None


def with_rest(question: str, earlier: str, topic: Topic) -> str | None:
    """A question that only names what it counts, or asks "in which" with a noun, with the rest of `earlier`; else None."""
    if _COUNT.fullmatch(question.rstrip(" ?.!")):
        counted = _COUNTED.search(earlier)
        if counted:
            return earlier[: counted.start()] + question.strip(" ?.!") + earlier[counted.end() :]
        return None
    if _SEQUEL.fullmatch(question):
        return with_aside(earlier, question.strip(" ?.!").lower())
    if _BEHIND_PREPOSITION.fullmatch(question):
        return with_aside(question, ", ".join((*topic.content, *([topic.year] if topic.year else []))))
    return None
