"""Questions to ask next: of what is near, answerable, never asked before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.evaluation.making import suggestions
from rag_app.library import Library
from rag_app.records import Answer, Table, Turn
from rag_app.text.language import language
from rag_app.ui.suggesting import first_questions, follow_ups
from tests.examples import stored
from tests.small_library import document_of, small_library

TOWER = (
    "The tower of Lund was built of granite in 1911. The stair leads up to the gallery in 411 steps. "
    "The harbour of Ystad was opened by Anna Berg in May 1867. It was wide. The tower of Ystad is 87 metres high."
)
STAIRS = "Every gallery has steps. The castle of Ystad was built of brick by Jens Holm in 1650."
CHINESE = "北京塔于1992年在西山脚下建成。塔上有一个餐厅。往返的渡船则是一艘轮船。"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(small_library(tmp_path, refusal_threshold=0.0)) as opened:
        opened.add_documents([document_of("towers.txt", TOWER), document_of("北京.txt", CHINESE)])
        yield opened


def asked(library: Library, question: str) -> Turn:
    return Turn(1, 1, list(library.ask(question))[-1])


def test_sentences_become_questions_with_their_answers_in_the_language_they_are_in() -> None:
    made = suggestions([stored(TOWER), stored(CHINESE, start=500)], count=9)
    assert [(one.question, one.answer) for one in made] == [
        ("When was the tower of Lund built of granite?", "1911"),
        ("When was the harbour of Ystad opened by Anna Berg?", "May 1867"),
        ("北京塔于哪一年在西山脚下建成？", "1992年"),
    ]
    assert [made[0].sentence, len(suggestions([stored(TOWER)], count=1))] == [
        "The tower of Lund was built of granite in 1911.",
        1,
    ]


def test_number_of_things_is_not_asked_for_as_an_amount() -> None:
    text = "The deposit is three monthly rents. The tower of Ystad is 87 metres high at its ends."
    assert [one.question for one in suggestions([stored(text)], count=9)] == ["What is the tower of Ystad high at its ends?"]


def test_rows_of_tables_suggest_nothing() -> None:
    assert suggestions([stored("The tower of Lund was built of granite in 1911 | 1911 | 1912")], count=9) == ()


def test_questions_that_say_enough_come_before_those_that_ask_what_did_all_the_rest() -> None:
    text = "The new harbour serves the western islands. The tower of Lund was built of granite in 1911."
    made = [one.question for one in suggestions([stored(text)], count=9)]
    assert made == ["When was the tower of Lund built of granite?", "What serves the western islands?"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Diluted earnings per share increased 33.5% to $24.01.",
        "The following conventions are used throughout the document.",
        "The first show will be the Magic Treehouse and is geared towards young students.",
        "Strong global community improves and maintains open-source projects",
        "兴趣是游泳、养狗、潜水和写作。",
        "东北电气发展股份有限公司2018年第一季度报告全文",
    ],
)
def test_no_question_is_made_that_nobody_would_ask(sentence: str) -> None:
    assert suggestions([stored(sentence)], count=9) == ()


LEASE = (
    "Notice period: three months\nDeposit: €900\nMove-in inspection: 2 May, 10 am\nLandlord: Ada Pryce\nAccount no.: 77 4410 220"
)
CONTRACT = (
    "押金：8400元\n租期：24个月\n付款方式：银行转账\n什么时候可以退房？ 提前30天书面通知即可。\n身份证号：110101199003071234"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LEASE,
            [
                ("What is the notice period?", "three months"),
                ("What is the deposit?", "€900"),
                ("When is the move-in inspection?", "2 May, 10 am"),
                ("Who is the landlord?", "Ada Pryce"),
            ],
        ),
        (
            CONTRACT,
            [
                ("押金是多少？", "8400元"),
                ("租期有多长？", "24个月"),
                ("付款方式是什么？", "银行转账"),
                ("什么时候可以退房？", "提前30天书面通知即可。"),
            ],
        ),
        (
            "Q: How do I cancel my plan?\nA: Write to us.\n问：课程怎么申请退款？\n答：开课前七天内可以退。",
            [("How do I cancel my plan?", "A: Write to us."), ("课程怎么申请退款？", "答：开课前七天内可以退。")],
        ),
        ("訂金：500元\n負責人：王先生", [("訂金是多少？", "500元"), ("負責人是誰？", "王先生")]),
        (
            "第三条 月租金为人民币6200元，按季度支付。\n第五条 甲方为3家公司供货。\n其中峰电：139度，谷电：78度，共计217度。",
            [("月租金是多少？", "人民币6200元")],
        ),
        (
            "The rent is £1,340 a month, in advance. The annual premium is £238.60; the home is insured. The cost is £14.50.",
            [("What is the rent?", "£1,340 a month"), ("What is the annual premium?", "£238.60")],
        ),
        (
            "Diagnosis: mild asthma\nThe final payment is £120, due on 1 June.",
            [("What is the diagnosis?", "mild asthma"), ("How much is the final payment?", "£120")],
        ),
        ("Guest: Ann Lee Room: Garden side Total: €742", [("What is the total?", "€742")]),
    ],
)
def test_keys_are_asked_for_what_they_say_and_numbers_of_persons_are_not(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.question, one.answer) for one in suggestions([stored(text)], count=9)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parking\nCars stand in the yard at night. No parking at the gate.", ["What is said about parking?"]),
        ("Trip\nLisbon: three nights near the river, breakfast included", ["What is said about “Lisbon”?"]),
        ("What to bring\nA towel, a padlock and your card are needed.", ["What do I have to bring?"]),
        ("4. Leaving the club. Write to us by 30 June, otherwise it goes on.", ["What is said about leaving the club?"]),
        ("三、退费：开课两周内可全退，两周后不退。", ["关于退费是怎么说的？"]),
        ("停氣 恢復供氣時有員工逐戶點火，請務必家中留人。", ["關於停氣是怎麼說的？"]),
        ("Abstract\nDynamic languages are slow, because an interpreter runs the abstract programs of them.", []),
        ("Related work\nMuch related work has been done on traces, by others before us.", []),
        ("参考文献：前人对此多有论述，见下文，恕不一一列出。", []),
        ("18:05 – Marcus: I am coming and bring my brother along", []),
        ("Yes: we are all coming on Sunday, and we bring the cake", []),
        ("Dr. S. Banerjee, 19 January 2026, City Eye Clinic", []),
        ("Action: Piotr orders the pump by 1 March.", []),
        ("Q: Plan?\nIt ends by the end of the month, and we will write to you.", []),
    ],
)
def test_headings_are_asked_for_all_that_is_said_below_them(text: str, expected: list[str]) -> None:
    assert [one.question for one in suggestions([stored(text)], count=9)] == expected


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Programme | Water | Duration", "Eco | soft | 3 h 25 min", "What is the duration for Eco?"),
        ("项目 | 金额（元）", "基本工资 | 6,500.00", "基本工资的金额是多少？"),
    ],
)
def test_row_of_a_table_is_asked_for_what_a_column_says_of_it(header: str, row: str, expected: str) -> None:
    text = f"{header}\n{row}"
    table = Table(len(header) + 1, len(text), header)
    passage = replace(stored(text).passage, tables=(table,))
    assert [one.question for one in suggestions([replace(stored(text), passage=passage)], count=9)] == [expected]


def test_chinese_questions_end_where_they_are_asked() -> None:
    made = suggestions([stored("签证费每人560元，服务费138元。同一科五次不过，已考合格的成绩作废。")], count=9)
    assert [one.question for one in made] == ["签证费每人多少元？"]


def test_what_was_asked_or_said_already_is_not_suggested() -> None:
    said = ["When was the tower of Lund built?", "The harbour of Ystad was opened by Anna Berg in May 1867."]
    assert suggestions([stored(TOWER)], count=9, said=said) == ()


def test_suggestions_below_an_answer_are_of_its_sources_and_can_be_answered(library: Library) -> None:
    library.add_documents([document_of("stairs.txt", STAIRS)])
    turn = asked(library, "How many steps lead up to the gallery of the tower?")
    first, *_ = follow_ups(library, [turn])
    assert first.answer in asked(library, first.question).answer.text
    after = follow_ups(library, [turn, asked(library, first.question)])
    assert first.question not in [one.question for one in after]


def test_what_was_found_besides_is_suggested_in_the_language_of_the_question_alone(library: Library) -> None:
    library.add_documents([document_of("stairs.txt", STAIRS)])
    turn = asked(library, "How many steps lead up to the gallery of the tower?")
    assert {hit.stored.document_name for hit in turn.answer.hits} == {"towers.txt", "stairs.txt", "北京.txt"}
    assert {language(one.question) for one in follow_ups(library, [turn])} == {"en"}


def test_first_questions_are_of_the_documents_those_in_the_language_of_the_page_first(library: Library) -> None:
    english = ["When was the tower of Lund built of granite?", "When was the harbour of Ystad opened by Anna Berg?"]
    asked = {spoken: [one.question for one in first_questions(library, library.documents(), spoken)] for spoken in ("en", "zh")}
    assert asked["en"] == [english[0], "北京塔于哪一年在西山脚下建成？", english[1]]
    assert asked["zh"] == ["北京塔于哪一年在西山脚下建成？", *english]
    assert first_questions(library, (), "en") == ()


def test_first_questions_are_of_older_documents_where_the_newest_give_none(library: Library) -> None:
    library.add_documents([document_of(f"{number}.txt", f"Plan {number}\nNothing but headings") for number in range(5)])
    assert len(first_questions(library, library.documents(), "en")) == 3


def test_answer_whose_documents_were_removed_suggests_nothing_and_fails_at_nothing(library: Library) -> None:
    turn = asked(library, "When was the tower of Lund built?")
    library.remove([document.id for document in library.documents()])
    assert follow_ups(library, [Turn(1, 1, Answer(turn.answer.question, turn.answer.query, turn.answer.sentences))]) == ()
    assert follow_ups(library, []) == ()


def test_first_questions_are_of_the_others_where_a_document_is_removed_meanwhile(library: Library) -> None:
    listed = library.documents()
    library.remove([document.id for document in listed if document.name == "towers.txt"])
    assert [one.question for one in first_questions(library, listed, "en")] == ["北京塔于哪一年在西山脚下建成？"]
