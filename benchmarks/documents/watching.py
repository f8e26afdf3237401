"""Watches while files are read: memory of this process and of its children, a listener that nothing may reach, canaries."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOOK_SECONDS = 0.02
PORT = 9977
CANARIES = "docqa_canary_*"
SECRET = b"root:x:0:0"
_TMP = Path("/tmp")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 1 << 20


class Watch:
    """Memory in MB, looked at fifty times a second: the most this process held, and the most a child did with its own."""

    def __init__(self) -> None:
        self.app_mb = resident_mb()
        self.child_mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Look no longer."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self.app_mb = max(self.app_mb, resident_mb())
            self.child_mb = max([self.child_mb, *map(_peak_mb_with_copies, children())])


def resident_mb() -> float:
    """Memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / _MEGABYTE


def children(process_id: int | str = "self") -> list[int]:
    """The child processes of this one, or of another."""
    try:
        listed = [task.joinpath("children").read_text() for task in Path(f"/proc/{process_id}/task").iterdir()]
    except OSError:
        return []
    return [int(number) for line in listed for number in line.split()]


def seconds_of_children() -> float:
    """What the processors have spent so far on the children of this process and on theirs."""
    processes = [process for child in children() for process in (child, *children(child))]
    tasks = [task for process in processes for task in Path(f"/proc/{process}/task").iterdir()]
    return sum(int(task.joinpath("schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _peak_mb_with_copies(process_id: int) -> float:
    """The most that a process and its children have held so far, each for itself: what they share counts twice."""
    return sum(map(_peak_mb, (process_id, *children(process_id))))


def _peak_mb(process_id: int) -> float:
    """The most that a process has held so far."""
    try:
        lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@contextmanager
def listening() -> Iterator[list[str]]:
    """A listener where hostile files would call; yields the list of who did."""
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", PORT)) as server:
        server.settimeout(0.1)
        ended = threading.Event()
        thread = threading.Thread(target=_accept, args=(server, callers, ended), daemon=True)
        thread.start()
        try:
            yield callers
        finally:
            ended.set()
            thread.join()


def _accept(server: socket.socket, callers: list[str], ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            connection, address = server.accept()
        except TimeoutError:
            continue
        callers.append(str(address))
        connection.close()


@contextmanager
def bait(file: Path) -> Iterator[None]:
    """The file that one of the hostile PDFs tries to load, put where it looks for it."""
    place = _TMP / "docqa_canary"
    place.mkdir(exist_ok=True)
    try:
        shutil.copy(file, place)
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def canaries() -> list[str]:
    """What hostile files have put down."""
    return sorted(path.name for path in _TMP.glob(CANARIES))


def holding(folder: Path) -> list[str]:
    """The files below `folder` that hold the secret."""
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and SECRET in path.read_bytes()]
