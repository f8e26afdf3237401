"""The real multilingual-e5-small for tests, unpacked once for each version of the code that unpacks it."""

from __future__ import annotations

import getpass
import hashlib
import tempfile
from pathlib import Path

import rag_app.model_registry as package
from rag_app.embedding import OnnxEmbedder, SentenceTransformersEmbedder
from rag_app.model_registry import ModelRegistry

E5 = "multilingual-e5-small"

Engine = type[OnnxEmbedder] | type[SentenceTransformersEmbedder]


def open_e5(engine: Engine, folder: Path, *, threads: int = 1) -> OnnxEmbedder | SentenceTransformersEmbedder:
    """The model of `folder` with its prefixes."""
    return engine(folder, id=E5, question_prefix="query: ", passage_prefix="passage: ", threads=threads)


def prepared_models() -> ModelRegistry:
    """A registry over a folder where multilingual-e5-small is ready; safe for several test processes at once."""
    digest = hashlib.sha256()
    for source in sorted(path for path in Path(package.__file__).parent.rglob("*.*") if path.suffix in (".py", ".npz")):
        digest.update(source.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"footnote-tests-{getpass.getuser()}" / digest.hexdigest()[:16]
    registry = ModelRegistry(folder)
    for _ in registry.prepare(E5):
        pass
    return registry
