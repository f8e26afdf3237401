"""What stands in the shapes and charts of slides and sheets."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.parsing.blocks import Block, Line, Rows
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.number_formats import shown
from rag_app.parsing.package import Node, Package, local, number, walked

OLDER_COPY = "Fallback"
_BREAK, _RUN, _NOT_STRUCK = "br", "r", "noStrike"
_MOST_POINTS = 5_000


def paragraphs(root: Node | None) -> Iterator[str]:
    """The paragraphs of shapes, each once: the copy of a shape for older programs is passed over."""
    words: list[str] = []
    was_raised = is_raised = is_struck = has_struck = False
    steps = walked(root) if root is not None else iter(())
    for event, node in steps:
        name = local(node)
        if event == "end":
            if name == "p":
                yield without_seams("".join(words)) if has_struck else "".join(words)
                words.clear()
        elif name == OLDER_COPY:
            steps.skip_subtree()
        elif name == _RUN:
            was_raised, is_raised, is_struck = is_raised, _is_raised(node), _is_struck(node)
            has_struck |= is_struck
        elif name in ("t", _BREAK):
            text = (node.text or "") if name == "t" else "\n"
            text = struck(text) if is_struck else text
            words.append(raised(words, text) if is_raised and not was_raised else text)


def _is_raised(run: Node) -> bool:
    return any(number(properties.get("baseline", ""), 0) > 0 for properties in run.iterfind("{*}rPr"))


def _is_struck(run: Node) -> bool:
    return any(properties.get("strike", _NOT_STRUCK) != _NOT_STRUCK for properties in run.iterfind("{*}rPr"))


def chart_title(chart: Node | None) -> str:
    """The titles of a chart and of its axes; empty if it has none."""
    titles = chart.iter("{*}title") if chart is not None else ()
    return "; ".join(filter(None, (" ".join("".join(title.itertext("{*}t", "{*}v")).split()) for title in titles)))


def chart_blocks(chart: Node | None) -> Iterator[Block]:
    """The title of a chart, and its points as a table: a row a category, a column a series."""
    yield Line(chart_title(chart))
    series = list(chart.iter("{*}ser")) if chart is not None else []
    names = ["".join(one.itertext("{*}v")) for ser in series for one in ser.iterfind("{*}tx")] or [""] * len(series)
    categories = [label for ser in series[:1] for label in _points(ser, "cat", "xVal").items()]
    columns = [_points(ser, "val", "yVal") for ser in series]
    rows = [(label, *(column.get(place, "") for column in columns)) for place, label in categories[:_MOST_POINTS]]
    if rows:
        yield Rows((("", *names), *rows))


def _points(series: Node, *names: str) -> dict[int, str]:
    """The points of a series by their places, numbers as they are shown."""
    found: dict[int, str] = {}
    for name in names:
        for axis in series.iterfind(f"{{*}}{name}"):
            code = next(axis.itertext("{*}formatCode"), "")
            for point in axis.iter("{*}pt"):
                found[number(point.get("idx", ""), len(found))] = _amount("".join(point.itertext("{*}v")), code)
    return found


def _amount(text: str, code: str) -> str:
    try:
        return shown(float(text), code)
    except (ValueError, OverflowError):
        return text


def drawn_on(package: Package, name: str) -> Iterator[str]:
    """The text of shapes, and of charts their titles, that lie on the sheet `name`."""
    for drawing in package.related(name, "drawing"):
        yield from paragraphs(package.xml(drawing))
        yield from (chart_title(package.xml(chart)) for chart in package.related(drawing, "chart"))
