"""Asking: a question comes in, ever more complete changes to the screen go out, and the answer is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from rag_app.errors import RagError
from rag_app.library import Library
from rag_app.records import Answer, TaskState, Turn
from rag_app.text.folding import without_surrogates
from rag_app.ui.job import failure_of
from rag_app.ui.language import Wording
from rag_app.ui.mistakes import mistake
from rag_app.ui.panels import Panels
from rag_app.ui.remaining import is_kept, remaining
from rag_app.ui.rendering.answers import live_html, waiting_html
from rag_app.ui.rendering.frame import notice_html, spoken_html
from rag_app.ui.rendering.markup import Html
from rag_app.ui.rendering.sources import sources_html
from rag_app.ui.running import Run, Runs
from rag_app.ui.screen import NOTHING_SHOWN, Screen, Visit, both

TITLE_LENGTH = 60


class Asking:
    """Answers a visitor's questions one after the other."""

    def __init__(self, library: Library, panels: Panels, runs: Runs) -> None:
        self._library = library
        self._panels = panels
        self._runs = runs

    def ask(self, visit: Visit, question: str, *, as_typed: bool = False) -> Iterator[Screen]:
        """The screen as the answer grows. What cannot be asked stays in the question box beside a sentence.

        The question's spelling is corrected, and a follow-up understood by the conversation, unless it is asked `as_typed`.
        """
        question = without_surrogates(question)
        if self._runs.busy(visit.session):
            notice = notice_html(visit.wording, visit.wording("ask.busy"), bad=False)
            yield Screen(notice=notice if question.strip() else None)
            return
        refusal = self._refusal(visit, question)
        if refusal:
            yield Screen(notice=notice_html(visit.wording, refusal))
            return
        before, visit = visit, remaining(self._library, visit)
        run = self._runs.begin(visit.session, visit.language)
        try:
            asked = self._asked(visit, question)
            yield asked if visit == before else both(self._panels.library(visit, busy=True), asked)
            yield from self._answered(visit, run, question, as_typed)
        except Exception as error:
            known = error if isinstance(error, RagError) else RagError(failure_of(error))
            failed = self._failed(visit, run, question, known)
            self._runs.end(visit.session, run)
            yield failed
        finally:
            self._runs.end(visit.session, run)

    def stop(self, visit: Visit) -> Screen:
        """Stop the model; the answer so far stays."""
        self._runs.stop(visit.session)
        return Screen()

    def leave(self, session: str) -> None:
        """The visitor is gone: do not let the model write on for nobody."""
        self._runs.leave(session)

    def _refusal(self, visit: Visit, question: str) -> str:
        """Why this is not even asked, or empty."""
        if not question.strip():
            return visit.wording("error.empty_question")
        if self._library.documents():
            return ""
        reading = any(task.state in (TaskState.WAITING, TaskState.RUNNING) for task in self._library.tasks(done=False))
        return visit.wording("error.still_reading" if reading else "error.empty_library")

    def _asked(self, visit: Visit, question: str) -> Screen:
        """The question in its place, the box empty, the welcome and the page of an older answer gone."""
        return Screen(
            thread=None if visit.conversation else "",
            live=waiting_html(visit.wording, question, "searching"),
            notice="",
            question="",
            reader="",
            shown=NOTHING_SHOWN,
            answering=True,
        )

    def _answered(self, visit: Visit, run: Run, question: str, as_typed: bool) -> Iterator[Screen]:
        shown = None
        answer = None
        answers = self._library.ask(
            question, scope=visit.scope, stop=lambda: run.stopped, as_typed=as_typed, before=self._panels.turns(visit)
        )
        try:
            for answer in answers:
                if run.left:
                    continue
                wording = Wording(run.language, visit.at_machine)
                listed = (run.language, answer.citations or answer.evidence)
                sources = sources_html(wording, answer, 0) if listed != shown else None
                shown = listed
                yield Screen(live=live_html(wording, answer), sources=sources)
        except GeneratorExit:  # the page was loaded again or closed: what was asked is found among the conversations
            with suppress(RagError):
                self._keep_stopped(visit, answer)
            raise
        if answer is not None:
            last = self._kept(visit, run, answer)
            self._runs.end(visit.session, run)  # whoever sees the answer may ask on at once
            yield last

    def _kept(self, visit: Visit, run: Run, answer: Answer) -> Screen:
        """Keep the answer; show it in its conversation unless the visitor went elsewhere."""
        turn = self._store(visit, answer)
        conversation = turn.conversation_id
        if run.left:
            return Screen(history=self._panels.history(replace(visit, language=run.language, conversation=0)))
        visit = replace(visit, language=run.language, conversation=conversation, shown=NOTHING_SHOWN)
        turns = self._panels.turns(visit)
        return Screen(
            thread=self._panels.thread(visit, turns),
            live="",
            sources=sources_html(visit.wording, answer, turn.id),
            history=self._panels.history(visit),
            notice=self._spoken(visit.wording, answer),
            answering=False,
            conversation=conversation,
        )

    def _keep_stopped(self, visit: Visit, answer: Answer | None) -> None:
        if answer is not None:
            self._store(visit, replace(answer, draft="", stopped=not answer.finished, finished=True))

    def _store(self, visit: Visit, answer: Answer) -> Turn:
        """Keep the answer in the visitor's conversation, or in a new one where that is not begun or was deleted."""
        conversation = visit.conversation
        if not is_kept(self._library, conversation):
            conversation = self._library.start_conversation(title_of(answer.question)).id
        return self._library.keep_turn(conversation, answer)

    def _spoken(self, wording: Wording, answer: Answer) -> Html:
        if answer.abstained:
            return spoken_html(wording("abstained"))
        cited = wording.count("sources", len(answer.citations)) if answer.citations else ""
        return spoken_html(f"{wording('answer_ready', sources=cited)} {answer.text}" if cited else answer.text)

    def _failed(self, visit: Visit, run: Run, question: str, error: RagError) -> Screen:
        """The question back in its box, beside the sentence that tells what to do; the sources of the answer before."""
        if run.left:
            return Screen()
        visit = replace(visit, language=run.language, shown=NOTHING_SHOWN)
        thread = None if visit.conversation else self._panels.thread(visit, ())
        sources = self._panels.sources(visit, self._panels.turns(visit))
        notice = notice_html(visit.wording, mistake(visit.wording, error))
        return Screen(thread=thread, live="", sources=sources, notice=notice, question=question, answering=False)


def title_of(question: str) -> str:
    """The title of a conversation that begins with `question`: its first words on one line."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"
