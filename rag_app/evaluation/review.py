"""review.csv beside a made question set: a row for each question, in which a person strikes out the bad ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from rag_app.errors import QuestionSetError

FILE_NAME = "review.csv"
KEEP, ID = "keep", "id"
YES = frozenset(("yes", "y", "1", "true", "是"))
NO = frozenset(("", "no", "n", "0", "false", "否", "x"))


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A question as it is judged, beside what it was made of. `keep` is yes until a person changes it."""

    keep: str
    id: str
    kind: str
    question: str
    answer: str
    sentence: str
    documents: str


def write_review(folder: Path, rows: Iterable[ReviewRow]) -> Path:
    """Write the review's file, which spreadsheets open with its Chinese as it is; its path."""
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in fields(ReviewRow)])
        writer.writerows(map(_cells, rows))
    return path


def _cells(row: ReviewRow) -> list[str]:
    """The cells of a row; a leading sign that a spreadsheet would take for a formula is quoted."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in astuple(row)]


def read_review(folder: Path) -> frozenset[str] | None:
    """The ids of the questions that are kept, or None for a set without a review. A removed row strikes its question out.

    Raises `QuestionSetError` naming the line that says neither yes nor no.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            return frozenset(row[ID] for row in reader if _is_kept(row, f"{path}, line {reader.line_num}"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionSetError(f"{path} cannot be read: {error}. Save it as CSV in UTF-8, or remove it.") from error


def _is_kept(row: dict[str, str], where: str) -> bool:
    if row.get(ID) is None or row.get(KEEP) is None:
        raise QuestionSetError(f"{where} lacks the column '{KEEP}' or '{ID}', separated by commas. Mend or remove that line.")
    word = row[KEEP].strip().lower()
    if word not in YES | NO:
        raise QuestionSetError(f"{where}: '{KEEP}' is {row[KEEP]!r}; write yes or no.")
    return word in YES
