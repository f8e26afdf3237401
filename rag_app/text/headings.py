"""Headings within a text whose structure is gone."""

from __future__ import annotations

from rag_app.text.lists import is_title
from rag_app.text.sentences import sentences

END_MARKS = (".", "!", "?", "。", "！", "？", "”", "』", "」", '"', ")", "）")


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of `text` reads as a heading.

    That is a short line without figures, colon or end mark, above a line of prose.
    """
    line = text[start:end]
    is_alone = (text[:start].endswith("\n") or not text[:start].strip()) and text[end : end + 1] == "\n"
    return is_alone and is_title(line) and next(iter(sentences(text[end:])), "").endswith(END_MARKS)
