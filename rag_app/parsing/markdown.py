"""Markdown through unstructured: elements into one page of text, with headings and the rows of tables.

unstructured asks a language model (spaCy's, which it would fetch from a network) whether a text is a narrative. Footnote has
no use for that judgement, so a stand-in answers: the same elements in 70 % of the time, and nothing to fetch.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from rag_app.errors import Reason
from rag_app.parsing.blocks import BULLET, Block, Line, page_of_blocks
from rag_app.parsing.cleaning import clean
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.markdown_breaks import broken
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page
from rag_app.text.lists import is_item

if TYPE_CHECKING:
    from unstructured.documents.elements import Element

_TOKENIZER = "unstructured.nlp.tokenize"
_SILENCE = {"SCARF_NO_ANALYTICS": "true", "DO_NOT_TRACK": "true", "UNSTRUCTURED_DISABLE_NOTICE": "1"}
_NO_LANGUAGE_GUESS = [""]
# By CommonMark a tag's name has no colon: these are words. Cleaning takes the marks out again that keep them.
_NO_TAG = re.compile(r"<(?=/?[A-Za-z][\w-]*:[\w-]+[\s/>])")
_ALONE = re.compile(r"^([ \t>]*(?:[-*+] +)?[^\W_])[ \t\r]*$", re.MULTILINE)  # unstructured leaves out what is one character long
_FENCE = re.compile(r"[\s>]*(```|~~~)")
_HARD_BREAKS = ("  ", "\\", "  \r", "\\\r")
_BEFORE_ITEMS = ("- ", "* ", "+ ", "#")
_WITHIN_BLOCKS = (" ", "\t", ">", "|", *_BEFORE_ITEMS)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n((?:(?!---|\.\.\.)[^\n]{0,500}\n){1,100})(?:---|\.\.\.)[ \t]*\r?(?:\n|$)")
_NUMBER_BEHIND_BULLET = re.compile(r"^( *[-*+] +\d{1,6})(?=[.)] +\S)")
_ITEM = re.compile(r"( {0,12})(\d{1,6})([.)]) +(?=\S)")
_INTERRUPTS = re.compile(r"(?:[-*+]|1[.)]) +\S")
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^'<>]*'|"[^"<>]*"))?"""
_FOLDED = re.compile(
    rf"(?P<code>(`+)[^`]+\2)|<(?P<end>/?)(?:details|summary|figure|nav|form)(?P<rest>(?:{_ATTRIBUTE})*\s*(?:/?>|$))",
    re.IGNORECASE,
)


def read_markdown(source: Source) -> OpenedFile:
    """A Markdown file as one page. Raises `DocumentError`."""
    title, content = _front_matter(read_text(source))
    return OpenedFile(title, 1, iter((page_of_markdown(source, content),)))


def page_of_markdown(source: Source, content: str) -> Page:
    """Markdown as a page. Raises `DocumentError`."""
    marked = _ALONE.sub("\\1\N{ZERO WIDTH SPACE}", _NO_TAG.sub("<\N{ZERO WIDTH SPACE}", content))
    lines = _numbered(broken(marked.split("\n")))
    text = "\n".join(_unfolded(lines))
    page = _page(source, lambda: _partitioner()(text=text, languages=_NO_LANGUAGE_GUESS))
    return page if page.text else Page(1, clean(text))


def _front_matter(text: str) -> tuple[str, str]:
    """The title that a file names before its text, and the text with what stands there as lines of its own."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return "", text
    titles = (line.partition(":")[2].strip().strip("\"'") for line in found[1].split("\n") if line.startswith("title:"))
    lines = "\n\n".join(found[1].split("\n"))
    return next(titles, ""), f"{lines}\n\n{text[found.end() :]}"


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those of items of numbered lists with their number as words of the item, as unstructured tells no numbers.

    Where a line ends with a hard break, which it does not tell either, a paragraph ends, and so where a list begins below it,
    and before each heading: it would take time by the square of their number.
    """
    counts, fence, may_begin = dict[int, int](), "", True
    for line in lines:
        if not (fence or may_begin or counts) and _INTERRUPTS.match(line):
            yield ""
            may_begin = True
        if not fence and line.startswith("#"):
            yield ""
        mark, item = _FENCE.match(line), None if fence else _ITEM.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        if item and (may_begin or counts):
            depth = len(item[1])
            counts = {outer: count for outer, count in counts.items() if outer <= depth}
            counts[depth] = counts[depth] + 1 if depth in counts else int(item[2])
            line = f"{item[1]}- {counts[depth]}\\{item[3]} {line[item.end() :]}"
        elif line.strip() and not line[0].isspace():
            counts = {}
        line = line if fence else _NUMBER_BEHIND_BULLET.sub(r"\1\\", line)
        breaks = not fence and line.endswith(_HARD_BREAKS) and line.strip() and not line.startswith(_WITHIN_BLOCKS)
        yield from (line.rstrip("\\ \r"), "") if breaks else (line,)
        may_begin = not line.strip() or line.lstrip().startswith(_BEFORE_ITEMS)


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """The lines with a <div> for each element that unstructured leaves out, which by CommonMark ends where a blank line does.

    What follows the blank line is Markdown again, and the end tag after it stands alone.
    """
    fence, line_before, open_tags = "", "", 0

    def division(match: re.Match[str]) -> str:
        nonlocal open_tags
        if match["code"] or (match["end"] and not open_tags):
            return match["code"] or ""
        open_tags += -1 if match["end"] else 1
        return f"<{match['end']}div{match['rest']}"

    for line in lines:
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and line.strip():
            line = _FOLDED.sub(division, line)
        elif not fence:
            line_before, open_tags = line_before + "</div>" * open_tags, 0
        yield line_before
        line_before = line
    yield line_before + "</div>" * open_tags


def _page(source: Source, partition: Callable[[], list[Element]]) -> Page:
    """What unstructured makes of a file; an empty page where it is nested too deep to be taken apart."""
    try:
        return page_of_blocks(_blocks(partition()))
    except RecursionError:
        return Page(1, "")
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser of hostile markup runs into: unstructured documents no family of errors
        raise source.refusal(
            Reason.DAMAGED, f"{{name}} is damaged and cannot be read ({type(error).__name__}). Open it and save it again."
        ) from error


def _blocks(elements: Iterable[Element]) -> Iterator[Block]:
    for element in elements:
        if element.metadata.text_as_html:
            yield from html_blocks(element.metadata.text_as_html)
        elif element.category == "ListItem":
            yield Line(element.text if is_item(element.text) else f"{BULLET} {element.text}")
        else:
            yield Line(element.text, (element.metadata.category_depth or 0) + 1 if element.category == "Title" else 0)


@cache
def _partitioner() -> Callable[..., list[Element]]:
    """unstructured's reader, loaded at the first file that needs it, without its notices and calls home."""
    os.environ.update(_SILENCE)
    sys.modules[_TOKENIZER] = _StandIn(_TOKENIZER)
    from unstructured.partition.md import partition_md

    return partition_md


class _StandIn(ModuleType):
    """In the place of unstructured's tokenizer: no grammar, one sentence a text."""

    @staticmethod
    def pos_tag(text: str) -> list[tuple[str, str]]:
        return []

    @staticmethod
    def sent_tokenize(text: str) -> list[str]:
        return [text]

    @staticmethod
    def word_tokenize(text: str) -> list[str]:
        return text.split()
