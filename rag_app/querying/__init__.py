"""A typed question becomes a query."""

from rag_app.querying.abbreviations import abbreviations, long_form
from rag_app.querying.bilingual import translations
from rag_app.querying.definition import defined_in
from rag_app.querying.extremes import extreme_of
from rag_app.querying.follow_up import named_instead
from rag_app.querying.names_across import names_across
from rag_app.querying.overview import asks_for_overview
from rag_app.querying.parts import parts
from rag_app.querying.query import make_query
from rag_app.querying.small_talk import SmallTalk, said_to_app
from rag_app.querying.statement import is_statement
from rag_app.querying.things import things_named
from rag_app.querying.vocabulary import Vocabulary

__all__ = [
    "SmallTalk",
    "Vocabulary",
    "abbreviations",
    "asks_for_overview",
    "defined_in",
    "extreme_of",
    "is_statement",
    "long_form",
    "make_query",
    "named_instead",
    "names_across",
    "parts",
    "said_to_app",
    "things_named",
    "translations",
]
