"""Tables in a DOCX: fixed widths, repeated head, rows that are not cut, merged cells."""

from itertools import accumulate, pairwise

from suivi.render.document import Box, Cover, Row, Table
from suivi.render.docx.styles import FAINT
from suivi.render.docx.writer import Writer
from suivi.render.docx.xml import attribute, paragraph
from suivi.render.grid import Placed, is_kept_whole, placed_rows, stays_together
from suivi.render.runs import Content, LineBreak, flat, inlines, plain_text

_JUSTIFY = {"start": "", "center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}
_WIDEST_LETTER = 130  # of a bold sans that is wider than ours, 8.5 points: three quarters of its size
_CELL_MARGINS = 170
_STYLES = {"body": "TableText", "group": "TableGroup", "subgroup": "TableHeader", "total": "TableHeader"}


def write_table(writer: Writer, table: Table, width: int) -> str:
    """The table without its caption, `width` in twentieths of a point."""
    widths = _widths([column.weight for column in table.columns], width, _least(table))
    alt = plain_text(table.caption)
    parts = [_opening(widths, "SuiviTable", alt, has_head=bool(table.header))]
    head = zip(table.header, placed_rows(table, table.header), strict=True)
    parts += [_row(writer, row, line, widths, is_head=True, keeps=True) for row, line in head]
    last, together, is_whole = len(table.body) - 1, stays_together(table), is_kept_whole(table)
    for index, (row, line) in enumerate(zip(table.body, placed_rows(table, table.body), strict=True)):
        keeps = row.kind in {"group", "subgroup"} or row.keep_with_next or is_whole
        keeps = keeps or index in together
        parts.append(_row(writer, row, line, widths, is_head=False, keeps=keeps and index < last))
    return "".join(parts) + "</w:tbl>"


def write_cover_rows(writer: Writer, cover: Cover, width: int) -> str:
    """The lines of the cover block: label and value."""
    widths = [width * 3 // 10, width - width * 3 // 10]
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _cell_frame(widths[0], "", writer.paragraph(flat(row.label), "TableHeader"))
        + _cell_frame(widths[1], "", _paragraphs(writer, row.value, "TableText", ""))
        + "</w:tr>"
        for row in cover.rows
    )
    return f"{_opening(widths, 'SuiviCover', '', has_head=False)}{rows}</w:tbl>"


def write_box(writer: Writer, box: Box, inside: str, width: int) -> str:
    """A frame around paragraphs that are written already."""
    title = writer.paragraph(box.title, "BoxTitle") if box.title else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{FAINT}"/>'
    content = title + inside or paragraph("", "Normal")
    cell = _cell_frame(width, ground, content)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
    return f"{_opening([width], 'SuiviBox', '', has_head=False)}{row}</w:tbl>"


def _least(table: Table) -> list[int]:
    """How wide each column must be for the words of its head, in twentieths of a point.

    Word cuts a word that is wider than its column, and a reader who lacks our fonts has wider ones.
    """
    least = [0] * len(table.columns)
    for line in placed_rows(table, table.header):
        for placed in line:
            if placed.cell.colspan == 1:
                letters = max(map(len, plain_text(placed.cell.content).split()), default=0)
                needed = letters * _WIDEST_LETTER + _CELL_MARGINS
                least[placed.column] = max(least[placed.column], needed)
    return least


def _widths(weights: list[float], width: int, least: list[int]) -> list[int]:
    """The widths of columns by their weights, in whole units that add up.

    A column that would be narrower than its `least` takes what it lacks from those that have room. Where
    there is not enough for all, each gets its part of what there is.
    """
    total = sum(weights) or 1
    shares = [width * weight / total for weight in weights]
    lacking = sum(max(needed - share, 0) for share, needed in zip(shares, least, strict=True))
    room = sum(max(share - needed, 0) for share, needed in zip(shares, least, strict=True))
    if lacking > room:
        shares = [width * needed / sum(least) for needed in least]
    elif lacking:
        left = 1 - lacking / room
        shares = [needed + max(share - needed, 0) * left for share, needed in zip(shares, least, strict=True)]
    edges = [round(edge) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def _opening(widths: list[int], style: str, alt: str, *, has_head: bool) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    named = f"<w:tblCaption w:val={attribute(alt)}/>" if alt else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0020" if has_head else "0000"}" w:firstRow="{int(has_head)}" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{named}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _row(
    writer: Writer, row: Row, line: list[Placed], widths: list[int], *, is_head: bool, keeps: bool
) -> str:
    style = "TableHeader" if is_head else _STYLES[row.kind]
    keep = "<w:keepNext/>" if keeps else ""
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{FAINT}"/>' if row.kind == "group" else ""
    cells = "".join(_cell(writer, placed, widths, style, keep, shade) for placed in line)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(writer: Writer, placed: Placed, widths: list[int], style: str, keep: str, shade: str) -> str:
    cell = placed.cell
    width = sum(widths[placed.column : placed.column + cell.colspan])
    spans = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    if cell.rowspan > 1:
        spans += "<w:vMerge/>" if placed.is_continued else '<w:vMerge w:val="restart"/>'
    properties = keep + _JUSTIFY[placed.align]
    content = "" if placed.is_continued else cell.content
    return _cell_frame(width, spans + shade, _paragraphs(writer, content, style, properties))


def _cell_frame(width: int, properties: str, inside: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'


def _paragraphs(writer: Writer, content: Content, style: str, properties: str) -> str:
    """The content of a cell, a paragraph for each of its lines."""
    lines: list[list[object]] = [[]]
    for part in inlines(content):
        if isinstance(part, LineBreak):
            lines.append([])
        else:
            lines[-1].append(part)
    return "".join(writer.paragraph(tuple(line), style, properties) for line in lines)  # type: ignore[arg-type]
