"""What the page says to a visitor of a shared server in English: sentences of its own, and `shared.KEY` in place of `KEY`."""

from __future__ import annotations

SHARED: dict[str, str] = {
    "sharing": "A shared server: what you add and ask is deleted {hours} hours after you last used it.",
    "sharing.details": "Until then the server keeps your documents, your questions and the answers, and only this browser can "
    "reach them; clearing its data loses them. There is room for {documents} documents, {megabytes} MB and {pages} pages; "
    "{questions} questions a minute can be asked. For papers that nobody else may hold, run Footnote on a machine of your own.",
    "shared.library.empty": "No documents yet. What you add is kept on this server for a while, for you alone.",
    "shared.history.empty": "Your questions are kept here for a while, for you alone.",
    "shared.welcome.step1_text": "They are kept on this server for a while, for you alone.",
    "shared.feedback.local": "Kept with your conversation, and deleted with it.",
    "shared.reason.TOO_BIG": "The file is larger than this server allows. Split it.",
    "shared.reason.TOO_MANY_PAGES": "The file has more pages than this server allows. Split it.",
    "refusal.PAGE_NOT_KNOWN": "This page lost its place. Load it again.",
    "refusal.TOO_MANY_VISITORS": "Too many people are here just now. Try again in a few minutes.",
    "refusal.TOO_MANY_DOCUMENTS": "Your library here holds up to {most} documents. Add fewer, or remove some first.",
    "refusal.TOO_MANY_MEGABYTES": "Your library here holds up to {most} MB. Add less, or remove some documents first.",
    "refusal.TOO_MANY_PAGES": "Your library here holds up to {most} pages. Remove a document and try again.",
    "refusal.TOO_MANY_QUESTIONS": "{most} questions a minute can be asked here. Wait a moment and ask again.",
    "refusal.NOT_HERE": "This works only where Footnote runs on a machine of your own.",
}
