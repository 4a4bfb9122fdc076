"""The invented layouts written as text, Markdown, DOCX, XLSX and PDF, for the tests of the readers."""

from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import typst

from tests.documents.invented import Box, Sheet


def as_tabs(sheet: Sheet) -> bytes:
    """Tab-separated rows; several paragraphs of a cell as HTML fragments."""
    lines: list[str] = []
    for block in sheet.blocks:
        if isinstance(block, tuple):
            lines += ["", block[1], ""]
            continue
        lines += ["\t".join(_html(cell) for cell in row) for row in block]
    return "\n".join(lines).encode()


def _html(cell: Box) -> str:
    if len(cell.paragraphs) < 2:
        return cell.text
    return " ".join(f"<p>{words}</p>" for words in cell.paragraphs)


def as_markdown(sheet: Sheet) -> bytes:
    """Headings and pipe tables; several paragraphs of a cell parted by line breaks."""
    lines: list[str] = ["# An invented plan", ""]
    for block in sheet.blocks:
        if isinstance(block, tuple):
            lines += ["", f"{'#' * block[0]} {block[1]}", ""]
            continue
        for at, row in enumerate(block):
            lines.append("| " + " | ".join("<br>".join(cell.paragraphs) for cell in row) + " |")
            if at == 0:
                lines.append("|" + " --- |" * len(row))
    return "\n".join(lines).encode()


def as_docx(sheet: Sheet) -> bytes:
    """Headings by style and real tables with merged cells."""
    document = docx.Document()
    for block in sheet.blocks:
        if isinstance(block, tuple):
            document.add_heading(block[1], block[0])
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for at, row in enumerate(block):
            for across, cell in enumerate(row):
                if cell.rows == 0:
                    continue
                target = table.cell(at, across)
                if cell.rows > 1 or cell.columns > 1:
                    target = target.merge(table.cell(at + cell.rows - 1, across + cell.columns - 1))
                target.paragraphs[0].text = cell.paragraphs[0] if cell.paragraphs else ""
                for words in cell.paragraphs[1:]:
                    target.add_paragraph(words)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(sheet: Sheet) -> bytes:
    """One sheet, with merged cells, headings in the first column."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    at = 1
    for block in sheet.blocks:
        if isinstance(block, tuple):
            page.cell(at, 1, block[1])
            at += 2
            continue
        for down, row in enumerate(block):
            for across, cell in enumerate(row):
                if cell.rows == 0:
                    continue
                page.cell(at + down, across + 1, cell.text)
                if cell.rows > 1 or cell.columns > 1:
                    page.merge_cells(
                        start_row=at + down,
                        start_column=across + 1,
                        end_row=at + down + cell.rows - 1,
                        end_column=across + cell.columns,
                    )
        at += len(block) + 1
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_pdf(sheet: Sheet) -> bytes:
    """Ruled tables with merged cells."""
    parts = ["#set page(width: 297mm, height: 210mm, margin: 15mm)\n#set text(size: 9pt)\n"]
    for block in sheet.blocks:
        if isinstance(block, tuple):
            parts.append(f"#heading(level: {block[0]}, {_quoted(block[1])})\n")
            continue
        columns = ", ".join(["1fr"] * len(block[0]))
        parts.append(f"#table(columns: ({columns}),\n")
        for row in block:
            for cell in row:
                if cell.rows:
                    words = (
                        " + parbreak() + ".join(f"[#{_quoted(words)}]" for words in cell.paragraphs) or "[]"
                    )
                    parts.append(f"  table.cell(rowspan: {cell.rows}, colspan: {cell.columns}, {words}),\n")
        parts.append(")\n\n")
    return bytes(typst.compile("".join(parts).encode()))


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    "plan.txt": as_tabs,
    "plan.md": as_markdown,
    "plan.docx": as_docx,
    "plan.xlsx": as_xlsx,
    "plan.pdf": as_pdf,
}
