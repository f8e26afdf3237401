"""The prompt, word for word."""

from __future__ import annotations

from dataclasses import replace

from rag_app.prompting import make_prompt
from rag_app.records import ChatMessage, Evidence
from tests.examples import evidence


def test_the_english_prompt() -> None:
    assert make_prompt("Who came?", [evidence("Rollo\ncame."), evidence("He stayed.")]) == (
        ChatMessage(
            "system",
            "Answer the question with facts from the text only. Use the words of the text. Be brief: one or two sentences.",
        ),
        ChatMessage("user", "Text:\n[doc]\nRollo came.\nHe stayed.\n\nQuestion: Who came?"),
    )


def test_the_chinese_prompt() -> None:
    assert make_prompt("谁来了？", [evidence("罗洛来了。")]) == (
        ChatMessage("system", "只根据给出的文字回答问题，尽量使用原文的词句，用一两句话简短回答。"),
        ChatMessage("user", "文字：\n[doc]\n罗洛来了。\n\n问题：谁来了？"),
    )


def under(text: str, *path: str) -> Evidence:
    """A sentence under headings."""
    one = evidence(text)
    return replace(one, stored=replace(one.stored, passage=replace(one.stored.passage, heading_path=path)))


def test_title_and_heading_stand_once_above_their_sentences() -> None:
    pieces = [evidence("Rollo came."), evidence("Rain fell.", document="weather"), evidence("He stayed.")]
    assert make_prompt("Who came?", pieces)[1].content.startswith("Text:\n[doc]\nRollo came.\nHe stayed.\n[weather]\nRain fell.")
    pieces = [under("Rollo came.", "Ships"), under("He ate.", "Food"), under("He sailed.", "Ships")]
    assert "[doc > Ships]\nRollo came.\nHe sailed.\n[Food]\nHe ate." in make_prompt("Who came?", pieces)[1].content


def test_names_of_columns_stand_above_rows_alone() -> None:
    table = ("Stores", "Kind | Number")
    pieces = [under("We close stores.", *table), under("Mobile | 32", *table)]
    assert "[doc > Stores]\nWe close stores.\n[Stores > Kind | Number]\nMobile | 32" in make_prompt("How?", pieces)[1].content
