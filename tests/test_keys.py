"""What the codes of a table mean is quoted behind the row that a code answers in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.keys import with_keys
from rag_app.records import Evidence, Passage, StoredPassage, Table
from tests.made_files import write
from tests.real_library import real_library

ROWS = "Name | Mon | Tue\nOlsen | E | N\nKatz | N | 休"


def document(below: str) -> StoredPassage:
    """A page that begins with a rota, with what stands below that."""
    text = f"{ROWS}\n{below}"
    tables = (Table(text.index("\n") + 1, len(ROWS), "Name | Mon | Tue"),)
    return StoredPassage(1, "rota.txt", "", Passage("d", 1, 0, len(text), (), text, tables=tables))


def row(stored: StoredPassage, text: str, span: str) -> Evidence:
    start = stored.passage.text.index(text)
    return Evidence(stored, start, start + len(text), text, 0.9, span, text.index(span))


def told(selected: Sequence[Evidence], stored: StoredPassage) -> list[str]:
    return [one.text for one in with_keys(selected, lambda document: [stored])]


@pytest.mark.parametrize(
    ("below", "key"),
    [
        ("E = early\nN = night, 21:45 to 6:45\nO = off", "N = night, 21:45 to 6:45"),
        ("E = early, 6:30 N = night, 21:45 O = off", "N = night, 21:45"),
        ("Shifts: E is early, N is night, O is off.", "N is night"),
        ("E：早班 7:00–15:00 N：夜班 23:00–7:00", "N：夜班 23:00–7:00"),
        ("(E=early, N=night, O=off)", "N=night"),
        ("• E – early shift\n• N – night shift", "N – night shift"),
        ("Code | Meaning\nE | early\nN | night", "N | night"),
        ("E = early\nAnn: N = never", "N = never"),
    ],
)
def test_what_a_code_means_is_told_behind_the_row(below: str, key: str) -> None:
    stored = document(below)
    (answer,) = [row(stored, "Olsen | E | N", "N")]
    assert told([answer], stored) == ["Olsen | E | N", key]
    found = with_keys([answer], lambda document: [stored])[1]
    assert stored.passage.text[found.start : found.end] == found.text and not found.span


@pytest.mark.parametrize(
    ("below", "key"), [("早班7点，夜班22点，休为休息", "休为休息"), ("休：全天休息\n早：7点", "休：全天休息")]
)
def test_a_chinese_code_is_told_as_well(below: str, key: str) -> None:
    stored = document(below)
    assert told([row(stored, "Katz | N | 休", "休")], stored) == ["Katz | N | 休", key]


@pytest.mark.parametrize("below", ["All are early or late.", "E = early", "Note: Nobody works at night.", f"N = {'night ' * 20}"])
def test_where_nothing_says_what_a_code_means_the_row_stands_alone(below: str) -> None:
    stored = document(below)
    assert told([row(stored, "Olsen | E | N", "N")], stored) == ["Olsen | E | N"]


def test_what_no_code_answers_or_what_is_said_already_gets_no_key() -> None:
    stored = document("E = early\nN = night")
    assert told([row(stored, "Olsen | E | N", "Olsen")], stored) == ["Olsen | E | N"]
    both = [row(stored, "E = early\nN = night", "night"), row(stored, "Olsen | E | N", "N")]
    assert told(both, stored) == [one.text for one in both]
    assert told(both[::-1], stored) == ["Olsen | E | N", "N = night"]
    rows = [row(stored, "Olsen | E | N", "N"), row(stored, "Katz | N | 休", "N")]
    assert told(rows, stored) == ["Olsen | E | N", "N = night", "Katz | N | 休"]


def test_the_shift_of_a_rota_is_answered_with_its_row_and_its_key(tmp_path: Path) -> None:
    rows = "| Name | Mon | Tue |\n|---|---|---|\n| Olsen | E | N |\n| Katz | N | O |\n"
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "rota.md", f"# Rota\n\n{rows}\nE = early, 6:30\nN = night, 21:45\nO = off\n")])
        for _ in library.work():
            pass
        answer = list(library.ask("What is Olsen down for on Tuesday?"))[-1]
    assert [one.text for one in answer.sentences] == ["Olsen | E | N", "N = night, 21:45"]


@pytest.mark.parametrize(
    ("question", "key"),
    [("What does N stand for in the rota?", "N = night, 21:45"), ("What is O?", "O = off"), ("What does S mean?", "")],
)
def test_what_a_code_means_is_told_where_that_is_asked(tmp_path: Path, question: str, key: str) -> None:
    rows = "| Name | Mon | Tue |\n|---|---|---|\n| Olsen | E | N |\n| Katz | N | O |\n"
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "rota.md", f"# Rota\n\n{rows}\nE = early, 6:30\nN = night, 21:45\nO = off\n")])
        for _ in library.work():
            pass
        answer = list(library.ask(question))[-1]
    assert (answer.sentences[0].text if answer.sentences else "") == key
