"""Models on their way to this machine, and what they cost there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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


class ModelState(str, Enum):
    """Whether a model's files can be used."""

    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


class Fit(str, Enum):
    """Whether a chat model's memory is there: free now, free once other programs are closed, or not in this machine."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as it stands on the shelf. `reason` is a sentence where it is not there.

    `size` are the bytes to download or on disk, 0 where unknown. `need` and `fit` are of chat models, None where unknown.
    `is_own` says that it is a file of the models folder, which can be removed; `is_fetched` that it comes from the hub.
    """

    id: str
    is_chat: bool
    licence: str
    use: str
    languages: tuple[str, ...]
    parameters: int
    size: int
    context: int
    state: ModelState
    reason: str
    need: MemoryNeed | None
    fit: Fit | None
    is_chosen: bool
    is_own: bool
    is_fetched: bool


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that a chat model reads and writes; 0 where that is not known (yet). `finished` is the last word."""

    reading: float
    writing: float
    seconds: float
    finished: bool
