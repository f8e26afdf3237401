"""What the layout of a formula in a Word document says without a character: fractions, powers, brackets, roots."""

from __future__ import annotations

import re

from rag_app.parsing.package import Node, attribute, local

PARTS = frozenset(("num", "den", "sup", "d", "e"))
_POWERS = ("sSup", "sSubSup")
_OF_FORMULAS = "/math}"
_ONE_TERM = re.compile(r"\s*[-+−]?[\w.,]*\s*")
_PROPERTIES = re.compile(r".*Pr")
_NO_BAR = "noBar"


def sign(part: Node, *, ends: bool) -> str:
    """What stands before one of `PARTS` of a formula, or behind it where it `ends`."""
    above = part.getparent()
    if _OF_FORMULAS not in str(part.tag) or above is None:
        return ""
    name, around = local(part), local(above)
    if name == "d":
        return _property(part, "endChr", ")") if ends else _property(part, "begChr", "(")
    if name == "e":
        return (")" if ends else "√(") if around == "rad" else ""
    if name == "sup":
        bracket = (")" if ends else "(") if _is_compound(part) else ""
        return "" if around not in _POWERS else bracket if ends else f"^{bracket}"
    if around != "f" or _property(above, "type", "") == _NO_BAR:
        return ""
    bracket = ")" if ends else "("
    return (bracket if _is_compound(part) else "") + ("/" if ends and name == "num" else "")


def _property(part: Node, name: str, otherwise: str) -> str:
    """A property of a part of a formula; the one that is not written has a value of its own."""
    return next((attribute(one, "val") for one in part.iterfind(f"{{*}}{local(part)}Pr/{{*}}{name}")), otherwise)


def _is_compound(part: Node) -> bool:
    """Whether what stands above or below a bar would be read otherwise in a line without brackets."""
    within = [local(one) for one in part if not _PROPERTIES.fullmatch(local(one))]
    return within != ["d"] and not _ONE_TERM.fullmatch("".join(part.itertext()))
