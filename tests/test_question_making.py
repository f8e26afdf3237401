"""Questions made of a library by rules, their variants, and the set that is written of them."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from rag_app.assembly import open_writer
from rag_app.errors import LibraryError, QuestionSetError
from rag_app.evaluation.making import make_questions, write_made_set
from rag_app.evaluation.making.chinese import chinese_drafts
from rag_app.evaluation.making.drafts import Draft
from rag_app.evaluation.making.english import english_drafts
from rag_app.evaluation.making.library_text import LibraryText, read_library
from rag_app.evaluation.making.made_set import MadeSet
from rag_app.evaluation.making.misspelling import misspelt
from rag_app.evaluation.making.paraphrasing import paraphrased
from rag_app.evaluation.making.unanswerable import unanswerable
from rag_app.evaluation.making.wording import worded
from rag_app.evaluation.metrics import comparable
from rag_app.evaluation.question_set import read_question_set
from rag_app.generation import ScriptedGenerator
from rag_app.library import Library
from rag_app.records import Document, Page
from rag_app.settings import Settings
from tests.real_library import models_folder
from tests.small_library import document_of, small_library

TEXTS = {
    "normans.txt": "Rollo founded the duchy of Normandy in 911. The Normans were led by King Roger in Sicily. It was cold.",
    "norwich.txt": "Norwich City has 14 players from Denmark. The population of Norwich was 132,512 people in 2011.",
    "oxygen.txt": "Oxygen is a chemical element with eight protons. In 1777, Lavoisier discovered the gas oxygen in Paris.",
    "luoluo.txt": "罗洛是诺曼人的第一位首领。诺曼底公国于911年在法国北部建立。该国有三座城市。",
    "duomen.txt": "多門橋全長1250米，共有28個橋孔。曹雪芹在北京写了《红楼梦》一书。",
}


def library_of(folder: Path, texts: Mapping[str, str] = TEXTS) -> Library:
    library = small_library(folder)
    library.add_documents([document_of(name, text) for name, text in texts.items()])
    return library


def asked(sentence: str, common: frozenset[str] = frozenset()) -> dict[str, str]:
    return {draft.question: draft.answer for draft in english_drafts(sentence, common)}


def asked_in_chinese(sentence: str) -> dict[str, str]:
    return {draft.question: draft.answer for draft in chinese_drafts(sentence)}


WHEN_THE_NORMANS = "When did the Normans have a profound effect on Irish culture?"


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Rollo founded the duchy of Normandy in 911.", "When did Rollo found the duchy of Normandy?", "911"),
        ("The Normans had a profound effect on Irish culture in 1169.", WHEN_THE_NORMANS, "1169"),
        ("The bridge was opened on March 3, 1987 by the queen.", "When was the bridge opened?", "March 3, 1987"),
        ("In 1902, Lavoisier discovered a very light gas.", "When did Lavoisier discover a very light gas?", "1902"),
        ("Tesla was born in Smiljan.", "Where was Tesla born?", "Smiljan"),
        ("The play was written by William Shakespeare.", "By whom or by what was the play written?", "William Shakespeare"),
        ("The club has 14 players from Denmark.", "How many players does the club have from Denmark?", "14"),
        ("There are 28 arches in the Norwich bridge.", "How many arches are there in the Norwich bridge?", "28"),
        ("There were 20,000 bottles of water in the store.", "How many bottles of water were there in the store?", "20,000"),
        (
            "Two new cranes were put into service, and the railway was doubled.",
            "How many new cranes were put into service?",
            "Two",
        ),
        ("4.2 The play was written by William Shakespeare.", "By whom or by what was the play written?", "William Shakespeare"),
        ("5.2 Notices are sent to the Company Secretary.", "How many Notices are sent to the Company Secretary?", ""),
        ("612 people worked for the harbour in May.", "How many people worked for the harbour in May?", "612"),
        ("There were 20,000 bottles of water, and 200 laptops.", "How many bottles of water were there?", "20,000"),
        ("The population of Norwich was 132,512 people.", "What was the population of Norwich?", "132,512 people"),
        ("Oxygen is a chemical element with the symbol O.", "What is Oxygen?", "a chemical element with the symbol O"),
        ("Rollo was the leader of the Norman settlers.", "Who was the leader of the Norman settlers?", "Rollo"),
        (
            "The Luther Bible influenced many other translations.",
            "Who or what influenced many other translations?",
            "Luther Bible",
        ),
    ],
)
def test_an_english_sentence_gives_questions_whose_answer_stands_in_it(sentence: str, question: str, answer: str) -> None:
    assert asked(sentence).get(question, "") == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "It was founded in 911.",
        "1.3 Either party may terminate with immediate effect.",
        "However, Rollo founded the duchy in 911.",
        "The settlers called Normans were from the far north.",
        "The duchy founded by Rollo was large and rich.",
        "The government spent it on those new roads.",
        "Later, many took up service with the Armenian state.",
        "A piece of paper was found on which he wrote.",
        "- a bullet",
        "3 billion ducks are slaughtered each year.",
        "Two of these cranes were put into service.",
        "The western channel is closed to ships longer than 180 metres.",
        "fragment of a sentence was here and there",
    ],
)
def test_a_sentence_that_points_elsewhere_or_fits_no_rule_gives_none(sentence: str) -> None:
    assert asked(sentence) == {}


def test_what_something_is_is_not_asked_as_where_it_is() -> None:
    made = asked("Microsoft is an American company headquartered in Redmond.")
    assert made["What is Microsoft?"] == "an American company headquartered in Redmond"
    assert not any(question.startswith("Where") for question in made)


def test_a_first_word_keeps_its_capital_unless_the_library_writes_it_small() -> None:
    sentence = "Construction was completed in 1987."
    assert "When was Construction completed?" in asked(sentence)
    assert "When was construction completed?" in asked(sentence, frozenset(("construction",)))


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("诺曼底公国于911年在法国北部建立。", "诺曼底公国于哪一年在法国北部建立？", "911年"),
        ("拔除插头测试于 1967年1月27日 上午开始，但立刻问题不断。", "拔除插头测试于什么时候上午开始？", "1967年1月27日"),
        ("公元前279年，凯尔特军队击败了希腊军队。", "哪一年，凯尔特军队击败了希腊军队？", "公元前279年"),
        ("特斯拉在1886年离开公司后，与罗伯特合作。", "特斯拉在哪一年离开公司后，与罗伯特合作？", "1886年"),
        ("多門橋全長1250米，共有28個橋孔。", "多門橋全長1250米，共有多少個橋孔？", "28個"),
        ("美国在那个月百分之二十的加油站没有燃料。", "美国在那个月百分之多少的加油站没有燃料？", "百分之二十"),
        ("美国大约20%的加油站没有燃料可以卖。", "美国大约百分之多少的加油站没有燃料可以卖？", "20%"),
        ("曹雪芹在北京写了《红楼梦》一书。", "曹雪芹在北京写了哪部作品一书？", "红楼梦"),
        ("罗洛是诺曼人的第一位首领。", "谁是诺曼人的第一位首领？", "罗洛"),
        ("蒸汽机指示器是最有用的仪器。", "蒸汽机指示器是什么？", "最有用的仪器"),
        ("莎莉公司在東南亞廣告口號是莎莉多謝。", "莎莉公司在東南亞廣告口號是什麼？", "莎莉多謝"),
    ],
)
def test_a_chinese_sentence_gives_questions_whose_answer_stands_in_it(sentence: str, question: str, answer: str) -> None:
    assert asked_in_chinese(sentence).get(question, "") == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "该桥于1987年建成并投入使用。",
        "他于1987年在上海正式开始工作。",
        "1995年7月，任天津市商业委员会主任。",
        "第二次会议上有第3个人发言很久。",
        "声明是用拉丁语写的。",
        "本站在1073年至1074年之间属于亚美尼亚。",
    ],
)
def test_a_chinese_sentence_without_a_subject_of_its_own_gives_none(sentence: str) -> None:
    assert asked_in_chinese(sentence) == {}


def test_a_misspelt_question_has_slips_that_are_told_and_are_no_words() -> None:
    question = "When was the Normandy duchy founded?"
    for seed in range(40):
        typed, edits = misspelt(question, "en", {"founder", "duchy"}, random.Random(seed))
        ((right, wrong),) = edits
        assert right in {"Normandy", "duchy", "founded"} and wrong != right and wrong != "founder"
        assert typed == question.replace(right, wrong)


def test_two_neighbouring_chinese_characters_are_exchanged_outside_the_question_word() -> None:
    for seed in range(20):
        typed, ((right, wrong),) = misspelt("诺曼底公国于哪一年建立？", "zh", (), random.Random(seed))
        assert wrong == right[::-1] and typed == "诺曼底公国于哪一年建立？".replace(right, wrong)
        assert "哪一年" in typed
    assert misspelt("多少米？", "zh", (), random.Random(0)) == ("多少米？", ())


ROLLO = "When did Rollo found the duchy?"
ARCHES = "How many arches are there in Norwich?"


@pytest.mark.parametrize(
    ("question", "language", "worded"),
    [
        (ROLLO, "en", {"In what year or on what day did Rollo found the duchy?", "when rollo found duchy"}),
        ("Who or what led the army?", "en", {"Name the person or the thing that led the army.", "led army"}),
        ("Who was the leader of Rome?", "en", {"Tell me who the leader of Rome was.", "leader rome"}),
        ("What was opened in Rome?", "en", {"Name what was opened in Rome.", "opened rome"}),
        (ARCHES, "en", {"What number of arches are in Norwich?", "how many arches norwich"}),
        ("诺曼底公国于哪一年建立？", "zh", {"哪一年诺曼底公国建立？", "诺曼底公国 哪一年建立"}),
        ("罗洛是什么？", "zh", {"什么是罗洛？", "罗洛是什么"}),
        ("诺曼底有多少座城？", "zh", {"诺曼底有几座城？", "诺曼底有多少座城"}),
    ],
)
def test_a_paraphrase_is_worded_anew_or_cut_down_to_its_main_words(question: str, language: str, worded: set[str]) -> None:
    assert {paraphrased(question, language, random.Random(seed)) for seed in range(20)} == worded


def library_text(*words: str) -> LibraryText:
    return LibraryText((), 1, dict.fromkeys(words, 1), frozenset())


def test_an_unanswerable_question_names_what_the_library_does_not_hold() -> None:
    held = library_text("velmara", "911")
    for seed in range(20):
        changed = unanswerable("When did Rollo the First of Rome found Normandy?", "en", held, random.Random(seed))
        assert changed and changed.startswith("When did ") and "Rollo" not in changed and "Velmara" not in changed
    for seed in range(20):
        changed = unanswerable("what happened in 910?", "en", held, random.Random(seed))
        assert changed and changed not in ("what happened in 910?", "what happened in 911?")


def test_an_unanswerable_chinese_question_names_another_subject() -> None:
    changed = unanswerable("诺曼底公国于哪一年建立？", "zh", library_text("岑溪", "溪亭"), random.Random(0))
    assert changed and changed.endswith("于哪一年建立？") and "诺曼" not in changed and "岑溪亭" not in changed


def test_a_question_in_which_nothing_can_be_changed_has_no_unanswerable_variant() -> None:
    assert unanswerable("what is the gas?", "en", library_text(), random.Random(0)) is None


@pytest.mark.parametrize(("question", "language"), [("What is Oxygen?", "en"), ("罗洛是什么？", "zh"), ("谁是罗洛？", "zh")])
def test_who_or_what_a_name_is_cannot_be_asked_of_another(question: str, language: str) -> None:
    assert unanswerable(question, language, library_text(), random.Random(0)) is None


def test_pages_are_put_together_again_from_overlapping_passages(tmp_path: Path) -> None:
    text = " ".join(f"Sentence number {number} of this page stands here for the test." for number in range(20))
    pages = (Page(1, text), Page(2, "A second page."))
    with_pages = Document("a" * 64, "long.pdf", "A title", "application/pdf", 1, pages)
    library = small_library(tmp_path, passage_tokens=40, overlap_tokens=15)
    library.add_documents([with_pages])
    assert library.documents()[0].passages > 3
    rows = read_library(library).rows
    assert [(row.id, row.title) for row in rows] == [("long.pdf#p1", "A title"), ("long.pdf#p2", "A title")]
    assert (rows[0].text, rows[1].text) == (text, "A second page.")


def test_two_documents_of_one_name_have_rows_of_their_own(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    library.add_documents([document_of("a.txt", "One text here."), document_of("a.txt", "Another text here.")])
    ids = [row.id for row in read_library(library).rows]
    assert len(set(ids)) == 2 and all(id.startswith("a.txt (") for id in ids)


def made_of(folder: Path, *, count: int = 50, seed: int = 0) -> MadeSet:
    library = library_of(folder)
    try:
        return make_questions(library, count=count, seed=seed)
    finally:
        library.close()


def test_questions_are_of_every_document_with_answers_in_their_gold_rows(tmp_path: Path) -> None:
    made = made_of(tmp_path)
    texts = {row.id: row.text for row in made.documents}
    plain = [question for question in made.questions if question.kind == "plain"]
    assert {row for question in plain for row in question.gold} == {f"{name}#p1" for name in TEXTS}
    for question in made.questions:
        assert all(comparable(answer) in comparable(texts[row]) for answer in question.answers for row in question.gold)
        assert bool(question.gold) == bool(question.answers) == question.answerable == (question.kind != "unanswerable")
    assert {question.kind for question in made.questions} == {"plain", "misspelt", "paraphrased", "unanswerable"}


def test_the_same_seed_makes_the_same_questions_and_another_others(tmp_path: Path) -> None:
    first = made_of(tmp_path, count=3)
    assert first == made_of(tmp_path, count=3)
    assert first != made_of(tmp_path, count=3, seed=1)
    assert sum(question.kind == "plain" for question in first.questions) == 3


def test_a_library_without_statements_says_so(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"list.txt": "one, two, three, four, five and so on"})
    with pytest.raises(LibraryError, match=r"No question can be made .* Add documents of running text\.$"):
        make_questions(library, count=5, seed=0)


def test_a_made_set_is_read_as_any_other_and_struck_in_its_review(tmp_path: Path) -> None:
    made = made_of(tmp_path / "library")
    review = write_made_set(tmp_path / "set", made)
    read = read_question_set(tmp_path / "set")
    assert read.documents == made.documents
    assert [(question.id, question.kind, question.gold) for question in read.questions] == [
        (question.id, question.kind, question.gold) for question in made.questions
    ]
    struck = review.read_text(encoding="utf-8-sig").replace("yes,0001,", "no,0001,")
    review.write_text(struck, encoding="utf-8-sig")
    again = read_question_set(tmp_path / "set")
    assert again.struck == 1 and "0001" not in {question.id for question in again.questions}


def test_a_misspelt_row_tells_its_clean_question_and_edits(tmp_path: Path) -> None:
    write_made_set(tmp_path / "set", made_of(tmp_path / "library"))
    rows = [json.loads(line) for line in (tmp_path / "set" / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    by_id = {row["id"]: row for row in rows}
    misspelt_rows = [row for row in rows if row["kind"] == "misspelt"]
    assert misspelt_rows
    for row in misspelt_rows:
        assert row["clean_question"] == by_id[row["id"].removesuffix("-misspelt")]["question"]
        assert all(right in row["clean_question"] and wrong in row["question"] for right, wrong in row["edits"])


def test_a_set_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    made = made_of(tmp_path / "library", count=1)
    write_made_set(tmp_path / "set", made)
    with pytest.raises(QuestionSetError, match="holds a question set already"):
        write_made_set(tmp_path / "set", made)


DRAFT = Draft("When did Rollo found the duchy of Normandy?", "911")
SENTENCE = "Rollo founded the duchy of Normandy in 911."


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("In which year did Rollo create the duchy of Normandy?", "In which year did Rollo create the duchy of Normandy?"),
        ("Was it in 911 that Rollo founded the duchy?", DRAFT.question),
        ("Did Rollo found the duchy of Normandy in 1066?", DRAFT.question),
        ("What is the weather like in Lisbon today?", DRAFT.question),
        ("Rollo founded the duchy.", DRAFT.question),
        ("罗洛何时建立诺曼底公国？", DRAFT.question),
        ("Sure! Here it is:\nWhen did Rollo found Normandy?", DRAFT.question),
        ("", DRAFT.question),
    ],
)
def test_a_models_wording_is_taken_where_it_asks_the_same_and_only_there(reply: str, question: str) -> None:
    assert worded(DRAFT, SENTENCE, ScriptedGenerator(lambda messages: reply)) == Draft(question, "911")


def test_a_model_is_not_asked_in_a_language_it_cannot_write() -> None:
    silent = ScriptedGenerator(lambda messages: pytest.fail("it was asked"), languages=("zh",))
    assert worded(DRAFT, SENTENCE, silent) == DRAFT


def test_questions_of_a_set_are_worded_by_a_model_that_is_given(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"a.txt": "Normandy was founded by Rollo in 911."})
    writer = ScriptedGenerator(lambda messages: "Is it known how Normandy was founded?")
    plain, *_ = make_questions(library, count=1, seed=0, writer=writer).questions
    library.close()
    assert plain.question == "Is it known how Normandy was founded?"


def test_a_small_model_is_no_writer() -> None:
    assert open_writer(models_folder(), Settings()) is None
