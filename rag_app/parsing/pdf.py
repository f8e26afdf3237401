"""PDF: text by pdfium, page by page, with paragraphs and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.cleaning import clean, is_cjk, joined, without_doubles, without_layout_spaces
from rag_app.parsing.pdf_ahead import lines_of_pages
from rag_app.parsing.pdf_breaks import Paragraph, break_before
from rag_app.parsing.pdf_headings import Headings
from rag_app.parsing.pdf_hyphens import Hyphens
from rag_app.parsing.pdf_lines import Line
from rag_app.parsing.pdf_rescue import NO_PAGES, damage_of, rescue_pdf
from rag_app.parsing.pdf_rows import PdfTable, TableRow
from rag_app.parsing.pdf_running import mark_running
from rag_app.parsing.pdf_tables import paragraphs_and_rows, tables_of
from rag_app.parsing.pdfium import PdfFile
from rag_app.parsing.recognition import with_ocr, without_text
from rag_app.parsing.source import LONGEST_TITLE, OpenedFile, Source
from rag_app.records import Heading, Page, Running, Table
from rag_app.text.sentences import wraps

_FEWEST_LETTERS = 4
_MADE_BY_A_PROGRAM = re.compile(
    r"^(?:untitled|\(anonymous\)|microsoft |document\s?\d*$|slide \d+$|powerpoint|无标题|未命名|文档\s?\d*$)"
    r"|\.(?:docx?|pdf|indd|dvi|tex|pptx?|xlsx?|rtf|txt|html?|qxd)$|\ufffd",
    re.IGNORECASE,
)


def read_pdf(source: Source) -> OpenedFile:
    """A PDF, a page each. Raises `DocumentError` when it is locked, damaged, or has too many pages."""
    try:
        file = PdfFile(source)
    except DocumentError as error:
        if error.reason is Reason.DAMAGED:
            return rescue_pdf(source, error)
        raise
    if file.page_count > source.max_pages:
        file.close()
        raise source.refusal(
            Reason.TOO_MANY_PAGES,
            f"{{name}} has {file.page_count} pages, more than the {source.max_pages} allowed. Split it, or raise max_pages.",
        )
    damage = partial(damage_of, source, file.page_count, file.lost_pages)
    return OpenedFile(_sane(clean(file.title)), file.page_count, _pages(source, file), damage)


def _pages(source: Source, file: PdfFile) -> Iterator[Page]:
    lines_by_page = mark_running(lines_of_pages(source, file), file.page_count)
    headings = Headings(file.outline())
    hyphens = Hyphens()
    typed = 0
    found_text = False
    before: Sequence[Paragraph] = ()
    for number, lines in enumerate(lines_by_page, 1):
        headings.learn(lines)
        typed += sum([len(line.text) if line.is_fixed else -len(line.text) for line in lines])
        if typed > 0:
            lines = tuple([line._replace(is_fixed=False) for line in lines])  # a typewriter's text, not a listing
        hyphens.learn(lines)
        own, body = _page(number, lines, headings, before[-1].table if before else None, hyphens)
        page = with_ocr(source, file, own, "".join([line.text for line in lines]))
        found_text = found_text or bool(page.text)
        body = body if page is own else ()
        yield replace(page, continues=break_before(before, body, hyphens)) if before and body else page
        before = body
    file.close()
    if not found_text:
        raise _refusal_without_text(source, file.page_count, len(file.lost_pages))


def _page(
    number: int, lines: Sequence[Line], headings: Headings, above: PdfTable | None, hyphens: Hyphens
) -> tuple[Page, Sequence[Paragraph]]:
    """The page, and its paragraphs without headers and footers; `above` is the table that ends the page before."""
    texts: list[str] = []
    found: list[Heading] = []
    running: list[Running] = []
    body: list[Paragraph] = []
    rows: dict[TableRow, int] = {}
    length, is_below_heading = 0, False
    tables = tables_of(lines, above)
    for paragraph, row, table in paragraphs_and_rows(lines, tables):
        text = _tidy(row.text, hyphens) if row else _text(paragraph, hyphens)
        if not text:
            continue
        level = None if row or paragraph[0].is_running else headings.level(number, paragraph, text)
        if texts:
            texts.append(_gap(texts[-1], text, is_at_heading=is_below_heading or level is not None))
            length += len(texts[-1])
        end, is_below_heading = length + len(text), level is not None
        if level is not None:
            found.append(Heading(length, end, level))
        if paragraph[0].is_running:
            running.append(Running(length, end))
        else:
            body.append(Paragraph(paragraph, text, end, level is not None, table))
        if row:
            rows[row] = length
        texts.append(text)
        length = end
    text = "".join(texts)
    return Page(number, text, tuple(found), _tables(tables, rows, text, hyphens), running=tuple(running)), body


def _gap(before: str, text: str, *, is_at_heading: bool) -> str:
    """What stands between two paragraphs: a blank line where a heading and its neighbour would read as one sentence."""
    return "\n\n" if is_at_heading and not text[0].islower() and wraps(before, text) else "\n"


def _tables(tables: Sequence[PdfTable], starts: Mapping[TableRow, int], text: str, hyphens: Hyphens) -> tuple[Table, ...]:
    """The tables that have a header, with the offsets of their rows below it."""
    found = []
    for table in tables:
        places = [starts[row] for row in table.rows if row in starts and not row.is_header]
        if table.header and places:
            last = text.find("\n", places[-1])
            found.append(Table(places[0], last if last >= 0 else len(text), _tidy(table.header, hyphens)))
    return tuple(found)


def _text(paragraph: Sequence[Line], hyphens: Hyphens) -> str:
    text = " ".join([line.text for line in paragraph])
    if text.isascii():
        return without_doubles(clean(text).replace("\n", " "))
    return _tidy(reduce(joined, [line.text for line in paragraph]), hyphens)


def _tidy(text: str, hyphens: Hyphens) -> str:
    return without_layout_spaces(without_doubles(clean(hyphens.mend(text)).replace("\n", " ")))


def _refusal_without_text(source: Source, page_count: int, pages_lost: int) -> DocumentError:
    if page_count == 0:
        return source.refusal(Reason.EMPTY_FILE, NO_PAGES)
    if pages_lost == page_count:
        return source.refusal(Reason.DAMAGED, "{name} is damaged: none of its pages can be read. Get it again.")
    return without_text(source)


def _sane(title: str) -> str:
    """A title worth showing; what programs put there by themselves is none."""
    letters = sum(character.isalpha() * (2 if is_cjk(character) else 1) for character in title)
    usable = letters >= _FEWEST_LETTERS and len(title) <= LONGEST_TITLE and not _MADE_BY_A_PROGRAM.search(title)
    return " ".join(title.split()) if usable else ""
