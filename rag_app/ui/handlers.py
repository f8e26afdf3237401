"""What the page does when it is used, apart from asking: values in, changes to the screen out. Knows nothing of gradio."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from rag_app.errors import RagError
from rag_app.library import Library
from rag_app.records import ExportFormat
from rag_app.ui.language import Language, Wording
from rag_app.ui.mistakes import failure, mistake
from rag_app.ui.panels import Panels
from rag_app.ui.remaining import is_kept
from rag_app.ui.rendering.frame import notice_html, spoken_html
from rag_app.ui.rendering.history import download_html
from rag_app.ui.running import Runs
from rag_app.ui.screen import NOTHING_SHOWN, ClickHandler, Screen, Target, Visit, read_number, read_target, text_of

LONGEST_TITLE = 120

Handlers = TypeVar("Handlers")
Values = ParamSpec("Values")
Handler = Callable[Concatenate[Handlers, Visit, Values], Screen]


def tells_mistakes(handler: Handler[Handlers, Values]) -> Handler[Handlers, Values]:
    """Have an error of the family become a sentence on the page, and change nothing else there."""
    return _telling(handler, mistake)


def tells_failures(handler: Handler[Handlers, Values]) -> Handler[Handlers, Values]:
    """The same where nothing is asked: what is wrong with a model has not kept it from answering."""
    return _telling(handler, failure)


def _telling(handler: Handler[Handlers, Values], said: Callable[[Wording, RagError], str]) -> Handler[Handlers, Values]:
    def answer(self: Handlers, visit: Visit, /, *values: Values.args, **named: Values.kwargs) -> Screen:
        try:
            return handler(self, visit, *values, **named)
        except RagError as error:
            return Screen(notice=notice_html(visit.wording, said(visit.wording, error)))

    return answer


class PageHandlers:
    """Arriving, changing the language, opening and closing pages of documents."""

    def __init__(self, panels: Panels, runs: Runs) -> None:
        self._panels = panels
        self._runs = runs

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks of the bar, of an open page, and of what opens one."""
        return {
            "speak": lambda visit, click: self.speak(visit, text_of(click, "languageChoice")),
            "open_source": lambda visit, click: self.open_source(visit, read_target(click)),
            "close_reader": lambda visit, click: self.close_reader(visit),
            "why": lambda visit, click: self.why(visit, read_number(click, "turn")),
            "dismiss": lambda visit, click: self.dismiss(),
        }

    def arrive(self, visit: Visit) -> Screen:
        """The page for a visitor who just came."""
        return self._panels.everything(visit, busy=False)

    @tells_mistakes
    def speak(self, visit: Visit, language: str) -> Screen:
        """The same page in another language, a running answer included; the browser remembers it."""
        spoken = Language.CHINESE if language == Language.CHINESE.value else Language.ENGLISH
        self._runs.speak(visit.session, spoken)
        busy = self._runs.busy(visit.session)
        screen = self._panels.everything(replace(visit, language=spoken), busy=busy)
        return replace(screen, remembered=spoken.value)

    @tells_mistakes
    def look(self, visit: Visit, last: int = 0) -> Screen:
        """Documents and conversations as they are by now; the open one too where `last`, which the page shows, is not its last
        turn any more."""
        busy = self._runs.busy(visit.session)
        screen = replace(self._panels.library(visit, busy=busy), history=self._panels.history(visit))
        turns = () if busy else self._panels.turns(visit)
        if not turns or turns[-1].id == last:
            return screen
        return replace(screen, thread=self._panels.thread(visit, turns), sources=self._panels.sources(visit, turns))

    @tells_mistakes
    def open_source(self, visit: Visit, target: Target) -> Screen:
        """A page of a document beside the answer; with it the sources of the answer whose footnote was clicked."""
        if not target.turn:
            return Screen(reader=self._panels.reader(visit, target), shown=replace(target, turn=visit.shown.turn))
        turns = self._panels.turns(visit)
        sources = self._panels.sources(replace(visit, shown=target), turns)
        return Screen(reader=self._panels.reader(visit, target), sources=sources, shown=target)

    @tells_mistakes
    def why(self, visit: Visit, turn: int) -> Screen:
        """How an answer came about, where else a page stands; with it the sources of that answer."""
        target = replace(NOTHING_SHOWN, turn=turn, why=True)
        turns = self._panels.turns(visit)
        sources = self._panels.sources(replace(visit, shown=target), turns)
        return Screen(reader=self._panels.reader(visit, target), sources=sources, shown=target)

    def close_reader(self, visit: Visit) -> Screen:
        """The list of sources again."""
        return Screen(reader="", shown=replace(NOTHING_SHOWN, turn=visit.shown.turn))

    def dismiss(self) -> Screen:
        """Take the sentence away."""
        return Screen(notice="")


class HistoryHandlers:
    """Conversations: begin, open, rename, delete."""

    def __init__(self, library: Library, panels: Panels, runs: Runs) -> None:
        self._library = library
        self._panels = panels
        self._runs = runs

    def new(self, visit: Visit) -> Screen:
        """An empty page to ask on; a running answer is stopped and kept where it belongs."""
        return self._show(replace(visit, conversation=0))

    @tells_mistakes
    def open(self, visit: Visit, conversation: int) -> Screen:
        """A conversation with its answers and their sources; one that was deleted meanwhile makes room for an empty page."""
        visit = replace(visit, conversation=conversation)
        return self._show(visit) if is_kept(self._library, conversation) else self._gone(visit, conversation)

    @tells_mistakes
    def show_earlier(self, visit: Visit, shown: int) -> Screen:
        """Turns from before those that are `shown`, as many again and a few."""
        return Screen(thread=self._panels.longer_thread(visit, shown))

    @tells_mistakes
    def search(self, visit: Visit, words: str) -> Screen:
        """The conversations that hold each of these words; all of them for none."""
        visit = replace(visit, sought=" ".join(words.split())[:LONGEST_TITLE])
        return Screen(history=self._panels.history(visit), sought=visit.sought)

    @tells_mistakes
    def export(self, visit: Visit, conversation: int, format: str) -> Screen:
        """A conversation as a file that the browser saves."""
        if format not in (known.value for known in ExportFormat):
            return Screen()
        if not is_kept(self._library, conversation):
            return self._gone(visit, conversation)
        language = visit.language.value
        made = self._library.export_conversation(conversation, format=ExportFormat(format), language=language)
        said = visit.wording("history.exported", name=made.name)
        return Screen(download=download_html(made, time.time_ns()), notice=spoken_html(said))

    @tells_mistakes
    def rename(self, visit: Visit, conversation: int, title: str) -> Screen:
        """Give a conversation another title; an empty one changes nothing."""
        if not is_kept(self._library, conversation):
            return self._gone(visit, conversation)
        title = " ".join(title.split())[:LONGEST_TITLE]
        if title:
            self._library.rename_conversation(conversation, title)
        return Screen(history=self._panels.history(visit))

    @tells_mistakes
    def delete(self, visit: Visit, conversation: int) -> Screen:
        """Delete a conversation; the open one makes room for an empty page."""
        self._library.delete_conversation(conversation)
        if conversation == visit.conversation:
            return self.new(visit)
        return Screen(history=self._panels.history(visit))

    def _gone(self, visit: Visit, conversation: int) -> Screen:
        """That a conversation was deleted, as in another window; the open one makes room for an empty page."""
        if conversation == visit.conversation:
            return replace(self.new(visit), notice=notice_html(visit.wording, visit.wording("history.gone")))
        said = notice_html(visit.wording, visit.wording("history.deleted"))
        return Screen(history=self._panels.history(visit), notice=said)

    def _show(self, visit: Visit) -> Screen:
        visit = replace(visit, shown=NOTHING_SHOWN)
        turns = self._panels.turns(visit)
        self._runs.leave(visit.session)
        return Screen(
            thread=self._panels.thread(visit, turns),
            live="",
            notice="",
            sources=self._panels.sources(visit, turns),
            reader="",
            history=self._panels.history(visit),
            answering=False,
            conversation=visit.conversation,
            shown=visit.shown,
        )
