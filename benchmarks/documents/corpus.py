"""The corpus: rows of its manifest, files read from it, and how literals are compared."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag_app.errors import DocumentError
from rag_app.parsing import SandboxedParser
from rag_app.records import Document
from rag_app.settings import Settings

TEXT = "TEXT"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the manifest: what it holds for certain, and what must happen to it."""

    path: Path
    is_good: bool
    format: str
    cls: str
    expectation: str
    literals: tuple[str, ...]
    match: str
    password: str
    pages: int

    @property
    def needs_recognition(self) -> bool:
        """Whether its literals are words of a picture."""
        return self.cls in ("scanned", "image")

    @property
    def is_cjk(self) -> bool:
        """Whether it is Chinese, Japanese or Korean."""
        return self.cls.startswith("cjk")

    def missing(self, text: str) -> tuple[str, ...]:
        """Its literals that are not in `text`."""
        held = comparable(text, self.match)
        return tuple(one for one in self.literals if comparable(one, self.match) not in held)


def rows(folder: Path) -> list[Row]:
    """The rows of the manifest in `folder`."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        return [_row(folder, entry) for entry in csv.DictReader(file)]


def _row(folder: Path, entry: dict[str, str]) -> Row:
    return Row(
        path=folder / entry["file"],
        is_good=entry["set"] == "good",
        format=entry["format"],
        cls=entry["cls"],
        expectation=entry["expectation"],
        literals=tuple(entry[key] for key in ("must1", "must2", "must3") if entry[key]),
        match=entry["match"],
        password="" if entry["password"] == _UNKNOWN else entry["password"],
        pages=int(entry["pages"] or 0),
    )


def comparable(text: str, match: str) -> str:
    """NFKC without soft hyphens, white space collapsed or (for `nospace`) removed."""
    words = unicodedata.normalize("NFKC", text).replace("\u00ad", "").split()
    return ("" if match == "nospace" else " ").join(words)


def letters(text: str) -> str:
    """Letters and digits alone, as citations are compared."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


@contextmanager
def open_parser(*, ocr: bool = True) -> Iterator[SandboxedParser]:
    """The app's parser with the app's settings, or without text recognition."""
    with closing(SandboxedParser(Settings() if ocr else Settings(ocr="off"))) as parser:
        yield parser


def read(parser: SandboxedParser, path: Path) -> Document:
    """Read a file under its own name."""
    return parser.parse(path, name=path.name, document_id=path.name, progress=lambda done, total: None, stop=lambda: False)


def read_text(parser: SandboxedParser, row: Row) -> tuple[str, str]:
    """How a file ended, TEXT or the reason, and its text."""
    try:
        return TEXT, "\n".join(page.text for page in read(parser, row.path).pages)
    except DocumentError as error:
        return error.reason.value, ""


def verdict(what: str, good: int, total: int, floor: float) -> None:
    """Print a line of the table: a share against its floor."""
    share = good / total if total else 0.0
    holds = "holds" if share >= floor else "FALLS SHORT"
    print(f"{what}: {good} of {total} = {share:.1%} (floor {floor:.0%}): {holds}", flush=True)


def bound(what: str, found: float, most: float, unit: str) -> None:
    """Print a line of the table: a figure against the most it may be."""
    holds = "holds" if found <= most else "FALLS SHORT"
    print(f"{what}: {found:,.1f} {unit} (at most {most:,.0f}): {holds}", flush=True)
