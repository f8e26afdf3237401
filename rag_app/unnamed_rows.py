"""A row of a table that is of another thing than the one asked for ("amoxicillin" over rows of other drugs) does not answer."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.named_rows import rows_of_table
from rag_app.numbered import TIMES, asked_for
from rag_app.querying import things_named
from rag_app.records import Evidence, Hit
from rag_app.text.context import context_of
from rag_app.text.folding import fold
from rag_app.text.language import CHINESE, language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

# The share of the chances of a table's rows from which on the likeliest one may say in other words what is asked.
STANDS_OUT = 0.54


def is_of_another_row(likeliest: Evidence, evidence: Sequence[Evidence], hits: Sequence[Hit], question: str) -> bool:
    """Whether the likeliest sentence is a row that does not stand out among those of its table, none of which says a word of the
    question that does not stand above them all, and the question names a thing that its document, as far as it is among `hits`,
    does not.

    Not where a time is asked for, which may name a column, nor where the document is in the other language, which names things
    otherwise.
    """
    rows, above = rows_of_table(likeliest, evidence)
    if len(rows) < 2 or likeliest.score >= STANDS_OUT * sum(row.score for row in rows):
        return False
    document = likeliest.stored.passage.document_id
    text = "\n".join(context_of(hit.stored) for hit in hits if hit.stored.passage.document_id == document)
    if language(text) != language(question) or TIMES.intersection(kind for kind, _ in asked_for(question)):
        return False
    telling = _terms(" ".join(word for word in terms(question) if word not in STOPWORDS)) - _terms(above)
    return not any(telling & _terms(row.text) for row in rows) and any(
        not _is_said(thing, text) for thing in things_named(question)
    )


def _is_said(thing: str, text: str) -> bool:
    """Whether a text says a thing, as a whole in Chinese, else any word of it."""
    return fold(thing) in fold(text) if language(thing) == CHINESE else bool(_terms(thing) & _terms(text))


def _terms(text: str) -> set[str]:
    return set(map(looked_up, terms(text)))
