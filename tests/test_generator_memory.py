"""The memory of a chat model, told from the head of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.assembly import MODELS, open_registry
from rag_app.generation import memory_need
from rag_app.generation.memory import cache_width
from rag_app.gguf_head import GgufHead, Value, read_head
from rag_app.settings import Settings
from tests.tiny_gguf import HEADS, WIDTH, write_tiny_gguf

QWEN: dict[str, Value] = {
    "general.architecture": "qwen2",
    "qwen2.block_count": 28,
    "qwen2.attention.head_count": 12,
    "qwen2.attention.head_count_kv": 2,
    "qwen2.embedding_length": 1536,
}


def head_of(entries: dict[str, Value]) -> GgufHead:
    return GgufHead(Path("model.gguf"), entries, {})


def test_cache_holds_keys_and_values_of_every_layer(tmp_path: Path) -> None:
    head = read_head(write_tiny_gguf(tmp_path / "tiny.gguf", context=4096))
    assert cache_width(head) == HEADS * (WIDTH // HEADS + WIDTH // HEADS)
    assert memory_need(head, 1024).cache == 1024 * 2 * WIDTH * 2
    assert memory_need(head, 1025).cache == 1280 * 2 * WIDTH * 2


def test_heads_that_share_keys_and_values_take_less() -> None:
    assert cache_width(head_of(QWEN)) == 28 * 2 * (128 + 128)
    assert cache_width(head_of({**QWEN, "qwen2.attention.key_length": 64})) == 28 * 2 * (64 + 128)


def test_layers_with_heads_of_their_own_are_added_up() -> None:
    assert cache_width(head_of({**QWEN, "qwen2.attention.head_count_kv": [2, 0, 1]})) == 3 * (128 + 128)


def test_model_without_attention_keeps_no_cache() -> None:
    assert cache_width(head_of({"general.architecture": "mamba", "mamba.block_count": 24})) == 0


def test_context_beyond_the_trained_one_costs_nothing_more(tmp_path: Path) -> None:
    head = read_head(write_tiny_gguf(tmp_path / "tiny.gguf", context=512))
    assert memory_need(head, 100_000) == memory_need(head, 512)


def test_weights_are_the_file(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "tiny.gguf")
    need = memory_need(read_head(path), 512)
    assert need.weights == path.stat().st_size
    assert need.total == need.weights + need.cache + need.compute


@pytest.mark.parametrize(("context", "megabytes"), [(1024, 152.4), (2048, 176.3), (4096, 223.9), (8192, 317.8)])
def test_estimate_of_the_model_that_comes_along_is_within_a_fifteenth_of_the_measured_peak(
    context: int, megabytes: float
) -> None:
    head = read_head(open_registry(MODELS).path_of(Settings().generator))
    assert memory_need(head, context).total == pytest.approx(megabytes * 1e6, rel=1 / 15)
