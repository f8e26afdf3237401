"""Everything the library keeps: one SQLite file, and the original files beside it."""

from rag_app.store.opening import DATABASE
from rag_app.store.soundness import open_problems
from rag_app.store.store import Store

__all__ = ["DATABASE", "Store", "open_problems"]
