"""The child process that reads documents: `python -m rag_app.parsing.child FOLDER ANSWERS LIFELINE MEMORY_MB`.

Requests come on standard input, answers go to the file descriptor ANSWERS, so nothing that a library prints can break in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import messages
from rag_app.parsing.confinement import confine
from rag_app.parsing.enclosing import written_out
from rag_app.parsing.formats import CALLED, IMAGES
from rag_app.parsing.images import view_image
from rag_app.parsing.media_types import media_type, not_read
from rag_app.parsing.messages import Message
from rag_app.parsing.office_password import unlocked
from rag_app.parsing.page_view import view_pdf
from rag_app.parsing.pdf_ahead import ReadingAhead
from rag_app.parsing.readers import READERS
from rag_app.parsing.recognition import without_text
from rag_app.parsing.source import TOO_MUCH_MEMORY, Source

_NO_TEXT = "{name} holds no text. Choose a file with text in it."


def main() -> None:
    """Answer requests until the parent hangs up."""
    folder, answers, lifeline, memory_mb = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    os.chdir(folder)
    confine(folder, memory_mb=memory_mb, lifeline=lifeline)
    ahead = ReadingAhead() if len(os.sched_getaffinity(0)) > 1 else None
    with open(answers, "wb") as out:
        _say(out, {"kind": messages.READY})
        for line in sys.stdin.buffer:
            for answer in _answers(messages.decode(line), partial(_say, out), ahead):
                _say(out, answer)


def _say(out: BinaryIO, answer: Message) -> None:
    out.write(messages.encode(answer))
    out.flush()


def _answers(request: Message, say: Callable[[Message], None], ahead: ReadingAhead | None) -> Iterator[Message]:
    path, password, ocr = Path(request["path"]), request.get("password", ""), request.get("ocr", False)
    telling = (lambda: say({"kind": messages.WORKING}), lambda rows: say({"kind": messages.WORKING, "rows": rows}))
    source = Source(path, request["name"], request["max_pages"], password, ocr, *telling, ahead)
    try:
        yield from _ANSWERED[request["kind"]](source, request)
    except DocumentError as error:
        yield messages.refusal(error)
    except OSError as error:
        yield messages.refusal(source.refusal(Reason.NOT_FOUND, f"{{name}} cannot be opened ({error.strerror}). Add it again."))
    except MemoryError:
        yield messages.refusal(source.refusal(Reason.EXPANDS_TOO_MUCH, TOO_MUCH_MEMORY))


def _read_unlocked(source: Source, request: Message) -> Iterator[Message]:
    with unlocked(source) as opened:
        yield from _read(opened)
    yield {"kind": messages.DONE}  # once no open copy is left


def _read(source: Source) -> Iterator[Message]:
    kind = media_type(source)
    if kind not in READERS:
        raise not_read(source, CALLED[kind])
    file = READERS[kind](source)
    yield {"kind": messages.OPENED, "media_type": kind, "title": file.title, "pages": file.page_count}
    found_text = False
    for page in file.pages:
        found_text = found_text or bool(page.text)
        yield from messages.page_messages(page)
    if not found_text:
        raise without_text(source) if kind in IMAGES else source.refusal(Reason.EMPTY_FILE, _NO_TEXT)
    if damage := file.damage():
        yield {"kind": messages.DAMAGE, "message": damage}


def _view(source: Source, request: Message) -> Iterator[Message]:
    if request["media_type"] in IMAGES:
        yield messages.view_message(view_image(source, request["page"]), ())
    else:
        place = (request["page"], request["text"], request["start"], request["end"])
        yield messages.view_message(*view_pdf(source, *place, draw=request["draw"]))


def _unpack(source: Source, request: Message) -> Iterator[Message]:
    yield from written_out(source, request["media_type"])
    yield {"kind": messages.DONE}


_ANSWERED: Mapping[str, Callable[[Source, Message], Iterator[Message]]] = {
    messages.READ: _read_unlocked,
    messages.VIEW: _view,
    messages.UNPACK: _unpack,
}

if __name__ == "__main__":
    main()
