"""How well and how fast documents are read: `python -m benchmarks.parsing literals|pages|speed FOLDER [FORMAT,…]`.

literals  over a folder with manifest.csv (good and bad files, literals that a right reading holds): literals found per format,
          and how every bad file ended; of all formats, or of those named
pages     over page question sets (docs.jsonl with `pdf` and `page`): how much of each page's text agrees
speed     over the same: pages per second against pypdf, which is timed on the first pages of each file
"""

from __future__ import annotations

import csv
import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pypdf

from rag_app.errors import DocumentError
from rag_app.parsing import SandboxedParser
from rag_app.records import Document
from rag_app.settings import Settings

PARSE_SECONDS = 25
PYPDF_PAGES = 12
SIMILAR = 0.95


@dataclass(frozen=True)
class Outcome:
    """How a file of the manifest ended: TEXT or a reason, whether all literals were found, seconds."""

    row: dict[str, str]
    end: str
    all_found: bool
    seconds: float


def read(parser: SandboxedParser, path: Path) -> Document:
    """Read a file under its own name."""
    return parser.parse(path, name=path.name, document_id=path.name, progress=lambda done, total: None, stop=lambda: False)


def literals(parser: SandboxedParser, folder: Path, formats: Collection[str] = ()) -> None:
    """Print literals found per format (all of the manifest, if none is named), and the ends of the bad files per class."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not formats or row["format"] in formats]
    outcomes = [outcome(parser, folder, row) for row in rows]
    for kind in sorted({row["format"] for row in rows if row["set"] == "good"}):
        of_kind = [one for one in outcomes if one.row["set"] == "good" and one.row["format"] == kind]
        missed = [Path(one.row["file"]).name + f" ({one.row['cls']}, {one.end})" for one in of_kind if not one.all_found]
        print(
            f"good {kind:5} all literals found in {len(of_kind) - len(missed)} of {len(of_kind)}; not: {', '.join(missed) or '-'}"
        )
    bad = [one for one in outcomes if one.row["set"] == "bad"]
    for cls in sorted({one.row["cls"] for one in bad}):
        ends = Counter(one.end for one in bad if one.row["cls"] == cls)
        print(f"bad  {cls:18} {', '.join(f'{end} {count}' for end, count in ends.most_common())}")
    slow = [f"{Path(one.row['file']).name} {one.seconds:.0f} s {one.end}" for one in outcomes if one.seconds > 10]
    print(f"errors without a reason: {sum(one.end.startswith('!') for one in outcomes)}; over 10 s: {', '.join(slow) or '-'}")


def outcome(parser: SandboxedParser, folder: Path, row: dict[str, str]) -> Outcome:
    """Read one file of the manifest."""
    started = time.perf_counter()
    text = ""
    try:
        text = "\n".join(page.text for page in read(parser, folder / row["file"]).pages)
        end = "TEXT"
    except DocumentError as error:
        end = error.reason.value
    except Exception as error:  # the very thing this looks for
        end = f"!{type(error).__name__}"
    wanted = [row[key] for key in ("must1", "must2", "must3") if row[key]]
    found = end == "TEXT" and all(comparable(one, row["match"]) in comparable(text, row["match"]) for one in wanted)
    return Outcome(row, end, found, time.perf_counter() - started)


def comparable(text: str, match: str) -> str:
    """NFKC without soft hyphens, white space collapsed or (for `nospace`) removed."""
    words = unicodedata.normalize("NFKC", text).replace("\u00ad", "").split()
    return ("" if match == "nospace" else " ").join(words)


def page_sets(folder: Path) -> Iterator[Path]:
    """The question sets of a folder that come with PDF files."""
    return (path.parent for path in sorted(folder.glob("*/pdf")))


def pages(parser: SandboxedParser, folder: Path) -> None:
    """Print the share of pages whose text agrees with docs.jsonl, and of paragraphs found there letter by letter."""
    for question_set in page_sets(folder):
        rows = [json.loads(line) for line in (question_set / "docs.jsonl").open(encoding="utf-8")]
        documents = {name: read(parser, question_set / name) for name in sorted({row["pdf"] for row in rows})}
        similar = verbatim = paragraphs = 0
        for row in rows:
            text = documents[row["pdf"]].pages[row["page"] - 1].text
            expected = letters(row["text"])
            similar += likeness(letters(text), expected) >= SIMILAR
            found = [letters(one) in expected for one in text.split("\n") if len(letters(one)) > 20]
            verbatim, paragraphs = verbatim + sum(found), paragraphs + len(found)
        print(
            f"{question_set.name:18} {len(rows)} pages, at least {SIMILAR:.0%} alike: {similar / len(rows):.2%}; "
            f"{paragraphs} paragraphs, verbatim there: {verbatim / paragraphs:.2%}"
        )


def letters(text: str) -> str:
    """Letters and digits alone, as citations are compared."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def likeness(one: str, other: str) -> float:
    """Share of characters that stand in both in the same order."""
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def speed(parser: SandboxedParser, folder: Path) -> None:
    """Print pages per second through the sandbox, and pypdf's."""
    ours = theirs = 0.0
    our_pages = their_pages = 0
    for path in sorted(folder.glob("*/pdf/*.pdf")):
        started = time.perf_counter()
        our_pages += len(read(parser, path).pages)
        ours += time.perf_counter() - started
        started = time.perf_counter()
        for page in list(pypdf.PdfReader(path).pages)[:PYPDF_PAGES]:
            page.extract_text()
            their_pages += 1
        theirs += time.perf_counter() - started
    ratio = (our_pages / ours) / (their_pages / theirs)
    print(f"{our_pages} pages: {our_pages / ours:.0f} a second; pypdf {their_pages / theirs:.1f} a second; {ratio:.0f} times")


PARTS: dict[str, Callable[..., None]] = {"literals": literals, "pages": pages, "speed": speed}

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in PARTS or (len(sys.argv) == 4 and sys.argv[1] != "literals"):
        sys.exit(__doc__)
    sandbox = SandboxedParser(Settings(parse_seconds=PARSE_SECONDS))
    read(sandbox, Path(__file__))
    PARTS[sys.argv[1]](sandbox, Path(sys.argv[2]), *(formats.split(",") for formats in sys.argv[3:]))
    sandbox.close()
