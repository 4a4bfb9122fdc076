"""The shared parts of a workbook, its texts with raised digits as superscripts."""

from dataclasses import dataclass
from typing import Any

from suivi.documents.superscripts import raised_run
from suivi.office.archives import Archive, too_large
from suivi.office.spreadsheet import Look, S, Sheet, is_on, read_spreadsheet

MAX_TEXT = 20_000_000  # letters in all cells together: one shared text may stand in a million cells


@dataclass(frozen=True)
class Phrase:
    """A text with its raised digits as superscripts; `is_bold` is None where the text does not say."""

    text: str
    is_bold: bool | None = None


@dataclass(frozen=True)
class Workbook:
    sheets: list[Sheet]
    texts: list[Phrase]
    looks: list[Look]
    starts_1904: bool


def read_workbook(archive: Archive) -> Workbook:
    """The shared parts. Raises InputRefused where the archive is no workbook."""
    read = read_spreadsheet(archive)
    texts = [phrase_of(element) for element in read.texts]
    return Workbook(read.sheets, texts, read.looks, read.starts_1904)


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
            bold.append(is_on(properties.find(f"{S}b")))
    pieces.append(raised_run(raised_part))
    return Phrase("".join(pieces), all(bold) if bold else None)


class TextBudget:
    """How many letters the cells may still hold together."""

    def __init__(self) -> None:
        self._left = MAX_TEXT

    def take(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise too_large()
