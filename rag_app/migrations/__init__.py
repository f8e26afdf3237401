"""The schema, one step after another."""

from rag_app.migrations.applying import apply, is_current, names, unknown_steps
from rag_app.migrations.steps import LANGUAGE_SAMPLE, STEPS, mean_vector

__all__ = ["LANGUAGE_SAMPLE", "STEPS", "apply", "is_current", "mean_vector", "names", "unknown_steps"]
