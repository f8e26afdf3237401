"""Paragraphs that a page break of a PDF cuts: judged as the lines of one page are, as if the next page stood right below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rag_app.parsing.cleaning import joined
from rag_app.parsing.pdf_hyphens import Hyphens
from rag_app.parsing.pdf_lines import ANOTHER_SIZE, SENTENCE_END, Line, edge_of, goes_on, is_row_of_figures
from rag_app.parsing.pdf_rows import PdfTable
from rag_app.records import PageBreak

_FEWEST_CHARACTERS = 30
_FEWEST_FULL_LINES, _RAGGED = 3, 3.0
_BELOW = 1.2
_HYPHENS = ("-", "\u2010")
_AFTER_WORD = ",.;:!?)\"'”’"
_CLOSING = "\"'”’」』）)"


class Paragraph(NamedTuple):
    """A paragraph of a page that is no header or footer: its lines, its text, where this ends in the page's, and of a row of a
    table this."""

    lines: Sequence[Line]
    text: str
    end: int
    is_heading: bool
    table: PdfTable | None = None


def break_before(before: Sequence[Paragraph], after: Sequence[Paragraph], hyphens: Hyphens) -> PageBreak | None:
    """How the first words of the page `after` go on with a paragraph of the page `before`; None where they begin anew.

    Notes in smaller type at the foot of the page are passed over. A hyphen that only divides a word is left out.
    """
    if after[0].is_heading or after[0].table or is_row_of_figures(after[0].text) or _stands_alone(after[0]):
        return None
    first = after[0].lines[0]
    cut = next((one for one in reversed(before) if one.lines[-1].size >= (1 - ANOTHER_SIZE) * first.size), None)
    if cut is None or cut.is_heading or cut.table or not _goes_on(cut, before, first, _indent(after)):
        return None
    if cut.text.endswith(_HYPHENS):
        parts = cut.text[:-1].rpartition(" ")[2], after[0].text.partition(" ")[0].rstrip(_AFTER_WORD)
        return PageBreak(cut.end - hyphens.divides(*parts), "")
    return PageBreak(cut.end, joined(cut.text[-1], after[0].text[0])[1:-1])


def _stands_alone(first: Paragraph) -> bool:
    """Whether it is a single line that neither begins nor ends as the rest of a sentence does, such as a header."""
    return len(first.lines) == 1 and not first.text[0].islower() and not first.text.rstrip(_CLOSING).endswith(SENTENCE_END)


def _goes_on(cut: Paragraph, page: Sequence[Paragraph], first: Line, indent: float) -> bool:
    """Whether a paragraph of running text goes on in the `first` line of the next page."""
    last, edge = cut.lines[-1], max(line.right for paragraph in page for line in paragraph.lines)
    if len(last.text) < _FEWEST_CHARACTERS and last.right < edge - _RAGGED * last.size:
        return False
    if abs(last.size - first.size) > ANOTHER_SIZE * max(last.size, first.size):
        return False
    full = sum(line.right > edge - _RAGGED * line.size for paragraph in page for line in paragraph.lines)
    if full < _FEWEST_FULL_LINES and not first.text[0].islower():
        return False
    below = first._replace(left=last.left + indent, top=last.bottom + _BELOW * last.size)
    return goes_on(cut.lines, below, edge_of(cut.lines, edge))


def _indent(page: Sequence[Paragraph]) -> float:
    """How far the first line of a page is set in from the next of its paragraph, or from the leftmost where it stands alone."""
    first, *others = page[0].lines
    return first.left - (others[0].left if others else min(line.left for paragraph in page for line in paragraph.lines))
