"""What this machine has."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_MEMORY = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")
_KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that programs may still take, and all there are: of the machine, or of the container this runs in."""

    free: int
    total: int


def memory() -> Memory:
    """The memory of this machine now."""
    lines = (line.split() for line in _MEMORY.read_text(encoding="ascii").splitlines())
    found = {words[0].rstrip(":"): int(words[1]) * _KILOBYTE for words in lines}
    return within(Memory(found["MemAvailable"], found["MemTotal"]), _GROUP)


def within(whole: Memory, group: Path) -> Memory:
    """`whole`, or as much of it as a container is given (control groups, version 2). The cache of files can be taken back."""
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))
        used = int((group / "memory.current").read_text(encoding="ascii"))
        lines = (line.split() for line in (group / "memory.stat").read_text(encoding="ascii").splitlines())
        cache = {words[0]: int(words[1]) for words in lines}.get("inactive_file", 0)
    except (OSError, ValueError):
        return whole  # no such group, or one without a limit ("max")
    return Memory(min(whole.free, max(0, limit - used + cache)), min(whole.total, limit))


def from_home(path: Path) -> Path:
    """The path that begins with `~` as the shell reads it; where there is no such home it is a name like any other."""
    return Path(os.path.expanduser(path))  # unlike `Path.expanduser`, it raises nothing
