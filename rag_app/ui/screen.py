"""What travels between the page and its handlers: where the visitor is, what was clicked, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

from rag_app.records import Scope, Stretch
from rag_app.ui.language import Language, Wording
from rag_app.ui.listing import ALL_BY_NAME, Listing

MOST_TEXTS = 10_000


@dataclass(frozen=True, slots=True)
class Target:
    """A page to open: `start` and `end` mark the quote on `quote_page`, `rest` where a page break cuts it the rest on the next.

    `turn` is the answer it belongs to, 0 the running one. Without a document no page is open; with `why` the panel is that tells
    how the answer came about.
    """

    document_id: str
    page: int
    quote_page: int = 0
    start: int = 0
    end: int = 0
    turn: int = 0
    why: bool = False
    rest: Stretch | None = None

    @property
    def quote(self) -> tuple[Stretch, ...]:
        """Where the quote stands, if there is one: a stretch of a page, or of two."""
        found = (Stretch(self.quote_page, self.start, self.end), self.rest)
        return tuple(place for place in found if place and place.end > place.start)

    @property
    def marked(self) -> Stretch | None:
        """What to mark of the quote on the page to open, if it stands there."""
        return next((place for place in self.quote if place.page == self.page), None)


NOTHING_SHOWN = Target(document_id="", page=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a visitor's page stands. Empty `collection` and `chosen` mean the whole library; conversation 0 is not begun yet.

    `shown` is the open page, and the turn whose sources are listed. Conversations that hold the words `sought` are listed.
    `seen` is the last news of the queue and the folders that the page tells of. `at_machine` is false for a visitor of a shared
    server.
    """

    session: str
    language: Language
    collection: str = ""
    chosen: tuple[str, ...] = ()
    conversation: int = 0
    shown: Target = NOTHING_SHOWN
    sought: str = ""
    listing: Listing = ALL_BY_NAME
    seen: int = -1
    at_machine: bool = True

    @property
    def wording(self) -> Wording:
        """The strings of the visitor's language."""
        return Wording(self.language, self.at_machine)

    @property
    def scope(self) -> Scope:
        """What a question of this visitor is asked of."""
        if self.chosen:
            return Scope(document_ids=self.chosen)
        return Scope(collection=self.collection or None)


def read_target(clicked: Mapping[str, object]) -> Target:
    """The page that a click names. What a browser sends may be anything: numbers that are none count as 0."""
    rest = Stretch(*(read_number(clicked, name) for name in ("rest", "restStart", "restEnd")))
    return Target(
        document_id=str(clicked.get("document", "")),
        page=max(1, read_number(clicked, "page")),
        quote_page=read_number(clicked, "quote"),
        start=read_number(clicked, "start"),
        end=read_number(clicked, "end"),
        turn=read_number(clicked, "turn"),
        rest=rest if rest.page else None,
    )


def read_number(clicked: Mapping[str, object], name: str) -> int:
    """A number that a click carries, 0 where there is none."""
    text = str(clicked.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def read_texts(clicked: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Texts that a click carries, at most `MOST_TEXTS`; none where there is no list."""
    texts = clicked.get(name)
    return tuple(str(text) for text in texts[:MOST_TEXTS]) if isinstance(texts, list) else ()


def text_of(clicked: Mapping[str, object], name: str) -> str:
    """A text that a click carries, empty where there is none."""
    return str(clicked.get(name, ""))


def bare_path(typed: str) -> str:
    """A path without the quotation marks in which file managers copy it."""
    return typed.strip(" \"'")


@dataclass(frozen=True, slots=True)
class Screen:
    """What a handler changes on the page; None leaves a part as it is. Parts named after a panel hold its HTML.

    `looks` is after how many seconds the page looks again how files and folders stand, 0 for not at all.
    """

    header: str | None = None
    sharing: str | None = None
    queue: str | None = None
    address: str | None = None
    shelf: str | None = None
    picks: str | None = None
    table: str | None = None
    folders: str | None = None
    disk: str | None = None
    arrivals: str | None = None
    chooser: str | None = None
    history: str | None = None
    download: str | None = None
    thread: str | None = None
    live: str | None = None
    notice: str | None = None
    scope: str | None = None
    sources: str | None = None
    reader: str | None = None
    models: str | None = None
    model_chosen: str | None = None
    model_work: str | None = None
    model_forms: str | None = None
    model_working: bool | None = None
    evaluation_forms: str | None = None
    evaluation_work: str | None = None
    evaluation: str | None = None
    evaluating: bool | None = None
    settings: str | None = None
    question: str | None = None
    answering: bool | None = None
    looks: float | None = None
    language: Language | None = None
    remembered: str | None = None
    collection: str | None = None
    chosen: tuple[str, ...] | None = None
    conversation: int | None = None
    shown: Target | None = None
    sought: str | None = None
    listing: Listing | None = None
    seen: int | None = None


def both(first: Screen, second: Screen) -> Screen:
    """What `first` changes and what `second` changes; where both change a part, as the second does."""
    changed = {field.name: value for field in fields(second) if (value := getattr(second, field.name)) is not None}
    return replace(first, **changed)


Click = Mapping[str, object]
ClickHandler = Callable[[Visit, Click], Screen]
