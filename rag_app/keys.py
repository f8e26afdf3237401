"""What the codes of a table mean (N of a rota, by "N = night" below it): what says so is quoted behind the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rag_app.records import Evidence, StoredPassage
from rag_app.text.cells import row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.folding import fold

# Letters or a sign that stand for something else: E, LD, N2, 休, ✓.
_CODE = r"[A-Za-z]{1,3}\d?|[\u3400-\u9fff]|[^\w\s.,;:?!/|()\[\]–—-]{1,2}"
_MEANS = r" [–—-](?= )| \|(?= )| (?:means?|is|stands for)(?= )|\s?(?:是指?|为|代?表示?|指)"
_KEY = re.compile(
    rf"(?:^|(?<=[,，;；、.。:：(（]))[ •*-]*(?P<code>{_CODE})(?:{_MEANS})(?=\s?\S)"
    rf"|(?<![^\s(（,，;；、。.])(?P<named>{_CODE})\s?[=:：→](?=\s?\S)"
)
_LINE, _BEHIND = re.compile(r"[^\n]+"), " \t,，;；、.。"
_LONGEST = 80  # characters of what a code means
Passages = Callable[[str], Sequence[StoredPassage]]  # those of a document


def with_keys(selected: Sequence[Evidence], passages: Passages) -> tuple[Evidence, ...]:
    """`selected`, where a code answers in a row of a table with what its document says that the code means behind the row, unless
    that was told before. What says there what other codes mean, alone or with it, is left out behind that."""
    kept, keys = list[Evidence](), list[Evidence]()
    for one in selected:
        document = one.stored.passage.document_id
        if _KEY.match(one.text) and any(key.stored.passage.document_id == document for key in keys):
            continue
        kept.append(one)
        key = next(_keys_of(one, passages), None) if _is_code(one) else None
        if key and not any(key.text in " ".join(other.text.split("\n")) for other in kept):
            kept.append(key)
            keys.append(key)
    return tuple(kept)


def is_key_of(code: str, text: str) -> bool:
    """Whether a text begins with what a `code`, folded, means."""
    key = _KEY.match(text)
    return key is not None and fold(key[key.lastindex or 0]) == code


def _is_code(row: Evidence) -> bool:
    """Whether what answers in a row is a code, a cell by itself."""
    cells = row_of(row.stored.passage, row.start, row.end)
    return re.fullmatch(_CODE, row.span) is not None and row.span in (cell for _, cell in cells[1:])


def _keys_of(row: Evidence, passages: Passages) -> Iterator[Evidence]:
    """What the document of a row says that the code in it means, in a line of its own, in one of several or in another table."""
    own = row.text.split(BETWEEN_CELLS)
    for stored in passages(row.stored.passage.document_id):
        passage = stored.passage
        for line in _LINE.finditer(passage.text):
            starts = [(key[at], key.start(at)) for key in _KEY.finditer(line.group()) for at in (key.lastindex or 0,)]
            for (code, start), (_, end) in pairwise([*starts, ("", len(line.group()))]):
                text = line.group()[start:end].rstrip(_BEHIND)
                if code == row.span and len(text) <= _LONGEST and len(text.split(BETWEEN_CELLS)) < len(own):
                    first = passage.start + line.start() + start
                    yield replace(row, stored=stored, start=first, end=first + len(text), text=text, span="", span_at=0)
