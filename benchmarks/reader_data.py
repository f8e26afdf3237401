"""Questions with passages to learn reading from (benchmarks/reader_training.py): answers marked, and none where there is none.

From the question sets that are CC BY-SA: squad2_en, xquad_en, xquad_zh and both ways across, drcd_dev, cmrc2018_trial.
Articles are told apart by title in every set and language, so that one kept apart is seen nowhere.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion, read_question_set
from rag_app.interfaces import Embedder
from rag_app.records import Document, Page
from rag_app.splitting import split
from rag_app.text.context import context_text
from rag_app.text.folding import fold
from rag_app.text.sentences import sentence_spans
from rag_app.text.words import terms

SETS = ("squad2_en", "xquad_en", "xquad_zh", "drcd_dev", "cmrc2018_trial")
ACROSS = ("xquad_en_to_zh", "xquad_zh_to_en")
EVERYDAY, FAMILIES = "everyday", "families"  # the papers of benchmarks/reader_papers.py
PASSAGE_TOKENS, OVERLAP_TOKENS = 150, 30
NEAREST = 8
KEPT_APART = {"squad2_en": 0.2, "xquad_en": 0.2, "xquad_zh": 0.2, "drcd_dev": 0.12, "cmrc2018_trial": 0.12}
SHARE = {"drcd_dev": 0.7}
OFTEN = ("squad2_en", "xquad_en", EVERYDAY)
_PHRASE = re.compile(r"\d[\d.,]*|(?<=\s)[A-Z][\w-]+(?: [A-Z][\w-]+)*|《[^》]+》|[㐀-鿿]{2,6}")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a context (title and passage); `spans` are where answers stand in the context, none if it has none."""

    question: str
    context: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question's passages: those with an answer, and near ones without. `article` is what must stay on one side."""

    article: str
    positives: tuple[Pair, ...]
    negatives: tuple[Pair, ...]
    answerable: bool


def is_kept_apart(article: str, set_name: str) -> bool:
    """Whether an article belongs to those that are not trained on."""
    place = int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return place < KEPT_APART.get(set_name, 0.2)


def article_of(document_id: str) -> str:
    """The article of a document: its id up to the last number sign; documents of CMRC and HotpotQA are articles by themselves."""
    return document_id if document_id.startswith(("cmrc#", "hp#")) else document_id.rsplit("#", 1)[0]


def read_items(sets: Path, embedder: Embedder) -> dict[str, list[Item]]:
    """The items of every set, by its name."""
    return {name: list(_items(read_question_set(sets / name), embedder, name)) for name in (*SETS, *ACROSS)}


@dataclass(frozen=True, slots=True)
class Known:
    """A passage of a set: its document, its text, and as the embedder sees it."""

    document_id: str
    title: str
    text: str
    context: str


def _items(question_set: QuestionSet, embedder: Embedder, name: str) -> Iterator[Item]:
    known = [passage for row in question_set.documents for passage in passages_of(row, embedder)]
    vectors = embedder.embed_passages([passage.context for passage in known])
    about = _about(question_set.folder)
    for question in question_set.questions:
        gold = question.gold or about.get(question.id, ())
        if gold:
            vector = embedder.embed_question(question.question).vector
            nearest = np.argsort(-(vectors @ vector), kind="stable")[: NEAREST * 4].tolist()
            yield _item(question, known, nearest, gold, name)


def passages_of(row: SetDocument, embedder: Embedder) -> Iterator[Known]:
    """The passages of a document of a set, as the app would split it."""
    document = Document(row.id, row.title, row.title, "text/plain", 0, (Page(1, row.text),))
    made = split(document, count_tokens=embedder.count_tokens, passage_tokens=PASSAGE_TOKENS, overlap_tokens=OVERLAP_TOKENS)
    for passage in made:
        yield Known(row.id, row.title, passage.text, context_text(row.title, passage.heading_path, passage.text))


def _item(question: SetQuestion, known: Sequence[Known], nearest: Sequence[int], gold: Sequence[str], name: str) -> Item:
    """A question with its passages; those of the other side, trained on or kept apart, are left out."""
    article = article_of(gold[0])
    home = [place for place, passage in enumerate(known) if passage.document_id in gold]
    side = is_kept_apart(article, name)
    near = [at for at in nearest if at in home or is_kept_apart(article_of(known[at].document_id), name) is side]
    pairs = {place: _pair(question, known[place], is_home=place in home) for place in {*near, *home}}
    without = [place for place in near if not holds(known[place].text, question.answers)][:NEAREST]
    return Item(
        article=article,
        positives=tuple(pairs[place] for place in home if pairs[place].spans),
        negatives=tuple(pairs[place] for place in (without if question.answerable else home)),
        answerable=question.answerable,
    )


def _about(folder: Path) -> dict[str, tuple[str, ...]]:
    """The documents that unanswerable questions are about."""
    rows = map(json.loads, (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: tuple(row["about_doc_ids"]) for row in rows if row.get("about_doc_ids")}


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether a text says one of the answers."""
    return any(fold(answer) in fold(text) for answer in answers)


def _pair(question: SetQuestion, passage: Known, *, is_home: bool) -> Pair:
    spans = _answer_spans(question, passage.text) if is_home else ()
    shift = len(passage.context) - len(passage.text)
    return Pair(question.question, passage.context, tuple((start + shift, end + shift) for start, end in spans))


def _answer_spans(question: SetQuestion, text: str) -> tuple[Span, ...]:
    """Where the answers stand in the sentences of `text` that share most of the question's words (the sets give no places)."""
    asked, found = set(terms(question.question)), []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        shared = len(asked & set(terms(sentence)))
        for answer in question.answers:
            found += [(shared, start + at.start(), start + at.end()) for at in re.finditer(re.escape(answer), sentence)]
    if not found:
        found = [(0, at.start(), at.end()) for answer in question.answers for at in re.finditer(re.escape(answer), text)]
    most = max((shared for shared, _, _ in found), default=0)
    return tuple(sorted({(start, end) for shared, start, end in found if shared >= 0.8 * most}))


def epoch(items: Mapping[str, Sequence[Item]], chance: random.Random, *, kept_apart: bool | None) -> list[Pair]:
    """The pairs of one epoch, drawn anew each time; of articles trained on, or with `kept_apart` None of all."""
    phrases = _phrases_of_articles(items)
    pairs: list[Pair] = []
    for name, of_set in items.items():
        for item in of_set:
            if chance.random() > SHARE.get(name, 1.0):
                continue
            if kept_apart is None or is_kept_apart(item.article, name) is kept_apart:
                pairs += _drawn(item, name, phrases[item.article], chance)
    chance.shuffle(pairs)
    return pairs


def _drawn(item: Item, name: str, phrases: Sequence[str], chance: random.Random) -> Iterator[Pair]:
    """The pairs of a question: of what there is least each gives more."""
    if not item.answerable:
        yield from (roughened(pair, chance) for pair in item.negatives[:2])
        return
    if not item.positives:
        return
    for _ in range(2 if name in OFTEN else 1):
        yield roughened(chance.choice(item.positives), chance)
    for _ in range(1 if name in (*ACROSS, EVERYDAY, FAMILIES) else 2):
        if item.negatives:
            yield roughened(chance.choice(item.negatives[:5]), chance)
    if name not in ACROSS:
        yield from _made_unanswerable(chance.choice(item.positives), phrases, chance)


def _made_unanswerable(pair: Pair, phrases: Sequence[str], chance: random.Random) -> Iterator[Pair]:
    if chance.random() < 0.6:
        yield roughened(without_answer(pair), chance)
    other = with_other_phrase(pair, phrases, chance) if chance.random() < 0.6 else None
    if other is not None:
        yield other


def without_answer(pair: Pair) -> Pair:
    """The pair without the sentences that hold an answer."""
    kept, last = [], 0
    for start, end in sentence_spans(pair.context):
        if any(start < b and a < end for a, b in pair.spans):
            kept.append(pair.context[last:start])
            last = end
    return Pair(pair.question, "".join(kept) + pair.context[last:])


def with_other_phrase(pair: Pair, phrases: Sequence[str], chance: random.Random) -> Pair | None:
    """The question with a name or number that its passage holds replaced by another of its article that it does not hold."""
    mine = [at for at in _PHRASE.finditer(pair.question) if at.group() in pair.context]
    others = [phrase for phrase in phrases if phrase not in pair.context and phrase not in pair.question]
    if not mine or not others:
        return None
    at = chance.choice(mine)
    alike = [phrase for phrase in others if phrase[0].isdigit() == at.group()[0].isdigit()]
    if not alike:
        return None
    question = pair.question[: at.start()] + chance.choice(alike) + pair.question[at.end() :]
    return Pair(question, pair.context)


def _phrases_of_articles(items: Mapping[str, Sequence[Item]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name in SETS:
        for item in items.get(name, ()):
            for pair in item.positives:
                held = (at.group() for at in _PHRASE.finditer(pair.question))
                found[item.article] |= dict.fromkeys(phrase for phrase in held if phrase in pair.context)
    return defaultdict(list, {article: list(phrases) for article, phrases in found.items()})


def roughened(pair: Pair, chance: random.Random) -> Pair:
    """Sometimes the question misspelt; of traditional Chinese, sometimes question or passage written in simplified characters."""
    question, context = pair.question, pair.context
    if chance.random() < 0.08:
        question = _misspelt(question, chance)
    if chance.random() < 0.35:
        question = simplified(question)
        if chance.random() < 0.6:
            context = simplified(context)
    return replace(pair, question=question, context=context)


def _misspelt(text: str, chance: random.Random) -> str:
    places = [place for place, letter in enumerate(text[:-2]) if letter.isalpha() and text[place + 1].isalpha()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if chance.random() < 0.5 else text[:at] + text[at + 1 :]


def simplified(text: str) -> str:
    """Chinese characters folded as the index folds them, if that keeps every place."""
    folded = "".join(_fold_character(letter) for letter in text)
    return folded if len(folded) == len(text) else text


def _fold_character(letter: str) -> str:
    return fold(letter) if "㐀" <= letter <= "鿿" else letter
