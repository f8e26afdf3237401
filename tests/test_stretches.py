"""The stretch of a text that answers: whole numbers, and the boxes that are ticked."""

import pytest

from rag_app.text.stretches import whole_stretch


def told(text: str, read: str) -> str:
    start, end = whole_stretch(text, text.index(read), text.index(read) + len(read), (0, len(text)))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "read", "whole"),
    [
        ("4.2 付款方式：☑银行转账 □现金 □承兑汇票。", "□承兑汇票", "银行转账"),
        ("4.2 付款方式：☑银行转账 □现金 □承兑汇票。", "银行转账", "银行转账"),
        (
            "☒ Deposit of £1,325 held by the scheme   ☐ Deposit replaced by a guarantor",
            "a guarantor",
            "Deposit of £1,325 held by the scheme",
        ),
        ("Diet: [ ] none [x] vegetarian [ ] vegan", "vegan", "vegetarian"),
        ("性别：男□ 女☑", "男", "女"),
        ("婚姻状况：未婚□、已婚□、离异√", "已婚", "离异"),
        ("Smoker | ○ yes ● no | 12", "yes", "no"),
        ("Allergies: ☒ nuts ☑ pollen", "nuts", "pollen"),
        ("Diet: [ ] none [x] vegetarian [ ] vegan", "vegetarian [ ]", "vegetarian"),
        ("Photos allowed: ○ yes ● no", "Photos allowed: ○ yes ● no", "no"),
        ("Collected by: ☐ childminder ☑ grandparent", "childminder ☑ grandparent", "grandparent"),
        ("语言：☑英语 ☑法语 □德语", "英语 ☑法语 □德语", "英语 ☑法语"),
        ("☐ Book the hall\n☑ Order shirts", "Book the hall", "Book the hall"),
        ("□现金 □转账", "现金", "现金"),
        ("Paid: ☑ yes. The rent is due.", "The rent", "The rent"),
        ("Call 0161 555 0148 now", "555", "0161 555 0148"),
    ],
)
def test_a_box_that_is_not_ticked_gives_way_to_one_that_is(text: str, read: str, whole: str) -> None:
    assert told(text, read) == whole


def test_a_ticked_box_of_another_sentence_is_not_taken() -> None:
    text = "☑ Heating included. ☐ Garage included."
    assert whole_stretch(text, 22, 28, (20, len(text))) == (22, 28)


@pytest.mark.parametrize(
    ("text", "read", "answer"),
    [
        ("Adult ticket: ~~£120~~ £95.", "£120", "£95"),
        ("Adult ticket: ~~£120~~ £95.", "£95", "£95"),
        ("Deposit: ~~£200~~ £150, returned soon", "£200~~ £150", "£150"),
        ("Open Tuesday to ~~Saturday~~ Friday.", "Tuesday to ~~Saturday", "Tuesday to "),
        ("Paid within ~~14~~ 7 days.", "within ~~14~~ 7 days", "within ~~14~~ 7 days"),
        ("Walls may be painted ~~in any colour~~ in white only.", "any colour", ""),
        ("押金~~3000元~~ 2500元", "3000元", "2500元"),
    ],
)
def test_of_what_is_struck_out_nothing_answers(text: str, read: str, answer: str) -> None:
    assert told(text, read) == answer
