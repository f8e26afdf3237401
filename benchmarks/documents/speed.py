"""Pages a second against pypdf, by the clock and by processor time, and what literals each finds; without text recognition."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdf

from benchmarks.documents.corpus import Row, open_parser, read_text, rows, verdict
from benchmarks.documents.watching import seconds_of_children

TIMES, ROUNDS = 10.0, 3
Texts = list[str]
UNITS = ("second by the clock", "processor second")


class Took(NamedTuple):
    """Seconds by the clock, and those that the processors spent on this process and the ones it reads with."""

    clock: float
    processor: float


def speed(folder: Path) -> None:
    """Print pages a second over the good PDFs that pypdf reads too, ours through the sandbox, and files with all literals.

    Each reads all files three times, in turn, and the least time of each file counts: others may be at work on the machine.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    files = [row for row in rows(folder) if row.is_good and row.format == "pdf" and not row.needs_recognition]
    theirs, ours = list[list[Took]](), list[list[Took]]()
    with open_parser(ocr=False) as parser:
        read_text(parser, files[0])
        for _ in range(ROUNDS):
            their_texts = _read_all(files, _pypdf, theirs)
            texts = _read_all(files, lambda row: [read_text(parser, row)[1]], ours)
    pages = sum(map(len, their_texts))
    for place, unit in enumerate(UNITS):
        ours_took, theirs_took = (_least(rounds, place, their_texts) for rounds in (ours, theirs))
        holds = "holds" if theirs_took >= TIMES * ours_took else "FALLS SHORT"
        told = f"{pages / ours_took:.0f} a {unit}, pypdf {pages / theirs_took:.1f}: {theirs_took / ours_took:.1f} times"
        print(f"{pages} pages: {told} (floor {TIMES:.0f}): {holds}", flush=True)
    found, their_found = (sum(map(_holds_all, files, read)) for read in (texts, their_texts))
    verdict(f"files with all literals (pypdf: {their_found})", found, len(files), their_found / len(files))


def _read_all(files: Sequence[Row], read: Callable[[Row], Texts], rounds: list[list[Took]]) -> list[Texts]:
    """The text of each file; how long each took is one more of the `rounds`."""
    texts, took = list[Texts](), list[Took]()
    for row in files:
        spent = seconds_of_children()
        own, clock = time.process_time(), time.perf_counter()
        texts.append(read(row))
        clock, own = time.perf_counter() - clock, time.process_time() - own
        took.append(Took(clock, own + seconds_of_children() - spent))
    rounds.append(took)
    return texts


def _least(rounds: Sequence[Sequence[Took]], place: int, counted: Sequence[Texts]) -> float:
    """The least time of each file that is counted, all together."""
    return sum(min(took[file][place] for took in rounds) for file, texts in enumerate(counted) if texts)


def _holds_all(row: Row, texts: Texts) -> bool:
    return not row.missing("\n".join(texts))


def _pypdf(row: Row) -> list[str]:
    """The text of each page; none where pypdf cannot read the file."""
    try:
        return [page.extract_text() for page in pypdf.PdfReader(row.path).pages]
    except Exception:  # pypdf raises whatever its parts raise
        return []
