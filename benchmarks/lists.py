"""Lists in documents of everyday life, asked for as a whole and by one item.

    python -m benchmarks.lists

The documents and questions (benchmarks/list_documents/) were written for this. Each document is a library of its own. Prints for
how many questions that ask for a list all items are quoted, for how many others the answer, and the letters quoted; of
single sentences, as they are chosen, and of lists told whole.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import mean

from benchmarks.asked import Asked
from benchmarks.everyday import ask_of_documents, read_questions
from rag_app.evidence import Selection, select
from rag_app.records import Evidence

FOLDER = Path(__file__).parent / "list_documents"
BETWEEN = "; "


def share_held(one: Asked, quoted: tuple[Evidence, ...]) -> bool:
    """Whether the quotes hold every item that was asked for."""
    text = " ".join(" ".join(sentence.text for sentence in quoted).split())
    return all(item in text for item in one.question.answers[0].split(BETWEEN))


def main() -> None:
    """Print two lines."""
    questions = read_questions(FOLDER)
    asked = [one for name, of_it in questions.items() for one in ask_of_documents(FOLDER, [name], of_it)]
    ways: dict[str, Callable[[Asked], tuple[Evidence, ...]]] = {
        "sentences": lambda one: select(one.reading.sentences, one.weights, Selection()),
        "lists whole": lambda one: one.quoted,
    }
    for name, quoted in ways.items():
        told = []
        for kind in (True, False):
            of_kind = [one for one in asked if (BETWEEN in one.question.answers[0]) is kind]
            held = sum(share_held(one, quoted(one)) for one in of_kind)
            letters = mean(sum(len(sentence.text) for sentence in quoted(one)) for one in of_kind)
            told.append(f"{'lists' if kind else 'others'} {held} of {len(of_kind)}, {letters:.0f} letters")
        print(f"{name:12} {'; '.join(told)}")


if __name__ == "__main__":
    main()
