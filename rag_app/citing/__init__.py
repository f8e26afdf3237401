"""Whether a written sentence is supported by the evidence, decided by code alone, and the footnotes that say so."""

from rag_app.citing.numbers import MULTIPLIERS, ORDINALS, WORDS
from rag_app.citing.quantities import DATE, Quantity, are_of_one_unit, is_money, quantity_of
from rag_app.citing.rewording import without_lead
from rag_app.citing.support import cite, closest, same_content, share_of_words, supporting

__all__ = [
    "DATE",
    "MULTIPLIERS",
    "ORDINALS",
    "WORDS",
    "Quantity",
    "are_of_one_unit",
    "cite",
    "closest",
    "is_money",
    "quantity_of",
    "same_content",
    "share_of_words",
    "supporting",
    "without_lead",
]
