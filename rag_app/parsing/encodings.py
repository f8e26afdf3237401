"""Bytes into text, whatever wrote them: UTF-8, 16 and 32 with and without a mark, GB18030, HZ, Big5, Shift-JIS, Latin."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = [
    "utf_16_le",
    "utf_16_be",
    "utf_32_le",
    "utf_32_be",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "euc_kr",
    "cp1252",
    "cp1251",
    "koi8_r",
]
_WIDER = {
    "big5": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
# What a few words of GB2312 are taken for, and the byte from which on a pair of bytes is no common character of that encoding.
_TAKEN_FOR_GB2312 = {
    "euc_kr": 0xC9,
    "big5": 0xC9,
    "euc_jp": 0xD0,
    "cp932": 0xC9,
    "utf_16_le": 0xC9,
    "utf_16_be": 0xC9,
    "": 0xC9,
}
_KANA, _HANZI, _RARE_HANZI = b"\xa4\xa5", 0xB0, 0xD8  # the first bytes of pairs in GB2312
_RARE_SHARE = 0.2
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w:-]{2,40})", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE = 65536
_FAULTS_IN_UTF8 = 0.1
_CYRILLIC = ("cp1251", "koi8_r")
_CYRILLIC_SHARE = 0.3
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]")
_ODD_SHARE = 0.02


def decode(content: bytes) -> str | None:
    """`content` as text, or None if no encoding makes text of it. Single bytes that fit nowhere become U+FFFD."""
    encoding = _encoding(content)
    if encoding is None:
        return None
    text = content.decode(encoding, errors="replace")
    sample = text[:_SAMPLE].replace("\x00", "", len(text[:_SAMPLE]) // 3)
    return None if len(_ODD.findall(sample)) > _ODD_SHARE * len(sample) + 1 else text


def decode_as(content: bytes, name: str) -> str:
    """`content` in the encoding that it is said to have, or else as it looks."""
    try:
        encoding = codecs.lookup(name).name
        return content.decode(_WIDER.get(encoding, encoding))
    except (LookupError, ValueError):
        text = decode(content)
        return content.decode("utf-8", "replace") if text is None else text


def _encoding(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if _HZ.search(content[:_SAMPLE]) and content.isascii():
        return "hz"
    if _is_utf8(content):
        return "utf-8"
    return _declared(content) or _detected(content)


def _is_utf8(content: bytes) -> bool:
    """Whether it is UTF-8, or would be but for a few broken bytes. What holds many NULs may be UTF-16."""
    if content.count(b"\x00", 0, _SAMPLE) > len(content[:_SAMPLE]) // 5:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content[:_SAMPLE].decode("utf-8", errors="replace")
        right = sum(character > "\x7f" for character in text)
        faults = text.count("\ufffd")
        return right > faults and faults < _FAULTS_IN_UTF8 * right
    return True


def _declared(content: bytes) -> str | None:
    """What an HTML or XML head declares, if the start can be read so."""
    match = _DECLARED.search(content, 0, 4096)
    if match is None:
        return None
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name
        encoding = _WIDER.get(name, name)
        text = content[:_SAMPLE].decode(encoding, errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return encoding if text.count("\ufffd") <= _ODD_SHARE * len(text) else None


def _detected(content: bytes) -> str | None:
    first = _NOT_ASCII.search(content)
    start = max(0, first.start() - 1000) if first and b"\x00" not in content[:_SAMPLE] else 0
    sample = content[start : start + _SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    guess = best.encoding if best else ""
    if guess in _TAKEN_FOR_GB2312 and _is_gb2312(sample, beyond=_TAKEN_FOR_GB2312[guess]):
        return "gb18030"
    if best is None:
        return None
    if best.encoding in _CYRILLIC and len(_NOT_ASCII.findall(sample)) < _CYRILLIC_SHARE * len(sample):
        return "cp1252"
    return _WIDER.get(best.encoding, best.encoding)


def _is_gb2312(sample: bytes, *, beyond: int) -> bool:
    """Whether it reads as common characters of GB2312, of which those from the byte `beyond` on are rare in the other reading."""
    try:
        codecs.getincrementaldecoder("gb2312")().decode(sample)
    except UnicodeDecodeError:
        return False
    firsts = [pair[0] for pair in _NOT_ASCII.findall(sample)[::2]]
    hanzi = [first for first in firsts if first >= _HANZI]
    rare = sum(first >= _RARE_HANZI for first in hanzi)
    is_common = rare <= _RARE_SHARE * len(hanzi) and not any(kana in firsts for kana in _KANA)
    return is_common and b"\x00" not in sample and any(beyond <= first < _RARE_HANZI for first in hanzi)
