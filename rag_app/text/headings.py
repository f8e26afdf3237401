"""Headings within a text whose structure is gone."""

from __future__ import annotations

from rag_app.text.sentences import sentences

LONGEST_HEADING = 60
END_MARKS = (".", "!", "?", "。", "！", "？", "”", "』", "」", '"', ")", "）")


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of `text` reads as a heading.

    That is a short line without figures, colon or end mark, above a line of prose.
    """
    line = text[start:end]
    is_alone = (text[:start].endswith("\n") or not text[:start].strip()) and text[end : end + 1] == "\n"
    is_short = len(line) <= LONGEST_HEADING and line[-1:].isalnum() and not any(sign.isdigit() or sign in ":：|" for sign in line)
    return is_alone and is_short and next(iter(sentences(text[end:])), "").endswith(END_MARKS)
