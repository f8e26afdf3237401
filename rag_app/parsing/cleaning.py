"""Text as it is kept: no control characters, one kind of line end, no spaces that only a layout put there."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CJK = "⺀-〿぀-ヿㄅ-ㄯ㐀-䶿一-鿿豈-﫿︰-﹏＀-￯\U00020000-\U0003134f"
_FULL_WIDTH_MARKS = "、-〃〈-】〔-〟！（），．：；？［］｛｝～“”‘’…—"
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TWICE = re.compile(r"(\S)\1")
_ALL_TWICE = re.compile(r"(?:(\S)\1 ?){6,}")
_FEWEST_KINDS = 5
_RAISED_NUMBER = re.compile(r"[-+−–]?\d")
_ENCODED = re.compile(r"\s*(?:data:[\w/+.;=-]{0,80},)?(?:[A-Za-z0-9+/=]{300}|(?:[A-Za-z0-9+/=]{50,100}\s+){4})")
_SIGN_OF_FONT = re.compile("^[\uf020-\uf0ff](?= )", re.MULTILINE)
_BOXES = dict(zip("\uf06f\uf0a8\uf078\uf0fd\uf0fe\uf052", "☐☐☒☒☑☑", strict=True))  # of Wingdings
_BLANK_LINES = re.compile("\n{3,}")
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_SPACED_OUT = re.compile(f"(?<![{_CJK}])[{_CJK}](?: [{_CJK}])+(?![{_CJK}])")
_STRUCK, _SEAM = "~~", re.compile(r"(?<=\S)~~([^\S\n]*)~~(?=\S)")
_AROUND_MARKS = re.compile(f"(?<=[{_CJK}]) (?=[{_FULL_WIDTH_MARKS}])|(?<=[、-】！（），．：；？［］]) (?=[{_CJK}])")


def clean(text: str) -> str:
    """`text` without control characters and lone surrogates, its lines stripped, at most one of them blank in a row.

    A sign that only a font of signs has (Symbol, Wingdings) before the words of a line is told as a bullet or a box.
    """
    if text.isprintable() and "  " not in text:
        return text.strip()  # as most paragraphs are: nothing to be done (the one space that is printable is the plain one)
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    text = "\n".join(map(str.strip, _SPACES.sub(" ", text).split("\n")))
    text = _SIGN_OF_FONT.sub(lambda sign: _BOXES.get(sign.group(), "•"), text)
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def is_cjk(character: str) -> bool:
    """Whether a character is written without spaces around it: Chinese, kana, or a full-width mark."""
    return bool(_CJK_CHARACTER.match(character))


def has_cjk(text: str) -> bool:
    """Whether any character of `text` is such a one."""
    return bool(_CJK_CHARACTER.search(text))


def without_layout_spaces(line: str) -> str:
    """A clean line without the spaces that set Chinese characters apart, one by one or around their marks."""
    if not has_cjk(line):
        return line
    return _AROUND_MARKS.sub("", _SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), line))


def without_doubles(line: str) -> str:
    """A clean line of characters that all come twice, as where print is made bold by a second stroke, with each once."""
    if line[:1] != line[1:2] or not _ALL_TWICE.fullmatch(line) or len(set(line)) < _FEWEST_KINDS:
        return line
    return _TWICE.sub(r"\1", line)


def raised(before: Sequence[str], text: str) -> str:
    """Raised text to be written after what stands before: an exponent or the mark of a note is no digit of the number there."""
    return f"^{text}" if before and before[-1][-1:].isdecimal() and _RAISED_NUMBER.match(text) else text


def struck(text: str) -> str:
    """Text that its author has struck out, between the marks that Markdown has for it: ~~£120~~ £95."""
    words = text.strip()
    return text.replace(words, f"{_STRUCK}{words}{_STRUCK}") if words else text


def without_seams(text: str) -> str:
    """A text whose pieces were struck out one by one, what stands side by side as one."""
    return _SEAM.sub(r"\1", text)


def is_encoded(text: str) -> bool:
    """Whether a text is a picture or another file, spelled in letters (base64)."""
    return bool(_ENCODED.match(text))


def unwrapped(text: str) -> str:
    """The lines of one paragraph as one line."""
    words = [""]
    for line in filter(None, map(str.strip, text.split("\n"))):
        is_whole = is_cjk(words[-1][-1:]) and is_cjk(line[0])
        words += [line] if is_whole or not words[-1] else [" ", line]
    return "".join(words)


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one text: a space between Latin words, nothing between Chinese characters."""
    if not before or not after:
        return before + after
    gap = "" if is_cjk(before[-1]) and is_cjk(after[0]) else " "
    return before + gap + after
