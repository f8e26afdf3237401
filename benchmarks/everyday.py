"""Documents of everyday life, each asked as people ask of their own papers: in other words than the paper's.

    python -m benchmarks.everyday

The documents and questions (benchmarks/everyday_documents/) were written for this; those of the open sets were written with the
text before one's eyes, and share its words. Each document is a library of its own. Besides, the papers that the reader did not
learn from (benchmarks/reader_papers.py) are asked, each alone and all together. Prints how many questions are quoted words that
answer, refused or not, and in how many the first sentence quoted holds them; how many are answered, and how many that the
library does not answer are refused (of all papers together another may answer those).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.asked import Asked, ask_all
from benchmarks.filled_library import filled_library
from benchmarks.reader_data import EVERYDAY, FAMILIES, is_kept_apart
from benchmarks.reader_papers import FOLDERS, read_papers
from rag_app.confidence import confidence
from rag_app.evaluation.question_set import SetQuestion
from rag_app.evaluation.runner import Catalogue

FOLDER = Path(__file__).parent / "everyday_documents"
THRESHOLD, TOGETHER, EACH = 0.15, "all of them", 4
PAPERS_ALONE, PAPERS_TOGETHER, LIKE_PAPERS = "papers, each alone", "papers, all of them", "papers that are alike, all of them"


def everyday() -> dict[str, list[Asked]]:
    """The questions about each document, asked of it alone, and all of them of all documents, with what was found and read."""
    questions = read_questions(FOLDER)
    alone = {name: list(ask_of_documents(FOLDER, [name], asked)) for name, asked in questions.items()}
    together = ask_of_documents(FOLDER, list(questions), [one for asked in questions.values() for one in asked])
    return {**alone, TOGETHER: list(together)}


def papers_alone() -> list[Asked]:
    """The questions about papers that the reader did not learn from, each asked of its own paper."""
    with tempfile.TemporaryDirectory() as folder:
        papers = papers_into(Path(folder), EVERYDAY)
        return [one for name, asked in papers.items() for one in ask_of_documents(Path(folder), [name], asked)]


def papers_together(which: str = EVERYDAY, *, each: int = 1) -> list[Asked]:
    """The same, or of papers that come several alike, asked of all of these papers; every `each`-th question."""
    with tempfile.TemporaryDirectory() as folder:
        papers = papers_into(Path(folder), which)
        return list(ask_of_documents(Path(folder), list(papers), list(chain.from_iterable(papers.values()))[::each]))


def papers_into(folder: Path, which: str) -> dict[str, list[SetQuestion]]:
    """The papers kept apart, written into a folder: the questions about each, by the name of its file."""
    found = {}
    for number, paper in enumerate(paper for paper in read_papers(FOLDERS[which]) if is_kept_apart(paper.family, which)):
        name = f"{number}.md"
        (folder / name).write_text(paper.text, encoding="utf-8")
        found[name] = [
            SetQuestion(f"{name} {question}", question, answers, (), answerable=bool(answers))
            for question, answers in paper.questions
        ]
    return found


def read_questions(documents: Path) -> dict[str, list[SetQuestion]]:
    """The questions about each document of a folder."""
    found: dict[str, list[SetQuestion]] = {}
    for number, line in enumerate((documents / "questions.tsv").read_text(encoding="utf-8").splitlines()):
        name, question, answer = line.split("\t")
        answers = (answer,) if answer else ()
        found.setdefault(name, []).append(SetQuestion(str(number), question, answers, (), answerable=bool(answer)))
    return found


def ask_of_documents(documents: Path, names: Sequence[str], questions: Sequence[SetQuestion]) -> Iterator[Asked]:
    """The questions with what was found and read in a library of some documents of a folder."""
    with filled_library([documents / name for name in names]) as library:
        yield from ask_all(library, Catalogue({}, {}, {}), questions)


def quotes_answer(one: Asked, most: int | None = None) -> bool:
    """Whether what would be quoted, or the first `most` sentences of it, holds the answer."""
    quoted = " ".join(" ".join(sentence.text for sentence in one.quoted[:most]).split())
    return any(" ".join(answer.split()) in quoted for answer in one.question.answers)


def sureness(one: Asked) -> float:
    """The confidence that the library answers."""
    return confidence(one.found.hits, one.reading, one.weights, one.found.query.language)


def main() -> None:
    """Print a line for each document and for all of them together, and for papers."""
    papers = {PAPERS_ALONE: papers_alone(), PAPERS_TOGETHER: papers_together(), LIKE_PAPERS: papers_together(FAMILIES, each=EACH)}
    for name, asked in {**everyday(), **papers}.items():
        own, others = ([one for one in asked if one.question.answerable is there] for there in (True, False))
        quoted, first = sum(map(quotes_answer, own)), sum(quotes_answer(one, 1) for one in own)
        answered = sum(sureness(one) >= THRESHOLD for one in own)
        refused = sum(sureness(one) < THRESHOLD for one in others)
        told = f"answer in the quotes {quoted}, in the first {first} of {len(own)}"
        print(f"{name:36} {told}, answered {answered}, refused {refused} of {len(others)}")


if __name__ == "__main__":
    main()
