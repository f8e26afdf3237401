"""A conversation as a PDF: questions, answers with linked footnotes, and pictures of the cited pages with the quotes marked.

Two fonts that every reader of PDF knows, so that none is put into the file: Times for what its encoding holds, and Adobe's
Chinese one for everything else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from rag_app.errors import RagError
from rag_app.exporting.labels import Labels
from rag_app.exporting.page_picture import PagePicture
from rag_app.records import Citation, Conversation, PageView, Stretch, Turn
from rag_app.text.language import language

View = Callable[[str, int, int, int], PageView]
PageKey = tuple[str, int]
MOST_PAGES = 40
CAPTION = 40
INK, SOFT, ACCENT = "#1f2421", "#5c635f", "#0b6b63"
LATIN, CHINESE = "Times-Roman", "STSong-Light"
_UNSHOWN = re.compile(r"[^\S ]+|[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def pdf(conversation: Conversation, turns: Sequence[Turn], labels: Labels, view: View) -> bytes:
    """The file. The pictures of at most `MOST_PAGES` cited pages stand at its end."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    file = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 2.2 * cm)
    paper = SimpleDocTemplate(file, pagesize=A4, title=conversation.title, author="Footnote", invariant=True, **margins)
    marked = _by_page(turns)
    shown = dict(list(marked.items())[:MOST_PAGES])
    pictures = {page: views for page, quotes in shown.items() if (views := _pictured(view, page, quotes))}
    story = _Story(labels, set(pictures))
    story.tell(conversation, turns)
    for page, views in pictures.items():
        story.show(
            page,
            labels.on_page(views[0].document_name, page[1]),
            PagePicture(views, width=paper.width, height=paper.height - CAPTION),
        )
    story.end(len(marked) - len(shown))
    paper.build(story.parts)
    return file.getvalue()


class _Story:
    """The parts of the file in order. Footnotes lead to the pages that are `pictured`."""

    def __init__(self, labels: Labels, pictured: Set[PageKey]) -> None:
        self._labels = labels
        self._pictured = pictured
        self.parts: list[Flowable] = []

    def tell(self, conversation: Conversation, turns: Sequence[Turn]) -> None:
        """The title, and each question with its answer and footnotes."""
        self._say(_letters(conversation.title), conversation.title, size=20, after=4)
        self._say(_letters(self._labels.made), self._labels.made, size=9, colour=SOFT, after=10)
        for number, turn in enumerate(turns, start=1):
            self._turn(number, turn)

    def show(self, page: PageKey, caption: str, picture: PagePicture) -> None:
        """The picture of a cited page on a page of its own."""
        self.parts.append(PageBreak())
        self._say(f'<a name="{_anchor(page)}"/>{_letters(caption)}', caption, size=10, colour=SOFT, after=6)
        self.parts.append(picture)

    def end(self, left: int) -> None:
        """How many cited pages are not shown."""
        if left:
            sentence = self._labels.more_pages.format(n=left)
            self._say(_letters(sentence), sentence, size=10, colour=SOFT)

    def _turn(self, number: int, turn: Turn) -> None:
        answer = turn.answer
        self._say(f"<b>{_letters(answer.question)}</b>", answer.question, size=13, before=14, after=4)
        for sentence in self._labels.about(answer):
            self._say(_letters(sentence), sentence, size=10, colour=SOFT)
        if answer.abstained:
            for found in answer.evidence:
                self._say(_letters(f"{self._labels.place_of(found)}: {found.text}"), found.text, size=9, colour=SOFT, indent=12)
            return
        if answer.sentences:
            text = answer.marked(lambda cited: _mark(number, cited), _letters)
            self._say(text, answer.text, size=11, after=5)
        for citation in answer.citations:
            self._note(number, citation)

    def _note(self, number: int, citation: Citation) -> None:
        place, quote = _letters(self._labels.place(citation)), _letters(f"“{citation.in_context}”")
        page = (citation.document_id, citation.page)
        if page in self._pictured:
            place = f'<a href="#{_anchor(page)}" color="{ACCENT}">{place}</a>'
        name = f'<a name="note-{number}-{citation.number}"/>'
        self._say(f"{name}{citation.number}. {place}: {quote}", citation.in_context, size=9, colour=SOFT, indent=12)

    def _say(self, markup: str, text: str, *, size: int, colour: str = INK, **space: float) -> None:
        """Add a paragraph of `markup`; `text` is what it says, by whose language lines are broken."""
        wrap: dict[str, Any] = {"wordWrap": "CJK"} if language(text) == "zh" else {}
        style = ParagraphStyle(
            "said",
            fontName=LATIN,
            fontSize=size,
            leading=size * 1.45,
            textColor=colour,
            spaceBefore=space.get("before", 0),
            spaceAfter=space.get("after", 3),
            leftIndent=space.get("indent", 0),
            **wrap,
        )
        self.parts.append(Paragraph(markup, style))


def _mark(turn: int, number: int) -> str:
    return f'<super><a href="#note-{turn}-{number}" color="{ACCENT}">[{number}]</a></super>'


def _letters(text: str) -> str:
    """`text` as markup: what the Latin font cannot show is set in the Chinese one, and quotation marks of Chinese text too."""
    latin = r"\x20-\x7e\xa0-\xff–—…€" + ("" if language(text) == "zh" else "‘’“”")
    runs = re.findall(f"([{latin}]+)|([^{latin}]+)", _UNSHOWN.sub(" ", text))
    return "".join(escape(known) or f'<font name="{CHINESE}">{escape(other)}</font>' for known, other in runs)


def _by_page(turns: Sequence[Turn]) -> dict[PageKey, dict[Stretch, None]]:
    """What is cited of each page in all turns, pages in the order in which they are first cited, the same quote once."""
    found: dict[PageKey, dict[Stretch, None]] = {}
    for turn in turns:
        for citation in turn.answer.citations:
            for place in citation.places:
                found.setdefault((citation.document_id, place.page), {})[place] = None
    return found


def _pictured(view: View, page: PageKey, quotes: Iterable[Stretch]) -> list[PageView]:
    """The views of a page, one a quote; none for a page without a picture, or that is gone."""
    try:
        views = [view(*page, quote.start, quote.end) for quote in quotes]
    except RagError:
        return []
    return views if views[0].image else []


def _anchor(page: PageKey) -> str:
    return f"page-{page[0][:16]}-{page[1]}"
