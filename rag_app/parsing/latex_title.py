"""What a LaTeX file tells of itself and whom it is by, until that is shown: before its text, or in a letter's head."""

from __future__ import annotations

from rag_app.parsing.blocks import Line
from rag_app.parsing.latex_flow import as_set

SHOWING = ("maketitle", "titlepage", "makecvtitle", "makecvheader", "makelettertitle", "opening")
OF_SENDER = (
    "name",
    "address",
    "phone",
    "mobile",
    "telephone",
    "email",
    "homepage",
    "position",
    "social",
    "signature",
    "extrainfo",
)


class LatexTitle:
    """The title, and the lines beside it, which are shown once."""

    def __init__(self) -> None:
        self.text = ""
        self._beside = list[Line]()

    def set(self, text: str) -> None:
        """Note the title."""
        self.text = " ".join(as_set(text).split())

    def set_beside(self, text: str) -> None:
        """Note a line: who wrote it, when, where."""
        self._beside.append(Line(as_set(text)))

    def go_on(self, text: str) -> None:
        """Go on with the line noted last: a name in two parts."""
        self._beside[-1] = Line(f"{self._beside[-1].text} {as_set(text)}")

    def lines(self) -> list[Line]:
        """The title and the lines that were not shown yet."""
        beside, self._beside = self._beside, []
        return [Line(self.text, 1), *beside]
