"""Arguments to command; errors to one sentence and an exit code: 0 done, 1 failed, 2 bad usage."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from rag_app.assembly import MODELS, STORAGE, open_library
from rag_app.cli import conversations, documents, feedback, folders, health, measuring, models, questions
from rag_app.cli.output import let_go, print_error, take_any_text
from rag_app.errors import RagError
from rag_app.evaluation.configurations import CONFIGURATIONS
from rag_app.library import Library
from rag_app.records import ExportFormat

INTERRUPTED = 130
_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None, *, open: Callable[..., Library] = open_library) -> int:
    """Run one command and give its exit code; `open` opens its library as `open_library` does."""
    arguments = _parser().parse_args(argv)
    take_any_text()
    try:
        code = _run(arguments, open)
        sys.stdout.flush()
        return code
    except RagError as error:
        print_error(str(error))
        return 1
    except KeyboardInterrupt:
        print_error("Stopped. What was stored is kept; the same command goes on from there.")
        return INTERRUPTED
    except BrokenPipeError:
        let_go()
        return 1
    except Exception as error:
        _log.debug("%s broke down", arguments.command, exc_info=True)
        print_error(
            f"An unexpected fault ended '{arguments.command}' ({type(error).__name__}: {error}). What was stored is kept; "
            "'doctor' tells what is wrong with the library or the machine."
        )
        let_go()
        return 1


def _run(arguments: Namespace, open: Callable[..., Library]) -> int:
    if arguments.without_library:
        return int(arguments.run_command(arguments))
    library = open(arguments.storage, arguments.models, loads=arguments.loads)
    try:
        return int(arguments.run_command(library, arguments))
    finally:
        library.close()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m rag_app", description="Footnote: answers from your own documents, with checked footnotes."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_documents(commands.add_parser)
    _add_folders(commands.add_parser)
    _add_questions(commands.add_parser)
    _add_conversations(commands.add_parser)
    _add_feedback(commands.add_parser)
    _add_health(commands.add_parser)
    return parser


def _command(
    add: Callable[..., ArgumentParser], name: str, run: Callable[..., int], text: str, *, library: bool = True, loads: bool = True
) -> ArgumentParser:
    """The parser of a command, of one that needs a library with its models at once or not (`loads`)."""
    command = add(name, help=text, description=text)
    command.add_argument("--storage", type=_path, default=STORAGE, help="where the library is kept (default: %(default)s)")
    command.add_argument("--models", type=_path, default=MODELS, help="where models are kept (default: %(default)s)")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run_command=run, without_library=not library, loads=loads)
    return command


def _add_documents(add: Callable[..., ArgumentParser]) -> None:
    ingest = _command(add, "ingest", documents.ingest, "Add files, folders and web pages; without any, go on with what was left.")
    ingest.add_argument("paths", nargs="*", type=_given, metavar="PATH", help="a file, a folder, or the address of a web page")
    text = "ask for the password that opens locked files (or read it as a line of standard input)"
    ingest.add_argument("--password", action="store_true", help=text)
    text = "Read and embed every document again by the present settings, such as another embedder."
    _command(add, "reindex", documents.reindex, text, library=False)
    listing = _command(add, "list", documents.list_documents, "List the documents of the library.", loads=False)
    for command in (ingest, listing):
        command.add_argument("--collection", type=_given, help="the collection they belong to")
    show = _command(add, "show", documents.show, "Show the passages of a document.", loads=False)
    show.add_argument("id", type=_given, metavar="ID")
    remove = _command(add, "remove", documents.remove, "Remove documents with all that was made of them.", loads=False)
    remove.add_argument("ids", nargs="+", type=_given, metavar="ID")


def _add_folders(add: Callable[..., ArgumentParser]) -> None:
    text = "Folders that the library keeps in step with: files that come, change, move or go."
    actions = add("folders", help=text, description=text).add_subparsers(dest="action", required=True, metavar="ACTION")
    adding = _command(actions.add_parser, "add", folders.add, "Keep a folder in step from now on, and read what is in it.")
    adding.add_argument("--collection", type=_given, help="the collection its files go into")
    _command(actions.add_parser, "list", folders.list_folders, "List the folders that are kept in step.", loads=False)
    sync = _command(actions.add_parser, "sync", folders.sync, "Read what is new or changed; remove nothing unasked.")
    what = sync.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help="only tell what would be read and removed")
    what.add_argument("--remove", action="store_true", help="remove the documents of files that are gone")
    what.add_argument("--keep", action="store_true", help="keep the documents of files that are gone, and ask no more")
    forget = _command(
        actions.add_parser, "forget", folders.forget, "Keep a folder in step no longer; its documents stay.", loads=False
    )
    for command in (adding, forget):
        command.add_argument("path", type=_path, metavar="PATH")


def _add_questions(add: Callable[..., ArgumentParser]) -> None:
    search = _command(add, "search", questions.search, "Find the passages that fit a question.")
    search.add_argument("--top-k", type=_positive, default=10, help="how many (default: %(default)s)")
    document = "search only this document, by its id of 'list' or the beginning of that (may be repeated)"
    ask = _command(add, "ask", questions.ask, "Answer a question from the documents.")
    for command in (search, ask):
        command.add_argument("question", metavar="QUESTION")
        command.add_argument("--collection", type=_given, help="search only this collection")
        command.add_argument("--as-typed", action="store_true", help="leave the question's spelling as it is")
        command.add_argument("--document", action="append", type=_given, metavar="ID", help=document)
    made = _command(add, "questions", measuring.make, "Make a question set of your own library, to review and then evaluate.")
    made.add_argument("action", choices=("make",))
    made.add_argument("--out", type=_path, metavar="SET_DIR", required=True, help="the folder to write the set into")
    made.add_argument("--count", type=_positive, default=50, help="questions, each with variants (default: %(default)s)")
    made.add_argument("--seed", type=int, default=0, help="another seed, other questions (default: %(default)s)")
    evaluate = _command(add, "evaluate", measuring.evaluate, "Measure on a question set.", library=False)
    evaluate.add_argument("set_dir", type=_path, metavar="SET_DIR")
    evaluate.add_argument("--run", type=_path, metavar="OUT.jsonl", help="write one line a question here")
    evaluate.add_argument("--limit", type=_positive, help="only the first N questions")
    evaluate.add_argument("--retrieval-only", action="store_true", help="search, but do not answer")
    evaluate.add_argument("--in-document", action="store_true", help="search only the document that a question names")
    named = f"a configuration: {', '.join(CONFIGURATIONS)} (may be repeated to compare)"
    evaluate.add_argument("--config", metavar="NAME", action="append", help=named)
    evaluate.add_argument("--report", type=_path, metavar="FOLDER", help="write a report with curves here")


def _add_conversations(add: Callable[..., ArgumentParser]) -> None:
    text = "What was asked before, to find again or to keep as a file."
    actions = add("conversations", help=text, description=text).add_subparsers(dest="action", required=True, metavar="ACTION")
    text = "List the conversations, the newest first."
    listing = _command(actions.add_parser, "list", conversations.list_conversations, text, loads=False)
    listing.add_argument("--search", metavar="WORDS", help="only those where each of these words was asked or answered")
    export = _command(actions.add_parser, "export", conversations.export, "Write a conversation to a file.", loads=False)
    export.add_argument("id", type=_positive, metavar="ID")
    export.add_argument(
        "--format", choices=[known.value for known in ExportFormat], default="markdown", help="default: %(default)s"
    )
    export.add_argument("--language", choices=("en", "zh"), default="en", help="of the labels (default: %(default)s)")
    export.add_argument("--out", type=_path, metavar="FILE", help="the file to write (default: a new one, named by the title)")


def _add_feedback(add: Callable[..., ArgumentParser]) -> None:
    text = "What people think of answers, to read or to train a model with."
    actions = add("feedback", help=text, description=text).add_subparsers(dest="action", required=True, metavar="ACTION")
    _command(actions.add_parser, "list", feedback.list_feedback, "List the rated answers.", loads=False)
    export = _command(actions.add_parser, "export", feedback.export, "Write training examples as JSON Lines.", loads=False)
    export.add_argument("--format", required=True, choices=tuple(feedback.FORMATS), help="what to train: answers, or pairs")
    export.add_argument("--out", type=_path, required=True, metavar="FILE.jsonl", help="the file to write")


def _add_health(add: Callable[..., ArgumentParser]) -> None:
    _command(add, "doctor", health.doctor, "Tell what is installed, what is wrong, and what to do.", library=False)
    listed = _command(add, "models", models.models, "List, fetch, remove, import, choose or time models.", library=False)
    listed.add_argument("action", nargs="?", default="list", choices=tuple(models.ACTIONS))
    listed.add_argument("model", nargs="?", type=_given, help="the model's id, or the path of a file to import")
    listed.set_defaults(refuse=listed.error)


def _given(text: str) -> str:
    """What was typed. An empty word is a slip of a script: as a path it would be the present folder, as an id any document."""
    if not text.strip():
        raise ArgumentTypeError("it is empty")
    return text


def _path(text: str) -> Path:
    return Path(_given(text))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
