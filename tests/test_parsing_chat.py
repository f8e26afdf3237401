"""Conversations as chat programs export or copy them, each message with who wrote it and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.plain_text import read_plain_text
from rag_app.parsing.source import Source
from tests.made_files import write

ENGLISH = (
    ("Anna", "2024-03-01", "10:22", "The deposit is 1,250 euros."),
    ("Ben K.", "2024-03-01", "10:25", "Ok.\nI pay it on Friday:\n- the first half"),
    ("Anna", "2024-03-02", "09:05", "Friday"),
    ("Ben K.", "2024-03-02", "18:40", "Did you see it at 9:30?"),
)
CHINESE = (
    ("张三", "2024-03-01", "10:22:33", "房租每月5号之前交。"),
    ("李四", "2024-03-01", "10:25:01", "好的"),
    ("张三", "2024-03-02", "09:05:00", "密码是 lanhe2024"),
    ("李四", "2024-03-02", "18:40:59", "谢谢"),
)


def lines_of(folder: Path, text: str) -> list[str]:
    (page,) = read_plain_text(Source(write(folder, "chat.txt", text), "chat.txt", 10)).pages
    return [line for line in page.text.split("\n") if line]


@pytest.mark.parametrize(
    ("messages", "shape"),
    [
        (ENGLISH, "[{date}, {time}] {name}: {text}\n"),
        (ENGLISH, "\u200e[{date} {time}] ~\u202f{name}: {text}\r\n"),
        (ENGLISH, "{date}, {time} - {name}: {text}\n"),
        (ENGLISH, "{date} {time} From {name} to Everyone:\n\t{text}\n"),
        (ENGLISH, "{date} {time}\t{name}\t{text}\n"),
        (ENGLISH, "[{date} {time}] {name}\n{text}\n\n"),
        (ENGLISH, "{name} — {date} {time}\n{text}\n"),
        (ENGLISH, "{name}, [{date} {time}]\n{text}\n\n"),
        (ENGLISH, "{name}\n{date} {time}\n{text}\n"),
        (CHINESE, "{name} {date} {time}\n{text}\n\n"),
        (CHINESE, "{date} {time} {name}(10001)\n{text}\n\n"),
        (CHINESE, "{name}  {date} {time}\n\n{text}\n\n\n"),
    ],
    ids=[
        "WhatsApp, iPhone",
        "not a contact",
        "WhatsApp",
        "Zoom",
        "LINE",
        "Teams",
        "Discord",
        "Telegram",
        "Teams, copied",
        "微信",
        "QQ",
        "mail",
    ],
)
def test_each_message_says_who_wrote_it_and_when(tmp_path: Path, messages: tuple[tuple[str, ...], ...], shape: str) -> None:
    text = "".join(shape.format(name=name, date=date, time=time, text=text) for name, date, time, text in messages)
    between = ", " if "}, {time" in shape else " "
    told = "\n".join(f"{name} ({date}{between}{time}): {text}" for name, date, time, text in messages)
    assert lines_of(tmp_path, text) == told.split("\n")


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("Anna  10:22 AM", "10:22 AM"),
        ("Anna — Yesterday at 10:22 PM", "Yesterday at 10:22 PM"),
        ("Anna Mar 1st, 10:22", "Mar 1st, 10:22"),
        ("Anna 星期五 晚上8:05", "星期五 晚上8:05"),
        ("Anna 2024年3月1日 上午10:22", "2024年3月1日 上午10:22"),
        ("Anna (0:07)", "0:07"),
    ],
)
def test_when_is_told_as_it_is_written(tmp_path: Path, head: str, when: str) -> None:
    assert lines_of(tmp_path, f"{head}\nHello.\n" * 4) == [f"Anna ({when}): Hello."] * 4


def test_a_time_without_a_date_has_the_day_above_it(tmp_path: Path) -> None:
    text = "以下是聊天记录。\n\n" + "".join(
        f"—————  2024-03-0{day}  —————\n\n张三  10:22\n\n你好\n\n张三  10:30\n\n今天\n\n" for day in (1, 2)
    )
    assert lines_of(tmp_path, text) == [
        "以下是聊天记录。",
        "————— 2024-03-01 —————",
        "张三 (2024-03-01 10:22): 你好",
        "张三 (2024-03-01 10:30): 今天",
        "————— 2024-03-02 —————",
        "张三 (2024-03-02 10:22): 你好",
        "张三 (2024-03-02 10:30): 今天",
    ]


def test_a_notice_of_the_program_is_nobodys_message(tmp_path: Path) -> None:
    notice = "01/03/2024, 10:20 - Anna added Ben"
    text = "01/03/2024, 10:20 - Anna: Hello\n" * 4 + notice
    assert lines_of(tmp_path, text)[-2:] == ["Anna (01/03/2024, 10:20): Hello", notice]


@pytest.mark.parametrize(
    "text",
    [
        "Breakfast 8:00\nbread\nLunch 12:30\nsoup\nTea 16:00\ncake\nDinner 19:00\nfish",
        "[2024-03-01 10:22:33] INFO: started\n[2024-03-01 10:22:34] ERROR: stopped\n" * 4,
        "Anna 10:22\nHello",
        "A letter of a thousand words. " * 60 + "\nAnna 10:22\nHello" * 4,
    ],
    ids=["a plan of the day", "a log", "one message", "a text that quotes a few"],
)
def test_other_texts_stay_as_they_are(tmp_path: Path, text: str) -> None:
    assert lines_of(tmp_path, text) == [line.strip() for line in text.split("\n") if line.strip()]
