"""The settings that matter, each with what it does beside it, and what it is set to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag_app.settings import Settings
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.frame import LANGUAGE_NAMES
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join

Value = str | float | int
# Setting -> what it may be set to here; a value from elsewhere (settings.json) is shown besides.
OFFERED: Mapping[str, tuple[Value, ...]] = {
    "answer_mode": ("auto", "quoted", "written"),
    "answer_tokens": (80, 160, 400),
    "temperature": (0.0, 0.3, 0.7),
    "imagine": ("off", "passage", "wordings"),
    "ocr": ("on", "off"),
    "gone_files": ("ask", "remove"),
}
THRESHOLD = "refusal_threshold"
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a threshold does, measured by `benchmarks/confidence.py` on articles the reader had not seen; shares of 0 to 1.

    `answered`: of the questions whose answer the documents hold. `refused`: of those whose document was taken out. `tricked`: of
    those made to look answerable by a document that is there, the share that was refused. English and Chinese together.
    """

    answered: float
    refused: float
    tricked: float


# The means of the sets in storage/README.md; its fourth column are the questions made to look answerable.
MEASURED: Mapping[float, _Measured] = {
    0.1: _Measured(0.999, 0.920, 0.074),
    0.15: _Measured(0.992, 0.953, 0.121),
    0.2: _Measured(0.982, 0.953, 0.148),
    0.3: _Measured(0.973, 0.974, 0.222),
    0.4: _Measured(0.954, 0.977, 0.272),
}


def settings_html(wording: Wording, settings: Settings) -> Html:
    """All of the view."""
    standard = Settings()
    rows = (_row(wording, name, getattr(settings, name), getattr(standard, name), values) for name, values in OFFERED.items())
    answers = (next(rows), _threshold(wording, getattr(settings, THRESHOLD)), *rows)
    changed = any(getattr(settings, name) != getattr(standard, name) for name in (*OFFERED, THRESHOLD))
    reset = button("reset_settings", "fn-small-button", {"disabled": not changed}, icon("again"), wording("settings.reset"))
    head = div("fn-panel-head", element("h2", {"class": "fn-view-title"}, wording("view.settings")), reset)
    return join((head, element("p", {"class": "fn-hint"}, wording("settings.kept")), _looks(wording), *answers))


def _looks(wording: Wording) -> Html:
    """Language and colours; the browser keeps them."""
    languages = (
        _choice(
            "speak", LANGUAGE_NAMES[known], known is wording.language, {"data-language-choice": known.value, "lang": known.value}
        )
        for known in Language
    )
    themes = (_choice("theme_of", wording(f"settings.theme_{name}"), False, {"data-theme": name}) for name in THEMES)
    spoken = _group(wording("switch_language"), languages)
    coloured = _group(wording("settings.theme"), themes)
    return _framed(wording("settings.looks"), wording("settings.looks_text"), div("fn-setting-groups", spoken, coloured))


def _row(wording: Wording, name: str, value: Value, standard: Value, offered: Sequence[Value]) -> Html:
    """One setting: its name, what it does, and the choices; one from elsewhere is the last of them."""
    values = [*offered] if value in offered else [*offered, value]
    choices = (
        _choice(
            "set_setting",
            _said(wording, name, one, one == standard),
            one == value,
            {"data-setting": name, "data-value": str(one)},
        )
        for one in values
    )
    title = wording(f"settings.{name}")
    return _framed(title, wording(f"settings.{name}_text"), _group(title, choices))


def _said(wording: Wording, name: str, value: Value, is_standard: bool) -> str:
    key = f"settings.{name}_{value}"
    said = wording(key) if wording.knows(key) else f"{value:g}" if isinstance(value, float) else str(value)
    return wording("settings.standard", value=said) if is_standard else said


def _threshold(wording: Wording, value: float) -> Html:
    """How sure Footnote must be: a table of what each choice was measured to do."""
    title, standard = wording("settings.refusal_threshold"), Settings().refusal_threshold
    names = ("choice", "answered", "refused", "tricked")
    head = element("tr", {}, *(element("th", {"scope": "col"}, wording(f"settings.threshold_{name}")) for name in names))
    values = sorted({*MEASURED, value})
    rows = (_measured(wording, one, one == value, one == standard) for one in values)
    table = div("fn-trace-scroll", element("table", {"class": "fn-measured"}, head, *rows))
    return _framed(title, wording("settings.refusal_threshold_text"), table)


def _measured(wording: Wording, value: float, is_chosen: bool, is_standard: bool) -> Html:
    said = _said(wording, THRESHOLD, f"{value:g}", is_standard)
    choice = _choice("set_setting", said, is_chosen, {"data-setting": THRESHOLD, "data-value": f"{value:g}"})
    known = MEASURED.get(value)
    shares = (f"{known.answered:.0%}", f"{known.refused:.0%}", f"{known.tricked:.0%}") if known else ("", "", "")
    return element("tr", {}, element("td", {}, choice), *(element("td", {}, share) for share in shares))


def _framed(title: str, text: str, body: Html) -> Html:
    parts = (element("h3", {}, title), element("p", {"class": "fn-hint"}, text), body)
    return element("section", {"class": "fn-setting"}, *parts)


def _group(label: str, choices: Iterable[Html]) -> Html:
    return element("div", {"class": "fn-chips", "role": "group", "aria-label": label}, *choices)


def _choice(act: str, label: str, is_chosen: bool, carried: Mapping[str, Attribute]) -> Html:
    return button(act, "fn-chip", {"aria-pressed": "true" if is_chosen else "false", **carried}, label)
