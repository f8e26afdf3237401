"""Papers that the reader learns from, and the pairs made of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.reader_data import EVERYDAY, FAMILIES, is_kept_apart
from benchmarks.reader_papers import FOLDERS, paper_items, read_papers
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.text.language import language

GYM = """===
# Gym contract
## Leaving
You may terminate with three months' notice. Lockers are 2 euros a day.
---
How do I get out?\tthree months' notice
储物柜多少钱\t2 euros
- Is there a sauna?
===
# Letter
Your parcel is at the station.
---
where is it\tat the station || the station
"""


@pytest.mark.parametrize(("name", "least"), [(EVERYDAY, 12), (FAMILIES, 8)])
def test_each_question_of_the_papers_is_asked_once_and_answered_by_words_of_its_paper(name: str, least: int) -> None:
    papers = list(read_papers(FOLDERS[name]))
    assert len(papers) > 600
    assert [title for title, many in Counter(paper.title for paper in papers).items() if many > 1] == []
    for paper in papers:
        asked = [question for question, _ in paper.questions]
        assert len(set(asked)) == len(asked) >= least, paper.title
        assert [answer for _, answers in paper.questions for answer in answers if answer not in paper.text] == [], paper.title


@pytest.mark.parametrize("name", FOLDERS)
def test_half_of_the_papers_are_chinese_and_some_questions_are_asked_across(name: str) -> None:
    papers = list(read_papers(FOLDERS[name]))[::9]
    chinese = [language(paper.text) == "zh" for paper in papers]
    assert 0.4 < sum(chinese) / len(chinese) < 0.6
    across = [language(question) != language(paper.text) for paper in papers for question, _ in paper.questions]
    assert 0.08 < sum(across) / len(across) < 0.2


def test_families_have_three_papers_or_more_that_are_alike() -> None:
    families = Counter(paper.family for paper in read_papers(FOLDERS[FAMILIES]))
    assert min(families.values()) >= 3


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "some.txt").write_text(GYM, encoding="utf-8")
    return tmp_path


def test_a_question_comes_with_the_passage_that_answers_and_with_such_as_do_not(papers: Path) -> None:
    items = paper_items(BagOfWordsEmbedder(), list(read_papers(papers)), EVERYDAY)
    leaving, lockers, sauna, parcel = items
    (pair,) = leaving.positives
    assert pair.question == "How do I get out?"
    assert [pair.context[start:end] for start, end in pair.spans] == ["three months' notice"]
    assert pair.context.startswith("Gym contract > ")
    assert not sauna.positives and not sauna.answerable and [pair.context for pair in sauna.negatives] == [pair.context]
    assert lockers.article == "Gym contract"
    (pair,) = parcel.positives
    assert [pair.context[start:end] for start, end in pair.spans] == ["at the station", "the station"]


CUP = """=== cup
# Final of 2019
Aldby beat Crewe.
---
Who won in 2019?\tAldby
Who was beaten?\tCrewe
=== cup
# Final of 2020
Crewe beat Dunmore.
---
Who won in 2020?\tCrewe
Who was beaten?\tDunmore
=== cup
# Final of 2021
Aldby beat Dunmore.
---
- Who scored?
"""


def test_a_question_about_one_of_a_family_comes_with_those_of_the_others_that_do_not_answer_it(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text(CUP, encoding="utf-8")
    won, beaten, *_, scored = paper_items(BagOfWordsEmbedder(), list(read_papers(tmp_path)), FAMILIES)
    assert won.article == beaten.article == "cup"
    assert [pair.context.splitlines()[-1] for pair in won.negatives] == ["Crewe beat Dunmore."]
    assert [pair.context.splitlines()[-1] for pair in beaten.negatives] == ["Aldby beat Dunmore."]
    assert [pair.context.splitlines()[-1] for pair in scored.negatives] == ["Aldby beat Dunmore."]


def test_a_question_comes_with_the_nearest_passages_of_other_families_that_do_not_say_its_answer(tmp_path: Path) -> None:
    texts = {
        "bread": "Bread is baked of wheat.",
        "rowing": "Who won in 2019 the race? Dunmore won.",
        "chess": "Who won in 2019? Aldby.",
        "golf": "Nobody won in 2019.",
        "darts": "Dunmore won in 2018.",
        "boxing": "Who won in 2019? Dunmore.",
    }
    others = "".join(f"=== {name}\n# {name}\n{text}\n---\n- What is new?\n" for name, text in texts.items())
    (tmp_path / "some.txt").write_text(CUP + others, encoding="utf-8")
    won = paper_items(BagOfWordsEmbedder(), list(read_papers(tmp_path)), FAMILIES)[0]
    assert [name for name in ("cup", *texts) if is_kept_apart(name, FAMILIES)] == ["boxing"]
    near = {pair.context.splitlines()[-1] for pair in won.negatives}
    assert near == {"Crewe beat Dunmore.", texts["rowing"], texts["golf"], texts["darts"]}
