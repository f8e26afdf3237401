"""Questions with spelling mistakes become what was meant; right ones stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from rag_app.querying import Vocabulary, make_query
from rag_app.querying.edit_cost import edit_cost
from rag_app.querying.near_words import NearWords
from rag_app.text.words import terms

ENGLISH = (
    "Rollo was the leader of the Norman settlers, who gave them a common identity.",
    "Oxygen is a chemical element with the symbol O; the Apollo 11 mission took liquid oxygen along.",
    "Steam engines burn combustible material in the firebox.",
    "Public Health England exhumed the bodies; what people said of their birth is in the Oxford records.",
    "Which theatres are in the harbour district? When were they built, and where?",
)
CHINESE = (
    "香蕉是怎样运到日本的?香蕉由商船运到日本。",
    "黄鳍棘鲷鱼体长约三十厘米。",
    "桃花源小厨的营业状况良好。",
    "他们目前在北京的校区上学。",
)


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The words of `texts`, each a passage."""
    passages = [terms(text) for text in texts]
    counts: dict[str, int] = {}
    for passage in passages:
        for term in set(passage):
            counts[term] = counts.get(term, 0) + 1

    def count_phrase(wanted: Iterable[str]) -> int:
        phrase = f" {' '.join(wanted)} "
        return sum(phrase in f" {' '.join(passage)} " for passage in passages)

    return Vocabulary(counts, count_phrase)


LIBRARY = vocabulary((*ENGLISH, *CHINESE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What is the simbol of oxigen?", "What is the symbol of oxygen?"),
        ("Who was the laeder of the setlers?", "Who was the leader of the settlers?"),
        ("Which comon identity did they get?", "Which common identity did they get?"),
        ("Waht is a chemical elament?", "What is a chemical element?"),
        ("the bodies exhumed by Public Helth England", "the bodies exhumed by Public Health England"),
        ("the Appolo 11 mission", "the Apollo 11 mission"),
        ("Oxigen", "Oxygen"),
        ("什么是oxigen?", "什么是oxygen?"),
        ("gaurantee", "guarantee"),
        ("What burns in the fire box?", "What burns in the firebox?"),
        ("the Norman settlersgave them names", "the Norman settlersgave them names"),
        ("Which steamengines are there?", "Which steam engines are there?"),
    ],
)
def test_misspelled_words_become_words_of_the_library_or_else_of_the_language(typed: str, meant: str) -> None:
    assert make_query(typed, LIBRARY).searched == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("香蕉是怎样晕到日本的?", "香蕉是怎样运到日本的?"),
        ("桃花源小厨的营业庄况如何?", "桃花源小厨的营业状况如何?"),
        ("簧鳍棘鲷鱼体长多少?", "黄鳍棘鲷鱼体长多少?"),
        ("他们木前在哪里?", "他们目前在哪里?"),
    ],
)
def test_characters_that_sound_or_look_alike_are_told_apart_by_the_library(typed: str, meant: str) -> None:
    assert make_query(typed, LIBRARY).searched == meant


@pytest.mark.parametrize("text", [*ENGLISH, *CHINESE])
def test_what_the_library_holds_is_never_changed(text: str) -> None:
    query = make_query(text, LIBRARY)
    assert (query.searched, query.corrections) == (text, ())


@pytest.mark.parametrize(
    "question",
    [
        "Was Brownlee the settler?",
        "What is F-16, oxigen2, OXIGN or x_stem?",
        "Mail oxigen@steam.org or see https://oxigen.org/simbol",
        "<|im_start|>sytem",
        "How many kilometers is it to the theater?",
        "Is it upregulated, or was it resupplying?",
        "They don't, won't and couldn't.",
        "Écoute naïve Temüjin, señor!",
        "她们喜欢吃什么水果?",
        "哪里有什么?",
        "Is it a long way?",
        "Which cpu, mri, otp and phd? 它的bmi是多少？",
        "Who dont know whats in the boiler?",
        "What is the ifsc of Rollo?",
    ],
)
def test_names_codes_numbers_and_words_of_the_language_are_left_alone(question: str) -> None:
    assert make_query(question, LIBRARY).corrections == ()


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Does the licensor pay the payor?", "The licensee must pay the payee."),
        ("Is the truster liable?", "The trustee is liable."),
        ("Is the efferent nerve intact after the adduction?", "The afferent nerve is intact after the abduction."),
        ("Did intrastate traffic grow?", "Did interstate traffic grow? It did."),
        ("Was there any hypokalemia?", "There was hyperkalemia, if any was seen."),
        ("患者母亲有高血压病史吗？", "患者父亲有高血压病史。"),
        ("甲状腺左叶有结节吗？", "甲状腺右叶有结节。"),
        ("付款由卖方办理吗？", "付款由买方办理。"),
    ],
)
def test_a_word_gives_no_way_to_its_opposite_where_the_library_holds_that_alone(question: str, held: str) -> None:
    assert make_query(question, vocabulary([held] * 3)).corrections == ()


def test_corrections_tell_what_was_typed_and_what_is_searched() -> None:
    query = make_query("Oxigen and its simbol; 香蕉是怎样晕到日本的", LIBRARY)
    told = [(correction.typed, correction.searched) for correction in query.corrections]
    assert told == [("Oxigen", "Oxygen"), ("simbol", "symbol"), ("晕到", "运到")]
    assert query.original == "Oxigen and its simbol; 香蕉是怎样晕到日本的"
    assert "oxygen" in query.terms and "oxigen" not in query.terms


@pytest.mark.parametrize("name", ["docling", "gradio", "ollama", "qdrant", "zotero", "streamlit"])
def test_a_name_that_the_library_does_not_know_stays_where_only_a_rare_or_a_far_word_is_like_it(name: str) -> None:
    assert make_query(f"What is {name}?", LIBRARY).corrections == ()


@pytest.mark.parametrize("name", ["redis", "uber", "lyft", "osei", "revolut", "lidl", "novak", "sixt", "mikael", "crohn"])
def test_a_short_name_stays_where_the_question_says_little_else(name: str) -> None:
    library = vocabulary(["The radius server has a number."])
    assert make_query(f"is {name} allowed", library).corrections == ()


def test_a_short_word_is_mended_where_the_question_says_more_or_the_mistake_is_a_small_one() -> None:
    library = vocabulary(["The radius of the circle is measured from its centre to the edge."])
    assert make_query("what is the raduis", library).searched == "what is the radius"
    assert make_query("is the rasius of a circle measured from its centre", library).searched.startswith("is the radius")


@pytest.mark.parametrize("name", ["axa", "okta", "xero"])
def test_a_far_word_is_not_meant_because_the_library_holds_it_beside_words_like_is(name: str) -> None:
    library = vocabulary(
        ["It is as it is, and what is left is set. Were is the past of is; a beta is out; there is an area left."] * 9
    )
    assert make_query(f"is {name} used for anything at home", library).corrections == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is there a fligyt", "flight"),
        ("how much sallt", "salt"),
        ("who is alllowed", "allowed"),
        ("when is the fligth", "flight"),
    ],
)
def test_a_slip_of_the_hand_in_a_short_question_is_mended(typed: str, meant: str) -> None:
    library = vocabulary(["The flight home is on Wednesday; salt is packed, dogs are allowed."])
    assert make_query(typed, library).searched.split()[-1] == meant


def test_without_a_vocabulary_the_question_is_searched_as_typed() -> None:
    assert make_query("oxigen").searched == "oxigen"


def test_a_right_word_that_the_library_lacks_gives_way_only_beside_its_neighbours() -> None:
    assert make_query("Which stem engines burn material?", LIBRARY).searched == "Which steam engines burn material?"
    assert make_query("Which stem grows?", LIBRARY).searched == "Which stem grows?"


def test_another_inflection_of_what_the_library_holds_is_no_mistake() -> None:
    library = vocabulary(["Capital expenditures rose; capital expenditures of the year were high."] * 3)
    assert make_query("What was the capital expenditure in 2022?", library).corrections == ()


def test_an_empty_library_leaves_names_and_chinese_alone() -> None:
    empty = vocabulary(())
    assert make_query("Who is Brownlee? 罗洛是谁的首领?", empty).corrections == ()


def test_near_words_are_those_within_two_edits() -> None:
    words = ["oxygen", "oxen", "hydrogen", "a", "gen", "oyxgen", "oxygenates"]
    assert sorted(NearWords(words).find("oxygen")) == [("oxen", 2), ("oxygen", 0), ("oyxgen", 1)]
    assert NearWords([]).find("oxygen") == []


def test_mistakes_by_ear_cost_less_than_mistakes_by_accident() -> None:
    assert edit_cost("oxygen", "oxygen") == 0
    assert edit_cost("oxigen", "oxygen") < edit_cost("oxpgen", "oxygen")
    assert edit_cost("fligyt", "flight") < edit_cost("fligpt", "flight")
    assert edit_cost("comon", "common") < edit_cost("comon", "demon")
    assert edit_cost("recieve", "receive") < edit_cost("recixve", "receive")
    assert edit_cost("eagle", "beagle") > edit_cost("begle", "beagle")
