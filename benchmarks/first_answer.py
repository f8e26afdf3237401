"""What a first question costs: seconds from start to the page, to the first words, to the whole answer, and memory.

    python -m benchmarks.first_answer FILE… --question "…" [--question "…" …] [--mode quoted|written]

Starts `app.py` on a new library to time the page, then reads the files, asks the first question twice, and then all of them.
"""

from __future__ import annotations

import argparse
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rag_app.assembly import MODELS, open_library
from rag_app.library import Library

APP = Path(__file__).parent.parent / "app.py"
LONGEST_START = 120.0


def main() -> None:
    """Print one figure a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--question", required=True, action="append")
    parser.add_argument("--mode", default="auto", choices=("auto", "quoted", "written"))
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(f"page after {_seconds_to_page(Path(folder) / 'page'):.1f} s")
        _ask(options, Path(folder) / "asked")


def _seconds_to_page(storage: Path) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    app = subprocess.Popen([sys.executable, APP, "--storage", storage, "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < LONGEST_START:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
                return time.perf_counter() - started
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise TimeoutError(f"no page after {LONGEST_START} s")
    finally:
        app.terminate()
        app.wait()


def _ask(options: argparse.Namespace, storage: Path) -> None:
    started = time.perf_counter()
    with closing(open_library(storage, MODELS, answer_mode=options.mode)) as library:
        print(f"library open after {time.perf_counter() - started:.1f} s, {_peak_megabytes()} MB")
        started = time.perf_counter()
        library.add(options.files)
        for _ in library.work():
            pass
        print(f"files read in {time.perf_counter() - started:.1f} s, peak {_peak_megabytes()} MB")
        for which in ("first question", "the same again"):
            print(f"{which}: {_told(*_asked(library, options.question[0]))}")
        asked = [_asked(library, question) for question in options.question]
        answered = [seconds for seconds in asked if seconds[0]]
        print(f"{len(answered)} of {len(asked)} answered, medians: {_told(*map(median, zip(*answered, strict=True)))}")
        print(f"peak memory {_peak_megabytes()} MB, of the parser's process {_peak_megabytes(resource.RUSAGE_CHILDREN)} MB")


def _asked(library: Library, question: str) -> tuple[float, float]:
    """Seconds to the first words of the answer, 0 for a refusal, and to all of it."""
    started = time.perf_counter()
    *_, answer = library.ask(question)
    return answer.timings.first_token / 1000, time.perf_counter() - started


def _told(first: float, whole: float) -> str:
    return f"first words after {first:.2f} s, all of it after {whole:.2f} s"


def _peak_megabytes(who: int = resource.RUSAGE_SELF) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
