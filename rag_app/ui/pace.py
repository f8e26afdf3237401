"""How fast files come in, and how long the rest will take at that."""

from __future__ import annotations

from dataclasses import dataclass

from rag_app.records import Progress

# Of a file's time, the share that is over when a stage begins, and the share that the stage takes; embedding is most of it.
STAGES = {"parsing": (0.0, 0.2), "embedding": (0.2, 0.75), "storing": (0.95, 0.05)}
LEAST_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What was done in `seconds`: files that ended, the running one by its share."""

    files: float
    seconds: float

    @property
    def files_a_minute(self) -> float:
        """Files in a minute, 0 as long as that cannot be said."""
        return self.files / self.seconds * 60 if self.seconds >= LEAST_SECONDS else 0.0

    def seconds_left(self, files: float) -> float:
        """Seconds that so many more files take, 0 as long as that cannot be said."""
        rate = self.files_a_minute
        return files / rate * 60 if rate else 0.0


def share_of(progress: Progress) -> float:
    """How much of a file is done, 0 to 1."""
    begins, takes = STAGES.get(progress.stage, (0.0, 0.0))
    return begins + takes * progress.done / max(progress.total, 1)
