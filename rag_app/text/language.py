"""Which of the two languages a text is in."""

from __future__ import annotations

from rag_app.text.folding import is_cjk

CHINESE = "zh"
ENGLISH = "en"


def language(text: str) -> str:
    """`"zh"` where Chinese carries the text, else `"en"`.

    A Chinese character says about as much as half an English word, so one counts as three letters.
    """
    if text.isascii():
        return ENGLISH
    chinese = sum(map(is_cjk, text))
    letters = sum(map(str.isalpha, text)) - chinese
    return CHINESE if 3 * chinese > letters else ENGLISH
