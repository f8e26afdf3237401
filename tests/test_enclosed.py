"""Files within files: each a document of its own, bounded in depth, told once, and independent of what it came in."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.errors import Reason
from rag_app.ingestion import Ingestion
from rag_app.parsing import SandboxedParser
from rag_app.parsing.formats import EML, PLAIN_TEXT, ZIP
from rag_app.records import FileOutcome, Progress, TaskState
from rag_app.settings import Settings
from rag_app.store import Store
from tests.made_files import locked_zip, write, zip_of
from tests.text_parser import TextParser

SETTINGS = Settings(passage_tokens=20, overlap_tokens=0)


def never() -> bool:
    return False


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "storage")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def parser() -> Iterator[SandboxedParser]:
    parser = SandboxedParser(Settings())
    yield parser
    parser.close()


def ended(flow: Ingestion) -> list[tuple[str, TaskState, str]]:
    return [(one.name, one.state, one.reason) for one in flow.work(never) if isinstance(one, FileOutcome)]


def names(store: Store) -> list[str]:
    return [document.name for document in store.documents()]


def test_what_a_file_holds_becomes_documents_named_after_both(store: Store, tmp_path: Path) -> None:
    flow = Ingestion(store, TextParser(), BagOfWordsEmbedder(), SETTINGS)
    path = write(tmp_path, "box.txt", "A box.\nHOLDS a.txt: Cats sleep.\nHOLDS b.txt: DAMAGED\n")
    flow.add([path], collection="pets")
    assert ended(flow) == [
        ("box.txt", TaskState.DONE, ""),
        ("box.txt › a.txt", TaskState.DONE, ""),
        ("box.txt › b.txt", TaskState.FAILED, Reason.DAMAGED.value),
    ]
    inner = store.documents("pets")[1]
    assert (inner.name, store.document_file(inner.id).read_text()) == ("box.txt › a.txt", "Cats sleep.")
    assert [task.path for task in store.tasks()] == [str(path), f"{path} › a.txt", f"{path} › b.txt"]


def test_what_the_library_holds_already_is_told_as_a_duplicate(store: Store, tmp_path: Path) -> None:
    flow = Ingestion(store, TextParser(), BagOfWordsEmbedder(), SETTINGS)
    flow.add([write(tmp_path, "a.txt", "Cats sleep."), write(tmp_path, "box.txt", "HOLDS b.txt: Cats sleep.")])
    duplicate = ("box.txt › b.txt", TaskState.DUPLICATE, Reason.DUPLICATE.value)
    assert ended(flow)[1:] == [("box.txt", TaskState.DONE, ""), duplicate]
    assert names(store) == ["a.txt", "box.txt"]


def test_files_are_taken_out_of_files_within_files_but_not_without_end(store: Store, tmp_path: Path) -> None:
    flow = Ingestion(store, TextParser(), BagOfWordsEmbedder(), SETTINGS)
    text = "HOLDS 1.txt: one // HOLDS 2.txt: two // HOLDS 3.txt: three // HOLDS 4.txt: four"
    flow.add([write(tmp_path, "0.txt", text)])
    last = ended(flow)[-1]
    assert last == ("0.txt › 1.txt › 2.txt › 3.txt › 4.txt", TaskState.FAILED, Reason.EXPANDS_TOO_MUCH.value)
    assert names(store)[-1] == "0.txt › 1.txt › 2.txt › 3.txt"


def test_a_file_that_is_cancelled_takes_along_what_was_taken_out_of_it(store: Store, tmp_path: Path) -> None:
    flow = Ingestion(store, TextParser(), BagOfWordsEmbedder(), SETTINGS)
    flow.add([write(tmp_path, "box.txt", "HOLDS a.txt: Cats.\nHOLDS b.txt: Dogs."), write(tmp_path, "c.txt", "Hens.")])
    for event in flow.work(never):
        if isinstance(event, Progress) and (event.name, event.stage) == ("box.txt", "storing"):
            flow.cancel(event.task_id)
    assert names(store) == ["c.txt"]
    states = {task.name: task.state for task in store.tasks()}
    gone = dict.fromkeys(("box.txt", "box.txt › a.txt", "box.txt › b.txt"), TaskState.CANCELLED)
    assert states == gone | {"c.txt": TaskState.DONE}


def test_removing_either_leaves_the_other_and_reading_anew_brings_nothing_back(store: Store, tmp_path: Path) -> None:
    flow = Ingestion(store, TextParser(), BagOfWordsEmbedder(), SETTINGS)
    flow.add([write(tmp_path, "box.txt", "HOLDS a.txt: Cats.\nHOLDS b.txt: Dogs.")])
    list(flow.work(never))
    box, a, b = store.documents()
    store.remove([a.id])
    flow.begin_anew()
    assert sorted(ended(flow)) == [("box.txt", TaskState.DONE, ""), ("box.txt › b.txt", TaskState.DONE, "")]
    store.remove([box.id])
    assert [document.id for document in store.documents()] == [b.id]
    assert store.document_file(b.id).read_text() == "Dogs."


def taken(parser: SandboxedParser, path: Path, media_type: str, password: str = "") -> dict[str, str]:
    """The content, or the reason, of each file within a file."""
    files = parser.enclosed(path, name=path.name, media_type=media_type, stop=never, password=password)
    return {file.name: file.reason or file.path.read_text(encoding="utf-8") for file in files}


def test_entries_of_an_archive_are_taken_out_under_names_that_stay_within_it(parser: SandboxedParser, tmp_path: Path) -> None:
    content = {"年报/a.txt": "一", "../../etc/b.txt": "two", "c\\d.txt": "three", "/e.txt": "four"}
    hidden = {".git/config": "no", "__MACOSX/f.txt": "no", "empty.txt": "", "folder/": ""}
    path = write(tmp_path, "z.zip", zip_of({**content, **hidden}))
    found = {"z.zip › 年报/a.txt": "一", "z.zip › etc/b.txt": "two", "z.zip › c/d.txt": "three", "z.zip › e.txt": "four"}
    assert taken(parser, path, ZIP) == found


@pytest.mark.parametrize(
    ("name", "encoding"), [("年度财务报告", "gbk"), ("會議記錄與決議", "big5"), ("résumé", "cp437"), ("岳飞", "utf-8")]
)
def test_names_in_the_encoding_of_the_place_are_read(parser: SandboxedParser, tmp_path: Path, name: str, encoding: str) -> None:
    placed = name.encode(encoding)
    content = zip_of({"X" * len(placed) + ".txt": "一"}).replace(b"X" * len(placed), placed)
    assert list(taken(parser, write(tmp_path, "z.zip", content), ZIP)) == [f"z.zip › {name}.txt"]


def test_a_line_break_in_a_name_leaves_the_names_of_the_others_where_they_are(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "z.zip", zip_of({"a\nb.txt": "one", "c.txt": "two", "d.txt": "three"}))
    assert taken(parser, path, ZIP) == {"z.zip › a b.txt": "one", "z.zip › c.txt": "two", "z.zip › d.txt": "three"}


def test_a_locked_archive_opens_with_its_password(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "z.zip", locked_zip("a.txt", b"Secret words.", "sesame"))
    assert taken(parser, path, ZIP, "sesame") == {"z.zip › a.txt": "Secret words."}
    assert taken(parser, path, ZIP, "wrong") == {"z.zip › a.txt": Reason.PASSWORD_NEEDED.value}


def test_a_damaged_entry_does_not_keep_the_others(parser: SandboxedParser, tmp_path: Path) -> None:
    content = bytearray(zip_of({"a.txt": "one " * 99, "b.txt": "two"}))
    place = content.index(b"a.txt") + len("a.txt")
    content[place : place + 4] = b"\xff\xff\xff\xff"
    found = taken(parser, write(tmp_path, "z.zip", bytes(content)), ZIP)
    assert found == {"z.zip › a.txt": Reason.DAMAGED.value, "z.zip › b.txt": "two"}


def test_attachments_are_taken_out_of_mails_and_nothing_out_of_other_files(parser: SandboxedParser, tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("See below.")
    message.add_attachment("词", filename="a.txt", charset="utf-8")
    path = write(tmp_path, "m.eml", message.as_bytes())
    assert taken(parser, path, EML) == {"m.eml › a.txt": "词\n"}
    assert taken(parser, path, PLAIN_TEXT) == {}
