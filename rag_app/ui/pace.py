"""How fast files come in, and how long the rest will take at that."""

from __future__ import annotations

from dataclasses import dataclass

from rag_app.records import Progress

LEAST_SECONDS = 3.0
# What a page takes to be embedded once it is read: a dense one has some three passages, of which two cores learn 8 in a second.
PAGE_SECONDS = 0.35


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage in which a file is, for `seconds` since it was `first` told how far it is; `last` is how far it is now."""

    first: Progress
    last: Progress
    seconds: float

    def seconds_left(self) -> float | None:
        """Seconds that the file still takes, by the pages or passages done in this stage; None as long as that cannot be said."""
        done = self.last.done - self.first.done
        if self.last.stage not in ("parsing", "embedding") or done <= 0 or self.seconds < LEAST_SECONDS or not self.last.total:
            return None
        left = self.seconds / done * (self.last.total - self.last.done)
        return left + PAGE_SECONDS * self.last.total if self.last.stage == "parsing" else left


@dataclass(frozen=True, slots=True)
class Pace:
    """Files that `ended` within `seconds`, and one under way for `running_seconds`, in `stage` if that is known."""

    ended: int
    seconds: float
    running_seconds: float
    stage: Stage | None

    @property
    def files_a_minute(self) -> float:
        """Files in a minute, 0 as long as that cannot be said."""
        return self.ended / self.seconds * 60 if self.seconds >= LEAST_SECONDS else 0.0

    def seconds_left(self, files: int) -> float:
        """Seconds that so many files take, the one under way among them; 0 as long as that cannot be said."""
        running = self.stage.seconds_left() if self.stage else None
        if self.files_a_minute:
            each = self.seconds / self.ended
        elif running is not None:
            each = self.running_seconds + running
        else:
            return 0.0
        return (max(each - self.running_seconds, 0.0) if running is None else running) + each * (files - 1)
