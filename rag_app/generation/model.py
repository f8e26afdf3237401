"""llama.cpp behind a few words: count, read a prompt step by step, write token by token. Not for several threads at once."""

from __future__ import annotations

import ctypes
import logging
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import TemplateError

from rag_app.errors import ModelError

LARGEST_BATCH = 256
SMALLEST_BATCH = 16
FIRST_BATCH = 32
STEP_SECONDS = 0.2
# Threads that spin long at a barrier take the processor from those they wait for; those that sleep at once are slow to wake.
BARRIER = ("GOMP_SPINCOUNT", "300")
SILENT = logging.CRITICAL + 1


class LlamaModel:
    """One loaded GGUF file with the memory of what it read last."""

    def __init__(
        self, path: Path, *, context_tokens: int, threads: int, temperature: float, top_p: float, repeat_penalty: float
    ) -> None:
        """Load `path`. Raises `ModelError` if llama.cpp does not know this kind of model or memory is short."""
        os.environ.setdefault(*BARRIER)
        import llama_cpp

        try:
            self._llama = llama_cpp.Llama(
                str(path),
                n_ctx=context_tokens,
                n_batch=LARGEST_BATCH,
                n_threads=threads,
                n_threads_batch=threads,
                flash_attn=True,
                verbose=False,
            )
        except (ValueError, RuntimeError, TemplateError) as error:
            raise ModelError(
                f"{path} cannot be loaded ({error}): it is damaged, of a kind not known yet, or larger than the free memory. "
                "Choose another model, or fetch this one again."
            ) from error
        logging.getLogger("llama-cpp-python").setLevel(SILENT)
        self._sampling = {"temp": temperature, "top_p": top_p, "repeat_penalty": repeat_penalty}
        self._init_adapter, self._set_adapters = llama_cpp.llama_adapter_lora_init, llama_cpp.llama_set_adapters_lora
        self._is_end = llama_cpp.llama_vocab_is_eog
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._can_rewind = not (
            llama_cpp.llama_model_is_recurrent(self._llama.model) or llama_cpp.llama_model_is_hybrid(self._llama.model)
        )
        self._batch = FIRST_BATCH

    def adapt(self, path: Path, scale: float) -> None:
        """Write with the LoRA adapter at `path` from now on; its memory is freed with the model's. Raises `ModelError`."""
        adapter = self._init_adapter(self._llama.model, os.fsencode(path))
        if not adapter or self._set_adapters(self._llama.ctx, (type(adapter) * 1)(adapter), 1, (ctypes.c_float * 1)(scale)):
            raise ModelError(f"llama.cpp refuses the LoRA adapter {path}. Get it again, or leave 'lora' empty in the settings.")

    def tokens(self, text: str, *, begins: bool = False, control: bool = False) -> list[int]:
        """The tokens of `text`: with the one that begins every input if it `begins`, with control tokens read as such."""
        return self._llama.tokenize(text.encode("utf-8"), add_bos=begins, special=control)

    def text(self, token: int) -> bytes:
        """The bytes that `token` writes, maybe a part of a letter; none for a control token."""
        return self._llama.detokenize([token])

    def steps(self, prompt: Sequence[int]) -> Iterator[int | None]:
        """Read `prompt`, a None for each batch, then write: a token each, until the model ends. Raises `ModelError`."""
        try:
            yield from self._read(prompt[:-1])
            for token in self._llama.generate(prompt, **self._sampling):  # type: ignore[arg-type]
                if self._is_end(self._vocabulary, token):
                    return
                yield token
        except RuntimeError as error:
            raise ModelError(f"The model failed while it wrote ({error}). Ask again, or choose another model.") from error

    def _read(self, prompt: Sequence[int]) -> Iterator[None]:
        done = self._rewind(prompt)
        while done < len(prompt):
            batch = prompt[done : done + self._batch]
            started = time.perf_counter()
            self._llama.eval(batch)
            speed = len(batch) / (time.perf_counter() - started)
            self._batch = min(LARGEST_BATCH, max(SMALLEST_BATCH, int(speed * STEP_SECONDS)))
            done += len(batch)
            yield None

    def _rewind(self, prompt: Sequence[int]) -> int:
        """Forget what was read last but for the beginning it shares with `prompt`; its length. Recurrent models forget all."""
        held = self._llama.input_ids[: self._llama.n_tokens].tolist() if self._can_rewind else []
        shared = next((i for i, (old, new) in enumerate(zip(held, prompt)) if old != new), min(len(held), len(prompt)))
        self._llama.reset()  # type: ignore[no-untyped-call]
        self._llama.n_tokens = shared
        return shared

    def close(self) -> None:
        """Free the memory."""
        self._llama.close()
