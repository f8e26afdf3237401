"""What differs between a folder as it is seen and as it was taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag_app.ingestion.looking import Sight
from rag_app.records import FolderFile, SeenFile

# The sha256 of the file at a path within the folder, or "" for one that is not read for it. Raises `OSError`.
HashOf = Callable[[SeenFile], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Files by what became of them. `touched` have another time or size noted but the same content.

    `contents` are the documents that the changed files hold now.
    """

    added: tuple[SeenFile, ...] = ()
    changed: tuple[SeenFile, ...] = ()
    moved: tuple[tuple[FolderFile, FolderFile], ...] = ()
    touched: tuple[FolderFile, ...] = ()
    gone: tuple[FolderFile, ...] = ()
    contents: frozenset[str] = frozenset()
    unsettled: tuple[str, ...] = ()


def compare(known: Sequence[FolderFile], sight: Sight, hash_of: HashOf) -> Difference:
    """Only files whose size or time differs are read, and new ones only to find out whether one that is gone was moved.

    As long as a file is being written, none counts as gone: it may be the one that was moved.
    """
    before = {file.seen.path: file for file in known}
    unsettled = {path for path in sight.unsettled if path not in before or before[path].seen != sight.files[path]}
    settled = {path: seen for path, seen in sight.files.items() if path not in unsettled}
    gone = [file for path, file in before.items() if path not in sight.files and not sight.is_out_of_sight(path)]
    changed, touched, contents = list[SeenFile](), list[FolderFile](), set[str]()
    for path, seen in settled.items():
        if path in before and before[path].seen != seen:
            digest = _digest(hash_of, seen, unsettled)
            if digest and digest == before[path].document_id:
                touched.append(FolderFile(seen, digest))
            elif path not in unsettled:
                changed.append(seen)
                contents.add(digest)
    new = [seen for path, seen in settled.items() if path not in before]
    moved = _moved(gone, new, hash_of, unsettled) if gone else []
    left, arrived = {old.seen.path for old, _ in moved}, {file.seen.path for _, file in moved}
    return Difference(
        added=tuple(seen for seen in new if seen.path not in arrived | unsettled),
        changed=tuple(changed),
        moved=tuple(moved),
        touched=tuple(touched),
        contents=frozenset(contents),
        gone=() if unsettled else tuple(file for file in gone if file.seen.path not in left),
        unsettled=tuple(sorted(unsettled)),
    )


def _moved(
    gone: Sequence[FolderFile], new: Sequence[SeenFile], hash_of: HashOf, unsettled: set[str]
) -> list[tuple[FolderFile, FolderFile]]:
    waiting = {file.document_id: file for file in gone if file.document_id}
    moved = []
    for seen in new:
        digest = _digest(hash_of, seen, unsettled)
        if digest in waiting:
            moved.append((waiting.pop(digest), FolderFile(seen, digest)))
    return moved


def _digest(hash_of: HashOf, seen: SeenFile, unsettled: set[str]) -> str:
    """The sha256, or "" for a file that cannot be read just now, which is left for the next time."""
    try:
        return hash_of(seen)
    except OSError:
        unsettled.add(seen.path)
        return ""
