"""Where words stand, as it is said: on a page, in cells, or in a document without pages under its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.records import Section
from rag_app.text.context import BETWEEN_CELLS

LONGEST_HEADINGS = 80
BELOW = " › "
_WITH_PAGES = re.compile(r"application/pdf|image/.+|.+\.presentation(?:ml\..+)?|application/vnd\.ms-powerpoint")
_WITH_SOME = re.compile(r".+\.wordprocessingml\..+")  # a file that its program wrote no page breaks into is one long page


def has_pages(media_type: str, pages: int) -> bool:
    """Whether a reader finds a place in such a document, read as so many pages, by the number of a page or slide."""
    return _WITH_PAGES.fullmatch(media_type) is not None or (pages > 1 and _WITH_SOME.fullmatch(media_type) is not None)


def headings_above(heading_path: Sequence[str]) -> str:
    """The headings of a path in a line, the outermost left out as long as they are too many; the names of columns are none."""
    headings = [heading for heading in heading_path if BETWEEN_CELLS not in heading]
    while len(headings) > 1 and len(BELOW.join(headings)) > LONGEST_HEADINGS:
        headings = headings[1:]
    line = BELOW.join(headings)
    return line if len(line) <= LONGEST_HEADINGS else line[: LONGEST_HEADINGS - 1].rstrip() + "…"


def place(pages: str, cells: str, section: Section | None, *, page: str, part: str) -> str:
    """The cells of a sheet, the headings of a document without pages, else its `part` where it has several, or the `page`.

    The last two are sentences with placeholders in braces.
    """
    if cells:
        return cells
    if section is None:
        return page.format(page=pages)
    return section.headings or (part.format(part=section.part, parts=section.parts) if section.parts > 1 else "")
