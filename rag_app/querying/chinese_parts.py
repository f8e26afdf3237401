"""What a Chinese question asks for, where that is more than one thing: by what signs it is known."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag_app.querying.chinese_comparison import compared
from rag_app.querying.chinese_follow_up import has_open_pronoun
from rag_app.querying.chinese_lists import MARK, listed
from rag_app.querying.chinese_phrases import INTERROGATIVE, words
from rag_app.querying.topic import years
from rag_app.text.folding import fold

Parts = tuple[list[str], list[str]]
_END = re.compile(r"[\s？?。.!！]*$")
_BETWEEN_CLAUSES = re.compile(r"[，,；;？?]\s*(?:以及|并且|而且|而|又|还有|另外|同时)?\s*|以及|并且")
_OPEN, _CLOSE = "《“「『（(", "》”」』）)"
_ASKS = r"(?:在|由|于|被)?(?:什么时候|什么时间|什么地方|何时|何地|哪里|哪儿|为什么|为何|如何|怎样|谁)"
_ASKED_TWICE = re.compile(rf"({_ASKS})(?:、|以及|和|与|及|并)({_ASKS})")
_YEAR = r"(?:1\d{3}|20\d\d)"
_YEARS = re.compile(rf"(?<![\d从自-]){_YEAR}年?(?:(?:以及|[、和与及跟]){_YEAR}年?)+(?![\d-]|之?间|期间)")


def chinese_parts(question: str, are_one: Callable[[str], bool]) -> Parts:
    """The clauses of `question` that each ask, and if there is but one, the question about each of the things it names."""
    folded = fold(question)
    if len(folded) != len(question):
        return [], []
    if of_each := compared(question, folded):
        return [], of_each
    asked_twice = _asked_twice(question, folded)
    clauses = [] if asked_twice else _clauses(question)
    return (clauses, []) if clauses else ([], asked_twice or _of_years(question) or listed(question, folded, are_one))


def _clauses(question: str) -> list[str]:
    """Questions one after the other, what the later ones are about said in each: 《心居》的主演有谁，导演是谁."""
    core = _END.sub("", question)
    found, start = [], 0
    for match in _BETWEEN_CLAUSES.finditer(core):
        left, right = core[start : match.start()], core[match.end() :]
        if _asks(left) and _asks(re.split("[，,；;？?]", right)[0]) and not is_within_quotes(core, match.start()):
            found.append(f"{left}？")
            start = match.end()
    return (
        [*found[:1], *(_with_owner(f"{clause}？", found[0]) for clause in [*(clause[:-1] for clause in found[1:]), core[start:]])]
        if found
        else []
    )


def _asks(text: str) -> bool:
    return len(text) > 2 and re.search(INTERROGATIVE, fold(text)) is not None


def is_within_quotes(text: str, place: int) -> bool:
    """Whether a title or a bracket is open at `place`."""
    before = text[:place]
    return sum(map(before.count, _OPEN)) > sum(map(before.count, _CLOSE))


def _with_owner(clause: str, first: str) -> str:
    """`clause`, of whose that is what `first` asks for, or of whom that is about, unless it names something itself."""
    if has_open_pronoun(clause):
        return clause
    names = any(word.is_name for word in words(clause)) or any(sign in clause for sign in _OPEN) or years(clause)
    return clause if names else _owner(first) + clause


def _owner(first: str) -> str:
    asks = re.search(INTERROGATIVE, fold(first))
    before = first[: asks.start()] if asks else first
    if "的" in before:
        return before[: before.index("的") + 1]
    end = 0
    for word in words(before):
        if word.start > end or (end and not word.is_noun):
            break
        end = word.end
    return before[:end]


def _asked_twice(question: str, folded: str) -> list[str]:
    """何时何地… as two."""
    match = _ASKED_TWICE.search(folded)
    return (
        [question[: match.start()] + question[slice(*match.span(which))] + question[match.end() :] for which in (1, 2)]
        if match
        else []
    )


def _of_years(question: str) -> list[str]:
    match = _YEARS.search(question)
    if not match:
        return []
    before, after = question[: match.start()], question[match.end() :]
    return [MARK.sub("", f"{before}{year}年{after}") for year in dict.fromkeys(re.findall(_YEAR, match.group()))]
