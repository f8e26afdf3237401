"""Folding, terms, sentences and language, in English, Chinese and both."""

from __future__ import annotations

from typing import SupportsIndex

import pytest

from rag_app.text.coverage import coverage
from rag_app.text.folding import fold, in_script_of, is_cjk, without_surrogates
from rag_app.text.language import language
from rag_app.text.sentences import sentence_spans, sentences
from rag_app.text.words import index_text, search_terms, terms


def test_width_case_and_script_fold_together() -> None:
    assert fold("ＡＰＩ 漢語") == fold("api 汉语") == "api 汉语"


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("违约金是多少？", "違約金為兩個月租金。", "違約金是多少？"),
        ("違約金是多少？", "违约金为两个月租金。", "违约金是多少？"),
        ("后来谁关机？", "伺服器後來關機。", "後來誰關機？"),
        ("誰是皇后？", "皇后是誰的女兒？", "誰是皇后？"),
        ("谁？", "No one.", "谁？"),
        ("谁\ud800？", "誰？", "誰？"),
        ("Who?", "違約金", "Who?"),
    ],
)
def test_a_text_is_written_in_the_script_of_another(text: str, other: str, expected: str) -> None:
    assert in_script_of(text, other) == expected


def test_only_han_characters_are_chinese() -> None:
    assert [is_cjk(character) for character in "漢汉aéひ、"] == [True, True, False, False, False, False]


def test_lone_surrogates_and_nul_are_dropped() -> None:
    assert without_surrogates("a\ud800b\x00c") == "abc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Normans' leader", ["the", "normans", "leader"]),
        ("維京人", ["维京", "京人"]),
        ("API接口", ["api", "接口"]),
        ("第3季度", ["第", "3", "季度"]),
        ("A-135, 3M", ["a", "135", "a135", "3", "m", "3m"]),
        ("FY2022 10-K", ["fy", "2022", "fy2022", "10", "k", "10k"]),
        ("1,061.78 or so", ["1", "061", "78", "106178", "or", "so"]),
        ("!? …", []),
    ],
)
def test_terms_are_words_and_chinese_bigrams(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_index_text_joins_terms_and_stems_with_spaces() -> None:
    assert index_text("Deep 学习法") == "deep 学习 习法 ˢdeep"


def test_words_are_indexed_and_looked_up_by_their_stems_too() -> None:
    held = set(index_text("Both companies were running").split())
    assert held & set(search_terms(terms("a company that runs"))) == {"ˢcompani", "ˢrun"}


def test_days_and_months_are_looked_up_however_they_are_shortened() -> None:
    held = set(index_text("Thu 5 Mar: Sabine").split())
    assert held & set(search_terms(terms("Who works on Thursday in March?"))) == {"ˢthursday", "ˢmarch"}


def test_what_says_nothing_is_not_looked_up_unless_there_is_nothing_else() -> None:
    assert search_terms(terms("Who is the king?")) == ["king", "ˢking"]
    assert search_terms(terms("Who is who?")) == ["who", "is", "ˢwho"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose 3.5 percent. Sales fell.", ["It rose 3.5 percent.", "Sales fell."]),
        ("Dr. Smith left. He ran.", ["Dr. Smith left.", "He ran."]),
        (
            "King Vidor ( ; 1894) won. He (Al) left; she (Eve) stayed.",
            ["King Vidor ( ; 1894) won.", "He (Al) left;", "she (Eve) stayed."],
        ),
        ("李明（曾任市长；今任部长）获奖；王刚落选。", ["李明（曾任市长；今任部长）获奖；", "王刚落选。"]),
        (
            "Systems of parts (Lee (2012); May et al. (2003), among others) won; they (so (Ray)) grew.",
            ["Systems of parts (Lee (2012); May et al. (2003), among others) won;", "they (so (Ray)) grew."],
        ),
        ("“Who is it?”, he asked. “好吗？”，他问。", ["“Who is it?”, he asked.", "“好吗？”，他问。"]),
        ("It was 30 °C. This is hot.", ["It was 30 °C.", "This is hot."]),
        ("如Fig. 2所示，在U.S. 也有。用维生素C. 见第5页。", ["如Fig. 2所示，在U.S. 也有。", "用维生素C.", "见第5页。"]),
        ("On May 1st. Un déco. Then.", ["On May 1st.", "Un déco.", "Then."]),
        ("J. R. Smith left.", ["J. R. Smith left."]),
        ("Ring the office, ext. 4417, before 14:00. Ask.", ["Ring the office, ext. 4417, before 14:00.", "Ask."]),
        ("Min. 5 boxes, max. £90. See Art. 12.", ["Min. 5 boxes, max. £90.", "See Art. 12."]),
        ("Boil for 5 min. 3 eggs will do.", ["Boil for 5 min.", "3 eggs will do."]),
        (
            "~~Dogs are free.~~ Dogs cost £25. ~~Rent 900.~~ ~~可养狗。~~不可养狗。",
            ["~~Dogs are free.~~", "Dogs cost £25.", "~~Rent 900.~~", "~~可养狗。~~", "不可养狗。"],
        ),
        (
            "可养狗。~~不可养猫。~~不可做饭。",
            ["可养狗。", "~~不可养猫。~~", "不可做饭。"],
        ),
        ("It reached its max. Then it fell.", ["It reached its max.", "Then it fell."]),
        ("See e.g. the U.S. Treasury. Done!", ["See e.g. the U.S. Treasury.", "Done!"]),
        ("A FRITZ!Box 7590 is there. It works!Now go! Yes?No", ["A FRITZ!Box 7590 is there.", "It works!Now go!", "Yes?No"]),
        ("See https://a.org/b?c=1 and a.org/?d=2. End?", ["See https://a.org/b?c=1 and a.org/?d=2.", "End?"]),
        ("Yahoo! paid. Did Yahoo!? 好!再来!A", ["Yahoo!", "paid.", "Did Yahoo!?", "好!", "再来!", "A"]),
        ("He said... nothing. Then... Wait.... Yes.", ["He said... nothing.", "Then...", "Wait....", "Yes."]),
        ("Jan 3, 2022 ... 2022年开始。 ... 2021年结束。", ["Jan 3, 2022 ...", "2022年开始。", "...", "2021年结束。"]),
        ("Rollo led. ... And won.", ["Rollo led.", "...", "And won."]),
        ("Tea . . . . . 22\nCoffee .......... 9\nMilk....5", ["Tea . . . . . 22", "Coffee .......... 9", "Milk....5"]),
        ("In 1999. Next year.", ["In 1999.", "Next year."]),
        ("他说：「走吧。」然后走了！真的？", ["他说：「走吧。」", "然后走了！", "真的？"]),
        ("A title\n\nA paragraph", ["A title", "A paragraph"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_row_of_a_table_goes_on_with_no_line_above_it() -> None:
    text = (
        "Taxpayer: Dr. Ottilie Varga, 3 Mill Yard, Westbridge\nItem of income or expenses, in pounds | 2023 | 2024\nRent | 3 | 4"
    )
    assert sentences(text) == text.split("\n")


def test_a_line_break_that_only_wraps_a_line_does_not_end_a_sentence() -> None:
    assert sentences("The quick brown fox jumps over the lazy\ndog and runs. End.") == [
        "The quick brown fox jumps over the lazy\ndog and runs.",
        "End.",
    ]


def test_lines_that_begin_with_a_label_are_sentences_of_their_own() -> None:
    policy = (
        "Sum insured: 65,000 euros for the household\nExcess: 150 euros for each claim that you make\n"
        "Covered: fire, tap water, storm from force 8,\nburglary, and vandalism after a burglary\nNot covered: flood and glass"
    )
    first, second, third, more, last = policy.split("\n")
    assert sentences(policy) == [first, second, f"{third}\n{more}", last]
    assert sentences("姓名：王丽华，女，身份证号已登记，\n住址：北京市海淀区中关村大街一号院二号楼，\n电话：略")[1].startswith(
        "住址"
    )
    work = "2019 – today    Alstom, Savigliano: lead of a team of six\n2015 – 2019     Ansaldo: design engineer"
    assert sentences(work) == work.split("\n")
    mail = "Subject: the move on Saturday\n\nPlease have all the boxes labelled by Friday\nevening. The keys: one is here."
    assert sentences(mail)[1] == "Please have all the boxes labelled by Friday\nevening."
    share = "12.5 percent of the households have a garden, and\n3.5 percent have two of them near the house"
    assert sentences(share) == [share]
    prose = "We saw that the reasons are these\nNote: none of them counts for the whole"
    assert sentences(prose) == [prose]


def test_rows_of_a_table_are_sentences_of_their_own() -> None:
    rows = "Sales of the northern region | 2021 | low\nsales of the southern region | 2022 | high"
    assert sentences(rows) == rows.split("\n")
    lines = "2021-03-05,the northern region,low,\n2021-03-06,the southern region,high"
    assert sentences(lines) == lines.split("\n")


@pytest.mark.parametrize(
    "row",
    [
        'Bob Ray,14,"desk; chair",555-2',
        '"Keys. Cupboard!",12,555-1',
        'Ada,"Is it hers? Yes."',
        "Bob Ray;14;desk;555-2",
        "3,能否加入上下文？,2023-04-02,在CLM基础上运行吗？,2",
        '"Bob; Ray";14;-3.5;;desk',
        "Influenza (25/26);FL-8821;14;(20);11.40 €;A",
    ],
)
def test_nothing_ends_within_a_row_of_cells(row: str) -> None:
    assert sentences(f"name,room\n{row}\nCid Lo,15") == ["name,room", row, "Cid Lo,15"]


@pytest.mark.parametrize(
    "row",
    [
        "Dr. Weber | Hauptstr. 12, Köln | closed on Mondays; open on Tuesdays",
        "Goulash | 4 | Brown the beef. Add onions! Simmer for 2.5 hours.",
        "麻婆豆腐 | 豆腐焯水。炒香豆瓣酱；煮5分钟。",
    ],
)
def test_nothing_ends_within_a_cell_of_a_table(row: str) -> None:
    assert sentences(f"Name | Note\n{row}\nEnd. Yes.") == ["Name | Note", row, "End.", "Yes."]


def test_a_cell_of_a_table_may_be_as_long_as_a_sentence_and_no_longer() -> None:
    assert len(sentences(f"a | {'x' * 114}. Yes.")) == 1
    assert sentences(f"a | {'x' * 116}. Yes.") == [f"a | {'x' * 116}.", "Yes."]


@pytest.mark.parametrize("text", ['"I am here. You are not."', '"Go; stay." He went, "I know. You too."', "甲;乙。"])
def test_what_is_said_in_quotation_marks_is_no_cell(text: str) -> None:
    assert len(sentences(text)) > 1


def test_a_quoted_cell_may_be_as_long_as_a_sentence_and_no_longer() -> None:
    assert sentences(f'1,"{"x" * 119}. Yes",2') == [f'1,"{"x" * 119}. Yes",2']
    assert len(sentences(f'1,"{"x" * 121}. Yes",2')) == 2
    assert len(sentences('1,"Old\nmen go. Yes",2')) == 3


class Line(str):
    """A line that counts the characters that are cut out of it."""

    cut = 0

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        part = super().__getitem__(place)
        self.cut += len(part)
        return part


@pytest.mark.parametrize("sentence", ["They met again. ", "They met (once; twice); ", '"Yes. No",2;', "他们又开会了；"])
def test_of_a_long_line_only_what_is_near_a_mark_is_looked_at(sentence: str) -> None:
    line = Line(sentence * 2000)
    assert len(sentence_spans(line)) >= 1
    assert line.cut < 100 * len(line)


def test_sentences_leave_out_nothing_but_white_space() -> None:
    text = "One. Two; three\nfour。五！ \n\n six"
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is 3M?", "en"),
        ("公司是什么？", "zh"),
        ("SmolLM2 模型有多少参数", "zh"),
        ("What does 你好 mean in English?", "en"),
        ("42", "en"),
    ],
)
def test_language_is_the_one_that_carries_the_text(text: str, expected: str) -> None:
    assert language(text) == expected


def test_coverage_is_the_share_of_weight_that_is_held() -> None:
    assert coverage({"rare": 3.0, "common": 1.0}, {"rare", "other"}) == 0.75
    assert coverage({}, {"rare"}) == 0.0


def test_marks_of_notes_belong_to_the_sentence_before_them() -> None:
    text = "Ducks dive.[6][7] The eider swims. [8] It was so in 1902.[9] See it. [1](here) 鸭会游泳。[10]它也会飞。"
    assert sentences(text) == [
        "Ducks dive.[6][7]",
        "The eider swims. [8]",
        "It was so in 1902.[9]",
        "See it.",
        "[1](here) 鸭会游泳。[10]",
        "它也会飞。",
    ]
