"""Graphs on ONNX Runtime, as the embedder and the reader run theirs: each text in the thread that asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from rag_app.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_Loaded = TypeVar("_Loaded")


def open_session(graph: Path) -> InferenceSession:
    """A session that is safe to run from many threads. Raises `ModelError` when the graph cannot be loaded."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Processors without VNNI add two products of 8-bit codes in 16 bits, which overflow where one has a sign: there the weights
    # are told without. Only optimizations beyond the basic ones do that.
    options.add_session_config_entry("session.x64quantprecision", "1")
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library derives its errors from Exception alone, one class for each status code
        raise ModelError(f"{graph} cannot be loaded ({error}). Remove its folder and prepare the model again.") from error


def when_needed(load: Callable[[], _Loaded]) -> Callable[[], _Loaded]:
    """What `load` gives, loaded when it is first asked for, and once however many threads ask."""
    lock, loaded = Lock(), list[_Loaded]()

    def get() -> _Loaded:
        with lock:
            if not loaded:
                loaded.append(load())
            return loaded[0]

    return get
