"""Documents, pages, passages, vectors and collections in the store."""

from __future__ import annotations

import hashlib
import os
import resource
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag_app.errors import LibraryError
from rag_app.interfaces import EmbeddedPassages, Vectors
from rag_app.records import (
    Document,
    DocumentSummary,
    Heading,
    Page,
    Passage,
    RecognizedLine,
    Rectangle,
    Scope,
    Section,
    StoredPassage,
    Table,
)
from rag_app.store import DATABASE, Store, inserting, open_problems
from rag_app.text.words import index_text
from tests.small_library import add_text

REPORT = Document(
    id="a1" * 32,
    name="report.txt",
    title="Annual report",
    media_type="text/plain",
    size=60,
    pages=(Page(1, "Sales\nSales rose sharply.", (Heading(0, 5, 1),)), Page(2, "Costs fell. 成本下降。")),
)
REPORT_PASSAGES = (
    Passage(REPORT.id, 1, 0, 24, ("Sales",), "Sales\nSales rose sharply."[:24]),
    Passage(REPORT.id, 2, 0, 11, (), "Costs fell.", tables=(Table(0, 11, "Costs | 成本"),)),
    Passage(REPORT.id, 2, 12, 17, (), "成本下降。"),
)
LETTER = Document("b2" * 32, "letter.txt", "", "text/plain", 20, (Page(1, "Dear Ms Quixotry."),))
LETTER_PASSAGES = (Passage(LETTER.id, 1, 0, 17, (), "Dear Ms Quixotry."),)
VECTORS = np.eye(4, dtype=np.float32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def added(
    store: Store, document: Document, passages: Sequence[Passage], vectors: Vectors, collection: str | None
) -> tuple[int, ...]:
    ids = store.add(document, passages, EmbeddedPassages(vectors))
    if collection is not None:
        store.put_in_collection([document.id], collection)
    return ids


def add_report(store: Store, collection: str | None = None) -> tuple[int, ...]:
    return added(store, REPORT, REPORT_PASSAGES, VECTORS[:3], collection)


def add_letter(store: Store, collection: str | None = None) -> tuple[int, ...]:
    return added(store, LETTER, LETTER_PASSAGES, VECTORS[3:], collection)


def test_added_document_is_there_with_all_its_parts(store: Store, tmp_path: Path) -> None:
    ids = add_report(store, "finance")
    assert ids == (1, 2, 3)
    summary = store.document(REPORT.id)
    assert replace(summary, added_at="") == DocumentSummary(
        REPORT.id, "report.txt", "Annual report", "text/plain", 60, 2, 3, ("finance",), "", "en", "report.txt"
    )
    assert store.documents() == store.documents("finance") == (summary,)
    assert [store.page(REPORT.id, number) for number in (1, 2)] == list(REPORT.pages)
    assert store.passages(REPORT.id) == tuple(
        StoredPassage(label, "report.txt", "Annual report", passage, Section(" › ".join(passage.heading_path), place, 3))
        for place, (label, passage) in enumerate(zip(ids, REPORT_PASSAGES, strict=True), 1)
    )
    assert np.array_equal(store.vectors(ids), VECTORS[:3])
    assert store.revision() == 1
    assert store.document_file(REPORT.id) == tmp_path / "files" / f"{REPORT.id}.txt"


def test_stored_and_vectors_come_in_the_order_asked(store: Store) -> None:
    add_report(store)
    assert [stored.id for stored in store.stored([3, 99, 1])] == [3, 1]
    assert np.array_equal(store.vectors([3, 1, 3]), VECTORS[[2, 0, 2]])
    assert store.vectors([]).shape[0] == 0


def test_vectors_of_a_removed_passage_are_an_error_with_a_sentence(store: Store) -> None:
    add_report(store)
    with pytest.raises(LibraryError, match="1 passages were removed"):
        store.vectors([1, 99])


def test_vector_of_a_document_is_the_mean_of_its_passages(store: Store) -> None:
    add_report(store)
    add_letter(store)
    mean = VECTORS[:3].mean(axis=0)
    found = store.document_vectors([LETTER.id, REPORT.id, REPORT.id])
    assert found[1] == pytest.approx(mean / np.linalg.norm(mean))
    assert np.array_equal(found[1], found[2])
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0)
    store.remove([LETTER.id])
    with pytest.raises(LibraryError, match="1 documents were removed"):
        store.document_vectors([LETTER.id, REPORT.id])


def test_vector_of_a_documents_beginning_is_kept_where_there_is_one(store: Store) -> None:
    store.add(REPORT, REPORT_PASSAGES, EmbeddedPassages(VECTORS[:3], opening=VECTORS[3]))
    add_letter(store)
    found = store.opening_vectors([LETTER.id, REPORT.id])
    assert {label: vector.tolist() for label, vector in found.items()} == {REPORT.id: VECTORS[3].tolist()}


def test_neighbours_of_a_passage_stand_in_its_document_and_their_terms_are_known(store: Store) -> None:
    ids = (*add_report(store), *add_letter(store))
    assert store.neighbours([ids[0], ids[2]], 1) == {ids[0]: [ids[1]], ids[2]: [ids[1]]}
    assert store.neighbours([ids[1]], 2) == {ids[1]: [ids[0], ids[2]]}
    assert store.neighbours([ids[3]], 2) == {ids[3]: []}
    assert store.bodies([ids[1], ids[3]]) == {ids[1]: index_text("Costs fell."), ids[3]: index_text("Dear Ms Quixotry.")}


def test_vector_blocks_pass_over_ids_that_are_gone(store: Store) -> None:
    add_report(store)
    [(ids, matrix)] = store.vector_blocks([3, 1, 99])
    assert ids == [1, 3]
    assert np.array_equal(matrix, VECTORS[[0, 2]])


def test_passage_ids_follow_the_scope(store: Store) -> None:
    add_report(store, "finance")
    add_letter(store)
    assert store.passage_ids() == [1, 2, 3, 4]
    assert store.passage_ids(Scope(collection="finance")) == [1, 2, 3]
    assert store.passage_ids(Scope(document_ids=(LETTER.id,))) == [4]
    assert store.passage_ids(Scope("finance", (LETTER.id,))) == []
    assert store.passage_ids(Scope(language="en")) == [1, 2, 3, 4]
    assert store.passage_ids(Scope(language="zh")) == []
    assert [store.has_passages(scope) for scope in (Scope(), Scope("finance", language="en"), Scope(language="zh"))] == [1, 1, 0]
    assert store.passage_count() == 4


def test_same_document_twice_is_refused_and_nothing_changes(store: Store) -> None:
    add_report(store)
    with pytest.raises(LibraryError, match=r"report\.txt is in the library already"):
        add_report(store)
    assert (store.passage_count(), store.revision()) == (3, 1)


def test_failing_addition_leaves_no_half_document(store: Store, tmp_path: Path) -> None:
    unwritable = replace(LETTER, pages=(*LETTER.pages, *LETTER.pages))
    with pytest.raises(Exception, match="UNIQUE"):
        store.add(unwritable, LETTER_PASSAGES, EmbeddedPassages(VECTORS[3:]))
    assert store.documents() == ()
    assert open_problems(tmp_path / DATABASE) == ()


def test_words_are_taken_apart_while_others_can_write(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(text: str) -> str:
        with closing(sqlite3.connect(tmp_path / DATABASE, timeout=0)) as other:
            other.execute("begin immediate")
        return index_text(text)

    monkeypatch.setattr(inserting, "index_text", told)
    add_report(store)
    assert [label for label, _ in store.lexical_search(["sales"], 5)] == [1]


@pytest.mark.parametrize(
    "vectors", [VECTORS[:2], VECTORS[:3].astype(np.float64), np.full((3, 4), np.nan, np.float32), VECTORS[0]]
)
def test_vectors_that_do_not_fit_the_passages_are_refused(store: Store, vectors: np.ndarray) -> None:
    with pytest.raises(ValueError, match="vectors"):
        store.add(REPORT, REPORT_PASSAGES, EmbeddedPassages(vectors))
    assert store.documents() == ()


def test_vectors_of_another_dimension_than_the_library_are_refused(store: Store) -> None:
    store.expect_embedder("small", 8)
    with pytest.raises(LibraryError, match="8 dimensions"):
        add_report(store)


def test_documents_come_by_name_whatever_its_capitals(store: Store) -> None:
    for number, name in enumerate(("b.txt", "Zinc.txt", "A.txt")):
        document = replace(LETTER, id=f"{number}" * 64, name=name)
        store.add(document, [replace(LETTER_PASSAGES[0], document_id=document.id)], EmbeddedPassages(VECTORS[3:]))
    assert [document.name for document in store.documents()] == ["A.txt", "b.txt", "Zinc.txt"]


def test_removed_document_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    add_report(store)
    add_letter(store, "mail")
    kept = tmp_path / "files" / f"{LETTER.id}.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("Dear Ms Quixotry.")
    store.remove([LETTER.id])
    assert [document.id for document in store.documents()] == [REPORT.id]
    assert store.documents("mail") == ()
    assert store.lexical_search(["quixotry"], 5) == []
    assert "quixotry" not in store.vocabulary()
    assert store.passage_ids() == [1, 2, 3]
    assert not kept.exists()
    assert store.revision() == 3


def test_removed_text_is_gone_from_the_bytes_on_disk(store: Store, tmp_path: Path) -> None:
    add_report(store)
    add_letter(store)
    files = (tmp_path / DATABASE, tmp_path / f"{DATABASE}-wal")
    assert any(b"Quixotry" in file.read_bytes() for file in files)
    vector = VECTORS[3].tobytes()
    assert any(vector in file.read_bytes() for file in files)
    store.remove([LETTER.id])
    for file in files:
        content = file.read_bytes()
        assert b"uixotry" not in content
        assert vector not in content
        assert LETTER.id.encode() not in content


def test_ids_of_removed_passages_are_not_used_again(store: Store) -> None:
    assert add_report(store) == (1, 2, 3)
    store.remove([REPORT.id])
    assert add_letter(store) == (4,)


def test_removing_an_unknown_document_removes_none(store: Store) -> None:
    add_report(store)
    with pytest.raises(LibraryError, match="holds no document nowhere"):
        store.remove([REPORT.id, "nowhere"])
    assert store.passage_count() == 3


@pytest.mark.parametrize("asked", [("nowhere", 1), (REPORT.id, 9)])
def test_page_that_is_not_there_is_an_error(store: Store, asked: tuple[str, int]) -> None:
    add_report(store)
    with pytest.raises(LibraryError, match=f"no page {asked[1]}"):
        store.page(*asked)


def test_document_may_be_in_several_collections(store: Store) -> None:
    add_report(store, "finance")
    store.put_in_collection([REPORT.id], "2024")
    assert store.collections() == ("2024", "finance")
    assert store.document(REPORT.id).collections == ("2024", "finance")
    store.take_from_collection([REPORT.id], "finance")
    assert store.document(REPORT.id).collections == ("2024",)
    store.delete_collection("2024")
    assert store.collections() == ("finance",)
    assert store.document(REPORT.id).collections == ()


def test_empty_collection_is_made_renamed_and_deleted_with_what_is_on_its_way_into_it(store: Store, tmp_path: Path) -> None:
    store.make_collection("mail")
    store.make_collection("mail")
    add_letter(store, "finance")
    (tmp_path / "b.txt").write_text("Bonds.")
    store.queue(store.files.copy(tmp_path / "b.txt"), name="b.txt", path="b.txt", collection="finance")
    with pytest.raises(LibraryError, match="There is a collection mail already"):
        store.rename_collection("finance", "mail")
    store.rename_collection("finance", "money")
    assert (store.collections(), store.document(LETTER.id).collections) == (("mail", "money"), ("money",))
    assert [task.collection for task in store.tasks()] == ["money"]
    store.delete_collection("money")
    assert (store.collections(), store.document(LETTER.id).collections) == (("mail",), ())
    assert [task.collection for task in store.tasks()] == [None]


def test_documents_that_are_gone_are_passed_over_where_others_are_put_into_a_collection(store: Store) -> None:
    add_letter(store)
    store.put_in_collection([LETTER.id, "gone"], "mail")
    assert [summary.id for summary in store.documents("mail")] == [LETTER.id]


def test_language_of_a_document_is_that_of_its_first_passages(store: Store) -> None:
    chinese = replace(LETTER, id="c3" * 32)
    store.add(chinese, [Passage(chinese.id, 1, 0, 5, (), "成本下降。")], EmbeddedPassages(VECTORS[:1]))
    assert (store.document(chinese.id).language, store.documents()[0].id) == ("zh", chinese.id)


def test_disk_use_counts_originals_and_the_rest_apart(store: Store, tmp_path: Path) -> None:
    add_report(store)
    add_letter(store)
    use = store.disk_use()
    assert use.originals == 80
    assert use.rest >= (tmp_path / DATABASE).stat().st_size
    assert use.free > 0


def test_disk_use_passes_over_what_goes_while_it_is_looked_at(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing, stat = tmp_path / "passing.new", Path.stat
    passing.write_bytes(bytes(1000))
    before = store.disk_use().rest

    def stat_of(path: Path, **options: bool) -> os.stat_result:
        status = stat(path, **options)
        if path == passing:
            path.unlink()
        return status

    monkeypatch.setattr(Path, "stat", stat_of)
    assert store.disk_use().rest == before


def test_threads_read_while_another_writes(store: Store) -> None:
    counts: list[int] = []
    adding = threading.Thread(target=add_report, args=(store,))
    reading = [threading.Thread(target=lambda: counts.append(store.passage_count())) for _ in range(8)]
    for thread in (adding, *reading):
        thread.start()
    for thread in (adding, *reading):
        thread.join()
    assert set(counts) <= {0, 3}
    assert store.passage_count() == 3


def test_two_stores_on_one_folder_see_each_other(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path)
    add_report(store)
    assert other.passage_count() == 3
    add_letter(other)
    assert (store.passage_count(), store.revision()) == (4, 2)
    other.close()


def test_a_page_that_was_recognized_keeps_its_lines_and_tells_how_sure_it_is(store: Store) -> None:
    lines = (
        RecognizedLine(0, 5, Rectangle(0.1, 0.2, 0.5, 0.25), 0, (1, 2, 3, 4, 5), 0.9),
        RecognizedLine(6, 7, Rectangle(0.1, 0.3, 0.2, 0.35), 2, (500,), 0.6),
    )
    pages = (Page(1, "Steel x", lines=lines), Page(2, "Words."))
    store.add(replace(REPORT, pages=pages), REPORT_PASSAGES, EmbeddedPassages(VECTORS[:3]))
    summary = store.document(REPORT.id)
    assert [store.page(REPORT.id, number) for number in (1, 2)] == list(pages)
    assert summary.recognized_pages == 1
    assert summary.confidence == pytest.approx((5 * 0.9 + 0.6) / 6)


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file can grow beyond so many bytes: a journal as little as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_documents_can_be_removed_from_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    store, ids, first = Store(tmp_path), list[str](), hashlib.md5(b"0 0").hexdigest()[:9]
    for number in range(24):
        path = tmp_path / f"{number}.txt"
        path.write_text(" ".join(hashlib.md5(f"{number} {place}".encode()).hexdigest()[:9] for place in range(1500)))
        copy = store.files.copy(path)
        ids.append(add_text(store, path.name, path.read_text()))
        store.files.keep(copy, path.name)
    store.close()
    store = Store(tmp_path)
    with full_disk(1_000_000):
        store.remove(ids[:1])
    assert {one.id for one in store.documents()} == set(ids[1:])
    assert {document_id for document_id, _ in store.files.names()} == set(ids[1:])
    store.remove(ids[1:2])  # with room: what is left of their words goes too
    store.close()
    assert open_problems(tmp_path / DATABASE) == ()
    assert first.encode() not in (tmp_path / DATABASE).read_bytes()
