"""Mails: who wrote to whom, when and about what, then the text. Attachments are documents of their own; here they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from email.message import Message

from rag_app.parsing.blocks import Block, Line, page_of_blocks, text_of
from rag_app.parsing.html import html_title
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.mime import attachments, children_of, header, is_attached, opened_mail, text_of_part
from rag_app.parsing.source import OpenedFile, Source

HEADERS = ("From", "To", "Cc", "Date", "Subject")
_MUCH_MORE = 2
_FOR_READERS = ("text/plain", "text/html")


def read_eml(source: Source) -> OpenedFile:
    """A mail as one page, under its subject. Raises `DocumentError`."""
    message = opened_mail(source)
    headers = [(name, header(message, name)) for name in HEADERS]
    names = [name for name, _ in attachments(message)]
    return mail_reading(headers, _body(message), names)


def mail_reading(headers: Iterable[tuple[str, str]], body: Iterable[Block], attached: Sequence[str]) -> OpenedFile:
    """A mail of any kind as one page; a mail without any text is empty, whoever sent it."""
    named = [(name, value) for name, value in headers if value]
    text = list(body)
    head = [Line(f"{name}: {value}") for name, value in named]
    foot = [Line(f"Attachments: {', '.join(attached)}")] if attached else []
    page = page_of_blocks([*head, *text, *foot])
    return OpenedFile(dict(named).get("Subject", ""), 1, iter((page,)))


def read_mhtml(source: Source) -> OpenedFile:
    """A saved web page as one page. Raises `DocumentError`."""
    message = opened_mail(source)
    pages = [text_of_part(part) for part in _leaves(message) if part.get_content_type() == "text/html"]
    for markup in pages:
        page = page_of_blocks(html_blocks(markup))
        if page.text:
            return OpenedFile(html_title(markup) or header(message, "Subject"), 1, iter((page,)))
    return OpenedFile(header(message, "Subject"), 1, iter((page_of_blocks(_body(message)),)))


def _leaves(message: Message) -> Iterator[Message]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(children_of(part))


def _body(part: Message) -> list[Block]:
    """What is to be read of a part; of one that comes in several versions, one of them."""
    kind = part.get_content_type()
    if part.is_multipart() and kind != "message/rfc822":
        parts = [child for child in children_of(part) if not is_attached(child)]
        return _version(parts) if kind == "multipart/alternative" else [block for child in parts for block in _body(child)]
    if is_attached(part):
        return []
    text = text_of_part(part)
    return html_blocks(text) if kind == "text/html" else [Line(text)]


def _version(parts: Sequence[Message]) -> list[Block]:
    """The plain version, unless another says much more; what is there for programs only where readers have nothing."""
    for_readers = [_body(part) for part in parts if part.is_multipart() or part.get_content_type() in _FOR_READERS]
    versions = for_readers if any(map(text_of, for_readers)) else [_body(part) for part in parts]
    return max(versions, key=lambda blocks: len(text_of(blocks)) / (1 if blocks is versions[0] else _MUCH_MORE), default=[])
