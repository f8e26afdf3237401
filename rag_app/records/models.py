"""Models on their way to this machine, and what they cost there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes a chat model takes: its weights, the keys and values of what it has read (cache), and what it computes with."""

    weights: int
    cache: int
    compute: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.cache + self.compute


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far the preparation or the download of a model is: `done` of `total` (steps or bytes) of `stage`."""

    stage: str
    done: int
    total: int
