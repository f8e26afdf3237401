"""A question with its answer: checked sentences with footnote marks, the draft, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag_app.records import NO_GAP_AFTER, Answer, AnswerSentence, Citation, Evidence, Feedback, Turn, Verdict
from rag_app.text.folding import CJK
from rag_app.text.language import language
from rag_app.text.lists import item_lines
from rag_app.text.markdown import escaped
from rag_app.ui.language import Wording
from rag_app.ui.rendering.feedback import reason_html, thumbs_html
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, own_language, span, words
from rag_app.ui.rendering.opening import opening
from rag_app.ui.rendering.places import named_place
from rag_app.ui.rendering.welcome import suggestions_html

CLOSEST = 3
_LETTER = rf"[^\W{CJK}]"  # of a word that spaces part from others, or of a number
_NUMBERED = re.compile(rf"(\d+(?:\.\d+)+)\.? ?(?=[A-Z{CJK}])")
CONFIDENCE = ((0.8, "high"), (0.6, "middle"), (0.0, "low"))


def conversation_html(wording: Wording, turns: Sequence[Turn], *, earlier: int = 0, questions: Sequence[str] = ()) -> Html:
    """Finished turns, oldest first; above them a button for more of the `earlier` ones, below them `questions` to ask next."""
    shown = (turn_html(wording, turn.answer, turn.id, turn.feedback) for turn in turns)
    label = wording.count("thread.earlier", earlier)
    more = button("show_earlier", "fn-link fn-earlier", {"data-shown": len(turns)}, label) if earlier else Html()
    return join((more, *shown, suggestions_html(wording, "suggestions.next", questions)))


def turn_html(wording: Wording, answer: Answer, turn: int, feedback: Feedback | None = None) -> Html:
    """A finished question and answer, and what the person thinks of it."""
    searched = _searched_for(wording, answer, undo=_ask_as_typed(wording, answer))
    shown = (searched, _body(wording, answer, turn), _withheld(wording, answer))
    foot = _foot(wording, answer, turn, thumbs_html(wording, feedback, turn))
    below = (foot, reason_html(wording, feedback, turn))
    return element("article", {"class": "fn-turn", "data-turn": turn}, _question(answer.question), *shown, *below)


def live_html(wording: Wording, answer: Answer) -> Html:
    """The question being answered, as far as its answer is."""
    if answer.sentences or answer.draft:
        body = _sentences(wording, answer, 0)
    elif answer.evidence:
        body = _working(wording.count("reading", len({found.stored.id for found in answer.evidence})))
    else:
        body = _working(wording("searching"))
    attributes: dict[str, Attribute] = {"class": "fn-turn fn-live", "data-turn": 0, "aria-busy": "true"}
    return element("article", attributes, _question(answer.question), _searched_for(wording, answer), body)


def waiting_html(wording: Wording, question: str, sentence: str) -> Html:
    """A question that was just sent."""
    return element("article", {"class": "fn-turn fn-live", "aria-busy": "true"}, _question(question), _working(wording(sentence)))


def answer_with_sources(wording: Wording, answer: Answer) -> str:
    """The answer as plain text for the clipboard, its sources below."""
    text = answer.marked(lambda number: f"[{number}]")
    sources = [f"[{citation.number}] {named_place(wording, citation)}: {citation.in_context}" for citation in answer.citations]
    return "\n".join((text, "", wording("copy.sources"), *sources)) if sources else text


def answer_as_markdown(wording: Wording, answer: Answer) -> str:
    """The answer as Markdown with footnotes, for the clipboard."""
    notes = [
        f"[^{citation.number}]: {escaped(named_place(wording, citation))}: {escaped(citation.in_context)}"
        for citation in answer.citations
    ]
    return "\n\n".join((answer.marked(lambda number: f"[^{number}]", escaped), *notes))


def source_attributes(citation: Citation, turn: int) -> dict[str, Attribute]:
    """What a click on a footnote must carry to open its page."""
    return opening(citation.document_id, citation.places, turn)


def closest_attributes(found: Evidence, turn: int) -> dict[str, Attribute]:
    """What a click on a passage that came close must carry to open its page."""
    return opening(found.stored.passage.document_id, found.places, turn)


def shown_quote(citation: Citation) -> str:
    """The quote, each item of a list on a line of its own, or after the sentence that it points back to."""
    return citation.in_context if citation.before else "\n".join(item_lines(citation.quote))


def _question(question: str) -> Html:
    return element("h2", {"class": "fn-question"}, words("", question))


def _working(sentence: str) -> Html:
    return element("p", {"class": "fn-working"}, span("fn-dots", span(""), span(""), span("")), sentence)


def _searched_for(wording: Wording, answer: Answer, undo: str = "") -> Html:
    """What was searched instead of what was typed, and how to have it undone; nothing where nothing was changed."""
    corrections, understood = answer.query.corrections, answer.query.understood
    typed = " ".join(correction.typed for correction in corrections)
    searched = " ".join(correction.searched for correction in corrections)
    sentences = [wording("searched_for", searched=searched, typed=typed)] if corrections else []
    sentences += [wording("understood_as", question=understood)] if understood else []
    return element("p", {"class": "fn-searched"}, " ".join(sentences), undo) if sentences else Html()


def _ask_as_typed(wording: Wording, answer: Answer) -> Html:
    return button("ask_as_typed", "fn-action", {"data-question": answer.question}, icon("again"), wording("ask_as_typed"))


def _body(wording: Wording, answer: Answer, turn: int) -> Html:
    if answer.abstained:
        return _abstained(wording, answer, turn)
    if not answer.sentences:
        return element("p", {"class": "fn-note"}, wording("stopped" if answer.stopped else "sources.none"))
    note = element("p", {"class": "fn-note"}, wording("stopped.early")) if answer.stopped else Html()
    silent = words("fn-note fn-silent", wording("silent", names=", ".join(answer.silent))) if answer.silent else Html()
    return join((_sentences(wording, answer, turn), silent, note))


def _abstained(wording: Wording, answer: Answer, turn: int) -> Html:
    """That there is no sure answer, and the sentences that come closest, each with its place."""
    refused = element("strong", {}, wording("abstained"))
    if not answer.evidence:
        return div("fn-abstained", refused, element("p", {}, wording("abstained.nothing")))
    listed = element("ul", {}, *(_closest(wording, found, turn) for found in answer.evidence[:CLOSEST]))
    return div("fn-abstained", refused, element("p", {}, wording("abstained.closest")), listed)


def _closest(wording: Wording, found: Evidence, turn: int) -> Html:
    text = " ".join(found.text.split())
    link = button("open_source", "fn-link", closest_attributes(found, turn), words("", named_place(wording, found)))
    return element("li", {}, element("q", {"class": "fn-own-words", **own_language(text)}, text), " ", link)


def _sentences(wording: Wording, answer: Answer, turn: int) -> Html:
    parts: list[str] = []
    shown = told_of = ""
    quoted = {sentence.text for sentence in answer.sentences}
    for sentence in answer.sentences:
        named = " · ".join(dict.fromkeys(cited.document_name for cited in sentence.citations)) if answer.of_each else ""
        parts += [words("fn-of", named)] if named != told_of else [_gap(shown)]
        parts += [_before(sentence, quoted), _sentence(wording, sentence, turn)]
        shown, told_of = sentence.text, named
    if answer.draft:
        draft = {"class": "fn-draft", "dir": "auto", "title": wording("draft")}
        parts += [_gap(shown), element("span", draft, answer.draft)]
    return element("p", {"class": "fn-answer"}, *parts)


def _before(sentence: AnswerSentence, quoted: Collection[str]) -> Html:
    """The sentence that a quote points back to, unless it is `quoted` too; what the model words says its subject itself."""
    before = "" if sentence.verdict is Verdict.SUPPORTED else next((cited.before for cited in sentence.citations), "")
    if not before or before in quoted:
        return Html()
    return join((element("span", {"class": "fn-before", **own_language(before)}, before), Html(_gap(before))))


def _sentence(wording: Wording, sentence: AnswerSentence, turn: int) -> Html:
    marks = join(_mark(wording, citation, sentence.verdict, turn) for citation in sentence.citations)
    if sentence.verdict in (Verdict.SUPPORTED, Verdict.SAID):
        return join((words("fn-sentence", sentence.text), marks))
    label = {"class": "fn-tag", "title": wording("replaced.written", text=sentence.written) if sentence.written else None}
    tag = element("span", label, wording("replaced")) if sentence.verdict is Verdict.REPLACED else Html()
    if sentence.row:
        return element("span", {"class": "fn-quoted-line"}, _row(sentence), marks, tag)
    lines = item_lines(sentence.citations[0].quote) if sentence.citations else []
    if len(lines) > 1 and " ".join(lines) == sentence.text:
        items = (element("span", {"class": "fn-item"}, line) for line in lines[1:])
        return element("span", {"class": "fn-quoted-line"}, element("q", _own_words(sentence), lines[0], *items), marks, tag)
    return join((element("q", _own_words(sentence), *_marked(sentence.text, *_answering(sentence))), marks, tag))


def _row(sentence: AnswerSentence) -> Html:
    """A row of a table: each cell below the name of its column."""
    first, last = _answering(sentence)
    cells: list[Html] = []
    end = 0
    for name, cell in sentence.row:
        start = sentence.text.find(cell, end)  # not there where quotes within a cell of a CSV file are doubled
        shown = (cell,) if start < 0 else _marked(cell, first - start, last - start)
        end = max(end, start + len(cell))
        column = element("span", {"class": "fn-column"}, name)
        cells.append(element("span", {"class": "fn-cell"}, column, element("span", {}, *shown)))
    return element("span", _own_words(sentence) | {"class": "fn-own-words fn-quoted-row"}, *cells)


def _own_words(sentence: AnswerSentence) -> dict[str, Attribute]:
    return {"class": "fn-own-words", **own_language(sentence.text)}


def _answering(sentence: AnswerSentence) -> tuple[int, int]:
    """Start and end of the words of a quote that answer; where their place is not known, first where they are whole words.
    The number of a clause alone answers nothing."""
    text, span, start = sentence.text, sentence.span, sentence.span_at
    if not sentence.row and (numbered := _NUMBERED.match(text)) and span.rstrip(".") == numbered[1]:
        return (0, 0)
    if not text.startswith(span, start):
        whole = re.search(rf"(?<!{_LETTER}){re.escape(span)}(?!{_LETTER})", text)
        start = whole.start() if whole else text.find(span)
    return (start, start + len(span)) if start >= 0 else (0, 0)


def _marked(text: str, start: int, end: int) -> tuple[str, ...]:
    """A text, what of it stands from `start` to `end` marked."""
    start, end = max(0, start), min(len(text), end)
    return (text[:start], element("mark", {"class": "fn-span"}, text[start:end]), text[end:]) if start < end else (text,)


def _mark(wording: Wording, citation: Citation, verdict: Verdict, turn: int) -> Html:
    """A footnote mark. It carries what the page's script shows beside it: the quote, where it stands, and the verdict."""
    where = named_place(wording, citation)
    label = wording("source.label", number=citation.number, place=where)
    carried: dict[str, Attribute] = {
        "aria-label": label,
        "data-tip": shown_quote(citation),
        "data-tip-lang": language(citation.quote),
        "data-tip-where": where,
        "data-tip-verdict": wording(f"mark.{verdict.value}"),
        "data-tip-open": wording("mark.open"),
    }
    attributes = source_attributes(citation, turn) | carried
    return element("sup", {}, button("open_source", "fn-mark", attributes, str(citation.number)))


def _withheld(wording: Wording, answer: Answer) -> Html:
    if not answer.withheld:
        return Html()
    summary = element("summary", {}, wording.count("withheld", len(answer.withheld)))
    sentences = (element("li", {"dir": "auto"}, sentence) for sentence in answer.withheld)
    return element("details", {"class": "fn-withheld"}, summary, element("ul", {}, *sentences))


def _foot(wording: Wording, answer: Answer, turn: int, thumbs: Html) -> Html:
    """What can be done with a finished answer, and how sure it is."""
    asked = {"data-question": answer.query.understood or answer.question}  # "the year before" would be another year by now
    edit = button("edit", "fn-action", {"data-question": answer.question}, icon("pen"), wording("edit"))
    again = button("ask_again", "fn-action", asked, icon("again"), wording("ask_again"))
    why = button("why", "fn-action", {"data-turn": turn}, icon("why"), wording("why"))
    if answer.abstained or not answer.citations:
        return div("fn-foot", edit, again, why, thumbs)
    level = next(level for least, level in CONFIDENCE if answer.confidence >= least)
    seconds = span("fn-seconds", wording("seconds", n=f"{answer.timings.total / 1000:.1f}"))
    return div(
        "fn-foot",
        div("fn-sure", span(f"fn-confidence fn-confidence-{level}", wording(f"confidence.{level}")), seconds, thumbs),
        _copy(wording, "copy", answer_with_sources(wording, answer)),
        _copy(wording, "copy_markdown", answer_as_markdown(wording, answer)),
        edit,
        again,
        why,
    )


def _copy(wording: Wording, label: str, text: str) -> Html:
    carried = {"data-copy": text, "data-copied": wording("copied")}
    return button("copy", "fn-action", carried, icon("copy"), span("", wording(label)))


def _gap(before: str) -> str:
    return "" if not before or before[-1] in NO_GAP_AFTER else " "
