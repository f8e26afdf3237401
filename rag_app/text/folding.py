"""One spelling for what reads the same: width, case, and traditional against simplified Chinese."""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc

_CJK_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))
CJK = "".join(f"{chr(first)}-{chr(last)}" for first, last in _CJK_BLOCKS)


def is_cjk(character: str) -> bool:
    """Whether a character is a Chinese one (a Han ideograph)."""
    code = ord(character)
    return code >= _CJK_BLOCKS[0][0] and any(first <= code <= last for first, last in _CJK_BLOCKS)


def fold(text: str) -> str:
    """`text` as it is compared: NFKC, lower case, simplified characters. Its length may differ from `text`'s."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).lower().translate(_simplified())


def is_simplified(text: str) -> bool:
    """Whether no character of a text is a traditional one."""
    return fold(text) == unicodedata.normalize("NFKC", text).lower()


def in_script_of(text: str, other: str) -> str:
    """`text` in the Chinese characters of `other`, traditional or simplified, where its own are of the other kind.

    So a model compares like with like: what it knows of one script it knows less well across.
    """
    own = _script(text)
    if own > 0 > _script(other):
        return str(_to_traditional().convert(without_surrogates(text)))
    return text.translate(_simplified()) if own < 0 < _script(other) else text


def _script(text: str) -> int:
    """How many more characters of `text` are simplified than traditional."""
    if text.isascii():
        return 0
    old, new = _simplified(), _simplified_alone()
    return sum((character in new) - (ord(character) in old) for character in text)


def without_surrogates(text: str) -> str:
    """`text` without lone surrogates and NUL, which neither SQLite nor a tokenizer takes."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, a character at a time, so that index and query agree whatever stands around it."""
    converter = opencc.OpenCC("t2s")
    characters = [chr(code) for first, last in _CJK_BLOCKS[:2] for code in range(first, last + 1)]
    simplified = converter.convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, simplified, strict=True) if old != new}


@cache
def _simplified_alone() -> frozenset[str]:
    return frozenset(_simplified().values())


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
