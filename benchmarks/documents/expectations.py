"""Whether a bad file ended as the manifest expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.documents.corpus import TEXT, Row
from rag_app.errors import Reason

LIMITS = (Reason.TOO_MANY_PAGES, Reason.EXPANDS_TOO_MUCH, Reason.TOOK_TOO_LONG, Reason.TOO_BIG)
EMPTY = (Reason.EMPTY_FILE, Reason.NO_TEXT_NEEDS_OCR)
LOCKED = (Reason.PASSWORD_NEEDED, Reason.ENCRYPTED_OFFICE)
NAMED = {reason.value for reason in Reason}


@dataclass(frozen=True, slots=True)
class End:
    """How a bad file ended: TEXT or a reason with its sentence, its text, and how it ended when its password was given."""

    row: Row
    end: str
    message: str
    text: str
    unlocked: str
    seconds: float

    @property
    def holds_literals(self) -> bool:
        """Whether it was read, with all that it must hold."""
        return self.end == TEXT and bool(self.text.strip()) and not self.row.missing(self.text)

    @property
    def is_named(self) -> bool:
        """Whether it ended in one of the messages, with a sentence that names the file."""
        return self.end in NAMED and bool(self.message.strip())


def _among(end: End, reasons: tuple[Reason, ...]) -> bool:
    return end.end in {reason.value for reason in reasons}


def _locked(end: End) -> bool:
    return _among(end, LOCKED) and (not end.row.password or end.unlocked == TEXT)


# The first word or words of an expectation -> whether it is met.
_RULES: Mapping[str, Callable[[End], bool]] = {
    "ERROR: password": _locked,
    "ERROR_OR_EMPTY": lambda end: end.is_named,
    "ERROR_OR_LIMIT": lambda end: end.is_named,
    "ERROR": lambda end: end.is_named,
    "LIMIT": lambda end: _among(end, LIMITS),
    "EMPTY": lambda end: _among(end, EMPTY),
    "PARSE_OR_": lambda end: end.holds_literals or end.is_named,
    "PARSES or": lambda end: end.holds_literals or end.is_named,
    "PARSE": lambda end: end.holds_literals,
    "RECOVER": lambda end: end.holds_literals or end.is_named,
    "any of": lambda end: end.holds_literals or end.is_named,
    "SNIFF_OR_ERROR": lambda end: end.holds_literals or end.is_named,
    "NO_CANARY": lambda end: end.holds_literals or end.is_named,
    "NO_XSS": lambda end: end.holds_literals or end.is_named,
    "INJECTION": lambda end: end.holds_literals,
    "HELPER": lambda end: end.is_named,
}


def is_met(end: End) -> bool:
    """Whether the file ended as its row expects. Raises `StopIteration` for an expectation without a rule."""
    return next(rule for start, rule in _RULES.items() if end.row.expectation.startswith(start))(end)
