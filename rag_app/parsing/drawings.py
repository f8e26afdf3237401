"""What stands in the shapes of slides and sheets: paragraphs, and the titles of charts."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.parsing.package import Node, Package, local

_CHART = "chart"


def paragraphs(element: Node) -> Iterator[str]:
    """The paragraphs of shapes, as written once: an older program's copy of a shape is passed over."""
    for paragraph in element.iter("{*}p"):
        if not any(local(above) == "Fallback" for above in paragraph.iterancestors()):
            yield "".join(_words(paragraph))


def _words(paragraph: Node) -> Iterator[str]:
    for element in paragraph.iter("{*}t", "{*}br"):
        yield (element.text or "") if local(element) == "t" else "\n"


def chart_title(chart: Node) -> str:
    """The title of a chart and those of its axes; empty if it has none."""
    return " ".join("".join(title.itertext("{*}t", "{*}v")) for title in chart.iter("{*}title")).strip()


def drawn_on(package: Package, name: str) -> Iterator[str]:
    """The text of shapes, and of charts their titles, that lie on the sheet `name`."""
    for drawing in package.related(name, "drawing"):
        root = package.xml(drawing)
        yield from paragraphs(root) if root is not None else ()
        for chart in map(package.xml, package.related(drawing, _CHART)):
            yield chart_title(chart) if chart is not None else ""
