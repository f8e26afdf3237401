"""An ingestion to be killed: `python -m tests.interrupted STORAGE PATH…`.

Prints `ready`, then the name of each file once it is stored.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.ingestion import Ingestion
from rag_app.records import FileOutcome
from rag_app.settings import Settings
from rag_app.store import Store
from tests.text_parser import TextParser


def main(storage: Path, paths: list[Path]) -> None:
    store = Store(storage)
    embedder = BagOfWordsEmbedder()
    store.expect_embedder(embedder.id, embedder.dimension)
    print("ready", flush=True)
    flow = Ingestion(store, TextParser(), embedder, Settings(passage_tokens=20, overlap_tokens=0))
    flow.add(paths)
    for event in flow.work(lambda: False):
        if isinstance(event, FileOutcome):
            print(event.name, flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]])
