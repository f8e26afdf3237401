"""Pages into passages: whole sentences, a heading's own text together, neighbours overlapping by a sentence or two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from rag_app.records import CellRows, Continuation, Document, Heading, Page, Passage, Stretch, Table
from rag_app.text.cells import row_at
from rag_app.text.lists import clause_spans, list_spans
from rag_app.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
_LONGEST_PIECE = 4
_LONGEST_HEADING = 500
_LONGEST_TOKEN = 16  # characters: a tokenizer takes any run of those that it does not know for one token
_LEAST_SHARE = 0.5
# The share of a passage that must be left where it ends before a clause or a list, so as not to cut it.
SHARE_BEFORE_WHOLE = 0.3


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one too long for a passage; `path` are the headings it stands under, `whole` is where the clause
    or list begins that it is of, else -1.

    Of a sentence that a page break cuts the piece stands on both pages: with its `rest` on the first, its `lead` on the second.
    """

    start: int
    end: int
    tokens: int
    path: tuple[str, ...]
    opens_section: bool
    whole: int = -1
    lead: Stretch | None = None
    rest: Stretch | None = None


def split(document: Document, *, count_tokens: CountTokens, passage_tokens: int, overlap_tokens: int) -> tuple[Passage, ...]:
    """The passages of `document`, in reading order, each at most about `passage_tokens` tokens of the embedder.

    A passage lies within one page, but for a sentence that the break between two pages cuts: it stands whole in the last passage
    of the one and in the first of the other. Running headers and footers stand in none. A heading begins a new one, unless the
    one before would be less than half full, as where the cells of a table look like headings. Neighbours share the last
    sentences of the first as far as they fit into `overlap_tokens`. A passage that begins among the rows of a table has
    the table's header at the end of its path.
    """
    passages: dict[Passage, None] = {}
    pages = {page.number: page for page in document.pages}
    for page, pieces in _over_breaks(_pieces_by_page(document, count_tokens, passage_tokens), passage_tokens):
        for together in _unparted(page, pieces):
            for opening, closing in _windows(together, passage_tokens, overlap_tokens):
                passages[_passage(document.id, pages, page, opening, closing)] = None
    return tuple(passages)


def _pieces_by_page(document: Document, count_tokens: CountTokens, passage_tokens: int) -> Iterator[tuple[Page, list[_Piece]]]:
    path: list[tuple[int, str]] = []
    for page in document.pages:
        pieces: list[_Piece] = []
        for start, end, heading in _sections(page):
            if heading:
                path = [*(entry for entry in path if entry[0] < heading.level), (heading.level, _words_of(page, heading))]
            words = tuple(words for _, words in path)
            for first, last in _without_running(page, start, end):
                pieces += _pieces(page.text, first, last, words, count_tokens, passage_tokens)
        yield page, pieces


def _over_breaks(pages: Iterator[tuple[Page, list[_Piece]]], limit: int) -> Iterator[tuple[Page, list[_Piece]]]:
    """The pages with their pieces, those put together that the break between two pages cuts."""
    before: tuple[Page, list[_Piece]] | None = None
    for page, pieces in pages:
        if before:
            _put_together(*before, page, pieces, limit)
            yield before
        before = page, pieces
    if before:
        yield before


def _put_together(before: Page, above: list[_Piece], page: Page, pieces: list[_Piece], limit: int) -> None:
    """Make one piece, on both pages, of what breaks off on the one and the first of the other, if they are one sentence."""
    end = page.continues.end if page.continues and pieces else 0
    place = next((place for place, piece in enumerate(above) if piece.start < end <= piece.end), None)
    if place is None or above[place].lead:
        return
    first, second = replace(above[place], end=end), pieces[0]
    tokens = first.tokens + second.tokens
    lead, rest = Stretch(before.number, first.start, end), Stretch(page.number, second.start, second.end)
    if tokens <= limit and len(sentence_spans(_text(before, page, lead, rest))) == 1:
        above[place] = replace(first, tokens=tokens, rest=rest)
        pieces[0] = replace(second, tokens=tokens, path=first.path, lead=lead)


def _text(before: Page, page: Page, first: Stretch, rest: Stretch) -> str:
    """The words of two pages, the one's last and the other's first, put together."""
    gap = page.continues.gap if page.continues else ""
    return before.text[first.start : first.end] + gap + page.text[rest.start : rest.end]


def _passage(document_id: str, pages: Mapping[int, Page], page: Page, opening: _Piece, closing: _Piece) -> Passage:
    """The passage from `opening` to `closing` on `page`, with what belongs to them on the page before or the next."""
    own = Stretch(page.number, opening.start, closing.end)
    first, rest = (opening.lead, own) if opening.lead else (own, closing.rest)
    path = opening.path + _header_above(page, opening.start)
    if rest is None:
        text, cells = page.text[first.start : first.end], _cells_within(page, first.start, first.end)
        return Passage(document_id, first.page, first.start, first.end, path, text, cells, tables=_tables_within(page, first))
    text = _text(pages[first.page], pages[rest.page], first, rest)
    goes_on = Continuation(rest.page, rest.start, rest.end, len(text) - rest.end + rest.start)
    shift = goes_on.at + first.start - rest.start if own is rest else 0
    tables = tuple(replace(held, start=held.start + shift, end=held.end + shift) for held in _tables_within(page, own))
    return Passage(document_id, first.page, first.start, first.end, path, text, rest=goes_on, tables=tables)


def _header_above(page: Page, start: int) -> tuple[str, ...]:
    return next(((table.header,) for table in page.tables if table.start <= start < table.end), ())


def _tables_within(page: Page, stretch: Stretch) -> tuple[Table, ...]:
    """The tables of which a row stands there, be it the one that names the columns: a line break parts it from those below."""
    return tuple(table for table in page.tables if table.start <= stretch.end + 1 and stretch.start < table.end)


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
    """The words of a heading, as many as go with each passage below it."""
    return " ".join(page.text[heading.start : heading.end].split())[:_LONGEST_HEADING]


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


def _unparted(page: Page, pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that no header or footer parts, nor a sentence that goes on on the next page from the notes below it."""
    cut = next((piece.start for piece in pieces if piece.rest), len(page.text))
    for _, together in groupby(pieces, key=lambda one: (sum(run.start < one.start for run in page.running), one.start > cut)):
        yield list(together)


def _pieces(text: str, start: int, end: int, path: tuple[str, ...], count_tokens: CountTokens, limit: int) -> Iterator[_Piece]:
    spans = [(start + a, start + b) for a, b in sentence_spans(text[start:end])]
    opens, wholes = bool(path), _wholes(text, start, end)
    for (a, b), counted in zip(spans, count_tokens([text[a:b] for a, b in spans]), strict=True):
        tokens = max(counted, (b - a) // _LONGEST_TOKEN)
        width = (b - a) * limit // max(tokens, 1)
        parts = [(a, b)] if tokens <= limit else _parts(text, a, b, width)
        for c, d in parts:
            place = bisect_right(wholes, c, key=lambda span: span[0]) - 1
            whole = wholes[place][0] if place >= 0 and c < wholes[place][1] else -1
            yield _Piece(c, d, max(1, tokens * (d - c) // (b - a)), path, opens, whole)
            opens = False


def _wholes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where clauses and lists of a section begin and end, in order, those within others left out."""
    found: list[tuple[int, int]] = []
    for a, b in sorted((*clause_spans(text[start:end]), *list_spans(text[start:end])), key=lambda span: (span[0], -span[1])):
        if not found or start + a >= found[-1][1]:
            found.append((start + a, start + b))
    return found


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
        while last + 1 < len(pieces) and not _must_end(pieces[first], tokens, pieces[last + 1], limit):
            last += 1
            tokens += pieces[last].tokens
        if last + 1 < len(pieces):
            last = _before_what_is_cut(pieces, first, last, limit)
        yield pieces[first], pieces[last]
        if last + 1 == len(pieces):
            return
        first = _next_start(pieces, first, last, min(overlap, limit - pieces[last + 1].tokens))


def _before_what_is_cut(pieces: Sequence[_Piece], first: int, last: int, limit: int) -> int:
    """`last`, or the piece before the clause or list that would be cut behind it, where that fits into a passage of its own, and
    enough is left before it."""
    whole, begin = pieces[last + 1].whole, last + 1
    while begin > first and whole >= 0 and pieces[begin - 1].whole == whole:
        begin -= 1
    cut = sum(piece.tokens for piece in takewhile(lambda piece: piece.whole == whole, pieces[begin : begin + limit]))
    is_left = sum(piece.tokens for piece in pieces[first:begin]) >= SHARE_BEFORE_WHOLE * limit
    return begin - 1 if first < begin <= last and cut <= limit and is_left else last


def _must_end(opening: _Piece, tokens: int, following: _Piece, limit: int) -> bool:
    """Whether a passage of `tokens` must not take in the piece that follows: for its length, a heading, or a third page."""
    is_full = tokens + following.tokens > limit or (following.opens_section and tokens >= _LEAST_SHARE * limit)
    return is_full or bool(opening.lead and following.rest)


def _next_start(pieces: Sequence[_Piece], first: int, last: int, overlap: int) -> int:
    """Where the next passage begins: at a heading, or as many whole pieces back as fit into `overlap`."""
    start, shared = last + 1, 0
    if pieces[start].opens_section or (pieces[start].whole >= 0 and pieces[last].whole != pieces[start].whole):
        return start
    while start - 1 > first and shared + pieces[start - 1].tokens <= overlap:
        start -= 1
        shared += pieces[start].tokens
    return start
