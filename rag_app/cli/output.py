"""How commands print."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from rag_app.records import Answer, SearchResult


def print_json(value: object) -> None:
    """One JSON value on one line, at once, so that a reader sees each line as it is true."""
    print(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"), flush=True)


def print_error(message: str) -> None:
    """One sentence on stderr."""
    print(" ".join(message.split()), file=sys.stderr, flush=True)


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
                "page": passage.page,
                "heading_path": list(passage.heading_path),
                "text": passage.text,
                "score": hit.score,
                "stages": {stage.stage: stage.score for stage in hit.stages},
            }
        )
    timings = {"query": found.query_ms, "search": found.search_ms, "rerank": found.rerank_ms}
    return {"query": asdict(found.query), "hits": hits, "timings_ms": timings}
