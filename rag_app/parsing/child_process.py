"""The child process seen from the app: started, spoken to, watched, ended."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import rag_app
from rag_app.parsing import messages
from rag_app.parsing.messages import Message
from rag_app.parsing.source import MEGABYTE

_MODULE = "rag_app.parsing.child"
_PROJECT = Path(rag_app.__file__).parent.parent
_LOG = "printed.txt"
_DYING_SECONDS = 1
_AT_ONCE = 1 << 16  # as much as a pipe holds
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_TELLS_WORK = Path("/proc/self/stat").exists()
_ENVIRONMENT = {"PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class ChildProcess:
    """A confined process with a folder of its own; `end` it when done."""

    def __init__(self, *, memory_mb: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True)
        self._answers, answers_end = os.pipe()
        lifeline_end, self._lifeline = os.pipe()
        command = [sys.executable, "-m", _MODULE, self._folder.name, str(answers_end), str(lifeline_end), str(memory_mb)]
        try:
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    pass_fds=(answers_end, lifeline_end),
                    cwd=_PROJECT,
                    start_new_session=True,
                    env={**os.environ, **_ENVIRONMENT, "TMPDIR": self._folder.name},
                )
        except BaseException:
            os.close(self._answers)
            os.close(self._lifeline)
            self._folder.cleanup()
            raise
        finally:
            os.close(answers_end)
            os.close(lifeline_end)
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)
        self._received = bytearray()
        self.peak_mb = 0.0

    @property
    def process_id(self) -> int:
        """Its number in the operating system."""
        return self._process.pid

    @property
    def folder(self) -> Path:
        """The folder it works in, as long as it lives."""
        return Path(self._folder.name)

    @property
    def _log(self) -> Path:
        return self.folder / _LOG

    def send(self, message: Message) -> None:
        """Ask something. Raises `EOFError` when the process is gone."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(messages.encode(message))
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise EOFError("the reading process is gone") from error

    def receive(self, *, seconds: float) -> Message | None:
        """The next answer, or None if none came in time. Raises `EOFError` when the process is gone."""
        while (end := self._received.find(b"\n")) < 0:
            if not self._poll.poll(seconds * 1000):
                self.peak_mb = max(self.peak_mb, self.resident_mb())
                return None
            piece = os.read(self._answers, _AT_ONCE)
            if not piece:
                raise EOFError("the reading process is gone")
            self._received += piece
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return messages.decode(line)

    def is_alive(self) -> bool:
        """Whether it still runs; the system may have ended it while it had nothing to do."""
        return self._process.poll() is None

    def resident_mb(self) -> float:
        """Memory it holds now; 0 when it is gone."""
        try:
            pages = Path(f"/proc/{self.process_id}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0.0
        return int(pages) * _PAGE / MEGABYTE

    def processor_seconds(self) -> float:
        """What it and the copy of it that reads ahead have worked so far; where that is not told, as long as the clock runs."""
        if not _TELLS_WORK:
            return time.monotonic()
        copies = _proc_text(f"{self.process_id}/task/{self.process_id}/children").split()
        return sum(map(_worked, (str(self.process_id), *copies)))

    def last_words(self) -> str:
        """The last lines that the dying process or a library in it printed."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING_SECONDS)
        return self._log.read_text(encoding="utf-8", errors="replace")[-1000:].strip()

    def end(self) -> None:
        """Kill it and remove its folder."""
        self._process.kill()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # of what could not be sent when it was gone
                self._process.stdin.close()
        self._process.wait()
        with suppress(ChildProcessError):
            os.waitpid(-self.process_id, 0)  # its copy, which died with it: ours where this is the first process of a container
        os.close(self._answers)
        os.close(self._lifeline)
        self._folder.cleanup()


def _worked(process: str) -> float:
    """The processor time of a process in seconds; 0 when it is gone."""
    fields = _proc_text(f"{process}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / _TICKS


def _proc_text(name: str) -> str:
    """What the operating system tells of a process; nothing of one that is gone."""
    try:
        return Path("/proc", name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
