"""Commands that ask: search, ask."""

from __future__ import annotations

from argparse import Namespace

from rag_app.api import answer_value, scope_of, search_value
from rag_app.cli.output import print_json
from rag_app.errors import LibraryError
from rag_app.library import Library
from rag_app.records import Answer, Query, Scope, Section, pages_of
from rag_app.text.places import place


def search(library: Library, arguments: Namespace) -> int:
    """The passages that fit a question best."""
    found = library.search(
        arguments.question, top_k=arguments.top_k, scope=_scope(library, arguments), as_typed=arguments.as_typed
    )
    if arguments.json:
        print_json(search_value(found))
        return 0
    _print_corrections(found.query)
    if not found.hits:
        print("No passage was found; 'list' tells which documents there are.")
    for rank, hit in enumerate(found.hits, 1):
        passage = hit.stored.passage
        where = _place(hit.stored.document_name, str(passage.home.page), "", hit.stored.section)
        print(f"{rank}. {where}  ({hit.score:.3f})\n   {' '.join(passage.text.split())}\n")
    return 0


def ask(library: Library, arguments: Namespace) -> int:
    """The checked answer, with its footnotes."""
    scope = _scope(library, arguments)
    if not library.documents(arguments.collection):
        raise LibraryError(f"The library in {library.storage} holds no document yet; add some with 'ingest'.")
    *_, answer = library.ask(arguments.question, scope=scope, as_typed=arguments.as_typed)
    if arguments.json:
        print_json(answer_value(answer))
    else:
        _print_corrections(answer.query)
        _print_answer(answer)
    return 0


def _scope(library: Library, arguments: Namespace) -> Scope:
    return scope_of(library, arguments.collection or "", arguments.document or ())


def _print_corrections(query: Query) -> None:
    if query.corrections:
        typed = " ".join(correction.typed for correction in query.corrections)
        searched = " ".join(correction.searched for correction in query.corrections)
        print(f'Searched for "{searched}" instead of "{typed}"; --as-typed searches the question as it is.\n')


def _print_answer(answer: Answer) -> None:
    if answer.abstained:
        print("No sure answer was found in the documents. What comes closest:")
        for evidence in answer.evidence:
            stored = evidence.stored
            where = _place(stored.document_name, pages_of(evidence.places), "", stored.section)
            print(f"  {where}: {' '.join(evidence.text.split())}")
        return
    print(" ".join(s.full_text + "".join(f"[{cited.number}]" for cited in s.citations) for s in answer.sentences))
    citations = {cited.number: cited for sentence in answer.sentences for cited in sentence.citations}
    for number, cited in sorted(citations.items()):
        where = _place(cited.document_name, cited.pages, cited.cells, cited.section)
        print(f'[{number}] {where}: "{cited.in_context}"')


def _place(name: str, pages: str, cells: str, section: Section | None) -> str:
    where = place(pages, cells, section, page="page {page}", part="part {part} of {parts}")
    return f"{name}, {where}" if where else name
