"""Whether the check tells right from wrong on real passages: questions filled with their answer, and with that of another one.

    python -m benchmarks.filled_answers SET_DIR… [--documents 400] [--seed 1]

"Who built the mill?" becomes "Jonas Reed built the mill.", and with the answer of another question on the same passage "1850
built the mill."; 谁建了工厂？ likewise. Prints of each how many the check lets pass, and the wrong ones that did, to be read.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_app.citing import supporting
from rag_app.evaluation.question_set import SetQuestion, read_question_set
from rag_app.records import Evidence, Passage, StoredPassage
from rag_app.text.folding import fold
from rag_app.text.sentences import sentence_spans

LONGEST = 60
_ASKS = re.compile(
    "哪一?[年天个個位座家国國种種所]|[什甚][么麼](?:时候|時候|地方|人)?|何时|何時|何地|哪[里裡儿兒]|哪些?人|多少|[谁誰]|[几幾]"
    r"|^(?:who|what|which [a-z]+|what [a-z]+)\b(?! (?:do|does|did)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence made of a question, and whether the answer in it is its own."""

    question: str
    text: str
    is_right: bool


def filled(question: str, answer: str) -> str:
    """`question` as a sentence with `answer` for what it asks; empty where it asks in no place or in more than one."""
    found = list(_ASKS.finditer(question))
    if len(found) != 1:
        return ""
    said = question[: found[0].start()] + answer + question[found[0].end() :].rstrip("?？ ")
    return re.sub(r"([年月日人个国位座])\1", r"\1", said) + ("。" if "？" in question else ".")


def sentences_of(text: str) -> tuple[Evidence, ...]:
    """Each sentence of a passage as a piece of evidence."""
    held = StoredPassage(1, "passage.txt", "", Passage("passage", 1, 0, len(text), (), text))
    return tuple(Evidence(held, start, end, text[start:end], 1.0) for start, end in sentence_spans(text))


def sentences(questions: Sequence[SetQuestion]) -> Iterator[Filled]:
    """The sentences of all pairs of `questions` on one passage."""
    short = {question.id: min(question.answers, key=len) for question in questions}
    for one in questions:
        for other in questions:
            answer, is_right = short[other.id], one is other
            is_same = any(fold(answer) in fold(known) or fold(known) in fold(answer) for known in one.answers)
            if len(answer) <= LONGEST and is_right is is_same and (said := filled(one.question, answer)):
                yield Filled(one.question, said, is_right)


def main() -> None:
    """Print the counts of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dirs", type=Path, nargs="+")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for folder in chosen.set_dirs:
        question_set, by_document = read_question_set(folder), defaultdict(list)
        for question in question_set.questions:
            if question.answerable and question.answers:
                by_document[question.gold[0]].append(question)
        rows = [row for row in question_set.documents if row.id in by_document]
        made, passed = {True: 0, False: 0}, {True: 0, False: 0}
        for row in random.Random(chosen.seed).sample(rows, min(chosen.documents, len(rows))):
            evidence = sentences_of(row.text)
            for sentence in sentences(by_document[row.id]):
                support = supporting(sentence.text, evidence, sentence.question)
                made[sentence.is_right] += 1
                passed[sentence.is_right] += support is not None
                if support is not None and not sentence.is_right:
                    print(f"wrong: {sentence.text}\n  from: {support.text}")
        print(f"{folder.name}: right {passed[True]} of {made[True]} pass, wrong {passed[False]} of {made[False]}", flush=True)


if __name__ == "__main__":
    main()
