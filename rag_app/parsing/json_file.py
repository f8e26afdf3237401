"""JSON as people read it: what is told of a thing in lines, things of one kind as the rows of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from rag_app.parsing.blocks import Block, Line, Rows, page_of_blocks
from rag_app.parsing.cleaning import is_encoded
from rag_app.parsing.markdown import page_of_markdown
from rag_app.parsing.plain_text import read_plain_text, read_text
from rag_app.parsing.source import OpenedFile, Source

_MOST_COLUMNS = 30
_WORDS = "text"  # of a piece within a text that has a look of its own

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def read_json(source: Source) -> OpenedFile:
    """A JSON file, or one with a value a line, as one page; what is neither is plain text. Raises `DocumentError`."""
    text = read_text(source).lstrip("\ufeff")
    try:
        loaded = _loaded(text)
        notebook = _notebook(loaded)
        page = page_of_markdown(source, notebook) if notebook else page_of_blocks(list(_blocks(loaded, "")))
    except (ValueError, RecursionError):
        return read_plain_text(source)
    return OpenedFile("", 1, iter((page,)))


def _loaded(text: str) -> Json:
    try:
        loaded: Json = json.loads(text)
    except ValueError:
        loaded = [json.loads(line) for line in text.split("\n") if line.strip()]
    return loaded


def _notebook(value: Json) -> str:
    """The cells of a notebook as Markdown, code and what it printed as code; empty for what is no notebook."""
    cells = value.get("cells") if isinstance(value, Mapping) and "nbformat" in value else ()
    parts = list[str]()
    for cell in cells if isinstance(cells, Sequence) else ():
        if isinstance(cell, Mapping):
            source = _source(cell.get("source"))
            parts.append(source if cell.get("cell_type") != "code" else f"```\n{source}\n```")
            parts += [f"```\n{printed}\n```" for printed in _printed(cell.get("outputs"))]
    return "\n\n".join(parts)


def _printed(outputs: Json) -> Iterator[str]:
    for output in outputs if isinstance(outputs, Sequence) else ():
        if isinstance(output, Mapping):
            shown = output.get("data")
            text = _source(output.get("text") or (shown.get("text/plain") if isinstance(shown, Mapping) else ""))
            if text.strip():
                yield text


def _source(value: Json) -> str:
    """A text, in one piece or line by line."""
    lines = [value] if isinstance(value, str) else value if isinstance(value, Sequence) else ()
    return "".join(line for line in lines if isinstance(line, str))


def _blocks(value: Json, name: str) -> Iterator[Block]:
    text = _text(value)
    if text is not None:
        yield Line(f"{name}: {text}" if name and text else text)
    elif isinstance(value, Mapping):
        for inner, part in value.items():
            yield from _blocks(part, inner)
    elif isinstance(value, Sequence):
        if name:
            yield Line(f"{name}:")
        rows = _rows(value)
        if rows:
            yield Rows(rows, marked=1)
        else:
            for part in value:
                yield from _blocks(part, "")


def _rows(values: Sequence[Json]) -> tuple[tuple[str, ...], ...]:
    """The names of what is told of things, and a row for each; nothing where more is told than a row holds."""
    things = [value for value in values if isinstance(value, Mapping)]
    names = dict.fromkeys(name for thing in things for name in thing)
    if len(things) < len(values) or len(names) > _MOST_COLUMNS:
        return ()
    named = [{name: _text(part) for name, part in thing.items()} for thing in things]
    columns = [name for name in names if any(one.get(name) for one in named)]
    rows = tuple(tuple(one.get(name) or "" for name in columns) for one in named)
    is_table = len(columns) > 1 and not any(None in one.values() for one in named)
    return (tuple(columns), *rows) if is_table else ()


def _text(value: Json) -> str | None:
    """A value in one piece; None for one that has parts with names."""
    if isinstance(value, str):
        return "" if is_encoded(value) else value
    if isinstance(value, Mapping):
        return None if value else ""
    if isinstance(value, Sequence):
        is_text = any(isinstance(part, str) for part in value)
        parts = [part.get(_WORDS) if is_text and isinstance(part, Mapping) else _text(part) for part in value]
        pieces = [part for part in parts if isinstance(part, str) and part]
        is_spaced = any(piece[:1].isspace() or piece[-1:].isspace() for piece in pieces)
        return None if None in parts else ("" if is_spaced else ", ").join(pieces)
    return "" if value is None else json.dumps(value)
