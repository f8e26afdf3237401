"""Small workbooks and presentations made for tests: each function gives the bytes of one file."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from tests.made_files import zip_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006"
STYLES = ("General", "0.0%", "yyyy/m/d", "#,##0.00")


def relations(*entries: tuple[str, str]) -> str:
    """A part that lists relations: the last word of the type, and the target; the first is r1."""
    listed = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries, 1)
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(listed)}</Relationships>'


def xlsx(sheets: Mapping[str, str], *, more: Mapping[str, str] | None = None) -> bytes:
    """A workbook: what stands in the worksheet element of each sheet, by the sheet's name; `more` are further parts.

    The styles 0 to 3 of its cells are those of `STYLES`; its strings are `zero`, `one` (in two runs) and `東京` with its reading.
    """
    listed = "".join(f'<sheet name="{escape(name)}" r:id="r{number}"/>' for number, name in enumerate(sheets, 1))
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    files = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(*parts, ("sharedStrings", "sharedStrings.xml"), ("styles", "/xl/styles.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_SHEETS}"><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si>'
        "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si></sst>",
        "xl/styles.xml": _styles(),
    }
    for (_, part), content in zip(parts, sheets.values(), strict=True):
        files[f"xl/{part}"] = f'{_HEAD}<worksheet xmlns="{_SHEETS}">{content}</worksheet>'
    return zip_of({**files, **(more or {})})


def _styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{170 + n}" formatCode="{escape(code)}"/>' for n, code in enumerate(STYLES))
    styles = "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(STYLES)))
    return f'{_HEAD}<styleSheet xmlns="{_SHEETS}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'


def cells(*rows: tuple[str, ...]) -> str:
    """Rows of text for a sheet, from A1 on; an empty text is no cell."""
    return "<sheetData>" + "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows) + "</sheetData>"


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"


def pptx(*slides: str, more: Mapping[str, str] | None = None) -> bytes:
    """A presentation: what stands on each slide, in XML; `more` are further parts."""
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in range(1, len(slides) + 1))
    namespaces = (
        f'xmlns:a="{_DRAWINGS}/main" xmlns:c="{_DRAWINGS}/chart" xmlns:dgm="{_DRAWINGS}/diagram" xmlns:r="{_OFFICE}" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:mc="http://m"'
    )
    parts = [f"slides/slide{number}.xml" for number in range(1, len(slides) + 1)]
    files = {
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/_rels/presentation.xml.rels": relations(*(("slide", part) for part in parts)),
        "ppt/presentation.xml": f"{_HEAD}<p:presentation {namespaces}>{listed}</p:presentation>",
    }
    for name, content in (*((f"ppt/{part}", slide) for part, slide in zip(parts, slides, strict=True)), *(more or {}).items()):
        files[name] = content if name.endswith(".rels") else f"{_HEAD}<p:root {namespaces}>{content}</p:root>"
    return zip_of(files)


def shape(*lines: str, kind: str = "") -> str:
    """A shape of a slide with a paragraph a line; `kind` is that of a placeholder."""
    placeholder = f'<p:ph type="{kind}"/>' if kind else ""
    paragraphs = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return f"<p:sp>{placeholder}<p:txBody>{paragraphs}</p:txBody></p:sp>"


def open_document(kind: str, body: str, *, more: Mapping[str, str] | None = None) -> bytes:
    """An OpenDocument: `kind` is `spreadsheet` or `presentation`, `body` the XML in it; `more` are further parts."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    names = ("office", "table", "text", "draw", "presentation", "chart", "style")
    namespaces = " ".join(f'xmlns:{name}="{oasis}:{name}:1.0"' for name in names) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    parts = {"content.xml": f"<office:body><office:{kind}>{body}</office:{kind}></office:body>", **(more or {})}
    files = {name: f"{_HEAD}<office:root {namespaces}>{content}</office:root>" for name, content in parts.items()}
    return zip_of({"mimetype": f"application/vnd.oasis.opendocument.{kind}", **files})
