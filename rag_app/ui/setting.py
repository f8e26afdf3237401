"""Changing the settings that matter; they take effect with the next question."""

from __future__ import annotations

from dataclasses import replace

from rag_app.library import Library
from rag_app.settings import Settings
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.model_handlers import ModelHandlers
from rag_app.ui.panels import Panels
from rag_app.ui.rendering.frame import spoken_html
from rag_app.ui.rendering.settings import OFFERED, THRESHOLD
from rag_app.ui.screen import ClickHandler, Screen, Visit, text_of

SHOWN = (*OFFERED, THRESHOLD)


class Setting:
    """Sets one of the settings that are shown, or all of them back."""

    def __init__(self, library: Library, panels: Panels, models: ModelHandlers | None = None) -> None:
        self._library = library
        self._panels = panels
        self._models = models

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks of the view."""
        return {
            "set_setting": lambda visit, click: self.set(visit, text_of(click, "setting"), text_of(click, "value")),
            "reset_settings": lambda visit, click: self.reset(visit),
        }

    @tells_mistakes
    def set(self, visit: Visit, name: str, value: str) -> Screen:
        """Set one setting, if it is one that is shown and the value makes sense for it; the library keeps it."""
        if name not in SHOWN:
            return Screen()
        kind = type(getattr(Settings(), name))
        try:
            self._library.change_settings(**{name: kind(value)})
        except ValueError:
            return Screen()
        return self._changed(visit)

    @tells_mistakes
    def reset(self, visit: Visit) -> Screen:
        """All that is shown as it was at first; what else stands in settings.json stays."""
        standard = Settings()
        self._library.change_settings(**{name: getattr(standard, name) for name in SHOWN})
        return self._changed(visit)

    def _changed(self, visit: Visit) -> Screen:
        chosen = self._models.chosen(visit) if self._models else Screen()
        notice = spoken_html(visit.wording("settings.changed"))
        return replace(chosen, settings=self._panels.settings(visit), notice=notice)
