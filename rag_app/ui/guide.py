"""The guide to the messages, `docs/messages.md`, for reading on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag_app.ui.language import Language

GUIDE = Path(__file__).parent.parent.parent / "docs" / "messages.md"
LABELS = {Language.ENGLISH: ("What happened: ", "What to do: "), Language.CHINESE: ("发生了什么：", "该怎么办：")}


@dataclass(frozen=True, slots=True)
class Advice:
    """What a code means, and what can be done."""

    happened: str
    to_do: str


Guide = Mapping[tuple[str, Language], Advice]


def read_guide() -> Guide:
    """The advice for each code in each language; none where the guide is not there."""
    text = GUIDE.read_text(encoding="utf-8") if GUIDE.exists() else ""
    guide: dict[tuple[str, Language], Advice] = {}
    for code, section in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL):
        for language, labels in LABELS.items():
            said = [_after(label, section) for label in labels]
            if all(said):
                guide[code, language] = Advice(*said)
    return guide


def _after(label: str, section: str) -> str:
    found = re.search(rf"^- {re.escape(label)}(.+)$", section, flags=re.MULTILINE)
    return found[1].replace("`", "") if found else ""
