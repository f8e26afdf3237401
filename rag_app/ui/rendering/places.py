"""Where words stand, in the language of the page."""

from __future__ import annotations

from rag_app.records import Citation, Evidence, StoredPassage, pages_of
from rag_app.text.places import place
from rag_app.ui.language import Wording

Cited = Citation | Evidence | StoredPassage


def place_of(wording: Wording, cited: Cited, *, begins: bool = False) -> str:
    """Where it stands in its document; empty where there is nothing to say. `begins` says that the line begins with it."""
    page, part = ("page", "part") if begins else ("place.page", "place.part")
    if isinstance(cited, Citation):
        pages, cells, section = cited.pages, cited.cells, cited.section
    elif isinstance(cited, Evidence):
        pages, cells, section = pages_of(cited.places), "", cited.stored.section
    else:
        pages, cells, section = str(cited.passage.home.page), "", cited.section
    unfilled = {name: f"{{{name}}}" for name in ("page", "part", "parts")}
    return place(pages, cells, section, page=wording(page, **unfilled), part=wording(part, **unfilled))


def named_place(wording: Wording, cited: Cited) -> str:
    """The document, and where it stands there."""
    name = cited.stored.document_name if isinstance(cited, Evidence) else cited.document_name
    where = place_of(wording, cited)
    return wording("place", name=name, place=where) if where else name
