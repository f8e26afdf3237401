"""Papers of everyday life to learn reading from (benchmarks/reader_training.py), asked in other words than theirs.

The papers and questions in the files beside this were written for it: the questions of the open sets were written with the text
before one's eyes, and share its words. Each paper is Markdown, a line "---", and a question a line: with its answer behind a tab
(" || " between places that answer), or "- " before one that the paper does not answer. "===" ends a paper.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reader_data import EVERYDAY, OVERLAP_TOKENS, PASSAGE_TOKENS, Item, Known, Pair, holds, is_kept_apart
from rag_app.interfaces import Embedder
from rag_app.parsing.markdown import read_markdown
from rag_app.parsing.source import Source
from rag_app.records import Document
from rag_app.splitting import split
from rag_app.text.context import context_text

FOLDER = Path(__file__).parent
OTHERS = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in Markdown, and its questions with the places that answer: none where it does not."""

    title: str
    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


def read_papers(folder: Path = FOLDER) -> Iterator[Paper]:
    """The papers of each file of a folder."""
    for file in sorted(folder.glob("*.txt")):
        for block in re.split(r"^===$", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            text, _, asked = block.strip().partition("\n---\n")
            if asked:
                title = text.partition("\n")[0].removeprefix("# ")
                yield Paper(title, text, tuple(_question(line) for line in asked.splitlines() if line))


def _question(line: str) -> tuple[str, tuple[str, ...]]:
    question, _, answers = line.partition("\t")
    return (question, tuple(answers.split(" || "))) if answers else (question.removeprefix("- "), ())


def everyday_items(embedder: Embedder, papers: Sequence[Paper]) -> list[Item]:
    """The questions with the passages of their paper, and a few of others on their side, trained on or kept apart.

    Those of others come by chance: what is nearest may answer as well.
    """
    known = {paper.title: list(_passages_of(paper, embedder)) for paper in papers}
    items = []
    for paper in papers:
        side = is_kept_apart(paper.title, EVERYDAY)
        others = [
            one for title, of in known.items() if title != paper.title and is_kept_apart(title, EVERYDAY) is side for one in of
        ]
        chance = random.Random(paper.title)
        items += [
            _item(paper, asked, known[paper.title], chance.sample(others, min(OTHERS, len(others)))) for asked in paper.questions
        ]
    return items


def _item(paper: Paper, asked: tuple[str, tuple[str, ...]], home: Sequence[Known], others: Sequence[Known]) -> Item:
    question, answers = asked
    pairs = [Pair(question, passage.context, _places(passage, answers)) for passage in home]
    beside = (*home, *others) if answers else home
    without = tuple(Pair(question, passage.context) for passage in beside if not holds(passage.text, answers))
    return Item(paper.title, tuple(pair for pair in pairs if pair.spans), without, bool(answers))


def _places(passage: Known, answers: Sequence[str]) -> tuple[tuple[int, int], ...]:
    shift = len(passage.context) - len(passage.text)
    found = (at.span() for answer in answers for at in re.finditer(re.escape(answer), passage.text))
    return tuple(sorted({(shift + start, shift + end) for start, end in found}))


def _passages_of(paper: Paper, embedder: Embedder) -> Iterator[Known]:
    """The passages of a paper, as the app would read and split it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.md"
        file.write_text(paper.text, encoding="utf-8")
        pages = tuple(read_markdown(Source(file, file.name, 1)).pages)
    document = Document(paper.title, paper.title, paper.title, "text/markdown", 0, pages)
    made = split(document, count_tokens=embedder.count_tokens, passage_tokens=PASSAGE_TOKENS, overlap_tokens=OVERLAP_TOKENS)
    for passage in made:
        yield Known(paper.title, paper.title, passage.text, context_text(paper.title, passage.heading_path, passage.text))
