"""What of an English question gives way to what a follow-up names ("And in France?")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from rag_app.querying.english_phrases import Phrase, Token, phrases
from rag_app.querying.english_words import (
    ARTICLES,
    BASE_VERBS,
    BE,
    BEGINS_PHRASE,
    DAYS_AND_MONTHS,
    DETERMINERS,
    DO,
    LANGUAGES,
    PLACES,
    WHERE,
)
from rag_app.querying.topic import with_aside
from rag_app.text.dates import DAYS, MONTHS
from rag_app.text.folding import is_cjk

_WAY = re.compile(r"^\s+(?:to|from)\s+(?:[A-Z][\w'-]*)(?:\s+[A-Z][\w'-]*)*")  # that of "the train to Paris"
_OF = re.compile(r"\bof\s+(?:the\s+)?")
_OWNS, _OWNS_THING = re.compile(r"['’]s?\W*$"), re.compile(r"^['’]s?\s+[\w-]+")
_WHO_IS_THE = re.compile(r"(\W*)who(?=(?:\s+(?:is|are|was|were)|['’]?s)\s+the\s+$)", re.IGNORECASE)
_PERSON = re.compile(
    r"(?!(?:numb|ord|lett|off|pap|wat|comput|print|regist|fold|count|tow|riv|heat|charg|rout|cov)ers?$)(?:[a-z]{2,}(?:er|or|ist|ian|ee|man|woman|lord|lady|wife|mate)|tenant|assistant|accountant|consultant|applicant|participant"
    r"|agent|student|president|patient|resident|client|parent|chair|head|boss|chief|team|crew|king|queen|doctor|nurse|guest|host"
    r"|witness|wife|husband|son|aunt|uncle|friend|artist|captain|cook|chef)s?"
)


def with_phrase_replaced(named: str, question: str) -> str:
    """`question` with the phrase of `named` for the one that is most like it, or beside it where none is."""
    new, old = phrases(named, begins_question=False), phrases(question)
    text, leading = named[new[0].start : new[-1].end], named[: new[0].start]
    before = leading.split()
    preposition = before[0].lower() if before and before[0].lower() in BEGINS_PHRASE else ""
    words = {token.text.lower() for phrase in new for token in phrase.tokens}
    if words <= DAYS_AND_MONTHS:
        return _at_time(text, question, DAYS if words <= set(DAYS) else MONTHS, preposition)
    alike = [phrase for phrase in old if words & {token.text.lower() for token in phrase.tokens}]
    whole = [phrase for phrase in old if " of " in question[phrase.start : phrase.end]]
    whole = [phrase for phrase in whole if preposition in ("", preposition_before(question, phrase.start))]
    if alike or (" of " in text and whole):
        chosen = (alike or whole)[-1]
        return question[: _start(question, chosen, text, words)] + text + question[chosen.end :]
    fitting = giving_way(question, text, leading, preposition, names=any(phrase.names for phrase in new))
    if not fitting and (not new[0].tokens[0].is_name or is_cjk(text[0])):  # the hotel in Porto: a thing, as what was asked of
        fitting = giving_way(question, text, leading, preposition, names=False)
    if not fitting:
        return with_aside(question, " ".join((preposition, text)).strip())
    first, last = fitting[-1][0], fitting[-1][-1]
    rest, asked = question[last.end :], question[: first.start]
    if not (_PERSON.fullmatch(new[-1].tokens[-1].text) or new[-1].names):
        asked = _WHO_IS_THE.sub(r"\1What", asked)  # the deposit, after "Who is the landlord?"
    if not (first.is_name or _OWNS.search(named)):
        rest = _OWNS_THING.sub("", rest)  # the doubles, after "the men's singles"
    return asked + text + (rest if first.is_name else _WAY.sub("", rest))


def _at_time(text: str, question: str, times: Collection[str], preposition: str) -> str:
    """`question` with a day or month for one of these `times` that it names, or else besides."""
    there = [token for phrase in phrases(question) for token in phrase.tokens if token.text.lower() in times]
    if there:
        return question[: there[-1].start] + text + question[there[-1].end :]
    return with_aside(question, f"{preposition or ('on' if times is DAYS else 'in')} {text}")


def _start(question: str, phrase: Phrase, text: str, words: Iterable[str]) -> int:
    """Where `text` begins to take the place of `phrase`: behind its "of", if only that has one, before one of `words`."""
    of = None if " of " in text else _OF.search(question, phrase.start, phrase.end)
    return of.end() if of and set(words) & set(question[of.end() : phrase.end].lower().split()) else phrase.start


def giving_way(question: str, text: str, before: str, preposition: str, *, names: bool) -> list[list[Token]]:
    """The runs of `question` that may give way to `text`: what stands behind no preposition is not asked anew with one.

    `before` are the words before `text` where it was named: an article there gives way to one, if there is any.
    """
    runs = _runs(question, names=names)
    alike = [run for run in runs if _is_place(question, run) is (text in PLACES)]
    if names:
        alike = [run for run in alike if (run[-1].text in LANGUAGES) is (text.split()[-1] in LANGUAGES)] or alike
    if not preposition:
        return (not names and _with_article(runs, question, before)) or alike or runs
    behind = {run[0].start: preposition_before(question, run[0].start) for run in runs}
    same = [run for run in runs if behind[run[0].start] == preposition]
    if same or not names:
        return same or [run for run in runs if preposition in WHERE and behind[run[0].start] in WHERE]
    if preposition == "for":  # "the revenue of Acme", "the X200": for another one
        return alike
    fitting = [run for run in alike if preposition in WHERE and behind[run[0].start] in WHERE | {"of"}]
    return fitting or [run for run in runs if (behind[run[0].start], preposition) == ("of", "in")]


def _runs(question: str, *, names: bool) -> list[list[Token]]:
    """The runs of names in the phrases of `question`, or those of other words that stand where a noun does."""
    runs: list[list[Token]] = []
    for phrase in phrases(question):
        last: Token | None = None
        for token in phrase.tokens:
            if token.is_name is names:
                if last is not None and question[last.end : token.start] == " ":
                    runs[-1].append(token)
                else:
                    runs.append([token])
                last = token
            else:
                last = None
    nouns = DETERMINERS | DO | BE | BASE_VERBS
    said = [run for run in runs if names or word_before(question, run[0].start) in nouns]
    return [run for run in said if word_before(question, run[0].start) not in ("which", "what")] or said


def _with_article(runs: list[list[Token]], question: str, before: str) -> list[list[Token]]:
    """Those of `runs` that have an article if `before` ends with one, and have none if it does not."""
    has_article = word_before(before, len(before)) in ARTICLES
    return [run for run in runs if (word_before(question, run[0].start) in ARTICLES) is has_article]


def _is_place(question: str, run: Sequence[Token]) -> bool:
    """Whether a name is probably that of a place."""
    return question[run[0].start : run[-1].end] in PLACES or word_before(question, run[0].start) in ("in", "from", "to")


def preposition_before(question: str, place: int) -> str:
    """The word before `place`, articles passed over."""
    return word_before(re.sub(r"\b(?:the|an?)\s+$", "", question[:place], flags=re.IGNORECASE), place)


def word_before(text: str, place: int) -> str:
    found = re.findall(r"\w+", text[:place])
    return found[-1].lower() if found else ""
