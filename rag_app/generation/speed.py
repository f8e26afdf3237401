"""How fast a chat model reads and writes on this machine, within a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator

from rag_app.interfaces import Generator, Stop
from rag_app.records import ChatMessage, Speed

LONGEST, ENOUGH = 60.0, 15.0  # seconds
MOST_ROUNDS = 5
SENTENCES, WRITTEN_TOKENS = 8, 96


def measure_speed(generator: Generator, stop: Stop) -> Iterator[Speed]:
    """What is known so far, ever more exactly; ends after a few rounds, when the minute is over, or at a `stop()`.

    Every round has another beginning, so that nothing is read from memory. Raises `ModelError`.
    """
    started, read, written = time.perf_counter(), _Pace(), _Pace()

    def over() -> bool:
        return stop() or time.perf_counter() - started > LONGEST

    for number in range(MOST_ROUNDS):
        yield from _round(generator, _prompt(number), over, read, written, started)
        if over() or time.perf_counter() - started > ENOUGH:
            break
    yield _speed(read, written, started, finished=True)


class _Pace:
    """Tokens, and the seconds they took."""

    def __init__(self) -> None:
        self.tokens, self.seconds = 0, 0.0

    def add(self, tokens: int, seconds: float) -> None:
        self.tokens, self.seconds = self.tokens + tokens, self.seconds + seconds

    @property
    def a_second(self) -> float:
        return self.tokens / self.seconds if self.seconds else 0.0


def _round(generator: Generator, prompt: str, over: Stop, read: _Pace, written: _Pace, started: float) -> Iterator[Speed]:
    """Read a prompt and write what follows; the first word ends the reading."""
    begun, first, text = time.perf_counter(), 0.0, ""
    for piece in generator.generate([ChatMessage("user", prompt)], max_tokens=WRITTEN_TOKENS, stop=over):
        if first:
            text += piece
            continue
        first = time.perf_counter()
        read.add(generator.count_tokens(prompt), first - begun)
        yield _speed(read, written, started, finished=False)
    if text:
        written.add(generator.count_tokens(text), time.perf_counter() - first)
        yield _speed(read, written, started, finished=False)


def _speed(read: _Pace, written: _Pace, started: float, *, finished: bool) -> Speed:
    return Speed(read.a_second, written.a_second, time.perf_counter() - started, finished)


def _prompt(number: int) -> str:
    lines = (f"{number}.{line} The river rises in the hills and passes {line + number} villages." for line in range(SENTENCES))
    return f"Story {number}: {' '.join(lines)} Tell this story in your own words, at length."
