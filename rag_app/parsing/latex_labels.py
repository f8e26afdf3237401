"""The lists of LaTeX that are open, and how the items of numbered ones are labelled: as LaTeX does, or as their option says."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag_app.parsing.docx_numbering import ITEM_NUMBERS
from rag_app.parsing.latex_words import NUMBERED

_KINDS = {"arabic": "1", "alph": "a", "Alph": "A", "roman": "i", "Roman": "I"}
_BY_DEPTH, _IN_BRACKETS = "1aiA", 2  # of a list, of one within it, and so on; the depth of (a)
_OWN = re.compile(r"label\s*=\s*((?:[^,{}\[\]]|\{(?:[^{}]|\{[^{}]*\})*\})*)")
_COUNTER = re.compile(rf"\\({'|'.join(_KINDS)})(?:\*|\s*\{{\w*\}})")
_SHORT = re.compile(r"([^AaIi1=\\{}]*)([AaIi1])([^\w=\\{}]*)")  # of the package enumerate: [(a)], [Step 1.]
_START = re.compile(r"start\s*=\s*(\d{1,6})")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|[{}\\]")


class OpenLists:
    """Lists within each other."""

    def __init__(self) -> None:
        self._open = list[tuple[str, int, Callable[[int], str]]]()  # kind, number of the last item, label of one

    @property
    def kind(self) -> str:
        """That of the innermost list, or nothing."""
        return self._open[-1][0] if self._open else ""

    def begin(self, kind: str, option: str) -> None:
        depth = 1 + sum(outer in NUMBERED for outer, _, _ in self._open)
        self._open.append((kind, 0, _label(option, depth)))

    def end(self) -> None:
        self._open.pop()

    def next_label(self) -> str:
        """The label of the next item of the innermost list; nothing where it has no numbers."""
        if self.kind not in NUMBERED:
            return ""
        kind, count, label = self._open[-1]
        self._open[-1] = (kind, count + 1, label)
        return label(count + 1)


def _label(option: str, depth: int) -> Callable[[int], str]:
    """The label of each item, counted from 1, of a numbered list with an `option`; `depth` is 1 where it is in no other one."""
    start, own, short = _START.search(option), _OWN.search(option), _SHORT.fullmatch(option.strip().strip("[]"))
    counter = _COUNTER.search(own[1]) if own else None
    if own and counter:
        before, kind, behind = own[1][: counter.start()], _KINDS[counter[1]], own[1][counter.end() :]
    elif short:
        before, kind, behind = short.groups()
    else:
        kind = _BY_DEPTH[min(depth, len(_BY_DEPTH)) - 1]
        before, behind = ("(", ")") if depth == _IN_BRACKETS else ("", ".")
    written, first = ITEM_NUMBERS.get(kind, str), int(start[1]) if start else 1
    return lambda count: f"{_COMMAND.sub('', before)}{written(first - 1 + count)}{_COMMAND.sub('', behind)}"
