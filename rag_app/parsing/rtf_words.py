"""The control words of Rich Text that matter for what is read."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
HEADERS = frozenset(("header", "headerl", "headerr", "headerf"))
FOOTERS = frozenset(("footer", "footerl", "footerr", "footerf"))
NOTES = frozenset(("footnote", "annotation", "shptxt", "dptxbxtext"))
NUMBERS = frozenset(("listtext", "pntext"))  # what the program that wrote the document put before an item of a list
# Groups that hold no text to be read. One that begins with \* is passed over too, unless it is in ENTERED or NOTES.
PASSED_OVER = frozenset(
    (
        *("colortbl", "info", "pict", "objdata", "shprslt", "sp", "nonesttables", "fldinst", "xe", "tc"),
        *("themedata", "latentstyles", "datastore", "generator", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "atnid", "atnicn"),
        *("filetbl", "revtbl", "listtable", "listoverridetable", "rsidtbl", "bkmkstart", "bkmkend", "template", "atnauthor"),
    )
)
ENTERED = frozenset(("shpinst", "nesttableprops", "do"))
