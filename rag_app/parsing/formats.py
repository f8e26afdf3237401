"""The formats that Footnote knows by their content: media type, what people call them, and the endings of their names."""

from __future__ import annotations

from dataclasses import dataclass

_OFFICE, _OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
PDF = "application/pdf"
DOCX = _OFFICE + "wordprocessingml.document"
PPTX = _OFFICE + "presentationml.presentation"
XLSX = _OFFICE + "spreadsheetml.sheet"
ODT = _OPEN + "text"
ODS = _OPEN + "spreadsheet"
ODP = _OPEN + "presentation"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
RTF = "application/rtf"
EPUB = "application/epub+zip"
HTML = "text/html"
MHTML = "multipart/related"
EML = "message/rfc822"
MBOX = "application/mbox"
MSG = "application/vnd.ms-outlook"
MARKDOWN = "text/markdown"
LATEX = "text/x-tex"
RST = "text/x-rst"
ORG = "text/org"
ASCIIDOC = "text/asciidoc"
CSV = "text/csv"
TSV = "text/tab-separated-values"
JSON = "application/json"
XML = "application/xml"
ICALENDAR = "text/calendar"
VCARD = "text/vcard"
PLAIN_TEXT = "text/plain"
ZIP = "application/zip"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
BMP = "image/bmp"
GIF = "image/gif"
HEIC = "image/heic"
IMAGES = frozenset((PNG, JPEG, TIFF, WEBP, BMP, GIF, HEIC))


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, what a sentence calls a file of it, and the endings that name it."""

    media_type: str
    called: str
    endings: tuple[str, ...]


FORMATS = (
    Format(PDF, "a PDF", (".pdf",)),
    Format(DOCX, "a Word document", (".docx", ".docm", ".dotx")),
    Format(PPTX, "a PowerPoint presentation", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx")),
    Format(XLSX, "an Excel workbook", (".xlsx", ".xlsm", ".xltx", ".xltm")),
    Format(ODT, "an OpenDocument text", (".odt", ".ott")),
    Format(ODS, "an OpenDocument spreadsheet", (".ods", ".ots")),
    Format(ODP, "an OpenDocument presentation", (".odp", ".otp")),
    Format(DOC, "a Word document in the format before 2007", (".doc",)),
    Format(XLS, "an Excel workbook in the format before 2007", (".xls", ".xlt")),
    Format(PPT, "a PowerPoint presentation in the format before 2007", (".ppt", ".pps", ".pot")),
    Format(RTF, "a Rich Text document", (".rtf",)),
    Format(EPUB, "an EPUB book", (".epub",)),
    Format(HTML, "a web page", (".html", ".htm", ".xhtml")),
    Format(MHTML, "a saved web page", (".mht", ".mhtml")),
    Format(EML, "a mail", (".eml",)),
    Format(MBOX, "a mailbox", (".mbox", ".mbx")),
    Format(MSG, "an Outlook mail", (".msg",)),
    Format(MARKDOWN, "Markdown", (".md", ".markdown")),
    Format(LATEX, "LaTeX", (".tex", ".latex", ".ltx")),
    Format(RST, "reStructuredText", (".rst", ".rest")),
    Format(ORG, "Org", (".org",)),
    Format(ASCIIDOC, "AsciiDoc", (".adoc", ".asciidoc")),
    Format(CSV, "a table in text", (".csv",)),
    Format(TSV, "a table in text", (".tsv", ".tab")),
    Format(JSON, "JSON", (".json", ".jsonl", ".ndjson", ".geojson", ".ipynb")),
    Format(XML, "XML", (".xml", ".gpx", ".kml", ".opml", ".plist", ".enex", ".svg", ".rss", ".atom")),
    Format(ICALENDAR, "a calendar", (".ics", ".ical")),
    Format(VCARD, "an address book", (".vcf", ".vcard")),
    Format(PLAIN_TEXT, "plain text", (".txt", ".text")),
    Format(ZIP, "a ZIP archive", (".zip",)),
    Format(PNG, "a PNG image", (".png",)),
    Format(JPEG, "a JPEG image", (".jpg", ".jpeg")),
    Format(TIFF, "a TIFF image", (".tif", ".tiff")),
    Format(WEBP, "a WebP image", (".webp",)),
    Format(BMP, "a BMP image", (".bmp",)),
    Format(GIF, "a GIF image", (".gif",)),
    Format(HEIC, "an HEIC image", (".heic", ".heif")),
)
ENCLOSING = (EML, MBOX, MSG, ZIP)  # formats of files that others may lie in
CALLED = {form.media_type: form.called for form in FORMATS}
NAMED = {ending: form.media_type for form in FORMATS for ending in form.endings}
