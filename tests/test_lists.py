"""Lists within a text, and their items among the sentences told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag_app.evidence import candidate_sentences
from rag_app.records import Evidence, Hit, Passage, StoredPassage
from rag_app.text.lists import bullet_of, clause_spans, is_item, item_lines, list_spans
from rag_app.whole_lists import BESIDE_LIST, outside, whole_lists

TRIP = (
    "We leave at 8:15.\nEvery child needs to bring:\n• a rain jacket\n• sturdy shoes\n• 12 euros\n"
    "These stay at home:\n1. Phones. They ring.\n2. Glass\nQuestions go to Ms Okafor."
)
BRING = "Every child needs to bring:\n• a rain jacket\n• sturdy shoes\n• 12 euros"
HOME = "These stay at home:\n1. Phones. They ring.\n2. Glass"


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        (TRIP, [BRING, HOME]),
        ("须知\n须提交以下材料：\n• 护照\n• 两张照片\n办理时间为三日。", ["须提交以下材料：\n• 护照\n• 两张照片"]),
        ("不予受理：\n（一）不齐； （二）不合格。\n完。", ["不予受理：\n（一）不齐； （二）不合格。"]),
        ("前言。不予受理：（一）不齐；（二）不合格。另行通知。", ["不予受理：（一）不齐；（二）不合格。"]),
        (
            "Cold. Bring:\n\n- a hat for each of the days on which\nit is cold\n* a coat\n\nBye",
            ["Bring:\n\n- a hat for each of the days on which\nit is cold\n* a coat"],
        ),
        ("Bring: (a) a hat; (b) a coat. Come soon.", ["Bring: (a) a hat; (b) a coat."]),
        (
            TRIP.replace("12 euros", "12 euros for a trip in the boat on the lake"),
            [f"{BRING} for a trip in the boat on the lake", HOME],
        ),
        ("Reset\n1. Press it\n2. Let go\nHelp\nCall.", ["Reset\n1. Press it\n2. Let go"]),
        ("重置\n• 按下按钮\n• 松开按钮", ["重置\n• 按下按钮\n• 松开按钮"]),
        ("It is reset.\n1. Press it\n2. Let go", []),
        ("Opens: 8:30\nCloses: 17:30\n", []),
        ("Bring:\n• a hat\nThat is all.", []),
        ("Bring:\na hat\na coat", []),
        ("• a hat\n• a coat", []),
        ("", []),
    ],
)
def test_a_list_goes_from_the_sentence_that_leads_to_it_to_its_last_item(text: str, lists: list[str]) -> None:
    assert [text[start:end] for start, end in list_spans(text)] == lists


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("一、期限\n第一条 至九日止。可续。\n二、工资\n第二条 每月付。", ["第一条 至九日止。可续。", "第二条 每月付。"]),
        ("总则\n\n第十条 如下：\n（一）甲；\n\n（二）乙。\n\n客服电话：95569", ["第十条 如下：\n（一）甲；\n\n（二）乙。"]),
        ("Article 1 It begins\non 1 May.\nArticle 2 It ends.", ["Article 1 It begins\non 1 May.", "Article 2 It ends."]),
        ("第一，甲。\nArticles of 2 kinds.\n第三方支付。", []),
        ("", []),
    ],
)
def test_a_clause_goes_to_the_next_one_a_heading_or_a_blank_line(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in clause_spans(text)] == clauses


@pytest.mark.parametrize("text", ["• a", "- a", "1. A", "1) a", "(2) a", "a) b", "（一）甲", "一、甲", "①甲", "1、甲"])
def test_items_begin_with_a_bullet_a_number_or_a_letter(text: str) -> None:
    assert is_item(text)


@pytest.mark.parametrize("text", ["A hat", "-5 degrees", "1.5 litres", "2024 was", "a hat", "(see below)", "一月", "十分好", ""])
def test_other_lines_are_no_items(text: str) -> None:
    assert not is_item(text)


def test_each_item_of_a_list_is_a_line() -> None:
    assert item_lines("Bring:\n• a hat\n  for cold  days\n\n• shoes") == ["Bring:", "• a hat for cold days", "• shoes"]
    assert (item_lines("Steel\nrose."), item_lines("")) == (["Steel rose."], [])


def test_a_bullet_is_no_part_of_what_an_item_says() -> None:
    assert [(sentence.start, sentence.text) for sentence in candidate_sentences([hit("Bring:\n• a hat\n- 5 coats")])] == [
        (0, "Bring:"),
        (9, "a hat"),
        (15, "- 5 coats"),
    ]
    assert (bullet_of("•  a"), bullet_of("a")) == ("•  ", "")


def test_two_items_of_a_list_are_told_as_the_whole_of_it() -> None:
    told = whole_lists(sentences("sturdy shoes", "We leave at 8:15.", "a rain jacket"))
    assert [(one.text, round(one.score, 1), one.span) for one in told] == [
        (BRING, 0.8, ""),
        ("We leave at 8:15.", 0.4, "We leave at 8:15."),
    ]
    assert not outside(sentences("12 euros", "Every child needs to bring:"), told[:1])
    others = (*sentences("Glass"), *sentences("We leave at 8:15."), of_another(sentences("12 euros")[0]))
    assert outside(others, told[:1]) == others


def test_of_a_longer_list_three_items_are_told_as_the_whole_of_it() -> None:
    longer = hit("The tenant:\n" + "\n".join(f"• pays for {'one thing and ' * 8}{number}" for number in range(5)))
    items = candidate_sentences([longer])[1:]
    assert whole_lists(items[:2]) == items[:2]
    assert [one.text for one in whole_lists(items[:3])] == [longer.stored.passage.text]


def test_the_sentence_that_leads_to_a_list_is_told_with_it() -> None:
    assert [one.text for one in whole_lists(sentences("These stay at home:"))] == [HOME]


def test_one_item_stays_alone_but_not_beside_the_list_that_was_asked_for() -> None:
    asked_for = sentences("12 euros", "We leave at 8:15.")
    assert whole_lists(asked_for) == tuple(asked_for)
    assert [one.text for one in whole_lists(sentences("These stay at home:", "Glass", "sturdy shoes"))] == [HOME]


def test_beside_a_list_that_stands_first_an_item_of_another_is_told_only_where_it_is_likely() -> None:
    bring, glass, leave = sentences("Every child needs to bring:", "Glass", "We leave at 8:15.")
    unlikely = replace(glass, score=BESIDE_LIST * bring.score - 0.01)
    likely = replace(glass, score=BESIDE_LIST * bring.score)
    assert [one.text for one in whole_lists([bring, unlikely])] == [BRING]
    assert [one.text for one in whole_lists([bring, likely])] == [BRING, "Glass"]
    assert whole_lists([leave, unlikely]) == (leave, unlikely)


def test_the_heading_of_a_list_that_is_not_told_is_left_out_unlike_an_item_of_it() -> None:
    heading, press, _, call = candidate_sentences([hit("Reset\n1. Press it\n2. Let go\n\nCall us.")])
    assert (heading.text, press.text) == ("Reset", "Press it")
    assert (whole_lists([call, heading]), whole_lists([call, press])) == ((call,), (call, press))


def test_an_item_stays_alone_where_the_others_are_far_less_likely() -> None:
    shoes, coat = sentences("sturdy shoes", "a rain jacket")
    assert [one.text for one in whole_lists([shoes, replace(coat, score=0.04)])] == ["sturdy shoes", "a rain jacket"]
    assert [one.text for one in whole_lists([shoes, replace(coat, score=0.06)])] == [BRING]


def test_of_passages_that_overlap_the_one_that_holds_more_of_a_list_tells_it() -> None:
    cut = hit(TRIP[: TRIP.index("\n• 12 euros")])
    first = next(sentence for sentence in candidate_sentences([cut]) if sentence.text == "a rain jacket")
    assert [one.text for one in whole_lists([first, *sentences("12 euros", "sturdy shoes")])] == [BRING]


def test_an_item_that_another_document_has_too_is_not_told_again() -> None:
    bring, shoes = sentences("Every child needs to bring:", "sturdy shoes")
    assert [one.text for one in whole_lists([bring, of_another(shoes)])] == [BRING]


def test_a_list_at_great_length_is_not_told_whole() -> None:
    long = hit("Bring:\n" + "\n".join(f"• {'thing ' * 20}{number}" for number in range(9)))
    told = candidate_sentences([long])[:3]
    assert whole_lists(told) == told


def test_a_sentence_that_leads_to_what_is_not_told_is_told_only_where_it_is_the_likeliest() -> None:
    figures = hit("Cash was as follows (in millions):\nCash | 1,093\nIt fell.")
    leading, cash, fell = candidate_sentences([figures])
    assert whole_lists([cash, leading, fell]) == (cash, fell)
    assert whole_lists([leading, cash]) == (leading, cash)


def test_a_heading_leads_to_a_list_where_it_is_the_likeliest_else_it_counts_as_an_item() -> None:
    steps = "Reset\n1. Press the button\n2. Hold it\n3. Let go"
    heading, press, _, leave, *_ = candidate_sentences([hit(f"{steps}\nHelp\nCall us.")])
    assert [one.text for one in whole_lists([heading, press])] == [steps]
    assert [one.text for one in whole_lists([press, heading, leave])] == [steps]


def test_one_item_stands_for_the_list_whose_heading_was_asked_for() -> None:
    steps = "Steps\n1. Mash the bananas.\n2. Bake them."
    _, mash, *_, warm = candidate_sentences([hit(f"{steps}\nServe it warm.")])
    assert mash.text == "Mash the bananas."
    for first in (mash, warm):
        assert [one.text for one in whole_lists([first], ("the", "step", "for", "bread"))] == (
            [steps] if first is mash else [warm.text]
        )
    assert [one.text for one in whole_lists([warm, mash], ("steps", "bread"))] == [warm.text, steps]
    assert whole_lists([mash], ("temperature", "bread")) == (mash,)


def test_nothing_told_is_nothing() -> None:
    assert whole_lists(()) == ()


def hit(text: str) -> Hit:
    return Hit(StoredPassage(1, "trip.md", "Trip", Passage("doc", 1, 0, len(text), (), text)), 0.5, ())


def sentences(*texts: str) -> list[Evidence]:
    """Those sentences of the trip, each less likely than the one before."""
    known = {sentence.text: sentence for sentence in candidate_sentences([hit(TRIP)])}
    return [
        Evidence(known[text].stored, known[text].start, known[text].end, text, 0.5 - 0.1 * place, text)
        for place, text in enumerate(texts)
    ]


def of_another(sentence: Evidence) -> Evidence:
    """A sentence as another document says it at the same place."""
    passage = replace(sentence.stored.passage, document_id="copy")
    return replace(sentence, stored=replace(sentence.stored, passage=passage))
