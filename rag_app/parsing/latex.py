"""LaTeX as one page of text: what is typeset, without the commands that say how. Files that it includes are not opened."""

from __future__ import annotations

import re

from rag_app.parsing.blocks import page_of_blocks
from rag_app.parsing.latex_definitions import LatexDefinitions
from rag_app.parsing.latex_numbers import LatexNumbers, numbers_of
from rag_app.parsing.latex_walk import LatexWalk
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source

_BEGINS = re.compile(r"^[^%\n]*?\\begin\{document\}", re.MULTILINE)
_ENDS = re.compile(r"^([^%\n]*?)\\end\{document\}", re.MULTILINE)
_CONTROLS = dict.fromkeys((0, 1))  # stand for something else within this reader
_SLIDES = re.compile(r"^[^%\n]*\\documentclass[^{}\n]*\{beamer\}", re.MULTILINE)
_OVERLAY = re.compile(r"(\\(?:begin\{\w{1,40}\*?\}(?:\{[^{}\n]{0,200}\})?|[A-Za-z]{1,40}\*?))<[\d,+|.-][\d,+|@:a-z. -]{0,40}>")
_CHINESE = re.compile(r"\{ctex|ctex[a-z]*\}|xeCJK")


def read_latex(source: Source) -> OpenedFile:
    """A LaTeX file, or a part of one, as one page. Raises `DocumentError`."""
    text = read_text(source).replace("\r\n", "\n").translate(_CONTROLS)
    begins = _BEGINS.search(text)
    is_chinese = _CHINESE.search(text, 0, begins.end()) if begins else None
    walk = LatexWalk(source.still_working, abstract="摘要" if is_chinese else "Abstract")
    text = _OVERLAY.sub(r"\1", text) if _SLIDES.search(text, 0, begins.end() if begins else 0) else text
    typed, text = text, LatexDefinitions(walk.reads).expanded(text)
    numbers = numbers_of(text, typed, is_chinese=is_chinese is not None)
    begins, ends = _BEGINS.search(text), _ENDS.search(text)
    preamble = text[: begins.end()] if begins else ""
    walk.blocks(preamble, LatexNumbers())
    body = text[len(preamble) : ends.end(1) if ends else None]
    return OpenedFile(walk.title.text, 1, iter((page_of_blocks(walk.blocks(body, numbers, len(preamble))),)))
