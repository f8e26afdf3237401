"""Errors as sentences of the page, in Chinese too."""

from __future__ import annotations

import ast
import errno
import os
import re
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, FullDiskError, LibraryError, ModelError, RagError, Reason
from rag_app.fetching import fetch
from rag_app.ui.chinese.mistakes import MISTAKES
from rag_app.ui.language import Language, Wording
from rag_app.ui.mistakes import mistake
from tests.test_fetching import NO_ADDRESSES

PACKAGE = Path(__file__).parent.parent / "rag_app"
CHINESE = Wording(Language.CHINESE)


def sentences(path: Path) -> set[str]:
    """The strings of a module, `{}` for what is filled in."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return plain | {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
    }


def test_each_known_sentence_is_one_that_the_code_says_and_takes_what_that_fills_in() -> None:
    said = set().union(*(sentences(path) for path in PACKAGE.rglob("*.py") if path.parent.name != "chinese"))
    assert set(MISTAKES) - said == set()
    assert [told for told, meant in MISTAKES.items() if told.count("{}") != meant.count("{}")] == []


def test_mistake_is_told_in_chinese_with_what_it_names() -> None:
    error = LibraryError("There is no folder /home/我的. Check the path and add it again.")
    assert mistake(CHINESE, error) == "文档库无法完成这个操作：没有文件夹 /home/我的，请检查路径后重新添加。"
    assert mistake(Wording(Language.ENGLISH), error) == f"The library cannot do this: {error}"


def test_a_full_disk_is_a_mistake_of_the_library() -> None:
    error = FullDiskError("a.db cannot be written (full). Free some space on its disk, then try again; nothing was lost.")
    assert mistake(Wording(Language.ENGLISH), error) == f"The library cannot do this: {error}"


def test_what_the_system_says_is_told_in_chinese_within_a_sentence() -> None:
    why = os.strerror(errno.ECONNREFUSED)
    said = f"https://a.example could not be fetched: {why}. Check the address and your connection, and try again."
    assert (
        CHINESE.translated(DocumentError(Reason.NOT_REACHED, said))
        == "无法获取 https://a.example：连接被拒绝。请检查网址和网络连接，然后重试。"
    )


def test_page_that_takes_too_long_to_show_is_told_in_chinese() -> None:
    error = DocumentError(Reason.TOOK_TOO_LONG, "a.pdf showed no progress for 60 seconds. Save it anew, or raise parse_seconds.")
    told = "操作未完成：a.pdf 在 60 秒内没有任何进展。请重新保存，或者在设置文件中调高 parse_seconds。"
    assert mistake(CHINESE, error) == told


def test_web_page_for_which_a_library_has_no_room_is_told_in_chinese() -> None:
    why = "A library here holds up to 100 megabytes. Remove a document and try again."
    error = DocumentError(Reason.LIBRARY_FULL, f"http://a.example was not added. {why}")
    told = "http://a.example 没有添加：这里的文档库最多容纳 100 MB，请先移除一份文档再试。"
    assert CHINESE.translated(error) == told


def test_sentence_within_a_sentence_is_told_too_and_an_unknown_one_stays() -> None:
    within = "models/a.gguf of the set could not be read: /a does not exist. Check the path."
    assert CHINESE.translated(ModelError(within)) == "无法读取题集中的 models/a.gguf：/a 不存在，请检查路径。"
    assert CHINESE.translated(RagError("Something {new} happened.")) == "Something {new} happened."


@pytest.mark.parametrize("address", [*NO_ADDRESSES, "http://nowhere.invalid/page"])
def test_web_page_that_is_not_fetched_is_told_in_chinese(address: str) -> None:
    with pytest.raises(DocumentError) as caught:
        fetch(address, private=True, most_mb=1)
    told = mistake(CHINESE, caught.value)
    assert told != mistake(Wording(Language.ENGLISH), caught.value)
    assert not re.search("Only|Check|web|fetched|carries", told) and len(told) < 300
