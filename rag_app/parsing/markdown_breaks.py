"""Lines of Markdown that are meant as lines: CommonMark joins them to one paragraph, and so fields and clauses would be glued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag_app.text.lists import is_item
from rag_app.text.sentences import begins_with_label

_FENCE = re.compile(r"[\s>]*(```|~~~)")
# What begins something other than a paragraph, or has its own rules.
_NO_TEXT = re.compile(r"[\s>|#<$\[]|[-*+] |\d{1,6}[.)] |[^\w(（《“\"'*_]*$")
_CHINESE_LABEL = re.compile("[\u3400-\u9fff（）]{1,12}：")
_KEY = re.compile("(?:[A-Za-z]{1,3}[0-9]?|[\u3400-\u9fff])\\s?[=＝:：]\\s?[^\\s=:]")  # of the codes of a table: N = night
_MARKS = re.compile(r"[*_]+")
_UNFINISHED = (",", "，", "、", "(", "（", "-", "—")
# In a paragraph that a program or a person wrapped each line is as long as fits; this share of the longest is no wrapped line's.
_SHORT = 0.75


def broken(lines: Sequence[str]) -> Iterator[str]:
    """The lines, an empty one behind each that is meant to end where it does.

    It does where both it and the next one begin with a label, or a code and what that means, where the next one begins as an
    item does ("(a)", （一）), and where it is so short that the first word of the next would have stood on it, unless that one
    goes on in lower case.
    """
    fence, longest = "", _longest(lines)
    for place, line in enumerate(lines):
        yield line
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and place + 1 < len(lines) and _is_meant(line.rstrip(), lines[place + 1].rstrip(), longest[place]):
            yield ""


def _is_meant(line: str, following: str, longest: int) -> bool:
    """Whether a break between two lines of a paragraph, the longest of which is told, is more than that of a wrapped line."""
    if not line or not following or _NO_TEXT.match(line) or _NO_TEXT.match(following) or "|" in line + following:
        return False
    if line.count("**") % 2 or line.count("`") % 2 or line.count("[") != line.count("]") or line.endswith(_UNFINISHED):
        return False
    here, below = _MARKS.sub("", line), _MARKS.sub("", following)
    if not below or below[0].islower():
        return False
    is_field = all(begins_with_label(one) or _CHINESE_LABEL.match(one) or _KEY.match(one) for one in (here, below))
    first_word = below.split(maxsplit=1)[0] if below[0].isascii() else below[0]
    return is_field or is_item(below) or len(here) + 1 + len(first_word) < _SHORT * longest


def _longest(lines: Sequence[str]) -> list[int]:
    """For each line the length of the longest of its paragraph, which blank lines end."""
    found, begins = [0] * len(lines), 0
    for place in range(len(lines) + 1):
        if place == len(lines) or not lines[place].strip():
            found[begins:place] = [max(map(len, lines[begins:place]), default=0)] * (place - begins)
            begins = place + 1
    return found
