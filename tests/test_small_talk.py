"""What is said to Footnote itself is answered by it, in the language it was said in, and cites nothing."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.querying.small_talk import SmallTalk, small_talk
from rag_app.records import Turn, Verdict
from rag_app.replying import MOST_NAMES, reply
from tests.small_library import add_text, small_library

SAID = {
    SmallTalk.GREETING: ("hi", "Hello there!", "Good morning", "How are you?", "你好！", "您好", "早上好"),
    SmallTalk.THANKS: ("thanks", "OK, thank you very much!", "great", "bye", "谢谢", "好的，谢谢你", "再见"),
    SmallTalk.SELF: (
        *("who are you?", "What can you do?", "what's your name", "Translate it to Chinese, please", "help", "make it shorter"),
        *("你是谁？", "你能做什么？", "把它翻译成英文", "帮我写一封邮件", "用英文总结一下"),
    ),
    SmallTalk.LISTING: (
        *(
            "List all my files",
            "what documents do you have?",
            "How many files are there?",
            "give me a list of all documents",
            "show me all the files",
        ),
        *("列出所有文件", "有哪些文档？", "一共有多少份文件？"),
    ),
    SmallTalk.COMPLAINT: ("That's not what I asked", "are you sure?", "tell me more", "不对", "你确定吗？"),
}


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, all_said in SAID.items() for said in all_said])
def test_what_is_said_to_the_app_is_known(kind: SmallTalk, said: str) -> None:
    assert small_talk(said) is kind


@pytest.mark.parametrize(
    "question",
    [
        *("Who is the landlord?", "What is the help line?", "how does it work?", "What can you do in Lund?", "Is this wrong?"),
        *("Which files must the tenant hand over?", "thanks to whom was the tower built?", "Hello Kitty", "summary", "why?"),
        *("谁是房东？", "你好公司的地址是什么？", "合同列出了哪些文件？", "谢谢惠顾是什么意思？", "总结一下"),
    ],
)
def test_question_for_the_documents_is_not_taken_for_small_talk(question: str) -> None:
    assert small_talk(question) is None


def test_what_is_said_to_the_app_is_answered_by_itself(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        add_text(library._store, "lund.txt", "The tower of Lund was built in 1911.")
        *_, greeted = library.ask("Hi!")
        *_, listed = library.ask("列出所有文件")
        *_, searched = library.ask("Hi!", as_typed=True)
    assert greeted.text.startswith("Hello!") and not greeted.abstained and greeted.finished
    assert [sentence.verdict for sentence in greeted.sentences] == [Verdict.SAID]
    assert greeted.citations == () and greeted.hits == ()
    assert listed.text == "这里有 1 份文档：lund.txt。"
    assert searched.hits


def test_a_word_that_begins_a_conversation_is_searched_where_documents_have_it_as_a_heading_or_a_name(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        add_text(library._store, "trip.txt", "On Monday the train leaves for Nice at nine. It is more than a good ride.")
        add_text(library._store, "desk.txt", "Dial 4357. 请拨打 4357。", title="Help 帮助")
        said = {word: [*library.ask(word)][-1] for word in ("Nice", "nice", "help", "帮助", "more", "good", "谢谢", "hi")}
        turn = Turn(1, 1, said["help"])
        *_, later = library.ask("nice", before=[turn])
    assert [word for word, answer in said.items() if answer.hits] == ["Nice", "nice", "help", "帮助"]
    assert later.sentences[0].verdict is Verdict.SAID


def test_hostile_question_is_told_from_small_talk_in_no_time() -> None:
    started = time.process_time()
    assert small_talk("list " + "all my " * 1_400 + "x") is None
    assert time.process_time() - started < 2


def test_of_many_documents_the_first_names_are_told() -> None:
    names = [f"{number}.txt" for number in range(MOST_NAMES + 2)]
    assert reply(SmallTalk.LISTING, "en", names).endswith("29.txt; and 2 more.")
    assert reply(SmallTalk.LISTING, "zh", names).endswith("29.txt，另有 2 份。")
    assert reply(SmallTalk.LISTING, "en", ()) == "There is no document here yet."
