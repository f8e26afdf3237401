"""What is left of what a model wrote, in English and Chinese."""

from __future__ import annotations

import time

import pytest

from rag_app.text.plain import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Rollo led 911 settlers.", "Rollo led 911 settlers."),
        ("**Rollo** led `911` _settlers_.", "Rollo led 911 settlers."),
        ("**Rollo led 911 settlers.", "Rollo led 911 settlers."),
        ("```python\nRollo led.", "Rollo led."),
        ("~~~\nRollo led.\n~~~", "Rollo led."),
        ("[Rollo](http://evil.example) led.", "Rollo led."),
        ("[Rollo](http://evil.exam", "Rollo"),
        ("![Rollo](http://evil.example/a.png) led.", "Rollo led."),
        ("![Rollo](http://evil", "Rollo"),
        ("Rollo <b onclick=alert(1)>led</b>.", "Rollo led."),
        ("Rollo led. <script>", "Rollo led."),
        ("Rollo led. <img src=x onerror", "Rollo led."),
        ("Rollo <<b>script>led.", "Rollo led."),
        ("Rollo <!-- led --> spoke.", "Rollo spoke."),
        ("Rollo led.<|im_end|>", "Rollo led."),
        ("<|im_start|>assistant", "assistant"),
        ("Rollo led.<|im_en", "Rollo led."),
        ("Rollo led.</s>[/INST]", "Rollo led."),
        ("# Rollo led.", "Rollo led."),
        ("- Rollo led.", "Rollo led."),
        ("1. Rollo led.", "Rollo led."),
        ("> Rollo led.", "Rollo led."),
        ("Rollo\x00 \x1b[led\u202e\u200b.", "Rollo [led."),
        ("Rollo\n  led.", "Rollo led."),
        ("**罗洛**是`首领`。<|im_end|>", "罗洛是首领。"),
        ("1、罗洛是首领。", "罗洛是首领。"),
        ("[罗洛](http://evil.example)是首领。", "罗洛是首领。"),
        ("", ""),
        ("```", ""),
        ("2.", ""),
    ],
)
def test_markup_chat_tokens_and_control_characters_are_taken_out(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "text",
    ["3.5 percent is < 4 and > 2.", "snake_case stays", "See [1] and (a).", "2 - 1 = 1", "1.5 km", "公司收入3.5亿元（2010年）。"],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("unit", ["<a ", "![", "[", "\n", "<|", "<<b>", "a__________b", "1.\n", "> ", "[[a](b)"])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    started = time.process_time()
    shown = plain(unit * (50_000 // len(unit)))
    assert time.process_time() - started < 2
    assert "<a" not in shown and "<|" not in shown


def test_markup_of_any_depth_is_taken_out() -> None:
    assert "<" not in plain("<" * 1000 + "b>" * 1000 + "Rollo led.")
