"""Org as it is read: what is shown, without its marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.formats import ORG
from rag_app.parsing.media_types import media_type
from rag_app.parsing.org import read_org
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page
from tests.made_files import write


def read(folder: Path, text: str) -> tuple[OpenedFile, Page]:
    source = Source(write(folder, "a.org", text), "a.org", 10)
    assert media_type(source) == ORG
    reading = read_org(source)
    (page,) = reading.pages
    return reading, page


def lines_of(folder: Path, text: str) -> list[str]:
    return [line for line in read(folder, text)[1].text.split("\n") if line]


def test_headings_stand_below_the_title_without_tags_and_drawers(tmp_path: Path) -> None:
    text = """#+TITLE: The /Tea/ Plan
#+OPTIONS: toc:nil
# a comment
Words.
* TODO [#A] Setup :work:home:
:PROPERTIES:
:ID: 123
:END:
SCHEDULED: <2024-05-01 Wed>
** Prices
"""
    reading, page = read(tmp_path, text)
    assert reading.title == "The Tea Plan"
    assert page.text.split("\n") == ["The Tea Plan", "Words.", "TODO Setup", "SCHEDULED: 2024-05-01 Wed", "Prices"]
    assert [heading.level for heading in page.headings] == [1, 2, 3]


def test_marks_of_emphasis_links_and_notes_go_and_what_only_looks_like_them_stays(tmp_path: Path) -> None:
    text = r"""A *bold*, /slanted/ and =a_b{}= with ~x*y*z~, a*b*c, 2/3/4, /usr/lib/x and
[[http://a.b][our page]] or [[http://c_d.e/f_g_]][fn:1] at $x^2 \leq 3$, $5 and $6.

[fn:1] A *note*."""
    told = (
        "A bold, slanted and a_b{} with x*y*z, a*b*c, 2/3/4, /usr/lib/x and our page or http://c_d.e/f_g_ at x^2 ≤ 3, $5 and $6."
    )
    assert lines_of(tmp_path, text) == [told, "A note."]


def test_items_tables_and_blocks_are_read_as_those_of_other_files(tmp_path: Path) -> None:
    text = r"""- First thing
  goes on
- [ ] open
- [X] done
  1. one
- Term :: The meaning.
#+CAPTION: Prices
| Kind  | Price |
|-------+-------|
| Green |    12 |
#+TBLFM: $2=1
#+BEGIN_SRC python
x = *1*
#+END_SRC
#+begin_quote
Quoted *words*.
#+end_quote
#+BEGIN_COMMENT
hidden
#+END_COMMENT
#+INCLUDE: "a.org"
\begin{equation}
E = mc^2
\end{equation}
"""
    _, page = read(tmp_path, text)
    assert [line for line in page.text.split("\n") if line] == [
        *("• First thing goes on", "• ☐ open", "• ☒ done", "1. one", "• Term: The meaning."),
        *("Prices", "Kind | Price", "Green | 12", "x = *1*", "Quoted words.", "E = mc^2"),
    ]
    assert [table.header for table in page.tables] == ["Kind | Price"]


def test_chinese_lines_of_a_paragraph_are_one(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "* 茶叶\n绿茶的价格是\n十二元。") == ["茶叶", "绿茶的价格是十二元。"]


@pytest.mark.parametrize(
    "torn", [":x:\n", "#+begin_src\n", "*a ", "[[a][", "$a ", "- a ::", "|", "=a ", "[fn:a", "* \n", "<<a", " "]
)
def test_what_is_torn_is_read_in_bounded_time(tmp_path: Path, torn: str) -> None:
    assert lines_of(tmp_path, torn * 10_000 + "\n\nlast words")[-1] == "last words"


def test_when_something_is_due_stands_apart_from_what_it_is(tmp_path: Path) -> None:
    text = "* TODO Tea\nSCHEDULED: <2024-05-01 Wed> DEADLINE: <2024-05-02 Thu>\nBuy it.\nCLOSED: never"
    assert lines_of(tmp_path, text) == ["TODO Tea", "SCHEDULED: 2024-05-01 Wed DEADLINE: 2024-05-02 Thu", "Buy it. CLOSED: never"]


def test_entities_are_characters_and_what_is_raised_has_no_brackets(tmp_path: Path) -> None:
    text = "At 10^{3} and H_{2}O, the 1^{st} \\alpha{}-ray is \\pm 5 \\rightarrow C:\\alpha, \\Users\\to =x^{2}=, a_{b"
    assert lines_of(tmp_path, text) == ["At 10^3 and H2O, the 1st α-ray is ± 5 → C:\\alpha, \\Users\\to x^{2}, a_{b"]
