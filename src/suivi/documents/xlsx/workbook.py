"""The parts of an XLSX that its sheets share: names, texts, formats."""

from dataclasses import dataclass, field
from typing import Any

from suivi.documents.archives import Archive, too_large
from suivi.documents.superscripts import raised_run
from suivi.documents.xlsx.formats import BUILT_IN, GENERAL, NumberFormat, parse_format
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAX_TEXT = 20_000_000  # letters in all cells together: one shared text may stand in a million cells
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


@dataclass(frozen=True)
class Phrase:
    """A text with its raised digits as superscripts; `is_bold` is None where the text does not say."""

    text: str
    is_bold: bool | None = None


@dataclass
class Workbook:
    sheets: list[Sheet] = field(default_factory=list)
    texts: list[Phrase] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    starts_1904: bool = False


def read_workbook(archive: Archive) -> Workbook:
    """The shared parts. Raises InputRefused where the archive is no workbook."""
    main = archive.part("", "officeDocument") or "xl/workbook.xml"
    root = archive.xml(main)
    if root is None or root.tag != f"{S}workbook":
        raise InputRefused(
            gettext_noop("The file is not an Excel workbook."),
            hint=gettext_noop("Save the plan as .xlsx and try again."),
        )
    workbook = Workbook()
    properties = root.find(f"{S}workbookPr")
    workbook.starts_1904 = properties is not None and properties.get("date1904", "0") not in OFF
    relations = archive.relations(main)
    for element in root.iterfind(f"{S}sheets/{S}sheet"):
        relation = relations.get(element.get(R_ID, ""))
        if relation is not None and relation.kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            workbook.sheets.append(Sheet(element.get("name", ""), relation.target, hidden))
    texts = archive.xml(archive.part(main, "sharedStrings"))
    if texts is not None:
        workbook.texts = [phrase_of(element) for element in texts.iterchildren(f"{S}si")]
    styles = archive.xml(archive.part(main, "styles"))
    if styles is not None:
        workbook.looks = _looks(styles)
    return workbook


def phrase_of(element: Any) -> Phrase:
    """The text of a shared or inline string, its raised runs as superscripts, without reading aids."""
    plain = element.find(f"{S}t")
    if plain is not None:
        return Phrase(plain.text or "")
    pieces: list[str] = []
    raised_part = ""
    bold = []
    for run in element.iterchildren(f"{S}r"):
        text = run.findtext(f"{S}t") or ""
        properties = run.find(f"{S}rPr")
        align = None if properties is None else properties.find(f"{S}vertAlign")
        if align is not None and align.get("val") == "superscript":
            raised_part += text
            continue
        pieces += [raised_run(raised_part), text]
        raised_part = ""
        if text.strip() and properties is not None:
            bold.append(_is_on(properties.find(f"{S}b")))
    pieces.append(raised_run(raised_part))
    return Phrase("".join(pieces), all(bold) if bold else None)


def _is_on(element: Any) -> bool:
    return False if element is None else element.get("val", "1") not in OFF


def _looks(styles: Any) -> list[Look]:
    codes = dict(BUILT_IN)
    for element in styles.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[index_of(element.get("numFmtId"))] = element.get("formatCode", "")[:255]
    bold = [_is_on(font.find(f"{S}b")) for font in styles.iterfind(f"{S}fonts/{S}font")]
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


def index_of(text: str | None) -> int:
    """A position in a list; 0 where nothing usable is stated."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class TextBudget:
    """How many letters the cells may still hold together."""

    def __init__(self) -> None:
        self._left = MAX_TEXT

    def take(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise too_large()
