"""What the view Models does: choosing, downloading, importing, removing and timing models. For a person at the machine only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rag_app.errors import SettingsError
from rag_app.library import Library
from rag_app.machine import from_home, memory
from rag_app.model_shelf import ModelShelf
from rag_app.records import ModelRow, Preparation, Speed
from rag_app.ui.handlers import tells_failures
from rag_app.ui.job import Job
from rag_app.ui.rendering.frame import notice_html
from rag_app.ui.rendering.model_forms import model_forms_html
from rag_app.ui.rendering.models import chosen_html, models_html, work_html
from rag_app.ui.screen import Click, ClickHandler, Screen, Visit, bare_path, text_of

NUMBERS = {"context_tokens": int, "threads": int, "lora_scale": float}


class ModelHandlers:
    """The models of `shelf`, one of which answers over `library`. One download or speed test runs at a time."""

    def __init__(self, library: Library, shelf: ModelShelf) -> None:
        self._library = library
        self._shelf = shelf
        self.work: Job[Preparation | Speed] = Job()
        self._timing = False

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks and forms of the view."""
        return {
            "choose_model": lambda visit, click: self.choose(visit, text_of(click, "model")),
            "fetch_model": lambda visit, click: self.fetch(visit, text_of(click, "model")),
            "remove_model": lambda visit, click: self.remove(visit, text_of(click, "model")),
            "import_model": lambda visit, click: self.import_file(visit, text_of(click, "file")),
            "set_model": lambda visit, click: self.set(visit, click),
            "set_hub": lambda visit, click: self.set_hub(visit, text_of(click, "hub_address")),
            "test_speed": lambda visit, click: self.test_speed(visit),
            "stop_model_work": lambda visit, click: self.stop(visit),
        }

    def screen(self, visit: Visit) -> Screen:
        """The whole view."""
        rows = self._shelf.rows(self._library.settings)
        chosen = next((row for row in rows if row.id == self._library.settings.generator), None)
        return Screen(
            models=models_html(visit.wording, rows, self._library.settings),
            model_chosen=self._chosen(visit, chosen),
            model_work=self._work(visit),
            model_forms=model_forms_html(visit.wording, self._library.settings, chosen.context if chosen else 0),
            model_working=self.work.running,
        )

    def chosen(self, visit: Visit) -> Screen:
        """What is said of the chosen model, for after a change to how answers are worded."""
        return Screen(model_chosen=self.screen(visit).model_chosen)

    @tells_failures
    def choose(self, visit: Visit, model: str) -> Screen:
        """Have another model write from now on. An adapter was made for the old one, and is let go."""
        settings = self._library.settings
        changed = settings.changed(generator=model, lora=settings.lora if model == settings.generator else "")
        self._shelf.check(changed)
        self._library.change_settings(generator=changed.generator, lora=changed.lora)
        return self._after(visit, visit.wording("models.now", model=model))

    @tells_failures
    def set(self, visit: Visit, said: Click) -> Screen:
        """Keep how the model runs: context, threads, and an adapter with its strength."""
        changes: dict[str, object] = {name: _number(said, name, kind) for name, kind in NUMBERS.items()}
        changes["lora"] = bare_path(text_of(said, "lora"))
        self._shelf.check(self._library.settings.changed(**changes))
        self._library.change_settings(**changes)
        return self._after(visit, visit.wording("models.saved"))

    @tells_failures
    def set_hub(self, visit: Visit, address: str) -> Screen:
        """Keep where models are downloaded from."""
        self._library.change_settings(hub_address=address.strip())
        return self._after(visit, visit.wording("models.saved"))

    @tells_failures
    def import_file(self, visit: Visit, path: str) -> Screen:
        """Take over a model from a file of this machine."""
        model = self._shelf.import_file(from_home(Path(bare_path(path))))
        return self._after(visit, visit.wording("models.imported", model=model))

    @tells_failures
    def remove(self, visit: Visit, model: str) -> Screen:
        """Remove a model's files."""
        self._shelf.remove(model, self._library.settings)
        return self._after(visit, visit.wording("models.removed", model=model))

    def fetch(self, visit: Visit, model: str) -> Screen:
        """Begin to download a model."""
        settings = self._library.settings
        return self._begun(visit, self.work.start(model, lambda stop: self._shelf.fetch(model, settings, stop)))

    def test_speed(self, visit: Visit) -> Screen:
        """Begin to time the chosen model."""
        begun = self.work.start(self._library.settings.generator, self._library.measure_speed)
        return self._begun(visit, begun, timing=True)

    def stop(self, visit: Visit) -> Screen:
        """Stop the download or the test; what has come of a download is kept."""
        self.work.stop()
        return Screen(model_work=self._work(visit), model_working=True)

    def watch(self, visit: Visit) -> Screen:
        """How far it is; the whole view when it has ended."""
        if self.work.running:
            return Screen(model_work=self._work(visit), model_working=True)
        return replace(self.screen(visit), model_forms=None)

    def _begun(self, visit: Visit, has_begun: bool, *, timing: bool = False) -> Screen:
        if not has_begun:
            return Screen(notice=notice_html(visit.wording, visit.wording("models.busy")))
        self._timing = timing
        return Screen(model_work=self._work(visit), model_working=True)

    def _after(self, visit: Visit, sentence: str) -> Screen:
        """The view after a change, with a word about it."""
        return replace(self.screen(visit), notice=notice_html(visit.wording, sentence, bad=False))

    def _chosen(self, visit: Visit, row: ModelRow | None) -> str:
        return chosen_html(visit.wording, row, self._library.settings, memory()) if row else ""

    def _work(self, visit: Visit) -> str:
        work = self.work
        running, failure, timing = work.running, work.failure, self._timing
        return work_html(visit.wording, work.subject, work.last, running=running, failure=failure, timing=timing)


def _number(said: Click, name: str, kind: type) -> object:
    """A number of a form; an empty field is 0. Raises `SettingsError`."""
    text = text_of(said, name).strip() or "0"
    try:
        return kind(text)
    except ValueError as error:
        raise SettingsError(f"The setting '{name}' must be a number, not {text!r}.") from error
