"""What each stage of retrieval is worth: nDCG@10 and time a question with one stage off at a time, over question sets.

    python -m benchmarks.ablation SETS_FOLDER STORAGE [--sets NAME …] [--limit 200]

STORAGE is that of `evaluate` (its libraries are used again). Prints a Markdown table: a row a variant, a column a set, and
the median and 95th percentile of the milliseconds that a question took, over all sets.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median, quantiles

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation import metrics
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.evaluation.runner import PASSAGES_SEARCHED, Catalogue, build
from rag_app.library import Library
from rag_app.ranking import RankingCoefficients

SETS = (
    *("xquad_en", "xquad_zh", "xquad_zh_to_en", "xquad_en_to_zh", "squad2_en", "noisy_xquad_en", "noisy_cmrc_zh"),
    *("hotpot100", "cranfield", "scifact_train", "pool_en", "pool_zh", "drcd_pdf", "ohr_finance_pdf", "financebench_pdf"),
)
EVERYTHING = RankingCoefficients()


@dataclass(frozen=True)
class Variant:
    """Retrieval with something left out."""

    coefficients: RankingCoefficients = EVERYTHING
    reranks: bool = True
    as_typed: bool = False


VARIANTS: Mapping[str, Variant] = {
    "everything": Variant(),
    "no correction of spelling": Variant(as_typed=True),
    "no token vectors": Variant(replace(EVERYTHING, closer=0.0, dense=EVERYTHING.dense + EVERYTHING.closer)),
    "no coverage": Variant(replace(EVERYTHING, covered=0.0, headings=0.0, numbers=0.0)),
    "no numbers": Variant(replace(EVERYTHING, numbers=0.0)),
    "no vectors of documents": Variant(replace(EVERYTHING, document=0.0)),
    "no beginnings of documents": Variant(replace(EVERYTHING, opening=0.0)),
    "no neighbours": Variant(replace(EVERYTHING, around=0.0)),
    "no feedback by meaning": Variant(replace(EVERYTHING, feedback=0.0)),
    "no feedback by words": Variant(replace(EVERYTHING, said=0.0)),
    "no questions within questions": Variant(replace(EVERYTHING, parts=0.0)),
    "no links": Variant(replace(EVERYTHING, linked=0.0)),
    "no words in the order": Variant(
        replace(EVERYTHING, lexical=0.0, covered=0.0, headings=0.0, numbers=0.0, said=0.0, around=0.0)
    ),
    "first stage alone": Variant(reranks=False),
}


def asked(
    library: Library, question_set: QuestionSet, catalogue: Catalogue, variant: Variant, limit: int
) -> Iterator[tuple[float, float]]:
    """nDCG@10 and milliseconds of each answerable question."""
    retrieval = library._retrieval
    kept = retrieval._coefficients, retrieval._reranker
    retrieval._coefficients = variant.coefficients
    retrieval._reranker = kept[1] if variant.reranks else None
    for question in [one for one in question_set.questions if one.answerable and one.gold and one.question.strip()][:limit]:
        started = time.perf_counter()
        hits = library.search(question.question, top_k=PASSAGES_SEARCHED, as_typed=variant.as_typed).hits
        spent = (time.perf_counter() - started) * 1000
        rows = [row for hit in hits for row in catalogue.rows_of(hit.stored.passage.document_id, hit.stored.passage.page)]
        yield metrics.ndcg(list(dict.fromkeys(rows)), question.gold, k=10), spent
    retrieval._coefficients, retrieval._reranker = kept


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("storage", type=Path)
    parser.add_argument("--sets", dest="names", nargs="+", default=SETS)
    parser.add_argument("--limit", type=int, default=200)
    options = parser.parse_args()
    found: dict[str, dict[str, float]] = {name: {} for name in VARIANTS}
    times: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for name in options.names:
        question_set = read_question_set(options.sets / name)
        with closing(open_library(options.storage / "evaluation" / name, MODELS)) as library:
            catalogue = build(library, question_set)
            for variant, settings in VARIANTS.items():
                results = list(asked(library, question_set, catalogue, settings, options.limit))
                found[variant][name] = mean(score for score, _ in results)
                times[variant] += [spent for _, spent in results]
    print("| variant | " + " | ".join(options.names) + " | mean | ms p50 / p95 |")
    print("|---" * (len(options.names) + 3) + "|")
    for variant, scores in found.items():
        shown = " | ".join(f"{score:.3f}".lstrip("0") for score in scores.values())
        slow = quantiles(times[variant], n=20)[-1]
        print(f"| {variant} | {shown} | {mean(scores.values()):.4f} | {median(times[variant]):.0f} / {slow:.0f} |")


if __name__ == "__main__":
    main()
