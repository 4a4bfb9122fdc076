"""Writing a workbook (ECMA-376 part 1): equal data give equal bytes, and a text never becomes a formula."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from suivi.office.cells import column_letters
from suivi.workbooks.model import Cell, Check, Sheet, Value, Visibility, Workbook
from suivi.workbooks.styles import Styles
from suivi.workbooks.texts import writable

MAX_LETTERS = 32_767  # in one cell, by the format
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = date(1899, 12, 30)
_LONGEST_PROMPT = 255
_LINE_POINTS, _HIGHEST_POINTS = 15, 409
# The escapes that programs would read out of a text that only looks like one.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_FORMULA = ("=", "+", "-", "@", "'", "\t")


def write_workbook(workbook: Workbook) -> bytes:
    """The bytes of the XLSX file. Raises ValueError for a text longer than a cell can hold."""
    styles = Styles()
    parts = {f"xl/worksheets/sheet{n}.xml": _sheet(one, n, styles, workbook.foot)
             for n, one in enumerate(workbook.sheets, 1)}  # fmt: skip
    parts |= {
        "[Content_Types].xml": _content_types(len(workbook.sheets)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
             "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(workbook),
        "xl/workbook.xml": _workbook(workbook),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml")
              for n in range(1, len(workbook.sheets) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
        ),
        "xl/styles.xml": styles.xml(),
    }  # fmt: skip
    return _zipped({name: parts[name] for name in sorted(parts)})


def _zipped(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, (_HEAD + text).encode())
    return held.getvalue()


def _content_types(sheets: int) -> str:
    parts = [
        ("/xl/workbook.xml", f"{_SHEET_TYPES}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_SHEET_TYPES}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"/xl/worksheets/sheet{n}.xml", f"{_SHEET_TYPES}.worksheet+xml") for n in range(1, sheets + 1)),
    ]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    one = (f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
           for n, (kind, target) in enumerate(targets, 1))  # fmt: skip
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(one)}</Relationships>'


def _core(workbook: Workbook) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{plain_xml(workbook.title)}</dc:title><dc:creator>{plain_xml(workbook.author)}</dc:creator>"
        "</cp:coreProperties>"
    )


def _workbook(workbook: Workbook) -> str:
    sheets, names = [], []
    for number, sheet in enumerate(workbook.sheets):
        state = "" if sheet.visibility is Visibility.VISIBLE else f' state="{sheet.visibility.value}"'
        sheets.append(f'<sheet name={_attribute(sheet.name)} sheetId="{number + 1}"{state}'
                      f' r:id="rId{number + 1}"/>')  # fmt: skip
        if sheet.frozen_rows:
            area = f"{_quoted(sheet.name)}!$1:${sheet.frozen_rows}"
            names.append(f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{escape(area)}'
                         "</definedName>")  # fmt: skip
    protection = '<workbookProtection lockStructure="1"/>' if workbook.is_protected else ""
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr/>{protection}'
        f"<bookViews><workbookView/></bookViews><sheets>{''.join(sheets)}</sheets>{defined}</workbook>"
    )


def _sheet(sheet: Sheet, number: int, styles: Styles, foot: str) -> str:
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    return (
        f'<worksheet xmlns="{_MAIN}">{fit}{_view(sheet, is_first=number == 1)}'
        f'<sheetFormatPr defaultRowHeight="15"/>{_columns(sheet)}'
        f"<sheetData>{''.join(_rows(sheet, styles))}</sheetData>{_protection(sheet)}{_filter(sheet)}"
        f"{_checks(sheet)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="{"landscape" if sheet.is_landscape else "portrait"}"'
        ' fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{plain_xml(_foot(foot))}</oddFooter></headerFooter></worksheet>"
    )


def _foot(words: str) -> str:
    """The words on the left (an ampersand doubled, as the format wants), sheet and page on the right."""
    return f"&L{words.replace('&', '&&')[:180]}&R&A, &P / &N"


def _view(sheet: Sheet, *, is_first: bool) -> str:
    selected = ' tabSelected="1"' if is_first else ""
    rows, columns = sheet.frozen_rows, sheet.frozen_columns
    if not rows and not columns:
        return f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0"/></sheetViews>'
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    where = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    return (
        f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0"><pane{split}'
        f' topLeftCell="{column_letters(columns + 1)}{rows + 1}" activePane="{where}" state="frozen"/>'
        f'<selection pane="{where}"/></sheetView></sheetViews>'
    )


def _columns(sheet: Sheet) -> str:
    one = (
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"'
        + (' hidden="1"/>' if column.is_hidden else "/>")
        for n, column in enumerate(sheet.columns, 1)
    )
    return f"<cols>{''.join(one)}</cols>" if sheet.columns else ""


def _rows(sheet: Sheet, styles: Styles) -> Iterator[str]:
    letters = [column_letters(n) for n in range(1, max(map(len, sheet.rows), default=0) + 1)]
    for number, row in enumerate(sheet.rows, 1):
        cells = "".join(
            _cell(f"{letter}{number}", cell, styles) for letter, cell in zip(letters, row, strict=False)
        )
        lines = _lines(sheet, number, row)
        height = f' ht="{min(lines * _LINE_POINTS, _HIGHEST_POINTS)}"' if lines > 1 else ""
        yield f'<row r="{number}"{height}>{cells}</row>'


def _lines(sheet: Sheet, number: int, row: Sequence[Cell]) -> int:
    """How many lines the fullest cell of a row needs, about: programs do not reckon that on opening."""
    most = sheet.least_lines if number > sheet.frozen_rows else 1
    for column, cell in zip(sheet.columns, row, strict=False):
        if cell.look.is_wrapped and isinstance(cell.value, str) and not column.is_hidden:
            letters = column.width * 11 / cell.look.size * (0.9 if cell.look.is_bold else 1)
            needed = sum(-(-len(line) // max(int(letters), 1)) or 1 for line in cell.value.split("\n"))
            most = max(most, needed)
    return most


def _cell(name: str, cell: Cell, styles: Styles) -> str:
    value, look = cell.value, cell.look
    if value is None or value == "":
        return f'<c r="{name}" s="{styles.number_of(look)}"/>'
    if isinstance(value, str):
        if len(value) > MAX_LETTERS:
            raise ValueError(f"{name}: {len(value)} letters are more than a cell holds")
        style = styles.number_of(look, is_quoted=value.startswith(_STARTS_FORMULA))
        return (
            f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
        )
    kind = ' t="b"' if isinstance(value, bool) else ""
    return f'<c r="{name}" s="{styles.number_of(look)}"{kind}><v>{_number(value)}</v></c>'


def _number(value: Value) -> str:
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    return f"{value:f}" if isinstance(value, Decimal) else str(int(value or 0))


def _text(value: str) -> str:
    return plain_xml(_LOOKS_ESCAPED.sub("_x005F_", value))


def plain_xml(text: str) -> str:
    """A text for XML, without what XML cannot hold."""
    return escape(writable(text))


def _attribute(text: str) -> str:
    return quoteattr(writable(text), {"\n": "&#10;"})


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _protection(sheet: Sheet) -> str:
    """Locked cells stay as they are; widths, heights and the filter may be changed."""
    if not sheet.is_protected:
        return ""
    return (
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"'
        ' autoFilter="0"/>'
    )


def _filter(sheet: Sheet) -> str:
    if not sheet.has_filter or not sheet.frozen_rows:
        return ""
    last = f"{column_letters(max(len(sheet.columns), 1))}{max(len(sheet.rows), sheet.frozen_rows)}"
    return f'<autoFilter ref="A{sheet.frozen_rows}:{last}"/>'


def _checks(sheet: Sheet) -> str:
    checks = [check for check in sheet.checks if check.rows]
    if not checks:
        return ""
    return f'<dataValidations count="{len(checks)}">{"".join(map(_check, checks))}</dataValidations>'


def _check(check: Check) -> str:
    letters = column_letters(check.column)
    area = " ".join(
        f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"
        for first, last in _runs(check.rows)
    )
    shown = (
        f' showInputMessage="1" prompt={_attribute(check.prompt[:_LONGEST_PROMPT])}' if check.prompt else ""
    )
    if check.choices is None:
        return f'<dataValidation allowBlank="1"{shown} sqref="{area}"/>'
    column = column_letters(check.choices.column)
    source = f"{_quoted(check.choices.sheet)}!${column}$1:${column}${check.choices.count}"
    refusal = f" error={_attribute(check.refusal[:_LONGEST_PROMPT])}" if check.refusal else ""
    return (
        f'<dataValidation type="list" allowBlank="1"{shown} showErrorMessage="1"{refusal} sqref="{area}">'
        f"<formula1>{escape(source)}</formula1></dataValidation>"
    )


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows without a gap."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
