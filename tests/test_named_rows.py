"""Of the rows of a table those that a question names come first."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.named_rows import cell_named, named_first
from rag_app.records import Evidence, Passage, StoredPassage, Table
from rag_app.text.cells import leads_to_rows
from rag_app.text.sentences import sentence_spans
from rag_app.text.words import terms
from tests.made_files import write
from tests.real_library import real_library


def sentences(text: str, header: str, *chances: float, path: tuple[str, ...] = ()) -> tuple[Evidence, ...]:
    """The lines of a page that begins with a table, its first line the names of columns, each with its chance; best first."""
    table = Table(text.index("\n") + 1, len(text), header)
    stored = StoredPassage(1, "list.csv", "", Passage("d", 1, 0, len(text), path, text, tables=(table,)))
    found = [
        Evidence(stored, start, end, text[start:end], chance)
        for (start, end), chance in zip(sentence_spans(text), chances, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -one.score))


def told(question: str, evidence: tuple[Evidence, ...]) -> list[tuple[str, float]]:
    return [(one.text, one.score) for one in named_first(evidence, terms(question), question)]


PAID = sentences(
    "Service | Price | Paid with\nCloud | 86 | PayPal\nChat | 59 | Card\nFonts | 75 | PayPal",
    "Service | Price | Paid with",
    0.5,
    0.1,
    0.3,
    0.1,
)
PLANS = "项目 | 价格\n体检套餐A | 120欧元\n体检套餐B | 210欧元\n翻译 | 28欧元"


def test_rows_that_hold_what_is_named_take_the_places_of_the_others_and_of_the_names_of_columns() -> None:
    assert told("Which services are paid with PayPal?", PAID) == [
        ("Cloud | 86 | PayPal", 0.5),
        ("Fonts | 75 | PayPal", 0.3),
        ("Service | Price | Paid with", 0.0),
        ("Chat | 59 | Card", 0.0),
    ]


def test_rows_of_which_none_holds_more_stay_in_their_order_before_the_names_of_columns() -> None:
    expected = [("Chat | 59 | Card", 0.5), ("Cloud | 86 | PayPal", 0.3), ("Fonts | 75 | PayPal", 0.1)]
    assert told("What do I pay with?", PAID)[:3] == expected


def test_names_of_columns_without_a_row_beside_them_keep_their_chance() -> None:
    (header,) = (one for one in PAID if one.text.startswith("Service"))
    assert told("Which services are paid with PayPal?", (header,)) == [("Service | Price | Paid with", 0.5)]


def test_both_of_two_that_are_named_stay_and_what_one_holds_less_than_another_goes() -> None:
    plans = sentences(PLANS, "项目 | 价格", 0.0, 0.6, 0.3, 0.1)
    assert told("体检套餐B多少钱", plans)[0] == ("体检套餐B | 210欧元", 0.6)
    assert [one for one, chance in told("体检套餐A和B差多少钱", plans) if chance] == [
        "体检套餐A | 120欧元",
        "体检套餐B | 210欧元",
    ]


def test_headings_above_a_row_count_with_it_and_words_of_other_documents_do_not() -> None:
    rota = "Day | Late\nMon | Tom\nTue | Leila"
    doctors = sentences(rota, "Day | Late", 0.0, 0.4, 0.3, path=("Doctors",))
    desk = sentences(rota.replace("Tom", "Ann"), "Day | Late", 0.0, 0.2, 0.1, path=("Reception",))
    assert told("Who works late at the reception on Mon?", doctors + desk)[0] == ("Mon | Ann", 0.4)


def test_sentences_that_are_no_rows_keep_their_chances() -> None:
    text = "Rent | 840 euros a month.\nThe rent is paid by bank."
    stored = StoredPassage(1, "lease.md", "", Passage("d", 1, 0, len(text), (), text))
    evidence = tuple(Evidence(stored, start, end, text[start:end], 0.5) for start, end in sentence_spans(text))
    assert named_first(evidence, terms("How is the rent paid?"), "How is the rent paid?") == evidence


STAFF = sentences(
    "Name | Department | Salary | Extension\nAnna Keller | Sales | 5200 | 4021\nTom Baker | Finance | 4100 | 4033",
    "Name | Department | Salary | Extension",
    0.0,
    0.4,
    0.3,
)
BIKES = sentences("Bike | Weight | Rent\nE-bike | 22 kg | 38 €\nTandem | 19 kg | 30 €", "Bike | Weight | Rent", 0.0, 0.4, 0.3)
COURSES = sentences("课程 | 时间 | 教室 | 费用\n钢琴 | 周六 10:00 | 102 | 3600元", "课程 | 时间 | 教室 | 费用", 0.0, 0.4)

QUOTED = sentences(
    "项目 | 工程量 | 单价(元) | 合价(元)\n厨卫墙砖 | 52 | 82 | 4264", "项目 | 工程量 | 单价(元) | 合价(元)", 0.0, 0.4
)
CLASSES = sentences("Class | Age | Room | Fee 学费\nStarters | 4 | 12 | 165", "Class | Age | Room | Fee 学费", 0.0, 0.4)
ACCOUNT = sentences(
    "日期,摘要,收入,支出,账户余额\n10月31日,话费,,99.00,21566.11", "日期 | 摘要 | 收入 | 支出 | 账户余额", 0.0, 0.4
)


@pytest.mark.parametrize(
    ("evidence", "question", "answer"),
    [
        (QUOTED, "墙砖多少钱一平？", "82"),
        (QUOTED, "每平米墙砖多少钱？", "82"),
        (QUOTED, "墙砖一共多少钱？", "4264"),
        (CLASSES, "How much is Starters?", "165"),
        (CLASSES, "Starters 多少钱？", "165"),
        (ACCOUNT, "10月31日还剩多少钱？", "21566.11"),
        (ACCOUNT, "话费多少钱？", "99.00"),
        (STAFF, "What is Tom Baker's salary?", "4100"),
        (STAFF, "How much is the salary of Tom Baker?", "4100"),
        (STAFF, "Which department does Tom Baker work in?", "Finance"),
        (STAFF, "What is the name and the salary of Tom Baker?", "4100"),
        (BIKES, "How heavy is the e-bike, what is its weight?", "22 kg"),
        (BIKES, "How much is the tandem?", "30 €"),
        (COURSES, "钢琴课在哪个教室？", "102"),
        (COURSES, "钢琴课多少钱？", "3600元"),
    ],
)
def test_the_cell_of_the_column_that_is_named_or_of_the_price_that_is_asked_answers(
    evidence: tuple[Evidence, ...], question: str, answer: str
) -> None:
    best = named_first(evidence, terms(question), question)[0]
    assert (best.span, best.text[best.span_at :][: len(answer)]) == (answer, answer)


@pytest.mark.parametrize(
    ("header", "row", "question", "answer"),
    [
        ("节次 | 星期一 | 星期二 | 星期三", "第二节 | 数学 | 语文 | 英语", "周三第二节上什么课？", "英语"),
        ("节次 | 周一 | 周二 | 周三", "第二节 | 数学 | 语文 | 英语", "礼拜二第二节上什么课？", "语文"),
        ("项目 | 1月 | 2月 | 3月", "水费 | 61 | 58 | 64", "二月份水费是几吨的量？", "58"),
        ("Name | Mon 6 Apr | Thu 9 Apr | Sun 12 Apr", "Callum Reid | Off | LD | E", "What does Callum do on Thursday?", "LD"),
        ("Name | Mon 6 Apr | Thu 9 Apr | Sun 12 Apr", "Callum Reid | Off | LD | E", "Is Callum off on 12 April?", "E"),
        ("Room | Jan | Feb | Mar", "Studio | 41 | 38 | 52", "How busy was the studio in March?", "52"),
        ("Room | Sunny | Marble | Friday", "Studio | 41 | 38 | 52", "How busy was the studio on Sunday?", "41"),
    ],
)
def test_the_cell_of_the_time_that_is_named_answers(header: str, row: str, question: str, answer: str) -> None:
    read = tuple(
        replace(one, span=row.split(" | ")[1], span_at=row.index(" | ") + 3)
        for one in sentences(f"{header}\n{row}", header, 0.1, 0.9)
    )
    assert named_first(read, terms(question), question)[0].span == answer


@pytest.mark.parametrize(
    "question", ["Who has the extension 4033?", "What are salary and extension of Tom Baker?", "What about Tom?"]
)
def test_where_a_cell_is_given_or_several_columns_are_named_what_was_read_answers(question: str) -> None:
    read = tuple(replace(one, span="Tom Baker", span_at=0) for one in STAFF if "Tom" in one.text)
    assert [one.span for one in named_first(read, terms(question), question)] == ["Tom Baker"]


@pytest.mark.parametrize("read", ["21566.11", "99.00,21566.11"])
def test_what_is_left_of_an_account_is_no_answer_where_it_is_asked_what_went(read: str) -> None:
    (row,) = [one for one in ACCOUNT if "话费" in one.text]
    marked = (replace(row, span=read, span_at=row.text.index(read)),)
    assert [one.span for one in named_first(marked, terms("手机花了多少？"), "手机花了多少？")] == ["99.00"]
    assert [one.span for one in named_first(marked, terms("账户余额是多少？"), "账户余额是多少？")] == ["21566.11"]


def test_a_row_takes_the_place_of_a_line_that_only_leads_to_its_table() -> None:
    text = "Late arrivals are treated as follows:\nTime | What happens\nup to 9 minutes | a reminder\nup to 30 minutes | 50 euros"
    first = text.index("\n", text.index("Time")) + 1
    table = Table(first, len(text), "Time | What happens")
    stored = StoredPassage(1, "rules.md", "", Passage("d", 1, 0, len(text), (), text, tables=(table,)))
    spans = zip(sentence_spans(text), (0.5, 0.1, 0.1, 0.3), strict=True)
    evidence = [Evidence(stored, start, end, text[start:end], chance) for (start, end), chance in spans]
    found = told("What happens if I am 30 minutes late?", tuple(sorted(evidence, key=lambda one: -one.score)))
    assert found[0] == ("up to 30 minutes | 50 euros", 0.5)
    assert ("Late arrivals are treated as follows:", 0.0) in found
    other = text.replace("as follows:", "by 20 euros:")
    passage = replace(stored.passage, text=other, end=len(other), tables=(replace(table, start=first + 1),))
    assert not leads_to_rows(passage, 0, other.index("\n"))


WARD = sentences("Name | Mon | Tue\nOlsen | E | N\nVan Dyk | N | E", "Name | Mon | Tue", 0.1, 0.3, 0.6)
WARD_ZH = sentences("姓名 | 周一 | 周二\n刘芳 | 早 | 夜\n孙伟 | 夜 | 早", "姓名 | 周一 | 周二", 0.1, 0.3, 0.6)
FEES = sentences("Kind | Month | Year\nAdult | £42 | £440\n1 | £2 | £3", "Kind | Month | Year", 0.1, 0.3, 0.6)


@pytest.mark.parametrize(
    ("evidence", "question", "row"),
    [
        (WARD, "What shift does Olsen work on Tuesday?", "Olsen | E | N"),
        (WARD, "Is Van Dyk off on Monday?", "Van Dyk | N | E"),
        (WARD_ZH, "刘芳星期二上什么班？", "刘芳 | 早 | 夜"),
        (FEES, "What does an adult pay a month?", "Adult | £42 | £440"),
        (FEES, "What is 1 a month?", None),
        (WARD, "Is Dyk off on Monday?", None),
        (WARD, "Where does Olsen live?", None),
        (WARD, "Are Olsen and Van Dyk off on Monday?", None),
        (WARD, "Who works on Monday?", None),
        (WARD_ZH, "When is 孙 there on Monday?", None),
        ((*WARD, *sentences("Name | Tue\nOlsen | 9:00", "Name | Tue", 0.1, 0.2)), "When is Olsen there on Tuesday?", None),
    ],
)
def test_row_whose_name_and_column_a_question_says_is_the_one_that_it_names(
    evidence: tuple[Evidence, ...], question: str, row: str | None
) -> None:
    found = cell_named(evidence, question)
    assert (found.text if found else None) == row


def test_a_cell_asked_for_by_the_names_of_its_row_and_column_is_answered(tmp_path: Path) -> None:
    rows = "| Name | Mon | Tue | Wed |\n|---|---|---|---|\n| Olsen | E | N | O |\n| Katz | N | O | E |\n"
    rota = f"# Rota\n\n{rows}\nE is early, N is night."
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "rota.md", rota)])
        for _ in library.work():
            pass
        asked = ("What is Katz down for on Wednesday?", "Which shift will Olsen have on Tuesday?")
        answers = [list(library.ask(question))[-1] for question in asked]
    assert [(one.abstained, one.evidence[0].text, one.evidence[0].span) for one in answers] == [
        (False, "Katz | N | O | E", "E"),
        (False, "Olsen | E | N | O", "N"),
    ]
