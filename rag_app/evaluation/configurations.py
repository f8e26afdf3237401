"""Named settings to measure side by side: to add one, add a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag_app.errors import SettingsError

CONFIGURATIONS: Mapping[str, Mapping[str, object]] = {
    "default": {},
    "quoted": {"answer_mode": "quoted"},
    "written": {"answer_mode": "written"},
    "never-refuse": {"refusal_threshold": 0.0},
    "no-reranker": {"reranker": "none"},
}
# What these change is stored with the passages; all other settings may be measured over the same library.
STORED = ("embedder", "passage_tokens", "overlap_tokens")


@dataclass(frozen=True, slots=True)
class Configuration:
    """Settings under a name; `changes` are those that differ from the defaults."""

    name: str
    changes: Mapping[str, Any]

    @property
    def library_name(self) -> str:
        """What tells its library from that of the defaults: empty where both may use the same."""
        return "".join(f"+{name}={self.changes[name]}" for name in STORED if name in self.changes)


def configuration(name: str) -> Configuration:
    """The configuration called `name`. Raises `SettingsError` for an unknown name."""
    try:
        return Configuration(name, CONFIGURATIONS[name])
    except KeyError as error:
        raise SettingsError(f"There is no configuration '{name}'; known are: {', '.join(CONFIGURATIONS)}.") from error
