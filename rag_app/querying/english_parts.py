"""What an English question asks for, where that is more than one thing: by what signs it is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rag_app.querying.english_comparison import compared
from rag_app.querying.english_phrases import tokens
from rag_app.querying.english_words import ASKS, AUXILIARY

Parts = tuple[list[str], list[str]]
_LONGEST_WITH_NAMES = 160
_ASK, _AUX = "|".join(sorted(ASKS)), "|".join(sorted(AUXILIARY))
_PREPOSITION = r"(?:(?:in|at|on|for|to|by|from|of|with|under)\s+)?"
_BETWEEN_CLAUSES = re.compile(
    rf"(?:[?;.,]|\s)\s*(?:and|or)\s+(?:also\s+)?(?={_PREPOSITION}(?:{_ASK})\b)|\?\s+(?=\S)", re.IGNORECASE
)
_ASKING = re.compile(
    rf"\W*{_PREPOSITION}(?:(?:{_ASK})\s+\S+\s+\S|how\s+(?:many|much|long|old|far|often|big|large|high|tall)\b"
    rf"|(?:what|which|whose)\s+(?:[\w'-]+\s+){{1,4}}?(?:{_AUX})\b|(?:{_AUX})\s)",
    re.IGNORECASE,
)
_ASKED_TWICE = re.compile(
    r"\W*(when|where|why|how|who)\s+(?:and|or)\s+(when|where|why|how|(?:by\s+|with\s+)?whom?)\s+(.+)", re.IGNORECASE
)
_YEAR = r"(?:(?:FY\s?|fiscal\s(?:year\s)?)?(?:1\d{3}|20\d\d)|FY\s?\d\d)"
_NO_SPAN = "".join(f"(?<!{word} )" for word in ("between", "from", "since", "between the years", "from the years"))
_YEARS = re.compile(
    rf"{_NO_SPAN}(?<![\w.,-]){_YEAR}(?:(?:\s*,\s*(?:(?:and|or)\s+)?|\s+and\s+){_YEAR}(?![\w%-]|[.,]\d))+", re.IGNORECASE
)
_BOTH = re.compile(rf"\W*((?:{_AUX})\s+)(?:both\s+)?(.+?)\s+and\s+(.+?)\s+both\s+(.+)", re.IGNORECASE)
_ATTRIBUTE = r"([a-z][\w'-]*(?:\s[a-z][\w'-]*)?)"
_ATTRIBUTES = re.compile(
    rf"\W*((?:[Ww]hat|[Ww]ho|[Ww]hich)\s?(?:'s|is|are|was|were)\s+the\s+){_ATTRIBUTE}\s+and\s+(?:the\s+)?{_ATTRIBUTE}(\s+(?:of|for|in|at)\s+.+)"
)
_WORD = r"[^\W_a-zà-ÿ][\w.'’&-]*"
_NAME = rf"(?:[Tt]he\s+)?(?!The\s){_WORD}(?:\s+(?:(?:of|the|de|du|van|von|la|le)\s+)*{_WORD}){{0,5}}"
_NAMES = re.compile(rf"(?<![\w.'’&-])((?:{_NAME}\s*,\s*)*)({_NAME}),?\s+(and|or)\s+({_NAME})")
_OF_ONE = re.compile(r"\b(?:is|was|does|has)\s+$")
_NO_NAME = re.compile(r"Inc\.?|Ltd\.?|LLC|Co\.?|Corp\.?|Jr\.?|Sr\.?|[A-Z]\.(?:[A-Z]\.)?")
_TOGETHER = re.compile(
    r"\b(?:between|besides|along with|in addition to|together|differences?|relationships?|connected|connection|common|combined"
    r"|versus|vs|among|each other)\b",
    re.IGNORECASE,
)
_SEVERALLY = re.compile(r",?\s*\b(?:respectively|each)\b", re.IGNORECASE)


def english_parts(question: str, are_one: Callable[[str], bool]) -> Parts:
    """The clauses of `question` that each ask, and if there is but one, the question about each of the things it names."""
    clauses = _clauses(question)
    return (clauses, []) if clauses else ([], _asked_twice(question) or _of_years(question) or _of_things(question, are_one))


def _clauses(question: str) -> list[str]:
    """Questions one after the other: "Who wrote it" and "when was it printed"."""
    found, start = [], 0
    for match in _BETWEEN_CLAUSES.finditer(question):
        left, right = question[start : match.start()], question[match.end() :]
        if _ASKING.match(left) and _ASKING.match(right) and not _may_be_relative(question[: match.start()], right):
            found.append(f"{left.strip()}?")
            start = match.end()
    rest = question[start:]
    return [*found, rest[:1].upper() + rest[1:]] if found else []


def _may_be_relative(before: str, right: str) -> bool:
    """Whether `right` may go on with a clause within `before`: "the king who ruled Wales" and "who died"."""
    return right.split()[0].lower() in [word.text.lower() for word in tokens(before)[1:]]


def _asked_twice(question: str) -> list[str]:
    """ "When and where was he born?" as two."""
    match = _ASKED_TWICE.fullmatch(question)
    return [f"{match[1]} {match[3]}", f"{match[2].capitalize()} {match[3]}"] if match else []


def _of_years(question: str) -> list[str]:
    match = _YEARS.search(question)
    years = re.findall(_YEAR, match.group(), re.IGNORECASE) if match else []
    return _each(question, match, years) if match else []


def _of_things(question: str, are_one: Callable[[str], bool]) -> list[str]:
    if of_each := compared(question):
        return of_each
    both = _BOTH.fullmatch(question)
    if both and " and " not in both[3]:
        return [f"{both[1]}{name} {both[4]}" for name in both.group(2, 3)]
    if _TOGETHER.search(question):
        return []
    asked = _ATTRIBUTES.fullmatch(question)
    if asked:
        return [] if are_one(f"{asked[2]} and {asked[3]}") else [f"{asked[1]}{what}{asked[4]}" for what in asked.group(2, 3)]
    return next(_of_names(question, are_one), []) if len(question) <= _LONGEST_WITH_NAMES else []


def _of_names(question: str, are_one: Callable[[str], bool]) -> Iterator[list[str]]:
    """The question of each of the names that stand side by side, once for each place where such stand."""
    first = next((word.end for word in tokens(question)), 0)
    cased = question[:first].lower() + question[first:] if question[:first].lower() in ASKS | AUXILIARY else question
    for match in _NAMES.finditer(cased):
        names = [*filter(None, map(str.strip, match[1].split(","))), match[2], match[4]]
        is_choice = match[3] == "or" and not match[1] and not question[match.end() :].strip(" ?.!")
        is_list = match[3] == "and" and not _OF_ONE.search(question[: match.start()])
        is_name = any(map(_NO_NAME.fullmatch, names)) or are_one(match.group())
        if (is_choice or is_list) and (not is_name or _SEVERALLY.search(question)):
            yield _each(question, match, names)


def _each(question: str, match: re.Match[str], things: list[str]) -> list[str]:
    """`question` with each of `things` in the place where all of them stand."""
    before, after = question[: match.start()], question[match.end() :]
    return [_SEVERALLY.sub("", f"{before}{thing}{after}") for thing in dict.fromkeys(things)]
