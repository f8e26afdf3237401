"""The first, the second … of what an answer listed, whatever its names look like."""

from __future__ import annotations

import pytest

from rag_app.querying.follow_up import standalone
from rag_app.querying.listed import listed
from rag_app.records import Answer, AnswerSentence, Query, Turn, Verdict

PRODUCTS = "公司的主要产品有深海智能机器人控制系统、高温合金叶片制造平台和工业互联网数据中台。"
DUTIES = "违约责任包括：一、逾期交付的违约金；二、质量不合格的退换货责任；三、泄露商业秘密的赔偿责任。"
SOLD = "It makes the Deep Sea Robot Control System, the High Temperature Alloy Blade Platform, and the Data Hub of the North."
ENDS = "The agreement ends (1) upon expiry of the initial term of five years; (2) upon a breach not cured within thirty days."


def turn(question: str, answer: str) -> Turn:
    query = Query(question, question, "", ())
    return Turn(1, 1, Answer(question, query, (AnswerSentence(answer, Verdict.QUOTED, ()),), finished=True))


@pytest.mark.parametrize(
    ("earlier", "answer", "question", "meant"),
    [
        ("公司有哪些主要产品？", PRODUCTS, "那第二个呢？", "高温合金叶片制造平台是什么？"),
        ("公司有哪些主要产品？", PRODUCTS, "第二个什么时候发布的？", "高温合金叶片制造平台什么时候发布的？"),
        ("公司有哪些主要产品？", PRODUCTS, "第三个产品的价格是多少？", "工业互联网数据中台的价格是多少？"),
        ("公司有哪些主要产品？", PRODUCTS, "最后一个呢？", "工业互联网数据中台是什么？"),
        ("合同规定了哪些违约责任？", DUTIES, "那第二个呢？", "质量不合格的退换货责任是什么？"),
        (
            "合同规定了哪些违约责任？",
            DUTIES,
            "第一个和第三个有什么区别？",
            "逾期交付的违约金和泄露商业秘密的赔偿责任有什么区别？",
        ),
        ("诺曼有哪些国王？", "国王有征服者威廉一世、红脸威廉二世和布卢瓦的斯蒂芬。", "那第三位呢？", "布卢瓦的斯蒂芬是谁？"),
        ("Which products are there?", SOLD, "And the second one?", "What is the High Temperature Alloy Blade Platform?"),
        ("Which products are there?", SOLD, "What about the last one?", "What is the Data Hub of the North?"),
        ("Which products are there?", SOLD, "What does the third product do?", "What does the Data Hub of the North do?"),
        (
            "Which products are there?",
            SOLD,
            "Compare the second to the last one.",
            "Compare the High Temperature Alloy Blade Platform to the Data Hub of the North.",
        ),
        (
            "Which products are there?",
            SOLD,
            "How long does the first last?",
            "How long does the Deep Sea Robot Control System last?",
        ),
        ("When does it end?", ENDS, "And the second?", "When does it end (upon a breach not cured within thirty days)?"),
    ],
)
def test_a_thing_that_was_listed_is_meant_by_its_name(earlier: str, answer: str, question: str, meant: str) -> None:
    assert standalone(question, [turn(earlier, answer)]) == meant


def test_the_next_of_a_list_is_asked_what_the_last_one_was() -> None:
    chinese = [turn("公司有哪些主要产品？", PRODUCTS), turn("深海智能机器人控制系统什么时候发布的？", "二〇二一年。")]
    assert standalone("那第二个呢？", chinese) == "高温合金叶片制造平台什么时候发布的？"
    english = [turn("Which products are there?", SOLD), turn("Who uses the Deep Sea Robot Control System?", "Divers.")]
    assert standalone("And the last one?", english) == "Who uses the Data Hub of the North?"


@pytest.mark.parametrize(
    ("earlier", "answer", "question"),
    [
        ("公司有哪些主要产品？", PRODUCTS, "第二个五年计划什么时候开始？"),
        ("公司有哪些主要产品？", PRODUCTS, "第二次世界大战什么时候结束？"),
        ("公司有哪些主要产品？", PRODUCTS, "第五个产品的价格是多少？"),
        ("Which products are there?", SOLD, "When did the Second World War end?"),
        ("Which products are there?", SOLD, "Who won the second half?"),
        ("Which products are there?", SOLD, "How long does the treatment last?"),
        ("Which products are there?", SOLD, "How long will a battery last in winter?"),
        ("Which products are there?", SOLD, "Whom should I call first?"),
        ("Which products are there?", SOLD, "What did Ann say at first?"),
        ("Which products are there?", SOLD, "When did Ann last have a holiday?"),
        ("Which products are there?", SOLD, "Who was the last to leave?"),
        ("Which products are there?", SOLD, "Who was the first one to reach the pole?"),
    ],
)
def test_what_counts_something_else_stays_as_it_is(earlier: str, answer: str, question: str) -> None:
    assert standalone(question, [turn(earlier, answer)]) == question


def test_a_question_that_counts_by_itself_is_gone_on_with() -> None:
    assert standalone("那第二个呢？", [turn("第一个阶段的目标是什么？", "目标有甲、乙和丙。")]) == "第二个阶段的目标是什么？"


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        (
            "There are three stages: design review, factory test and commissioning.",
            ("design review", "factory test", "commissioning"),
        ),
        (
            "1. Collect the samples. 2. Heat the furnace to 900 degrees.",
            ("Collect the samples", "Heat the furnace to 900 degrees"),
        ),
        ("第一，合规；第二，风险控制。其余略。", ("合规", "风险控制")),
        ("Steel rose by nine percent.", ()),
        ("高度为3.5米。", ()),
        ("、、、", ()),
    ],
)
def test_lists_are_told_from_other_sentences(answer: str, items: tuple[str, ...]) -> None:
    assert listed([answer]) == items


@pytest.mark.parametrize(
    ("sentences", "items"),
    [
        (("Blade platform", "The company sells:", "Robot control", "Data hub"), ("Blade platform", "Robot control", "Data hub")),
        (("项目分为以下几个阶段：", "设计评审", "工厂测试", "工厂测试在五月进行。"), ("设计评审", "工厂测试")),
        (
            ("It has three stages:\n- design review.\n- factory test.\n* commissioning.",),
            ("design review", "factory test", "commissioning"),
        ),
        (("• 设计评审；", "• 工厂测试；"), ("设计评审", "工厂测试")),
        (("Blade platform", "Robot control"), ("Blade platform", "Robot control")),
        (("Blade platform", "It was sold in May."), ()),
        (("The figures are:", "Cash | 12", "Debt | 13"), ()),
        (("The blade platform - a robot - was sold.",), ()),
        (("Please pack: • a bag • two towels, large • 1. cream", "It rains."), ("a bag", "two towels, large", "1. cream")),
    ],
)
def test_lines_of_a_list_are_its_items_in_the_order_in_which_the_answer_shows_them(
    sentences: tuple[str, ...], items: tuple[str, ...]
) -> None:
    assert listed(sentences) == items


def test_a_long_answer_without_a_list_takes_no_time() -> None:
    assert listed(["是有为" * 20_000]) == ()
    assert len(listed(["a, 、和 and " * 20_000])) < 4_000
