"""Named settings to measure side by side."""

from __future__ import annotations

from collections.abc import Mapping

from rag_app.errors import SettingsError

CONFIGURATIONS: Mapping[str, Mapping[str, object]] = {
    "default": {},
    "quoted": {"answer_mode": "quoted"},
    "written": {"answer_mode": "written"},
    "never-refuse": {"refusal_threshold": 0.0},
}


def configuration(name: str) -> Mapping[str, object]:
    """The settings that `name` changes. Raises `SettingsError` for an unknown name."""
    try:
        return CONFIGURATIONS[name]
    except KeyError as error:
        raise SettingsError(f"There is no configuration '{name}'; known are: {', '.join(CONFIGURATIONS)}.") from error
