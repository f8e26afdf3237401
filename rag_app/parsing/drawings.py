"""What stands in the shapes of slides and sheets: paragraphs, and the titles of charts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from rag_app.parsing.xml_parts import XmlParts, local_name

_CHART = "chart"


def paragraphs(element: etree._Element) -> Iterator[str]:
    """The paragraphs of shapes, as written once: an older program's copy of a shape is passed over."""
    for paragraph in element.iter("{*}p"):
        if not any(local_name(above) == "Fallback" for above in paragraph.iterancestors()):
            yield "".join(_words(paragraph))


def _words(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter("{*}t", "{*}br"):
        yield (element.text or "") if local_name(element) == "t" else "\n"


def chart_title(chart: etree._Element) -> str:
    """The title of a chart and those of its axes; empty if it has none."""
    return " ".join("".join(title.itertext("{*}t", "{*}v")) for title in chart.iter("{*}title")).strip()


def drawn_on(parts: XmlParts, name: str) -> Iterator[str]:
    """The text of shapes, and of charts their titles, that lie on the sheet `name`."""
    for drawing in parts.related(name, "drawing"):
        yield from paragraphs(parts.tree(drawing))
        for chart in parts.related(drawing, _CHART):
            yield chart_title(parts.tree(chart))
