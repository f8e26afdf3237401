"""Parts of a web page that only lead elsewhere: navigation, tables of contents, and lists of links to places on the page."""

from __future__ import annotations

from dataclasses import replace

from rag_app.parsing.blocks import Block, Line
from rag_app.parsing.package import Node, local, walked

_LISTS = frozenset(("ul", "ol", "menu", "dl"))
_ROLES = ("navigation", "doc-toc")
_WHOLE = ("html", "body", "main", "article")
_FEWEST = 3
_LEAST_SHARE = 0.9


class Contents:
    """Knows, element by element as a page is walked, whether what stands there only leads elsewhere."""

    def __init__(self) -> None:
        self._leading: Node | None = None  # the outermost open element that only leads elsewhere
        self._open = 0  # lists

    @property
    def only_leads(self) -> bool:
        """Whether what is read now stands in such a part."""
        return self._leading is not None

    def begin(self, node: Node, name: str) -> None:
        """An element begins. Of lists within each other the outermost is looked at."""
        if self._leading is None and (_is_for_ways(node, name) or (name in _LISTS and not self._open and _is_contents(node))):
            self._leading = node
        self._open += name in _LISTS

    def end(self, node: Node, name: str) -> None:
        """An element ends."""
        self._open -= name in _LISTS
        if node is self._leading:
            self._leading = None


def read_whole(blocks: list[Block]) -> list[Block]:
    """The blocks of a page; where all only lead elsewhere, as what there is to be read."""
    if all(isinstance(block, Line) and block.only_leads for block in blocks):
        return [replace(block, only_leads=False) for block in blocks if isinstance(block, Line)]
    return blocks


def _is_for_ways(node: Node, name: str) -> bool:
    is_toc = "toc" in (node.get("class") or "").split() and name not in _WHOLE
    return name == "nav" or node.get("role") in _ROLES or is_toc


def _is_contents(node: Node) -> bool:
    """Whether nearly all letters of a list are those of links to places on its page."""
    links = letters = of_links = within = 0
    for event, element in walked(node):
        is_link = local(element) == "a" and (element.get("href") or "").startswith("#")
        if event == "start":
            links += is_link
            within += is_link
            found = _letters(element.text)
        else:
            within -= is_link
            found = _letters(element.tail) if element is not node else 0
        letters += found
        of_links += found if within else 0
    return links >= _FEWEST and of_links >= _LEAST_SHARE * letters > 0


def _letters(text: str | None) -> int:
    return sum(map(str.isalpha, text or ""))
