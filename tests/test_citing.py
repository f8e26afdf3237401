"""What counts as support, in English and Chinese."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag_app.citing import cite, closest, same_content, supporting, without_lead
from rag_app.records import Citation, Evidence, Passage, StoredPassage
from rag_app.text.sentences import sentence_spans
from tests.attacks import ACCEPTED_CHINESE, ACCEPTED_ENGLISH, REFUSED_CHINESE, REFUSED_ENGLISH
from tests.attacks_by_limit import BOUNDED, UNBOUNDED
from tests.attacks_by_omission import CHANGED_ENGLISH, KEPT_ENGLISH
from tests.attacks_by_omission_chinese import CHANGED_CHINESE, KEPT_CHINESE
from tests.attacks_by_rewording import IMPLIED_CHINESE, IMPLIED_ENGLISH, NOT_IMPLIED_CHINESE, NOT_IMPLIED_ENGLISH
from tests.examples import evidence

SOURCE = "Public Health England exhumed 25 bodies in the Clerkenwell area of London in 2013."
CHINESE = "南宋绍兴三年，岳飞因剿灭李成得到宋高宗奖励的精忠岳飞锦旗。"


@pytest.mark.parametrize(
    ("sentence", "question", "source"),
    [
        ("Public Health England exhumed 25 bodies.", "How many bodies did Public Health England exhume?", SOURCE),
        ("They exhumed 25 bodies in Clerkenwell.", "Where were bodies found?", SOURCE),
        ("岳飞得到宋高宗奖励的锦旗。", "谁奖励了岳飞？", CHINESE),
        ("南宋绍兴三年，岳飞得到精忠岳飞锦旗。", "岳飞什么时候得到锦旗？", CHINESE),
    ],
)
def test_a_sentence_made_of_its_source_is_supported(sentence: str, question: str, source: str) -> None:
    assert supporting(sentence, [evidence(source)], question) == evidence(source)


@pytest.mark.parametrize(
    ("sentence", "question", "source"),
    [
        ("Public Health England exhumed 26 bodies.", "How many bodies did Public Health England exhume?", SOURCE),
        ("Public Health England exhumed 25 bodies in Paris.", "How many bodies?", SOURCE),
        ("Public Health England exhumed no bodies.", "How many bodies did Public Health England exhume?", SOURCE),
        ("The bodies were victims of a medieval plague outbreak.", "What were the bodies?", SOURCE),
        ("What bodies did Public Health England exhume?", "What bodies did Public Health England exhume?", SOURCE),
        ("岳飞在绍兴五年得到锦旗。", "岳飞什么时候得到锦旗？", CHINESE),
        ("岳飞没有得到锦旗。", "岳飞得到锦旗了吗？", CHINESE),
        ("England exhumed 25 million bodies.", "How many bodies did England exhume?", SOURCE),
        ("They exhumed 25 bodies in 2014.", "How many bodies did they exhume in 2014?", SOURCE),
        ("25 bodies were exhumed in Paris.", "How many bodies were exhumed in Paris?", SOURCE),
        ("公司收入增长3亿元。", "公司收入增长多少？", "公司收入增长3万元。"),
    ],
)
def test_a_changed_number_name_denial_or_addition_is_not_supported(sentence: str, question: str, source: str) -> None:
    assert supporting(sentence, [evidence(source)], question) is None


def sentences_of(passage: str) -> tuple[Evidence, ...]:
    """Each sentence of a passage as a piece of evidence."""
    held = StoredPassage(1, "doc.txt", "doc", Passage("doc", 1, 0, len(passage), (), passage))
    return tuple(Evidence(held, start, end, passage[start:end], 1.0) for start, end in sentence_spans(passage))


REFUSED = (
    *REFUSED_ENGLISH,
    *REFUSED_CHINESE,
    *CHANGED_ENGLISH,
    *CHANGED_CHINESE,
    *BOUNDED,
    *NOT_IMPLIED_ENGLISH,
    *NOT_IMPLIED_CHINESE,
)
ACCEPTED = (*ACCEPTED_ENGLISH, *ACCEPTED_CHINESE, *KEPT_ENGLISH, *KEPT_CHINESE, *UNBOUNDED)


@pytest.mark.parametrize(("passage", "question", "sentence"), [*REFUSED, *NOT_IMPLIED_ENGLISH, *NOT_IMPLIED_CHINESE])
def test_what_a_passage_does_not_say_is_refused(passage: str, question: str, sentence: str) -> None:
    assert supporting(sentence, sentences_of(passage), question) is None


@pytest.mark.parametrize(("passage", "question", "sentence"), [*ACCEPTED, *IMPLIED_ENGLISH, *IMPLIED_CHINESE])
def test_an_honest_rewording_is_supported(passage: str, question: str, sentence: str) -> None:
    assert supporting(sentence, sentences_of(passage), question) is not None


@pytest.mark.parametrize(
    ("above", "row", "sentence"),
    [
        ("单位：万元\n项目 | 2020年\n", "收入 | 500", "收入500。"),
        ("项目（万元）\n", "收入 | 1200元", "收入1200元。"),
        ("Figures in millions of dollars\n", "Revenue | 500", "Revenue 500."),
    ],
)
def test_a_bare_number_below_a_larger_unit_is_refused(above: str, row: str, sentence: str) -> None:
    passage = Passage("doc", 1, 0, len(above + row), (), above + row)
    found = Evidence(StoredPassage(1, "doc.txt", "doc", passage), len(above), len(above + row), row, 1.0)
    assert supporting(sentence, [found], "Revenue? 多少？") is None
    assert supporting(sentence, [evidence(row)], "Revenue? 多少？") is not None
    with_heading = replace(found.stored, passage=replace(passage, heading_path=(above,), text=row, end=len(row)))
    assert supporting(sentence, [Evidence(with_heading, 0, len(row), row, 1.0)], "Revenue? 多少？") is None


@pytest.mark.parametrize(
    "source",
    [
        "A cell managed to escape the vacuole it was contained in.",
        "Do not open the door while the machine is running.",
        "受影响的电池序列号为A100至A950。",
    ],
)
def test_a_copied_sentence_is_supported(source: str) -> None:
    assert supporting(source, [evidence(source)], "What of it?") == evidence(source)


@pytest.mark.parametrize("source", ["市长辞职了吗？", "Shares"])
def test_a_copied_question_or_word_is_no_statement(source: str) -> None:
    assert supporting(source.replace("？", "。"), [evidence(source)], "什么？") is None


LETTERS = "abcdefghij"


@pytest.mark.parametrize(
    "source",
    [
        f"Ida Kern kept {', '.join(f'st{one}{two}{three}' for one in LETTERS for two in LETTERS for three in LETTERS)}.",
        f"柯达收藏了{''.join(chr(0x5000 + number) for number in range(600))}。",
    ],
)
def test_a_copied_list_without_end_is_supported(source: str) -> None:
    assert supporting(source, [evidence(source)], "Who kept what?") == evidence(source)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rollo was the leader.", "The leader was Rollo!", True),
        ("罗洛是首领。", "首领是罗洛", True),
        ("Rollo was the leader.", "Rollo was the leader of settlers.", False),
        ("It is.", "It was not.", False),
    ],
)
def test_sentences_with_the_same_content_words_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_content(one, other) is same


def test_support_is_looked_for_in_every_piece_of_evidence() -> None:
    pieces = [evidence("Rain fell in May."), evidence(SOURCE, id=2)]
    assert supporting("25 bodies were exhumed in London.", pieces, "How many?") == pieces[1]


def test_the_closest_evidence_shares_most_words() -> None:
    pieces = [evidence("Rain fell in May."), evidence(SOURCE, id=2)]
    assert closest("England exhumed many bodies.", pieces) == pieces[1]
    assert closest("Nothing alike whatsoever", pieces) is None


def test_a_citation_quotes_the_very_words_and_their_place() -> None:
    assert cite(3, evidence("Rain fell.", id=9, document="weather", page=4, start=20)) == Citation(
        3, 9, "weather", "weather.txt", 4, 20, 30, "Rain fell."
    )


@pytest.mark.parametrize(
    ("passage", "before"),
    [
        ("Tesla was an engineer. He was born in Smiljan.", "Tesla was an engineer."),
        (
            "The mill that stood at the river\nclosed in 1912. Its roof fell in.",
            "The mill that stood at the river closed in 1912.",
        ),
        ("Acme sells boats. The company was founded in 1990.", "Acme sells boats."),
        ("岳飞是南宋名将。他生于汤阴。", "岳飞是南宋名将。"),
        ("长江是中国最长的河流。其流域面积为180万平方公里。", "长江是中国最长的河流。"),
        ("甲公司生产轮船。该公司成立于1990年。", "甲公司生产轮船。"),
        ("Tesla was an engineer. Edison was born in Milan.", ""),
        ("He was born in Smiljan.", ""),
        ("岳飞是南宋名将。其他将领生于汤阴。", ""),
        ("Name | Town\nHe was born there.", ""),
        ("The museum\nIt is open in May.", ""),
        ("Opening hours:\nIt is open in May.", ""),
        ("岳飞是南宋名将。他的父亲是农民。", "岳飞是南宋名将。"),
        ("岳飞是南宋名将。此外，韩世忠也是名将。", ""),
        ("We ask for two fees. You pay the first £200; for water the excess is £450.", "You pay the first £200;"),
        ("You pay £200; for water, £450; in winter, £500.", "You pay £200; for water, £450;"),
        ("for water, £450; in winter, £500.", "for water, £450;"),
        ("Open all year; Guests pay $12.", ""),
        ("Open all year\nguests pay $12.", ""),
    ],
)
def test_a_footnote_tells_the_sentence_that_its_quote_points_back_to(passage: str, before: str) -> None:
    assert cite(1, sentences_of(passage)[-1]).before == before


def test_a_name_may_stand_in_the_title_above_the_evidence() -> None:
    sentence = "Clerkenwell holds 25 bodies."
    assert supporting(sentence, [evidence("The area holds 25 bodies.", document="Clerkenwell")], "How many bodies?") is not None
    assert supporting(sentence, [evidence("The area holds 25 bodies.", document="Paris")], "How many bodies?") is None


def test_percent_may_be_written_either_way() -> None:
    assert supporting("Sales grew 12%.", [evidence("Sales grew by 12 percent.")], "How did things grow?") is not None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The answer to the question is: Ada won.", "Ada won."),
        ("Based on the provided context, the treaty was signed.", "The treaty was signed."),
        ("According to the text, it rained.", "It rained."),
        ("The passage states that it rained.", "It rained."),
        ("According to the census of 2011, it rained.", "According to the census of 2011, it rained."),
        ("From the text on the stone he learned it.", "From the text on the stone he learned it."),
        ("答案是：条约已签署。", "条约已签署。"),
        ("A: The treaty was signed.", "The treaty was signed."),
        ("根据以上文字，条约已签署。", "条约已签署。"),
        ("根据法律，他有罪。", "根据法律，他有罪。"),
    ],
)
def test_what_a_model_says_before_its_answer_is_left_out(written: str, said: str) -> None:
    assert without_lead(written) == said
