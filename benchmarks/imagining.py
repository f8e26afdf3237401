"""What it does to the order, and costs, to search besides for what a chat model writes (`rag_app/imagining.py`).

    python -m benchmarks.imagining SETS_FOLDER STORAGE [--sets NAME …] [--limit 100]

STORAGE is that of `evaluate` (its libraries are used again; the chat model is that of each one's settings, whatever its size).
Prints for each set and kind nDCG@10, the questions that something was written for, and the median milliseconds of a question.
"""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from pathlib import Path
from statistics import mean, median

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation import metrics
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.evaluation.runner import PASSAGES_SEARCHED, Catalogue, build
from rag_app.imagining import PASSAGE, WORDINGS
from rag_app.library import Library


def measure(library: Library, question_set: QuestionSet, catalogue: Catalogue, limit: int) -> tuple[float, int, float]:
    """nDCG@10, the questions that something was written for, and the median milliseconds of a question."""
    scores, written, times = [], 0, []
    for question in [one for one in question_set.questions if one.answerable and one.gold and one.question.strip()][:limit]:
        started = time.perf_counter()
        found = library.search(question.question, top_k=PASSAGES_SEARCHED)
        times.append((time.perf_counter() - started) * 1000)
        rows = [row for hit in found.hits for row in catalogue.rows_of(hit.stored.passage.document_id, hit.stored.passage.page)]
        scores.append(metrics.ndcg(list(dict.fromkeys(rows)), question.gold, k=10))
        written += bool(found.query.imagined)
    return mean(scores), written, median(times)


def main() -> None:
    """Print a line for each set and kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("storage", type=Path)
    parser.add_argument("--sets", dest="names", nargs="+", default=("xquad_en", "xquad_zh"))
    parser.add_argument("--limit", type=int, default=100)
    options = parser.parse_args()
    for name in options.names:
        question_set = read_question_set(options.sets / name)
        with closing(open_library(options.storage / "evaluation" / name, MODELS)) as library:
            catalogue = build(library, question_set)
            for kind in ("", PASSAGE, WORDINGS):
                library._answering._imagines = kind
                score, written, spent = measure(library, question_set, catalogue, options.limit)
                print(
                    f"{name} {kind or 'off'}: nDCG@10 {score:.4f}, written for {written}, {spent:.0f} ms a question", flush=True
                )


if __name__ == "__main__":
    main()
