"""Papers to learn reading from (benchmarks/reader_training.py), written with their questions for it.

Those of reader_everyday/ are asked in other words than theirs: the questions of the open sets were written with the text before
one's eyes, and share its words. Those of reader_families/ come several alike, so that a name, a year or the relation asked for
tells which of them answers. "===" begins a paper, with the name of its family if it has one; then comes Markdown, a line "---",
and a question a line: with its answer behind a tab (" || " between places that answer), or "- " before one that the paper does
not answer.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.reader_data import EVERYDAY, FAMILIES, OVERLAP_TOKENS, PASSAGE_TOKENS, Item, Known, Pair, holds, is_kept_apart
from rag_app.interfaces import Embedder
from rag_app.parsing.markdown import read_markdown
from rag_app.parsing.source import Source
from rag_app.records import Document
from rag_app.splitting import split
from rag_app.text.context import context_text

HOME = Path(__file__).parent
FOLDERS = {EVERYDAY: HOME / "reader_everyday", FAMILIES: HOME / "reader_families"}
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in Markdown, and its questions with the places that answer: none where it does not. Those of a family are alike."""

    family: str
    title: str
    text: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]

    def answers(self, question: str) -> bool:
        """Whether it answers a question that is asked about it."""
        return any(answers for asked, answers in self.questions if asked == question)


def read_papers(folder: Path) -> Iterator[Paper]:
    """The papers of each file of a folder."""
    for file in sorted(folder.glob("*.txt")):
        parts = re.split(r"^===(.*)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for family, block in zip(parts[1::2], parts[2::2], strict=True):
            text, _, asked = block.strip().partition("\n---\n")
            title = text.partition("\n")[0].removeprefix("# ")
            yield Paper(family.strip() or title, title, text, tuple(_question(line) for line in asked.splitlines() if line))


def _question(line: str) -> tuple[str, tuple[str, ...]]:
    question, _, answers = line.partition("\t")
    return (question, tuple(answers.split(" || "))) if answers else (question.removeprefix("- "), ())


def paper_items(embedder: Embedder, papers: Sequence[Paper], name: str) -> list[Item]:
    """The questions with the passages of their paper, and with some that do not answer: of its own, of the others of its family,
    and the nearest of those on its side, trained on or kept apart. What is nearest may answer as well; that is seldom."""
    known = {paper.title: list(_passages_of(paper, embedder)) for paper in papers}
    families: dict[str, list[Paper]] = defaultdict(list)
    sides: dict[bool, list[Known]] = defaultdict(list)
    for paper in papers:
        families[paper.family].append(paper)
        sides[is_kept_apart(paper.family, name)] += known[paper.title]
    near = {side: _Near(embedder, of_side, {paper.title: paper.family for paper in papers}) for side, of_side in sides.items()}
    items = []
    for paper in papers:
        alike = [other for other in families[paper.family] if other is not paper]
        nearest = near[is_kept_apart(paper.family, name)].of(paper)
        for asked, others in zip(paper.questions, nearest, strict=True):
            beside = [one for other in alike if not other.answers(asked[0]) for one in known[other.title]]
            items.append(_item(paper, asked, known[paper.title], (*beside, *others)))
    return items


class _Near:
    """Passages by their likeness to questions."""

    def __init__(self, embedder: Embedder, known: Sequence[Known], families: Mapping[str, str]) -> None:
        self._embedder, self._known = embedder, known
        self._vectors = embedder.embed_passages([passage.context for passage in known])
        self._families = np.array([families[passage.document_id] for passage in known])

    def of(self, paper: Paper) -> list[list[Known]]:
        """For each question of a paper the nearest passages of other families that do not say its answer."""
        others = np.flatnonzero(self._families != paper.family)
        asked = np.array([self._embedder.embed_question(question).vector for question, _ in paper.questions])
        orders = others[np.argsort(-(asked @ self._vectors[others].T), axis=1, kind="stable")[:, : 2 * NEAREST]]
        found = []
        for (_, answers), order in zip(paper.questions, orders.tolist(), strict=True):
            found.append([self._known[at] for at in order if not holds(self._known[at].text, answers)][:NEAREST])
        return found


def _item(paper: Paper, asked: tuple[str, tuple[str, ...]], home: Sequence[Known], others: Sequence[Known]) -> Item:
    """A question with its passages; those that do not answer are, if one does, in any order."""
    question, answers = asked
    pairs = [Pair(question, passage.context, _places(passage, answers)) for passage in home]
    beside = [*home, *others] if answers else home
    without = [Pair(question, passage.context) for passage in beside if not holds(passage.text, answers)]
    random.Random(question).shuffle(without)
    return Item(paper.family, tuple(pair for pair in pairs if pair.spans), tuple(without), bool(answers))


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
