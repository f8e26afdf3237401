"""Small files made for tests, English and Chinese: each function gives the bytes of one file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypdf
from msoffcrypto.format.ooxml import OOXMLFile

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 420, 595, 46
BODY_SIZE, HEADING_SIZE = 11, 22
_CATALOG, _PAGES, _INFO, _OUTLINES = 1, 2, 3, 4
_FONTS = "/Body 5 0 R /Bold 6 0 R /Chinese 7 0 R"
_FIXED = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [8 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo 9 0 R >>",
    "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def write(folder: Path, name: str, content: bytes | str) -> Path:
    """Put a file into `folder`, text as UTF-8, and give its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(*pages: str, title: str = "", outline: Sequence[tuple[str, int]] = (), rotate: int = 0) -> bytes:
    """A PDF of text pages. A line of a page's text is a line there, a blank one a gap; `# ` makes it large, `**` bold.

    `outline` holds titles with the number of the page each leads to. A line with other than Western letters is set in an
    Adobe-GB1 font: simplified Chinese.
    """
    contents = ["BT\n" + "".join(_set_lines(page)) + "ET" for page in pages]
    return _pdf(contents, title=title, outline=outline, rotate=rotate)


def columns_pdf(rows: Sequence[tuple[str, str]]) -> bytes:
    """A PDF whose page sets two columns row by row."""
    shown = (
        f"1 0 0 1 {left} {PAGE_HEIGHT - MARGIN - 14 * number} Tm ({words}) Tj\n"
        for number, row in enumerate(rows)
        for left, words in zip((MARGIN, PAGE_WIDTH // 2 + 10), row, strict=True)
    )
    return _pdf([f"BT\n/Body 9 Tf\n{''.join(shown)}ET"])


def placed_pdf(*pages: Sequence[tuple[int, int, str]]) -> bytes:
    """A PDF with words at places of its pages, in points from the left and from the top."""
    contents = ("".join(_shown(words, left, PAGE_HEIGHT - top, 9, "Body") for left, top, words in page) for page in pages)
    return _pdf([f"BT\n{content}ET" for content in contents])


def ruled_pdf(placed: Sequence[tuple[int, int, str]], columns: Sequence[int], rows: Sequence[int]) -> bytes:
    """A page with words at places, and lines around cells: down at `columns` from the left, across at `rows` from the top."""
    words = "".join(_shown(words, left, PAGE_HEIGHT - top, 9, "Body") for left, top, words in placed)
    across = (f"{columns[0]} {PAGE_HEIGHT - top} m {columns[-1]} {PAGE_HEIGHT - top} l S\n" for top in rows)
    down = (f"{left} {PAGE_HEIGHT - rows[0]} m {left} {PAGE_HEIGHT - rows[-1]} l S\n" for left in columns)
    return _pdf([f"BT\n{words}ET\n{''.join((*across, *down))}"])


def form_pdf(value: str) -> bytes:
    """A PDF with a form that was filled in: the value stands in the appearance of its field alone."""
    target = io.BytesIO()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Name of the owner:")))
    name, number = pypdf.generic.NameObject, pypdf.generic.FloatObject
    look = pypdf.generic.DecodedStreamObject()
    look.set_data(f"BT /Body 11 Tf 2 4 Td ({value}) Tj ET".encode())
    box = pypdf.generic.ArrayObject(map(number, (0, 0, 150, 20)))
    fonts = writer.pages[0]["/Resources"]
    look.update({name("/Type"): name("/XObject"), name("/Subtype"): name("/Form"), name("/BBox"): box, name("/Resources"): fonts})
    field = pypdf.generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Widget"),
            name("/FT"): name("/Tx"),
            name("/F"): pypdf.generic.NumberObject(4),
            name("/T"): pypdf.generic.TextStringObject("owner"),
            name("/V"): pypdf.generic.TextStringObject(value),
            name("/Rect"): pypdf.generic.ArrayObject(map(number, (200, 500, 350, 520))),
            name("/AP"): pypdf.generic.DictionaryObject({name("/N"): writer._add_object(look)}),
        }
    )
    added = pypdf.generic.ArrayObject([writer._add_object(field)])
    writer.pages[0][name("/Annots")] = added
    writer.root_object[name("/AcroForm")] = pypdf.generic.DictionaryObject({name("/Fields"): added})
    writer.write(target)
    return target.getvalue()


def many_pages_pdf(count: int) -> bytes:
    """A PDF whose pages say their number."""
    return pdf(*(f"This is page {number} of the report." for number in range(1, count + 1)))


def scanned_pdf() -> bytes:
    """A PDF with a picture and no text."""
    picture = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    return _pdf(["q 300 0 0 300 50 100 cm /Picture Do Q"], drawn=[("Picture", picture, "0" * 64)])


def never_ending_pdf(depth: int = 30, pages: int = 1) -> bytes:
    """A PDF of a few kilobytes that draws one word 2 ** `depth` times on each page."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 400 400]"
    drawn = [("F0", form + f" /Resources << /Font << {_FONTS} >> >>", "BT /Body 9 Tf (again) Tj ET")]
    for level in range(1, depth):
        below = f" /Resources << /XObject << /F{level - 1} {_first_drawn() + level - 1} 0 R >> >>"
        drawn.append((f"F{level}", form + below, f"/F{level - 1} Do " * 2))
    return _pdf([f"/F{depth - 1} Do"] * pages, drawn=drawn)


def locked_pdf(password: str) -> bytes:
    """A PDF that opens with a password only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Nobody may read this.")))
    writer.encrypt(password, algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked_office(content: bytes, password: str) -> bytes:
    """An Office document that opens with a password only (of some kilobytes: what locks it cannot take fewer)."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, target)
    return target.getvalue()


@dataclass(frozen=True)
class Table:
    """A table of a Word document, its rows of cells."""

    rows: tuple[tuple[str, ...], ...]


def docx(*blocks: str | Table) -> bytes:
    """A Word document of paragraphs, headings (`# ` to `### `) and tables."""
    body = "".join(_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks)
    return docx_of(f"<w:body>{body}</w:body>")


def docx_of(body: str, parts: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None) -> bytes:
    """A Word document with the given XML as its body; `parts` are further parts below `word/`, each by its name and XML.

    `more` are other files of the archive.
    """
    levels = (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"))
    )
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return zip_of(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{relations}{overrides}</Types>',
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
            "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_W}">{body}</w:document>',
            "word/styles.xml": f'{_HEAD}<w:styles xmlns:w="{_W}">{"".join(levels)}</w:styles>',
            **{f"word/{name}": f'{_HEAD}<w:part xmlns:w="{_W}">{content}</w:part>' for name, content in (parts or {}).items()},
            **(more or {}),
        }
    )


def odt_of(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with the given XML as its body, and as its styles."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{names}{name}:1.0"' for name in ("office", "text", "table", "draw", "style"))
    spaces += f' xmlns:svg="{names}svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{_HEAD}<office:document-content {spaces}>{body}</office:document-content>",
            "styles.xml": f"{_HEAD}<office:document-styles {spaces}>{styles}</office:document-styles>",
        }
    )


def epub(chapters: Mapping[str, str], *, title: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """A book: the markup of each chapter's body by its name, in reading order. `parts` are further parts of the archive."""
    items = "".join(f'<item id="i{index}" href="{name}.xhtml"/>' for index, name in enumerate(chapters))
    spine = "".join(f'<itemref idref="i{index}"/>' for index in range(len(chapters)))
    head = f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{escape(title)}</dc:title></metadata>'
    markup = f'{_HEAD}<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{{}}</body></html>'
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/b.opf"/></rootfiles></container>',
            "O/b.opf": f"{head}<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"O/{name}.xhtml": markup.format(body) for name, body in sorted(chapters.items())},
            **(parts or {}),
        }
    )


def bomb_docx(megabytes: int) -> bytes:
    """A small Word file that unpacks to `megabytes` of XML."""
    return docx_of("<w:body>" + " " * (megabytes * 1024 * 1024) + "</w:body>")


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def locked_zip(name: str, content: bytes, password: str) -> bytes:
    """A ZIP archive with a file that opens with a password only, by the traditional encryption of the format."""
    made = bytearray(_stored_zip(name, content))
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = (134775813 * ((keys[1] + (keys[0] & 0xFF)) & 0xFFFFFFFF) + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    def encrypted(byte: int) -> int:
        key = keys[2] | 2
        result = byte ^ ((key * (key ^ 1)) >> 8 & 0xFF)
        update(byte)
        return result

    for byte in password.encode():
        update(byte)
    head = bytes(11) + bytes([zlib.crc32(content) >> 24])
    hidden = bytes(map(encrypted, head + content))
    start = 30 + len(name)
    made[start : start + len(hidden)] = hidden
    directory = made.index(b"PK\x01\x02")
    made[6] |= 1
    made[directory + 8] |= 1
    return bytes(made)


def _crc(crc: int, byte: int) -> int:
    """One step of CRC-32, without the inversions around it."""
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def _stored_zip(name: str, content: bytes) -> bytes:
    """An archive that names the length of `content` and leaves room for the twelve bytes before it that encryption adds."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, bytes(12) + content)
    made = bytearray(target.getvalue())
    directory = made.index(b"PK\x01\x02")
    for place in (14, directory + 16):
        made[place : place + 4] = zlib.crc32(content).to_bytes(4, "little")
    for place in (22, directory + 24):
        made[place : place + 4] = len(content).to_bytes(4, "little")
    return bytes(made)


def _relation(kind: str, target: str) -> str:
    link = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'


def _paragraph(block: str) -> str:
    words = block.lstrip("#")
    level = len(block) - len(words)
    style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>' if level else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{escape(words.lstrip() if level else words)}</w:t></w:r></w:p>'


def _table(table: Table) -> str:
    rows = ("".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in table.rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _set_lines(page: str) -> Iterator[str]:
    base_line = PAGE_HEIGHT - MARGIN
    for line in page.split("\n"):
        size = HEADING_SIZE if line.startswith("# ") else BODY_SIZE
        base_line -= size * 3 // 2
        words = line.removeprefix("# ").removeprefix("**")
        if words:
            yield _shown(words, MARGIN, base_line, size, "Bold" if line.startswith("**") else "Body")


def _shown(words: str, left: int, base_line: int, size: int, font: str) -> str:
    try:
        shown = words.encode("cp1252")
    except UnicodeEncodeError:
        font, shown = "Chinese", words.encode("utf-16-be")
    return f"/{font} {size} Tf 1 0 0 1 {left} {base_line} Tm <{shown.hex()}> Tj\n"


def _first_drawn() -> int:
    return _OUTLINES + len(_FIXED) + 1


def _pdf(
    contents: Sequence[str],
    *,
    title: str = "",
    outline: Sequence[tuple[str, int]] = (),
    rotate: int = 0,
    drawn: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """Objects in order: catalog, pages, info, outlines, fonts, what is drawn (name, dictionary, stream), pages, outline."""
    first_page = _first_drawn() + len(drawn)
    first_entry = first_page + 2 * len(contents)
    named = " ".join(f"/{name} {_first_drawn() + index} 0 R" for index, (name, _, _) in enumerate(drawn))
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(contents)))
    box = f"/MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Rotate {rotate}"
    resources = f"/Resources << /Font << {_FONTS} >> /XObject << {named} >> >>"
    last = first_entry + len(outline) - 1
    objects = [
        f"<< /Type /Catalog /Pages {_PAGES} 0 R " + (f"/Outlines {_OUTLINES} 0 R >>" if outline else ">>"),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} {box} {resources} >>",
        f"<< /Title {_string(title)} >>",
        f"<< /First {first_entry} 0 R /Last {last} 0 R /Count {len(outline)} >>",
        *_FIXED,
        *(_stream(stream, dictionary) for _, dictionary, stream in drawn),
    ]
    for index, content in enumerate(contents):
        objects += [f"<< /Type /Page /Parent {_PAGES} 0 R /Contents {first_page + 2 * index + 1} 0 R >>", _stream(content)]
    for index, (words, page) in enumerate(outline):
        following = f"/Next {first_entry + index + 1} 0 R" if index + 1 < len(outline) else ""
        target = f"/Dest [{first_page + 2 * (page - 1)} 0 R /Fit]"
        objects.append(f"<< /Title {_string(words)} /Parent {_OUTLINES} 0 R {target} {following} >>")
    return _numbered(objects)


def _string(words: str) -> str:
    return f"<feff{words.encode('utf-16-be').hex()}>"


def _stream(content: str, dictionary: str = "") -> str:
    return f"<< {dictionary} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _numbered(objects: Sequence[str]) -> bytes:
    """The file: each object under its number, the table of where they are, the trailer."""
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root {_CATALOG} 0 R /Info {_INFO} 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return bytes(written) + (table + trailer).encode()
