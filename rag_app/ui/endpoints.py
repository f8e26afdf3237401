"""The endpoints for other programs: `/ask`, `/search`, `/documents`, `/add`. Everything else of the page is private to it."""

from __future__ import annotations

import asyncio
import inspect
import math
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api

from rag_app.api import Footnote, answer_value, document_value, search_value, task_value
from rag_app.errors import RagError, Refusal, VisitorError
from rag_app.records import Task, TaskState
from rag_app.text.folding import without_surrogates
from rag_app.ui.app import App
from rag_app.ui.desks import Desks

AT_ONCE, WAITING_AT_ONCE = 4, 200  # to wait for files costs next to nothing: whoever adds many keeps nobody else waiting
MOST_HITS = 100
LONGEST_WAIT, BETWEEN_LOOKS = 600.0, 0.1  # seconds
UNFINISHED = (TaskState.WAITING, TaskState.RUNNING)
NO_KEY = "This server has a library for each visitor, opened by a key. Call /add without a key first: its answer holds yours."

Given = TypeVar("Given")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


# What a value of that name must be, for JSON carries anything.
KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "question": (_is_text, "a text"),
    "collection": (_is_text, "a text"),
    "key": (_is_text, "a text"),
    "documents": (lambda value: isinstance(value, list) and all(map(_is_text, value)), "a list of ids"),
    "files": (lambda value: isinstance(value, list), "a list of uploaded files"),
    "top_k": (lambda value: isinstance(value, (int, float)) and math.isfinite(value), "a number"),
}


def add_endpoints(desks: Desks) -> None:
    """Add the endpoints to the page that is being built. What they say of themselves are the docstrings here."""

    def ask(question: str, collection: str = "", documents: list[str] | None = None, key: str = "") -> dict[str, Any]:
        """Answer a question from the documents: sentences with checked citations, or `abstained`.

        `collection` and `documents` (ids from /documents) restrict what is asked. `key` is needed on a shared server only.
        """
        with _app(desks, key) as app:
            footnote, question = Footnote(app.library), without_surrogates(question)
            return answer_value(footnote.ask(question, collection=collection, documents=documents or ()))

    def search(
        question: str, top_k: int = 10, collection: str = "", documents: list[str] | None = None, key: str = ""
    ) -> dict[str, Any]:
        """Find the passages that fit a question best, each with its document, page, text and scores. The rest is as in /ask."""
        with _app(desks, key) as app:
            most = max(1, min(int(top_k), MOST_HITS))
            footnote, question = Footnote(app.library), without_surrogates(question)
            return search_value(footnote.search(question, top_k=most, collection=collection, documents=documents or ()))

    def documents(collection: str = "", key: str = "") -> list[dict[str, Any]]:
        """List the documents of the library, or of a collection, with their ids, pages and passages."""
        with _app(desks, key) as app:
            return [document_value(document) for document in Footnote(app.library).documents(collection=collection)]

    async def add(files: list[dict[str, Any]], collection: str = "", key: str = "") -> dict[str, Any]:
        """Read uploaded files into the library, and tell how each one ended once it has.

        On a shared server, a call without a `key` begins a library of its own; the key that comes back opens it from then on.
        """
        paths = [_uploaded(file) for file in files]
        key = desks.key(key)
        ended = await added(lambda: _app(desks, key), paths, collection)
        return {"key": key, "files": [task_value(task) for task in ended]}

    for endpoint, at_once in ((ask, AT_ONCE), (search, AT_ONCE), (documents, AT_ONCE), (add, WAITING_AT_ONCE)):
        api(_checked(endpoint), api_name=endpoint.__name__, concurrency_limit=at_once)


def _checked(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint, which tells its caller which value is of no kind that it takes. A null is as if it were left out."""
    parameters = inspect.signature(endpoint).parameters

    def taken(values: Sequence[Any]) -> dict[str, Any]:
        given = zip(parameters.values(), values, strict=True)
        named = {one.name: value for one, value in given if value is not None or one.default is one.empty}
        for name, value in named.items():
            fits, kind = KINDS[name]
            if not fits(value):
                raise gr.Error(f"The value of {name} is to be {kind}.", print_exception=False)
        return named

    async def answer_later(*values: Any) -> Any:
        return await endpoint(**taken(values))

    def answer(*values: Any) -> Any:
        return endpoint(**taken(values))

    return wraps(endpoint)(answer_later if inspect.iscoroutinefunction(endpoint) else answer)


@contextmanager
def _app(desks: Desks, key: str) -> Iterator[App]:
    """The library of whoever has `key`; what goes wrong becomes the sentence that the caller gets."""
    try:
        with desks.at(str(key or "")) as desk:
            yield desk.app
    except RagError as error:
        is_lost = isinstance(error, VisitorError) and error.refusal is Refusal.PAGE_NOT_KNOWN  # a program has no page to load
        raise gr.Error(NO_KEY if is_lost else str(error), print_exception=False) from error


def _uploaded(file: Mapping[str, Any]) -> Path:
    """The file that a client uploaded before. Any other path is refused: it would be one of the server."""
    uploads = Path(os.environ["GRADIO_TEMP_DIR"]).resolve()
    path = Path(str(file.get("path", "") if isinstance(file, Mapping) else "")).resolve()
    if not path.is_relative_to(uploads) or not path.is_file():
        raise gr.Error("Upload each file first; clients of gradio do that with handle_file(path).", print_exception=False)
    return path


async def added(opening: Callable[[], AbstractContextManager[App]], paths: Sequence[Path], collection: str) -> tuple[Task, ...]:
    """Take over uploaded files into the library that `opening` opens, and wait until they are read, a while at most."""

    async def at(act: Callable[[App], Given]) -> Given:
        def acted() -> Given:
            with opening() as app:
                return act(app)

        return await asyncio.to_thread(acted)

    tasks = await at(lambda app: _taken_over(app, paths, collection))
    ids, until = {task.id for task in tasks}, time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until and await at(lambda app: _are_open(app, ids)):
        await asyncio.sleep(BETWEEN_LOOKS)
    known = await at(lambda app: {task.id: task for task in app.library.tasks()})
    return tuple(known.get(task.id, task) for task in tasks)


def _taken_over(app: App, paths: Sequence[Path], collection: str) -> tuple[Task, ...]:
    """The tasks of uploaded files, which begin to be read.

    The uploaded copies are removed, on a shared server later: the same file of another visitor lies in the same place.
    """
    try:
        tasks = app.library.add(paths, collection=collection or None, uploaded=True)
    finally:
        for path in paths if app.at_machine else ():
            path.unlink(missing_ok=True)
    app.importing.start()
    return tasks


def _are_open(app: App, ids: Collection[int]) -> bool:
    return any(task.id in ids and task.state in UNFINISHED for task in app.library.tasks(done=False))
