"""One error family. Each message says what happened, to which file, and what to do.

RagError
├── DocumentError        a file that cannot become a document; carries a code of `Reason`
├── ExportError          training examples or a conversation that cannot be written
├── LibraryError         storage that cannot be opened, or belongs to another embedder
│   ├── FullDiskError    storage whose disk has no room
│   └── InUseError       storage that another program serves; carries the address of its page
├── ModelError           a model that is missing, damaged, or not of the expected kind
├── QuestionError        a question that cannot be asked (empty, too long)
├── QuestionSetError     a question set that cannot be read; names file and line
├── SettingsError        an unknown or impossible setting
├── Stopped              the person stopped the work
└── VisitorError         what a visitor of a shared server may not do; carries a code of `Refusal`
"""

from __future__ import annotations

from enum import Enum


class Reason(str, Enum):
    """Why a file was not added. The value is stored and translated by the surfaces."""

    EMPTY_FILE = "EMPTY_FILE"
    NOT_THE_TYPE_IT_SAYS = "NOT_THE_TYPE_IT_SAYS"
    UNSUPPORTED = "UNSUPPORTED"
    TOO_BIG = "TOO_BIG"
    TOO_MANY_PAGES = "TOO_MANY_PAGES"
    PASSWORD_NEEDED = "PASSWORD_NEEDED"
    ENCRYPTED_OFFICE = "ENCRYPTED_OFFICE"
    DAMAGED = "DAMAGED"
    NO_TEXT_NEEDS_OCR = "NO_TEXT_NEEDS_OCR"
    EXPANDS_TOO_MUCH = "EXPANDS_TOO_MUCH"
    TOOK_TOO_LONG = "TOOK_TOO_LONG"
    OUT_OF_DISK = "OUT_OF_DISK"
    LIBRARY_FULL = "LIBRARY_FULL"
    NOT_FOUND = "NOT_FOUND"
    DUPLICATE = "DUPLICATE"
    ADDRESS_REFUSED = "ADDRESS_REFUSED"
    NOT_REACHED = "NOT_REACHED"


class Refusal(str, Enum):
    """Why a visitor of a shared server was refused something. The value is translated by the surfaces."""

    PAGE_NOT_KNOWN = "PAGE_NOT_KNOWN"
    TOO_MANY_VISITORS = "TOO_MANY_VISITORS"
    TOO_MANY_DOCUMENTS = "TOO_MANY_DOCUMENTS"
    TOO_MANY_MEGABYTES = "TOO_MANY_MEGABYTES"
    TOO_MANY_PAGES = "TOO_MANY_PAGES"
    TOO_MANY_QUESTIONS = "TOO_MANY_QUESTIONS"
    NOT_HERE = "NOT_HERE"


class RagError(Exception):
    """Base of every error that a person may see."""


class DocumentError(RagError):
    """A file that cannot become a document."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ExportError(RagError):
    """Training examples or a conversation that cannot be written."""


class LibraryError(RagError):
    """Storage that cannot be opened or used as it is."""


class FullDiskError(LibraryError):
    """Storage whose disk has no room for what is to be written."""


class InUseError(LibraryError):
    """Storage over which another program serves the page, at `address` (empty while it starts)."""

    def __init__(self, message: str, address: str) -> None:
        super().__init__(message)
        self.address = address


class ModelError(RagError):
    """A model that is missing, damaged, or not of the expected kind."""


class QuestionError(RagError):
    """A question that cannot be asked."""


class QuestionSetError(RagError):
    """A question set that cannot be read."""


class SettingsError(RagError):
    """An unknown or impossible setting."""


class Stopped(RagError):
    """The person stopped the work; nothing was stored of it."""


class VisitorError(RagError):
    """What a visitor of a shared server may not do. `most` is how much of it there may be, where it is a matter of that."""

    def __init__(self, refusal: Refusal, message: str, most: int = 0) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.most = most
