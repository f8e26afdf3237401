"""Thumbs up and down below an answer, and the form that asks what was wrong."""

from __future__ import annotations

from rag_app.records import Fault, Feedback, Rating
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, element, icon, span

LONGEST_TEXT = 4000


def thumbs_html(wording: Wording, feedback: Feedback | None, turn: int) -> Html:
    """Two buttons, the given thumb pressed; pressed again, it is taken back."""
    group: dict[str, Attribute] = {"class": "fn-thumbs", "role": "group", "aria-label": wording("feedback")}
    return element("span", group, *(_thumb(wording, rating, feedback, turn) for rating in Rating))


def reason_html(wording: Wording, feedback: Feedback | None, turn: int) -> Html:
    """The form behind a thumb down. Without one it is there but hidden, so that the page can show it at once."""
    said = feedback or Feedback(Rating.DOWN)
    form: dict[str, Attribute] = {"data-act": "explain", "data-turn": turn}
    save = element("button", {"class": "fn-small-button"}, wording("save"))
    fields = (
        _faults(wording, said.fault),
        _text(wording, "comment", said.comment),
        _text(wording, "right_answer", said.right_answer),
    )
    summary = element("summary", {}, wording("feedback.why"))
    hint = element("p", {"class": "fn-hint"}, wording("feedback.local"))
    return element("details", {"class": "fn-reason"}, summary, element("form", form, *fields, hint, save))


def _thumb(wording: Wording, rating: Rating, feedback: Feedback | None, turn: int) -> Html:
    label = wording(f"feedback.{rating.value}")
    pressed = feedback is not None and feedback.rating is rating
    attributes: dict[str, Attribute] = {
        "data-turn": turn,
        "data-rating": rating.value,
        "aria-pressed": "true" if pressed else "false",
        "aria-label": label,
        "title": label,
    }
    return button("rate", "fn-icon-button", attributes, icon(f"thumb_{rating.value}"))


def _faults(wording: Wording, chosen: Fault | None) -> Html:
    options = [element("option", {"value": "", "selected": chosen is None}, wording("feedback.no_fault"))]
    options += [
        element("option", {"value": fault.value, "selected": fault is chosen}, wording(f"feedback.fault_{fault.value}"))
        for fault in Fault
    ]
    return _labelled(wording("feedback.fault"), element("select", {"name": "fault"}, *options))


def _text(wording: Wording, name: str, text: str) -> Html:
    field: dict[str, Attribute] = {"name": name, "rows": 2, "maxlength": LONGEST_TEXT, "dir": "auto"}
    return _labelled(wording(f"feedback.{name}"), element("textarea", field, text))


def _labelled(label: str, field: Html) -> Html:
    return element("label", {}, span("", label), field)
