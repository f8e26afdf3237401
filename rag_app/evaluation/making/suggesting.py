"""Questions that a library can answer, made of the sentences of a few passages; for a person to ask next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from rag_app.evaluation import metrics
from rag_app.evaluation.making.chinese import chinese_drafts
from rag_app.evaluation.making.drafts import Draft, statements
from rag_app.evaluation.making.english import english_drafts
from rag_app.evaluation.making.entries import entries, topics
from rag_app.records import StoredPassage
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

LONGEST_SENTENCE, LONGEST_QUESTION = 300, 110
LEAST_TERMS = 3
MOST_SHARED = 0.6
# What the rules ask but no person would, as it is worded.
CLUMSY = re.compile(
    r"(?:Who or what|What were|By whom or by what) "
    r"|[^，]*[则則]是"
    r"|What (?:is|are|was) .* (?:high|long|wide|tall|deep|old|thick|heavy|large|away)\?"
    r"|What (?:is|are) .* (?:is|are) |What will be |.*https?:"
    r"|What (?:are|do|have|has|says|must|can|may|should|will|goes) "
    r"|.*\b(?:passport|account|policy|identity|ID|insurance) (?:number|no)\b|.*(?:身[份分][证證]|密[码碼]|[卡账帳賬][号號])"
)
# A Chinese question that is asked where nothing is counted or ends in the air, or goes on when it has been asked.
_TORN = re.compile(
    r".*(?:[×x*：:—/及或、-](?:百分之)?多少|多少[^，？]{1,3}[×及或、—]|多少小[時时][值电電热熱服]|多少次[启啟]|[贵貴][报報])"
    r"|(?!.*是).*[的者]？$|.*，.*，|.*，(?:或|多少[岁歲])|.*(?:多少|哪一年(?!，)|什[么麼](?![时時]候))[^，]*(?:[^，内內后後时時]，|,(?!\d))"
)
# What a document says of itself, and what asks for the thing that changed by so much.
_OF_ITSELF = re.compile(
    r"\b(?:document|section|table|figure|chapter|page|appendix|header|footer|paragraph|example|report)s?\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d")
# What everybody has one of: without its owner nobody knows whose is asked for.
_OWNED = re.compile(
    r"^.{0,2}(?:兴趣|興趣|爱好|愛好|偶像|目的|目标|目標|原因|结果|結果|特点|特點|优点|優點|缺点|缺點|内容|內容|面积|面積"
    r"|人口|职业|職業|生肖|星座|座右铭|座右銘|前身|首都|主题|主題)是"
)
# The number of a clause, what stands before a text as its label, and a question with its first clause alone.
_CLAUSE_NUMBER = re.compile(r"^(?:第?[（(]?[一二三四五六七八九十]+[)）]?[条條、.．] ?)")
_LABELLED = re.compile(
    r"(?:[•*-] |[一二三四五六七八九十]+、)?[一-鿿]{1,7}[^\W在是于於有为為的]\s(?![在是于於为為的与與和有由被将將])"
)
_ASKED_FOR = re.compile(r"([^，]{2,}多少(?:元|米|公里|公斤|升|吨|噸|人|名))(?:，|,(?!\d))")
# A time, or a title that is of no work.
_NO_THING = re.compile(r".*是什[么麼]？ (?:\d|[上下]午|[早晚]上)|.*[^写寫著演唱说說影书書]哪部作品")
_ENDED = re.compile(r"[.!。！][\"'”’」』）)\[\]\d]*$")
_WORD = re.compile(r"\b[A-Za-z][a-z’'-]*\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, the words that answer it, and the sentence they stand in."""

    question: str
    answer: str
    sentence: str


def suggestions(passages: Sequence[StoredPassage], *, count: int, said: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """At most `count` questions whose answers stand in `passages`, each with another answer: those of keys, tables and
    sentences first, then what is said under headings.

    What was `said` already (questions and answers, as shown) is not asked about again. The same passages give the same questions.
    """
    known = [set(terms(text)) for text in said]
    common = _common_words(passages)
    best = [one for sentence in _sentences(passages) if (one := _best(sentence, common))]
    ranked = [
        *(Suggestion(draft.question, draft.answer, line) for draft, line in entries(passages)),
        *(suggestion for is_poor, suggestion in best if not is_poor),
        *(Suggestion(draft.question, draft.answer, line) for draft, line in topics(passages, common)),
        *(suggestion for is_poor, suggestion in best if is_poor),
    ]
    found: list[Suggestion] = []
    for suggestion in ranked:
        is_new = all(suggestion.answer != other.answer for other in found)
        if len(found) < count and is_new and not _is_like(suggestion.question, known) and not _is_in(suggestion.sentence, said):
            known.append(set(terms(suggestion.question)))
            found.append(suggestion)
    return tuple(found)


def _best(sentence: str, common: Set[str]) -> tuple[bool, Suggestion] | None:
    """The best question of a sentence, behind whether it is a poor one. Headings and items of lists, which end without a full
    stop, give none."""
    fit = [draft for draft in map(_cut, _drafts(sentence, common)) if _is_fit(draft, sentence)] if _ENDED.search(sentence) else []
    best = min(fit, key=_is_poor, default=None)
    return (_is_poor(best), Suggestion(best.question, best.answer, sentence)) if best else None


def _cut(draft: Draft) -> Draft:
    """A Chinese question that ends where it has been asked, if what stands there makes sense alone."""
    found = _ASKED_FOR.match(draft.question)
    return replace(draft, question=f"{found[1]}？") if found else draft


def _is_poor(draft: Draft) -> bool:
    """Whether it asks who or what did all the rest: good enough where there is nothing better."""
    return draft.asks_subject


def _sentences(passages: Sequence[StoredPassage]) -> Iterator[str]:
    """The sentences of the passages in order, each once: passages overlap."""
    made = (found for stored in passages for found in statements(stored.passage.text, LONGEST_SENTENCE))
    yield from dict.fromkeys(_CLAUSE_NUMBER.sub("", " ".join(found.split())) for found in made if not _LABELLED.match(found))


def _drafts(sentence: str, common: Set[str]) -> Iterator[Draft]:
    return chinese_drafts(sentence) if language(sentence) == "zh" else english_drafts(sentence, common)


def _is_fit(draft: Draft, sentence: str) -> bool:
    """Whether the answer stands in the sentence and not in the question, which says enough to be understood alone."""
    answer, question = metrics.comparable(draft.answer), metrics.comparable(draft.question)
    if (
        _NO_THING.match(f"{draft.question} {draft.answer}")
        or CLUMSY.match(draft.question)
        or _TORN.match(draft.question)
        or _OF_ITSELF.search(draft.question)
        or _OWNED.match(draft.question)
        or (draft.asks_subject and _NUMBER.search(draft.question))
        or not answer
        or answer in question
        or answer not in metrics.comparable(sentence)
        or len(draft.question) > LONGEST_QUESTION
    ):
        return False
    return len({term for term in terms(draft.question) if term not in STOPWORDS}) >= LEAST_TERMS


def _is_like(question: str, known: Sequence[Set[str]]) -> bool:
    """Whether most terms of the question stand in one that is known."""
    asked = {term for term in terms(question) if term not in STOPWORDS}
    return any(len(asked & other) > MOST_SHARED * len(asked) for other in known)


def _is_in(sentence: str, said: Collection[str]) -> bool:
    return any(sentence in " ".join(text.split()) for text in said)


def _common_words(passages: Sequence[StoredPassage]) -> set[str]:
    """The words that the passages write in lower case mostly."""
    written = Counter(word for stored in passages for word in _WORD.findall(stored.passage.text))
    return {word for word, number in written.items() if word.islower() and number >= written[word.capitalize()]}
