"""Mail messages taken apart: headers and parts as text, whatever the programs wrote that made them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from mimetypes import guess_extension
from typing import Any

from rag_app.errors import Reason
from rag_app.parsing.encodings import decode, decode_as
from rag_app.parsing.source import Source
from rag_app.parsing.tables import cell_text

_FOLDED = re.compile(r"\r?\n[ \t]*")
_MOST_PARTS = 10_000
_LONGEST_HEADER = 20_000
_TEXT = ("text", "multipart")  # a message that says it has parts and has none is text


class _Message(Message):
    """A message that is without those of its parameters that are not written as they should be."""

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        try:
            found = super().get_param(param, failobj, header, unquote)
            return collapse_rfc2231_value(found) if isinstance(found, tuple) else found
        except (TypeError, ValueError):
            return failobj


def parsed_mail(content: bytes) -> Message:
    """The message that some bytes are."""
    return message_from_bytes(content, _Message)


def opened_mail(source: Source) -> Message:
    """The message in a file. Raises `DocumentError` for one that is nested too deep."""
    try:
        return parsed_mail(source.path.read_bytes())
    except (RecursionError, MessageError) as error:
        raise source.refusal(Reason.DAMAGED, "{name} is damaged: its parts cannot be told apart. Get it again.") from error


def header(message: Message, name: str) -> str:
    """A header on one line, decoded; empty if there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return decoded_words(raw)


def decoded_words(raw: str) -> str:
    """The text of a header whose words may be encoded, or bytes of any encoding."""
    line = _FOLDED.sub(" ", raw[:_LONGEST_HEADER])
    if not line.isascii():
        content = line.encode("ascii", "surrogateescape") if _is_escaped(line) else line.encode("utf-8", "replace")
        return cell_text(decode(content) or content.decode("latin-1"))
    try:
        words = decode_header(line)
    except HeaderParseError:
        return cell_text(line)
    return cell_text("".join(word if isinstance(word, str) else decode_as(word, charset or "") for word, charset in words))


def text_of_part(part: Message) -> str:
    """The characters of a part."""
    return decode_as(content_of(part), part.get_content_charset("") or "")


def content_of(part: Message) -> bytes:
    """The bytes of a part, freed of what carried them; of an enclosed message its source."""
    if part.get_content_type() == "message/rfc822":
        messages = children_of(part)
        return _source_of(messages[0]) if messages else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def children_of(part: Message) -> list[Message]:
    """The parts directly below a part."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def is_attached(part: Message) -> bool:
    """Whether a part is a file that goes with the mail rather than its text."""
    if part.get_content_type() == "message/rfc822" or part.get_content_disposition() == "attachment":
        return True
    return not part.is_multipart() and (part.get_content_maintype() not in _TEXT or part.get_filename() is not None)


def attachments(message: Message) -> Iterator[tuple[str, Message]]:
    """The name and part of each attached file; pictures that only adorn the text are left out."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop()
        seen += 1
        if part is not message and is_attached(part):
            if part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
                yield name_of(part, seen), part
        else:
            waiting += reversed(children_of(part))


def name_of(part: Message, number: int) -> str:
    """The name of an attached file, or one made for it."""
    try:
        named = decoded_words(part.get_filename() or "")
    except (LookupError, ValueError):
        named = ""
    if part.get_content_type() == "message/rfc822":
        enclosed = children_of(part)
        return named or (header(enclosed[0], "Subject") if enclosed else "") + ".eml"
    return named or f"{number}{guess_extension(part.get_content_type()) or ''}"


def _is_escaped(line: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in line)


def _source_of(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (LookupError, ValueError, AttributeError, MessageError):
        return b""
