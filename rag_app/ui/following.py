"""Folders that are kept in step, where the visitor sits at the machine."""

from __future__ import annotations

from pathlib import Path

from rag_app.library import Library
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.remaining import remaining
from rag_app.ui.screen import ClickHandler, Screen, Visit, bare_path, read_number, text_of
from rag_app.ui.shelf_panels import ShelfPanels
from rag_app.ui.watching import Watching


class Following:
    """Adds folders and forgets them; the looking itself is done by the watching thread."""

    def __init__(self, library: Library, watching: Watching, panels: ShelfPanels) -> None:
        self._library = library
        self._watching = watching
        self._panels = panels

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks on the folders."""
        return {
            "add_folder": lambda visit, click: self.add(visit, text_of(click, "place")),
            "forget_folder": lambda visit, click: self.forget(visit, read_number(click, "folder")),
            "sync_folders": lambda visit, click: self.look(visit),
            "remove_gone": lambda visit, click: self.look(visit, remove=True),
            "keep_gone": lambda visit, click: self.keep(visit),
        }

    @tells_mistakes
    def add(self, visit: Visit, path: str) -> Screen:
        """Keep a folder in step, its files in the visitor's collection; an empty path names none."""
        path = bare_path(path)
        if not path:
            return Screen()
        self._library.add_folder(Path(path), collection=remaining(self._library, visit).collection or None)
        return self.look(visit)

    @tells_mistakes
    def forget(self, visit: Visit, folder_id: int) -> Screen:
        """Keep a folder in step no longer."""
        self._library.forget_folder(folder_id)
        return self.look(visit)

    def look(self, visit: Visit, *, remove: bool = False) -> Screen:
        """Look through the folders soon."""
        self._watching.look(remove=remove)
        return Screen(folders=self._panels.folders(visit), looks=self._panels.looks(visit))

    @tells_mistakes
    def keep(self, visit: Visit) -> Screen:
        """Keep the documents of files that are gone."""
        self._library.keep_gone_files()
        return self.look(visit)
