"""Making questions of a person's own library, by rules: a question set with variants of each, or a few to ask next."""

from rag_app.evaluation.making.made_set import make_questions
from rag_app.evaluation.making.suggesting import Suggestion, suggestions
from rag_app.evaluation.making.writing import write_made_set

__all__ = ["Suggestion", "make_questions", "suggestions", "write_made_set"]
