"""A document that is a ZIP archive of XML parts: its parts, read safely one by one."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from rag_app.errors import Reason
from rag_app.parsing.archives import check_archive
from rag_app.parsing.source import Source

Node = Any  # an element of lxml's tree
_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_NUMBERED, _NUMBER = re.compile(rb"(?:&#(?:\d{1,7}|x[\da-fA-F]{1,6});)+"), re.compile(rb"&#([^;]+)")
_LAST_CHARACTER = 0x10FFFF
_PIECE = 4096
_HEAD = 65536
_SWEPT_TOGETHER = 100
_SAFE: Mapping[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "recover": True,
    "remove_comments": True,
    "remove_pis": True,
}
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part of an Office document points to: the last word of the relation's type, and the part's name."""

    kind: str
    target: str


class Package:
    """The parts of an archive. `is_torn` tells, of what was read so far, whether any of it was damaged."""

    def __init__(self, source: Source, archive: zipfile.ZipFile) -> None:
        self._source = source
        self._archive = archive
        self.names = tuple(archive.namelist())
        self.is_torn = False

    def read(self, name: str) -> bytes:
        """The content of a part as far as it can be read; empty for a part that is not there. Raises `DocumentError`."""
        content = bytearray()
        try:
            with self._archive.open(name) as part:
                while piece := part.read(_PIECE):
                    content += piece
        except KeyError:
            return b""
        except _BROKEN:
            self.is_torn = True
        except RuntimeError as error:
            raise self._source.locked(Reason.PASSWORD_NEEDED) from error
        return bytes(content)

    def xml(self, name: str) -> Node | None:
        """The root of an XML part as far as it can be read, or None. Nothing outside of the part is looked at.

        Raises `DocumentError` for a part that declares entities: no office program writes them, bombs and traps do.
        """
        content = self.read(name)
        check_entities(self._source, content)
        root, has_faults = parse_xml(content)
        self.is_torn |= has_faults
        return root

    def each(self, name: str, *tags: str) -> Iterator[Node]:
        """The elements with these local names, one by one as they end, of a part too large to be held as a whole.

        Each is empty when the next is taken. What is torn ends there. Raises `DocumentError` as `xml` does.
        """
        if name not in self.names:
            return
        try:
            with self._archive.open(name) as part:
                check_entities(self._source, part.read(_HEAD))
                part.seek(0)
                steps = etree.iterparse(part, tag=[f"{{*}}{tag}" for tag in tags], **_SAFE)
                for count, (_, node) in enumerate(steps):
                    yield node
                    node.clear(keep_tail=True)
                    if count % _SWEPT_TOGETHER == 0:
                        _sweep(node)
                self.is_torn |= has_faults(steps)
        except (etree.XMLSyntaxError, *_BROKEN):
            self.is_torn = True
        except RuntimeError as error:
            raise self._source.locked(Reason.PASSWORD_NEEDED) from error

    def relations(self, name: str) -> Mapping[str, Relation]:
        """What the part `name` (the archive itself: the empty name) points to inside the archive, by the identifiers it uses."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        return {
            attribute(node, "Id"): Relation(
                attribute(node, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, unquote(attribute(node, "Target")))).lstrip("/"),
            )
            for node in (root if root is not None else ())
            if attribute(node, "TargetMode") != "External"
        }

    def related(self, name: str, *kinds: str) -> list[str]:
        """The parts that are there and that the part `name` points to with a relation of one of `kinds`."""
        found = (relation.target for relation in self.relations(name).values() if relation.kind in kinds)
        return [target for target in found if target in self.names]

    def unread(self) -> None:
        """Raise `DocumentError` if anything read so far was damaged: for a document in which no text was found."""
        if self.is_torn:
            raise self._source.refusal(Reason.DAMAGED, "{name} is damaged and cannot be read. Open it and save it again.")


@contextmanager
def opened(source: Source) -> Iterator[Package]:
    """The package that a file is. Raises `DocumentError` when it would unpack to too much."""
    check_archive(source)
    with zipfile.ZipFile(source.path) as archive:
        yield Package(source, archive)


def _sweep(node: Node) -> None:
    """Take away what stands before an element, so that a long part never stands in the memory as a whole."""
    above = node.getparent()
    if above is not None:
        del above[: above.index(node)]


def check_entities(source: Source, content: bytes) -> None:
    """Raise `DocumentError` for XML that declares entities, which may expand without end."""
    if _ENTITY.search(content):
        raise source.refusal(
            Reason.EXPANDS_TOO_MUCH,
            "{name} declares abbreviations (XML entities) that may expand without end, as no office program does. "
            "Open it and save it again.",
        )


def parse_xml(content: bytes) -> tuple[Node | None, bool]:
    """The root of what can be read of some XML, and whether there were faults in it. No entity is resolved, nothing fetched."""
    parser = etree.XMLParser(huge_tree=True, **_SAFE)
    try:
        root = etree.fromstring(content, parser)
        if any(fault.type == etree.ErrorTypes.ERR_INVALID_CHAR for fault in parser.error_log):
            root = etree.fromstring(_NUMBERED.sub(_as_characters, content), parser)
    except etree.XMLSyntaxError:
        return None, bool(content)
    return root, has_faults(parser)


def _as_characters(numbered: re.Match[bytes]) -> bytes:
    """Characters that are written as numbers, such as are written in two halves (UTF-16) put together."""
    numbers = (int(one[1:], 16) if one.startswith(b"x") else int(one) for one in _NUMBER.findall(numbered[0]))
    halves = "".join(chr(number) for number in numbers if number <= _LAST_CHARACTER)
    whole = halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(f"&#{ord(character)};" for character in whole).encode("ascii")


def has_faults(parser: Any) -> bool:
    """Whether a parser came upon what is no XML."""
    return any(fault.level == etree.ErrorLevels.FATAL for fault in parser.error_log)


def local(node: Node) -> str:
    """The name of an element without its namespace; Word's strict format differs in the namespaces alone."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: Node, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty if there is none."""
    return next((str(value) for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def relation_of(node: Node, name: str = "id") -> str:
    """The identifier of a relation that an element names in an attribute of another namespace than its own."""
    return next((str(value) for key, value in node.attrib.items() if key.endswith("}" + name)), "")


def number(text: str, otherwise: int) -> int:
    """`text` as a count, or `otherwise` where it is none that makes sense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else otherwise


def written(text: str | None) -> str:
    """The text between two tags; its line ends are there for the sake of the file, not of the reader."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def walked(root: Node) -> Any:
    """`("start" | "end", element)` of each element in reading order, however deep; `skip_subtree()` passes over the last one."""
    return etree.iterwalk(root, events=("start", "end"))
