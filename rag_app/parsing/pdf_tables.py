"""Tables of a PDF page: rows of figures below each other, the names of their columns above, words that wrap put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rag_app.parsing.pdf_cells import Cell, CellRow, cell_rows
from rag_app.parsing.pdf_grids import ruled_tables
from rag_app.parsing.pdf_lines import SENTENCE_END, Line, paragraphs
from rag_app.parsing.pdf_rows import PdfTable, Spans, TableRow, columns_over, is_caption, table_of

Part = tuple[Sequence[Line], TableRow | None, PdfTable | None]
_FEWEST_GAPS, _FEWEST_ROWS, _FEWEST_COLUMNS, _FEWEST_NAMED, _MOST = 3, 2, 2, 3, 0.6
_APART = 2.0  # sizes of the letters
_CLOSE, _FARTHEST, _FARTHEST_ABOVE, _HIGHEST_HEADER = 1.3, 4.0, 4.0, 10.0
_MOST_LABELS, _MOST_ABOVE, _MOST_NAMES = 8, 3, 40
_LONG = 60
_AS_WIDE = 0.8
_HIGHER = 1.7
_SAME_ROW = 0.5


@dataclass(slots=True)
class _Columns:
    """Where the figures of a table stand, from left to right."""

    spans: list[tuple[float, float]] = field(default_factory=list)

    def take(self, row: CellRow) -> bool:
        """Take in the figures of a row; not if they do not stand in columns with those before."""
        spans = list(self.spans)
        places = []
        for cell in _figures(row):
            held = [place for place, (left, right) in enumerate(spans) if cell.left < right and left < cell.right]
            if len(held) > 1 or (held and held[0] in places):
                return False
            if held:
                left, right = spans[held[0]]
                spans[held[0]] = min(left, cell.left), max(right, cell.right)
                places.append(held[0])
            else:
                spans.append((cell.left, cell.right))
                places.append(len(spans) - 1)
        self.spans = spans
        return True


def tables_of(lines: Sequence[Line], above: PdfTable | None) -> list[PdfTable]:
    """The tables of a page in order; one without a header that stands as `above` does, which ends the page before, has its."""
    if ruled := ruled_tables(lines, above):
        return sorted([*ruled, *_between(lines, ruled, above)], key=lambda table: table.rows[0].first)
    if sum([len(line.gaps) for line in lines]) < _FEWEST_GAPS:
        return []
    rows = cell_rows(lines)
    found: list[PdfTable] = []
    start = place = 0
    while place < len(rows):
        if lines[rows[place].first].is_running or not _is_data(rows[place]):
            place += 1
            continue
        end, spans = _extent(rows, place)
        top, body = _header_rows(rows, start, place, spans) if spans else (place, place)
        if _is_table(rows[place:end], rows[top:body], spans):
            before = (found[-1] if place - start <= _MOST_ABOVE else None) if found else above
            if not found and not all(line.is_running for line in lines[: rows[place].first]):
                before = None
            found.append(table_of(rows[top:body], rows[body:end], spans, _inherited(before, spans)))
            start = end
        place = end
    return found


def _between(lines: Sequence[Line], ruled: Sequence[PdfTable], above: PdfTable | None) -> Iterator[PdfTable]:
    """The tables that stand before, between and behind those with lines around their cells."""
    start = 0
    for first, end in (*((table.rows[0].first, table.rows[-1].end) for table in ruled), (len(lines), 0)):
        for table in tables_of([line._replace(cells=()) for line in lines[start:first]], above if start == 0 else None):
            yield replace(table, rows=tuple(replace(row, first=row.first + start, end=row.end + start) for row in table.rows))
        start = end


def _figures(row: CellRow) -> list[Cell]:
    """The figures of a row, but for those that number it."""
    return [cell for cell in _after_name(row) if cell.is_figure]


def _after_name(row: CellRow) -> Sequence[Cell]:
    """The cells of a row from its first figure on; figures before its first words number it."""
    figures = [cell.is_figure for cell in row.cells]
    words = figures.index(False) if False in figures else 0
    return row.cells[figures.index(True, words) :] if True in figures[words:] else ()


def _is_data(row: CellRow) -> bool:
    """Whether a row has figures beside its first cell that are no years, nor all of them marks of notes."""
    if len(row.cells) == 1:
        return False
    figures = [cell for cell in _figures(row) if cell is not row.cells[0]]
    return any(not cell.is_year for cell in figures) and not all(cell.is_mark for cell in row.cells)


def _extent(rows: Sequence[CellRow], first: int) -> tuple[int, Spans]:
    """Where the table that begins with a row of figures ends, and its columns."""
    columns = _Columns()
    end = first + 1
    for place in range(first + 1, len(rows) if columns.take(rows[first]) else end):
        row, before = rows[place], rows[place - 1]
        if not -_HIGHER < (row.top - before.top) / row.size < _FARTHEST or place - end > _MOST_LABELS:
            break
        if _is_data(row):
            if not columns.take(row):
                break
            end = place + 1
        elif not _is_label(row, columns.spans):
            break
    return end, sorted(columns.spans)


def _is_label(row: CellRow, spans: Spans) -> bool:
    """Whether a row between rows of figures is the name of some, or the first line of a name."""
    cell = row.cells[0]
    is_sentence = len(cell.text) > _LONG and cell.text.endswith(SENTENCE_END) and not cell.text.endswith((":", "："))
    return len(row.cells) == 1 and not is_sentence and cell.left < min(spans)[0] and cell.right < max(spans)[0]


def _is_table(rows: Sequence[CellRow], names: Sequence[CellRow], spans: Spans) -> bool:
    """Whether rows are enough for a table, most of them figures to the right of a name; with a name over each of the columns
    one row of three is, and needs none of its own, and a number may stand before the name of a row."""
    data = [row for row in rows if _is_data(row)]
    is_full = sum(len(_figures(row)) for row in data) >= _MOST * len(spans) * len(data)
    is_named = is_full and len(spans) >= _FEWEST_NAMED and bool(names) and len(columns_over(names[-1], spans)) == len(spans)
    wide = sum(len(_figures(row)) >= _FEWEST_COLUMNS for row in data)
    may_count = any(_names_all(row, spans) for row in names)
    named = sum(not row.cells[0].is_figure or row.cells[0].is_year or (may_count and _is_numbered(row)) for row in data)
    mixed = sum(len(_after_name(row)) > 2 * len(_figures(row)) for row in data)
    most = _MOST * len(data)
    is_enough = len(spans) >= _FEWEST_COLUMNS and wide >= _FEWEST_ROWS and named >= most
    return (is_enough or is_named) and len(data) - mixed >= most


def _names_all(row: CellRow, spans: Spans) -> bool:
    """Whether a row above has words for each of the columns; the dots of a form are none."""
    return sum(any(map(str.isalnum, cell.text)) for cell in columns_over(row, spans)) >= len(spans)


def _is_numbered(row: CellRow) -> bool:
    """Whether a row begins with a number, its name behind it."""
    return row.cells[0].is_figure and not row.cells[1].is_figure


def _header_rows(rows: Sequence[CellRow], start: int, first: int, spans: Spans) -> tuple[int, int]:
    """Where the names of the columns begin and end above the first row of figures; that row twice where there are none."""
    top = end = first
    has_names = False
    is_named = not rows[first].cells[0].is_figure
    below = rows[first]
    for place in range(first - 1, max(start, first - _MOST_NAMES) - 1, -1):
        row = rows[place]
        if rows[first].top - row.top > _HIGHEST_HEADER * row.size or not _stands_above(row, below):
            break
        if has_names and _is_of_another(row, below, spans):
            break
        if is_caption(row) or _names_columns(row, spans, alone=is_named) or (has_names and _is_label_above(row, below)):
            has_names = has_names or not is_caption(row)
            top, end = place, end if top < first else place + 1
        elif top < first or first - place > _MOST_ABOVE or not _is_label(row, spans):
            break
        below = row if row.top < below.top else below
    return (top, end) if has_names else (first, first)


def _stands_above(row: CellRow, below: CellRow) -> bool:
    """Whether a row stands closely above another, or beside it as names of columns do that are set one after the other."""
    distance = (below.top - row.top) / row.size
    return -_SAME_ROW < distance < _FARTHEST_ABOVE or (
        -_HIGHEST_HEADER < distance < 0 and row.cells[0].right < below.cells[0].left
    )


def _is_of_another(row: CellRow, below: CellRow, spans: Spans) -> bool:
    """Whether a row is the last of a table above: it has words over each column, as the row of names some way below it has."""
    is_apart = below.top - row.top > _APART * row.size
    return is_apart and _names_all(row, spans) and _names_all(below, spans)


def _names_columns(row: CellRow, spans: Spans, *, alone: bool) -> bool:
    """Whether a row stands over columns and holds no figures but years and marks of notes; a single cell only if it may stand
    `alone`, and is no line of text over all columns."""
    first = row.cells[0]
    is_wide = first.right - first.left > _AS_WIDE * (spans[-1][1] - spans[0][0])
    if len(row.cells) == 1 and (not alone or (is_wide and len(first.text) > _LONG / 2)):
        return False
    is_name = all(cell.is_year or cell.is_mark or not cell.is_figure for cell in row.cells)
    return is_name and bool(columns_over(row, spans))


def _is_label_above(row: CellRow, below: CellRow) -> bool:
    """Whether a row is the beginning of the words that stand beside the names of the columns."""
    cell, under = row.cells[0], below.cells[0]
    is_close = below.top - row.top < _CLOSE * row.size and abs(cell.left - under.left) < 1
    return is_close and len(row.cells) == 1 and len(below.cells) > 1 and cell.right < below.cells[1].left


def _inherited(before: PdfTable | None, spans: Spans) -> PdfTable | None:
    """The table before, if the columns stand below its."""
    if not before or not before.header or len(spans) > len(before.columns):
        return None
    held = [[place for place, (a, b) in enumerate(before.columns) if left < b and a < right] for left, right in spans]
    return before if all(len(places) == 1 for places in held) and len({places[0] for places in held}) == len(held) else None


def paragraphs_and_rows(lines: Sequence[Line], tables: Sequence[PdfTable]) -> Iterator[Part]:
    """The paragraphs of a page, and in the place of some the rows of its tables, each with its table."""
    if not tables:
        for paragraph in paragraphs(lines):
            yield paragraph, None, None
        return
    rows = {place: (row, table) for table in tables for row in table.rows for place in range(row.first, row.end)}
    start = 0
    for paragraph in paragraphs(lines):
        for row, run in groupby(range(start, start + len(paragraph)), key=rows.get):
            places = list(run)
            if row is None:
                yield lines[places[0] : places[-1] + 1], None, None
            elif places[0] == row[0].first:
                yield lines[row[0].first : row[0].end], *row
        start += len(paragraph)
