"""What a run gave: its figures with their intervals, curves, where the time went, and the questions that went wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rag_app.evaluation.chart import Look, Panel, draw
from rag_app.evaluation.comparison import Comparison, Difference, Measured
from rag_app.evaluation.figures import Line
from rag_app.evaluation.report import WORDS, panels
from rag_app.evaluation.times import STAGES, WRITE, stage_times
from rag_app.evaluation.wrong import Wrong, got_worse, went_wrong
from rag_app.ui.language import Wording
from rag_app.ui.rendering.evaluation_forms import configuration_name, set_name
from rag_app.ui.rendering.markup import Html, div, element, join, span, words

GROUPS: Mapping[str, tuple[str, ...]] = {
    "finding": ("hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10", "all@10"),
    "answering": ("answered", "contains", "f1", "rouge_l", "chars"),
    "citing": ("cited", "verbatim", "citation_precision", "citation_recall"),
    "refusing": ("refusal_recall", "refusal_precision", "auroc"),
}
ON_THE_PAGE = Look(ink="currentColor", paper="none", grid="var(--fn-line)")
MOST_SHOWN, LONGEST_ANSWER = 20, 240


def result_html(wording: Wording, found: Comparison, report: Path) -> Html:
    """All of a comparison."""
    title = wording("evaluate.result", set=set_name(wording, found.question_set.folder.resolve()), n=len(found.runs[0].lines))
    head = element("h2", {"class": "fn-panel-title"}, title)
    kept = element("p", {"class": "fn-hint"}, wording("evaluate.report", folder=report))
    return join((head, kept, _figures(wording, found), _charts(wording, found), _times(wording, found), _wrong(wording, found)))


def _figures(wording: Wording, found: Comparison) -> Html:
    heads = [wording("evaluate.figure")]
    for place, run in enumerate(found.runs):
        heads += [configuration_name(wording, run.name), *([wording("evaluate.difference")] if place else [])]
    head = element("tr", {}, *(element("th", {"scope": "col"}, text) for text in heads))
    rows = [row for group, names in GROUPS.items() for row in _group(wording, found, group, names, len(heads))]
    table = element("table", {"class": "fn-figures"}, element("thead", {}, head), element("tbody", {}, *rows))
    hint = element("p", {"class": "fn-hint"}, wording("evaluate.intervals"))
    return div("fn-box", div("fn-trace-scroll", table), hint)


def _group(wording: Wording, found: Comparison, group: str, names: Sequence[str], columns: int) -> Iterator[Html]:
    known = [name for name in names if name in found.names]
    if known:
        title = element("th", {"colspan": columns, "scope": "colgroup"}, wording(f"evaluate.group.{group}"))
        yield element("tr", {"class": "fn-figure-group"}, title)
    for name in known:
        cells = [element("th", {"scope": "row"}, wording(f"figure.{name}"))]
        for place, measured in enumerate(found.measured):
            cells.append(_value(measured.get(name)))
            if place:
                figure = measured.get(name)
                cells.append(_difference(figure.difference if figure else None))
        yield element("tr", {}, *cells)


def _value(measured: Measured | None) -> Html:
    if measured is None:
        return element("td", {}, "–")
    return element(
        "td", {}, element("strong", {}, _number(measured.value)), " ", _ends(measured.interval.low, measured.interval.high)
    )


def _difference(difference: Difference | None) -> Html:
    if difference is None or math.isnan(difference.value):
        return element("td", {}, "–")
    low, high = difference.interval.low, difference.interval.high
    said = f"{difference.value:+.3f}" if abs(difference.value) <= 1 else f"{difference.value:+.4g}"
    is_clear = not math.isnan(low) and (low > 0 or high < 0)
    return element("td", {}, element("strong", {}, said) if is_clear else said, " ", _ends(low, high))


def _ends(low: float, high: float) -> Html:
    return Html() if math.isnan(low) else span("fn-interval", f"[{_number(low)}, {_number(high)}]")


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:.4g}"


def _charts(wording: Wording, found: Comparison) -> Html:
    """Each chart in a picture of its own, so that they stand below one another where the page is narrow."""
    said = {name: wording(f"chart.{name}") for name in WORDS}
    shown = (_named(wording, panel) for panel in panels(found, said))
    drawn = [element("figure", {"class": "fn-chart"}, Html(draw([panel], ON_THE_PAGE))) for panel in shown]
    if not drawn:
        return Html()
    return join((element("h2", {"class": "fn-panel-title"}, wording("evaluate.charts")), div("fn-charts fn-box", *drawn)))


def _named(wording: Wording, panel: Panel) -> Panel:
    lines = (replace(series, name=configuration_name(wording, series.name)) for series in panel.series)
    return replace(panel, series=tuple(lines))


def _times(wording: Wording, found: Comparison) -> Html:
    """A bar for each configuration, cut into its stages."""
    spent = [(configuration_name(wording, run.name), stage_times(run.lines)) for run in found.runs]
    longest = max((sum(times.values()) for _, times in spent), default=0.0)
    if not longest:
        return Html()
    rows = [_bar(wording, name, times, longest) for name, times in spent]
    names = (
        span("fn-key", span(f"fn-swatch fn-stage-{stage}"), wording(f"evaluate.stage.{stage}")) for stage in (*STAGES, WRITE)
    )
    head = element("h2", {"class": "fn-panel-title"}, wording("evaluate.times"))
    hint = element("p", {"class": "fn-hint"}, wording("evaluate.times_hint"))
    return join((head, div("fn-box", hint, *rows, div("fn-row fn-wrap", *names))))


def _bar(wording: Wording, name: str, times: Mapping[str, float], longest: float) -> Html:
    parts = []
    for stage, spent in times.items():
        label = f"{wording(f'evaluate.stage.{stage}')}: {wording('trace.milliseconds', n=f'{spent:.0f}')}"
        attributes = {"class": f"fn-stage-{stage}", "style": f"width:{spent / longest:.2%}", "title": label}
        parts.append(element("span", {**attributes, "role": "img", "aria-label": label}))
    total = span("fn-stage-total", wording("trace.milliseconds", n=f"{sum(times.values()):.0f}"))
    return div("fn-stage-row", span("fn-stage-name", name), div("fn-stage-bar", *parts), total)


def _wrong(wording: Wording, found: Comparison) -> Html:
    """What got worse, or of a run by itself what went wrong; the largest falls first."""
    compared = len(found.runs) > 1
    wrong = list(got_worse(found) if compared else went_wrong(found))
    key = "worse" if compared else "wrong"
    head = element("h2", {"class": "fn-panel-title"}, wording(f"evaluate.{key}", n=len(wrong)))
    if not wrong:
        return join((head, element("p", {"class": "fn-hint"}, wording(f"evaluate.nothing_{key}"))))
    items = [_question(wording, found, one) for one in wrong[:MOST_SHOWN]]
    left = len(wrong) - MOST_SHOWN
    more = element("p", {"class": "fn-hint"}, wording("evaluate.more", n=left)) if left > 0 else Html()
    return join((head, element("ul", {"class": "fn-wrong"}, *items), more))


def _question(wording: Wording, found: Comparison, wrong: Wrong) -> Html:
    gold = wrong.question.answers or wrong.question.gold
    wanted = (
        wording("evaluate.wanted", answer="; ".join(gold[:3])) if wrong.question.answerable else wording("evaluate.wanted_none")
    )
    reason = span("fn-tag", wording(f"evaluate.reason.{wrong.figure}"))
    lines = [] if wrong.before is None else [_got(wording, found.runs[0].name, wrong.before)]
    lines.append(_got(wording, wrong.run, wrong.line))
    asked = element("p", {}, element("strong", {}, words("", wrong.question.question)), reason)
    return element("li", {"class": "fn-box"}, asked, element("p", {"class": "fn-hint"}, wanted), *lines)


def _got(wording: Wording, run: str, line: Line) -> Html:
    """What a run answered, or where it only searched, the documents it found first."""
    said = line.get("answer") or ", ".join(hit["doc_id"] for hit in line["hits"][:3])
    if line.get("abstained"):
        said = wording("evaluate.refused")
    cut = said if len(said) <= LONGEST_ANSWER else f"{said[: LONGEST_ANSWER - 1]}…"
    return element("p", {"class": "fn-got"}, wording("evaluate.got", run=configuration_name(wording, run), answer=cut))
