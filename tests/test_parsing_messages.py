"""Pages between the reading process and the app: nothing of a page is lost on the way, however long it is."""

from __future__ import annotations

import pytest

from rag_app.parsing import messages
from rag_app.records import CellRows, Heading, Page, PageBreak, RecognizedLine, Rectangle, Running, Table

WORD = "word 字 😀 "
LINE = RecognizedLine(0, 4, Rectangle(0.1, 0.2, 0.3, 0.4), 1, (0, 250, 500, 1000), 0.9)
FULL = Page(
    7,
    "Title\nA | B\n1 | 2\nfooter",
    headings=(Heading(0, 5, 1),),
    tables=(Table(12, 17, "A | B"),),
    cells=(CellRows(6, 17, 3, "A", "B"),),
    running=(Running(18, 24),),
    lines=(LINE,),
    continues=PageBreak(11, " "),
)


@pytest.mark.parametrize("page", [Page(1, ""), FULL, Page(2, WORD * 300_000), Page(3, "x" * 1_000_000), Page(4, "x" * 1_000_001)])
def test_a_page_arrives_as_it_was_sent(page: Page) -> None:
    sent = [messages.decode(messages.encode(message)) for message in messages.page_messages(page)]
    *parts, last = sent
    assert messages.page_of([part["text"] for part in parts], last) == page
    assert [message["kind"] for message in sent] == [messages.TEXT] * len(parts) + [messages.PAGE]


def test_no_message_holds_more_than_a_part_of_a_long_text() -> None:
    longest = max(len(message["text"]) for message in messages.page_messages(Page(1, WORD * 300_000)))
    assert longest == 1_000_000
