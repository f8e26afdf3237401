"""Notices a model that says the same over and over."""

from __future__ import annotations

from collections import Counter, deque

RUN = 12
TIMES = 3


class Repetition:
    """Watches the tokens of one answer: the same `RUN` tokens standing there for the third time is a loop."""

    def __init__(self) -> None:
        self._last: deque[int] = deque(maxlen=RUN)
        self._seen: Counter[tuple[int, ...]] = Counter()

    def loops(self, token: int) -> bool:
        """Take the next token; true when it closes a loop."""
        self._last.append(token)
        if len(self._last) < RUN:
            return False
        run = tuple(self._last)
        self._seen[run] += 1
        return self._seen[run] >= TIMES
