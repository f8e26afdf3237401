"""Questions to ask next: of the passages around those that an answer cites, or of documents that were just added."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from rag_app.errors import LibraryError
from rag_app.evaluation.making import Suggestion, suggestions
from rag_app.library import Library
from rag_app.records import Answer, DocumentSummary, StoredPassage, Turn
from rag_app.text.language import language

REACH, FOUND = 4, 5
SUGGESTED = 3
DOCUMENTS, PASSAGES = 12, 8


def follow_ups(library: Library, turns: Sequence[Turn]) -> tuple[Suggestion, ...]:
    """Questions that the passages around the sources of the last answer can answer, or those found beside them in the language
    of its question; none asked before."""
    if not turns:
        return ()
    said = [text for turn in turns for text in (turn.answer.question, turn.answer.query.searched, turn.answer.text)]
    answer = turns[-1].answer
    near = _in_turn([library.passages_near(passage_id, REACH) for passage_id in _sources(answer)])
    found = [hit.stored for hit in answer.hits[:FOUND] if language(hit.stored.passage.text) == answer.query.language]
    return suggestions([*near, *found], count=SUGGESTED, said=said)


def first_questions(library: Library, documents: Sequence[DocumentSummary], spoken: str) -> tuple[Suggestion, ...]:
    """Questions that the documents added last can answer, those in the language `spoken` first, one of each as far as there are
    enough that give any."""
    newest = sorted(documents, key=lambda document: (document.language == spoken, document.added_at), reverse=True)[:DOCUMENTS]
    found: list[Suggestion] = []
    for most, document in ((most, document) for most in (1, SUGGESTED) for document in newest):
        wanted = min(most, SUGGESTED - len(found))
        if wanted > 0:
            with suppress(LibraryError):  # removed meanwhile
                beginning = library.passages(document.id, PASSAGES)
                found += suggestions(beginning, count=wanted, said=[known.question for known in found])
    return tuple(found)


def _sources(answer: Answer) -> list[int]:
    """The passages that an answer cites, or that came closest, each once."""
    cited = [citation.passage_id for citation in answer.citations]
    return list(dict.fromkeys(cited or [found.stored.id for found in answer.evidence]))


def _in_turn(near: Sequence[Sequence[StoredPassage]]) -> list[StoredPassage]:
    """The nearest passage of each source, then the next of each, and so on, each once."""
    longest = max((len(passages) for passages in near), default=0)
    ordered = [passages[place] for place in range(longest) for passages in near if place < len(passages)]
    return list({stored.id: stored for stored in ordered}.values())
