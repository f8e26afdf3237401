"""Pages into passages: whole sentences, a heading's own text together, neighbours overlapping by a sentence or two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag_app.records import CellRows, Document, Heading, Page, Passage
from rag_app.text.cells import row_at
from rag_app.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
_LONGEST_PIECE = 4
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one too long for a passage; `path` are the headings it stands under."""

    start: int
    end: int
    tokens: int
    path: tuple[str, ...]
    opens_section: bool


def split(document: Document, *, count_tokens: CountTokens, passage_tokens: int, overlap_tokens: int) -> tuple[Passage, ...]:
    """The passages of `document`, in reading order, each at most about `passage_tokens` tokens of the embedder.

    A passage lies within one page, and running headers and footers in none. A heading begins a new one, unless the one
    before would be less than half full, as where the cells of a table look like headings. Neighbours share the last
    sentences of the first as far as they fit into `overlap_tokens`. A passage that begins among the rows of a table has
    the table's header at the end of its path.
    """
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    for page in document.pages:
        pieces: list[_Piece] = []
        for start, end, heading in _sections(page):
            if heading:
                path = [*(entry for entry in path if entry[0] < heading.level), (heading.level, _words_of(page, heading))]
            words = tuple(words for _, words in path)
            for first, last in _without_running(page, start, end):
                pieces += _pieces(page.text, first, last, words, count_tokens, passage_tokens)
        for together in _between_running(page, pieces):
            for opening, closing in _windows(together, passage_tokens, overlap_tokens):
                text = page.text[opening.start : closing.end]
                above = opening.path + _header_above(page, opening.start)
                cells = _cells_within(page, opening.start, closing.end)
                passages.append(Passage(document.id, page.number, opening.start, closing.end, above, text, cells))
    return tuple(passages)


def _header_above(page: Page, start: int) -> tuple[str, ...]:
    return next(((table.header,) for table in page.tables if table.start <= start < table.end), ())


def _cells_within(page: Page, start: int, end: int) -> tuple[CellRows, ...]:
    """The rows of a sheet that stand between two offsets, those at the edges cut."""
    found = []
    for rows in page.cells[bisect_right(page.cells, start, key=lambda rows: rows.end) :] if page.cells else ():
        if rows.start >= end:
            break
        first = max(rows.start, start)
        row = row_at(page.text[rows.start : first], rows, first)
        found.append(replace(rows, start=first, end=min(rows.end, end), row=row))
    return tuple(found)


def _words_of(page: Page, heading: Heading) -> str:
    return " ".join(page.text[heading.start : heading.end].split())


def _sections(page: Page) -> Iterator[tuple[int, int, Heading | None]]:
    """Stretches of the page from heading to heading; each begins with its heading's own words."""
    start, opened = 0, None
    for heading in page.headings:
        yield start, heading.start, opened
        start, opened = heading.start, heading
    yield start, len(page.text), opened


def _without_running(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a section that are left between headers and footers."""
    for running in page.running:
        if start <= running.start < end:
            yield start, running.start
            start = running.end
    yield start, end


def _between_running(page: Page, pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that no header or footer parts."""
    for _, together in groupby(pieces, key=lambda piece: sum(running.start < piece.start for running in page.running)):
        yield list(together)


def _pieces(text: str, start: int, end: int, path: tuple[str, ...], count_tokens: CountTokens, limit: int) -> Iterator[_Piece]:
    spans = [(start + a, start + b) for a, b in sentence_spans(text[start:end])]
    opens = bool(path)
    for (a, b), tokens in zip(spans, count_tokens([text[a:b] for a, b in spans]), strict=True):
        width = (b - a) * limit // max(tokens, 1)
        parts = [(a, b)] if tokens <= limit else _parts(text, a, b, width)
        for c, d in parts:
            yield _Piece(c, d, max(1, tokens * (d - c) // (b - a)), path, opens)
            opens = False


def _parts(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Cuts of at most `width` characters, at the last comma or space of each where there is one in its second half."""
    width = max(width, _LONGEST_PIECE)
    while end - start > width:
        cut = max((text.rfind(mark, start + width // 2, start + width) for mark in ",，、;； \n|"), default=-1)
        stop = cut + 1 if cut > start else start + width
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def _windows(pieces: Sequence[_Piece], limit: int, overlap: int) -> Iterator[tuple[_Piece, _Piece]]:
    """First and last piece of each passage."""
    first = 0
    while first < len(pieces):
        last, tokens = first, pieces[first].tokens
        while last + 1 < len(pieces) and not _must_end(tokens, pieces[last + 1], limit):
            last += 1
            tokens += pieces[last].tokens
        yield pieces[first], pieces[last]
        if last + 1 == len(pieces):
            return
        first = _next_start(pieces, first, last, min(overlap, limit - pieces[last + 1].tokens))


def _must_end(tokens: int, following: _Piece, limit: int) -> bool:
    """Whether a passage of `tokens` must not take in the piece that follows."""
    return tokens + following.tokens > limit or (following.opens_section and tokens >= _LEAST_SHARE * limit)


def _next_start(pieces: Sequence[_Piece], first: int, last: int, overlap: int) -> int:
    """Where the next passage begins: at a heading, or as many whole pieces back as fit into `overlap`."""
    start, shared = last + 1, 0
    if pieces[start].opens_section:
        return start
    while start - 1 > first and shared + pieces[start - 1].tokens <= overlap:
        start -= 1
        shared += pieces[start].tokens
    return start
