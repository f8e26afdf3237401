"""A question as typed, checked and normalised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from rag_app.errors import QuestionError
from rag_app.querying import english_follow_up
from rag_app.querying.calendar_words import with_dates, without_newest
from rag_app.querying.clause_numbers import with_clause_numbers
from rag_app.querying.correction import corrected
from rag_app.querying.follow_up import standalone
from rag_app.querying.vocabulary import Vocabulary
from rag_app.records import Query, Turn
from rag_app.text.folding import without_surrogates
from rag_app.text.language import CHINESE, language
from rag_app.text.words import terms

LONGEST_QUESTION = 10_000


def make_query(
    question: str, vocabulary: Vocabulary | None = None, before: Sequence[Turn] = (), today: date | None = None
) -> Query:
    """The query of a question, its spelling corrected by `vocabulary`, as typed without one.

    What it leaves to the conversation is taken from `before`, the turns so far; "last year" is told by `today`, else by the
    clock, where the vocabulary holds that year, and what is asked of the newest is asked without that word.
    Raises `QuestionError` if it has no words or is longer than `LONGEST_QUESTION` characters.
    """
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; Footnote takes up to {LONGEST_QUESTION:,}. "
            "Ask a shorter one, or add the long text as a document and ask about it."
        )
    searched = " ".join(unicodedata.normalize("NFKC", without_surrogates(question)).split())
    if not searched:
        raise QuestionError("The question is empty. Type what you want to know.")
    if not any(character.isalnum() for character in searched):
        raise QuestionError("The question has no words. Type what you want to know.")
    searched, corrections = corrected(searched, vocabulary) if vocabulary else (searched, ())
    is_step = before and english_follow_up.relative_year(english_follow_up.fragment(searched) or "")  # "And next year?"
    told = with_dates(searched, today or date.today(), vocabulary.counts) if vocabulary and not is_step else searched
    told = with_clause_numbers(told, vocabulary) if vocabulary else told
    in_full = standalone(told, before)
    in_full = without_newest(in_full, vocabulary) if vocabulary else in_full
    tongue = language(in_full)
    return Query(
        original=question,
        searched=in_full,
        language=tongue,
        terms=tuple(dict.fromkeys(terms(in_full))),
        corrections=corrections,
        understood="" if in_full == searched else in_full.replace("?", "？") if tongue == CHINESE else in_full,
    )
