"""What a model wrote as plain text: no Markdown, no HTML, no chat tokens, no control characters."""

from __future__ import annotations

import re
import unicodedata

_CHAT_TOKEN = re.compile(r"<\|[^<>|]{0,40}\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<\|[\w ]{0,40}$")
_IMAGE = re.compile(r"!\[([^\]]{0,200})\](?:\([^)]*\)?)?")
_LINK = re.compile(r"\[([^\]]{0,200})\]\([^)]*\)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?(?:-->|$)|<[/!?a-zA-Z][^<>]*$", re.DOTALL)
_DEEPEST = 20
_FENCE = re.compile(r"`{3,}\w*|~{3,}\w*")
_EMPHASIS = re.compile(r"\*+|`+|(?<!\w)(?:__+|_(?=\w))|(?<=[^\W_])_+(?!\w)|~~")
_LINE_START = re.compile(r"^[^\S\n]*(?:#{1,6}\s+|>+\s*|[-+•·]\s+|\d{1,2}[.)](?:\s+(?=\D)|\s*$)|\d{1,2}、)", re.MULTILINE)


def plain(text: str) -> str:
    """`text` on one line without markup, whether it is closed or not; the words inside emphasis and links stay."""
    cleaned = _CHAT_TOKEN.sub(" ", text)
    for _ in range(_DEEPEST):  # what is taken out may leave markup behind: <<b>script>
        before = cleaned
        cleaned = _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", cleaned)))
        cleaned = _CHAT_TOKEN.sub(" ", cleaned)
        if cleaned == before:
            break
    else:
        cleaned = cleaned.replace("<", "")
    cleaned = _LINE_START.sub("", _EMPHASIS.sub("", _FENCE.sub(" ", cleaned)))
    return " ".join("".join(character for character in cleaned if _is_shown(character)).split())


def _is_shown(character: str) -> bool:
    """All but control characters, invisible format characters (such as those that turn the direction) and surrogates."""
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
