"""Cleaning, encodings, and the bare text of markup."""

from __future__ import annotations

import pytest

from rag_app.parsing.cleaning import clean, joined, without_layout_spaces
from rag_app.parsing.encodings import decode
from rag_app.parsing.markup import bare_text

CHINESE = "岳飞是南宋的抗金名将，他率领岳家军同金军进行了大小数百次战斗，所向披靡。绍兴十年，他挥师北伐，先后收复郑州、洛阳等地。"
TRADITIONAL = (
    "岳飛是南宋的抗金名將，他率領岳家軍同金軍進行了大小數百次戰鬥，所向披靡。紹興十年，他揮師北伐，先後收復鄭州、洛陽等地。"
)
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。薄暗い所で泣いていた事だけは記憶している。"
FRENCH = "L'été dernier, nous avons mangé à la crêperie près du château ; les élèves étaient très heureux."


def test_control_characters_and_lone_surrogates_are_removed() -> None:
    assert clean("a\x00b\x1fc\ud800d\ufeffe\u200bf\u202eg") == "abcdefg"


def test_line_ends_become_one_kind_and_blank_lines_one() -> None:
    assert clean("one \r\ntwo\r\n\r\n\r\n\r\nthree\x0cfour\u2028five") == "one\ntwo\n\nthree\nfour\nfive"


def test_every_kind_of_space_becomes_one_space() -> None:
    assert clean("  a\u00a0\u3000\t b  ") == "a b"


def test_a_sign_of_a_font_before_the_words_of_a_line_is_a_bullet_or_a_box() -> None:
    text = "To bring:\n\uf0b7 boots\n\uf0a7\ta coat \uf0b7\n\uf06f paid\n\uf0fe signed\n\uf8eb x"
    assert clean(text) == "To bring:\n• boots\n• a coat \uf0b7\n☐ paid\n☑ signed\n\uf8eb x"


def test_cleaning_two_million_spaces_takes_no_time() -> None:
    assert clean("a" + " " * 2_000_000 + "\n" * 1_000_000 + "b") == "a\n\nb"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("知 识 手 册", "知识手册"),
        ("北京 上海 广州", "北京 上海 广州"),
        ("他走了 ， 又回来了 。 然后", "他走了，又回来了。然后"),
        ("营业收入 4,755 元", "营业收入 4,755 元"),
        ("plain words stay", "plain words stay"),
    ],
)
def test_spaces_of_the_layout_go_and_those_between_words_stay(line: str, expected: str) -> None:
    assert without_layout_spaces(line) == expected


def test_lines_join_with_a_space_in_english_and_without_in_chinese() -> None:
    assert joined("the first", "line") == "the first line"
    assert joined("开封", "失守") == "开封失守"
    assert joined("收入为", "42") == "收入为 42"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (CHINESE, "utf-32"),
        (CHINESE, "gb2312"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (CHINESE, "hz"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-le"),
        ("Москва является столицей России, в городе живёт много людей.", "cp1251"),
        ("产品,单价,库存\n苹果,5.5,120\n香蕉,3.2,80\n橙子,4.8,60\n西瓜,2.0,45\n", "gbk"),
        ("购物清单：牛奶、鸡蛋、面包、苹果。", "gbk"),
        ("会议，预算，合同，付款，发货，质量。", "gbk"),
        ("预算，会议，合同，付款，检查，计划。", "gbk"),
        ("荔枝，榴莲，西瓜", "gbk"),
        ("產品,單價,庫存\n蘋果,5.5,120\n香蕉,3.2,80\n", "big5"),
        ("이름,나이\n김철수,25\n박영희,30\n", "euc_kr"),
        ("한국(韓國)의 경제(經濟)는 빠르게 성장하였다.", "euc_kr"),
        ("大韓民國은 民主共和國이다.", "euc_kr"),
        ("名前,年齢\n山田,25\n鈴木さん,30\n", "euc_jp"),
        ("株式会社山田製作所", "euc_jp"),
        ("品名,単価\nりんご,120\nバナナ,80\n", "shift_jis"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    assert decode(CHINESE.encode()[:40] + b"\xff" + CHINESE.encode()[42:]) is not None
    broken = decode(CHINESE.encode() + b"\xff\xfe " + CHINESE.encode())
    assert broken is not None
    assert broken.startswith(CHINESE)
    assert broken.endswith(CHINESE)


def test_letters_beyond_the_start_decide_too() -> None:
    text = "plain words " * 10_000 + "crêperie du château"
    assert decode(text.encode("cp1252")) == text


def test_a_declared_encoding_is_believed_when_it_fits() -> None:
    text = '<html><head><meta charset="big5"></head><body>' + TRADITIONAL[:12] + "</body></html>"
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize("content", [bytes(10_000), bytes(range(256)) * 40], ids=["zeros", "every byte"])
def test_what_is_no_text_is_not_taken_for_text(content: bytes) -> None:
    assert decode(content) is None


def test_a_few_zero_bytes_do_not_make_a_text_binary() -> None:
    assert decode(b"Alpha\x00beta\x00gamma and more words here\n" * 20) is not None


def test_bare_text_leaves_scripts_out_and_breaks_lines_at_blocks() -> None:
    markup = "<head><title>T</title></head><script>no()</script><div>One <b>bold</b>\nword</div><p>二<br>三</p><div>"
    assert bare_text(markup) == "One bold word\n二\n三"


def test_bare_text_survives_any_depth() -> None:
    assert bare_text("<div>" * 100_000 + "deep") == "deep"
