"""How the letters of an OpenDocument look, by its styles: raised, or struck out."""

from __future__ import annotations

import re

from rag_app.parsing.package import Node, attribute

_RAISED = re.compile("super|[1-9]")  # or by how many percent
_LINES = ("text-line-through-style", "text-line-through-type", "text-crossing-out")
_NONE = "none"


class Looks:
    """What the styles of some parts say of the letters; of two styles with one name that of the later part counts."""

    def __init__(self, *parts: Node | None) -> None:
        self._raised = dict[str, bool]()
        self._struck = dict[str, bool]()
        self._parents = dict[str, str]()
        for part in parts:
            self.add(part)

    @property
    def are_plain(self) -> bool:
        """Whether no style raises letters or strikes them out."""
        return not self._raised and not self._struck

    def add(self, part: Node | None) -> None:
        """Take in the styles of a part, or a style."""
        for style in part.iter("{*}style") if part is not None else ():
            name = attribute(style, "name")
            self._parents[name] = attribute(style, "parent-style-name")
            for look in style.iterfind("{*}text-properties"):
                if position := attribute(look, "text-position"):
                    self._raised[name] = _RAISED.match(position) is not None
                if lines := [line for line in (attribute(look, sign) for sign in _LINES) if line]:
                    self._struck[name] = _NONE not in lines

    def is_raised(self, node: Node) -> bool:
        """Whether the style that an element names raises its letters."""
        return self._said(self._raised, attribute(node, "style-name"), False)

    def is_struck(self, node: Node, around: bool = False) -> bool:
        """Whether the style that an element names strikes its letters out; where it says nothing, what holds `around` it."""
        return self.strikes(attribute(node, "style-name"), around)

    def strikes(self, style: str, around: bool = False) -> bool:
        """Whether a style strikes letters out; where neither it nor one above it says so or not, what holds `around`."""
        return self._said(self._struck, style, around)

    def _said(self, said: dict[str, bool], style: str, otherwise: bool) -> bool:
        for _ in range(len(self._parents) if said else 0):
            if style in said:
                return said[style]
            if not (style := self._parents.get(style, "")):
                break
        return otherwise
