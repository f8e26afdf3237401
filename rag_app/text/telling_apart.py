"""Documents that are called the same, told apart by as little as it takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
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


def told_apart(name: str, sharers: Sequence[Sharer], *, among_others: bool = False) -> list[tuple[str, str]]:
    """What each document of this `name` is called, with its id: `name` itself if there is one, else after the end of its folder
    that no other folder has (`2023/report.pdf`); several of one folder by the day they were added, the minute, or their id.

    There may be others of this name in folders that end in another part: they are `among_others`, who are not told of.
    """
    parts_of = {folder: PurePath(folder).parts for folder in {one[1] for one in sharers}}
    alike: dict[Parts, list[Sharer]] = defaultdict(list)
    for one in sharers:
        alike[parts_of[one[1]]].append(one)
    ends = Counter(parts[-length:] for parts in alike for length in range(1, len(parts) + 1))
    called = []
    for parts, found in alike.items():
        path = _end(parts, ends) + name if len(alike) > 1 or among_others else name
        called += [(path + when, label) for (label, *_), when in zip(found, _times(found), strict=True)]
    return called


def called_among(name: str, folder: str, folders: Iterable[str]) -> str:
    """What a file of this `name` in a `folder` is called beside those of that name in `folders`, the one or others."""
    own, end = PurePath(folder), PurePath(folder).name
    near, has_others = {str(own)}, False
    for one in folders:
        if end and one.rstrip("/").endswith(end):
            near.add(str(PurePath(one)))
        else:
            has_others = has_others or PurePath(one) != own
    called = told_apart(name, [(one, one, "") for one in near], among_others=has_others)
    return next(words for words, one in called if one == str(own))


def _end(parts: Parts, ends: Counter[Parts]) -> str:
    """The shortest end of a folder that is there once among all `ends`, before the name of a file in it."""
    unique = (parts[-length:] for length in range(1, len(parts)) if ends[parts[-length:]] == 1)
    end = next(unique, parts)
    return f"{PurePath(*end).as_posix().rstrip('/')}/" if end else ""


def _times(alike: Sequence[Sharer]) -> list[str]:
    """What tells documents of one folder apart, in brackets; nothing for one alone."""
    if len(alike) == 1:
        return [""]
    best = next((times for said in _WHEN if (times := _distinct(map(said, alike)))), [one[0] for one in alike])
    return [f" ({one})" for one in best]


def _distinct(times: Iterable[str]) -> list[str]:
    """The times, if no two are the same."""
    found = dict[str, None]()
    for time in times:
        if time in found:
            return []
        found[time] = None
    return list(found)


def _local(moment: str, form: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime(form) if moment else ""
