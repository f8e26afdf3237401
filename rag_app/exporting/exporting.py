"""Which formats there are, and the name of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from rag_app.exporting.labels import LABELS, Labels
from rag_app.exporting.markdown import markdown
from rag_app.exporting.pdf import View, pdf
from rag_app.records import Conversation, Export, ExportFormat, Turn

LONGEST_NAME = 60
JSON_FORMAT = "footnote-conversation-1"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: the end of its files' names, its media type, and what writes it."""

    suffix: str
    media_type: str
    write: Callable[[Conversation, Sequence[Turn], Labels, View], bytes]


def export(conversation: Conversation, turns: Sequence[Turn], view: View, *, format: ExportFormat, language: str) -> Export:
    """The conversation in `format`, labelled in `language` (en or zh).

    `view` gives a cited page (document, page, start, end); it raises `LibraryError` for one that is gone.
    """
    kind = FORMATS[format]
    content = kind.write(conversation, turns, LABELS[language], view)
    name = " ".join(_NOT_IN_NAMES.sub(" ", conversation.title).split())[:LONGEST_NAME].strip(" .") or "conversation"
    return Export(name + kind.suffix, kind.media_type, content)


def _markdown(conversation: Conversation, turns: Sequence[Turn], labels: Labels, view: View) -> bytes:
    return markdown(conversation, turns, labels).encode("utf-8", "replace")


def _json(conversation: Conversation, turns: Sequence[Turn], labels: Labels, view: View) -> bytes:
    """Everything that was kept of each answer: the query, evidence, hits, verdicts, confidence, times, and the rating."""
    values = [asdict(turn) | {"text": turn.answer.text} for turn in turns]
    value = {"format": JSON_FORMAT, **asdict(conversation), "turns": values}
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")


FORMATS: Mapping[ExportFormat, _Format] = {
    ExportFormat.MARKDOWN: _Format(".md", "text/markdown", _markdown),
    ExportFormat.JSON: _Format(".json", "application/json", _json),
    ExportFormat.PDF: _Format(".pdf", "application/pdf", pdf),
}
