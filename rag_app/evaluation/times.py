"""Where the time of a question goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from rag_app.evaluation.figures import Line

STAGES = ("query", "search", "rerank", "read")
WRITE = "write"


def stage_times(lines: Sequence[Line]) -> Mapping[str, float]:
    """The median milliseconds of each stage over the questions that went through it, writing last; stages nobody went through
    are left out."""
    spent: dict[str, list[float]] = {}
    for line in lines:
        timings = line["timings_ms"]
        for stage in STAGES:
            spent.setdefault(stage, []).append(timings.get(stage) or 0.0)
        written = (timings.get("total") or 0.0) - sum(timings.get(stage) or 0.0 for stage in STAGES)
        spent.setdefault(WRITE, []).append(max(0.0, written))
    return {stage: median(found) for stage, values in spent.items() if (found := [value for value in values if value])}
