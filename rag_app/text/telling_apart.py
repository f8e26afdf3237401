"""Documents that are called the same, told apart by as little as it takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

# A document: its id, the folder that it came from, empty where nobody knows, and when it was added, ISO 8601.
Sharer = tuple[str, str, str]
Parts = tuple[str, ...]

_WHEN: tuple[Callable[[Sharer], str], ...] = (
    lambda one: _local(one[2], "%Y-%m-%d"),
    lambda one: _local(one[2], "%Y-%m-%d %H:%M"),
    lambda one: one[0][:8],
)


def told_apart(name: str, sharers: Sequence[Sharer]) -> list[tuple[str, str]]:
    """What each document of this `name` is called, with its id: `name` itself if there is one, else after the end of its folder
    that no other folder has (`2023/report.pdf`); several of one folder by the day they were added, the minute, or their id."""
    alike: dict[Parts, list[Sharer]] = defaultdict(list)
    for one in sharers:
        alike[PurePath(one[1]).parts].append(one)
    ends = Counter(parts[-length:] for parts in alike for length in range(1, len(parts) + 1))
    called = []
    for parts, found in alike.items():
        path = _end(parts, ends) + name if len(alike) > 1 else name
        called += [(path + when, label) for (label, *_), when in zip(found, _times(found), strict=True)]
    return called


def _end(parts: Parts, ends: Counter[Parts]) -> str:
    """The shortest end of a folder that is there once among all `ends`, before the name of a file in it."""
    unique = (parts[-length:] for length in range(1, len(parts)) if ends[parts[-length:]] == 1)
    end = next(unique, parts)
    return f"{PurePath(*end).as_posix().rstrip('/')}/" if end else ""


def _times(alike: Sequence[Sharer]) -> list[str]:
    """What tells documents of one folder apart, in brackets; nothing for one alone."""
    if len(alike) == 1:
        return [""]
    told = ([said(one) for one in alike] for said in _WHEN)
    best = next((times for times in told if len(set(times)) == len(times)), [one[0] for one in alike])
    return [f" ({one})" for one in best]


def _local(moment: str, form: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime(form) if moment else ""
