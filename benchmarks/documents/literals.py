"""Literals that a right reading holds, per format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.documents.corpus import Row, open_parser, read_text, rows, verdict

ALL, CJK, RECOGNISED = 0.99, 0.98, 0.85


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a good file ended, and which of its literals were not found."""

    row: Row
    end: str
    missing: tuple[str, ...]


def literals(folder: Path) -> None:
    """Print the table per format, and the three rows of the issue."""
    with open_parser() as parser:
        outcomes = [_outcome(row, *read_text(parser, row)) for row in rows(folder) if row.is_good]
    told = [one for one in outcomes if one.row.literals]
    for kind in sorted({one.row.format for one in told}):
        _print_format(kind, [one for one in told if one.row.format == kind])
    read = [one for one in told if not one.row.needs_recognition]
    _print_row("good, all literals found, recognition apart", read, ALL)
    _print_row("good, Chinese, Japanese and Korean", [one for one in read if one.row.is_cjk], CJK)
    _print_row("scans and images, literals found", [one for one in told if one.row.needs_recognition], RECOGNISED)
    untold = [one for one in outcomes if not one.row.literals]
    print(f"files without literals: {', '.join(sorted(f'{one.row.path.name} {one.end}' for one in untold))}")


def _outcome(row: Row, end: str, text: str) -> Outcome:
    return Outcome(row, end, row.missing(text))


def _print_format(kind: str, outcomes: Sequence[Outcome]) -> None:
    missed = [f"{one.row.path.name} ({one.row.cls}, {one.end})" for one in outcomes if one.missing]
    found = len(outcomes) - len(missed)
    print(f"  {kind:5} {found:3} of {len(outcomes):3}; not: {', '.join(missed) or '-'}")


def _print_row(what: str, outcomes: Sequence[Outcome], floor: float) -> None:
    verdict(what, sum(not one.missing for one in outcomes), len(outcomes), floor)
