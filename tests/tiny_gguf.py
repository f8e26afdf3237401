"""Makes GGUF files of a few kilobytes: a llama model with random weights, a vocabulary of bytes, and any chat template; and
LoRA adapters for it.

What it writes is noise, but it is loaded, prompted and stopped as a real model is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
LLAMA = (
    "{{ bos_token }}{% for message in messages %}<|start_header_id|>{{ message['role'] }}<|end_header_id|>\n\n"
    "{{ message['content'] | trim }}<|eot_id|>{% endfor %}"
    "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}"
)
GLM = (
    "[gMASK]<sop>{% for message in messages %}<|{{ message['role'] }}|>\n{{ message['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
WITHOUT_SYSTEM = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}<start_of_turn>{{ message['role'] }}\n{{ message['content'] }}<end_of_turn>\n{% endfor %}"
)
CONTROL_TOKENS = ("<s>", "</s>", "<|im_start|>", "<|im_end|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
WIDTH, HEADS, HIDDEN, RANK = 16, 2, 32, 4
LORA_PAIRS = {
    "blk.0.attn_q.weight": ((RANK, WIDTH), (WIDTH, RANK)),
    "blk.0.ffn_up.weight": ((RANK, WIDTH), (HIDDEN, RANK)),
}


def write_tiny_gguf(
    path: Path, *, chat_template: str | None = CHATML, context: int = 512, seed: int = 0, is_tied: bool = True, parts: int = 1
) -> Path:
    """Write the model to `path`; without `chat_template` it is no chat model. If `is_tied` it writes by its embedding.

    Of more than one of `parts` it says that it is the first.
    """
    tokens = list(byte_letters()) + list(CONTROL_TOKENS)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.NORMAL] * 256 + [gguf.TokenType.CONTROL] * len(CONTROL_TOKENS))
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(tokens.index("<s>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_add_bos_token(False)
    if parts > 1:
        writer.add_uint16("split.no", 0)
        writer.add_uint16("split.count", parts)
    if chat_template is not None:
        writer.add_chat_template(chat_template)
    output = {} if is_tied else {"output.weight": (len(tokens), WIDTH)}
    for name, shape in {**_tensors(len(tokens)), **output}.items():
        weights = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
        writer.add_tensor(name, np.ones(shape, np.float32) if name.endswith("norm.weight") else weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_tiny_lora(
    path: Path,
    *,
    architecture: str = "llama",
    kind: str = "lora",
    alpha: float = 8.0,
    pairs: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = LORA_PAIRS,
    extra: Mapping[str, tuple[int, ...]] = {},
    strength: float = 1.0,
) -> Path:
    """Write a LoRA adapter to `path`: random `pairs` (name -> rows and columns of each half), `extra` tensors beside them."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, kind)
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, alpha)
    generator = np.random.default_rng(1)
    halves = {f"{name}.lora_{half}": shape for name, both in pairs.items() for half, shape in zip("ab", both)}
    for name, shape in {**halves, **extra}.items():
        writer.add_tensor(name, (strength * generator.standard_normal(shape)).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def byte_letters() -> str:
    """The 256 letters by which a byte-level vocabulary writes the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return "".join(chr(byte if byte in printable else next(spare)) for byte in range(256))


def _tensors(vocabulary: int) -> dict[str, tuple[int, ...]]:
    square = (WIDTH, WIDTH)
    return {
        "token_embd.weight": (vocabulary, WIDTH),
        "output_norm.weight": (WIDTH,),
        "blk.0.attn_norm.weight": (WIDTH,),
        "blk.0.attn_q.weight": square,
        "blk.0.attn_k.weight": square,
        "blk.0.attn_v.weight": square,
        "blk.0.attn_output.weight": square,
        "blk.0.ffn_norm.weight": (WIDTH,),
        "blk.0.ffn_gate.weight": (HIDDEN, WIDTH),
        "blk.0.ffn_up.weight": (HIDDEN, WIDTH),
        "blk.0.ffn_down.weight": (WIDTH, HIDDEN),
    }
