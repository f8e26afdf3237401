"""A chat model in a GGUF file as a `Generator`: one answer at a time, stopped at once, bounded, never looping."""

from __future__ import annotations

import codecs
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.generation.chat_template import ChatTemplate
from rag_app.generation.gguf_file import GgufFile, describe_chat_model
from rag_app.generation.lora import Lora, check_adapter
from rag_app.generation.model import LlamaModel
from rag_app.generation.repetition import Repetition
from rag_app.generation.thoughts import without_thoughts
from rag_app.gguf_head import read_head
from rag_app.interfaces import Stop
from rag_app.records import ChatMessage

WAIT_SECONDS = 0.05
ENDED = -1


class LlamaCppGenerator:
    """Writes with llama.cpp; loads the model when made. Safe to use from several threads: a second answer waits for the first.

    The prompt is read in short batches, so that a stop takes effect while it is read. What a prompt shares with the beginning of
    the one before is not read again.
    """

    def __init__(
        self,
        path: Path,
        *,
        id: str,
        languages: tuple[str, ...],
        context_tokens: int,
        threads: int,
        temperature: float = 0.0,
        top_p: float = 0.95,
        repeat_penalty: float = 1.1,
        lora: Lora | None = None,
    ) -> None:
        """Load `path`, to hold at most `context_tokens` of prompt and answer, or what it was trained for if that is less.

        With `temperature` 0 it always writes the likeliest token. Raises `ModelError` for a file that is missing, damaged, of an
        unknown kind or no chat model, and for a `lora` that was not made for it.
        """
        head = _checked(path, lora)
        self.id = id
        self.languages = languages
        self.context_tokens = min(context_tokens, head.context_tokens)
        self._bos = head.bos
        self._template = ChatTemplate(
            head.chat_template, name=str(path), bos=head.bos, eos=head.eos, control_tokens=head.control_tokens
        )
        self._model = LlamaModel(
            path,
            context_tokens=self.context_tokens,
            threads=threads,
            temperature=temperature,
            top_p=top_p,
            repeat_penalty=repeat_penalty,
        )
        if lora is not None:
            self._model.adapt(lora.path, lora.scale)
        self._turn = threading.Lock()
        self._use = threading.Lock()
        self._closed = False

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` is, without those of the chat template. Raises `ModelError` when closed."""
        with self._use:
            self._check_open()
            return len(self._model.tokens(text))

    def generate(self, messages: Sequence[ChatMessage], *, max_tokens: int, stop: Stop) -> Iterator[str]:
        """Pieces of text as they are written, at most `max_tokens` tokens; fewer at a `stop()`, or when the model repeats itself.

        Raises `ModelError` for a prompt longer than `context_tokens`, and when closed meanwhile.
        """
        prompt = self._prompt(messages)
        while not self._turn.acquire(timeout=WAIT_SECONDS):
            if stop():
                return
        try:
            limit = min(max_tokens, self.context_tokens - len(prompt))
            yield from without_thoughts(_texts(self._written(prompt, limit, stop)))
        finally:
            self._turn.release()

    def close(self) -> None:
        """Free the model's memory; an answer that is being written ends with a `ModelError`."""
        with self._use:
            if not self._closed:
                self._closed = True
                self._model.close()

    def _prompt(self, messages: Sequence[ChatMessage]) -> list[int]:
        text = self._template.write(messages)
        with self._use:
            self._check_open()
            tokens = self._model.tokens(text, begins=not (self._bos and text.startswith(self._bos)), control=True)
        if len(tokens) >= self.context_tokens:
            raise ModelError(
                f"The question with its evidence is {len(tokens)} tokens long, and {self.id} holds {self.context_tokens}. "
                "Ask a shorter question, or raise 'context_tokens' in the settings."
            )
        return tokens

    def _written(self, prompt: Sequence[int], limit: int, stop: Stop) -> Iterator[bytes]:
        """What each token writes. The model is locked for one step at a time, so that others can count or close between."""
        steps, repetition = self._model.steps(prompt), Repetition()
        while limit > 0 and not stop():
            with self._use:
                self._check_open()
                token = next(steps, ENDED)
                written = self._model.text(token) if token not in (None, ENDED) else b""
            if token is None:
                continue
            if token == ENDED or repetition.loops(token):
                return
            yield written
            limit -= 1

    def _check_open(self) -> None:
        if self._closed:
            raise ModelError(f"The model {self.id} was closed. Ask again.")


def _checked(path: Path, lora: Lora | None) -> GgufFile:
    """What the file says of its chat model, once it is known to be one that `lora` fits. Raises `ModelError`."""
    head = read_head(path)
    model = describe_chat_model(head)
    if lora is not None:
        check_adapter(lora.path, head)
    return model


def _texts(pieces: Iterator[bytes]) -> Iterator[str]:
    """The pieces as text, each as soon as its letters are whole; a letter cut short at the end is left out."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for piece in pieces:
        text = decoder.decode(piece)
        if text:
            yield text
