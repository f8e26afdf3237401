"""What the page does when it is used, on a scripted library and without gradio."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from rag_app.errors import LibraryError, ModelError
from rag_app.interfaces import Stop
from rag_app.library import EVERYTHING, never
from rag_app.model_shelf import ModelShelf
from rag_app.records import Answer, Fault, Feedback, Rating, Scope, Turn
from rag_app.settings import Settings, read_settings
from rag_app.ui.asking import title_of
from rag_app.ui.importing import Importing
from rag_app.ui.language import Language, Wording
from rag_app.ui.model_handlers import ModelHandlers
from rag_app.ui.panels import Panels
from rag_app.ui.rendering.settings import MEASURED, settings_html
from rag_app.ui.sampling import Sampling
from rag_app.ui.screen import NOTHING_SHOWN, Screen, Target, Visit, read_number, read_target
from rag_app.ui.setting import Setting
from tests.scripted_library import ScriptedLibrary
from tests.scripted_page import QUESTION, STEEL, VISIT, Page, file, work_through
from tests.small_library import document_of, small_library


@pytest.fixture
def page() -> Page:
    library = ScriptedLibrary()
    library.put("steel.pdf", STEEL)
    return Page(library)


def test_handlers_and_rendering_do_not_import_gradio() -> None:
    modules = "rag_app.ui.asking, rag_app.ui.handlers, rag_app.ui.rating, rag_app.ui.panels, rag_app.ui.importing"
    code = f"import sys, {modules}; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False).returncode == 0


def test_arriving_shows_the_page_in_the_browsers_language(page: Page) -> None:
    screen = page.visitors.arrive(replace(VISIT, language=Language.CHINESE))
    assert screen.language is Language.CHINESE
    assert "文档" in str(screen.shelf)
    assert "想了解什么" in str(screen.thread)
    assert screen.remembered is None


def test_switching_the_language_changes_every_panel_and_is_remembered(page: Page) -> None:
    screen = page.visitors.speak(VISIT, "zh")
    panels = (screen.header, screen.queue, screen.shelf, screen.history, screen.thread, screen.scope, screen.sources)
    for panel in panels:
        assert any("一" <= character <= "鿿" for character in str(panel))
    assert (screen.language, screen.remembered) == (Language.CHINESE, "zh")


def test_unknown_language_is_english(page: Page) -> None:
    assert page.visitors.speak(VISIT, "<script>").language is Language.ENGLISH


def test_answer_streams_from_searching_over_a_draft_to_checked_sentences_that_are_kept(page: Page) -> None:
    screens = page.ask(VISIT, QUESTION)
    first, last = screens[0], screens[-1]
    assert (first.question, first.answering, first.thread) == ("", True, "")
    assert "Searching your documents" in str(first.live)
    assert any("fn-draft" in str(screen.live) for screen in screens)
    assert (last.live, last.answering, last.conversation) == ("", False, 1)
    assert "Steel prices rose by nine percent." in str(last.thread)
    assert 'data-turn="1"' in str(last.thread)
    assert "The answer is there, with 1 source." in str(last.notice)
    assert [turn.answer.question for turn in page.library.turns(1)] == [QUESTION]
    assert QUESTION in str(last.history)


def test_question_whose_page_is_loaded_again_meanwhile_is_kept_as_stopped(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    while "fn-draft" not in str(next(screens).live):
        pass
    screens.close()  # type: ignore[attr-defined]
    (turn,) = page.library.turns(1)
    assert (turn.answer.question, turn.answer.stopped, turn.answer.draft) == (QUESTION, True, "")
    assert not page.asking._runs.busy(VISIT.session)


def test_sources_are_sent_only_when_they_change(page: Page) -> None:
    sent = [screen.sources for screen in page.ask(VISIT, QUESTION) if screen.sources is not None]
    assert [("Closest passages" in str(html), 'data-turn="1"' in str(html)) for html in sent] == [
        (False, False),
        (True, False),
        (False, False),
        (False, True),
    ]


def test_second_question_joins_the_conversation(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    last = page.ask(replace(VISIT, conversation=1), "What do bridges need?")[-1]
    assert last.conversation == 1
    assert str(last.thread).count("<article") == 2


def test_turn_of_another_window_is_shown_when_this_one_is_come_back_to(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    here = replace(VISIT, conversation=1)
    assert page.visitors.look(here, 1).thread is None
    page.ask(replace(here, session="another window"), "What do bridges need?")
    seen = page.visitors.look(here, 1)
    assert str(seen.thread).count("<article") == 2 and 'data-turn="2"' in str(seen.sources)
    assert page.visitors.look(here, 2).thread is None
    page.runs.begin(here.session, here.language)
    assert page.visitors.look(here, 1).thread is None


def test_follow_up_is_asked_with_the_turns_of_its_conversation_alone(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    last = page.ask(replace(VISIT, conversation=1), "Why?")[-1]
    assert f"Understood as: Why? {QUESTION}" in str(last.thread)
    assert page.library.turns(1)[1].answer.question == "Why?"
    assert "Understood as" not in str(page.ask(VISIT, "Why?")[-1].thread)


def test_question_without_answer_is_kept_as_one(page: Page) -> None:
    last = page.ask(VISIT, "Who sings?")[-1]
    assert "No sure answer to this was found in your documents." in str(last.thread)


def test_half_a_character_is_left_out_of_a_question(page: Page) -> None:
    first, *_, last = page.ask(VISIT, "Which prices\ud83d rose?")
    assert "Which prices rose?" in str(first.live) and "Which prices rose?" in str(last.thread)
    assert page.library.asked[0][0] == "Which prices rose?"


@pytest.mark.parametrize("question", ["", "  \n ", "\ud83d"])
def test_empty_question_gets_a_sentence_and_is_not_asked(page: Page, question: str) -> None:
    (screen,) = page.ask(VISIT, question)
    assert "Type a question first." in str(screen.notice)
    assert page.library.asked == []


def test_question_of_an_empty_library_gets_a_sentence_that_says_what_to_do() -> None:
    (screen,) = Page(ScriptedLibrary()).ask(VISIT, QUESTION)
    assert "Add a document first" in str(screen.notice)


def test_question_before_the_first_document_is_read_gets_a_sentence_that_says_so(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.library.add([file(tmp_path, "steel.txt", STEEL)])
    [screen] = page.ask(VISIT, QUESTION)
    assert "Your first document is still being read." in str(screen.notice)


def test_question_that_is_too_long_comes_back_into_its_box_beside_a_sentence(page: Page) -> None:
    question = "steel " * 17_000
    last = page.ask(VISIT, question)[-1]
    assert (last.question, last.answering, last.live) == (question, False, "")
    assert "ask one of at most 20000" in str(last.notice)
    assert "What would you like to know?" in str(last.thread)
    assert page.library.conversations() == ()


def test_model_that_is_missing_is_a_sentence_in_the_visitors_language() -> None:
    class WithoutModel(ScriptedLibrary):
        def ask(
            self,
            question: str,
            *,
            scope: Scope = EVERYTHING,
            stop: Stop = never,
            as_typed: bool = False,
            before: Sequence[Turn] = (),
        ) -> Iterator[Answer]:
            raise ModelError("models/x.gguf is missing.")

    library = WithoutModel()
    library.put("steel.pdf", STEEL)
    last = Page(library).ask(replace(VISIT, language=Language.CHINESE), QUESTION)[-1]
    assert "模型无法回答：models/x.gguf is missing." in str(last.notice)


def test_question_that_meets_an_unforeseen_fault_comes_back_into_its_box_beside_a_sentence() -> None:
    class Breaking(ScriptedLibrary):
        def ask(
            self,
            question: str,
            *,
            scope: Scope = EVERYTHING,
            stop: Stop = never,
            as_typed: bool = False,
            before: Sequence[Turn] = (),
        ) -> Iterator[Answer]:
            yield from itertools.islice(super().ask(question, scope=scope, stop=stop, before=before), 1)
            raise ZeroDivisionError("division by zero")

    library = Breaking()
    library.put("steel.pdf", STEEL)
    page = Page(library)
    last = page.ask(VISIT, QUESTION)[-1]
    assert (last.question, last.answering, last.live) == (QUESTION, False, "")
    assert "An unexpected fault ended the work (ZeroDivisionError: division by zero). Try again" in str(last.notice)
    assert not page.runs.busy(VISIT.session)


def test_question_may_be_asked_as_typed(page: Page) -> None:
    screens = list(page.asking.ask(VISIT, QUESTION, as_typed=True))
    page.ask(VISIT, QUESTION)
    assert screens[-1].answering is False
    assert page.library.asked_as_typed == [QUESTION]


def test_chosen_documents_then_the_collection_then_the_library_are_asked(page: Page) -> None:
    (document,) = page.library.documents()
    page.library.put_in_collection([document.id], "Reports")
    chosen = replace(VISIT, collection="Reports", chosen=(document.id,))
    for visit in (chosen, replace(VISIT, collection="Reports"), VISIT):
        page.ask(visit, QUESTION)
    scopes = [Scope(document_ids=(document.id,)), Scope(collection="Reports"), Scope()]
    assert [scope for _, scope in page.library.asked] == scopes


@pytest.mark.parametrize("choice", [{"collection": "Gone"}, {"chosen": ("gone",)}, {"collection": "Gone", "chosen": ("gone",)}])
def test_choice_that_was_deleted_in_another_window_is_the_whole_library_again(page: Page, choice: dict[str, Any]) -> None:
    screens = page.ask(replace(VISIT, **choice), QUESTION)
    first, last = screens[0], screens[-1]
    assert (first.collection, first.chosen, first.question, first.thread) == ("", (), "", "")
    assert "Asking 1 document" in str(first.scope) and "Gone" not in str(first.chooser)
    assert page.library.asked == [(QUESTION, Scope())]
    assert "Steel prices rose by nine percent." in str(last.thread)


def test_stop_stops_the_model_and_keeps_what_there_is(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    while "fn-draft" not in str(next(screens).live):
        pass
    page.asking.stop(VISIT)
    last = list(screens)[-1]
    assert page.library.stops_seen == 1
    assert (last.answering, "Stopped." in str(last.thread)) == (False, True)
    assert [turn.answer.stopped for turn in page.library.turns(1)] == [True]


def test_stop_of_one_visitor_does_not_stop_another(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    next(screens)
    page.asking.stop(Visit("another", Language.ENGLISH))
    list(screens)
    assert page.library.stops_seen == 0


def test_second_question_of_a_visitor_waits_for_the_first(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    next(screens)
    [told] = page.ask(VISIT, "What do bridges need?")
    assert "still being written" in str(told.notice) and told == Screen(notice=told.notice)
    assert page.ask(VISIT, " ") == [Screen()]
    assert list(screens)[-1].notice not in (None, told.notice)
    assert [question for question, _ in page.library.asked] == [QUESTION]


def test_visitor_who_turns_to_another_conversation_is_not_disturbed_by_the_answer_left_behind(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    while "fn-draft" not in str(next(screens).live):
        pass
    shown = page.history.new(VISIT)
    assert (shown.live, shown.answering, shown.conversation) == ("", False, 0)
    rest = list(screens)
    assert [(screen.thread, screen.live, screen.conversation, screen.answering) for screen in rest] == [(None, None, None, None)]
    assert [turn.answer.stopped for turn in page.library.turns(1)] == [True]
    assert page.ask(VISIT, "What do bridges need?")[-1].conversation == 2


def test_visitor_who_leaves_stops_the_model(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    while "fn-draft" not in str(next(screens).live):
        pass
    page.asking.leave(VISIT.session)
    list(screens)
    assert page.library.stops_seen == 1


def test_running_answer_goes_on_in_the_language_switched_to(page: Page) -> None:
    screens = page.asking.ask(VISIT, QUESTION)
    next(screens)
    switched = page.visitors.speak(VISIT, "zh")
    assert (switched.thread, switched.sources) == (None, None)
    rest = list(screens)
    assert "正在查找文档" in str(rest[0].live)
    assert "与文档高度相关" in str(rest[-1].thread)


def test_footnote_opens_its_page_with_the_quote_and_the_sources_of_its_answer(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    page.ask(replace(VISIT, conversation=1), "What do bridges need?")
    footnote = page.library.turns(1)[0].answer.sentences[0].citations[0]
    target = Target(footnote.document_id, 1, 1, footnote.start, footnote.end, turn=1)
    screen = page.visitors.open_source(replace(VISIT, conversation=1), target)
    assert str(screen.reader).count('class="fn-highlight"') == 2
    assert "Steel prices rose by nine percent." in str(screen.reader)
    assert 'data-turn="1"' in str(screen.sources)
    assert 'data-turn="2"' not in str(screen.sources)
    assert screen.shown == target


def test_document_opens_from_the_library_without_a_quote(page: Page) -> None:
    (document,) = page.library.documents()
    screen = page.visitors.open_source(VISIT, read_target({"document": document.id, "page": "1"}))
    assert "fn-page-image" in str(screen.reader)
    assert "fn-highlight" not in str(screen.reader)
    assert screen.sources is None


def test_footnote_of_a_removed_document_gets_a_sentence(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    (document,) = page.library.documents()
    page.library.remove([document.id])
    named = page.visitors.open_source(VISIT, Target(document.id, 1, 1, 0, 5, turn=1))
    assert "“steel.pdf” was removed from your library." in str(named.reader)
    unnamed = page.visitors.open_source(VISIT, Target("gone", 1, 1, 0, 5))
    assert "This document was removed from your library." in str(unnamed.reader)


def test_page_that_cannot_be_opened_says_why(page: Page) -> None:
    (document,) = page.library.documents()
    screen = page.visitors.open_source(VISIT, Target(document.id, 9))
    assert "This page cannot be opened: There is no page 9 in steel.pdf." in str(screen.reader)


def test_open_page_follows_a_switch_of_language(page: Page) -> None:
    (document,) = page.library.documents()
    screen = page.visitors.speak(replace(VISIT, shown=Target(document.id, 1)), "zh")
    assert "第 1 页，共 1 页" in str(screen.reader)


def test_closed_page_leaves_the_sources_of_its_answer(page: Page) -> None:
    screen = page.visitors.close_reader(replace(VISIT, shown=Target("d", 3, turn=7)))
    assert screen == Screen(reader="", shown=replace(NOTHING_SHOWN, turn=7))


@pytest.mark.parametrize("sent", ["", "x", "-1", "٣", "1e9", "99999999999999999999", None, [1]])
def test_number_that_a_browser_makes_up_counts_as_none(sent: object) -> None:
    assert read_number({"page": sent}, "page") == 0
    assert read_target({"document": "d", "page": sent}) == Target("d", 1)


def test_conversation_is_opened_with_its_answers_and_sources(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    screen = page.history.open(VISIT, 1)
    assert (screen.conversation, screen.answering, screen.reader) == (1, False, "")
    assert QUESTION in str(screen.thread)
    assert "steel.pdf" in str(screen.sources)
    assert 'aria-current="true"' in str(screen.history)


def test_conversation_is_renamed_and_an_empty_name_changes_nothing(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    assert "Steel &amp; tin" in str(page.history.rename(VISIT, 1, "  Steel &  tin ").history)
    page.history.rename(VISIT, 1, "  ")
    assert [conversation.title for conversation in page.library.conversations()] == ["Steel & tin"]


def test_deleting_the_open_conversation_makes_room_for_a_new_one(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    page.ask(VISIT, QUESTION)
    other = page.history.delete(replace(VISIT, conversation=1), 2)
    assert (other.conversation, other.thread) == (None, None)
    own = page.history.delete(replace(VISIT, conversation=1), 1)
    assert (own.conversation, page.library.conversations()) == (0, ())
    assert "What would you like to know?" in str(own.thread)


def test_conversation_that_is_gone_is_a_sentence() -> None:
    page = Page(ScriptedLibrary())
    screen = page.history.open(replace(VISIT, conversation=3), 5)
    assert "This conversation was deleted. Here is a new one." in str(screen.notice)
    assert (screen.conversation, str(screen.thread)) == (0, page.panels.thread(VISIT, ()))
    assert "Your questions are kept here" in str(screen.history)


@pytest.mark.parametrize("act", ["rename", "export"])
def test_listed_conversation_that_is_gone_can_be_neither_renamed_nor_downloaded_and_says_so(page: Page, act: str) -> None:
    page.ask(VISIT, QUESTION)
    screen = getattr(page.history, act)(replace(VISIT, conversation=1), 5, "json")
    assert "This conversation was deleted." in str(screen.notice)
    assert QUESTION in str(screen.history)
    assert (screen.conversation, screen.download) == (None, None)
    page.library.delete_conversation(1)
    screen = getattr(page.history, act)(replace(VISIT, conversation=1), 1, "json")
    assert "This conversation was deleted. Here is a new one." in str(screen.notice)
    assert screen.conversation == 0


def test_answer_of_a_conversation_that_was_deleted_in_another_window_begins_a_new_one(page: Page) -> None:
    visit = replace(VISIT, conversation=7)
    last = page.ask(visit, QUESTION)[-1]
    assert (last.conversation, last.answering, str(last.thread).count("<article")) == (1, False, 1)
    assert [turn.answer.question for turn in page.library.turns(1)] == [QUESTION]
    assert QUESTION in str(last.history)


def test_answer_that_fails_leaves_the_sources_of_the_one_before() -> None:
    class Full(ScriptedLibrary):
        def keep_turn(self, conversation_id: int, answer: Answer) -> Turn:
            if answer.question != QUESTION:
                raise LibraryError("The disk is full.")
            return super().keep_turn(conversation_id, answer)

    library = Full()
    library.put("steel.pdf", STEEL)
    page = Page(library)
    page.ask(VISIT, QUESTION)
    last = page.ask(replace(VISIT, conversation=1), "What do bridges need?")[-1]
    assert "The disk is full." in str(last.notice)
    assert "Steel prices rose" in str(last.sources) and 'data-turn="1"' in str(last.sources)


def test_next_question_may_follow_as_soon_as_the_answer_is_seen(page: Page) -> None:
    first = page.asking.ask(VISIT, QUESTION)
    seen = next(screen for screen in first if screen.answering is False)
    assert (seen.conversation, page.runs.busy(VISIT.session)) == (1, False)
    assert page.ask(replace(VISIT, conversation=1), QUESTION)[-1].answering is False


def test_title_of_a_conversation_is_one_short_line() -> None:
    assert title_of(" What \n rose? ") == "What rose?"
    assert title_of("word " * 40) == ("word " * 40)[:59].rstrip() + "…"


def test_thumb_is_kept_shown_again_explained_and_taken_back(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    assert "Your rating is kept." in str(page.ratings.rate(VISIT, 1, "up").notice)
    assert 'data-rating="up" aria-pressed="true"' in str(page.history.open(VISIT, 1).thread)
    said = {"fault": "incomplete", "comment": " too short ", "right_answer": "x" * 5000}
    page.ratings.explain(VISIT, 1, said)
    assert page.library.kept[0].feedback == Feedback(Rating.DOWN, Fault.INCOMPLETE, "too short", "x" * 4000)
    thread = str(page.history.open(VISIT, 1).thread)
    assert 'data-rating="down" aria-pressed="true"' in thread and "too short</textarea>" in thread
    assert "Your rating was taken back." in str(page.ratings.rate(VISIT, 1, "").notice)
    assert page.library.kept[0].feedback is None


def test_fault_that_is_none_is_not_kept_and_a_deleted_answer_gets_a_sentence(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    page.ratings.explain(VISIT, 1, {"fault": "<script>"})
    assert page.library.kept[0].feedback == Feedback(Rating.DOWN)
    assert "The library cannot do this: The answer 9 was deleted." in str(page.ratings.rate(VISIT, 9, "up").notice)


def test_why_this_answer_opens_where_pages_open_follows_the_language_and_closes(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    visit = replace(VISIT, conversation=1)
    screen = page.visitors.why(visit, 1)
    assert "Why this answer?" in str(screen.reader) and "fn-map-question" in str(screen.reader)
    assert screen.shown == replace(NOTHING_SHOWN, turn=1, why=True)
    assert "为什么这样回答？" in str(page.visitors.speak(replace(visit, shown=screen.shown), "zh").reader)
    assert page.visitors.close_reader(replace(visit, shown=screen.shown)).shown == replace(NOTHING_SHOWN, turn=1)
    assert "This answer was deleted with its conversation." in str(page.visitors.why(visit, 99).reader)


def test_sample_is_added_in_the_visitors_language_and_questions_of_it_are_offered(page: Page) -> None:
    sampling = Sampling(page.library, page.importing, page.choosing)
    page.library.known.clear()
    sampling.add(replace(VISIT, language=Language.CHINESE))
    work_through(page.importing)
    assert [document.name for document in page.library.documents()] == ["lighthouse.zh.md"]
    assert 'data-act="ask_again" data-question="' in page.panels.thread(VISIT, ())


def test_long_conversation_shows_its_last_turns_and_the_earlier_ones_when_asked(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    visit, answer = replace(VISIT, conversation=1), page.library.turns(1)[0].answer
    for _ in range(30):
        page.library.keep_turn(1, answer)
    shown = str(page.history.open(visit, 1).thread)
    assert (shown.count("<article"), "Show 11 earlier questions" in shown) == (20, True)
    assert str(page.history.show_earlier(visit, 20).thread).count("<article") == 31


def test_setting_is_kept_takes_effect_at_once_and_is_reset(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        library.add_documents([document_of("steel.txt", STEEL)])
        panels = Panels(library, Importing(library), ("ask", "settings"))
        setting = Setting(library, panels, ModelHandlers(library, ModelShelf(tmp_path / "models")))
        assert 'aria-pressed="true" data-setting="refusal_threshold" data-value="0.15"' in panels.settings(VISIT)
        screen = setting.set(VISIT, "refusal_threshold", "0.5")
        assert 'aria-pressed="true" data-setting="refusal_threshold" data-value="0.5"' in str(screen.settings)
        assert list(library.ask("Which prices rose?"))[-1].threshold == 0.5
        assert "whichever model is chosen" in str(setting.set(VISIT, "answer_mode", "quoted").model_chosen)
        assert read_settings(tmp_path) == Settings(refusal_threshold=0.5, answer_mode="quoted")
        assert "disabled" in str(setting.reset(VISIT).settings)
        assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize(("name", "value"), [("threads", "99"), ("temperature", "hot"), ("__class__", "x"), ("", "")])
def test_setting_that_a_browser_makes_up_changes_nothing(tmp_path: Path, name: str, value: str) -> None:
    with closing(small_library(tmp_path)) as library:
        assert Setting(library, Panels(library, Importing(library), ("settings",))).set(VISIT, name, value) == Screen()
        assert library.settings == Settings()


@pytest.mark.parametrize(("name", "value"), [("answer_mode", "loud"), ("refusal_threshold", "7"), ("answer_tokens", "99999")])
def test_setting_to_an_impossible_value_is_refused_with_a_sentence(tmp_path: Path, name: str, value: str) -> None:
    with closing(small_library(tmp_path)) as library:
        screen = Setting(library, Panels(library, Importing(library), ("settings",))).set(VISIT, name, value)
        assert name in str(screen.notice) and library.settings == Settings()


def test_value_that_was_set_elsewhere_is_shown_among_the_choices() -> None:
    html = settings_html(Wording(Language.ENGLISH), Settings(temperature=1.25, refusal_threshold=0.45))
    assert 'aria-pressed="true" data-setting="temperature" data-value="1.25">1.25<' in html
    assert 'aria-pressed="true" data-setting="refusal_threshold" data-value="0.45">0.45<' in html


def test_conversations_are_searched_and_stay_so_until_the_words_are_taken_away(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    page.ask(VISIT, "What do bridges need?")
    found = page.history.search(VISIT, "  bridges ")
    assert found.sought == "bridges"
    assert "What do bridges need?" in str(found.history) and QUESTION not in str(found.history)
    assert QUESTION not in str(page.history.rename(replace(VISIT, sought="bridges"), 1, "About bridges").history)
    assert "No conversation holds these words." in str(page.history.search(VISIT, "gold").history)
    assert "About bridges" in str(page.history.search(VISIT, "").history)


def test_conversation_is_handed_over_as_a_file(page: Page) -> None:
    page.ask(VISIT, QUESTION)
    screen = page.history.export(replace(VISIT, language=Language.CHINESE), 1, "markdown")
    content = re.findall(r'data-content="([^"]+)"', str(screen.download))[0]
    assert "[^1-1]: steel.pdf，第 1 页" in b64decode(content).decode()
    assert "已下载 Which prices rose.md。" in str(screen.notice)
    assert page.history.export(VISIT, 1, "exe") == Screen()


def test_many_conversations_are_listed_newest_first_with_a_word_on_the_rest(page: Page) -> None:
    for number in range(70):
        page.library.start_conversation(f"Title {number}")
    listed = page.panels.history(VISIT)
    assert "Title 69" in listed and "Title 29<" not in listed and "30 older conversations are not listed" in listed


def test_what_a_threshold_is_said_to_do_is_what_was_measured() -> None:
    readme = (Path(__file__).parent.parent / "storage" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (0\.\d+) \| (.*?) \| (.*?) \| \S+ / (\S+) \| \S+ / \S+ \|$", readme, flags=re.MULTILINE)
    assert sorted(map(float, dict.fromkeys(row[0] for row in rows))) == sorted(MEASURED)
    for value, english, chinese, tricked in rows:
        sets = [tuple(map(float, pair.split(" / "))) for pair in f"{english}, {chinese}".split(", ")]
        told = MEASURED[float(value)]
        measured = [mean(answered for answered, _ in sets), mean(refused for _, refused in sets), float(tricked)]
        assert [told.answered, told.refused, told.tricked] == pytest.approx(measured, abs=0.001)
