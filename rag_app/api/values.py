"""What the operations give, as JSON: the same on the command line and from a server."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rag_app.records import Answer, DocumentSummary, SearchResult, Task


def answer_value(answer: Answer) -> dict[str, Any]:
    """An answer as JSON, with its text."""
    return {"text": "" if answer.abstained else answer.text, **asdict(answer)}


def search_value(found: SearchResult) -> dict[str, Any]:
    """Hits as JSON: document, page, passage, the score of each stage, and the query as searched."""
    hits = []
    for hit in found.hits:
        passage = hit.stored.passage
        hits.append(
            {
                "passage_id": hit.stored.id,
                "document_id": passage.document_id,
                "document": hit.stored.document_name,
                "page": passage.home.page,
                "heading_path": list(passage.heading_path),
                "text": passage.text,
                "score": hit.score,
                "stages": {stage.stage: stage.score for stage in hit.stages},
            }
        )
    timings = {"query": found.query_ms, "search": found.search_ms, "rerank": found.rerank_ms}
    return {"query": asdict(found.query), "hits": hits, "timings_ms": timings}


def document_value(document: DocumentSummary) -> dict[str, Any]:
    """A row of the library as JSON."""
    return asdict(document)


def task_value(task: Task) -> dict[str, Any]:
    """How a file ended on its way into the library, as JSON, without where it lies on the server."""
    return {
        "name": task.name,
        "document_id": task.document_id,
        "state": task.state.value,
        "reason": task.reason,
        "message": task.message,
    }
