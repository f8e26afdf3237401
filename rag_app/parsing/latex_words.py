"""The commands and environments of LaTeX that tell how a text is set, by what becomes of their arguments."""

from __future__ import annotations

import re

HEADINGS = {"part": 2, "chapter": 3, "section": 4, "subsection": 5, "subsubsection": 6, "paragraph": 7, "subparagraph": 8}
SLIDES = {**dict.fromkeys(("frame", "frametitle"), 5), **dict.fromkeys(("block", "alertblock", "exampleblock"), 6)}
REFERENCE = re.compile(r"(?!href$)(?:[A-Za-z]*(?:[cC]ite|[rR]ef)|(?:no)?[cC]ite[a-z]*)")
ENTRY = re.compile(r"(?!bib)\w+(?:[eE]ntry|[iI]tem|[hH]eading|[hH]onor)(?:withcomment)?")  # as packages call what has its line
NUMBERED, LISTS = ("enumerate", "compactenum", "inparaenum"), ("itemize", "description", "compactitem", "thebibliography", "list")
TABLES = {
    **dict.fromkeys(("tabular", "longtable", "longtabu", "tabu", "supertabular", "array", "tblr", "longtblr"), 1),
    **dict.fromkeys(("tabular*", "tabularx", "tabulary", "xltabular"), 2),
}
FORMULAS = frozenset(
    name + star
    for name in ("equation", "align", "gather", "multline", "eqnarray", "flalign", "alignat", "displaymath", "math", "dmath")
    for star in ("", "*")
)
UNSEEN = ("comment", "tikzpicture", "pgfpicture", "picture", "filecontents", "filecontents*", "CCSXML", "tikzcd", "axis")
AS_TYPED = ("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "BVerbatim", "alltt")
# They are followed by a length, without braces.
LENGTHS = ("vskip", "hskip", "mskip", "kern", "mkern", "parskip", "parindent", "itemsep", "parsep", "topsep", "tabcolsep")
LENGTH = re.compile(
    r"[ \t]*=?[ \t]*(?:-?\d*\.?\d+[ \t]*(?:true)?(?:pt|em|ex|cm|mm|in|bp|pc|dd|sp|mu|fil{1,3})(?![A-Za-z])"
    r"(?:[ \t]+(?:plus|minus)[ \t]+(?=-?\d))?[ \t]*){0,3}"
)
# The words with which steps of an algorithm begin.
_STEPS = {
    **{name: f"{name.lower()} " for name in ("If", "Else", "For", "While", "Repeat", "Until", "Loop", "Function", "Procedure")},
    **{f"End{name}": f"end {name.lower()}" for name in ("If", "For", "While", "Loop", "Function", "Procedure")},
    "State": "",
    "Statex": "",
    "ElsIf": "else if ",
    "ForAll": "for all ",
    "Require": "Require: ",
    "Ensure": "Ensure: ",
}
STEPS = {**_STEPS, **{name.upper(): words for name, words in _STEPS.items()}}
# How many arguments follow the beginning of an environment that are no text.
SETTINGS = {
    **TABLES,
    **dict.fromkeys(("minipage", "multicols", "thebibliography", "adjustbox", "spacing", "column", "subfigure", "subtable"), 1),
    **dict.fromkeys(("wrapfigure", "wraptable", "CJK", "CJK*", "list"), 2),
}
# Of each command which arguments go (-) and which stay (+).
ARGUMENTS = {
    **dict.fromkeys(
        (
            *("label", "bibitem", "index", "input", "include", "includeonly", "subfile", "bibliography", "bibliographystyle"),
            *("usepackage", "documentclass", "RequirePackage", "addbibresource", "hspace", "vspace", "pagestyle", "stepcounter"),
            *("thispagestyle", "pagenumbering", "includegraphics", "includepdf", "graphicspath", "hypersetup", "linespread"),
            *("geometry", "color", "pagecolor", "selectlanguage", "phantom", "hphantom", "vphantom", "usetheme", "newcounter"),
            *("usecolortheme", "usetikzlibrary", "theoremstyle", "captionsetup", "lstset", "ctexset", "zihao", "cline", "tikz"),
            *("cmidrule", "refstepcounter", "lstinputlisting", "setmainfont", "setsansfont", "setmonofont", "addlinespace"),
            *("setCJKmainfont", "setCJKsansfont", "setCJKmonofont", "pgfplotsset", "tikzset", "rowcolor", "cellcolor", "newif"),
            *(
                "sisetup",
                "fancyhead",
                "fancyfoot",
                "inst",
                "column",
                "lhead",
                "chead",
                "rhead",
                "lfoot",
                "cfoot",
                "rfoot",
                "hyphenation",
            ),
        ),
        "-",
    ),
    **dict.fromkeys(
        (
            *("setlength", "addtolength", "setcounter", "addtocounter", "rule", "fontsize", "titleformat", "titlespacing"),
            *("DeclareMathOperator", "crefrange", "Crefrange", "numberwithin", "newcommand", "renewcommand"),
        ),
        "--",
    ),
    **dict.fromkeys(("definecolor", "colorlet", "addcontentsline", "newenvironment", "renewenvironment"), "---"),
    **dict.fromkeys(("textcolor", "colorbox", "scalebox", "rotatebox", "raisebox", "parbox", "foreignlanguage"), "-+"),
    **dict.fromkeys(("fcolorbox", "resizebox"), "--+"),
    **dict.fromkeys(("makebox", "framebox", "hyperref", "mbox", "fbox"), "+"),
    "texorpdfstring": "+-",
}


def stands_apart(command: str, within: str) -> bool:
    """Whether a command begins a paragraph of its own in an environment."""
    is_asked = within in ("questions", "choices", "checkboxes") and command in ("question", "choice", "CorrectChoice")
    is_step = within == "algorithmic" and command in STEPS
    return (
        is_asked
        or is_step
        or command in ("opening", "closing")
        or command in HEADINGS
        or command in SLIDES
        or "caption" in command
    )
