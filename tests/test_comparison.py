"""Configurations side by side: runs over a real small library, and the comparison of scripted ones."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag_app.errors import QuestionSetError, SettingsError, Stopped
from rag_app.evaluation.comparison import Asked, Comparison, Run, compare, comparison
from rag_app.evaluation.configurations import CONFIGURATIONS, Configuration, configuration
from rag_app.evaluation.figures import figures
from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion
from rag_app.evaluation.runner import Read, building
from rag_app.evaluation.statistics import Interval
from rag_app.evaluation.tables import aligned, figure_rows, heading, markdown
from rag_app.library import Library
from rag_app.settings import Settings
from tests.made_files import pdf
from tests.small_library import small_library

NORMANS = "The Normans came from Scandinavia. Rollo was the leader of the Norman settlers."
DOCUMENTS = (
    SetDocument("normans", "Normans", NORMANS),
    SetDocument("oxygen", "Oxygen", "Oxygen is a chemical element. It has the symbol O."),
)
QUESTIONS = (
    SetQuestion("1", "Who was the leader of the Norman settlers?", ("Rollo",), ("normans",), True),
    SetQuestion("2", "What is the symbol of oxygen?", ("O",), ("oxygen",), True),
    SetQuestion("3", "Where is Lisbon?", (), (), False),
)


class Opened:
    """Opens small libraries below a folder and remembers which."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []

    def __call__(self, question_set: QuestionSet, configuration: Configuration) -> Library:
        self.names.append(f"set{configuration.library_name}")
        return small_library(self.folder / self.names[-1], **configuration.changes)


def question_set(folder: Path) -> QuestionSet:
    return QuestionSet(folder / "set", DOCUMENTS, QUESTIONS)


def test_each_configuration_is_asked_and_told_of_and_the_comparison_comes_last(tmp_path: Path) -> None:
    names = [configuration("never-refuse"), Configuration("always-refuse", {"refusal_threshold": 1.0})]
    events = list(compare(question_set(tmp_path), names, Opened(tmp_path), limit=2))
    assert [(event.configuration, event.done, event.total) for event in events if isinstance(event, Asked)] == [
        ("never-refuse", 1, 2),
        ("never-refuse", 2, 2),
        ("always-refuse", 1, 2),
        ("always-refuse", 2, 2),
    ]
    assert [event.name for event in events if isinstance(event, Run)] == ["never-refuse", "always-refuse"]
    assert events[:3] == [Read(0, 2), Read(1, 2), Read(2, 2)]
    assert isinstance(events[5], Run) and isinstance(events[-1], Comparison)
    never, always = events[-1].runs
    assert (never.figures["answered"].value, always.figures["answered"].value) == (1.0, 0.0)
    assert always.settings.refusal_threshold == 1.0


def test_documents_of_a_set_that_are_all_read_are_left_as_they_are(tmp_path: Path) -> None:
    opened, whole = Opened(tmp_path), question_set(tmp_path)
    with closing(opened(whole, configuration("default"))) as library:
        list(building(library, whole))
        before = library._store.revision()
        assert list(building(library, whole)) == [Read(0, 2), Read(1, 2), Read(2, 2)]
        assert library._store.revision() == before


def test_reading_the_documents_of_a_set_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    looks = iter([False] * 2)  # for the first document: when its tokens are counted, and before it is embedded
    opened, everything = Opened(tmp_path), [configuration("default")]
    with pytest.raises(Stopped):
        list(compare(question_set(tmp_path), everything, opened, stop=lambda: next(looks, True)))
    with closing(opened(question_set(tmp_path), everything[0])) as library:
        assert [document.name for document in library.documents()] == ["Normans"]
    *_, found = compare(question_set(tmp_path), everything, opened)
    assert isinstance(found, Comparison)


def test_reading_the_files_of_a_set_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "set" / "pdf").mkdir(parents=True)
    (tmp_path / "set" / "pdf" / "a.pdf").write_bytes(pdf(NORMANS))
    pages = QuestionSet(tmp_path / "set", (SetDocument("a#1", "", "", "a.pdf", 1),), QUESTIONS)
    with pytest.raises(Stopped):
        list(compare(pages, [configuration("default")], Opened(tmp_path), stop=lambda: True))


def test_settings_that_are_not_stored_share_a_library_and_others_have_their_own(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    configurations = [
        configuration("default"),
        configuration("never-refuse"),
        Configuration("short", {"passage_tokens": 50, "overlap_tokens": 0}),
    ]
    *_, found = compare(question_set(tmp_path), configurations, opened, retrieval_only=True)
    assert opened.names == ["set", "set", "set+passage_tokens=50+overlap_tokens=0"]
    assert isinstance(found, Comparison)
    assert [set(line) for line in found.runs[2].lines] == [{"id", "hits", "query", "timings_ms"}] * 3


def test_an_unknown_configuration_is_refused_with_the_list() -> None:
    with pytest.raises(SettingsError, match=r"no configuration 'nonsense'; known are: default, quoted, written, never-refuse"):
        configuration("nonsense")


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_every_configuration_is_of_known_settings(name: str) -> None:
    assert Settings().changed(**configuration(name).changes)


def scripted(name: str, found: list[list[str]], folder: Path) -> Run:
    lines: tuple[dict[str, Any], ...] = tuple(
        {"id": question.id, "hits": [{"doc_id": hit, "score": 1.0} for hit in hits], "timings_ms": {"total": 1.0}}
        for question, hits in zip(QUESTIONS, found)
    )
    return Run(Configuration(name, {}), Settings(), lines, figures(question_set(folder), lines))


def test_differences_are_to_the_first_with_interval_and_test(tmp_path: Path) -> None:
    """Both questions have their document first, against second: hit@1 0 to 1; of four exchanges two are as far apart."""
    worse = scripted("worse", [["oxygen", "normans"], ["normans", "oxygen"]], tmp_path)
    better = scripted("better", [["normans"], ["oxygen"]], tmp_path)
    found = comparison(question_set(tmp_path), [worse, better])
    first, second = (measured["hit@1"] for measured in found.measured)
    assert (first.value, first.difference) == (0.0, None)
    assert second.interval == Interval(1.0, 1.0)
    assert second.difference is not None
    assert (second.difference.value, second.difference.interval, second.difference.p) == (1.0, Interval(1.0, 1.0), 0.5)


def test_tables_show_the_figures_side_by_side(tmp_path: Path) -> None:
    worse = scripted("worse", [["oxygen", "normans"], ["normans", "oxygen"]], tmp_path)
    better = scripted("better", [["normans"], ["oxygen"]], tmp_path)
    found = comparison(question_set(tmp_path), [worse, better])
    rows = [heading(found), *figure_rows(found)]
    assert rows[0] == ("figure", "worse", "better", "better - worse", "p")
    assert rows[2] == (
        "hit@1",
        "0.0000 [0.0000, 0.0000]",
        "1.0000 [1.0000, 1.0000]",
        "+1.0000 [1.0000, 1.0000]",
        "0.5000",
    )
    assert aligned([("a", "b"), ("long", "c")]) == "a     b\nlong  c"
    assert markdown([("a", "b"), ("c", "d")]) == "| a | b |\n|---|---|\n| c | d |"


def test_one_configuration_alone_has_intervals_only(tmp_path: Path) -> None:
    found = comparison(question_set(tmp_path), [scripted("alone", [["normans"], ["normans"]], tmp_path)])
    assert heading(found) == ("figure", "alone")
    assert next(figure_rows(found)) == ("mrr@10", "0.5000 [0.0000, 1.0000]")


def test_a_question_that_cannot_be_asked_has_no_hits_and_counts_as_refused(tmp_path: Path) -> None:
    empty = QuestionSet(tmp_path / "set", DOCUMENTS, (SetQuestion("1", " ", ("O",), ("oxygen",), True), *QUESTIONS[1:]))
    events = list(compare(empty, [Configuration("all", {})], Opened(tmp_path)))
    assert isinstance(events[-1], Comparison)
    first, *others = events[-1].runs[0].lines
    assert (first["hits"], first["abstained"], first["answer"]) == ([], True, "")
    assert all(line["hits"] for line in others)


def test_nothing_in_a_set_keeps_a_question_from_its_line(tmp_path: Path) -> None:
    odd = (SetDocument("nothing", "", ""), SetDocument("normans again", "Normans", NORMANS))
    questions = (
        SetQuestion("unknown", "Who came?", (), (), True, given=("gone",)),
        SetQuestion("without text", "Who came?", (), (), True, given=("nothing",)),
        SetQuestion("in part", "Who came?", (), (), True, given=("gone", "normans")),
        SetQuestion("elsewhere", "Who came?", (), (), True, document_name="gone"),
        *QUESTIONS,
    )
    odd_set = QuestionSet(tmp_path / "set", (*DOCUMENTS, *odd), questions)
    *_, found = compare(odd_set, [Configuration("all", {})], Opened(tmp_path), in_document=True)
    assert isinstance(found, Comparison)
    lines = {line["id"]: line for line in found.runs[0].lines}
    assert list(lines) == [question.id for question in questions]
    assert [lines[name]["hits"] for name in ("unknown", "without text", "elsewhere")] == [[], [], []]
    assert [lines[name]["abstained"] for name in ("unknown", "without text", "elsewhere")] == [True, True, True]
    assert [hit["doc_id"] for hit in lines["in part"]["hits"]] == ["normans", "normans again"]


def test_pages_of_a_file_that_cannot_be_read_are_not_found_and_the_others_are(tmp_path: Path) -> None:
    folder = tmp_path / "set" / "pdf"
    folder.mkdir(parents=True)
    for name, content in (("a.pdf", pdf(NORMANS)), ("twin.pdf", pdf(NORMANS)), ("bad.pdf", b"%PDF-1.4 nothing")):
        (folder / name).write_bytes(content)
    documents = [SetDocument(f"{name}#p1", name, "", f"{name}.pdf", 1) for name in ("a", "twin", "bad", "gone")]
    questions = (
        SetQuestion("1", "Who was Rollo?", (), ("a#p1",), True, document_name="a"),
        SetQuestion("2", "Who was Rollo?", (), ("bad#p1",), True, document_name="bad"),
    )
    pages = QuestionSet(tmp_path / "set", tuple(documents), questions)
    *events, found = compare(pages, [Configuration("all", {})], Opened(tmp_path), in_document=True)
    assert isinstance(found, Comparison)
    told = [event for event in events if isinstance(event, Read)]
    assert [event.done for event in told if not event.within] == [0, 1, 2, 3]
    assert all(0 < event.within <= 1 for event in told if event not in [Read(done, event.total) for done in range(4)])
    assert any(event.within > 0.5 for event in told)
    first, second = found.runs[0].lines
    assert ([hit["doc_id"] for hit in first["hits"]], second["hits"]) == (["a#p1", "twin#p1"], [])
    with pytest.raises(QuestionSetError, match=r"gone.pdf of the set could not be read"):
        list(compare(QuestionSet(tmp_path / "set", (documents[-1],), questions), [Configuration("all", {})], Opened(tmp_path)))
