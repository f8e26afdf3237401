"""From a library to a question set: sentences in turn from every document, a question from each, and its variants."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag_app.errors import LibraryError
from rag_app.evaluation import metrics
from rag_app.evaluation.making.chinese import chinese_drafts
from rag_app.evaluation.making.drafts import Draft, statements
from rag_app.evaluation.making.english import english_drafts
from rag_app.evaluation.making.library_text import LibraryText, read_library
from rag_app.evaluation.making.misspelling import Edit, misspelt
from rag_app.evaluation.making.paraphrasing import paraphrased
from rag_app.evaluation.making.unanswerable import unanswerable
from rag_app.evaluation.making.wording import worded
from rag_app.evaluation.question_set import SetDocument
from rag_app.interfaces import Generator
from rag_app.library import Library
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS

PLAIN, MISSPELT, PARAPHRASED, UNANSWERABLE = "plain", "misspelt", "paraphrased", "unanswerable"
LEAST_KNOWN_TERMS = 2
RARE_SHARE, RARE_COUNT = 0.02, 3
LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question of a made set, and the sentence it was made of. `clean` and `edits` tell what a misspelt one means."""

    id: str
    kind: str
    question: str
    answers: tuple[str, ...]
    gold: tuple[str, ...]
    sentence: str
    clean: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def answerable(self) -> bool:
        return self.kind != UNANSWERABLE


@dataclass(frozen=True, slots=True)
class MadeSet:
    """A question set as made, before a person has looked at it."""

    documents: tuple[SetDocument, ...]
    questions: tuple[MadeQuestion, ...]


def make_questions(library: Library, *, count: int, seed: int, writer: Generator | None = None) -> MadeSet:
    """At most `count` questions of `library` with their variants, always the same for a seed.

    `writer` words the questions that the rules made, where it keeps to what they ask. Raises `LibraryError` where no sentence
    of the library fits a rule.
    """
    text, generator = read_library(library), random.Random(seed)
    made: list[MadeQuestion] = []
    asked: set[str] = set()
    for row, sentence in _in_turn(text.rows, generator):
        if len(asked) == count:
            break
        draft = _draft(sentence, text, asked, generator)
        if draft:
            asked.add(draft.question)
            draft = worded(draft, sentence, writer) if writer else draft
            made += _with_variants(f"{len(asked):04}", draft, row, sentence, text, generator)
    if not made:
        raise LibraryError(
            f"No question can be made of the library in {library.storage}: none of its sentences has the shape of a plain "
            "statement in English or Chinese. Add documents of running text."
        )
    return MadeSet(text.rows, tuple(made))


def _in_turn(rows: Sequence[SetDocument], generator: random.Random) -> Iterator[tuple[SetDocument, str]]:
    """Sentences at random, one of each document after the other, so that a long document does not crowd out the rest."""
    documents: dict[str, list[tuple[SetDocument, str]]] = {}
    for row in rows:
        fit = [(row, found) for found in statements(row.text, LONGEST_SENTENCE)]
        documents.setdefault(row.id.rsplit("#", 1)[0], []).extend(fit)
    waiting = list(documents.values())
    generator.shuffle(waiting)
    for found in waiting:
        generator.shuffle(found)
    while waiting := [found for found in waiting if found]:
        for found in waiting:
            yield found.pop()


def _draft(sentence: str, text: LibraryText, asked: set[str], generator: random.Random) -> Draft | None:
    """One of the questions that the sentence gives, if any can be asked of this library."""
    made = chinese_drafts(sentence) if language(sentence) == "zh" else english_drafts(sentence, text.common)
    fit = [draft for draft in made if draft.question not in asked and _is_fit(draft, sentence, text)]
    return generator.choice(fit) if fit else None


def _is_fit(draft: Draft, sentence: str, text: LibraryText) -> bool:
    """Whether the answer stands in the sentence and not in the question, and the question has words that few passages hold."""
    answer, question = metrics.comparable(draft.answer), metrics.comparable(draft.question)
    if not answer or answer in question or answer not in metrics.comparable(sentence):
        return False
    known = [term for term in text.known_terms(draft.question) if term not in STOPWORDS]
    rare = max(RARE_COUNT, RARE_SHARE * text.passages)
    return len(known) >= LEAST_KNOWN_TERMS and text.counts[known[0]] <= rare


def _with_variants(
    number: str, draft: Draft, row: SetDocument, sentence: str, text: LibraryText, generator: random.Random
) -> Iterator[MadeQuestion]:
    gold, spoken = text.rows_with(sentence) or (row.id,), language(draft.question)
    plain = MadeQuestion(number, PLAIN, draft.question, (draft.answer,), gold, sentence)
    yield plain
    typed, edits = misspelt(draft.question, spoken, text.counts.keys(), generator)
    if edits:
        yield _variant(plain, MISSPELT, typed, clean=draft.question, edits=edits)
    phrased = paraphrased(draft.question, spoken, generator)
    if phrased != draft.question:
        yield _variant(plain, PARAPHRASED, phrased)
    changed = unanswerable(draft.question, spoken, text, generator)
    if changed:
        yield MadeQuestion(f"{number}-{UNANSWERABLE}", UNANSWERABLE, changed, (), (), sentence)


def _variant(plain: MadeQuestion, kind: str, question: str, *, clean: str = "", edits: tuple[Edit, ...] = ()) -> MadeQuestion:
    return MadeQuestion(f"{plain.id}-{kind}", kind, question, plain.answers, plain.gold, plain.sentence, clean, edits)
