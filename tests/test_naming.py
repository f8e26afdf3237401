"""Whether a text names a document."""

from __future__ import annotations

import time

import pytest

from rag_app.text.folding import fold
from rag_app.text.naming import is_named, plain_title


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ada Pryce", "The landlord is Ada Pryce.", True),
        ("Eagles (team)", "He played for the Eagles.", True),
        ("王小明", "负责人是王小明。", True),
        ("合同", "本合同期限三年。", False),
        ("Tax", "The tax is paid.", False),
        ("Ada Pryce", "The landlord is Ada.", False),
    ],
)
def test_a_document_is_named_by_its_title_if_that_is_long_enough(title: str, text: str, expected: bool) -> None:
    assert is_named(plain_title(title), fold(text), of="lease") is expected


def test_a_document_does_not_name_itself() -> None:
    assert not is_named("ada pryce", "ada pryce speaks french.", of="ada pryce")


def test_the_time_for_a_title_grows_with_its_length_alone() -> None:
    started = time.process_time()
    for sign in "(（ ":
        plain_title(sign * 20_000)
    assert time.process_time() - started < 2
