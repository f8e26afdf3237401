"""A page fetched by its address, redirects included, and the name it is kept by."""

from __future__ import annotations

import html
import mimetypes
import re
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from rag_app.errors import DocumentError, Reason
from rag_app.fetching.address import Address, is_public, parse_address, resolve
from rag_app.fetching.connection import Response, request
from rag_app.text.folding import without_surrogates

SECONDS = 30.0
MOST_MB = 50
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_NAME, _LONGEST_NAME_BYTES = 80, 240  # file systems take 255 bytes, the ending with them
_TITLE_WITHIN = 1 << 17
_TITLE = re.compile(r"<title[^<>]*>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\s]+')
_ENDING = re.compile(r"\.\w{1,12}")
_ANYTHING = "application/octet-stream"
# Endings of addresses that tell no more of a page than its kind does, which may be another.
_OF_PAGES = (".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".cgi", ".do", ".txt", ".md", ".pdf")
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md"}


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as its server gave it. `address` is where it was found in the end, `name` what its file is to be called."""

    address: str
    name: str
    content: bytes


def fetch(text: str, *, private: bool, most_mb: int = MOST_MB, seconds: float = SECONDS) -> FetchedPage:
    """Fetch the page at the address `text`. Raises `DocumentError` with a sentence for whatever keeps it from coming.

    With `private`, addresses of this machine and its own network may be asked for, but a public page may not lead there.
    """
    address, until = parse_address(text), time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        number = resolve(address, private=private)
        private = private and not is_public(number)
        response = request(address, number, until=until, most_mb=most_mb)
        if response.status not in _REDIRECTS:
            return _page(address, response)
        address = _where_sent(address, response.location)
    raise DocumentError(Reason.NOT_REACHED, f"{text} sends one on and on, more than {MOST_REDIRECTS} times. Check the address.")


def _where_sent(address: Address, location: str) -> Address:
    """Where a server sends one on from `address`. Raises `DocumentError`, also for a location that is none."""
    try:
        return parse_address(urljoin(address.text, location))
    except ValueError:
        return parse_address(location)


def _page(address: Address, response: Response) -> FetchedPage:
    if response.status != 200:
        said = f"{response.status} {response.reason}".strip()
        raise DocumentError(
            Reason.NOT_REACHED, f"{address.text} could not be fetched: the server says {said}. Check the address."
        )
    if not response.content:
        raise DocumentError(Reason.EMPTY_FILE, f"{address.text} is an empty page. Check the address.")
    return FetchedPage(address.text, page_name(address.text, response), response.content)


def page_name(address: str, response: Response) -> str:
    """The page's title, or else the last part of its path, or else its host, with the ending that fits its kind."""
    parts = urlsplit(address)
    path = PurePosixPath(unquote(parts.path))
    suffix = _suffix(path, response.content_type)
    said = _title(response) if suffix == ".html" else ""
    last = path.stem if path.suffix.lower() in (suffix.lower(), *_OF_PAGES) else path.name
    for name in (said, last, parts.hostname or ""):
        beginning = _NOT_IN_A_NAME.sub(" ", name).strip(" .")[:_LONGEST_NAME]
        tidied = beginning.encode("utf-8", "replace")[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore").strip(" .")
        if tidied:
            return tidied + suffix
    return "page" + suffix


def _suffix(path: PurePosixPath, kind: str) -> str:
    """The ending that fits the kind, or else that of the path."""
    ending = path.suffix if _ENDING.fullmatch(path.suffix) else ""
    suffix = ending if kind == _ANYTHING else ""
    return suffix or _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ending or ".html"


def _title(response: Response) -> str:
    beginning = response.content[:_TITLE_WITHIN]
    charset = response.charset or _charset_within(beginning)
    try:
        text = beginning.decode(charset, "replace")
    except (LookupError, ValueError):  # no encoding, or one that takes no such bytes
        text = beginning.decode("utf-8", "replace")
    found = _TITLE.search(text)
    return without_surrogates(html.unescape(found[1])) if found else ""


def _charset_within(content: bytes) -> str:
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", content[:4096], re.IGNORECASE)
    return found[1].decode("ascii") if found else "utf-8"
