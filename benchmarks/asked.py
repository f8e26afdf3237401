"""Questions of the open sets with what was found and read for them, for fitting (benchmarks/evidence.py and confidence.py).

Of sets that the reader was trained on, only articles that were kept apart are asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.reader_data import ACROSS, SETS, article_of, is_kept_apart
from rag_app.agreement import by_agreement
from rag_app.answering import HITS_KEPT, PASSAGES_READ, PASSAGES_READ_OF_CHOSEN
from rag_app.assembly import MODELS, open_library
from rag_app.close_reading import CloseReader
from rag_app.embedding import OnnxEmbedder
from rag_app.errors import QuestionError
from rag_app.evaluation.question_set import QuestionSet, SetQuestion, read_question_set
from rag_app.evaluation.runner import Catalogue, build
from rag_app.evidence import OF_CHOSEN, Selection, select
from rag_app.library import Library, never
from rag_app.model_registry import ModelRegistry
from rag_app.reading import OnnxReader
from rag_app.records import CloseReading, Evidence, Hit, Scope, SearchResult
from rag_app.whole_lists import whole_lists

MODEL = "multilingual-e5-small"
REMOVED = "_removed"
MOST_ASKED = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was found, what reading it told, the weights of the question's terms, and of each passage read the rows of
    the set it is in."""

    question: SetQuestion
    found: SearchResult
    reading: CloseReading
    weights: Mapping[str, float]
    rows: tuple[tuple[str, ...], ...]

    @property
    def quoted(self) -> tuple[Evidence, ...]:
        """What would be quoted, were the question not taken apart, and other documents not followed."""
        limits = OF_CHOSEN if self.question.given else Selection()
        return whole_lists(select(self.ranked, self.weights, limits), self.weights)

    @property
    def ranked(self) -> tuple[Evidence, ...]:
        """The sentences that may answer, likeliest first."""
        return by_agreement(self.reading.sentences) if self.question.given else self.reading.sentences

    @property
    def read(self) -> tuple[Hit, ...]:
        """The hits that were read."""
        return self.found.hits[: len(self.reading.passages)]


def asked(sets: Path, work: Path, name: str, *, over: str = "") -> Iterator[Asked]:
    """The first `MOST_ASKED` questions of the set `name`, asked of its own documents or those of the set `over`."""
    documents, questions = read_question_set(sets / (over or name)), read_question_set(sets / name)
    with closing(open_library(work / (over or name), MODELS)) as library:
        yield from ask_all(library, build(library, documents), kept_apart(questions, name)[:MOST_ASKED])


def ask_all(
    library: Library, catalogue: Catalogue, questions: Sequence[SetQuestion], scope: Scope | None = None
) -> Iterator[Asked]:
    """The questions that can be asked of `library`, with what is found for an answer and read; within `scope` instead of each
    one's own."""
    for question in questions:
        try:
            searched = scope or catalogue.scope(question, in_document=False)
            found = library._answering.search(question.question, top_k=HITS_KEPT, scope=searched, stop=never)
        except QuestionError:
            continue
        yield _asked(library, catalogue, question, found)


def _asked(library: Library, catalogue: Catalogue, question: SetQuestion, found: SearchResult) -> Asked:
    hits = found.hits[: PASSAGES_READ_OF_CHOSEN if question.given else PASSAGES_READ]
    rows = tuple(catalogue.rows_of(hit.stored.passage.document_id, hit.stored.passage.page) for hit in hits)
    weights = library.weights(found)
    return Asked(question, found, _closely().read(found.query.searched, hits, weights), weights, rows)


@cache
def _closely() -> CloseReader:
    folder = ModelRegistry(MODELS).path_of(MODEL)
    embedder = OnnxEmbedder(folder, id=MODEL, question_prefix="query: ", passage_prefix="passage: ", threads=2)
    return CloseReader(OnnxReader(folder, embedder, threads=2), embedder)


def kept_apart(question_set: QuestionSet, name: str) -> list[SetQuestion]:
    """The questions about articles that the reader was not trained on: all, if it was not trained on the set `name`."""
    trained = name.removesuffix(REMOVED)
    if trained not in (*SETS, *ACROSS):
        return list(question_set.questions)
    articles = _articles(question_set.folder.parent / trained)
    return [question for question in question_set.questions if is_kept_apart(articles[question.id], trained)]


def _articles(folder: Path) -> dict[str, str]:
    """The article that each question of a set is about."""
    rows = map(json.loads, (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: article_of((row.get("doc_ids") or row.get("about_doc_ids") or [""])[0]) for row in rows}
