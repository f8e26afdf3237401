"""Many visitors of one server: each with a library of their own, for a while, within limits, and in turn."""

from rag_app.visitors.keys import is_key, new_key
from rag_app.visitors.limits import Limits
from rag_app.visitors.rationed_library import RationedLibrary
from rag_app.visitors.turns import Turns
from rag_app.visitors.visitors import Visitors

__all__ = ["Limits", "RationedLibrary", "Turns", "Visitors", "is_key", "new_key"]
