"""Serving the page on this machine, and nothing to or from any other."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr

from rag_app.errors import SettingsError
from rag_app.ui.confinement import Confinement
from rag_app.ui.desks import Desks
from rag_app.ui.gate import Gate
from rag_app.ui.layout import build_page
from rag_app.ui.theme import ICON, page_head, page_theme

# Gradio keeps what each page shows, an open picture and a made file among it, until so many others came, and forgets none else.
PAGES_REMEMBERED = 1000


@contextmanager
def serve_page(desks: Desks, *, host: str, port: int) -> Iterator[str]:
    """Serve the page at `host` and `port`; gives its address. Raises `SettingsError` if the port is taken."""
    _check_port(host, port)
    page = build_page(desks)
    address = _launch(page, desks, host, port)
    try:
        yield address
    finally:
        page.close(verbose=False)


def _check_port(host: str, port: int) -> None:
    """Fail early: gradio would look for the port only after seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        happened = (
            f"The page cannot be served at {host}, port {port}: another program listens there, or the address is not yours."
        )
        raise SettingsError(f"{happened} Choose another with --port or --host.") from error


def _launch(page: gr.Blocks, desks: Desks, host: str, port: int) -> str:
    page.queue(default_concurrency_limit=desks.at_once)
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        state_session_capacity=PAGES_REMEMBERED,
        pwa=True,
        favicon_path=str(ICON),
        mcp_server=False,
        _frontend=False,  # else gradio looks for the page itself, and gives up after 3 seconds of a busy machine
        theme=page_theme(),
        head=page_head(),
        app_kwargs={"middleware": _middleware(desks, host), "docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    return str(address)


def _middleware(desks: Desks, host: str) -> list[tuple[Any, tuple[()], dict[str, Any]]]:
    """Each as Starlette takes it: its class, its arguments and its named arguments."""
    uploads = Path(os.environ["GRADIO_TEMP_DIR"])
    gate = {"host": host, "upload_megabytes": desks.upload_megabytes, "disk": uploads.parent}
    return [(Confinement, (), {}), (Gate, (), gate)]
