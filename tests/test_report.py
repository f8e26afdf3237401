"""Curves by hand, the picture as a picture, and a report that says what happened."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rag_app.errors import QuestionSetError
from rag_app.evaluation import metrics
from rag_app.evaluation.chart import STYLES, Panel, Series, draw
from rag_app.evaluation.comparison import Comparison, Run, comparison
from rag_app.evaluation.configurations import Configuration
from rag_app.evaluation.curves import by_rank, risk_by_coverage
from rag_app.evaluation.figures import figures
from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion
from rag_app.evaluation.report import write_report
from rag_app.settings import Settings

SVG = "{http://www.w3.org/2000/svg}"
SET = QuestionSet(
    Path("诺曼人|set"),
    (SetDocument("a", "A", "Rollo came in 911."), SetDocument("b", "B", "Rain falls.")),
    (
        SetQuestion("1", "Who | came?", ("Rollo",), ("a",), True, kind="plain"),
        SetQuestion("2", "何时？", ("911",), ("a", "b"), True, kind="plain"),
        SetQuestion("3", "Where?", (), (), False, kind="unanswerable"),
    ),
    struck=2,
)


def line(id: str, hits: Sequence[str], answer: str, confidence: float) -> dict[str, Any]:
    return {
        "id": id,
        "hits": [{"doc_id": hit, "score": 1.0} for hit in hits],
        "answer": answer,
        "abstained": not answer,
        "confidence": confidence,
        "sentences": [],
        "timings_ms": {"query": 1.0, "rerank": 0.0, "total": 10.0 * float(id)},
    }


FIRST = (line("1", ["b", "a"], "Rollo", 0.9), line("2", ["a", "b"], "912", 0.5), line("3", ["b"], "Here", 0.5))
SECOND = (line("1", ["a"], "<b>Rollo</b>", 0.9), line("2", ["b", "c"], "911", 0.4), line("3", ["b"], "", 0.1))


def compared() -> Comparison:
    runs = [Run(Configuration(name, {}), Settings(), lines, figures(SET, lines)) for name, lines in zip("一b", (FIRST, SECOND))]
    return comparison(SET, runs)


def test_hit_rate_and_recall_by_rank() -> None:
    assert by_rank(SET, FIRST, metrics.hit_rate)[:2] == ((1.0, 0.5), (2.0, 1.0))
    assert by_rank(SET, FIRST, metrics.recall)[:2] == ((1.0, 0.25), (2.0, 1.0))
    assert len(by_rank(SET, FIRST, metrics.recall)) == 10
    assert by_rank(SET, FIRST[2:], metrics.recall) == ()


def test_risk_by_coverage_counts_wrong_answers_from_the_surest_and_ends_at_refusals() -> None:
    assert risk_by_coverage(SET, FIRST) == ((1 / 3, 0.0), (1.0, 2 / 3))
    assert risk_by_coverage(SET, SECOND) == ((1 / 3, 0.0), (2 / 3, 0.0))
    assert risk_by_coverage(SET, [{"id": "1", "hits": []}]) == ()


def test_a_picture_holds_a_line_for_each_series_in_the_same_style_and_its_words_as_they_are() -> None:
    points = ((1.0, 0.5), (2.0, 1.0))
    panels = [
        Panel("命中率 <&>", "k", "y", (Series("默认", points), Series("b", points))),
        Panel("z", "k", "y", (Series("b", points),)),
    ]
    picture = ElementTree.fromstring(draw(panels))
    assert [found.attrib["stroke"] for found in picture.iter(f"{SVG}polyline")] == [STYLES[0][0], STYLES[1][0], STYLES[1][0]]
    words = [found.text for found in picture.iter(f"{SVG}text")]
    assert {"命中率 <&>", "默认", "b"} <= set(words)
    assert words.count("默认") == 1


def test_a_line_runs_from_corner_to_corner_of_its_axes() -> None:
    picture = ElementTree.fromstring(draw([Panel("", "", "", (Series("a", ((1.0, 0.5), (10.0, 1.0))),))]))
    (drawn,) = picture.iter(f"{SVG}polyline")
    assert drawn.attrib["points"] == "62.0,268.0 402.0,40.0"
    words = [found.text for found in picture.iter(f"{SVG}text")]
    assert {"0.50", "0.60", "1.00", "1", "10"} <= set(words)


def test_no_axis_falls_below_zero() -> None:
    picture = ElementTree.fromstring(draw([Panel("", "", "", (Series("a", ((1.0, 0.0), (2.0, 0.0))),))]))
    words = [found.text for found in picture.iter(f"{SVG}text")]
    assert "0.00" in words and "0.01" in words and "-0.01" not in words


def test_a_flat_line_can_be_drawn() -> None:
    picture = ElementTree.fromstring(draw([Panel("", "", "", (Series("a", ((1.0, 1.0), (2.0, 1.0))),))]))
    (drawn,) = picture.iter(f"{SVG}polyline")
    assert drawn.attrib["points"] == "62.0,40.0 402.0,40.0"


def test_a_report_tells_figures_times_changes_settings_and_versions(tmp_path: Path) -> None:
    path = write_report(tmp_path / "new" / "report", compared())
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 诺曼人\\|set: 一 and b\n\n3 of 3 questions asked of 2 documents. 2 questions were struck out")
    assert (
        "| contains | 0.5000 \\[0.0000, 1.0000\\] | 1.0000 \\[1.0000, 1.0000\\] | +0.5000 \\[0.0000, 1.0000\\] | 1.0000 |" in text
    )
    assert "| total | 20.0 | 29.0 | 20.0 | 29.0 |" in text and "| rerank | – | – | – | – |" in text
    assert "| plain | 一 | 2 |" in text and "| unanswerable | b | 1 |" in text
    assert "## Better by ndcg@10 with b: 1 question\n" in text and "## Worse by ndcg@10 with b: 1 question\n" in text
    assert "| Who \\| came? (wanted: Rollo) | 0.6309: b, **a** | 1.0000: **a** |" in text
    assert "| 何时？ (wanted: 911) | 0.0000: 912; found **a**, **b** | 1.0000: 911; found **b**, c |" in text
    assert "| Where? (no answer) | 0.0000: Here; found b | 1.0000: (refused); found b |" in text
    threshold = Settings().refusal_threshold
    assert f"| refusal\\_threshold | {threshold} | {threshold} | {threshold} |" in text and "hnswlib 0." in text
    assert "(curves.svg)" in text
    ElementTree.parse(path.with_name("curves.svg"))


def test_a_report_of_retrieval_alone_has_no_risk(tmp_path: Path) -> None:
    lines = [{"id": "1", "hits": [{"doc_id": "a", "score": 1.0}], "timings_ms": {"total": 1.0}}]
    run = Run(Configuration("default", {}), Settings(), tuple(lines), figures(SET, lines))
    path = write_report(tmp_path, comparison(SET, [run]))
    assert "Risk" not in path.with_name("curves.svg").read_text(encoding="utf-8")
    assert "Worse" not in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(QuestionSetError, match=r"could not be written to .*file"):
        write_report(tmp_path / "file", compared())


def test_a_run_without_questions_has_a_report_too(tmp_path: Path) -> None:
    run = Run(Configuration("default", {}), Settings(), (), {})
    path = write_report(tmp_path, comparison(SET, [run]))
    assert "0 of 3 questions asked" in path.read_text(encoding="utf-8")
    ElementTree.parse(path.with_name("curves.svg"))
