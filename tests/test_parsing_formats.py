"""What each kind of file becomes, and the sentence for each that cannot be read; through the sandbox as in the app."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import SandboxedParser, markdown
from rag_app.parsing.formats import CSV, DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT, XML, ZIP
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import Source
from rag_app.records import Document, Heading, Page
from rag_app.records import Table as PageTable
from rag_app.settings import Settings
from tests.made_files import Table, bomb_docx, docx, docx_of, locked_pdf, many_pages_pdf, pdf, scanned_pdf, write, zip_of
from tests.made_pictures import needs_ocr

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(scope="module")
def parser() -> Iterator[SandboxedParser]:
    parser = SandboxedParser(Settings(max_file_mb=30, max_pages=50))
    yield parser
    parser.close()


def read(parser: SandboxedParser, path: Path) -> Document:
    return parser.parse(path, name=path.name, document_id="id", progress=lambda done, total: None, stop=lambda: False)


def test_plain_text_keeps_its_lines(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "notes.txt", "one\r\n\r\n\r\n\r\ntwo\x00 \n三\n".encode("utf-16"))
    page = Page(1, "one\n\ntwo\n三")
    assert read(parser, path) == Document("id", "notes.txt", "notes", PLAIN_TEXT, path.stat().st_size, (page,))


def test_list_below_a_line_that_a_mail_could_begin_with_is_read_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "notes", "Subject: what to buy\r\n" + "  apples\r\n" * 200)
    started = time.process_time()
    assert media_type(Source(path, "notes", 10)) == PLAIN_TEXT
    assert time.process_time() - started < 2


def test_markdown_has_headings_and_rows(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "plan.md", "# 计划\n\nFirst words\nof it.\n\n## Parts\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- item\n")
    document = read(parser, path)
    text = "计划\nFirst words of it.\nParts\na | b\n1 | 2\n• item"
    assert document.pages == (Page(1, text, (Heading(0, 2, 1), Heading(22, 27, 2)), (PageTable(34, 39, "a | b"),)),)
    assert (document.title, document.media_type) == ("计划", MARKDOWN)


def test_what_markdown_folds_up_is_read(parser: SandboxedParser, tmp_path: Path) -> None:
    text = """# Guide

<details open>
<summary>More <b>words</b></summary>

## Inner

| a | b |
|---|---|
| 1 | 2 |

```
<details>
```

</details>

- item
  <details><summary>Of the item</summary>

  text
  </details>

<details>
    <summary>Indented</summary>
    <p>paragraph</p>
</details>

<figure><img src="a.png"><figcaption>Caption</figcaption></figure>
<nav class="n">Nav</nav>

and `<nav>`

<form
  action="a">Form
"""
    page = read(parser, write(tmp_path, "a.md", text)).pages[0]
    words = "Guide\nMore words\nInner\na | b\n1 | 2\n<details>\n• item\nOf the item\ntext\nIndented\nparagraph\nCaption\nNav"
    assert page.text == f"{words}\nand <nav>\nForm"
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Guide", "Inner"]


def test_lines_of_markdown_that_end_with_a_break_are_lines(parser: SandboxedParser, tmp_path: Path) -> None:
    text = "**Serves:** 8  \n**Oven:** 180 °C\\\n李雷\nnot alone\n\n- an item  \n- another\n\n```\ncode  \nmore\n```\n"
    lines = ["Serves: 8", "Oven: 180 °C", "李雷 not alone", "• an item", "• another", "code", "more"]
    page = read(parser, write(tmp_path, "a.md", text)).pages[0]
    assert [line for line in page.text.split("\n") if line] == lines


def test_lines_of_markdown_that_are_meant_as_lines_are_lines(parser: SandboxedParser, tmp_path: Path) -> None:
    wrapped = (
        "The pump starts when the flow falls below\n8 degrees, the burner below five, and the pressure\nof the Eco is checked."
    )
    fields = "**出卖人（甲方）**：泰和置业有限公司\n买受人（乙方）：苏文琪、贺一鸣\n\nDate: 3 May\nPlace: the *upper* hall"
    gifts = "(a) To Win, the desk.\n(b) To Dominic, the piano."
    clause = "第五条　交付\n甲方应在2026年12月31日前交付房屋。逾期不超过90日的，按日支付违约金。"
    keys = "E = early, 6:30 to 14:30\nN = night\n\n休：全天休息\n夜：23点"
    text = "\n\n".join(
        (wrapped, fields, gifts, clause, keys, "```\nDate: 3\nPlace: 4\n```", "**Two\nLong and bold words behind a short line**")
    )
    lines = [
        wrapped.replace("\n", " "),
        *fields.replace("*", "").replace("\n\n", "\n").split("\n"),
        *gifts.split("\n"),
        *clause.replace("\u3000", " ").split("\n"),
        *keys.replace("\n\n", "\n").split("\n"),
        *("Date: 3", "Place: 4", "Two Long and bold words behind a short line"),
    ]
    page = read(parser, write(tmp_path, "a.md", text)).pages[0]
    assert [line for line in page.text.split("\n") if line] == lines


def test_what_is_one_character_long_in_markdown_is_read(parser: SandboxedParser, tmp_path: Path) -> None:
    text = "# 房间\n\n5\n\n好\n\n- 米\n- b\n\n    more\n\n    - inner\n\n> x\n"
    page = read(parser, write(tmp_path, "a.md", text)).pages[0]
    assert page.text.split("\n") == ["房间", "5", "好", "• 米", "b", "more", "• inner", "x"]


def test_what_stands_before_a_markdown_text_names_its_title(parser: SandboxedParser, tmp_path: Path) -> None:
    document = read(parser, write(tmp_path, "a.md", "---\ntitle: 'House notes'\ntags: [home]\n---\n\n# Heating\n\nWarm.\n"))
    assert (document.title, document.pages[0].text) == ("House notes", "title: 'House notes'\ntags: [home]\nHeating\nWarm.")
    document = read(parser, write(tmp_path, "b.md", "---\n\nWords.\n\n---\n\n# Heating\n"))
    assert (document.title, document.pages[0].text) == ("Heating", "Words.\nHeating")


def test_items_of_numbered_lists_in_markdown_keep_their_numbers(parser: SandboxedParser, tmp_path: Path) -> None:
    first = "# Steps\n1. Measure\n1. Write\n   down\n\n   - left arm\n\n步骤：\n\n3) 第三\n4) 第四\n\n"
    text = first + "- A note\n    1. inner\n\n- 2. behind\n\n```\n1. code\n```\n"
    lines = [
        "Steps",
        "1. Measure",
        "2. Write down",
        "• left arm",
        "步骤：",
        "3) 第三",
        "4) 第四",
        "A note",
        "1. inner",
        "2. behind",
        "1. code",
    ]
    assert read(parser, write(tmp_path, "a.md", text)).pages[0].text.split("\n") == lines


def test_a_list_of_markdown_may_begin_right_below_a_paragraph(parser: SandboxedParser, tmp_path: Path) -> None:
    text = "Bring\n- a lunch\n- a coat\n\nSteps:\n1. Mix.\n2. Bake.\nServe.\n\n20 to\n30 eggs or\n2. more\n```\nx\n- y\n```\n"
    document = read(parser, write(tmp_path, "trip.md", text))
    expected = "Bring\n• a lunch\n• a coat\nSteps:\n1. Mix.\n2. Bake. Serve.\n20 to 30 eggs or 2. more\nx\n- y"
    assert document.pages[0].text == expected


def test_each_heading_of_markdown_begins_a_block(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    handed = list[str]()

    def partition(text: str, languages: object) -> list[object]:
        handed.append(text)
        return []

    monkeypatch.setattr(markdown, "_partitioner", lambda: partition)
    text = "## One\nwords\n## Two\n```\n# none\n```"
    markdown.page_of_markdown(Source(tmp_path, "a.md", 9), text)
    assert handed == ["\n\n## One\nwords\n\n## Two\n```\n# none\n```"]


def test_what_is_no_tag_in_markdown_is_text(parser: SandboxedParser, tmp_path: Path) -> None:
    text = '<text:list xml:id="l2">\n\nsee <b>bold</b> and <https://example.org> and `<text:p a="1">`'
    assert read(parser, write(tmp_path, "a.md", text)).pages[0].text == (
        '<text:list xml:id="l2">\nsee bold and https://example.org and <text:p a="1">'
    )


def test_a_web_page_has_its_title_headings_and_rows_but_no_scripts(parser: SandboxedParser, tmp_path: Path) -> None:
    markup = (
        "<html><head><meta charset='gbk'><title> 岳飞 - 百科 </title><script>alert(1)</script></head><body><h1>岳飞</h1>"
        "<p>南宋的<b>抗金</b>名将。</p><h2>生平</h2><table><tr><th>年</th><th>事</th></tr><tr><td>1103</td><td>出<br>生</td></tr>"
        "<tr><td></td></tr></table></body></html>"
    )
    document = read(parser, write(tmp_path, "yue.html", markup.encode("gbk")))
    text = "岳飞\n南宋的抗金名将。\n生平\n年 | 事\n1103 | 出 生"
    assert document.pages == (Page(1, text, (Heading(0, 2, 1), Heading(12, 14, 2)), (PageTable(21, 31, "年 | 事"),)),)
    assert (document.title, document.media_type) == ("岳飞 - 百科", HTML)


def test_a_word_document_has_headings_and_rows(parser: SandboxedParser, tmp_path: Path) -> None:
    content = docx("# Chapter one", "A paragraph & more.", "## 第二节", "中文段落。", Table((("Name", "Age"), ("Ann", "30"))))
    document = read(parser, write(tmp_path, "report.docx", content))
    text = "Chapter one\nA paragraph & more.\n第二节\n中文段落。\nName | Age\nAnn | 30"
    assert document.pages == (Page(1, text, (Heading(0, 11, 1), Heading(32, 35, 2)), (PageTable(53, 61, "Name | Age"),)),)
    assert (document.title, document.media_type) == ("Chapter one", DOCX)


def test_pages_of_a_pdf_are_counted_as_they_come(parser: SandboxedParser, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = write(tmp_path, "long.pdf", many_pages_pdf(3))
    document = parser.parse(
        path, name="long.pdf", document_id="id", progress=lambda done, total: seen.append((done, total)), stop=lambda: False
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert [page.text for page in document.pages] == [f"This is page {number} of the report." for number in (1, 2, 3)]
    assert (document.title, document.media_type) == ("long", PDF)


def test_a_name_that_says_nothing_gives_way_to_the_first_heading(parser: SandboxedParser, tmp_path: Path) -> None:
    content = pdf("# Quarterly figures\nSome words of text below it.")
    assert read(parser, write(tmp_path, "scan_0001.pdf", content)).title == "Quarterly figures"
    assert read(parser, write(tmp_path, "Acme 2023.pdf", content)).title == "Acme 2023"


def test_a_title_without_end_is_cut(parser: SandboxedParser, tmp_path: Path) -> None:
    assert len(read(parser, write(tmp_path, "a.md", f"# {'word ' * 10_000}\n\nText.")).title) == 199
    page = "<title>" * 9_000 + "</title>"
    assert read(parser, write(tmp_path, "a.html", f"<html><head>{page}</head><body>Text.</body></html>")).title


def test_the_longest_text_arrives_whole(parser: SandboxedParser, tmp_path: Path) -> None:
    text = "\n".join(f"第{number}行 of the book" for number in range(150_000))
    assert read(parser, write(tmp_path, "book.txt", text)).pages[0].text == text


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("really.docx", pdf("Words."), PDF),
        ("really.exe", pdf("Words."), PDF),
        ("really", pdf("Words."), PDF),
        ("really.txt", docx("Words."), DOCX),
        ("really.txt", b"<!DOCTYPE html><html><body>Words.</body></html>", HTML),
        ("export.xls", b"<table><tr><td>Words.</td></tr></table>", HTML),
        ("export.xls", b"Name\tSaid\nAnn\tWords.\n", CSV),
        ("export.xlsx", b"Name,Said\nAnn,Words.\n", CSV),
        ("Words.zip", zip_of({"ppt/Words.txt": "a", "word/documents.txt": "b", "xl/c.csv": "c"}), ZIP),
        ("renamed.zip", docx("Words."), DOCX),
        ("torn.docx", docx("Words.").replace(b"[Content_Types].xml", b"-" * 19).replace(b"_rels/.rels", b"-" * 11), DOCX),
        ("about.md", b"A PDF begins with %PDF-1.7.", MARKDOWN),
        ("code.py", b"print('Words.')", PLAIN_TEXT),
        ("many comments.md", b"<!-- a -->\n" * 300 + b"Words.", MARKDOWN),
        ("ID3 tags.txt", b"ID3 tags are Words.", PLAIN_TEXT),
        ("sounds.txt", b"RIFF\nGIF89a, Rar! and BZh are Words.", PLAIN_TEXT),
        ("pictures.csv", b"GIF89a,1989\nWords.,1990\n", CSV),
        ("web.md", b"RIFFs, WEBP, ftypheic: Words.", MARKDOWN),
        ("bare.xml", b"<a>Words.</a>", XML),
        ("notes.xml", b"Words.", PLAIN_TEXT),
        ("a.txt", b"<?xml version='1.0'?><a>Words.</a>", PLAIN_TEXT),
        ("export", b"<?xml version='1.0'?><a>Words.</a>", XML),
        ("export.xls", b"<?xml version='1.0'?><Workbook><Row><Cell>Words.</Cell></Row></Workbook>", XML),
    ],
)
def test_content_decides_what_a_file_is(
    parser: SandboxedParser, tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    document = read(parser, write(tmp_path, name, content))
    assert document.media_type == expected
    assert "Words." in document.pages[0].text or "%PDF" in document.pages[0].text


@pytest.mark.parametrize(
    ("name", "content", "reason", "words"),
    [
        ("empty.pdf", b"", Reason.EMPTY_FILE, "is empty"),
        ("blank.txt", b" \n\t\r\n ", Reason.EMPTY_FILE, "holds no text"),
        ("empty.docx", docx(""), Reason.EMPTY_FILE, "holds no text"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(99), Reason.DAMAGED, "its picture cannot be decoded"),
        ("data.zip", zip_of({".a": "a"}), Reason.EMPTY_FILE, "holds no files"),
        ("bomb.zip", zip_of({"a.txt": bytes(150 * 1024 * 1024)}), Reason.EXPANDS_TOO_MUCH, "would unpack to 150 MB in 1 files"),
        ("old.doc", OLE + "WordDocument".encode("utf-16-le"), Reason.DAMAGED, "is damaged"),
        ("drawing.svg", b"<svg><path d='M0 0L1 1'/></svg>", Reason.EMPTY_FILE, "holds no text"),
        ("bomb.xml", b"<!DOCTYPE l [<!ENTITY a 'ha'>]><l>&a;</l>", Reason.EXPANDS_TOO_MUCH, "declares abbreviations"),
        ("torn.xml", b"<\x01", Reason.DAMAGED, "is damaged and cannot be read"),
        ("sound.mp3", b"ID3\x03" + bytes(99), Reason.UNSUPPORTED, "holds a sound"),
        ("letter.ps", b"%!PS-Adobe-3.0\nshowpage\n", Reason.UNSUPPORTED, "holds a PostScript document"),
        ("film.pdf", b"RIFF" + bytes(99), Reason.NOT_THE_TYPE_IT_SAYS, "named as a PDF but holds a sound or a film"),
        ("noise.bin", bytes(range(256)) * 9, Reason.UNSUPPORTED, "holds nothing that Footnote can read. Save it in another"),
        ("noise.pdf", bytes(range(256)) * 9, Reason.NOT_THE_TYPE_IT_SAYS, "nothing that Footnote can read"),
        (
            "talk.docx",
            OLE + "PowerPoint Document".encode("utf-16-le"),
            Reason.NOT_THE_TYPE_IT_SAYS,
            "a PowerPoint presentation in",
        ),
        ("talk.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), Reason.UNSUPPORTED, "Save it as PPTX."),
        ("hollow.xls", OLE + "Workbook".encode("utf-16-le"), Reason.DAMAGED, "is damaged and cannot be read"),
        ("hollow.xlsx", zip_of({"xl/workbook.xml": ""}), Reason.DAMAGED, "is damaged and cannot be read"),
        ("program.txt", b"\x7fELF" + bytes(99), Reason.NOT_THE_TYPE_IT_SAYS, "a Linux program"),
        ("locked.pdf", locked_pdf("secret"), Reason.PASSWORD_NEEDED, "locked with a password"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED_OFFICE, "locked with a password"),
        ("cut.pdf", pdf("Words.")[:300], Reason.DAMAGED, "cannot be opened as a PDF"),
        ("cut.docx", docx("Words.")[:900], Reason.DAMAGED, "its end is missing"),
        ("hollow.docx", zip_of({"[Content_Types].xml": ""}), Reason.DAMAGED, "what makes up a Word document is not in it"),
        ("torn.docx", docx_of("<w:body><w:p></w:body>"), Reason.DAMAGED, "is damaged and cannot be read"),
        pytest.param("scan.pdf", scanned_pdf(), Reason.EMPTY_FILE, "none was recognized in its pictures", marks=needs_ocr),
        ("long.pdf", many_pages_pdf(51), Reason.TOO_MANY_PAGES, "51 pages"),
        ("bomb.docx", bomb_docx(210), Reason.EXPANDS_TOO_MUCH, "would unpack to 210 MB"),
        ("huge.bin", bytes(31 * 1024 * 1024), Reason.TOO_BIG, "larger than 30 MB"),
    ],
)
def test_a_file_that_cannot_be_read_gets_its_reason_and_a_sentence_with_its_name(
    parser: SandboxedParser, tmp_path: Path, name: str, content: bytes, reason: Reason, words: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read(parser, write(tmp_path, name, content))
    assert caught.value.reason == reason
    assert str(caught.value).startswith(name)
    assert words in str(caught.value)


def test_a_file_that_went_away_is_named(parser: SandboxedParser, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.pdf is not there") as caught:
        read(parser, tmp_path / "gone.pdf")
    assert caught.value.reason == Reason.NOT_FOUND


def test_the_users_name_stands_in_messages_not_the_stored_one(parser: SandboxedParser, tmp_path: Path) -> None:
    stored = write(tmp_path, "0f1e2d.pdf", b"")
    with pytest.raises(DocumentError, match=r"^年报 <2023>\.pdf is empty"):
        parser.parse(stored, name="年报 <2023>.pdf", document_id="id", progress=lambda done, total: None, stop=lambda: False)
