"""Whether a question to a few chosen documents is answered from each of them that tells.

    python -m benchmarks.compared [--each]

Reads the papers of `compared_documents` (written for this: nine groups of three that are alike, in English, Chinese or both) into
one library and asks each question of the three of its group, and of the first of them that tells beside two of other groups.
Prints for the language of the question how many of the documents that tell were quoted with what answers, of how many quoted at
all, in how many questions the documents quoted are exactly those, and of those that none of the three answers the refused ones.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.filled_library import filled_library
from rag_app.records import Answer, Scope
from rag_app.text.language import language

FOLDER = Path(__file__).parent / "compared_documents"
NONE = "-"


def main() -> None:
    """Print the figures for questions in each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="print each question that was not answered so")
    each = parser.parse_args().each
    counts: dict[str, Counter[str]] = {}
    with TemporaryDirectory() as folder:
        groups = [_read(group, Path(folder)) for group in sorted(FOLDER.glob("*.txt"))]
        with filled_library([path for paths, _ in groups for path in paths]) as library:
            ids = {document.name: document.id for document in library.documents()}
            for number, (paths, questions) in enumerate(groups):
                others = [groups[(number + step) % len(groups)][0][0] for step in (1, 2)]
                for question, *expected in questions:
                    first = next((place for place, one in enumerate(expected) if one != NONE), 0)
                    for kind, asked, patterns in (
                        ("alike", paths, expected),
                        ("unlike", (paths[first], *others), (expected[first], NONE, NONE)),
                    ):
                        scope = Scope(document_ids=tuple(ids[path.name] for path in asked))
                        *_, answer = library.ask(question, scope=scope)
                        found = _counted(answer, dict(zip(scope.document_ids, patterns, strict=True)))
                        counts.setdefault(f"{language(question)} {kind}", Counter()).update(found)
                        if each and not (found.get("exact") or found.get("refused")):
                            print(kind, question, [(cited.document_name, cited.quote) for cited in answer.citations])
    for kind, n in sorted(counts.items()):
        shares = f"right {n['right']} of {n['telling']}, quoted {n['quoted']}, exactly {n['exact']} of {n['answerable']}"
        print(f"{kind}: {shares}, refused {n['refused']} of {n['unanswerable']}")


def _read(group: Path, folder: Path) -> tuple[list[Path], list[list[str]]]:
    """The files of a group, written to `folder`, and its questions, each with what each file is to be quoted for."""
    *papers, questions = re.split(r"^--- ", group.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    paths = []
    for paper in papers:
        name, _, text = paper.partition("\n")
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths, [line.split("\t") for line in questions.splitlines()[1:] if line]


def _counted(answer: Answer, expected: Mapping[str, str]) -> dict[str, int]:
    """What an answer adds to the figures, by what each document is to be quoted for."""
    quotes: dict[str, list[str]] = {}
    for cited in answer.citations:
        quotes.setdefault(cited.document_id, []).append(cited.in_context)
    telling = [name for name, pattern in expected.items() if pattern != NONE]
    if not telling:
        return {"unanswerable": 1, "refused": answer.abstained}
    right = sum(name in quotes and re.search(expected[name], " ".join(quotes[name])) is not None for name in telling)
    exact = right == len(telling) == len(quotes)
    return {"answerable": 1, "telling": len(telling), "right": right, "quoted": len(quotes), "exact": exact}


if __name__ == "__main__":
    main()
