"""The view Models: what answers now, what is on the shelf, and what is being downloaded or timed."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.machine import Memory
from rag_app.records import Fit, MemoryNeed, ModelRow, ModelState, Preparation, Speed
from rag_app.settings import Settings
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Html, button, div, element, icon, join, span

GIGABYTE = 1e9
MILLION, BILLION = 1e6, 1e9
COLOURS = {Fit.FITS: "fn-good", Fit.TIGHT: "fn-warn", Fit.TOO_LARGE: "fn-bad"}
EVIDENCE_TOKENS, ANSWER_TOKENS = 400, 60


def models_html(wording: Wording, rows: Sequence[ModelRow], settings: Settings) -> Html:
    """The shelf: a card for each chat model, and folded away the models that searching uses."""
    chat = [_card(wording, row, settings) for row in rows if row.is_chat]
    others = [_card(wording, row, settings) for row in rows if not row.is_chat]
    summary = element("summary", {}, wording("models.search_models", n=len(others)))
    hint = element("p", {"class": "fn-hint"}, wording("models.search_hint"))
    folded = element("details", {"class": "fn-folded"}, summary, hint, element("ul", {"class": "fn-models"}, *others))
    head = element("h2", {"class": "fn-panel-title"}, wording("models.shelf"))
    shelf_hint = element("p", {"class": "fn-hint"}, wording("models.shelf_hint"))
    return join((head, shelf_hint, element("ul", {"class": "fn-models"}, *chat), folded))


def chosen_html(wording: Wording, row: ModelRow, settings: Settings, there: Memory) -> Html:
    """The model that is chosen, with what it takes, and the button that times it."""
    head = element("h2", {"class": "fn-panel-title"}, wording("models.title"))
    machine = wording("models.machine", total=_gigabytes(there.total), free=_gigabytes(there.free))
    lines = (element("p", {}, element("strong", {}, wording("models.chosen", model=row.id))), _fit(wording, row, settings))
    speed = button("test_speed", "fn-small-button", {}, wording("models.speed"))
    hints = (element("p", {"class": "fn-hint"}, text) for text in (machine, wording(f"models.words_{settings.answer_mode}")))
    timed = div("fn-row fn-wrap", speed, span("fn-hint", wording("models.speed_hint")))
    return join((head, div("fn-box", *lines, *hints, timed)))


def work_html(
    wording: Wording, model: str, step: Preparation | Speed | None, *, running: bool, failure: str, timing: bool = False
) -> Html:
    """How far a download or a speed test (`timing`) is, with a button that stops it; or how it ended."""
    if failure:
        return element(
            "p", {"class": "fn-box fn-bad", "role": "alert"}, wording("error.other", message=wording.translated(failure))
        )
    if not running:
        return element("p", {"class": "fn-box", "role": "status"}, _result(wording, model, step)) if step else Html()
    stop = button("stop_model_work", "fn-small-button", {}, wording("models.stop"))
    said, share = _progress(wording, model, step, timing=timing)
    bar = div("fn-bar", element("span", {"style": f"width:{min(max(share, 0.02), 1.0):.1%}"}))
    return div("fn-box fn-work", span("fn-work-said", span("fn-pulse"), said), stop, bar)


def _progress(wording: Wording, model: str, step: Preparation | Speed | None, *, timing: bool) -> tuple[str, float]:
    """What is being done, and the share of it that is done."""
    if isinstance(step, Speed):
        return wording("models.speed_sofar", reading=_pace(step.reading), writing=_pace(step.writing)), step.seconds / 60
    if step is None:
        return wording("models.speed_running" if timing else "models.preparing", model=model), 0.0
    share = step.done / max(step.total, 1)
    if step.stage != "fetching":
        return wording("models.checking", model=model), share
    sizes = {"done": f"{step.done / GIGABYTE:.2f}", "total": f"{step.total / GIGABYTE:.2f}", "share": int(100 * share)}
    return wording("models.fetching", model=model, **sizes), share


def _result(wording: Wording, model: str, step: Preparation | Speed) -> str:
    if not isinstance(step, Speed):
        return wording("models.fetched", model=model)
    if not step.reading or not step.writing:
        return wording("models.speed_none", model=model)
    seconds = EVIDENCE_TOKENS / step.reading + ANSWER_TOKENS / step.writing
    paces = {"reading": _pace(step.reading), "writing": _pace(step.writing)}
    counts = {"tokens": ANSWER_TOKENS, "evidence": EVIDENCE_TOKENS, "seconds": f"{seconds:.0f}" if seconds >= 1 else "1"}
    return wording("models.speed_result", model=model, **paces, **counts)


def _card(wording: Wording, row: ModelRow, settings: Settings) -> Html:
    state = wording("models.in_use") if row.is_chosen else wording(f"models.state.{row.state.value}")
    tag = span(f"fn-tag fn-state-{'chosen' if row.is_chosen else row.state.value}", state)
    head = div("fn-model-head", element("h3", {"class": "fn-model-name"}, row.id), tag)
    facts = element("p", {"class": "fn-hint"}, " · ".join(_facts(wording, row)))
    use = wording(f"models.use.{row.use}")
    use = element("p", {"class": "fn-hint"}, wording("models.licence", licence=row.licence, use=use) if row.licence else use)
    fault = (
        element("p", {"class": "fn-hint fn-bad"}, wording.translated(row.reason)) if row.state is ModelState.DAMAGED else Html()
    )
    fit = _fit(wording, row, settings) if row.is_chat else Html()
    return element("li", {"class": "fn-model"}, head, facts, fit, use, fault, div("fn-row fn-model-acts", *_acts(wording, row)))


def _facts(wording: Wording, row: ModelRow) -> list[str]:
    facts = [" + ".join(wording(f"models.language.{language}") for language in row.languages)]
    if row.parameters:
        is_large = row.parameters >= BILLION
        n = f"{row.parameters / BILLION:.1f}B" if is_large else f"{row.parameters / MILLION:.0f}M"
        facts.append(wording("models.parameters", n=n))
    if row.size:
        facts.append(wording("models.size", size=_gigabytes(row.size)))
    return [*facts, wording("models.context", n=f"{row.context:,}")] if row.context else facts


def _fit(wording: Wording, row: ModelRow, settings: Settings) -> Html:
    """What memory it takes, and in plain words whether that is there."""
    if row.need is None or row.fit is None:
        return element("p", {"class": "fn-hint"}, wording("models.need_unknown"))
    verdict = span(f"fn-fit {COLOURS[row.fit]}", wording(f"models.fit.{row.fit.value}"))
    return element("p", {"class": "fn-hint"}, _need(wording, row.need, row, settings), " ", verdict)


def _need(wording: Wording, need: MemoryNeed, row: ModelRow, settings: Settings) -> str:
    context = min(settings.context_tokens, row.context or settings.context_tokens)
    parts = {"weights": _gigabytes(need.weights), "cache": _gigabytes(need.cache), "compute": _gigabytes(need.compute)}
    return wording("models.need", need=_gigabytes(need.total), context=f"{context:,}", **parts)


def _acts(wording: Wording, row: ModelRow) -> list[Html]:
    if row.is_chosen and row.state is ModelState.PRESENT:
        return []
    acts = []
    if row.state is ModelState.PRESENT and row.is_chat:
        acts.append(_act("choose_model", wording("models.choose"), row))
    if row.state is not ModelState.PRESENT and row.is_fetched:
        label = wording("models.fetch_size", size=_gigabytes(row.size)) if row.size else wording("models.fetch")
        acts.append(_act("fetch_model", label, row))
    return [*acts, _removal(wording, row)] if row.is_own else acts


def _act(act: str, label: str, row: ModelRow) -> Html:
    """A button of many that look alike: its name says which model it is for."""
    return button(act, "fn-small-button", {"data-model": row.id, "aria-label": f"{label} · {row.id}"}, label)


def _removal(wording: Wording, row: ModelRow) -> Html:
    label = wording("models.remove", model=row.id)
    summary = element("summary", {"class": "fn-icon-button", "aria-label": label, "title": label}, icon("bin"))
    yes = button("remove_model", "fn-small-button fn-danger", {"data-model": row.id}, wording("remove"))
    no = element("button", {"type": "button", "class": "fn-small-button", "data-close": True}, wording("keep"))
    body = div("fn-pop-body", element("p", {}, wording("models.remove_question")), div("fn-row", yes, no))
    return element("details", {"class": "fn-pop"}, summary, body)


def _gigabytes(size: int) -> str:
    return f"{size / GIGABYTE:.1f}" if size >= GIGABYTE else f"{size / GIGABYTE:.2f}"


def _pace(tokens: float) -> str:
    return f"{tokens:.0f}" if tokens >= 10 else f"{tokens:.1f}"
