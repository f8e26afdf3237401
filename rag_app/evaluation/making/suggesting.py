"""Questions that a library can answer, made of the sentences of a few passages; for a person to ask next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass

from rag_app.evaluation import metrics
from rag_app.evaluation.making.chinese import chinese_drafts
from rag_app.evaluation.making.drafts import Draft, statements
from rag_app.evaluation.making.english import english_drafts
from rag_app.records import StoredPassage
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

LONGEST_SENTENCE, LONGEST_QUESTION = 300, 110
LEAST_TERMS = 3
MOST_SHARED = 0.6
# What the rules ask but no person would, as it is worded.
CLUMSY = re.compile(
    r"(?:Who or what|What were|By whom or by what) "
    r"|[^，]*[则則]是"
    r"|What (?:is|are|was) .* (?:high|long|wide|tall|deep|old|thick|heavy|large|away)\?"
)
_WORD = re.compile(r"\b[A-Za-z][a-z’'-]*\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, the words that answer it, and the sentence they stand in."""

    question: str
    answer: str
    sentence: str


def suggestions(passages: Sequence[StoredPassage], *, count: int, said: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """At most `count` questions whose answers stand in `passages`, of the first ones first, each from another sentence.

    What was `said` already (questions and answers, as shown) is not asked about again. The same passages give the same questions.
    """
    known = [set(terms(text)) for text in said]
    common = _common_words(passages)
    found: list[Suggestion] = []
    for sentence in _sentences(passages):
        if len(found) == count:
            break
        made = next((draft for draft in _drafts(sentence, common) if _is_fit(draft, sentence)), None)
        if made and not _is_like(made.question, known) and not _is_in(sentence, said):
            known.append(set(terms(made.question)))
            found.append(Suggestion(made.question, made.answer, sentence))
    return tuple(found)


def _sentences(passages: Sequence[StoredPassage]) -> Iterator[str]:
    """The sentences of the passages in order, each once: passages overlap."""
    made = (found for stored in passages for found in statements(stored.passage.text, LONGEST_SENTENCE))
    yield from dict.fromkeys(" ".join(found.split()) for found in made)


def _drafts(sentence: str, common: Set[str]) -> Iterator[Draft]:
    return chinese_drafts(sentence) if language(sentence) == "zh" else english_drafts(sentence, common)


def _is_fit(draft: Draft, sentence: str) -> bool:
    """Whether the answer stands in the sentence and not in the question, which says enough to be understood alone."""
    answer, question = metrics.comparable(draft.answer), metrics.comparable(draft.question)
    if (
        CLUMSY.match(draft.question)
        or not answer
        or answer in question
        or answer not in metrics.comparable(sentence)
        or len(draft.question) > LONGEST_QUESTION
    ):
        return False
    return len({term for term in terms(draft.question) if term not in STOPWORDS}) >= LEAST_TERMS


def _is_like(question: str, known: Sequence[Set[str]]) -> bool:
    """Whether most terms of the question stand in one that is known."""
    asked = {term for term in terms(question) if term not in STOPWORDS}
    return any(len(asked & other) > MOST_SHARED * len(asked) for other in known)


def _is_in(sentence: str, said: Collection[str]) -> bool:
    return any(sentence in " ".join(text.split()) for text in said)


def _common_words(passages: Sequence[StoredPassage]) -> set[str]:
    """The words that the passages write in lower case mostly."""
    written = Counter(word for stored in passages for word in _WORD.findall(stored.passage.text))
    return {word for word, number in written.items() if word.islower() and number >= written[word.capitalize()]}
