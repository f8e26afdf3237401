"""Settings: what is refused, and with which sentence."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.errors import SettingsError
from rag_app.settings import RANGES, Settings, read_settings, write_settings
from tests.small_library import small_library


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings().changed(temperature=1, top_p=0.5, repeat_penalty=2.0, answer_tokens=300, context_tokens=2048)
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("temperature", -0.1, "'temperature' must lie between 0 and 2, not be -0.1"),
        ("temperature", 2.1, "'temperature' must lie between 0 and 2, not be 2.1"),
        ("top_p", 1.5, "'top_p' must lie between 0 and 1, not be 1.5"),
        ("repeat_penalty", 0, "'repeat_penalty' must lie between 0.5 and 2, not be 0"),
        ("repeat_penalty", float("nan"), "'repeat_penalty' must lie between 0.5 and 2, not be nan"),
        ("answer_tokens", 0, "'answer_tokens' must lie between 1 and 8192, not be 0"),
        ("context_tokens", 16, "'context_tokens' must lie between 256 and 1048576, not be 16"),
        ("answer_tokens", 4096, r"'answer_tokens' \(4096\) leaves no room for a question in 'context_tokens' \(4096\)"),
        ("passage_tokens", 0, "'passage_tokens' must lie between 20 and 400, not be 0"),
        ("overlap_tokens", -3, "'overlap_tokens' must lie between 0 and 399, not be -3"),
        ("overlap_tokens", 150, r"'overlap_tokens' \(150\) must be less than 'passage_tokens' \(150\)"),
        ("parse_seconds", 0, "'parse_seconds' must lie between 1 and 86400, not be 0"),
        ("parse_memory_mb", 0, "'parse_memory_mb' must lie between 100 and 1048576, not be 0"),
        ("max_file_mb", 0, "'max_file_mb' must lie between 1 and 1048576, not be 0"),
        ("max_pages", 0, "'max_pages' must lie between 1 and 1048576, not be 0"),
        ("temperature", True, "'temperature' must be of type float, not True"),
        ("answer_tokens", 1.5, "'answer_tokens' must be of type int, not 1.5"),
        ("generator", 7, "'generator' must be of type str, not 7"),
        ("warmth", 1.0, "There is no setting 'warmth'; known are: answer_mode, answer_tokens"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings().changed(**{name: value})


def test_the_ends_of_a_range_belong_to_it() -> None:
    roomy = Settings().changed(context_tokens=1 << 20, passage_tokens=400, overlap_tokens=0)
    for name, ends in RANGES.items():
        for end in ends:
            changed = roomy.changed(**{name: type(getattr(roomy, name))(end)})
            assert getattr(changed, name) == end


def test_a_bad_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"top_p": float("inf")}))
    with pytest.raises(SettingsError, match=r"settings\.json: The setting 'top_p' must lie between 0 and 1, not be inf"):
        read_settings(tmp_path)


def test_settings_that_cannot_be_written_are_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    write_settings(tmp_path, Settings(temperature=0.5))
    (tmp_path / "settings.json.new").mkdir()
    with pytest.raises(SettingsError, match=r"settings\.json cannot be written .* nothing was changed"):
        write_settings(tmp_path, Settings())
    assert read_settings(tmp_path).temperature == 0.5


def test_a_setting_that_is_changed_leaves_what_was_written_beside_it_meanwhile(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        write_settings(tmp_path, Settings(max_file_mb=700))
        library.change_settings(temperature=0.5)
        assert library.settings == Settings(temperature=0.5)
    assert read_settings(tmp_path) == Settings(temperature=0.5, max_file_mb=700)


def test_settings_are_on_the_disk_before_they_take_the_place_of_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: kept.append(Path(f"/proc/self/fd/{handle}").resolve().name))
    write_settings(tmp_path, Settings(temperature=0.5))
    assert kept == ["settings.json.new"]
    assert read_settings(tmp_path).temperature == 0.5


def test_settings_are_read_with_the_mark_that_windows_puts_before_them(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"threads": 1}', encoding="utf-8-sig")
    assert read_settings(tmp_path).threads == 1


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "[]"])
def test_a_settings_file_that_is_no_object_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(SettingsError, match=r"settings\.json .* Mend it, or remove it"):
        read_settings(tmp_path)
