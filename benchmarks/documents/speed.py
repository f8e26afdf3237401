"""Pages a processor second against pypdf, which recognizes no pictures either, and what literals each finds."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pypdf

from benchmarks.documents.corpus import Row, open_parser, read_text, rows, verdict
from benchmarks.documents.watching import children

TIMES = 10.0


def speed(folder: Path) -> None:
    """Print pages a processor second over the good PDFs that both open, ours through the sandbox, and files with all literals."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    files = [row for row in rows(folder) if row.is_good and row.format == "pdf" and not row.needs_recognition]
    ours = theirs = 0.0
    pages = our_files = their_files = 0
    with open_parser(ocr=False) as parser:
        read_text(parser, files[0])
        for row in files:
            count, seconds, text = _pypdf(row)
            started = _processor_seconds()
            _, our_text = read_text(parser, row)
            our_files, their_files = our_files + (not row.missing(our_text)), their_files + (not row.missing(text))
            if count:
                ours, theirs, pages = ours + _processor_seconds() - started, theirs + seconds, pages + count
    ratio, holds = theirs / ours, "holds" if theirs >= TIMES * ours else "FALLS SHORT"
    print(
        f"{pages} pages: {pages / ours:.0f} a second, pypdf {pages / theirs:.1f}: {ratio:.0f} times (floor {TIMES:.0f}): {holds}"
    )
    verdict(f"files with all literals (pypdf: {their_files})", our_files, len(files), their_files / len(files))


def _processor_seconds() -> float:
    """Spent so far by this process and its children: what else the machine does counts for neither."""
    spent = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in children())
    return time.process_time() + sum(int(ticks) for pair in spent for ticks in pair) / os.sysconf("SC_CLK_TCK")


def _pypdf(row: Row) -> tuple[int, float, str]:
    """Pages, seconds and text; no pages where pypdf cannot read the file."""
    started = time.process_time()
    try:
        texts = [page.extract_text() for page in pypdf.PdfReader(row.path).pages]
    except Exception:  # pypdf raises whatever its parts raise
        return 0, 0.0, ""
    return len(texts), time.process_time() - started, "\n".join(texts)
