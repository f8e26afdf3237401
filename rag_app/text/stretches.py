"""The stretch of a text that answers, as a reader marks it, made whole: of a number all of it, of boxes those that are ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"\+?\d+(?: \d+)+|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+")
_TICKED, _CROSSED = re.compile(r"[☑✓✔√■●]|\[[xX]\]"), re.compile("☒")
_BOX = re.compile(rf"[□☐○◯✗✘]|\[ ?\](?!\()|{_CROSSED.pattern}|{_TICKED.pattern}")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]+)~~(?P<behind>\s*(?P<next>\S*\d\S*))?")
_BORDER = re.compile(r"\n| \| ")
_AROUND = " \t,;.，、；。"


def whole_stretch(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """Where the stretch from `start` to `end` of `text`, within a `sentence`, begins and ends, without white space before it.

    It is widened to the whole of a number, also one in groups such as a telephone's; of several boxes in a line or a cell
    (☑ transfer ☐ cash) one that is not ticked gives way to the first that is. Of what is struck out nothing answers but a number
    that stands behind it (~~£120~~ £95).
    """
    start += len(text[start:end]) - len(text[start:end].lstrip())  # a token may begin with the space before its word
    for number in _NUMBER.finditer(text):
        start = number.start() if number.start() < start < number.end() else start
        end = number.end() if number.start() < end < number.end() else end
    for gone in _STRUCK.finditer(text, *sentence):
        start, end = _without(gone, start, end)
    return _of_ticked(list(_options(text, start)), start, end, sentence)


def _without(gone: re.Match[str], start: int, end: int) -> tuple[int, int]:
    """A stretch without what is struck out there."""
    first, last = gone.start(), gone.end(1) + 2
    if first <= start < end <= last:
        is_number = gone["next"] is not None and any(map(str.isdigit, gone[1]))
        return (gone.start("next"), gone.start("next") + len(gone["next"].rstrip(_AROUND))) if is_number else (start, start)
    if first <= start < last:
        return min(end, last + len(gone["behind"] or " ") - len((gone["behind"] or "").lstrip())), end
    return (start, first) if start < first < end <= last else (start, end)


def _of_ticked(options: list[tuple[int, int, bool]], start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """A stretch, or of the options that it reaches over those that are ticked; where none of them is, the first that is."""
    reached = [option for option in options if option[0] < end and start < option[1]]
    ticked = [option for option in options if option[2] and sentence[0] <= option[0] and option[1] <= sentence[1]]
    if not ticked or not reached or (len(reached) == 1 and reached[0][2] and reached[0][0] <= start and end <= reached[0][1]):
        return start, end
    chosen = [option for option in reached if option in ticked] or ticked[:1]
    between = [option for option in reached if chosen[0][0] < option[0] < chosen[-1][0] and option not in ticked]
    return chosen[0][0], chosen[0 if between else -1][1]


def _options(text: str, place: int) -> Iterator[tuple[int, int, bool]]:
    """What stands at the boxes of the line or cell around `place`: start, end, and whether the box is ticked."""
    begin = max((border.end() for border in _BORDER.finditer(text, 0, place)), default=0)
    border = _BORDER.search(text, place)
    close = border.start() if border else len(text)
    boxes = list(_BOX.finditer(text, begin, close))
    if not boxes:
        return
    is_behind = not text[boxes[-1].end() : close].strip(_AROUND)  # 男☑ 女□
    ticked = _TICKED if any(_TICKED.fullmatch(box.group()) for box in boxes) else _CROSSED
    starts = [begin, *(box.end() for box in boxes[:-1])] if is_behind else [box.end() for box in boxes]
    ends = [box.start() for box in boxes] if is_behind else [*(box.start() for box in boxes[1:]), close]
    for box, first, last in zip(boxes, starts, ends, strict=True):
        label = max(text.rfind(sign, first, last) for sign in ":：") + 1 if is_behind else 0
        told = text[max(first, label) : last]
        first = max(first, label) + len(told) - len(told.lstrip(_AROUND))
        yield first, max(first, last - len(told) + len(told.rstrip(_AROUND))), ticked.fullmatch(box.group()) is not None
