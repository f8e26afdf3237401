"""Everything the library keeps: one SQLite file, and the original files beside it."""

from rag_app.store.opening import DATABASE, FILES
from rag_app.store.soundness import open_problems
from rag_app.store.store import Store

__all__ = ["DATABASE", "FILES", "Store", "open_problems"]
