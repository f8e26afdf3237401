"""Chinese names in the other script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from rag_app.querying import Vocabulary, names_across
from tests.small_library import retrieval_over


def found(question: str, *held: str) -> list[list[tuple[str, ...]]]:
    def count(phrase: Sequence[str]) -> int:
        return int(" ".join(phrase) in " ".join(held))

    return [list(map(tuple, ways)) for ways in names_across(question, Vocabulary(dict.fromkeys(held, 1), count))]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Who is the manager of the Jiaoyang seafood centre?", "蛟洋"),
        ("who is wang xiaoming", "王晓"),
        ("What does Qu Minghou's son do?", "明厚"),
        ("How tall is the tower of Xi'an?", "西安"),
        ("When did Li Xiao-ming sign?", "晓明"),
        ("Who lives in Changan?", "长安"),
        ("What is Chen Fang's extension?", "陈芳"),
    ],
)
def test_a_name_in_pinyin_is_its_pairs_of_characters(question: str, written: str) -> None:
    assert [(written,)] in found(question, written, "合同", "rent")


@pytest.mark.parametrize(
    "question",
    [
        "How long can the women sing a song?",
        "Is a Laman here?",
        "What is a mutationn?",
        "What is the rent?",
        "Who wrote the Heliora contract?",
        "Who is Wang?",
        "",
        "12 %",
    ],
)
def test_english_words_and_other_names_are_no_pinyin(question: str) -> None:
    assert found(question, "女人", "我们", "宋歌", "何利", "阿拉", "提哦") == []


def test_only_pairs_that_the_library_holds_are_ways_and_all_of_them() -> None:
    assert found("Where is Song Lizhi?", "礼之", "离职", "宋礼", "合同") == [[("宋礼",)], [("礼之",), ("离职",)]]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("邱天才的职务是什么？", ("qiu", "tiancai")),
        ("恒瑞付了多少钱？", ("hengrui",)),
        ("李伟的工资是多少？", ("li", "wei")),
        ("單曉明的合同哪天到期？", ("xiaoming",)),
    ],
)
def test_a_name_in_characters_is_a_word_of_pinyin_with_its_surname_or_without(question: str, written: tuple[str, ...]) -> None:
    assert [written] in found(question, *written, "rent")


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("曼华的合同？", ("manhua", "women")),
        ("林的合同？", ("linde", "lin", "de")),
        ("沿岸有什么石油？", ("yanan", "shi", "you")),
        ("李伟的工资？", ("wei", "rent", "li")),
    ],
)
def test_words_and_what_only_sounds_like_words_of_the_documents_are_no_names(question: str, held: tuple[str, ...]) -> None:
    assert found(question, *held) == ([[("manhua",)]] if "manhua" in held else [])


def test_a_name_counts_once_however_often_it_is_said_and_at_most_twenty_parts_do() -> None:
    assert found("Changan " * 500, "长安") == [[("长安",)]]
    assert found("changan" * 500, "长安") == []
    assert found("长安的合同？" * 500, "changan") == [[("changan",)]]
    said = product(("jiao", "xue", "bao", "heng", "jin"), ("yang", "ling", "rui", "cheng", "hu"))
    assert len(found(", ".join(map("".join, said)), *map("".join, product("蛟雪鲍恒锦", "洋岭瑞城湖")))) == 20


TEXTS = {
    "jiaoyang.txt": "蛟洋海鲜中心的总经理是鲍鱼生。",
    "beigu.txt": "北谷海鲜中心的总经理是韩石。",
    "contract.txt": "Li Wei earns 900 a month and works from Monday to Friday in the kitchen.",
    "other.txt": "Mary Brown earns 800 a month and works from Monday to Friday in the kitchen.",
}


def test_passages_that_write_the_name_in_the_other_script_come_first(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)

    def first(question: str) -> str:
        return retrieval.search(question, top_k=4).hits[0].stored.document_name

    assert first("Who is general manager at Jiaoyang?") == "jiaoyang.txt"
    assert first("Who is general manager at Beigu?") == "beigu.txt"
    assert first("李伟每月挣多少？") == "contract.txt"
