"""What a model thinks aloud before it answers, as Qwen3 and DeepSeek-R1 do: it costs minutes on a CPU, and is no answer."""

from __future__ import annotations

from collections.abc import Iterator

_BEGINS, _ENDS = "<think>", "</think>"


def with_thoughts_ended(prompt: str) -> str:
    """A prompt for a model that thinks, after which it answers at once: an empty thought stands at its end."""
    begun = prompt.rstrip()
    if begun.endswith(_ENDS):
        return prompt
    return f"{begun.removesuffix(_BEGINS) if begun.endswith(_BEGINS) else prompt}{_BEGINS}\n\n{_ENDS}\n\n"


def thinks(template: str) -> bool:
    """Whether a chat template is that of a model that thinks aloud."""
    return _ENDS in template


def without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces of an answer but for a thought that it begins with."""
    text = ""
    for piece in pieces:
        text += piece
        begun = text.lstrip()
        if not begun.startswith(_BEGINS) and not _BEGINS.startswith(begun):
            yield text
            yield from pieces
            return
        if _ENDS in begun:
            yield begun.partition(_ENDS)[2]
            yield from pieces
            return
    if text and not text.lstrip().startswith(_BEGINS):
        yield text
