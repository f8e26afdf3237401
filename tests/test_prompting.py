"""The prompt, word for word."""

from __future__ import annotations

from rag_app.prompting import make_prompt
from rag_app.records import ChatMessage
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


def test_title_and_heading_stand_once_above_their_sentences() -> None:
    pieces = [evidence("Rollo came."), evidence("He stayed."), evidence("Rain fell.", document="weather")]
    assert make_prompt("Who came?", pieces)[1].content.startswith("Text:\n[doc]\nRollo came.\nHe stayed.\n[weather]\nRain fell.")
