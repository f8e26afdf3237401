"""What a person measures on this machine: sets made of their own library or lying in a folder, run after run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from rag_app.errors import LibraryError, Stopped
from rag_app.evaluation.comparison import Asked, Comparison, Run, compare, libraries_in
from rag_app.evaluation.configurations import CONFIGURATIONS, Configuration, configuration
from rag_app.evaluation.keeping import keep, kept
from rag_app.evaluation.making import make_questions, write_made_set
from rag_app.evaluation.question_set import read_question_set
from rag_app.evaluation.report import write_report
from rag_app.evaluation.runner import Read
from rag_app.interfaces import Stop
from rag_app.library import Library
from rag_app.settings import Settings

SETS, REPORTS, LAST = "question-sets", "reports", "last.json"
PRESENT = "present"
STOPPED = "Stopped. What was asked so far is not kept; documents that were read are."


@dataclass(frozen=True, slots=True)
class Made:
    """A set that was made: where it lies, where it can be reviewed, and how many questions it has."""

    folder: Path
    review: Path
    questions: int


class Bench:
    """Question sets and runs over them, kept below the storage of `library`, which itself is not changed."""

    def __init__(self, library: Library, models: Path) -> None:
        self._library = library
        self._models = models

    @property
    def configurations(self) -> tuple[str, ...]:
        """What can be measured: the settings as they are now, and the named ones."""
        return (PRESENT, *CONFIGURATIONS)

    def sets(self) -> tuple[Path, ...]:
        """The sets that were made here, the newest first."""
        found = (self._library.storage / SETS).glob("*/questions.jsonl")
        return tuple(sorted((path.parent for path in found), reverse=True))

    def make(self, count: int, stop: Stop) -> Iterator[Made]:
        """Make a set of at most `count` questions, with variants, of the library. Raises `LibraryError`, `QuestionSetError`."""
        if not self._library.documents():
            raise LibraryError("The library holds no document yet. Add some first.")
        folder = self._library.storage / SETS / datetime.now().strftime("%Y-%m-%d-%H%M%S")
        made = make_questions(self._library, count=count, seed=0)
        if not stop():
            yield Made(folder, write_made_set(folder, made), len(made.questions))

    def run(
        self, folder: Path, names: Sequence[str], stop: Stop, *, limit: int | None, retrieval_only: bool
    ) -> Iterator[Read | Asked | Run | Comparison]:
        """Ask a set of each configuration, tell how far that is, and keep a report. Raises `Stopped`, `QuestionSetError`."""
        chosen = [self._configuration(name) for name in dict.fromkeys(names)] or [self._configuration(PRESENT)]
        opening = libraries_in(self._library.storage, self._models)
        events = compare(read_question_set(folder), chosen, opening, limit=limit, retrieval_only=retrieval_only, stop=stop)
        for event in events:
            if isinstance(event, Comparison):
                write_report(self.report_of(event), event)
                keep(self._last, event)
            yield event
            if stop():
                raise Stopped(STOPPED)

    def last(self) -> Comparison | None:
        """The last comparison, also of a time before this program; None where there is none any more."""
        return kept(self._last)

    def report_of(self, comparison: Comparison) -> Path:
        """The folder of a comparison's report: the newest of its set takes the place of an older one."""
        name = re.sub(r"[^\w.-]+", "-", comparison.question_set.folder.resolve().name)
        return self._library.storage / REPORTS / name

    @property
    def _last(self) -> Path:
        return self._library.storage / REPORTS / LAST

    def _configuration(self, name: str) -> Configuration:
        if name != PRESENT:
            return configuration(name)
        standard, now = Settings(), self._library.settings
        values = {field.name: getattr(now, field.name) for field in fields(Settings)}
        return Configuration(PRESENT, {name: value for name, value in values.items() if value != getattr(standard, name)})
