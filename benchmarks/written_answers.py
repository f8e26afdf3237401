"""Answers to be read by eye: what the model writes unchecked, what the check makes of it, and what quoting says.

    python -m benchmarks.written_answers WORK_FOLDER OUT.md SET_DIR… [--each 17] [--seed 1] [--generator ID]

Takes `each` answerable questions of each set by chance, over their documents and as many others. Writes for each the sentences
that were given to the model, what it wrote of them unchecked, the verdicts, the answer as shown and as quoted. The model that
comes along writes English only; one that was imported (`python -m rag_app models import FILE`) is taken to write Chinese too,
so that the check can be seen on it.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rag_app.assembly import MODELS, open_library, open_registry
from rag_app.evaluation.question_set import SetQuestion, read_question_set
from rag_app.evaluation.runner import build
from rag_app.generation import LlamaCppGenerator
from rag_app.interfaces import Generator
from rag_app.library import Library
from rag_app.prompting import prompt_that_fits
from rag_app.records import Answer, Verdict
from rag_app.settings import Settings


def written(answer: Answer) -> Iterator[tuple[str, str]]:
    """Each sentence of the model, as it wrote it, with what became of it; those that were added to it are left out."""
    for sentence in answer.sentences:
        if sentence.written or sentence.verdict is Verdict.SUPPORTED:
            yield sentence.written or sentence.text, sentence.verdict.value
    for text in answer.withheld:
        yield text, "withheld"


def unchecked(generator: Generator, answer: Answer, tokens: int) -> str:
    """All that the model writes of the sentences that are enough, as the app would have it write."""
    prompt = prompt_that_fits(answer, generator, tokens)
    return "".join(generator.generate(prompt, max_tokens=tokens, stop=lambda: False)).strip()


def as_markdown(question: SetQuestion, raw: str, answer: Answer, quoted: Answer) -> str:
    """What a person needs to judge an answer."""
    shown = "".join(
        f"- shown: {s.text} ({s.verdict.value} [{', '.join(str(c.number) for c in s.citations)}])\n" for s in answer.sentences
    )
    wrote = "".join(f"- wrote: {text} ({verdict})\n" for text, verdict in written(answer))
    given = "".join(
        f"> {'' if evidence in answer.selected_evidence else '(not given) '}{evidence.text}\n>\n" for evidence in answer.evidence
    )
    wanted = f"{question.question} ({' / '.join(question.answers)})"
    return f"## {wanted}\n\n{given}\n- unchecked: {raw!r}\n{wrote}{shown}- quoted: {quoted.text}\n\n"


def answers(library: Library, questions: Sequence[SetQuestion], mode: str) -> Iterator[Answer]:
    """The finished answers in a mode, never refused."""
    library.change_settings(answer_mode=mode, refusal_threshold=0.0)
    for question in questions:
        *_, answer = library.ask(question.question)
        yield answer


def load(model: str) -> LlamaCppGenerator:
    """A chat model with the settings' defaults."""
    settings, registry = Settings(), open_registry(MODELS)
    path, languages = registry.path_of(model), registry.get(model).languages
    threads = settings.thread_count
    return LlamaCppGenerator(path, id=model, languages=languages, context_tokens=settings.context_tokens, threads=threads)


def main() -> None:
    """Write the file, and print how many sentences had which verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("set_dirs", type=Path, nargs="+")
    parser.add_argument("--each", type=int, default=17)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generator", default=Settings().generator)
    chosen = parser.parse_args()
    verdicts: Counter[str] = Counter()
    with chosen.out.open("w", encoding="utf-8") as out:
        for folder in chosen.set_dirs:
            question_set = read_question_set(folder)
            answerable = [question for question in question_set.questions if question.answerable]
            chance = random.Random(chosen.seed)
            questions = chance.sample(answerable, chosen.each)
            gold = {row for question in questions for row in question.gold}
            others = chance.sample(question_set.documents, min(len(question_set.documents), len(gold)))
            documents = tuple(row for row in question_set.documents if row.id in gold or row in others)
            with closing(open_library(chosen.work / folder.name, MODELS, generator=chosen.generator)) as library:
                build(library, replace(question_set, documents=documents))
                checked, quoted = (list(answers(library, questions, mode)) for mode in ("written", "quoted"))
            with closing(load(chosen.generator)) as generator:
                raw = [unchecked(generator, answer, Settings().answer_tokens) for answer in checked]
            out.write(f"# {folder.name}\n\n")
            out.writelines(map(as_markdown, questions, raw, checked, quoted))
            verdicts.update(verdict for answer in checked for _, verdict in written(answer))
    print(verdicts)


if __name__ == "__main__":
    main()
