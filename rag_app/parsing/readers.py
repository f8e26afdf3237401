"""The table of readers: to read another format, write a reader and add its row (a new format also one in `formats`)."""

from __future__ import annotations

from collections.abc import Mapping

from rag_app.parsing import formats
from rag_app.parsing.asciidoc import read_asciidoc
from rag_app.parsing.delimited import read_delimited
from rag_app.parsing.doc import read_doc
from rag_app.parsing.docx import read_docx
from rag_app.parsing.epub import read_epub
from rag_app.parsing.html import read_html
from rag_app.parsing.icalendar import read_icalendar
from rag_app.parsing.images import read_image
from rag_app.parsing.json_file import read_json
from rag_app.parsing.latex import read_latex
from rag_app.parsing.mail import read_eml, read_mhtml
from rag_app.parsing.markdown import read_markdown
from rag_app.parsing.mbox import read_mbox
from rag_app.parsing.msg import read_msg
from rag_app.parsing.odp import read_odp
from rag_app.parsing.ods import read_ods
from rag_app.parsing.odt import read_odt
from rag_app.parsing.org import read_org
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.plain_text import read_plain_text
from rag_app.parsing.pptx import read_pptx
from rag_app.parsing.rst import read_rst
from rag_app.parsing.rtf import read_rtf
from rag_app.parsing.source import FormatReader
from rag_app.parsing.vcard import read_vcard
from rag_app.parsing.xls import read_xls
from rag_app.parsing.xlsx import read_xlsx
from rag_app.parsing.xml_file import read_xml
from rag_app.parsing.zip_archive import read_zip

READERS: Mapping[str, FormatReader] = {
    formats.PDF: read_pdf,
    formats.DOCX: read_docx,
    formats.DOC: read_doc,
    formats.ODT: read_odt,
    formats.ODS: read_ods,
    formats.ODP: read_odp,
    formats.PPTX: read_pptx,
    formats.XLSX: read_xlsx,
    formats.XLS: read_xls,
    formats.RTF: read_rtf,
    formats.EPUB: read_epub,
    formats.HTML: read_html,
    formats.EML: read_eml,
    formats.MBOX: read_mbox,
    formats.MSG: read_msg,
    formats.MHTML: read_mhtml,
    formats.MARKDOWN: read_markdown,
    formats.LATEX: read_latex,
    formats.RST: read_rst,
    formats.ORG: read_org,
    formats.ASCIIDOC: read_asciidoc,
    formats.CSV: read_delimited,
    formats.TSV: read_delimited,
    formats.JSON: read_json,
    formats.XML: read_xml,
    formats.ICALENDAR: read_icalendar,
    formats.VCARD: read_vcard,
    formats.PLAIN_TEXT: read_plain_text,
    formats.ZIP: read_zip,
    **dict.fromkeys(formats.IMAGES, read_image),
}
