"""The XML parts of documents that are ZIP archives, read without following anything that points out of them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from rag_app.errors import Reason
from rag_app.parsing.archives import check_archive
from rag_app.parsing.source import Source

_STRICT: Mapping[str, bool] = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_DAMAGE = (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, NotImplementedError, KeyError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part of an Office document points to: the last word of the relation's type, and the part's name."""

    kind: str
    target: str


class XmlParts:
    """The parts of an archive by name. Use `opened`, which names what is wrong with them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def tree(self, name: str) -> etree._Element:
        """A part as a whole."""
        with self._archive.open(name) as file:
            return etree.parse(file, etree.XMLParser(**_STRICT)).getroot()

    def each(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements with these local names, one after the other as they end; each is gone when the next comes."""
        with self._archive.open(name) as file:
            for _, element in etree.iterparse(file, tag=[f"{{*}}{tag}" for tag in tags], **_STRICT):
                yield element
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def relations(self, name: str) -> Mapping[str, Relation]:
        """What a part points to inside the archive, by the names it uses for it. Of the archive itself: the part ''."""
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", base + ".rels")
        if listed not in self:
            return {}
        return {
            entry.get("Id", ""): Relation(
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, unquote(entry.get("Target", "")))).lstrip("/"),
            )
            for entry in self.tree(listed).iter("{*}Relationship")
            if entry.get("TargetMode") != "External"
        }

    def related(self, name: str, *kinds: str) -> Iterator[str]:
        """The names of the parts that are there and that a part points to with a relation of one of `kinds`."""
        found = (relation.target for relation in self.relations(name).values() if relation.kind in kinds)
        return (target for target in found if target in self)


@contextmanager
def opened(source: Source) -> Iterator[XmlParts]:
    """The parts of a file, while they are read. Raises `DocumentError` for what would fill the memory and what is damaged."""
    try:
        check_archive(source)
        with zipfile.ZipFile(source.path) as archive:
            yield XmlParts(archive)
    except _DAMAGE as error:
        raise source.refusal(
            Reason.DAMAGED, f"{{name}} is damaged and cannot be read ({type(error).__name__}). Open it and save it again."
        ) from error


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
