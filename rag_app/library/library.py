"""The one object that surfaces see: a person's documents, the questions asked of them, and their history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rag_app.answering import Answering
from rag_app.errors import DocumentError
from rag_app.exporting import export
from rag_app.fusion import interleaved
from rag_app.ingestion import Folders, Ingestion
from rag_app.interfaces import Stop
from rag_app.library.documents import Documents, never
from rag_app.parsing import SandboxedParser
from rag_app.records import (
    Answer,
    Conversation,
    Export,
    ExportFormat,
    Feedback,
    PageView,
    PassageMap,
    PreferenceExample,
    Scope,
    SearchResult,
    Speed,
    StoredPassage,
    SupervisedExample,
    Turn,
)
from rag_app.retrieval import Retrieval
from rag_app.settings import Settings, read_settings, write_settings
from rag_app.store import Store
from rag_app.text.language import CHINESE, ENGLISH
from rag_app.training_examples import preference_examples, supervised_examples
from rag_app.vector_index import LibraryIndex

EVERYTHING = Scope()


class Library(Documents):
    """A library in one storage folder. Safe to use from several threads; close it when done."""

    def __init__(
        self,
        storage: Path,
        settings: Settings,
        *,
        store: Store,
        index: LibraryIndex,
        parser: SandboxedParser,
        ingestion: Ingestion,
        folders: Folders,
        retrieval: Retrieval,
        answering: Callable[[Settings], Answering],
    ) -> None:
        self.storage = storage
        self.settings = settings
        self._store = store
        self._index = index
        self._parser = parser
        self._ingestion = ingestion
        self._folders = folders
        self._retrieval = retrieval
        self._make_answering = answering
        self._answering = answering(settings)

    def close(self) -> None:
        """Close the database and end the parser's process."""
        self._parser.close()
        self._index.close()
        self._store.close()

    def passages(self, document_id: str, limit: int = -1) -> tuple[StoredPassage, ...]:
        """The passages of a document, in reading order, at most `limit` (-1: all). Raises `LibraryError` for an unknown one."""
        return self._store.passages(self._store.document(document_id).id, limit)

    def passages_near(self, passage_id: int, reach: int) -> tuple[StoredPassage, ...]:
        """A passage and up to `reach` before and behind it in its document, the nearest first; none if it was removed."""
        return self._store.passages_near(passage_id, reach)

    def search(self, question: str, *, top_k: int = 10, scope: Scope = EVERYTHING, as_typed: bool = False) -> SearchResult:
        """The passages that fit `question` best, its spelling corrected unless searched `as_typed`. Raises `QuestionError`.

        Documents in the other language than the question's are searched by themselves besides: beside those in its own none of
        them would be found.
        """
        search = partial(self._answering.search, question, top_k=top_k, stop=never, as_typed=as_typed)
        found, apart = search(scope=scope), {tongue: replace(scope, language=tongue) for tongue in (ENGLISH, CHINESE)}
        if not all(map(self._store.has_passages, apart.values())):
            return found
        tongue = CHINESE if found.query.language == ENGLISH else ENGLISH
        across = search(scope=apart[tongue])
        spent = {name: getattr(found, name) + getattr(across, name) for name in ("query_ms", "search_ms", "rerank_ms")}
        return replace(found, hits=interleaved(found.hits, across.hits, tongue)[:top_k], **spent)

    def weights(self, found: SearchResult) -> dict[str, float]:
        """How rare the terms by which a text is known to say what the question says are in the library."""
        return self._retrieval.weights(found.query, found.hits)

    def map(self, answer: Answer, *, scope: Scope = EVERYTHING, count: int = 40) -> PassageMap:
        """What an answer was found among: the passages nearest to its question within `scope`, and all that it used."""
        used = [citation.passage_id for citation in answer.citations] + [found.stored.id for found in answer.evidence]
        hits = [hit.stored.id for hit in answer.hits]
        return self._retrieval.map(answer.query.searched, scope=scope, besides=[*used, *hits], count=count)

    def ask(
        self,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        stop: Stop = never,
        as_typed: bool = False,
        before: Sequence[Turn] = (),
    ) -> Iterator[Answer]:
        """Answers, each more complete; the last is finished. Raises `QuestionError`, `ModelError`.

        The question's spelling is corrected first, and a follow-up is understood by the turns `before` it, unless it is asked
        `as_typed`.
        """
        return self._answering.ask(question, scope=scope, stop=stop, as_typed=as_typed, before=before)

    def view(self, document_id: str, page: int, start: int, end: int) -> PageView:
        """The page of a citation, with the stretch from `start` to `end` marked. Raises `LibraryError` if it is gone.

        A page that cannot be drawn is shown as its text.
        """
        summary = self._store.document(document_id)
        read = self._store.page(document_id, page)
        try:
            image, rectangles = self._parser.view(
                self._store.document_file(document_id),
                name=summary.file_name,
                media_type=summary.media_type,
                page=read,
                start=start,
                end=end,
            )
        except DocumentError:
            image, rectangles = None, ()
        where = (document_id, summary.name, page, summary.pages)
        return PageView(*where, read.text, start, end, image, rectangles, read.confidence)

    def start_conversation(self, title: str) -> Conversation:
        """A new conversation, kept from its first turn on."""
        return self._store.start_conversation(title)

    def conversations(self, search: str = "") -> tuple[Conversation, ...]:
        """The conversations, the newest first; with `search`, those that hold each of its words."""
        return self._store.conversations(search)

    def turns(self, conversation_id: int, last: int = -1) -> tuple[Turn, ...]:
        """The questions and answers of a conversation, in order, at most the `last` (-1: all)."""
        return self._store.turns(conversation_id, last)

    def turn_count(self, conversation_id: int) -> int:
        """How many questions a conversation has."""
        return self._store.turn_count(conversation_id)

    def turn(self, turn_id: int) -> Turn:
        """One question with its answer. Raises `LibraryError` when it was deleted."""
        return self._store.turn(turn_id)

    def keep_turn(self, conversation_id: int, answer: Answer) -> Turn:
        """Keep an answer with the evidence it was given."""
        return self._store.keep_turn(conversation_id, answer)

    def rate(self, turn_id: int, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer. Raises `LibraryError` when it was deleted."""
        self._store.rate(turn_id, feedback)

    def withdraw_rating(self, turn_id: int) -> None:
        """Forget what was thought of an answer."""
        self._store.withdraw_rating(turn_id)

    def rated_turns(self) -> tuple[Turn, ...]:
        """The answers with a thumb up or down, of all conversations, oldest first."""
        return self._store.rated_turns()

    def supervised_examples(self) -> tuple[SupervisedExample, ...]:
        """The answers with a thumb up, to train a language model with."""
        return supervised_examples(self.rated_turns())

    def preference_examples(self) -> tuple[PreferenceExample, ...]:
        """Pairs of a better and a worse answer to the same prompt, to train a language model with."""
        return preference_examples(self.rated_turns())

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        self._store.rename_conversation(conversation_id, title)

    def delete_conversation(self, conversation_id: int) -> None:
        """Remove a conversation and its turns."""
        self._store.delete_conversation(conversation_id)

    def export_conversation(self, conversation_id: int, *, format: ExportFormat, language: str = "en") -> Export:
        """A conversation as a file, labelled in `language` (en or zh). Raises `LibraryError` when it was deleted."""
        conversation = self._store.conversation(conversation_id)
        return export(conversation, self._store.turns(conversation_id), self.view, format=format, language=language)

    def measure_speed(self, stop: Stop) -> Iterator[Speed]:
        """How fast the chat model reads and writes on this machine, within a minute. Raises `ModelError`."""
        return self._answering.measure_speed(stop)

    def change_settings(self, **changes: object) -> None:
        """Change settings, keep them in storage, and answer by them from now on. Raises `SettingsError`.

        What was written there since, as by hand, stays; it takes effect when the library is opened again.
        """
        changed = self.settings.changed(**changes)
        write_settings(self.storage, read_settings(self.storage).changed(**changes))
        self.settings = changed
        self._answering = self._make_answering(self.settings)
        self._ingestion.follow(self.settings)
        self._folders.follow(self.settings)
        self._parser.follow(self.settings)
