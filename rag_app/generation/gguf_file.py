"""What the head of a chat model's file says of how to talk with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_app.errors import ModelError
from rag_app.gguf_head import GgufHead

CONTROL_TOKEN = 3


@dataclass(frozen=True, slots=True)
class GgufFile:
    """What the head of a chat model says. `context_tokens` is the length it was trained for; `bos` and `eos` are the texts of
    the tokens that begin and end, empty if it has none."""

    context_tokens: int
    chat_template: str
    bos: str
    eos: str
    control_tokens: tuple[str, ...]


def describe_chat_model(head: GgufHead) -> GgufFile:
    """What `head` says of its chat model. Raises `ModelError` if it is none, or damaged."""
    template, tokens = head.text("tokenizer.chat_template"), head.sequence("tokenizer.ggml.tokens")
    if head.text("general.type") == "adapter":
        raise ModelError(f"{head.path} is an adapter, not a model. Name it under 'lora' in the settings, and choose its model.")
    if (head.count("split.count") or 0) > 1:
        raise ModelError(
            f"{head.path} is one part of a split model. Join the parts with llama-gguf-split --merge, and take that file."
        )
    if not template.strip():
        raise ModelError(f"{head.path} is no chat model: it has no chat template. Choose one whose name says chat or instruct.")
    trained = head.of_model("context_length")
    if len(set(tokens)) != len(tokens):
        raise ModelError(f"{head.path} is damaged: its vocabulary names a token twice. Fetch it again.")
    if not trained:
        raise ModelError(f"{head.path} is damaged: it does not say how long a context it reads. Fetch it again.")
    return GgufFile(
        context_tokens=trained,
        chat_template=template,
        bos=_named(tokens, head.count("tokenizer.ggml.bos_token_id")),
        eos=_named(tokens, head.count("tokenizer.ggml.eos_token_id")),
        control_tokens=tuple(
            str(token) for token, kind in zip(tokens, head.sequence("tokenizer.ggml.token_type")) if kind == CONTROL_TOKEN
        ),
    )


def _named(tokens: Sequence[str | int | float], number: int | None) -> str:
    return str(tokens[number]) if number is not None and number < len(tokens) else ""
