"""The words of one DOCX paragraph, as a person sees them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from suivi.documents.docx.numbering import BULLET, in_form
from suivi.documents.docx.styles import OFF, StyleSheet, W, is_raised, switch, value
from suivi.documents.superscripts import raised, raised_run

M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
TAKEN_OUT = frozenset({f"{W}del", f"{W}moveFrom"})
_PROPERTIES = frozenset({f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}rt", f"{W}fldData"})
_NOTE_KINDS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060"), None)


class Seen(StrEnum):
    """What a paragraph holds besides words. Counted, and told as findings."""

    DELETED = "deleted"
    HIDDEN = "hidden"
    PICTURE = "picture"
    EMBEDDED = "embedded"


@dataclass
class Notes:
    """Footnote and endnote references in the order of the document: kind and id to the mark."""

    forms: dict[str, str] = field(default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"})
    starts: dict[str, int] = field(default_factory=dict)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)  # paragraph that refers to it
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Words:
    """Text of a paragraph (\\n for line breaks, \\t for tabs), whether all of it is bold, its text boxes."""

    text: str = ""
    is_bold: bool = False
    boxes: list[Any] = field(default_factory=list)


class WordReader:
    """Reads paragraph after paragraph and keeps what runs through all of them: notes, languages, counts."""

    def __init__(self, styles: StyleSheet, notes: Notes) -> None:
        self.styles = styles
        self.notes = notes
        self.seen: Counter[Seen] = Counter()
        self.languages: Counter[str] = Counter()
        self._line = 0

    def read(self, paragraph: Any, style: str, line: int) -> Words:
        self._line = line
        words, raised_part, pieces = Words(), "", []
        bold_letters = letters = 0
        bold_style = self.styles.first(style, "bold")
        for run in self._runs(paragraph):
            properties = run.find(f"{W}rPr")
            if self._says(properties, "hidden", "vanish", style):
                self.seen[Seen.HIDDEN] += 1
                continue
            text = self._run(run, words.boxes)
            if self._is_raised(properties):
                raised_part += text
                continue
            pieces += [raised_run(raised_part), text]
            raised_part = ""
            count = len("".join(text.split()))
            letters += count
            bold_letters += count if self._is_bold(properties, bold_style) else 0
            self._count_language(properties, count)
        pieces.append(raised_run(raised_part))
        words.text = "".join(pieces).translate(_UNSEEN).strip()
        words.is_bold = 0 < letters == bold_letters
        return words

    def _says(self, properties: Any, attribute: str, name: str, style: str) -> bool:
        """Whether an on/off property holds: of the run, its style, or the style of the paragraph."""
        own = switch(properties, name)
        if own is None and properties is not None:
            own = self.styles.first(value(properties.find(f"{W}rStyle")) or "", attribute)
        return bool(self.styles.first(style, attribute) if own is None else own)

    def _is_bold(self, properties: Any, bold_style: bool | None) -> bool:
        own = switch(properties, "b")
        if own is None and properties is not None:
            own = self.styles.first(value(properties.find(f"{W}rStyle")) or "", "bold")
        return bool(bold_style if own is None else own)

    def _is_raised(self, properties: Any) -> bool:
        if properties is None:
            return False
        own = is_raised(properties)
        if own is None:
            own = self.styles.first(value(properties.find(f"{W}rStyle")) or "", "raised")
        return bool(own)

    def _count_language(self, properties: Any, count: int) -> None:
        if count:
            lang = None if properties is None else properties.find(f"{W}lang")
            self.languages[value(lang) or self.styles.language] += count

    def _run(self, run: Any, boxes: list[Any]) -> str:
        if run.tag == M_TEXT:
            return run.text or ""
        return "".join(self._piece(child, boxes) for child in run)

    def _piece(self, child: Any, boxes: list[Any]) -> str:
        tag, text = child.tag, ""
        if tag == f"{W}t":
            text = child.text or ""
        elif tag in _CHARACTERS:
            text = _CHARACTERS[tag]
        elif tag == f"{W}sym":
            text = _symbol(child.get(f"{W}char", ""))
        elif tag in _NOTE_KINDS:
            text = self._note(child, _NOTE_KINDS[tag])
        elif tag == f"{W}ruby":
            text = "".join(base.text or "" for base in child.iterfind(f"{W}rubyBase//{W}t"))
        elif tag in _PICTURES:
            found = _outer_boxes(child)
            boxes += found
            self.seen[Seen.PICTURE] += not found
        elif tag == f"{MC}AlternateContent":
            text = "".join(self._piece(part, boxes) for part in chosen(child))
        return text

    def _note(self, element: Any, kind: str) -> str:
        """The mark of a note, counted at its first reference. A mark of its own stands beside it as text."""
        key = (kind, element.get(f"{W}id", ""))
        is_custom = element.get(f"{W}customMarkFollows", "0") not in OFF
        if key not in self.notes.marks:
            if is_custom:
                mark = "".join(text.text or "" for text in element.itersiblings(f"{W}t")).strip()
            else:
                self.notes.counts[kind] += 1
                count = self.notes.counts[kind] + self.notes.starts.get(kind, 1) - 1
                mark = in_form(count, self.notes.forms[kind])
            self.notes.marks[key] = mark
            self.notes.lines[key] = self._line
        return "" if is_custom else raised(self.notes.marks[key])

    def _runs(self, elements: Iterable[Any]) -> Iterator[Any]:
        """The runs of a paragraph: through links, fields and content controls, without deleted words."""
        for element in elements:
            if element.tag in (f"{W}r", M_TEXT):
                yield element
            elif element.tag in TAKEN_OUT:
                self.seen[Seen.DELETED] += 1
            elif element.tag == f"{MC}AlternateContent":
                yield from self._runs(chosen(element))
            elif element.tag not in _PROPERTIES:
                yield from self._runs(element)


def chosen(alternatives: Any) -> list[Any]:
    """The contents of one of several ways to say the same: the modern one where it has any words."""
    options = [option for option in alternatives if option.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_words = (option for option in options if next(option.iter(f"{W}t"), None) is not None)
    return list(next(with_words, options[0] if options else ()))


def _outer_boxes(element: Any) -> list[Any]:
    """The text boxes of a drawing; boxes inside boxes are met when those are read."""
    found: list[Any] = []
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if current.tag == f"{W}txbxContent":
            found.append(current)
        elif current.tag == f"{MC}AlternateContent":
            waiting += reversed(chosen(current))
        else:
            waiting += reversed(current)
    return found


def _symbol(code: str) -> str:
    """A character of a symbol font: ordinary where it has a code of its own, else taken as a bullet."""
    point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0xF000
    is_ordinary = 0x20 <= point < 0xD800 or 0xF900 <= point < 0x10000
    return chr(point) if is_ordinary else BULLET
