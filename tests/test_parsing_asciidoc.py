"""AsciiDoc as it is read: what is shown, without its marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.asciidoc import read_asciidoc
from rag_app.parsing.formats import ASCIIDOC
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import Source
from rag_app.records import Page
from tests.made_files import write


def read(folder: Path, text: str) -> Page:
    source = Source(write(folder, "a.adoc", text), "a.adoc", 10)
    assert media_type(source) == ASCIIDOC
    (page,) = read_asciidoc(source).pages
    return page


def lines_of(folder: Path, text: str) -> list[str]:
    return [line for line in read(folder, text).text.split("\n") if line]


def test_headings_words_and_notes_stand_without_marks(tmp_path: Path) -> None:
    text = """= The Tea Guide
Ann Lee
:toc:
:company: Acme Corp

// a comment
Intro to *bold*, _slanted_ and `a_b{}`, `+x+`, +*.war+, C++ and 1 + 2 + 3 of {company}, a*b*c, snake_case_name,
see https://a.b[our page], <<prices,the prices>> or https://c.d/e_f footnote:[A *note*.]

== Setup [[setup]]

////
hidden
////
NOTE: Take care.
include::a.adoc[]
image::x.png[Alt]
"""
    page = read(tmp_path, text)
    told = "Intro to bold, slanted and a_b{}, x, *.war, C++ and 1 + 2 + 3 of Acme Corp, a*b*c, snake_case_name,"
    told += " see our page, the prices or https://c.d/e_f"
    lines = [line for line in page.text.split("\n") if line]
    assert lines == ["The Tea Guide", "Ann Lee", told, "A note.", "Setup", "NOTE: Take care."]
    assert [heading.level for heading in page.headings] == [1, 2]


def test_items_and_what_is_typed_are_read_as_those_of_other_files(tmp_path: Path) -> None:
    text = """* First thing
goes on
** Deep
. one
. two
* [x] done

Term:: The meaning.

[source,python]
----
x = *1*
----
====
Example
====
"""
    told = ["• First thing goes on", "• Deep", "1. one", "2. two", "• ☒ done", "Term: The meaning.", "x = *1*", "Example"]
    assert lines_of(tmp_path, text) == told


def test_tables_are_rows_below_the_names_of_their_columns(tmp_path: Path) -> None:
    text = """.Prices
[cols="1,1",options="header"]
|===
|Kind |Price

|Green
|12
|===

|===
|Name |Role |City

.2+|Ann |Boss |Rome
|Clerk |Oslo
2+|Both |Paris
|===
"""
    page = read(tmp_path, text)
    assert [line for line in page.text.split("\n") if line] == [
        *(
            "Prices",
            "Kind | Price",
            "Green | 12",
            "Name | Role | City",
            "Ann | Boss | Rome",
            "Ann | Clerk | Oslo",
            "Both | | Paris",
        ),
    ]
    assert [table.header for table in page.tables] == ["Kind | Price", "Name | Role | City"]


def test_chinese_lines_of_a_paragraph_are_one(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "== 茶叶\n\n绿茶的价格是\n十二元。") == ["茶叶", "绿茶的价格是十二元。"]


@pytest.mark.parametrize(
    "torn", ["----\n\n", "|===\n|a\n|b\n", "*a ", "https://a[", "<<a,", "`a ", ". a\n", "a:: ", ".a\n", "x:[", "2+|", "^a", " "]
)
def test_what_is_torn_is_read_in_bounded_time(tmp_path: Path, torn: str) -> None:
    assert lines_of(tmp_path, torn * 9_999 + "\n\nlast words")[-1] == "last words"


def test_tables_of_values_between_commas_are_rows(tmp_path: Path) -> None:
    text = """[%header,format=csv]
|===
Name,Age
"Lee, Ann",30
|===

,===
a,b
,===

:===
c:d
:===

[format=csv]
|===
|===

It is 10^3^, the 1^st^."""
    assert lines_of(tmp_path, text) == ["Name | Age", "Lee, Ann | 30", "a | b", "c | d", "It is 10^3, the 1st."]


def test_references_tell_what_they_lead_to(tmp_path: Path) -> None:
    text = """== Opening hours & keys

[[fees]]
.What it costs
The fee is 5 euros, see <<_opening_hours_keys>>, <<fees>>, xref:door[] and <<#key,its keys>>.

[#door]
=== The *back* door

[[key,the key]]
It has a key, see <<key>>, <<door>>, <<elsewhere>>.
"""
    assert (
        lines_of(tmp_path, text)[2] == "The fee is 5 euros, see Opening hours & keys, What it costs, The back door and its keys."
    )
    assert lines_of(tmp_path, text)[4] == "It has a key, see the key, The back door, elsewhere."


def test_formulas_are_told(tmp_path: Path) -> None:
    text = """:stem: latexmath

So stem:[\\frac{1}{2} \\le x_1 \\ne y_1] and asciimath:[sqrt(4) * 2 = x_[1\\]].

[latexmath]
++++
\\alpha^2 = 4
++++

++++
<b>unseen</b>
++++
"""
    assert lines_of(tmp_path, text) == ["So 1/2≤ x_1 ≠ y_1 and sqrt(4) * 2 = x_[1].", "α^2 = 4"]
