"""What shows in a Word document without standing in its text: signs of fonts of pictures, and the fields of forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rag_app.parsing.package import Node, attribute, local, number

EMPTY_BOX, TICKED_BOX = "☐", "☒"
_OFF = ("0", "false", "off")
_BYTE = 0xFF
_SIGNS = {
    "wingdings": {0x6F: EMPTY_BOX, 0xA8: EMPTY_BOX, 0xFD: TICKED_BOX, 0xFE: "☑", 0xFC: "✓", 0xFB: "✗", 0xE0: "→"},
    "wingdings 2": {0xA3: EMPTY_BOX, 0x52: "☑", 0x53: TICKED_BOX, 0x54: TICKED_BOX, 0x50: "✓", 0x4F: "✗"},
}


def _sign(node: Node) -> str:
    """A sign of a font of pictures, if it says something."""
    try:
        code = int(attribute(node, "char"), 16) & _BYTE
    except ValueError:
        return ""
    return _SIGNS.get(attribute(node, "font").lower(), {}).get(code, "")


def _box(node: Node) -> str:
    """A box of a form, ticked or not: as it was left, or else as it was made."""
    states = {local(state): attribute(state, "val") not in _OFF for state in node}
    return TICKED_BOX if states.get("checked", states.get("default", False)) else EMPTY_BOX


def _choice(node: Node) -> str:
    """What is chosen of a list of a form."""
    chosen = {local(child): number(attribute(child, "val"), 0) for child in node if local(child) in ("default", "result")}
    entries = [attribute(child, "val") for child in node if local(child) == "listEntry"]
    place = chosen.get("result", chosen.get("default", 0))
    return entries[place] if 0 <= place < len(entries) else ""


SHOWN: Mapping[str, Callable[[Node], str]] = {"sym": _sign, "checkBox": _box, "ddList": _choice}
