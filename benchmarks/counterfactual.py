"""Whether answers say what the documents say, where that is not the truth.

    python -m benchmarks.counterfactual SET_DIR WORK_FOLDER

Asks each question that has passages with a false answer (RGB's `counterfactual_doc_ids`, `fake_answer`) of these alone.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation.question_set import read_question_set
from rag_app.evaluation.runner import build
from rag_app.records import Scope
from rag_app.text.folding import fold


def main(folder: Path, work: Path) -> None:
    """Print how many were answered, said the false answer, the true one, and quoted a passage word for word."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get("counterfactual_doc_ids")]
    answered = false = true = quoted = 0
    with closing(open_library(work, MODELS)) as library:
        question_set = read_question_set(folder)
        catalogue = build(library, question_set)
        texts = {catalogue.documents[row.id]: fold(row.text) for row in question_set.documents}
        for row in rows:
            scope = Scope(document_ids=tuple({catalogue.documents[name] for name in row["counterfactual_doc_ids"]}))
            *_, answer = library.ask(row["question"], scope=scope)
            if answer.abstained:
                continue
            said = fold(answer.text)
            answered += 1
            false += _says(said, row["fake_answer"])
            true += any(_says(said, alias) for alias in row["answers"])
            cited = [citation for sentence in answer.sentences for citation in sentence.citations]
            quoted += all(fold(citation.quote) in texts[citation.document_id] for citation in cited)
    print(f"{len(rows)} questions: answered {answered}, as the passage says {false}, the truth {true}; quotes right {quoted}")


def _says(said: str, answers: object) -> bool:
    aliases = answers if isinstance(answers, list) else [answers]
    return any(fold(str(alias)) in said for alias in aliases)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
