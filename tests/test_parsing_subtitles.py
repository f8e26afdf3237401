"""Subtitles and transcripts (SRT, VTT) as they are read."""

from __future__ import annotations

from pathlib import Path

from rag_app.parsing.plain_text import read_plain_text
from rag_app.parsing.source import Source
from tests.made_files import write


def lines_of(folder: Path, *cues: str, head: str = "") -> list[str]:
    times = (f"{at}\n00:00:0{at},500 --> 00:00:0{at},900 align:start\n{cue}\n" for at, cue in enumerate(cues, 1))
    (page,) = read_plain_text(Source(write(folder, "a.srt", head + "\n".join(times)), "a.srt", 10)).pages
    return [line for line in page.text.split("\n") if line]


def test_what_several_subtitles_say_is_one_sentence_with_when_it_begins(tmp_path: Path) -> None:
    cues = ("Under the third stone\n-5 degrees cold", "<i>behind the well-known chapel.</i>", "{\\an8}Go!\r")
    assert lines_of(tmp_path, *cues) == [
        "(00:00:01) Under the third stone -5 degrees cold behind the well-known chapel.",
        "(00:00:03) Go!",
    ]


def test_a_dash_tells_that_another_speaks(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "- Where is it\n- Under the stone.") == ["(00:00:01) Where is it", "(00:00:01) Under the stone."]


def test_chinese_goes_on_behind_a_comma_alone_and_has_no_spaces(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "钥匙藏在石头下面", "在旧教堂后面，\n没有人，", "会去看。") == [
        "(00:00:01) 钥匙藏在石头下面",
        "(00:00:02) 在旧教堂后面，没有人，会去看。",
    ]


def test_who_speaks_is_told_where_the_file_tells_it(tmp_path: Path) -> None:
    cues = ("<v Anna Smith>We need to decide</v>", "<v Anna Smith>by Friday</v>", "<v.loud Ben>It costs 400.</v>")
    assert lines_of(tmp_path, *cues, head="WEBVTT\n\nNOTE x\n\n") == [
        "Anna Smith (00:00:01): We need to decide by Friday",
        "Ben (00:00:03): It costs 400.",
    ]


def test_a_text_that_only_speaks_of_subtitles_stays_as_it_is(tmp_path: Path) -> None:
    text = "A line such as 00:00:01,000 --> 00:00:02,000 tells when."
    (page,) = read_plain_text(Source(write(tmp_path, "a.txt", text), "a.txt", 10)).pages
    assert page.text == text
