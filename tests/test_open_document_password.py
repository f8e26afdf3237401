"""OpenDocument files that are locked with a password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.archives import MAX_MARKUP_BYTES
from rag_app.parsing.media_types import media_type
from rag_app.parsing.office_password import unlocked
from rag_app.parsing.readers import READERS
from rag_app.parsing.source import Source
from tests.made_files import odt_of, write, zip_of
from tests.made_locked import locked_as_a_whole, locked_by_blowfish, locked_open_document
from tests.made_office import open_document

WAYS = (locked_open_document, locked_by_blowfish, locked_as_a_whole)
WORDS = " ".join(f"Word{number}" for number in range(600))
TEXT = odt_of(f"<text:p>Nobody may read this. {WORDS}</text:p>")
SHEET = open_document(
    "spreadsheet",
    '<table:table table:name="Wages"><table:table-row><table:table-cell><text:p>Secret</text:p></table:table-cell>'
    "</table:table-row></table:table>",
)
SLIDES = open_document(
    "presentation",
    "<draw:page><draw:frame><draw:text-box><text:p>Hidden plans</text:p></draw:text-box></draw:frame></draw:page>",
)


def text_of(path: Path, password: str) -> str:
    """What the file says when it is read as the child process does it."""
    with unlocked(Source(path, path.name, 5, password)) as source:
        return "\n".join(page.text for page in READERS[media_type(source)](source).pages)


def refusal(path: Path, password: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        text_of(path, password)
    return caught.value


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.odt", TEXT, "Nobody may read"), ("b.ods", SHEET, "Secret"), ("c.odp", SLIDES, "Hidden plans")],
)
def test_locked_document_is_read_with_its_password(
    tmp_path: Path, way: Callable[[bytes, str], bytes], name: str, content: bytes, said: str
) -> None:
    locked, plain = write(tmp_path, name, way(content, "sésame 密码")), write(tmp_path, f"open-{name}", content)
    assert said in text_of(plain, "")
    assert text_of(locked, "sésame 密码") == text_of(plain, "")


@pytest.mark.parametrize("way", WAYS)
def test_missing_and_wrong_password_are_told_apart(tmp_path: Path, way: Callable[[bytes, str], bytes]) -> None:
    path = write(tmp_path, "a.odt", way(TEXT, "sesame"))
    for password, said in (
        ("", "a.odt is locked with a password. Give it"),
        ("sesam", "a.odt does not open with that password."),
    ):
        error = refusal(path, password)
        assert (error.reason, str(error).startswith(said)) == (Reason.PASSWORD_NEEDED, True)


def test_lock_that_is_not_known_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path, "a.odt", locked_as_a_whole(TEXT, "sesame", algorithm="http://example.org/#rot13"))
    assert "in a way that Footnote cannot open. Save it without one" in str(refusal(path, "sesame"))


def test_damaged_lock_and_text_are_no_crash(tmp_path: Path) -> None:
    content = locked_open_document(TEXT, "sesame")
    manifest = (
        '<m><file-entry full-path="content.xml"><encryption-data><algorithm algorithm-name="#aes256-cbc" {}/></encryption-data>'
    )
    for name, attributes in (("a.odt", 'initialisation-vector="%%%"'), ("b.odt", ""), ("c.odt", 'initialisation-vector="AAAA"')):
        torn = zip_of({"content.xml": b"\x07\x99" * 9, "META-INF/manifest.xml": manifest.format(attributes)})
        assert refusal(write(tmp_path, name, torn), "sesame").reason is Reason.PASSWORD_NEEDED
    at = content.index(b"content.xml") + 200
    torn = content[:at] + bytes(64) + content[at + 64 :]
    assert refusal(write(tmp_path, "d.odt", torn), "sesame").reason in (Reason.PASSWORD_NEEDED, Reason.DAMAGED)
    assert refusal(write(tmp_path, "e.odt", content[: len(content) // 2]), "sesame").reason is Reason.DAMAGED


def test_text_that_expands_without_end_is_refused(tmp_path: Path) -> None:
    bomb = zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bytes(MAX_MARKUP_BYTES + 1)})
    assert refusal(write(tmp_path, "a.odt", locked_open_document(bomb, "sesame")), "sesame").reason is Reason.EXPANDS_TOO_MUCH
