"""A typed question becomes a query."""

from rag_app.querying.abbreviations import abbreviations, long_form
from rag_app.querying.bilingual import translations
from rag_app.querying.parts import parts
from rag_app.querying.query import make_query
from rag_app.querying.vocabulary import Vocabulary

__all__ = ["Vocabulary", "abbreviations", "long_form", "make_query", "parts", "translations"]
