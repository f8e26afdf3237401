"""Writes messages the way a model was trained to read them: by the template in its own file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rag_app.errors import ModelError
from rag_app.generation.thoughts import thinks, with_thoughts_ended
from rag_app.records import ChatMessage

FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class ChatTemplate:
    """A chat template in Jinja, run in a sandbox because it comes with a file from elsewhere.

    `control_tokens` are the texts that steer the model; in a message they are only text, and are broken up.
    """

    def __init__(self, source: str, *, name: str, bos: str, eos: str, control_tokens: Sequence[str]) -> None:
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"])
        environment.filters["tojson"] = _to_json
        environment.globals.update(raise_exception=_refuse, strftime_now=_now, bos_token=bos, eos_token=eos)
        self._name = name
        self._thinks = thinks(source)
        self._control_tokens = tuple(token for token in control_tokens if len(token) > 1)
        try:
            self._template = environment.from_string(source)
        except TemplateError as error:
            raise ModelError(
                f"The chat template of {name} cannot be read ({error}). Choose another file of this model."
            ) from error

    def write(self, messages: Sequence[ChatMessage]) -> str:
        """The prompt, up to where the model begins to write. Raises `ModelError` if the template refuses the messages.

        A template that knows no system message gets its text at the head of the first message. A model that thinks aloud is to
        answer at once.
        """
        plain = [ChatMessage(message.role, self._plain(message.content)) for message in messages]
        try:
            return self._render(plain)
        except FAULTS as error:
            if not plain or plain[0].role != "system":
                raise ModelError(
                    f"The chat template of {self._name} refuses the question ({error}). Choose another model."
                ) from error
        return self.write(_without_system(plain))

    def _render(self, messages: Sequence[ChatMessage]) -> str:
        prompt = self._template.render(
            messages=[{"role": message.role, "content": message.content} for message in messages],
            add_generation_prompt=True,
            enable_thinking=False,
        )
        return with_thoughts_ended(prompt) if self._thinks else prompt

    def _plain(self, content: str) -> str:
        for token in self._control_tokens:
            content = content.replace(token, f"{token[0]} {token[1:]}")
        return content


def _without_system(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    system, *others = messages
    if not others:
        return [ChatMessage("user", system.content)]
    first = ChatMessage(others[0].role, f"{system.content}\n\n{others[0].content}")
    return [first, *others[1:]]


def _refuse(message: str) -> str:
    raise TemplateError(message)


def _now(form: str) -> str:
    return datetime.now().strftime(form)


def _to_json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
