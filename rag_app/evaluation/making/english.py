"""Questions from an English sentence, by its shape: subject, verb, and what follows. No parser: a sentence that does not
fit a rule gives no question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rag_app.evaluation.making.drafts import Draft
from rag_app.evaluation.making.english_verbs import AUXILIARY, BASES, BE, PARTICIPLES, PAST, PRESENT
from rag_app.text.dates import MONTHS
from rag_app.text.stopwords import STOPWORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MOST_SUBJECT_WORDS, MOST_REST_WORDS, LEAST_REST_WORDS = 6, 16, 3
_MONTH = f"(?:{'|'.join(map(str.title, MONTHS))})"
_DATE = rf"(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{4}}|[1-9]\d{{2}}|1\d{{3}}|20\d{{2}})"
_COUNT = r"(?:\d[\d,]*(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_AMOUNT = re.compile(
    rf"(?:(?:about|approximately|around|nearly|over|only) )?([$£€]?{_COUNT}(?:%| percent| per cent)?"
    r"(?: (?:hundred|thousand|million|billion|trillion))?"
    r"(?: (?:kilometers|kilometres|km|meters|metres|miles|feet|years|days|hours|minutes|people|inhabitants|kg|tons|dollars))?)"
    r"(?=[ .,]|$)(.*)"
)
# Behind a number: what there are so many of, as its adjectives may part it from that.
_COUNTS = re.compile(
    r" (?:of|to|or)\b| (?:(?!(?:above|across|along|at|away|below|by|for|from|in|on|per|with)\b)[a-z-]+ ){0,2}?[a-z]+s\b"
)
_NUMBERED = re.compile(r"(?:§ ?)?\d+(?:\.\d+)+\.? (?=[A-Z])")  # a clause of a contract or law
_FIRST = re.compile(rf"(?:In|On) (?:the year )?({_DATE}),? (?=\w)(.+)")
_LATER = re.compile(
    rf"(.*?)\b(?:in|on) (?:the year )?({_DATE})(?=$|[,;.]| (?:and|at|by|with|when|after|before|as|but|under|for|from)\b)"
)
_THINGS = re.compile(rf"({_COUNT}) ((?:[a-z-]+ ){{0,2}}?[a-z]{{3,}}s)\b(.*)")
_THERE = re.compile(
    rf"There (are|were) (?:about |approximately |over |only )?({_COUNT}) "
    r"([a-z][a-z -]+?s of [a-z]+(?=$| (?:in|on|at|for|from|with|near)\b)|[a-z][a-z -]+?s(?= (?!of )))(?: ([a-z].*))?"
)
_COUNTED = re.compile(
    rf"(?:(?:about|approximately|around|nearly|over|some) )?({_COUNT}) "
    r"(?!(?:hundred|thousand|million|billion)\b)((?:[a-z-]+ ){0,2}?(?:people|men|women|children|[a-z]{3,}s)) (([a-z]+) .+)",
    re.IGNORECASE,
)
_OPENERS = _words(
    "in on it they he she this these that those we our his her its their such there here some many most several both each "
    "another other others one although though because since while when if as after before during however but and or nor so yet "
    "for with without by from to at what who which how why where not no i you my your also then thus hence therefore according "
    "once unlike despite under over between among see note all any every few either neither"
)
_INSIDE = _words("the of and for a an in")
_PREPOSITIONS = _words("around near toward towards within without along among across like including per against behind")
_PERSON = re.compile(
    r"\b(?:leader|king|queen|president|author|scientist|politician|painter|composer|physicist|engineer|writer|poet|emperor|"
    r"minister|general|inventor|founder|architect|economist|mathematician|priest|bishop|duke|actor|actress|singer|lawyer|"
    r"footballer|manager|coach|philosopher|chemist|director|captain|commander)\b"
)
_HAVE = {"has": ("does", "have"), "have": ("do", "have"), "had": ("did", "have")}
_LEADING = re.compile(r"(?:In|On|At|By|During|After|Before|Since|From|Under|With|For|Until|Within|Throughout) [^,]{2,60}, (.+)")
_AGENT = re.compile(
    r"((?:\w+ly )?(\w+)(?: .*)?) by ((?:the |an? )?[A-Z][^,;]*?)"
    r"(?=$| (?:in|on|at|for|to|from|with|as|after|during|who)\b)(.*)"
)
_WHERE = re.compile(r"(.+?)\b(?:in|at|near) ((?:the )?[A-Z][\w’'.-]+(?: (?:of )?[A-Z][\w’'.-]+)*)$")
_NO_PLACE = re.compile(rf"\b(?:{_MONTH}|Table|Figure|Section|Chapter|Appendix|Equation)\b")
_VAGUE = re.compile(
    r"\b(?:this|these|those|such|it|they|he|she|him|them|former|latter|above|below|following|we|our|us|you|your|i|my)\b"
    r"|^not\b|as follows",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r", (?!\d{4}\b)|; |: | – | — | \("
    r"| (?=(?:that|which|who|whom|whose|where|because|although|though|while|whereas|if|when|but|than)\b)"
)
# In a subject: behind its noun, or in the place of it.
_PARTICIPLE = re.compile(r"\S+ \S+ (?:.* )?[a-z]{3,}ed\b|\S+ [a-z]{3,}ed$")
_SUBORDINATE = re.compile(r"(?:that|which|who|whom|whose|where|because|although|though|while|whereas|if|than)\b")
# Behind a comma inside a list of like words, or what something is longer or more than: no place to end.
_GOES_ON = re.compile(r"(?:[^,;:]{1,40}, )*[^,;:]{1,30},? (?:and|or) |than ")
_ADVERB = re.compile(r"(?:\w+ly|soon|now|then|later|thereafter|still|often|never|also|initially)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The beginning of a sentence taken apart; `rest` ends at the first comma."""

    subject: str
    verb: str
    rest: str

    def asking(self, word: str, rest: str) -> str:
        """The clause as a question that begins with `word`, with `rest` after the verb."""
        is_main = self.verb in _HAVE and not _is_participle(rest.split(" ")[0])
        if self.verb in AUXILIARY and not is_main:
            return _ended(f"{word} {self.verb} {self.subject} {rest}")
        do, base = _HAVE.get(self.verb) or (("did", PAST[self.verb]) if self.verb in PAST else ("does", PRESENT[self.verb]))
        return _ended(f"{word} {do} {self.subject} {base} {rest}")


def english_drafts(sentence: str, common: Collection[str]) -> Iterator[Draft]:
    """Questions whose answer is a stretch of `sentence`; `common` are words that the library writes in lower case."""
    text = re.sub(r"\s*(?:\[\d+\]|\([^()]*\))", "", " ".join(sentence.split())).rstrip(".")
    text = _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text
    first = _FIRST.fullmatch(text)
    leading = _LEADING.fullmatch(text)
    clause = _clause(first[2] if first else leading[1][0].upper() + leading[1][1:] if leading else text, common)
    if first and clause and len(clause.rest.split()) >= LEAST_REST_WORDS - 1:
        yield Draft(clause.asking("When", clause.rest), first[1])
    if first or not clause:
        yield from () if first else (*_there(text), *_counted(text))
        return
    yield from _counted(text)
    yield from _when(clause, text)
    for rule in (_where, _by_whom, _how_many, _how_much, _what_is, _who):
        yield from rule(clause)


def _clause(text: str, common: Collection[str]) -> _Clause | None:
    words = text.split(" ")
    if words[0].lower() in _OPENERS or not re.fullmatch(r"[A-Z][\w’'&.-]*", words[0]):
        return None
    for place, word in enumerate(words[1 : MOST_SUBJECT_WORDS + 1], 1):
        if word in AUXILIARY or word in PAST or word in PRESENT:
            return _parted(words, place, common)
        if word in STOPWORDS - _INSIDE or not re.fullmatch(r"[\w’'&.-]*\w", word):
            return None
    return None


def _parted(words: list[str], place: int, common: Collection[str]) -> _Clause | None:
    """The clause whose verb stands at `place`, if what stands there is the verb, and what follows makes sense by itself."""
    following = " ".join(words[place + 1 :]).removeprefix("also ")
    verb, (rest, *others) = words[place], _CLAUSE.split(following, maxsplit=1)
    if _is_no_verb(words, place, rest) or _is_torn(rest) or (others and _GOES_ON.match(others[0])):
        return None
    first = words[0].lower() if words[0].lower() in STOPWORDS or words[0].lower() in common else words[0]
    return _Clause(" ".join([first, *words[1:place]]), verb, rest)


def _is_no_verb(words: list[str], place: int, rest: str) -> bool:
    """Whether `words[place]` is a participle before the real verb, or what stands before it no subject."""
    before, following = words[place - 1], rest.split()
    if (
        before.lower() in STOPWORDS
        or _ADVERB.fullmatch(words[0])
        or _ADVERB.fullmatch(before)
        or _PARTICIPLE.search(" ".join(words[:place]))
    ):
        return True
    if words[place] in AUXILIARY:
        return False
    return rest.startswith(("by ", "as ", "of ")) or bool(AUXILIARY & set(following)) or bool(BASES & set(following[:1]))


def _is_torn(rest: str) -> bool:
    """Whether what follows the verb ends too early, is too long, or points to words that a question does not hold."""
    words = rest.split()
    is_open = rest.count('"') % 2 or rest.count("“") != rest.count("”") or (words and words[-1] in STOPWORDS | _PREPOSITIONS)
    return bool(is_open or _VAGUE.search(rest) or _SUBORDINATE.match(rest) or len(words) > MOST_REST_WORDS)


def _when(clause: _Clause, text: str) -> Iterator[Draft]:
    found = _LATER.match(clause.rest + ("" if text.endswith(clause.rest) else ","))
    if not found or re.search(rf"\b{_DATE}\b", found[1]):
        return
    if clause.verb not in AUXILIARY - _HAVE.keys() or _is_participle(found[1].split(" ")[0]):
        yield Draft(clause.asking("When", found[1]), found[2])


def _where(clause: _Clause) -> Iterator[Draft]:
    found = _WHERE.fullmatch(clause.rest)
    is_definition = clause.verb in BE and re.match(r"(?:a|an|the|one of) ", clause.rest)
    if found and not is_definition and not _NO_PLACE.search(found[2]) and (clause.verb in PAST or clause.verb in BE):
        yield Draft(clause.asking("Where", found[1]), found[2])


def _by_whom(clause: _Clause) -> Iterator[Draft]:
    found = _AGENT.fullmatch(clause.rest) if clause.verb in BE else None
    if found and _is_participle(found[2]):
        yield Draft(clause.asking("By whom or by what", found[1] + found[4]), found[3])


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in PARTICIPLES


def _how_many(clause: _Clause) -> Iterator[Draft]:
    found = _THINGS.fullmatch(clause.rest)
    if found and clause.verb in ("has", "had", "contains", "contained", "includes", "included", "won", "sold", "built"):
        base = {"has": "have", "had": "have"}.get(clause.verb) or PAST.get(clause.verb) or PRESENT[clause.verb]
        do = "does" if clause.verb in PRESENT or clause.verb == "has" else "did"
        yield Draft(_ended(f"How many {found[2]} {do} {clause.subject} {base}{found[3]}"), found[1])


def _there(text: str) -> Iterator[Draft]:
    found = _THERE.fullmatch(_CLAUSE.split(text)[0])
    if found:
        yield Draft(_ended(f"How many {found[3]} {found[1]} there {found[4] or ''}"), found[2])


def _counted(text: str) -> Iterator[Draft]:
    first, *others = _CLAUSE.split(text)
    found = _COUNTED.fullmatch(first)
    if found and (found[4] in AUXILIARY or found[4] in PAST or found[4] in BASES) and found[2].split()[0] not in STOPWORDS:
        rest = found[3].split(" ", 1)[1]
        if not _is_torn(rest) and len(rest.split()) >= LEAST_REST_WORDS - 1 and not (others and _GOES_ON.match(others[0])):
            yield Draft(_ended(f"How many {found[2]} {found[3]}"), found[1])


def _how_much(clause: _Clause) -> Iterator[Draft]:
    found = _AMOUNT.fullmatch(clause.rest) if clause.verb in BE else None
    if found and len(found[2].split()) <= MOST_SUBJECT_WORDS and not _COUNTS.match(found[2]):
        yield Draft(_ended(f"What {clause.verb} {clause.subject}{found[2]}"), found[1])


def _what_is(clause: _Clause) -> Iterator[Draft]:
    if clause.verb in BE and re.match(r"(?:a|an|the|one of) ", clause.rest) and 2 < len(clause.rest.split()) <= 12:
        word = "Who" if _PERSON.search(clause.rest) and clause.subject[0].isupper() else "What"
        yield Draft(_ended(f"{word} {clause.verb} {clause.subject}"), clause.rest)


def _who(clause: _Clause) -> Iterator[Draft]:
    words = re.sub(r"^(?:the|a|an) ", "", clause.subject).split()
    is_name, is_definition = words[-1][0].isupper(), clause.verb in BE and re.match(r"(?:a|an|the) ", clause.rest)
    said = [word for word in clause.rest.split() if word not in STOPWORDS]
    if len(clause.rest.split()) < LEAST_REST_WORDS or len(said) < LEAST_REST_WORDS - 1:
        return
    if not is_name and (len(words) == 1 or is_definition):
        return
    if not is_name:
        word = "What"
    elif _PERSON.search(clause.rest) and len(words) <= 3 and words[0][0].isupper():
        word = "Who"
    else:
        word = "Who or what"
    yield Draft(_ended(f"{word} {clause.verb} {clause.rest}"), " ".join(words), asks_subject=True)


def _ended(question: str) -> str:
    return " ".join(question.split()).rstrip(" ,;:") + "?"
