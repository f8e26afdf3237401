"""Whether what is read stands on its right page."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdf

from benchmarks.documents.corpus import Row, comparable, letters, open_parser, read, rows, verdict
from rag_app.errors import DocumentError
from rag_app.parsing import SandboxedParser
from rag_app.records import Page

ANSWERS = Path("/work/shared/bench/sets/drcd_pdf")
RIGHT = 0.99


def pages(folder: Path) -> None:
    """Print how many page counts, literals and answers stand where they must."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with open_parser() as parser:
        _print_literals(parser, folder)
        if ANSWERS.exists():
            _print_answers(parser, ANSWERS)


def _print_literals(parser: SandboxedParser, folder: Path) -> None:
    counts, found = list[bool](), list[bool]()
    for row in rows(folder):
        if row.is_good and row.format == "pdf" and not row.needs_recognition:
            try:
                ours = read(parser, row.path).pages
            except DocumentError:
                ours = ()
            if row.pages:
                counts.append(len(ours) == row.pages)
            found += _literals_in_place(row, ours)
    verdict("PDFs with the manifest's number of pages", sum(counts), len(counts), RIGHT)
    verdict("literals on the page where pypdf finds them too", sum(found), len(found), RIGHT)


def _literals_in_place(row: Row, ours: Sequence[Page]) -> Iterator[bool]:
    """For each literal that pypdf finds on some page: whether we find it on one of the same pages."""
    theirs = _pypdf_pages(row.path)
    for literal in row.literals:
        wanted = comparable(literal, row.match)
        places = {number for number, text in enumerate(theirs, 1) if wanted in comparable(text, row.match)}
        if places:
            found = {page.number for page in ours if wanted in comparable(page.text, row.match)}
            yield bool(found & places)
            if not found & places:
                print(f"  {row.path.name}: pages {sorted(places)}, found on {sorted(found)}: {literal[:60]}")


def _pypdf_pages(path: Path) -> list[str]:
    try:
        return [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception:  # pypdf raises whatever its parts raise
        return []


def _print_answers(parser: SandboxedParser, question_set: Path) -> None:
    """Every question's answers must stand on the page that the set names."""
    places = {row["id"]: row for row in _json_lines(question_set / "docs.jsonl")}
    books = {name: read(parser, question_set / name).pages for name in sorted({str(row["pdf"]) for row in places.values()})}
    found = []
    for question in _json_lines(question_set / "questions.jsonl"):
        texts = (letters(books[place["pdf"]][place["page"] - 1].text) for place in map(places.__getitem__, question["doc_ids"]))
        held = "".join(texts)
        found.append(any(letters(answer) in held for answer in question["answers"]))
    verdict(f"answers of {question_set.name} on their page", sum(found), len(found), RIGHT)


def _json_lines(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.open(encoding="utf-8")]
