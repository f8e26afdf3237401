"""Documents of everyday life, each asked as people ask of their own papers: in other words than the paper's.

    python -m benchmarks.everyday

The documents and questions (benchmarks/everyday_documents/) were written for this; those of the open sets were written with the
text before one's eyes, and share its words. Each document is a library of its own. Besides, the papers that the reader did not
learn from (benchmarks/reader_everyday/) are asked, each alone and all together. Prints how many questions are quoted words that
answer, refused or not, how many are answered, and how many that the library does not answer are refused (of all papers
together another may answer those).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.asked import Asked, ask_all
from benchmarks.reader_data import EVERYDAY, is_kept_apart
from benchmarks.reader_everyday import read_papers
from rag_app.assembly import MODELS, open_library
from rag_app.confidence import confidence
from rag_app.evaluation.question_set import SetQuestion
from rag_app.evaluation.runner import Catalogue

FOLDER = Path(__file__).parent / "everyday_documents"
THRESHOLD, TOGETHER = 0.15, "all of them"
PAPERS_ALONE, PAPERS_TOGETHER = "papers, each alone", "papers, all of them"


def everyday() -> dict[str, list[Asked]]:
    """The questions about each document, asked of it alone, and all of them of all documents, with what was found and read."""
    questions = read_questions(FOLDER)
    alone = {name: list(ask_of_documents(FOLDER, [name], asked)) for name, asked in questions.items()}
    together = ask_of_documents(FOLDER, list(questions), [one for asked in questions.values() for one in asked])
    return {**alone, TOGETHER: list(together)}


def papers_alone() -> list[Asked]:
    """The questions about papers that the reader did not learn from, each asked of its own paper."""
    with tempfile.TemporaryDirectory() as folder:
        return [one for name, asked in _papers(Path(folder)).items() for one in ask_of_documents(Path(folder), [name], asked)]


def papers_together() -> list[Asked]:
    """The same, asked of all these papers."""
    with tempfile.TemporaryDirectory() as folder:
        asked = _papers(Path(folder))
        return list(ask_of_documents(Path(folder), list(asked), [one for of_paper in asked.values() for one in of_paper]))


def _papers(folder: Path) -> dict[str, list[SetQuestion]]:
    """The papers kept apart, written into a folder: the questions about each, by the name of its file."""
    found = {}
    for number, paper in enumerate(paper for paper in read_papers() if is_kept_apart(paper.title, EVERYDAY)):
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
    with tempfile.TemporaryDirectory() as folder, closing(open_library(Path(folder), MODELS)) as library:
        library.add([documents / name for name in names])
        for _ in library.work():
            pass
        yield from ask_all(library, Catalogue({}, {}, {}), questions)


def quotes_answer(one: Asked) -> bool:
    """Whether what would be quoted holds the answer."""
    quoted = " ".join(" ".join(sentence.text for sentence in one.quoted).split())
    return any(answer in quoted for answer in one.question.answers)


def _sure(one: Asked) -> float:
    return confidence(one.found.hits, one.reading, one.weights, one.found.query.language)


def main() -> None:
    """Print a line for each document and for all of them together, and for papers."""
    for name, asked in {**everyday(), PAPERS_ALONE: papers_alone(), PAPERS_TOGETHER: papers_together()}.items():
        own, others = ([one for one in asked if one.question.answerable is there] for there in (True, False))
        quoted, answered = sum(map(quotes_answer, own)), sum(_sure(one) >= THRESHOLD for one in own)
        refused = sum(_sure(one) < THRESHOLD for one in others)
        print(f"{name:24} answer in the quotes {quoted} of {len(own)}, answered {answered}, refused {refused} of {len(others)}")


if __name__ == "__main__":
    main()
