"""The lines of a PDF's pages; of more than a few, most are read ahead by a copy of this process, on another processor.

What looks at more than one page stays in this process. Should the copy end early, its pages are read here, so a page that
cannot be read ends as it does where there is no copy.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import filterfalse
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from rag_app.parsing.confinement import die_with, hold_to
from rag_app.parsing.pdf_lines import Line
from rag_app.parsing.pdfium import PdfFile
from rag_app.parsing.source import Source

_FEWEST_PAGES = 4
_OF_PAGES = 3  # one is read here: putting paragraphs and tables together takes about as long as reading the lines of another
_OF_MEMORY = 0.25
_SIZE_BYTES = 4
_NONE = -1

Lines = tuple[Line, ...]


def lines_of_pages(source: Source, file: PdfFile) -> Iterator[Lines]:
    """The lines of each page, in the order of the pages. To be called before anything else is asked of the file."""
    if source.ahead and file.page_count >= _FEWEST_PAGES and file.finds_all_pages():
        return _lines_by_two(source, file, source.ahead)
    return map(file.lines, range(1, file.page_count + 1))


def _lines_by_two(source: Source, file: PdfFile, reading_ahead: ReadingAhead) -> Iterator[Lines]:
    numbers = range(1, file.page_count + 1)
    mine = map(file.lines, filterfalse(_is_read_ahead, numbers))
    with reading_ahead.lines(source, file.page_count) as next_lines:
        here = next(mine)
        for number in numbers:
            if _is_read_ahead(number):
                lines = next_lines()
                yield file.lines(number) if lines is None else lines
            else:
                lines, here = here, next(mine, ())  # one ahead, so that those of the copy are not waited for
                yield lines


def _is_read_ahead(number: int) -> bool:
    return number % _OF_PAGES != 1


class ReadingAhead:
    """Reads pages ahead in a copy of this process, as confined as it is, which is made when it is first needed.

    While both read they take no more memory together than this process may. The copy ends with this process, at once.
    """

    def __init__(self) -> None:
        self._copy: _Copy | None = None

    @contextmanager
    def lines(self, source: Source, page_count: int) -> Iterator[Callable[[], Lines | None]]:
        """Gives the lines of each page that is read ahead, one after the other; None where the copy cannot read it. All are to be
        taken: else the copy is given up."""
        copy, self._copy = self._copy or _Copy(), None
        hold_to(1 - _OF_MEMORY)
        try:
            copy.ask((str(source.path), source.name, source.max_pages, source.password, page_count))
            yield copy.answer
            self._copy = copy if copy.is_there else None
        finally:
            hold_to(1)
            if self._copy is None:
                copy.end()


class _Copy:
    """A copy of this process, to be asked for the lines of one file after the other; `end` it when done."""

    def __init__(self) -> None:
        asked, questions = os.pipe()
        answers, replies = os.pipe()
        lifeline_end, self._lifeline = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no more processes may run: as if it had ended at once
            self._process = _NONE
        if self._process == 0:
            for end in (questions, answers, self._lifeline):
                os.close(end)
            _work(asked, replies, lifeline_end)
        for end in (asked, replies, lifeline_end):
            os.close(end)
        self._questions, self._answers = os.fdopen(questions, "wb", buffering=0), os.fdopen(answers, "rb")
        self.is_there = True

    def ask(self, question: tuple[Any, ...]) -> None:
        """Ask for the lines of a file's pages; where the copy is gone the answers will tell."""
        with suppress(BrokenPipeError):
            _send(self._questions, marshal.dumps(question))

    def answer(self) -> Lines | None:
        """The lines of the next page; None where it could not be read, or the copy is gone."""
        lines = _received(self._answers)
        self.is_there = lines is not None
        return tuple(map(Line._make, marshal.loads(lines))) if lines else None

    def end(self) -> None:
        """End it, whatever it is at."""
        os.close(self._lifeline)
        if self._process != _NONE:
            os.waitpid(self._process, 0)
        self._questions.close()
        self._answers.close()


def _work(asked: int, replies: int, lifeline: int) -> NoReturn:
    """What the copy does: answer until it is ended, or something goes wrong."""
    try:
        die_with(lifeline)
        hold_to(_OF_MEMORY)
        with open(asked, "rb") as questions, open(replies, "wb", buffering=0) as answers:
            while question := _received(questions):
                path, name, max_pages, password, page_count = marshal.loads(question)
                file = PdfFile(Source(Path(path), name, max_pages, password))
                file.finds_all_pages()  # asked for in order as by the other
                for number in filter(_is_read_ahead, range(1, page_count + 1)):
                    lines = list(map(tuple, file.lines(number)))
                    _send(answers, b"" if number in file.lost_pages else marshal.dumps(lines))
                file.close()
    finally:
        os._exit(0)  # without what the process it was copied from would do at its end


def _send(out: BinaryIO, message: bytes) -> None:
    out.write(len(message).to_bytes(_SIZE_BYTES, "big") + message)


def _received(file: BinaryIO) -> bytes | None:
    """The next message; None where none comes any more."""
    head = file.read(_SIZE_BYTES)
    message = file.read(int.from_bytes(head, "big"))
    return message if len(head) == _SIZE_BYTES and len(message) == int.from_bytes(head, "big") else None
