"""What the view Ask says in English, beside `page.py`."""

from __future__ import annotations

ASK: dict[str, str] = {
    # the view
    "thread.earlier.one": "Show {n} earlier question",
    "thread.earlier.many": "Show {n} earlier questions",
    "scope.change": "Change",
    "ask.busy": "The answer before is still being written. Wait for it, or stop it.",
    "edit": "Edit",
    "copy_markdown": "Copy as Markdown",
    "mark.open": "Open the page",
    "mark.supported": "Checked: the passage supports this sentence.",
    "mark.quoted": "The document's own sentence.",
    "mark.said": "Said by Footnote itself.",
    "mark.replaced": "The document's own words, in place of a sentence that was not supported.",
    "suggestions.next": "You could ask next",
    "suggestions.first": "For example",
    "welcome.sample": "Try a sample document",
    "welcome.sample_text": "The sample is a short text of ours about a made-up lighthouse. Remove it whenever you like.",
    # why this answer
    "why": "Why this answer?",
    "why.close": "Close",
    "trace.writing": "Choosing, writing and checking",
    "map.question": "Your question",
    "map.caption": "A map of the {n} passages around the question, {cited} of them cited.",
    "map.how": " What is alike stands near; the two dimensions drawn show {percent} of the differences.",
    # conversations
    "history.search": "Search conversations",
    "history.none_found": "No conversation holds these words.",
    "history.more.one": "{n} older conversation is not listed. Search to find it.",
    "history.more.many": "{n} older conversations are not listed. Search to find them.",
    "why.gone": "This answer was deleted with its conversation.",
    "history.deleted": "This conversation was deleted.",
    "history.gone": "This conversation was deleted. Here is a new one.",
    "history.export": "Download {title}",
    "history.export_as": "Download with its footnotes as",
    "history.exported": "{name} is downloaded.",
}
