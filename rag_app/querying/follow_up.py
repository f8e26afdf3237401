"""A question of a conversation as one that stands by itself.

No model is asked. Signs tell whether a question leans on the one before ("And in 2020?", "When was it built?", 那德国呢？,
为什么？); what it lacks is then taken from there. A question without such a sign comes out as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag_app.querying import chinese_bounds, chinese_extremes, english_bounds, english_extremes
from rag_app.querying import chinese_follow_up as chinese
from rag_app.querying import english_follow_up as english
from rag_app.querying.chinese_phrases import chinese_topic
from rag_app.querying.english_elliptic import asks_for_attribute_alone, with_noun, with_rest
from rag_app.querying.english_phrases import english_topic
from rag_app.querying.english_referents import names_many
from rag_app.querying.in_list import said_by_name
from rag_app.querying.small_talk import small_talk, without_courtesy
from rag_app.querying.topic import Topic, with_year, years
from rag_app.records import Answer, Turn
from rag_app.text.language import CHINESE, language

_NOW = re.compile(r"(?:now|nowadays|today|currently|at\s+the\s+moment|at\s+present)|现在|目前|如今|眼下", re.IGNORECASE)
_DATED = re.compile(r"\b(?:(?:in|for|of|from)\s+)?(?:19|20)\d\d\b|(?:19|20)\d\d年的?")
LONGEST_FOLLOW_UP = 200
LONGEST_EARLIER = 1_000


def standalone(question: str, before: Sequence[Turn]) -> str:
    """`question` with what it leaves to the conversation said in full; `before` are the turns so far, the newest last.

    The newest turn that was about something is the one that is leant on, as it was searched, so that follow-ups may follow each
    other; for "he" and "she" the newest that may have been about a person, for "they" the newest about several.
    """
    if len(question) > LONGEST_FOLLOW_UP or small_talk(question):
        return question
    asked = without_courtesy(question)
    understood = _standalone(asked, [turn for turn in before if not small_talk(turn.answer.query.searched)])
    return question if understood == asked else understood


def _standalone(question: str, before: Sequence[Turn]) -> str:
    if named := said_by_name(question, before):
        if not _has_open_pronoun(named):
            return named
        question = named
    leant_on: tuple[Turn, Topic] | None = None
    for turn in reversed(before):
        earlier = turn.answer.query.searched
        if len(earlier) > LONGEST_EARLIER:
            break
        topic = _topic(earlier, turn.answer)
        if not (topic.content or topic.year):
            continue
        leant_on = leant_on or (turn, topic)
        if _may_be_meant(question, topic, earlier):
            return _resolved(question, earlier, turn.answer.text, topic)
    if leant_on is None:
        return question
    turn, topic = leant_on
    return _resolved(question, turn.answer.query.searched, turn.answer.text, topic)


def in_full(question: str, earlier: str) -> str:
    """`question`, a part of what was asked together with `earlier`, with what it leaves to that said in full."""
    return _resolved(question, earlier, "", _topic(earlier))


def named_instead(question: str) -> str:
    """What a question names in place of something in the one before (那德国呢？), empty where it is none that does."""
    fragment = chinese.fragment if _is_chinese(question) else english.fragment
    return fragment(without_courtesy(question)) or ""


def _has_open_pronoun(question: str) -> bool:
    has = chinese.has_open_pronoun if _is_chinese(question) else english.has_open_pronoun
    return has(question)


def _asks_of_person(question: str) -> bool:
    asks = chinese.asks_of_person if _is_chinese(question) else english.asks_of_person
    return asks(question)


def _may_be_meant(question: str, topic: Topic, earlier: str) -> bool:
    """Whether a pronoun of `question` may mean what `earlier` was about: "he" a person, "they" several."""
    if _asks_of_person(question):
        return _may_name_person(topic, earlier)
    is_of_many = not _is_chinese(question) and bool(topic.nouns) and english.asks_of_many(question)
    return not is_of_many or names_many(topic)


def _may_name_person(topic: Topic, earlier: str) -> bool:
    may_be = chinese.may_be_person if language(earlier) == CHINESE else english.may_be_person
    return bool(topic.person) or may_be(topic.subject)


def _is_chinese(question: str) -> bool:
    """Whether a question is Chinese, be it by its last character (那Echoline呢？)."""
    return language(question) == CHINESE or question.rstrip(" ?？。").endswith("呢")


def _topic(earlier: str, answer: Answer | None = None) -> Topic:
    """What `earlier` was about; whom or where its answer names, first in the words that a reader took for it."""
    topic_of = chinese_topic if language(earlier) == CHINESE else english_topic
    topic = topic_of(earlier, answer.text if answer else "")
    if not (topic.person or topic.place) or not answer or not answer.sentences:
        return topic
    told = topic_of(earlier, answer.sentences[0].span)
    return replace(topic, person=told.person or topic.person, place=told.place or topic.place)


def _resolved(question: str, earlier: str, answer: str, topic: Topic) -> str:
    if _is_chinese(question):
        return _chinese(question, earlier, answer, topic)
    return _english(question, earlier, answer, topic)


def _english(question: str, earlier: str, answer: str, topic: Topic) -> str:
    if other := english_extremes.exchanged(question, earlier) or english_bounds.exchanged(question, earlier):
        return other
    question = with_noun(question, earlier)
    if rest := with_rest(english.without_lead(question), earlier, topic):
        return rest
    named = english.fragment(question)
    if named is not None:
        return _put(named, earlier, answer, topic, step=english.relative_year(named))
    if english.is_bare_question(question):
        return english.ask_again(question, topic, earlier=earlier)
    if english.has_open_pronoun(question):
        return english.with_referent(question, topic)
    is_of_owner = english.lacks_owner(question) and not asks_for_attribute_alone(earlier)
    return english.with_owner(question, topic) if is_of_owner else question


def _chinese(question: str, earlier: str, answer: str, topic: Topic) -> str:
    if other := chinese_extremes.exchanged(question, earlier) or chinese_bounds.exchanged(question, earlier):
        return other
    named = chinese.fragment(question)
    if named is not None:
        return _put(named, earlier, answer, topic, step=chinese.relative_year(named))
    if chinese.is_bare_question(question):
        return chinese.ask_again(question, earlier)
    if chinese.has_open_pronoun(question):
        return chinese.with_referent(question, topic)
    return chinese.with_subject(question, topic) if chinese.lacks_subject(question) else question


def _put(named: str, earlier: str, answer: str, topic: Topic, *, step: int) -> str:
    """The earlier question with what `named` says for what it replaces, its year first."""
    if _NOW.fullmatch(english.bare(named)) and years(earlier):
        return " ".join(_DATED.sub("", earlier).replace(" ?", "?").split())
    known = years(named) or [str(int(year) + step) for year in (years(earlier) or years(answer))[-1:] if step]
    year = known[-1] if known else ""
    dated = (with_year(earlier, year) or earlier) if year else earlier
    if language(earlier) == CHINESE:
        own = named if language(named) == CHINESE else _DATED.sub("", english.bare(named))
        return chinese.put(own, dated, topic, year=year)
    if language(named) == CHINESE and _may_name_person(topic, earlier) and not (year or chinese.is_name(named)):
        return f"{topic.owner}的{named}？"
    named = chinese.without_relative(named if language(named) != CHINESE else _DATED.sub("", named))
    return english.put(named, dated, year=year)
