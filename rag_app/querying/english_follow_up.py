"""English questions that lean on the one before: by what signs they are known, and what they then ask."""

from __future__ import annotations

import re

from rag_app.querying.english_exchange import preposition_before, with_phrase_replaced, word_before
from rag_app.querying.english_phrases import phrases, says_something, tokens
from rag_app.querying.english_referents import PLURAL, thing_meant
from rag_app.querying.english_words import (
    ASKS,
    AUXILIARY,
    BE,
    BEGINS_PHRASE,
    ORDINALS,
    PEOPLE,
    POSSESSIVE,
)
from rag_app.querying.topic import YEAR, Topic, with_aside, with_phrase, years

_LEAD = re.compile(r"^\s*(?:(?:and|but|so|or|then|also|okay|ok|well)\b[\s,]*)+(?=\S)", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"\s*(?:(?:what|how)\s+about|what\s+of|same\s+for)\b\s*", re.IGNORECASE)
_RELATIVE = {
    -1: re.compile(
        r"\b(?:the\s+)?(?:(?:year|one)\s+(?:before|earlier)(?:\s+that)?|(?:previous|preceding|prior)\s+year)\b", re.IGNORECASE
    ),
    1: re.compile(r"\b(?:the\s+)?(?:year\s+(?:after|later)(?:\s+that)?|(?:next|following|subsequent)\s+year)\b", re.IGNORECASE),
}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(sorted(ORDINALS))})\b", re.IGNORECASE)
# What tells one plan, room or offer from another.
_LETTER, _LETTER_BEHIND = re.compile(r"\b[A-HJ-Z](?=\W*$)"), re.compile(r"(?<=[a-z] )[A-HJ-Z]\b(?![.'’])")
_PER = re.compile(r"\bper\s+(?:(?:square|cubic|calendar|working|business|\d+)\s+)?[\w-]+", re.IGNORECASE)
_ASKED_OF = re.compile(
    rf"\W*(?:(?:who|what|which|when|where|why|how)\b[^,;]*?\s)?\b({'|'.join(sorted(AUXILIARY))})\b(?=\s)", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\W*(?:what|which|how\s+many|how\s+much)\s+(?!(?:kind|sort|type|year|time|date|day|month|else)\b)([\w -]+?)\s+"
    rf"(?=(?:{'|'.join(sorted(AUXILIARY))})\b)",
    re.IGNORECASE,
)
_ASKS_ALONE = re.compile(
    r"(?:why|where|(?:(?:since|until|till|from)\s+)?when|how(?:\s+often)?|(?:for\s+)?how\s+long)\W*", re.IGNORECASE
)
_OF_WHAT = re.compile(r"\b(?:how\s+many|how\s+much|which|why)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her|hers|this|that|these|those|there)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;:—]|\b(?:and|but|when|while|after|before|because|if|that|than|so|where|who|which|although)\b", re.IGNORECASE
)
_FOR_ITSELF = re.compile(
    r"\b(?:is|was|does|did|would|will|can|how\s+long\s+does)\s+it\s+(?:take|takes|took|true|possible|necessary|mean\s+to|rain|snow"
    r"|cost\s+to|like\s+to|legal|safe|normal|important)\b|\b(?:take|takes)\s+(?=to\b)|\b(?:is|are|was|were)\s+there\b"
    r"|\bthere\s+(?:is|are|was|were|be|has|have|any)\b",
    re.IGNORECASE,
)
_STANDS_ALONE = re.compile(
    r"\s*(?:[\"'’)?.!,]|$|(?:per|is|was|are|were|does|do|did|has|have|had|in|for|to|and|mean|happen\w*|work)\b)", re.IGNORECASE
)
_FROM_TO = re.compile(r"\bfrom\s+(?!\d)\S.*?\s+to\s+(?:the\s+)?[\w'-]+(?:\s+[A-Z][\w'-]*)*", re.IGNORECASE)
_CORRECTS = re.compile(
    r"^\s*(?:(?:no|sorry|oops|wait|actually|rather|i)\b[\s,.!—-]*)*"
    r"\b(?:meant?|(?:was|am|i'm)\s+asking\s+about|rather|sorry|actually)\b[\s,:]*(?=\S)",
    re.IGNORECASE,
)
_WHEN_IS = re.compile(r"\W*(?:when|(?:at\s+)?what\s+time)\s+(?:is|was|are|were)\s+(?:it|that|they)\W*", re.IGNORECASE)
_OWN_PAPERS = re.compile(
    r"\s*(?:documents?|reports?|papers?|files?|texts?|articles?|books?|librar\w+|contracts?)\b", re.IGNORECASE
)


def without_lead(question: str) -> str:
    """`question` without the "and" or "but" that it begins with, and with a capital."""
    rest = _LEAD.sub("", question, count=1).strip()
    return rest[:1].upper() + rest[1:]


def relative_year(question: str) -> int:
    """-1 for "the year before" and its like, 1 for "the next year", else 0."""
    return next((step for step, pattern in _RELATIVE.items() if pattern.search(question)), 0)


def fragment(question: str) -> str | None:
    """What a question names in place of something in the one before ("What about Germany?"), None where it is none."""
    rest = _LEAD.sub("", question, count=1)
    corrected = _CORRECTS.match(rest)
    rest = rest[corrected.end() :] if corrected else rest
    about = _WHAT_ABOUT.match(rest)
    words = [word.text.lower() for word in tokens(rest)]
    if about is None:
        if not words or any(word in ASKS | AUXILIARY for word in words):
            return None
        if not (rest != question or _is_bare(rest, words)):
            return None
    rest = rest[about.end() :] if about else rest
    return None if _pronoun(bare(rest)) or any(word in ASKS for word in words[2:]) else rest


def _is_bare(rest: str, words: list[str]) -> bool:
    """Whether a question without "what about" is only a phrase: "In 2020?", "The second one?", "Germany?"."""
    telling = [word for word in tokens(rest) if word.says_something]
    if _FROM_TO.fullmatch(rest.strip(" ?.!")):
        return True
    if words[0] in BEGINS_PHRASE:
        return len(telling) <= 2
    if not telling:
        return bool(years(rest) or _ORDINAL.search(rest))
    is_ordinal = _ORDINAL.search(rest) is not None and words[-1] in ORDINALS | {"one"}
    return relative_year(rest) != 0 or is_ordinal


def bare(named: str) -> str:
    """What a fragment names, without articles, signs and "the year before"."""
    for pattern in _RELATIVE.values():
        named = pattern.sub("", named)
    return re.sub(r"^\s*(?:the|an?|my|our)\s+|[\s?.!]+$", "", named, flags=re.IGNORECASE)


def put(named: str, question: str, *, year: str) -> str:
    """`question` with what `named` says in place of what it replaces: an ordinal, a name or a noun; with `year`, if not empty."""
    named = re.sub(rf"(?:\bFY\s?)?{YEAR}", "", named)
    for pattern in _RELATIVE.values():
        named = pattern.sub("", named)
    between, said = _FROM_TO.search(named), _FROM_TO.search(question)
    if between and said:
        return question[: said.start()] + between.group() + question[said.end() :]
    letter, letters = _LETTER.search(named), list(_LETTER_BEHIND.finditer(question))
    if letter and letters and named[: letter.start()].strip().lower() in question.lower():
        return question[: letters[-1].start()] + letter.group() + question[letters[-1].end() :]
    ordinal = _ORDINAL.search(named)
    there = list(_ORDINAL.finditer(question))
    if ordinal and there:
        question = question[: there[-1].start()] + ordinal.group().lower() + question[there[-1].end() :]
        named = re.sub(r"\s*\bones?\b", "", named.replace(ordinal.group(), ""))
    per = _PER.match(named.lstrip())
    if per:
        text = "p" + per.group()[1:]
        question = _PER.sub(text, question, count=1) if _PER.search(question) else with_aside(question, text)
        named = named.replace(per.group(), "", 1)
    if ordinal and not there:
        question = with_aside(question, named.strip(" ?.!"))
    elif phrases(named, begins_question=False):
        question = with_phrase_replaced(named, question)
    return question if not year or years(question) else with_phrase(question, f"in {year}")


def is_bare_question(question: str) -> bool:
    """Whether a question only asks ("Why?", "And how many?") and says of nothing what it wants to know."""
    words = [word.text.lower() for word in tokens(_LEAD.sub("", question, count=1))]
    return any(word in ASKS for word in words[:2]) and not any(says_something(word) for word in words) and not _pronoun(question)


def asks_of_person(question: str) -> bool:
    """Whether a question has an open "he" or "she"."""
    found = _pronoun(question)
    return found is not None and found.group().lower() in ("he", "him", "his", "she", "her", "hers")


def asks_of_many(question: str) -> bool:
    """Whether a question has an open "they" or "them"."""
    found = _pronoun(question)
    return found is not None and found.group().lower() in PLURAL


def may_be_person(subject: str) -> bool:
    """Whether what a question was about may be somebody: it has a name."""
    return any(character.isupper() for character in subject)


def ask_again(question: str, topic: Topic, *, earlier: str) -> str:
    """A bare question, of all that the one before asked about: "Why?" after "Did prices rise?" is "Why did prices rise?"."""
    asked = without_lead(question)
    rest = _ASKED_OF.match(earlier)
    if rest and _ASKS_ALONE.fullmatch(asked):
        counted = _COUNTED.match(earlier)
        again = f"{asked.rstrip(' ?.!')} {rest.group(1).lower()}{earlier[rest.end() :]}"
        return with_aside(again, counted.group(1).lower()) if counted and counted.end() == rest.start(1) else again
    return with_aside(asked, ", ".join((*topic.content, *([topic.year] if topic.year else []))))


def _pronoun(question: str) -> re.Match[str] | None:
    """The first pronoun of `question` that means something said before it."""
    skipped = [match.span() for match in _FOR_ITSELF.finditer(question)]
    for match in _PRONOUN.finditer(question):
        word = match.group().lower()
        if any(start <= match.start() < end for start, end in skipped):
            continue
        if word in ("this", "that", "these", "those") and not _is_demonstrative(question, match):
            continue
        if not _is_bound(question, match):
            return match
    return None


def _is_demonstrative(question: str, match: re.Match[str]) -> bool:
    """Whether "this" or "that" points to something: alone, or "this" before a noun that is not the papers themselves."""
    rest = question[match.end() :]
    if match.group().lower() == "that" and word_before(question, match.start()) in AUXILIARY:
        return True
    if _STANDS_ALONE.match(rest):
        return match.group().lower() != "that" or not phrases(question[: match.start()]) or not rest.strip(" ?.!")
    return match.group().lower() in ("this", "these", "those") and not _OWN_PAPERS.match(rest)


def _is_bound(question: str, match: re.Match[str]) -> bool:
    """Whether a pronoun means something named before it in the same question: a phrase after the question words.

    One that is not possessive cannot mean a phrase of its own clause, and "the name of its founder" is not about the name.
    """
    before = question[: match.start()]
    asked = re.match(
        rf"\W*(?:in\s+|of\s+|for\s+|by\s+|at\s+)?(?:{'|'.join(sorted(ASKS))})\b.*?\b(?:{'|'.join(sorted(AUXILIARY))})\b",
        before,
        re.IGNORECASE,
    )
    offset = asked.end() if asked else 0
    boundaries = [found.start() for found in _CLAUSE.finditer(before)]
    for phrase in phrases(before):
        governs = re.fullmatch(r"\s+(?:of|in|for|behind)\s+", before[phrase.end :])
        if phrase.start < offset or governs:
            continue
        is_possessive = match.group().lower() in POSSESSIVE
        if (is_possessive and phrase.names) or any(phrase.end <= place for place in boundaries) or is_possessive:
            return True
    return False


def has_open_pronoun(question: str) -> bool:
    """Whether a question says "it", "they", "there" … of something that only the conversation names."""
    return _pronoun(question) is not None


def _not_said(topic: Topic, question: str) -> str:
    """What a topic is about that `question` does not say."""
    return ", ".join(part for part in topic.content if part.lower() not in question.lower())


def with_referent(question: str, topic: Topic) -> str:
    """`question` with its first open pronoun replaced by what it means in the conversation, and the year where it has none."""
    match = _pronoun(question)
    assert match is not None
    is_empty = _OF_WHAT.search(question) is not None and not any(word.says_something for word in tokens(question))
    meant = _referent(question, match, topic)
    if meant == match.group():
        question = with_aside(without_lead(question), _not_said(topic, question))
    elif meant:
        question = without_lead(question[: match.start()] + meant + question[match.end() :])
    else:
        question = with_aside(without_lead(question), topic.subject)
    if is_empty:
        question = with_aside(question, _not_said(topic, question))
    return question if not topic.year or years(question) else with_phrase(question, topic.year)


def _referent(question: str, match: re.Match[str], topic: Topic) -> str:
    """What stands for a pronoun of `question`; empty where `topic` names nothing that it can mean."""
    word, rest = match.group().lower(), question[match.end() :]
    meant = topic.subject if word in PEOPLE else thing_meant(word, topic)
    if _WHEN_IS.fullmatch(question):  # of the exam, not of its weight
        meant = topic.owner
    if word in PEOPLE:
        meant = topic.person or meant
    elif word == "there":
        owner = topic.owner if any(map(str.isupper, topic.owner)) else ""
        meant = topic.place or owner or meant
    is_possessive = word in ("its", "their", "his") or (word == "her" and re.match(r"\s+[a-z]", rest) is not None)
    meant = meant or ("" if topic.nouns and word not in PEOPLE else topic.person or topic.place)
    if not meant:
        return "" if topic.nouns else match.group()
    if word == "there":
        return f"in {meant}"
    if word in ("this", "these", "those", "that") and not _STANDS_ALONE.match(rest):
        return f"{match.group()} ({meant})"
    return (f"{meant}'" if meant.endswith("s") else f"{meant}'s") if is_possessive else meant


def lacks_owner(question: str) -> bool:
    """Whether a question asks for the one thing ("Who was the architect?", "How many steps are there?") and not of what.

    "What is allowed on the bus?" asks for no bus.
    """
    found = phrases(question)
    words = [word.text.lower() for word in tokens(question)]
    if len(found) != 1 or len(found[0].tokens) != 1 or found[0].names or years(question) or not words or words[0] not in ASKS:
        return False
    is_there = re.search(r"\b(?:are|were|is|was)\s+there\W*$", question, re.IGNORECASE) is not None
    is_asked_for = words[1] in BE | {"s"} and preposition_before(question, found[0].start) not in BEGINS_PHRASE
    return is_there or (is_asked_for and found[0].follows == "the" and words[-1] == found[0].tokens[-1].text.lower())


def with_owner(question: str, topic: Topic) -> str:
    """Such a question, of what the one before was about."""
    return with_aside(without_lead(question), topic.owner)
