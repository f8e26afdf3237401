"""The phrases of an English question: names, nouns with what belongs to them, without a parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag_app.querying.english_words import AUXILIARY, BASE_VERBS, BE, DAYS_AND_MONTHS, DETERMINERS, DO, LIGHT, MODALS, SAY_WHO
from rag_app.querying.topic import YEAR, Topic, years
from rag_app.text.dates import DAYS
from rag_app.text.folding import is_cjk
from rag_app.text.sentences import sentences
from rag_app.text.stopwords import STOPWORDS

_TOKEN = re.compile(r"[^\W_]+(?:(?:[-&/]|['’](?=[A-ZÀ-Þ][a-zß-ÿ]))[^\W_]+)*")  # the apostrophe of O'Brien, not that of Acme's
_JOINS = re.compile(r"(?:\.| &| of| of the| of an?)?[ ]")
_PARTICIPLE = re.compile(
    r"\w+ed|written|taken|given|known|chosen|broken|spoken|eaten|stolen|built|made|found|held|born|sold|kept|lost|sent|spent|won|paid"
    r"|set|dug|bought|brought|caught|taught|drawn|grown|shown|worn|driven|led|fed|read|hung|due|open|ready|available|possible|valid"
)
_ASKS_FOR_ATTRIBUTE = re.compile(r"\W*(?:what|who|which|how much|how many)\W+(?:is|was|are|were|s)\b", re.IGNORECASE)
_ASKS_FOR_PERSON = re.compile(
    r"\b(?:who|whom)\b|\bwhich\s+(?:doctor|nurse|colleague|employee|student|person|man|woman|teacher|lecturer|player|member|author|king|queen)\b",
    re.IGNORECASE,
)
_ASKS_WHO_IS = re.compile(r"\W*who(?:\s+(?:is|was|are|were)|['’]?s)\s+", re.IGNORECASE)
_EMPTY_VERBS = frozenset(("mean", "happen", "come", "go", "get"))
_BEFORE_VERB = frozenset(("need", "have", "has", "want", "able", "how", "going", "allowed", "like", "supposed"))
_TITLE = re.compile(r"\b(?:Dr|Mrs?|Ms|Prof)\.\s+(?=[A-Z])")
_ASKS_FOR_PLACE = re.compile(r"\bwhere\b", re.IGNORECASE)
_YEAR_PHRASE = re.compile(rf"(?:\b(?:in|since|during|for|of|by|before|after|from)\s+)?(?:\bFY\s?)?{YEAR}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question and where it stands."""

    text: str
    start: int
    end: int
    is_name: bool
    says_something: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words that belong together, such as "tower of Lund"; `follows` is the word before it."""

    tokens: tuple[Token, ...]
    follows: str

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def names(self) -> tuple[Token, ...]:
        """The names among its words."""
        return tuple(token for token in self.tokens if token.is_name)


def tokens(text: str, *, begins_question: bool = True) -> list[Token]:
    """The words of `text`. Where that `begins_question`, the capital of its first word makes no name."""
    found = [(match.group(), *match.span()) for match in _TOKEN.finditer(text)]
    is_title = sum(word[0].isupper() for word, _, _ in found) == len(found) > 3
    return [
        Token(word, start, end, not is_title and _is_name(found, place, begins_question), says_something(word))
        for place, (word, start, end) in enumerate(found)
    ]


def says_something(word: str) -> bool:
    """Whether a word carries a meaning of its own; a year alone does not."""
    return word.lower() not in STOPWORDS | LIGHT and not years(word) and len(word) + 2 * is_cjk(word[0]) > 1


def phrases(text: str, *, begins_question: bool = True) -> list[Phrase]:
    """The runs of words of `text` that say something, "of" and "of the" within them; verbs at their ends are left out."""
    words = tokens(text, begins_question=begins_question)
    return [found for run in _runs(text, words) if (found := _phrase(words, run)) is not None]


def _runs(text: str, words: Sequence[Token], *, with_verbs: bool = False) -> list[list[Token]]:
    """Runs of words that say something; a verb behind "does" and what does it parts them, if not `with_verbs`."""
    runs: list[list[Token]] = []
    can_have_verb = False
    for word in words:
        can_have_verb = can_have_verb or (word.text.lower() in DO | MODALS and not with_verbs)
        is_verb = can_have_verb and word.text in BASE_VERBS and runs and text[runs[-1][-1].end : word.start] == " "
        if not word.says_something or is_verb:
            can_have_verb = can_have_verb and not is_verb
            continue
        if runs and _JOINS.fullmatch(text[runs[-1][-1].end : word.start]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def text_of(text: str, phrase: Phrase) -> str:
    """The words of a phrase, with the article before it."""
    article = re.search(r"\bthe\s+$", text[: phrase.start], re.IGNORECASE)
    return text[article.start() if article else phrase.start : phrase.end]


def english_topic(question: str, answer: str) -> Topic:
    """What `question` was about, and who or where its answer is."""
    found = phrases(question)
    year = _YEAR_PHRASE.search(question)
    content = tuple(question[run[0].start : run[-1].end] for run in _runs(question, tokens(question), with_verbs=True))
    subject = _subject(question, found)
    owner = subject
    if _ASKS_FOR_ATTRIBUTE.match(question) and " of " in subject:
        owner = subject.partition(" of ")[2]
    person = _new_name(question, answer) if _ASKS_FOR_PERSON.search(question) else ""
    if (
        found
        and found[0].names
        and _ASKS_WHO_IS.fullmatch(question[: found[0].start])
        and not question[found[0].end :].strip(" ?.!")
    ):
        person = subject  # "Who is Ada Lovelace?"
    place = _new_name(question, answer) if _ASKS_FOR_PLACE.search(question) else ""
    nouns = tuple(text_of(question, phrase) for phrase in found)
    return Topic(subject, owner, person, place, year.group() if year else "", content, nouns)


def _is_name(words: Sequence[tuple[str, int, int]], place: int, begins_question: bool) -> bool:
    """Whether a word is written as a name; the first word of a question is one only before another."""
    word = words[place][0]
    if word.lower() in STOPWORDS | LIGHT or word.lower().removesuffix("s") in DAYS or years(word):
        return False
    if place == 0 and begins_question and word.isalpha() and word.isascii() and not word.isupper():
        return word[0].isupper() and len(words) > 1 and words[1][0][0].isupper() and not words[1][0].isupper()
    return word[0].isupper() or any(map(str.isdigit, word)) or any(map(is_cjk, word))


def _phrase(words: Sequence[Token], run: Sequence[Token]) -> Phrase | None:
    place = words.index(run[0])
    before = [word.text.lower() for word in words[:place]]
    after = [word.text.lower() for word in words[words.index(run[-1]) + 1 :]][:1]
    is_apart = (_EMPTY_VERBS | BASE_VERBS).intersection(after) or BASE_VERBS.intersection(before[-1:])
    kept = run if is_apart else _without_verb(before, run)
    return Phrase(tuple(kept), before[-1] if before else "") if kept else None


def _without_verb(before: Sequence[str], run: Sequence[Token]) -> Sequence[Token]:
    """`run` without the verb that "who", "did" or "was" before it asks for."""
    run = _without_what_who_did(before, run)
    if before[-1:] and before[-1] in SAY_WHO and AUXILIARY.intersection(before) and not run[0].is_name:
        return run[1:]  # "do we visit Paris"
    if before[-1:] == ["to"] and before[-2:-1] and before[-2] in _BEFORE_VERB and not run[0].is_name:
        return run[1:]  # "need to translate the certificates"
    asks = next((word for word in reversed(before) if word in DO | BE | MODALS), "")
    if asks in DO | MODALS and not run[-1].is_name:
        last = max((place for place, token in enumerate(run) if token.is_name), default=len(run) - 2)
        if before[-1:] == ["the"] and len(run) - last > 2:
            last = len(run) - 2  # "the Norman settlers live"
        return run[: last + 1] if len(run) > 1 or before[-1] not in DETERMINERS | DO | MODALS else run
    if asks in BE and len(run) > 1 and not run[-1].is_name and _PARTICIPLE.fullmatch(run[-1].text):
        return run[:-1]
    is_verb = asks in BE and _PARTICIPLE.fullmatch(run[0].text) and before[-1] != "the"
    return () if len(run) == 1 and is_verb else run


def _without_what_who_did(before: Sequence[str], run: Sequence[Token]) -> Sequence[Token]:
    """`run` without the verb that it begins with behind "who": "wrote Hamlet", "originally wrote Hamlet"."""
    if not re.search(r"\bwho(?: (?:else|first|also))?$", " ".join(before[-2:])):
        return run
    verb = next((place for place, token in enumerate(run) if not token.text.endswith("ly")), 0)
    is_verb = verb + 1 < len(run) and not run[verb].is_name and run[verb + 1].start == run[verb].end + 1  # no "ceo of Acme"
    return run[verb + 1 :] if is_verb else run


def _subject(question: str, found: Sequence[Phrase]) -> str:
    """The first phrase with a name, else the first after an article, else the last."""
    named = [phrase for phrase in found if phrase.names]
    definite = [phrase for phrase in found if phrase.follows in ("the", "a", "an")]
    chosen = (named or definite or list(found[-1:]))[:1]
    return text_of(question, chosen[0]) if chosen else ""


def _new_name(question: str, answer: str) -> str:
    """The first name in the first sentence of `answer` that `question` does not hold."""
    answer = _TITLE.sub("", answer)
    no_names = DAYS_AND_MONTHS.union(token.text.lower() for token in tokens(question))
    for sentence in sentences(answer)[:1]:
        run: list[Token] = []
        for token in tokens(sentence):
            is_first = token.start == 0 and token.text[0].isupper() and token.says_something
            is_new = (token.is_name or is_first) and token.text.lower() not in no_names and not token.text.isdigit()
            if is_new and (not run or sentence[run[-1].end : token.start] == " "):
                run.append(token)
            elif run:
                break
        if run:
            return sentence[run[0].start : run[-1].end]
    return ""
