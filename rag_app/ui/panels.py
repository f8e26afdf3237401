"""The panels of the page as they stand for a visitor, read from the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import reduce

from rag_app.errors import RagError
from rag_app.library import Library
from rag_app.records import DocumentSummary, Turn
from rag_app.ui.importing import Importing
from rag_app.ui.remaining import remaining
from rag_app.ui.rendering.answers import conversation_html
from rag_app.ui.rendering.chooser import chooser_html
from rag_app.ui.rendering.frame import header_html, scope_html, sharing_html
from rag_app.ui.rendering.history import history_html
from rag_app.ui.rendering.markup import Html
from rag_app.ui.rendering.settings import settings_html
from rag_app.ui.rendering.sources import missing_page_html, reader_html, sources_html
from rag_app.ui.rendering.trace import why_html
from rag_app.ui.rendering.welcome import welcome_html
from rag_app.ui.screen import Screen, Target, Visit, both
from rag_app.ui.shelf_panels import ShelfPanels
from rag_app.ui.suggesting import first_questions, follow_ups
from rag_app.ui.watching import Watching
from rag_app.visitors import Limits

TURNS_SHOWN, MORE_TURNS = 20, 40


class Panels:
    """Reads the library and renders; changes nothing."""

    def __init__(
        self,
        library: Library,
        importing: Importing,
        views: Sequence[str],
        watching: Watching | None = None,
        limits: Limits | None = None,
        more: Sequence[Callable[[Visit], Screen]] = (),
    ) -> None:
        """`limits` are those of a visitor of a shared server, who is told of them; `more` are the parts of other views."""
        self.shelf = ShelfPanels(library, importing, watching)
        self._more = more
        self._library = library
        self._limits = limits
        self._views = tuple(views)

    def everything(self, visit: Visit, *, busy: bool) -> Screen:
        """The whole page. `busy` says that an answer is being written, whose panels are left alone."""
        turns, library = self.turns(visit), self.library(visit, busy=busy)
        welcomed = visit.conversation == 0 or (busy and not turns)
        screen = replace(
            library,
            header=header_html(visit.wording, self._views),
            sharing=sharing_html(visit.wording, self._limits) if self._limits else "",
            history=self.history(visit),
            thread=library.thread if welcomed else self.thread(visit, turns),
            sources=None if busy else self.sources(visit, turns),
            reader=self.reader(visit, visit.shown),
            settings=self.settings(visit) if "settings" in self._views else None,
            notice="",
            language=visit.language,
        )
        return reduce(both, (part(visit) for part in self._more), screen)

    def library(self, visit: Visit, *, busy: bool) -> Screen:
        """What shows documents, for after a change to them or to the choice of them, without what is gone of that."""
        visit = remaining(self._library, replace(visit, seen=self.shelf.news))
        documents = self._library.documents(visit.collection or None)
        asked = self._asked(visit, documents)
        return replace(
            self.shelf.screen(visit, documents),
            chooser=asked.chooser,
            scope=asked.scope,
            thread=self._welcome(visit, documents) if visit.conversation == 0 and not busy else None,
            collection=visit.collection,
            chosen=visit.chosen,
        )

    def _asked(self, visit: Visit, documents: Sequence[DocumentSummary]) -> Screen:
        """What is asked, and what can be: `documents` are those of the collection."""
        collections = self._library.collections()
        return Screen(
            chooser=chooser_html(visit.wording, documents, collections, visit.collection, visit.chosen),
            scope=scope_html(visit.wording, documents, visit.collection, visit.chosen, self.shelf.arriving(visit)),
        )

    def history(self, visit: Visit) -> Html:
        """The conversations, in the time zone of this machine."""
        now = datetime.now(timezone.utc).astimezone()
        found = self._library.conversations(visit.sought)
        return history_html(visit.wording, found, visit.conversation, now, sought=visit.sought)

    def settings(self, visit: Visit) -> Html:
        """The settings that matter, as they are."""
        return settings_html(visit.wording, self._library.settings)

    def turns(self, visit: Visit) -> tuple[Turn, ...]:
        """The last turns of the visitor's conversation, as many as are shown; none if it is not begun."""
        return self._library.turns(visit.conversation, TURNS_SHOWN) if visit.conversation else ()

    def thread(self, visit: Visit, turns: tuple[Turn, ...]) -> Html:
        """The finished turns, with how many there are before them, or a welcome."""
        if turns:
            questions = [one.question for one in follow_ups(self._library, turns)]
            earlier = self._library.turn_count(visit.conversation) - len(turns)
            return conversation_html(visit.wording, turns, earlier=earlier, questions=questions)
        return self._welcome(visit, self._library.documents(visit.collection or None))

    def _welcome(self, visit: Visit, documents: Sequence[DocumentSummary]) -> Html:
        """A greeting with questions that `documents`, those of the collection, can answer."""
        ticked = set(visit.chosen)
        chosen = [document for document in documents if document.id in ticked] or documents
        questions = [one.question for one in first_questions(self._library, chosen, visit.language.value)]
        return welcome_html(visit.wording, bool(documents or self._library.documents()), questions)

    def longer_thread(self, visit: Visit, shown: int) -> Html:
        """More turns of the visitor's conversation than are `shown`."""
        return self.thread(visit, self._library.turns(visit.conversation, shown + MORE_TURNS))

    def sources(self, visit: Visit, turns: tuple[Turn, ...]) -> Html:
        """The sources of the turn that the visitor looks at, or of the last one."""
        turn = self._looked_at(visit.shown, turns) or (turns[-1] if turns else None)
        return sources_html(visit.wording, turn.answer if turn else None, turn.id if turn else 0)

    def _looked_at(self, target: Target, turns: tuple[Turn, ...]) -> Turn | None:
        """The turn that `target` is about, be it among the last ones or earlier; None where it is about none, or was deleted."""
        if not target.turn:
            return None
        try:
            return next((turn for turn in turns if turn.id == target.turn), None) or self._library.turn(target.turn)
        except RagError:
            return None

    def reader(self, visit: Visit, target: Target) -> Html:
        """The page that `target` names, or a sentence if it cannot be opened; nothing for no document."""
        if target.why:
            return self._why(visit, target)
        if not target.document_id:
            return Html()
        if all(document.id != target.document_id for document in self._library.documents()):
            return missing_page_html(visit.wording, self._removed(visit, target))
        start, end = (target.marked.start, target.marked.end) if target.marked else (0, 0)
        try:
            view = self._library.view(target.document_id, target.page, start, end)
        except RagError as error:
            return missing_page_html(visit.wording, visit.wording("source.gone", message=visit.wording.translated(error)))
        return reader_html(visit.wording, view, target)

    def _removed(self, visit: Visit, target: Target) -> str:
        """That a document was removed, by its name where the answer that cites it knows that."""
        turn = self._looked_at(target, ())
        names: dict[str, str] = {}
        if turn:
            names |= {found.stored.passage.document_id: found.stored.document_name for found in turn.answer.evidence}
            names |= {citation.document_id: citation.document_name for citation in turn.answer.citations}
        name = names.get(target.document_id)
        return visit.wording("source.removed", name=name) if name else visit.wording("source.removed_unnamed")

    def _why(self, visit: Visit, target: Target) -> Html:
        """How an answer came about, with a map of the passages around its question; a sentence if it was deleted."""
        turn = self._looked_at(target, ())
        if turn is None:
            return missing_page_html(visit.wording, visit.wording("why.gone"))
        return why_html(visit.wording, turn.answer, turn.id, self._library.map(turn.answer, scope=visit.scope))
