"""How well text recognition reads: `python -m benchmarks.ocr literals FOLDER`, `… scans|marks FOLDER COUNT`.

literals  over the scans and images of a folder with manifest.csv: the literals found as they stand, and those found with at most
          one letter in ten read wrong (they come from another recognizer themselves)
scans     over page question sets (docs.jsonl with `pdf` and `page`): pages drawn as a scanner would give them (150 dpi, grey,
          JPEG, slightly turned), read in the sandbox and compared with the page's text: letters in their order, and whole words
marks     over the same: pages drawn at 150 dpi, ten random quotes each; whether what the PDF has within the marks is the quote
All print the seconds of processor time a page and the largest memory of the process that reads.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from rapidfuzz import fuzz

from benchmarks.parsing import comparable, letters, likeness, page_sets, read
from rag_app.errors import DocumentError
from rag_app.parsing import SandboxedParser
from rag_app.parsing.formats import IMAGES, NAMED
from rag_app.parsing.marking import marked
from rag_app.records import Page
from rag_app.settings import Settings

LIKE = 90
PARSE_SECONDS = 120
DPI, SKEW_DEGREES, JPEG_QUALITY = 150, 0.7, 60
FEWEST_LETTERS, LONG_WORD = 200, 4
QUOTES, QUOTE_LETTERS = 10, 60


def literals(parser: SandboxedParser, folder: Path) -> int:
    """Print what was found in each file, and the totals; gives the number of pages read."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == "good" and is_picture(row)]
    exact = soft = judged = pages_read = 0
    for row in rows:
        pages, end = pages_of(parser, folder / row["file"])
        pages_read += len(pages)
        text = "\n".join(page.text for page in pages)
        wanted = [row[key] for key in ("must1", "must2", "must3") if row[key]]
        found = sum(comparable(one, row["match"]) in comparable(text, row["match"]) for one in wanted)
        alike = sum(fuzz.partial_ratio(letters(one), letters(text)) >= LIKE for one in wanted)
        if wanted:
            judged, exact, soft = judged + 1, exact + (found == len(wanted)), soft + (alike == len(wanted))
        confidence = " ".join(f"{page.confidence:.2f}" for page in pages if page.confidence)
        print(f"{Path(row['file']).name:42} {end:18} exact {found} soft {alike} of {len(wanted)}  confidence {confidence or '-'}")
    print(f"all literals found in {exact} of {judged} files as they stand, in {soft} with at most a letter in ten wrong")
    return pages_read


def is_picture(row: dict[str, str]) -> bool:
    """Whether a file of the manifest is an image or a scan."""
    return NAMED.get(Path(row["file"]).suffix) in IMAGES or "tesseract" in row["oracle"]


def pages_of(parser: SandboxedParser, path: Path) -> tuple[Sequence[Page], str]:
    """The pages of a file and TEXT, or none and the reason."""
    try:
        return read(parser, path).pages, "TEXT"
    except DocumentError as error:
        return (), error.reason.value


def scans(parser: SandboxedParser, folder: Path, count: str = "6") -> int:
    """Print how much of the pages was read right for each set; gives the number of pages read."""
    total = 0
    for question_set in page_sets(folder):
        rows = [json.loads(line) for line in (question_set / "docs.jsonl").open(encoding="utf-8")]
        rows = [row for row in rows if len(letters(row["text"])) > FEWEST_LETTERS]
        chosen = random.Random(1).sample(rows, min(int(count), len(rows)))
        figures = [scan(parser, question_set, row) for row in chosen]
        means = [sum(column) / len(figures) for column in zip(*figures)]
        print(
            f"{question_set.name:18} {len(figures)} pages: letters in their order {means[0]:.2%}, in any order {means[1]:.2%}, "
            f"words {means[2]:.2%}, confidence {means[3]:.3f}"
        )
        total += len(figures)
    return total


def scan(parser: SandboxedParser, question_set: Path, row: dict[str, str]) -> tuple[float, float, float, float]:
    """For one page: letters in their order and in any, words, and the confidence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.jpg")
        page = pypdfium2.PdfDocument(question_set / row["pdf"])[int(row["page"]) - 1]
        picture = page.render(scale=DPI / 72).to_pil().convert("L").rotate(SKEW_DEGREES, fillcolor=255, resample=3)
        picture.save(path, "JPEG", quality=JPEG_QUALITY)
        read_page = read(parser, path).pages[0]
    found, expected = letters(read_page.text), letters(row["text"])
    words = [word for word in row["text"].split() if len(word) >= LONG_WORD]
    return (
        likeness(found, expected),
        shared(found, expected) / max(len(found), len(expected)),
        shared(words, read_page.text.split()) / max(len(words), 1),
        read_page.confidence or 0.0,
    )


def marks(parser: SandboxedParser, folder: Path, count: str = "6") -> int:
    """Print for each set how many quotes the marks hold, and how much else; gives the number of pages read."""
    total = 0
    for question_set in page_sets(folder):
        chance = random.Random(2)
        rows = [json.loads(line) for line in (question_set / "docs.jsonl").open(encoding="utf-8")]
        rows = [row for row in rows if len(letters(row["text"])) > FEWEST_LETTERS]
        chosen = chance.sample(rows, min(int(count), len(rows)))
        pairs = [pair for row in chosen for pair in quotes(parser, question_set, row, chance)]
        held = sum(fuzz.partial_ratio(quote, inside) >= LIKE for quote, inside in pairs)
        excess = sum(len(inside) for _, inside in pairs) / sum(len(quote) for quote, _ in pairs)
        print(f"{question_set.name:18} marks hold {held} of {len(pairs)} quotes; letters within for each quoted {excess:.2f}")
        total += len(chosen)
    return total


def quotes(parser: SandboxedParser, question_set: Path, row: dict[str, str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Letters of random quotes of a page read from its picture, and of what the PDF has within their marks."""
    page = pypdfium2.PdfDocument(question_set / row["pdf"])[int(row["page"]) - 1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        page.render(scale=DPI / 72).to_pil().save(path)
        read_page = read(parser, path).pages[0]
    text_page, (width, height) = page.get_textpage(), page.get_size()
    boxes = [text_page.get_charbox(index) for index in range(text_page.count_chars())]
    places = [((left + right) / 2 / width, 1 - (bottom + top) / 2 / height) for left, bottom, right, top in boxes]
    for _ in range(QUOTES if len(read_page.text) > QUOTE_LETTERS else 0):
        start = chance.randrange(len(read_page.text) - QUOTE_LETTERS)
        found = marked(read_page.lines, start, start + QUOTE_LETTERS)
        inside = (
            text_page.get_text_range(index, 1)
            for index, (x, y) in enumerate(places)
            if any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in found)
        )
        yield letters(read_page.text[start : start + QUOTE_LETTERS]), letters("".join(inside))


def shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many elements two sequences have in common, each as often as in both."""
    return sum((Counter(one) & Counter(other)).values())


PARTS = {"literals": literals, "scans": scans, "marks": marks}

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in PARTS:
        sys.exit(__doc__)
    sandbox = SandboxedParser(Settings(parse_seconds=PARSE_SECONDS))
    pages_read = PARTS[sys.argv[1]](sandbox, Path(sys.argv[2]), *sys.argv[3:])
    sandbox.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{(used.ru_utime + used.ru_stime) / pages_read:.1f} s of processor time a page, at most {used.ru_maxrss / 1024:.0f} MB"
    )
