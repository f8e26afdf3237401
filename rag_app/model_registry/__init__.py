"""Which models there are, where their files lie, and how they get there. Importing this package loads no model."""

from rag_app.model_registry.model import Model, Role
from rag_app.model_registry.registry import ModelRegistry

__all__ = ["Model", "ModelRegistry", "Role"]
