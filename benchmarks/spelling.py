"""Judge the correction of questions' spelling (rag_app/querying/correction.py).

    python benchmarks/spelling.py SETS_FOLDER

Single words, sentences with wrong characters, questions with typing mistakes over their documents, and right questions over
theirs, which should stay as they are. Prints the share mended and harmed, and the milliseconds of processor time a question
takes. With --verbose also what was changed in right questions.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.interfaces import EmbeddedPassages
from rag_app.querying import Vocabulary, make_query
from rag_app.records import Document, Page, Query
from rag_app.splitting import split
from rag_app.store import Store
from rag_app.text.folding import fold

FIRST_WORDS = 1_000
NOISY = ("noisy_xquad_en", "noisy_cmrc_zh")
CLEAN_ENGLISH = ("xquad_en", "squad2_en", "hotpot100", "scifact_train", "cranfield", "xquad_en_removed", "xquad_en_to_zh")
CLEAN_CHINESE = ("xquad_zh", "cmrc2018_trial", "drcd_dev", "xquad_zh_removed", "cmrc2018_trial_removed", "xquad_zh_to_en")
MOST_CLEAN = 1_000
Row = dict[str, str]


@dataclass
class Library:
    """A library's words, and how long its questions took."""

    vocabulary: Vocabulary
    milliseconds: list[float]

    def query(self, question: str) -> Query:
        started = time.thread_time()
        query = make_query(question, self.vocabulary)
        self.milliseconds.append((time.thread_time() - started) * 1000)
        return query

    def speed(self) -> str:
        return f"{np.median(self.milliseconds):.1f} ms, 99 of 100 in {np.quantile(self.milliseconds, 0.99):.1f}"


def rows(path: Path) -> list[Row]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def library(texts: Iterable[str], folder: Path) -> Library:
    """A store of `texts`, read as the app reads its own."""
    store, embedder = Store(folder), BagOfWordsEmbedder(dimension=8)
    for number, text in enumerate(texts):
        document = Document(f"{number:064d}", "", "", "text/plain", len(text), (Page(1, text),))
        passages = split(document, count_tokens=embedder.count_tokens, passage_tokens=150, overlap_tokens=30)
        store.add(document, passages, EmbeddedPassages(np.zeros((len(passages), 8), np.float32)))
    return Library(Vocabulary(store.vocabulary(), store.phrase_count), [])


def documents(folder: Path) -> Iterator[str]:
    """The texts of a set, each below its title."""
    return (f"{row.get('title', '')}\n\n{row['text']}" for row in rows(folder / "docs.jsonl") if row.get("text"))


def print_words(folder: Path, storage: Path) -> None:
    """Misspelled words, the library being the right ones."""
    pairs = [(row["question"], row["answers"][0]) for row in rows(folder / "questions.jsonl")]
    right = sorted({word for _, word in pairs})
    known = library(right, storage)
    mended = sum(known.query(typed).searched == word for typed, word in pairs[:FIRST_WORDS])
    changed = sum(known.query(word).searched != word for word in right)
    share = f"first choice right {mended / FIRST_WORDS:.3f}"
    print(f"{folder.name}: {share}; {changed} of {len(right)} right words changed; {known.speed()}")


def print_characters(folder: Path, known: Library, pairs: list[tuple[str, str]]) -> None:
    """Changes of single characters: their precision and recall, and the sentences that are right afterwards."""
    changed = good = wrong = sentences = whole = harmed = 0
    for typed, meant in pairs:
        typed, meant = fold(" ".join(typed.split())), fold(" ".join(meant.split()))
        searched = fold(known.query(typed).searched)
        if len(typed) != len(meant):
            continue
        changes = [place for place in range(len(typed)) if searched[place] != typed[place]]
        changed += len(changes)
        good += sum(searched[place] == meant[place] for place in changes)
        wrong += sum(a != b for a, b in zip(typed, meant))
        sentences += typed != meant
        whole += typed != meant == searched
        harmed += typed == meant != searched
    print(
        f"{folder.name}: precision {good / max(1, changed):.3f}, recall {good / wrong:.3f} of {wrong} characters; "
        f"{whole / sentences:.3f} of {sentences} sentences right, {harmed} right ones changed; {known.speed()}"
    )


def print_noisy_words(folder: Path, known: Library, pairs: list[tuple[str, str]]) -> None:
    """Changes of words: how many typos are mended, left, or changed to a third word, and right words changed."""
    counts = dict.fromkeys(("mended", "left", "wrong", "harmed"), 0)
    whole = 0
    for typed, meant in pairs:
        searched = known.query(typed).searched
        if len(searched.split()) != len(typed.split()):
            searched = typed
        whole += searched == " ".join(meant.split())
        for a, b, c in zip(typed.split(), meant.split(), searched.split()):
            if a != b:
                counts["mended" if c == b else "left" if c == a else "wrong"] += 1
            elif c != a:
                counts["harmed"] += 1
    total = counts["mended"] + counts["left"] + counts["wrong"]
    share = f"{counts['mended'] / total:.3f} of {total} typos mended"
    print(f"{folder.name}: {share}, {counts}; {whole} of {len(pairs)} questions right; {known.speed()}")


def print_clean(folder: Path, known: Library, verbose: bool) -> None:
    """Right questions that were changed."""
    questions = [row["question"] for row in rows(folder / "questions.jsonl") if row["question"].strip()][:MOST_CLEAN]
    queries = [known.query(question) for question in questions]
    changed = [query for query in queries if query.corrections]
    print(f"{folder.name}: {len(changed)} of {len(questions)} questions changed; {known.speed()}")
    if verbose:
        print("   ", ", ".join(f"{c.typed} > {c.searched}" for query in changed for c in query.corrections))


def main(sets: Path, verbose: bool = False) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as folder:
        print_words(sets / "spell_words_en", Path(folder, "words"))
        sentences = [(row["question"], row["answers"][0]) for row in rows(sets / "sighan14" / "questions.jsonl")]
        print_characters(sets / "sighan14", library((right for _, right in sentences), Path(folder, "sighan14")), sentences)
        for name in NOISY:
            pairs = [(row["question"], row["clean_question"]) for row in rows(sets / name / "questions.jsonl")]
            known = library(documents(sets / name), Path(folder, name))
            (print_noisy_words if name.endswith("en") else print_characters)(sets / name, known, pairs)
        for name in (*CLEAN_ENGLISH, *CLEAN_CHINESE):
            print_clean(sets / name, library(documents(sets / name), Path(folder, "clean" + name)), verbose)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--verbose" in sys.argv)
