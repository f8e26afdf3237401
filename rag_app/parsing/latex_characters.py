"""What commands of LaTeX stand for in Unicode: accents, symbols and formulas, through pylatexenc."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_OWN = {
    name: sign
    for names, signs in (
        (
            ("copyright", "S", "P", "pounds", "euro", "degree", "degreeCelsius", "slash", "lq", "rq", "quad", "qquad"),
            "©§¶£€°℃/‘’  ",
        ),
        (("textless", "textgreater", "textbar", "textunderscore", "textasciitilde", "textasciicircum", "textdollar"), "<>|_~^$"),
        (("textbraceleft", "textbraceright"), "{}"),
        (("LaTeX", "TeX", "XeTeX", "XeLaTeX", "BibTeX", "CTeX"), ("LaTeX", "TeX", "XeTeX", "XeLaTeX", "BibTeX", "CTeX")),
        (("today", "Return", "RETURN"), ("", "return ", "return ")),
    )
    for name, sign in zip(names, signs, strict=True)
}
_IN_FORMULAS = {
    **dict.fromkeys((",", ";", ":", "!", "quad", "qquad"), " "),
    **{name: name for name in ("Pr", "Re", "Im", "arg", "deg", "det", "dim", "gcd", "hom", "ker", "lcm", "lg")},
    **dict(zip(("ne", "neg", "land", "lor", "gets", "lt", "gt", "degree", "bot", "models"), "≠¬∧∨←<>°⊥⊨", strict=True)),
    **dict(zip(("iff", "implies", "impliedby", "checkmark", "ddagger", "triangle", "Box", "qed", "|"), "⟺⟹⟸✓‡△□∎‖", strict=True)),
    **dict(zip(("colon", "coloneqq", "xrightarrow", "xleftarrow"), ":≔→←", strict=True)),
    **dict.fromkeys(("mod", "bmod"), " mod "),
}
MARKS = {"~": " ", "---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "$": "$", "$$": "$$", "]": "]"}
ACCENTS = frozenset("'`\"^~=.cHkbdruv")
ESCAPED = {**{sign: sign for sign in "%&$#_{}"}, **dict.fromkeys(" \n\t,;:", " "), **dict.fromkeys("!/@-", "")}
LETTER = re.compile(r"[ \t]*(?:\{[ \t]*\\?([^\W\d_])[ \t]*\}|\\([ij])(?![A-Za-z])[ \t]?|([^\W\d_]))")
PREFIXES = ("nano", "micro", "milli", "centi", "deci", "hecto", "kilo", "mega", "giga", "tera")  # of units
_LONGEST = 2_000  # characters of a formula
_NOT_SHOWN = re.compile(
    r"^\s*\{\d{1,2}\}|\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|limits)(?![A-Za-z])|(?<!\\)%[^\n]*"
)
_ROW_END = re.compile(r"[ ,;]?[ ]?\\\\\*?(?:\[[^\[\]]{0,20}\])?")
_ALIGNED = re.compile(r"(?<!\\)&")
_ON_ONE_LINE = (
    (re.compile(r"\^\s*(?:\\circ(?![A-Za-z])|\{\s*\\circ\s*\})"), "°"),
    (re.compile(r"\\[dtc]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"C(\1, \2)"),
    (re.compile(r"\\pmod\s*\{([^{}]*)\}"), r"(\\text{mod} \1)"),
    (re.compile(r"([\^_])\{([^{}]*[+\-*/=,<> ][^{}]*)\}"), r"\1(\2)"),
)
_SEVERAL = re.compile(r"[+\-*/=·× −]")


def symbol(command: str) -> str:
    """The characters that a command without arguments stands for; nothing where it has none."""
    if command in _OWN:
        return _OWN[command]
    known = _library().latex_context.get_macro_spec(command)
    plain = known.simplify_repl if known else ""
    return plain if isinstance(plain, str) and "%" not in plain else ""


@lru_cache(1_000)
def accented(accent: str, letter: str) -> str:
    """A letter with the accent that a command puts on it."""
    return _as_unicode(rf"\{accent}{{{letter}}}", letter)


@lru_cache(1_000)
def formula(latex: str) -> str:
    """A formula on one line: as Unicode, or as typed where it is long or the library does not follow it."""
    typed = " ".join(_NOT_SHOWN.sub(" ", latex).split())
    if len(typed) > _LONGEST:
        return typed
    line = typed if r"\begin" in typed else _ALIGNED.sub(" ", _ROW_END.sub("; ", typed))
    for pattern, shown in _ON_ONE_LINE:
        line = pattern.sub(shown, line)
    return " ".join(_as_unicode(f"${line}$", typed).split())


def _as_unicode(latex: str, typed: str) -> str:
    try:
        return str(_library().latex_to_text(latex, tolerant_parsing=True))
    except MemoryError:
        raise
    except Exception:  # whatever a parser of hostile formulas runs into, too deep ones among it: it names no family of errors
        return typed


@cache
def _library() -> LatexNodes2Text:
    """pylatexenc's writer of text, loaded at the first file that needs it, with fractions that keep their terms together."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    def fraction(node: Any, l2tobj: LatexNodes2Text) -> str:
        terms = (l2tobj.node_arg_to_text(node, place).strip() for place in (0, 1))
        return "/".join(f"({term})" if _SEVERAL.search(term) else term for term in terms)

    known = get_default_latex_context_db()
    signs = [MacroTextSpec(name, sign) for name, sign in _IN_FORMULAS.items()]
    words = [MacroTextSpec("frac", fraction), MacroTextSpec("mbox", discard=False)]
    known.add_context_category("own", prepend=True, macros=[*words, *signs])
    return LatexNodes2Text(known, strict_latex_spaces="based-on-source")
