"""Every reason why a file was not added has a sentence on the page and a section in the guide, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag_app.errors import Reason
from rag_app.ui.language import TABLES, Language

GUIDE = (Path(__file__).parent.parent / "docs" / "messages.md").read_text(encoding="utf-8")
LABELS = ("What happened: ", "What to do: ", "发生了什么：", "该怎么办：")
CODES = [reason.value for reason in Reason]


@pytest.mark.parametrize("language", list(Language))
def test_every_code_has_one_sentence_on_the_page_and_no_code_that_is_none(language: Language) -> None:
    told = {key.removeprefix("reason."): text for key, text in TABLES[language].items() if key.startswith("reason.")}
    assert sorted(told) == sorted(CODES)
    assert [code for code, text in told.items() if not text.endswith((".", "。")) or "\n" in text] == []
    assert len(set(told.values())) == len(told)


def test_the_guide_has_a_section_for_every_code_in_the_order_of_the_codes() -> None:
    assert re.findall(r"^## (\w+)$", GUIDE, flags=re.MULTILINE) == CODES


@pytest.mark.parametrize("code", CODES)
def test_each_section_says_what_happened_and_what_to_do_in_both_languages(code: str) -> None:
    section = re.split(r"^## ", GUIDE.split(f"## {code}\n")[1], flags=re.MULTILINE)[0]
    lines = [line.removeprefix("- ") for line in section.strip().splitlines()]
    assert len(lines) == len(LABELS)
    for line, label in zip(lines, LABELS):
        said = line.removeprefix(label)
        assert said != line and len(said) > 4, line
        assert bool(re.search("[一-鿿]", said)) == bool(re.search("[一-鿿]", label)), line
