"""Libraries of one, three and six documents, asked their own questions and others (for benchmarks/confidence.py).

Articles of xquad that the reader was not trained on, in one language and across. Others are questions about other paragraphs of
the same articles (near) and about other articles (far).
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.asked import Asked, ask_all, kept_apart
from benchmarks.reader_data import article_of
from rag_app.assembly import MODELS, open_library
from rag_app.evaluation.question_set import QuestionSet, SetQuestion, read_question_set
from rag_app.evaluation.runner import build

LIBRARIES = {1: 8, 3: 6, 6: 3}
MOST = {"own": 25, "near": 8, "far": 10}


def small_libraries(sets: Path, asked: str, over: str) -> dict[str, list[Asked]]:
    """The questions in the language `asked` of libraries in the language `over`: own ones with near ones, and with far ones."""
    name = f"xquad_{asked}" if asked == over else f"xquad_{asked}_to_{over}"
    documents, questions = read_question_set(sets / f"xquad_{over}"), kept_apart(read_question_set(sets / name), name)
    found: dict[str, list[Asked]] = defaultdict(list)
    for size, many in LIBRARIES.items():
        for ids in _chosen(questions, size, many):
            mine = replace(documents, documents=tuple(row for row in documents.documents if row.id in ids))
            for kind, one in _of_library(mine, questions):
                for others in ("near", "far"):
                    if kind in ("own", others):
                        found[f"{asked} over {size} in {over}, {others}"].append(one)
    return found


def _chosen(questions: Sequence[SetQuestion], size: int, many: int) -> Iterator[Sequence[str]]:
    """The ids of `size` documents, at most `many` times."""
    ids = sorted({question.gold[0] for question in questions})
    random.Random(1).shuffle(ids)
    return (ids[first : first + size] for first in range(0, min(len(ids), size * many), size))


def _of_library(documents: QuestionSet, questions: Sequence[SetQuestion]) -> Iterator[tuple[str, Asked]]:
    """Some questions of each kind, asked of a library of `documents`, with their kind."""
    ids = {row.id for row in documents.documents}
    articles = {article_of(id) for id in ids}
    drawn: dict[str, list[SetQuestion]] = {kind: [] for kind in MOST}
    for question in random.Random(2).sample(list(questions), len(questions)):
        gold = question.gold[0]
        drawn["own" if gold in ids else "near" if article_of(gold) in articles else "far"].append(question)
    with tempfile.TemporaryDirectory() as folder, closing(open_library(Path(folder), MODELS)) as library:
        catalogue = build(library, documents)
        for kind, most in MOST.items():
            mine = [replace(question, answerable=kind == "own") for question in drawn[kind][:most]]
            yield from ((kind, one) for one in ask_all(library, catalogue, mine))
