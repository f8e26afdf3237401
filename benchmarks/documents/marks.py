"""Whether the rectangles that mark a quote hold it: read by pdfminer, which knows nothing of pdfium."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTComponent, LTPage

from benchmarks.documents.corpus import letters, open_parser, read, rows, verdict
from rag_app.errors import DocumentError
from rag_app.parsing import SandboxedParser
from rag_app.parsing.formats import PDF
from rag_app.records import Document, Page, Rectangle
from rag_app.text.sentences import sentence_spans

SETS = Path("/work/shared/bench/sets")
FILES, QUOTES, TRIES, PAGES, FROM_SETS = 30, 500, 40, 5, 10
SHORTEST, LONGEST = 15, 400
HELD, EXCESS = 0.98, 0.1
SEED = 5
ABOVE_BASE_LINE = 0.25


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a page, by its offsets."""

    path: Path
    page: Page
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.page.text[self.start : self.end]


def marks(folder: Path) -> None:
    """Print how many quotes lie whole within their rectangles, and how many of these hold little else."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    chance = random.Random(SEED)
    with open_parser() as parser:
        quotes = list(_quotes(parser, _paths(folder, chance), chance))
        inside = [_inside(parser, quote) for quote in sorted(quotes, key=lambda quote: (quote.path, quote.page.number))]
    held = [(letters(quote.text), letters(text)) for quote, text in inside]
    whole = [not Counter(quote) - Counter(text) for quote, text in held]
    exact = [len(text) <= (1 + EXCESS) * len(quote) for quote, text in held]
    for (quote, text), is_whole in zip(inside, whole, strict=True):
        if not is_whole:
            print(f"  {quote.path.name} page {quote.page.number}: {quote.text[:70]!r} holds {text[:70]!r}")
    what = f"marked rectangles that hold the quote, {len(quotes)} quotes of {len({quote.path for quote in quotes})} PDFs"
    verdict(what, sum(whole), len(whole), HELD)
    print(f"of all, with at most {EXCESS:.0%} more letters inside: {sum(map(all, zip(whole, exact, strict=True)))}")


def _paths(folder: Path, chance: random.Random) -> list[Path]:
    """PDFs of the corpus and of the page question sets, in chance order."""
    good = [row.path for row in rows(folder) if row.is_good and row.format == "pdf" and not row.needs_recognition]
    from_sets = sorted(SETS.glob("*/pdf/*.pdf"))
    chance.shuffle(good)
    chance.shuffle(from_sets)
    return [*from_sets[:FROM_SETS], *good]


def _quotes(parser: SandboxedParser, paths: Sequence[Path], chance: random.Random) -> Iterator[Quote]:
    """As many of each of the first thirty that can be read by both."""
    files = 0
    for path in paths:
        try:
            document = read(parser, path)
        except DocumentError:
            continue
        quotes = _quotes_of(path, document, chance)
        files += bool(quotes)
        yield from quotes
        if files == FILES:
            return


def _sentences(page: Page) -> list[tuple[int, int]]:
    return [(start, end) for start, end in sentence_spans(page.text) if SHORTEST <= end - start <= LONGEST]


def _quotes_of(path: Path, document: Document, chance: random.Random) -> list[Quote]:
    """Random sentences that pdfminer reads letter by letter as well, on the visible part of their page."""
    spoken = [page for page in document.pages if _sentences(page)]
    spoken = chance.sample(spoken, min(PAGES, len(spoken)))
    quotes: list[Quote] = []
    for _ in range(TRIES if spoken else 0):
        page = chance.choice(spoken)
        quote = Quote(path, page, *chance.choice(_sentences(page)))
        if letters(quote.text) in letters(_visible(path, page.number)):
            quotes.append(quote)
        if len(quotes) == QUOTES // FILES + 2:
            break
    return quotes


def _visible(path: Path, number: int) -> str:
    return "".join(text for x, y, text in _characters(path, number) if 0 <= x <= 1 and 0 <= y <= 1)


def _inside(parser: SandboxedParser, quote: Quote) -> tuple[Quote, str]:
    """The characters whose middle lies in one of the rectangles, as pdfminer sees the page."""
    _, rectangles = parser.view(
        quote.path,
        name=quote.path.name,
        media_type=PDF,
        page=quote.page,
        start=quote.start,
        end=quote.end,
    )
    characters = _characters(quote.path, quote.page.number)
    return quote, "".join(text for x, y, text in characters if any(_holds(one, x, y) for one in rectangles))


def _holds(rectangle: Rectangle, x: float, y: float) -> bool:
    return rectangle.left <= x <= rectangle.right and rectangle.top <= y <= rectangle.bottom


@lru_cache(maxsize=64)
def _characters(path: Path, number: int) -> tuple[tuple[float, float, str], ...]:
    """Each character of a page with the place of its middle, as shares of the page from the top left."""
    try:
        page = next(extract_pages(path, page_numbers=[number - 1], laparams=None))
    except Exception:  # pdfminer raises whatever its parts raise
        return ()
    left, bottom = page.bbox[0], page.bbox[1]
    middles = ((*_middle(one), one.get_text()) for one in _all_characters(page))
    return tuple(((x - left) / page.width, 1 - (y - bottom) / page.height, text) for x, y, text in middles)


def _middle(one: LTChar) -> tuple[float, float]:
    """The middle of a character: a quarter of its size above its base line, as fonts tell wrong heights."""
    if one.adv < 0:  # written downwards
        return (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
    a, b, c, d, e, f = one.matrix
    size = one.height / abs(d) if abs(d) > abs(c) else one.width / abs(c)
    x, y = one.adv / 2, size * ABOVE_BASE_LINE
    return a * x + c * y + e, b * x + d * y + f


def _all_characters(component: LTComponent | LTPage) -> Iterator[LTChar]:
    if isinstance(component, LTChar):
        yield component
    else:
        for part in getattr(component, "_objs", ()):
            yield from _all_characters(part)
