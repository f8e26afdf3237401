"""Making a question set from a person's own library, by rules: questions, and variants of each."""

from rag_app.evaluation.making.made_set import MadeQuestion, MadeSet, make_questions
from rag_app.evaluation.making.writing import write_made_set

__all__ = ["MadeQuestion", "MadeSet", "make_questions", "write_made_set"]
