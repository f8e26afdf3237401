"""The questions within a question that asks for several things."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from rag_app.querying import parts
from rag_app.ranking import with_parts
from tests.small_library import retrieval_over

ENGLISH = {
    "Who wrote Faust and when was Weimar founded?": ("Who wrote Faust?", "When was Weimar founded?"),
    "How many shares are authorized, and what is their par value?": (
        "How many shares are authorized?",
        "What is shares' par value?",
    ),
    "Who wrote Faust and when was he born?": ("Who wrote Faust?", "When was he born (Who wrote Faust)?"),
    "When was Acme founded? Who founded it?": ("When was Acme founded?", "Who founded Acme?"),
    "What were the revenues of Acme in 2021 and 2022?": (
        "What were the revenues of Acme in 2021?",
        "What were the revenues of Acme in 2022?",
    ),
    "Which acquisitions were made in FY2023, FY2022 and FY2021?": (
        "Which acquisitions were made in FY2023?",
        "Which acquisitions were made in FY2022?",
        "Which acquisitions were made in FY2021?",
    ),
    "When and where was Tesla born?": ("When was Tesla born?", "Where was Tesla born?"),
    "Who are the director and the screenwriter of Solaris?": (
        "Who are the director of Solaris?",
        "Who are the screenwriter of Solaris?",
    ),
    "Are Anna Berg and Carl Lund both film directors?": ("Are Anna Berg film directors?", "Are Carl Lund film directors?"),
    "Which plant is larger, the Pterocarya or the Cotula?": ("How big is the Pterocarya?", "How big is the Cotula?"),
    "which is more expensive, the red bike or the blue one": (
        "How much does the red bike cost?",
        "How much does the blue one cost?",
    ),
    "Who is older, Emil or Rosa?": ("When was Emil born?", "When was Rosa born?"),
    "Which magazine was published first, Guitar World or Science News?": (
        "When was Guitar World published?",
        "When was Science News published?",
    ),
    "Which plan has more data, Basic or Plus?": ("How much data does Basic have?", "How much data does Plus have?"),
    "Which city has more people, Leeds or York?": ("How many people does Leeds have?", "How many people does York have?"),
    "Which bank charges the lower fees, Aster or Birk?": ("How high are the fees of Aster?", "How high are the fees of Birk?"),
    "Which one has a larger battery, Uno or Duo?": ("How big is the battery of Uno?", "How big is the battery of Duo?"),
    "Which is closer to the station, Hotel Rex or Casa Mar?": (
        "How far is Hotel Rex from the station?",
        "How far is Casa Mar from the station?",
    ),
    "Is Casa Mar more expensive than Hotel Douro?": ("How much does Casa Mar cost?", "How much does Hotel Douro cost?"),
    "Which is the cheapest, Basic, Plus or Pro?": (
        "How much does Basic cost?",
        "How much does Plus cost?",
        "How much does Pro cost?",
    ),
    "What are the capitals of France and Spain respectively?": (
        "What are the capitals of France?",
        "What are the capitals of Spain?",
    ),
}
CHINESE = {
    "2022年和2023年春节档首日票房冠军分别是谁": ("2022年春节档首日票房冠军是谁", "2023年春节档首日票房冠军是谁"),
    "《呐喊》与《边城》的作者分别是谁？": ("《呐喊》的作者是谁？", "《边城》的作者是谁？"),
    "手机的芯片是什么，起售价多少？": ("手机的芯片是什么？", "手机的起售价多少？"),
    "《心居》的主演有谁，导演是谁？": ("《心居》的主演有谁？", "《心居》的导演是谁？"),
    "什么是光合作用？它在哪里发生？": ("什么是光合作用？", "光合作用在哪里发生？"),
    "战争的起因和结果是什么？": ("战争的起因是什么？", "战争的结果是什么？"),
    "2021年香港和澳门的GDP增长率": ("2021年香港的GDP增长率", "2021年澳门的GDP增长率"),
    "《人世间》的导演和编剧是谁？": ("《人世间》的导演是谁？", "《人世间》的编剧是谁？"),
    "2022年中国和美国经济增速？": ("2022年中国经济增速？", "2022年美国经济增速？"),
    "2022年谁当选台北市市长和高雄市市长？": ("2022年谁当选台北市市长？", "2022年谁当选高雄市市长？"),
    "航班坠毁的时间和地点": ("航班坠毁的时间", "航班坠毁的地点"),
    "第一个变体如何以及何时进入欧洲？": ("第一个变体如何进入欧洲？", "第一个变体何时进入欧洲？"),
    "红车和蓝车哪个更便宜？": ("红车多少钱？", "蓝车多少钱？"),
    "体检套餐A和B差多少钱？": ("体检套餐A多少钱？", "体检套餐B多少钱？"),
    "成人和学生的年费差多少": ("成人的年费是多少？", "学生的年费是多少？"),
    "套餐A比套餐B贵多少？": ("套餐A多少钱？", "套餐B多少钱？"),
    "How much more does plan A cost than plan B?": ("How much does plan A cost?", "How much does plan B cost?"),
    "What's the price difference between the van and the bus?": ("How much does the van cost?", "How much does the bus cost?"),
    "A銀行與B銀行哪家的利率比較低": ("A銀行的利率有多高？", "B銀行的利率有多高？"),
    "甲機、乙機還是丙機哪台最貴": ("甲機多少钱？", "乙機多少钱？", "丙機多少钱？"),
    "张三和李四，谁的年龄大一些？": ("张三的年龄有多大？", "李四的年龄有多大？"),
    "上海與北京的人口分別是多少？": ("上海的人口是多少？", "北京的人口是多少？"),
}
OF_ONE_THING = (
    "When was Johnson and Johnson founded?",
    "What happened between 1980 and 1984?",
    "How much more is it than in 2024?",
    "氧-18比氧-16重多少？",
    "How much heavier is oxygen 18 than oxygen 16?",
    "What is the difference between Faust and Hamlet?",
    "Is the rent higher than last year?",
    "Which is cheapest, Ada, Bob, Cy, Dan or Eve?",
    "Is my deductible higher than 500 euros?",
    "Who was the king who ruled Wales and who died in 1063?",
    "What do pharmacy technicians depend on more and more?",
    "If there is no radio, how are the packets delivered?",
    "Faust",
    "?",
    "2004年到2014年间发生了什么变化？",
    "除了火箱和锅炉，还有什么热源？",
    "有多少个国家和地区参加了运动会？",
    "印度野驴与非洲野驴的区别是什么？",
    "印度野驴与非洲野驴的分别是什么？",
    "谁与特斯拉合作？",
    "什么国家的经济政策与东德类似？",
    "中国和美国什么时候建交？",
    "谁请忽必烈北归参与大会？",
    "《战争与和平》的作者是谁？",
    "在否定了强制性忏悔后，路德呼吁了什么？",
)


@pytest.mark.parametrize(("question", "asked"), [*ENGLISH.items(), *CHINESE.items()])
def test_question_that_asks_for_two_things_has_a_part_for_each(question: str, asked: tuple[str, ...]) -> None:
    assert parts(question, lambda names: False) == asked


@pytest.mark.parametrize("question", OF_ONE_THING)
def test_question_that_asks_for_one_thing_has_no_parts(question: str) -> None:
    assert parts(question, lambda names: False) == ()


def test_names_that_the_library_holds_side_by_side_are_one_unless_each_is_asked_of() -> None:
    assert len(parts("Who wrote Pride and Prejudice?", lambda names: False)) == 2
    assert parts("Who wrote Pride and Prejudice?", lambda names: names == "Pride and Prejudice") == ()
    assert parts("2021年香港和澳门的人口", lambda names: names == "香港和澳门") == ()
    assert len(parts("2021年香港和澳门的人口分别是多少", lambda names: names == "香港和澳门")) == 2


@pytest.mark.parametrize(
    "sign", ["和", "A和", "A, ", "A, The ", "A and ", "1999 and ", "分别A和B ", "什么，", "what and when ", "《"]
)
def test_hostile_question_is_divided_in_no_time(sign: str) -> None:
    parts("谁和谁分别是谁", lambda names: False)  # the word list is read
    started = time.process_time()
    assert all(len(parts((sign * 200)[:length], lambda names: False)) <= 4 for length in (160, 200))
    assert time.process_time() - started < 2


def test_best_passage_of_each_part_comes_before_what_holds_a_little_of_both() -> None:
    whole = np.array([0.9, 0.5, 0.5, 0.1], np.float32)
    asked = [whole, np.array([0.4, 0.9, 0.1, 0.0], np.float32), np.array([0.4, 0.1, 0.9, 0.0], np.float32)]
    joined = with_parts(asked, weight=1.0)
    assert np.argsort(-joined, kind="stable").tolist() == [1, 2, 0, 3]
    assert whole.min() < joined.min() and joined.max() < whole.max()
    assert np.allclose(with_parts(asked, weight=0.0), whole) and with_parts([whole], weight=1.0) is whole
    assert np.allclose(with_parts([np.ones(3, np.float32)] * 3, weight=1.0), 1.0)


def test_each_part_is_searched_besides_the_whole_question(tmp_path: Path) -> None:
    texts = {f"{n}.txt": f"The founding of town number {n} and the book about it were praised." for n in range(9)}
    texts |= {"book.txt": "Goethe wrote Faust.", "town.txt": "Weimar was founded in 899."}
    retrieval, _ = retrieval_over(tmp_path, texts)
    found = retrieval.search("Who wrote Faust and when was Weimar founded?", top_k=11)
    assert found.query.parts == ("Who wrote Faust?", "When was Weimar founded?")
    assert {hit.stored.document_name for hit in found.hits[:2]} == {"book.txt", "town.txt"}
    assert len({hit.stored.id for hit in found.hits}) == len(found.hits) == 11
    assert retrieval.search("Who wrote Faust?", top_k=1).query.parts == ()
