"""The forms of the view Models: how the model runs, a model of one's own, and where models come from."""

from __future__ import annotations

from collections.abc import Iterable

from rag_app.settings import RANGES, Settings
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, div, element, join, span

CONTEXTS = (1024, 2048, 4096, 8192, 16384, 32768)
MOST_THREADS = 256


def model_forms_html(wording: Wording, settings: Settings, trained: int) -> Html:
    """The forms, each folded away; `trained` is the longest context the chosen model was made for, 0 where unknown."""
    return join((_options(wording, settings, trained), _import(wording), _hub(wording, settings)))


def _options(wording: Wording, settings: Settings, trained: int) -> Html:
    known = {context for context in CONTEXTS if context <= (trained or CONTEXTS[-1])} | {settings.context_tokens}
    contexts = [(str(context), f"{context:,}", context == settings.context_tokens) for context in sorted(known)]
    threads: dict[str, Attribute] = {"type": "number", "min": 0, "max": MOST_THREADS, "value": settings.threads or None}
    threads["placeholder"] = wording("models.threads_auto")
    least, most = RANGES["lora_scale"]
    scale: dict[str, Attribute] = {
        "type": "number",
        "step": "any",
        "min": f"{least:g}",
        "max": f"{most:g}",
        "value": f"{settings.lora_scale:g}",
    }
    fields = (
        _field(wording, "context_tokens", _select("context_tokens", contexts), hint="models.context_hint"),
        _field(wording, "threads", _input("threads", threads)),
        _field(wording, "lora", _input("lora", {"type": "text", "value": settings.lora}), hint="models.lora_hint"),
        _field(wording, "lora_scale", _input("lora_scale", scale)),
    )
    return _form("set_model", wording("models.options"), fields, wording("models.save"))


def _import(wording: Wording) -> Html:
    # Not called "path": gradio takes what carries that name for a file of its own, and refuses it.
    field = _field(wording, "import_path", _input("file", {"type": "text", "required": True}), hint="models.import_hint")
    return _form("import_model", wording("models.import"), (field,), wording("models.import_do"))


def _hub(wording: Wording, settings: Settings) -> Html:
    address = _input("hub_address", {"type": "url", "required": True, "value": settings.hub_address})
    field = _field(wording, "hub_address", address, hint="models.hub_hint")
    return _form("set_hub", wording("models.hub"), (field,), wording("models.save"))


def _form(act: str, title: str, fields: Iterable[Html], label: str) -> Html:
    save = element("button", {"type": "submit", "class": "fn-small-button"}, label)
    form = element("form", {"data-act": act, "class": "fn-form"}, *fields, save)
    return element("details", {"class": "fn-folded fn-box"}, element("summary", {}, title), form)


def _field(wording: Wording, name: str, control: Html, *, hint: str = "") -> Html:
    said = span("fn-hint", wording(hint)) if hint else Html()
    return element("label", {"class": "fn-field"}, span("", wording(f"models.{name}")), control, said)


def _input(name: str, attributes: dict[str, Attribute]) -> Html:
    return element("input", {"name": name, "autocomplete": "off", **attributes})


def _select(name: str, options: Iterable[tuple[str, str, bool]]) -> Html:
    shown = (element("option", {"value": value, "selected": chosen}, label) for value, label, chosen in options)
    return div("fn-select", element("select", {"name": name}, *shown))
