"""A library as a program uses it: four operations, values in and out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag_app.assembly import MODELS, STORAGE, open_library
from rag_app.errors import LibraryError
from rag_app.library import Library
from rag_app.records import Answer, DocumentSummary, Scope, SearchResult, Task


@contextmanager
def open_footnote(storage: Path | str = STORAGE, models: Path | str = MODELS) -> Iterator[Footnote]:
    """The library in the folder `storage`, made if there is none, closed at the end of the block.

    Raises an error of the family `rag_app.errors.RagError` with a sentence that says what to do, as every operation does.
    """
    with closing(open_library(Path(storage), Path(models))) as library:
        yield Footnote(library)


class Footnote:
    """Adds documents, lists them, searches them, and answers questions from them. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        """`library` belongs to the caller, who closes it."""
        self._library = library

    def add(self, paths: Sequence[Path | str], *, collection: str = "") -> tuple[Task, ...]:
        """Read files, and the files of folders, into the library; the task of each, which tells how it ended.

        A bad file stops nothing: its task is failed, with a reason and a sentence. One that is there already is a duplicate.
        """
        tasks = self._library.add([Path(path) for path in paths], collection=collection or None)
        for _ in self._library.work():
            pass
        ended = {task.id: task for task in self._library.tasks()}
        return tuple(ended.get(task.id, task) for task in tasks)

    def documents(self, *, collection: str = "") -> tuple[DocumentSummary, ...]:
        """The documents of the library, or of a collection, in the order of their names."""
        return self._library.documents(collection or None)

    def search(
        self, question: str, *, top_k: int = 10, collection: str = "", documents: Sequence[str] = (), as_typed: bool = False
    ) -> SearchResult:
        """The `top_k` passages that fit `question` best, each with its page and the score of every stage.

        `collection` and `documents` (ids, or as much of each as tells it from the others) restrict the search. The question's
        spelling is corrected unless it is searched `as_typed`.
        """
        scope = scope_of(self._library, collection, documents)
        return self._library.search(question, top_k=top_k, scope=scope, as_typed=as_typed)

    def ask(self, question: str, *, collection: str = "", documents: Sequence[str] = (), as_typed: bool = False) -> Answer:
        """The answer to `question`: its sentences, each with checked citations; or, `abstained`, that the documents hold none.

        What restricts the search, and `as_typed`, are as in `search`.
        """
        scope = scope_of(self._library, collection, documents)
        *_, answer = self._library.ask(question, scope=scope, as_typed=as_typed)
        return answer


def scope_of(library: Library, collection: str, documents: Sequence[str]) -> Scope:
    """What a question is restricted to, by a collection or by the beginnings of ids. Raises `LibraryError` for an unknown one."""
    if collection and collection not in library.collections():
        raise LibraryError(f"There is no collection {collection} in the library; 'list' shows the collections of each document.")
    known = {document.id for document in library.documents()} if documents else set()
    chosen = []
    for beginning in documents:
        found = [identifier for identifier in known if identifier.startswith(beginning)]
        if len(found) != 1:
            raise LibraryError(f"There is no one document {beginning} in the library; 'list' shows those that are.")
        chosen.append(found[0])
    return Scope(collection or None, tuple(chosen))
