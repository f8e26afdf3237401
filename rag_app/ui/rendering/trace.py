"""How an answer came about, from what was kept with it: the question as searched, what each stage found, and what became of it.

What is drawn in a shape of its own is named here; any other field of these records, one added later too, is listed by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import Enum

from rag_app.records import Answer, AnswerSentence, Correction, Evidence, Hit, PassageMap, Timings
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, own_language, scrolling, span, words
from rag_app.ui.rendering.opening import opening_passage
from rag_app.ui.rendering.passage_map import passage_map_html
from rag_app.ui.rendering.places import named_place

ANSWER_DRAWN = {
    *("question", "query", "sentences", "draft", "withheld", "evidence", "hits"),
    *("abstained", "stopped", "finished", "confidence", "threshold", "timings", "selected", "of_each", "silent"),
}
EVIDENCE_DRAWN = {"stored", "start", "end", "text", "span_at", "agreeing"}
HIT_DRAWN = {"stored", "score", "stages"}
SENTENCE_DRAWN = {"text", "verdict", "citations", "written", "span", "row", "span_at"}
TITLE_LENGTH = 160
Row = tuple[str, str]


def why_html(wording: Wording, answer: Answer, turn: int, drawn: PassageMap) -> Html:
    """The panel that tells, from the question to the verdicts, how a finished answer came about, with the map that is `drawn`."""
    close = button(
        "close_reader", "fn-icon-button", {"aria-label": wording("why.close"), "title": wording("why.close")}, icon("close")
    )
    place = div("fn-reader-place", span("fn-reader-name", wording("why")), words("fn-reader-page", answer.question))
    panel: dict[str, Attribute] = {"class": "fn-reader fn-why", "role": "region", "aria-label": wording("why"), "tabindex": "-1"}
    return element("section", panel, div("fn-reader-bar", place, close), scrolling(trace_html(wording, answer, turn, drawn)))


def trace_html(wording: Wording, answer: Answer, turn: int, drawn: PassageMap) -> Html:
    """The steps in order, each with the time it took."""
    took = answer.timings
    shown = passage_map_html(wording, answer, drawn, turn) if drawn.points else Html()
    sections = (
        _section(wording, "query", took.query, _pairs(_rest(wording, answer.query, {"language"}))),
        _section(wording, "hits", took.search + took.rerank, join((shown, _hits(wording, answer.hits, turn)))),
        _section(wording, "evidence", took.read, _list(_evidence(wording, found) for found in answer.evidence)),
        _section(
            wording, "outcome", _writing(took), join((_pairs(_outcome(wording, answer)), _list(_sentences(wording, answer))))
        ),
        _section(wording, "timings", took.total, join((_shares(wording, took), _pairs(_timings(wording, took))))),
    )
    return div("fn-trace", *sections)


def _section(wording: Wording, name: str, took: float, body: Html) -> Html:
    """A step, left out where there is nothing to tell."""
    if not body:
        return Html()
    time = span("fn-trace-time", _milliseconds(wording, took)) if took else Html()
    return element("section", {}, element("h3", {}, wording(f"trace.part_{name}"), time), body)


def _writing(timings: Timings) -> float:
    """The milliseconds that choosing or writing, and checking, took."""
    return max(0.0, timings.answer - timings.query - timings.search - timings.rerank - timings.read)


def _shares(wording: Wording, timings: Timings) -> Html:
    """A bar that is divided as the time was."""
    parts = {name: getattr(timings, name) for name in ("query", "search", "rerank", "read")} | {"writing": _writing(timings)}
    whole = sum(parts.values())
    if not whole:
        return Html()
    bars = (
        element(
            "span",
            {
                "class": f"fn-share-{name}",
                "style": f"flex:{took / whole:.4f}",
                "title": f"{_named(wording, name)}: {_milliseconds(wording, took)}",
            },
        )
        for name, took in parts.items()
        if took
    )
    return element("div", {"class": "fn-shares", "aria-hidden": "true"}, *bars)


def _pairs(rows: Sequence[Row]) -> Html:
    if not rows:
        return Html()
    return element(
        "dl", {}, *(join((element("dt", {}, name), element("dd", own_language(value), value))) for name, value in rows)
    )


def _list(items: Iterable[Html]) -> Html:
    rows = [element("li", {}, item) for item in items]
    return element("ol", {}, *rows) if rows else Html()


def _hits(wording: Wording, hits: Sequence[Hit], turn: int) -> Html:
    """A row a passage, with its score and that of each stage; a stage that did not see it has none."""
    if not hits:
        return Html()
    stages = list(dict.fromkeys(stage.stage for hit in hits for stage in hit.stages))
    names = (wording("trace.passage"), *(_named(wording, name) for name in ("score", *stages)))
    head = element("tr", {}, *(element("th", {"scope": "col"}, name) for name in names))
    table = div("fn-trace-scroll", element("table", {}, head, *(_hit(wording, hit, stages, turn) for hit in hits)))
    return join((table, element("p", {"class": "fn-hint"}, wording("trace.scores"))))


def _hit(wording: Wording, hit: Hit, stages: Sequence[str], turn: int) -> Html:
    passage, given = hit.stored.passage, {stage.stage: stage.score for stage in hit.stages}
    opens = opening_passage(passage, turn) | {"title": passage.text[:TITLE_LENGTH]}
    where = button("open_source", "fn-link", opens, words("", named_place(wording, hit.stored)))
    scores = (_score(hit.score), *(_score(given[name]) if name in given else "" for name in stages))
    about = _note(_rest(wording, hit, HIT_DRAWN))
    return element("tr", {}, element("td", {}, where, about), *(element("td", {}, score) for score in scores))


def _evidence(wording: Wording, found: Evidence) -> Html:
    where = ("", named_place(wording, found))
    agreeing = ((wording("trace.agreeing"), named_place(wording, other)) for other in found.agreeing)
    return join((words("fn-trace-text", found.text), _note([where, *_rest(wording, found, EVIDENCE_DRAWN), *agreeing])))


def _outcome(wording: Wording, answer: Answer) -> list[Row]:
    ended = "abstained" if answer.abstained else "stopped" if answer.stopped else "answered"
    sure = _score(answer.confidence)
    if answer.threshold:
        sure = wording("trace.of_threshold", confidence=sure, threshold=_score(answer.threshold))
    rows = [(wording("trace.ended"), wording(f"trace.{ended}")), (wording("trace.confidence"), sure)]
    return rows + _rest(wording, answer, ANSWER_DRAWN)


def _sentences(wording: Wording, answer: Answer) -> list[Html]:
    """What the check made of each sentence, the withheld ones last."""
    withheld = (join((words("fn-trace-text", text), _note([("", wording("trace.withheld"))]))) for text in answer.withheld)
    return [*(_sentence(wording, sentence) for sentence in answer.sentences), *withheld]


def _sentence(wording: Wording, sentence: AnswerSentence) -> Html:
    numbers = "".join(f"[{citation.number}]" for citation in sentence.citations)
    about: list[Row] = [("", f"{_named(wording, sentence.verdict.value)} {numbers}")]
    if sentence.written:
        about.append(("", wording("replaced.written", text=sentence.written)))
    return join((words("fn-trace-text", sentence.text), _note([*about, *_rest(wording, sentence, SENTENCE_DRAWN)])))


def _timings(wording: Wording, timings: Timings) -> list[Row]:
    return [(_named(wording, name), _milliseconds(wording, taken)) for name, taken in asdict(timings).items() if taken]


def _milliseconds(wording: Wording, taken: float) -> str:
    return wording("trace.milliseconds", n=f"{taken:,.0f}" if taken >= 10 else f"{taken:.1f}")


def _note(rows: Sequence[Row]) -> Html:
    """What is said of a thing above, on a line of small letters."""
    return span("fn-trace-note", " · ".join(" ".join(filter(None, row)) for row in rows)) if rows else Html()


def _rest(wording: Wording, record: object, drawn: set[str]) -> list[Row]:
    """The fields of a record that are not drawn otherwise and hold something, each with its name in the page's language."""
    values = ((field.name, getattr(record, field.name)) for field in fields(record) if field.name not in drawn)  # type: ignore[arg-type]
    return [(_named(wording, name), _shown(wording, value)) for name, value in values if value not in ("", (), None)]


def _named(wording: Wording, name: str) -> str:
    return wording(f"trace.{name}") if wording.knows(f"trace.{name}") else name.replace("_", " ")


def _shown(wording: Wording, value: object) -> str:
    """Any value of a record as text."""
    if isinstance(value, Correction):
        return f"{value.typed} → {value.searched}"
    if isinstance(value, Enum):
        return _named(wording, str(value.value))
    if isinstance(value, float):
        return _score(value)
    if isinstance(value, tuple):
        return " · ".join(_shown(wording, part) for part in value)
    if is_dataclass(value):
        return ", ".join(f"{name} {text}" for name, text in _rest(wording, value, set()))
    return str(value)


def _score(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
