"""The forms of the view Evaluate: to make questions, and to ask a set of them; and how far that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rag_app.evaluation.bench import Made
from rag_app.evaluation.comparison import Asked
from rag_app.evaluation.runner import Read
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, join, span

COUNT, MOST_COUNT = 20, 500
CHECKED = ("present",)
_MADE = re.compile(r"(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)\d\d")


def forms_html(wording: Wording, sets: Sequence[Path], configurations: Sequence[str]) -> Html:
    """What can be measured, and with which questions."""
    head = element("h2", {"class": "fn-view-title"}, wording("evaluate.title"))
    intro = element("p", {"class": "fn-hint"}, wording("evaluate.intro"))
    return join((head, intro, div("fn-columns", _make(wording), _run(wording, sets, configurations))))


def made_html(wording: Wording, made: Made) -> Html:
    """Where a set that was made is."""
    values = {"n": made.questions, "folder": made.folder, "review": made.review}
    return element("p", {"class": "fn-box", "role": "status"}, wording("evaluate.made", **values))


def progress_html(wording: Wording, told: Read | Asked | None, share: float, *, making: bool) -> Html:
    """How far it is while something runs, with a button that stops it."""
    said = wording("evaluate.making" if making else "evaluate.preparing")
    if isinstance(told, Read):
        said = wording("evaluate.reading", done=told.done, total=told.total)
    elif told:
        named = configuration_name(wording, told.configuration)
        said = wording("evaluate.asking", configuration=named, done=told.done, total=told.total)
    stop = button("stop_evaluation", "fn-small-button", {}, wording("evaluate.stop"))
    bar = div("fn-bar", element("span", {"style": f"width:{min(max(share, 0.02), 1.0):.1%}"}))
    return div("fn-box fn-work", span("fn-work-said", span("fn-pulse"), said), stop, bar)


def failure_html(wording: Wording, message: str) -> Html:
    """Why it ended early."""
    return element("p", {"class": "fn-box fn-bad", "role": "alert"}, wording("error.other", message=wording.translated(message)))


def configuration_name(wording: Wording, name: str) -> str:
    """What a configuration is called on the page."""
    return wording(f"evaluate.config.{name}") if wording.knows(f"evaluate.config.{name}") else name


def _make(wording: Wording) -> Html:
    number: dict[str, Attribute] = {"type": "number", "min": 1, "max": MOST_COUNT, "value": COUNT, "required": True}
    field = _field(wording("evaluate.count"), _input("count", number), wording("evaluate.make_hint"))
    return _form("make_questions", wording("evaluate.make"), [field], wording("evaluate.make_do"))


def _run(wording: Wording, sets: Sequence[Path], configurations: Sequence[str]) -> Html:
    options = [element("option", {"value": str(folder)}, set_name(wording, folder)) for folder in sets]
    options = options or [element("option", {"value": ""}, wording("evaluate.set_none"))]
    chosen = _field(wording("evaluate.set"), div("fn-select", element("select", {"name": "set"}, *options)))
    folder = _field(wording("evaluate.folder"), _input("folder", {"type": "text"}), wording("evaluate.folder_hint"))
    limit = _field(wording("evaluate.limit"), _input("limit", {"type": "number", "min": 1}), wording("evaluate.limit_hint"))
    boxes = [_box(f"config-{name}", configuration_name(wording, name), name in CHECKED) for name in configurations]
    compared = element("fieldset", {"class": "fn-boxes"}, element("legend", {}, wording("evaluate.configurations")), *boxes)
    only = _box("retrieval_only", wording("evaluate.retrieval_only"), False)
    return _form("evaluate", wording("evaluate.run"), [chosen, folder, compared, limit, only], wording("evaluate.start"))


def set_name(wording: Wording, folder: Path) -> str:
    """What a set is called: when it was made where the page made it, else as its folder is."""
    made = _MADE.fullmatch(folder.name)
    return wording("evaluate.set_made", time="{} {}:{}".format(*made.groups())) if made else folder.name


def _form(act: str, title: str, fields: Sequence[Html], label: str) -> Html:
    save = element("button", {"type": "submit", "class": "fn-small-button fn-strong"}, label)
    head = element("h3", {"class": "fn-panel-title"}, title)
    return element("form", {"data-act": act, "class": "fn-box fn-evaluation-form"}, head, *fields, save)


def _field(label: str, control: Html, hint: str = "") -> Html:
    return element("label", {"class": "fn-field"}, span("", label), control, span("fn-hint", hint) if hint else Html())


def _input(name: str, attributes: dict[str, Attribute]) -> Html:
    return element("input", {"name": name, "autocomplete": "off", **attributes})


def _box(name: str, label: str, checked: bool) -> Html:
    box = element("input", {"type": "checkbox", "name": name, "value": "yes", "checked": checked})
    return element("label", {"class": "fn-check"}, box, span("", label))
