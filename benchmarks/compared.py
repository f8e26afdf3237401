"""Whether a question to a few chosen documents is answered from each of them that tells.

    python -m benchmarks.compared [--each]

Reads the papers of `compared_documents` (written for this: nine groups of three that are alike, in English, Chinese or both) into
one library and asks each question of the three of its group, and of the first of them that tells beside two of other groups.
Prints for the language of the question how many of the documents that tell were quoted with what answers, of how many quoted at
all, in how many questions the documents quoted are exactly those, and of those that none of the three answers the refused ones.
Then of the questions for the one of three that has most or least ("Which offer is the cheapest?") in how many it is quoted first.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.filled_library import filled_library
from rag_app.records import Answer, Scope
from rag_app.text.language import language

FOLDER = Path(__file__).parent / "compared_documents"
NONE = "-"


class Group(NamedTuple):
    """Files that are alike; questions, each with what each file is to be quoted for; those for the one that has most or least."""

    paths: list[Path]
    questions: list[list[str]]
    most: list[list[str]]


def main() -> None:
    """Print the figures for questions in each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="print each question that was not answered so")
    each = parser.parse_args().each
    counts: dict[str, Counter[str]] = {}
    with TemporaryDirectory() as folder:
        groups = [_read(group, Path(folder)) for group in sorted(FOLDER.glob("*.txt"))]
        with filled_library([path for group in groups for path in group.paths]) as library:
            ids = {document.name: document.id for document in library.documents()}

            def ask(question: str, paths: Sequence[Path]) -> Answer:
                *_, answer = library.ask(question, scope=Scope(document_ids=tuple(ids[path.name] for path in paths)))
                return answer

            def count(kind: str, question: str, answer: Answer, found: dict[str, int]) -> None:
                counts.setdefault(f"{language(question)} {kind}", Counter()).update(found)
                if each and not any(found.get(good) for good in ("exact", "refused", "first")):
                    print(kind, question, [(cited.document_name, cited.quote) for cited in answer.citations])

            for number, group in enumerate(groups):
                others = [groups[(number + step) % len(groups)].paths[0] for step in (1, 2)]
                for question, *expected in group.questions:
                    first = next((place for place, one in enumerate(expected) if one != NONE), 0)
                    for kind, asked, patterns in (
                        ("alike", group.paths, expected),
                        ("unlike", [group.paths[first], *others], [expected[first], NONE, NONE]),
                    ):
                        answer = ask(question, asked)
                        names = (ids[path.name] for path in asked)
                        count(kind, question, answer, _counted(answer, dict(zip(names, patterns, strict=True))))
                for question, name in group.most:
                    answer = ask(question, group.paths)
                    is_first = [cited.document_name for cited in answer.citations[:1]] == [name]
                    count("most", question, answer, {"compared": 1, "first": is_first, "none": answer.abstained})
    for kind, n in sorted(counts.items()):
        if n["compared"]:
            print(f"{kind}: the right one first {n['first']} of {n['compared']}, refused {n['none']}")
            continue
        shares = f"right {n['right']} of {n['telling']}, quoted {n['quoted']}, exactly {n['exact']} of {n['answerable']}"
        print(f"{kind}: {shares}, refused {n['refused']} of {n['unanswerable']}")


def _read(group: Path, folder: Path) -> Group:
    """The files of a group, written to `folder`, and what they are asked."""
    *papers, questions, most = re.split(r"^--- ", group.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    paths = []
    for paper in papers:
        name, _, text = paper.partition("\n")
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    asked, compared = ([line.split("\t") for line in part.splitlines()[1:] if line] for part in (questions, most))
    return Group(paths, asked, compared)


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
