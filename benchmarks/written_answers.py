"""Answers to be read by eye: what the model writes unchecked, what the check makes of it, and what quoting says.

    python -m benchmarks.written_answers SET_DIR WORK_FOLDER OUT.md [--limit 50]

Writes for each question the passages it was given, and below them each sentence with the verdict on it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation.question_set import read_question_set
from rag_app.evaluation.runner import build
from rag_app.library import Library
from rag_app.records import Answer, Verdict


def written(answer: Answer) -> Iterator[tuple[str, str]]:
    """Each sentence of the model, as it wrote it, with what became of it; those that were added to it are left out."""
    for sentence in answer.sentences:
        if sentence.written or sentence.verdict is Verdict.SUPPORTED:
            yield sentence.written or sentence.text, sentence.verdict.value
    for text in answer.withheld:
        yield text, "withheld"


def as_markdown(question: str, answer: Answer, quoted: Answer) -> str:
    """What a person needs to judge an answer."""
    shown = "".join(
        f"- shown: {s.text} ({s.verdict.value} [{', '.join(str(c.number) for c in s.citations)}])\n" for s in answer.sentences
    )
    wrote = "".join(f"- wrote: {text} ({verdict})\n" for text, verdict in written(answer))
    given = "".join(f"> {evidence.text}\n>\n" for evidence in answer.evidence)
    return f"## {question}\n\n{given}\n{wrote}{shown}- quoted: {quoted.text}\n\n"


def answers(library: Library, questions: list[str], mode: str) -> Iterator[Answer]:
    """The finished answers in a mode, never refused."""
    library.change_settings(answer_mode=mode, refusal_threshold=0.0)
    for question in questions:
        *_, answer = library.ask(question)
        yield answer


def main() -> None:
    """Write the file, and print how many sentences had which verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--limit", type=int, default=50)
    chosen = parser.parse_args()
    question_set = read_question_set(chosen.set_dir)
    with closing(open_library(chosen.work, MODELS)) as library:
        build(library, question_set)
        questions = [question.question for question in islice(question_set.questions, chosen.limit)]
        checked, quoted = (list(answers(library, questions, mode)) for mode in ("written", "quoted"))
    texts = map(as_markdown, questions, checked, quoted)
    chosen.out.write_text("".join(texts), encoding="utf-8")
    print(Counter(verdict for answer in checked for _, verdict in written(answer)))


if __name__ == "__main__":
    main()
