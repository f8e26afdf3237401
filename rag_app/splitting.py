"""Pages into passages: whole sentences, a heading's own text together, neighbours overlapping by a sentence or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag_app.records import Document, Heading, Page, Passage
from rag_app.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
_LONGEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of one too long for a passage."""

    start: int
    end: int
    tokens: int


def split(document: Document, *, count_tokens: CountTokens, passage_tokens: int, overlap_tokens: int) -> tuple[Passage, ...]:
    """The passages of `document`, in reading order, each at most about `passage_tokens` tokens of the embedder.

    A passage lies within one page and under one heading. Neighbours share the last sentences of the first as far as
    they fit into `overlap_tokens`.
    """
    passages: list[Passage] = []
    path: list[tuple[int, str]] = []
    for page in document.pages:
        for start, end, heading in _sections(page):
            if heading:
                path = [*(entry for entry in path if entry[0] < heading.level), (heading.level, _words_of(page, heading))]
            pieces = _pieces(page.text, start, end, count_tokens, passage_tokens)
            for first, last in _windows(pieces, passage_tokens, overlap_tokens):
                passages.append(_passage(document, page, first, last, tuple(words for _, words in path)))
    return tuple(passages)


def _passage(document: Document, page: Page, first: _Piece, last: _Piece, path: tuple[str, ...]) -> Passage:
    return Passage(document.id, page.number, first.start, last.end, path, page.text[first.start : last.end])


def _words_of(page: Page, heading: Heading) -> str:
    return " ".join(page.text[heading.start : heading.end].split())


def _sections(page: Page) -> Iterator[tuple[int, int, Heading | None]]:
    """Stretches of the page between headings; each begins with its heading's own words. Headings in a row stay together."""
    start, opened = 0, None
    for heading in page.headings:
        if page.text[start : heading.start].strip():
            yield start, heading.start, opened
        elif opened is not None:
            yield start, start, opened
        start, opened = heading.start, heading
    yield start, len(page.text), opened


def _pieces(text: str, start: int, end: int, count_tokens: CountTokens, limit: int) -> list[_Piece]:
    spans = [(start + a, start + b) for a, b in sentence_spans(text[start:end])]
    counts = count_tokens([text[a:b] for a, b in spans])
    pieces: list[_Piece] = []
    for (a, b), tokens in zip(spans, counts, strict=True):
        if tokens <= limit:
            pieces.append(_Piece(a, b, tokens))
        else:
            parts = list(_parts(text, a, b, (b - a) * limit // tokens))
            pieces += [_Piece(c, d, max(1, tokens * (d - c) // (b - a))) for c, d in parts]
    return pieces


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


def _windows(pieces: list[_Piece], limit: int, overlap: int) -> Iterator[tuple[_Piece, _Piece]]:
    """First and last piece of each passage."""
    first = 0
    while first < len(pieces):
        last, tokens = first, pieces[first].tokens
        while last + 1 < len(pieces) and tokens + pieces[last + 1].tokens <= limit:
            last += 1
            tokens += pieces[last].tokens
        yield pieces[first], pieces[last]
        if last + 1 == len(pieces):
            return
        first = _overlap_start(pieces, first, last, min(overlap, limit - pieces[last + 1].tokens))


def _overlap_start(pieces: list[_Piece], first: int, last: int, overlap: int) -> int:
    """Where the next passage begins: as many whole pieces back from its own first one as fit into `overlap`."""
    start, shared = last + 1, 0
    while start - 1 > first and shared + pieces[start - 1].tokens <= overlap:
        start -= 1
        shared += pieces[start].tokens
    return start
