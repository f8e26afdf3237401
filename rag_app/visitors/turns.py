"""Whose turn it is, where visitors share what can serve only a few at a time."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from rag_app.interfaces import Stop

_LOOK_SECONDS = 0.1


class Turns:
    """A number of places that go round: to one visitor after the other, however many each of them waits for."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._changed = Condition()
        self._waiting: OrderedDict[str, deque[object]] = OrderedDict()  # the visitor who is next stands first
        self._lender: str | None = None

    @contextmanager
    def taken(self, visitor: str, stop: Stop) -> Iterator[bool]:
        """Whether a place was taken when it was this visitor's turn, or not, because `stop()` came true before."""
        ticket = object()
        with self._changed:
            self._waiting.setdefault(visitor, deque()).append(ticket)
            while not (taken := self._is_next(visitor, ticket)) and not stop():
                self._changed.wait(_LOOK_SECONDS)
            self._leave_the_line(visitor, ticket)
            self._free -= taken
        try:
            yield taken
        finally:
            with self._changed:
                if taken and visitor == self._lender:
                    self._lender = None
                else:
                    self._free += taken
                self._changed.notify_all()

    def lend(self, visitor: str) -> None:
        """Free the place that `visitor` holds for whoever waits, though it is needed longer; one does so at a time."""
        with self._changed:
            if self._lender is None:
                self._lender = visitor
                self._free += 1
                self._changed.notify_all()

    def others_wait(self, visitor: str) -> bool:
        """Whether anybody but `visitor` waits for a place."""
        with self._changed:
            return any(other != visitor for other in self._waiting)

    def _is_next(self, visitor: str, ticket: object) -> bool:
        return self._free > 0 and next(iter(self._waiting)) == visitor and self._waiting[visitor][0] is ticket

    def _leave_the_line(self, visitor: str, ticket: object) -> None:
        """Take the ticket back; a visitor with more of them goes to the end of the line."""
        tickets = self._waiting[visitor]
        tickets.remove(ticket)
        if tickets:
            self._waiting.move_to_end(visitor)
        else:
            del self._waiting[visitor]
        self._changed.notify_all()
