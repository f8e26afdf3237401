"""What an exported conversation says besides what was asked and answered, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from rag_app.records import Answer, Citation, Evidence, pages_of
from rag_app.text.places import place


@dataclass(frozen=True, slots=True)
class Labels:
    """The sentences of one language; `{placeholders}` are filled in by the methods."""

    named: str
    page: str
    part: str
    understood: str
    searched: str
    abstained: str
    closest: str
    stopped: str
    more_pages: str
    made: str

    def place(self, citation: Citation) -> str:
        """Where a footnote leads: the document and its page, on a sheet the cells, without pages the headings."""
        where = place(citation.pages, citation.cells, citation.section, page=self.page, part=self.part)
        return self._named(citation.document_name, where)

    def place_of(self, found: Evidence) -> str:
        """Where a passage stands that is told instead of an answer."""
        where = place(pages_of(found.places), "", found.stored.section, page=self.page, part=self.part)
        return self._named(found.stored.document_name, where)

    def on_page(self, name: str, page: int) -> str:
        """A page of a document."""
        return self._named(name, self.page.format(page=page))

    def about(self, answer: Answer) -> tuple[str, ...]:
        """How the question was taken, and what became of it where that is not plain to see."""
        typed = " ".join(correction.typed for correction in answer.query.corrections)
        searched = " ".join(correction.searched for correction in answer.query.corrections)
        said = (
            self.understood.format(question=answer.query.understood) if answer.query.understood else "",
            self.searched.format(typed=typed, searched=searched) if typed else "",
            self.abstained if answer.abstained else self.stopped if answer.stopped else "",
        )
        return tuple(sentence for sentence in said if sentence)

    def _named(self, name: str, where: str) -> str:
        return self.named.format(name=name, place=where) if where else name


LABELS = {
    "en": Labels(
        named="{name}, {place}",
        page="page {page}",
        part="part {part} of {parts}",
        understood="Understood as: {question}",
        searched="Searched for “{searched}” instead of “{typed}”.",
        abstained="No sure answer to this was found in the documents.",
        closest="Closest passages:",
        stopped="Stopped before the end.",
        more_pages="{n} more cited pages are not shown; the footnotes name them.",
        made="Exported from Footnote. Each footnote was checked against the passage it names.",
    ),
    "zh": Labels(
        named="{name}，{place}",
        page="第 {page} 页",
        part="第 {part} 部分，共 {parts} 部分",
        understood="理解为：{question}",
        searched="已用“{searched}”代替“{typed}”进行查找。",
        abstained="在文档里没有找到有把握的答案。",
        closest="最接近的段落：",
        stopped="未完成即已停止。",
        more_pages="另有 {n} 个被引用的页面未显示，脚注里有其出处。",
        made="由 Footnote 导出。每条脚注都与所注明的段落核对过。",
    ),
}
