"""PDF: paragraphs, headings and the place of a quote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.cleaning import without_doubles
from rag_app.parsing.page_view import find_quote, view_pdf
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.pdf_lines import Line, paragraphs
from rag_app.parsing.pdfium import PdfFile
from rag_app.parsing.source import Source
from rag_app.records import Heading, Page
from rag_app.text.sentences import sentences
from tests.made_files import columns_pdf, form_pdf, locked_pdf, many_pages_pdf, pdf, placed_pdf, write

BOOKS = Path("/work/shared/bench/sets/drcd_pdf")
ENGLISH = """# The big report
**Opening
This is a first line that is quite long and goes on in the
next line of it, as text does. Then it ends.

A second paragraph of it."""
CHINESE = "岳飞是宋朝的名将，他的故事在中国家喻户晓，流传了近千年\n并且被写进了许多小说和戏曲。"
REPORT = (ENGLISH, CHINESE)


def source(path: Path) -> Source:
    return Source(path, path.name, max_pages=100)


def line(text: str, top: float, *, left: float = 50, width: float = 0, size: float = 10, weight: int = 400) -> Line:
    """A line at a height, half its size wide a letter unless a width is given."""
    return Line(text, left, left + (width or len(text) * size / 2), top, top, size, weight, weight)


def texts(lines: list[Line]) -> list[str]:
    return [" / ".join(one.text for one in paragraph) for paragraph in paragraphs(lines)]


def test_a_line_goes_on_where_the_next_word_would_not_have_fitted() -> None:
    lines = [
        line("The quick brown fox jumped over the lazy", 100, width=300),
        line("Dog and then ran away from all the hunters", 112, width=298),
        line("until night.", 124, width=80),
        line("Another paragraph begins here, and it is", 136, width=299),
        line("as long.", 148, width=60),
    ]
    assert texts(lines) == [
        "The quick brown fox jumped over the lazy / Dog and then ran away from all the hunters / until night.",
        "Another paragraph begins here, and it is / as long.",
    ]


def test_a_heading_is_no_part_of_the_sentence_beside_it(tmp_path: Path) -> None:
    text = "The rent is due on the first day of a month\n\n**1. What has to be paid when it is late\n\nThe fee is five euros."
    page = next(iter(read_pdf(source(write(tmp_path, "rent.pdf", pdf(text)))).pages))
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["1. What has to be paid when it is late"]
    assert sentences(page.text)[0] == "The rent is due on the first day of a month"
    assert sentences(page.text)[-2:] == ["What has to be paid when it is late", "The fee is five euros."]


def test_a_gap_ends_a_paragraph() -> None:
    lines = [line("a long line of words that goes to the edge", 100), line("and is over.", 112), line("next one", 140)]
    assert texts(lines) == ["a long line of words that goes to the edge / and is over.", "next one"]


def test_a_line_goes_on_whose_first_sign_is_set_in_another_size() -> None:
    lines = [
        line("• an item with a bullet of another font, as wide as the", 100, width=300, size=6)._replace(last_size=10),
        line("column is", 112, left=60),
        line("• a second one that is as wide as the column is too and", 124, width=300, size=6)._replace(last_size=10),
        line("goes on", 136, left=60),
    ]
    assert texts(lines) == [f"{lines[0].text} / {lines[1].text}", f"{lines[2].text} / {lines[3].text}"]


def test_rows_of_figures_and_list_items_stay_apart() -> None:
    lines = [
        line("Net sales $ 34,229 $ 35,355", 100, width=300),
        line("Cost of sales 19,232 18,795", 112, width=300),
        line("• first item that is as wide as the column and", 124, width=300),
        line("goes on", 136, left=60),
        line("• second item", 148),
    ]
    assert texts(lines) == [
        "Net sales $ 34,229 $ 35,355",
        "Cost of sales 19,232 18,795",
        "• first item that is as wide as the column and / goes on",
        "• second item",
    ]


def test_chinese_text_in_a_box_or_of_a_hanging_item_goes_on() -> None:
    boxed = [
        line("使用远程安装之后，您不该返回本地控制台运行的安装会话。这将破坏", 100, left=90, width=305),
        line("新系统配置的数据库。结果可能导致安装失败。", 112, left=90, width=200),
    ]
    hanging = [
        line("引擎 是编译源代码并生成文档的程序，如各种排版引擎，有时也称为大的", 140, width=350),
        line("TeX 编译器，或者程序。", 152, left=70, width=110),
        line("格式 是定义了一组命令的代码集，最广泛应用的一个就是它，还有人编写", 164, width=350),
        line("了简单的。", 176, left=70, width=50),
    ]
    mixed = [
        line("连接将会断开。这种情况常发生在客户端和系统上安装了它的那些地方的", 200, width=345),
        line("安装有 Network Address Translation 的地方，您可能继续，也可能无法再", 212, width=350),
        line("继续下去了。", 224, width=60),
    ]
    assert [one.count("/") for one in texts([*boxed, *hanging, *mixed])] == [1, 1, 1, 2]


def test_chinese_rows_and_notes_below_each_other_stay_apart() -> None:
    rows = [
        line("白细胞计数(WBC) 仪器法 3.9 E+9/L [4.0-10.0]", 100, width=400),
        line("血红蛋白(HGB) 仪器法 159 g/L [130-175]", 112, width=400),
        line("1这里只是一个例子，其它的从略，用起来都是一样的——译者注", 140, width=398)._replace(size=6, last_size=10),
        line("2这里没有了，也从略。", 152, width=110)._replace(size=6, last_size=10),
    ]
    assert texts(rows) == [one.text for one in rows]


def test_a_line_below_a_row_that_a_raised_mark_parts_goes_on() -> None:
    pieces = [
        line("The file is read in the folder of the user", 100, width=240)._replace(last_size=6),
        line(", and only there, as the installation", 100, left=291, width=160),
        line("Guide says in its first chapter.", 112),
    ]
    assert len(texts(pieces)) == 1


def test_another_column_or_size_or_weight_begins_a_paragraph() -> None:
    lines = [
        line("Bold heading", 88, weight=700),
        line("Words of the first column that are wide enough", 100, width=230),
        line("Second column begins at the top of the page", 88, left=300, width=230),
        line("1 a footnote", 100, left=300)._replace(size=7),
    ]
    assert texts(lines) == [one.text for one in lines]


def test_characters_below_each_other_are_a_column_written_downwards() -> None:
    column = [line(character, 100 + 11 * number) for number, character in enumerate("春眠不覺曉")]
    other = [line(character, 100 + 11 * number, left=35) for number, character in enumerate("處處聞啼鳥")]
    assert texts([*column, *other]) == ["春 / 眠 / 不 / 覺 / 曉", "處 / 處 / 聞 / 啼 / 鳥"]


def test_print_that_is_made_bold_by_a_second_stroke_is_read_once_and_marked() -> None:
    assert without_doubles("TThhee ttiinn mmeellttss..") == "The tin melts."
    assert without_doubles("1111 2222 0000") == "1111 2222 0000"
    assert without_doubles("A bookkeeper") == "A bookkeeper"
    characters = "TThhee ttiinn"
    assert find_quote(characters, range(len(characters)), "The tin", 4, 7) == [(7, 13)]


def test_pages_come_with_paragraphs_and_headings(tmp_path: Path) -> None:
    path = write(tmp_path, "report.pdf", pdf(*REPORT, title="A report of 2024"))
    reading = read_pdf(source(path))
    first = (
        "The big report\nOpening\n"
        "This is a first line that is quite long and goes on in the next line of it, as text does. Then it ends.\n"
        "A second paragraph of it."
    )
    assert (reading.title, reading.page_count) == ("A report of 2024", 2)
    assert list(reading.pages) == [
        Page(1, first, (Heading(0, 14, 1), Heading(15, 22, 4))),
        Page(2, "岳飞是宋朝的名将，他的故事在中国家喻户晓，流传了近千年并且被写进了许多小说和戏曲。"),
    ]


def test_a_font_of_latex_is_bold_by_its_name(tmp_path: Path) -> None:
    content = pdf("Words above it.\n\n**Opening\n\nText of it goes here.").replace(b"Helvetica-Bold", b"SFBX1000-Upper")
    (page,) = read_pdf(source(write(tmp_path, "set.pdf", content))).pages
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Opening"]


@pytest.mark.parametrize(("bold", "flags"), [("Times-Bold", 34), ("Fandol", 34 | 1 << 18)])
def test_a_font_is_bold_by_its_name_or_mark_where_all_tell_nearly_one_weight(bold: str, flags: int, tmp_path: Path) -> None:
    content = pdf("Words above it.\n\n**Opening\n\nText of it goes here.")
    for name, given, marks, stem in ((b"Helvetica-Bold", bold, flags, 142), (b"Helvetica", "Times-Roman", 34, 139)):
        descriptor = f"/FontDescriptor << /Type /FontDescriptor /FontName /{given} /Flags {marks} /StemV {stem} >>"
        content = content.replace(b"/BaseFont /" + name + b" ", f"/BaseFont /{given} {descriptor} ".encode())
    (page,) = read_pdf(source(write(tmp_path, "set.pdf", content))).pages
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Opening"]


def test_a_bold_word_within_a_sentence_begins_no_paragraph() -> None:
    lines = [
        line("The file is read when the shell starts, or by", 100, width=300),
        line("source when you ask for it, and by no other", 112, width=298)._replace(first_weight=900),
        line("Exit codes", 124, weight=900),
        line("They are told below, from the lowest to the", 136, width=297),
        line("highest.", 148),
    ]
    assert texts(lines) == [
        f"{lines[0].text} / {lines[1].text}",
        "Exit codes",
        f"{lines[3].text} / highest.",
    ]


def test_entries_of_a_table_of_contents_lead_to_pages_and_stand_in_no_passage(tmp_path: Path) -> None:
    dots = " ." * 30
    entries = (
        "Preface iii",
        f"**1 Wood{dots} 1",
        f"1.1 Buying{dots}. 1",
        "**2 Chairs 2",
        f"2.1 Legs{dots} 2",
        f"2.2 Backs{dots} 3",
    )
    book = pdf("**Contents\n\n" + "\n".join([*entries, f"2.3 Arms{dots} 3"]), "**Chairs of 20\n\nText of it.", "More of it.")
    (contents, page, _) = read_pdf(source(write(tmp_path, "book.pdf", book))).pages
    assert contents.text.split("\n") == ["Contents", *(entry.strip("*") for entry in (*entries, f"2.3 Arms{dots} 3"))]
    assert [len(one.headings) for one in (contents, page)] == [1, 1]
    assert len(contents.running) == 7


def test_prices_behind_dots_are_read(tmp_path: Path) -> None:
    dishes = ("soup", "bread", "fish", "cake", "tea", "coffee")
    menu = "\n".join(f"{dish}{' .' * 20} {price}" for price, dish in enumerate(dishes, 4))
    (page,) = read_pdf(source(write(tmp_path, "menu.pdf", pdf(f"**Menu\n\n{menu}")))).pages
    assert page.running == ()
    assert page.text.split("\n")[1:] == menu.split("\n")


def test_what_stands_above_a_note_is_no_heading(tmp_path: Path) -> None:
    content = pdf("# Locks\n\nText of it goes here.\n\n**Warning\n\nIt is sharp.\n\n# 警告：\n\nIt is hot.\n\n**Warnings of 2024")
    (page,) = read_pdf(source(write(tmp_path, "set.pdf", content))).pages
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Locks", "Warnings of 2024"]


def test_letters_one_by_one_are_no_heading(tmp_path: Path) -> None:
    (page,) = read_pdf(source(write(tmp_path, "score.pdf", pdf("# h h\n\n# R u\n\n# 序\n\nText of it goes here.")))).pages
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["序"]


def test_lines_of_a_listing_stay_apart_and_those_of_a_typewriter_do_not(tmp_path: Path) -> None:
    listing = "for i in range(10): # print each number of the\nall = all + i"
    told = "This is what adds up all of the numbers from one to ten, and\ntells them when it has come to the end of all of it."
    typed = pdf(f"{told}\n{told}\n\n**" + listing.replace("\n", "\n**")).replace(b"Helvetica-Bold", b"Courier")
    (page,) = read_pdf(source(write(tmp_path, "set.pdf", typed))).pages
    assert page.text.split("\n")[-2:] == listing.split("\n")
    (page,) = read_pdf(source(write(tmp_path, "typed.pdf", pdf(listing).replace(b"/Helvetica ", b"/Courier ")))).pages
    assert page.text == listing.replace("\n", " ")


def test_an_outline_names_headings_and_their_level(tmp_path: Path) -> None:
    path = write(tmp_path, "book.pdf", pdf("Chapter one\nText of it goes here.", "Rest", outline=[("Chapter One", 1)]))
    (page, _) = read_pdf(source(path)).pages
    assert page == Page(1, "Chapter one\nText of it goes here.", (Heading(0, 11, 1),))


def test_columns_that_are_set_row_by_row_are_read_one_after_the_other_and_marked_so(tmp_path: Path) -> None:
    rows = [
        ("The left column speaks of tin", "The right column tells of copper"),
        ("and how it melts at low heat,", "and of its long way from the"),
        ("which the old smiths knew well", "mines to the coast, where the"),
        ("and used for all their vessels.", "ships waited for the wind."),
    ]
    path = write(tmp_path, "columns.pdf", columns_pdf(rows))
    (page,) = read_pdf(source(path)).pages
    assert page.text.split("\n") == [" ".join(column) for column in zip(*rows, strict=True)]
    start = page.text.index("which the old")
    _, marks = view_pdf(source(path), 1, page.text, start, start + len("which the old smiths knew well and used"))
    assert len(marks) == 2
    assert all(mark.right < 0.5 for mark in marks)


def test_what_was_filled_into_a_form_is_read_and_marked(tmp_path: Path) -> None:
    path = write(tmp_path, "form.pdf", form_pdf("Ada Brown"))
    (page,) = read_pdf(source(path)).pages
    assert page.text.split("\n") == ["Name of the owner:", "Ada Brown"]
    start = page.text.index("Ada")
    _, (mark,) = view_pdf(source(path), 1, page.text, start, len(page.text))
    assert 0.45 < mark.left < mark.right < 0.7


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    names = (
        "Blue Cloud of Michigan, Inc.",
        "Blue Cloud of Montana, Inc.",
        "Blue Cloud of Nevada, Inc.",
        "Blue Cloud of Ohio, Inc.",
    )
    rows = [(name, "Delaware and Michigan, Inc.") for name in names]
    (page,) = read_pdf(source(write(tmp_path, "table.pdf", columns_pdf(rows)))).pages
    assert "Blue Cloud of Michigan, Inc. Delaware and Michigan, Inc." in page.text


def test_the_number_of_a_page_is_none_of_its_text_on_a_single_page_too(tmp_path: Path) -> None:
    path = write(
        tmp_path, "menu.pdf", placed_pdf([(50, 100, "The soup of the day"), (50, 120, "Three dumplings"), (250, 800, "Page 1")])
    )
    (page,) = read_pdf(Source(path, path.name, max_pages=10)).pages
    assert [page.text[running.start : running.end] for running in page.running] == ["Page 1"]


def test_headers_and_footers_that_run_from_page_to_page_are_told_apart_from_the_text(tmp_path: Path) -> None:
    numbers = range(7, 13)
    bodies = [f"These are other words than those of the pages around, namely {'abcdef'[n - 7] * 5}." for n in numbers]
    texts = [f"The annual report\n\n{body}\n\nPage {number} of 90" for number, body in zip(numbers, bodies, strict=True)]
    pages = list(read_pdf(source(write(tmp_path, "report.pdf", pdf(*texts)))).pages)
    assert [[page.text[words.start : words.end] for words in page.running] for page in pages] == [
        ["The annual report", f"Page {number} of 90"] for number in numbers
    ]
    assert [page.text for page in pages] == [text.replace("\n\n", "\n") for text in texts]
    assert all(page.headings == () for page in pages)


def test_what_two_pages_share_and_what_is_all_of_a_page_runs_nowhere(tmp_path: Path) -> None:
    twice = ["Minutes\n\nWe met.", "Minutes\n\nWe met again.", "Something else\n\nNot we."]
    for name, texts in (("twice.pdf", twice), ("nothing_else.pdf", [f"Marker {number}" for number in range(1, 9)])):
        assert all(page.running == () for page in read_pdf(source(write(tmp_path, name, pdf(*texts)))).pages)


@pytest.mark.parametrize("title", ["Microsoft Word - memo.doc", "untitled", "0001018724-18-000005", "report.indd", ""])
def test_titles_that_programs_put_there_are_none(tmp_path: Path, title: str) -> None:
    assert read_pdf(source(write(tmp_path, "a.pdf", pdf("Words.", title=title)))).title == ""


@pytest.mark.parametrize("places", [(99,), (100,), (101, 102), (10, 199, 200, 290), tuple(range(300, 310))])
def test_characters_that_stand_for_nothing_keep_their_place(tmp_path: Path, places: Sequence[int]) -> None:
    shown = list("\r\n".join(["Tin melts sooner than the lead beside it."] * 9))
    for place in places:
        shown[place] = "\x03"
    text = "".join(shown)
    file = PdfFile(source(write(tmp_path, "a.pdf", pdf(text.replace("\r\n", "\n")))))
    assert file.characters(1) == text
    assert {line.left for line in file.lines(1)} == {file.lines(1)[-1].left}
    file.close()


def test_too_many_pages_are_refused_with_both_numbers(tmp_path: Path) -> None:
    path = write(tmp_path, "long.pdf", many_pages_pdf(101))
    with pytest.raises(DocumentError, match=r"long\.pdf has 101 pages, more than the 100 allowed") as caught:
        read_pdf(source(path))
    assert caught.value.reason == Reason.TOO_MANY_PAGES


def test_a_page_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    broken = many_pages_pdf(3).replace(b"12 0 obj\n<< /Type /Page ", b"12 0 obj\n<< /Type /Pork ")
    reading = read_pdf(source(write(tmp_path, "torn.pdf", broken)))
    assert [page.text for page in reading.pages] == ["This is page 1 of the report.", "", "This is page 3 of the report."]
    assert reading.damage() == (
        "torn.pdf is damaged: the text of 2 of its 3 pages was recovered, nothing of page 2. Add another copy if you have one."
    )


def test_a_sound_pdf_has_no_damage_and_one_whose_end_is_missing_tells_it(tmp_path: Path) -> None:
    for content, said in (
        (pdf("Words."), ""),
        (pdf("Words.")[:-8], "cut.pdf is damaged: its end is missing. 1 page could be read; there may have been more."),
    ):
        reading = read_pdf(source(write(tmp_path, "cut.pdf", content)))
        assert [page.text for page in reading.pages] == ["Words."]
        assert reading.damage() == said


def test_a_pdf_without_pages_is_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.pdf has no pages") as caught:
        read_pdf(source(write(tmp_path, "none.pdf", pdf())))
    assert caught.value.reason == Reason.EMPTY_FILE


def test_a_quote_is_found_whatever_cleaning_did() -> None:
    characters = "He said the com\ufffeputer works.\r\nAnd the com\ufffeputer works again."
    text = "He said the computer works.\nAnd the computer works again."
    second = text.index("the computer works again")
    order = range(len(characters))
    assert find_quote(characters, order, text, 8, 26) == [(8, 27)]
    assert find_quote(characters, order, text, second, second + 12) == [
        (characters.index("the com", 12), characters.index("puter works a") + 5)
    ]
    assert find_quote(characters, order, "other text", 0, 5) == []


def test_the_marks_lie_on_the_quote_one_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, "report.pdf", pdf(*REPORT))
    text = next(read_pdf(source(path)).pages).text
    quote = "goes on in the next line of it"
    start = text.index(quote)
    image, marks = view_pdf(source(path), 1, text, start, start + len(quote))
    assert image.startswith(b"\x89PNG")
    assert len(marks) == 2
    assert all(0 < mark.left < mark.right < 1 and 0 < mark.top < mark.bottom < 1 for mark in marks)
    assert marks[0].bottom <= marks[1].top
    assert marks[0].left > marks[1].left


def test_the_image_is_about_a_thousand_pixels_wide(tmp_path: Path) -> None:
    file = PdfFile(source(write(tmp_path, "report.pdf", pdf(*REPORT))))
    image = file.image(1, width=1000)
    file.close()
    assert abs(int.from_bytes(image[16:20], "big") - 1000) <= 1


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"report\.pdf has no page 7"):
        view_pdf(source(write(tmp_path, "report.pdf", pdf(*REPORT))), 7, "", 0, 0)


@pytest.mark.skipif(not BOOKS.exists(), reason="the page question sets are not on this machine")
def test_pages_of_a_chinese_book_agree_with_the_set_letter_by_letter() -> None:
    rows = [json.loads(row) for row in (BOOKS / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    name = rows[0]["pdf"]
    pages = list(read_pdf(source(BOOKS / name)).pages)
    for row in rows:
        if row["pdf"] == name:
            assert "".join(pages[row["page"] - 1].text.split()) == "".join(row["text"].split())


def test_a_locked_pdf_opens_with_its_password_alone(tmp_path: Path) -> None:
    locked = source(write(tmp_path, "locked.pdf", locked_pdf("sésame 密码")))
    with pytest.raises(DocumentError, match=r"locked\.pdf is locked with a password") as without:
        read_pdf(locked)
    with pytest.raises(DocumentError, match=r"locked\.pdf does not open with that password") as wrong:
        read_pdf(replace(locked, password="sesame"))
    assert without.value.reason is wrong.value.reason is Reason.PASSWORD_NEEDED
    (page,) = read_pdf(replace(locked, password="sésame 密码")).pages
    assert page.text == "Nobody may read this."
    assert "sésame" not in repr(replace(locked, password="sésame 密码"))


def test_a_pdf_that_has_lost_its_root_still_gives_its_text(tmp_path: Path) -> None:
    torn = pdf("A torn page still says that tin melts.", "第二页。").replace(b"/Root", b"/Roof")
    reading = read_pdf(source(write(tmp_path, "torn.pdf", torn)))
    texts = [(page.number, page.text) for page in reading.pages]
    assert texts == [(1, "A torn page still says that tin melts."), (2, "第二页。")]
    assert reading.damage() == "torn.pdf is damaged. The text of 2 pages was recovered; compare it with another copy."


def test_lines_that_begin_with_a_label_each_are_lines_of_their_own() -> None:
    lines = [
        line("Customer: Bob Lee, 8 Canal Street", 100, width=290),
        line("Consumption: 42 cubic metres", 112, width=280),
        line("地址：里兹运河街八号三单元一零一室", 124, width=300),
        line("电话：0113 496 0991", 136, width=120),
        line("Where the water that is read in the note is", 170, width=300),
        line("Note: it goes on.", 182, width=90),
    ]
    assert texts(lines) == [
        *(one.text for one in lines[:4]),
        "Where the water that is read in the note is / Note: it goes on.",
    ]
