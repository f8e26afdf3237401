"""Values that cross module borders. Frozen; sequences are tuples; a higher score is better.

Offsets count characters of the page's text. Pages count from 1. Times are milliseconds unless a name says seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page: the offsets of its words, and its level (1 is the highest)."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet as it was read; a format without pages is one page."""

    number: int
    text: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. `id` is the sha256 of the file, so the same file twice is the same document."""

    id: str
    name: str
    title: str
    media_type: str
    size: int
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page, `text == page.text[start:end]`, small enough for the embedder. Not stored yet, so without an id."""

    document_id: str
    page: int
    start: int
    end: int
    heading_path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the integer that names it everywhere, and what a citation shows of its document."""

    id: int
    document_name: str
    document_title: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A row of the library. `added_at` is ISO 8601 in UTC, `size` in bytes."""

    id: str
    name: str
    title: str
    media_type: str
    size: int
    pages: int
    passages: int
    collections: tuple[str, ...]
    added_at: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: a collection, chosen documents, or (both empty) the whole library."""

    collection: str | None = None
    document_ids: tuple[str, ...] = ()


class TaskState(str, Enum):
    """Where a file stands on its way into the library."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Task:
    """A file in the durable queue. `document_id` is its sha256, known as soon as the file is taken over."""

    id: int
    name: str
    path: str
    document_id: str
    collection: str | None
    state: TaskState
    attempts: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running task is: `done` of `total` pages or passages of `stage` (parsing, embedding, storing)."""

    task_id: int
    name: str
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file ended. `reason` is a code of `errors.Reason` or empty, `message` the sentence for a person."""

    path: str
    name: str
    state: TaskState
    document_id: str
    pages: int
    passages: int
    seconds: float
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question as typed, and the word searched instead."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched. `terms` are the tokens of the lexical index, without repeats."""

    original: str
    searched: str
    language: str
    terms: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageScore:
    """What one stage (lexical, dense, fused, …) gave a passage."""

    stage: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with its final score and that of each stage."""

    stored: StoredPassage
    score: float
    stages: tuple[StageScore, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with the query as searched and the share of its weight that the best passages cover (0 to 1)."""

    query: Query
    hits: tuple[Hit, ...]
    query_ms: float
    search_ms: float
    rerank_ms: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage that may answer the question; offsets are of the page."""

    stored: StoredPassage
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: where a sentence is supported, and the very words there."""

    number: int
    passage_id: int
    document_id: str
    document_name: str
    page: int
    start: int
    end: int
    quote: str


class Verdict(str, Enum):
    """What the check made of a sentence."""

    SUPPORTED = "supported"
    QUOTED = "quoted"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence as shown, with its footnotes. `written` is what the model wrote where that was replaced, else empty."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    written: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the question: each stage, the first words shown, and the whole."""

    query: float = 0.0
    search: float = 0.0
    rerank: float = 0.0
    first_token: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or the state of one while it streams (`finished` False).

    `draft` is the sentence being written, not checked yet. `withheld` are sentences that nothing supported.
    `confidence` (0 to 1) says how sure Footnote is that the documents hold the answer.
    """

    question: str
    query: Query
    sentences: tuple[AnswerSentence, ...] = ()
    draft: str = ""
    withheld: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    hits: tuple[Hit, ...] = ()
    abstained: bool = False
    stopped: bool = False
    finished: bool = False
    confidence: float = 0.0
    model: str = ""
    timings: Timings = Timings()

    @property
    def text(self) -> str:
        """The checked sentences, in order, joined as their language does."""
        joined = ""
        for sentence in self.sentences:
            gap = "" if not joined or joined[-1] in "。！？；…”" else " "
            joined += gap + sentence.text
        return joined


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a chat model: role is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the history. `updated_at` is ISO 8601 in UTC."""

    id: int
    title: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the answer it got, with the evidence of that moment."""

    id: int
    conversation_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on a page, each side as a share (0 to 1) of the page's width or height, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageView:
    """A page to show: a PNG of it where the format has pages, its text, and where the quote stands in both.

    `start` and `end` are offsets of the quote in `text`; `rectangles` mark it on the image.
    """

    document_id: str
    document_name: str
    page: int
    pages: int
    text: str
    start: int
    end: int
    image: bytes | None
    rectangles: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the doctor's report: what was looked at, whether it is well, and what to do where it is not."""

    subject: str
    is_well: bool
    message: str
