"""What a click must carry to open a page with a quote marked."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import Passage, Stretch
from rag_app.ui.rendering.markup import Attribute


def opening(document_id: str, quote: Sequence[Stretch], turn: int, *, page: int = 0) -> dict[str, Attribute]:
    """The attributes that open `page`, or the first page of the `quote`; what stands of that on each page is marked there."""
    first, rest = (*quote[:2], *(Stretch(0, 0, 0),) * 2)[:2]
    carried: dict[str, Attribute] = {
        "data-document": document_id,
        "data-page": page or first.page,
        "data-quote": first.page,
        "data-start": first.start,
        "data-end": first.end,
        "data-turn": turn,
    }
    return carried | {"data-rest": rest.page, "data-rest-start": rest.start, "data-rest-end": rest.end} if rest.page else carried


def opening_passage(passage: Passage, turn: int) -> dict[str, Attribute]:
    """The attributes that open the page on which most of a passage stands, the passage marked."""
    return opening(passage.document_id, passage.whole, turn, page=passage.home.page)
