"""How much each visitor may have, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visitor may have, how many visitors there may be, and how long an unused library is kept and held open.

    `megabytes` and `pages` count the whole library, `file_megabytes` and `file_pages` one file.
    """

    documents: int = 30
    megabytes: int = 60
    file_megabytes: int = 20
    pages: int = 1500
    file_pages: int = 500
    conversations: int = 100
    questions_a_minute: int = 12
    libraries: int = 400
    open_libraries: int = 16
    hours: float = 2.0
    open_minutes: float = 5.0
    upload_minutes: float = 15.0
