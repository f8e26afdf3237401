"""Every kind of index under one contract, the file on disk, and the index that keeps in step with the library."""

from __future__ import annotations

import json
import threading
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from rag_app.assembly import open_library
from rag_app.errors import SettingsError
from rag_app.interfaces import VectorIndex, Vectors
from rag_app.vector_index import LibraryIndex, kind_of
from rag_app.vector_index.exact import ExactIndex
from rag_app.vector_index.index_file import IndexFile
from rag_app.vector_index.kinds import KINDS, Kind

DIMENSION = 16
CENTRES = 40
BUILT = {name: kind for name, kind in KINDS.items() if kind is not None and name != "auto"}


def vectors(count: int, *, seed: int = 0) -> Vectors:
    """Unit vectors around common centres, as the passages of one document lie together."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(100).standard_normal((CENTRES, DIMENSION))
    made = (centres[random.integers(0, CENTRES, count)] + 0.7 * random.standard_normal((count, DIMENSION))).astype(np.float32)
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


class Shelf:
    """A working store of vectors."""

    def __init__(self, ids: Sequence[int] = ()) -> None:
        self.vectors: dict[int, Vectors] = {}
        self.reads = 0
        self._revision = 0
        self.put(ids)

    def put(self, ids: Sequence[int], matrix: Vectors | None = None) -> None:
        rows = [vectors(1, seed=label)[0] for label in ids] if matrix is None else matrix
        self.vectors.update(zip(ids, rows, strict=True))
        self._revision += 1

    def take(self, ids: Sequence[int]) -> None:
        for label in ids:
            self.vectors.pop(label, None)
        self._revision += 1

    def revision(self) -> int:
        return self._revision

    def passage_ids(self) -> list[int]:
        return sorted(self.vectors)

    def vector_blocks(self, ids: Sequence[int]) -> Iterator[tuple[list[int], Vectors]]:
        self.reads += len(ids)
        for start in range(0, len(ids), 100):
            block = {label: vector for label in ids[start : start + 100] if (vector := self.vectors.get(label)) is not None}
            if block:
                yield list(block), np.stack(list(block.values()))


class Stocked:
    """An index whose vectors are on a shelf first, as the library's are in its store."""

    def __init__(self, shelf: Shelf, index: VectorIndex) -> None:
        self._shelf, self._index = shelf, index

    def __len__(self) -> int:
        return len(self._index)

    def ids(self) -> set[int]:
        return self._index.ids()

    def add(self, ids: Sequence[int], matrix: Vectors) -> None:
        self._shelf.put(ids, matrix)
        self._index.add(ids, matrix)

    def remove(self, ids: Sequence[int]) -> None:
        self._shelf.take(ids)
        self._index.remove(ids)

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        return self._index.search(vector, k, allowed=allowed)


def begun(kind: Kind | None) -> VectorIndex:
    """An empty index of `kind`, that learned from vectors like those to come."""
    shelf = Shelf()
    if kind is None:
        return Stocked(shelf, ExactIndex(DIMENSION))
    examples = range(1_000_000, 1_000_600)
    shelf.put(examples, vectors(600, seed=50))
    return Stocked(shelf, kind.begin(DIMENSION, shelf, examples))


Make = Callable[[], VectorIndex]
EVERY_KIND = pytest.mark.parametrize("make", [partial(begun, kind) for kind in (None, *BUILT.values())], ids=["exact", *BUILT])


def nearest(query: Vectors, matrix: Vectors, ids: Sequence[int], k: int) -> list[int]:
    """By hand: the ids of the highest products."""
    return [ids[row] for row in np.argsort(-(matrix @ query), kind="stable")[:k]]


def labels(hits: list[tuple[int, float]]) -> list[int]:
    return [label for label, _ in hits]


@EVERY_KIND
def test_nearest_come_first_with_their_cosine(make: Make) -> None:
    index, matrix, ids = make(), vectors(300), list(range(1000, 1300))
    index.add(ids, matrix)
    query = vectors(1, seed=1)[0]
    hits = index.search(query, 10)
    assert labels(hits) == nearest(query, matrix, ids, 10)
    assert np.allclose([score for _, score in hits], np.sort(matrix @ query)[::-1][:10], atol=1e-5)
    assert labels(index.search(matrix[7], 1)) == [1007]


@EVERY_KIND
def test_empty_index_finds_nothing(make: Make) -> None:
    index = make()
    assert (len(index), index.ids(), index.search(vectors(1)[0], 5)) == (0, set(), [])
    index.remove([4])
    index.add([], np.empty((0, DIMENSION), np.float32))
    assert len(index) == 0


@EVERY_KIND
def test_all_are_found_when_fewer_than_k_exist(make: Make) -> None:
    index = make()
    index.add([5, 6, 7], vectors(3))
    assert sorted(labels(index.search(vectors(1, seed=1)[0], 50))) == [5, 6, 7]


@EVERY_KIND
def test_index_grows_past_its_first_size(make: Make) -> None:
    index, matrix = make(), vectors(3000)
    for start in range(0, 3000, 70):
        index.add(range(start, min(start + 70, 3000)), matrix[start : start + 70])
    assert index.ids() == set(range(3000))
    assert [labels(index.search(matrix[row], 1)) for row in (0, 1500, 2999)] == [[0], [1500], [2999]]


@EVERY_KIND
@pytest.mark.parametrize("share", [0.001, 0.05, 0.6, 0.99])
def test_only_allowed_ids_are_found_and_as_many_as_exist(make: Make, share: float) -> None:
    index, matrix = make(), vectors(2000)
    index.add(range(2000), matrix)
    allowed = np.random.default_rng(3).permutation(2000)[: int(2000 * share)].tolist()
    query = vectors(1, seed=1)[0]
    hits = index.search(query, 20, allowed=[*allowed, 99_999])
    assert len(hits) == min(20, len(allowed))
    assert len(set(labels(hits)) & set(nearest(query, matrix[allowed], allowed, 20))) >= 0.9 * len(hits)
    assert index.search(query, 20, allowed=[]) == []


@EVERY_KIND
def test_removed_vectors_are_not_found_and_the_rest_is(make: Make) -> None:
    index, matrix = make(), vectors(2000)
    index.add(range(2000), matrix)
    query = vectors(1, seed=1)[0]
    gone = labels(index.search(query, 300))
    index.remove([*gone, 77_777])
    left = [label for label in range(2000) if label not in set(gone)]
    assert index.ids() == set(left)
    assert len(index) == 1700
    hits = index.search(query, 20)
    assert len(set(labels(hits)) & set(nearest(query, matrix[left], left, 20))) >= 18
    index.remove(left[3:])
    assert sorted(labels(index.search(query, 20))) == left[:3]
    index.add(range(5000, 5010), vectors(10, seed=5))
    assert len(index.search(query, 20)) == 13


@EVERY_KIND
def test_ten_thousand_random_steps_end_in_the_right_ids(make: Make) -> None:
    index, random, expected, matrix = make(), np.random.default_rng(9), set[int](), vectors(2000)
    for step in range(100):
        new = list(range(step * 20, step * 20 + 20))
        index.add(new, matrix[new])
        expected.update(new)
        gone = random.choice(sorted(expected), 8, replace=False).tolist()
        index.remove(gone)
        expected.difference_update(gone)
        hits = index.search(matrix[step], 30)
        assert len(hits) == min(30, len(expected))
        assert set(labels(hits)) <= expected
    assert index.ids() == expected


@pytest.fixture(params=list(BUILT.values()), ids=list(BUILT))
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind that a library may build."""
    chosen: Kind = request.param
    return chosen


def library_index(shelf: Shelf, folder: Path, kind: Kind | None, *, exact_below: int = 200) -> LibraryIndex:
    return LibraryIndex(shelf, kind=kind, embedder_id="small", dimension=DIMENSION, folder=folder, exact_below=exact_below)


@contextmanager
def built_index(shelf: Shelf, folder: Path, kind: Kind | None) -> Iterator[LibraryIndex]:
    """The library's index in step with a shelf, built where this holds enough."""
    with closing(library_index(shelf, folder, kind)) as index:
        index.refresh()
        index.wait()
        yield index


def found(index: LibraryIndex, label: int) -> list[int]:
    return labels(index.search(vectors(1, seed=label)[0], 1))


def is_on_disk(shelf: Shelf, folder: Path, kind: Kind, *, embedder_id: str = "small") -> bool:
    file = IndexFile(folder, kind, embedder_id=embedder_id, dimension=DIMENSION)
    return file.load(shelf, revision=shelf.revision()) is not None


def test_what_was_added_and_removed_is_seen_after_the_next_refresh(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf()
    index = library_index(shelf, tmp_path, kind)
    shelf.put(range(1, 50))
    assert index.search(vectors(1)[0], 5) == []
    index.refresh()
    assert (len(index), found(index, 7)) == (49, [7])
    shelf.put([60])
    shelf.take([7])
    index.refresh()
    assert (len(index), found(index, 60)) == (49, [60])
    assert found(index, 7) != [7]
    index.close()


def test_unchanged_library_is_not_read_again(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 50))
    index = library_index(shelf, tmp_path, kind)
    index.refresh()
    index.refresh()
    assert shelf.reads == 49
    index.close()


def test_few_vectors_make_no_file(tmp_path: Path, kind: Kind) -> None:
    with built_index(Shelf(range(1, 200)), tmp_path, kind):
        assert list(tmp_path.iterdir()) == []


def test_many_vectors_become_an_index_that_is_kept_and_used_again(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    index = library_index(shelf, tmp_path, kind)
    index.refresh()
    assert found(index, 9) == [9]
    index.wait()
    assert (len(index), found(index, 9)) == (399, [9])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.bin", "index.json"]
    index.close()
    shelf.reads = 0
    again = library_index(shelf, tmp_path, kind)
    again.refresh()
    assert (shelf.reads, len(again), found(again, 9)) == (0, 399, [9])
    again.close()


def test_index_serves_on_after_small_changes(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind) as index:
        shelf.put([500])
        shelf.take([9])
        index.refresh()
    shelf.reads = 0
    again = library_index(shelf, tmp_path, kind)
    again.refresh()
    assert (shelf.reads, len(again), found(again, 500)) == (1, 399, [500])
    assert found(again, 9) != [9]
    again.close()


def test_index_with_many_removed_vectors_is_built_anew(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind) as index:
        shelf.take(range(1, 150))
        index.refresh()
        index.wait()
    assert json.loads((tmp_path / "index.json").read_text())["count"] == 250
    assert is_on_disk(shelf, tmp_path, kind)


@pytest.mark.parametrize("size", [0, 10, 5_000, -1])
def test_damaged_file_is_never_loaded(tmp_path: Path, kind: Kind, size: int) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind):
        pass
    file = tmp_path / "index.bin"
    content = file.read_bytes()
    file.write_bytes(content[:size] if size >= 0 else content[:9000] + b"\xff" * 64 + content[9064:])
    index = library_index(shelf, tmp_path, kind)
    index.refresh()
    assert (len(index), found(index, 9)) == (399, [9])
    index.wait()
    assert is_on_disk(shelf, tmp_path, kind)
    index.close()


@pytest.mark.parametrize("stamp", ["", "[]", "{}", '{"embedder_id": "small"}', None])
def test_file_without_its_stamp_is_never_loaded(tmp_path: Path, kind: Kind, stamp: str | None) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind):
        if stamp is None:
            (tmp_path / "index.json").unlink()
        else:
            (tmp_path / "index.json").write_text(stamp)
        assert not is_on_disk(shelf, tmp_path, kind)


def test_index_of_another_embedder_or_revision_is_never_loaded(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind):
        pass
    assert is_on_disk(shelf, tmp_path, kind)
    assert not is_on_disk(shelf, tmp_path, kind, embedder_id="large")
    shelf.put([500])
    assert not is_on_disk(shelf, tmp_path, kind)


def test_folder_that_cannot_be_written_costs_only_the_file(tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path / "file", kind) as index:
        assert (len(index), found(index, 9)) == (399, [9])
        shelf.put([500])
        index.refresh()
        assert found(index, 500) == [500]


def test_index_of_another_kind_is_built_again_from_the_stored_vectors(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    for chosen in (*BUILT.values(), kind):
        with built_index(shelf, tmp_path, chosen) as index:
            assert (len(index), found(index, 9)) == (399, [9])
    assert json.loads((tmp_path / "index.json").read_text())["kind"] == kind.name
    assert [other.name for other in BUILT.values() if is_on_disk(shelf, tmp_path, other)] == [kind.name]


def test_what_a_killed_process_was_writing_is_passed_over_and_swept(tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "index.99999.new").write_bytes(b"half an index")
    (tmp_path / "hnsw.bin").write_bytes(b"of an older version")
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.bin", "index.json"]
    assert is_on_disk(shelf, tmp_path, kind)


def test_stamp_of_a_newer_revision_keeps_no_index_from_being_kept(tmp_path: Path) -> None:
    file = IndexFile(tmp_path, BUILT["hnsw"], embedder_id="small", dimension=DIMENSION)
    index = BUILT["hnsw"].begin(DIMENSION, Shelf(range(8)), range(8))
    stamp = file.save(index, revision=0)
    with ThreadPoolExecutor(1) as builder:
        saved = builder.submit(lambda: [file.save(index, revision=revision).revision for revision in range(100)])
        while not saved.done():
            file.write_stamp(stamp)
    assert saved.result() == list(range(100))


def test_without_a_kind_many_vectors_are_searched_exactly_and_nothing_is_kept(tmp_path: Path) -> None:
    with built_index(Shelf(range(1, 400)), tmp_path, None) as index:
        assert (len(index), found(index, 9)) == (399, [9])
    assert list(tmp_path.iterdir()) == []


def test_every_allowed_vector_is_found_wherever_it_stands(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 400))
    with built_index(shelf, tmp_path, kind) as index:
        shelf.put(range(500, 520))
        shelf.take(range(1, 20))
        index.refresh()
        allowed = [*range(10, 30), *range(500, 505), 77_777]
        assert sorted(labels(index.search(vectors(1)[0], 100, allowed=allowed))) == [*range(20, 30), *range(500, 505)]


def test_unknown_name_of_a_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="There is no vector index 'tree'; known are: auto, exact, hnsw, pq, kdtree"):
        kind_of("tree")


def test_library_with_an_unknown_kind_in_its_settings_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no vector index 'tree'"):
        open_library(tmp_path, tmp_path, vector_index="tree")


def test_closing_stops_building(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 5000))
    index = library_index(shelf, tmp_path, kind)
    index.refresh()
    index.close()
    assert not (tmp_path / "index.json").exists() or is_on_disk(shelf, tmp_path, kind)


def test_searches_go_on_while_vectors_come_and_go(tmp_path: Path, kind: Kind) -> None:
    shelf = Shelf(range(1, 150))
    index = library_index(shelf, tmp_path, kind, exact_below=100)
    index.refresh()
    faults: list[object] = []
    ending = threading.Event()

    def search() -> None:
        try:
            while not ending.is_set():
                index.refresh()
                assert found(index, 9) == [9]
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for step in range(20):
        shelf.put(range(1000 + 50 * step, 1050 + 50 * step))
        shelf.take([10 + step])
    ending.set()
    for thread in threads:
        thread.join()
    index.refresh()
    index.wait()
    assert faults == []
    assert len(index) == 149 + 20 * 50 - 20
    index.close()


def test_a_document_that_is_added_has_nothing_copied(tmp_path: Path) -> None:
    shelf, wide = Shelf(), 1024
    matrix = np.zeros((1500, wide), np.float32)
    shelf.put(range(1500), matrix)
    with closing(LibraryIndex(shelf, embedder_id="small", dimension=wide, folder=tmp_path)) as index:
        index.refresh()
        shelf.put([1500], matrix[:1])
        tracemalloc.start()
        index.refresh()
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(index) == 1501
    assert taken < matrix.nbytes / 4
