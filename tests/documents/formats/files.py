"""Files made on the spot for the tests of the readers, and plain views of what was read. All is invented."""

import io
import zipfile
from collections.abc import Mapping

import typst

from suivi.documents.source import Cell, Line, SourceDocument, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zip_of(members: Mapping[str, str | bytes]) -> bytes:
    """An archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(**targets: str) -> str:
    """A relations part: kind of relation to target. A kind may be followed by __ and a number."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{R}/{key.partition("__")[0]}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def docx_of(body: str, **parts: str) -> bytes:
    """A DOCX with this body; further parts by name: styles, numbering, footnotes, settings, header, ..."""
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(**{kind: f"{kind}.xml" for kind in parts}),
    }
    members |= {f"word/{kind}.xml": content for kind, content in parts.items()}
    return zip_of(members)


def part(root: str, content: str) -> str:
    """A part of a DOCX: styles, numbering and the like."""
    return f'<w:{root} xmlns:w="{W}">{content}</w:{root}>'


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of a DOCX."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of a DOCX."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell of a DOCX; plain words become a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of a DOCX from rows that are cells in one string."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def xlsx_of(sheet: str, strings: str = "", styles: str = "") -> bytes:
    """An XLSX with one sheet, from the XML of its rows and what follows them."""
    rows, _, rest = sheet.partition("|")
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
        '<sheet name="Plan" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="sheet.xml", sharedStrings="strings.xml", styles="styles.xml"
        ),
        "xl/sheet.xml": f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{rest}</worksheet>',
        "xl/strings.xml": f'<sst xmlns="{S}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
    }
    return zip_of(members)


def pdf_of(source: str, *, width: str = "16cm", height: str = "24cm") -> bytes:
    """A PDF that Typst makes, 10 points large, on pages of this size."""
    head = f'#set page(width: {width}, height: {height}, margin: 2cm)\n#set text(size: 10pt, lang: "en")\n'
    return bytes(typst.compile((head + source).encode()))


def lines(document: SourceDocument) -> list[str]:
    """The words of the lines outside tables, in order."""
    return [block.text for block in document.blocks if isinstance(block, Line)]


def lines_by_kind(document: SourceDocument) -> list[tuple[str, str]]:
    """Kind and words of the lines outside tables, in order."""
    return [(block.kind.value, block.text) for block in document.blocks if isinstance(block, Line)]


def tables(document: SourceDocument) -> list[Table]:
    """The tables, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[list[str]]:
    """The words of a table row by row; "<" for a cell that another covers."""
    return [[_shown(cell) for cell in row] for row in table.rows]


def only_grid(document: SourceDocument) -> list[list[str]]:
    """The words of the one table of a document."""
    (table,) = tables(document)
    return grid(table)


def codes(document: SourceDocument) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in document.findings]


def _shown(cell: Cell) -> str:
    return "<" if cell.is_continued else " / ".join(cell.paragraphs)
