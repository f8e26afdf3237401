"""Which of the two languages a text is in."""

from __future__ import annotations

import re

from rag_app.text.folding import CJK

CHINESE = "zh"
ENGLISH = "en"
_CHINESE = re.compile(f"[{CJK}]+")


def language(text: str) -> str:
    """`"zh"` where Chinese carries the text, else `"en"`.

    A Chinese character says about as much as half an English word, so one counts as three letters.
    """
    if text.isascii():
        return ENGLISH
    chinese = sum(map(len, _CHINESE.findall(text)))
    letters = sum(map(str.isalpha, text)) - chinese
    return CHINESE if 3 * chinese > letters else ENGLISH
