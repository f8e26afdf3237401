"""The bridge between English and Chinese."""

from __future__ import annotations

from rag_app.querying import translations


def test_a_chinese_word_has_its_english_meanings_as_stems() -> None:
    (ways,) = translations("氧气")
    assert ways == (("ˢoxygen",),)


def test_a_word_of_several_entries_has_the_meanings_of_all() -> None:
    (ways,) = translations("东西")
    assert {("ˢeast", "ˢand", "ˢwest"), ("ˢthing",)} <= set(ways)


def test_an_english_word_has_its_chinese_ones_as_bigrams_whatever_its_inflection() -> None:
    (ways,) = translations("settlers")
    assert ("定居", "居者") in ways
    assert translations("settler") == (ways,)


def test_the_longest_phrase_counts() -> None:
    (ways,) = translations("the gross domestic product")
    assert ("国内", "内生", "生产", "产总", "总值") in ways


def test_traditional_characters_are_folded() -> None:
    assert translations("氧氣") == translations("氧气")


def test_words_that_say_nothing_or_are_unknown_have_no_translation() -> None:
    assert translations("what is the qwertyzxcv") == ()
    assert translations("？！") == ()
    assert translations("") == ()


def test_of_a_very_long_question_only_the_beginning_is_translated() -> None:
    assert len(translations("oxygen and bread " * 500)) == 40
