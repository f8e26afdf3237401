"""LoRA adapters: one changes what is written, one that was not made for the model is refused before llama.cpp reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from rag_app.errors import ModelError
from rag_app.generation import LlamaCppGenerator, Lora
from rag_app.generation.lora import check_adapter
from rag_app.gguf_head import read_head
from rag_app.records import ChatMessage
from tests.tiny_gguf import HIDDEN, LORA_PAIRS, RANK, WIDTH, write_tiny_gguf, write_tiny_lora

QUESTION = (ChatMessage("user", "How high is the tower?"),)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_tiny_gguf(tmp_path / "base.gguf")


def never() -> bool:
    return False


def written(base: Path, lora: Lora | None) -> str:
    generator = LlamaCppGenerator(base, id="tiny", languages=("en",), context_tokens=512, threads=1, lora=lora)
    try:
        return "".join(generator.generate(QUESTION, max_tokens=30, stop=never))
    finally:
        generator.close()


def test_an_adapter_changes_what_is_written_and_at_scale_0_it_does_not(
    base: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    adapter = write_tiny_lora(tmp_path / "lora.gguf")
    plain = written(base, None)
    assert plain
    assert written(base, Lora(adapter)) != plain
    assert written(base, Lora(adapter, 0.0)) == plain
    assert capfd.readouterr() == ("", "")


def test_the_scale_says_how_strongly_an_adapter_counts(base: Path, tmp_path: Path) -> None:
    strong, weak = write_tiny_lora(tmp_path / "strong.gguf", alpha=8.0), write_tiny_lora(tmp_path / "weak.gguf", alpha=2.0)
    assert written(base, Lora(weak, 4.0)) == written(base, Lora(strong, 1.0)) != written(base, Lora(weak, 1.0))


def test_an_adapter_of_the_embedding_fits_a_model_that_writes_by_other_weights(base: Path, tmp_path: Path) -> None:
    vocabulary = read_head(base).tensors["token_embd.weight"][1]
    pairs = {"token_embd.weight": ((vocabulary, RANK), (WIDTH, RANK))}
    adapter = write_tiny_lora(tmp_path / "lora.gguf", pairs=pairs, extra={"blk.0.attn_norm.weight": (WIDTH,)})
    apart = write_tiny_gguf(tmp_path / "apart.gguf", is_tied=False)
    assert written(apart, Lora(adapter)) != written(apart, None)
    with pytest.raises(ModelError, match=r"changes token_embd\.weight, which base\.gguf also writes with"):
        written(base, Lora(adapter))


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        (
            {"blk.1.attn_q.weight": LORA_PAIRS["blk.0.attn_q.weight"]},
            r"it changes blk\.1\.attn_q\.weight, which this one does not",
        ),
        ({"blk.0.attn_q.weight": ((RANK, 20), (WIDTH, RANK))}, r"blk\.0\.attn_q\.weight is 20×4 and 4×16 there, 16×16 here"),
        ({"blk.0.attn_q.weight": ((RANK, WIDTH), (20, RANK))}, r"blk\.0\.attn_q\.weight is 16×4 and 4×20 there, 16×16 here"),
        ({"blk.0.ffn_up.weight": ((RANK, WIDTH), (HIDDEN, 3))}, r"is 16×4 and 3×32 there, 16×32 here"),
        ({"token_embd.weight": ((RANK, WIDTH), (263, RANK))}, r"token_embd\.weight is 16×4 and 4×263 there, 16×263 here"),
        ({"output_norm.bias": ((RANK, WIDTH), (1, RANK))}, r"it changes output_norm\.bias, which"),
    ],
    ids=["another layer", "narrower", "shorter", "ranks that differ", "embedding the wrong way round", "unknown tensor"],
)
def test_an_adapter_of_another_model_is_refused_with_what_differs(
    base: Path, tmp_path: Path, pairs: Mapping[str, tuple[tuple[int, int], tuple[int, int]]], why: str
) -> None:
    adapter = write_tiny_lora(tmp_path / "other.gguf", pairs=pairs)
    with pytest.raises(ModelError, match=rf"other\.gguf was made for another model than base\.gguf: .*{why}.*Choose the model"):
        written(base, Lora(adapter))


def test_an_adapter_of_another_architecture_is_refused(base: Path, tmp_path: Path) -> None:
    adapter = write_tiny_lora(tmp_path / "qwen.gguf", architecture="qwen2")
    with pytest.raises(ModelError, match=r"qwen\.gguf was made for another model.*of the kind qwen2, this one is llama"):
        written(base, Lora(adapter))


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.99])
def test_an_adapter_that_is_cut_short_is_refused_by_name(base: Path, tmp_path: Path, share: float) -> None:
    content = write_tiny_lora(tmp_path / "lora.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError, match=r"cut\.gguf .*Fetch it again"):
        written(base, Lora(cut))


def test_what_is_no_adapter_is_refused_with_what_to_do(base: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("This is no model.")
    damaged = {"blk.0.attn_q.weight.lora_a": (RANK, WIDTH)}
    wrong = {
        tmp_path / "gone.gguf": r"The LoRA adapter .*gone\.gguf is not there\. Correct 'lora'",
        tmp_path: r"The LoRA adapter .* is not there",
        text: r"notes\.txt is no model in GGUF form\. Choose a file",
        base: r"base\.gguf is a whole model, not a LoRA adapter\. Leave 'lora' empty",
        write_tiny_lora(tmp_path / "control.gguf", kind="control"): r"control\.gguf is an adapter of the kind control; only lora",
        write_tiny_lora(tmp_path / "nan.gguf", alpha=float("nan")): r"nan\.gguf is damaged: its alpha is nan",
        write_tiny_lora(tmp_path / "none.gguf", pairs={}): r"none\.gguf holds no weights",
        write_tiny_lora(
            tmp_path / "half.gguf", pairs={}, extra=damaged
        ): r"half\.gguf is damaged: blk\.0\.attn_q\.weight is not a pair",
    }
    for path, message in wrong.items():
        with pytest.raises(ModelError, match=message):
            check_adapter(path, read_head(base))


def test_an_adapter_taken_for_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lora\.gguf is an adapter, not a model\. Name it under 'lora'"):
        written(write_tiny_lora(tmp_path / "lora.gguf"), None)
