"""Words that add nothing beside an answer: what was asked said again, headings in capitals, entries of a list of sources, and
what opens and ends a letter; nor do questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.coverage import says_only
from rag_app.text.folding import fold, is_cjk
from rag_app.text.headings import END_MARKS

_SOURCES = re.compile(
    r"[\W\d]*(?:references?(?: cited)?|(?:select )?bibliography|works cited|literature(?: cited)?|citations|sources"
    r"|notes and references|further reading|external links|参考文献|参考资料|参考书目|引用文献|外部链接|延伸阅读)\W*"
)
_NAMES = r"[^,.!?:;，。！？：；]{1,40}"
_OF_LETTER = re.compile(
    rf"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: {_NAMES})?[,!:，！：]"
    r"|(?:with )?(?:(?:best|kind|warm)(?:est)? )?(?:wishes|regards)[,.!]?"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?[,.]?"
    r"|(?:尊敬|敬爱|亲爱)的[^,.!?:;，。！？：；]{1,12}[:：,，!！]?|[^,.!?:;，。！？：；]{1,10}[你您]好[:：,，!！。]|此致|敬礼[!！]?"
)
_ASKS = ("?", "？", "?)", "？）", '?"', "？”")
_ENTRY = re.compile(r"\[\d{1,3}\]\s+\S")
_NUMBER = re.compile(r"[\d.]+\s")
_LONGEST_IN_CAPITALS, _FEWEST_WORDS = 100, 2


def adds_nothing(text: str, passage: str, heading_path: Sequence[str], asked: Iterable[str]) -> bool:
    """Whether a sentence of a passage below some headings tells nothing of its own to somebody who asked the terms `asked`."""
    is_of_letter = _OF_LETTER.fullmatch(fold(text)) is not None
    return is_of_letter or _is_said_again(text, asked) or _is_in_capitals(text, passage) or _is_of_sources(text, heading_path)


def is_question(text: str) -> bool:
    """Whether a sentence asks, as those of a list of questions and answers do ("Q: Can my visitors park?")."""
    return text.endswith(_ASKS)


def _is_said_again(text: str, asked: Iterable[str]) -> bool:
    """Whether words that are no sentence only repeat what is asked."""
    return BETWEEN_CELLS not in text and not text.endswith(END_MARKS) and says_only(_NUMBER.sub("", text, 1), asked)


def _is_in_capitals(text: str, passage: str) -> bool:
    """Whether a line is in capitals, as headings are, in a passage that is not, and no part of a title of several lines."""
    if len(text) > _LONGEST_IN_CAPITALS or not text.isupper() or any(map(is_cjk, text)) or any(map(str.isdigit, text)):
        return False
    before, _, behind = passage.partition(text)
    beside = before.rstrip().rpartition("\n")[2], behind.lstrip().partition("\n")[0]
    is_apart = len(text.split()) >= _FEWEST_WORDS and not any(map(str.isupper, beside))
    return is_apart and sum(map(str.islower, passage)) > sum(map(str.isupper, passage))


def _is_of_sources(text: str, heading_path: Sequence[str]) -> bool:
    is_below = bool(heading_path) and _SOURCES.fullmatch(fold(heading_path[-1])) is not None
    return is_below or _ENTRY.match(text) is not None
