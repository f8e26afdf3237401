"""Subtitles and transcripts (SRT, VTT): what is said in whole sentences, each with when, and who where the file tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from rag_app.parsing.blocks import Line
from rag_app.parsing.cleaning import has_cjk, joined

_CUE = re.compile(
    r"^(?:\d+[ \t]*\n)?(?P<start>(?:\d+:)?\d\d:\d\d)[.,]\d{1,3}[ \t]{1,4}-->[ \t]{1,4}[\d:.,]+[^\n]*$", re.MULTILINE
)
_MARK = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")
_VOICE = re.compile(r"<v(?:\.[^ <>]*)? ([^<>\n]+)>")
_SAID_BY_ANOTHER = re.compile(r"^[-–—] ?(?=[^\W\d])", re.MULTILINE)
_ENDED = re.compile(r"[.?!…。？！♪][\"'”’」』)\]）]*$")
_FIRST_WITHIN, _LONGEST = 2_000, 400  # characters


def subtitles_of(text: str) -> list[Line]:
    """What is said, a line a sentence or a few; nothing where `text` is something else."""
    first = _CUE.search(text, 0, _FIRST_WITHIN)
    return list(_sentences(text)) if first else []


def _sentences(text: str) -> Iterator[Line]:
    """The pieces put together where one goes on with the one before."""
    before, begun = "", ("", "")
    for start, voice, piece, is_another in _pieces(text):
        is_open = before and not is_another and not _ENDED.search(before) and len(before) < _LONGEST
        goes_on = is_open and voice in ("", begun[1])
        if goes_on and (before[-1] in ",，、" or not has_cjk(before)):
            before = joined(before, piece)
            continue
        if before:
            yield _line(*begun, before)
        before, begun = piece, (start, voice)
    if before:
        yield _line(*begun, before)


def _line(start: str, voice: str, said: str) -> Line:
    return Line(f"{voice} ({start}): {said}" if voice else f"({start}) {said}")


def _pieces(text: str) -> Iterator[tuple[str, str, str, bool]]:
    """When, by whom and what is said, below each time up to a blank line, and whether a dash tells that another speaks."""
    cues = list(_CUE.finditer(text))
    for cue, following in zip(cues, [*(cue.start() for cue in cues[1:]), len(text)], strict=True):
        below = text[cue.end() : following].lstrip("\n").partition("\n\n")[0]
        voice = _VOICE.search(below)
        for place, said in enumerate(_SAID_BY_ANOTHER.split(_MARK.sub("", below))):
            if words := reduce(joined, map(str.strip, said.split("\n")), ""):
                yield cue["start"], voice[1].strip() if voice else "", words, place > 0
