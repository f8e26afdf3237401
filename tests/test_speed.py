"""How fast a model reads and writes, measured on a scripted one and on the one that comes along."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.generation import ScriptedGenerator, measure_speed
from rag_app.generation.speed import MOST_ROUNDS
from rag_app.library import never
from rag_app.records import ChatMessage


def test_speed_is_told_ever_more_exactly() -> None:
    asked: list[str] = []

    def reply(messages: Sequence[ChatMessage]) -> str:
        asked.append(messages[0].content)
        return "The river rose and the villages slept."

    *before, last = measure_speed(ScriptedGenerator(reply), never)
    assert [speed.finished for speed in before] == [False] * 2 * MOST_ROUNDS
    assert before[0].reading > 0 and before[0].writing == 0
    assert last.finished and last.reading > 0 and last.writing > 0
    assert len({question[:8] for question in asked}) == MOST_ROUNDS


def test_stopped_measurement_ends_at_once() -> None:
    (only,) = measure_speed(ScriptedGenerator(lambda messages: "word " * 50), lambda: True)
    assert (only.reading, only.writing, only.finished) == (0, 0, True)


def test_model_that_says_nothing_has_no_speed() -> None:
    *_, last = measure_speed(ScriptedGenerator(lambda messages: ""), never)
    assert (last.reading, last.writing, last.finished) == (0, 0, True)
