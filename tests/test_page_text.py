"""The text of a page as the reader view shows it."""

from __future__ import annotations

from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.page_text import MOST_SHOWN, page_text_html

WORDING = Wording(Language.ENGLISH)


def shown(text: str, quote: str = "") -> str:
    start = text.index(quote)
    return page_text_html(WORDING, text, start, start + len(quote))


def test_rows_are_a_table_and_the_quote_is_marked_in_each_cell() -> None:
    html = shown("People\nName | Age\nAnn <b> | | 30\nThe end.", "Ann <b> | | 30")
    assert '<div class="fn-lines">People\n</div><table' in html
    assert "<tr><td>Name</td><td>Age</td></tr>" in html
    mark = '<mark class="fn-highlight-text">'
    assert f"<tr><td>{mark}Ann &lt;b&gt;</mark></td><td></td><td>{mark}30</mark></td></tr></table>" in html
    assert html.endswith('<div class="fn-lines">The end.</div></div></div>')


def test_a_quote_may_begin_in_a_row_and_end_below_the_table() -> None:
    html = shown("a | b\nc | d\nThe end.", "d\nThe")
    mark = '<mark class="fn-highlight-text">'
    assert f'<td>c</td><td>{mark}d</mark></td></tr></table><div class="fn-lines">{mark}The</mark> end.</div>' in html


def test_text_without_rows_stays_as_it_is() -> None:
    assert ">One ||\ntwo|three\n</div>" in shown("One ||\ntwo|three\n")
    assert "There is no text on this page." in shown(" \n")


def test_of_a_very_long_page_the_part_around_the_quote_is_shown() -> None:
    text = "\n".join(f"row {number} | {number}" for number in range(1_000_000))
    html = shown(text, "row 777777 | 777777")
    assert "very long" in html
    assert '<mark class="fn-highlight-text">row 777777</mark>' in html
    assert "<td>row 777</td>" not in html
    assert len(html) < 5 * MOST_SHOWN
    whole = shown("x" * 10 * MOST_SHOWN, "x")
    assert len(whole) < 2 * MOST_SHOWN
    assert "very long" not in shown("x" * MOST_SHOWN, "x")
