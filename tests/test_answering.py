"""From a question to a checked answer: what is kept, replaced, withheld, refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag_app.answering import Answering
from rag_app.errors import ModelError
from rag_app.generation import ScriptedGenerator
from rag_app.interfaces import Generator, Reader
from rag_app.overview import Overview
from rag_app.prompting import EVIDENCE_TOKENS, TEMPLATE_TOKENS
from rag_app.reading import WordReader
from rag_app.records import Answer, ChatMessage, Reading, Scope, Verdict
from rag_app.retrieval import Retrieval
from rag_app.store import Store
from tests.small_library import EMBEDDER, retrieval_over

TEXTS = {
    "normans.txt": "The Normans came from Scandinavia. Rollo was the leader of 911 Norman settlers. They spoke Old Norse.",
    "oxygen.txt": "Oxygen is a chemical element with the symbol O.",
    "luoluo.txt": "诺曼人来自北欧。罗洛是诺曼人的首领。",
}
QUESTION = "Who was the leader of the Norman settlers?"


def never() -> bool:
    return False


def no_generator() -> Generator:
    raise ModelError("The model is missing.")


def answering(
    folder: Path,
    reply: str | None = None,
    *,
    mode: str = "written",
    languages: tuple[str, ...] = ("en",),
    threshold: float = 0.0,
    texts: Mapping[str, str] = TEXTS,
    reader: Reader | None = None,
) -> Answering:
    generator: Callable[[], Generator] = no_generator
    if reply is not None:
        scripted = ScriptedGenerator(lambda messages: reply, languages=languages)
        generator = lambda: scripted  # noqa: E731
    return _over(*retrieval_over(folder, texts), generator, reader, mode=mode, threshold=threshold)


def _over(
    retrieval: Retrieval,
    store: Store,
    generator: Callable[[], Generator],
    reader: Reader | None = None,
    *,
    mode: str = "written",
    threshold: float = 0.0,
) -> Answering:
    overview = Overview(store, EMBEDDER)
    return Answering(
        retrieval, EMBEDDER, generator, reader, overview=overview, mode=mode, answer_tokens=100, refusal_threshold=threshold
    )


def last(answers: Answering, question: str = QUESTION) -> Answer:
    *_, answer = answers.ask(question, scope=Scope(), stop=never)
    assert answer.finished
    return answer


def test_a_supported_sentence_is_kept_with_a_footnote_to_the_very_words(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader of the settlers."))
    (sentence,) = answer.sentences
    assert (sentence.text, sentence.verdict) == ("Rollo was the leader of the settlers.", Verdict.SUPPORTED)
    (citation,) = sentence.citations
    assert (citation.number, citation.document_name, citation.page) == (1, "normans.txt", 1)
    assert citation.quote == "Rollo was the leader of 911 Norman settlers."
    assert TEXTS["normans.txt"][citation.start : citation.end] == citation.quote


def test_an_invented_sentence_gives_way_to_the_documents_own_words(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader of 4000 settlers."))
    (sentence,) = answer.sentences
    assert (sentence.text, sentence.verdict) == ("Rollo was the leader of 911 Norman settlers.", Verdict.REPLACED)
    assert sentence.written == "Rollo was the leader of 4000 settlers."


def test_where_no_written_sentence_can_be_kept_the_likeliest_evidence_stands_first(tmp_path: Path) -> None:
    texts = {"normans.txt": "Rollo was the leader of 911 Norman settlers. Harald was the leader of 912 Norman settlers."}
    answer = last(answering(tmp_path, "Harald was the leader of 4000 settlers.", texts=texts))
    assert [(sentence.text.split()[0], sentence.written) for sentence in answer.sentences] == [
        ("Rollo", ""),
        ("Harald", "Harald was the leader of 4000 settlers."),
    ]
    assert [citation.number for citation in answer.citations] == [1, 2]


def test_a_sentence_about_something_else_is_withheld_and_the_best_evidence_quoted(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Bananas grow in Brazil."))
    assert answer.withheld == ("Bananas grow in Brazil.",)
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader of 911 Norman settlers."]


def test_a_sentence_said_twice_is_shown_once(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader. Rollo was the leader."))
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader."]


def test_a_sentence_with_the_same_content_words_is_said_once(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader. Rollo was a leader."))
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader."]


def test_markup_and_chat_tokens_of_the_model_are_neither_shown_nor_checked(tmp_path: Path) -> None:
    replies = ("- **Rollo was the leader.<|im_end|>", "[Rollo](http://evil.example) was the leader. ![a](http://evil.example/")
    for number, reply in enumerate(replies):
        answers = list(answering(tmp_path / str(number), reply).ask(QUESTION, scope=Scope(), stop=never))
        assert [sentence.text for sentence in answers[-1].sentences] == ["Rollo was the leader."]
        assert not any(mark in answer.draft for answer in answers for mark in ("**", "<|", "]("))


def test_footnotes_are_numbered_as_they_appear_and_the_same_place_keeps_its_number(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "They spoke Old Norse. Rollo was the leader. Rollo was the leader of 911 Norman settlers."))
    assert [c.number for sentence in answer.sentences for c in sentence.citations] == [1, 2, 2]


def test_what_stands_before_the_answer_is_neither_checked_nor_shown(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Based on the text, Rollo was the leader."))
    assert [(sentence.text, sentence.verdict) for sentence in answer.sentences] == [("Rollo was the leader.", Verdict.SUPPORTED)]


def test_marks_alone_are_no_sentence(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader. ... !\n\n---\n"))
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader."]
    assert answer.withheld == ()


def test_the_draft_is_seen_before_it_is_checked(tmp_path: Path) -> None:
    answers = list(answering(tmp_path, "Rollo was the leader. Bananas grow.").ask(QUESTION, scope=Scope(), stop=never))
    drafts = [answer.draft for answer in answers]
    assert "Rollo was" in drafts
    assert drafts[-1] == ""
    assert [answer.finished for answer in answers].count(True) == 1


def test_stop_ends_the_answer_and_keeps_what_was_checked(tmp_path: Path) -> None:
    shown: dict[str, Answer] = {}

    def one_sentence_is_shown() -> bool:
        return "last" in shown and len(shown["last"].sentences) == 1

    answers = answering(tmp_path, "Rollo was the leader. They spoke Old Norse. They came from Scandinavia.")
    for answer in answers.ask(QUESTION, scope=Scope(), stop=one_sentence_is_shown):
        shown["last"] = answer
    assert shown["last"].finished and shown["last"].stopped and not shown["last"].abstained
    assert [sentence.text for sentence in shown["last"].sentences] == ["Rollo was the leader."]


def test_a_question_in_a_language_the_model_cannot_write_is_answered_in_quotes(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "I do not know."), "谁是诺曼人的首领？")
    assert answer.sentences[0].text == "罗洛是诺曼人的首领。"
    assert {sentence.verdict for sentence in answer.sentences} == {Verdict.QUOTED}
    assert answer.model == ""


def test_quoting_needs_no_model_and_stays_in_one_document(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, mode="quoted"))
    assert answer.sentences[0].text == "Rollo was the leader of 911 Norman settlers."
    assert {c.document_name for s in answer.sentences for c in s.citations} == {"normans.txt"}


def test_below_the_threshold_it_says_so_and_shows_the_closest_evidence(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, mode="quoted", threshold=1.0))
    assert answer.abstained and answer.text == "" and answer.sentences == ()
    assert answer.evidence[0].stored.document_name == "normans.txt"


def test_an_empty_library_abstains(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, mode="quoted", texts={}))
    assert answer.abstained and answer.confidence == 0.0


def test_a_missing_model_is_a_sentence_when_it_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        last(answering(tmp_path))


def test_timings_tell_the_first_word_and_the_whole(tmp_path: Path) -> None:
    timings = last(answering(tmp_path, "Rollo was the leader.")).timings
    assert 0 < timings.search <= timings.first_token <= timings.answer == timings.total


def test_what_the_reader_takes_for_the_answer_is_quoted_and_marked(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, mode="quoted", reader=WordReader()))
    assert answer.sentences[0].text == "Rollo was the leader of 911 Norman settlers."
    assert "Rollo" in answer.evidence[0].span
    assert answer.sentences[0].span == answer.evidence[0].span
    assert {sentence.span for sentence in answer.sentences[1:]} <= {""}
    assert answer.evidence[0].score > answer.evidence[1].score


def test_the_place_of_what_is_marked_is_that_in_the_quote_in_one_line(tmp_path: Path) -> None:
    text = "He who was the leader of the 911 Norman settlers\nwas   Rollo."
    answer = last(answering(tmp_path, mode="quoted", texts={"normans.txt": text}, reader=SureReader("Rollo")))
    evidence, [sentence] = answer.evidence[0], answer.sentences
    assert evidence.text[evidence.span_at :] == "Rollo."
    assert (sentence.text[sentence.span_at :], sentence.span) == ("Rollo.", "Rollo")
    assert len(sentence.text) < len(evidence.text)


def test_a_written_answer_without_what_the_reader_found_is_followed_by_the_documents_own_words(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "They spoke Old Norse.", reader=WordReader()))
    assert [sentence.verdict for sentence in answer.sentences] == [Verdict.SUPPORTED, Verdict.REPLACED]
    assert answer.sentences[1].text == "Rollo was the leader of 911 Norman settlers."


def test_where_nothing_written_can_be_kept_the_answer_is_what_would_be_quoted(tmp_path: Path) -> None:
    texts = {"normans.txt": "Rollo was the leader of 911 Norman settlers. Harald was the leader of Norman sailors."}
    written = last(answering(tmp_path / "written", "Bananas grow in Peru.", reader=WordReader(), texts=texts))
    quoted = last(answering(tmp_path / "quoted", mode="quoted", reader=WordReader(), texts=texts))
    assert len(quoted.sentences) == 2
    assert [sentence.text for sentence in written.sentences] == [sentence.text for sentence in quoted.sentences]
    assert written.withheld == ("Bananas grow in Peru.",)


def test_an_answer_out_of_less_likely_evidence_is_followed_by_the_likeliest(tmp_path: Path) -> None:
    texts = {"normans.txt": "Rollo was the leader of 911 Norman settlers. Harald was the leader of Norman sailors."}
    answer = last(answering(tmp_path, "Harald was the leader of Norman sailors.", reader=WordReader(), texts=texts))
    assert answer.evidence[1].score > 0.03
    assert [sentence.text for sentence in answer.sentences] == [
        "Harald was the leader of Norman sailors.",
        "Rollo was the leader of 911 Norman settlers.",
    ]


def test_an_invented_sentence_gives_way_only_to_words_that_are_likely_to_answer(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "They spoke 3 kinds of Old Norse.", reader=WordReader()))
    assert answer.withheld == ("They spoke 3 kinds of Old Norse.",)
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader of 911 Norman settlers."]


def test_a_written_answer_with_what_the_reader_found_stands_alone(tmp_path: Path) -> None:
    answer = last(answering(tmp_path, "Rollo was the leader.", reader=WordReader()))
    assert [sentence.text for sentence in answer.sentences] == ["Rollo was the leader."]


def test_evidence_that_does_not_fit_the_context_is_left_out_from_the_end(tmp_path: Path) -> None:
    prompts: list[str] = []

    def reply(messages: Sequence[ChatMessage]) -> str:
        prompts.append(messages[-1].content)
        return "Rollo was the leader."

    leaders = "Rollo was the leader of 911 Norman settlers. Harald was the leader of 912 Norman settlers."
    made = retrieval_over(tmp_path, {"normans.txt": leaders})
    roomy, narrow = ScriptedGenerator(reply), ScriptedGenerator(reply, context_tokens=TEMPLATE_TOKENS + 100 + 45)
    for generator in (roomy, narrow):
        last(_over(*made, lambda: generator))  # noqa: B023
    assert "Rollo" in prompts[0] and "Harald" in prompts[0]
    assert prompts[1].count("the leader of 91") == 1


def test_the_model_is_told_only_the_evidence_that_it_reads_soon_and_all_that_is_enough_is_quoted(tmp_path: Path) -> None:
    prompts: list[str] = []

    def reply(messages: Sequence[ChatMessage]) -> str:
        prompts.append(messages[-1].content)
        return "Nobody knows."

    north = " ".join(["north"] * (EVIDENCE_TOKENS // 3))
    leaders = (f"{name} was the leader of 911 Norman settlers in the {north}." for name in ("Rollo", "Harald", "Ivar"))
    made = retrieval_over(tmp_path, {"normans.txt": " ".join(leaders)})
    answer = last(_over(*made, lambda: ScriptedGenerator(reply)))
    assert prompts[0].count("the leader of 911") == 2
    assert [sentence.text.split()[0] for sentence in answer.sentences] == ["Rollo", "Harald", "Ivar"]


def test_question_that_asks_for_two_things_is_answered_with_a_sentence_for_each(tmp_path: Path) -> None:
    texts = {
        "book.txt": "Many people read the book. Goethe wrote Faust. It is long.",
        "town.txt": "Many people saw the town. Weimar was founded in 899. It is old.",
    }
    answers = answering(tmp_path, mode="quoted", texts=texts, reader=WordReader())
    told = [sentence.text for sentence in last(answers, "Who wrote Faust and when was Weimar founded?").sentences]
    assert told[:2] == ["Goethe wrote Faust.", "Weimar was founded in 899."]


def test_what_two_things_are_compared_by_is_told_where_that_of_each_is(tmp_path: Path) -> None:
    texts = {"emil.txt": "Emil was born in 1931. He baked bread.", "rosa.txt": "Rosa was born in 1928. She taught mathematics."}
    made = retrieval_over(tmp_path, texts)
    answers = _over(*made, no_generator, WordReader(), mode="quoted", threshold=0.01)
    answer = last(answers, "Who is older, Emil or Rosa?")
    assert [sentence.text for sentence in answer.sentences] == ["Emil was born in 1931.", "Rosa was born in 1928."]
    assert answer.confidence == last(answers, "When was Emil born?").confidence
    assert last(answers, "Who is older, Emil or Hans?").sentences == ()


def test_the_likeliest_sentence_comes_first_also_where_it_points_back_to_another(tmp_path: Path) -> None:
    text = "Rollo was the leader of those who speak Old Norse. He spoke Old Norse."
    answers = answering(tmp_path, mode="quoted", texts={"normans.txt": text}, reader=WordReader())
    answer = last(answers, "What did he speak, Old Norse?")
    assert answer.selected == 2
    assert [sentence.text for sentence in answer.sentences] == [
        "He spoke Old Norse.",
        "Rollo was the leader of those who speak Old Norse.",
    ]
    assert [bool(sentence.span) for sentence in answer.sentences] == [True, False]
    assert answer.citations[0].before == "Rollo was the leader of those who speak Old Norse."


def test_a_list_is_quoted_whole_with_one_footnote_and_its_items_are_not_shown_besides(tmp_path: Path) -> None:
    text = "The bus leaves at 8.\nEach child brings to the lake:\n• a jacket\n• shoes\n• lunch\nThe nurse is Ada Pryce."
    answer = last(
        answering(tmp_path, mode="quoted", texts={"trip.txt": text}, reader=WordReader()), "What does a child bring to the lake?"
    )
    whole = "Each child brings to the lake: • a jacket • shoes • lunch"
    assert answer.sentences[0].text == whole
    assert (
        answer.citations[0].quote == text[answer.citations[0].start : answer.citations[0].end] == "\n• ".join(whole.split(" • "))
    )
    assert not any(one.text in ("a jacket", "shoes", "lunch") for one in answer.evidence)


class SureReader(WordReader):
    """A reader that knows the answer."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        return tuple(_with(one, text, self._answer) for one, text in zip(super().read(question, contexts), contexts, strict=True))


def _with(reading: Reading, text: str, answer: str) -> Reading:
    more = np.array([9.0 * (text[start:end] == answer) for start, end in reading.offsets], np.float32)
    return replace(reading, begins=reading.begins + more, ends=reading.ends + more)


def test_an_answer_follows_a_name_into_another_document(tmp_path: Path) -> None:
    texts = {
        "lease.txt": "The landlord of the flat in Elm Street is Ada Pryce. The flat in Elm Street has a kitchen.",
        "Ada Pryce.txt": "Rain fell. Call 555.",
        **{f"{number}.txt": f"The flat in Elm Street {number} has a landlord." for number in range(2, 14)},
    }
    answers = answering(tmp_path, mode="quoted", texts=texts, reader=SureReader("555"))
    answer = last(answers, "What is the telephone number of the landlord of the flat in Elm Street?")
    assert "Ada Pryce.txt" not in {hit.stored.document_name for hit in answer.hits}
    told = [sentence.text for sentence in answer.sentences]
    assert told[:2] == ["The landlord of the flat in Elm Street is Ada Pryce.", "Call 555."]
    assert [sentence.span for sentence in answer.sentences[:2]] == ["", "555"]
