"""The numbers that LaTeX gives headings, captions, formulas, statements and references, and what refers to them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from rag_app.parsing.docx_numbering import ITEM_NUMBERS
from rag_app.parsing.latex_words import AS_TYPED, UNSEEN

_WITH_CHAPTERS = "report|book|scrreprt|scrbook|memoir|extreport|extbook|ctexrep|ctexbook|amsbook"
_CLASS = re.compile(
    r"^[^%\n]*\\documentclass\s*(?:\[[^\[\]]*\])?\s*"
    rf"\{{(?:({_WITH_CHAPTERS})|article|scrartcl|extarticle|ctexart|amsart|llncs|elsarticle|acmart)\}}",
    re.MULTILINE,
)
_OTHERWISE = re.compile(
    r"^[^%\n]*\\(?:input|include|subfile|import)\s*\{|\\the(?:chapter|section|figure|table|equation)\s*\}", re.M
)
_TOKEN = re.compile(
    rf"%[^\n]*|\\begin\{{(?P<typed>{'|'.join(map(re.escape, (*AS_TYPED, *UNSEEN)))})\}}"
    r"|\\(?P<edge>begin|end)\{(?P<of>[^{}\n]{1,40})\}"
    r"|\\(?P<heading>chapter|section|subsection|subsubsection)(?=\s*[\[{])|\\(?P<caption>caption)(?:of\{(?P<kind>\w+)\})?(?=\s*[\[{])"
    r"|\\label\s*\{(?P<label>[^{}]{1,200})\}|\\bibitem\s*(?:\[(?P<own>[^\[\]]{1,200})\])?\s*\{(?P<key>[^{}]{1,200})\}"
    r"|\\(?P<word>appendix|frontmatter|mainmatter|backmatter|item|nonumber|notag)(?![A-Za-z])|\\tag\*?\{(?P<tag>[^{}]{1,50})\}"
    r"|\\(?P<row>\\)|\\[\s\S]"
)
_THEOREM = re.compile(r"\\newtheorem\{(\w+)\}(?:\[(\w+)\])?\{([^{}]*)\}(?:\[(\w+)\])?")
_WITHIN = re.compile(r"\\(?:numberwithin|counterwithin)\{(\w+)\}\{(\w+)\}")
_DEPTH = re.compile(r"\\setcounter\{secnumdepth\}\{(-?\d)\}")
_BY_AUTHOR = re.compile(r"\{?(.+?)\}?\s*\((\d{4}\w?)\).*")
_LEVELS = ("chapter", "section", "subsection", "subsubsection")
_BY_ROW, _AS_ONE = ("align", "gather", "eqnarray", "alignat", "flalign"), ("equation", "multline")
_FLOATS = ("figure", "table", "algorithm", "listing")
_CHINESE = {"figure": "图", "table": "表", "equation": "公式", "chapter": "章", "section": "节", "algorithm": "算法"}


@dataclass(slots=True)
class LatexNumbers:
    """What is told at each place that has a number; `labels` are the kind and number of each name, `cited` the sources' marks."""

    is_chinese: bool = False
    at: dict[int, str] = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    cited: dict[str, str] = field(default_factory=dict)

    def reference(self, command: str, keys: str) -> str:
        """What a reference is told as, or nothing where what it names has no number here."""
        names = [key.strip() for key in keys.split(",")]
        if "cite" in command.lower():
            marks = [self.cited[name] for name in names if name in self.cited]
            is_shown = marks and command[:2] not in ("no", "No") and "author" not in command and "year" not in command
            are_plain = all(map(str.isalnum, marks))
            return (f"[{', '.join(marks)}]" if are_plain else f"({'; '.join(marks)})") if is_shown else ""
        known = [self.labels[name] for name in names if name in self.labels]
        if not known or command in ("pageref", "nameref"):
            return ""
        if command == "eqref":
            return ", ".join(f"({number})" for _, number in known)
        is_led = command in ("autoref", "cref", "Cref")
        return ", ".join(
            f"{self._word(kind, is_low=command == 'cref')} {number}".strip() if is_led else number for kind, number in known
        )

    def _word(self, kind: str, *, is_low: bool) -> str:
        word = _CHINESE.get(kind, kind.capitalize()) if self.is_chinese else kind.capitalize()
        return word.lower() if is_low else word


def numbers_of(text: str, typed: str, *, is_chinese: bool) -> LatexNumbers:
    """The numbers of a whole document of a usual class; none where it counts in another way, or holds other files.

    `typed` is the text before its definitions were put in.
    """
    numbers = LatexNumbers(is_chinese)
    known = _CLASS.search(text)
    if known and not _OTHERWISE.search(typed, known.end()):
        _Count(text, numbers, has_chapters=known[1] is not None).count()
    return numbers


class _Count:
    """Goes through a text once, counting."""

    def __init__(self, text: str, numbers: LatexNumbers, *, has_chapters: bool) -> None:
        self._text, self._numbers = text, numbers
        self._levels = _LEVELS[not has_chapters :]
        depth = _DEPTH.search(text)
        self._numbered = self._levels[: (int(depth[1]) if depth else 2 + (not has_chapters)) + has_chapters]
        self._shows_sections = "\\titleformat" not in text
        self._counts = Counter[str]()
        self._within = dict.fromkeys(("figure", "table", "equation"), "chapter") if has_chapters else {}
        self._within.update((found[1], found[2]) for found in _WITHIN.finditer(text))
        self._theorems = dict[str, tuple[str, str]]()  # the counter and title of each
        for found in _THEOREM.finditer(text):
            self._theorems[found[1]] = (found[2] or found[1], found[3])
            self._within.update({found[1]: found[4]} if found[4] else {})
        self._is_appendix, self._is_main = False, True
        self._open = list[tuple[str, int, tuple[str, str]]]()  # environments: name, place, what a label in front of it names
        self._here = ("", "")
        self._is_row_numbered, self._tag = True, ""

    def count(self) -> None:
        """Note what is counted."""
        at, endless = self._text.find("\\begin{document}") + 1, set[str]()
        while found := _TOKEN.search(self._text, at):
            at = found.end()
            if typed := found["typed"]:
                end = self._text.find(f"\\end{{{typed}}}", at) if typed not in endless else -1
                at = max(at, end)
                endless |= {typed} if end < 0 else set()
            else:
                self._read(found)

    def _read(self, found: re.Match[str]) -> None:
        if found["edge"]:
            (self._begin if found["edge"] == "begin" else self._end)(found["of"], found.start())
        elif found["heading"]:
            self._head(found["heading"], found.start())
        elif found["caption"]:
            self._caption(found["kind"], found.start())
        elif found["label"]:
            if self._here[1]:
                self._numbers.labels[found["label"].strip()] = self._here
        elif found["key"]:
            self._cite(found["key"].strip(), found["own"], found.start())
        elif found["row"]:
            if self._open and self._open[-1][0] in _BY_ROW:
                self._end_row(self._open[-1][1])
                self._here = ("equation", self._number("equation", more=1))
        elif found["tag"] or found["word"] in ("nonumber", "notag"):
            self._is_row_numbered, self._tag = False, found["tag"] or ""
            self._here = ("equation", self._tag)
        elif found["word"] == "item":
            self._item()
        elif found["word"]:
            self._is_appendix |= found["word"] == "appendix"
            self._is_main = found["word"] not in ("frontmatter", "backmatter")
            if found["word"] == "appendix":
                self._counts[self._levels[0]] = 0

    def _number(self, counter: str, more: int = 0) -> str:
        """The number that a counter shows, or will after so many more."""
        count, within = self._counts[counter] + more, self._within.get(counter, "")
        before = self._section(within) if within and self._counts[within] else ""
        return f"{before}.{count}" if before else str(count)

    def _section(self, level: str) -> str:
        """The number of the present heading of a level."""
        if level not in self._levels:
            return str(self._counts[level])
        counts = [str(self._counts[one]) for one in self._levels[: self._levels.index(level) + 1]]
        if self._is_appendix:
            counts[0] = ITEM_NUMBERS["A"](self._counts[self._levels[0]] or 1)
        return ".".join(counts)

    def _step(self, counter: str) -> None:
        """Count one more, and begin anew what is counted within it."""
        self._counts[counter] += 1
        below = self._levels[self._levels.index(counter) + 1 :] if counter in self._levels else ()
        for one in (*below, *(inner for inner, outer in self._within.items() if outer == counter or outer in below)):
            self._counts[one] = 0

    def _head(self, level: str, at: int) -> None:
        if level not in self._numbered or not self._is_main:
            return
        self._step(level)
        number = self._section(level)
        self._here = ("chapter" if level == "chapter" else "section", number)
        if level == "chapter":
            named = "Appendix" if self._is_appendix else "Chapter"
            is_chapter = self._numbers.is_chinese and not self._is_appendix
            self._numbers.at[at] = f"第 {number} 章 " if is_chapter else f"{named} {number} "
        elif self._shows_sections:
            self._numbers.at[at] = f"{number} "

    def _caption(self, kind: str | None, at: int) -> None:
        floats = [name for name, _, _ in self._open if any(one in name for one in _FLOATS)]
        if floats and floats[-1].startswith("sub"):
            self._counts["sub"] += 1
            kind = next(one for one in _FLOATS if one in floats[-1])
            self._here = (kind, self._number(kind, more=1) + ITEM_NUMBERS["a"](self._counts["sub"]))
            return
        kind = kind or next((one for one in _FLOATS if floats and one in floats[-1]), "")
        if kind:
            self._step(kind)
            self._here = (kind, self._number(kind))
            word = _CHINESE.get(kind, kind.capitalize()) if self._numbers.is_chinese else kind.capitalize()
            self._numbers.at[at] = f"{word} {self._here[1]}{'：' if self._numbers.is_chinese else ': '}"

    def _cite(self, key: str, own: str | None, at: int) -> None:
        by_author = _BY_AUTHOR.fullmatch(own) if own else None
        self._counts["bibitem"] += not own
        self._numbers.cited[key] = f"{by_author[1]}, {by_author[2]}" if by_author else own or str(self._counts["bibitem"])
        self._numbers.at[at] = "" if by_author else f"[{self._numbers.cited[key]}]"

    def _item(self) -> None:
        if self._open and self._open[-1][0] == "enumerate":
            depth = sum(name == "enumerate" for name, _, _ in self._open)
            self._counts[f"item{depth}"] += 1
            numbers = [ITEM_NUMBERS.get(kind, str)(self._counts[f"item{place + 1}"]) for place, kind in enumerate("1aiA"[:depth])]
            has_own_labels = self._text.startswith("\\begin{enumerate}[", self._open[-1][1])
            self._here = ("item", "" if has_own_labels else "".join(numbers))

    def _begin(self, name: str, at: int) -> None:
        if len(self._open) < 50:
            self._open.append((name, at, self._here))
        if name in (*_BY_ROW, *_AS_ONE):
            self._is_row_numbered, self._tag = True, ""
            self._here = ("equation", self._number("equation", more=1))
        elif name in self._theorems:
            counter, title = self._theorems[name]
            self._step(counter)
            self._here = (title, self._number(counter))
            self._numbers.at[at] = f" {self._here[1]}"
        elif name == "enumerate":
            self._counts[f"item{sum(one == name for one, _, _ in self._open)}"] = 0
        elif any(one in name for one in _FLOATS) and not name.startswith("sub"):
            self._counts["sub"] = 0

    def _end(self, name: str, at: int) -> None:
        while any(name == one for one, _, _ in self._open):
            begun, place, before = self._open.pop()
            if begun in (*_BY_ROW, *_AS_ONE):
                self._end_row(place)
            self._here = before
            if begun == name:
                return

    def _end_row(self, begun: int) -> None:
        if self._is_row_numbered:
            self._step("equation")
        number = self._number("equation") if self._is_row_numbered else self._tag
        if number:
            self._numbers.at[begun] = ", ".join(filter(None, (self._numbers.at.get(begun, ""), f"({number})")))
        self._is_row_numbered, self._tag = True, ""
