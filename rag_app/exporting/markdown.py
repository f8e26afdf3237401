"""A conversation as Markdown with footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_app.exporting.labels import Labels
from rag_app.records import Conversation, Turn
from rag_app.text.markdown import escaped


def markdown(conversation: Conversation, turns: Sequence[Turn], labels: Labels) -> str:
    """A heading for each question, the answer with its footnote marks, and the footnotes of all answers below theirs."""
    parts = [f"# {escaped(conversation.title)}"]
    for number, turn in enumerate(turns, start=1):
        parts += _turn(number, turn, labels)
    return "\n\n".join((*parts, "---", f"*{labels.made}*")) + "\n"


def _turn(number: int, turn: Turn, labels: Labels) -> Iterator[str]:
    """The parts of a turn. A footnote is named by its turn and number, so that it has no namesake in the file."""
    answer = turn.answer
    yield f"## {escaped(answer.question)}"
    yield from (f"*{escaped(sentence)}*" for sentence in labels.about(answer))
    if answer.abstained:
        if answer.evidence:
            yield labels.closest
            yield "\n".join(f"- {escaped(labels.place_of(found))}: “{escaped(found.text)}”" for found in answer.evidence)
        return
    if answer.sentences:
        yield answer.marked(lambda cited: f"[^{number}-{cited}]", escaped)
    for citation in answer.citations:
        yield f"[^{number}-{citation.number}]: {escaped(labels.place(citation))}: “{escaped(citation.in_context)}”"
