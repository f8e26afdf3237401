"""Commands about what was asked before: list, search, export."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from itertools import chain, count
from pathlib import Path

from rag_app.cli.output import print_json
from rag_app.errors import ExportError
from rag_app.library import Library
from rag_app.records import ExportFormat


def list_conversations(library: Library, arguments: Namespace) -> int:
    """The conversations, the one last used first; with `--search` those that hold these words."""
    found = library.conversations(arguments.search or "")
    if arguments.json:
        print_json([asdict(conversation) for conversation in found])
    elif not found:
        print("No conversation holds these words." if arguments.search else "No conversations here yet; the page keeps them.")
    for conversation in () if arguments.json else found:
        print(f"{conversation.id:5} {conversation.updated_at} {conversation.title}")
    return 0


def export(library: Library, arguments: Namespace) -> int:
    """Write a conversation to a file, by default a new one in the present folder, named after its title."""
    made = library.export_conversation(arguments.id, format=ExportFormat(arguments.format), language=arguments.language)
    path = arguments.out or _new(Path(made.name))
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise ExportError(f"{path} could not be written ({error.strerror}). Choose another file with --out.") from error
    if arguments.json:
        print_json({"id": arguments.id, "format": arguments.format, "out": str(path), "bytes": len(made.content)})
    else:
        print(f"The conversation was written to {path}")
    return 0


def _new(path: Path) -> Path:
    """The path, with a number where a file of that name is there already: another conversation may have the same title."""
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(one for one in chain((path,), numbered) if not one.exists())
