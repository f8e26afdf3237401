"""The models as a person looks at them: what is there, what fits this machine, and how to get, choose and remove one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.generation import check_adapter, describe_chat_model, memory_need, unread_memory_need
from rag_app.gguf_head import read_head
from rag_app.interfaces import Stop
from rag_app.machine import Memory, memory
from rag_app.model_registry import Model, ModelRegistry, Role
from rag_app.records import Fit, MemoryNeed, ModelRow, ModelState, Preparation
from rag_app.settings import Settings


class ModelShelf:
    """The models of one folder, for the settings that a call is given."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self._registry = ModelRegistry(models)

    def rows(self, settings: Settings) -> tuple[ModelRow, ...]:
        """Every model, chat models first, the smallest first; with the memory they take at the settings' context."""
        there = memory()
        rows = [self._row(model, settings, there) for model in self._registry.models()]
        return tuple(sorted(rows, key=lambda row: (not row.is_chat, row.parameters)))

    def fetch(self, id: str, settings: Settings, stop: Stop) -> Iterator[Preparation]:
        """Download a model because a person asked, telling how far it is. Raises `ModelError`, `Stopped`."""
        return self._registry.fetch(id, address=settings.hub_address, stop=stop)

    def import_file(self, path: Path) -> str:
        """Take over the GGUF file of a chat model, or the folder of an embedder or reranker; the id it gets.

        Raises `ModelError`, also for a file that is cut short, or no chat model.
        """
        if path.is_file():
            describe_chat_model(read_head(path))
        return self._registry.import_file(path).id

    def remove(self, id: str, settings: Settings) -> None:
        """Remove a model's files. Raises `ModelError` when there are none, or it is in use."""
        if id in (settings.generator, settings.embedder, settings.reranker):
            raise ModelError(f"The model {id} is in use. Choose another one first, and then remove it.")
        self._registry.remove(id)

    def check(self, settings: Settings) -> None:
        """Raise `ModelError` unless the chat model of `settings` can be used, with the adapter that they name."""
        if self._registry.get(settings.generator).role is not Role.GENERATION:
            raise ModelError(f"The model {settings.generator} is no chat model. Choose one that writes.")
        head = read_head(self._registry.path_of(settings.generator))
        if settings.lora:
            check_adapter(self._registry.placed(settings.lora), head)

    def _row(self, model: Model, settings: Settings, there: Memory) -> ModelRow:
        state, reason = self._registry.state(model.id)
        need = self._need(model, state, settings) if model.role is Role.GENERATION else None
        is_chosen = model.id in (settings.generator, settings.embedder, settings.reranker)
        return ModelRow(
            id=model.id,
            is_chat=model.role is Role.GENERATION,
            licence=model.licence,
            use=model.use,
            languages=model.languages,
            parameters=model.parameters,
            size=model.size,
            context=model.context,
            state=state,
            reason=reason,
            need=need,
            fit=_fit(need, there, is_chosen=is_chosen) if need else None,
            is_chosen=is_chosen,
            is_own=(self.models / model.id).is_dir(),
            is_fetched=bool(model.repository),
        )

    def _need(self, model: Model, state: ModelState, settings: Settings) -> MemoryNeed | None:
        if state is ModelState.PRESENT:
            file = self._registry.file_to_load(model.id)
            try:
                return _read_need(file, file.stat().st_mtime_ns, settings.context_tokens)
            except ModelError:
                return None
        context = min(settings.context_tokens, model.context)
        return unread_memory_need(model.size, model.cache_width, context) if model.size and model.cache_width else None


@lru_cache(maxsize=64)
def _read_need(file: Path, changed: int, context_tokens: int) -> MemoryNeed:
    """The need of the model in `file`, whose head takes a moment to read; `changed` tells a newer file from an older one."""
    return memory_need(read_head(file), context_tokens)


def _fit(need: MemoryNeed, there: Memory, *, is_chosen: bool) -> Fit:
    """Whether the memory is there. That of the chosen model counts as free for it: it may be loaded already."""
    if need.total > there.total:
        return Fit.TOO_LARGE
    return Fit.FITS if need.total <= there.free + (need.total if is_chosen else 0) else Fit.TIGHT
