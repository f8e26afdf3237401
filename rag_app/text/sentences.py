"""Where sentences begin and end, in English, Chinese, and both mixed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOTES = r"(?: ?\[\d{1,3}\](?!\())*"  # marks of notes, as in "in 1902.[6][7]", belong to what they stand behind
_WITHIN_WORD = r"(?<=[A-Za-z0-9/])[!?][A-Za-z0-9]"  # FRITZ!Box, and an address with ?page=2
_END = re.compile(
    rf"(?!{_WITHIN_WORD})[。！？!?…]+[”’」』）)\"']*{_NOTES}|;|；|(?<!\d)\.(?!\w)[”’\")\]]*{_NOTES}|(?<=\d)\.(?=\s|\[|~|$)[”’\")\]]*{_NOTES}|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:(?<![^\W㐀-鿿])(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|inc|ltd|co|corp|no|nos|fig|figs|eq|sec|vol|pp|al|gen|rep|sen|gov|"
    r"e\.g|i\.e|approx|dept|est|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|cf|ca)|(?<!°)(?<!° )\b[a-z]|"
    r"(?<![^\W㐀-鿿])(?:[a-z]\.)+[a-z])$",
    re.IGNORECASE,
)
# What ends no sentence before a number that it leads to ("ext. 4417", "min. 5 cartons", but not "for 5 min.").
_LEADS_TO_NUMBER = re.compile(
    r"(?<![^\W㐀-鿿])(?<!\d )(?:ext|extn|tel|mob|art|arts|para|paras|ch|reg|ref|max|min|apt|rm|ver|pg|tab|sect|cl|nr|bldg|ste)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d+$€£¥]")
_BRACKET = re.compile(r"[()（）\n]")
_LONGEST_BRACKETS = 120
_LONGEST_CELL = 120
_CELL_BEFORE = re.compile(rf'((?<![^\n])|[,;\t])"[^"\n]{{0,{_LONGEST_CELL}}}\Z')
_CELL_BEHIND = re.compile(rf'[^"\n]{{0,{_LONGEST_CELL}}}"([,;\t]|\n|$)')
_BETWEEN_CELLS = re.compile(r"[^\s㐀-鿿\u3000-\u303f\uff00-\uffef];[^\s㐀-鿿\u3000-\u303f\uff00-\uffef]|;;")
_COMMAS = (",", "，", "、")
_DOTS = (".", ". ")
_LEFT_OUT = re.compile(r"(?<!\S)\.\.\.\s\Z")  # between two pieces of a text; dots that lead to the number of a page are more
_BAR, _STRUCK = " | ", "~~"
_BORDER = re.compile(r" \| |\n")
_LONG_LINE = 30
_LABEL = re.compile(
    r"^(?:[^\W\d_](?:[\w '’/()-]|\.(?! )){1,30}[:：](?!//)|(?:1\d|20)\d\d ?[–—-]|\d{4}-\d\d-\d\d"
    r"|\d{1,2}([./])\d{1,2}\1|\d{1,2}:\d\d\b)",
    re.MULTILINE,
)
_FURTHEST_LABEL = 400
_ROW = re.compile(r" \| |^[^,;|]*(?:[,;|](?! )[^,;|]*){2,}$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text`, without the white space around it; nothing but white space is left out.

    Ends are 。！？; ; and their like, save within a word ("FRITZ!Box") and before a comma ("吗？”，他问"), a full stop that is
    neither inside a number nor after an abbreviation nor before another one, and a line break that does not merely wrap a
    line. Within a row of a CSV file nothing ends, nor within the cells of a table, unless they are long.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            end = match.end() + _closing_mark(text, match.end())
            _append(spans, text, start, end)
            start = end
    _append(spans, text, start, len(text))
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of `text` as strings."""
    return [text[start:end] for start, end in sentence_spans(text)]


def wraps(line: str, following: str) -> bool:
    """Whether a line break stands inside a sentence: after a long line, before a lower-case letter or more Chinese.

    A row of a table is never a part of a longer sentence, nor is one of two lines that begin with a label ("Rent: 840 euros")
    or with a date or time, unless the second goes on in lower case.
    """
    if len(line) < _LONG_LINE or not following or _ROW.search(line) or _BAR in following:
        return False
    if following[0].islower():
        return True
    if begins_with_label(line) and begins_with_label(following):
        return False
    return (line[-1].islower() and following[0].isalnum()) or line.endswith(_COMMAS)


def begins_with_label(line: str) -> bool:
    """Whether a line begins with a label, a few words before a colon, or with a date, a time or years."""
    return _LABEL.match(line) is not None


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        following = text[match.end() : match.end() + _LONGEST_CELL].partition("\n")[0]
        is_labelled = begins_with_label(following) and not following[0].islower() and _has_label(text, match.start())
        return len(mark) > 1 or is_labelled or not wraps(line, following)
    if text.startswith(_COMMAS, match.end()) or _is_in_row(text, match.start()) or _is_in_cell(text, match.start()):
        return False
    if mark[0] == ".":
        before, following = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2].lstrip()
        is_leader = before.endswith(_DOTS) and not _LEFT_OUT.search(text, max(0, match.start() - 3), match.end() + 1)
        if following and (following[0].islower() or (following[0].isdigit() and is_leader)):
            return False
        if following[:1] == "." and (text[match.end()] == "." or before.endswith(" ")):
            return False
        said = text[max(0, match.start() - 12) : match.start()]
        return not (_ABBREVIATION.search(said) or (_NUMBER.match(following) and _LEADS_TO_NUMBER.search(said)))
    return mark[0] not in ";；" or not _is_in_brackets(text, match.start())


def _closing_mark(text: str, place: int) -> int:
    """How long the mark is at a place that closes what is struck out on its line (~~Dogs are free.~~), else 0."""
    is_mark = text.startswith(_STRUCK, place)
    return len(_STRUCK) if is_mark and text.count(_STRUCK, text.rfind("\n", 0, place) + 1, place) % 2 else 0


def _has_label(text: str, end: int) -> bool:
    """Whether a line not far above `end`, in the same paragraph, begins with a label."""
    start = text.find("\n", end - _FURTHEST_LABEL) + 1 if end > _FURTHEST_LABEL else 0
    return _LABEL.search(text[start:end].rpartition("\n\n")[2]) is not None


def _is_in_row(text: str, place: int) -> bool:
    """Whether a mark stands in a row of a CSV file: within a quoted cell, or as a semicolon between two cells."""
    if text[place] not in ";.!?":
        return False
    if text[place] == ";" and _BETWEEN_CELLS.search(text[max(0, place - 1) : place + 2]):
        return True
    closed = _CELL_BEHIND.match(text, place)
    opened = _CELL_BEFORE.search(text, max(0, place - _LONGEST_CELL - 2), place) if closed else None
    return bool(opened and closed and (opened[1] or closed[1].strip("\n")))


def _is_in_cell(text: str, place: int) -> bool:
    """Whether a mark stands in a row of a table, within a cell that is not long."""
    start = place - len(_BORDER.split(text[max(0, place - _LONGEST_CELL) : place])[-1])
    end = place + len(_BORDER.split(text[place : place + _LONGEST_CELL], maxsplit=1)[0])
    is_between = _BAR in (text[max(0, start - len(_BAR)) : start], text[end : end + len(_BAR)])
    return is_between and end - start <= _LONGEST_CELL


def _is_in_brackets(text: str, place: int) -> bool:
    """Whether a bracket that opened shortly before `place` closes shortly after it, on the same line."""
    before, after = text[max(0, place - _LONGEST_BRACKETS) : place], text[place : place + _LONGEST_BRACKETS]
    return _is_open(reversed(_BRACKET.findall(before)), "(（") and _is_open(_BRACKET.findall(after), ")）")


def _is_open(brackets: Iterable[str], side: str) -> bool:
    """Whether the first bracket whose other half did not come before it is one of `side`, and no line break comes before it."""
    halves = 0
    for bracket in brackets:
        if bracket == "\n" or (bracket in side and not halves):
            return bracket != "\n"
        halves += -1 if bracket in side else 1
    return False


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
