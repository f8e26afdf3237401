"""The passages around a question, drawn: what is alike stands near, what the answer cites is numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rag_app.records import Answer, MapPoint, PassageMap
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, div, element
from rag_app.ui.rendering.opening import opening_passage
from rag_app.ui.rendering.places import named_place

WIDTH, HEIGHT, MARGIN = 560, 400, 40
LINE, LETTER = 17, 6.2
LONGEST_LABEL = 26


@dataclass(frozen=True, slots=True)
class _Label:
    """Words beside a point; `y` may be moved so that no two stand on each other."""

    x: float
    y: float
    text: str
    is_before: bool
    css_class: str = "fn-map-label"


def passage_map_html(wording: Wording, answer: Answer, drawn: PassageMap, turn: int) -> Html:
    """The map with the question, the cited passages by their numbers, the other passages as dots, and how to read it."""
    numbers = _numbers(answer)
    others = [point for point in drawn.points if point.stored.id not in numbers]
    cited = [point for point in drawn.points if point.stored.id in numbers]
    question = _at(drawn)
    asked = replace(_label(*question, wording("map.question")), css_class="fn-map-label fn-map-asked")
    labels = _apart([asked, *(_label(*_at(point), _place(point)) for point in cited)])
    parts = (
        *(_dot(wording, point, turn, "fn-map-dot", 5) for point in others),
        *(_dot(wording, point, turn, "fn-map-cited", 10) for point in cited),
        *(_number(point, numbers[point.stored.id]) for point in cited),
        element("path", {"class": "fn-map-question", "d": _diamond(*question)}),
        *map(_words, labels),
    )
    caption = wording("map.caption", n=len(drawn.points), cited=len(cited))
    picture = {"class": "fn-map", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": caption}
    note = element("p", {"class": "fn-trace-note"}, caption, wording("map.how", percent=f"{drawn.shown:.0%}"))
    return div("fn-map-frame", element("svg", picture, *parts), note)


def _numbers(answer: Answer) -> Mapping[int, str]:
    """The numbers of the footnotes that lead to each passage."""
    found: dict[int, list[str]] = {}
    for citation in answer.citations:
        found.setdefault(citation.passage_id, []).append(str(citation.number))
    return {passage: ",".join(numbers) for passage, numbers in found.items()}


def _at(point: MapPoint | PassageMap) -> tuple[float, float]:
    """Where a point of the map, or its question, is drawn."""
    return MARGIN + point.x * (WIDTH - 2 * MARGIN), MARGIN + point.y * (HEIGHT - 2 * MARGIN)


def _place(point: MapPoint) -> str:
    name = point.stored.document_name
    short = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
    return f"{short}, {point.stored.passage.home.page}" if point.stored.section is None else short


def _dot(wording: Wording, point: MapPoint, turn: int, css_class: str, radius: float) -> Html:
    """A passage; a click opens its page, and its words show when the pointer rests on it."""
    x, y = _at(point)
    passage = point.stored.passage
    opens: dict[str, Attribute] = {
        "class": css_class,
        "cx": f"{x:.1f}",
        "cy": f"{y:.1f}",
        "r": f"{radius:g}",
        "data-act": "open_source",
        **opening_passage(passage, turn),
    }
    where = named_place(wording, point.stored)
    text = " ".join(passage.text.split())[:160]
    return element("circle", opens, element("title", {}, f"{where} · {point.likeness:.2f}\n{text}"))


def _number(point: MapPoint, numbers: str) -> Html:
    x, y = _at(point)
    return element("text", {"class": "fn-map-number", "x": f"{x:.1f}", "y": f"{y:.1f}"}, numbers)


def _label(x: float, y: float, text: str) -> _Label:
    is_before = x > WIDTH / 2
    return _Label(x - 14 if is_before else x + 14, y + 4, text, is_before)


def _apart(labels: list[_Label]) -> list[_Label]:
    """The labels from top to bottom, each at least a line below those that it would stand on."""
    placed: list[_Label] = []
    for label in sorted(labels, key=lambda label: label.y):
        y = label.y
        for other in placed:
            if _meets(label, other) and y < other.y + LINE:
                y = other.y + LINE
        placed.append(replace(label, y=min(y, HEIGHT - 6)))
    return placed


def _meets(one: _Label, other: _Label) -> bool:
    """Whether two labels share a part of the width."""
    (left, right), (from_, to) = _extent(one), _extent(other)
    return left < to and from_ < right


def _extent(label: _Label) -> tuple[float, float]:
    length = LETTER * sum(2 if ord(letter) > 0x2E80 else 1 for letter in label.text)
    return (label.x - length, label.x) if label.is_before else (label.x, label.x + length)


def _words(label: _Label) -> Html:
    place = {"x": f"{label.x:.1f}", "y": f"{label.y:.1f}", "text-anchor": "end" if label.is_before else "start"}
    return element("text", {"class": label.css_class, **place}, label.text)


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 10:.1f}l10 10l-10 10l-10 -10z"
