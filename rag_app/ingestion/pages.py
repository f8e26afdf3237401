"""A web page on its way into the library: fetched, then taken over like any file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from rag_app.errors import DocumentError, Reason
from rag_app.fetching import MOST_MB, fetch
from rag_app.ingestion.enclosed import WhyNoRoom
from rag_app.ingestion.taking_over import from_system, take_over
from rag_app.records import Task
from rag_app.store import Store


def take_page(
    store: Store, address: str, *, private: bool, collection: str | None, max_file_mb: int, why_no_room: WhyNoRoom
) -> Task:
    """The task of the page at `address`, kept as a file named after it; failed, with the reason, where that cannot be written.

    Raises `DocumentError` when it cannot be fetched, or there is no room for it.
    """
    page = fetch(address, private=private, most_mb=min(MOST_MB, max_file_mb))
    if why := why_no_room(len(page.content)):
        raise DocumentError(Reason.LIBRARY_FULL, f"{address} was not added. {why}")
    try:
        with tempfile.TemporaryDirectory(prefix="footnote-") as folder:
            path = Path(folder, page.name)
            path.write_bytes(page.content)
            place = urlsplit(page.address)
            folder, most = place.netloc + place.path, max_file_mb
            return take_over(store, path, collection=collection, max_file_mb=most, origin=page.address, folder=folder)
    except OSError as error:
        reason, message = from_system(error, page.name)
    return store.queue_failed(name=page.name, path=page.address, collection=collection, reason=reason, message=message)
