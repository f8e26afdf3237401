"""What the child process is held to: memory, no network, no program started, nothing written outside its own folder.

The operating system's limits hold whatever runs in the child; the audit hook stops what Python code or a library called
from it tries (it is no wall against machine code that has been taken over). A copy of the process (a fork) is held to the same.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import select
import sys
from pathlib import Path

from rag_app.parsing.source import MEGABYTE

_LARGEST_FILE = 256 * MEGABYTE
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_REFUSED = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostby",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.kill",
    "pty.spawn",
)
_CHANGES_FILES = {
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(folder: Path, *, memory_mb: int, lifeline: int) -> None:
    """Confine this process for good, and its copies. `folder` is the only place it may write to; `lifeline` as in `die_with`."""
    die_with(lifeline)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    sys.dont_write_bytecode = True  # of what is imported from now on; the rest is compiled once, for the next process too
    _leave_the_network()
    sys.addaudithook(_Watch(folder))


def die_with(lifeline: int) -> None:
    """Have the kernel end this process when another one is gone, which holds the other end of the pipe `lifeline` open.

    It does so even in the middle of a library call. (A parent-death signal would not do: it fires when the parent's *thread*
    ends.)
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(lifeline)
    if poll.poll(0):
        os._exit(1)  # it was gone before


def hold_to(share: float) -> None:
    """Hold this process to a share of the memory it was confined to, up to all of it, until it is held to another."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (int(share * most), most))


def _leave_the_network() -> None:
    """Move into a network namespace of its own where the system permits; the audit hook stands in where not."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_NETWORK | _NEW_USER)


class _Watch:
    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder) + os.sep

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not allowed while a document is read")
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITING:
                self._check(path)
        elif event in _CHANGES_FILES:
            for path in arguments:
                self._check(path)

    def _check(self, path: object) -> None:
        if isinstance(path, (str, bytes, os.PathLike)):
            real = os.path.realpath(os.fsdecode(path))
            if not (real + os.sep).startswith(self._folder) and real != os.devnull:
                raise PermissionError(f"{real} is not to be written while a document is read")
