"""The schema and its steps."""

from rag_app.migrations.applying import apply, is_current, names, unknown_steps
from rag_app.migrations.schema import LANGUAGE_SAMPLE, mean_vector, steps

__all__ = ["LANGUAGE_SAMPLE", "apply", "is_current", "mean_vector", "names", "steps", "unknown_steps"]
