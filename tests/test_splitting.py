"""Passages: whole sentences, one page, one heading, overlapping neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import Document, Heading, Page, Passage, Running, Table
from rag_app.splitting import split
from rag_app.text.cells import is_header
from rag_app.text.context import context_text


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document(*pages: Page) -> Document:
    return Document("d", "d.txt", "Title", "text/plain", 1, pages)


def split_words(page: Page, *, limit: int, overlap: int = 0) -> list[str]:
    return [p.text for p in split(document(page), count_tokens=count_words, passage_tokens=limit, overlap_tokens=overlap)]


def test_whole_sentences_fill_a_passage() -> None:
    assert split_words(Page(1, "One two. Three four. Five six."), limit=4) == ["One two. Three four.", "Five six."]


def test_neighbours_share_the_last_sentences_that_fit() -> None:
    text = "One two. Three four. Five six. Seven eight."
    assert split_words(Page(1, text), limit=4, overlap=2) == [
        "One two. Three four.",
        "Three four. Five six.",
        "Five six. Seven eight.",
    ]


def test_overlap_gives_way_where_the_next_sentence_needs_the_room() -> None:
    text = "One two. Three four. A sentence of five words."
    assert split_words(Page(1, text), limit=5, overlap=2) == ["One two. Three four.", "A sentence of five words."]


def test_a_sentence_longer_than_a_passage_is_cut_and_nothing_is_lost() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    passages = split_words(Page(1, text), limit=10)
    assert " ".join(passages).split() == text.split()
    assert max(map(len, passages)) < 120


def test_offsets_give_the_text_back() -> None:
    page = Page(2, "Head\nOne two. Three four. Five six.", (Heading(0, 4, 1),))
    for passage in split(document(page), count_tokens=count_words, passage_tokens=3, overlap_tokens=1):
        assert passage.page == 2
        assert page.text[passage.start : passage.end] == passage.text


def test_headings_make_a_path_that_goes_on_over_pages() -> None:
    first = Page(1, "Report\nIntro text. \nCosts\nMany costs.", (Heading(0, 6, 1), Heading(20, 25, 2)))
    second = Page(2, "More costs.\nResults\nGood ones.", (Heading(12, 19, 2),))
    passages = split(document(first, second), count_tokens=count_words, passage_tokens=4, overlap_tokens=0)
    assert [(p.page, p.heading_path, p.text) for p in passages] == [
        (1, ("Report",), "Report\nIntro text."),
        (1, ("Report", "Costs"), "Costs\nMany costs."),
        (2, ("Report", "Costs"), "More costs."),
        (2, ("Report", "Results"), "Results\nGood ones."),
    ]


def test_headings_in_a_row_do_not_make_a_passage_each() -> None:
    page = Page(1, "Net\nGross\nTotal\nOne two three.", (Heading(0, 3, 1), Heading(4, 9, 1), Heading(10, 15, 1)))
    assert split_words(page, limit=10) == ["Net\nGross\nTotal\nOne two three."]


def test_an_empty_page_has_no_passages() -> None:
    assert split(document(Page(1, " \n ")), count_tokens=count_words, passage_tokens=5, overlap_tokens=0) == ()


def test_one_sentence_is_one_passage() -> None:
    passages = split(document(Page(1, "Only this.")), count_tokens=count_words, passage_tokens=5, overlap_tokens=2)
    assert passages == (Passage("d", 1, 0, 10, (), "Only this."),)


def test_title_and_headings_travel_with_a_passage() -> None:
    assert context_text("Report", ("Costs",), "Many.") == "Report > Costs\nMany."
    assert context_text("", (), "Many.") == "Many."


def test_a_passage_of_rows_has_the_header_of_its_table_above_it() -> None:
    rows = "Name | Age\nAnn | 30\nBob | 41\nAfter the table."
    page = Page(1, "People\n" + rows, (Heading(0, 6, 1),), (Table(18, 36, "Name | Age"),))
    passages = split(document(page), count_tokens=count_words, passage_tokens=4, overlap_tokens=0)
    assert [(p.heading_path, p.text) for p in passages] == [
        (("People",), "People\nName | Age"),
        (("People", "Name | Age"), "Ann | 30"),
        (("People", "Name | Age"), "Bob | 41"),
        (("People",), "After the table."),
    ]
    assert [bool(p.tables) for p in passages] == [True, True, True, False]
    assert is_header(passages[0], 7, 17) and not is_header(passages[0], 0, 6)


def test_the_header_of_a_table_stands_with_its_heading_above_the_rows() -> None:
    header = " | ".join(f"column{number}" for number in range(40))
    assert context_text("Staff", ("Year", "People", "Name | Age"), "Ann | 30") == "Staff > People > Name | Age\nAnn | 30"
    assert context_text("", ("People",), "Ann") == "People\nAnn"
    assert context_text("Staff", (header,), "1") == f"Staff > {header[:200]}\n1"


def test_running_headers_and_footers_stand_in_no_passage_and_part_no_others() -> None:
    text = "Report of 2024\nOne two. Three four.\n7\nFive six."
    page = Page(2, text, running=(Running(0, 14), Running(36, 37)))
    assert split_words(page, limit=100) == ["One two. Three four.", "Five six."]
    assert split_words(Page(2, "Words\nReport of 2024", running=(Running(6, 20),)), limit=100) == ["Words"]


def test_characters_that_the_embedder_does_not_know_fill_a_passage_too() -> None:
    text = "\U00012000" * 10_000
    found = split_words(Page(1, text), limit=100)
    assert max(map(len, found)) == 1600 and "".join(found) == text


def test_a_heading_without_end_does_not_stand_whole_above_each_passage() -> None:
    page = Page(1, "word " * 10_000 + "\nOne two.", (Heading(0, 49_999, 1),))
    passages = split(document(page), count_tokens=count_words, passage_tokens=100, overlap_tokens=0)
    assert {len(passage.heading_path[0]) for passage in passages} == {500}


CLAUSES = """第一条 甲方租给乙方。房屋在三楼。

第二条 乙方不得：
（一）转租房屋；
（二）改变结构；
（三）饲养动物。

第三条 租金按月付。逾期加收。"""


def split_letters(text: str, *, limit: int) -> list[str]:
    """The passages of a page, where each letter is a token."""
    found = split(
        document(Page(1, text)),
        count_tokens=lambda texts: [len(one) for one in texts],
        passage_tokens=limit,
        overlap_tokens=5,
    )
    return [passage.text for passage in found]


def test_a_clause_is_not_cut_where_it_fits_into_a_passage() -> None:
    first, second, third = CLAUSES.split("\n\n")
    assert split_letters(CLAUSES, limit=36) == [first, second, third]
    assert split_letters(CLAUSES, limit=60) == [f"{first}\n\n{second}", third]
    assert split_letters(CLAUSES, limit=90) == [CLAUSES]
    assert len(split_letters(second, limit=20)) == 2


def test_a_list_is_not_cut_from_the_sentence_that_leads_to_it_where_it_fits_into_a_passage() -> None:
    before, held = "We leave at eight.", "Bring:\n• a hat\n• shoes\n• a rain jacket"
    assert split_letters(f"{before}\n{held}\nCome soon.", limit=38) == [before, held, "Come soon."]
    assert split_letters(f"Hi.\n{held}", limit=30)[0] == "Hi.\nBring:\n• a hat\n• shoes"


def test_where_hardly_anything_would_be_left_before_it_a_list_is_cut() -> None:
    held = "Bring:\n• a hat\n• shoes\n• a rain jacket"
    assert split_letters(f"Come by.\n{held}", limit=38)[0] == "Come by.\nBring:\n• a hat\n• shoes"
