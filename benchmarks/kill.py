"""kill -9 at random moments of an ingestion, then: is all there that was said to be there?

    python benchmarks/kill.py [--files 200] [--kills 40] [--seed 1] [--folder KEEP_HERE]

Ingests made files through `python -m rag_app ingest --json`, once without interruption, once killed again and again and
started anew. A file counts as acknowledged as soon as its line was printed. After each kill: every acknowledged
document is in the library, and no document is half there. At the end: all files are in, and the same questions find
the same passages in both libraries.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from rag_app.store import DATABASE, Store, open_problems

QUESTIONS = ("What does report 17 say about rivers?", "Which report speaks of 主题42?", "winter harvest in report 150")
SUBJECTS = (
    "rivers",
    "bridges",
    "the winter harvest",
    "the old library",
    "铁路运输",
    "水利工程",
    "night trains",
    "the glass roof",
)
SENTENCES = 12
STARTING_SHARE = 0.25
STARTING_SECONDS = 5.0
FILES_BETWEEN = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work, and leave both libraries; a temporary folder if not given")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        show(folder, arguments.files, arguments.kills, random.Random(arguments.seed))


def show(folder: Path, count: int, kills: int, chance: random.Random) -> None:
    """The whole show; ends with an AssertionError where something was lost."""
    files = made_files(folder / "files", count)
    started = time.perf_counter()
    whole = ingest(folder / "whole", files)
    seconds = time.perf_counter() - started
    assert len(whole) == count, f"only {len(whole)} of {count} files went in without interruption"
    print(f"without interruption: {count} files in {seconds:.1f} s", flush=True)
    rounds = killed_again_and_again(folder, files, kills, seconds, chance)
    for number in range(rounds):
        finish(folder / f"killed{number}", folder / "whole", files)
    print(f"{kills} kills in {rounds} libraries: nothing acknowledged was lost, nothing is half there, search agrees", flush=True)


def killed_again_and_again(folder: Path, files: Path, kills: int, seconds: float, chance: random.Random) -> int:
    """Kill until it was done `kills` times, beginning a new library whenever one is complete; how many were begun."""
    number, acknowledged, total = 0, set[str](), len(list(files.iterdir()))
    for done in range(1, kills + 1):
        storage = folder / f"killed{number}"
        while_starting = chance.random() < STARTING_SHARE
        moment = chance.uniform(0, STARTING_SECONDS if while_starting else FILES_BETWEEN * seconds / total)
        acknowledged |= ingest(storage, files, kill_after=moment, at_work=not while_starting)
        held = check(storage, acknowledged)
        when = f"{moment:4.2f} s after the {'start' if while_starting else 'first file'}"
        print(f"kill {done:3}, {when:26}: {len(acknowledged):4} acknowledged, {held:4} of {total} in the library", flush=True)
        if held == total:
            number, acknowledged = number + 1, set()
    return number + 1


def ingest(storage: Path, files: Path, *, kill_after: float | None = None, at_work: bool = False) -> set[str]:
    """The documents acknowledged before the end, or before kill -9.

    That comes `kill_after` seconds after the start, or (`at_work`) after the first file it stored.
    """
    command = [sys.executable, "-m", "rag_app", "ingest", "--storage", str(storage), "--json", str(files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        printed = until_stored(process.stdout) if at_work else ""
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        printed += process.stdout.read()
    lines = [json.loads(line) for line in printed.splitlines() if line.endswith("}")]
    return {line["document_id"] for line in lines if line["state"] in ("done", "duplicate")}


def until_stored(output: IO[str]) -> str:
    """What was printed up to the first file stored by this process."""
    printed = ""
    for line in output:
        printed += line
        if json.loads(line)["state"] == "done":
            break
    return printed


def check(storage: Path, acknowledged: set[str]) -> int:
    """How many documents the library holds, after making sure that it is as it must be."""
    if not (storage / DATABASE).exists():
        assert not acknowledged
        return 0
    store = Store(storage)
    held = {document.id for document in store.documents()}
    store.close()
    assert acknowledged <= held, f"{len(acknowledged - held)} acknowledged documents are lost in {storage}"
    problems = open_problems(storage / DATABASE)
    assert problems == (), problems
    return len(held)


def finish(storage: Path, whole: Path, files: Path) -> None:
    """Let the rest go in, then compare with the library that was not interrupted."""
    ingest(storage, files)
    held = check(storage, set())
    assert held == len(list(files.iterdir())), f"{storage} holds {held} documents after the last run"
    for question in QUESTIONS:
        assert found(storage, question) == found(whole, question), f"{storage} answers '{question}' otherwise than {whole}"


def found(storage: Path, question: str) -> list[tuple[float, str, int, str]]:
    """What a search finds, by score; ids differ between libraries."""
    command = [sys.executable, "-m", "rag_app", "search", "--storage", str(storage), "--json", "--top-k", "20", question]
    value = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return sorted((round(hit["score"], 4), hit["document"], hit["page"], hit["text"]) for hit in value["hits"])


def made_files(folder: Path, count: int) -> Path:
    """Text files, none like the other."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = [f"# Report {number}", ""]
        for line in range(SENTENCES):
            subject = SUBJECTS[(number + line) % len(SUBJECTS)]
            lines.append(
                f"Report {number} says in line {line} that {subject} changed by {number * line % 97} percent, see 主题{number}。"
            )
        (folder / f"report{number:03}.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
