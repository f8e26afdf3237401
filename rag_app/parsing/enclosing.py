"""Files within files: the attachments of mails, the mails of mailboxes and the entries of archives, written out one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import formats, messages
from rag_app.parsing.mbox import mails
from rag_app.parsing.messages import Message
from rag_app.parsing.mime import attachments, content_of, opened_mail
from rag_app.parsing.msg import attached_files
from rag_app.parsing.source import MEGABYTE, Source
from rag_app.parsing.zip_archive import entries
from rag_app.records import WITHIN

LARGEST_MB = 250


@dataclass(frozen=True, slots=True)
class _Enclosed:
    name: str
    pieces: Iterable[bytes]


def written_out(source: Source, kind: str) -> Iterator[Message]:
    """A message for each file within `source`, which lies in the working folder by then; or why it does not."""
    for number, file in enumerate(_FILES[kind](source)):
        name = f"{source.name}{WITHIN}{file.name}"
        reason = message = ""
        try:
            _write(messages.enclosed_path(Path(), number), file, name)
        except DocumentError as error:
            reason, message = error.reason.value, str(error)
        yield {"kind": messages.ENCLOSED, "number": number, "name": name, "reason": reason, "message": message}


def _write(path: Path, file: _Enclosed, name: str) -> None:
    left = LARGEST_MB * MEGABYTE
    with path.open("wb") as copy:
        for piece in file.pieces:
            left -= len(piece)
            if left < 0:
                copy.truncate(0)
                raise DocumentError(
                    Reason.TOO_BIG, f"{name} has more than {LARGEST_MB} MB. Take it out yourself, split it, and add the parts."
                )
            copy.write(piece)


def _in_mail(source: Source) -> Iterator[_Enclosed]:
    return (_Enclosed(name, [content_of(part)]) for name, part in attachments(opened_mail(source)))


def _in_mbox(source: Source) -> Iterator[_Enclosed]:
    return (_Enclosed(name, [content]) for name, content in mails(source))


def _in_msg(source: Source) -> Iterator[_Enclosed]:
    return (_Enclosed(name, [content]) for name, content in attached_files(source))


def _in_zip(source: Source) -> Iterator[_Enclosed]:
    return (_Enclosed(name, pieces) for name, pieces in entries(source))


_FILES: Mapping[str, Callable[[Source], Iterator[_Enclosed]]] = {
    formats.EML: _in_mail,
    formats.MBOX: _in_mbox,
    formats.MSG: _in_msg,
    formats.ZIP: _in_zip,
}
