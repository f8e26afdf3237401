"""Presentations as they are read: slides are pages, their titles headings, and nothing that stands on them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.pptx import read_pptx
from rag_app.parsing.source import Source
from rag_app.records import Heading, Page, Table
from tests.made_files import write, zip_of
from tests.made_office import pptx, relations, shape


def read(folder: Path, content: bytes, *, max_pages: int = 10) -> tuple[Page, ...]:
    return tuple(read_pptx(Source(write(folder, "talk.pptx", content), "talk.pptx", max_pages)).pages)


def text_of(folder: Path, slide: str, more: dict[str, str] | None = None) -> str:
    """The text of a presentation's only slide."""
    (page,) = read(folder, pptx(slide, more=more))
    return page.text


def cell(words: str, attributes: str = "") -> str:
    return f"<a:tc {attributes}><a:p><a:t>{words}</a:t></a:p></a:tc>"


def test_slides_are_pages_with_their_titles_as_headings(tmp_path: Path) -> None:
    pages = read(tmp_path, pptx(shape("Fast", "growth") + shape("2024 & on", kind="title"), "", shape("结论", kind="ctrTitle")))
    assert pages == (
        Page(1, "2024 & on\nFast\ngrowth", (Heading(0, 9, 1),)),
        Page(2, ""),
        Page(3, "结论", (Heading(0, 2, 1),)),
    )


def test_groups_are_gone_through_and_copies_for_older_programs_are_not(tmp_path: Path) -> None:
    inner = f"<p:grpSp><p:grpSp>{shape('inside')}</p:grpSp></p:grpSp>"
    copies = f"<mc:Choice>{shape('new')}</mc:Choice><mc:Fallback>{shape('new')}</mc:Fallback>"
    assert text_of(tmp_path, inner + copies + shape("outside")) == "inside\nnew\noutside"


def test_a_table_on_a_slide_has_its_header(tmp_path: Path) -> None:
    rows = (cell("Kind") + cell("Name"), cell("Fruit", 'rowSpan="2"') + cell("Apple"), cell("", 'vMerge="1"') + cell("Pear"))
    table = (
        f"<p:graphicFrame><a:tbl><a:tblPr firstRow='1'/>{''.join(f'<a:tr>{row}</a:tr>' for row in rows)}</a:tbl></p:graphicFrame>"
    )
    text = "Kind | Name\nFruit | Apple\nFruit | Pear\nafter"
    (page,) = read(tmp_path, pptx(table + shape("after")))
    assert page == Page(1, text, (), (Table(12, 38, "Kind | Name"),))


def test_a_chart_is_its_title_and_a_table_of_its_points(tmp_path: Path) -> None:
    def points(*values: str) -> str:
        return "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))

    series = (
        f"<c:ser><c:tx><c:v>{name}</c:v></c:tx><c:cat>{points('2023', '2024')}</c:cat>"
        f"<c:val><c:formatCode>0%</c:formatCode>{points(*values)}</c:val></c:ser>"
        for name, values in (("North", ("0.1", "0.25")), ("South", ("0.3", "0.5")))
    )
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(("chart", "../charts/chart1.xml")),
        "ppt/charts/chart1.xml": f"<c:title><a:p><a:t>Share of sales</a:t></a:p></c:title>{''.join(series)}",
    }
    text = text_of(tmp_path, '<p:graphicFrame><c:chart r:id="r1"/></p:graphicFrame>', more)
    assert text == "Share of sales\nNorth | South\n2023 | 10% | 30%\n2024 | 25% | 50%"


def test_diagrams_notes_and_comments_are_kept(tmp_path: Path) -> None:
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("diagramData", "../diagrams/data1.xml"), ("notesSlide", "../notes/n1.xml"), ("comments", "../comments/c1.xml")
        ),
        "ppt/diagrams/data1.xml": "<dgm:pt><a:p><a:t>First step</a:t></a:p></dgm:pt>",
        "ppt/notes/n1.xml": shape("1", kind="sldNum") + shape("Say hello.", kind="body"),
        "ppt/comments/c1.xml": "<p:cm><p:text>Is that so?</p:text></p:cm>",
    }
    slide = '<p:graphicFrame><dgm:relIds r:dm="r1" r:lo="r2"/></p:graphicFrame>'
    assert text_of(tmp_path, slide, more) == "First step\nSay hello.\nIs that so?"


def test_what_stands_on_every_slide_is_read_once_and_numbers_never(tmp_path: Path) -> None:
    foot = shape("Acme 2024", kind="ftr") + shape("7", kind="sldNum")
    assert [page.text for page in read(tmp_path, pptx(shape("a") + foot, shape("b") + foot))] == ["a\nAcme 2024", "b"]


def test_slides_whose_order_is_lost_are_read_by_their_names(tmp_path: Path) -> None:
    slide = '<r xmlns:a="http://a"><sp><a:p><a:t>{}</a:t></a:p></sp></r>'
    content = zip_of({f"ppt/slides/slide{number}.xml": slide.format(number) for number in (10, 9, 1)})
    assert [page.text for page in read(tmp_path, content)] == ["1", "9", "10"]


def test_groups_nested_deeper_than_calls_may_be_are_read(tmp_path: Path) -> None:
    deep = "<p:grpSp>" * 1500 + shape("deep") + "</p:grpSp>" * 1500
    assert text_of(tmp_path, deep) == "deep"


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (pptx("", "", ""), Reason.TOO_MANY_PAGES, "3 pages, more than the 2 allowed"),
        (pptx("<p:sp></p:oops>"), Reason.DAMAGED, "is damaged"),
    ],
)
def test_a_presentation_that_cannot_be_read_gets_its_reason(tmp_path: Path, content: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path, content, max_pages=2)
    assert caught.value.reason == reason


def test_what_is_struck_out_on_a_slide_is_told_between_marks(tmp_path: Path) -> None:
    runs = '<a:r><a:rPr strike="sngStrike"/><a:t>£120</a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t> £95</a:t></a:r>'
    assert text_of(tmp_path, f"<p:sp><p:txBody><a:p>{runs}</a:p></p:txBody></p:sp>") == "~~£120~~ £95"


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    def run(words: str, baseline: int) -> str:
        return f'<a:r><a:rPr baseline="{baseline}"/><a:t>{words}</a:t></a:r>'

    runs = (
        run("In 1984", 0)
        + run("2", 30000)
        + run("3", 30000)
        + run(" 50 m", 0)
        + run("2", 30000)
        + run(" CO", 0)
        + run("2", -25000)
    )
    slide = f"<p:sp><p:txBody><a:p>{runs}</a:p></p:txBody></p:sp>"
    assert text_of(tmp_path, slide) == "In 1984^23 50 m2 CO2"
