"""reStructuredText as it is read: what is shown, without its marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.formats import RST
from rag_app.parsing.media_types import media_type
from rag_app.parsing.rst import read_rst
from rag_app.parsing.source import Source
from rag_app.records import Page
from tests.made_files import write


def read(folder: Path, text: str) -> Page:
    source = Source(write(folder, "a.rst", text), "a.rst", 10)
    assert media_type(source) == RST
    (page,) = read_rst(source).pages
    return page


def test_headings_items_and_words_stand_without_marks(tmp_path: Path) -> None:
    text = r"""
=====
Guide
=====
:Author: Ann Lee

.. a comment
.. _start:

Intro to **bold** *tea*
and ``code``, see `our page <http://a.b>`_ [1]_ with :math:`\alpha^2` of |name| [CIT]_.

.. |name| replace:: Acme Corp
.. [1] A *note*.
.. [CIT] A book.

Setup
=====

1. one
2. two

   a) deep

- item
  goes on

Term : kind
    The meaning.

::

   literal {x}

.. note:: Take care.
.. math:: \frac{a+b}{2}
"""
    page = read(tmp_path, text)
    assert page.text.split("\n") == [
        *(
            "Guide",
            "Author: Ann Lee",
            "Intro to bold tea and code, see our page with α^2 of Acme Corp [CIT].",
            "A note.",
            "[CIT] A book.",
        ),
        *(
            "Setup",
            "1. one",
            "2. two",
            "a) deep",
            "• item goes on",
            "Term: The meaning.",
            "literal {x}",
            "Note: Take care.",
            "(a+b)/2",
        ),
    ]
    assert [(page.text[heading.start : heading.end], heading.level) for heading in page.headings] == [("Guide", 1), ("Setup", 2)]


def test_tables_of_each_form_are_rows_below_the_names_of_their_columns(tmp_path: Path) -> None:
    text = """
+-------+-------+------+
| Kind  | Price | Year |
+=======+=======+======+
| Green | 12    | 2020 |
|       +-------+------+
|       | 13    | 2021 |
+-------+-------+------+

====  =====
Name  Role
====  =====
Ann   Boss
Bob   Clerk
====  =====

.. list-table:: Staff
   :header-rows: 1

   * - Name
     - City
   * - Ann
     - Rome
"""
    page = read(tmp_path, text)
    assert page.text.split("\n") == [
        *("Kind | Price | Year", "Green | 12 | 2020", "Green | 13 | 2021", "Name | Role", "Ann | Boss", "Bob | Clerk"),
        *("Staff", "Name | City", "Ann | Rome"),
    ]
    assert [table.header for table in page.tables] == ["Kind | Price | Year", "Name | Role", "Name | City"]
    assert page.headings == ()


def test_what_only_sphinx_knows_is_told_by_its_words(tmp_path: Path) -> None:
    text = """See :ref:`the setup <setup>` and :class:`~tea.Pot`.

.. toctree::
   :maxdepth: 2

   intro

.. versionadded:: 2.0
   A *new* lid.

.. py:function:: pour(cup)
   :module: tea

   Fills it.
"""
    assert read(tmp_path, text).text.split("\n") == [
        *("See the setup and tea.Pot.", "Added in 2.0", "A new lid.", "pour(cup)", "Fills it."),
    ]


def test_no_file_is_opened_and_nothing_raw_comes_in(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.csv", "secret,1")
    text = f"""Words.

.. include:: {secret}
.. literalinclude:: {secret}
.. csv-table::
   :file: {secret}
.. raw:: html

   <b>raw</b>

.. image:: {secret}
"""
    assert read(tmp_path, text).text == "Words."


def test_chinese_lines_of_a_paragraph_are_one(tmp_path: Path) -> None:
    page = read(tmp_path, "茶叶\n====\n\n绿茶的价格是 **12** 元，\n红茶更贵。\n")
    assert page.text == "茶叶\n绿茶的价格是 12 元，红茶更贵。"
    assert len(page.headings) == 1


@pytest.mark.parametrize(
    "torn", ["- " * 3_000, "\n".join(" " * depth + "- a\n" for depth in range(0, 600, 2)), "+--" * 2_000, "*a " * 300]
)
def test_what_is_torn_or_nested_without_end_is_read_as_it_is_typed(tmp_path: Path, torn: str) -> None:
    text = read(tmp_path, f"{torn}\n\nlast words").text
    assert text.startswith(torn[:2].strip()) or "a" in text
    assert text.endswith("last words")


def test_directives_without_end_within_each_other_are_followed_a_few_times(tmp_path: Path) -> None:
    text = "".join(" " * depth + ".. x:: a\n\n" for depth in range(0, 300, 3))
    assert "a" in read(tmp_path, text).text


def test_raised_digits_are_none_of_the_number_before_them(tmp_path: Path) -> None:
    text = "Title\n=====\n\nIt is 10\\ :sup:`3`, the 1\\ :sup:`st` of H\\ :sub:`2`\\ O."
    assert read(tmp_path, text).text.split("\n") == ["Title", "It is 10^3, the 1st of H2O."]
