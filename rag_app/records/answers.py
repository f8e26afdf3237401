"""Evidence, citations and checked answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from rag_app.records.documents import StoredPassage
from rag_app.records.places import Continuation, Section, Stretch, pages_of, stretches
from rag_app.records.searching import Hit, Query

NO_GAP_AFTER = "。！？；…”"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage that may answer the question, with its score: in an answer the chance (0 to 1) that it does.

    Offsets are of the page where its passage begins; over a page break they are counted on through the words on the next one.
    `span` are the words that a reader takes for the answer, if one read it; the first of them stands at `span_at` of `text`.
    `agreeing` are sentences of other documents that give the same answer.
    """

    stored: StoredPassage
    start: int
    end: int
    text: str
    score: float
    span: str = ""
    span_at: int = 0
    agreeing: tuple[Evidence, ...] = ()

    @property
    def places(self) -> tuple[Stretch, ...]:
        """Where it stands: a stretch of a page, or of two."""
        return self.stored.passage.places(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: where a sentence is supported, and the very words there. `cells` names them on a sheet, as `People!A2:D2`.

    Where a page break cuts the words, they begin on `page` and end with their `rest` on the next. `section` tells where they
    stand in a document that has no pages to name. Where they point back ("He was born …"), `before` is the sentence before
    them, else empty.
    """

    number: int
    passage_id: int
    document_id: str
    document_name: str
    page: int
    start: int
    end: int
    quote: str
    cells: str = ""
    rest: Continuation | None = None
    section: Section | None = None
    before: str = ""

    @property
    def in_context(self) -> str:
        """The quote in one line, after the sentence that it points back to."""
        gap = "" if not self.before or self.before[-1] in NO_GAP_AFTER else " "
        return " ".join(f"{self.before}{gap}{self.quote}".split())

    @property
    def places(self) -> tuple[Stretch, ...]:
        """Where the words stand: a stretch of a page, or of two."""
        return stretches(Stretch(self.page, self.start, self.end), self.rest)

    @property
    def pages(self) -> str:
        """The page as it is named, `3`, or both, `3–4`."""
        return pages_of(self.places)

    @property
    def parts(self) -> tuple[str, ...]:
        """The words on each of its pages."""
        return (self.quote[: self.rest.at].strip(), self.quote[self.rest.at :]) if self.rest else (self.quote,)


class Verdict(str, Enum):
    """What the check made of a sentence; `SAID` is what Footnote says of itself, which cites nothing."""

    SUPPORTED = "supported"
    QUOTED = "quoted"
    REPLACED = "replaced"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence as shown, with its footnotes.

    `written` is what the model wrote where that was replaced, else empty. `span` are the words of a quote that answer,
    at `span_at` of `text`; answers kept by an older Footnote do not know where.
    Where the quote is a row of a table, `row` are its cells, each with the name of its column, empty for one without.
    """

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    written: str = ""
    span: str = ""
    row: tuple[tuple[str, str], ...] = ()
    span_at: int = 0

    @property
    def full_text(self) -> str:
        """The text, a row of a table with the names of its columns: `Cash | 2023: 1,093 | 2022: 840`."""
        return " | ".join(f"{name}: {cell}" if name else cell for name, cell in self.row) or self.text


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the question: each stage, the first words shown, and the whole."""

    query: float = 0.0
    search: float = 0.0
    rerank: float = 0.0
    read: float = 0.0
    first_token: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or the state of one while it streams (`finished` False).

    `draft` is the sentence being written, not checked yet. `withheld` are sentences that nothing supported.
    `confidence` (0 to 1) says how sure Footnote is that the documents hold the answer; below `threshold` it gives none.
    The first `selected` pieces of `evidence` are quoted or given to the model; 0 in answers kept by an older Footnote. With
    `of_each` they are told by document, as each of those chosen was asked by itself; `silent` are the names of those that do not
    surely tell.
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
    threshold: float = 0.0
    timings: Timings = Timings()
    selected: int = 0
    of_each: bool = False
    silent: tuple[str, ...] = ()

    @property
    def selected_evidence(self) -> tuple[Evidence, ...]:
        """The evidence that is enough to answer."""
        return self.evidence[: self.selected]

    @property
    def text(self) -> str:
        """The checked sentences, in order, joined as their language does."""
        return self.marked(lambda number: "")

    def marked(self, mark: Callable[[int], str], written: Callable[[str], str] = str) -> str:
        """The sentences, each as it is `written` in some format, with the `mark` of each footnote by its number behind it."""
        joined, before = "", ""
        for sentence in self.sentences:
            gap = "" if not before or before[-1] in NO_GAP_AFTER else " "
            joined += gap + written(sentence.full_text) + "".join(mark(citation.number) for citation in sentence.citations)
            before = sentence.full_text
        return joined

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The footnotes, each once, in the order of their numbers."""
        by_number: dict[int, Citation] = {}
        for sentence in self.sentences:
            for citation in sentence.citations:
                by_number.setdefault(citation.number, citation)
        return tuple(by_number[number] for number in sorted(by_number))
