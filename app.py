"""The page in the browser: `python app.py` prepares the models, opens the library and serves it."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event

from rag_app.assembly import MODELS, STORAGE, Engines, open_library, prepare_models
from rag_app.errors import InUseError, RagError
from rag_app.model_shelf import ModelShelf
from rag_app.settings import read_settings
from rag_app.ui.desks import AT_MACHINE, SHARED, OneDesk, VisitorsDesks
from rag_app.ui.environment import prepare_environment
from rag_app.ui.lock import page_lock
from rag_app.ui.window import find_browser, show_window
from rag_app.visitors import Limits, RationedLibrary

ON_A_SPACE, EVERYWHERE = "SPACE_ID" in os.environ, "0.0.0.0"
MOST_PORT = 65_535
UPLOADS, VISITORS, WINDOW = "uploads", "visitors", "window"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until it is interrupted or ended; 1 with a sentence on stderr if it cannot start."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    uploads = options.storage / UPLOADS
    prepare_environment(uploads, options.host)
    try:
        with page_lock(options.storage) as note_address:
            _prepare(options.models)
            shutil.rmtree(uploads, ignore_errors=True)
            _serve(options, note_address)
    except InUseError as error:
        return _use_the_other(error, options)
    except RagError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Footnote: ask your own documents, on your own machine.")
    parser.add_argument("--storage", type=Path, default=STORAGE, help="where documents and conversations are kept")
    parser.add_argument("--models", type=Path, default=MODELS, help="where models are kept")
    parser.add_argument(
        "--host",
        default=os.environ.get("GRADIO_SERVER_NAME") or (EVERYWHERE if ON_A_SPACE else "127.0.0.1"),
        help="address to listen on",
    )
    parser.add_argument("--port", type=_port, default=os.environ.get("GRADIO_SERVER_PORT") or "7860", help="port to listen on")
    parser.add_argument(
        "--visitors",
        action="store_true",
        default=ON_A_SPACE,
        help="give each visitor a library of their own, for a while; always on a Hugging Face Space",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--open", action="store_true", help="open the page in the browser")
    shown.add_argument("--desktop", action="store_true", help="open the page in a window of its own; closing it ends Footnote")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port, which is a number up to {MOST_PORT}")
    return int(text)


def _prepare(models: Path) -> None:
    """Unpack the models on the first run, telling how far it is: on a terminal as it goes, in a log once a stage."""
    for step in prepare_models(models):
        finished = step.done == step.total
        if finished or sys.stdout.isatty():
            line = f"\rPreparing the models, {step.stage}: {step.done} of {step.total}"
            print(line, end="\n" if finished else "", flush=True)


def _serve(options: argparse.Namespace, note_address: Callable[[str], None]) -> None:
    """Serve the page over the library of this machine, or over one for each visitor."""
    with closing(_visitors_desks(options) if options.visitors else _one_desk(options)) as desks:
        from rag_app.ui.serving import serve_page  # gradio takes seconds to import, and reads its environment then

        desks.begin()
        with serve_page(desks, host=options.host, port=options.port) as address:
            note_address(address)
            print(f"Footnote is at {address} (Ctrl+C stops it)", flush=True)
            if not _show(address, options):
                Event().wait()


def _one_desk(options: argparse.Namespace) -> OneDesk:
    return OneDesk(open_library(options.storage, options.models), AT_MACHINE, ModelShelf(options.models))


def _visitors_desks(options: argparse.Namespace) -> VisitorsDesks:
    """A library for each visitor, by the settings in the storage folder, with the models loaded once for all."""
    limits = Limits()
    settings = read_settings(options.storage).changed(max_file_mb=limits.file_megabytes, max_pages=limits.file_pages)
    engines = Engines(options.models, settings)
    folders = options.storage / VISITORS, options.storage / UPLOADS
    return VisitorsDesks(*folders, lambda folder: engines.open(folder, RationedLibrary), SHARED, limits)


def _show(address: str, options: argparse.Namespace) -> bool:
    """Show the page as asked for; whether in a window of its own, which was closed by now."""
    browser = find_browser() if options.desktop else None
    if browser:
        show_window(browser, address, options.storage / WINDOW)
    elif options.desktop or options.open:
        webbrowser.open(address)
    return bool(browser)


def _use_the_other(error: InUseError, options: argparse.Namespace) -> int:
    """Show the page of the program that serves this storage already, where it is to be shown; else say so."""
    if error.address and (options.open or options.desktop):
        _show(error.address, options)
        return 0
    print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
