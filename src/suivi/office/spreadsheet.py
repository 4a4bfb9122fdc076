"""The parts of an XLSX that its sheets share: their names, texts and formats."""

from dataclasses import dataclass, field
from typing import Any

from suivi.office.archives import Archive
from suivi.office.formats import BUILT_IN, GENERAL, NumberFormat, parse_format
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFF = ("0", "false")


@dataclass(frozen=True)
class Sheet:
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Look:
    """What a cell's format says: how numbers are shown, whether its font is bold, whether it is filled."""

    number_format: NumberFormat = GENERAL
    is_bold: bool = False
    is_filled: bool = False


@dataclass
class Spreadsheet:
    """`texts` are the elements of the shared strings, as they stand in the file."""

    sheets: list[Sheet] = field(default_factory=list)
    texts: list[Any] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    starts_1904: bool = False


def read_spreadsheet(archive: Archive) -> Spreadsheet:
    """The shared parts. Raises InputRefused where the archive is no workbook."""
    main = archive.part("", "officeDocument") or "xl/workbook.xml"
    root = archive.xml(main)
    if root is None or root.tag != f"{S}workbook":
        raise InputRefused(
            gettext_noop("The file is not an Excel workbook."),
            hint=gettext_noop("Save the plan as .xlsx and try again."),
        )
    read = Spreadsheet()
    properties = root.find(f"{S}workbookPr")
    read.starts_1904 = properties is not None and properties.get("date1904", "0") not in OFF
    relations = archive.relations(main)
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        relation = relations.get(element.get(R_ID, ""))
        if relation is not None and relation.kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            read.sheets.append(Sheet(element.get("name", ""), relation.target, hidden))
    texts = archive.xml(archive.part(main, "sharedStrings"))
    if texts is not None:
        read.texts = list(texts.iterchildren(f"{S}si"))
    styles = archive.xml(archive.part(main, "styles"))
    if styles is not None:
        read.looks = _looks(styles)
    return read


def is_on(element: Any) -> bool:
    """Whether a yes-or-no element is there and not switched off."""
    return False if element is None else element.get("val", "1") not in OFF


def index_of(text: str | None) -> int:
    """A position in a list; 0 where nothing usable is stated."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _looks(styles: Any) -> list[Look]:
    codes = dict(BUILT_IN)
    for element in styles.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[index_of(element.get("numFmtId"))] = element.get("formatCode", "")[:255]
    bold = [is_on(font.find(f"{S}b")) for font in styles.iterfind(f"{S}fonts/{S}font")]
    filled = [_is_fill(fill) for fill in styles.iterfind(f"{S}fills/{S}fill")]
    looks = []
    for element in styles.iterfind(f"{S}cellXfs/{S}xf"):
        font, fill = index_of(element.get("fontId")), index_of(element.get("fillId"))
        looks.append(
            Look(
                parse_format(codes.get(index_of(element.get("numFmtId")), "")),
                is_bold=font < len(bold) and bold[font],
                is_filled=fill < len(filled) and filled[fill],
            )
        )
    return looks


def _is_fill(element: Any) -> bool:
    pattern = element.find(f"{S}patternFill")
    if pattern is None:
        return element.find(f"{S}gradientFill") is not None
    return bool(pattern.get("patternType", "none") == "solid")
